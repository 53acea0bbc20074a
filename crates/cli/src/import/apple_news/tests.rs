//! Components and what becomes of them.

use super::super::{Kind, reading};
use serde_json::{Value, json};

fn read(document: &Value) -> (Value, Vec<String>) {
    let bytes = document.to_string();
    let (found, told) = reading::read(Kind::AppleNews, "article.json", bytes.as_bytes(), None);
    (found["articles"][0].clone(), told)
}

#[test]
fn components() {
    #[track_caller]
    fn check(components: Value, body: &str, losses: &[&str]) {
        let (found, told) = read(&json!({"title": "T", "subtitle": "S", "components": components}));
        let found = found["sections"][0]["body"].as_str().unwrap_or_default();
        assert_eq!(found, body);
        assert_eq!(told, losses);
    }
    // Texts in their formats.
    check(
        json!([{"role": "body", "text": "a *b*\nc\n\n<d>"}]),
        "a \\*b\\*\\\nc\n\n\\<d>",
        &[],
    );
    check(
        json!([{"role": "body", "format": "markdown", "text": "a *b*\n\n- c"}]),
        "a *b*\n\n- c",
        &[],
    );
    check(
        json!([{"role": "body", "format": "html", "text": "<p>a <strong>b</strong></p><p>c</p>"}]),
        "a **b**\n\nc",
        &[],
    );
    // Links over ranges, counted in UTF-16.
    check(
        json!([{"role": "body", "text": "🌊 the sea and the moon", "additions": [
            {"type": "link", "URL": "https://example.org/moon", "rangeStart": 19, "rangeLength": 4},
            {"type": "link", "URL": "https://example.org/sea", "rangeStart": 7, "rangeLength": 3},
            {"type": "link", "URL": "javascript:0", "rangeStart": 3, "rangeLength": 3},
            {"type": "link", "URL": "https://example.org/x", "rangeStart": 900, "rangeLength": 9}]}]),
        "🌊 the [sea](https://example.org/sea) and the [moon](https://example.org/moon)",
        &["components[0]: the link to javascript:0"],
    );
    check(
        json!([{"role": "body", "text": "one\n\ntwo", "additions": [
            {"type": "link", "URL": "https://example.org/", "rangeStart": 2, "rangeLength": 5}]}]),
        "on[e](https://example.org/)\n\n[tw](https://example.org/)o",
        &[],
    );
    // Text in whatever layout.
    check(
        json!([{"role": "container", "components": [{"role": "section", "components": [{"role": "body", "text": "a"}]}]},
            {"role": "flexible_spacer"}, {"role": "novelty", "text": "b"}]),
        "a\n\nb",
        &["components[2]: the component novelty"],
    );
    check(
        json!([{"role": "medium_rectangle_advertisement"}]),
        "",
        &["components[0]: the component medium_rectangle_advertisement"],
    );
    check(
        json!([{"role": "body", "text": "a", "hidden": true}]),
        "",
        &["components[0]: the hidden component a"],
    );
    // Quotations and whose they are.
    check(
        json!([{"role": "pullquote", "text": "q"}, {"role": "author", "text": "— A"}]),
        "> q\n>\n> — A",
        &[],
    );
    check(
        json!([{"role": "quote", "text": "q"}, {"role": "body", "text": "a"}]),
        "> q\n\na",
        &[],
    );
    // Pictures.
    check(
        json!([{"role": "photo", "URL": "https://example.org/a.png", "caption": {"text": "C"}, "accessibilityCaption": "A"}]),
        "![A](https://example.org/a.png \"C\")",
        &[],
    );
    check(
        json!([{"role": "photo", "URL": "https://example.org/a.png"}, {"role": "caption", "text": "C"}]),
        "![](https://example.org/a.png \"C\")",
        &[],
    );
    check(
        json!([{"role": "photo", "URL": "bundle://a b.png"}]),
        "![](a%20b.png)",
        &["components[0]: the scheme of bundle://a b.png"],
    );
    check(
        json!([{"role": "header", "style": {"fill": {"type": "image", "URL": "https://example.org/a.png"}}}]),
        "",
        &["components[0].style.fill: https://example.org/a.png"],
    );
    // Tables.
    check(
        json!([{"role": "datatable", "data": {"descriptors": [{"key": "a", "label": "A"}, {"key": "b", "label": {"text": "B"}}],
            "records": [{"b": 2, "a": {"text": "<i>1</i>", "format": "html"}}]}}]),
        "| A | B |\n| --- | --- |\n| *1* | 2 |",
        &[],
    );
    check(
        json!([{"role": "htmltable", "html": "<table><tr><th>A<th>B<tr><td>1<td>2</table>"}]),
        "| A | B |\n| --- | --- |\n| 1 | 2 |",
        &[],
    );
    // Embeds.
    check(
        json!([{"role": "instagram", "URL": "https://example.org/p"}]),
        "<https://example.org/p>",
        &["components[0]: the instagram https://example.org/p"],
    );
    check(
        json!([{"role": "link_button", "text": "Go", "URL": "https://example.org/"}]),
        "[Go](https://example.org/)",
        &[],
    );
    check(
        json!([{"role": "map", "latitude": 1.5, "longitude": 2, "caption": "M", "items": [{"caption": "I"}]}]),
        "M\n\nI",
        &["components[0]: the map at 1.5, 2"],
    );
    // Lines between texts divide, others are decoration.
    check(
        json!([{"role": "divider"}, {"role": "body", "text": "a"}, {"role": "divider"}, {"role": "divider"},
            {"role": "body", "text": "b"}, {"role": "divider"}]),
        "a\n\n___\n\nb",
        &[],
    );
    // Titles.
    check(
        json!([{"role": "title", "text": "t"}, {"role": "body", "text": "a"}]),
        "a",
        &[],
    );
    check(
        json!([{"role": "title", "text": "Other"}, {"role": "body", "text": "a"}]),
        "**Other**\n\na",
        &[],
    );
    check(
        json!([{"role": "heading1", "text": "Kicker"}, {"role": "title", "text": "T"}, {"role": "body", "text": "a"}]),
        "Kicker\n\na",
        &[],
    );
}

