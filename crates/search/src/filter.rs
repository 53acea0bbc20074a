//! Filters: which documents have a category, a tag, an author.
//!
//! A value is kept as its folded words (`news politics` for *News & Politics*). A query names a value by its words: all of
//! them, or some that stand together (`author:smith`); where a value is named in full, the longer ones are left out.

use crate::fold::fold_into;
use crate::intern::Interner;
use crate::token::{Kind, tokenize};

/// What a filter looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
    /// The kind as one byte, then the folded words.
    values: Interner,
    /// Ascending, for each value.
    documents: Vec<Vec<u32>>,
}

impl Filters {
    pub fn add(&mut self, kind: FilterKind, value: &str, document: u32) {
        let mut key = String::from(prefix(kind));
        words_into(value, &mut key);
        if key.len() == 1 {
            return;
        }
        let (number, is_new) = self.values.add(key.as_bytes());
        if is_new {
            self.documents.push(Vec::new());
        }
        if let Some(documents) = self.documents.get_mut(number as usize)
            && documents.last() != Some(&document)
        {
            documents.push(document);
        }
    }

    /// Calls `each` for every document whose value is named by `words`; `open` allows the last word to be unfinished.
    pub fn matching(&self, kind: FilterKind, words: &str, open: bool, each: &mut dyn FnMut(u32)) {
        if words.is_empty() {
            return;
        }
        let mut named_in_full = false;
        for exact in [true, false] {
            for (number, documents) in self.documents.iter().enumerate() {
                let value = self.values.get(number as u32);
                let Some(value) = value.strip_prefix(prefix(kind).as_bytes()) else {
                    continue;
                };
                let found = if exact {
                    value == words.as_bytes()
                } else {
                    holds(value, words.as_bytes(), open)
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
        let lists: usize = self
            .documents
            .iter()
            .map(|list| list.capacity() * 4 + size_of::<Vec<u32>>())
            .sum();
        self.values.memory() + lists
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
