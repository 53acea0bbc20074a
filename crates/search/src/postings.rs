//! Postings: for every term the documents that hold it, and where in them.
//!
//! ```text
//! documents of a term   ┌ document − previous document ┬ impact ┐ …      (varint, one byte; the first counts from −1)
//! positions of a term   ┌ n bytes ┬ position − previous position … ┐ …   (varints; one group per document, in step)
//! ```
//!
//! Documents ascend, positions ascend within a document. The impact is the baked saturation (see `ranking`). Positions
//! lie apart, so that a query without phrases never touches them, and each group says its length, so that one that
//! is not wanted is stepped over. Files hold the same bytes, squeezed (`squeeze`).

use crate::varint;

/// Where some bytes are: in a part of this number, or in the shard itself.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub part: Option<u32>,
    pub at: u32,
    pub len: u32,
}

impl Span {
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        let at = self.at as usize;
        bytes.get(at..at + self.len as usize).unwrap_or_default()
    }
}

/// Where the postings of one term are.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub documents: Span,
    pub positions: Span,
    /// How many documents hold the term.
    pub n_documents: u32,
}

/// Postings of terms one behind the other, in blocks: a memory that never shrinks has holes of many sizes when the postings are
/// made, and small blocks fill them.
#[derive(Default)]
pub(crate) struct Blocks {
    /// Where each block begins. All but the last are at least [`BLOCK`] long.
    starts: Vec<u32>,
    /// The block that each multiple of [`BLOCK`] is in; what is behind it is there, or in the next one.
    hints: Vec<u32>,
    blocks: Vec<Vec<u8>>,
}

/// A block is closed at this size.
const BLOCK: u32 = 1 << 16;

impl Blocks {
    /// One block of these bytes.
    pub fn of(bytes: Vec<u8>) -> Blocks {
        Blocks {
            starts: vec![0],
            hints: Vec::new(),
            blocks: vec![bytes],
        }
    }

    /// Room for postings that begin at these places, the last of which is the end of all. None is divided.
    #[cfg(feature = "build")]
    pub fn with_room(begins: impl Iterator<Item = u32>) -> Blocks {
        let mut starts = vec![0];
        let mut end = 0;
        for begin in begins {
            if end - starts[starts.len() - 1] >= BLOCK {
                starts.push(end);
            }
            end = begin;
        }
        let ends = starts.iter().skip(1).chain([&end]);
        let length = |(start, end): (&u32, &u32)| vec![0; (end - start) as usize];
        let blocks = starts.iter().zip(ends).map(length).collect();
        let of_multiple = |ix: u32| starts.partition_point(|start| *start <= ix * BLOCK) as u32 - 1;
        let hints = (0..=end / BLOCK).map(of_multiple).collect();
        Blocks {
            starts,
            hints,
            blocks,
        }
    }

    /// The bytes of a span.
    pub fn get(&self, span: Span) -> &[u8] {
        let ix = self.block_of(span.at);
        let Some((start, block)) = self.starts.get(ix).zip(self.blocks.get(ix)) else {
            return &[];
        };
        let at = span.at - start;
        Span { at, ..span }.of(block)
    }

    /// The bytes from a place to the end of its block.
    #[cfg(feature = "build")]
    pub fn room_at(&mut self, at: u32) -> &mut [u8] {
        let ix = self.block_of(at);
        let Some((start, block)) = self.starts.get(ix).zip(self.blocks.get_mut(ix)) else {
            return &mut [];
        };
        block.get_mut((at - start) as usize..).unwrap_or_default()
    }

    pub fn memory(&self) -> usize {
        let blocks = self.blocks.iter().map(Vec::capacity);
        (self.starts.capacity() + self.hints.capacity()) * 4 + blocks.sum::<usize>()
    }

    #[inline]
    fn block_of(&self, at: u32) -> usize {
        let hint = self.hints.get((at / BLOCK) as usize).copied();
        let ix = hint.unwrap_or_default() as usize;
        ix + usize::from(self.starts.get(ix + 1).is_some_and(|next| *next <= at))
    }
}

/// Where the postings of a term end, all lists being one behind the other.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ends {
    pub n_documents: u32,
    pub documents: u32,
    pub positions: u32,
}

impl Ends {
    /// The place of a term, behind the one before.
    pub fn place(self, before: Ends) -> Place {
        let span = |before, end| Span {
            part: None,
            at: before,
            len: end - before,
        };
        Place {
            documents: span(before.documents, self.documents),
            positions: span(before.positions, self.positions),
            n_documents: self.n_documents,
        }
    }
}

/// Iterates over the documents of a term, ascending, each with its impact.
#[derive(Clone)]
pub(crate) struct Documents<'a> {
    bytes: &'a [u8],
    at: usize,
    document: u32,
}

impl<'a> Documents<'a> {
    pub fn new(bytes: &'a [u8]) -> Documents<'a> {
        Documents {
            bytes,
            at: 0,
            document: u32::MAX,
        }
    }
}

impl Iterator for Documents<'_> {
    type Item = (u32, u8);

    #[inline]
    fn next(&mut self) -> Option<(u32, u8)> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let gap = varint::read(self.bytes, &mut self.at);
        let impact = *self.bytes.get(self.at)?;
        self.at += 1;
        self.document = self.document.wrapping_add(gap);
        Some((self.document, impact))
    }
}

/// Appends a document and its impact to a list; `before` is the document before it, or `u32::MAX`.
#[cfg(feature = "build")]
pub(crate) fn push_document(out: &mut Vec<u8>, before: u32, document: u32, impact: u8) {
    let mut gap = document.wrapping_sub(before);
    while gap >= 0x80 {
        out.push(gap as u8 | 0x80);
        gap >>= 7;
    }
    out.push(gap as u8);
    out.push(impact);
}

/// Appends the positions of a term in every document that `wanted` holds, as `document << 32 | position`, ascending.
pub(crate) fn positions_in(
    documents: Documents<'_>,
    positions: &[u8],
    wanted: &dyn Fn(u32) -> bool,
    out: &mut Vec<u64>,
) {
    let mut at = 0;
    for (document, _) in documents {
        let n_bytes = varint::read(positions, &mut at) as usize;
        let end = at + n_bytes;
        if wanted(document) {
            let mut position = 0_u32;
            while at < end && at < positions.len() {
                position = position.wrapping_add(varint::read(positions, &mut at));
                out.push(u64::from(document) << 32 | u64::from(position));
            }
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn spans_stand_in_blocks(lengths in proptest::collection::vec(0_u32..100_000, 0..12)) {
            let mut at = 0;
            let ends = lengths.iter().map(|len| { at += len; at });
            let mut blocks = Blocks::with_room(std::iter::once(0).chain(ends));
            at = 0;
            for (ix, len) in lengths.iter().enumerate() {
                blocks.room_at(at)[..*len as usize].fill(ix as u8);
                at += len;
            }
            at = 0;
            for (ix, len) in lengths.iter().enumerate() {
                let span = Span { part: None, at, len: *len };
                proptest::prop_assert!(blocks.get(span) == vec![ix as u8; *len as usize]);
                at += len;
            }
        }
    }
}
