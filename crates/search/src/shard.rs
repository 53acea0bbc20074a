//! [`Shard`]: a range of the dictionary, and the postings of its terms. An index in memory is one shard.
//!
//! As a part of a built index:
//!
//! ```text
//! shard        first term ┬ first list ┬ first positions ┬ terms ┬ words ┬ elsewhere ┬ postings of the short lists
//! terms        n ┬ { n documents ┬ n bytes of documents ┬ n bytes of positions } …
//! words        n ┬ { front-coded word ┬ n more terms << 2 | function word << 1 | is a new term ┬ terms … } …
//! elsewhere    n ┬ { term ┬ word } …        words of these terms that stand in other shards
//! ```
//!
//! Numbers are varints. A term that is not the next new one is a difference from the first, of either sign. Which lists
//! and positions are parts of their own, and their numbers, follows from the lengths by [`Limits`].

use crate::dictionary::{Dictionary, FUNCTION_WORD};
use crate::limits::Limits;
use crate::part::Damage;
use crate::postings::{Blocks, Ends, Place, Span};
use crate::varint::Cursor;

/// Words in order, their terms, and where the postings of these are.
#[derive(Default)]
pub(crate) struct Shard {
    pub dictionary: Dictionary,
    /// The number of the first term of this shard; the others follow.
    pub first_term: u32,
    pub places: Places,
    pub documents: Blocks,
    /// Only in memory: in files, positions are parts of their own.
    pub positions: Blocks,
    /// Terms of this shard and words of theirs that stand in other shards.
    pub elsewhere: Vec<(u32, String)>,
}

/// Where the postings of each term are.
pub(crate) enum Places {
    /// All one behind the other: a third of the memory.
    #[cfg_attr(not(feature = "build"), expect(dead_code))]
    InOrder(Vec<Ends>),
    Anywhere(Vec<Place>),
}

impl Default for Places {
    fn default() -> Places {
        Places::Anywhere(Vec::new())
    }
}

impl Shard {
    /// Where the postings of a term are, if it is one of this shard's.
    pub fn place(&self, term: u32) -> Option<Place> {
        let ix = term.wrapping_sub(self.first_term) as usize;
        match &self.places {
            Places::InOrder(ends) => {
                let before = ix.checked_sub(1).and_then(|before| ends.get(before));
                Some(ends.get(ix)?.place(before.copied().unwrap_or_default()))
            }
            Places::Anywhere(places) => places.get(ix).copied(),
        }
    }

    /// How many terms it has.
    #[cfg(feature = "build")]
    pub fn n_terms(&self) -> usize {
        match &self.places {
            Places::InOrder(ends) => ends.len(),
            Places::Anywhere(places) => places.len(),
        }
    }

    /// Calls `each` for every word of these terms, which ascend.
    pub fn words_of(&self, terms: &[u32], each: &mut dyn FnMut(&str, u32)) {
        let mut of_word = Vec::new();
        for ix in 0..self.dictionary.len() {
            of_word.clear();
            self.dictionary.terms_of(ix, &mut of_word);
            for term in &of_word {
                if terms.binary_search(term).is_ok() {
                    each(self.dictionary.word(ix), *term);
                }
            }
        }
        for (term, word) in &self.elsewhere {
            if terms.binary_search(term).is_ok() {
                each(word, *term);
            }
        }
    }

    /// Bytes of memory in use.
    pub fn memory(&self) -> usize {
        let places = match &self.places {
            Places::InOrder(ends) => ends.capacity() * size_of::<Ends>(),
            Places::Anywhere(places) => places.capacity() * size_of::<Place>(),
        };
        let words = self.elsewhere.iter().map(|(_, word)| word.capacity());
        self.dictionary.memory()
            + places
            + self.documents.memory()
            + self.positions.memory()
            + self.elsewhere.capacity() * size_of::<(u32, String)>()
            + words.sum::<usize>()
    }

    /// Reads the content of a part.
    pub fn decode(content: &[u8], limits: &Limits) -> Result<Shard, Damage> {
        let mut cursor = Cursor::new(content);
        let first_term = cursor.number();
        let mut placing = Placing::new(limits, cursor.number(), cursor.number());
        let n_terms = cursor.count();
        let mut places = Vec::with_capacity(n_terms);
        for _ in 0..n_terms {
            let n_documents = cursor.number();
            places.push(placing.place(n_documents, cursor.number(), cursor.number()));
        }
        let n_words = cursor.count();
        let (mut text, mut word) = (Vec::new(), Vec::new());
        let mut ends = Vec::with_capacity(n_words);
        let mut terms = Vec::with_capacity(n_words);
        let mut more = Vec::new();
        let mut new_term = first_term;
        for ix in 0..n_words {
            cursor.word(&mut word)?;
            text.extend_from_slice(&word);
            ends.push(text.len() as u32);
            let flags = cursor.number();
            let mut old = || first_term.wrapping_add(cursor.long() as u32) & !FUNCTION_WORD;
            let first = if flags & 1 == 1 { new_term } else { old() };
            terms.push(first | if flags & 2 == 2 { FUNCTION_WORD } else { 0 });
            new_term = new_term.max(first.wrapping_add(1));
            for _ in 0..(flags >> 2).min(MAX_MORE) {
                let term = old();
                more.push((ix as u64) << 32 | u64::from(term));
                new_term = new_term.max(term.wrapping_add(1));
            }
        }
        let mut elsewhere = Vec::new();
        for _ in 0..cursor.count() {
            let term = cursor.number();
            let n_bytes = cursor.number() as usize;
            let word = std::str::from_utf8(cursor.bytes(n_bytes)).map_err(|_| Damage::Content)?;
            elsewhere.push((first_term.wrapping_add(term), word.to_owned()));
        }
        let documents = cursor.rest().to_vec();
        if documents.len() != placing.documents as usize {
            return Err(Damage::Content);
        }
        let text = String::from_utf8(text).map_err(|_| Damage::Content)?;
        Ok(Shard {
            dictionary: Dictionary::of_sorted(text, ends, terms, more),
            first_term,
            places: Places::Anywhere(places),
            documents: Blocks::of(documents),
            positions: Blocks::default(),
            elsewhere,
        })
    }
}

