//! Real feeds, exports and pages: each imports, the reader has nothing to say against the result, no word is lost, and
//! what was dropped is what a person found who looked.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod data;

use offprint_cli::import::{self, Opened, Outcome, Settings};
use scraper::{ElementRef, Html, Node};
use serde_json::Value;
use std::collections::BTreeMap;

/// The files, and how many articles and losses each gives.
const FILES: [(&str, usize, usize); 31] = [
    ("json-feed/jsonfeed_elastic_1.1.json.gz", 3, 0),
    ("json-feed/jsonfeed_example_1.json.gz", 2, 0),
    ("rss-2.0/bbc.xml.gz", 1, 0),
    ("rss-2.0/ghost_2.xml.gz", 1, 0),
    ("rss-2.0/nbcny.xml.gz", 1, 1),
    ("rss-2.0/nightvale.xml.gz", 1, 0),
    // An Atom feed, though it lies among the others.
    ("rss-2.0/reddit.xml.gz", 1, 0),
    ("rss-2.0/rps.xml.gz", 1, 1),
    ("rss-2.0/wirecutter.xml.gz", 1, 0),
    ("rss-older/rss_0.91_encoding_1.xml.gz", 1, 0),
    ("rss-older/rss_1.0_biorxiv.xml.gz", 1, 0),
    ("rss-older/rss_1.0_iso8859.xml.gz", 1, 1),
    ("atom/atom_example_1.xml.gz", 1, 0),
    ("atom/atom_example_2.xml.gz", 2, 0),
    ("atom/atom_example_3.xml.gz", 1, 1),
    ("atom/atom_example_7.xml.gz", 1, 0),
    ("atom/atom_mediarss_youtube_1.xml.gz", 1, 1),
    ("atom/atom_relative.xml.gz", 1, 0),
    ("atom/atom_xml_base.xml.gz", 1, 0),
    ("wordpress-rest/nicd-post-16587.json.gz", 1, 3),
    ("wordpress-rest/sorensen-posts.json.gz", 1, 3),
    ("wordpress-rest/static-output-post-600.json.gz", 1, 2),
    (
        "ghost-content-api/docs-v2-posts-include-tags-authors.json.gz",
        1,
        0,
    ),
    ("ghost-content-api/docs-v3-posts.json.gz", 1, 0),
    ("newsarticle-json-ld/bbc-1.json.gz", 1, 1),
    ("newsarticle-json-ld/engadget.json.gz", 1, 2),
    // These four say everything about an article but its text.
    ("newsarticle-json-ld/folha.json.gz", 1, 1),
    ("newsarticle-json-ld/gitlab-blog.json.gz", 1, 1),
    ("newsarticle-json-ld/lazy-image-1.json.gz", 1, 1),
    ("newsarticle-json-ld/telegraph.json.gz", 1, 1),
    ("newsarticle-json-ld/spiceworks.json.gz", 1, 0),
];

const PAGES: [(&str, usize, usize); 2] = [
    ("html-pages-with-json-ld/la-nacion.html.gz", 1, 11),
    ("html-pages-with-json-ld/lemonde-1.html.gz", 1, 3),
];

/// Opens and imports a file; what was opened comes along.
fn imported(file: &str) -> Option<(Opened, Outcome)> {
    let path = data::path(&format!("feeds/{file}"))?;
    let mut opened = Vec::new();
    import::open(&path.to_string_lossy(), &mut opened, &mut Vec::new());
    let outcome = import::import(&opened, &Settings::default());
    Some((opened.remove(0), outcome))
}

#[test]
fn every_file_becomes_a_collection_that_the_reader_likes() {
    for (file, n_articles, n_losses) in FILES.into_iter().chain(PAGES) {
        let Some((_, outcome)) = imported(file) else {
            return;
        };
        assert_eq!(outcome.failures, Vec::<String>::new(), "{file}");
        assert_eq!(outcome.imported.articles.len(), n_articles, "{file}");
        let losses: Vec<String> = outcome
            .losses
            .list()
            .iter()
            .map(|l| l.to_string())
            .collect();
        assert_eq!(losses.len(), n_losses, "{file}: {losses:#?}");
        let bytes = import::to_json(outcome.imported).unwrap();
        assert_eq!(import::problems(&bytes), Vec::<String>::new(), "{file}");
    }
}

/// Looked at by hand, file beside report.
#[test]
fn loss_reports_name_what_was_lost() {
    let cases: [(&str, &[(&str, &str)]); 5] = [
        ("rss-2.0/rps.xml.gz", &[("<img src", "item[1]/description")]),
        (
            "rss-2.0/nbcny.xml.gz",
            &[("the time of", "item[1]/pubDate")],
        ),
        (
            "wordpress-rest/nicd-post-16587.json.gz",
            &[
                ("author 11", "author"),
                ("categories [11]", "categories"),
                ("featured_media 15750", "featured_media"),
            ],
        ),
        (
            "html-pages-with-json-ld/lemonde-1.html.gz",
            &[
                ("everything outside of <div id=\"articleBody\">", "<body>"),
                ("<iframe src", "<div>"),
                ("1 underlined text", "<div>"),
            ],
        ),
        (
            "newsarticle-json-ld/bbc-1.json.gz",
            &[("4 pictures beside the first", "image")],
        ),
    ];
    for (file, expect) in cases {
        let Some((_, outcome)) = imported(file) else {
            return;
        };
        let losses = outcome.losses.list();
        assert_eq!(losses.len(), expect.len(), "{file}: {losses:#?}");
        for (loss, (what, place)) in losses.iter().zip(expect) {
            assert!(loss.what.starts_with(what), "{file}: {loss}");
            assert_eq!(loss.place, *place, "{file}: {loss}");
        }
    }
}

