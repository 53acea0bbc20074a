//! The tree as Markdown: [`to_markdown`], for importers. Parsed again it is the same tree.
//!
//! 1. `blocks` writes each block, and what stands in a quotation, an item or a note is written first and then set in;
//! 2. `inlines` writes running text: marks by their signs where CommonMark would read them so, else by elements, which
//!    the parser reads as well;
//! 3. `escape` puts a backslash before what would otherwise mean something, and before nothing else.

mod escape;
mod inlines;

use super::html::inline_html;
use super::tree::{Align, Block, Document, Inline, Item};
use inlines::{Place, inline_markdown};

/// A document as Markdown. Ids of headings and notes are not written: they are made anew when it is parsed.
pub fn to_markdown(document: &Document) -> String {
    let mut out = blocks(&document.blocks);
    for note in &document.footnotes {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let text = set_in(&blocks(&note.blocks), "    ");
        out.push_str(&["[^", &note.number.to_string(), "]: ", &text].concat());
    }
    out
}

/// How a list is marked; a list beside one of its kind takes the other sign, or the two would be one.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Bullet(char),
    Number(char),
}

fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut before: Option<Sign> = None;
    for block in blocks {
        let sign = match block {
            Block::List { start: None, .. } if before == Some(Sign::Bullet('-')) => {
                Some(Sign::Bullet('*'))
            }
            Block::List { start: None, .. } => Some(Sign::Bullet('-')),
            Block::List { .. } if before == Some(Sign::Number('.')) => Some(Sign::Number(')')),
            Block::List { .. } => Some(Sign::Number('.')),
            _ => None,
        };
        let text = block_markdown(block, sign);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&text);
        before = sign;
    }
    out
}

fn block_markdown(block: &Block, sign: Option<Sign>) -> String {
    match block {
        Block::Paragraph(content) => inline_markdown(content, Place::Paragraph),
        Block::Heading { level, content, .. } => {
            let text = inline_markdown(content, Place::Line);
            [&"######"[..usize::from(*level).min(6)], " ", &text].concat()
        }
        Block::Quote(inner) => quoted(&blocks(inner)),
        Block::List {
            start,
            tight,
            items,
        } => list(start.unwrap_or(1), *tight, items, sign),
        Block::Code { language, text } => code(language.as_deref(), text),
        Block::Table { align, head, rows } => table(align, head, rows),
        Block::Figure {
            image,
            caption,
            credit,
        } => {
            let title = match caption.as_slice() {
                [] => Some(None),
                [Inline::Text(text)] if !text.contains('\n') => Some(Some(text.clone())),
                _ => None,
            };
            match title {
                Some(title) if credit.is_empty() && image.width.or(image.height).is_none() => {
                    let mut image = image.clone();
                    image.title = title;
                    inline_markdown(&[Inline::Image(image)], Place::Paragraph)
                }
                _ => figure(&Inline::Image(image.clone()), caption, credit),
            }
        }
        // Neither the sign of a list nor the line under a heading.
        Block::Rule => "___".to_string(),
    }
}

/// A figure as elements: Markdown has no way to say more than a title.
fn figure(image: &Inline, caption: &[Inline], credit: &[Inline]) -> String {
    let line = |inlines: &[Inline]| inline_html(inlines, "").replace('\n', " ");
    let mut out = [
        "<figure>\n",
        &line(std::slice::from_ref(image)),
        "\n<figcaption>",
        &line(caption),
    ]
    .concat();
    if !credit.is_empty() {
        out.push_str(&["<small>", &line(credit), "</small>"].concat());
    }
    out.push_str("</figcaption>\n</figure>");
    out
}

/// Puts `indent` before every line but the first, and before none that is empty.
fn set_in(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (ix, line) in text.split('\n').enumerate() {
        if ix > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(indent);
            }
        }
        out.push_str(line);
    }
    out
}

fn quoted(text: &str) -> String {
    let lines = text.split('\n').map(|line| match line {
        "" => ">".to_string(),
        line => ["> ", line].concat(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn list(start: u64, tight: bool, items: &[Item], sign: Option<Sign>) -> String {
    let tight = tight && items.iter().all(|item| can_be_tight(&item.blocks));
    let mut out = String::new();
    for (ix, item) in items.iter().enumerate() {
        if ix > 0 {
            out.push_str(if tight { "\n" } else { "\n\n" });
        }
        let marker = match sign {
            Some(Sign::Number(end)) => {
                let number = start.saturating_add(ix as u64).min(999_999_999);
                format!("{number}{end} ")
            }
            Some(Sign::Bullet(sign)) => format!("{sign} "),
            None => "- ".to_string(),
        };
        let mut text = match tight {
            true => {
                let parts = item.blocks.iter().map(|block| {
                    let sign = match block {
                        Block::List { start: None, .. } => Some(Sign::Bullet('-')),
                        Block::List { .. } => Some(Sign::Number('.')),
                        _ => None,
                    };
                    block_markdown(block, sign)
                });
                parts.collect::<Vec<_>>().join("\n")
            }
            false => blocks(&item.blocks),
        };
        // The box of a task stands before its words: without any it would be text itself.
        if let Some(checked) = item.checked
            && matches!(item.blocks.first(), Some(Block::Paragraph(_)))
        {
            text.insert_str(0, if checked { "[x] " } else { "[ ] " });
        }
        // An item that begins with an empty line ends there.
        out.push_str(&marker);
        out.push_str(&set_in(&text, &" ".repeat(marker.len())));
        out.truncate(out.trim_end_matches(' ').len());
    }
    out
}

/// Whether the blocks of an item can follow one another without empty lines and stay what they are.
fn can_be_tight(blocks: &[Block]) -> bool {
    let may_follow = |pair: &[Block]| {
        let after_text = matches!(pair[0], Block::Paragraph(_) | Block::Figure { .. });
        let starts_anew = match &pair[1] {
            Block::List { start, items, .. } => {
                start.is_none_or(|start| start == 1)
                    && items.first().is_some_and(|item| !item.blocks.is_empty())
            }
            Block::Quote(_) | Block::Code { .. } => true,
            _ => false,
        };
        // A line of text behind a list or a quotation would be taken for its continuation.
        after_text && starts_anew
    };
    blocks.windows(2).all(may_follow)
}

/// A fence longer than any in the text.
fn code(language: Option<&str>, text: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let end = match text.is_empty() || text.ends_with('\n') {
        true => "",
        false => "\n",
    };
    [
        &fence,
        language.unwrap_or_default(),
        "\n",
        text,
        end,
        &fence,
    ]
    .concat()
}

fn table(align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
    if head.is_empty() {
        return String::new();
    }
    let line = |cells: &[Vec<Inline>]| {
        let cells = cells
            .iter()
            .map(|cell| inline_markdown(cell, Place::Cell))
            .collect::<Vec<_>>();
        ["| ", &cells.join(" | "), " |"].concat()
    };
    let mut out = line(head);
    out.push_str("\n|");
    for column in 0..head.len() {
        out.push_str(match align.get(column) {
            Some(Align::Left) => " :-- |",
            Some(Align::Center) => " :-: |",
            Some(Align::Right) => " --: |",
            _ => " --- |",
        });
    }
    for row in rows {
        out.push('\n');
        out.push_str(&line(row));
    }
    out
}
