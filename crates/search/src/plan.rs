//! From the words of a query to the terms of an index.
//!
//! [`Plan::new`] looks every word up in the dictionary and decides, once for the whole query, which terms stand for it:
//! the word itself; the words that begin with it, if it is still being typed; near words, if hardly anything else is
//! found. What a plan names is all that a search will read.

use crate::fold::fold_into;
use crate::index::Index;
use crate::query::{Atom, Query, Text};

/// A query made ready for one index.
#[derive(Default)]
pub(crate) struct Plan {
    pub slots: Vec<Slot>,
    /// What was typed, and what was looked for in its place.
    pub repaired: Vec<(String, String)>,
    relaxed: bool,
}

/// One clause of the query.
#[derive(Default)]
pub(crate) struct Slot {
    pub matchers: Vec<Matcher>,
    pub role: Role,
    /// How much its score counts.
    pub weight: f32,
    /// What was typed, for explanations.
    pub label: String,
    /// How many slots behind this one are its parts: they step in where the whole is found nowhere.
    pub n_parts: usize,
    /// Whether it is such a part.
    pub is_part: bool,
}

/// What becomes of documents that do not match a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Role {
    /// They come after those that match all of these.
    #[default]
    Wanted,
    /// Nothing: function words, and the parts of wholes.
    Optional,
    /// They are left out.
    Required,
    /// Those that match it are left out.
    Excluded,
}

/// One alternative of a slot.
pub(crate) enum Matcher {
    Terms(Terms),
    Phrase(Phrase),
    /// A filter or a date, read from the query itself.
    Filter(Atom),
}

/// Terms that stand for one word.
#[derive(Default)]
pub(crate) struct Terms {
    /// Terms of the word as typed.
    pub exact: Vec<u32>,
    /// Terms of other words, and what they count against it.
    pub others: Vec<(u32, f32)>,
    pub title: bool,
}

/// Words one after another.
pub(crate) struct Phrase {
    /// For each word its offset and its terms.
    pub items: Vec<(u32, Vec<u32>)>,
    pub title: bool,
}

/// A word is searched for near ones if it is in no more than one in this many documents.
const FEW_IN: u32 = 10_000;
/// A near word replaces a typed one that does exist only if it is this many times commoner.
const MUCH_COMMONER: u32 = 20;
/// Enough for any question; more would be looked up for nobody.
const MAX_SLOTS: usize = 512;
/// More near words than this are noise.
const MAX_NEAR: usize = 8;

impl Plan {
    /// With `relaxed`, words in quotes and words for the title are wanted rather than required, and also count alone.
    pub fn new(index: &Index, query: &Query, relaxed: bool) -> Plan {
        let mut plan = Plan {
            relaxed,
            ..Plan::default()
        };
        for clause in &query.clauses {
            if plan.slots.len() >= MAX_SLOTS {
                break;
            }
            if let [Atom::Text(text)] = clause.alternatives.as_slice()
                && !clause.negated
            {
                plan.add_text(index, text);
                continue;
            }
            let certain = |atom: &Atom| !matches!(atom, Atom::Text(text) if relaxed || !text.quoted && !text.title);
            let role = if clause.negated {
                Role::Excluded
            } else if clause.alternatives.iter().all(certain) {
                Role::Required
            } else {
                Role::Wanted
            };
            let mut slot = Slot {
                role,
                weight: 1.0,
                ..Slot::default()
            };
            for atom in &clause.alternatives {
                match atom {
                    Atom::Text(text) => {
                        add_label(&mut slot.label, &label(text));
                        slot.matchers
                            .extend(plan.matchers(index, text, !clause.negated));
                    }
                    filter => slot.matchers.push(Matcher::Filter(filter.clone())),
                }
            }
            plan.slots.push(slot);
        }
        plan.merge_repeated();
        plan.insist_on_something();
        plan
    }

