//! The dictionary: every word as people type it (folded), and the terms under which it was indexed.
//!
//! Looking a word up needs no stemmer: the analysis was done when the index was built and is kept here, word by word. The
//! words are sorted, so that those that begin alike stand together: [`Dictionary::starting_with`] is a range, and
//! [`Dictionary::near`] walks them as it would a tree.

#[cfg(feature = "build")]
use crate::intern::Interner;
use std::cmp::Ordering;
use std::ops::Range;

/// Set in the number of a word's term where the word is a function word of its language.
pub(crate) const FUNCTION_WORD: u32 = 1 << 31;

/// Sorted words with their terms.
#[derive(Default)]
pub(crate) struct Dictionary {
    /// All words, one after another.
    text: String,
    /// End of each word in `text`.
    ends: Vec<u32>,
    /// The first term of each word.
    terms: Vec<u32>,
    /// Further terms, as `word << 32 | term`: the same letters in two languages, or under two accents.
    more: Vec<u64>,
}

impl Dictionary {
    /// From words in order, each with its end in `text`, and their terms.
    pub fn of_sorted(
        text: String,
        ends: Vec<u32>,
        terms: Vec<u32>,
        mut more: Vec<u64>,
    ) -> Dictionary {
        more.sort_unstable();
        Dictionary {
            text,
            ends,
            terms,
            more,
        }
    }

