//! Scoring: from a plan to documents in order.
//!
//! One slot of the plan after the other, [`rank`] reads the postings of its terms into one score per document, adds these
//! to the totals and counts how many wanted slots each document matches. Then:
//!
//! 1. documents that a filter, a phrase in quotes or a minus leaves out are dropped;
//! 2. those that match all wanted slots come before those that match some, and a title that equals the query before all;
//! 3. the best get a bonus for words that stand near each other.
//!
//! Ties go to the document with the higher number: documents are numbered by date, so it is the newer one.

use crate::explain::Trace;
use crate::index::{Hits, Index};
use crate::nearness;
use crate::phrase;
use crate::plan::Plan;
use crate::query::{Atom, Query};
use crate::ranking::dequantise;
use crate::slot::{Matcher, Role, Terms};

/// What a filter adds to the score where it is an alternative to words.
const FILTER_SCORE: f32 = 0.01;
/// How many of the best documents are looked at for nearness.
const N_NEARNESS: usize = 128;

/// Scores of one slot: dense, with a list of what is not 0.
#[derive(Default)]
pub(crate) struct SlotScores {
    pub scores: Vec<f32>,
    pub touched: Vec<u32>,
}

impl SlotScores {
    /// Raises the score of a document to `score`, if it is lower.
    #[inline]
    pub fn raise(&mut self, document: u32, score: f32) {
        if let Some(old) = self.scores.get_mut(document as usize) {
            if *old == 0.0 {
                self.touched.push(document);
            }
            if score > *old {
                *old = score;
            }
        }
    }

    fn clear(&mut self) {
        for document in self.touched.drain(..) {
            self.scores[document as usize] = 0.0;
        }
    }
}

/// Totals over all slots.
struct Totals {
    scores: Vec<f32>,
    /// Wanted slots matched.
    n_matched: Vec<u16>,
    /// Required slots matched; a document that is excluded can never reach their number.
    n_required: Vec<u16>,
}

/// Searches, and tells the trace how the score of its document comes about.
pub(crate) fn rank<T: Trace>(index: &Index, query: &Query, plan: &Plan, trace: &mut T) -> Hits {
    let n_documents = index.n_documents() as usize;
    let mut totals = Totals {
        scores: vec![0.0; n_documents],
        n_matched: vec![0; n_documents],
        n_required: vec![0; n_documents],
    };
    let mut slot_scores = SlotScores {
        scores: vec![0.0; n_documents],
        touched: Vec::new(),
    };
    let (mut n_wanted, mut n_required) = (0_u16, 0_u16);
    let mut wanted_parts = 0;
    let mut any_text = false;
    for slot in &plan.slots {
        for matcher in &slot.matchers {
            score_matcher(index, matcher, &mut slot_scores);
        }
        let role = if wanted_parts > 0 {
            Role::Wanted
        } else {
            slot.role
        };
        wanted_parts = if role == Role::Wanted && slot.n_parts > 0 && slot_scores.touched.is_empty()
        {
            // The whole is nowhere: its parts are what is wanted.
            slot.n_parts
        } else {
            let (counter, number) = match role {
                Role::Wanted => (Some(&mut totals.n_matched), &mut n_wanted),
                Role::Required => (Some(&mut totals.n_required), &mut n_required),
                Role::Excluded | Role::Optional => (None, &mut 0),
            };
            *number += 1;
            if let Some(counter) = counter {
                for document in &slot_scores.touched {
                    let count = &mut counter[*document as usize];
                    *count = count.saturating_add(1);
                }
            }
            usize::saturating_sub(wanted_parts, 1)
        };
        if role == Role::Excluded {
            slot_scores
                .touched
                .iter()
                .for_each(|document| totals.n_required[*document as usize] = u16::MAX);
        } else if slot.has_text() {
            any_text = true;
            for document in &slot_scores.touched {
                totals.scores[*document as usize] +=
                    slot.weight * slot_scores.scores[*document as usize];
            }
            if let Some(doc) = trace.doc() {
                let score = slot_scores.scores.get(doc as usize).copied().unwrap_or(0.0);
                trace.slot(index, slot, role, slot_scores.touched.len(), score);
            }
        }
        slot_scores.clear();
    }
    let titled = plan.titled(index, query);
    let nothing_asked = plan.slots.is_empty() && !query.of_all;
    let mut ranked: Vec<Ranked> = Vec::new();
    for document in 0..if nothing_asked { 0 } else { n_documents } {
        // Where a query only filters, everything that passes is an answer.
        if totals.n_required[document] != n_required || (any_text && totals.scores[document] == 0.0)
        {
            continue;
        }
        let all_words = totals.n_matched[document] == n_wanted;
        let is_title = titled.binary_search(&(document as u32)).is_ok();
        ranked.push(Ranked {
            document: document as u32,
            score: totals.scores[document],
            tier: u8::from(all_words) + u8::from(is_title),
        });
    }
    if query.by_date || !any_text {
        sort_by_date(&mut ranked);
    } else {
        sort(&mut ranked);
        let best = ranked.len().min(N_NEARNESS);
        nearness::add_bonus(index, plan, &mut ranked[..best], trace);
        sort(&mut ranked[..best]);
    }
    if let Some(doc) = trace.doc()
        && let Some(place) = ranked.iter().position(|hit| hit.document == doc)
    {
        trace.place(place, ranked[place]);
    }
    Hits {
        n_total: ranked.len() + unlisted(plan),
        n_all_words: ranked.iter().filter(|hit| hit.tier > 0).count(),
        docs: ranked.iter().map(|hit| hit.document).collect(),
        scores: ranked.iter().map(|hit| hit.score).collect(),
        repaired: plan.repaired.clone(),
    }
}

