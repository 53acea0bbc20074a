//! JSON Feeds, versions 1.0 and 1.1: what becomes of their members, and what is said of what is wrong with them. The real
//! ones are not part of the repository.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

use offprint_article::{
    Article, ArticleContent, Collection, CollectionReader, excerpt, parse_markdown, plain_text,
    read_collection,
};
use proptest::prelude::*;

mod data;
mod sketch;

fn read(text: &str) -> Collection {
    read_collection(text.as_bytes().to_vec()).expect("a collection")
}

fn problems(collection: &Collection) -> Vec<String> {
    let problems = collection.problems().iter();
    problems.map(|problem| problem.to_string()).collect()
}

/// The problems without their lines and columns.
fn told(collection: &Collection) -> Vec<String> {
    let problems = problems(collection).into_iter();
    problems
        .map(|text| {
            let (path, rest) = text.split_once(" (line ").expect("a place");
            let (_, rest) = rest.split_once("): ").expect("a place");
            format!("{path}: {rest}")
        })
        .collect()
}

/// Of an item with these members behind its id: what is said, and the article.
#[track_caller]
fn check(members: &str, expect: &[&str]) -> Article {
    let version = "https://jsonfeed.org/version/1.1";
    let collection = read(&format!(
        r#"{{"version":"{version}","title":"F","items":[{{"id":"a",{members}}}]}}"#
    ));
    assert_eq!(told(&collection), expect);
    let article = collection.article(0).expect("the article");
    assert_eq!(&*collection.entries()[0].id, article.id);
    article
}

#[test]
fn a_whole_feed() {
    let collection = read(
        r#"{
  "version": "https://jsonfeed.org/version/1.1", "title": "The Feed", "description": "d", "language": "de",
  "home_page_url": "https://example.org/", "feed_url": "https://example.org/feed.json", "user_comment": "c",
  "icon": "https://example.org/i.png", "favicon": "https://example.org/f.png", "expired": false, "hubs": [], "_own": 1,
  "authors": [{"name": "Desk", "url": "https://example.org/desk", "avatar": "https://example.org/d.png"}],
  "items": [
    {"id": "one", "title": "One", "url": "https://example.org/1", "external_url": "https://www.example.com/x?y",
     "content_text": "First.\n\n* Not a list.", "content_html": "<p>First.", "summary": "1. *s*",
     "image": "https://example.org/a.png", "banner_image": "https://example.org/b.png",
     "date_published": "2026-02-02T09:15:00Z", "date_modified": "2026-02-03", "tags": ["t", "u"], "language": "en",
     "author": {"name": "Old"}, "authors": [{"name": "New"}], "_blue_shed": {"a": 1}},
    {"id": 2, "content_text": "A note without a title.", "banner_image": "b.png"}
  ]
}"#,
    );
    assert_eq!(collection.problems(), []);
    let edition = collection.edition();
    assert_eq!(edition.version, 1);
    let texts = [
        &edition.title,
        &edition.description,
        &edition.language,
        &edition.base_url,
    ];
    let texts = texts.map(|text| text.as_deref().unwrap_or_default());
    assert_eq!(texts, ["The Feed", "d", "de", "https://example.org/"]);
    let one = collection.article(0).expect("the article");
    assert_eq!((&*one.id, &*one.title), ("one", "One"));
    let url = one.canonical_url.as_ref().map(|url| url.as_str());
    assert_eq!(url, Some("https://example.org/1"));
    let source = one.source.as_ref().expect("the source");
    assert_eq!(source.name, "www.example.com");
    let image = one.image.as_ref().expect("the image");
    assert_eq!(image.src.as_str(), "https://example.org/a.png");
    let dates = [one.published, one.updated].map(|date| date.expect("a date").to_string());
    assert_eq!(dates, ["2026-02-02T09:15:00Z", "2026-02-03"]);
    assert_eq!((&*one.tags.join(" "), one.category.as_ref()), ("t u", None));
    assert_eq!(one.language.as_deref(), Some("en"));
    assert_eq!((one.authors.len(), &*one.authors[0].name), (1, "New"));
    assert_eq!(one.unknown.len(), 1);
    let content = ArticleContent::of(&one);
    assert_eq!(
        sketch::sketch(&content.sections[0].body),
        "P(First.) P(* Not a list.)"
    );
    let summary = content.summary.as_ref().expect("the summary");
    assert_eq!(sketch::sketch(summary), "P(1. *s*)");
    let two = collection.article(1).expect("the article");
    assert_eq!(
        (&*two.id, &*two.title, &*two.authors[0].name),
        ("2", "A note without a title.", "Desk")
    );
    assert_eq!(two.image.expect("the image").src.as_str(), "b.png");
    assert_eq!(collection.tags(), ["t", "u"]);
}