    /// From the words, pairs of word and term, and for each word whether it is a function word.
    #[cfg(feature = "build")]
    pub fn new(words: &Interner, pairs: &[(u32, u32)], is_function_word: &[bool]) -> Dictionary {
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_unstable_by(|a, b| words.get(*a).cmp(words.get(*b)));
        let mut rank = vec![0_u32; order.len()];
        let mut dictionary = Dictionary {
            text: String::new(),
            ends: Vec::with_capacity(order.len()),
            terms: vec![u32::MAX; order.len()],
            more: Vec::new(),
        };
        dictionary
            .text
            .reserve_exact(order.iter().map(|word| words.get(*word).len()).sum());
        for (ix, word) in order.iter().enumerate() {
            rank[*word as usize] = ix as u32;
            dictionary
                .text
                .push_str(std::str::from_utf8(words.get(*word)).unwrap_or_default());
            dictionary.ends.push(dictionary.text.len() as u32);
        }
        for (word, term) in pairs {
            let ix = rank[*word as usize] as usize;
            match dictionary.terms[ix] {
                u32::MAX => dictionary.terms[ix] = *term,
                first if first == *term => {}
                _ => dictionary.more.push((ix as u64) << 32 | u64::from(*term)),
            }
        }
        dictionary.more.sort_unstable();
        dictionary.more.dedup();
        for (word, is_function_word) in is_function_word.iter().enumerate() {
            if *is_function_word {
                dictionary.terms[rank[word] as usize] |= FUNCTION_WORD;
            }
        }
        dictionary
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word at a place of the sorted order.
    pub fn word(&self, ix: usize) -> &str {
        let start = if ix == 0 {
            0
        } else {
            self.ends.get(ix - 1).map_or(0, |end| *end as usize)
        };
        self.ends
            .get(ix)
            .and_then(|end| self.text.get(start..*end as usize))
            .unwrap_or_default()
    }

    /// The place of a word.
    pub fn find(&self, word: &str) -> Option<usize> {
        let ix = self.lower_bound(0, |other| other.as_bytes() < word.as_bytes());
        (ix < self.len() && self.word(ix) == word).then_some(ix)
    }

    /// The places of all words that begin with `prefix`.
    pub fn starting_with(&self, prefix: &str) -> Range<usize> {
        let first = self.lower_bound(0, |word| word.as_bytes() < prefix.as_bytes());
        first..self.end_of(prefix.as_bytes(), first)
    }

    /// Appends the terms of the word at a place.
    pub fn terms_of(&self, ix: usize, out: &mut Vec<u32>) {
        let Some(first) = self.terms.get(ix) else {
            return;
        };
        out.push(first & !FUNCTION_WORD);
        let more = self
            .more
            .partition_point(|entry| *entry < (ix as u64) << 32);
        out.extend(
            self.more[more..]
                .iter()
                .take_while(|entry| *entry >> 32 == ix as u64)
                .map(|entry| *entry as u32),
        );
    }

    pub fn is_function_word(&self, ix: usize) -> bool {
        self.terms
            .get(ix)
            .is_some_and(|term| term & FUNCTION_WORD != 0)
    }

    /// Calls `each` with the place and the distance of every word at most `max` edits from `typed`, in sorted order. An
    /// edit puts in, leaves out or replaces one letter, or swaps two neighbours. With `open`, a word counts from which
    /// a beginning is that near: `typed` is still being typed.
    pub fn near(&self, typed: &str, max: u8, open: bool, each: &mut dyn FnMut(usize, u8)) {
        let typed: Vec<char> = typed.chars().take(MAX_TYPED).collect();
        let width = typed.len() + 1;
        // One row per letter of the word at hand; words that begin alike share their first rows.
        let mut rows: Vec<u8> = (0..width as u8).collect();
        let mut letters: Vec<char> = Vec::new();
        let mut best: Vec<u8> = vec![typed.len() as u8];
        let mut ix = 0;
        while ix < self.len() {
            let word = self.word(ix);
            let same = word
                .chars()
                .zip(&letters)
                .take_while(|(a, b)| a == *b)
                .count();
            letters.truncate(same);
            rows.truncate((same + 1) * width);
            best.truncate(same + 1);
            let mut hopeless = None;
            for (at, letter) in word.char_indices().skip(same) {
                letters.push(letter);
                let (least, last) = push_row(&mut rows, &letters, &typed, max);
                let before = best.last().copied().unwrap_or(u8::MAX);
                best.push(if open { before.min(last) } else { last });
                if least > max && !(open && before <= max) {
                    hopeless = Some(at + letter.len_utf8());
                    break;
                }
            }
            if let Some(len) = hopeless {
                ix = self.end_of(&word.as_bytes()[..len], ix + 1);
                continue;
            }
            match best.last() {
                Some(distance) if *distance <= max => each(ix, *distance),
                _ => {}
            }
            ix += 1;
        }
    }

    pub fn memory(&self) -> usize {
        self.text.capacity()
            + 4 * (self.ends.capacity() + self.terms.capacity())
            + 8 * self.more.capacity()
    }

    /// The first place at or after `from` whose word does not begin with `prefix`. Looks near first, then farther.
    fn end_of(&self, prefix: &[u8], from: usize) -> usize {
        let mut step = 1;
        let mut low = from;
        while low + step < self.len() && self.word(low + step).as_bytes().starts_with(prefix) {
            low += step;
            step *= 2;
        }
        let within = |word: &str| {
            let word = word.as_bytes();
            word.get(..prefix.len()).unwrap_or(word).cmp(prefix) != Ordering::Greater
        };
        self.lower_bound(low, within)
    }

    /// The first place at or after `from` whose word is not `below`; all before it are.
    fn lower_bound(&self, from: usize, below: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if below(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Longer words are compared by their beginning.
const MAX_TYPED: usize = 64;

/// Adds the row of distances for the last of `letters`; returns its least and its last value. Distances above `max` need
/// not be right, only above it: so nothing is computed but a band around the diagonal.
fn push_row(rows: &mut Vec<u8>, letters: &[char], typed: &[char], max: u8) -> (u8, u8) {
    let width = typed.len() + 1;
    let above = rows.len() - width;
    let own = rows.len();
    let row = letters.len();
    rows.resize(own + width, max + 1);
    let letter = letters[row - 1];
    let before = row.checked_sub(2).map(|ix| letters[ix]);
    let band = usize::from(max);
    if row <= band {
        rows[own] = row as u8;
    }
    let mut left = rows[own];
    let mut least = left;
    for column in row.saturating_sub(band).max(1)..width.min(row.saturating_add(band + 1)) {
        let changed =
            rows[above + column - 1].saturating_add(u8::from(typed[column - 1] != letter));
        let mut cost = changed
            .min(left.saturating_add(1))
            .min(rows[above + column].saturating_add(1));
        if column > 1 && typed[column - 2] == letter && before == Some(typed[column - 1]) {
            cost = cost.min(rows[above - width + column - 2].saturating_add(1));
        }
        left = cost.min(max + 1);
        rows[own + column] = left;
        least = least.min(left);
    }
    (least, rows[own + width - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary(words: &[&str]) -> Dictionary {
        let mut interner = Interner::default();
        let pairs: Vec<(u32, u32)> = words
            .iter()
            .map(|word| interner.add(word.as_bytes()).0)
            .map(|n| (n, n))
            .collect();
        Dictionary::new(&interner, &pairs, &vec![false; interner.len()])
    }

    const WORDS: &[&str] = &[
        "price",
        "prices",
        "prize",
        "oil",
        "oils",
        "retrieval",
        "shakespeare",
        "p",
        "élan",
        "価格",
        "zebra",
        "pricing",
    ];

    #[track_caller]
    fn begins(prefix: &str, expect: &[&str]) {
        let dictionary = dictionary(WORDS);
        let found: Vec<&str> = dictionary
            .starting_with(prefix)
            .map(|ix| dictionary.word(ix))
            .collect();
        assert_eq!(found, expect, "{prefix:?}");
    }

    #[test]
    fn beginnings_are_ranges() {
        begins("pri", &["price", "prices", "pricing", "prize"]);
        begins("prices", &["prices"]);
        begins("é", &["élan"]);
        begins("価", &["価格"]);
        begins("x", &[]);
        begins("zzz", &[]);
        assert_eq!(dictionary(WORDS).starting_with("").len(), WORDS.len());
        assert_eq!(dictionary(&[]).starting_with("a").len(), 0);
    }

    #[track_caller]
    fn near(typed: &str, max: u8, open: bool, expect: &str) {
        let dictionary = dictionary(WORDS);
        let mut found = Vec::new();
        dictionary.near(typed, max, open, &mut |ix, distance| {
            found.push(format!("{} {distance}", dictionary.word(ix)))
        });
        assert_eq!(found.join(", "), expect, "{typed:?}");
    }

    #[test]
    fn near_words_are_found() {
        near("pirce", 1, false, "price 1");
        near("prise", 1, false, "price 1, prize 1");
        near("retreival", 1, false, "retrieval 1");
        near("shakspeare", 1, false, "shakespeare 1");
        near("shaekspere", 2, false, "shakespeare 2");
        near("olis", 1, false, "oils 1");
        near("xoil", 1, false, "oil 1");
        near("pirc", 1, true, "price 1, prices 1, pricing 1");
        near("shaksp", 1, true, "shakespeare 1");
        near("", 1, false, "p 1");
    }

    /// Distance by the definition, without sharing anything.
    fn distance(a: &[char], b: &[char]) -> u8 {
        let mut rows: Vec<u8> = (0..=b.len() as u8).collect();
        let mut last = b.len() as u8;
        for end in 1..=a.len() {
            last = push_row(&mut rows, &a[..end], b, u8::MAX - 1).1;
        }
        last
    }

    proptest::proptest! {
        #[test]
        fn near_agrees_with_comparing_every_word(
            words in proptest::collection::btree_set("[ab]{0,6}", 0..40),
            typed in "[abc]{0,6}",
            max in 0_u8..3,
            open in proptest::bool::ANY,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let dictionary = dictionary(&words);
            let typed_chars: Vec<char> = typed.chars().collect();
            let mut expect = Vec::new();
            for word in &words {
                let chars: Vec<char> = word.chars().collect();
                let least = if open {
                    (0..=chars.len()).map(|len| distance(&chars[..len], &typed_chars)).min().unwrap()
                } else {
                    distance(&chars, &typed_chars)
                };
                if least <= max {
                    expect.push(((*word).to_owned(), least));
                }
            }
            let mut found = Vec::new();
            dictionary.near(&typed, max, open, &mut |ix, near| found.push((dictionary.word(ix).to_owned(), near)));
            proptest::prop_assert_eq!(found, expect);
        }
    }
}
