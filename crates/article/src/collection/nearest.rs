//! Articles whose content is near: [`Words::nearest`].
//!
//! 1. While a collection is read, [`Words::add`] keeps of each article the words that probably tell most about it: its
//!    signature. It depends on nothing but the article.
//! 2. Nearness is the sum of the weights of the words that two signatures share, each the square of its inverse document
//!    frequency (K. Spärck Jones, 1972), over the root of how many words the other signature has, or else long articles
//!    would be near to all.
//! 3. An article is held against those alone that are not newer than itself, and frequencies are counted in these: so an
//!    article that is added later changes nothing of what was near to older ones, and what was built of them stays.
//!
//! Words are kept as 32-bit hashes: two that collide make two articles look a little more alike than they are.

use super::Entry;
use crate::date::Date;
use crate::letters::{is_letter, lower, undivided};
use crate::model::Article;
use std::cmp::Reverse;

/// A signature has at most this many words: 200 bytes an article, 4 MB for 20,000. No more than a `u64` has bits.
const SIGNATURE_MAX: usize = 48;

/// Of the sections, so many bytes are looked at: news says what it is about at its beginning.
const BODY_MAX: usize = 600;

/// Of an article, so many words are looked at at all; a rank fits into 16 bits.
const WORDS_MAX: u64 = 4_096;

/// Shorter words are passed over.
const LETTERS_MIN: u64 = 3;

/// More letters than these say no more.
const LETTERS_MAX: u64 = 16;

/// A word of a title says more than the longest that stands once in a text.
const OF_TITLE: u64 = LETTERS_MAX;

/// Where scripts do not divide words, a pair of characters says as much as a word of so many letters.
const LETTERS_OF_PAIR: u64 = 6;

/// No list of near articles is longer.
const LIST_MAX: usize = 1_000;

/// The signatures of a collection.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The words of all signatures, each signature in ascending order.
    words: Vec<u32>,
    /// Where each signature ends in `words`.
    ends: Vec<u32>,
}

impl Words {
    /// Takes the words of the next article.
    pub(crate) fn add(&mut self, article: &Article) {
        self.add_signature(&signature_of(article));
    }

    /// Takes the signature of the next article.
    pub(super) fn add_signature(&mut self, words: &[u32]) {
        debug_assert!(words.is_sorted());
        self.words.extend_from_slice(words);
        self.ends.push(self.words.len() as u32);
    }

    /// Up to `n` articles that share words with the one at `ix` and are not newer, nearest first, of equally near ones the
    /// one of the nearer date. Undated ones are the oldest; of one date, those behind in the file are.
    pub(crate) fn nearest(&self, entries: &[Entry], ix: usize, n: usize) -> Vec<u32> {
        let Some(entry) = entries.get(ix) else {
            return Vec::new();
        };
        let own = self.signature(ix);
        let age = |ix: usize, entry: &Entry| {
            let published = entry.published.map(|date| date.list_key());
            (published, Reverse(ix))
        };
        let own_age = age(ix, entry);
        // Nearly all words of nearly all articles are no words of this one: one bit says so.
        let mut bits = vec![0u64; 1024];
        for word in own {
            bits[(word >> 6 & 1023) as usize] |= 1 << (word & 63);
        }
        let mut n_articles = 0;
        let mut counts = [0u32; SIGNATURE_MAX];
        let mut sharing: Vec<(u32, u64)> = Vec::new();
        for (other, entry) in entries.iter().enumerate() {
            if age(other, entry) > own_age {
                continue;
            }
            n_articles += 1;
            let mut shared = 0;
            for word in self.signature(other) {
                if bits[(word >> 6 & 1023) as usize] >> (word & 63) & 1 == 1
                    && let Ok(at) = own.binary_search(word)
                {
                    counts[at] += 1;
                    shared |= 1 << at;
                }
            }
            if shared != 0 && other != ix {
                sharing.push((other as u32, shared));
            }
        }
        let weights = counts.map(|count| weight(count, n_articles));
        let mut best = Best::of(n);
        for (other, shared) in sharing {
            // In the order of the words, as a sum of floating-point numbers depends on its order.
            let mut sum = 0.0;
            for (at, weight) in weights.iter().enumerate() {
                if shared >> at & 1 == 1 {
                    sum += weight;
                }
            }
            let dates = [entry.published, entries[other as usize].published];
            best.take(self.near(sum, other, dates));
        }
        best.into_list()
    }

    /// An article that shares words of this sum of weights with another; the dates of both.
    pub(super) fn near(&self, sum: f32, other: u32, dates: [Option<Date>; 2]) -> Near {
        let n_words = self.signature(other as usize).len();
        Near {
            score: sum / (n_words as f32).sqrt(),
            days: distance_in_time(dates),
            ix: other,
        }
    }

    /// How many signatures there are.
    pub(super) fn n_articles(&self) -> usize {
        self.ends.len()
    }

    /// The words of an article, ascending.
    pub(super) fn signature(&self, ix: usize) -> &[u32] {
        let start = match ix {
            0 => 0,
            _ => self.ends[ix - 1] as usize,
        };
        &self.words[start..self.ends[ix] as usize]
    }
}

