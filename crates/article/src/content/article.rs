//! The content of a whole article: [`ArticleContent::of`].

use super::abbreviations;
use super::ids::Scope;
use super::limits::Cap;
use super::parser::parse;
use super::text::{inline_text, new_line, write_blocks};
use super::tree::{Block, Document, Footnote};
use crate::date::Date;
use crate::model::{Article, Section};

/// The parsed fields of an article.
///
/// The notes of all parts are in `footnotes`, numbered through in reading order; the `footnotes` of the single
/// [`Document`]s are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleContent {
    /// The summary.
    pub summary: Option<Document>,
    /// The key points.
    pub key_points: Vec<Document>,
    /// The sections.
    pub sections: Vec<SectionContent>,
    /// The risks.
    pub risks: Vec<Document>,
    /// The disclosure.
    pub disclosure: Option<Document>,
    /// The corrections.
    pub corrections: Vec<(Option<Date>, Document)>,
    /// The caption of the lead picture.
    pub image_caption: Option<Document>,
    /// The notes of all parts.
    pub footnotes: Vec<Footnote>,
    /// The headings of the sections and in them, in order.
    pub contents: Vec<ContentsEntry>,
    /// The caps that were met: part of the text is not shown as it was meant.
    pub caps: Vec<Cap>,
}

/// A parsed section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionContent {
    /// Unique in the article, for its heading (level 2): `op-…`.
    pub id: String,
    /// Plain text.
    pub heading: Option<String>,
    /// Its text.
    pub body: Document,
}

/// A line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    /// 2 to 6.
    pub level: u8,
    /// The id of the heading.
    pub id: String,
    /// Its plain text.
    pub text: String,
}

/// The plain text of an article, for search and counting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleText {
    /// The summary.
    pub summary: String,
    /// The key points, one a line.
    pub key_points: String,
    /// Headings, sections, risks, disclosure, corrections, caption and notes.
    pub body: String,
}

impl ArticleContent {
    /// Parses the fields of an article, in the order in which they are read.
    pub fn of(article: &Article) -> ArticleContent {
        let mut fields = Fields {
            scope: Scope::new(),
            content: ArticleContent::default(),
        };
        // The fixed parts have headings of level 2.
        fields.scope.set_top_level(3);
        let caption = article
            .image
            .as_ref()
            .and_then(|image| image.caption.as_ref());
        fields.content.image_caption = caption.map(|text| fields.parse(text));
        fields.content.summary = article.summary.as_ref().map(|text| fields.parse(text));
        fields.content.key_points = article
            .key_points
            .iter()
            .map(|text| fields.parse(text))
            .collect();
        fields.content.sections = article
            .sections
            .iter()
            .map(|section| fields.section(section))
            .collect();
        fields.scope.set_top_level(3);
        fields.content.risks = article
            .risks
            .iter()
            .map(|text| fields.parse(text))
            .collect();
        fields.content.disclosure = article.disclosure.as_ref().map(|text| fields.parse(text));
        let corrections = article.corrections.iter();
        fields.content.corrections = corrections
            .map(|correction| (correction.date, fields.parse(&correction.text)))
            .collect();
        fields.explain();
        fields.content.caps = fields.scope.caps().to_vec();
        fields.content
    }

    /// The blocks of every part and note, to be changed; those of a part in the order in which they are read.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut Vec<Block>> {
        let corrections = self.corrections.iter_mut().map(|(_, text)| text);
        let sections = self.sections.iter_mut().map(|section| &mut section.body);
        let documents = (self.image_caption.iter_mut())
            .chain(&mut self.summary)
            .chain(&mut self.key_points)
            .chain(sections)
            .chain(&mut self.risks)
            .chain(&mut self.disclosure)
            .chain(corrections)
            .map(|document| &mut document.blocks);
        documents.chain(self.footnotes.iter_mut().map(|note| &mut note.blocks))
    }

    /// The plain text of all parts, each a line for every block.
    pub fn plain_text(&self) -> ArticleText {
        let mut text = ArticleText::default();
        write_blocks(
            self.summary.as_ref().map_or(&[], |summary| &summary.blocks),
            &mut text.summary,
        );
        for point in &self.key_points {
            write_blocks(&point.blocks, &mut text.key_points);
        }
        let body = &mut text.body;
        for section in &self.sections {
            if let Some(heading) = &section.heading {
                new_line(body);
                body.push_str(heading);
            }
            write_blocks(&section.body.blocks, body);
        }
        let corrections = self.corrections.iter().map(|(_, text)| text);
        let others = self
            .risks
            .iter()
            .chain(&self.disclosure)
            .chain(corrections)
            .chain(&self.image_caption);
        for part in others {
            write_blocks(&part.blocks, body);
        }
        for note in &self.footnotes {
            write_blocks(&note.blocks, body);
        }
        text
    }
}

/// An article whose fields are being parsed.
struct Fields {
    scope: Scope,
    content: ArticleContent,
}

impl Fields {
    /// Parses a field; its notes go to those of the article.
    fn parse(&mut self, text: &str) -> Document {
        let mut document = parse(text, &mut self.scope);
        self.content.footnotes.append(&mut document.footnotes);
        document
    }

    /// Explains abbreviations, wherever in the article they were defined.
    fn explain(&mut self) {
        if self.scope.abbreviations().is_empty() {
            return;
        }
        let texts = self.content.texts_mut();
        if abbreviations::explain(texts, self.scope.abbreviations()) {
            self.scope.meet(Cap::Abbreviations);
        }
    }

    fn section(&mut self, section: &Section) -> SectionContent {
        let id = self
            .scope
            .id(section.heading.as_deref().unwrap_or("section"));
        if let Some(heading) = &section.heading {
            self.content.contents.push(ContentsEntry {
                level: 2,
                id: id.clone(),
                text: heading.clone(),
            });
        }
        self.scope
            .set_top_level(if section.heading.is_some() { 3 } else { 2 });
        let body = self.parse(&section.body);
        collect_headings(&body.blocks, &mut self.content.contents);
        SectionContent {
            id,
            heading: section.heading.clone(),
            body,
        }
    }
}

/// Headings, also those in quotations and lists.
fn collect_headings(blocks: &[Block], contents: &mut Vec<ContentsEntry>) {
    for block in blocks {
        match block {
            Block::Heading { level, id, content } => {
                contents.push(ContentsEntry {
                    level: *level,
                    id: id.clone(),
                    text: inline_text(content),
                });
            }
            Block::Quote(blocks) => collect_headings(blocks, contents),
            Block::List { items, .. } => items
                .iter()
                .for_each(|item| collect_headings(&item.blocks, contents)),
            _ => {}
        }
    }
}
