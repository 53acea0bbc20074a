//! The tree as plain text: [`plain_text`], for search, excerpts and counting.

use super::tree::{Block, Document, Inline};

/// The plain text of a document: a line for each block, alternative texts included, notes at the end. In tables, cells
/// are divided by tabs.
pub fn plain_text(document: &Document) -> String {
    let mut text = String::new();
    write_blocks(&document.blocks, &mut text);
    for note in &document.footnotes {
        write_blocks(&note.blocks, &mut text);
    }
    text
}

/// The plain text of running text; line ends of the source are spaces.
pub fn inline_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    write_inlines(inlines, &mut text);
    text
}

/// How many words a text has. Where a script does not divide words, each character counts as one.
pub fn words(text: &str) -> usize {
    let count = super::reading_time::Count::of(text);
    (count.words + count.chinese + count.other) as usize
}

/// Begins a new line, if anything stands before it.
pub(super) fn new_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

pub(super) fn write_blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        new_line(text);
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                write_inlines(content, text)
            }
            Block::Quote(blocks) => write_blocks(blocks, text),
            Block::List { items, .. } => {
                for item in items {
                    new_line(text);
                    write_blocks(&item.blocks, text);
                }
            }
            Block::Code { text: code, .. } => text.push_str(code),
            Block::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows) {
                    new_line(text);
                    for (ix, cell) in row.iter().enumerate() {
                        if ix > 0 {
                            text.push('\t');
                        }
                        write_inlines(cell, text);
                    }
                }
            }
            Block::Figure {
                image,
                caption,
                credit,
            } => {
                text.push_str(&image.alt);
                new_line(text);
                write_inlines(caption, text);
                new_line(text);
                write_inlines(credit, text);
            }
            Block::Rule => {}
        }
    }
}

pub(super) fn write_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) => {
                text.extend(part.chars().map(|c| if c == '\n' { ' ' } else { c }))
            }
            Inline::Marked(_, content)
            | Inline::Abbreviation { content, .. }
            | Inline::Link { content, .. } => write_inlines(content, text),
            Inline::Code(code) => text.push_str(code),
            Inline::Image(image) => text.push_str(&image.alt),
            Inline::Break => text.push(' '),
            Inline::FootnoteRef { .. } => {}
        }
    }
}
