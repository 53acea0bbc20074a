//! Captions: [`put`] gives that of a figure to its picture, [`add_line`] puts lines together.

use super::text::inline_text;
use super::tree::{Block, Inline};

/// The caption belongs to the last of a figure's pictures; where it is about something else, it is a paragraph.
pub(super) fn put(
    new_caption: Vec<Inline>,
    new_credit: Vec<Inline>,
    holds_figures: bool,
    blocks: &mut Vec<Block>,
) {
    let mut text = new_caption;
    for block in blocks.iter_mut().rev().filter(|_| !holds_figures) {
        if let Block::Figure {
            image,
            caption,
            credit,
        } = block
        {
            if !text.is_empty() {
                // What stood there was the title.
                image.title = Some(inline_text(caption)).filter(|title| !title.is_empty());
                *caption = text;
            }
            *credit = new_credit;
            return;
        }
    }
    add_line(&mut text, new_credit);
    if !text.is_empty() {
        blocks.push(Block::Paragraph(text));
    }
}

/// Puts a line behind others, where both say something.
pub(super) fn add_line(lines: &mut Vec<Inline>, mut line: Vec<Inline>) {
    if !lines.is_empty() && !line.is_empty() {
        lines.push(Inline::Break);
    }
    lines.append(&mut line);
}
