//! Elements and what becomes of them.

use super::super::{Kind, reading};
use serde_json::{Value, json};

fn read(document: &Value, base: Option<&str>) -> (Value, Vec<String>) {
    let bytes = document.to_string();
    let (found, told) = reading::read(Kind::Ans, "story.json", bytes.as_bytes(), base);
    (found["articles"].clone(), told)
}

#[test]
fn elements() {
    #[track_caller]
    fn check(element: Value, body: &str, losses: &[&str]) {
        let (found, told) = read(&json!({"content_elements": [element]}), None);
        let found = found[0]["sections"][0]["body"].as_str().unwrap_or_default();
        assert_eq!(found, body);
        assert_eq!(told, losses);
    }
    check(
        json!({"type": "text", "content": "A <b>b</b> &amp; *c*"}),
        "A **b** & \\*c\\*",
        &[],
    );
    check(
        json!({"type": "raw_html", "content": "<p>a<p>b"}),
        "a\n\nb",
        &[],
    );
    check(
        json!({"type": "list", "list_type": "ordered", "items": [
            {"type": "text", "content": "a"}, {"type": "list", "list_type": "unordered", "items": [
                {"type": "text", "content": "b"}]}, {"type": "text", "content": "c"}]}),
        "1. a\n   - b\n2. c",
        &[],
    );
    check(
        json!({"type": "quote", "content_elements": [{"type": "text", "content": "a"}],
            "citation": {"type": "text", "content": "<i>B</i>, 1918"}}),
        "> a\n>\n> — *B*, 1918",
        &[],
    );
    check(
        json!({"type": "code", "language": "Rust", "content": "let a;"}),
        "```rust\nlet a;\n```",
        &[],
    );
    check(
        json!({"type": "table", "header": [{"type": "text", "content": "A"}, {"type": "text", "content": "B"}],
            "rows": [[{"type": "text", "content": "1 | 2"}]]}),
        "| A | B |\n| --- | --- |\n| 1 \\| 2 |  |",
        &[],
    );
    check(json!({"type": "divider"}), "___", &[]);
    check(
        json!({"type": "image", "url": "https://example.org/a.png", "alt_text": "A", "caption": "C <i>i</i>"}),
        "<figure>\n<img src=\"https://example.org/a.png\" alt=\"A\">\n<figcaption>C <em>i</em></figcaption>\n</figure>",
        &[],
    );
    check(
        json!({"type": "image", "url": "javascript:0", "caption": "C"}),
        "C",
        &["content_elements[0]: a picture (javascript:0)"],
    );
    check(
        json!({"type": "gallery", "headlines": {"basic": "G"}, "content_elements": [
            {"type": "image", "url": "https://example.org/a.png"}, {"type": "image", "url": "https://example.org/b.png"}]}),
        "**G**\n\n![](https://example.org/a.png)\n\n![](https://example.org/b.png)",
        &[],
    );
    check(
        json!({"type": "video", "headlines": {"basic": "V"}, "canonical_url": "https://example.org/v",
            "description": {"basic": "D"}}),
        "[V](https://example.org/v)\n\nD",
        &["content_elements[0].streams: the player of a video"],
    );
    check(
        json!({"type": "video", "canonical_url": "/v", "streams": [{"stream_type": "ts", "url": "https://example.org/a.ts"},
            {"stream_type": "mp4", "url": "https://example.org/a.mp4"}]}),
        "<https://example.org/a.mp4>",
        &["content_elements[0].streams: the player of a video"],
    );
    check(
        json!({"type": "custom_embed", "subtype": "map", "embed": {"id": "7", "url": "https://example.org/m"}}),
        "<https://example.org/m>",
        &["content_elements[0]: an embed of type map (7)"],
    );
    check(
        json!({"type": "oembed_response", "raw_oembed": {"provider_name": "P", "url": "https://example.org/p", "title": "T"}}),
        "[T](https://example.org/p)",
        &["content_elements[0]: an embed of P"],
    );
    check(
        json!({"type": "interstitial_link", "url": "javascript:0", "content": "Read on"}),
        "Read on",
        &["content_elements[0]: the link to javascript:0"],
    );
    check(
        json!({"type": "link_list", "title": "More", "items": [
            {"type": "interstitial_link", "url": "https://example.org", "content": "E"}]}),
        "**More**\n\n- [E](https://example.org)",
        &[],
    );
    check(
        json!({"type": "numeric_rating", "numeric_rating": 4.5, "max": 5, "units": "stars"}),
        "4.5 / 5 stars",
        &[],
    );
    check(
        json!({"type": "element_group", "content_elements": [{"type": "text", "content": "a"}]}),
        "a",
        &[],
    );
    check(
        json!({"type": "hologram", "content": "Its text", "content_elements": [{"type": "text", "content": "More"}]}),
        "Its text\n\nMore",
        &["content_elements[0]: an element of type hologram"],
    );
    check(
        json!({"type": "reference", "referent": {"id": "A1"}}),
        "",
        &["content_elements[0]: a reference to A1"],
    );
    check(
        json!(7),
        "",
        &["content_elements[0]: an element of type unknown"],
    );
}

