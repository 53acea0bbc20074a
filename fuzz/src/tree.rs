//! [`tree`]: what must hold of a content tree, and of every output of it.

use article::{Block, DEPTH_MAX, Document, Inline, NODES_MAX, html, plain_text, to_markdown};

/// Nothing in the tree is deeper, larger or freer than it may be, and no output of it panics.
pub fn tree(document: &Document) {
    let mut walk = Walk { n_nodes: 0 };
    walk.blocks(&document.blocks, 1);
    for note in &document.footnotes {
        assert!(note.id.starts_with("op-"), "{}", note.id);
        walk.blocks(&note.blocks, 1);
    }
    // The last node to be put in before the cap may bring a few more with it.
    assert!(walk.n_nodes <= NODES_MAX + 1000, "{} nodes", walk.n_nodes);
    html(document, "");
    html(document, crate::PAGE);
    plain_text(document);
    to_markdown(document);
}

struct Walk {
    n_nodes: u32,
}

impl Walk {
    fn node(&mut self, depth: u32) {
        self.n_nodes += 1;
        assert!(depth <= DEPTH_MAX + 4, "{depth} levels");
    }

    fn blocks(&mut self, blocks: &[Block], depth: u32) {
        for block in blocks {
            self.node(depth);
            match block {
                Block::Paragraph(content) => self.inlines(content, depth + 1),
                Block::Heading { level, id, content } => {
                    assert!((2..=6).contains(level) && id.starts_with("op-"), "{level} {id}");
                    self.inlines(content, depth + 1);
                }
                Block::Quote(blocks) => self.blocks(blocks, depth + 1),
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(&item.blocks, depth + 1));
                }
                Block::Code { language, .. } => {
                    let is_name = |c: char| {
                        c.is_ascii_lowercase() || c.is_ascii_digit() || "+#-".contains(c)
                    };
                    let language = language.as_deref().unwrap_or("rust");
                    assert!((1..=32).contains(&language.len()) && language.chars().all(is_name));
                }
                Block::Table { align, head, rows } => {
                    assert!(rows.iter().all(|row| row.len() == head.len()) && align.len() == head.len());
                    let cells = head.iter().chain(rows.iter().flatten());
                    cells.for_each(|cell| self.inlines(cell, depth + 1));
                }
                Block::Figure {
                    image,
                    caption,
                    credit,
                } => {
                    crate::image(&image.src);
                    self.inlines(caption, depth + 1);
                    self.inlines(credit, depth + 1);
                }
                Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], depth: u32) {
        for inline in inlines {
            self.node(depth);
            match inline {
                Inline::Marked(_, content) | Inline::Abbreviation { content, .. } => {
                    self.inlines(content, depth + 1);
                }
                Inline::Link {
                    target, content, ..
                } => {
                    crate::link(target);
                    self.inlines(content, depth + 1);
                }
                Inline::Image(image) => crate::image(&image.src),
                Inline::FootnoteRef { id, ref_id, .. } => {
                    assert!(id.starts_with("op-") && ref_id.starts_with("op-"), "{id} {ref_id}");
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
            }
        }
    }
}
