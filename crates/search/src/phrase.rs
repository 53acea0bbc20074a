//! Phrases: documents in which words stand one after the other, and words that must stand in the title.
//!
//! [`occurrences`] first finds the documents that hold all words, from the postings alone, and reads positions only
//! there. A position is one number with its document (`document << 32 | position`), so that looking for the next word
//! of the phrase is looking for the next number. A phrase weighs in a document what the lightest of its words weighs
//! there: it occurs no more often than that one.

use crate::index::Index;
use crate::rank::SlotScores;
use crate::ranking::{dequantise, field_of};
use crate::slot::{Phrase, Terms};

/// A word of a phrase: its offset and its terms.
type Item = (u32, Vec<u32>);

/// Scores the documents that hold a phrase, as if the phrase were a word.
pub(crate) fn score(index: &Index, phrase: &Phrase, out: &mut SlotScores) {
    score_occurrences(index, &phrase.items, phrase.title, out);
}

/// Scores the documents that hold a word in their title.
pub(crate) fn score_in_title(index: &Index, terms: &Terms, out: &mut SlotScores) {
    score_occurrences(index, &[(0, terms.all().collect())], true, out);
}

/// Where the phrase begins, as `document << 32 | position`, ascending.
fn occurrences(index: &Index, items: &[Item]) -> Vec<u64> {
    // How many of the words a document holds, counted only while it holds all so far.
    let mut n_held = vec![0_u8; index.n_documents() as usize];
    for (ix, (_, terms)) in items.iter().enumerate() {
        for term in terms {
            for (document, _) in index.documents(*term) {
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
            index.positions_in(*term, &holds_all, &mut next);
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

fn score_occurrences(index: &Index, items: &[Item], title: bool, out: &mut SlotScores) {
    let mut found = occurrences(index, items);
    if title {
        found.retain(|occurrence| field_of(*occurrence as u32) == 0);
    }
    found.iter_mut().for_each(|occurrence| *occurrence >>= 32);
    found.dedup();
    let mut lightest = vec![u8::MAX; found.len()];
    for (_, terms) in items {
        let mut heaviest = vec![0; found.len()];
        for term in terms {
            let mut at = 0;
            for (document, impact) in index.documents(*term) {
                while found
                    .get(at)
                    .is_some_and(|other| *other < u64::from(document))
                {
                    at += 1;
                }
                if found.get(at) == Some(&u64::from(document)) {
                    heaviest[at] = impact.max(heaviest[at]);
                }
            }
        }
        for (least, impact) in lightest.iter_mut().zip(heaviest) {
            *least = impact.min(*least);
        }
    }
    let idf = index.ranking.idf(index.n_documents(), found.len() as u32);
    for (document, impact) in found.iter().zip(lightest) {
        out.raise(*document as u32, idf * dequantise(impact));
    }
}
