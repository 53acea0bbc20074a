//! Raw HTML in Markdown: [`Builder::html_block`] and [`Builder::inline_html`] open and close elements of the tree.
//!
//! 1. A tag whose name `element` knows opens an element on the same stack as Markdown's own; of its attributes, those that
//!    the tree has a place for are read, and addresses pass the same check. Every other tag is shown as text.
//! 2. An end tag closes what it belongs to, as far as no element of Markdown lies between; an end without a start is left
//!    out. Where an element of Markdown ends, so does all HTML in it.
//! 3. A block that stands where only text can be is a line of its own.

use super::element::Element;
use super::markup::{Piece, attribute, pieces, resolved};
use super::open::{Kind, Open};
use super::parser::{Builder, language};
use super::tree::{Inline, InlineImage, Mark};
use crate::url::SafeUrl;

/// A cell may reach over so many columns or rows.
const SPAN_MAX: usize = 100;

impl Builder<'_> {
    /// A block of HTML: its texts are HTML too.
    pub(super) fn html_block(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => self.html_text(&resolved(text)),
                piece => self.piece(piece),
            }
        }
        // Running text does not go on behind the block, a table or list may.
        while self.innermost.element.is_some_and(|open| open.rank() <= 1) {
            self.close();
        }
        if self.innermost.kind.takes_blocks() {
            self.innermost.end_paragraph(&mut self.n_nodes);
        }
    }

    /// A single tag in running text, whose texts are Markdown.
    pub(super) fn inline_html(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => self.text(text),
                piece => self.piece(piece),
            }
        }
    }

    /// Closes all HTML that is open in the innermost element of Markdown.
    pub(super) fn close_html(&mut self) {
        while self.innermost.element.is_some() {
            self.close();
        }
    }

    /// Before a block of Markdown: closes HTML that could not hold it.
    pub(super) fn make_room(&mut self) {
        while let Some(element) = self.innermost.element
            && (element.rank() <= 1 || !self.innermost.kind.takes_blocks())
        {
            self.close();
        }
    }

    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Comment => {}
            Piece::Text(text) => self.text(text),
            Piece::Start {
                raw,
                name,
                attributes,
            } => match Element::named(&name) {
                Some(element) => self.start_element(element, attributes),
                None => self.text(raw),
            },
            Piece::End { raw, name } => match Element::named(&name) {
                Some(Element::Division) => self.divide(),
                Some(element) => _ = self.end_element(element),
                None => self.text(raw),
            },
        }
    }

    /// Text in a block of HTML: runs of white space are one space, and none stands at the beginning of a line.
    fn html_text(&mut self, text: &str) {
        let innermost = &mut self.innermost;
        if matches!(innermost.kind, Kind::Code(_)) {
            let is_first = innermost.inlines.is_empty();
            let text = match is_first {
                // The line end behind `<pre>` is none of its text.
                true => text.strip_prefix("\r\n").or(text.strip_prefix('\n')),
                false => None,
            }
            .unwrap_or(text);
            innermost.push_text(text, &mut self.n_nodes);
            return;
        }
        let is_line_start = match innermost.inlines.last() {
            None => innermost.kind.takes_blocks() || innermost.kind.takes_parts(),
            Some(Inline::Break) => true,
            Some(Inline::Text(before)) => before.ends_with(' '),
            Some(_) => false,
        };
        let mut out = String::with_capacity(text.len());
        let mut is_gap = is_line_start;
        for c in text.chars() {
            // Of Unicode's spaces only those of ASCII mean nothing: a no-break space is one.
            if !c.is_ascii_whitespace() {
                is_gap = false;
                out.push(c);
            } else if !std::mem::replace(&mut is_gap, true) {
                out.push(' ');
            }
        }
        innermost.push_text(&out, &mut self.n_nodes);
    }

    fn start_element(&mut self, element: Element, attributes: &str) {
        if matches!(self.innermost.kind, Kind::Code(_)) {
            match (element, &mut self.innermost.kind) {
                (Element::Break, _) => self.text("\n"),
                (Element::Image, _) => self.text(&attribute(attributes, "alt").unwrap_or_default()),
                (Element::Code, Kind::Code(known)) => {
                    let class = attribute(attributes, "class").unwrap_or_default();
                    let mut names = class.split(' ');
                    let name = names.find_map(|name| name.strip_prefix("language-"));
                    *known = known.take().or(name.and_then(language));
                }
                _ => {}
            }
            return;
        }
        if self.is_at_cap() {
            // Its content is shown without it.
            if !matches!(element, Element::Span | Element::Division) {
                self.meet_cap();
            }
            if element == Element::Image {
                self.text(&attribute(attributes, "alt").unwrap_or_default());
            } else if element == Element::Break || element.rank() > 0 {
                self.text("\n");
            }
            return;
        }
        let kind = match element {
            Element::Span => return,
            Element::Division => return self.divide(),
            Element::Break => return self.line_break(),
            Element::Image => return self.image(attributes),
            Element::Rule => {
                if self.begin_block() {
                    self.rule();
                }
                return;
            }
            Element::Mark(mark) => Kind::Marked(mark),
            Element::Code => Kind::InlineCode,
            Element::Abbreviation => match attribute(attributes, "title") {
                Some(title) if !title.trim().is_empty() => Kind::Abbreviation(title),
                _ => return,
            },
            Element::Link => {
                let Some(address) = attribute(attributes, "href").filter(|_| self.n_links == 0)
                else {
                    return;
                };
                self.n_links += 1;
                let title = attribute(attributes, "title");
                Kind::Link {
                    target: SafeUrl::link(&address),
                    title: title.filter(|title| !title.trim().is_empty()),
                }
            }
            Element::Credit(mark) => match (&self.innermost.kind, mark) {
                (Kind::Caption { .. }, _) => Kind::Credit,
                (_, Some(mark)) => Kind::Marked(mark),
                (_, None) => return,
            },
            Element::Item => {
                self.end_element(Element::Item);
                match &self.innermost.kind {
                    Kind::List { .. } => Kind::Item { checked: None },
                    _ => return self.divide(),
                }
            }
            Element::Row => {
                self.end_element(Element::Row);
                match &self.innermost.kind {
                    Kind::Table { .. } => row(),
                    _ => return self.divide(),
                }
            }
            Element::Cell { is_head } => {
                self.end_element(Element::Cell { is_head: true });
                self.end_element(Element::Cell { is_head: false });
                match &self.innermost.kind {
                    Kind::Row { .. } if self.innermost.element.is_some() => {}
                    Kind::Table { .. } => self.open(Open::new(row(), Some(Element::Row))),
                    _ => return self.divide(),
                }
                let span = |name: &str| {
                    let span = attribute(attributes, name)?.trim().parse().ok()?;
                    Some(usize::clamp(span, 1, SPAN_MAX))
                };
                Kind::Cell {
                    is_head,
                    n_columns: span("colspan").unwrap_or(1),
                    n_rows: span("rowspan").unwrap_or(1),
                }
            }
            Element::TableCaption | Element::Caption => match &self.innermost.kind {
                Kind::Table { .. } | Kind::Figure { .. } => Kind::Caption { credit: Vec::new() },
                _ => return self.divide(),
            },
            // All others are blocks.
            element => {
                if !self.begin_block() {
                    return;
                }
                match element {
                    Element::Heading(level) => Kind::Heading(level),
                    Element::Quote => Kind::Quote,
                    Element::Pre => Kind::Code(None),
                    Element::List { is_ordered } => {
                        let start = attribute(attributes, "start");
                        let start = start.and_then(|start| start.trim().parse().ok());
                        Kind::List {
                            start: is_ordered.then(|| start.unwrap_or(1)),
                            is_tight: true,
                            items: Vec::new(),
                        }
                    }
                    Element::Table => Kind::Table {
                        align: Vec::new(),
                        head: Vec::new(),
                        rows: Vec::new(),
                        claimed: Vec::new(),
                    },
                    Element::Figure => Kind::Figure {
                        caption: Vec::new(),
                        credit: Vec::new(),
                        holds_figures: false,
                    },
                    _ => {
                        self.innermost.has_paragraph = true;
                        Kind::Paragraph
                    }
                }
            }
        };
        self.open(Open::new(kind, Some(element)));
        if element == Element::Term && !self.is_at_cap() {
            let strong = Kind::Marked(Mark::Strong);
            self.open(Open::new(strong, Some(Element::Mark(Mark::Strong))));
        }
    }

    /// Begins a new paragraph.
    fn divide(&mut self) {
        self.begin_block();
    }

    /// Where a block begins, running text before it ends; false where there is no place for one: then it is a new line.
    fn begin_block(&mut self) -> bool {
        self.end_html_paragraph();
        if self.innermost.kind.takes_blocks() && !self.is_at_cap() {
            self.innermost.end_paragraph(&mut self.n_nodes);
            return true;
        }
        let is_new_line = matches!(self.innermost.inlines.last(), None | Some(Inline::Break));
        if !is_new_line && !matches!(self.innermost.kind, Kind::Code(_)) {
            match self.is_at_cap() {
                true => self.text("\n"),
                false => self.line_break(),
            }
        }
        false
    }

    /// A break, and no white space before it.
    fn line_break(&mut self) {
        if let Some(Inline::Text(text)) = self.innermost.inlines.last_mut() {
            text.truncate(text.trim_end_matches([' ', '\t', '\n']).len());
            if text.is_empty() {
                self.innermost.inlines.pop();
            }
        }
        self.inline(Inline::Break);
    }

    /// Closes a paragraph or heading of HTML with the marks in it: a block cannot stand there.
    fn end_html_paragraph(&mut self) {
        let below = self.stack.iter().rev();
        let open = std::iter::once(&self.innermost).chain(below);
        let mut ranks = open.map_while(|open| open.element.map(Element::rank));
        let n_marks = ranks.clone().take_while(|rank| *rank == 0).count();
        if ranks.nth(n_marks) == Some(1) {
            for _ in 0..=n_marks {
                self.close();
            }
        }
    }

    /// Closes the innermost open element of this kind and what is open in it; false where there is none.
    fn end_element(&mut self, element: Element) -> bool {
        let below = self.stack.iter().rev();
        let open = std::iter::once(&self.innermost).chain(below);
        let mut n_closed = 0;
        let mut is_open = false;
        for open in open {
            let Some(name) = open.element else { break };
            n_closed += 1;
            if name == element {
                is_open = true;
                break;
            }
            if name.rank() > element.rank() {
                break;
            }
        }
        if is_open {
            for _ in 0..n_closed {
                self.close();
            }
        }
        is_open
    }

    fn image(&mut self, attributes: &str) {
        let alt = attribute(attributes, "alt").unwrap_or_default();
        let src = attribute(attributes, "src");
        let Some(src) = src.and_then(|src| SafeUrl::image(&src)) else {
            return self.text(&alt);
        };
        let size = |name: &str| {
            let size = attribute(attributes, name)?;
            let size = size.trim().trim_end_matches("px").parse().ok()?;
            (1..=100_000).contains(&size).then_some(size)
        };
        let title = attribute(attributes, "title");
        self.inline(Inline::Image(InlineImage {
            src,
            alt,
            title: title.filter(|title| !title.trim().is_empty()),
            width: size("width"),
            height: size("height"),
        }));
    }
}

fn row() -> Kind {
    Kind::Row {
        cells: Vec::new(),
        heights: Vec::new(),
        n_heads: 0,
    }
}
