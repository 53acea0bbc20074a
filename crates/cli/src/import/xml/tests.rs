//! What feeds do to XML.

use super::*;

#[track_caller]
fn check(xml: &str, expect: &str) {
    let tidied = tidied(xml).unwrap();
    assert_eq!(tidied, expect);
    parse(&tidied).unwrap();
}

#[test]
fn slips_are_put_right() {
    check("\n<?xml version='1.0' encoding='a'?> <a>b</a>", " <a>b</a>");
    check(
        "<a>caf&eacute; &amp; R&D &nbsp;&unknown; &#38;&#146;</a>",
        "<a>café &amp; R&amp;D \u{a0}&amp;unknown; &amp;’</a>",
    );
    check(
        "<a b='x&y&amp;z&eacute;'/>",
        "<a b='x&amp;y&amp;z&#233;'/>"
            .replace("&#233;", "é")
            .as_str(),
    );
    check(
        "<a><![CDATA[R&D &eacute; <b>\u{b}]]></a>",
        "<a><![CDATA[R&D &eacute; <b>]]></a>",
    );
    check(
        "<!DOCTYPE rss PUBLIC \"-//N//DTD\" \"http://a/b.dtd\"><a/>",
        "<a/>",
    );
    check("<!DOCTYPE a [ <!ELEMENT a ANY> ]><a/>", "<a/>");
    check("<a>&#0;&#x1F;\u{1}b<!-- & --></a>", "<a>b</a>");
    check(
        "<rss><media:content url='a'/><x:y/></rss>",
        "<rss xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:x=\"urn:undeclared:x\"><media:content url='a'/><x:y/></rss>",
    );
    check("<a title='1 > 0'>b</a>", "<a title='1 > 0'>b</a>");
}

#[test]
fn what_could_expand_or_overflow_is_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
    assert!(tidied(bomb).unwrap_err().to_string().contains("entities"));
    let outside = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hosts\">]><a>&b;</a>";
    assert!(tidied(outside).is_err());
    let deep = "<a>".repeat(100_000);
    assert!(tidied(&deep).unwrap_err().to_string().contains("deep"));
    assert!(parse(&tidied("<a><b></a>").unwrap()).is_err());
}

#[test]
fn elements_are_read() {
    let xml = tidied(
        "<r xml:base='https://example.org/a/' xmlns:m='http://search.yahoo.com/mrss/' xmlns:h='http://www.w3.org/1999/xhtml'>\
         <m:content url=' b '/><d xml:base='c/' xml:lang='de'><h:p>x &lt; <h:br/><h:a href='y&amp;z'>z</h:a></h:p></d></r>",
    )
    .unwrap();
    let document = parse(&xml).unwrap();
    let children: Vec<Element> = Element(document.root_element()).children().collect();
    assert_eq!(children[0].name(""), "media:content");
    assert_eq!(children[0].attribute("url"), Some("b"));
    assert_eq!(children[1].name(""), "d");
    assert_eq!(
        children[1].base(None).as_deref(),
        Some("https://example.org/a/c/")
    );
    assert_eq!(children[1].language().as_deref(), Some("de"));
    assert_eq!(
        children[1].inner_html(),
        "<p>x &lt; <br><a href=\"y&amp;z\">z</a></p>"
    );
}
