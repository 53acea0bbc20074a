//! The traps of RSS.

use crate::import::{Kind, tests as trial};
use serde_json::{Value, json};

#[track_caller]
fn check(item: &str, expect: &[(&str, Value)], dropped: &[&str]) {
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'><channel>\
         <title>F &amp;amp; Co</title><link>https://example.org/</link><language>en_GB</language>\
         <item><title>A</title>{item}</item></channel></rss>"
    );
    trial::check(Kind::Rss, &feed, expect, dropped);
}

#[test]
fn traps() {
    check(
        "<description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long ]]]]><![CDATA[> <b>text</b></p>]]></content:encoded>",
        &[
            ("summary", json!("Short")),
            ("sections/0/body", json!("Long ]]> **text**")),
            (
                "source",
                json!({"name": "F & Co", "url": "https://example.org/"}),
            ),
        ],
        &[],
    );
    check(
        "<description>Only &amp;lt;this&amp;gt;</description>",
        &[("sections/0/body", json!("Only \\<this>"))],
        &[],
    );
    check(
        "<description>Long te…</description><content:encoded>Long text</content:encoded>",
        &[("summary", json!(null))],
        &[],
    );
    check(
        "<description>&amp;lt;p&amp;gt;One &amp;amp;amp; two&amp;lt;/p&amp;gt;</description>",
        &[("sections/0/body", json!("One & two"))],
        &[],
    );
    check(
        "<description>caf&eacute; & R&D &nbsp;</description>",
        &[("sections/0/body", json!("café & R&D"))],
        &[],
    );
    check(
        "<link>https://example.org/2026/a.html</link><description>&lt;img src='b.png' alt='B'&gt;</description>",
        &[
            ("id", json!("a")),
            ("canonical_url", json!("https://example.org/2026/a.html")),
            (
                "sections/0/body",
                json!("![B](https://example.org/2026/b.png)"),
            ),
        ],
        &[],
    );
    check(
        "<guid>https://example.org/g</guid>",
        &[
            ("id", json!("g")),
            ("canonical_url", json!("https://example.org/g")),
        ],
        &[],
    );
    check(
        "<guid isPermaLink='false'>https://example.org/g</guid>",
        &[("id", json!("g")), ("canonical_url", json!(null))],
        &[],
    );
    check(
        "<pubDate>Wed, 02 Oct 2002 08:00:00 EST</pubDate>",
        &[("published", json!("2002-10-02T08:00:00-05:00"))],
        &[],
    );
    check(
        "<dc:date>2026-02-02</dc:date>",
        &[("published", json!("2026-02-02"))],
        &[],
    );
    check(
        "<pubDate>now</pubDate>",
        &[("published", json!(null))],
        &["item[1]/pubDate: the date “now”"],
    );
    check(
        "<author>desk@example.org (The Desk)</author><dc:creator>B</dc:creator>",
        &[("authors", json!([{"name": "The Desk"}, {"name": "B"}]))],
        &[],
    );
    check(
        "<category>C</category><category>d</category><category>d</category>",
        &[("category", json!("C")), ("tags", json!(["d"]))],
        &[],
    );
    check(
        "<source url='https://a.example/f'>Elsewhere</source><comments>https://example.org/c</comments><odd>kept</odd>",
        &[
            (
                "source",
                json!({"name": "Elsewhere", "url": "https://a.example/f"}),
            ),
            ("extra", json!({"rss": {"odd": "kept"}})),
        ],
        &[],
    );
    check(
        "<title>&lt;b&gt;B&lt;/b&gt; &amp;amp; c</title>",
        &[("title", json!("B & c"))],
        &[],
    );
}

#[test]
fn pictures_and_sound() {
    check(
        "<media:content url='/a.jpg' medium='image' width='800' height='600'><media:description>D</media:description>\
         <media:credit>Me</media:credit></media:content>",
        &[(
            "image",
            json!({"src": "https://example.org/a.jpg", "caption": "D", "credit": "Me", "width": 800, "height": 600}),
        )],
        &[],
    );
    check(
        "<media:group><media:content url='/s.jpg' type='image/jpeg' width='400'/><media:content url='/l.jpg' type='image/jpeg' width='800'/></media:group>",
        &[
            ("image/src", json!("https://example.org/l.jpg")),
            (
                "image/srcset",
                json!([{"src": "https://example.org/s.jpg", "width": 400}]),
            ),
        ],
        &[],
    );
    check(
        "<media:thumbnail url='/t.jpg'/><media:content url='/a.jpg' medium='image'/><media:content url='/b.jpg' medium='image'/>",
        &[("image/src", json!("https://example.org/a.jpg"))],
        &["item[1]: the picture https://example.org/b.jpg"],
    );
    check(
        "<description>x</description><enclosure url='/a.mp3' type='audio/mpeg' length='1'/>",
        &[(
            "sections/0/body",
            json!("x\n\n[Audio: example.org](https://example.org/a.mp3)"),
        )],
        &[],
    );
    check(
        "<enclosure url='/a.png' type='image/png'/><description>&lt;img src='/a.png' alt='Alt'&gt;&lt;p&gt;x</description>",
        &[
            (
                "image",
                json!({"src": "https://example.org/a.png", "alt": "Alt"}),
            ),
            ("sections/0/body", json!("x")),
        ],
        &[],
    );
}

#[test]
fn older_versions() {
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
               <channel rdf:about='c'><title>F</title></channel>\
               <item rdf:about='https://example.org/a'><title>A</title><description>x</description></item></rdf:RDF>";
    trial::check(
        Kind::Rss,
        rdf,
        &[("id", json!("a")), ("sections/0/body", json!("x"))],
        &[],
    );
    let old = "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://a.example/rss.dtd\">\
               <rss version='0.91'><channel><title>F</title><item><title>A</title></item></channel></rss>";
    trial::check(Kind::Rss, old, &[("title", json!("A"))], &[]);
}

#[test]
fn what_is_no_feed_is_refused() {
    assert!(trial::failure(Kind::Rss, "<rss>").contains("not valid XML"));
    assert!(trial::failure(Kind::Rss, "<rss></rss>").contains("no <channel>"));
    assert!(trial::failure(Kind::Rss, "<feed/>").contains("an Atom feed"));
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>";
    assert!(trial::failure(Kind::Rss, bomb).contains("entities"));
}
