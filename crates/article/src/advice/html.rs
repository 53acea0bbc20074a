//! Advice about the raw HTML in a Markdown field. The tags are those that the parser sees, and what it keeps of them is
//! looked at like the Markdown that means the same.

use super::AdviceKind;
use super::markdown::Walk;
use crate::content::{Element, Piece, attribute, pieces};
use crate::json::short;
use std::collections::BTreeMap;
use std::ops::Range;

/// The HTML of a field so far.
#[derive(Default)]
pub(super) struct Html {
    /// Elements that are shown as text: where first, and how often.
    as_text: BTreeMap<String, (Range<usize>, usize)>,
    /// The open link: where it begins, and where its words do.
    link: Option<(usize, usize)>,
    /// The tag of the open table, and whether it has cells and head cells.
    table: Option<(Range<usize>, bool, bool)>,
}

impl Walk<'_> {
    /// Looks at a tag in running text, or a block of HTML.
    pub(super) fn html(&mut self, range: Range<usize>) {
        let Some(html) = self.text.get(range.clone()) else {
            return;
        };
        for piece in pieces(html) {
            let place = |raw: &str| {
                let start = range.start + (raw.as_ptr() as usize - html.as_ptr() as usize);
                start..start + raw.len()
            };
            match piece {
                Piece::Comment => {}
                Piece::Text(text) => self.said.push_str(text),
                Piece::Start {
                    raw,
                    name,
                    attributes,
                } => match Element::named(&name) {
                    Some(element) => self.start_element(element, attributes, place(raw)),
                    None => {
                        self.said.push_str(raw);
                        self.html.as_text.entry(name).or_insert((place(raw), 0)).1 += 1;
                    }
                },
                Piece::End { raw, name } => match Element::named(&name) {
                    Some(element) => self.end_element(element, place(raw)),
                    None => self.said.push_str(raw),
                },
            }
        }
    }

    fn start_element(&mut self, element: Element, attributes: &str, place: Range<usize>) {
        match element {
            Element::Link => {
                // Without an address it is the goal of links, and nothing of its own.
                if let Some(target) = attribute(attributes, "href")
                    && self.link(&target, place.clone())
                {
                    self.html.link = Some((place.start, self.said.len()));
                }
            }
            Element::Image => {
                let src = attribute(attributes, "src").unwrap_or_default();
                let alt = attribute(attributes, "alt").unwrap_or_default();
                if self.image(&src, place.clone()) && alt.trim().is_empty() {
                    self.missing_alt(place, "write alt=\"…\" into the tag");
                }
                self.said.push_str(&alt);
            }
            Element::Heading(level) => self.heading(level, place),
            Element::Table => self.html.table = Some((place, false, false)),
            Element::Cell { is_head } => {
                if let Some((_, has_cells, has_heads)) = &mut self.html.table {
                    *has_cells = true;
                    *has_heads |= is_head;
                }
            }
            Element::Break => self.said.push(' '),
            _ => {}
        }
    }

    fn end_element(&mut self, element: Element, place: Range<usize>) {
        match element {
            Element::Link => {
                if let Some((start, said)) = self.html.link.take() {
                    self.link_text(said, start..place.end);
                }
            }
            Element::Table => {
                if let Some((table, true, false)) = self.html.table.take() {
                    self.table_header(
                        table,
                        "cells <th> that name the columns or rows of the table",
                    );
                }
            }
            _ => {}
        }
    }

    /// Says of each element once that it is shown as text.
    pub(super) fn finish_html(&mut self) {
        for (name, (range, count)) in std::mem::take(&mut self.html.as_text) {
            let times = match count {
                1 => String::new(),
                count => [", ", &count.to_string(), " times"].concat(),
            };
            self.tell(
                AdviceKind::HtmlAsText,
                range,
                "Markdown, or an element that it knows",
                ["<", &short(&name), ">, which is shown as text", &times].concat(),
                Some(
                    [
                        "write a link, [Video](…), or \\<",
                        &short(&name),
                        "> to show the tag; docs/format.md lists the elements that are read",
                    ]
                    .concat(),
                ),
            );
        }
    }
}