/// No word has more terms: that many languages there are not.
pub(crate) const MAX_MORE: u32 = 255;

/// Says where postings go, from their lengths alone: the same for the writer and for the reader.
pub(crate) struct Placing {
    list_limit: u32,
    positions_limit: u32,
    /// The next list and the positions part at hand.
    list: u32,
    positions_part: u32,
    positions: u32,
    /// Bytes of short lists so far.
    documents: u32,
}

impl Placing {
    pub fn new(limits: &Limits, first_list: u32, first_positions: u32) -> Placing {
        Placing {
            list_limit: limits.list,
            positions_limit: limits.positions,
            list: first_list,
            positions_part: first_positions,
            positions: 0,
            documents: 0,
        }
    }

    /// The place of the next term.
    pub fn place(&mut self, n_documents: u32, documents_len: u32, positions_len: u32) -> Place {
        let documents = if documents_len > self.list_limit {
            self.list = self.list.wrapping_add(1);
            Span {
                part: Some(self.list.wrapping_sub(1)),
                at: 0,
                len: documents_len,
            }
        } else {
            self.documents = self.documents.wrapping_add(documents_len);
            Span {
                part: None,
                at: self.documents.wrapping_sub(documents_len),
                len: documents_len,
            }
        };
        if self.positions > 0 && self.positions.saturating_add(positions_len) > self.positions_limit
        {
            self.positions_part = self.positions_part.wrapping_add(1);
            self.positions = 0;
        }
        self.positions = self.positions.saturating_add(positions_len);
        Place {
            documents,
            positions: Span {
                part: Some(self.positions_part),
                at: self.positions - positions_len,
                len: positions_len,
            },
            n_documents,
        }
    }

    /// The first list and the first positions part of the next shard.
    #[cfg(feature = "build")]
    pub fn next(&self) -> (u32, u32) {
        (
            self.list,
            self.positions_part + u32::from(self.positions > 0),
        )
    }
}

/// A shard to be written.
#[cfg(feature = "build")]
pub(crate) struct Draft<'a> {
    pub first_term: u32,
    pub first_list: u32,
    pub first_positions: u32,
    /// Of each term its number of documents, and the bytes of its documents and positions.
    pub terms: Vec<(u32, u32, u32)>,
    /// Words in order, each with its terms (already renumbered), and whether it is a function word.
    pub words: Vec<(&'a str, Vec<u32>, bool)>,
    pub elsewhere: Vec<(u32, &'a str)>,
    /// The postings of its short lists, one behind the other.
    pub documents: Vec<u8>,
}

#[cfg(feature = "build")]
impl Draft<'_> {
    /// The content of the part.
    pub fn encode(&self) -> Vec<u8> {
        use crate::varint::{push, push_long, push_word};
        let mut out = Vec::with_capacity(self.documents.len() + 16 * self.words.len());
        push(&mut out, self.first_term);
        push(&mut out, self.first_list);
        push(&mut out, self.first_positions);
        push(&mut out, self.terms.len() as u32);
        for (n_documents, documents, positions) in &self.terms {
            push(&mut out, *n_documents);
            push(&mut out, *documents);
            push(&mut out, *positions);
        }
        push(&mut out, self.words.len() as u32);
        let mut before = "";
        let mut new_term = self.first_term;
        for (word, terms, is_function_word) in &self.words {
            push_word(&mut out, before, word);
            before = word;
            let (first, more) = match terms.split_first() {
                Some((first, more)) => (*first, &more[..more.len().min(MAX_MORE as usize)]),
                None => (self.first_term, [].as_slice()),
            };
            let is_new = first == new_term && !terms.is_empty();
            let flags =
                (more.len() as u32) << 2 | u32::from(*is_function_word) << 1 | u32::from(is_new);
            push(&mut out, flags);
            let mut term = |term: u32| {
                push_long(&mut out, i64::from(term) - i64::from(self.first_term));
            };
            if !is_new {
                term(first);
            }
            more.iter().for_each(|more| term(*more));
            // A new term may also come as one of the others.
            new_term = terms.iter().fold(new_term, |new, term| new.max(term + 1));
        }
        push(&mut out, self.elsewhere.len() as u32);
        for (term, word) in &self.elsewhere {
            push(&mut out, term - self.first_term);
            push(&mut out, word.len() as u32);
            out.extend_from_slice(word.as_bytes());
        }
        out.extend_from_slice(&self.documents);
        out
    }
}
