//! Elements that are still open: [`Open`] collects what stands in one until it is closed.

use super::autolink;
use super::caption;
use super::element::Element;
use super::limits::NODES_MAX;
use super::table::{self, Cells};
use super::text::inline_text;
use super::tree::{Align, Block, Inline, InlineImage, Item, Mark};
use crate::url::SafeUrl;

/// An element and what was found in it so far.
pub(super) struct Open {
    pub(super) kind: Kind,
    /// The element of raw HTML that opened it; `None` for Markdown's own.
    pub(super) element: Option<Element>,
    pub(super) blocks: Vec<Block>,
    /// Running text that is not yet in a block. In an element that has no place for it, it is what a cap left over.
    pub(super) inlines: Vec<Inline>,
    /// A paragraph stands directly in it: for an item, its list is loose.
    pub(super) has_paragraph: bool,
}

pub(super) enum Kind {
    Root,
    Paragraph,
    /// With the level that the author gave.
    Heading(u8),
    Quote,
    Code(Option<String>),
    List {
        start: Option<u64>,
        is_tight: bool,
        items: Vec<Item>,
    },
    Item {
        checked: Option<bool>,
    },
    /// With its label.
    Note(String),
    Table {
        align: Vec<Align>,
        head: Cells,
        rows: Vec<Cells>,
        /// Of each column, how many of the rows to come a cell above reaches into.
        claimed: Vec<usize>,
    },
    Row {
        cells: Cells,
        /// Of each cell, over how many rows it reaches.
        heights: Vec<usize>,
        /// How many of them are headings, or hold nothing.
        n_heads: usize,
    },
    Cell {
        is_head: bool,
        n_columns: usize,
        n_rows: usize,
    },
    Figure {
        caption: Vec<Inline>,
        credit: Vec<Inline>,
        /// Figures stand in it: what it says of itself is about all of them.
        holds_figures: bool,
    },
    Caption {
        credit: Vec<Inline>,
    },
    Credit,
    Marked(Mark),
    Abbreviation(String),
    InlineCode,
    /// `target` is `None` where it is not safe.
    Link {
        target: Option<SafeUrl>,
        title: Option<String>,
    },
    /// `src` is `None` where it is not safe.
    Image {
        src: Option<SafeUrl>,
        title: Option<String>,
    },
}

impl Kind {
    /// Whether blocks may stand in it.
    pub(super) fn takes_blocks(&self) -> bool {
        matches!(
            self,
            Kind::Root
                | Kind::Paragraph
                | Kind::Quote
                | Kind::Item { .. }
                | Kind::Note(_)
                | Kind::Cell { .. }
                | Kind::Figure { .. }
                | Kind::Caption { .. }
        )
    }

    /// Whether only elements of its own kind may stand in it.
    pub(super) fn takes_parts(&self) -> bool {
        matches!(
            self,
            Kind::List { .. } | Kind::Table { .. } | Kind::Row { .. }
        )
    }
}

impl Open {
    pub(super) fn new(kind: Kind, element: Option<Element>) -> Open {
        Open {
            kind,
            element,
            blocks: Vec::new(),
            inlines: Vec::new(),
            has_paragraph: false,
        }
    }

