//! The traps of JSON-LD.

use crate::import::{Kind, tests as trial};
use serde_json::{Value, json};

#[track_caller]
fn check(members: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let article = format!(
        r#"{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A", "url": "https://example.org/n/a",
            "articleBody": "x", {members}}}"#
    );
    trial::check(Kind::JsonLd, &article, expect, dropped);
}

#[test]
fn traps() {
    check(
        r#""author": "Desk", "publisher": {"@type": "Organization", "name": "P", "url": "https://example.org"}"#,
        &[
            ("authors", json!([{"name": "Desk"}])),
            ("source/name", json!("P")),
            ("id", json!("a")),
        ],
        &[],
    );
    check(
        r#""author": [{"@type": "Person", "name": "One &amp; Two"}, {"name": ["Three", "3"]}, "Four"]"#,
        &[(
            "authors",
            json!([{"name": "One & Two"}, {"name": "Three"}, {"name": "Four"}]),
        )],
        &[],
    );
    for image in [
        r#""/a.png""#,
        r#"{"@type": "ImageObject", "url": "/a.png"}"#,
        r#"["/a.png"]"#,
        r#"{"@list": ["/a.png"]}"#,
    ] {
        check(
            &format!("\"image\": {image}"),
            &[("image/src", json!("https://example.org/a.png"))],
            &[],
        );
    }
    check(
        r#""image": {"url": "/a.png?b=1&amp;c=2", "width": "640px", "height": {"value": 480}, "caption": "C", "creditText": "Me"}"#,
        &[(
            "image",
            json!({"src": "https://example.org/a.png?b=1&c=2", "caption": "C", "credit": "Me", "width": 640, "height": 480}),
        )],
        &[],
    );
    check(
        r#""image": ["/a.png", "/b.png"]"#,
        &[],
        &["image: 1 pictures beside the first"],
    );
    check(
        r#""articleSection": ["News", "World"], "keywords": "sea, tides;moon""#,
        &[
            ("category", json!("News")),
            ("tags", json!(["World", "sea", "tides", "moon"])),
        ],
        &[],
    );
    check(
        r#""datePublished": "2026-02-02", "dateModified": "2026-02-03 03:01:00.000000""#,
        &[
            ("published", json!("2026-02-02")),
            ("updated", json!("2026-02-03")),
        ],
        &["dateModified: the time of “2026-02-03 03:01:00.000000”"],
    );
    check(
        r#""correction": {"@type": "CorrectionComment", "text": "t", "datePublished": "2026-02-03"}, "backstory": "b", "inLanguage": {"alternateName": "de"}"#,
        &[
            ("corrections", json!([{"date": "2026-02-03", "text": "t"}])),
            ("disclosure", json!("b")),
            ("language", json!("de")),
        ],
        &[],
    );
    check(
        r#""wordCount": 7, "mainEntityOfPage": "True", "contentLocation": {"name": "Sea"}"#,
        &[(
            "extra",
            json!({"json_ld": {"contentLocation": {"name": "Sea"}}}),
        )],
        &[],
    );
}

#[test]
fn articles_are_found_wherever_they_stand() {
    let article = r#"{"@type": ["Article", "Thing"], "headline": "A", "articleBody": "x", "author": {"@id": "p"}}"#;
    let person = r#"{"@type": "Person", "@id": "p", "name": "P"}"#;
    for text in [
        format!(r#"{{"@context": "", "@graph": [{person}, {article}]}}"#),
        format!("[{person}, {article}]"),
        format!(r#"[{person}, {{"@type": "WebPage", "mainEntity": {article}}}]"#),
        format!(
            r#"[{person}, {{"@type": "ItemList", "itemListElement": [{{"@type": "ListItem", "item": {article}}}]}}]"#
        ),
    ] {
        trial::check(Kind::JsonLd, &text, &[("authors/0/name", json!("P"))], &[]);
    }
}

#[test]
fn bodies() {
    let long = "word ".repeat(40);
    let body = |text: &str, expect: &str| {
        let article =
            json!({"@type": "NewsArticle", "headline": "A", "articleBody": text}).to_string();
        trial::check(
            Kind::JsonLd,
            &article,
            &[("sections/0/body", json!(expect))],
            &[],
        );
    };
    body("One.\n\nTwo.", "One.\n\nTwo.");
    body("<p>One.</p><p>Two.</p>", "One.\n\nTwo.");
    body(
        &format!("{long}\n{long}"),
        &format!("{}\n\n{}", long.trim(), long.trim()),
    );
    let raw = "{\"@type\": \"NewsArticle\", \"headline\": \"A\", \"articleBody\": \"One\n\nTwo\"}";
    trial::check(
        Kind::JsonLd,
        raw,
        &[("sections/0/body", json!("One\n\nTwo"))],
        &[],
    );
    trial::check(
        Kind::JsonLd,
        r#"{"@type": "NewsArticle", "headline": "A"}"#,
        &[("sections", json!(null))],
        &["articleBody: the text of “A”"],
    );
    let error = trial::failure(
        Kind::JsonLd,
        r#"[{"@type": "Person"}, {"@type": "WebSite"}]"#,
    );
    assert!(error.contains("it describes Person, WebSite"), "{error}");
}
