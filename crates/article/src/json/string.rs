//! Texts: from the opening quotation mark to the closing one, escapes resolved.

use super::parser::{OddityKind, Parser};

impl Parser<'_> {
    /// Reads a text; stands at its opening quotation mark. One that is not closed is read to the end of the file.
    pub(super) fn string(&mut self) -> String {
        self.pos += 1;
        let start = self.pos;
        self.pos += plain_length(&self.bytes[start..]);
        let plain = &self.bytes[start..self.pos];
        if self.bytes.get(self.pos) == Some(&b'"') {
            self.pos += 1;
            return match std::str::from_utf8(plain) {
                Ok(text) => text.to_string(),
                Err(_) => self.repaired(plain.to_vec(), start),
            };
        }
        let mut text = plain.to_vec();
        let mut has_control = false;
        loop {
            match self.bytes.get(self.pos) {
                None => {
                    self.fail::<()>("the closing quotation mark of a text");
                    break;
                }
                Some(b'"') => {
                    self.pos += 1;
                    break;
                }
                Some(b'\\') => self.escape(&mut text),
                Some(&control) => {
                    if !has_control {
                        has_control = true;
                        self.note(OddityKind::RawControl, self.pos);
                    }
                    text.push(control);
                    self.pos += 1;
                }
            }
            let rest = &self.bytes[self.pos..];
            let n_plain = plain_length(rest);
            text.extend_from_slice(&rest[..n_plain]);
            self.pos += n_plain;
        }
        self.repaired(text, start)
    }

    fn repaired(&mut self, text: Vec<u8>, start: usize) -> String {
        match String::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                self.note(OddityKind::InvalidUtf8, start);
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
        }
    }

    /// Reads `\n`, `\u00e9` and the like; stands at the backslash.
    pub(super) fn escape(&mut self, text: &mut Vec<u8>) {
        let at = self.pos;
        self.pos += 2;
        let byte = match self.bytes.get(at + 1) {
            Some(&byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                let c = self.unicode_escape(at).unwrap_or_else(|kind| {
                    self.note(kind, at);
                    char::REPLACEMENT_CHARACTER
                });
                text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                return;
            }
            _ => {
                // What follows the backslash is read as it stands.
                self.note(OddityKind::BadEscape, at);
                self.pos = at + 1;
                b'\\'
            }
        };
        text.push(byte);
    }

    /// Reads the digits of `\uXXXX`, and a second escape where the first is half of a pair.
    fn unicode_escape(&mut self, at: usize) -> Result<char, OddityKind> {
        let Some(first) = self.hex(at + 2) else {
            return Err(OddityKind::BadEscape);
        };
        self.pos = at + 6;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        if first < 0xdc00
            && self.bytes[self.pos..].starts_with(b"\\u")
            && let Some(second @ 0xdc00..=0xdfff) = self.hex(self.pos + 2)
        {
            self.pos += 6;
            let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return char::from_u32(code).ok_or(OddityKind::LoneSurrogate);
        }
        Err(OddityKind::LoneSurrogate)
    }

    fn hex(&self, at: usize) -> Option<u32> {
        let mut number = 0;
        for byte in self.bytes.get(at..at + 4)? {
            number = number << 4 | char::from(*byte).to_digit(16)?;
        }
        Some(number)
    }
}

/// How many bytes stand before the next quotation mark, backslash or control character.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    // Eight at a time (Mycroft's test for a byte less than n, or equal to one, in a word); most texts are long.
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;
    let mut length = 0;
    for chunk in bytes.chunks_exact(8) {
        let word = chunk
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        if found & HIGHS != 0 {
            break;
        }
        length += 8;
    }
    let is_special = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    let rest = &bytes[length..];
    length + rest.iter().position(is_special).unwrap_or(rest.len())
}
