//! A text that may be HTML, plain text, or HTML that was escaped once too often: [`body`], [`markdown`].

use super::{Losses, html, text_body};
use article::Document;

/// The content of a text that is HTML by its format.
pub fn body(text: &str, place: &str, base: Option<&str>, losses: &mut Losses) -> Document {
    match escaped_html(text) {
        Some(html) => html::document(&html, place, base, losses),
        None if has_markup(text) => html::document(text, place, base, losses),
        // Without any tag, its empty lines are all that divides it.
        None => text_body::document(&html_without_tags(text)),
    }
}

/// The same as Markdown.
pub fn markdown(text: &str, place: &str, base: Option<&str>, losses: &mut Losses) -> String {
    super::sections::markdown(body(text, place, base, losses).blocks)
}

/// The same as plain text.
pub fn plain(text: &str) -> String {
    match escaped_html(text) {
        Some(html) => html::plain(&html),
        None if has_markup(text) => html::plain(text),
        None => html::unescaped(text),
    }
}

/// Entities resolved, line by line.
fn html_without_tags(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(html::unescaped).collect();
    lines.join("\n")
}

/// Whether a text has tags: `<` and a letter, and a `>` somewhere behind.
fn has_markup(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or(0);
    text[..last].match_indices('<').any(|(at, _)| {
        let behind = text[at + 1..].trim_start_matches(['/', '!']);
        behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
    })
}

/// HTML whose tags were escaped a second time; text that speaks of tags has others beside them.
fn escaped_html(text: &str) -> Option<String> {
    const TAGS: [&str; 16] = [
        "p",
        "br",
        "div",
        "a",
        "img",
        "b",
        "i",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "span",
        "h2",
        "h3",
        "blockquote",
    ];
    if text.contains('<') {
        return None;
    }
    let is_tag = |behind: &str| {
        let name = behind.trim_start_matches('/');
        TAGS.iter().any(|tag| {
            name.strip_prefix(tag).is_some_and(|rest| {
                rest.starts_with(' ') || rest.starts_with('/') || rest.starts_with("&gt;")
            })
        })
    };
    let has_tags = text.split("&lt;").skip(1).any(is_tag) && text.contains("&gt;");
    has_tags.then(|| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut losses = Losses::of("test");
        assert_eq!(markdown(text, "here", None, &mut losses), expect);
    }

    #[test]
    fn texts() {
        check("<p>One</p><p>Two</p>", "One\n\nTwo");
        check("One &amp; only\n\nTwo", "One & only\n\nTwo");
        check(
            "&lt;p&gt;One &amp;amp; only&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;",
            "One & only\n\nTwo",
        );
        check("1 &lt; 2 and x &gt; y", "1 < 2 and x > y");
        check("if a < b then", "if a < b then");
    }
}
