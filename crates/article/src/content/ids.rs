//! Ids in an article: [`Scope`], which all parts of the article share.

use super::abbreviations::Abbreviation;
use super::limits::{ABBREVIATIONS_MAX, Cap};
use crate::read::slug;
use std::collections::BTreeMap;

/// Ids on the page that belong to the reader; no heading gets them (`op-` stands before each).
pub const RESERVED_IDS: [&str; 18] = [
    "article",
    "category",
    "contents",
    "corrections",
    "disclosure",
    "heading",
    "image",
    "key-points",
    "main",
    "notes",
    "order",
    "problems",
    "related",
    "risks",
    "search",
    "summary",
    "theme",
    "title",
];

/// What the parts of one article share: the ids that are taken, the number of the last note, the level at which headings
/// begin, the abbreviations, and the caps that were met.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Of each slug, the last number that was put behind it.
    taken: BTreeMap<String, u32>,
    n_notes: u32,
    top_level: u8,
    abbreviations: Vec<Abbreviation>,
    caps: Vec<Cap>,
}

impl Default for Scope {
    fn default() -> Scope {
        Scope::new()
    }
}

impl Scope {
    /// Nothing is taken yet but [`RESERVED_IDS`]; headings begin at level 2.
    pub fn new() -> Scope {
        // One by one: collecting would bring in code that sorts.
        let mut taken = BTreeMap::new();
        for id in RESERVED_IDS {
            taken.insert(id.to_string(), 1);
        }
        Scope {
            taken,
            n_notes: 0,
            top_level: 2,
            abbreviations: Vec::new(),
            caps: Vec::new(),
        }
    }

    /// The level of the highest headings in what is parsed next, 2 to 6: one below the heading they stand under.
    pub fn set_top_level(&mut self, level: u8) {
        self.top_level = level.clamp(2, 6);
    }

    pub(super) fn top_level(&self) -> u8 {
        self.top_level
    }

    /// An id made from a text that no other element of the article has: `op-two-words`, `op-two-words-2`.
    pub fn id(&mut self, text: &str) -> String {
        let mut base = slug(text);
        if base.is_empty() {
            base.push_str("section");
        }
        let mut id = base.clone();
        while self.taken.contains_key(&id) {
            let number = self.taken.entry(base.clone()).or_insert(1);
            *number += 1;
            id = [&base, "-", &number.to_string()].concat();
        }
        self.taken.insert(id.clone(), 1);
        ["op-", &id].concat()
    }

    /// The caps that were met, each once.
    pub fn caps(&self) -> &[Cap] {
        &self.caps
    }

    /// Notes that a cap was met.
    pub(super) fn meet(&mut self, cap: Cap) {
        if !self.caps.contains(&cap) {
            self.caps.push(cap);
        }
    }

    /// The abbreviations that were defined so far; of two with one name the first counts.
    pub(super) fn abbreviations(&self) -> &[Abbreviation] {
        &self.abbreviations
    }

    /// Takes definitions in.
    pub(super) fn define(&mut self, found: Vec<Abbreviation>) {
        for (name, title) in found {
            let is_known = self.abbreviations.iter().any(|(known, _)| *known == name);
            if is_known {
                continue;
            }
            if self.abbreviations.len() >= ABBREVIATIONS_MAX {
                self.meet(Cap::Abbreviations);
                return;
            }
            self.abbreviations.push((name, title));
        }
    }

    /// The number of the next note.
    pub(super) fn next_note(&mut self) -> u32 {
        self.n_notes += 1;
        self.n_notes
    }
}

/// The id of a note. Slugs have no underscore, so that no heading can have it.
pub(super) fn note_id(number: u32) -> String {
    ["op-note_", &number.to_string()].concat()
}

/// The id of the `nth` reference to a note, counted from 1.
pub(super) fn reference_id(number: u32, nth: usize) -> String {
    let number = number.to_string();
    match nth {
        1 => ["op-ref_", &number].concat(),
        nth => ["op-ref_", &number, "_", &nth.to_string()].concat(),
    }
}
