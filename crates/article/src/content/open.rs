//! Elements that are still open: [`Open`] collects what stands in one until it is closed.

use super::autolink;
use super::limits::NODES_MAX;
use super::text::inline_text;
use super::tree::{Align, Block, Inline, InlineImage, Item, Mark};
use crate::url::SafeUrl;

/// An element and what was found in it so far.
pub(super) struct Open {
    pub(super) kind: Kind,
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
    Html,
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
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Row {
        cells: Vec<Vec<Inline>>,
        is_head: bool,
    },
    Cell,
    Marked(Mark),
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

impl Open {
    pub(super) fn new(kind: Kind) -> Open {
        Open {
            kind,
            blocks: Vec::new(),
            inlines: Vec::new(),
            has_paragraph: false,
        }
    }

    /// Puts text behind what is there; two texts never stand side by side.
    pub(super) fn push_text(&mut self, text: &str, n_nodes: &mut u32) {
        match self.inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
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
        autolink::in_inlines(&mut self.inlines, n_nodes);
        self.end_paragraph(n_nodes);
        self.blocks
    }

    /// Finds bare addresses in its texts.
    pub(super) fn link_addresses(&mut self, n_nodes: &mut u32) {
        if *n_nodes < NODES_MAX
            && !matches!(self.kind, Kind::Code(_) | Kind::Html | Kind::Image { .. })
        {
            autolink::in_inlines(&mut self.inlines, n_nodes);
        }
    }

    fn end_paragraph(&mut self, n_nodes: &mut u32) {
        trim_end(&mut self.inlines);
        if !self.inlines.is_empty() {
            *n_nodes += 1;
            self.blocks
                .push(paragraph(std::mem::take(&mut self.inlines)));
        }
    }

    /// Closes it and puts it into the element around it.
    pub(super) fn close_into(mut self, outer: &mut Open, n_nodes: &mut u32) {
        match std::mem::replace(&mut self.kind, Kind::Root) {
            Kind::Root | Kind::Note(_) | Kind::Heading(_) => {}
            Kind::Paragraph | Kind::Html => {
                outer.end_paragraph(n_nodes);
                outer.inlines = std::mem::take(&mut self.inlines);
                outer.end_paragraph(n_nodes);
            }
            Kind::Quote => {
                let blocks = self.into_blocks(n_nodes);
                outer.push_block(Block::Quote(blocks), n_nodes);
                return;
            }
            Kind::Code(language) => {
                let mut text = match self.inlines.pop() {
                    Some(Inline::Text(text)) => text,
                    _ => String::new(),
                };
                // Where the field ends within the block, its last line has no ending.
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                outer.push_block(Block::Code { language, text }, n_nodes);
            }
            Kind::Item { checked } => {
                let is_loose = self.has_paragraph;
                let blocks = self.into_blocks(n_nodes);
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
                outer.push_block(
                    Block::List {
                        start,
                        tight: is_tight,
                        items,
                    },
                    n_nodes,
                );
            }
            Kind::Cell => {
                let cell = std::mem::take(&mut self.inlines);
                if let Kind::Row { cells, .. } = &mut outer.kind {
                    *n_nodes += 1;
                    cells.push(cell);
                }
            }
            Kind::Row { cells, is_head } => {
                if let Kind::Table { head, rows, .. } = &mut outer.kind {
                    *n_nodes += 1;
                    if is_head {
                        *head = cells;
                    } else {
                        rows.push(cells);
                    }
                }
            }
            Kind::Table {
                align,
                head,
                mut rows,
            } => {
                for row in &mut rows {
                    // A cap may have come in the middle of a row.
                    row.resize(head.len(), Vec::new());
                }
                outer.push_block(Block::Table { align, head, rows }, n_nodes);
            }
            Kind::Marked(mark) => {
                let content = std::mem::take(&mut self.inlines);
                outer.push_inline(Inline::Marked(mark, content), n_nodes);
            }
            Kind::Link {
                target: Some(target),
                title,
            } => {
                let content = std::mem::take(&mut self.inlines);
                outer.push_inline(
                    Inline::Link {
                        target,
                        title,
                        content,
                    },
                    n_nodes,
                );
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
        for inline in self.inlines {
            outer.push_inline(inline, n_nodes);
        }
    }
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

/// Removes white space from the end of running text.
fn trim_end(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\t', '\n', '\r']).len());
        if text.is_empty() {
            inlines.pop();
        }
    }
}