#[test]
fn version_1_and_any_order_of_members() {
    for text in [
        r#"{"version":"https://jsonfeed.org/version/1","title":"F","author":{"url":"https://x.org"},"items":[{"id":"a","title":"A","content_text":"b"}]}"#,
        r#"{"items":[{"id":"a","title":"A","content_text":"b"}],"author":{"url":"https://x.org"},"title":"F","version":"https://jsonfeed.org/version/1"}"#,
        r#"{"title":"F","items":[{"id":"a","title":"A","content_text":"b"}],"version":"http://www.jsonfeed.org/version/1","author":{"url":"https://x.org","avatar":"a.png"}}"#,
    ] {
        let collection = read(text);
        assert_eq!(problems(&collection), [""; 0], "{text}");
        assert_eq!(collection.edition().title.as_deref(), Some("F"));
        let article = collection.article(0).expect("the article");
        assert_eq!(article.sections[0].body, "b");
        assert_eq!(article.authors[0].name, "https://x.org");
    }
}

#[test]
fn steps_of_any_size_give_the_same() {
    let text = r#"{"title":"F","items":[{"id":"a","content_text":"b"},{"id":"c","content_html":"d"}],"version":"https://jsonfeed.org/version/1"}"#;
    let whole = read(text);
    for size in [1, 7, usize::MAX] {
        let mut reader = CollectionReader::new(text.as_bytes().to_vec());
        while !reader.step(size).done {}
        let collection = reader.finish().expect("a collection");
        assert_eq!(problems(&collection), problems(&whole));
        assert_eq!(collection.article(0), whole.article(0));
        assert_eq!(collection.article(1), whole.article(1));
    }
}

