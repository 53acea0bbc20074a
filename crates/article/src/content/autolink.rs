//! Bare addresses in running text become links: [`in_inlines`] (GFM, section 6.9, “Autolinks (extension)”).
//!
//! It looks for `www.`, `http://`, `https://` and `@`, and then at what stands around them. Each character is looked at
//! a bounded number of times.

use super::limits::NODES_MAX;
use super::tree::Inline;
use crate::letters::{holds, is_letter};
use crate::url::SafeUrl;

/// An address in a text.
struct Found {
    start: usize,
    end: usize,
    target: SafeUrl,
}

/// Finds addresses in the texts of `inlines` themselves, not in what they contain.
pub(super) fn in_inlines(inlines: &mut Vec<Inline>, n_nodes: &mut u32) {
    let may_have = |inline: &Inline| matches!(inline, Inline::Text(text) if holds(text, "://") || holds(text, "www.") || text.contains('@'));
    if !inlines.iter().any(may_have) {
        return;
    }
    for inline in std::mem::take(inlines) {
        match inline {
            Inline::Text(text) => split(&text, inlines, n_nodes),
            other => inlines.push(other),
        }
    }
}

fn split(text: &str, inlines: &mut Vec<Inline>, n_nodes: &mut u32) {
    let mut done = 0;
    let mut from = 0;
    while *n_nodes < NODES_MAX
        && let Some(found) = next(text, from, done)
    {
        if found.start > done {
            inlines.push(Inline::Text(text[done..found.start].to_string()));
        }
        let content = vec![Inline::Text(text[found.start..found.end].to_string())];
        inlines.push(Inline::Link {
            target: found.target,
            title: None,
            content,
        });
        *n_nodes += 3;
        done = found.end;
        from = found.end;
    }
    if done < text.len() {
        inlines.push(Inline::Text(text[done..].to_string()));
    }
}

/// The next address from `from` on, of which nothing may lie before `done`.
fn next(text: &str, mut from: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    loop {
        let offset = bytes[from..]
            .iter()
            .position(|byte| matches!(byte, b'@' | b'w' | b'W' | b'h' | b'H'))?;
        let at = from + offset;
        let found = match bytes[at] {
            b'@' => email(text, at, done),
            _ => web(text, at),
        };
        if found.is_some() {
            return found;
        }
        from = at + 1;
    }
}

fn web(text: &str, start: usize) -> Option<Found> {
    let before = text[..start].chars().next_back();
    if before
        .is_some_and(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | '~' | '(' | '"' | '\''))
    {
        return None;
    }
    let rest = &text[start..];
    let has_prefix = |prefix: &str| {
        rest.get(..prefix.len())
            .is_some_and(|front| front.eq_ignore_ascii_case(prefix))
    };
    let (n_scheme, scheme) = match () {
        () if has_prefix("https://") => (8, ""),
        () if has_prefix("http://") => (7, ""),
        () if has_prefix("www.") => (0, "http://"),
        () => return None,
    };
    let n_domain = domain_length(&rest[n_scheme..], scheme.is_empty())?;
    let n_address = rest
        .find(|c: char| c.is_whitespace() || c == '<')
        .unwrap_or(rest.len());
    let n_address = without_tail(&rest[..n_address]).max(n_scheme + n_domain);
    let target = SafeUrl::link(&[scheme, &rest[..n_address]].concat())?;
    Some(Found {
        start,
        end: start + n_address,
        target,
    })
}

/// How long the domain at the front is. After a scheme it may have a single part, as `localhost`.
fn domain_length(text: &str, may_be_single: bool) -> Option<usize> {
    let end = text
        .find(|c: char| !is_letter(c) && !matches!(c, '-' | '_' | '.'))
        .unwrap_or(text.len());
    let domain = text[..end].trim_end_matches(['.', '_', '-']);
    let mut parts = domain.rsplit('.');
    let has_underscore = parts.by_ref().take(2).any(|part| part.contains('_'));
    let n_parts = domain.split('.').count();
    let is_domain = !domain.is_empty() && !has_underscore && (n_parts > 1 || may_be_single);
    is_domain.then_some(domain.len())
}

/// The length without punctuation that belongs to the sentence, and without a bracket that was opened before.
fn without_tail(address: &str) -> usize {
    let bytes = address.as_bytes();
    let count = |byte: u8| bytes.iter().filter(|b| **b == byte).count();
    let (n_open, mut n_close) = (count(b'('), count(b')'));
    let mut end = bytes.len();
    while let Some(last) = bytes[..end].last() {
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => end -= 1,
            b')' if n_close > n_open => {
                n_close -= 1;
                end -= 1;
            }
            // An entity that was not resolved: `&copy;`.
            b';' => {
                let n_name = bytes[..end - 1]
                    .iter()
                    .rev()
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
                let ampersand = (end - 1 - n_name).checked_sub(1);
                match ampersand {
                    Some(ampersand) if n_name > 0 && bytes[ampersand] == b'&' => end = ampersand,
                    _ => break,
                }
            }
            _ => break,
        }
    }
    end
}

fn email(text: &str, at: usize, done: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let is_local =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let n_local = bytes[done..at]
        .iter()
        .rev()
        .take_while(|byte| is_local(byte))
        .count();
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let n_domain = bytes[at + 1..]
        .iter()
        .take_while(|byte| is_domain(byte))
        .count();
    let domain = text[at + 1..at + 1 + n_domain].trim_end_matches('.');
    let (start, end) = (at - n_local, at + 1 + domain.len());
    let is_address = n_local > 0
        && domain.contains('.')
        && !holds(domain, "..")
        && !domain.starts_with('.')
        && !domain.ends_with(['-', '_'])
        && bytes.get(end) != Some(&b'@')
        // The tail of another address, as in `https://user@example.org`.
        && (start == 0 || !matches!(bytes[start - 1], b'/' | b':' | b'@'));
    if !is_address {
        return None;
    }
    let target = SafeUrl::link(&["mailto:", &text[start..end]].concat())?;
    Some(Found { start, end, target })
}
