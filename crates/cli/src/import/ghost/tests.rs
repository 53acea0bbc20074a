//! The traps of Ghost.

use crate::import::{Kind, tests as trial};
use serde_json::{Value, json};

#[track_caller]
fn check(members: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let posts = format!(
        r#"{{"posts": [{{"slug": "a", "title": "A", "url": "https://example.org/a/", {members}}}]}}"#
    );
    trial::check(Kind::Ghost, &posts, expect, dropped);
}

#[test]
fn traps() {
    check(
        r#""html": null, "visibility": "members", "excerpt": "Only this""#,
        &[("summary", json!("Only this")), ("sections", json!(null))],
        &["posts[0].html: the text of “A”"],
    );
    check(
        r#""html": null, "plaintext": "One\n\nTwo""#,
        &[("sections/0/body", json!("One\n\nTwo"))],
        &[],
    );
    check(
        r##""html": "<p>x</p>", "primary_tag": {"name": "News"}, "tags": [{"name": "News"}, {"name": "sea"}, {"name": "#draft", "visibility": "internal"}]"##,
        &[("category", json!("News")), ("tags", json!(["sea"]))],
        &["posts[0].tags[2]: the tag #draft"],
    );
    check(
        r#""html": "<p>x</p>", "feature_image": "/a.jpg", "feature_image_alt": "Alt", "feature_image_caption": "By <a href='/me'>me</a>""#,
        &[(
            "image",
            json!({"src": "https://example.org/a.jpg", "alt": "Alt", "caption": "By [me](https://example.org/me)"}),
        )],
        &[],
    );
    check(
        r#""html": "<figure class='kg-card kg-image-card kg-card-hascaption'><img src='/a.png' alt='B' class='kg-image'><figcaption>C</figcaption></figure>""#,
        &[(
            "sections/0/body",
            json!("![B](https://example.org/a.png \"C\")"),
        )],
        &[],
    );
    check(
        r#""html": "x", "published_at": "2019-03-26T19:45:31.000+00:00", "custom_excerpt": "E", "reading_time": 3, "odd": "kept""#,
        &[
            ("published", json!("2019-03-26T19:45:31Z")),
            ("summary", json!("E")),
            ("extra", json!({"ghost": {"odd": "kept"}})),
        ],
        &[],
    );
}

#[test]
fn a_bare_list_and_a_single_post_are_read() {
    for text in [
        r#"[{"title": "A", "slug": "a", "html": "x"}]"#,
        r#"{"title": "A", "slug": "a", "html": "x"}"#,
    ] {
        trial::check(
            Kind::Ghost,
            text,
            &[("id", json!("a")), ("sections/0/body", json!("x"))],
            &[],
        );
    }
}
