//! Numbers for strings: each different string gets the next number, in order of first occurrence.
//!
//! The bytes of all strings lie in one buffer and the hash table holds only numbers, so a million words cost little
//! more than their letters. Nothing depends on the hash but speed: numbers and order are those of first occurrence.

use crate::hash::hash;

/// Strings and their numbers.
#[derive(Default)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    /// End of each string in `bytes`.
    ends: Vec<u32>,
    /// Open addressing; the number plus one, or 0 for an empty place. The length is a power of two.
    table: Vec<u32>,
}

impl Interner {
    /// The number of `key`, and whether it is new.
    pub fn add(&mut self, key: &[u8]) -> (u32, bool) {
        if self.ends.len() * 4 >= self.table.len() * 3 {
            self.grow();
        }
        let mask = self.table.len() - 1;
        let mut place = place_of(key) & mask;
        loop {
            let entry = self.table[place];
            if entry == 0 {
                break;
            }
            if self.get(entry - 1) == key {
                return (entry - 1, false);
            }
            place = (place + 1) & mask;
        }
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len() as u32);
        self.table[place] = self.ends.len() as u32;
        (self.ends.len() as u32 - 1, true)
    }

    /// The string of a number; empty for one that was never given.
    pub fn get(&self, number: u32) -> &[u8] {
        let ix = number as usize;
        let start = if ix == 0 {
            0
        } else {
            self.ends.get(ix - 1).map_or(0, |end| *end as usize)
        };
        let end = self.ends.get(ix).map_or(start, |end| *end as usize);
        self.bytes.get(start..end).unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn grow(&mut self) {
        let mask = (self.table.len() * 2).max(64) - 1;
        // The old one is let go of first: all that is in it is known.
        self.table = Vec::new();
        let mut table = vec![0; mask + 1];
        for number in 0..self.len() as u32 {
            let mut place = place_of(self.get(number)) & mask;
            while table[place] != 0 {
                place = (place + 1) & mask;
            }
            table[place] = number + 1;
        }
        self.table = table;
    }
}

fn place_of(key: &[u8]) -> usize {
    hash(key) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_first_occurrence() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for ix in 0..1000_u32 {
                let key = format!("key {ix}");
                assert_eq!(interner.add(key.as_bytes()), (ix, round == 0));
                assert_eq!(interner.get(ix), key.as_bytes());
            }
        }
        assert_eq!(interner.add(b""), (1000, true));
        assert_eq!(interner.len(), 1001);
        assert_eq!(interner.get(5000), b"");
    }
}
