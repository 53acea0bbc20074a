//! Real files of a format, which lie outside of the repository: [`check`] imports each and looks at what came of it.

use super::{Settings, open};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A sample, imported.
pub struct Sample {
    /// Its file's name, without endings.
    pub name: String,
    /// The collection.
    pub json: Value,
    /// What was dropped: place and what.
    pub told: Vec<String>,
}

/// Imports every file of a folder of `../shared/data/feeds`. The result has to be read without a problem, and to hold every
/// word that `texts` finds in the source as often as there.
pub fn check(folder: &str, texts: fn(&Value) -> Vec<String>) -> Vec<Sample> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/feeds")
        .join(folder);
    let Ok(files) = std::fs::read_dir(&path) else {
        println!("skipped: there is no ../shared/data/feeds/{folder}");
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
        .iter()
        .map(|path| {
            let file = path.file_name().unwrap().to_string_lossy();
            let mut opened = Vec::new();
            open::open(&path.to_string_lossy(), &mut opened).unwrap();
            let source: Value = serde_json::from_slice(&opened[0].bytes).unwrap();
            let outcome = super::import(&opened, &Settings::default());
            assert_eq!(outcome.failures, Vec::<String>::new());
            let bytes = super::to_json(outcome.imported).unwrap();
            assert_eq!(super::problems(&bytes), Vec::<String>::new(), "{file}");
            let json: Value = serde_json::from_slice(&bytes).unwrap();
            let told: Vec<String> = outcome
                .losses
                .list()
                .iter()
                .map(|loss| format!("{}: {}", loss.place, loss.what))
                .collect();
            let found = count_words(strings(&json).iter());
            let words = count_words(texts(&source).iter());
            for (word, n) in words {
                let n_found = found.get(&word).copied().unwrap_or_default();
                let is_told = told.iter().any(|loss| loss.to_lowercase().contains(&word));
                assert!(n_found >= n || is_told, "{file}: {word} {n_found} < {n}");
            }
            Sample {
                name: file.split('.').next().unwrap_or_default().to_string(),
                json,
                told,
            }
        })
        .collect()
}

/// Every text of a value, in whatever depth.
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

/// The texts under these names, in whatever depth, without their HTML.
pub fn texts_under(value: &Value, names: &[&str]) -> Vec<String> {
    match value {
        Value::Array(list) => list
            .iter()
            .flat_map(|value| texts_under(value, names))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| match value {
                Value::String(text) if names.contains(&&**name) => vec![super::html::plain(text)],
                value => texts_under(value, names),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn count_words<'a>(texts: impl Iterator<Item = &'a String>) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for text in texts {
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            *count.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    count
}
