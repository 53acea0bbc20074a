//! A page copied out of a browser as plain text: [`read`] finds the parts of its article again.
//!
//! The grammar, by lines. A *block* is what stands between empty lines; a line that is a *label* as a whole (`Summary`,
//! `Key Points`, `Risiken:`; the table is `import/headings.rs`) is a block of its own wherever it stands, and so is *furniture*,
//! what a page has around its article (`lines`).
//!
//! ```text
//! page       = head body? stretch*
//! head       = title fact* subtitle?           fact = date | by-line | category | the title again
//! stretch    = label block*                    up to the next label
//! summary    = block*                          if Key Points come next; else one block, and the body goes on
//! points     = bullet+ | line+                 Key Points, Risks: a block of lines, or bullets, also over empty lines;
//!                                              the body goes on behind bullets, and behind lines if it has not
//!                                              been there yet
//! disclosure = block*
//! correction = (date ":")? text                each block or bullet
//! related    = title excerpt?                  an excerpt ends like a sentence or with an ellipsis
//! body       = (heading | bullet+ | paragraph)*   a heading is a short line alone that does not end like a sentence
//! label ":" text   a Summary, Disclosure or Correction of one block; what was before goes on behind it
//! ```
//!
//! 1. `lines` cuts the page into stretches;
//! 2. `head` reads what stands above the text;
//! 3. each stretch becomes its field; text is escaped for Markdown as it is written.

mod head;
mod lines;
mod texts;

pub(super) use head::byline;

use super::{
    Correction, Draft, Field, Headings, Imported, Losses, Related, SourceFile, date_in_words,
};
use anyhow::Result;
use article::slug;
use lines::{Block, Dropped, FURNITURE_WHY, Label, Stretch};
use texts::{document, is_sentence, points};

/// Reads a page.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let text = source.text();
    anyhow::ensure!(!text.trim().is_empty(), "there is no text in it");
    Ok(Imported {
        articles: vec![article(&text, source.headings, losses)],
        ..Imported::default()
    })
}

fn article(text: &str, headings: &Headings, losses: &mut Losses) -> Draft {
    let mut dropped = Dropped::default();
    let stretches = lines::stretches(text, headings, &mut dropped);
    let mut page = Page::default();
    let known_category = stretches
        .iter()
        .find(|stretch| stretch.label == Some(Label::Category))
        .and_then(|stretch| stretch.blocks.first()?.lines.first().copied());
    for (ix, stretch) in stretches.iter().enumerate() {
        let next = stretches[ix + 1..]
            .iter()
            .find(|stretch| !stretch.is_inline)
            .and_then(|stretch| stretch.label);
        match stretch.label {
            None if ix == 0 => {
                let (head, behind) =
                    head::read(&stretch.blocks, next, known_category, &mut dropped);
                head.put_into(&mut page.draft);
                page.body.extend(behind);
            }
            None => page.body.extend(stretch.blocks.iter().cloned()),
            Some(Label::Field(field)) => page.field(field, next, stretch),
            Some(Label::Category) => page.category(stretch, &mut dropped),
            Some(Label::Search) => page.furniture(&stretch.blocks, &mut dropped),
        }
    }
    dropped.tell(losses);
    page.draft.id = slug(&without_points(&page.draft.title));
    page.draft.sections = texts::sections(&page.body);
    page.draft
}

/// A title with its initialisms as words, for an id that can be read: `U.S.` is `US`.
fn without_points(title: &str) -> String {
    let mut words = Vec::new();
    for word in title.split(' ') {
        let is_initialism = word.contains('.')
            && word
                .trim_end_matches(|c: char| !c.is_alphanumeric())
                .split('.')
                .all(|part| {
                    part.trim_start_matches(|c: char| !c.is_alphanumeric())
                        .chars()
                        .count()
                        == 1
                });
        words.push(if is_initialism {
            word.replace('.', "")
        } else {
            word.to_string()
        });
    }
    words.join(" ")
}

/// What was read so far.
#[derive(Default)]
struct Page<'a> {
    draft: Draft,
    body: Vec<Block<'a>>,
}

