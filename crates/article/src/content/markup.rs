//! Raw HTML in Markdown, divided: [`pieces`] gives texts, tags and comments, [`attributes`] what a tag says.
//!
//! This follows the tokenizer of the HTML standard (§13.2.5) as far as an article needs it, in one pass: where the end of
//! a tag cannot be found, all that is left is text.

use pulldown_cmark::{Event, Parser};

/// A piece of HTML.
pub(crate) enum Piece<'a> {
    /// Characters, their references not yet resolved.
    Text(&'a str),
    /// `<name attributes>`
    Start {
        /// As written.
        raw: &'a str,
        /// In lower case.
        name: String,
        /// What stands between the name and `>`.
        attributes: &'a str,
    },
    /// `</name>`
    End {
        /// As written.
        raw: &'a str,
        /// In lower case.
        name: String,
    },
    /// `<!-- … -->`
    Comment,
}

/// The pieces of `html`, in order.
pub(crate) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (piece, length) = match first {
            '<' => tag(rest).unwrap_or_else(|| {
                // Nothing ends here, or it is no tag at all.
                let end = match begins_tag(rest) {
                    true => rest.len(),
                    false => rest[1..].find('<').map_or(rest.len(), |at| at + 1),
                };
                (Piece::Text(&rest[..end]), end)
            }),
            _ => {
                let end = rest.find('<').unwrap_or(rest.len());
                (Piece::Text(&rest[..end]), end)
            }
        };
        rest = &rest[length..];
        Some(piece)
    })
}

fn begins_tag(rest: &str) -> bool {
    let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    name.starts_with(|c: char| c.is_ascii_alphabetic()) || rest.starts_with("<!--")
}

/// The tag or comment at the front, and its length.
fn tag(rest: &str) -> Option<(Piece<'_>, usize)> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        // `<!-->` and `<!--->` are whole.
        let end = match () {
            () if comment.starts_with('>') => 1,
            () if comment.starts_with("->") => 2,
            () => find(comment, "-->")? + 3,
        };
        return Some((Piece::Comment, 4 + end));
    }
    let is_end = rest[1..].starts_with('/');
    let from = if is_end { 2 } else { 1 };
    if !begins_tag(rest) {
        return None;
    }
    let n_name = rest[from..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))?;
    let name = rest[from..from + n_name].to_ascii_lowercase();
    let from = from + n_name;
    let end = from + end_of_tag(&rest[from..])?;
    let raw = &rest[..end + 1];
    let piece = match is_end {
        true => Piece::End { raw, name },
        false => Piece::Start {
            raw,
            name,
            attributes: &rest[from..end],
        },
    };
    Some((piece, end + 1))
}

/// Where the `>` is that no quotation marks hold.
fn end_of_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut is_value = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') if is_value => {
                at += 1 + bytes[at + 1..].iter().position(|byte| *byte == quote)?;
                is_value = false;
            }
            b'=' => is_value = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => is_value = false,
        }
        at += 1;
    }
    None
}

/// The value of an attribute, its character references resolved; of two with one name the first counts.
pub(crate) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        // A sign of equality in front belongs to the name.
        let end = rest.char_indices().skip(1).find(|(_, c)| is_end(*c));
        let (name, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = behind.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let mut value = "";
        if let Some(behind) = rest.strip_prefix('=') {
            let behind = behind.trim_start_matches(|c: char| c.is_ascii_whitespace());
            (value, rest) = match behind.as_bytes().first() {
                Some(b'"') => behind[1..].split_once('"').unwrap_or((&behind[1..], "")),
                Some(b'\'') => behind[1..].split_once('\'').unwrap_or((&behind[1..], "")),
                _ => behind.split_at(
                    behind
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(behind.len()),
                ),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolved(value));
        }
    }
}

/// A text with its character references resolved: `&eacute;`, `&#233;`.
pub(super) fn resolved(text: &str) -> String {
    // The longest name of HTML has 31 letters.
    const LENGTH_MAX: usize = 34;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte == b'&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let n_name = rest[1..]
            .bytes()
            .take(LENGTH_MAX)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let end = match rest.as_bytes().get(n_name + 1) {
            Some(b';') if n_name > 0 => n_name + 2,
            _ => 1,
        };
        if end == 1 {
            out.push('&');
        } else {
            // The Markdown parser has the table of names already.
            for event in Parser::new(&rest[..end]) {
                if let Event::Text(text) = event {
                    out.push_str(&text);
                }
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where `part` begins. Without the searcher of the standard library, which is larger than all of this file.
fn find(text: &str, part: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|at| bytes[*at..].starts_with(part.as_bytes()))
}
