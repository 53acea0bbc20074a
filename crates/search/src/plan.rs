//! From the words of a query to the terms of an index.
//!
//! [`Plan::new`] looks every word up in the dictionary and decides, once for the whole query, which terms stand for it:
//! the word itself; the words that begin with it, if it is still being typed; near words, if nothing else is found.
//! What a plan names is all that a search will read.

use crate::beginning::Beginning;
use crate::index::Index;
use crate::lookup::keep_best;
use crate::query::{Atom, Query, Text};
use crate::slot::{Matcher, Phrase, Role, Slot, Terms, label, text_label};
use crate::{nearness, spelling};

/// A query made ready for one index.
#[derive(Default)]
pub(crate) struct Plan {
    pub slots: Vec<Slot>,
    /// What was typed, and what was looked for in its place.
    pub repaired: Vec<(String, String)>,
    relaxed: bool,
}

/// Enough for any question; more would be looked up for nobody.
const MAX_SLOTS: usize = 512;

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
                if !slot.label.is_empty() {
                    slot.label.push_str(" OR ");
                }
                slot.label.push_str(&label(atom));
                match atom {
                    Atom::Text(text) => {
                        slot.matchers
                            .extend(plan.matchers(index, text, !clause.negated))
                    }
                    filter => slot.matchers.push(Matcher::Filter(filter.clone())),
                }
            }
            plan.slots.push(slot);
        }
        plan.merge_repeated();
        plan.expect_little_of_beginnings();
        plan.insist_on_something();
        plan
    }

    /// Asks for everything that ranking will read, so that it is all fetched at once.
    pub fn touch(&self, index: &Index, query: &Query) {
        for slot in &self.slots {
            for matcher in &slot.matchers {
                match matcher {
                    Matcher::Terms(terms) => {
                        for term in &terms.accented {
                            index.documents(*term);
                        }
                        terms.all().for_each(|term| {
                            index.documents(term);
                            if terms.title {
                                index.position_groups(term);
                            }
                        });
                    }
                    Matcher::Phrase(phrase) => {
                        for term in phrase.items.iter().flat_map(|(_, terms)| terms) {
                            index.documents(*term);
                            index.position_groups(*term);
                        }
                    }
                    Matcher::Filter(Atom::Filter { kind, .. }) => {
                        index.store.filters(*kind);
                    }
                    Matcher::Filter(Atom::Before(time) | Atom::After(time)) => {
                        index.store.first_since(*time);
                    }
                    Matcher::Filter(Atom::Text(_)) => {}
                }
            }
        }
        self.titled(index, query);
        if !query.by_date {
            nearness::touch(index, self);
        }
    }

    /// The documents whose title is the query, ascending. A word of one or two letters that is still being typed is not
    /// taken for the last of a title.
    pub fn titled(&self, index: &Index, query: &Query) -> Vec<u32> {
        match &query.as_title {
            Some(words) if !self.slots.iter().any(Slot::is_beginning) && index.has_all(words) => {
                index.store.titled(words)
            }
            _ => Vec::new(),
        }
    }

    /// A clause of one text: the most common case, and the only one with optional slots.
    fn add_text(&mut self, index: &Index, text: &Text) {
        let matchers = self.matchers(index, text, true);
        let is_beginning = matchers.iter().any(Matcher::is_beginning);
        let one = match text.items.as_slice() {
            [item] if !is_beginning => index.find(&item.word),
            _ => None,
        };
        let certain = text.quoted || text.title;
        let role = if certain && !self.relaxed {
            Role::Required
        } else if one.is_some_and(|word| index.is_function_word(word)) {
            Role::Optional
        } else {
            Role::Wanted
        };
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
            label: text_label(text),
            ..Slot::default()
        });
        if role != Role::Required && (text.items.len() > 1 || certain) {
            self.slots[whole].n_parts = text.items.len();
            for item in &text.items {
                let part = Text {
                    items: vec![item.clone()],
                    ..Text::default()
                };
                // What was quoted was meant as it stands.
                let matchers = self.matchers(index, &part, !text.quoted);
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
            let n_repaired = self.repaired.len();
            let mut terms = self.terms(index, &item.word, item.open, repair);
            if let Some((typed, _)) = self.repaired.get_mut(n_repaired) {
                typed.clone_from(&item.typed);
            }
            if let Some(found) = item.accented.as_ref().and_then(|word| index.find(word)) {
                index.terms_of(found, &mut terms.accented);
            }
            if text.title && terms.best.take().is_some() {
                // Its best documents do not say in which field they have it: its commonest words do.
                spelling::add_completions(index, &item.word, &mut terms);
            }
            matchers.push(Matcher::Terms(Terms {
                title: text.title,
                ..terms
            }));
        } else {
            let items = text.items.iter().map(|item| {
                let terms = self.terms(index, &item.word, item.open, false);
                (item.offset, terms)
            });
            // A last word of one letter says nothing yet.
            let items = items.filter(|(_, terms)| terms.best.is_none());
            let items = items.map(|(offset, terms)| (offset, terms.all().collect()));
            matchers.push(Matcher::Phrase(Phrase {
                items: items.collect(),
                title: text.title,
            }));
        }
        if let Some(joined) = &text.joined {
            let open = text.items.last().is_some_and(|item| item.open);
            let terms = self.terms(index, joined, open, false);
            if terms.best.is_none() {
                matchers.push(Matcher::Terms(Terms {
                    title: text.title,
                    ..terms
                }));
            }
        }
        matchers
    }

    /// The terms that stand for a word.
    fn terms(&mut self, index: &Index, word: &str, open: bool, repair: bool) -> Terms {
        let mut terms = Terms::default();
        if open {
            terms.prefix = Some(word.to_owned());
            match index.beginning(word) {
                Beginning::Terms(others) => terms.others = others,
                Beginning::Best(best) => {
                    terms.best = Some(best);
                    return terms;
                }
            }
        }
        if let Some(found) = index.find(word) {
            index.terms_of(found, &mut terms.exact);
        }
        terms.others.retain(|(term, _)| !terms.exact.contains(term));
        let others = terms.others.iter().map(|(term, _)| index.n_with(*term));
        let n_others = others.max().unwrap_or(0);
        let n_found = index.most(&terms.exact).saturating_add(n_others);
        if repair && terms.exact.is_empty() && n_others == 0 {
            spelling::add_forms(index, word, &mut terms);
        }
        // While anything is missing nobody knows whether a word is one.
        if repair && n_found == 0 && !index.store.lacks() {
            self.add_near(index, word, open, &mut terms);
        }
        terms
    }

    fn add_near(&mut self, index: &Index, word: &str, open: bool, terms: &mut Terms) {
        let mut of_word = Vec::new();
        for (rank, near) in spelling::near(index, word, open).into_iter().enumerate() {
            let Some(found) = index.find(&near.word) else {
                continue;
            };
            of_word.clear();
            index.terms_of(found, &mut of_word);
            let distance = i32::from(near.distance.max(1));
            let weight = index.ranking.typo.powi(distance) / (1.0 + rank as f32 / 4.0);
            terms
                .others
                .extend(of_word.iter().map(|term| (*term, weight)));
            if rank == 0 {
                self.repaired.push((word.to_owned(), near.word));
            }
        }
        keep_best(&mut terms.others, &terms.exact);
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

    /// Beside other words, one or two first letters decide nothing: the best documents of a beginning are not all of them.
    fn expect_little_of_beginnings(&mut self) {
        let decides = |slot: &Slot| {
            matches!(slot.role, Role::Wanted | Role::Required)
                && slot.has_text()
                && !slot.is_beginning()
        };
        if self.slots.iter().any(decides) {
            for slot in &mut self.slots {
                if slot.role == Role::Wanted && slot.is_beginning() {
                    slot.role = Role::Optional;
                }
            }
        }
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
