//! Looking things up in an index, wherever its parts are: words, their terms, the postings of these.
//!
//! What is not loaded is noted by the [`Store`](crate::store::Store) and answered with nothing.

use crate::beginning::{Beginning, Best, Completion};
use crate::index::Index;
use crate::limits::{BEST_OF_BEGINNING, MAX_COMPLETIONS};
use crate::part::Part;
use crate::postings::{self, Documents, Place};
use crate::ranking::{dequantise, quantise};
use crate::shard::Shard;
use std::cmp::Ordering;

/// A word of the dictionary: its shard, and its place there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    shard: u32,
    ix: u32,
}

/// Lookups in the dictionary.
impl Index {
    /// A word, if it is one.
    pub(crate) fn find(&self, word: &str) -> Option<Word> {
        let number = self.shard_of_word(word);
        let ix = self.store.shard(number)?.dictionary.find(word)?;
        Some(Word {
            shard: number,
            ix: ix as u32,
        })
    }

    /// Calls `each` for all words that begin with `prefix`, in order.
    pub(crate) fn starting_with(&self, prefix: &str, each: &mut dyn FnMut(&Shard, usize)) {
        let shards = &self.store.manifest.shards;
        let mut number = self.shard_of_word(prefix);
        loop {
            if let Some(shard) = self.store.shard(number) {
                shard
                    .dictionary
                    .starting_with(prefix)
                    .for_each(|ix| each(shard, ix));
            }
            number += 1;
            match shards.get(number as usize) {
                Some((least, _)) if least.starts_with(prefix) => {}
                _ => return,
            }
        }
    }

    /// Whether all of these words, between spaces, are words of the dictionary. What is missing to tell is asked for at once,
    /// and not word by word.
    pub(crate) fn has_all(&self, words: &str) -> bool {
        let mut is_known = true;
        for word in words.split(' ') {
            match self.store.shard(self.shard_of_word(word)) {
                Some(shard) if shard.dictionary.find(word).is_none() => return false,
                Some(_) => {}
                None => is_known = false,
            }
        }
        is_known
    }

    /// Appends the terms of a word.
    pub(crate) fn terms_of(&self, word: Word, out: &mut Vec<u32>) {
        if let Some(shard) = self.store.shard(word.shard) {
            shard.dictionary.terms_of(word.ix as usize, out);
        }
    }

    /// Whether it is a function word of its language.
    pub(crate) fn is_function_word(&self, word: Word) -> bool {
        self.store
            .shard(word.shard)
            .is_some_and(|shard| shard.dictionary.is_function_word(word.ix as usize))
    }

    /// In how many documents the commonest of some terms is.
    pub(crate) fn most(&self, terms: &[u32]) -> u32 {
        let numbers = terms.iter().map(|term| self.n_with(*term));
        numbers.max().unwrap_or(0)
    }

    /// Calls `each` for every word of some terms.
    pub(crate) fn words_of(&self, terms: &mut Vec<u32>, each: &mut dyn FnMut(&str, u32)) {
        terms.sort_unstable();
        terms.dedup();
        let mut last = None;
        for term in terms.iter() {
            let number = self.shard_of_term(*term);
            if last.replace(number) != Some(number)
                && let Some(shard) = self.store.shard(number)
            {
                shard.words_of(terms, each);
            }
        }
    }

    fn shard_of_word(&self, word: &str) -> u32 {
        let shards = &self.store.manifest.shards;
        let behind = shards.partition_point(|(least, _)| least.as_bytes() <= word.as_bytes());
        behind.saturating_sub(1) as u32
    }

    fn shard_of_term(&self, term: u32) -> u32 {
        let shards = &self.store.manifest.shards;
        let behind = shards.partition_point(|(_, before)| *before <= term);
        behind.saturating_sub(1) as u32
    }
}

/// Lookups in the postings.
impl Index {
    fn place(&self, term: u32) -> Option<(&Shard, Place)> {
        let shard = self.store.shard(self.shard_of_term(term))?;
        Some((shard, shard.place(term)?))
    }

