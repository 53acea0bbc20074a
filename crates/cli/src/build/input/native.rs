//! Whether a file is Offprint's own: [`look`] tells by its beginning, [`is_native`] by all of it.

use super::scan::{text_end, value_end};
use crate::import::{Headings, Kind, OWN, SourceFile, kind_of, kind_of_json};
use serde_json::Value;

/// What the beginning of a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It is a list of articles, the elements of which begin at this byte.
    Native { list: usize },
    /// It is something else, or needs to be seen whole.
    Unknown,
}

pub(super) fn look(head: &[u8]) -> Look {
    let start = first(head);
    let list = match head.get(start) {
        Some(b'{') => in_object(head, start),
        Some(b'[') => in_list(head, start),
        _ => None,
    };
    list.map_or(Look::Unknown, |list| Look::Native { list })
}

/// `{"version": 1, …, "articles": [`
fn in_object(head: &[u8], start: usize) -> Option<usize> {
    let mut pos = start + 1;
    loop {
        pos = behind_space(head, pos);
        if head.get(pos) != Some(&b'"') {
            return None;
        }
        let name_end = text_end(head, pos)?;
        let name = &head[pos..name_end];
        pos = behind_space(head, name_end);
        if head.get(pos) != Some(&b':') {
            return None;
        }
        pos = behind_space(head, pos + 1);
        match name {
            b"\"articles\"" if head.get(pos) == Some(&b'[') => return Some(pos + 1),
            b"\"articles\"" | b"\"items\"" => return None,
            _ => {}
        }
        let end = value_end(head, pos)?;
        if name == b"\"version\"" && head[pos..end].starts_with(b"\"") {
            // Of a JSON Feed, or of another format.
            return None;
        }
        if head.get(end) != Some(&b',') {
            return None;
        }
        pos = end + 1;
    }
}

/// A list whose first element is an article.
fn in_list(head: &[u8], start: usize) -> Option<usize> {
    let rest = &head[start + 1..];
    let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<Value>();
    let first = values.next()?.ok()?;
    let kind = kind_of_json(&Value::Array(vec![first]));
    (kind == Ok(Kind::Offprint)).then_some(start + 1)
}

/// Whether a file of this name and these bytes is a collection or an article, damaged or whole.
pub(crate) fn is_native(name: &str, bytes: &[u8]) -> bool {
    if !matches!(bytes.get(first(bytes)), Some(b'{' | b'[')) || look(bytes) != Look::Unknown {
        return look(bytes) != Look::Unknown;
    }
    let headings = Headings::default();
    let source = SourceFile {
        name,
        bytes,
        base: None,
        headings: &headings,
    };
    match kind_of(&source) {
        Ok(kind) => kind == Kind::Offprint,
        // The reader says where it is damaged.
        Err(_) if serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_err() => {
            OWN.iter().any(|name| {
                let name = format!("\"{name}\"");
                let mut parts = bytes.windows(name.len());
                parts.any(|part| part == name.as_bytes())
            })
        }
        Err(_) => false,
    }
}

/// The first byte that is no byte order mark and no space.
fn first(bytes: &[u8]) -> usize {
    let n_mark = if bytes.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    behind_space(bytes, n_mark)
}

fn behind_space(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expect: Option<&str>, is_ours: bool) {
        match look(json.as_bytes()) {
            Look::Native { list } => assert_eq!(Some(&json[list..]), expect, "{json}"),
            Look::Unknown => assert_eq!(None, expect, "{json}"),
        }
        assert_eq!(is_native("a.json", json.as_bytes()), is_ours, "{json}");
    }

    #[test]
    fn files_of_ours() {
        check(r#"{"version": 1, "articles": []}"#, Some("]}"), true);
        check(
            "\u{feff}\n{\"a\": {\"articles\": [\"]\\\"\"]}, \"articles\":[{",
            Some("{"),
            true,
        );
        check(
            r#"[{"id": "a", "title": "A", "sections": []}]"#,
            Some("{\"id\": \"a\", \"title\": \"A\", \"sections\": []}]"),
            true,
        );
        check(r#"{"id": "a", "title": "A", "sections": []}"#, None, true);
        check(r#"{"id": "a", "title": "A"}"#, None, true);
        check(r#"{"version": 1, "articles": {"id": "a"}}"#, None, true);
        check(r#"{"id": "a", "title": "A", "sections": ["#, None, true);
        check(r#"{"title": "x" "articles": [{"id": "a"}]}"#, None, true);
    }

    #[test]
    fn files_of_others() {
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#,
            None,
            false,
        );
        check(
            r#"{"name": "a", "version": "1.0", "articles": []}"#,
            None,
            true,
        );
        check(r#"{"name": "a", "scripts": {}}"#, None, false);
        check(r#"{"id": "a", "title": "A", "scripts": {}}"#, None, false);
        check(
            r#"[{"title": "A", "html": "", "slug": "b", "canonical_url": ""}]"#,
            None,
            false,
        );
        check(r#"[1, {"sections": []}]"#, None, false);
        check("[]", None, false);
        check("", None, false);
        check("# Words about \"articles\"", None, false);
        check("{\"a\": ", None, false);
    }
}
