//! Filters: which documents have a category, a tag, an author.
//!
//! A value is kept as its folded words (`news politics` for *News & Politics*). A query names a value by its words: all of
//! them, or some that stand together (`author:smith`); where a value is named in full, the longer ones are left out.
//!
//! As a part of a built index, the values of one kind: `n ┬ { n bytes ┬ value ┬ n documents { document − previous } } …`

use crate::fold::fold_into;
use crate::part::Damage;
use crate::token::{Kind, tokenize};
use crate::varint::Cursor;
use std::collections::BTreeMap;

/// What a filter looks at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum FilterKind {
    /// `category:`
    Category,
    /// `tag:`
    Tag,
    /// `author:`
    Author,
}

/// Values and the documents that have them.
#[derive(Default)]
pub(crate) struct Filters {
    /// The kind as one byte, then the folded words; the documents ascend.
    values: BTreeMap<String, Vec<u32>>,
}

impl Filters {
    #[cfg(feature = "build")]
    pub fn add(&mut self, kind: FilterKind, value: &str, document: u32) {
        let mut key = String::from(prefix(kind));
        words_into(value, &mut key);
        if key.len() == 1 {
            return;
        }
        let documents = self.values.entry(key).or_default();
        if documents.last() != Some(&document) {
            documents.push(document);
        }
    }

    /// Reads the content of a part.
    pub fn decode(kind: FilterKind, content: &[u8]) -> Result<Filters, Damage> {
        let mut cursor = Cursor::new(content);
        let mut filters = Filters::default();
        for _ in 0..cursor.count() {
            let n_bytes = cursor.number() as usize;
            let value = std::str::from_utf8(cursor.bytes(n_bytes)).map_err(|_| Damage::Content)?;
            let mut document = 0_u32;
            let n_documents = cursor.count();
            let documents = (0..n_documents).map(|_| {
                document = document.wrapping_add(cursor.number());
                document
            });
            let documents = documents.collect();
            filters
                .values
                .insert(format!("{}{value}", prefix(kind)), documents);
        }
        match cursor.rest() {
            [] => Ok(filters),
            _ => Err(Damage::Content),
        }
    }

    /// The content of the part of one kind.
    #[cfg(feature = "build")]
    pub fn encode(&self, kind: FilterKind) -> Vec<u8> {
        use crate::varint::push;
        let of_kind = || {
            let values = self.values.iter();
            values.filter_map(|(key, documents)| Some((key.strip_prefix(prefix(kind))?, documents)))
        };
        let mut out = Vec::new();
        push(&mut out, of_kind().count() as u32);
        for (value, documents) in of_kind() {
            push(&mut out, value.len() as u32);
            out.extend_from_slice(value.as_bytes());
            push(&mut out, documents.len() as u32);
            let mut before = 0;
            for document in documents {
                push(&mut out, document - before);
                before = *document;
            }
        }
        out
    }

    /// Calls `each` for every document whose value is named by `words`; `open` allows the last word to be unfinished.
    pub fn matching(&self, kind: FilterKind, words: &str, open: bool, each: &mut dyn FnMut(u32)) {
        if words.is_empty() {
            return;
        }
        let mut named_in_full = false;
        for exact in [true, false] {
            for (key, documents) in &self.values {
                let Some(value) = key.strip_prefix(prefix(kind)) else {
                    continue;
                };
                let found = if exact {
                    value == words
                } else {
                    holds(value.as_bytes(), words.as_bytes(), open)
                };
                if found {
                    named_in_full |= exact;
                    documents.iter().for_each(|document| each(*document));
                }
            }
            if named_in_full {
                return;
            }
        }
    }

    pub fn memory(&self) -> usize {
        let values = self.values.iter();
        values
            .map(|(key, list)| {
                key.capacity() + list.capacity() * 4 + size_of::<(String, Vec<u32>)>()
            })
            .sum()
    }
}

/// The folded words of a text with single spaces between: how values, titles and queries are compared as wholes.
pub(crate) fn words_into(text: &str, out: &mut String) {
    let mut first = true;
    tokenize(text, &mut |token| {
        if matches!(token.kind, Kind::Word | Kind::Single) {
            if !first {
                out.push(' ');
            }
            first = false;
            fold_into(token.text, out);
        }
    });
}

fn prefix(kind: FilterKind) -> &'static str {
    match kind {
        FilterKind::Category => "c",
        FilterKind::Tag => "t",
        FilterKind::Author => "a",
    }
}

/// Whether `words` stand together in `value`, at borders of words.
fn holds(value: &[u8], words: &[u8], open: bool) -> bool {
    (0..value.len()).any(|at| {
        (at == 0 || value[at - 1] == b' ')
            && value[at..]
                .strip_prefix(words)
                .is_some_and(|rest| open || rest.is_empty() || rest[0] == b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, open: bool, expect: &[u32]) {
        let mut filters = Filters::default();
        for (document, value) in ["News & Politics", "Politics", "Economía", "Polítics", ""]
            .iter()
            .enumerate()
        {
            filters.add(FilterKind::Category, value, document as u32);
            filters.add(FilterKind::Tag, "politics", 9);
        }
        let decoded = Filters::decode(FilterKind::Category, &filters.encode(FilterKind::Category));
        let filters = decoded.unwrap_or_default();
        let mut found = Vec::new();
        filters.matching(FilterKind::Category, words, open, &mut |document| {
            found.push(document)
        });
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expect, "{words:?}");
    }

    #[test]
    fn values_are_named_by_their_words() {
        check("politics", false, &[1, 3]);
        check("news politics", false, &[0]);
        check("news", false, &[0]);
        check("economia", false, &[2]);
        check("pol", false, &[]);
        check("pol", true, &[0, 1, 3]);
        check("", true, &[]);
    }
}
