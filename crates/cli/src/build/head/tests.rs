//! Heads as a browser would read them.

use super::*;
use crate::build::sample::{HOSTILE, Sample, hostile};
use crate::import::{Kind, Opened, Settings, import};
use scraper::{Html, Selector};
use serde_json::{Value, json};

fn of_article(sample: &Sample) -> String {
    let entries = sample.entries();
    Head {
        site: &sample.site,
        root: "../../",
        path: &entries[0].path(),
        about: About::Article(&entries[0]),
    }
    .html()
}

fn of(sample: &Sample, root: &str, path: &str, about: About) -> String {
    Head {
        site: &sample.site,
        root,
        path,
        about,
    }
    .html()
}

/// Of each element of the head, what it says: `og:title=A`, `link canonical=https://…`.
fn read(head: &str) -> Vec<String> {
    let page = Html::parse_document(&format!("<!doctype html><head>{head}</head><p>"));
    let selector = Selector::parse("head > *").unwrap();
    page.select(&selector)
        .map(|element| {
            let attr = |name: &str| element.attr(name);
            match element.value().name() {
                "meta" => {
                    let name = attr("name").or(attr("property")).unwrap();
                    format!("{name}={}", attr("content").unwrap())
                }
                "link" => {
                    let kind = attr("type").map(|kind| format!(" {kind}"));
                    let (rel, href) = (attr("rel").unwrap(), attr("href").unwrap());
                    format!("{rel}{}={href}", kind.unwrap_or_default())
                }
                name => {
                    let text: String = element.text().collect();
                    match name {
                        "script" => "script".to_string(),
                        name => format!("{name}={text}"),
                    }
                }
            }
        })
        .collect()
}

/// The things in the block of data.
#[track_caller]
fn graph(head: &str) -> Vec<Value> {
    let page = Html::parse_document(head);
    let selector = Selector::parse("script").unwrap();
    let scripts: Vec<_> = page.select(&selector).collect();
    assert_eq!(scripts.len(), 1, "{head}");
    assert_eq!(scripts[0].attr("type"), Some("application/ld+json"));
    let text: String = scripts[0].text().collect();
    let mut data: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    match data["@graph"].take() {
        Value::Array(list) => list,
        other => panic!("{other}"),
    }
}

fn full() -> Sample {
    let sample = Sample::article(json!({
        "title": "T & Co", "subtitle": "Sub", "published": "2026-02-02", "updated": "2026-02-03T09:15:00+01:00",
        "category": "C++", "tags": ["a", "b"], "language": "pt-br", "summary": "*Sum*",
        "authors": [{"name": "A B"}, {"name": "D", "url": "https://example.com/d"}, {"name": "Site"}],
        "image": {"src": "i.png", "alt": "Alt", "caption": "*Cap*", "credit": "Cr", "width": 1600, "height": 900},
        "corrections": [{"date": "2026-02-03", "text": "In *metres*."}]
    }));
    sample.at("https://example.org/n/")
}

const LOOKS: [&str; 4] = [
    "theme-color=#fcfbf8",
    "theme-color=#151412",
    "manifest=../../manifest.webmanifest",
    "icon image/svg+xml=../../icon.svg",
];

const FEEDS: [&str; 2] = [
    "alternate application/feed+json=../../feed.json",
    "alternate application/atom+xml=../../feed.xml",
];

#[test]
fn an_article_with_everything() {
    let mut expect = vec![
        "title=T & Co — Site",
        "description=Sum",
        "robots=max-image-preview:large",
        "canonical=https://example.org/n/article/a/",
        "og:type=article",
        "og:title=T & Co",
        "og:description=Sum",
        "og:url=https://example.org/n/article/a/",
        "og:site_name=Site",
        "og:locale=pt_BR",
        "og:image=https://example.org/n/i.png",
        "og:image:width=1600",
        "og:image:height=900",
        "og:image:alt=Alt",
        "article:published_time=2026-02-02",
        "article:modified_time=2026-02-03T09:15:00+01:00",
        "article:section=C++",
        "article:tag=a",
        "article:tag=b",
        "article:author=A B",
        "article:author=D",
        "article:author=Site",
        "twitter:card=summary_large_image",
        "alternate application/json=../../article/a/article.json",
        "alternate text/plain=../../article/a/article.txt",
        "alternate application/json+oembed=https://example.org/n/article/a/oembed.json",
    ];
    expect.extend(FEEDS);
    expect.extend(LOOKS);
    expect.push("script");
    assert_eq!(read(&of_article(&full())), expect);
}

