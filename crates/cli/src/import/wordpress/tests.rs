//! The traps of WordPress.

use super::without_shortcodes;
use crate::import::{Kind, Losses, tests as trial};
use serde_json::{Value, json};

#[track_caller]
fn check(members: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let post = format!(r#"{{"slug": "a", "link": "https://example.org/p/", {members}}}"#);
    trial::check(Kind::Wordpress, &post, expect, dropped);
}

#[test]
fn traps() {
    check(
        r#""title": {"rendered": "R&#038;D &#8211; <em>now</em>"}, "content": {"rendered": "<!-- wp:paragraph --><p>x</p>"}"#,
        &[
            ("title", json!("R&D – now")),
            ("sections/0/body", json!("x")),
        ],
        &[],
    );
    check(
        r#""title": {"rendered": "A"}, "date": "2026-02-03T10:00:00", "date_gmt": "2026-02-03T09:00:00",
            "modified": "2026-02-03T10:00:00", "modified_gmt": null"#,
        &[
            ("published", json!("2026-02-03T09:00:00Z")),
            ("updated", json!("2026-02-03")),
        ],
        &["modified: the time of “2026-02-03T10:00:00”"],
    );
    check(
        r#""title": {"rendered": "A"}, "content": {"rendered": "<p>One two three.</p>"}, "excerpt": {"rendered": "<p>One two [&hellip;]</p>"}"#,
        &[("summary", json!(null))],
        &[],
    );
    check(
        r#""title": {"rendered": "A"}, "content": {"rendered": "<p>One.</p>"}, "excerpt": {"rendered": "<p>Written <b>by hand</b> [&hellip;]</p>"}"#,
        &[("summary", json!("Written **by hand** …"))],
        &[],
    );
    check(
        r#""title": {"rendered": "Protected: A"}, "content": {"rendered": "", "protected": true}"#,
        &[("sections", json!(null))],
        &["content: the text of “Protected: A”"],
    );
    check(
        r#""title": {"rendered": "A"}, "author": 3, "categories": [1], "tags": [2], "featured_media": 9, "_embedded": {
            "author": [{"name": "Desk &amp; Co", "link": "https://example.org/desk"}],
            "wp:term": [[{"name": "News", "taxonomy": "category"}], [{"name": "sea", "taxonomy": "post_tag"}]],
            "wp:featuredmedia": [{"source_url": "https://example.org/a.jpg", "alt_text": "Alt",
                "caption": {"rendered": "<p>The <i>quay</i></p>"},
                "media_details": {"width": 1600, "height": 900, "sizes": {
                    "medium": {"source_url": "https://example.org/a-300.jpg", "width": 300},
                    "thumbnail": {"source_url": "https://example.org/a-150.jpg", "width": 150}}}}]}"#,
        &[
            (
                "authors",
                json!([{"name": "Desk & Co", "url": "https://example.org/desk"}]),
            ),
            ("category", json!("News")),
            ("tags", json!(["sea"])),
            ("image/caption", json!("The *quay*")),
            ("image/width", json!(1600)),
            (
                "image/srcset",
                json!([{"src": "https://example.org/a-300.jpg", "width": 300}]),
            ),
        ],
        &[],
    );
    check(
        r#""title": {"rendered": "A"}, "author": 3, "featured_media": 0"#,
        &[],
        &["author: author 3"],
    );
    check(
        r#""title": {"rendered": "A"}, "content": {"rendered": "<img src='data:image/gif;base64,R0' data-src='/a.jpg' alt='B'>"}, "extra_field": "kept", "comment_status": "open""#,
        &[
            ("sections/0/body", json!("![B](https://example.org/a.jpg)")),
            ("extra", json!({"wordpress": {"extra_field": "kept"}})),
        ],
        &[],
    );
}

#[test]
fn shortcodes_are_told_from_brackets() {
    let check = |html: &str, expect: &str, n_losses: usize| {
        let mut losses = Losses::of("test");
        assert_eq!(without_shortcodes(html, "here", &mut losses), expect);
        assert_eq!(losses.list().len(), n_losses, "{html}");
    };
    check("a [gallery ids=\"1,2\"] b", "a  b", 1);
    check("[caption]Text[/caption]", "Text", 2);
    check("[box title='x']<p>in</p>[/box]", "<p>in</p>", 2);
    check("He said [sic] and [a] [1]", "He said [sic] and [a] [1]", 0);
    check("[Update: x = y]", "[Update: x = y]", 0);
    check("[x] [/", "[x] [/", 0);
    let many = "[x] ".repeat(100_000);
    check(&many, &many, 0);
}
