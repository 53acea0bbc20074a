//! For tests: articles as a build hands them on, the demo edition's and hostile ones.

use super::{Entry, Site};
use article::{Article, ReadingTime, excerpt, read_collection};
use serde_json::{Value, json};

/// Articles and what an [`Entry`] has beside them.
pub struct Sample {
    pub site: Site,
    pub articles: Vec<(Article, String, String)>,
}

impl Sample {
    /// The articles of a collection.
    pub fn of(collection: &Value) -> Sample {
        let read = read_collection(collection.to_string().into_bytes()).unwrap();
        let written = collection["articles"].as_array().unwrap();
        let articles = (0..read.entries().len()).map(|ix| {
            let article = read.article(ix).unwrap();
            let excerpt = excerpt(&article, 200);
            // With spaces, as collections are written.
            let json = serde_json::to_string_pretty(&written[ix]).unwrap();
            (article, json, excerpt)
        });
        Sample {
            site: Site {
                title: read.edition().title.clone().unwrap_or("S".to_string()),
                description: read.edition().description.clone(),
                language: read.edition().language.clone(),
                ..Site::default()
            },
            articles: articles.collect(),
        }
    }

    /// The demo edition.
    pub fn demo() -> Sample {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/articles.json");
        Sample::of(&serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    }

    /// One article with these members, and a title.
    pub fn article(mut members: Value) -> Sample {
        for (name, value) in [("id", "a"), ("title", "A")] {
            if members.get(name).is_none() {
                members[name] = json!(value);
            }
        }
        Sample::of(&json!({"version": 1, "title": "Site", "language": "en", "articles": [members]}))
    }

    /// The same at an address.
    pub fn at(mut self, base: &str) -> Sample {
        self.site.base_url = Some(base.parse().unwrap());
        self
    }

    pub fn entries(&self) -> Vec<Entry<'_>> {
        let entries = self.articles.iter().map(|(article, json, excerpt)| Entry {
            article,
            json,
            excerpt,
            reading_time: Some(ReadingTime { fast: 1, slow: 2 }),
            language: (article.language.as_deref()).or(self.site.language.as_deref()),
        });
        entries.collect()
    }
}

/// Titles that would break out of where they stand.
pub const HOSTILE: [&str; 7] = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]><b>&amp;\"'",
    "a\u{0}\u{1}\u{b}\u{85}\u{ffff}b",
    "\u{202e}עברית\u{2066} العربية",
    "[x](javascript:0) *a* `b` # c \\",
    "\"></title><img src=x onerror=alert(1)>",
];

/// Articles that have a hostile text in every field of plain text.
pub fn hostile() -> Sample {
    let articles: Vec<Value> = HOSTILE
        .iter()
        .enumerate()
        .map(|(ix, text)| {
            json!({
                "id": format!("a{ix}"), "title": text, "subtitle": text, "category": text, "tags": [text],
                "authors": [{"name": text}], "source": {"name": text}, "summary": text, "published": "2026-02-02",
                "image": {"src": "a.png", "alt": text, "credit": text}, "key_points": [text],
                "sections": [{"heading": text, "body": text}], "corrections": [{"text": text}],
            })
        })
        .collect();
    let mut sample = Sample::of(&json!({"version": 1, "language": "en", "articles": articles}));
    sample.site.title = HOSTILE.concat();
    sample.site.description = Some(HOSTILE.concat());
    sample
}
