//! What a source is, by its content: [`kind`].

use super::{Kind, SourceFile, native};
use serde_json::{Map, Value};

/// The kind of a source, or what it looks like instead.
pub fn kind(source: &SourceFile) -> Result<Kind, String> {
    let text = source.text();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\n']);
    let found = match start.chars().next() {
        None => Err("an empty file".to_string()),
        Some('{' | '[') => match source.json() {
            Ok(value) => json(&value),
            // A list in Markdown begins so too: `[a link](…)`.
            Err(_) if is_markdown_name(source.name) => Ok(Kind::Markdown),
            Err(error) => Err(format!("a damaged JSON file ({error:#})")),
        },
        Some('<') if !is_markdown_name(source.name) => markup(start),
        _ if is_binary(source.bytes) => Err("a file that is not text".to_string()),
        _ if is_markdown_name(source.name) || has_front_matter(start) => Ok(Kind::Markdown),
        _ if is_labelled(source, &text) || source.name.ends_with(".txt") => Ok(Kind::Text),
        _ => Err("a text without labels or front matter".to_string()),
    };
    found.map_err(|found| {
        format!(
            "this is {found}; expected one of these: {}, which --from can name",
            Kind::names()
        )
    })
}

/// Whether a file of no kind must be an article all the same, one that is empty or damaged: whoever imports a folder is to
/// know of it. What JSON there is in a folder beside articles is whole.
pub fn is_meant(source: &SourceFile) -> bool {
    is_markdown_name(source.name)
        || source.text().trim_start().starts_with(['{', '[']) && source.json().is_err()
}

fn is_markdown_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.ends_with(".md") || name.ends_with(".markdown")
}

fn is_binary(bytes: &[u8]) -> bool {
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    !is_utf16 && bytes[..bytes.len().min(4096)].contains(&0)
}

fn has_front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let fence = lines.next().unwrap_or_default().trim_end();
    matches!(fence, "---" | "+++") && lines.any(|line| line.trim_end() == fence)
}

/// A page of plain text has lines that stand for fields of the format.
fn is_labelled(source: &SourceFile, text: &str) -> bool {
    text.lines()
        .any(|line| source.headings.field(line).is_some())
}

/// The kind of a JSON document, or what it looks like instead.
pub fn json(value: &Value) -> Result<Kind, String> {
    let first = match value {
        Value::Array(list) => match list.first() {
            Some(Value::Object(first)) => first,
            Some(_) => return Err("a list of something else than objects".to_string()),
            None => return Err("an empty list".to_string()),
        },
        Value::Object(object) => object,
        _ => return Err("a single value".to_string()),
    };
    let is_list = value.is_array();
    let has = |name: &str| first.contains_key(name);
    let text = |name: &str| first.get(name).and_then(Value::as_str).unwrap_or_default();
    let list_of_objects = |name: &str| {
        let list = first.get(name).and_then(Value::as_array);
        list.and_then(|list| list.first()?.as_object())
    };
    if text("version").contains("jsonfeed.org") || has("items") && has("home_page_url") {
        Ok(Kind::JsonFeed)
    } else if is_json_ld(value) {
        Ok(Kind::JsonLd)
    } else if has("components")
        && (has("identifier") || has("layout") || has("componentTextStyles"))
    {
        Ok(Kind::AppleNews)
    } else if is_ans(first) {
        Ok(Kind::Ans)
    } else if is_wordpress(first) {
        Ok(Kind::Wordpress)
    } else if list_of_objects("posts").is_some_and(is_ghost)
        || is_list && is_ghost(first)
        || is_ghost(first)
    {
        Ok(Kind::Ghost)
    } else if native::is_own(first) {
        Ok(Kind::Offprint)
    } else {
        let names: Vec<String> = first
            .keys()
            .take(5)
            .map(|name| format!("`{name}`"))
            .collect();
        Err(match names.len() {
            0 => "an empty object".to_string(),
            _ => format!("a JSON object with {}", names.join(", ")),
        })
    }
}

fn is_json_ld(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(is_json_ld),
        Value::Object(object) => {
            object.contains_key("@graph")
                || object.contains_key("@type")
                    && (object.contains_key("@context")
                        || object.contains_key("headline")
                        || object.contains_key("@id"))
        }
        _ => false,
    }
}

fn is_ans(object: &Map<String, Value>) -> bool {
    let is_version = |text: &str| text.starts_with("0.") && text.split('.').count() == 3;
    object
        .get("version")
        .and_then(Value::as_str)
        .is_some_and(is_version)
        || object.contains_key("content_elements")
        || object.get("headlines").is_some_and(Value::is_object)
}

fn is_wordpress(object: &Map<String, Value>) -> bool {
    let is_rendered = |name: &str| {
        object
            .get(name)
            .is_some_and(|part| part.get("rendered").is_some())
    };
    is_rendered("title") || is_rendered("content")
}

