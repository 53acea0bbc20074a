//! The traps of JSON Feed.

use crate::import::{Kind, tests as trial};
use serde_json::{Value, json};

#[track_caller]
fn check(item: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let feed = format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "F", "home_page_url": "https://example.org/",
            "authors": [{{"name": "Feed Author"}}], "items": [{item}]}}"#
    );
    trial::check(Kind::JsonFeed, &feed, expect, dropped);
}

#[test]
fn traps() {
    check(
        r#"{"id": 7, "title": "A", "content_text": "b"}"#,
        &[("id", json!("7"))],
        &[],
    );
    check(
        r#"{"id": "x", "content_text": "First words *here*.\n\nMore."}"#,
        &[
            ("title", json!("First words *here*. More.")),
            (
                "sections",
                json!([{"body": "First words \\*here\\*.\n\nMore."}]),
            ),
        ],
        &[],
    );
    check(
        r#"{"id": "a", "title": "A", "author": {"name": "One", "url": "https://example.org/one"}}"#,
        &[(
            "authors",
            json!([{"name": "One", "url": "https://example.org/one"}]),
        )],
        &[],
    );
    check(
        r#"{"id": "a", "title": "A", "author": {"name": "Old"}, "authors": [{"name": "B"}, {"url": "https://example.org/c"}]}"#,
        &[
            ("authors/0/name", json!("B")),
            ("authors/1/name", json!("https://example.org/c")),
        ],
        &[],
    );
    check(
        r#"{"id": "a", "title": "A"}"#,
        &[("authors", json!([{"name": "Feed Author"}]))],
        &[],
    );
    check(
        r#"{"id": "https://example.org/2026/tides/", "url": "/2026/tides/", "title": "A", "content_html": "<img src='t.png'>"}"#,
        &[
            ("id", json!("tides")),
            ("canonical_url", json!("https://example.org/2026/tides/")),
            (
                "sections/0/body",
                json!("![](https://example.org/2026/tides/t.png)"),
            ),
        ],
        &[],
    );
    check(
        r#"{"id": "a", "title": "A", "_other": {"x": 1}, "_offprint": {"key_points": ["p"], "risks": "r", "category": "C",
            "corrections": [{"date": "2026-02-03", "text": "t"}], "unknown": 1}}"#,
        &[
            ("extra/json_feed/_other/x", json!(1)),
            ("key_points", json!(["p"])),
            ("risks", json!(["r"])),
            ("category", json!("C")),
            ("corrections/0/date", json!("2026-02-03")),
        ],
        &["items[0]._offprint: the field `unknown`"],
    );
    check(
        r#"{"id": "a", "title": "A", "attachments": [{"url": "https://example.org/a.mp3", "mime_type": "audio/mpeg"}]}"#,
        &[(
            "sections/0/body",
            json!("[Audio: example.org](https://example.org/a.mp3)"),
        )],
        &[],
    );
    check(
        r#"{"id": "a", "title": "A", "date_published": "2026-02-02", "date_modified": "soon", "image": ""}"#,
        &[("published", json!("2026-02-02")), ("image", json!(null))],
        &["items[0].date_modified: the date “soon”"],
    );
    check(
        r#"{"id": "a", "title": "A", "content_html": "<script>x</script>b"}"#,
        &[("sections/0/body", json!("b"))],
        &["items[0].content_html: <script>"],
    );
}

#[test]
fn what_is_no_feed_is_refused() {
    assert!(trial::failure(Kind::JsonFeed, "[]").contains("no JSON object"));
    assert!(trial::failure(Kind::JsonFeed, "{\"version\": \"1\"}").contains("no list `items`"));
    assert!(trial::failure(Kind::JsonFeed, "{\"items\": []}").contains("no articles in it"));
}