#[test]
fn an_article_with_nothing() {
    let mut expect = vec![
        "title=A — Site",
        "description=A",
        "robots=max-image-preview:large",
        "og:type=article",
        "og:title=A",
        "og:description=A",
        "og:site_name=Site",
        "og:locale=en",
        "twitter:card=summary",
        "alternate application/json=../../article/a/article.json",
        "alternate text/plain=../../article/a/article.txt",
    ];
    expect.extend(FEEDS);
    expect.extend(LOOKS);
    expect.push("script");
    assert_eq!(read(&of_article(&Sample::article(json!({})))), expect);
    // A relative picture has no address that another site could use.
    let sample = Sample::article(json!({"image": "i.png"}));
    assert_eq!(read(&of_article(&sample)), expect);
}

#[test]
fn structured_data_of_an_article() {
    let graph = graph(&of_article(&full()));
    assert_eq!(
        graph[0],
        json!({
            "@type": "NewsArticle", "headline": "T & Co", "alternativeHeadline": "Sub", "description": "Sum",
            "image": [{"@type": "ImageObject", "url": "https://example.org/n/i.png", "width": 1600, "height": 900,
                "caption": "Cap", "creditText": "Cr"}],
            "datePublished": "2026-02-02", "dateModified": "2026-02-03T09:15:00+01:00",
            "author": [
                {"@type": "Person", "name": "A B", "url": "https://example.org/n/author/a-b/"},
                {"@type": "Person", "name": "D", "url": "https://example.com/d"},
                {"@type": "Organization", "name": "Site", "url": "https://example.org/n/author/site/"}],
            "publisher": {"@type": "Organization", "name": "Site", "url": "https://example.org/n/"},
            "articleSection": "C++", "keywords": ["a", "b"], "inLanguage": "pt-br",
            "url": "https://example.org/n/article/a/",
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/n/article/a/"},
            "isAccessibleForFree": true,
            "correction": [{"@type": "CorrectionComment", "text": "In metres.", "datePublished": "2026-02-03"}]
        })
    );
    let way: Vec<&str> = graph[1]["itemListElement"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["item"].as_str().unwrap())
        .collect();
    let category = article::name_slug("C++");
    assert_eq!(
        way,
        [
            "https://example.org/n/",
            &format!("https://example.org/n/category/{category}/"),
            "https://example.org/n/article/a/"
        ]
    );
}

/// What Google's documentation of Article lists, as far as the article has it.
#[test]
fn the_demo_has_all_that_google_lists() {
    let sample = Sample::demo().at("https://example.org/");
    for entry in &sample.entries() {
        let path = entry.path();
        let head = of(&sample, "../../", &path, About::Article(entry));
        let thing = graph(&head).swap_remove(0);
        let article = entry.article;
        for (name, is_there) in [
            ("headline", true),
            ("image", article.image.is_some()),
            ("datePublished", article.published.is_some()),
            ("dateModified", article.published.is_some()),
            ("author", !article.authors.is_empty()),
            ("publisher", true),
            ("description", true),
            ("mainEntityOfPage", true),
            ("correction", !article.corrections.is_empty()),
        ] {
            assert_eq!(thing.get(name).is_some(), is_there, "{name} of {path}");
        }
        for author in thing["author"].as_array().into_iter().flatten() {
            assert!(author["name"].is_string() && author["url"].is_string());
        }
        // Our own import finds the same in it.
        let opened = [Opened {
            name: "page".to_string(),
            bytes: thing
                .to_string()
                .replacen('{', "{\"@context\":\"https://schema.org\",", 1)
                .into_bytes(),
            is_guess: false,
        }];
        let settings = Settings {
            from: Some(Kind::JsonLd),
            ..Settings::default()
        };
        let draft = import(&opened, &settings).imported.articles.swap_remove(0);
        assert_eq!(draft.title, article.title);
        assert_eq!(draft.published, article.published.map(|it| it.to_string()));
    }
}

