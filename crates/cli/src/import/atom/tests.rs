//! The traps of Atom.

use crate::import::{Kind, tests as trial};
use serde_json::{Value, json};

#[track_caller]
fn check(entry: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://example.org/blog/'><title>F</title>\
         <link href='/'/><link rel='self' href='feed.xml'/><author><name>Feed Author</name></author>\
         <entry><title>A</title>{entry}</entry></feed>"
    );
    trial::check(Kind::Atom, &feed, expect, dropped);
}

#[test]
fn traps() {
    check(
        "<link href='2026/a'/><id>urn:x</id><content type='html'>&lt;img src='b.png' alt='B'&gt;</content>",
        &[
            ("id", json!("a")),
            ("canonical_url", json!("https://example.org/blog/2026/a")),
            (
                "sections/0/body",
                json!("![B](https://example.org/blog/b.png)"),
            ),
            ("authors", json!([{"name": "Feed Author"}])),
            (
                "source",
                json!({"name": "F", "url": "https://example.org/"}),
            ),
        ],
        &[],
    );
    check(
        "<content type='xhtml' xml:base='c/'><div xmlns='http://www.w3.org/1999/xhtml'><p>x<br/>y</p><p><a href='d'>z</a></p></div></content>",
        &[(
            "sections/0/body",
            json!("x\\\ny\n\n[z](https://example.org/blog/c/d)"),
        )],
        &[],
    );
    check(
        "<content type='text'>1 &lt; 2 &lt;b&gt;</content>",
        &[("sections/0/body", json!("1 < 2 \\<b>"))],
        &[],
    );
    check(
        "<content>plain\n\ntext</content>",
        &[("sections/0/body", json!("plain\n\ntext"))],
        &[],
    );
    check(
        "<summary type='html'>&lt;b&gt;s&lt;/b&gt;</summary>",
        &[("summary", json!("**s**")), ("sections", json!(null))],
        &[],
    );
    check(
        "<content src='https://example.org/a.pdf' type='application/pdf'/>",
        &[],
        &["entry[1]/content: the content at https://example.org/a.pdf"],
    );
    check(
        "<content type='image/png'>R0lG</content>",
        &[],
        &["entry[1]/content: content of the type image/png"],
    );
    check(
        "<updated>2026-02-03T00:00:00Z</updated>",
        &[
            ("published", json!("2026-02-03T00:00:00Z")),
            ("updated", json!("2026-02-03T00:00:00Z")),
        ],
        &[],
    );
    // A change at the moment of the first appearance is none.
    check(
        "<published>2026-02-03T00:00:00Z</published><updated>2026-02-03T00:00:00Z</updated>",
        &[
            ("published", json!("2026-02-03T00:00:00Z")),
            ("updated", json!(null)),
        ],
        &[],
    );
    check(
        "<updated>1970-01-01T00:00:00Z</updated>",
        &[("published", json!(null)), ("updated", json!(null))],
        &[],
    );
    check(
        "<published>2026-02-03T00:00:00Z</published><d:issued xmlns:d='http://purl.org/dc/terms/'>2026-02-03</d:issued>
         <updated>2026-02-04T09:15:00Z</updated><d:modified xmlns:d='http://purl.org/dc/terms/'>2026-02-05</d:modified>",
        &[
            ("published", json!("2026-02-03")),
            ("updated", json!("2026-02-04T09:15:00Z")),
            ("extra/atom/dcterms:modified/0", json!("2026-02-05")),
        ],
        &[],
    );
    check(
        "<category term='c' label='The C'/><category term='d'/><author><name>N</name><uri>/n</uri></author>",
        &[
            ("category", json!("The C")),
            ("tags", json!(["d"])),
            (
                "authors",
                json!([{"name": "N", "url": "https://example.org/n"}]),
            ),
        ],
        &[],
    );
    check(
        "<link rel='related' href='/r' title='R'/><link rel='enclosure' type='audio/mpeg' href='/a.mp3'/><link rel='odd' href='/o'/>",
        &[
            (
                "related",
                json!([{"title": "R", "url": "https://example.org/r"}]),
            ),
            (
                "sections/0/body",
                json!("[Audio: example.org](https://example.org/a.mp3)"),
            ),
        ],
        &["entry[1]/link: the link (odd) to https://example.org/o"],
    );
    check(
        "<content xml:lang='de'>x</content>",
        &[("language", json!("de"))],
        &[],
    );
    check(
        "<source><title>S</title><link href='https://s.example/'/></source>",
        &[("source", json!({"name": "S", "url": "https://s.example/"}))],
        &[],
    );
    check(
        "<rights>kept</rights>",
        &[("extra", json!({"atom": {"rights": ["kept"]}}))],
        &[],
    );
}

#[test]
fn titles_of_every_type() {
    let check = |title: &str, expect: &str| {
        let feed = format!("<feed><entry>{title}<id>x</id></entry></feed>");
        trial::check(Kind::Atom, &feed, &[("title", json!(expect))], &[]);
    };
    check("<title>R&amp;D &lt;b&gt;</title>", "R&D <b>");
    check(
        "<title type='html'>&lt;b&gt;R&amp;amp;D&lt;/b&gt;</title>",
        "R&D",
    );
    check(
        "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>R<b>D</b></div></title>",
        "RD",
    );
}