/// An `items` that does not stand in a feed is what it was.
#[test]
fn not_every_list_of_items_is_a_feed() {
    let collection = read(r#"{"id":"a","title":"A","items":[{"id":"b","content_text":"c"}]}"#);
    assert_eq!(collection.entries().len(), 1);
    assert_eq!(&*collection.entries()[0].id, "a");
    let collection =
        read(r#"{"version":1,"items":[{"id":"b"}],"articles":[{"id":"a","title":"A"}]}"#);
    assert_eq!(&*collection.entries()[0].id, "a");
    let text =
        r#"{"articles":[{"id":"a","title":"A"}],"version":"https://jsonfeed.org/version/1"}"#;
    assert_eq!(
        told(&read(text)),
        [
            "version: expected a whole number above 0, found the text \"https://jsonfeed.org/version/1\"; version 1 is taken; \
           write \"version\": 1"
        ]
    );
}

#[test]
fn ids_for_addresses() {
    #[track_caller]
    fn check(id: &str, expect: &str) {
        let text = format!(
            r#"{{"version":"https://jsonfeed.org/version/1","items":[{{"id":{id},"title":"A","content_text":"b"}}]}}"#
        );
        let collection = read(&text);
        assert_eq!(collection.problems(), []);
        let id = &*collection.entries()[0].id;
        // Of a number behind it, only that it is there.
        let shape = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let id = if shape.ends_with('-') {
            [shape, "#"].concat()
        } else {
            id.to_string()
        };
        assert_eq!(id, expect);
    }
    check(r#""a_b.c~1""#, "a_b.c~1");
    check("17", "17");
    check(r#"" ü ""#, "ü");
    check(r#""https://x.org/2026/a-title/""#, "a-title-#");
    check(r#""https://x.org/?p=12""#, "p-12-#");
    check(r#""tag:x.org,2026:a""#, "tag-x-org-2026-a-#");
    check(r#""???""#, "-#");
    // Two that look alike stay two, whatever their order.
    let ids = |first: &str, second: &str| {
        let text = format!(
            r#"{{"version":"https://jsonfeed.org/version/1","items":[{{"id":"{first}","title":"A"}},{{"id":"{second}","title":"B"}}]}}"#
        );
        let collection = read(&text);
        assert_eq!(collection.problems(), []);
        [0, 1].map(|ix: usize| collection.entries()[ix].id.to_string())
    };
    let [a, b] = ids("https://x.org/1/post", "https://x.org/2/post");
    assert_ne!(a, b);
    let [also_b, also_a] = ids("https://x.org/2/post", "https://x.org/1/post");
    assert_eq!([a, b], [also_a, also_b]);
}

#[test]
fn titles_that_are_missing() {
    let article = check(r#""content_text":"One two.\nThree""#, &[]);
    assert_eq!(article.title, "One two. Three");
    let article = check(
        r#""content_text":"word word word word word word word word word word word word word word word word""#,
        &[],
    );
    assert_eq!(
        article.title,
        "word word word word word word word word word word word word word word…"
    );
    let article = check(r#""url":"https://x.org/a""#, &[]);
    assert_eq!(article.title, "https://x.org/a");
    let article = check(
        r#""tags":[]"#,
        &[
            "items[0].title: expected a title, found none; it is shown as “Untitled”; add \"title\": \"…\"",
        ],
    );
    assert_eq!(article.title, "Untitled");
}

#[test]
fn wrong_members() {
    let article = check(
        r#""title":3,"url":"javascript:x","external_url":"data:x","image":7,"summary":["a"],"content_text":{},
        "date_published":"yesterday","date_modified":2026,"authors":"Desk","tags":"one, two","language":"no language""#,
        &[
            "items[0].title: expected a text, found the number 3; write \"3\"",
            "items[0].url: expected a safe address, found the text \"javascript:x\"; allowed are https:, http:, mailto:, tel: and \
             relative addresses",
            "items[0].external_url: expected a safe address, found the text \"data:x\"; allowed are https:, http:, mailto:, tel: and \
             relative addresses",
            "items[0].image: expected a safe address of an image, found the number 7; allowed are https:, http:, relative \
             addresses, and data: with a PNG, JPEG, GIF, WebP or AVIF image in base64 under 256 kB",
            "items[0].summary: expected a text, found a list; write one text",
            "items[0].content_text: expected a text, found an object",
            "items[0].date_published: expected a date, found the text \"yesterday\"; write a date as 2026-02-28, or with time and \
             zone as 2026-02-28T09:15:00Z",
            "items[0].date_modified: expected a date, found the number 2026; write a date as 2026-02-28, or with time and zone as \
             2026-02-28T09:15:00Z",
            "items[0].authors: expected a list of authors, found the text \"Desk\"; write [\"…\"]",
            "items[0].authors[0]: expected an author or source (an object), found the text \"Desk\"; write {\"name\": \"…\"}",
            "items[0].tags: expected a list of texts, found the text \"one, two\"; write [\"…\"]",
            "items[0].language: expected a language tag, found the text \"no language\"; write en, de, pt-BR or zh-Hant",
        ],
    );
    assert_eq!((&*article.title, article.sections.len()), ("3", 0));
    check(
        r#""title":"A","attachments":[{"url":"https://x.org/a.mp3","mime_type":"audio/mpeg"}],"mine":1,"content_txt":"a","_offprint":"b""#,
        &[
            "items[0]._offprint: expected an article (an object), found the text \"b\"; write {\"title\": \"…\"}",
            "items[0].attachments: expected a field of an item of a JSON Feed, found the unknown name `attachments`; it is kept but \
             not shown; `offprint import` makes links of it",
            "items[0].mine: expected a field of an item of a JSON Feed, found the unknown name `mine`; it is kept but not shown; begin \
             the name of what is your own with `_`",
            "items[0].content_txt: expected a field of an item of a JSON Feed, found the unknown name `content_txt`; did you mean \
             `content_text`?",
        ],
    );
}

#[test]
fn wrong_members_of_the_feed() {
    let collection = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":["a"],"home_page_url":"/","authors":7,"next_url":"https://x.org/2",
        "mine":1,"items":{"id":"a","content_text":"b"}}"#,
    );
    assert_eq!(
        told(&collection),
        [
            "items: expected a list of articles, found an object; write [{…}]",
            "title: expected a text, found a list; write one text",
            "home_page_url: expected an address that begins with https: or http:, found the text \"/\"; write \
             https://example.org/ with the slash at its end",
            "authors: expected a list of authors, found the number 7; write [\"…\"]",
            "authors[0]: expected an author or source (an object), found the text \"7\"; write {\"name\": \"…\"}",
            "next_url: expected a feed of one page, found the address of a next page, whose items are not shown",
            "mine: expected a field of a JSON Feed, found the unknown name `mine`; it is kept but not shown; begin the name of what \
             is your own with `_`",
        ]
    );
    assert_eq!(collection.entries().len(), 1);
    let collection = read(r#"{"version":"https://jsonfeed.org/version/1.1","items":7}"#);
    assert_eq!(
        told(&collection),
        ["items: expected a list of articles, found the number 7"]
    );
    let collection = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[3,{"title":"A"},{"id":"x","title":"B"},{"id":"x","title":"C"}]}"#,
    );
    assert_eq!(
        told(&collection),
        [
            "items[0]: expected an article (an object), found the number 3",
            "items[1].id: expected an id, found none; add \"id\": \"a\": an id made from the title changes with it",
            "items[3].id: expected an id that no other article has, found the id \"x\" again; “B” (items[2]) has it; it is listed as \
             \"x-2\"; give each article an id of its own",
        ]
    );
}

#[test]
fn only_html() {
    let collection = read(
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[\n{\"id\":\"a\",\"content_text\":\"b\",\"content_html\":\"b\"},\n\
         {\"id\":\"c\",\"title\":\"C\",\"url\":\"https://x.org/c\",\"summary\":\"s\",\"date_published\":\"2026-02-02\",\"content_html\":\"<p>d\"},\n\
         {\"id\":\"e\",\"title\":\"E\",\"content_html\":\"<p>f\"},\n{\"id\":\"g\",\"title\":\"G\",\"content_html\":null}]}",
    );
    assert_eq!(
        problems(&collection),
        [
            "items[1].content_html (line 3, column 106): expected the text in `content_text`, found HTML alone, in 2 of 4 items; \
             `offprint import` makes a collection of this feed; without it, title, summary and link are shown"
        ]
    );
    let article = collection.article(1).expect("the article");
    assert_eq!((&*article.title, article.sections.len()), ("C", 0));
    assert!(article.published.is_some() && article.canonical_url.is_some());
    assert_eq!(excerpt(&article, 100), "s");
}

#[test]
fn fields_of_an_article_in_offprint() {
    let article = check(
        r#""title":"A","content_text":"b","content_html":"<p>b","tags":["t"],
        "_offprint":{"id":"own","category":"C","key_points":["*k*"],"sections":[{"heading":"H","body":"*b*"}],"published":"2026-02-02"},
        "date_published":"2026-01-01""#,
        &[],
    );
    assert_eq!((&*article.id, &*article.title), ("own", "A"));
    assert_eq!(article.category.as_deref(), Some("C"));
    assert_eq!(
        (article.key_points, article.tags),
        (vec!["*k*".into()], vec!["t".into()])
    );
    assert_eq!(
        (article.sections.len(), &*article.sections[0].body),
        (1, "*b*")
    );
    assert_eq!(
        article.published.map(|date| date.to_string()).as_deref(),
        Some("2026-02-02")
    );
    let article = check(
        r#""title":"A","content_html":"<p>b","_offprint":{"sections":[{"body":"b"}],"keypoints":[],"tags":3}"#,
        &[
            "items[0]._offprint.keypoints: expected a field of an article, found the unknown name `keypoints`; did you mean \
             `key_points`?",
            "items[0]._offprint.tags: expected a list of texts, found the number 3; write [\"…\"]",
        ],
    );
    assert_eq!(article.sections.len(), 1);
}

#[test]
fn damaged_items_hide_no_others() {
    let collection = read(
        r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"a","title":"A","content_text":"b" oops"},{"id":"c","title":"C","content_text":"d"}],"title":"F"}"#,
    );
    let titles: Vec<_> = (0..collection.entries().len())
        .filter_map(|ix| Some(collection.article(ix)?.title))
        .collect();
    assert_eq!(titles, ["A", "C"]);
    assert_eq!(collection.n_problems(), 1);
    assert!(problems(&collection)[0].starts_with("items[0].content_text (line 1,"));
    let collection = read(
        r#"{"version":"https://jsonfeed.org/version/1","title":oops,"items":[{"id":"a","content_text":"b"}]}"#,
    );
    assert_eq!(collection.entries().len(), 1);
}

#[test]
fn plain_text_as_it_is() {
    #[track_caller]
    fn check(text: &str, expect: &str) {
        let text = format!("{text:?}");
        let article = self::check(&format!(r#""title":"A","content_text":{text}"#), &[]);
        let content = ArticleContent::of(&article);
        assert_eq!(sketch::sketch(&content.sections[0].body), expect);
    }
    check("a\nb\n\n\nc", "P(aBRb) P(c)");
    check(
        "# a\n\n- b\n\n1. c\n\n    d\n\n> e",
        "P(# a) P(- b) P(1. c) P(d) P(> e)",
    );
    check("a\n===\n\nb\n---", "P(aBR===) P(bBR---)");
    check(
        "*a* _b_ `c` ~~d~~ [e](f) ![g](h) <b>i</b> &amp; \\*",
        "P(*a* _b_ `c` ~~d~~ [e](f) ![g](h) <b>i</b> &amp; \\*)",
    );
    check("|a|\n|-|\n|b|", "P(|a|BR|-|BR|b|)");
    check(
        "a[^1]\n\n[^1]: b\n\n[c]: d",
        "P(a[^1]) P([^1]: b) P([c]: d)",
    );
    check("```\na\n```", "P(```BRaBR```)");
    check("- [ ] a", "P(- [ ] a)");
    // An address is one all the same.
    check(
        "see https://x.org/a_b.",
        "P(see A:https://x.org/a_b(https://x.org/a_b).)",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing in a text has a meaning in Markdown: its words come back, every sign of them.
    #[test]
    fn any_plain_text(text in r"([ -~]|[a-c \-\*_`\[\]<>#|:=\\\n]|\n\n|é|日){0,60}") {
        let feed = format!(
            r#"{{"version":"https://jsonfeed.org/version/1","items":[{{"id":"a","content_text":{text:?}}}]}}"#
        );
        let article = read(&feed).article(0).expect("the article");
        let shown = article.sections.first().map_or(String::new(), |section| plain_text(&parse_markdown(&section.body)));
        let words = |text: &str| text.split_whitespace().map(String::from).collect::<Vec<_>>();
        prop_assert_eq!(words(&shown), words(&text));
    }
}

#[test]
fn real_feeds() {
    for (name, n_items, n_errors, titles) in [
        (
            "feeds/json-feed/jsonfeed_elastic_1.1.json.gz",
            3,
            // Dates as e-mail has them, and no ids.
            7,
            "Blog &#8211; InfluxData",
        ),
        (
            "feeds/json-feed/jsonfeed_example_1.json.gz",
            2,
            // Only HTML.
            1,
            "Daring Fireball",
        ),
    ] {
        let Some(bytes) = data::unpacked(name) else {
            return;
        };
        let collection = read_collection(bytes).expect("a collection");
        assert_eq!(collection.entries().len(), n_items);
        assert_eq!(collection.edition().title.as_deref(), Some(titles));
        assert_eq!(
            collection.n_problems(),
            n_errors,
            "{:#?}",
            problems(&collection)
        );
        for ix in 0..n_items {
            let article = collection.article(ix).expect("the article");
            assert!(article.canonical_url.is_some() && !article.authors.is_empty());
        }
    }
}
