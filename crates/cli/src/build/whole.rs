//! An article as one document: [`whole`], for feeds and plain text.
//!
//! The parts stand in the order of the page, under the same headings. What stands above the text (title, subtitle,
//! who wrote it when) is not in it.

use article::{Article, ArticleContent, Block, Date, Document, Image, Inline, InlineImage, Item};

/// The parts of an article, one after the other.
pub fn whole(article: &Article, content: ArticleContent) -> Document {
    let mut blocks = Vec::new();
    if let Some(image) = &article.image {
        blocks.push(lead_image(image, content.image_caption));
    }
    if let Some(summary) = content.summary {
        blocks.push(heading("op-summary", "Summary"));
        blocks.extend(summary.blocks);
    }
    if !content.key_points.is_empty() {
        blocks.push(heading("op-key-points", "Key Points"));
        blocks.push(list(content.key_points.into_iter().map(|it| it.blocks)));
    }
    let mut is_part = blocks.len() > usize::from(article.image.is_some());
    for section in content.sections {
        if section.heading.is_none() && is_part {
            // Nothing else shows where the part before it ends.
            blocks.push(Block::Rule);
        }
        is_part = false;
        blocks.extend(section.heading.map(|text| heading(&section.id, &text)));
        blocks.extend(section.body.blocks);
    }
    if !content.risks.is_empty() {
        blocks.push(heading("op-risks", "Risks"));
        blocks.push(list(content.risks.into_iter().map(|it| it.blocks)));
    }
    if let Some(disclosure) = content.disclosure {
        blocks.push(heading("op-disclosure", "Disclosure"));
        blocks.extend(disclosure.blocks);
    }
    if !content.corrections.is_empty() {
        blocks.push(heading("op-corrections", "Corrections"));
        blocks.push(list(content.corrections.into_iter().map(dated)));
    }
    if !content.footnotes.is_empty() {
        blocks.push(Block::Rule);
    }
    Document {
        blocks,
        footnotes: content.footnotes,
    }
}

/// A correction with its date before it.
fn dated((date, text): (Option<Date>, Document)) -> Vec<Block> {
    let mut blocks = text.blocks;
    if let Some(date) = date {
        // For people: the day is enough.
        let day = Date { time: None, ..date };
        let date = Inline::Text(format!("{day}: "));
        match blocks.first_mut() {
            Some(Block::Paragraph(content)) => content.insert(0, date),
            _ => blocks.insert(0, Block::Paragraph(vec![date])),
        }
    }
    blocks
}

fn heading(id: &str, text: &str) -> Block {
    Block::Heading {
        level: 2,
        id: id.to_string(),
        content: vec![Inline::Text(text.to_string())],
    }
}

fn list(items: impl Iterator<Item = Vec<Block>>) -> Block {
    let items: Vec<Item> = items
        .map(|blocks| Item {
            checked: None,
            blocks,
        })
        .collect();
    Block::List {
        start: None,
        // Paragraphs without marks of their own would run together.
        tight: items.iter().all(|item| item.blocks.len() <= 1),
        items,
    }
}

fn lead_image(image: &Image, caption: Option<Document>) -> Block {
    let mut line = Vec::new();
    for block in caption.into_iter().flat_map(|caption| caption.blocks) {
        if let Block::Paragraph(content) = block {
            if !line.is_empty() {
                line.push(Inline::Break);
            }
            line.extend(content);
        }
    }
    Block::Figure {
        image: InlineImage {
            src: image.src.clone(),
            alt: image.alt.clone().unwrap_or_default(),
            title: None,
            width: image.width,
            height: image.height,
        },
        caption: line,
        credit: image.credit.iter().cloned().map(Inline::Text).collect(),
    }
}