impl<'a> Page<'a> {
    fn field(&mut self, field: Field, next: Option<Label>, stretch: &Stretch<'a>) {
        let blocks = &stretch.blocks[..];
        match field {
            Field::Summary => {
                let is_whole = stretch.is_inline || next == Some(Label::Field(Field::KeyPoints));
                let end = if is_whole {
                    blocks.len()
                } else {
                    blocks.len().min(1)
                };
                let summary = document(&blocks[..end]);
                append(&mut self.draft.summary, &summary);
                self.body.extend(blocks[end..].iter().cloned());
            }
            Field::KeyPoints | Field::Risks => {
                let (found, behind) = points(blocks, !self.body.is_empty());
                match field {
                    Field::Risks => self.draft.risks.extend(found),
                    _ => self.draft.key_points.extend(found),
                }
                self.body.extend(behind.iter().cloned());
            }
            Field::Disclosure => append(&mut self.draft.disclosure, &document(blocks)),
            Field::Corrections => {
                let (found, _) = texts::items(blocks, true);
                self.draft
                    .corrections
                    .extend(found.iter().map(|text| correction(text)));
            }
            Field::Related => self.draft.related.extend(related(blocks)),
        }
    }

    /// The category beside the filter of the page; the filter itself and its other choices are furniture.
    fn category(&mut self, stretch: &Stretch<'a>, dropped: &mut Dropped) {
        let mut blocks = stretch.blocks.clone();
        if self.draft.category.is_none()
            && let Some(first) = blocks.first_mut()
        {
            self.draft.category = Some(first.lines.remove(0).to_string());
            first.line += 1;
        } else {
            let (line, label) = stretch.line;
            dropped.push(line, label, "the filter of the page");
        }
        self.furniture(&blocks, dropped);
    }

    /// Short lines are dropped; a sentence is never furniture.
    fn furniture(&mut self, blocks: &[Block<'a>], dropped: &mut Dropped) {
        for block in blocks {
            if block.lines.iter().any(|line| is_sentence(line)) {
                self.body.push(block.clone());
                continue;
            }
            for (line, text) in (block.line..).zip(&block.lines) {
                let why = if self.draft.category.as_deref() == Some(text) {
                    "the category again, beside the filter of the page"
                } else {
                    FURNITURE_WHY
                };
                dropped.push(line, text, why);
            }
        }
    }
}

/// Puts Markdown behind what a field has.
fn append(field: &mut Option<String>, markdown: &str) {
    match field {
        _ if markdown.is_empty() => {}
        Some(before) => {
            before.push_str("\n\n");
            before.push_str(markdown);
        }
        None => *field = Some(markdown.to_string()),
    }
}

fn correction(text: &str) -> Correction {
    let dated = [": ", " – ", " — ", " - "].iter().find_map(|sign| {
        let (date, text) = text.split_once(sign)?;
        Some((date_in_words::read(date)?.date.to_string(), text))
    });
    let (date, text) = match dated {
        Some((date, text)) => (Some(date), text),
        None => (None, text),
    };
    Correction {
        date,
        text: texts::markdown_of(text),
    }
}

/// Titles and their excerpts.
fn related(blocks: &[Block]) -> Vec<Related> {
    let mut list: Vec<Related> = Vec::new();
    for block in blocks {
        let is_list = lines::bullet(block.lines[0]).is_some();
        for (ix, line) in block.lines.iter().enumerate() {
            let line = lines::bullet(line).unwrap_or(line);
            let waiting = list
                .last_mut()
                .filter(|related| related.excerpt.is_none() && !is_list);
            match waiting {
                Some(related) if ix > 0 || line.ends_with(['.', '…']) => {
                    related.excerpt = Some(line.to_string());
                }
                _ if ix > 1 && !is_list => {
                    // The excerpt goes on in the next line.
                    if let Some(Related {
                        excerpt: Some(excerpt),
                        ..
                    }) = list.last_mut()
                    {
                        excerpt.push(' ');
                        excerpt.push_str(line);
                    }
                }
                _ => list.push(Related {
                    title: Some(line.to_string()),
                    ..Related::default()
                }),
            }
        }
    }
    list
}

#[cfg(test)]
mod tests;
