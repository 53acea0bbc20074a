//! Splitting text into words: for articles, for queries and for highlighting, always the same.
//!
//! [`tokenize`] walks a text once and hands out [`Token`]s in order:
//!
//! 1. A *cluster* is a run of letters and digits with single connectors inside it (`co-operate`, `U.S.`, `1,750`,
//!    `l'amour`, `node.js`). Numbers keep their point and lose their thousands commas, initials with points become one
//!    word (`us`), short endings after an apostrophe stay on (`don't`), and what is left is split.
//! 2. A split cluster is also given joined (`cooperate`), at the position of its first part.
//! 3. Scripts written without spaces give every character and every overlapping pair.
//!
//! A token carries the text lower-cased but not folded, because a stemmer wants its accents; [`fold`](crate::fold())
//! comes after.

use crate::fold::{is_apostrophe, is_dropped, is_word_char, narrow};

/// Longer words are cut: they are encoded data, and would only fill the dictionary.
const MAX_WORD_CHARS: usize = 64;
/// A longer chain of parts is split into several clusters, so that hostile text costs no more than prose.
const MAX_PARTS: usize = 16;
/// Chains of more parts (`state-of-the-art-but-not`) are not worth a joined word.
const MAX_JOINED_PARTS: usize = 3;

/// A word of 1 to 15 ASCII letters and digits in lower case, itself a number: eight bytes in each, zeros behind. Both are zero
/// for any other word.
pub(crate) type Short = [u64; 2];

/// The longest such word; the last byte is left free for whoever keeps them apart.
const MAX_SHORT: usize = 15;

/// What a token stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A word.
    Word,
    /// The parts of a cluster written as one, at the position of the first.
    Joined,
    /// One character of a script without spaces.
    Single,
    /// That character and the next one.
    Pair,
}

/// One unit of text that can be searched for.
pub(crate) struct Token<'a> {
    /// Lower-case, apostrophes as `'`, not folded.
    pub text: &'a str,
    /// The same as a number, where it is a plain and short word.
    #[cfg_attr(not(feature = "build"), expect(dead_code))]
    pub short: Short,
    pub kind: Kind,
    /// Counts words from 0; joined words and pairs share the position of their first part.
    pub position: u32,
    /// Tokens of one cluster or one run share this number; it grows.
    pub cluster: u32,
    /// Byte range in the text.
    pub start: usize,
    pub end: usize,
}

/// Calls `each` for every token of `text` and returns the number of positions.
pub(crate) fn tokenize(text: &str, each: &mut dyn FnMut(Token<'_>)) -> u32 {
    let mut walk = Walk {
        text,
        at: 0,
        position: 0,
        cluster: 0,
        parts: Vec::new(),
        word: String::new(),
        joined: String::new(),
    };
    while let Some(c) = walk.peek() {
        if walk.plain_word(each) {
            continue;
        }
        // What folds to nothing begins no word, not even an apostrophe that Unicode calls a letter (ʼ).
        if !is_word_char(c) || is_dropped(c) || is_apostrophe(c) {
            walk.at += c.len_utf8();
        } else if is_unspaced(c) {
            walk.run(each);
        } else {
            walk.cluster(each);
        }
    }
    walk.position
}

/// Scripts whose words are not divided by spaces, and Hangul, whose particles cling to the words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0EFF            // Thai, Lao
        | 0x1000..=0x109F          // Myanmar
        | 0x1780..=0x17D3          // Khmer
        | 0x3005..=0x3007 | 0x3041..=0x3096 | 0x3099..=0x309A | 0x309D..=0x30FA | 0x30FC..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x3FFFF)
        && c.is_alphanumeric()
        || matches!(u32::from(c), 0x0E31 | 0x0E34..=0x0E4E | 0x0EB1..=0x0ECE | 0x102B..=0x103E | 0x17B4..=0x17D3)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    Apostrophe,
    Hyphen,
    Dot,
    Comma,
}

/// One part of a cluster: its bytes, and what links it to the next.
struct Part {
    start: usize,
    end: usize,
    n_chars: u32,
    digits: bool,
    link: Link,
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    position: u32,
    cluster: u32,
    parts: Vec<Part>,
    word: String,
    joined: String,
}

