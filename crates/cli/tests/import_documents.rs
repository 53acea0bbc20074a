//! Real documents of ANS and Apple News Format: each imports, the reader has nothing to say against the result, no word is
//! lost, and what was dropped is what a person found who looked.

mod data;

use offprint_cli::import::{self, Settings, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// The files, and where something was dropped.
const FILES: [(&str, &[&str]); 13] = [
    ("ans/story-fixture-good-multi-site", &["canonical_url"]),
    ("ans/story-fixture-good-taxonomy", &[]),
    (
        "ans/story-fixture-good",
        &[
            "credits.by[0].bio",
            "canonical_url",
            "content_elements[7].content",
            "content_elements[8]",
            "content_elements[9].raw_oembed.content",
        ],
    ),
    (
        "ans/story-fixture-references",
        &[
            "credits.by[0]",
            "credits.additional reporting by[0]",
            "promo_items.second",
            "related_content.basic[0]",
            "related_content.basic[1]",
            "content_elements[5].content",
            "content_elements[6]",
        ],
    ),
    (
        "ans/story-fixture-tiny-house",
        &[
            "promo_items.embed",
            "related_content.basic[0]",
            "related_content.basic[1]",
            "content_elements[4].items[0].image",
            "content_elements[7]",
        ],
    ),
    ("ans/video-fixture-nationals", &["streams"]),
    (
        "apple-news/anf-design-tutorial-6-embeds",
        &[
            "metadata.thumbnailURL",
            "components[5]",
            "components[19].items[0]",
            "components[19].items[1]",
            "components[19].items[2]",
            "components[24].items[0]",
            "components[24].items[1]",
            "components[24].items[2]",
            "components[24].items[3]",
            "components[24].items[4]",
            "components[30]",
            "components[34]",
        ],
    ),
    ("apple-news/data-table", &[]),
    (
        "apple-news/example-longform-travel-article",
        &[
            "components[3].components[0].style.fill",
            "components[9]",
            "components[17]",
            "components[18]",
        ],
    ),
    ("apple-news/example-news-article", &[]),
    ("apple-news/headlineaboveimage", &[]),
    (
        "apple-news/metadata",
        &[
            "metadata.thumbnailURL",
            "metadata.coverArt",
            "metadata.links[1]",
        ],
    ),
    ("apple-news/text-on-background-color", &[]),
];

#[test]
fn real_documents() {
    for (file, expect) in FILES {
        let Some(path) = data::path(&format!("feeds/{file}.json.gz")) else {
            return;
        };
        let mut opened = Vec::new();
        import::open(&path.to_string_lossy(), &mut opened, &mut Vec::new());
        let source: Value = serde_json::from_slice(&opened[0].bytes).unwrap();
        let outcome = import::import(&opened, &Settings::default());
        assert_eq!(outcome.failures, Vec::<String>::new());
        assert_eq!(outcome.imported.articles.len(), 1, "{file}");
        let losses = outcome.losses.list();
        let places: Vec<&str> = losses.iter().map(|loss| &*loss.place).collect();
        assert_eq!(places, expect, "{file}");
        let bytes = import::to_json(outcome.imported).unwrap();
        assert_eq!(import::problems(&bytes), Vec::<String>::new(), "{file}");

        let collection: Value = serde_json::from_slice(&bytes).unwrap();
        let found = count_words(&strings(&collection["articles"]));
        for (word, n) in count_words(&source_texts(&source)) {
            let n_found = found.get(&word).copied().unwrap_or_default();
            assert!(n_found >= n, "{file}: {word:?} {n_found} times and not {n}");
        }
    }
}

/// What a reader is to find of a source. What it says twice may be said once.
fn source_texts(source: &Value) -> Vec<String> {
    let parts: [(&str, &[&str]); 10] = [
        ("content_elements", &["content", "text", "caption"]),
        ("corrections", &["text"]),
        ("headlines", &["basic"]),
        ("description", &["basic"]),
        ("transcript", &[""]),
        ("editor_note", &[""]),
        (
            "components",
            &["text", "caption", "name", "occupation", "label"],
        ),
        ("title", &[""]),
        ("subtitle", &[""]),
        ("excerpt", &[""]),
    ];
    let mut texts = Vec::new();
    for (part, names) in parts {
        match &source[part] {
            Value::String(text) => texts.push(text.clone()),
            value => texts.extend(texts_under(value, names)),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    texts.retain_mut(|text| {
        // The `By` of a by-line is the name of the field.
        *text = text.trim_start_matches("By ").to_string();
        let words: Vec<&str> = text.split_whitespace().collect();
        seen.insert(words.join(" ").to_lowercase())
    });
    texts
}

/// The texts under these names, in whatever depth, without their HTML.
fn texts_under(value: &Value, names: &[&str]) -> Vec<String> {
    match value {
        Value::Array(list) => list
            .iter()
            .flat_map(|value| texts_under(value, names))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match value {
                Value::String(text) if names.contains(&&**name) => vec![html::plain(text)],
                value => texts_under(value, names),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Every text of a value, but for what is kept for programs.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "extra")
            .flat_map(|(_, value)| strings(value))
            .collect(),
        _ => Vec::new(),
    }
}

fn count_words(texts: &[String]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for word in texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
    {
        if !word.is_empty() {
            *count.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    count
}
