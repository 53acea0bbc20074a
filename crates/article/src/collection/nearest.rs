//! Articles whose content is near: [`Words::nearest`].
//!
//! 1. While a collection is read, [`Words::add`] counts in how many articles each word occurs, and keeps of each
//!    article the words that tell most about it: its signature.
//! 2. When all are read, [`Words::weigh`] gives each signature its length as a vector.
//! 3. Nearness is the cosine between two signatures, each word weighted by its inverse document frequency (K. Spärck
//!    Jones, 1972).
//!
//! Words are kept as 32-bit hashes: two that collide make two articles look a little more alike than they are.

use super::Entry;
use crate::letters::{is_letter, lower, undivided};
use crate::model::Article;

/// A signature has at most this many words: 200 bytes an article, 4 MB for 20,000.
const SIGNATURE_MAX: usize = 48;

/// Of the sections, so many bytes are looked at: news says what it is about at its beginning.
const BODY_MAX: usize = 600;

/// Of an article, so many words are looked at at all; a rank fits into 16 bits.
const WORDS_MAX: u64 = 4_096;

/// A word of a title counts this often.
const TITLE_WEIGHT: u64 = 3;

/// No list of near articles is longer.
const LIST_MAX: usize = 1_000;

/// The signatures of a collection.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The words of all signatures, each signature in ascending order.
    words: Vec<u32>,
    /// Where each signature ends in `words`.
    ends: Vec<u32>,
    counts: Counts,
    /// The length of each signature as a vector.
    lengths: Vec<f32>,
}

impl Words {
    /// Takes the words of the next article.
    pub(crate) fn add(&mut self, article: &Article) {
        let found = words_of(article);
        for found in &found {
            self.counts.add(found.word);
        }
        let start = self.words.len();
        if found.len() > SIGNATURE_MAX {
            let n_articles = self.ends.len() as u32 + 1;
            // Whole binary logarithms tell common words from rare ones well enough.
            let value = |found: &Found| {
                let rarity = (4 * n_articles / self.counts.get(found.word))
                    .max(1)
                    .ilog2();
                found.weight.min(0xffff) * rarity
            };
            // The most telling first, of equals the one that comes first in the text.
            let rank = |(ix, found): (usize, &Found)| {
                u64::from(u32::MAX - value(found)) << 32 | u64::from(found.first) << 16 | ix as u64
            };
            let mut ranks: Vec<u64> = found.iter().enumerate().map(rank).collect();
            ranks.sort_unstable();
            let mut kept: Vec<u64> = ranks
                .iter()
                .take(SIGNATURE_MAX)
                .map(|rank| u64::from(found[(rank & 0xffff) as usize].word))
                .collect();
            kept.sort_unstable();
            self.words.extend(kept.iter().map(|word| *word as u32));
        } else {
            self.words.extend(found.iter().map(|found| found.word));
        }
        debug_assert!(self.words[start..].is_sorted());
        self.ends.push(self.words.len() as u32);
    }

    /// Weighs up to `n` signatures more; true when all are weighed.
    pub(crate) fn weigh(&mut self, n: usize) -> bool {
        let next = self.lengths.len();
        for ix in next..self.ends.len().min(next.saturating_add(n)) {
            let squares = self
                .signature(ix)
                .iter()
                .map(|word| self.weight(*word))
                .map(|weight| weight * weight);
            self.lengths.push(squares.sum::<f32>().sqrt());
        }
        self.lengths.len() == self.ends.len()
    }

    /// Up to `n` articles that share words with the one at `ix`, nearest first, of equally near ones the one of the
    /// nearer date.
    pub(crate) fn nearest(&self, entries: &[Entry], ix: usize, n: usize) -> Vec<u32> {
        let Some(length) = self.lengths.get(ix).filter(|length| **length > 0.0) else {
            return Vec::new();
        };
        let weights: Vec<(u32, f32)> = self
            .signature(ix)
            .iter()
            .map(|word| (*word, self.weight(*word)))
            .collect();
        let weights: Vec<(u32, f32)> = weights
            .into_iter()
            .filter(|(_, weight)| *weight > 0.0)
            .collect();
        // Nearly all words of nearly all articles are no words of this one: one bit says so.
        let mut bits = vec![0u64; 1024];
        for (word, _) in &weights {
            bits[(word >> 6 & 1023) as usize] |= 1 << (word & 63);
        }
        let n = n.min(LIST_MAX);
        let mut best: Vec<Near> = Vec::new();
        let mut start = 0;
        for (other, end) in self.ends.iter().enumerate() {
            let mut product = 0.0;
            for word in &self.words[start..*end as usize] {
                if bits[(word >> 6 & 1023) as usize] >> (word & 63) & 1 == 1
                    && let Ok(found) = weights.binary_search_by_key(word, |(word, _)| *word)
                {
                    product += weights[found].1 * weights[found].1;
                }
            }
            start = *end as usize;
            if product > 0.0 && other != ix {
                let score = product / (self.lengths[other] * length);
                let days = distance_in_time(&entries[ix], &entries[other]);
                let near = Near {
                    score,
                    days,
                    ix: other as u32,
                };
                let rank = best.partition_point(|better| better.is_before(&near));
                if rank < n {
                    best.truncate(n - 1);
                    best.insert(rank, near);
                }
            }
        }
        best.iter().map(|near| near.ix).collect()
    }

    fn signature(&self, ix: usize) -> &[u32] {
        let start = if ix == 0 {
            0
        } else {
            self.ends[ix - 1] as usize
        };
        &self.words[start..self.ends[ix] as usize]
    }

