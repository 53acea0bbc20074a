//! Explanations: the parts of one document's score, for people who ask why it stands where it stands.

use crate::index::Index;
use crate::rank::Ranked;
use crate::ranking::{FIELD_NAMES, N_FIELDS, field_of};
use crate::slot::{Matcher, Role, Slot};
use std::fmt;

/// How a score came about. `Display` writes it in lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The document.
    pub doc: u32,
    /// Its place among the hits, from 0; nothing if it is no hit.
    pub place: Option<usize>,
    /// Its score.
    pub score: f32,
    /// Whether its title is the query.
    pub is_title: bool,
    /// Whether it matches all words.
    pub all_words: bool,
    /// What each word or phrase of the query adds, in the order of the query.
    pub parts: Vec<Part>,
}

/// One part of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The word or phrase, or the two words that stand near each other.
    pub label: String,
    /// What it adds.
    pub score: f32,
    /// Why, in words.
    pub reason: String,
}

/// What a search tells while it goes on. A search that nobody asks about its reasons is compiled without any of it.
pub(crate) trait Trace {
    /// The document that is asked about, if any is.
    fn doc(&self) -> Option<u32> {
        None
    }
    /// A slot gave the document a score.
    fn slot(&mut self, _: &Index, _: &Slot, _: Role, _n_documents: usize, _score: f32) {}
    /// Two words stand near each other in some document.
    fn near(&mut self, _document: u32, _first: &str, _second: &str, _distance: u64, _score: f32) {}
    /// Where the document came to stand.
    fn place(&mut self, _place: usize, _: Ranked) {}
    /// The search begins again.
    fn restart(&mut self) {}
}

/// Nobody asks.
impl Trace for () {}

impl Explanation {
    pub(crate) fn new(doc: u32) -> Explanation {
        Explanation {
            doc,
            ..Explanation::default()
        }
    }
}

impl Trace for Explanation {
    fn doc(&self) -> Option<u32> {
        Some(self.doc)
    }

    fn slot(&mut self, index: &Index, slot: &Slot, role: Role, n_documents: usize, score: f32) {
        let found = if score > 0.0 {
            places(index, slot, self.doc)
        } else {
            "not found".to_owned()
        };
        let role = match role {
            Role::Optional => ", not insisted on",
            Role::Required => ", required",
            Role::Wanted | Role::Excluded => "",
        };
        let times = if slot.weight == 1.0 {
            String::new()
        } else {
            format!(", weight {:.2}", slot.weight)
        };
        let reason = format!(
            "{found}; in {n_documents} of {} articles{times}{role}",
            index.n_documents()
        );
        self.parts.push(Part {
            label: slot.label.clone(),
            score: score * slot.weight,
            reason,
        });
    }

    fn near(&mut self, document: u32, first: &str, second: &str, distance: u64, score: f32) {
        if document == self.doc {
            let label = format!("{first} … {second}");
            self.parts.push(Part {
                label,
                score,
                reason: format!("near each other, distance {distance}"),
            });
        }
    }

    fn place(&mut self, place: usize, hit: Ranked) {
        self.place = Some(place);
        self.score = hit.score;
        self.all_words = hit.tier > 0;
        self.is_title = hit.tier > 1;
    }

    fn restart(&mut self) {
        *self = Explanation::new(self.doc);
    }
}

/// In which fields the words of a slot occur, and how often.
fn places(index: &Index, slot: &Slot, doc: u32) -> String {
    let mut positions = Vec::new();
    for matcher in &slot.matchers {
        let Matcher::Terms(terms) = matcher else {
            continue;
        };
        for term in terms.all() {
            index.positions_in(term, &|document| document == doc, &mut positions);
        }
    }
    if positions.is_empty() {
        return "found together".to_owned();
    }
    let mut counts = [0; N_FIELDS];
    for position in positions {
        counts[field_of(position as u32)] += 1;
    }
    let named = FIELD_NAMES
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0);
    named
        .map(|(name, count)| format!("{name} {count}×"))
        .collect::<Vec<_>>()
        .join(", ")
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(place) = self.place else {
            return write!(f, "article {} does not match", self.doc);
        };
        let group = match (self.is_title, self.all_words) {
            (true, _) => "the title is the query",
            (false, true) => "all words",
            (false, false) => "some words",
        };
        writeln!(
            f,
            "article {}: place {}, {group}, score {:.3}",
            self.doc,
            place + 1,
            self.score
        )?;
        for part in &self.parts {
            writeln!(f, "  {:+.3}  {}  ({})", part.score, part.label, part.reason)?;
        }
        Ok(())
    }
}
