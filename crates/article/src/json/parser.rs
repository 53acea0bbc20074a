//! The reader of values: [`Parser`], recursive, with a cap on depth.

use super::scan::value_end;
use super::{DEPTH_MAX, Member, Spanned, Value};
use crate::letters::hash;

/// Reads one value after another from a place in a file.
pub(crate) struct Parser<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) pos: usize,
    pub(super) oddities: Vec<Oddity>,
    pub(super) error: Option<SyntaxError>,
}

/// Something that is wrong, doubtful, or lost, while the reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Oddity {
    pub(crate) kind: OddityKind,
    /// The byte it is about.
    pub(crate) at: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OddityKind {
    /// `\ud800` without its other half.
    LoneSurrogate,
    /// `\x` and the like.
    BadEscape,
    /// A line break or another control character inside a text, not escaped.
    RawControl,
    /// Bytes that are no UTF-8.
    InvalidUtf8,
    /// The name stands twice in its object.
    DuplicateName,
    /// A whole number beyond 2^53, which other programs will round.
    BigNumber,
    /// Deeper than [`DEPTH_MAX`].
    TooDeep,
    /// A comma before the closing bracket.
    TrailingComma,
    /// No comma between two members or two elements.
    MissingComma,
}

/// Where the reading had to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) at: usize,
    pub(crate) expected: &'static str,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(bytes: &'a [u8], pos: usize) -> Parser<'a> {
        Parser {
            bytes,
            pos,
            oddities: Vec::new(),
            error: None,
        }
    }

    /// Where it stands.
    pub(crate) fn pos(&self) -> usize {
        self.pos
    }

    /// What it read over.
    pub(crate) fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    /// Why it stopped, if it did.
    pub(crate) fn error(&self) -> Option<SyntaxError> {
        self.error
    }

    /// Reads a value and the white space before it. After a syntax error it is the part that could be read, or `None`.
    pub(crate) fn value(&mut self) -> Option<Spanned> {
        self.value_at(0)
    }

    /// The next byte that is no white space; stays before it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.pos) {
            self.pos += 1;
        }
        self.bytes.get(self.pos).copied()
    }

    /// Steps over the byte that was peeked at.
    pub(crate) fn bump(&mut self) {
        self.pos = (self.pos + 1).min(self.bytes.len());
    }

    /// Reads `"name" :`, and gives the name and where it began.
    pub(crate) fn name(&mut self) -> Option<(String, u32)> {
        let start = self.pos;
        if self.peek() != Some(b'"') {
            return self.fail("a field name in quotation marks");
        }
        let name = self.string();
        if self.error.is_some() {
            return None;
        }
        if self.peek() != Some(b':') {
            return self.fail("a colon after the field name");
        }
        self.pos += 1;
        Some((name, start as u32))
    }

    pub(crate) fn note(&mut self, kind: OddityKind, at: usize) {
        self.oddities.push(Oddity {
            kind,
            at: at as u32,
        });
    }

    /// Stops here.
    pub(crate) fn stop(&mut self, expected: &'static str) {
        self.error.get_or_insert(SyntaxError {
            at: self.pos,
            expected,
        });
    }

    pub(super) fn fail<T>(&mut self, expected: &'static str) -> Option<T> {
        self.stop(expected);
        None
    }

    fn value_at(&mut self, depth: u32) -> Option<Spanned> {
        let first = self.peek();
        let start = self.pos;
        let value = match first {
            Some(b'{' | b'[') if depth >= DEPTH_MAX => {
                self.note(OddityKind::TooDeep, start);
                match value_end(self.bytes, start) {
                    Some(end) => self.pos = end,
                    None => return self.fail("brackets that are closed again"),
                }
                Value::Null
            }
            Some(b'{') => Value::Object(self.members(depth)),
            Some(b'[') => Value::List(self.elements(depth)),
            Some(b'"') => Value::Text(self.string()),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return self.fail("a value"),
        };
        Some(Spanned {
            value,
            start: start as u32,
            end: self.pos as u32,
        })
    }

    fn members(&mut self, depth: u32) -> Vec<Member> {
        self.pos += 1;
        let mut members: Vec<Member> = Vec::new();
        while self.goes_on(b'}', members.is_empty()) {
            let Some((name, name_start)) = self.name() else {
                break;
            };
            let Some(value) = self.value_at(depth + 1) else {
                break;
            };
            members.push(Member {
                name,
                name_start,
                value,
            });
        }
        self.note_duplicates(&members);
        members
    }

    fn elements(&mut self, depth: u32) -> Vec<Spanned> {
        self.pos += 1;
        let mut elements = Vec::new();
        while self.goes_on(b']', elements.is_empty()) {
            let Some(value) = self.value_at(depth + 1) else {
                break;
            };
            elements.push(value);
        }
        elements
    }

    /// Reads what stands between the parts of an object or a list, and its end; true if another part follows.
    fn goes_on(&mut self, close: u8, is_first: bool) -> bool {
        if self.error.is_some() {
            return false;
        }
        match self.peek() {
            Some(byte) if byte == close => {
                self.pos += 1;
                false
            }
            Some(b',') if !is_first => {
                let comma = self.pos;
                self.pos += 1;
                if self.peek() == Some(close) {
                    self.note(OddityKind::TrailingComma, comma);
                    self.pos += 1;
                    return false;
                }
                true
            }
            Some(_) if is_first => true,
            Some(b'"') => {
                self.note(OddityKind::MissingComma, self.pos);
                true
            }
            Some(b'{' | b'[') if close == b']' => {
                self.note(OddityKind::MissingComma, self.pos);
                true
            }
            _ => {
                self.stop(if close == b'}' {
                    "a comma or the closing `}`"
                } else {
                    "a comma or the closing `]`"
                });
                false
            }
        }
    }

    /// Notes names that stand twice.
    pub(crate) fn note_duplicates(&mut self, members: &[Member]) {
        // Objects are small as a rule; a large one is ordered first, so that no input costs the square of its size.
        if members.len() <= 32 {
            for (ix, member) in members.iter().enumerate() {
                if members[..ix]
                    .iter()
                    .any(|earlier| earlier.name == member.name)
                {
                    self.note(OddityKind::DuplicateName, member.name_start as usize);
                }
            }
        } else {
            let packed = members.iter().enumerate();
            let packed = packed.map(|(ix, member)| u64::from(hash(&member.name)) << 32 | ix as u64);
            let mut order: Vec<u64> = packed.collect();
            order.sort_unstable();
            for pair in order.windows(2) {
                let [first, second] =
                    [pair[0], pair[1]].map(|packed| &members[(packed & 0xffff_ffff) as usize]);
                if pair[0] >> 32 == pair[1] >> 32 && first.name == second.name {
                    self.note(OddityKind::DuplicateName, second.name_start as usize);
                }
            }
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        if self.bytes[self.pos..].starts_with(word.as_bytes()) {
            self.pos += word.len();
            Some(value)
        } else {
            self.fail("a value")
        }
    }

    fn number(&mut self) -> Option<String> {
        let start = self.pos;
        self.skip_if(b"-");
        let n_whole = match self.bytes.get(self.pos) {
            Some(b'0') => {
                self.pos += 1;
                1
            }
            _ => self.skip_digits(),
        };
        let mut complete = n_whole > 0;
        let mut is_whole = true;
        if self.skip_if(b".") {
            is_whole = false;
            complete &= self.skip_digits() > 0;
        }
        if self.skip_if(b"eE") {
            is_whole = false;
            self.skip_if(b"+-");
            complete &= self.skip_digits() > 0;
        }
        let text = String::from_utf8_lossy(&self.bytes[start..self.pos]).into_owned();
        if !complete || matches!(self.bytes.get(self.pos), Some(b'0'..=b'9')) {
            return self.fail("a number such as 12 or 0.5");
        }
        const SAFE_MAX: &str = "9007199254740992";
        let digits = text.trim_start_matches('-');
        if is_whole
            && (digits.len() > SAFE_MAX.len()
                || digits.len() == SAFE_MAX.len() && digits > SAFE_MAX)
        {
            self.note(OddityKind::BigNumber, start);
        }
        Some(text)
    }

    fn skip_digits(&mut self) -> usize {
        let start = self.pos;
        while let Some(b'0'..=b'9') = self.bytes.get(self.pos) {
            self.pos += 1;
        }
        self.pos - start
    }

    fn skip_if(&mut self, bytes: &[u8]) -> bool {
        let found = self
            .bytes
            .get(self.pos)
            .is_some_and(|byte| bytes.contains(byte));
        self.pos += usize::from(found);
        found
    }
}
