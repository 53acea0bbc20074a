//! Offprint's own files: [`read`] joins them to others, [`is_own`] tells them by the names in them.

use super::{Draft, Edition, Imported, Losses, SourceFile};
use anyhow::{Result, anyhow};
use article::{Code, Problem, Severity, read_collection};
use serde_json::{Map, Value};

/// Names that a collection or an article has, and hardly anything else.
pub const OWN: [&str; 5] = [
    "articles",
    "sections",
    "key_points",
    "canonical_url",
    "disclosure",
];

/// The fields of an article that has no text.
const STUB: [&str; 18] = [
    "version",
    "id",
    "title",
    "subtitle",
    "published",
    "updated",
    "category",
    "tags",
    "language",
    "authors",
    "source",
    "image",
    "summary",
    "risks",
    "corrections",
    "related",
    "extra",
    "$schema",
];

/// Whether an object is a collection or an article, if it is nothing else that can be imported.
pub fn is_own(object: &Map<String, Value>) -> bool {
    let has = |name: &str| object.contains_key(name);
    OWN.iter().any(|name| has(name))
        || has("id") && has("title") && object.keys().all(|name| STUB.contains(&name.as_str()))
        || has("title") && has("published")
}

/// Reads a collection or an article. What is wrong with it, and so does not come along, is told.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let collection = read_collection(source.text().into_bytes()).map_err(|why| anyhow!("{why}"))?;
    // Of unknown fields only those come along that are somebody's own. Ids are made unique among those of all sources.
    let is_loss = |problem: &&Problem| {
        problem.code != Code::DuplicateId
            && (problem.severity == Severity::Error || problem.code == Code::UnknownField)
    };
    for problem in collection.problems().iter().filter(is_loss) {
        let place = match problem.path.as_str() {
            "" => "the file",
            path => path,
        };
        let place = format!("{place} (line {})", problem.line);
        let help = problem.help.as_ref().map(|help| format!("; {help}"));
        let why = format!("expected {}{}", problem.expected, help.unwrap_or_default());
        losses.tell(&place, &problem.found, &why);
    }
    let ours = collection.edition();
    let articles =
        (0..collection.entries().len()).filter_map(|ix| collection.article_as_written(ix));
    Ok(Imported {
        edition: Edition {
            title: ours.title.clone(),
            description: ours.description.clone(),
            language: ours.language.clone(),
            base_url: ours.base_url.clone(),
        },
        articles: articles.map(|article| Draft::of(&article)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Headings;

    #[track_caller]
    fn check(json: &str, titles: &[&str], losses: &[&str]) {
        let headings = Headings::default();
        let source = SourceFile {
            name: "a.json",
            bytes: json.as_bytes(),
            base: None,
            headings: &headings,
        };
        let mut told = Losses::of("a.json");
        let imported = read(&source, &mut told).unwrap();
        let found: Vec<&str> = imported
            .articles
            .iter()
            .map(|article| &*article.title)
            .collect();
        assert_eq!(found, titles);
        let told: Vec<String> = told.list().iter().map(|loss| loss.to_string()).collect();
        assert_eq!(told, losses);
    }

    #[test]
    fn what_is_right_comes_along() {
        check(
            r#"{"version": 1, "title": "E", "articles": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]}"#,
            &["A", "B"],
            &[],
        );
        check(r#"{"id": "a", "title": "A", "_mine": 1}"#, &["A"], &[]);
        check(
            "[{\"id\": \"a\", \"title\": \"A\",\n\"keypoints\": [], \"published\": \"soon\"}]",
            &["A"],
            &[
                "a.json: dropped the text \"soon\" at [0].published (line 2): expected a date; write a date as 2026-02-28, or with time and zone as 2026-02-28T09:15:00Z",
                "a.json: dropped the unknown name `keypoints` at [0].keypoints (line 2): expected a field of an article; did you mean `key_points`?",
            ],
        );
    }
}