    /// How many documents hold a term.
    pub(crate) fn n_with(&self, term: u32) -> u32 {
        self.place(term).map_or(0, |(_, place)| place.n_documents)
    }

    /// The documents of a term, ascending, each with its impact.
    pub(crate) fn documents(&self, term: u32) -> Documents<'_> {
        let bytes = self.place(term).map_or([].as_slice(), |(shard, place)| {
            let span = place.documents;
            match span.part {
                None => shard.documents.get(span),
                Some(part) => span.of(self.store.bytes(Part::List(part))),
            }
        });
        Documents::new(bytes)
    }

    /// How many bytes the positions of a term take.
    pub(crate) fn n_position_bytes(&self, term: u32) -> u32 {
        self.place(term).map_or(0, |(_, place)| place.positions.len)
    }

    /// The positions of a term, one group for each of its documents.
    pub(crate) fn position_groups(&self, term: u32) -> &[u8] {
        self.place(term).map_or([].as_slice(), |(shard, place)| {
            let span = place.positions;
            match span.part {
                _ if span.len == 0 => &[],
                None => shard.positions.get(span),
                Some(part) => span.of(self.store.bytes(Part::Positions(part))),
            }
        })
    }

    /// Appends the positions of a term in every document that `wanted` holds, as `document << 32 | position`, ascending.
    pub(crate) fn positions_in(&self, term: u32, wanted: &dyn Fn(u32) -> bool, out: &mut Vec<u64>) {
        let groups = self.position_groups(term);
        postings::positions_in(self.documents(term), groups, wanted, out);
    }
}

/// Beginnings of words.
impl Index {
    /// What stands for the beginning of a word. The word itself is among the words that begin so.
    pub(crate) fn beginning(&self, prefix: &str) -> Beginning {
        let Some(whole) = self.store.whole() else {
            let beginnings = &self.store.manifest.beginnings;
            return match beginnings.binary_search_by(|other| other.as_str().cmp(prefix)) {
                Ok(number) => {
                    let content = self.store.bytes(Part::Beginning(number as u32));
                    Beginning::Best(Best::decode(content))
                }
                Err(_) => Beginning::Terms(self.terms_starting_with(prefix)),
            };
        };
        if let Some(best) = whole.beginnings.borrow().get(prefix) {
            return Beginning::Best(best.clone());
        }
        let terms = self.terms_starting_with(prefix);
        let total: u64 = terms
            .iter()
            .map(|(term, _)| u64::from(self.n_with(*term)))
            .sum();
        if total <= u64::from(self.store.manifest.limits.beginning) {
            return Beginning::Terms(terms);
        }
        let best = self.best(prefix, &terms);
        let mut beginnings = whole.beginnings.borrow_mut();
        beginnings.insert(prefix.to_owned(), best.clone());
        Beginning::Best(best)
    }

    /// The terms of the words that begin so, ascending, each with the best weight of its words.
    fn terms_starting_with(&self, prefix: &str) -> Vec<(u32, f32)> {
        let typed = prefix.chars().count() as f32;
        let mut terms = Vec::new();
        let mut found = Vec::new();
        self.starting_with(prefix, &mut |shard, ix| {
            found.clear();
            shard.dictionary.terms_of(ix, &mut found);
            // The nearer the word is to being finished, the more it counts.
            let word = shard.dictionary.word(ix);
            let part = typed / word.chars().count().max(1) as f32;
            let weight = match word == prefix {
                true => 1.0,
                false => self.ranking.prefix * (0.5 + 0.5 * part),
            };
            terms.extend(found.iter().map(|term| (*term, weight)));
        });
        keep_best(&mut terms, &[]);
        terms
    }

