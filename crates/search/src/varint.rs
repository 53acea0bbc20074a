//! Whole numbers in as few bytes as they need: seven bits a byte, lowest first, the high bit on all but the last.

use crate::part::Damage;

/// No word has more bytes: 64 letters (`token`), each folded to four at most, and a mark before them.
const MAX_WORD: usize = 512;

/// Appends `value`.
pub(crate) fn push(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// How many bytes [`push`] writes for `value`.
#[cfg(feature = "build")]
pub(crate) fn len(value: u32) -> u32 {
    (38 - (value | 1).leading_zeros()) / 7
}

/// Writes `value` over `out` at `at`, which moves on. Bytes beyond the end are not written.
#[cfg(feature = "build")]
pub(crate) fn write(out: &mut [u8], at: &mut usize, mut value: u32) {
    loop {
        let more = value >= 0x80;
        if let Some(byte) = out.get_mut(*at) {
            *byte = value as u8 & 0x7F | u8::from(more) << 7;
        }
        *at += 1;
        if !more {
            return;
        }
        value >>= 7;
    }
}

/// Reads the value at `at`, which moves on. Beyond the end of the bytes every value is 0.
#[inline]
pub(crate) fn read(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(byte) = bytes.get(*at) {
        *at += 1;
        value |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 || shift > 28 {
            break;
        }
    }
    value
}

/// Reads values one after the other.
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8]) -> Cursor<'a> {
        Cursor { bytes, at: 0 }
    }

    /// The next number; 0 behind the end.
    pub fn number(&mut self) -> u32 {
        read(self.bytes, &mut self.at)
    }

    /// The next number as a count of things that take at least a byte each: never more than there can be.
    pub fn count(&mut self) -> usize {
        (self.number() as usize).min(self.bytes.len() - self.at.min(self.bytes.len()))
    }

    /// The next number of up to 64 bits, of either sign.
    pub fn long(&mut self) -> i64 {
        let mut value = 0_u64;
        let mut shift = 0;
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            value |= u64::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 63 {
                break;
            }
        }
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }

    /// The next bytes; fewer at the end.
    pub fn bytes(&mut self, n_bytes: usize) -> &'a [u8] {
        let rest = self.rest();
        let taken = rest.get(..n_bytes).unwrap_or(rest);
        self.at += taken.len();
        taken
    }

    /// How many bytes were taken.
    #[cfg(feature = "build")]
    pub fn n_read(&self) -> usize {
        self.at
    }

    /// All that is left.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Takes the next front-coded word: what it shares with the word before stays, the rest is appended.
    ///
    /// # Errors
    ///
    /// One that is longer than any word: shared by many others it would take more memory than there is.
    pub fn word(&mut self, word: &mut Vec<u8>) -> Result<(), Damage> {
        word.truncate(self.number() as usize);
        let n_bytes = self.number() as usize;
        word.extend_from_slice(self.bytes(n_bytes));
        match word.len() {
            0..=MAX_WORD => Ok(()),
            _ => Err(Damage::Content),
        }
    }
}

/// Appends a number of up to 64 bits, of either sign.
#[cfg(feature = "build")]
pub(crate) fn push_long(out: &mut Vec<u8>, value: i64) {
    let mut value = (value << 1 ^ value >> 63) as u64;
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a word as what it shares with the word before, and the rest.
#[cfg(feature = "build")]
pub(crate) fn push_word(out: &mut Vec<u8>, before: &str, word: &str) {
    let shared = before
        .bytes()
        .zip(word.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    push(out, shared as u32);
    push(out, (word.len() - shared) as u32);
    out.extend_from_slice(&word.as_bytes()[shared..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        let values: Vec<u32> = (0..32)
            .flat_map(|bit| [1_u32 << bit, (1_u32 << bit) - 1])
            .chain([u32::MAX])
            .collect();
        let mut bytes = Vec::new();
        let mut written = [0; 5];
        let mut at = 0;
        for value in values {
            bytes.clear();
            push(&mut bytes, value);
            assert_eq!(bytes.len() as u32, len(value), "{value}");
            let mut end = 0;
            write(&mut written, &mut end, value);
            assert_eq!(&written[..end], &bytes[..]);
            assert_eq!(read(&bytes, &mut at), value);
            at = 0;
        }
        assert_eq!(read(&[], &mut at), 0);
    }

    #[test]
    fn long_numbers_and_words_come_back() {
        let numbers = [0, 1, -1, 86_400, -62_135_596_800, i64::MAX, i64::MIN];
        let words = ["", "price", "prices", "prize", "é", "è"];
        let mut bytes = Vec::new();
        numbers
            .iter()
            .for_each(|number| push_long(&mut bytes, *number));
        let mut before = "";
        for word in words {
            push_word(&mut bytes, before, word);
            before = word;
        }
        let mut cursor = Cursor::new(&bytes);
        numbers
            .iter()
            .for_each(|number| assert_eq!(cursor.long(), *number));
        let mut word = Vec::new();
        for expect in words {
            assert_eq!(cursor.word(&mut word), Ok(()));
            assert_eq!(word, expect.as_bytes());
        }
        assert_eq!(cursor.number(), 0);
        assert!(cursor.rest().is_empty());
        let mut bytes = Vec::new();
        push_word(&mut bytes, "", &"a".repeat(MAX_WORD + 1));
        assert_eq!(Cursor::new(&bytes).word(&mut word), Err(Damage::Content));
    }
}
