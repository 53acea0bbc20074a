//! The query language: what a person types, as clauses. `parse` makes them of a text.
//!
//! A query knows nothing of an index: `plan` looks its words up.

use crate::filter::FilterKind;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
    /// `sort:date`: newest first within those that match all words, then within the rest.
    pub(crate) by_date: bool,
    /// There is a field that narrows nothing, `sort:date` or one whose value is yet to come: alone, it is about all articles.
    pub(crate) of_all: bool,
    /// The folded words of the whole query, if it is nothing but words: compared with titles.
    pub(crate) as_title: Option<String>,
}

/// One condition: any of the alternatives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    pub negated: bool,
    pub alternatives: Vec<Atom>,
}

/// One thing to look for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Atom {
    Text(Text),
    /// Folded words; `open` if the last one may be unfinished.
    Filter {
        kind: FilterKind,
        words: String,
        open: bool,
    },
    /// Published before the time, or at it and after.
    Before(i64),
    After(i64),
}

/// A word, or several that stand one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    pub items: Vec<Item>,
    /// The parts of a hyphenated word, folded, as one word.
    pub joined: Option<String>,
    /// In quotes: exactly these words, and an article without them is no answer.
    pub quoted: bool,
    /// Only in the title, and again an article without it is no answer.
    pub title: bool,
}

/// A folded word of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub word: String,
    /// The same as it was typed.
    pub typed: String,
    /// The word with the accents that were typed, as the dictionary has it, if there are any.
    pub accented: Option<String>,
    /// Counted from the first word of the phrase.
    pub offset: u32,
    /// Words that begin with this one count as well.
    pub open: bool,
}

impl Query {
    /// Whether words stand in quotes or must be in the title.
    pub(crate) fn insists_on_words(&self) -> bool {
        self.clauses
            .iter()
            .filter(|clause| !clause.negated)
            .flat_map(|clause| &clause.alternatives)
            .any(|atom| match atom {
                Atom::Text(text) => text.quoted || text.title,
                _ => false,
            })
    }

    /// The beginning of a word that the query ends with, if it may be unfinished.
    pub(crate) fn open_word(&self) -> Option<&str> {
        match self.clauses.last()?.alternatives.last()? {
            Atom::Text(text) => {
                let last = text.items.last().filter(|item| item.open)?;
                Some(&last.word)
            }
            _ => None,
        }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && !self.of_all
    }
}
