//! JSON, read strictly and without building anything: [`Json`]. Each step gives nothing where the bytes are not what was asked
//! for, and then the whole article is read elsewhere.

/// Values may stand this deep in one another.
const DEPTH_MAX: u32 = 16;

/// Bytes, and how far they are read.
pub struct Json<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Json<'a> {
    pub fn new(bytes: &'a [u8]) -> Json<'a> {
        Json { bytes, at: 0 }
    }

    /// Reads an object: `member` is called with each name, and reads its value. `name` is a buffer.
    pub fn object(
        &mut self,
        name: &mut String,
        member: &mut dyn FnMut(&mut Json<'a>, &str) -> Option<()>,
    ) -> Option<()> {
        self.parts(b'{', b'}', &mut |json| {
            json.string(name)?;
            json.take(b':')?;
            member(json, name)
        })
    }

    /// Reads a list: `element` is called for each element, and reads it.
    pub fn list(&mut self, element: &mut dyn FnMut(&mut Json<'a>) -> Option<()>) -> Option<()> {
        self.parts(b'[', b']', element)
    }

    /// Reads a text that holds something, in the place of `out`; what stands around it is taken off.
    pub fn trimmed(&mut self, out: &mut String) -> Option<()> {
        self.string(out)?;
        let n_end = out.trim_end().len();
        out.truncate(n_end);
        let n_start = out.len() - out.trim_start().len();
        if n_start > 0 {
            out.drain(..n_start);
        }
        (!out.is_empty() && !out.contains('\0')).then_some(())
    }

    /// Reads a text in the place of `out`.
    pub fn text(&mut self, out: &mut String) -> Option<()> {
        self.string(out)
    }

    /// Steps over a value.
    pub fn skip(&mut self) -> Option<()> {
        self.skip_at(0)
    }

    fn skip_at(&mut self, depth: u32) -> Option<()> {
        if depth == DEPTH_MAX {
            return None;
        }
        match self.peek()? {
            b'"' => self.skip_string(),
            b'{' => self.object(&mut String::new(), &mut |json, _| json.skip_at(depth + 1)),
            b'[' => self.list(&mut |json| json.skip_at(depth + 1)),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.whole_number(),
        }
    }

    /// Reads what stands between two brackets, with commas.
    fn parts(
        &mut self,
        open: u8,
        close: u8,
        part: &mut dyn FnMut(&mut Json<'a>) -> Option<()>,
    ) -> Option<()> {
        self.take(open)?;
        if self.peek()? == close {
            return self.take(close);
        }
        loop {
            part(self)?;
            if self.peek()? == close {
                return self.take(close);
            }
            self.take(b',')?;
        }
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        let is_next = self.peek()? == byte;
        self.at += 1;
        is_next.then_some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let is_next = self.bytes.get(self.at..)?.starts_with(word);
        self.at += word.len();
        is_next.then_some(())
    }

    /// Numbers with a fraction or an exponent are rare where a text could be.
    fn whole_number(&mut self) -> Option<()> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let digits = &self.bytes[start..self.at];
        let is_number = !digits.is_empty() && (digits.len() == 1 || digits[0] != b'0');
        let is_end = matches!(self.peek()?, b',' | b'}' | b']');
        (is_number && is_end).then_some(())
    }

    fn string(&mut self, out: &mut String) -> Option<()> {
        self.take(b'"')?;
        // The buffer goes round as bytes, and is made sure of at the end.
        let mut text = std::mem::take(out).into_bytes();
        text.clear();
        loop {
            let rest = self.bytes.get(self.at..)?;
            let n_plain = plain_length(rest);
            text.extend_from_slice(&rest[..n_plain]);
            self.at += n_plain + 1;
            match rest.get(n_plain)? {
                b'"' => break,
                b'\\' => self.escape(&mut text)?,
                // A control character.
                _ => return None,
            }
        }
        *out = String::from_utf8(text).ok()?;
        Some(())
    }

    /// What is wrong within it is no matter, as long as its end is certain.
    fn skip_string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let n_plain = plain_length(rest);
            self.at += n_plain + 1;
            match rest.get(n_plain)? {
                b'"' => return Some(()),
                b'\\' => self.at += 1,
                _ => return None,
            }
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        text.push(match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                let code = digits.iter().try_fold(0, |code, digit| {
                    Some(code << 4 | char::from(*digit).to_digit(16)?)
                })?;
                // Half of a pair is none.
                let c = char::from_u32(code)?;
                text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                return Some(());
            }
            _ => return None,
        });
        Some(())
    }
}

/// How many bytes stand before the next quotation mark, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    // Eight at a time, by Mycroft's test for a zero byte: it may see one too many behind the first, never one too few.
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let (words, _) = bytes.as_chunks();
    for (ix, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quote = zero(word ^ (ONES * u64::from(b'"')));
        let backslash = zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let found = (quote | backslash | control) & HIGHS;
        if found != 0 {
            return ix * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let done = words.len() * 8;
    let rest = &bytes[done..];
    let is_plain = |byte: &u8| *byte >= 0x20 && !matches!(byte, b'"' | b'\\');
    done + rest
        .iter()
        .position(|byte| !is_plain(byte))
        .unwrap_or(rest.len())
}