/// What a word says that so many of so many articles have; 0 where these are too many to say anything.
pub(super) fn weight(count: u32, n_articles: u32) -> f32 {
    // In a collection of a few articles a quarter would be hardly any.
    if count == 0 || count > (n_articles / 4).max(3) {
        return 0.0;
    }
    let rarity = (n_articles as f32 / count as f32).ln();
    rarity * rarity
}

/// An article that is near.
pub(super) struct Near {
    score: f32,
    days: u64,
    ix: u32,
}

/// The nearest so far.
pub(super) struct Best {
    n: usize,
    list: Vec<Near>,
}

impl Best {
    pub(super) fn of(n: usize) -> Best {
        Best {
            n: n.min(LIST_MAX),
            list: Vec::new(),
        }
    }

    /// Takes an article, if it has anything in common.
    pub(super) fn take(&mut self, near: Near) {
        if near.score <= 0.0 {
            return;
        }
        let rank = self.list.partition_point(|better| better.is_before(&near));
        if rank < self.n {
            self.list.truncate(self.n - 1);
            self.list.insert(rank, near);
        }
    }

    pub(super) fn into_list(self) -> Vec<u32> {
        self.list.iter().map(|near| near.ix).collect()
    }
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

fn distance_in_time(dates: [Option<Date>; 2]) -> u64 {
    match dates {
        [Some(a), Some(b)] => a.sort_key().abs_diff(b.sort_key()),
        _ => u64::MAX,
    }
}

/// A word of an article.
struct Found {
    word: u32,
    /// How much it probably tells.
    value: u32,
    /// Its rank by first occurrence.
    first: u32,
}

/// The words that probably tell most about an article, ascending: those of its title, and those that are long or stand
/// often, as long words are rare ones (G. K. Zipf, 1935). How rare they are in the collection must not be asked here: a
/// later article would change the answer.
pub(super) fn signature_of(article: &Article) -> Vec<u32> {
    let found = words_of(article);
    // The most telling first, of equals the one that comes first in the text.
    let rank = |(ix, found): (usize, &Found)| {
        u64::from(u32::MAX - found.value) << 32 | u64::from(found.first) << 16 | ix as u64
    };
    let mut ranks: Vec<u64> = found.iter().enumerate().map(rank).collect();
    ranks.sort_unstable();
    let mut kept: Vec<u64> = ranks
        .iter()
        .take(SIGNATURE_MAX)
        .map(|rank| u64::from(found[(rank & 0xffff) as usize].word))
        .collect();
    // Numbers of one width, so that sorting is the same code everywhere.
    kept.sort_unstable();
    kept.into_iter().map(|word| word as u32).collect()
}

/// Each word once, in the order of their hashes.
fn words_of(article: &Article) -> Vec<Found> {
    // A word, its rank, and what it tells: one number, so that sorting is the same code everywhere.
    let mut found: Vec<u64> = Vec::with_capacity(256);
    let mut add = |text: &str, more: u64| {
        each_word(text, &mut |word, n_letters| {
            let first = found.len() as u64;
            if first < WORDS_MAX {
                let value = n_letters.min(LETTERS_MAX) - LETTERS_MIN + 1 + more;
                found.push(u64::from(word) << 32 | first << 8 | value);
            }
        });
    };
    add(&article.title, OF_TITLE);
    article
        .category
        .iter()
        .chain(&article.tags)
        .for_each(|text| add(text, OF_TITLE));
    article
        .subtitle
        .iter()
        .chain(&article.summary)
        .chain(&article.key_points)
        .for_each(|text| add(text, 0));
    let mut left = BODY_MAX;
    for section in &article.sections {
        let mut n_bytes = left.min(section.body.len());
        while !section.body.is_char_boundary(n_bytes) {
            n_bytes -= 1;
        }
        add(&section.body[..n_bytes], 0);
        left -= n_bytes;
        if left < 4 {
            break;
        }
    }
    found.sort_unstable();
    let mut once: Vec<Found> = Vec::with_capacity(found.len());
    for packed in found {
        let (word, first, value) = (
            (packed >> 32) as u32,
            (packed >> 8 & 0xff_ffff) as u32,
            (packed & 0xff) as u32,
        );
        match once.last_mut() {
            Some(last) if last.word == word => last.value += value,
            _ => once.push(Found { word, value, first }),
        }
    }
    once
}

/// Words of three letters and more in lower case; where scripts do not divide words, each pair of neighbours.
/// Each with how many letters it has.
fn each_word(text: &str, add: &mut dyn FnMut(u32, u64)) {
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
        if n_letters >= LETTERS_MIN {
            add(hash, n_letters);
        }
        (hash, n_letters) = (HASH_START, 0);
        if let (Some(before), Some(c)) = (before, undivided) {
            add(step(step(HASH_START, before), c), LETTERS_OF_PAIR);
        }
        before = undivided;
    }
    if n_letters >= LETTERS_MIN {
        add(hash, n_letters);
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
