//! Markdown without marks: [`paragraphs`].
//!
//! A line is plain if it begins as a sentence does and holds nothing that could be a mark, an entity or HTML. A backslash before
//! punctuation is the plainest way to write that, and is no mark.

/// A longer text could meet the cap on nodes.
const LENGTH_MAX: usize = 1 << 17;

/// What a byte is within a line.
#[derive(Clone, Copy, PartialEq)]
enum Byte {
    Plain,
    Backslash,
    /// What may be a mark.
    Mark,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Plain; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] = match byte as u8 {
            // Bytes of which text after them makes more than a character, and control characters.
            b'*' | b'_' | b'`' | b'<' | b'[' | b'|' | b'~' | b'&' | 0..=0x1F | 0x7F => Byte::Mark,
            b'\\' => Byte::Backslash,
            _ => Byte::Plain,
        };
        byte += 1;
    }
    bytes
};

/// Appends the text of a field, a line for each paragraph; nothing where it is not plain.
pub fn paragraphs(text: &str, out: &mut String) -> Option<()> {
    if text.len() > LENGTH_MAX {
        return None;
    }
    let mut is_open = false;
    for line in text.trim_end().split('\n') {
        let begun = line.trim_start_matches(' ');
        if begun.is_empty() {
            is_open = false;
            continue;
        }
        if begun.ends_with(' ') || !begins_plainly(begun, line.len() - begun.len(), is_open) {
            return None;
        }
        if is_open {
            out.push(' ');
        } else {
            new_line(out);
            is_open = true;
        }
        push_line(begun, out)?;
    }
    Some(())
}

/// Begins a new line, if anything stands before it.
pub fn new_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Whether a line can be nothing but part of a paragraph.
fn begins_plainly(line: &str, n_spaces: usize, is_open: bool) -> bool {
    if n_spaces > 3 && !is_open {
        // Code.
        return false;
    }
    match line.chars().next() {
        Some('0'..='9') => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            !rest.starts_with(['.', ')'])
                || rest
                    .chars()
                    .nth(1)
                    .is_some_and(|next| !next.is_ascii_whitespace())
        }
        Some('"' | '\'' | '(' | ')' | '$' | '%' | '.' | ',' | '/' | '?' | '!' | '\\') => true,
        Some(first) => first.is_alphanumeric(),
        None => false,
    }
}

fn push_line(line: &str, out: &mut String) -> Option<()> {
    let bytes = line.as_bytes();
    let (mut done, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match BYTES[usize::from(byte)] {
            Byte::Plain => at += 1,
            Byte::Mark => return None,
            Byte::Backslash => match bytes.get(at + 1) {
                Some(next) if next.is_ascii_punctuation() => {
                    out.push_str(&line[done..at]);
                    done = at + 1;
                    at += 2;
                }
                Some(_) => at += 1,
                // A break of the line.
                None => return None,
            },
        }
    }
    out.push_str(&line[done..]);
    Some(())
}
