//! The index: what [`Builder`](crate::Builder) made, whole in memory or in files, ready to be asked.
//!
//! [`Index::search`] goes three steps: `plan` names the terms that the query's words stand for, `rank` reads their
//! postings and scores every document that has any of them, `nearness` looks at the positions in the best. It never
//! reads an article, remembers nothing that would change an answer, and the same query always gets the same answer, in memory and from
//! files alike. From files, each step may find that [`Part`]s are not loaded: they are [`Needs`], and the question is asked
//! again when they are.

use crate::beginning::Completion;
use crate::explain::{Explanation, Trace};
use crate::part::{Damage, Needs, Part};
use crate::plan::Plan;
use crate::query::Query;
use crate::rank::rank;
use crate::ranking::Ranking;
use crate::snippet::Highlighter;
use crate::store::Store;

/// A searchable collection.
pub struct Index {
    pub(crate) ranking: Ranking,
    pub(crate) store: Store,
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The documents that match, best first: those with all words, then those with some.
    pub docs: Vec<u32>,
    /// The score of each. It orders documents within each of the two groups, not across them.
    pub scores: Vec<f32>,
    /// How many documents, at the beginning of `docs`, match all words.
    pub n_all_words: usize,
    /// How many match in all: more than there are in `docs` where the first letters of a word are all there is, and very
    /// many words begin so.
    pub n_total: usize,
    /// Words that no document has, as they were typed, and the word that was looked for in the place of each, as the dictionary
    /// has it: folded.
    pub repaired: Vec<(String, String)>,
}

impl Index {
    /// An index in files, from the bytes of [`Part::Manifest`]. No other part is loaded.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes.
    pub fn open(manifest: &[u8]) -> Result<Index, Damage> {
        let store = Store::open(manifest)?;
        Ok(Index {
            ranking: store.manifest.ranking,
            store,
        })
    }

    /// The stamp that all its parts have to have; 0 in memory.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.store.stamp
    }

    /// Takes a part that something needed.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes; the index is as it was.
    pub fn load(&mut self, part: Part, bytes: &[u8]) -> Result<(), Damage> {
        self.store.load(part, bytes)
    }

    /// Drops the parts that were used longest ago, until at most `limit` bytes are left.
    pub fn evict(&mut self, limit: usize) {
        self.store.evict(limit);
    }

    /// All documents that match a query, best first.
    ///
    /// # Errors
    ///
    /// What must be loaded first; never in memory.
    pub fn search(&self, query: &Query) -> Result<Hits, Needs> {
        self.complete(|| self.ranked(query, &mut ()))
    }

    /// How the score of one document came about.
    ///
    /// # Errors
    ///
    /// What must be loaded first; never in memory.
    pub fn explain(&self, query: &Query, doc: u32) -> Result<Explanation, Needs> {
        self.complete(|| {
            let mut explanation = Explanation::new(doc);
            self.ranked(query, &mut explanation);
            explanation
        })
    }

    /// What nothing answers as it was asked, with quotation marks and all, is asked again without them.
    fn ranked<T: Trace>(&self, query: &Query, trace: &mut T) -> Hits {
        for relaxed in [false, true] {
            let plan = Plan::new(self, query, relaxed);
            plan.touch(self, query);
            if self.store.lacks() {
                break;
            }
            trace.restart();
            let hits = rank(self, query, &plan, trace);
            if !hits.docs.is_empty() || relaxed || !query.insists_on_words() {
                return hits;
            }
        }
        Hits::default()
    }

    /// Makes ready to mark the words of a query in any number of articles.
    ///
    /// # Errors
    ///
    /// What must be loaded first; never in memory, and nothing after a search of the same query.
    pub fn highlighter(&self, query: &Query) -> Result<Highlighter, Needs> {
        self.complete(|| Highlighter::new(self, query))
    }

    /// The commonest words that complete the last word of what was typed.
    ///
    /// # Errors
    ///
    /// What must be loaded first; never in memory, and nothing after a search of the same query.
    pub fn completions(&self, query: &Query) -> Result<Vec<Completion>, Needs> {
        let Some(prefix) = query.open_word() else {
            return Ok(Vec::new());
        };
        self.complete(|| self.completions_of_beginning(prefix))
    }

    /// The outcome, if nothing was missing on the way.
    fn complete<T>(&self, ask: impl FnOnce() -> T) -> Result<T, Needs> {
        self.store.begin();
        let outcome = ask();
        match self.store.missing() {
            missing if missing.is_empty() => Ok(outcome),
            missing => Err(Needs(missing)),
        }
    }

    /// How many documents there are.
    #[must_use]
    pub fn n_documents(&self) -> u32 {
        self.store.manifest.n_documents
    }

    /// How many different words, as people type them, there are.
    #[must_use]
    pub fn n_words(&self) -> usize {
        self.store.manifest.n_words as usize
    }

    /// Bytes that an index in memory takes, by part: dictionary, postings with positions, the rest.
    #[must_use]
    pub fn memory(&self) -> [usize; 3] {
        let Some(whole) = self.store.whole() else {
            return [0; 3];
        };
        let dictionary = whole.shard.dictionary.memory();
        let rest = (whole.titles.capacity() + whole.dates.capacity()) * 8 + whole.filters.memory();
        [dictionary, whole.shard.memory() - dictionary, rest]
    }
}
