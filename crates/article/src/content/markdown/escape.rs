//! Backslashes where Markdown would read more than a text says: [`push_escaped`].
//!
//! CommonMark 0.31 §2.4: a backslash before a sign of ASCII makes it a letter like any other.

use super::inlines::Place;

/// What stands around a text: `None` is the beginning or end of the line, or white space.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    /// The first character of what follows in the same line.
    pub(super) after: Option<char>,
    /// Whether it stands in the text of a link or an image.
    pub(super) in_link: bool,
}

/// Writes a text behind `out` so that it is read as it is.
pub(super) fn push_escaped(text: &str, place: Place, around: Around, out: &mut String) {
    let mut rest = text.chars().peekable();
    let mut line = LineStart::of(out, text);
    let mut offset = 0;
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let before = out.chars().next_back();
        let after = next.or(around.after);
        offset += c.len_utf8();
        if c == '\n' && place == Place::Paragraph {
            end_line(out);
            out.push('\n');
            while matches!(rest.peek(), Some(' ' | '\t' | '\n')) {
                offset += 1;
                rest.next();
            }
            line = LineStart::of(out, &text[offset..]);
            continue;
        }
        if c == '\n' {
            out.push(' ');
            continue;
        }
        let is_line_start = out.is_empty() || out.ends_with('\n');
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let needs = line.needs(c)
            || match c {
                '\\' => after.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
                '`' | '[' => true,
                ']' => around.in_link,
                '*' | '~' => !(is_space(before) && is_space(after)) || is_line_start,
                '_' => {
                    !(is_space(before) && is_space(after) || is_word(before) && is_word(after))
                        || is_line_start
                }
                '<' => {
                    after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
                }
                '&' => is_entity(&text[offset..]),
                '!' => next.is_none() && around.after == Some('['),
                '|' => place == Place::Cell,
                // Behind a space at the end of a heading it would be left out.
                '#' => place == Place::Line && next.is_none_or(|c| c == '#' || c == ' '),
                _ => false,
            };
        if needs {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Two spaces at the end of a line would be a break.
pub(super) fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\t']).len());
}

/// Whether a text goes on like a reference to a character: `amp;`, `#38;`.
fn is_entity(rest: &str) -> bool {
    let end = rest
        .bytes()
        .take(34)
        .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'));
    end.is_some_and(|end| end > 0 && rest.as_bytes()[end] == b';')
}

/// Where the line that is being written would begin a block of its own.
struct LineStart {
    /// How many characters come before the one that needs the backslash.
    n_before: Option<usize>,
}

impl LineStart {
    /// Looks at the line of `text`, if `out` stands at the beginning of a line.
    fn of(out: &str, text: &str) -> LineStart {
        let none = LineStart { n_before: None };
        if !(out.is_empty() || out.ends_with('\n')) {
            return none;
        }
        let line = text.split('\n').next().unwrap_or_default();
        let is_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
        let first = line.chars().next().unwrap_or(' ');
        let n_digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let n_hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let n_before = match first {
            '>' => Some(0),
            '-' | '+' if is_end(&line[1..]) => Some(0),
            '#' if n_hashes <= 6 && is_end(&line[n_hashes..]) => Some(0),
            // The line under a heading, a rule, or the second line of a table.
            '-' | '=' | ':' | '|'
                if line
                    .bytes()
                    .all(|byte| matches!(byte, b'-' | b'=' | b':' | b'|' | b' ' | b'\t')) =>
            {
                Some(0)
            }
            '0'..='9' if n_digits <= 9 => {
                let rest = &line[n_digits..];
                (rest.starts_with(['.', ')']) && is_end(&rest[1..])).then_some(n_digits)
            }
            _ => None,
        };
        LineStart { n_before }
    }

    /// Whether the next character is the one.
    fn needs(&mut self, c: char) -> bool {
        match self.n_before {
            Some(0) => {
                self.n_before = None;
                c.is_ascii_punctuation()
            }
            Some(n) => {
                self.n_before = Some(n - 1);
                false
            }
            None => false,
        }
    }
}