#[test]
fn originals_elsewhere() {
    #[track_caller]
    fn check(canonical: &str, expect: &str) {
        let sample = Sample::article(json!({"canonical_url": canonical}));
        let head = of_article(&sample.at("https://example.org/n/"));
        let found = read(&head);
        assert!(found.contains(&format!("canonical={expect}")), "{found:?}");
        assert!(found.contains(&format!("og:url={expect}")), "{found:?}");
        assert_eq!(graph(&head)[0]["url"], expect);
    }
    check("https://example.com/a", "https://example.com/a");
    check("old/a", "https://example.org/n/old/a");
    check("mailto:a@example.com", "https://example.org/n/article/a/");
    let sample = Sample::article(json!({"canonical_url": "https://example.com/a"}));
    assert!(read(&of_article(&sample)).contains(&"canonical=https://example.com/a".to_string()));
    let sample = Sample::article(json!({"canonical_url": "old/a"}));
    assert!(!of_article(&sample).contains("canonical"));
}

#[test]
fn lists() {
    let sample = full();
    let list = |page| About::List {
        kind: "tag",
        slug: "c",
        name: "C",
        page,
        n_pages: 3,
    };
    let rels = |head: &str| -> Vec<String> {
        let found = read(head).into_iter();
        found
            .filter(|it| {
                ["prev", "next", "canonical", "title"]
                    .iter()
                    .any(|rel| it.starts_with(rel))
            })
            .collect()
    };
    assert_eq!(
        rels(&of(&sample, "../../", "tag/c/", list(1))),
        [
            "title=C — Site",
            "canonical=https://example.org/n/tag/c/",
            "next=../../tag/c/page/2/"
        ]
    );
    let second = of(&sample, "../../../../", "tag/c/page/2/", list(2));
    assert_eq!(
        rels(&second),
        [
            "title=C (2/3) — Site",
            "canonical=https://example.org/n/tag/c/page/2/",
            "prev=../../../../tag/c/",
            "next=../../../../tag/c/page/3/"
        ]
    );
    let things = graph(&second);
    assert_eq!(things[0]["@type"], "CollectionPage");
    assert_eq!(things[0]["isPartOf"]["name"], "Site");
    assert_eq!(
        things[1]["itemListElement"][1]["item"],
        "https://example.org/n/tag/c/"
    );
    let front = About::Front {
        page: 1,
        n_pages: 2,
    };
    let front = of(&sample, "./", "", front);
    assert_eq!(
        rels(&front),
        [
            "title=Site",
            "canonical=https://example.org/n/",
            "next=./page/2/"
        ]
    );
    let things = graph(&front);
    assert_eq!(things.len(), 1);
    assert_eq!(things[0]["@type"], "WebSite");
    let last = About::Front {
        page: 2,
        n_pages: 2,
    };
    assert_eq!(
        rels(&of(&sample, "../../", "page/2/", last)),
        [
            "title=Site (2/2)",
            "canonical=https://example.org/n/page/2/",
            "prev=../../"
        ]
    );
}

#[test]
fn feeds_of_a_category() {
    let sample = Sample::article(json!({"title": "A", "category": "C"}));
    let feeds = |kind| -> Vec<String> {
        let list = About::List {
            kind,
            slug: "ü",
            name: "C & D",
            page: 2,
            n_pages: 2,
        };
        let path = format!("{kind}/%C3%BC/page/2/");
        let head = of(&sample, "../../../../", &path, list);
        let lines = head.lines().filter(|line| line.contains("feed+json"));
        lines.map(str::to_owned).collect()
    };
    let of_site = "<link rel=\"alternate\" href=\"../../../../feed.json\" type=\"application/feed+json\" title=\"Site\">";
    let own = "<link rel=\"alternate\" href=\"../../../../category/%C3%BC/feed.json\" type=\"application/feed+json\" title=\"C &amp; D — Site\">";
    assert_eq!(feeds("category"), [own, of_site]);
    assert_eq!(feeds("tag"), [of_site]);
}