    /// A clause of one text: the most common case, and the only one with optional slots.
    fn add_text(&mut self, index: &Index, text: &Text) {
        let one = match text.items.as_slice() {
            [item] => index.dictionary.find(&item.word),
            _ => None,
        };
        let certain = text.quoted || text.title;
        let role = if certain && !self.relaxed {
            Role::Required
        } else if one.is_some_and(|word| index.dictionary.is_function_word(word)) {
            Role::Optional
        } else {
            Role::Wanted
        };
        let matchers = self.matchers(index, text, true);
        let whole = self.slots.len();
        let weight = if role == Role::Optional {
            index.ranking.function_words
        } else {
            1.0
        };
        self.slots.push(Slot {
            matchers,
            role,
            weight,
            label: label(text),
            ..Slot::default()
        });
        if role != Role::Required && (text.items.len() > 1 || certain) {
            self.slots[whole].n_parts = text.items.len();
            for item in &text.items {
                let part = Text {
                    items: vec![item.clone()],
                    ..Text::default()
                };
                let matchers = self.matchers(index, &part, true);
                let weight = index.ranking.parts;
                let label = item.word.clone();
                self.slots.push(Slot {
                    matchers,
                    role: Role::Optional,
                    weight,
                    label,
                    n_parts: 0,
                    is_part: true,
                });
            }
        }
    }

    /// The alternatives that a text stands for.
    fn matchers(&mut self, index: &Index, text: &Text, repair: bool) -> Vec<Matcher> {
        let mut matchers = Vec::new();
        if let [item] = text.items.as_slice() {
            let repair = repair && !text.quoted;
            let terms = self.terms(index, &item.word, item.open, repair);
            matchers.push(Matcher::Terms(Terms {
                title: text.title,
                ..terms
            }));
        } else {
            let items = text.items.iter().map(|item| {
                let terms = self.terms(index, &item.word, item.open, false);
                let mut all = terms.exact;
                all.extend(terms.others.iter().map(|(term, _)| term));
                (item.offset, all)
            });
            matchers.push(Matcher::Phrase(Phrase {
                items: items.collect(),
                title: text.title,
            }));
        }
        if let Some(joined) = &text.joined {
            let open = text.items.last().is_some_and(|item| item.open);
            let terms = self.terms(index, joined, open, false);
            matchers.push(Matcher::Terms(Terms {
                title: text.title,
                ..terms
            }));
        }
        matchers
    }

    /// The terms that stand for a word.
    fn terms(&mut self, index: &Index, word: &str, open: bool, repair: bool) -> Terms {
        let dictionary = &index.dictionary;
        let mut terms = Terms::default();
        if let Some(ix) = dictionary.find(word) {
            dictionary.terms_of(ix, &mut terms.exact);
        }
        let mut n_found: u32 = terms
            .exact
            .iter()
            .map(|term| index.postings.n_documents(*term))
            .max()
            .unwrap_or(0);
        if open {
            let typed = word.chars().count() as f32;
            let mut found = Vec::new();
            for ix in dictionary.starting_with(word) {
                found.clear();
                dictionary.terms_of(ix, &mut found);
                // The nearer the word is to being finished, the more it counts.
                let part = typed / dictionary.word(ix).chars().count().max(1) as f32;
                let weight = index.ranking.prefix * (0.5 + 0.5 * part);
                terms
                    .others
                    .extend(found.iter().map(|term| (*term, weight)));
            }
            terms.keep_best();
            n_found += terms
                .others
                .iter()
                .map(|(term, _)| index.postings.n_documents(*term))
                .max()
                .unwrap_or(0);
        }
        if repair && n_found <= index.n_documents() / FEW_IN {
            self.add_near(index, word, open, n_found, &mut terms);
        }
        terms
    }

