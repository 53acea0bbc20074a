//! Sitemaps hold what they should, in files of the size they may have.

use super::*;
use crate::build::sample::{Sample, hostile};
use serde_json::{Value, json};

/// The addresses in a sitemap or index, and what stands behind them.
fn read(xml: &str) -> Vec<(String, Option<String>)> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let children = document.root_element().children();
    let text = |node: roxmltree::Node, name: &str| {
        let found = node
            .descendants()
            .find(|child| child.tag_name().name() == name);
        found.and_then(|child| child.text()).map(str::to_string)
    };
    children
        .filter(roxmltree::Node::is_element)
        .map(|url| {
            let date = text(url, "lastmod").or(text(url, "publication_date"));
            (text(url, "loc").unwrap(), date)
        })
        .collect()
}

fn written(site: &Site, pages: impl IntoIterator<Item = Page>) -> Vec<(String, String)> {
    within(LIMITS, site, pages)
}

fn within(
    limits: Limits,
    site: &Site,
    pages: impl IntoIterator<Item = Page>,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut put = |name: &str, xml: &str| {
        files.push((name.to_string(), xml.to_string()));
        Ok(())
    };
    write_within(limits, site, pages, &mut put).unwrap();
    files
}

fn pair(address: &str, date: &str) -> (String, Option<String>) {
    let date = Some(date.to_string()).filter(|date| !date.is_empty());
    (address.to_string(), date)
}

#[test]
fn a_small_site_has_one_file() {
    let collection = json!({"version": 1, "articles": [
        {"id": "a", "title": "A", "published": "2026-02-02"},
        {"id": "größe", "title": "B", "published": "2026-02-02", "updated": "2026-02-03T09:15:00+01:00"},
        {"id": "c", "title": "C", "canonical_url": "https://example.com/c"},
        {"id": "d", "title": "D", "canonical_url": "https://example.org/article/d/"},
    ]});
    let mut sample = Sample::of(&collection);
    let pages = |sample: &Sample| -> Vec<Page> {
        sample
            .entries()
            .iter()
            .filter_map(|entry| Page::of(&sample.site, entry))
            .collect()
    };
    assert_eq!(written(&sample.site, pages(&sample)), []);
    sample = sample.at("https://example.org/");
    let files = written(&sample.site, pages(&sample));
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].0, "sitemap.xml");
    assert_eq!(
        read(&files[0].1),
        [
            pair("https://example.org/article/a/", "2026-02-02"),
            pair(
                "https://example.org/article/gr%C3%B6%C3%9Fe/",
                "2026-02-03T09:15:00+01:00"
            ),
            pair("https://example.org/article/d/", ""),
        ]
    );
}

#[test]
fn a_large_site_has_an_index() {
    let sample = Sample::article(json!({})).at("https://example.org/");
    let page = |ix: usize| Page {
        path: format!("article/{ix}/"),
        changed: Date::of_day(ix as i64 / 10),
    };
    let names = |files: &[(String, String)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    let full = written(&sample.site, (0..LIMITS.n_urls).map(page));
    assert_eq!(names(&full), ["sitemap.xml"]);
    let more = written(&sample.site, (0..=LIMITS.n_urls).map(page));
    assert_eq!(
        names(&more),
        ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    );
    assert_eq!(more[0].1, full[0].1);
    assert_eq!(read(&more[1].1).len(), 1);
    assert_eq!(
        read(&more[2].1),
        [
            pair("https://example.org/sitemap-1.xml", "1983-09-09"),
            pair("https://example.org/sitemap-2.xml", "1983-09-10"),
        ]
    );
    // Long addresses fill a file sooner.
    let whole = written(&sample.site, (0..100).map(page));
    let n_bytes = whole[0].1.len();
    for (n_bytes, expect) in [(n_bytes, &names(&full)), (n_bytes - 1, &names(&more))] {
        let limits = Limits { n_bytes, ..LIMITS };
        let files = within(limits, &sample.site, (0..100).map(page));
        assert_eq!(names(&files), *expect);
        assert!(files.iter().all(|(_, xml)| xml.len() <= n_bytes));
    }
}

/// The ids in a news sitemap of articles that appeared at these dates, newest first.
#[track_caller]
fn check_news(dates: &[&str], expect: &[usize]) {
    let articles = dates
        .iter()
        .enumerate()
        .map(|(ix, date)| json!({"id": format!("a{ix}"), "title": "T", "published": date}));
    let articles: Vec<Value> = articles.collect();
    let sample = Sample::of(&json!({"version": 1, "articles": articles}));
    assert_eq!(news(&sample.site, sample.entries()), None);
    let sample = sample.at("https://example.org/");
    let found = news(&sample.site, sample.entries()).map(|xml| read(&xml));
    let expect: Vec<_> = expect
        .iter()
        .map(|&ix| pair(&format!("https://example.org/article/a{ix}/"), dates[ix]))
        .collect();
    assert_eq!(found.unwrap_or_default(), expect);
}

#[test]
fn news_are_of_two_days() {
    check_news(&[], &[]);
    check_news(&[""], &[]);
    check_news(
        &["2026-02-05", "2026-02-04", "2026-02-03", "2026-02-02"],
        &[0, 1, 2],
    );
    check_news(
        &["2026-02-05T12:00:00Z", "2026-02-03T12:00:00Z", "2026-02-03"],
        &[0, 1],
    );
    check_news(&vec!["2026-02-05"; 1_001], &(0..1_000).collect::<Vec<_>>());
}

#[test]
fn languages_of_news() {
    for (tag, expect) in [
        (None, "und"),
        (Some("en-GB"), "en"),
        (Some("zh"), "zh-cn"),
        (Some("zh-Hant-HK"), "zh-tw"),
        (Some("DE"), "de"),
    ] {
        assert_eq!(news_language(tag), expect);
    }
}

#[test]
fn hostile_titles() {
    let sample = hostile().at("https://example.org/");
    let xml = news(&sample.site, sample.entries()).unwrap();
    assert_eq!(read(&xml).len(), sample.articles.len());
    let document = roxmltree::Document::parse(&xml).unwrap();
    let mut titles = document
        .descendants()
        .filter(|node| node.tag_name().name() == "title");
    for (article, ..) in &sample.articles {
        let shown: String = article
            .title
            .chars()
            .filter(|c| crate::build::escape::is_allowed(*c))
            .collect();
        assert_eq!(titles.next().and_then(|node| node.text()), Some(&*shown));
    }
}
