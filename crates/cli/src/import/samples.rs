//! Real files of a format, which lie outside of the repository: [`check`] imports each and looks at what came of it.

use super::{Headings, Imported, Kind, Losses, SourceFile};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// A sample, imported.
pub struct Sample {
    /// Its file's name, without endings.
    pub name: String,
    /// What was found in it.
    pub imported: Imported,
    /// The collection.
    pub json: Value,
    /// What was dropped: place and what.
    pub told: Vec<String>,
}

/// Imports every file of a folder of `../shared/data/feeds`. The result has to be read without a problem, and to hold every
/// word that `texts` finds in the source as often as there.
pub fn check(folder: &str, kind: Kind, texts: fn(&Value) -> Vec<String>) -> Vec<Sample> {
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
    let headings = Headings::default();
    paths
        .iter()
        .map(|path| {
            let file = path.file_name().unwrap().to_string_lossy();
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(&*std::fs::read(path).unwrap())
                .read_to_end(&mut bytes)
                .unwrap();
            let source = SourceFile {
                name: &file,
                bytes: &bytes,
                base: None,
                headings: &headings,
            };
            let mut losses = Losses::of(&file);
            let mut imported = kind.read(&source, &mut losses).unwrap();
            for a in &mut imported.articles {
                if a.title.is_empty() {
                    a.title = "Untitled".into();
                }
            }
            let json = serde_json::to_value(&imported).unwrap();
            let mut collection = json.clone();
            collection["version"] = 1.into();
            let collection = article::read_collection(collection.to_string().into_bytes()).unwrap();
            assert_eq!(collection.problems(), [], "{file}");
            let told: Vec<String> = losses
                .list()
                .iter()
                .map(|loss| format!("{}: {}", loss.place, loss.what))
                .collect();
            let found = count_words(strings(&json).iter());
            let source = count_words(texts(&source.json().unwrap()).iter());
            for (word, n) in source {
                let n_found = found.get(&word).copied().unwrap_or_default();
                let is_told = told.iter().any(|loss| loss.to_lowercase().contains(&word));
                assert!(n_found >= n || is_told, "{file}: {word} {n_found} < {n}");
            }
            Sample {
                name: file.split('.').next().unwrap_or_default().to_string(),
                imported,
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