fn is_ghost(object: &Map<String, Value>) -> bool {
    let has = |name: &str| object.contains_key(name);
    has("title")
        && (has("html") || has("plaintext") || has("lexical"))
        && (has("slug") || has("uuid"))
}

fn markup(text: &str) -> Result<Kind, String> {
    match root(text) {
        Some(root) => match root
            .to_ascii_lowercase()
            .rsplit(':')
            .next()
            .unwrap_or_default()
        {
            "rss" | "rdf" => Ok(Kind::Rss),
            "feed" => Ok(Kind::Atom),
            "html" | "head" | "body" | "article" | "main" | "div" | "p" | "h1" | "h2"
            | "section" | "meta" | "title" | "script" | "figure" | "header" => Ok(Kind::Html),
            _ if text[..text.len().min(1000)]
                .to_ascii_lowercase()
                .contains("<!doctype html") =>
            {
                Ok(Kind::Html)
            }
            other => Err(format!("markup that begins with <{other}>")),
        },
        None => Err("markup without an element".to_string()),
    }
}

/// The name of the first element.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with("<?") {
            rest.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            rest.split_once('>')?.1
        } else {
            break;
        };
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))?;
    Some(&name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Headings;

    #[track_caller]
    fn check(name: &str, content: &str, expect: &str) {
        let headings = Headings::default();
        let source = SourceFile {
            name,
            bytes: content.as_bytes(),
            base: None,
            headings: &headings,
        };
        match kind(&source) {
            Ok(kind) => assert_eq!(kind.name(), expect),
            Err(found) => {
                let expect = format!("this is {expect}");
                assert!(
                    found.starts_with(&expect),
                    "{found:?} does not begin with {expect:?}"
                );
                assert!(found.ends_with("which --from can name"));
            }
        }
    }

    #[test]
    fn kinds() {
        check(
            "a",
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#,
            "json-feed",
        );
        check(
            "a",
            "\u{feff} <?xml version='1.0'?><!-- a --><rss version='2.0'></rss>",
            "rss",
        );
        check(
            "a",
            "<!DOCTYPE rss PUBLIC 'a' 'b'><rss version='0.91'></rss>",
            "rss",
        );
        check("a", "<rdf:RDF xmlns:rdf='b'></rdf:RDF>", "rss");
        check("a", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "atom");
        check(
            "a",
            "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>",
            "atom",
        );
        check("a.xml", "<!doctype html><title>A</title>", "html");
        check(
            "a",
            r#"{"title": {"rendered": "A"}, "content": {"rendered": "b"}}"#,
            "wordpress",
        );
        check("a", r#"[{"title": {"rendered": "A"}}]"#, "wordpress");
        check(
            "a",
            r#"{"posts": [{"title": "A", "html": null, "uuid": "b"}]}"#,
            "ghost",
        );
        check("a", r#"[{"title": "A", "html": "", "slug": "b"}]"#, "ghost");
        check(
            "a",
            r#"{"@context": "https://schema.org", "@type": "NewsArticle"}"#,
            "json-ld",
        );
        check(
            "a",
            r#"[{"@type": "BreadcrumbList", "@context": ""}]"#,
            "json-ld",
        );
        check("a", r#"{"@graph": []}"#, "json-ld");
        check("a", r#"{"version": "0.10.12", "type": "story"}"#, "ans");
        check(
            "a",
            r#"{"version": "1.7", "identifier": "A", "components": []}"#,
            "apple-news",
        );
        check("a", r#"{"version": 1, "articles": []}"#, "offprint");
        check(
            "a",
            r#"[{"id": "a", "title": "A", "sections": []}]"#,
            "offprint",
        );
        check("a", r#"{"id": "a", "title": "A"}"#, "offprint");
        check("a.md", "# A heading", "markdown");
        check("a.md", "<p>HTML in Markdown</p>", "markdown");
        check("a.md.gz", "[link](a)", "markdown");
        check("a", "---\ntitle: A\n---\nText", "markdown");
        check("a", "+++\ntitle = 'A'\n+++\nText", "markdown");
        check("a", "A title\n\nKey Points\n• one\n", "text");
    }

    #[test]
    fn what_is_of_no_kind_is_named() {
        check("a", "", "an empty file");
        check("a", "{}", "an empty object");
        check("a", "{\"a\": ", "a damaged JSON file (");
        check("a", "[1]", "a list of something else than objects");
        check(
            "a",
            r#"{"name": "a", "scripts": {}}"#,
            "a JSON object with `name`, `scripts`;",
        );
        check(
            "a",
            "<svg xmlns='a'></svg>",
            "markup that begins with <svg>",
        );
        check("a", "\0\u{1}", "a file that is not text");
        check("a", "Some words.", "a text without labels or front matter");
    }
}
