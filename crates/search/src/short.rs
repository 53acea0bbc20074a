//! [`ShortWords`] finds what is remembered of a short word with a single look into memory, where an `Interner` needs four.
//! Nearly all words of a text are short.

use crate::token::Short;

/// Zeros where the place is empty. In halves, as a whole one would take four bytes more.
#[derive(Clone, Copy, Default)]
struct Entry {
    word: [u32; 4],
    value: u32,
}

impl Entry {
    fn word(&self) -> Short {
        let [a, b, c, d] = self.word.map(u64::from);
        [a | b << 32, c | d << 32]
    }
}

/// Short words and a number for each.
#[derive(Default)]
pub(crate) struct ShortWords {
    /// Open addressing; the length is a power of two.
    entries: Vec<Entry>,
    n_words: usize,
}

impl ShortWords {
    /// The number of a word, or else the place where [`ShortWords::put`] would put it, if nothing else is put before.
    pub fn find(&mut self, word: Short) -> Result<u32, usize> {
        if self.n_words * 4 >= self.entries.len() * 3 {
            self.grow();
        }
        let mask = self.entries.len() - 1;
        let mut place = hash(word) & mask;
        loop {
            let entry = &self.entries[place];
            if entry.word() == word {
                return Ok(entry.value);
            }
            if entry.word[0] == 0 {
                return Err(place);
            }
            place = (place + 1) & mask;
        }
    }

    /// Puts a word that was not found.
    pub fn put(&mut self, place: usize, word: Short, value: u32) {
        self.n_words += 1;
        self.entries[place] = Entry {
            word: [
                word[0] as u32,
                (word[0] >> 32) as u32,
                word[1] as u32,
                (word[1] >> 32) as u32,
            ],
            value,
        };
    }

    fn grow(&mut self) {
        let mask = (self.entries.len() * 2).max(64) - 1;
        let old = std::mem::replace(&mut self.entries, vec![Entry::default(); mask + 1]);
        for entry in old.into_iter().filter(|entry| entry.word[0] != 0) {
            let mut place = hash(entry.word()) & mask;
            while self.entries[place].word[0] != 0 {
                place = (place + 1) & mask;
            }
            self.entries[place] = entry;
        }
    }
}

fn hash(word: Short) -> usize {
    let mixed = (word[0] ^ word[1].rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // The high bits depend on all others.
    (mixed >> 32 ^ mixed >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    proptest::proptest! {
        #[test]
        fn it_is_a_map(words in proptest::collection::vec(("[a-c]{1,4}|[a-z0-9]{1,15}", 0_u32..9), 0..300)) {
            let mut known: BTreeMap<String, u32> = BTreeMap::new();
            let mut short = ShortWords::default();
            for (word, value) in words {
                let mut bytes = [0; 16];
                bytes[..word.len()].copy_from_slice(word.as_bytes());
                let key = [&bytes[..8], &bytes[8..]].map(|half| u64::from_le_bytes(half.try_into().unwrap()));
                match short.find(key) {
                    Ok(found) => proptest::prop_assert_eq!(Some(&found), known.get(&word)),
                    Err(place) => {
                        proptest::prop_assert_eq!(known.insert(word, value), None);
                        short.put(place, key, value);
                    }
                }
            }
        }
    }
}
