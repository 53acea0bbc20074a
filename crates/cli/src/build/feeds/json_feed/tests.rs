//! A JSON Feed says what the standard wants, and gives the articles back.

use super::write;
use crate::build::Site;
use crate::build::feeds::Feed;
use crate::build::sample::{Sample, hostile};
use crate::import::{Draft, Opened, Settings, import, problems, to_json};
use serde_json::{Value, json};

fn written(sample: &Sample) -> Vec<u8> {
    let mut out = Vec::new();
    let feed = Feed::of_site(&sample.site, "feed.json");
    write(&feed, sample.entries(), &mut out).unwrap();
    out
}

/// The collection that an import makes of a feed.
#[track_caller]
fn imported(bytes: Vec<u8>) -> Value {
    let opened = [Opened {
        name: "feed.json".to_string(),
        bytes,
        is_guess: false,
    }];
    let outcome = import(&opened, &Settings::default());
    assert_eq!(outcome.failures, Vec::<String>::new());
    assert_eq!(outcome.losses.list(), []);
    let bytes = to_json(outcome.imported).unwrap();
    assert_eq!(problems(&bytes), Vec::<String>::new());
    serde_json::from_slice(&bytes).unwrap()
}

fn drafts(sample: &Sample) -> Value {
    let drafts = sample.articles.iter();
    drafts
        .map(|(article, ..)| serde_json::to_value(Draft::of(article)).unwrap())
        .collect()
}

#[test]
fn the_demo_edition_comes_back_as_it_was() {
    for sample in [
        Sample::demo(),
        Sample::demo().at("https://example.org/news/"),
    ] {
        let collection = imported(written(&sample));
        let Site {
            title,
            description,
            language,
            base_url,
            ..
        } = &sample.site;
        assert_eq!(collection["title"], json!(title));
        assert_eq!(collection["description"], json!(description));
        assert_eq!(collection["language"], json!(language));
        let base = base_url.as_ref().map(url::Url::as_str);
        assert_eq!(collection["base_url"], json!(base));
        let articles = collection["articles"].as_array().unwrap();
        assert!(articles.len() > 10);
        assert_eq!(collection["articles"], drafts(&sample));
        // By the very members that they were written with.
        for (article, (_, json, _)) in articles.iter().zip(&sample.articles) {
            let json = json.replace("+00:00\"", "Z\"");
            assert_eq!(*article, serde_json::from_str::<Value>(&json).unwrap());
        }
    }
}

/// What comes back of an article, other than its id and title.
#[track_caller]
fn check(members: Value, expect: Value) {
    let sample = Sample::article(members);
    let mut article = imported(written(&sample))["articles"][0].take();
    let article = article.as_object_mut().unwrap();
    article.remove("id");
    article.remove("title");
    assert_eq!(json!(article), expect);
}

#[test]
fn articles_come_back() {
    check(json!({}), json!({}));
    let exact = [
        json!({"published": "2026-02-02", "updated": "2026-02-03T09:15:00+01:00"}),
        json!({"subtitle": "two  spaces", "tags": ["a", "A"]}),
        json!({"sections": [{"body": "# Key Points\n\n* a"}]}),
        json!({"extra": {"n": 1.5, "list": [null, true, {"a": "b"}]}, "_own": {"a": 1}}),
        json!({"authors": [{"name": "A"}, {"name": "A", "url": "https://example.org/"}]}),
        json!({"source": {"name": "S"}, "related": [{"id": "b"}]}),
    ];
    for members in exact {
        check(members.clone(), members);
    }
    // What our reader forgives is written as the format has it.
    check(
        json!({"authors": "A", "image": "a.png"}),
        json!({"authors": [{"name": "A"}], "image": {"src": "a.png"}}),
    );
    check(
        json!({"subtitel": "a", "published": "2026-02-02"}),
        json!({"published": "2026-02-02"}),
    );
}

#[test]
fn a_json_of_slips_does_not_damage_the_feed() {
    for slip in [
        r#"{"id": "a", "title": "A", "subtitle": "b",}"#,
        "{\"id\": \"a\", \"title\": \"A\", \"subtitle\": \"b\", \"extra\": {\"x\": \"\\ud800\"}}",
        r#"{"id": "other", "title": "A", "subtitle": "b"}"#,
    ] {
        let mut sample = Sample::article(json!({"subtitle": "b"}));
        sample.articles[0].1 = slip.to_string();
        let expect = json!([{"id": "a", "title": "A", "subtitle": "b"}]);
        assert_eq!(imported(written(&sample))["articles"], expect, "{slip}");
    }
}

