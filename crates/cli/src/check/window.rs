//! Cutting the line with a finding out of its file: [`Window`]. However long the line, only what is shown is looked at.

use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// So many columns of a line are shown: fewer than the renderer would cut itself.
const WIDTH: usize = 110;

/// So many of them before the place, where the line is cut there.
const BEFORE: usize = 40;

/// Messages underline no more than this; names and values that are longer are cut.
const TOKEN_MAX: usize = 4 * WIDTH;

/// Part of a line, fit for a terminal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// In one line.
    pub(super) text: String,
    /// The bytes of `text` that the finding is about.
    pub(super) marked: Range<usize>,
}

impl Window {
    /// The surroundings of a range of a file, cut to its first line.
    pub(super) fn of(bytes: &[u8], range: Range<usize>) -> Window {
        // A character has up to four bytes. One more is needed to know that the line goes on.
        const REACH: usize = 4 * (WIDTH + 1);
        let start = range.start.min(bytes.len());
        let front = &bytes[start.saturating_sub(REACH)..start];
        let n_front = front
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count();
        let front = tame_bytes(boundary(&front[front.len() - n_front..]));
        let rest = &bytes[start..bytes.len().min(start.saturating_add(REACH))];
        let n_rest = rest.iter().take_while(|byte| **byte != b'\n').count();
        let n_marked = range.end.saturating_sub(start).min(n_rest);
        let marked = tame_bytes(&rest[..n_marked]);
        let behind = &rest[n_marked..n_rest];
        let behind = tame_bytes(behind.strip_suffix(b"\r").unwrap_or(behind));

        let (mut text, n_before) = match columns(&front) {
            n if n > WIDTH - BEFORE => {
                let mut n_cut = 0;
                let mut kept = front.char_indices().rev().take_while(|(_, c)| {
                    n_cut += columns_of(*c);
                    n_cut <= BEFORE
                });
                let cut = kept.by_ref().last().map_or(front.len(), |(at, _)| at);
                (["…", &front[cut..]].concat(), BEFORE)
            }
            // The byte order mark is no character of the first line.
            n => (front.trim_start_matches('\u{feff}').to_string(), n),
        };
        let start = text.len();
        let mut end = start;
        let mut room = WIDTH - n_before;
        for (part, is_marked) in [(&marked, true), (&behind, false)] {
            let too_much = part.char_indices().find(|(_, c)| {
                let n = columns_of(*c);
                let is_too_much = n > room;
                room -= n.min(room);
                is_too_much
            });
            let (fits, rest) = part.split_at(too_much.map_or(part.len(), |(at, _)| at));
            text.push_str(fits);
            if is_marked {
                end = text.len();
            }
            if !rest.is_empty() {
                text.push('…');
                break;
            }
        }
        Window {
            marked: start..end,
            text,
        }
    }
}

/// Without the tail of a character at the front.
fn boundary(bytes: &[u8]) -> &[u8] {
    let n_tail = bytes
        .iter()
        .take(3)
        .take_while(|byte| *byte & 0xc0 == 0x80)
        .count();
    &bytes[n_tail..]
}

/// How many columns a text takes on a terminal.
fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

fn columns_of(c: char) -> usize {
    // As the renderer draws it.
    if c == '\t' { 4 } else { c.width().unwrap_or(1) }
}

fn tame_bytes(bytes: &[u8]) -> String {
    tame(&String::from_utf8_lossy(bytes))
}

/// Without characters that a terminal would obey. What the renderer replaces itself (ASCII's and bidirectional
/// controls) is replaced here as well, for texts that do not pass through it; tabs stay.
pub(super) fn tame(text: &str) -> String {
    let tame = |c: char| match c {
        '\t' => '\t',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('�'),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{2028}'
        | '\u{2029}' => '�',
        c => c,
    };
    text.chars().map(tame).collect()
}

