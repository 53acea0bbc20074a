//! What of a page is the article.

use crate::import::{Kind, tests as trial};
use serde_json::json;

#[test]
fn json_ld_says_what_it_can_and_the_page_the_rest() {
    trial::check(
        Kind::Html,
        r#"<!doctype html><html lang=de><link rel=canonical href="https://example.org/n/a.html">
            <meta property="article:tag" content="sea"><meta name=description content="D &amp;amp; E">
            <script type="application/ld+json">//<![CDATA[
            {"@type": "NewsArticle", "headline": "A", "author": "P", "description": "
            raw"}
            //]]></script>
            <body><nav>Menu</nav><article><p>teaser</article>
            <article class=main><h1>A</h1><p>One <a href="b.html">two</a><p>three<aside>Ad</aside><h2>Risks</h2><ul><li>r</ul></article>"#,
        &[
            ("id", json!("a")),
            ("title", json!("A")),
            ("authors/0/name", json!("P")),
            ("language", json!("de")),
            ("tags", json!(["sea"])),
            ("summary", json!("raw")),
            (
                "sections",
                json!([{"body": "One [two](https://example.org/n/b.html)\n\nthree"}]),
            ),
            ("risks", json!(["r"])),
        ],
        &[
            "<body>: everything outside of <article class=\"main\">",
            "<article>: <aside> Ad",
        ],
    );
}

#[test]
fn article_body_of_the_json_ld_is_the_text() {
    trial::check(
        Kind::Html,
        r#"<script type="application/ld+json">{"@type": "Article", "headline": "A", "articleBody": "one"}</script>
            <article><p>two</article>"#,
        &[("sections", json!([{"body": "one"}]))],
        &[],
    );
}

#[test]
fn a_page_without_data_is_read_by_its_elements() {
    trial::check(
        Kind::Html,
        r#"<title>A title</title><base href="https://example.org/x/"><meta property="og:image" content="https://example.org/i.png">
            <time itemprop=datePublished datetime="2026-02-03">3 February</time>
            <div itemprop="articleBody"><p>One <img src=a.png alt=B></div>"#,
        &[
            ("id", json!("a-title")),
            ("title", json!("A title")),
            ("published", json!("2026-02-03")),
            ("image/src", json!("https://example.org/i.png")),
            (
                "sections/0/body",
                json!("One ![B](https://example.org/x/a.png)"),
            ),
        ],
        &["<body>: everything outside of <div>"],
    );
    trial::check(
        Kind::Html,
        "<p>Some words<p>and more",
        &[("title", json!("Some words and more"))],
        &[],
    );
    trial::check(
        Kind::Html,
        r#"<title>A</title><script type="application/ld+json">{"broken</script><p>x"#,
        &[("title", json!("A"))],
        &["JSON-LD [0]: the data about the article"],
    );
    assert!(trial::failure(Kind::Html, "<html></html>").contains("no title and no text"));
}