#[test]
fn hostile_texts_come_back_without_what_turns_the_direction() {
    let sample = hostile();
    let bytes = written(&sample);
    let feed: Value = serde_json::from_slice(&bytes).unwrap();
    for (item, (article, ..)) in feed["items"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&sample.articles)
    {
        assert_eq!(item["title"], json!(article.title));
        let html = item["content_html"].as_str().unwrap();
        for forbidden in ["<script", "<img src=x", "javascript:0\"", "<!--"] {
            assert!(!html.contains(forbidden), "{html}");
        }
    }
    let opened = [Opened {
        name: "feed.json".to_string(),
        bytes,
        is_guess: false,
    }];
    let outcome = import(&opened, &Settings::default());
    let titles: Vec<&String> = outcome
        .imported
        .articles
        .iter()
        .map(|it| &it.title)
        .collect();
    assert_eq!(titles[0], "</script><script>alert(1)</script>");
    assert_eq!(titles[4], "עברית العربية");
}

#[test]
fn all_that_the_standard_has_is_said() {
    let sample = Sample::article(json!({
        "title": "T", "published": "2026-02-02", "updated": "2026-02-03T09:15:00Z", "category": "C", "tags": ["t"],
        "authors": [{"name": "A B"}, {"name": "C", "url": "c"}], "summary": "*S*", "image": {"src": "i.png", "alt": "i"},
        "sections": [{"heading": "H", "body": "See [it](#op-h), [that](#/article/b) and ![p](p.png).[^1]\n\n[^1]: N"}]
    }));
    let feed = |sample: &Sample| serde_json::from_slice::<Value>(&written(sample)).unwrap();
    let found = feed(&sample);
    let item = &found["items"][0];
    assert_eq!(item["url"], "./article/a/");
    assert_eq!(item["image"], "./i.png");
    let sample = sample.at("https://example.org/n/");
    let mut found = feed(&sample);
    let mut item = found["items"][0].take();
    assert_eq!(found["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(found["home_page_url"], "https://example.org/n/");
    assert_eq!(found["feed_url"], "https://example.org/n/feed.json");
    assert_eq!(found["language"], "en");
    item.as_object_mut().unwrap().remove("_offprint");
    assert_eq!(
        item,
        json!({
            "id": "https://example.org/n/article/a/", "url": "https://example.org/n/article/a/", "title": "T",
            "content_html": "<figure><img src=\"https://example.org/n/i.png\" alt=\"i\"></figure>\n\
                <h2 id=\"op-summary\">Summary</h2>\n<p><em>S</em></p>\n<h2 id=\"op-h\">H</h2>\n\
                <p>See <a href=\"https://example.org/n/article/a/#op-h\">it</a>, \
                <a href=\"https://example.org/n/article/b/\">that</a> and \
                <img src=\"https://example.org/n/p.png\" alt=\"p\">.<sup><a id=\"op-ref_1\" href=\"#op-note_1\">1</a></sup></p>\n<hr>\n\
                <section>\n<ol>\n<li id=\"op-note_1\" value=\"1\">\n<p>N</p>\n<a href=\"#op-ref_1\">↩\u{fe0e}</a></li>\n</ol>\n</section>\n",
            "content_text": "i\n\nSummary\n\nS\n\nH\n\nSee it, that and p.\n\n* * *\n\n[1] N\n",
            "summary": "S", "image": "https://example.org/n/i.png",
            "date_published": "2026-02-02T00:00:00Z", "date_modified": "2026-02-03T09:15:00Z", "language": "en",
            "authors": [{"name": "A B", "url": "https://example.org/n/author/a-b/"}, {"name": "C", "url": "https://example.org/n/c"}],
            "tags": ["C", "t"]
        })
    );
}

#[test]
fn others_read_it() {
    let sample = Sample::demo().at("https://example.org/");
    let feed = feed_rs::parser::parse(&*written(&sample)).unwrap();
    assert_eq!(feed.entries.len(), sample.articles.len());
    for (entry, (article, ..)) in feed.entries.iter().zip(&sample.articles) {
        assert_eq!(entry.title.as_ref().unwrap().content, article.title);
        let published = entry.published.map(|it| it.timestamp());
        assert_eq!(published, article.published.map(|it| it.sort_key()));
    }
}

#[test]
fn the_reader_opens_it_as_it_is() {
    let sample = Sample::demo().at("https://example.org/");
    let collection = article::read_collection(written(&sample)).unwrap();
    assert_eq!(collection.n_problems(), 0, "{:?}", collection.problems());
    for (ix, (expect, ..)) in sample.articles.iter().enumerate() {
        let article = collection.article(ix).unwrap();
        assert_eq!(article.id, expect.id);
        assert_eq!(article.published, expect.published, "{}", article.id);
        assert_eq!(article.sections, expect.sections, "{}", article.id);
    }
}

#[test]
fn a_feed_of_another_is_read_as_before() {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [
            {"id": "x", "title": "X", "content_text": "Text.", "_offprint": {"category": "C"}},
            {"id": "y", "title": "Y", "content_text": "Text.", "_offprint": {"id": "z", "title": "Z", "sections": []}}]
    });
    let collection = imported(feed.to_string().into_bytes());
    assert_eq!(collection["articles"][0]["category"], "C");
    assert_eq!(collection["articles"][0]["sections"][0]["body"], "Text.");
    assert_eq!(collection["articles"][1], json!({"id": "z", "title": "Z"}));
}