    fn add_near(&mut self, index: &Index, word: &str, open: bool, n_found: u32, terms: &mut Terms) {
        let n_letters = word.chars().count();
        let max = match n_letters {
            0..4 => return,
            4..8 => 1,
            _ => 2,
        };
        if word.chars().any(|c| c.is_numeric()) || word.chars().any(crate::token::is_unspaced) {
            return;
        }
        let dictionary = &index.dictionary;
        let mut found: Vec<u64> = Vec::new();
        let mut of_word = Vec::new();
        dictionary.near(word, max, open, &mut |ix, distance| {
            let near = dictionary.word(ix);
            if near == word || near.chars().any(char::is_numeric) {
                return;
            }
            of_word.clear();
            dictionary.terms_of(ix, &mut of_word);
            let n_documents = of_word
                .iter()
                .map(|term| index.postings.n_documents(*term))
                .max()
                .unwrap_or(0);
            if n_documents >= n_found.saturating_mul(MUCH_COMMONER).max(1) {
                // The nearest first; of those the ones that begin alike, then the commonest, then those as long.
                let begins_otherwise = near.chars().next() != word.chars().next();
                let rareness = u64::from((1_u32 << 27).saturating_sub(n_documents));
                let longer = near.chars().count() != n_letters;
                let order = u64::from(distance) << 30
                    | u64::from(begins_otherwise) << 29
                    | rareness << 1
                    | u64::from(longer);
                found.push(order << 32 | ix as u64);
            }
        });
        found.sort_unstable();
        let Some(nearest) = found.first().map(|best| best >> 62) else {
            return;
        };
        found.retain(|near| near >> 62 == nearest);
        found.truncate(MAX_NEAR);
        for (rank, near) in found.iter().enumerate() {
            let (distance, ix) = ((near >> 62) as i32, *near as u32 as usize);
            if rank == 0 && n_found == 0 {
                self.repaired
                    .push((word.to_owned(), dictionary.word(ix).to_owned()));
            }
            let weight = index.ranking.typo.powi(distance.max(1)) / (1.0 + rank as f32 / 4.0);
            of_word.clear();
            dictionary.terms_of(ix, &mut of_word);
            terms
                .others
                .extend(of_word.iter().map(|term| (*term, weight)));
        }
        terms.keep_best();
    }

    /// A word typed twice counts twice, in one slot.
    fn merge_repeated(&mut self) {
        let mut merged: Vec<Slot> = Vec::with_capacity(self.slots.len());
        for slot in self.slots.drain(..) {
            // Parts stay behind their whole, and a whole before its parts.
            let alone = |slot: &Slot| !slot.is_part && slot.n_parts == 0;
            let mergeable = alone(&slot)
                && matches!(slot.role, Role::Wanted | Role::Optional)
                && !slot.label.is_empty();
            let same = |other: &&mut Slot| {
                alone(other) && other.role == slot.role && other.label == slot.label
            };
            match merged.iter_mut().find(same).filter(|_| mergeable) {
                Some(other) => other.weight += slot.weight,
                None => merged.push(slot),
            }
        }
        self.slots = merged;
    }

    /// Where a query has nothing but function words, they are what is wanted.
    fn insist_on_something(&mut self) {
        if self
            .slots
            .iter()
            .any(|slot| matches!(slot.role, Role::Wanted | Role::Required) && slot.has_text())
        {
            return;
        }
        for slot in &mut self.slots {
            if slot.role == Role::Optional {
                slot.role = Role::Wanted;
                slot.weight = 1.0;
            }
        }
    }
}

impl Slot {
    /// Whether it looks for words, rather than for a category or a date.
    pub fn has_text(&self) -> bool {
        self.matchers
            .iter()
            .any(|matcher| !matches!(matcher, Matcher::Filter(_)))
    }
}

impl Terms {
    /// Each term once, with its best weight, and none that is exact.
    fn keep_best(&mut self) {
        // Weights are not negative, so their bits are in their order.
        let mut packed: Vec<u64> = self
            .others
            .iter()
            .map(|(term, weight)| u64::from(*term) << 32 | u64::from(!weight.to_bits()))
            .collect();
        packed.sort_unstable();
        packed.dedup_by_key(|packed| *packed >> 32);
        self.others.clear();
        self.others.extend(
            packed
                .into_iter()
                .map(|packed| ((packed >> 32) as u32, f32::from_bits(!packed as u32))),
        );
        self.others.retain(|(term, _)| !self.exact.contains(term));
    }
}

fn label(text: &Text) -> String {
    let mut label = String::new();
    for item in &text.items {
        add_label(&mut label, &item.word);
        if item.open {
            label.push('*');
        }
    }
    if text.quoted {
        format!("\"{label}\"")
    } else {
        label
    }
}

fn add_label(label: &mut String, more: &str) {
    if !label.is_empty() {
        label.push(' ');
    }
    fold_into(more, label);
}
