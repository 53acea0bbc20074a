//! Components and what becomes of them.

use super::super::samples;

#[test]
fn real_articles() {
    let samples = samples::check("apple-news", |article| {
        let mut texts = samples::texts_under(
            &article["components"],
            &["text", "caption", "name", "occupation", "label"],
        );
        for name in ["title", "subtitle"] {
            texts.extend(article[name].as_str().map(str::to_string));
        }
        // What a document says twice may be said once.
        let mut seen = std::collections::BTreeSet::new();
        texts.retain_mut(|text| {
            // The `By` of a by-line is the name of the field.
            *text = text.trim_start_matches("By ").to_string();
            let words: Vec<&str> = text.split_whitespace().collect();
            seen.insert(words.join(" ").to_lowercase())
        });
        texts
    });
    for sample in samples {
        println!(
            "== {}\n{}\n{:#?}",
            sample.name,
            serde_json::to_string_pretty(&sample.json).unwrap(),
            sample.told
        );
    }
}