#[test]
fn pages_that_nobody_should_find() {
    let sample = full();
    for (about, title) in [
        (About::NotFound, "title=Not found — Site"),
        (About::Offline, "title=Offline — Site"),
    ] {
        let mut expect = vec![title, "robots=noindex"];
        expect.extend(FEEDS);
        expect.extend(LOOKS);
        assert_eq!(read(&of(&sample, "../../", "404.html", about)), expect);
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let sample = hostile().at("https://example.org/");
    for (entry, title) in sample.entries().iter().zip(HOSTILE) {
        let head = of(&sample, "../../", &entry.path(), About::Article(entry));
        let things = graph(&head);
        assert_eq!(things[0]["headline"], json!(entry.article.title));
        let found = read(&head);
        // Title, meta and link elements, and one script: nothing that the text could have made.
        assert_eq!(found.iter().filter(|it| *it == "script").count(), 1);
        assert!(!found.iter().any(|it| it.starts_with("img")), "{found:?}");
        let shown: String = title
            .chars()
            .filter(|c| crate::build::escape::is_allowed(*c))
            .collect();
        if entry.article.title == title {
            assert!(found.contains(&format!("og:title={shown}")), "{found:?}");
        }
        let list = About::List {
            kind: "tag",
            slug: "x",
            name: title,
            page: 1,
            n_pages: 1,
        };
        assert_eq!(graph(&of(&sample, "../../", "tag/x/", list)).len(), 2);
    }
}

#[test]
fn locales() {
    for (tag, expect) in [
        ("en", "en"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant-TW", "zh_TW"),
        ("de-x-fr", "de"),
        ("EN-gb", "en_GB"),
    ] {
        assert_eq!(locale(tag), expect);
    }
}

#[track_caller]
fn said(sample: &Sample) -> Option<Value> {
    let entries = sample.entries();
    let head = Head {
        site: &sample.site,
        root: "../../",
        path: &entries[0].path(),
        about: About::Article(&entries[0]),
    };
    let is_led_to = head.html().contains("application/json+oembed");
    let said = head.oembed();
    assert_eq!(is_led_to, said.is_some());
    said.map(|text| serde_json::from_str(&text).unwrap())
}

#[test]
fn what_is_said_to_who_embeds_an_article() {
    let sandbox = crate::embed::SANDBOX;
    let frame = |id: &str, title: &str| {
        format!(
            "<iframe src=\"https://example.org/n/embed.html?article={id}\" title=\"{title}\" width=\"640\" height=\"600\" frameborder=\"0\" loading=\"lazy\" referrerpolicy=\"strict-origin\" sandbox=\"{sandbox}\"></iframe>"
        )
    };
    assert_eq!(
        said(&full()),
        Some(json!({
            "type": "rich", "version": "1.0", "title": "T & Co", "author_name": "A B, D, Site",
            "provider_name": "Site", "provider_url": "https://example.org/n/",
            "thumbnail_url": "https://example.org/n/i.png", "thumbnail_width": 1600, "thumbnail_height": 900,
            "html": frame("a", "T &amp; Co"), "width": 640, "height": 600
        }))
    );
    // A picture without its size is none, and an address is that of a single author.
    let sample = Sample::article(json!({
        "id": "größe", "authors": [{"name": "D", "url": "d/"}], "image": {"src": "i.png", "alt": "", "width": 9}
    }));
    assert_eq!(
        said(&sample.at("https://example.org/n/")),
        Some(json!({
            "type": "rich", "version": "1.0", "title": "A", "author_name": "D", "author_url": "https://example.org/n/d/",
            "provider_name": "Site", "provider_url": "https://example.org/n/",
            "html": frame("gr%C3%B6%C3%9Fe", "A"), "width": 640, "height": 600
        }))
    );
}

#[test]
fn nothing_is_said_without_an_address_or_where_it_is_not_wanted() {
    assert_eq!(said(&Sample::article(json!({}))), None);
    let mut sample = full();
    sample.site.no_oembed = true;
    assert_eq!(said(&sample), None);
}

#[test]
fn no_title_breaks_out_of_the_frame() {
    for title in HOSTILE {
        let sample = Sample::article(json!({"title": title})).at("https://example.org/n/");
        let said = said(&sample).unwrap();
        let frame = Html::parse_fragment(said["html"].as_str().unwrap());
        let all = Selector::parse("html *").unwrap();
        let names: Vec<&str> = frame.select(&all).map(|it| it.value().name()).collect();
        assert_eq!(names, ["iframe"], "{title}");
    }
}
