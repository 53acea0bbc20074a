//! Snippets, as a browser would read them.

use super::*;
use scraper::{Html, Selector};
use serde_json::Value;

const CDN: &str = "https://cdn.example/offprint/1/";

fn snippet(place: &Place, shown: Shown) -> Snippet<'_> {
    Snippet {
        place,
        src: None,
        shown,
        category: None,
        theme: None,
        with_integrity: false,
    }
}

/// The elements of a snippet with their attributes in order: `script async src=…`.
fn read(html: &str) -> Vec<String> {
    let page = Html::parse_fragment(html);
    let all = Selector::parse("html > *, html > * *").unwrap();
    let element = |element: scraper::ElementRef| {
        let mut attributes: Vec<String> = element
            .value()
            .attrs()
            .map(|(name, value)| match value {
                "" => name.to_owned(),
                value => format!("{name}={value}"),
            })
            .collect();
        attributes.sort();
        format!("{} {}", element.value().name(), attributes.join(" "))
            .trim()
            .to_owned()
    };
    page.select(&all).map(element).collect()
}

fn pinned(name: &str) -> String {
    let digest = sha384(format!("/* {name} */").as_bytes());
    format!("crossorigin integrity={digest}")
}

#[track_caller]
fn check(html: &str, expect: &[&str]) {
    assert_eq!(read(html), expect, "{html}");
}

#[test]
fn elements() {
    let own = Place::sample("dist/", None);
    check(
        &snippet(&own, Shown::Reader).element(),
        &[
            "script src=dist/element.js type=module",
            "offprint-reader src=articles.json",
            "a href=articles.json",
        ],
    );
    let cdn = Place::sample(CDN, None);
    let script = format!(
        "script {} src=https://cdn.example/offprint/1/element.js type=module",
        pinned("element.js")
    );
    let article = Snippet {
        src: Some("https://news.example/all.json"),
        theme: Some("dark"),
        ..snippet(&cdn, Shown::Article("tides".to_owned()))
    };
    check(
        &article.element(),
        &[
            &script,
            "offprint-article article-id=tides src=https://news.example/all.json theme=dark",
            "a href=https://news.example/all.json",
        ],
    );
    let list = Snippet {
        category: Some("News & Politics"),
        ..snippet(&cdn, Shown::List(3))
    };
    check(
        &list.element(),
        &[
            &script,
            "offprint-list category=News & Politics limit=3 src=articles.json",
            "a href=articles.json",
        ],
    );
    let site = Place::sample("https://news.example/", Some("assets/abc/"));
    let article = snippet(&site, Shown::Article("größe".to_owned()));
    assert_eq!(
        read(&article.element())[1..],
        [
            "offprint-article article-id=größe src=https://news.example/article/gr%C3%B6%C3%9Fe/article.json",
            "a href=https://news.example/article/gr%C3%B6%C3%9Fe/article.json",
        ]
    );
}

#[test]
fn frames() {
    let rest = format!("loading=lazy referrerpolicy=strict-origin sandbox={SANDBOX}");
    let cdn = Place::sample(CDN, None);
    let article = Snippet {
        src: Some("all articles.json?a=1&b=2"),
        theme: Some("light"),
        ..snippet(&cdn, Shown::Article("a&b".to_owned()))
    };
    let frame = format!(
        "iframe data-offprint frameborder=0 height=600 {rest} src=https://cdn.example/offprint/1/embed.html?src=all+articles.json%3Fa%3D1%26b%3D2&article=a%26b&theme=light title=Article width=100%"
    );
    let script = format!(
        "script async {} src=https://cdn.example/offprint/1/frame.js",
        pinned("frame.js")
    );
    check(&article.frame(), &[&frame, &script]);
    // Of a site, the page for frames knows where its articles are, and its script is not pinned.
    let site = Place::sample("https://news.example/", Some("assets/abc/"));
    let frame = format!(
        "iframe data-offprint frameborder=0 height=600 {rest} src=https://news.example/embed.html?list=5 title=Articles width=100%"
    );
    check(
        &snippet(&site, Shown::List(5)).frame(),
        &[&frame, "script async src=https://news.example/frame.js"],
    );
}

#[test]
fn import_maps() {
    #[track_caller]
    fn check(url: &str, key: &str) {
        let place = Place::sample(url, None);
        let snippet = Snippet {
            with_integrity: true,
            ..snippet(&place, Shown::Reader)
        };
        let map: Value = serde_json::from_str(&snippet.import_map().unwrap()).unwrap();
        // Only what the element loads.
        let digest = sha384(b"/* offprint.js */");
        let [again, again2] = ["?again", "?again2"].map(|query| format!("{key}{query}"));
        assert_eq!(
            map,
            json!({ "integrity": { key: digest, again: digest, again2: digest } })
        );
        assert!(snippet.element().contains("element.js\" integrity="));
    }
    check(CDN, "https://cdn.example/offprint/1/offprint.js");
    check("dist/", "./dist/offprint.js");
    check("../dist/", "../dist/offprint.js");
    check("/dist/", "/dist/offprint.js");
}

/// What is loaded after a panic has its digest, too.
#[test]
fn every_start_is_in_the_map() {
    let script = include_str!("../../../../../www/loading.js");
    let (_, starts) = script.split_once("STARTS = [").unwrap();
    let (starts, _) = starts.split_once("];").unwrap();
    let imports = starts.split("import(\"./").skip(1);
    let imports: Vec<&str> = imports.filter_map(|rest| rest.split('"').next()).collect();
    let (name, again) = STARTS;
    let expect: Vec<String> = std::iter::once("")
        .chain(again)
        .map(|query| format!("{name}{query}"))
        .collect();
    assert_eq!(imports, expect);
}

#[test]
fn no_value_breaks_out() {
    for hostile in crate::build::HOSTILE {
        let place = Place::sample("dist/", None);
        let snippet = Snippet {
            src: Some(hostile),
            category: Some(hostile),
            with_integrity: true,
            ..snippet(&place, Shown::Article(hostile.to_owned()))
        };
        let names = |html: &str| -> Vec<String> {
            let element = |text: &String| text.split(' ').next().unwrap_or_default().to_owned();
            read(html).iter().map(element).collect()
        };
        let element = snippet.element();
        assert_eq!(
            names(&element),
            ["script", "script", "offprint-article", "a"],
            "{element}"
        );
        let frame = snippet.frame();
        assert_eq!(names(&frame), ["iframe", "script"], "{frame}");
    }
}