impl Walk<'_> {
    fn peek(&self) -> Option<char> {
        char_at(self.text, self.at)
    }

    /// A word of ASCII letters and digits that nothing is linked to: most words, read byte by byte.
    fn plain_word(&mut self, each: &mut dyn FnMut(Token<'_>)) -> bool {
        let bytes = &self.text.as_bytes()[self.at..];
        let mut short: Short = [0; 2];
        let mut is_lower = true;
        let mut len = 0;
        while let Some(byte) = bytes.get(len).filter(|byte| byte.is_ascii_alphanumeric()) {
            is_lower &= !byte.is_ascii_uppercase();
            if len < MAX_SHORT {
                // The bit that makes a small letter of a capital is set in every digit.
                short[len / 8] |= u64::from(byte | 0x20) << (len % 8 * 8);
            }
            len += 1;
        }
        let plain = match bytes.get(len) {
            None => true,
            Some(b'\'' | b'-' | b'.' | b',') => bytes
                .get(len + 1)
                .is_none_or(|next| next.is_ascii() && !next.is_ascii_alphanumeric()),
            Some(b'+' | b'#') => len > 1,
            Some(next) => next.is_ascii(),
        };
        if len == 0 || len > MAX_WORD_CHARS || !plain {
            return false;
        }
        let start = self.at;
        self.at += len;
        let mut text = &self.text[start..self.at];
        if !is_lower {
            self.word.clear();
            self.word.push_str(text);
            self.word.make_ascii_lowercase();
            text = &self.word;
        }
        each(Token {
            text,
            short: if len > MAX_SHORT { [0; 2] } else { short },
            kind: Kind::Word,
            position: self.position,
            cluster: self.cluster,
            start,
            end: self.at,
        });
        self.position += 1;
        self.cluster += 1;
        true
    }

    /// A run of characters of a script without spaces: each one, and each overlapping pair.
    fn run(&mut self, each: &mut dyn FnMut(Token<'_>)) {
        let mut before: Option<(usize, char)> = None;
        while let Some(c) = self.peek() {
            if is_dropped(c) {
                self.at += c.len_utf8();
                continue;
            }
            if !is_unspaced(c) {
                break;
            }
            let start = self.at;
            self.at += c.len_utf8();
            if let Some((first_start, first)) = before {
                self.word.clear();
                self.word.extend([first, c]);
                each(self.token(Kind::Pair, self.position - 1, first_start, self.at));
            }
            self.word.clear();
            self.word.push(c);
            each(self.token(Kind::Single, self.position, start, self.at));
            before = Some((start, c));
            self.position += 1;
        }
        self.cluster += 1;
    }

    /// A cluster: reads its parts, merges what is one word, gives the words and the joined form.
    fn cluster(&mut self, each: &mut dyn FnMut(Token<'_>)) {
        self.read_parts();
        let initials = self.parts.len() > 1
            && self.parts.iter().enumerate().all(|(ix, part)| {
                let last = ix + 1 == self.parts.len();
                part.n_chars == 1 && !part.digits && (last || part.link == Link::Dot)
            });
        let first_position = self.position;
        self.joined.clear();
        let mut n_words = 0;
        let mut joinable = true;
        let mut ix = 0;
        while ix < self.parts.len() {
            let first = ix;
            self.word.clear();
            loop {
                let part = &self.parts[ix];
                push_lower(&self.text[part.start..part.end], &mut self.word);
                ix += 1;
                let Some(next) = self.parts.get(ix) else {
                    break;
                };
                match part.link {
                    Link::Dot if initials => {}
                    Link::Dot if part.digits && self.starts_with_digit(next) => self.word.push('.'),
                    Link::Comma if next.n_chars == 3 => {}
                    Link::Comma => self.word.push('.'),
                    Link::Apostrophe if self.clings(part, next) => self.word.push('\''),
                    _ => break,
                }
            }
            let (start, end) = (self.parts[first].start, self.parts[ix - 1].end);
            joinable &= self.parts[ix - 1].link != Link::Dot;
            self.joined.push_str(&self.word);
            truncate(&mut self.word);
            each(self.token(Kind::Word, self.position, start, end));
            self.position += 1;
            n_words += 1;
        }
        if joinable && (2..=MAX_JOINED_PARTS).contains(&n_words) {
            truncate(&mut self.joined);
            let (start, end) = (self.parts[0].start, self.parts[self.parts.len() - 1].end);
            std::mem::swap(&mut self.word, &mut self.joined);
            each(self.token(Kind::Joined, first_position, start, end));
        }
        self.cluster += 1;
    }

    fn read_parts(&mut self) {
        self.parts.clear();
        loop {
            let start = self.at;
            let mut n_chars = 0;
            let mut digits = true;
            while let Some(c) = self.peek() {
                if !is_word_char(c) || is_unspaced(c) {
                    break;
                }
                digits &= c.is_ascii_digit();
                n_chars += u32::from(!is_dropped(c));
                self.at += c.len_utf8();
            }
            // C++, C#: the signs are part of the name.
            if n_chars == 1 && !digits {
                let rest = &self.text.as_bytes()[self.at..];
                let signs = if rest.starts_with(b"++") {
                    2
                } else {
                    usize::from(rest.starts_with(b"#"))
                };
                let next = char_at(self.text, self.at + signs);
                if signs > 0 && !next.is_some_and(is_word_char) {
                    self.at += signs;
                }
            }
            let (link, len) = self.link(digits);
            self.parts.push(Part {
                start,
                end: self.at,
                n_chars,
                digits,
                link,
            });
            if link == Link::None || self.parts.len() == MAX_PARTS {
                break;
            }
            self.at += len;
        }
    }

    /// The connector at the current place, if letters or digits follow it, and its length.
    fn link(&self, digits: bool) -> (Link, usize) {
        let Some(c) = self.peek() else {
            return (Link::None, 0);
        };
        let len = c.len_utf8();
        let next = char_at(self.text, self.at + len);
        let begins_word = |next: &char| {
            is_word_char(*next)
                && !is_unspaced(*next)
                && !is_dropped(*next)
                && !is_apostrophe(*next)
        };
        let Some(next) = next.filter(begins_word) else {
            return (Link::None, 0);
        };
        let link = match c {
            _ if is_apostrophe(c) => Link::Apostrophe,
            '-' | '\u{2010}' | '\u{2011}' => Link::Hyphen,
            '.' => Link::Dot,
            ',' if digits && next.is_ascii_digit() => Link::Comma,
            _ => Link::None,
        };
        (link, len)
    }

    fn starts_with_digit(&self, part: &Part) -> bool {
        self.text
            .as_bytes()
            .get(part.start)
            .is_some_and(u8::is_ascii_digit)
    }

    /// Whether what follows an apostrophe is an ending (`don't`, `we'll`) rather than a word (`l'amour`, `dell'arte`).
    fn clings(&self, before: &Part, after: &Part) -> bool {
        let ending = || {
            matches!(
                self.text.get(after.start..after.end),
                Some("ll" | "re" | "ve")
            )
        };
        after.n_chars < 2 || (after.n_chars == 2 && (before.n_chars > 2 || ending()))
    }

    fn token(&self, kind: Kind, position: u32, start: usize, end: usize) -> Token<'_> {
        Token {
            text: &self.word,
            short: [0; 2],
            kind,
            position,
            cluster: self.cluster,
            start,
            end,
        }
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        Some(char::from(byte))
    } else {
        text.get(at..)?.chars().next()
    }
}

fn push_lower(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !is_dropped(c)
            || !matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x2060 | 0xFEFF)
        {
            out.extend(narrow(c).to_lowercase());
        }
    }
}

