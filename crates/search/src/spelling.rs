//! Near words: what a typo was meant to be.
//!
//! A typo is looked for among the commonest words of the index, some ten thousands ([`Limits::spelling`]): all of them in
//! a small edition, and in a large one those that are worth a mistake. In memory these are words of the dictionary; in
//! files they are a part of their own, fetched at the first typo.
//!
//! [`Limits::spelling`]: crate::limits::Limits::spelling

use crate::dictionary::Dictionary;
use crate::fold::ACCENTED;
use crate::index::Index;
use crate::slot::Terms;
use crate::token::is_unspaced;

/// More near words than this are noise.
const MAX_NEAR: usize = 8;
/// Shorter words are near to everything.
const MIN_TYPED: usize = 4;
/// From so many letters on there may be two mistakes.
const TWO_MISTAKES: usize = 8;

impl Index {
    /// The commonest words that may be meant by a typo, each with its number of documents in the place of a term.
    pub(crate) fn spelling(&self) -> Option<&Dictionary> {
        let Some(whole) = self.store.whole() else {
            return self.store.spelling();
        };
        Some(whole.spelling.get_or_init(|| {
            let all = &whole.shard.dictionary;
            let (mut text, mut ends, mut numbers) = (String::new(), Vec::new(), Vec::new());
            let mut terms = Vec::new();
            for ix in 0..all.len() {
                terms.clear();
                all.terms_of(ix, &mut terms);
                let n_documents = self.most(&terms);
                if n_documents >= self.store.manifest.least_spelling && is_repaired(all.word(ix)) {
                    text.push_str(all.word(ix));
                    ends.push(text.len() as u32);
                    numbers.push(n_documents);
                }
            }
            Dictionary::of_sorted(text, ends, numbers, Vec::new())
        }))
    }
}

/// A word near to one that was typed.
pub(crate) struct Near {
    pub word: String,
    /// How many edits away it is.
    pub distance: u8,
}

/// The words nearest to one that no document has, the likeliest first.
pub(crate) fn near(index: &Index, word: &str, open: bool) -> Vec<Near> {
    let n_letters = word.chars().count();
    if n_letters < MIN_TYPED || !is_repaired(word) {
        return Vec::new();
    }
    let max = 1 + u8::from(n_letters >= TWO_MISTAKES);
    let Some(words) = index.spelling() else {
        return Vec::new();
    };
    let mut found: Vec<u64> = Vec::new();
    let mut number = Vec::new();
    words.near(word, max, open, &mut |ix, distance| {
        let near = words.word(ix);
        number.clear();
        words.terms_of(ix, &mut number);
        let n_documents = number.first().copied().unwrap_or(0);
        if n_documents > 0 && near != word {
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
    let nearest = found.first().map(|best| best >> 62);
    found.retain(|near| Some(near >> 62) == nearest);
    found.truncate(MAX_NEAR);
    let near = |near: u64| Near {
        word: words.word(near as u32 as usize).to_owned(),
        distance: (near >> 62) as u8,
    };
    found.into_iter().map(near).collect()
}

/// Whether a word is one that a person may have mistyped: no number, and none of a script without spaces.
pub(crate) fn is_repaired(word: &str) -> bool {
    !word
        .chars()
        .any(|c| c.is_numeric() || is_unspaced(c) || c == ACCENTED)
}

/// A form has at least so many letters in common with the word, from the first on, unless one is the beginning of the other.
const SHARED_BY_FORMS: usize = 5;
/// And so many others at its end at most.
const ENDING: usize = 3;

/// Adds the terms of words that look like other forms of one that no document has: the same but for its ending. A form
/// that some document has was stemmed with all others; this is for those that none has.
pub(crate) fn add_forms(index: &Index, word: &str, terms: &mut Terms) {
    let n_letters = word.chars().count();
    if n_letters < MIN_TYPED || !is_repaired(word) {
        return;
    }
    let n_shared = (n_letters.saturating_sub(ENDING)).max(MIN_TYPED);
    let end = word
        .char_indices()
        .nth(n_shared)
        .map_or(word.len(), |(at, _)| at);
    let mut of_word = Vec::new();
    index.starting_with(&word[..end], &mut |shard, ix| {
        let form = shard.dictionary.word(ix);
        let shared = form.chars().zip(word.chars());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let n_form = form.chars().count();
        let is_beginning = shared == n_letters.min(n_form);
        if n_form - shared <= ENDING && (is_beginning || shared >= SHARED_BY_FORMS) {
            of_word.clear();
            shard.dictionary.terms_of(ix, &mut of_word);
            let weight = index.ranking.prefix;
            terms
                .others
                .extend(of_word.iter().map(|term| (*term, weight)));
        }
    });
}

/// Adds the terms of the commonest words that begin like one.
pub(crate) fn add_completions(index: &Index, prefix: &str, terms: &mut Terms) {
    let mut of_word = Vec::new();
    for completion in index.completions_of_beginning(prefix) {
        if let Some(found) = index.find(&completion.word) {
            of_word.clear();
            index.terms_of(found, &mut of_word);
            let weight = index.ranking.prefix / 2.0;
            terms
                .others
                .extend(of_word.iter().map(|term| (*term, weight)));
        }
    }
    crate::lookup::keep_best(&mut terms.others, &terms.exact);
}
