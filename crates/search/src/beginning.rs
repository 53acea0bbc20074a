//! [`Beginning`]: what stands for the beginning of a word that is still being typed.
//!
//! The words that begin so are looked up one by one, as long as they have no more than [`Limits::beginning`] postings
//! together. `c` has more: then its best documents stand for all, and they were found when the index was built. So the
//! first letters cost no more in an edition of a million articles than in one of a thousand.
//!
//! ```text
//! beginning    n documents ┬ n bytes ┬ { document − previous ┬ score u8 } … ┬ n completions { n bytes ┬ word ┬ n documents }
//! ```
//!
//! [`Limits::beginning`]: crate::limits::Limits::beginning

use crate::postings::Documents;
use crate::varint::Cursor;

/// A word that completes what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The word, folded.
    pub word: String,
    /// How many documents have it, or another form of it.
    pub n_documents: u32,
}

/// What stands for the beginning of a word.
pub(crate) enum Beginning {
    /// The terms of the words that begin so, each with what it counts.
    Terms(Vec<(u32, f32)>),
    /// The best documents of those words.
    Best(Best),
}

/// The best documents for a beginning that is too common.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Best {
    /// How many documents have such a word.
    pub n_documents: u32,
    /// Ascending, each with the best impact of its words, weighed, in one byte.
    pub documents: Vec<(u32, u8)>,
    pub completions: Vec<Completion>,
}

impl Best {
    /// Reads the content of a part.
    pub fn decode(content: &[u8]) -> Best {
        let mut cursor = Cursor::new(content);
        let n_documents = cursor.number();
        let n_bytes = cursor.number() as usize;
        let documents = Documents::new(cursor.bytes(n_bytes)).collect();
        let mut completions = Vec::new();
        for _ in 0..cursor.count() {
            let n_bytes = cursor.number() as usize;
            let word = String::from_utf8_lossy(cursor.bytes(n_bytes)).into_owned();
            completions.push(Completion {
                word,
                n_documents: cursor.number(),
            });
        }
        Best {
            n_documents,
            documents,
            completions,
        }
    }

    /// The content of the part.
    #[cfg(feature = "build")]
    pub fn encode(&self) -> Vec<u8> {
        use crate::varint::push;
        let mut list = Vec::new();
        let mut before = u32::MAX;
        for (document, score) in &self.documents {
            crate::postings::push_document(&mut list, before, *document, *score);
            before = *document;
        }
        let mut out = Vec::new();
        push(&mut out, self.n_documents);
        push(&mut out, list.len() as u32);
        out.extend_from_slice(&list);
        push(&mut out, self.completions.len() as u32);
        for completion in &self.completions {
            push(&mut out, completion.word.len() as u32);
            out.extend_from_slice(completion.word.as_bytes());
            push(&mut out, completion.n_documents);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back() {
        let best = Best {
            n_documents: 70_000,
            documents: vec![(0, 255), (3, 1), (900_000, 17)],
            completions: vec![Completion {
                word: "価格".into(),
                n_documents: 300,
            }],
        };
        assert_eq!(Best::decode(&best.encode()), best);
    }
}
