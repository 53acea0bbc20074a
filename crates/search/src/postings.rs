//! Postings: for every term the documents that hold it, and where in them.
//!
//! ```text
//! documents of a term   ┌ document − previous document ┬ impact ┐ …      (varint, one byte; the first counts from −1)
//! positions of a term   ┌ n bytes ┬ position − previous position … ┐ …   (varints; one group per document, in step)
//! ```
//!
//! Documents ascend, positions ascend within a document. The impact is the baked saturation (see `ranking`). Positions
//! lie apart, so that a query without phrases never touches them, and each group says its length, so that one that
//! is not wanted is stepped over.

use crate::varint;

/// Where the postings of one term begin. The next term's entry says where they end.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place {
    pub documents: u32,
    pub positions: u32,
    /// How many documents hold the term.
    pub n_documents: u32,
}

/// All postings of an index.
#[derive(Default)]
pub(crate) struct Postings {
    /// One more than there are terms: the last entry is the end of all.
    pub places: Vec<Place>,
    pub documents: Vec<u8>,
    pub positions: Vec<u8>,
}

impl Postings {
    /// How many documents hold a term; 0 for a term that does not exist.
    pub fn n_documents(&self, term: u32) -> u32 {
        self.places
            .get(term as usize)
            .map_or(0, |place| place.n_documents)
    }

    /// The documents of a term, ascending, each with its impact.
    pub fn documents(&self, term: u32) -> Documents<'_> {
        let (place, next) = self.place(term);
        let bytes = self
            .documents
            .get(place.documents as usize..next.documents as usize)
            .unwrap_or_default();
        Documents {
            bytes,
            at: 0,
            document: u32::MAX,
        }
    }

    /// Appends the positions of a term in every document that `wanted` holds, as `document << 32 | position`, ascending.
    pub fn positions_in(&self, term: u32, wanted: &dyn Fn(u32) -> bool, out: &mut Vec<u64>) {
        let (place, next) = self.place(term);
        let bytes = self
            .positions
            .get(place.positions as usize..next.positions as usize)
            .unwrap_or_default();
        let mut at = 0;
        for (document, _) in self.documents(term) {
            let n_bytes = varint::read(bytes, &mut at) as usize;
            let end = at + n_bytes;
            if wanted(document) {
                let mut position = 0;
                while at < end && at < bytes.len() {
                    position += varint::read(bytes, &mut at);
                    out.push(u64::from(document) << 32 | u64::from(position));
                }
            }
            at = end;
        }
    }

    /// Bytes of memory in use.
    pub fn memory(&self) -> usize {
        self.places.capacity() * size_of::<Place>()
            + self.documents.capacity()
            + self.positions.capacity()
    }

    fn place(&self, term: u32) -> (Place, Place) {
        let term = term as usize;
        match (self.places.get(term), self.places.get(term + 1)) {
            (Some(place), Some(next)) => (*place, *next),
            _ => (Place::default(), Place::default()),
        }
    }
}

/// Iterates over the documents of a term.
pub(crate) struct Documents<'a> {
    bytes: &'a [u8],
    at: usize,
    document: u32,
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
