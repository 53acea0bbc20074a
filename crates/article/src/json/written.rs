//! From what a text says back to how it was written: [`Written`], for messages that point into a text.
//!
//! `"a\u00e9b"` says `aéb`: its fourth byte, `b`, stands eight bytes behind the quotation mark.

use super::parser::Parser;
use super::string::plain_length;

/// A text in the file, gone through once from its beginning to its end.
pub(crate) struct Written<'a> {
    parser: Parser<'a>,
    /// The piece it stands at: where it begins in the file, and how long it is there.
    raw: usize,
    n_raw: usize,
    /// Where the piece begins in what the text says, and how long it is there.
    said: usize,
    n_said: usize,
    /// Up to here there is neither escape nor control character.
    plain_end: usize,
}

impl<'a> Written<'a> {
    /// The text whose opening quotation mark stands at a byte.
    pub(crate) fn new(bytes: &'a [u8], quote: usize) -> Written<'a> {
        let first = (quote + 1).min(bytes.len());
        Written {
            parser: Parser::new(bytes, first),
            raw: first,
            n_raw: 0,
            said: 0,
            n_said: 0,
            plain_end: first,
        }
    }

    /// Where in the file a byte of what the text says is written. Bytes are asked for in ascending order. Beyond the end
    /// it is the closing quotation mark.
    pub(crate) fn place(&mut self, offset: usize) -> usize {
        while offset >= self.said + self.n_said {
            if !self.advance() {
                return self.raw;
            }
        }
        // Only pieces that say themselves are longer than a character.
        let inside = if self.n_raw == self.n_said {
            offset.saturating_sub(self.said)
        } else {
            0
        };
        self.raw + inside
    }

    /// Goes to the next piece; false at the end.
    fn advance(&mut self) -> bool {
        self.raw += self.n_raw;
        self.said += self.n_said;
        (self.n_raw, self.n_said) = (0, 0);
        let bytes = self.parser.bytes;
        if self.raw >= self.plain_end {
            self.plain_end = self.raw + plain_length(&bytes[self.raw..]);
        }
        // The reader puts this in place of what has no meaning, and of NUL.
        const REPLACED: usize = char::REPLACEMENT_CHARACTER.len_utf8();
        (self.n_raw, self.n_said) = match bytes.get(self.raw) {
            Some(_) if self.raw < self.plain_end => {
                let plain = &bytes[self.raw..self.plain_end];
                match std::str::from_utf8(plain) {
                    Ok(_) => (plain.len(), plain.len()),
                    Err(error) if error.valid_up_to() > 0 => {
                        (error.valid_up_to(), error.valid_up_to())
                    }
                    Err(error) => (error.error_len().unwrap_or(plain.len()), REPLACED),
                }
            }
            None | Some(b'"') => return false,
            Some(b'\\') => {
                let mut said = Vec::new();
                self.parser.pos = self.raw;
                self.parser.escape(&mut said);
                let n_said = if said == [0] { REPLACED } else { said.len() };
                (self.parser.pos - self.raw, n_said)
            }
            Some(0) => (1, REPLACED),
            Some(_) => (1, 1),
        };
        true
    }
}
