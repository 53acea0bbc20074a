//! Atom is well-formed, has all that RFC 4287 demands, and other readers and our own import find the articles in it.

use super::write;
use crate::build::escape::is_allowed;
use crate::build::feeds::{Feed, newest_change};
use crate::build::sample::{HOSTILE, Sample, hostile};
use crate::import::{Draft, Opened, Settings, import};
use serde_json::json;

fn written(sample: &Sample) -> String {
    let mut out = Vec::new();
    let feed = Feed::of_site(&sample.site, "feed.xml");
    let entries = sample.entries();
    let changed = newest_change(entries.iter().copied());
    write(&feed, changed, entries, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn imported(xml: &str) -> Vec<Draft> {
    let opened = [Opened {
        name: "feed.xml".to_string(),
        bytes: xml.as_bytes().to_vec(),
        is_guess: false,
    }];
    let outcome = import(&opened, &Settings::default());
    assert_eq!(outcome.failures, Vec::<String>::new());
    outcome.imported.articles
}

#[test]
fn the_demo_edition_is_read_by_others_and_by_us() {
    let sample = Sample::demo().at("https://example.org/news/");
    let xml = written(&sample);
    let feed = feed_rs::parser::parse(xml.as_bytes()).unwrap();
    assert_eq!(feed.id, "https://example.org/news/feed.xml");
    assert_eq!(feed.language.as_deref(), Some("en"));
    assert_eq!(
        feed.updated.unwrap().to_rfc3339(),
        "2026-11-20T16:40:00+00:00"
    );
    let drafts = imported(&xml);
    assert_eq!(drafts.len(), sample.articles.len());
    for ((entry, draft), (article, ..)) in feed.entries.iter().zip(&drafts).zip(&sample.articles) {
        let address = format!("https://example.org/news/article/{}/", article.id);
        assert_eq!(entry.id, address);
        assert_eq!(entry.links[0].href, address);
        assert_eq!(entry.title.as_ref().unwrap().content, article.title);
        assert_eq!(entry.authors.len(), article.authors.len());
        let published = entry.published.map(|it| it.timestamp());
        assert_eq!(published, article.published.map(|it| it.sort_key()));
        let content = entry.content.as_ref().unwrap();
        assert_eq!(content.content_type.to_string(), "text/html");
        let whole = Draft::of(article);
        assert_eq!(draft.id, article.id);
        assert_eq!(draft.title, article.title);
        assert_eq!(draft.published, whole.published, "{}", article.id);
        assert_eq!(draft.updated, whole.updated, "{}", article.id);
        assert_eq!(draft.category, article.category);
        assert_eq!(draft.tags, article.tags);
        // The same text may be spelt in another way in Markdown.
        let said = |points: &[String]| -> Vec<String> {
            let points = points.iter().map(|point| article::parse_markdown(point));
            points.map(|point| article::plain_text(&point)).collect()
        };
        assert_eq!(said(&draft.key_points), said(&whole.key_points));
        assert_eq!(said(&draft.risks), said(&whole.risks), "{}", article.id);
        // Their texts have the day alone.
        let days = |draft: &Draft| -> Vec<Option<String>> {
            let dates = draft.corrections.iter().map(|it| it.date.as_ref());
            dates
                .map(|date| Some(date?.get(..10)?.to_string()))
                .collect()
        };
        assert_eq!(days(draft), days(&whole), "{}", article.id);
        assert_eq!(
            draft.disclosure.is_some(),
            whole.disclosure.is_some(),
            "{}",
            article.id
        );
        let headings = |draft: &Draft| -> Vec<Option<String>> {
            let sections = draft.sections.iter();
            sections.map(|section| section.heading.clone()).collect()
        };
        // A lead picture is a text before the first heading, and so are notes one behind the last field.
        if article.image.is_none() {
            let (found, expect) = (headings(draft), headings(&whole));
            assert!(found.starts_with(&expect), "{}: {found:?}", article.id);
        }
        let html = content.body.as_ref().unwrap();
        assert!(!html.contains("\"images/"), "{html}");
    }
}

/// What stands in the first entry, or the feed, under the name of an element.
#[track_caller]
fn check(sample: &Sample, path: &[&str], expect: &[&str]) {
    let xml = written(sample);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let mut found = vec![document.root_element()];
    for name in path {
        let inside = found.iter().flat_map(|node| node.children());
        found = inside
            .filter(|node| node.has_tag_name(*name) || node.tag_name().name() == *name)
            .collect();
    }
    let texts: Vec<&str> = found
        .iter()
        .map(|node| {
            node.attribute("href")
                .or(node.attribute("term"))
                .or(node.text())
                .unwrap_or_default()
        })
        .collect();
    assert_eq!(texts, expect, "{path:?}");
}

#[test]
fn dates_and_addresses() {
    let day = Sample::article(
        json!({"published": "2026-02-02", "canonical_url": "https://example.com/a"}),
    );
    check(&day, &["entry", "published"], &["2026-02-02T00:00:00Z"]);
    check(&day, &["entry", "issued"], &["2026-02-02"]);
    check(&day, &["entry", "updated"], &["2026-02-02T00:00:00Z"]);
    check(&day, &["entry", "modified"], &[]);
    check(&day, &["updated"], &["2026-02-02T00:00:00Z"]);
    check(&day, &["id"], &["urn:offprint:site:Site:feed.xml"]);
    check(
        &day,
        &["entry", "id"],
        &["urn:offprint:site:Site:article/a/"],
    );
    check(&day, &["entry", "link"], &["./article/a/"]);
    check(&day, &["link"], &["./feed.xml", "./"]);
    let moment = Sample::article(json!({
        "published": "2026-02-02", "updated": "2026-02-03T00:30:00+01:00", "category": "C & D", "tags": ["t"],
        "authors": [{"name": "A"}, {"name": "B"}],
    }));
    let moment = moment.at("https://example.org/");
    check(&moment, &["updated"], &["2026-02-03T00:30:00+01:00"]);
    check(&moment, &["entry", "modified"], &[]);
    check(&moment, &["entry", "category"], &["C & D", "t"]);
    check(&moment, &["entry", "author", "name"], &["A", "B"]);
    check(&moment, &["author", "name"], &["Site"]);
    check(
        &moment,
        &["link"],
        &["https://example.org/feed.xml", "https://example.org/"],
    );
    let none = Sample::article(json!({}));
    check(&none, &["updated"], &["1970-01-01T00:00:00Z"]);
    check(&none, &["entry", "published"], &[]);
}

#[test]
fn hostile_texts_stay_texts() {
    let sample = hostile();
    let xml = written(&sample);
    let titles: Vec<String> = sample
        .articles
        .iter()
        .map(|(article, ..)| article.title.chars().filter(|c| is_allowed(*c)).collect())
        .collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    check(&sample, &["entry", "title"], &titles);
    check(
        &sample,
        &["entry", "category"],
        &titles
            .iter()
            .flat_map(|title| [*title, *title])
            .collect::<Vec<_>>(),
    );
    assert_eq!(
        feed_rs::parser::parse(xml.as_bytes())
            .unwrap()
            .entries
            .len(),
        HOSTILE.len()
    );
}
