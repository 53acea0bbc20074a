//! Numbers for strings: each different string gets the next number, in order of first occurrence.
//!
//! The bytes of all strings lie in one buffer and the hash table holds only numbers, so a million words cost little
//! more than their letters. Nothing depends on the hash but speed: numbers and order are those of first occurrence.

/// Strings and their numbers.
#[derive(Default)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    /// End of each string in `bytes`.
    ends: Vec<u32>,
    /// Open addressing; `hash << 32 | number + 1`, or 0 for an empty place. The length is a power of two.
    table: Vec<u64>,
}

impl Interner {
    /// The number of `key`, and whether it is new.
    pub fn add(&mut self, key: &[u8]) -> (u32, bool) {
        if self.ends.len() * 4 >= self.table.len() * 3 {
            self.grow();
        }
        let tag = hash(key) << 32;
        let mask = self.table.len() - 1;
        let mut place = (tag >> 32) as usize & mask;
        loop {
            let entry = self.table[place];
            if entry == 0 {
                break;
            }
            // The hash is looked at first: the letters then hardly ever differ.
            if (entry ^ tag) >> 32 == 0 && self.get(entry as u32 - 1) == key {
                return (entry as u32 - 1, false);
            }
            place = (place + 1) & mask;
        }
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len() as u32);
        self.table[place] = tag | self.ends.len() as u64;
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

    /// Bytes of memory in use.
    pub fn memory(&self) -> usize {
        self.bytes.capacity() + 4 * self.ends.capacity() + 8 * self.table.capacity()
    }

    fn grow(&mut self) {
        let mask = (self.table.len() * 2).max(64) - 1;
        let old = std::mem::replace(&mut self.table, vec![0; mask + 1]);
        for entry in old.into_iter().filter(|entry| *entry != 0) {
            let mut place = (entry >> 32) as usize & mask;
            while self.table[place] != 0 {
                place = (place + 1) & mask;
            }
            self.table[place] = entry;
        }
    }
}

/// A quick hash of bytes, the same on every machine: multiply and rotate over eight bytes at a time.
pub(crate) fn hash(key: &[u8]) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = key.len() as u64;
    let mut mix = |word: u64| state = (state.rotate_left(23) ^ word).wrapping_mul(MIX);
    let (chunks, rest) = key.as_chunks();
    chunks
        .iter()
        .for_each(|chunk| mix(u64::from_le_bytes(*chunk)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(u64::from_le_bytes(last));
    state ^ state >> 29
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
