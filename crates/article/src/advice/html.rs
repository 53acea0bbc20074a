//! The elements in raw HTML: [`tags`]. Enough to name them and to read an attribute; what they mean is the parser's affair.

use std::ops::Range;

/// An opening tag.
pub(super) struct Tag<'a> {
    /// In lower case; `!--` for a comment.
    pub(super) name: String,
    /// From `<` to `>`.
    pub(super) range: Range<usize>,
    source: &'a str,
}

/// The opening tags and comments of a piece of HTML, in order. Each byte is looked at once.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(found) = html[from..].find('<') {
        let start = from + found;
        let behind = &html[start + 1..];
        from = start + 1;
        if behind.starts_with("!--") {
            let end = behind.find("-->").map_or(html.len(), |end| from + end + 3);
            tags.push(Tag {
                name: "!--".to_string(),
                range: start..end,
                source: html,
            });
            from = end;
        } else if behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = from + tag_length(behind);
            let n_name = behind
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(behind.len());
            tags.push(Tag {
                name: behind[..n_name].to_ascii_lowercase(),
                range: start..end,
                source: html,
            });
            from = end;
        }
    }
    tags
}

/// How far it is to the end of a tag, its `>` included; one in quotation marks is none.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (ix, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return ix + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

impl Tag<'_> {
    /// Whether it has an attribute with something in it.
    pub(super) fn has(&self, name: &str) -> bool {
        let tag = &self.source[self.range.clone()];
        let mut rest = tag
            .trim_start_matches('<')
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let n_name = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
                .unwrap_or(rest.len());
            if n_name == 0 {
                return false;
            }
            let is_it = rest[..n_name].eq_ignore_ascii_case(name);
            rest = rest[n_name..].trim_start();
            let mut value = "";
            if let Some(behind) = rest.strip_prefix('=') {
                let behind = behind.trim_start();
                let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
                let (start, end) = match quote {
                    Some(quote) => (
                        1,
                        behind[1..].find(quote).map_or(behind.len(), |end| end + 1),
                    ),
                    None => {
                        let is_end = |c: char| c.is_whitespace() || c == '>';
                        (0, behind.find(is_end).unwrap_or(behind.len()))
                    }
                };
                value = &behind[start..end];
                rest = behind[end..].trim_start_matches(['"', '\'']);
            }
            if is_it {
                return !value.trim().is_empty();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        #[track_caller]
        fn check(html: &str, expect: &[&str]) {
            let found: Vec<String> = tags(html)
                .iter()
                .map(|tag| [&tag.name, "=", &html[tag.range.clone()]].concat())
                .collect();
            assert_eq!(found, expect);
        }
        check("a <B c='>'>x</b><br/>", &["b=<B c='>'>", "br=<br/>"]);
        check("<!-- <i> --><i>", &["!--=<!-- <i> -->", "i=<i>"]);
        check("<!-- <i>", &["!--=<!-- <i>"]);
        check("< a <1> <x-y", &["x-y=<x-y"]);
        check("<a b=\"c", &["a=<a b=\"c"]);
        check("", &[]);
    }

    #[test]
    fn attributes() {
        #[track_caller]
        fn check(html: &str, expect: bool) {
            assert_eq!(tags(html)[0].has("alt"), expect, "{html}");
        }
        check("<img src=a alt=b>", true);
        check("<img ALT = 'b c'/>", true);
        check("<img src=\"alt=x\">", false);
        check("<img alt>", false);
        check("<img alt=''>", false);
        check("<img/alt=b>", true);
        check("<img", false);
        check("<img alt=", false);
        check("<img alt=\"é", true);
    }
}