#[test]
fn fields() {
    #[track_caller]
    fn check(document: Value, field: &str, expect: Value) {
        let mut document = document;
        if document["components"].is_null() {
            document["components"] = json!([]);
        }
        let (found, _) = read(&document);
        assert_eq!(found[field], expect, "{document}");
    }
    check(
        json!({"components": [{"role": "title", "text": "A\nb"}]}),
        "title",
        json!("A b"),
    );
    check(
        json!({"title": "T W", "components": [{"role": "title", "text": " T "}, {"role": "title", "text": "W"}]}),
        "sections",
        json!(null),
    );
    check(
        json!({"components": [{"role": "intro", "text": "I"}]}),
        "subtitle",
        json!("I"),
    );
    check(
        json!({"subtitle": "S", "components": [{"role": "intro", "text": "I"}]}),
        "summary",
        json!("I"),
    );
    check(
        json!({"subtitle": "S", "metadata": {"excerpt": "I *i*"}, "components": [{"role": "intro", "text": "i *I*"}]}),
        "sections",
        json!(null),
    );
    check(
        json!({"components": [{"role": "byline", "text": "By Ada and Bo"}]}),
        "authors",
        json!([{"name": "Ada"}, {"name": "Bo"}]),
    );
    check(
        json!({"metadata": {"authors": ["Ada"]}, "components": [{"role": "byline", "text": "By ADA"}]}),
        "sections",
        json!(null),
    );
    check(
        json!({"metadata": {"authors": ["Ada"]}, "components": [{"role": "byline", "text": "By Bo"}]}),
        "sections",
        json!([{"body": "By Bo"}]),
    );
    check(
        json!({"metadata": {"datePublished": "2026-02-02T10:00:00+01:00"}}),
        "published",
        json!("2026-02-02T10:00:00+01:00"),
    );
    check(
        json!({"metadata": {"dateCreated": "2026-02-02T10:00:00Z", "dateModified": "2026-02-02T10:00:00Z"}}),
        "updated",
        json!(null),
    );
    check(
        json!({"metadata": {"keywords": ["a"], "canonicalURL": "javascript:0"}}),
        "canonical_url",
        json!(null),
    );
    check(
        json!({"metadata": {"thumbnailURL": "bundle://a.png"}}),
        "image",
        json!({"src": "a.png"}),
    );
    check(
        json!({"metadata": {"generatorName": "G", "contentRating": "MATURE"}}),
        "extra",
        json!({"apple_news": {"contentRating": "MATURE"}}),
    );
    check(
        json!({"components": [{"role": "heading2", "text": "A\nb"}, {"role": "body", "text": "a"}, {"role": "heading2", "text": "Risks"},
            {"role": "body", "format": "html", "text": "<ul><li>r</ul>"}]}),
        "risks",
        json!(["r"]),
    );
}

#[test]
fn components_may_be_nested_to_any_depth() {
    let mut component = json!({"role": "body", "text": "a"});
    for _ in 0..40 {
        component = json!({"role": "container", "components": [component]});
    }
    let (_, told) = read(&json!({"components": [component]}));
    assert_eq!(told.len(), 1);
}
