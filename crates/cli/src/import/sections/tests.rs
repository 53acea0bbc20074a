//! How bodies are divided.

use crate::import::{Draft, Headings, Image, Losses, html, sections};
use serde_json::{Value, json};

/// What an HTML body becomes; the title is “T”.
fn filled(html: &str, draft: Draft) -> (Value, Vec<String>) {
    let mut draft = Draft {
        title: "T".to_string(),
        ..draft
    };
    let mut losses = Losses::of("test");
    let document = html::document(html, "here", None, &mut losses);
    sections::fill(
        &mut draft,
        document,
        "here",
        &Headings::default(),
        &mut losses,
    );
    let losses = losses.list().iter().map(|loss| loss.what.clone());
    (serde_json::to_value(draft).unwrap(), losses.collect())
}

#[track_caller]
fn check(html: &str, field: &str, expect: Value) {
    let (draft, losses) = filled(html, Draft::default());
    assert_eq!(draft[field], expect, "{field} of {html}");
    assert_eq!(losses, Vec::<String>::new(), "{html}");
}

#[test]
fn bodies_are_split_at_their_topmost_headings() {
    let section = |heading: &str, body: &str| json!({"heading": heading, "body": body});
    check("<p>x", "sections", json!([{"body": "x"}]));
    check("", "sections", Value::Null);
    check(
        "<p>x<h3>A</h3>y<h4>B</h4>z<h3>C</h3>",
        "sections",
        json!([{"body": "x"}, section("A", "y\n\n#### B\n\nz"), section("C", "")]),
    );
    check(
        "<h4>A</h4>x<h2>B</h2>y",
        "sections",
        json!([{"body": "#### A\n\nx"}, section("B", "y")]),
    );
    check(
        "<h1> t </h1>x<h2>A</h2>y",
        "sections",
        json!([{"body": "x"}, section("A", "y")]),
    );
    check(
        "<h2><b>A</b> <code>b</code></h2>x",
        "sections",
        json!([section("A b", "x")]),
    );
    check(
        "<blockquote><h1>Q</h1></blockquote><h2>A</h2>",
        "sections",
        json!([{"body": "> # Q"}, section("A", "")]),
    );
}

#[test]
fn headings_that_stand_for_fields() {
    let list = "<ul><li>one <b>b</b><li>two</ul>";
    check(
        &format!("<h2>Key Points</h2>{list}"),
        "key_points",
        json!(["one **b**", "two"]),
    );
    check(
        "<h2>Key Takeaways:</h2><p>one<p>two",
        "key_points",
        json!(["one", "two"]),
    );
    check(
        &format!("<h2>Risiken</h2>{list}"),
        "risks",
        json!(["one **b**", "two"]),
    );
    check(
        "<h2>Résumé</h2><p>one<p>two",
        "summary",
        json!("one\n\ntwo"),
    );
    check("<h2>Divulgación</h2><p>one", "disclosure", json!("one"));
    check(
        "<h2>Key Points</h2><ul><li>one</ul><hr><p>two<hr><p>three",
        "key_points",
        json!(["one"]),
    );
    check(
        "<h2>Key Points</h2><ul><li>one</ul><hr><p>two<hr><p>three",
        "sections",
        json!([{"body": "two\n\n___\n\nthree"}]),
    );
    check(
        "<h2>Corrections</h2><ul><li>2026-02-03: x<li>y</ul>",
        "corrections",
        json!([{"date": "2026-02-03", "text": "x"}, {"text": "y"}]),
    );
    check(
        "<h2>Related Articles</h2><ul><li><a href='https://a.example/'>A</a> – about<li>Words only</ul>",
        "related",
        json!([{"title": "A", "excerpt": "about", "url": "https://a.example/"}, {"title": "Words only"}]),
    );
}

#[test]
fn what_has_not_the_shape_of_a_field_stays_text() {
    let table = "<table><tr><th>A<th>B<tr><td>1<td>2</table>";
    let (draft, _) = filled(&format!("<h2>Risks</h2>{table}"), Draft::default());
    assert_eq!(draft["risks"], Value::Null);
    assert_eq!(draft["sections"][0]["heading"], "Risks");
    check(
        "<h2>A</h2>x<h3>Risks</h3><ul><li>r</ul>",
        "risks",
        Value::Null,
    );
    check(
        "<h2>Risks</h2>",
        "sections",
        json!([{"heading": "Risks", "body": ""}]),
    );
}

#[test]
fn what_is_left_out_is_told() {
    let draft = Draft {
        summary: Some("old".to_string()),
        ..Draft::default()
    };
    let (draft, losses) = filled("<h2>Summary</h2>new", draft);
    assert_eq!(draft["summary"], "new");
    assert_eq!(losses, ["the summary “old”"]);
    let (_, losses) = filled(
        "<h2><a href='https://a.example/'>A</a></h2>",
        Draft::default(),
    );
    assert_eq!(
        losses,
        ["the link to https://a.example/ in the heading “A”"]
    );
}

#[test]
fn the_lead_picture_stands_once() {
    let lead = |caption: Option<&str>| Draft {
        image: Some(Image {
            src: "https://example.org/a.png?w=1".to_string(),
            caption: caption.map(String::from),
            ..Image::default()
        }),
        ..Draft::default()
    };
    let html =
        "<figure><img src='http://example.org/a.png' alt=B><figcaption>C</figcaption></figure><p>x";
    let (draft, _) = filled(html, lead(None));
    assert_eq!(draft["image"]["alt"], "B");
    assert_eq!(draft["image"]["caption"], "C");
    assert_eq!(draft["sections"], json!([{"body": "x"}]));
    let (draft, _) = filled(html, lead(Some("Another")));
    assert_eq!(draft["image"]["caption"], "Another");
    assert_eq!(
        draft["sections"][0]["body"],
        "![B](http://example.org/a.png \"C\")\n\nx"
    );
}