#[test]
fn no_word_of_a_text_is_lost() {
    for (file, ..) in FILES.into_iter().chain(PAGES) {
        let Some((opened, outcome)) = imported(file) else {
            return;
        };
        let source = source_text(file, &opened);
        // Its one entry holds a picture and nothing else.
        let is_picture = file.ends_with("atom_xml_base.xml.gz");
        let is_stub = outcome
            .losses
            .list()
            .iter()
            .any(|loss| loss.place == "articleBody");
        assert!(
            is_stub || is_picture || !source.trim().is_empty(),
            "{file} has texts"
        );
        let collection: Value =
            serde_json::from_slice(&import::to_json(outcome.imported).unwrap()).unwrap();
        let mut written = String::new();
        for article in collection["articles"].as_array().unwrap() {
            all_text(article, &mut written);
        }
        let mut counts = BTreeMap::new();
        for word in words(&written) {
            *counts.entry(word).or_insert(0) += 1;
        }
        for word in words(&source) {
            let count = counts.entry(word.clone()).or_insert(0);
            *count -= 1;
            assert!(*count >= 0, "{file}: {word:?} is missing");
        }
    }
}

/// The texts of a source, read in another way than the importers do: of each item the longest of its bodies, since
/// others repeat it.
fn source_text(file: &str, opened: &Opened) -> String {
    let text = match String::from_utf8(opened.bytes.clone()) {
        Ok(text) => text,
        Err(error) => error.as_bytes().iter().map(|byte| *byte as char).collect(),
    };
    let mut found = String::new();
    if file.starts_with("html-pages") {
        let page = Html::parse_document(&text);
        let selector = scraper::Selector::parse("[itemprop=articleBody]").unwrap();
        for element in page.select(&selector) {
            html_text(*element, &mut found);
        }
    } else if file.contains(".json") {
        json_texts(&serde_json::from_str(&text).unwrap(), &mut found);
    } else {
        let start = text.find("?>").map_or(0, |end| end + 2);
        let xml = roxmltree::Document::parse(text[start..].trim()).unwrap();
        let items = xml
            .descendants()
            .filter(|node| matches!(node.tag_name().name(), "item" | "entry"));
        for item in items {
            let bodies = item.descendants().filter(|child| {
                matches!(
                    child.tag_name().name(),
                    "encoded" | "description" | "content" | "summary"
                )
            });
            let body = bodies.map(|body| {
                let parts = body.descendants().filter(|node| node.is_text());
                let text: Vec<&str> = parts.filter_map(|node| node.text()).collect();
                let mut found = String::new();
                html_text(
                    Html::parse_document(&text.join(" ")).tree.root(),
                    &mut found,
                );
                found
            });
            found.push_str(&body.max_by_key(String::len).unwrap_or_default());
            found.push(' ');
        }
    }
    found
}

fn json_texts(value: &Value, found: &mut String) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| json_texts(value, found)),
        Value::Object(object) => {
            for (name, value) in object {
                let text = value.as_str().or_else(|| value.get("rendered")?.as_str());
                match text {
                    Some(text)
                        if matches!(
                            &**name,
                            "content_html" | "content_text" | "content" | "html" | "articleBody"
                        ) =>
                    {
                        html_text(Html::parse_document(text).tree.root(), found);
                        found.push(' ');
                    }
                    Some(_) => {}
                    None => json_texts(value, found),
                }
            }
        }
        _ => {}
    }
}

fn html_text(node: ego_tree::NodeRef<Node>, found: &mut String) {
    if let Node::Text(text) = node.value() {
        found.push_str(text);
    }
    let name = ElementRef::wrap(node).map_or("", |element| element.value().name());
    if matches!(
        name,
        "script" | "style" | "noscript" | "aside" | "button" | "head" | "nav" | "footer"
    ) {
        return;
    }
    let is_inline = matches!(
        name,
        "a" | "b" | "i" | "em" | "strong" | "span" | "sup" | "sub" | "code" | "u"
    );
    // Words stand apart where elements do, but for those of running text.
    if !is_inline && !name.is_empty() {
        found.push(' ');
    }
    for child in node.children() {
        html_text(child, found);
    }
    if !is_inline && !name.is_empty() {
        found.push(' ');
    }
}

/// Every text of an article; Markdown as the reader reads it.
fn all_text(value: &Value, found: &mut String) {
    match value {
        Value::String(text) => {
            found.push_str(&article::plain_text(&article::parse_markdown(text)));
            found.push(' ');
        }
        Value::Array(list) => list.iter().for_each(|value| all_text(value, found)),
        Value::Object(object) => object.values().for_each(|value| all_text(value, found)),
        _ => {}
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
