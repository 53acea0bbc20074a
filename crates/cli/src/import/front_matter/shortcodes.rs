//! What only a site generator could carry out: [`without`] takes it out of a Markdown body and reports it.
//!
//! Shortcodes of Hugo (`{{< name >}}`, `{{% name %}}`), of Zola and Jekyll (`{{ name() }}`, `{% name %}`), and comments
//! (`<!-- … -->`). What stands between the two halves of a pair stays. In code they are text. Hugo's `figure` says all
//! that a picture needs, and becomes one.

use super::super::Losses;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Opening and closing signs; the longer ones first.
const SIGNS: [(&str, &str); 5] = [
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("<!--", "-->"),
];

/// A body without them. `line` is the number of its first line in the file.
pub(super) fn without(body: &str, line: usize, losses: &mut Losses) -> String {
    let code = code_ranges(body);
    let mut kept = String::with_capacity(body.len());
    let mut begin = 0;
    let mut at = 0;
    while let Some(found) = next_sign(body, at) {
        let (open, close, inner_end) = found;
        let end = inner_end + close.len();
        let (start, inner) = (open.0, &body[open.0 + open.1.len()..inner_end]);
        if let Some(range) = code.iter().find(|range| range.contains(&start)) {
            at = range.end.max(start + 1);
            continue;
        }
        kept.push_str(&body[begin..start]);
        let written = &body[start..end];
        let place = format!("line {}", line + body[..start].matches('\n').count());
        match figure(open.1, inner) {
            Some(figure) => kept.push_str(&figure),
            // Where the excerpt ends is nothing that could be missed.
            None if open.1 == "<!--" && inner.trim() == "more" => {}
            None if open.1 == "<!--" => losses.tell(&place, written, "nobody sees a comment"),
            None => losses.tell(&place, written, "only the site generator can carry it out"),
        }
        begin = end;
        at = end;
    }
    kept.push_str(&body[begin..]);
    kept
}

/// The next opening sign with its place, its closing sign, and where that begins.
fn next_sign(body: &str, from: usize) -> Option<((usize, &'static str), &'static str, usize)> {
    let mut from = from;
    loop {
        let start = from + body.get(from..)?.find(['{', '<'])?;
        let sign = SIGNS
            .iter()
            .find(|(open, _)| body[start..].starts_with(open));
        if let Some((open, close)) = sign
            && let Some(n) = body[start + open.len()..].find(close)
        {
            return Some(((start, open), close, start + open.len() + n));
        }
        from = start + 1;
    }
}

/// Where code stands.
fn code_ranges(body: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut block_start = None;
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Code(_) => ranges.push(range),
            Event::Start(Tag::CodeBlock(_)) => block_start = Some(range.start),
            Event::End(TagEnd::CodeBlock) => {
                if let Some(start) = block_start.take() {
                    ranges.push(start..range.end);
                }
            }
            _ => {}
        }
    }
    ranges
}

/// `figure src="a.png" alt="b" caption="c"` as Markdown.
fn figure(open: &str, inner: &str) -> Option<String> {
    let inner = inner.trim().trim_end_matches('/');
    let mut rest = inner
        .strip_prefix("figure")
        .filter(|_| open.starts_with("{{"))?;
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let (mut src, mut alt, mut caption) = (None, String::new(), None);
    while let Some((name, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '`'));
        let value;
        (value, rest) = match quote {
            Some(quote) => behind[1..].split_once(quote)?,
            None => behind.split_once(' ').unwrap_or((behind, "")),
        };
        match name.trim() {
            "src" => src = Some(value),
            "alt" => alt = value.to_string(),
            "caption" => caption = Some(value),
            "title" => caption = caption.or(Some(value)),
            // A picture with a link or a credit says more than Markdown's.
            "link" | "attr" => return None,
            _ => {}
        }
    }
    let src = src.filter(|src| !src.contains(['<', '>', '\n']))?;
    let alt = alt.replace(['[', ']'], "");
    let title = match caption {
        Some(caption) => format!(" \"{}\"", caption.replace('"', "&quot;")),
        None => String::new(),
    };
    Some(format!("![{alt}](<{src}>{title})"))
}
