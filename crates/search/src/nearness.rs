//! Nearness: a bonus where neighbouring words of the query also stand near each other in the article.
//!
//! For every pair of neighbours the place counts in which they stand most nearly as in the query: distance 1 where they
//! stand just so (function words between them included), one more for every word too many or too few. Only the best
//! documents are looked at, so the cost does not grow with the number of answers; and a word so common that its positions
//! would be more to read than all the rest of an answer ([`Limits::nearness`](crate::limits::Limits::nearness)) is left out.

use crate::explain::Trace;
use crate::index::Index;
use crate::plan::Plan;
use crate::rank::Ranked;
use crate::slot::{Matcher, Role, Slot};

/// Farther from the order of the query is not near.
const MAX_DISTANCE: u64 = 8;
/// A word that stands for more terms than this is still too unfinished to have a place.
const MAX_TERMS: usize = 24;
/// Of longer questions only the first words are compared.
const MAX_WORDS: usize = 24;

/// A word of the query that has a place: its slot, its terms, and which word it is.
type Placed<'p> = (&'p Slot, Vec<u32>, u64);

/// The words that are compared: none where there are no two.
fn placed<'p>(index: &Index, plan: &'p Plan) -> Vec<Placed<'p>> {
    let mut words: Vec<Placed> = Vec::new();
    let mut ordinal = 0;
    for slot in &plan.slots {
        // The parts of a whole stand where the whole stands.
        ordinal += u64::from(slot.has_text() && !slot.is_part);
        if matches!(slot.role, Role::Wanted | Role::Required)
            && words.len() < MAX_WORDS
            && let Some(terms) = terms_of(slot)
        {
            let n_bytes = terms.iter().map(|term| index.n_position_bytes(*term));
            let limit = u64::from(index.store.manifest.limits.nearness);
            if n_bytes.map(u64::from).sum::<u64>() <= limit {
                words.push((slot, terms, ordinal));
            }
        }
    }
    if words.len() < 2 || index.ranking.proximity <= 0.0 {
        words.clear();
    }
    words
}

/// Asks for the positions that [`add_bonus`] will read.
pub(crate) fn touch(index: &Index, plan: &Plan) {
    for (_, terms, _) in placed(index, plan) {
        terms.iter().for_each(|term| {
            index.position_groups(*term);
        });
    }
}

/// Adds the bonus to the scores of `best`.
pub(crate) fn add_bonus<T: Trace>(index: &Index, plan: &Plan, best: &mut [Ranked], trace: &mut T) {
    let words = placed(index, plan);
    if words.is_empty() || best.is_empty() {
        return;
    }
    // Documents, ascending, each with its place in `best`.
    let mut places: Vec<u64> = best
        .iter()
        .enumerate()
        .map(|(place, hit)| u64::from(hit.document) << 32 | place as u64)
        .collect();
    places.sort_unstable();
    let place_of = |document: u32| {
        let at = places.partition_point(|place| *place < u64::from(document) << 32);
        places
            .get(at)
            .filter(|place| **place >> 32 == u64::from(document))
            .map(|place| *place as u32 as usize)
    };
    let wanted = |document: u32| place_of(document).is_some();
    let mut before: Option<(f32, Vec<u64>, &str, u64)> = None;
    for (slot, terms, ordinal) in &words {
        let mut positions = Vec::new();
        let mut n_documents = 0;
        for term in terms {
            n_documents = index.n_with(*term).max(n_documents);
            index.positions_in(*term, &wanted, &mut positions);
        }
        positions.sort_unstable();
        let idf = index.ranking.idf(index.n_documents(), n_documents);
        if let Some((idf_before, positions_before, label_before, ordinal_before)) = &before {
            let weight = index.ranking.proximity * idf.min(*idf_before);
            let apart = (ordinal - ordinal_before).min(MAX_DISTANCE);
            least_distances(
                positions_before,
                &positions,
                apart,
                &mut |document, distance| {
                    let Some(place) = place_of(document) else {
                        return;
                    };
                    let bonus = weight / distance as f32;
                    best[place].score += bonus;
                    trace.near(document, label_before, &slot.label, distance, bonus);
                },
            );
        }
        before = Some((idf, positions, &slot.label, *ordinal));
    }
}

/// The terms of a slot that stands for one word.
fn terms_of(slot: &Slot) -> Option<Vec<u32>> {
    let [Matcher::Terms(terms)] = slot.matchers.as_slice() else {
        return None;
    };
    let mut all = terms.exact.clone();
    if terms.others.len() <= MAX_TERMS {
        all.extend(terms.others.iter().map(|(term, _)| term));
    }
    (!all.is_empty()).then_some(all)
}

/// Calls `each` with the documents in which a position of `second` is near to standing `apart` behind one of `first`, and
/// how near, from 1.
fn least_distances(first: &[u64], second: &[u64], apart: u64, each: &mut dyn FnMut(u32, u64)) {
    let mut at = 0;
    let mut least: Option<(u32, u64)> = None;
    for position in first {
        let document = (position >> 32) as u32;
        let wanted = position + apart;
        while second
            .get(at)
            .is_some_and(|other| other + MAX_DISTANCE <= wanted)
        {
            at += 1;
        }
        for other in second[at..]
            .iter()
            .take_while(|other| **other < wanted + MAX_DISTANCE)
        {
            if (other >> 32) as u32 != document || other == position {
                continue;
            }
            let distance = 1 + other.abs_diff(wanted);
            match &mut least {
                Some((same, least)) if *same == document => *least = distance.min(*least),
                _ => {
                    if let Some((document, distance)) = least.replace((document, distance)) {
                        each(document, distance);
                    }
                }
            }
        }
    }
    if let Some((document, distance)) = least {
        each(document, distance);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &[(u64, u64)], second: &[(u64, u64)], apart: u64, expect: &[(u32, u64)]) {
        let keys = |list: &[(u64, u64)]| -> Vec<u64> {
            list.iter().map(|(doc, pos)| doc << 32 | pos).collect()
        };
        let mut found = Vec::new();
        least_distances(
            &keys(first),
            &keys(second),
            apart,
            &mut |document, distance| found.push((document, distance)),
        );
        assert_eq!(found, expect);
    }

    #[test]
    fn the_least_distance_counts() {
        check(&[(0, 1), (0, 9)], &[(0, 5), (0, 10)], 1, &[(0, 1)]);
        check(&[(0, 5)], &[(0, 4)], 1, &[(0, 3)]);
        check(&[(0, 5)], &[(0, 7)], 2, &[(0, 1)]);
        check(&[(0, 5)], &[(0, 6)], 2, &[(0, 2)]);
        check(&[(0, 5)], &[(0, 14)], 1, &[]);
        check(&[(0, 5), (2, 1)], &[(1, 5), (2, 3)], 1, &[(2, 2)]);
        check(&[], &[(1, 5)], 1, &[]);
    }
}