/// The name or value that begins at a byte, of at most `max` characters: a text with its quotation marks, a number or
/// word, else a single character; nothing at the end of the file or line.
pub(super) fn token(bytes: &[u8], at: usize, max: usize) -> Range<usize> {
    let at = at.min(bytes.len());
    let rest = &bytes[at..bytes.len().min(at + TOKEN_MAX)];
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    let length = match rest.first() {
        None | Some(b'\n' | b'\r') => 0,
        Some(b'"') if max > 1 => {
            let mut is_escaped = false;
            let end = rest.iter().skip(1).position(|byte| {
                let is_end = !is_escaped && *byte == b'"' || *byte == b'\n';
                is_escaped = !is_escaped && *byte == b'\\';
                is_end
            });
            end.map_or(rest.len(), |end| end + 2)
        }
        Some(byte) if max > 1 && is_word(byte) => {
            rest.iter().take_while(|byte| is_word(byte)).count()
        }
        Some(_) => {
            1 + rest[1..]
                .iter()
                .take(3)
                .take_while(|byte| *byte & 0xc0 == 0x80)
                .count()
        }
    };
    at..at + length
}

/// The byte at a one-based line and column.
pub(super) fn byte_at(bytes: &[u8], line: u32, column: u32) -> usize {
    let mut line_start = 0;
    for _ in 1..line {
        let Some(n_line) = bytes[line_start..].iter().position(|byte| *byte == b'\n') else {
            return bytes.len();
        };
        line_start += n_line + 1;
    }
    if line == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
        line_start = 3;
    }
    let starts = bytes[line_start..]
        .iter()
        .enumerate()
        .filter(|(_, byte)| *byte & 0xc0 != 0x80);
    let mut starts = starts.map(|(at, _)| line_start + at);
    starts
        .nth(column.max(1) as usize - 1)
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &[u8], range: Range<usize>, text: &str, marked: &str) {
        let window = Window::of(file, range);
        assert_eq!(window.text, text);
        assert_eq!(&window.text[window.marked.clone()], marked);
    }

    #[test]
    fn lines() {
        check(b"ab\ncd ef\r\ngh", 6..8, "cd ef", "ef");
        check(b"ab\ncd ef\r\ngh", 6..12, "cd ef␍", "ef␍");
        check(b"ab", 2..2, "ab", "");
        check(b"", 0..0, "", "");
        check(b"ab\n", 9..12, "", "");
        check("\u{feff}{}".as_bytes(), 3..4, "{}", "{");
        check(
            "日本\t\u{1b}[31mé\u{9b}x".as_bytes(),
            12..14,
            "日本\t␛[31mé�x",
            "é",
        );
        check(b"a\xffb\xe6\x97", 2..3, "a\u{fffd}b\u{fffd}", "b");
    }

    #[test]
    fn long_lines_are_cut() {
        let line = "é".repeat(10_000) + "X" + &"日".repeat(10_000);
        let expect = format!("…{}X{}…", "é".repeat(40), "日".repeat(34));
        check(line.as_bytes(), 20_000..20_001, &expect, "X");
        let expect = format!("{}…", "é".repeat(110));
        let window = Window::of(line.as_bytes(), 0..20_000);
        assert_eq!((window.text, window.marked), (expect, 0..220));
    }

    #[test]
    fn tokens() {
        #[track_caller]
        fn check(file: &str, at: usize, max: usize, expect: &str) {
            assert_eq!(&file[token(file.as_bytes(), at, max)], expect);
        }
        check(r#"{"a\"b\\": -1.5e3}"#, 1, 99, r#""a\"b\\""#);
        check(r#"{"a\"b\\": -1.5e3}"#, 11, 99, "-1.5e3");
        check(r#"{"a": 1}"#, 1, 1, "\"");
        check(r#"{"a": {}}"#, 6, 99, "{");
        check("{\"a\nb", 1, 99, "\"a\n");
        check("日本", 0, 99, "日");
        check("a", 1, 99, "");
        check("a\n", 1, 99, "");
    }

    #[test]
    fn bytes_of_places() {
        #[track_caller]
        fn check(file: &str, line: u32, column: u32, expect: usize) {
            assert_eq!(byte_at(file.as_bytes(), line, column), expect);
        }
        check("ab\ncd", 2, 2, 4);
        check("éa", 1, 2, 2);
        check("\u{feff}ab", 1, 1, 3);
        check("ab", 7, 1, 2);
        check("ab", 1, 9, 2);
        check("", 1, 1, 0);
    }
}
