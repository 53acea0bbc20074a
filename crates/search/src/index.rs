//! The index: what [`Builder`](crate::Builder) made, ready to be asked.
//!
//! [`Index::search`] goes three steps: `plan` names the terms that the query's words stand for, `rank` reads their
//! postings and scores every document that has any of them, `nearness` looks at the positions in the best. It never
//! reads an article, keeps nothing between queries, and the same query always gets the same answer.

use crate::Fields;
use crate::dictionary::Dictionary;
use crate::explain::{Explanation, Trace};
use crate::filter::Filters;
use crate::plan::Plan;
use crate::postings::Postings;
use crate::query::Query;
use crate::rank::rank;
use crate::ranking::{N_FIELDS, Ranking};
use crate::snippet::{Highlighter, Snippet};

/// A searchable collection, whole in memory.
pub struct Index {
    pub(crate) ranking: Ranking,
    pub(crate) dictionary: Dictionary,
    pub(crate) postings: Postings,
    pub(crate) documents: Documents,
    pub(crate) filters: Filters,
    pub(crate) mean_length: f32,
}

/// What is known of each document besides its postings.
#[derive(Default)]
pub(crate) struct Documents {
    /// Words in each field.
    pub lengths: Vec<[u32; N_FIELDS]>,
    /// Hash of the folded words of the title.
    pub titles: Vec<u64>,
    /// Seconds since 1970; the least number for a document without date.
    pub published: Vec<i64>,
}

impl Documents {
    pub fn shrink(&mut self) {
        self.lengths.shrink_to_fit();
        self.titles.shrink_to_fit();
        self.published.shrink_to_fit();
    }
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// Every document that matches, best first: those with all words, then those with some.
    pub docs: Vec<u32>,
    /// The score of each. It orders documents within each of the two groups, not across them.
    pub scores: Vec<f32>,
    /// How many documents, at the beginning of `docs`, match all words.
    pub n_all_words: usize,
    /// Words that no document has, and the word that was looked for in the place of each.
    pub repaired: Vec<(String, String)>,
}

impl Index {
    /// All documents that match a query, best first.
    #[must_use]
    pub fn search(&self, query: &Query) -> Hits {
        self.ranked(query, &mut ())
    }

    /// How the score of one document came about.
    #[must_use]
    pub fn explain(&self, query: &Query, doc: u32) -> Explanation {
        let mut explanation = Explanation::new(doc);
        self.ranked(query, &mut explanation);
        explanation
    }

    /// What nothing answers as it was asked, with quotation marks and all, is asked again without them.
    fn ranked<T: Trace>(&self, query: &Query, trace: &mut T) -> Hits {
        let plan = Plan::new(self, query, false);
        let hits = rank(self, query, &plan, trace);
        if !hits.docs.is_empty() || !query.insists_on_words() {
            return hits;
        }
        trace.restart();
        rank(self, query, &Plan::new(self, query, true), trace)
    }

    /// Makes ready to mark the words of a query in any number of articles.
    #[must_use]
    pub fn highlighter(&self, query: &Query) -> Highlighter<'_> {
        Highlighter::new(self, query)
    }

    /// The title of an article and its best passage of about `max_chars` characters, with the query's words marked.
    #[must_use]
    pub fn snippet(&self, query: &Query, fields: &Fields<'_>, max_chars: usize) -> Snippet {
        self.highlighter(query).snippet(fields, max_chars)
    }

    /// How many documents there are.
    #[must_use]
    pub fn n_documents(&self) -> u32 {
        self.documents.lengths.len() as u32
    }

    /// How many different words, as people type them, there are.
    #[must_use]
    pub fn n_words(&self) -> usize {
        self.dictionary.len()
    }

    /// Bytes of memory the index takes, by part: dictionary, postings with positions, the rest.
    #[must_use]
    pub fn memory(&self) -> [usize; 3] {
        let documents = &self.documents;
        let rest = documents.lengths.capacity() * size_of::<[u32; N_FIELDS]>()
            + (documents.titles.capacity() + documents.published.capacity()) * 8;
        [
            self.dictionary.memory(),
            self.postings.memory(),
            rest + self.filters.memory(),
        ]
    }
}
