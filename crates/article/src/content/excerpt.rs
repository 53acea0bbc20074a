//! Teasers: [`excerpt`].

use super::parser::parse_markdown;
use super::text::{inline_text, plain_text};
use super::tree::Block;
use crate::model::Article;

/// A teaser of at most `max_chars` characters, in plain text and one line: from the summary, else the subtitle, else
/// the first key point, else the first paragraph of the text. Only the beginning of a long field is parsed.
pub fn excerpt(article: &Article, max_chars: usize) -> String {
    let from_markdown = |text: &String| {
        let (start, is_whole) = beginning(text, max_chars);
        cut(&plain_text(&parse_markdown(start)), max_chars, is_whole)
    };
    let sources = [
        article.summary.as_ref().map(from_markdown),
        article
            .subtitle
            .as_ref()
            .map(|text| cut(text, max_chars, true)),
        article.key_points.first().map(from_markdown),
    ];
    if let Some(found) = sources.into_iter().flatten().find(|text| !text.is_empty()) {
        return found;
    }
    let first_paragraph = article.sections.iter().find_map(|section| {
        let (start, is_whole) = beginning(&section.body, max_chars);
        let document = parse_markdown(start);
        let n_blocks = document.blocks.len();
        document.blocks.iter().enumerate().find_map(|(ix, block)| {
            let text = match block {
                Block::Paragraph(content) => inline_text(content),
                _ => return None,
            };
            // Only the last block can have been cut through.
            let text = cut(&text, max_chars, is_whole || ix + 1 < n_blocks);
            (!text.is_empty()).then_some(text)
        })
    });
    first_paragraph.unwrap_or_default()
}

/// As much of a Markdown text as an excerpt can need, and whether that is all of it.
fn beginning(text: &str, max_chars: usize) -> (&str, bool) {
    // Characters have up to four bytes, and addresses of links and pictures take room as well.
    let mut end = max_chars
        .saturating_mul(8)
        .saturating_add(2_000)
        .min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[..end], end == text.len())
}

/// At most `max_chars` characters in one line, ending with a whole word; `…` where something is left out.
fn cut(text: &str, max_chars: usize, is_whole: bool) -> String {
    let mut line: Vec<char> = Vec::new();
    let mut is_space = false;
    for c in text.trim().chars() {
        if line.len() > max_chars {
            break;
        }
        if c.is_whitespace() {
            is_space = true;
            continue;
        }
        if is_space {
            line.push(' ');
            is_space = false;
        }
        line.push(c);
    }
    if is_whole && line.len() <= max_chars {
        return line.into_iter().collect();
    }
    // One place is for the ellipsis. Between two characters of Chinese or Japanese a line may always end.
    let room = max_chars.saturating_sub(1).min(line.len());
    let is_border = |end: &usize| {
        line.get(*end)
            .is_some_and(|next| *next == ' ' || is_ideographic(*next))
    };
    let end = (1..=room).rev().find(is_border).unwrap_or(room);
    let whole: String = line[..end].iter().collect();
    let whole = whole.trim_end_matches([
        ' ', ',', ';', ':', '–', '—', '-', '.', '…', '、', '，', '。',
    ]);
    if max_chars == 0 || line.is_empty() {
        String::new()
    } else {
        [whole, "…"].concat()
    }
}

fn is_ideographic(c: char) -> bool {
    c >= '\u{2e80}'
}
