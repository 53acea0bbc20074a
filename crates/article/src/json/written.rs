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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where each of the characters that a text says is written, counted from its quotation mark.
    #[track_caller]
    fn check(text: &[u8], expect: &[(char, usize)]) {
        let mut parser = Parser::new(text, 0);
        let said = parser.string().replace('\0', "\u{fffd}");
        let mut written = Written::new(text, 0);
        let found: Vec<(char, usize)> = said
            .char_indices()
            .map(|(at, c)| (c, written.place(at)))
            .collect();
        assert_eq!(found, expect);
        assert_eq!(written.place(said.len()), text.len() - 1);
        assert_eq!(written.place(said.len() + 9), text.len() - 1);
    }

    #[test]
    fn escapes_and_what_is_replaced() {
        check(b"\"ab\"", &[('a', 1), ('b', 2)]);
        check(br#""""#, &[]);
        check(
            br#""a\u00e9\nb\"""#,
            &[('a', 1), ('é', 2), ('\n', 8), ('b', 10), ('"', 11)],
        );
        check(
            r#""é\ud83d\ude00x""#.as_bytes(),
            &[('é', 1), ('😀', 3), ('x', 15)],
        );
        check(
            br#""\ud83dx\q\u12""#,
            &[
                ('\u{fffd}', 1),
                ('x', 7),
                ('\\', 8),
                ('q', 9),
                ('\u{fffd}', 10),
                ('1', 12),
                ('2', 13),
            ],
        );
        check(
            b"\"a\xff\xe6\x97b\"",
            &[('a', 1), ('\u{fffd}', 2), ('\u{fffd}', 3), ('b', 5)],
        );
        check(
            b"\"a\nb\0c\\u0000d\"",
            &[
                ('a', 1),
                ('\n', 2),
                ('b', 3),
                ('\u{fffd}', 4),
                ('c', 5),
                ('\u{fffd}', 6),
                ('d', 12),
            ],
        );
    }

    proptest! {
        #[test]
        fn any_text_is_found_again(text in any::<String>(), escaped in any::<u64>()) {
            let mut json = String::from("\"");
            let mut expect = Vec::new();
            for (ix, c) in text.chars().enumerate() {
                expect.push(json.len());
                if c < ' ' || matches!(c, '"' | '\\') || escaped >> (ix % 64) & 1 == 1 {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        json.push_str(&format!("\\u{unit:04x}"));
                    }
                } else {
                    json.push(c);
                }
            }
            expect.push(json.len());
            json.push('"');
            let said = text.replace('\0', "\u{fffd}");
            let mut written = Written::new(json.as_bytes(), 0);
            let starts = said.char_indices().map(|(at, _)| at).chain([said.len()]);
            let found: Vec<usize> = starts.map(|at| written.place(at)).collect();
            prop_assert_eq!(found, expect);
        }
    }
}
