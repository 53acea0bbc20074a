//! Notes: numbered when the whole field is known, in the order in which they are referred to.

use super::ids::{Scope, note_id, reference_id};
use super::tree::{Block, Document, Footnote, Inline};
use crate::letters::lowercase;
use std::collections::BTreeMap;

/// Numbers the notes of a field. A note that nothing refers to comes last: nothing is lost. A reference without a note
/// stays text.
pub(super) fn number(
    mut blocks: Vec<Block>,
    definitions: Vec<(String, Vec<Block>)>,
    scope: &mut Scope,
) -> Document {
    let mut numbering = Numbering {
        by_label: BTreeMap::new(),
        numbered: vec![None; definitions.len()],
        waiting: Vec::with_capacity(definitions.len()),
        notes: Vec::new(),
        scope,
    };
    for (ix, (label, blocks)) in definitions.into_iter().enumerate() {
        // Labels are alike whatever their case; of two notes with one label the first counts.
        numbering
            .by_label
            .entry(lowercase(&label))
            .or_insert(ix as u32);
        numbering.waiting.push(blocks);
    }
    numbering.blocks(&mut blocks);
    let (mut done, mut unused) = (0, 0);
    while done < numbering.notes.len() || unused < numbering.waiting.len() {
        if done < numbering.notes.len() {
            // A note may refer to further ones, which are put behind it.
            let mut inner = std::mem::take(&mut numbering.notes[done].blocks);
            numbering.blocks(&mut inner);
            numbering.notes[done].blocks = inner;
            done += 1;
        } else {
            if numbering.numbered[unused].is_none() {
                numbering.note(unused);
            }
            unused += 1;
        }
    }
    Document {
        blocks,
        footnotes: numbering.notes,
    }
}

struct Numbering<'a> {
    by_label: BTreeMap<String, u32>,
    /// Where in `notes` each note is, once it has a number.
    numbered: Vec<Option<usize>>,
    /// The texts of those that have none yet.
    waiting: Vec<Vec<Block>>,
    notes: Vec<Footnote>,
    scope: &'a mut Scope,
}

impl Numbering<'_> {
    /// Where in `notes` a definition is; it gets its number here.
    fn note(&mut self, definition: usize) -> usize {
        if let Some(ix) = self.numbered[definition] {
            return ix;
        }
        let number = self.scope.next_note();
        let blocks = std::mem::take(&mut self.waiting[definition]);
        self.notes.push(Footnote {
            number,
            id: note_id(number),
            ref_ids: Vec::new(),
            blocks,
        });
        let ix = self.notes.len() - 1;
        self.numbered[definition] = Some(ix);
        ix
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(content),
                Block::Figure {
                    caption, credit, ..
                } => {
                    self.inlines(caption);
                    self.inlines(credit);
                }
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List { items, .. } => items
                    .iter_mut()
                    .for_each(|item| self.blocks(&mut item.blocks)),
                Block::Table { head, rows, .. } => {
                    head.iter_mut()
                        .chain(rows.iter_mut().flatten())
                        .for_each(|cell| self.inlines(cell));
                }
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut has_unknown = false;
        for inline in inlines.iter_mut() {
            match inline {
                Inline::Marked(_, content)
                | Inline::Abbreviation { content, .. }
                | Inline::Link { content, .. } => self.inlines(content),
                // Until here, its label is in place of the id.
                Inline::FootnoteRef { number, id, ref_id } => {
                    match self.by_label.get(&lowercase(id)).copied() {
                        Some(definition) => {
                            let ix = self.note(definition as usize);
                            let note = &mut self.notes[ix];
                            *number = note.number;
                            *id = note.id.clone();
                            *ref_id = reference_id(note.number, note.ref_ids.len() + 1);
                            note.ref_ids.push(ref_id.clone());
                        }
                        None => {
                            has_unknown = true;
                            *inline = Inline::Text(["[^", id, "]"].concat());
                        }
                    }
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Break => {}
            }
        }
        if has_unknown {
            let mut merged: Vec<Inline> = Vec::with_capacity(inlines.len());
            for inline in inlines.drain(..) {
                match (merged.last_mut(), inline) {
                    (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                    (_, inline) => merged.push(inline),
                }
            }
            *inlines = merged;
        }
    }
}
