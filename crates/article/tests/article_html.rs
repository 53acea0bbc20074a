//! Whole articles as HTML text, from their JSON.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use offprint_article::{HtmlSettings, article_html, read_collection};
use scraper::{Html, Selector};

#[track_caller]
fn html(json: &str, settings: &HtmlSettings<'_>) -> String {
    let collection = read_collection(json.into()).unwrap();
    article_html(&collection.article(0).unwrap(), settings)
}

#[track_caller]
fn check(json: &str, expect: &str) {
    assert_eq!(html(json, &HtmlSettings::default()), expect);
}

#[test]
fn a_stub_is_its_title() {
    check(
        r#"{"id": "a", "title": "Fish & <chips>"}"#,
        "<article dir=\"auto\">\n<header>\n<h1>Fish &amp; &lt;chips&gt;</h1>\n</header>\n</article>\n",
    );
}

#[test]
fn what_can_be_missing_leaves_no_trace() {
    check(
        r#"{"id": "a", "title": "T", "related": [{"id": "b"}], "sections": [{"body": "One."}]}"#,
        "<article dir=\"auto\">\n<header>\n<h1>T</h1>\n</header>\n<section>\n<p>One.</p>\n</section>\n</article>\n",
    );
}

const WHOLE: &str = r#"{
  "id": "a", "title": "Title", "subtitle": "Subtitle", "category": "News", "language": "ar",
  "published": "2026-02-02", "updated": "2026-02-03T09:15:00+01:00",
  "authors": [{"name": "A", "url": "https://example.org/a"}, {"name": "B"}],
  "source": {"name": "Source"}, "canonical_url": "original.html",
  "image": {"src": "a.png", "alt": "An \"A\"", "caption": "*Caption*", "credit": "Credit", "width": 8, "height": 4,
            "srcset": [{"src": "b.png", "width": 4}]},
  "summary": "Sum[^1]\n\n[^1]: Note", "key_points": ["One **point**"],
  "sections": [{"heading": "Heading", "body": "[link](x.html) and [bad](javascript:alert(1))\n\n<script>alert(1)</script>"}],
  "risks": ["Risk"], "disclosure": "Disclosed", "corrections": [{"date": "2026-02-04", "text": "Right"}],
  "related": [{"title": "Elsewhere", "excerpt": "E", "url": "https://example.org/e"}, {"title": "Nowhere"}, {"id": "b"}]
}"#;

/// The texts of all elements that a selector finds, and of nothing else.
#[track_caller]
fn check_texts(selector: &str, expect: &[&str]) {
    let settings = HtmlSettings {
        base: "https://example.org/base/",
        language: Some("de"),
        date: &|date, language| format!("{language} {date}"),
    };
    let document = Html::parse_fragment(&html(WHOLE, &settings));
    let selector = Selector::parse(selector).unwrap();
    let found = document.select(&selector);
    let texts = found.map(|element| element.text().collect::<String>());
    let texts: Vec<String> = texts.map(|text| text.trim().to_owned()).collect();
    assert_eq!(texts, expect);
}

#[test]
fn the_parts_stand_in_the_order_of_the_page() {
    check_texts("article[lang=ar][dir=rtl] > header > h1", &["Title"]);
    check_texts("header > p", &["News", "Subtitle"]);
    check_texts(
        "h2",
        &[
            "Summary",
            "Key Points",
            "Heading",
            "Risks",
            "Disclosure",
            "Corrections",
            "Notes",
            "Related Articles",
        ],
    );
    check_texts("section[aria-labelledby=op-key-points] li", &["One point"]);
    check_texts("section[aria-labelledby=op-risks] li", &["Risk"]);
    check_texts("section[aria-labelledby=op-disclosure] > p", &["Disclosed"]);
    check_texts("h2#op-heading-2, h2#op-heading", &["Heading"]);
}

#[test]
fn dates_are_told_by_who_knows_the_language() {
    check_texts(
        "time[datetime]",
        &[
            "ar 2026-02-02",
            "ar 2026-02-03T09:15:00+01:00",
            "ar 2026-02-04",
        ],
    );
}

#[test]
fn addresses_are_checked_and_resolved() {
    check_texts("a[rel=author][href='https://example.org/a']", &["A"]);
    check_texts(
        "header a[href='https://example.org/base/original.html']",
        &["Original article"],
    );
    check_texts("a[href='https://example.org/base/x.html']", &["link"]);
    check_texts("a[href*=script], script", &[]);
    check_texts("[aria-labelledby=op-related] a", &["Elsewhere"]);
    check_texts(
        "figure img[src='https://example.org/base/a.png'][alt='An \"A\"'][width='8'][height='4'][srcset='https://example.org/base/b.png 4w, https://example.org/base/a.png 8w']",
        &[""],
    );
    check_texts("figcaption em, figcaption small", &["Caption", "Credit"]);
}