    /// The inverse document frequency; 0 for a word that too many articles have to say anything.
    fn weight(&self, word: u32) -> f32 {
        let n_articles = self.ends.len() as u32;
        let count = self.counts.get(word);
        // In a collection of a few articles a quarter would be hardly any.
        if count == 0 || count > (n_articles / 4).max(3) {
            return 0.0;
        }
        (n_articles as f32 / count as f32).ln()
    }
}

struct Near {
    score: f32,
    days: u64,
    ix: u32,
}

impl Near {
    fn is_before(&self, other: &Near) -> bool {
        let by_score = other.score.total_cmp(&self.score);
        by_score
            .then(self.days.cmp(&other.days))
            .then(self.ix.cmp(&other.ix))
            .is_lt()
    }
}

fn distance_in_time(a: &Entry, b: &Entry) -> u64 {
    match (a.published, b.published) {
        (Some(a), Some(b)) => a.sort_key().abs_diff(b.sort_key()),
        _ => u64::MAX,
    }
}

struct Found {
    word: u32,
    /// How often it counts.
    weight: u32,
    /// Its rank by first occurrence.
    first: u32,
}

/// Each word once, in the order of their hashes.
fn words_of(article: &Article) -> Vec<Found> {
    // A word, its rank, and how often it counts: one number, so that sorting is the same code everywhere.
    let mut found: Vec<u64> = Vec::with_capacity(256);
    let mut add = |text: &str, weight: u64| {
        each_word(text, &mut |word| {
            let first = found.len() as u64;
            if first < WORDS_MAX {
                found.push(u64::from(word) << 32 | first << 8 | weight);
            }
        });
    };
    add(&article.title, TITLE_WEIGHT);
    article
        .category
        .iter()
        .chain(&article.tags)
        .for_each(|text| add(text, TITLE_WEIGHT));
    article
        .subtitle
        .iter()
        .chain(&article.summary)
        .chain(&article.key_points)
        .for_each(|text| add(text, 1));
    let mut left = BODY_MAX;
    for section in &article.sections {
        let mut n_bytes = left.min(section.body.len());
        while !section.body.is_char_boundary(n_bytes) {
            n_bytes -= 1;
        }
        add(&section.body[..n_bytes], 1);
        left -= n_bytes;
        if left < 4 {
            break;
        }
    }
    found.sort_unstable();
    let mut once: Vec<Found> = Vec::with_capacity(found.len());
    for packed in found {
        let (word, first, weight) = (
            (packed >> 32) as u32,
            (packed >> 8 & 0xff_ffff) as u32,
            (packed & 0xff) as u32,
        );
        match once.last_mut() {
            Some(last) if last.word == word => last.weight += weight,
            _ => once.push(Found {
                word,
                weight,
                first,
            }),
        }
    }
    once
}

/// Words of three letters and more in lower case; where scripts do not divide words, each pair of neighbours.
fn each_word(text: &str, add: &mut dyn FnMut(u32)) {
    let (mut hash, mut n_letters, mut before) = (HASH_START, 0, None);
    let mut rest = text;
    while let Some(first) = rest.as_bytes().first() {
        // Most texts are mostly ASCII, and this is the innermost loop of reading a collection.
        let (letter, undivided) = if first.is_ascii() {
            rest = &rest[1..];
            (
                first
                    .is_ascii_alphanumeric()
                    .then_some(u32::from(first | 0x20)),
                None,
            )
        } else {
            let c = rest.chars().next().unwrap_or_default();
            rest = &rest[c.len_utf8()..];
            let undivided = is_undivided(c).then_some(c as u32);
            let is_letter = undivided.is_none() && is_letter(c);
            (is_letter.then(|| lower(c) as u32), undivided)
        };
        if let Some(letter) = letter {
            hash = step(hash, letter);
            n_letters += 1;
            before = None;
            continue;
        }
        if n_letters >= 3 {
            add(hash.max(1));
        }
        (hash, n_letters) = (HASH_START, 0);
        if let (Some(before), Some(c)) = (before, undivided) {
            add(step(step(HASH_START, before), c).max(1));
        }
        before = undivided;
    }
    if n_letters >= 3 {
        add(hash.max(1));
    }
}

// FNV-1a, 32 bits, a character at a time.
const HASH_START: u32 = 0x811c_9dc5;

fn step(hash: u32, letter: u32) -> u32 {
    (hash ^ letter).wrapping_mul(0x0100_0193)
}

/// Letters of scripts that are written without spaces, and Hangul, whose words carry their endings.
fn is_undivided(c: char) -> bool {
    undivided(c).is_some() || matches!(c, '\u{ac00}'..='\u{d7af}')
}

/// In how many articles a word occurs: a hash table with open addressing, as words are hashes already.
#[derive(Debug, Default)]
struct Counts {
    /// A word and its count; the word 0 is an empty place. The length is a power of two.
    slots: Vec<(u32, u32)>,
    n_words: usize,
}

impl Counts {
    fn add(&mut self, word: u32) {
        if self.n_words * 2 >= self.slots.len() {
            let larger = vec![(0, 0); (self.slots.len() * 2).max(1024)];
            for (word, count) in std::mem::replace(&mut self.slots, larger) {
                if word != 0 {
                    let slot = self.slot(word);
                    self.slots[slot] = (word, count);
                }
            }
        }
        let slot = self.slot(word);
        if self.slots[slot].0 == 0 {
            self.n_words += 1;
        }
        self.slots[slot] = (word, self.slots[slot].1 + 1);
    }

    fn get(&self, word: u32) -> u32 {
        if self.slots.is_empty() {
            0
        } else {
            self.slots[self.slot(word)].1
        }
    }

    /// The place of a word, or the empty one where it belongs.
    fn slot(&self, word: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = word.wrapping_mul(0x9e37_79b1) as usize & mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != word {
            slot = (slot + 1) & mask;
        }
        slot
    }
}
