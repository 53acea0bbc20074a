//! Phrases: documents in which words stand one after the other, and words that must stand in the title.
//!
//! [`occurrences`] first finds the documents that hold all words, from the postings alone, and reads positions only
//! there. A position is one number with its document (`document << 32 | position`), so that looking for the next word
//! of the phrase is looking for the next number.

use crate::index::Index;
use crate::plan::{Phrase, Terms};
use crate::rank::SlotScores;
use crate::ranking::{N_FIELDS, field_of, field_starts};

/// Scores the documents that hold a phrase, as if the phrase were a word.
pub(crate) fn score(index: &Index, phrase: &Phrase, out: &mut SlotScores) {
    let found = occurrences(index, &phrase.items);
    score_occurrences(index, &found, phrase.title, out);
}

/// Scores the documents that hold a word in their title.
pub(crate) fn score_in_title(index: &Index, terms: &Terms, out: &mut SlotScores) {
    let mut all = terms.exact.clone();
    all.extend(terms.others.iter().map(|(term, _)| term));
    let found = occurrences(index, &[(0, all)]);
    score_occurrences(index, &found, true, out);
}

/// Where the phrase begins, as `document << 32 | position`, ascending.
fn occurrences(index: &Index, items: &[(u32, Vec<u32>)]) -> Vec<u64> {
    // How many of the words a document holds, counted only while it holds all so far.
    let mut n_held = vec![0_u8; index.n_documents() as usize];
    for (ix, (_, terms)) in items.iter().enumerate() {
        for term in terms {
            for (document, _) in index.postings.documents(*term) {
                if let Some(held) = n_held.get_mut(document as usize)
                    && usize::from(*held) == ix
                {
                    *held += 1;
                }
            }
        }
    }
    let holds_all = |document: u32| {
        n_held
            .get(document as usize)
            .is_some_and(|held| usize::from(*held) == items.len())
    };
    let mut found: Option<Vec<u64>> = None;
    let mut next = Vec::new();
    for (offset, terms) in items {
        next.clear();
        for term in terms {
            index.postings.positions_in(*term, &holds_all, &mut next);
        }
        if terms.len() > 1 {
            next.sort_unstable();
            next.dedup();
        }
        match &mut found {
            None => found = Some(next.clone()),
            Some(begins) => keep_followed(begins, &next, u64::from(*offset)),
        }
    }
    found.unwrap_or_default()
}

/// Keeps the beginnings that have one of `next` at `offset` behind them. Both ascend.
fn keep_followed(begins: &mut Vec<u64>, next: &[u64], offset: u64) {
    let mut at = 0;
    begins.retain(|begin| {
        let wanted = begin + offset;
        while next.get(at).is_some_and(|position| *position < wanted) {
            at += 1;
        }
        next.get(at) == Some(&wanted)
    });
}

fn score_occurrences(index: &Index, found: &[u64], title: bool, out: &mut SlotScores) {
    let mut scored: Vec<(u32, f32)> = Vec::new();
    for of_document in found.chunk_by(|a, b| a >> 32 == b >> 32) {
        let document = (of_document[0] >> 32) as u32;
        let Some(lengths) = index.documents.lengths.get(document as usize) else {
            continue;
        };
        let starts = field_starts(lengths);
        let mut counts = [0; N_FIELDS];
        for occurrence in of_document {
            counts[field_of(&starts, *occurrence as u32)] += 1;
        }
        if title {
            counts[1..].fill(0);
        }
        if counts.iter().any(|count| *count > 0) {
            let length = index.ranking.weighted_length(lengths);
            scored.push((
                document,
                index.ranking.saturation(&counts, length, index.mean_length),
            ));
        }
    }
    let idf = index.ranking.idf(index.n_documents(), scored.len() as u32);
    for (document, saturation) in scored {
        out.raise(document, idf * saturation);
    }
}