#[test]
fn headers_divide() {
    let (found, told) = read(
        &json!({"content_elements": [
            {"type": "header", "level": 2, "content": "A &amp; b"}, {"type": "text", "content": "a"},
            {"type": "header", "level": 3, "content": "Deeper"}, {"type": "text", "content": "b"},
            {"type": "header", "level": 2, "content": "Key Takeaways"},
            {"type": "list", "items": [{"type": "text", "content": "k"}]},
            {"type": "correction", "text": "It was <i>B</i>.", "created_date": "2026-02-03T00:00:00Z"}]}),
        None,
    );
    assert_eq!(
        found[0]["sections"],
        json!([{"heading": "A & b", "body": "a\n\n### Deeper\n\nb"}])
    );
    assert_eq!(found[0]["key_points"], json!(["k"]));
    assert_eq!(
        found[0]["corrections"],
        json!([{"date": "2026-02-03T00:00:00Z", "text": "It was *B*."}])
    );
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn fields() {
    #[track_caller]
    fn check(story: Value, field: &str, expect: Value, losses: &[&str]) {
        let (found, told) = read(&story, None);
        assert_eq!(found[0][field], expect);
        assert_eq!(told, losses);
    }
    check(
        json!({"type": "story", "headlines": {"mobile": "M &amp; n"}}),
        "title",
        json!("M & n"),
        &[],
    );
    check(
        json!({"type": "story", "display_date": "2026-02-02T00:00:00Z", "created_date": "2026-01-01T00:00:00Z"}),
        "published",
        json!("2026-02-02T00:00:00Z"),
        &[],
    );
    check(
        json!({"type": "story", "first_publish_date": "soon"}),
        "published",
        json!(null),
        &["first_publish_date: the date “soon”"],
    );
    check(
        json!({"type": "story", "taxonomy": {"primary_section": {"referent": {"id": "/a"}},
            "sections": [{"_id": "/a", "name": "A"}, {"_id": "/b", "name": "B"}], "tags": [{"text": "t"}]}}),
        "category",
        json!("A"),
        &[],
    );
    check(
        json!({"type": "story", "taxonomy": {"primary_section": {"name": "A"},
            "sections": [{"_id": "/a", "name": "A"}, {"_id": "/b", "name": "B"}], "tags": [{"text": "t"}]}}),
        "tags",
        json!(["t", "B"]),
        &[],
    );
    check(
        json!({"type": "story", "taxonomy": {"primary_section": {"referent": {"id": "/a"}}}}),
        "category",
        json!(null),
        &["taxonomy.primary_section: /a"],
    );
    check(
        json!({"type": "story", "credits": {"by": [{"name": "A"}, {"referent": {"id": "7"}}], "photos_by": [{"name": "B"}]}}),
        "authors",
        json!([{"name": "A"}]),
        &["credits.by[1]: the person 7", "credits.photos_by[0]: B"],
    );
    check(
        json!({"type": "story", "canonical_url": "/a"}),
        "canonical_url",
        json!(null),
        &["canonical_url: /a"],
    );
    check(
        json!({"type": "story", "related_content": {"basic": [{"headlines": {"basic": "R"}, "canonical_url": "https://example.org/r"}]}}),
        "related",
        json!([{"title": "R", "url": "https://example.org/r"}]),
        &[],
    );
    check(
        json!({"type": "story", "copyright": "C", "workflow": {"status_code": 1}, "headlines": {"basic": "A", "web": "B"}}),
        "extra",
        json!({"ans": {"copyright": "C", "headlines": {"web": "B"}}}),
        &[],
    );
    check(
        json!({"type": "story", "promo_items": {"basic": {"type": "video", "promo_image": {"type": "image", "url": "https://example.org/a.png"}}}}),
        "image",
        json!({"src": "https://example.org/a.png"}),
        &["promo_items.basic: what the lead picture stands for"],
    );

    let (found, _) = read(
        &json!({"canonical_url": "/a"}),
        Some("https://example.org/"),
    );
    assert_eq!(found[0]["canonical_url"], "https://example.org/a");
    let list = json!({"type": "results", "content_elements": [{"type": "story"}, {"type": "tag"}, {"type": "story"}]});
    let (found, told) = read(&list, None);
    assert_eq!(found.as_array().unwrap().len(), 2);
    assert_eq!(told, ["content_elements[1]: an element of type tag"]);
}

#[test]
fn elements_may_be_nested_to_any_depth() {
    let mut element = json!({"type": "text", "content": "a"});
    for _ in 0..40 {
        element = json!({"type": "quote", "content_elements": [element]});
    }
    let (_, told) = read(&json!({"content_elements": [element]}), None);
    assert_eq!(told.len(), 1);
}
