//! The running text of a page: paragraphs, bullets, headings → Markdown that shows exactly the text.

use super::super::Section;
use super::lines::{self, Block};
use article::{Document, Inline, Item};

/// A heading is at most this long, in characters.
const HEADING_MAX: usize = 80;

/// The body, divided at its headings.
pub(super) fn sections(body: &[Block]) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut heading = None;
    let mut begin = 0;
    let mut end_section = |heading: Option<String>, blocks: &[Block]| {
        if heading.is_some() || !blocks.is_empty() {
            sections.push(Section {
                heading,
                body: document(blocks),
            });
        }
    };
    for (ix, block) in body.iter().enumerate() {
        let is_followed_by_text = body.get(ix + 1).is_some_and(|next| !is_heading(next));
        if is_heading(block) && is_followed_by_text {
            end_section(heading.take(), &body[begin..ix]);
            heading = Some(block.lines[0].to_string());
            begin = ix + 1;
        }
    }
    end_section(heading, &body[begin..]);
    sections
}

fn is_heading(block: &Block) -> bool {
    let [line] = block.lines[..] else {
        return false;
    };
    line.chars().count() <= HEADING_MAX
        && line.starts_with(char::is_alphanumeric)
        && line.ends_with(char::is_alphanumeric)
}

/// Whether a line ends as a sentence does.
pub(super) fn is_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '"', '»', '“', '’', '\'', ')', ' ']);
    line.ends_with(['.', '!', '?', '…', ':', ';'])
}

/// Blocks as Markdown.
pub(super) fn document(blocks: &[Block]) -> String {
    let mut document = Document::default();
    for block in blocks {
        let is_list = block.lines.len() > 1 || !block.lines[0].starts_with('–');
        if is_list && lines::bullet(block.lines[0]).is_some() {
            let (items, _) = items(std::slice::from_ref(block), false);
            document.blocks.push(list(None, &items));
        } else if let Some(items) = numbered(block) {
            document.blocks.push(items);
        } else {
            document.blocks.push(paragraph(&block.lines.join("\n")));
        }
    }
    article::to_markdown(&document)
}

/// One text as Markdown.
pub(super) fn markdown_of(text: &str) -> String {
    article::to_markdown(&Document {
        blocks: vec![paragraph(text)],
        ..Document::default()
    })
}

fn paragraph(text: &str) -> article::Block {
    article::Block::Paragraph(vec![Inline::Text(text.to_string())])
}

fn list(start: Option<u64>, items: &[String]) -> article::Block {
    article::Block::List {
        start,
        tight: true,
        items: items
            .iter()
            .map(|text| Item {
                checked: None,
                blocks: vec![paragraph(text)],
            })
            .collect(),
    }
}

/// A block whose lines count: `1. …`, `2. …`.
fn numbered(block: &Block) -> Option<article::Block> {
    let mut start = None;
    let mut items = Vec::new();
    for (line, ix) in block.lines.iter().zip(0u64..) {
        let (number, text) = line.split_once(['.', ')'])?;
        let number: u64 = number.parse().ok()?;
        let first = *start.get_or_insert(number);
        if !text.starts_with(' ') || number != first.checked_add(ix)? {
            return None;
        }
        items.push(text.trim_start().to_string());
    }
    (items.len() > 1).then(|| list(start, &items))
}

/// The points at the beginning of a stretch as Markdown, and the blocks behind them. Without bullets, `has_all` says that
/// there is nothing else that the blocks could be; bullets show themselves where they end.
pub(super) fn points<'a, 'b>(
    blocks: &'b [Block<'a>],
    has_all: bool,
) -> (Vec<String>, &'b [Block<'a>]) {
    let is_bulleted = blocks
        .first()
        .is_some_and(|block| lines::bullet(block.lines[0]).is_some());
    let (items, behind) = items(blocks, has_all && !is_bulleted);
    (items.iter().map(|text| markdown_of(text)).collect(), behind)
}

/// The items of a list: each bullet with the lines behind it, or each line where there are no bullets. It ends with the
/// last bullet or, without bullets, with the first block; with `has_all`, every block is an item.
pub(super) fn items<'a, 'b>(
    blocks: &'b [Block<'a>],
    has_all: bool,
) -> (Vec<String>, &'b [Block<'a>]) {
    let mut items: Vec<String> = Vec::new();
    let has_bullets = blocks
        .first()
        .is_some_and(|block| lines::bullet(block.lines[0]).is_some());
    for (ix, block) in blocks.iter().enumerate() {
        let is_bulleted = lines::bullet(block.lines[0]).is_some();
        let goes_on = ix == 0 || has_all || (has_bullets && is_bulleted);
        if !goes_on {
            return (items, &blocks[ix..]);
        }
        for (ix, line) in block.lines.iter().enumerate() {
            match (lines::bullet(line), items.last_mut()) {
                (Some(text), _) => items.push(text.to_string()),
                (None, Some(item)) if is_bulleted && ix > 0 => {
                    item.push('\n');
                    item.push_str(line);
                }
                (None, _) => items.push(line.to_string()),
            }
        }
    }
    (items, &[])
}