fn truncate(word: &mut String) {
    if word.len() > MAX_WORD_CHARS
        && let Some((cut, _)) = word.char_indices().nth(MAX_WORD_CHARS)
    {
        word.truncate(cut);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with their positions; joined ones and pairs marked.
    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut found = Vec::new();
        tokenize(text, &mut |token| {
            assert!(text.get(token.start..token.end).is_some());
            let mark = match token.kind {
                Kind::Word | Kind::Single => "",
                Kind::Joined => "+",
                Kind::Pair => "&",
            };
            found.push(format!("{mark}{}@{}", token.text, token.position));
        });
        assert_eq!(found.join(" "), expect, "{text:?}");
    }

    #[test]
    fn words_and_clusters() {
        check("", "");
        check("  — … !", "");
        check("The quick (brown) fox.", "the@0 quick@1 brown@2 fox@3");
        check("co-operate now", "co@0 operate@1 +cooperate@0 now@2");
        check("state-of-the-art", "state@0 of@1 the@2 art@3");
        check("don’t we'll company's", "don't@0 we'll@1 company's@2");
        check(
            "l'amour O'Neill dell'arte",
            "l@0 amour@1 +lamour@0 o@2 neill@3 +oneill@2 dell@4 arte@5 +dellarte@4",
        );
        check("the 'quoted' dogs' end", "the@0 quoted@1 dogs@2 end@3");
        check("U.S. and U.K.-based", "us@0 and@1 uk@2 based@3");
        check("node.js example.org.", "node@0 js@1 example@2 org@3");
        check("C++ and C# or a+b", "c++@0 and@1 c#@2 or@3 a@4 b@5");
        check("so\u{AD}ft a\u{301}b", "soft@0 a\u{301}b@1");
        check("ʼ ʼokina a-ʼ ʼʼ", "okina@0 a@1");
    }

    #[test]
    fn numbers() {
        check("$7.5 1,750 3,5 1.750,25", "7.5@0 1750@1 3.5@2 1.750.25@3");
        check(
            "5.93 mln, 1987-02-26",
            "5.93@0 mln@1 1987@2 02@3 26@4 +19870226@2",
        );
        check("F-16s 2.0m", "f@0 16s@1 +f16s@0 2.0m@2");
        check("1,750,000 1,2,3", "1750000@0 1.2.3@1");
    }

    #[test]
    fn scripts_without_spaces() {
        check("日本語", "日@0 &日本@0 本@1 &本語@1 語@2");
        check("AI時代 ok", "ai@0 時@1 &時代@1 代@2 ok@3");
        check("ไทย", "ไ@0 &ไท@0 ท@1 &ทย@1 ย@2");
        check("한국 사람", "한@0 &한국@0 국@1 사@2 &사람@2 람@3");
        check("東京。大阪", "東@0 &東京@0 京@1 大@2 &大阪@2 阪@3");
    }

    #[test]
    fn hostile_text_stays_bounded() {
        let mut longest = 0;
        tokenize(&"a.".repeat(10_000), &mut |token| {
            longest = longest.max(token.text.len())
        });
        assert!(longest <= MAX_PARTS);
        tokenize(&"ab".repeat(10_000), &mut |token| {
            longest = longest.max(token.text.len())
        });
        assert_eq!(longest, MAX_WORD_CHARS);
    }
}