    /// Puts text behind what is there; two texts never stand side by side, and no white space behind a break.
    pub(super) fn push_text(&mut self, text: &str, n_nodes: &mut u32) {
        match self.inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            Some(Inline::Break) if text.starts_with([' ', '\t', '\n']) => {
                let text = text.trim_start_matches([' ', '\t', '\n']);
                if !text.is_empty() {
                    self.push_text(text, n_nodes);
                }
            }
            _ if text.is_empty() => {}
            _ => {
                *n_nodes += 1;
                self.inlines.push(Inline::Text(text.to_string()));
            }
        }
    }

    pub(super) fn push_inline(&mut self, inline: Inline, n_nodes: &mut u32) {
        match inline {
            Inline::Text(text) => self.push_text(&text, n_nodes),
            inline => {
                *n_nodes += 1;
                self.inlines.push(inline);
            }
        }
    }

    /// Puts a block behind what is there; running text before it becomes a paragraph.
    pub(super) fn push_block(&mut self, block: Block, n_nodes: &mut u32) {
        self.end_paragraph(n_nodes);
        *n_nodes += 1;
        self.blocks.push(block);
    }

    /// What stands in it, as blocks.
    pub(super) fn into_blocks(mut self, n_nodes: &mut u32) -> Vec<Block> {
        self.end_paragraph(n_nodes);
        self.blocks
    }

    /// What stands in it, as running text.
    fn into_inlines(mut self, n_nodes: &mut u32) -> Vec<Inline> {
        if !self.blocks.is_empty() {
            self.end_paragraph(n_nodes);
            table::flatten(std::mem::take(&mut self.blocks), &mut self.inlines, n_nodes);
        }
        trim(&mut self.inlines);
        self.inlines
    }

    /// Finds bare addresses in its texts.
    pub(super) fn link_addresses(&mut self, n_nodes: &mut u32) {
        if *n_nodes < NODES_MAX
            && !matches!(
                self.kind,
                Kind::Code(_) | Kind::InlineCode | Kind::Image { .. }
            )
        {
            autolink::in_inlines(&mut self.inlines, n_nodes);
        }
    }

    pub(super) fn end_paragraph(&mut self, n_nodes: &mut u32) {
        trim(&mut self.inlines);
        if !self.inlines.is_empty() {
            autolink::in_inlines(&mut self.inlines, n_nodes);
            *n_nodes += 1;
            self.blocks
                .push(paragraph(std::mem::take(&mut self.inlines)));
        }
    }

    /// Closes it and puts it into the element around it.
    pub(super) fn close_into(mut self, outer: &mut Open, n_nodes: &mut u32) {
        match std::mem::replace(&mut self.kind, Kind::Root) {
            Kind::Root | Kind::Note(_) | Kind::Heading(_) => {}
            Kind::Paragraph => {
                outer.end_paragraph(n_nodes);
                self.end_paragraph(n_nodes);
            }
            Kind::Quote => {
                let blocks = self.into_blocks(n_nodes);
                return outer.push_block(Block::Quote(blocks), n_nodes);
            }
            Kind::Code(language) => {
                let mut text = code_text(&std::mem::take(&mut self.inlines));
                // Where the field ends within the block, its last line has no ending.
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                outer.push_block(Block::Code { language, text }, n_nodes);
            }
            Kind::Item { checked } => {
                let has_paragraph = self.has_paragraph;
                let blocks = self.into_blocks(n_nodes);
                // HTML may divide a line into several, which would run together in a tight list.
                let is_divided = blocks
                    .windows(2)
                    .any(|pair| matches!(pair, [Block::Paragraph(_), Block::Paragraph(_)]));
                let is_loose = has_paragraph || is_divided;
                if let Kind::List {
                    items, is_tight, ..
                } = &mut outer.kind
                {
                    *n_nodes += 1;
                    *is_tight &= !is_loose;
                    items.push(Item { checked, blocks });
                }
                return;
            }
            Kind::List {
                start,
                is_tight,
                items,
            } => {
                self.hand_over(outer, n_nodes);
                if !items.is_empty() || self.element.is_none() {
                    let list = Block::List {
                        start,
                        tight: is_tight,
                        items,
                    };
                    outer.push_block(list, n_nodes);
                }
            }
            Kind::Cell {
                is_head,
                n_columns,
                n_rows,
            } => {
                let is_html = self.element.is_some();
                let cell = self.into_inlines(n_nodes);
                // The corner above the headings of rows is often no `<th>`.
                let is_head = is_head || is_html && cell.is_empty();
                if let Kind::Row {
                    cells,
                    heights,
                    n_heads,
                } = &mut outer.kind
                {
                    *n_nodes += n_columns as u32;
                    *n_heads += usize::from(is_head) * n_columns;
                    cells.push(cell);
                    let n_cells = cells.len() + n_columns - 1;
                    cells.resize(n_cells, Vec::new());
                    heights.resize(n_cells, n_rows);
                }
                return;
            }
            Kind::Row {
                cells,
                heights,
                n_heads,
            } => {
                if let Kind::Table {
                    head,
                    rows,
                    claimed,
                    ..
                } = &mut outer.kind
                {
                    *n_nodes += 1;
                    let is_head = match self.element {
                        None => n_heads > 0,
                        Some(_) => n_heads == cells.len() && !cells.iter().all(Vec::is_empty),
                    };
                    let cells = table::fill_claimed(cells, &heights, claimed, n_nodes);
                    if is_head && head.is_empty() && rows.is_empty() {
                        *head = cells;
                    } else if !cells.is_empty() || self.element.is_none() {
                        rows.push(cells);
                    }
                }
            }
            Kind::Table {
                align, head, rows, ..
            } => {
                self.hand_over(outer, n_nodes);
                table::put(align, head, rows, outer, n_nodes);
            }
            Kind::Figure {
                caption,
                credit,
                holds_figures,
            } => {
                let mut blocks = self.into_blocks(n_nodes);
                caption::put(caption, credit, holds_figures, &mut blocks);
                if let Kind::Figure { holds_figures, .. } = &mut outer.kind {
                    *holds_figures = true;
                }
                outer.end_paragraph(n_nodes);
                outer.blocks.append(&mut blocks);
                return;
            }
            Kind::Caption { credit: by } => {
                let mut text = self.into_inlines(n_nodes);
                if let Kind::Figure {
                    caption, credit, ..
                } = &mut outer.kind
                {
                    caption::add_line(caption, text);
                    caption::add_line(credit, by);
                } else {
                    // Of a table.
                    caption::add_line(&mut text, by);
                    outer.end_paragraph(n_nodes);
                    outer.inlines = text;
                    outer.end_paragraph(n_nodes);
                }
                return;
            }
            Kind::Credit => {
                if let Kind::Caption { credit } = &mut outer.kind {
                    caption::add_line(credit, self.into_inlines(n_nodes));
                }
                return;
            }
            // What HTML marks is not there: its block ended with the tag.
            Kind::Marked(_) | Kind::Abbreviation(_) | Kind::Link { .. }
                if self.element.is_some() && is_blank(&self.inlines) => {}
            Kind::Marked(mark) => {
                let content = std::mem::take(&mut self.inlines);
                outer.push_inline(Inline::Marked(mark, content), n_nodes);
            }
            Kind::Abbreviation(title) => {
                let content = std::mem::take(&mut self.inlines);
                outer.push_inline(Inline::Abbreviation { title, content }, n_nodes);
            }
            Kind::InlineCode => {
                let text = inline_text(&std::mem::take(&mut self.inlines));
                if !text.is_empty() {
                    outer.push_inline(Inline::Code(text), n_nodes);
                }
            }
            Kind::Link {
                target: Some(target),
                title,
            } => {
                let content = std::mem::take(&mut self.inlines);
                let link = Inline::Link {
                    target,
                    title,
                    content,
                };
                outer.push_inline(link, n_nodes);
            }
            // The content of a link that is not safe is shown without it.
            Kind::Link { target: None, .. } => {}
            Kind::Image { src, title } => {
                let alt = inline_text(&std::mem::take(&mut self.inlines));
                match src {
                    Some(src) => {
                        let image = InlineImage {
                            src,
                            alt,
                            title,
                            width: None,
                            height: None,
                        };
                        outer.push_inline(Inline::Image(image), n_nodes);
                    }
                    None => outer.push_text(&alt, n_nodes),
                }
            }
        }
        if !self.blocks.is_empty() {
            outer.end_paragraph(n_nodes);
            outer.blocks.append(&mut self.blocks);
        }
        for inline in self.inlines {
            outer.push_inline(inline, n_nodes);
        }
    }

    /// What stands in a list or table of HTML outside of its items and cells comes before it.
    fn hand_over(&mut self, outer: &mut Open, n_nodes: &mut u32) {
        if self.element.is_some() {
            self.end_paragraph(n_nodes);
            if !self.blocks.is_empty() {
                outer.end_paragraph(n_nodes);
                outer.blocks.append(&mut self.blocks);
            }
        }
    }
}