    /// The best documents of some terms.
    fn best(&self, prefix: &str, terms: &[(u32, f32)]) -> Best {
        let mut scores = vec![0.0_f32; self.n_documents() as usize];
        for (term, weight) in terms {
            for (document, impact) in self.documents(*term) {
                if let Some(score) = scores.get_mut(document as usize) {
                    *score = score.max(weight * dequantise(impact));
                }
            }
        }
        let found = scores
            .iter()
            .zip(0_u32..)
            .filter(|(score, _)| **score > 0.0);
        // Score, then number, the greater first: the newest of equals.
        let mut best: Vec<u64> = found
            .map(|(score, document)| u64::from(quantise(*score)) << 32 | u64::from(document))
            .collect();
        let n_documents = best.len() as u32;
        if best.len() > BEST_OF_BEGINNING {
            best.select_nth_unstable_by(BEST_OF_BEGINNING, |a, b| b.cmp(a));
            best.truncate(BEST_OF_BEGINNING);
        }
        // By document: as whole numbers, which are sorted elsewhere, too.
        let mut keys: Vec<u64> = best
            .into_iter()
            .map(|key| key << 32 | u64::from((key >> 32) as u8))
            .collect();
        keys.sort_unstable();
        let documents = keys
            .into_iter()
            .map(|key| ((key >> 32) as u32, key as u8))
            .collect();
        Best {
            n_documents,
            documents,
            completions: self.completions_of(prefix),
        }
    }

    /// The commonest words that complete a beginning, however common it is itself.
    pub(crate) fn completions_of_beginning(&self, prefix: &str) -> Vec<Completion> {
        match self.beginning(prefix) {
            Beginning::Best(best) => best.completions,
            Beginning::Terms(_) => self.completions_of(prefix),
        }
    }

    /// The commonest words that begin so, of each term the shortest.
    fn completions_of(&self, prefix: &str) -> Vec<Completion> {
        let mut found: Vec<(u32, u32, Completion)> = Vec::new();
        let mut terms = Vec::new();
        self.starting_with(prefix, &mut |shard, ix| {
            terms.clear();
            shard.dictionary.terms_of(ix, &mut terms);
            let word = shard.dictionary.word(ix);
            let n_documents = self.most(&terms);
            if n_documents > 0 && word != prefix && !shard.dictionary.is_function_word(ix) {
                let completion = Completion {
                    word: word.to_owned(),
                    n_documents,
                };
                let first = terms.first().copied().unwrap_or_default();
                found.push((first, word.len() as u32, completion));
            }
        });
        // One sort for both orders: each that is compiled is some kilobytes of the module.
        type Found = (u32, u32, Completion);
        let sort = |found: &mut Vec<Found>, order: &dyn Fn(&Found, &Found) -> Ordering| {
            found.sort_unstable_by(order);
        };
        sort(&mut found, &|a, b| {
            (a.0, a.1, &a.2.word).cmp(&(b.0, b.1, &b.2.word))
        });
        found.dedup_by_key(|(term, ..)| *term);
        sort(&mut found, &|a, b| {
            let order = b.2.n_documents.cmp(&a.2.n_documents);
            order.then_with(|| a.2.word.cmp(&b.2.word))
        });
        found.truncate(MAX_COMPLETIONS);
        found
            .into_iter()
            .map(|(.., completion)| completion)
            .collect()
    }
}

/// Each term once, ascending, with its best weight, and none that is exact.
pub(crate) fn keep_best(terms: &mut Vec<(u32, f32)>, exact: &[u32]) {
    // Weights are not negative, so their bits are in their order.
    let mut packed: Vec<u64> = terms
        .iter()
        .map(|(term, weight)| u64::from(*term) << 32 | u64::from(!weight.to_bits()))
        .collect();
    packed.sort_unstable();
    packed.dedup_by_key(|packed| *packed >> 32);
    terms.clear();
    terms.extend(
        packed
            .into_iter()
            .map(|packed| ((packed >> 32) as u32, f32::from_bits(!packed as u32))),
    );
    terms.retain(|(term, _)| !exact.contains(term));
}
