//! The text of a component or caption: [`Text`], in one of three formats.

use super::super::Losses;
use super::super::blocks;
use super::super::html;
use article::{Block, Inline, inline_text, parse_markdown};
use serde_json::Value;
use std::ops::Range;

/// A text and how it is written.
pub(super) struct Text<'a> {
    text: &'a str,
    format: Format,
    /// Where links begin and end, in bytes, in order, and where they lead.
    links: Vec<(Range<usize>, &'a str)>,
}

enum Format {
    Plain,
    Markdown,
    Html,
}

impl<'a> Text<'a> {
    /// The text of an object, or a text that stands alone.
    pub(super) fn of(value: &'a Value) -> Option<Text<'a>> {
        let text = value
            .as_str()
            .or(value["text"].as_str())
            .filter(|text| !text.trim().is_empty())?;
        let format = match value["format"].as_str() {
            Some("html") => Format::Html,
            Some("markdown") => Format::Markdown,
            _ => Format::Plain,
        };
        let links = match format {
            Format::Plain => links(text, &value["additions"]),
            _ => Vec::new(),
        };
        Some(Text {
            text,
            format,
            links,
        })
    }

    pub(super) fn blocks(
        &self,
        place: &str,
        base: Option<&str>,
        losses: &mut Losses,
    ) -> Vec<Block> {
        match self.format {
            Format::Html => html::document(self.text, place, base, losses).blocks,
            Format::Markdown => parse_markdown(self.text).blocks,
            Format::Plain => {
                let mut start = 0;
                let mut blocks = Vec::new();
                for part in self.text.split_inclusive("\n\n") {
                    let line = self.line(start..start + part.len(), place, base, losses);
                    if !line.is_empty() {
                        blocks.push(Block::Paragraph(line));
                    }
                    start += part.len();
                }
                blocks
            }
        }
    }

    /// As running text: paragraphs are lines of it.
    pub(super) fn inlines(
        &self,
        place: &str,
        base: Option<&str>,
        losses: &mut Losses,
    ) -> Vec<Inline> {
        match self.format {
            Format::Plain => self.line(0..self.text.len(), place, base, losses),
            _ => html::flat(self.blocks(place, base, losses)),
        }
    }

    /// Without any marks, in one line.
    pub(super) fn plain(&self) -> String {
        let mut none = Losses::default();
        let text = inline_text(&self.inlines("", None, &mut none));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A part of a plain text: its lines stay lines, and its links are links.
    fn line(
        &self,
        range: Range<usize>,
        place: &str,
        base: Option<&str>,
        losses: &mut Losses,
    ) -> Vec<Inline> {
        let part = &self.text[range.clone()];
        let start = range.start + (part.len() - part.trim_start().len());
        let end = range.end - (part.len() - part.trim_end().len());
        let mut line = Vec::new();
        let mut at = start;
        for (link, url) in &self.links {
            let link = link.start.max(start)..link.end.min(end);
            if link.start < at || link.is_empty() {
                continue;
            }
            push_lines(&mut line, &self.text[at..link.start]);
            let mut content = Vec::new();
            push_lines(&mut content, &self.text[link.clone()]);
            line.extend(blocks::link(url, content, place, base, losses));
            at = link.end;
        }
        if at < end {
            push_lines(&mut line, &self.text[at..end]);
        }
        line
    }
}

/// Text whose line ends are meant.
fn push_lines(line: &mut Vec<Inline>, text: &str) {
    for (ix, part) in text.split('\n').enumerate() {
        if ix > 0 {
            line.push(Inline::Break);
        }
        if part.is_empty() {
            continue;
        }
        match line.last_mut() {
            Some(Inline::Text(before)) => before.push_str(part),
            _ => line.push(Inline::Text(part.to_string())),
        }
    }
}

/// The links of `additions`. Ranges are counted in UTF-16, as everything in Apple's frameworks is.
fn links<'a>(text: &str, additions: &'a Value) -> Vec<(Range<usize>, &'a str)> {
    let byte_at = |wanted: u64| {
        let mut units = 0;
        text.char_indices()
            .find(|(_, c)| {
                let is_there = units >= wanted;
                units += c.len_utf16() as u64;
                is_there
            })
            .map_or(text.len(), |(ix, _)| ix)
    };
    let mut links: Vec<_> = additions
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|addition| {
            let url = addition["URL"].as_str()?;
            let start = addition["rangeStart"].as_u64()?;
            let length = addition["rangeLength"].as_u64()?;
            Some((byte_at(start)..byte_at(start.saturating_add(length)), url))
        })
        .collect();
    links.sort_by_key(|(range, _)| range.start);
    links
}