/// A document on its way to its place.
#[derive(Clone, Copy)]
pub(crate) struct Ranked {
    pub document: u32,
    pub score: f32,
    /// 2: the title is the query; 1: all words; 0: some.
    pub tier: u8,
}

/// Bits of a document's number in a sort key.
const DOCUMENT: u64 = (1 << 31) - 1;

/// By tier, then by score, then by number: all in one whole number, the fastest to sort. Scores are not negative, so
/// their bits are in their order, and 31 of them tell all.
fn sort(ranked: &mut [Ranked]) {
    let key = |hit: &Ranked| {
        u64::from(hit.tier) << 62
            | u64::from(hit.score.to_bits()) << 31
            | u64::from(hit.document) & DOCUMENT
    };
    let mut keys: Vec<u64> = ranked.iter().map(|hit| !key(hit)).collect();
    keys.sort_unstable();
    for (hit, key) in ranked.iter_mut().zip(keys) {
        *hit = Ranked {
            document: (!key & DOCUMENT) as u32,
            score: f32::from_bits((!key >> 31) as u32 & 0x7FFF_FFFF),
            tier: (!key >> 62) as u8,
        };
    }
}

/// Those with all words first, in each group the newest first.
fn sort_by_date(ranked: &mut [Ranked]) {
    ranked
        .sort_unstable_by_key(|hit| !(u64::from(hit.tier.min(1)) << 32 | u64::from(hit.document)));
    for hit in ranked {
        hit.tier = hit.tier.min(1);
    }
}

/// How many documents match a plan of nothing but a very common beginning, besides its best ones.
fn unlisted(plan: &Plan) -> usize {
    let [slot] = plan.slots.as_slice() else {
        return 0;
    };
    match slot.matchers.as_slice() {
        [
            Matcher::Terms(Terms {
                best: Some(best), ..
            }),
        ] => best.n_documents as usize - best.documents.len().min(best.n_documents as usize),
        _ => 0,
    }
}

fn score_matcher(index: &Index, matcher: &Matcher, out: &mut SlotScores) {
    match matcher {
        Matcher::Terms(terms) if terms.title => phrase::score_in_title(index, terms, out),
        Matcher::Terms(terms) => score_terms(index, terms, out),
        Matcher::Phrase(words) => phrase::score(index, words, out),
        Matcher::Filter(atom) => score_filter(index, atom, out),
    }
}

/// The best of a document's words counts. Words that stand in for the typed one are as rare as all of them together, lest
/// a rare continuation of the first letters come before a common one.
fn score_terms(index: &Index, terms: &Terms, out: &mut SlotScores) {
    if !out.touched.is_empty() {
        // Another alternative was here before: the rarity below must count this one's documents alone.
        let mut alone = SlotScores {
            scores: vec![0.0; out.scores.len()],
            touched: Vec::new(),
        };
        score_terms(index, terms, &mut alone);
        for document in &alone.touched {
            out.raise(*document, alone.scores[*document as usize]);
        }
        return;
    }
    for (term, weight) in &terms.others {
        for (document, impact) in index.documents(*term) {
            out.raise(document, weight * dequantise(impact));
        }
    }
    let mut n_others = out.touched.len() as u32;
    if let Some(best) = &terms.best {
        n_others = n_others.max(best.n_documents);
        for (document, score) in &best.documents {
            out.raise(*document, dequantise(*score));
        }
    }
    let n_with = index.most(&terms.exact).saturating_add(n_others);
    let idf = index.ranking.idf(index.n_documents(), n_with);
    for document in &out.touched {
        out.scores[*document as usize] *= idf;
    }
    for term in &terms.exact {
        let idf = index.ranking.idf(index.n_documents(), index.n_with(*term));
        for (document, impact) in index.documents(*term) {
            out.raise(document, idf * dequantise(impact));
        }
        // The accents that were typed are worth a little: the word is as rare with them as without.
        let idf = idf * index.ranking.accents;
        for (document, impact) in terms
            .accented
            .iter()
            .flat_map(|term| index.documents(*term))
        {
            out.raise(document, idf * dequantise(impact));
        }
    }
}

fn score_filter(index: &Index, atom: &Atom, out: &mut SlotScores) {
    let (from, to) = match atom {
        Atom::Before(time) => (
            index.store.manifest.n_undated,
            index.store.first_since(*time),
        ),
        Atom::After(time) => (index.store.first_since(*time), index.n_documents()),
        Atom::Filter { kind, words, open } => {
            if let Some(filters) = index.store.filters(*kind) {
                filters.matching(*kind, words, *open, &mut |document| {
                    out.raise(document, FILTER_SCORE);
                });
            }
            return;
        }
        Atom::Text(_) => return,
    };
    (from..to).for_each(|document| out.raise(document, FILTER_SCORE));
}