/// Whether nothing but white space is there.
fn is_blank(inlines: &[Inline]) -> bool {
    inlines
        .iter()
        .all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()))
}

/// The text of a block of code; what stands in running text brings marks and the like into it.
fn code_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) => text.push_str(part),
            Inline::Break => text.push('\n'),
            other => text.push_str(&inline_text(std::slice::from_ref(other))),
        }
    }
    text
}

/// A paragraph, or a figure where an image stands alone.
fn paragraph(mut inlines: Vec<Inline>) -> Block {
    if let [Inline::Image(image)] = inlines.as_mut_slice() {
        let caption = image.title.take().map(Inline::Text).into_iter().collect();
        return Block::Figure {
            image: image.clone(),
            caption,
            credit: Vec::new(),
        };
    }
    Block::Paragraph(inlines)
}

/// Removes white space and breaks from the end of running text.
fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Break => {}
            Inline::Text(text) => {
                text.truncate(text.trim_end_matches([' ', '\t', '\n', '\r']).len());
                if !text.is_empty() {
                    return;
                }
            }
            _ => return,
        }
        inlines.pop();
    }
}

/// Removes white space and breaks from both ends.
pub(super) fn trim(inlines: &mut Vec<Inline>) {
    trim_end(inlines);
    let n_breaks = inlines
        .iter()
        .take_while(|inline| match inline {
            Inline::Break => true,
            Inline::Text(text) => text.trim().is_empty(),
            _ => false,
        })
        .count();
    inlines.drain(..n_breaks);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        let n_space = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len();
        text.drain(..n_space);
    }
}
