//! Articles apart from their file: [`Surroundings`] is what must be known of a collection to read one of its articles from the
//! bytes of its object alone.

use super::{Collection, Feed};
use crate::json::{Parser, Value};
use crate::model::Article;
use crate::read::{Named, Path, Problems, Reader};

/// What the reading of an article takes from its collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The language of articles that say none.
    pub language: Option<String>,
    /// The file is a JSON Feed.
    pub is_feed: bool,
    /// Of a feed, the JSON of whoever wrote the items that name nobody; empty where it names nobody either.
    pub byline: String,
    /// The file was written for a newer version: of its articles only the names can be relied on.
    pub is_newer: bool,
}

impl Surroundings {
    /// Reads the article whose object begins these bytes; its id is as it was written.
    pub fn article(&self, bytes: &[u8]) -> Option<Article> {
        let Value::Object(members) = Parser::new(bytes, 0).value()?.value else {
            return None;
        };
        let mut problems = Problems::muted();
        let place = Named {
            path: &Path::ROOT,
            start: 0,
            is_part: false,
            is_item: self.is_feed,
        };
        let mut reader = Reader {
            bytes,
            problems: &mut problems,
        };
        let mut article = reader.article(members, place);
        if article.authors.is_empty()
            && let Some(value) = Parser::new(self.byline.as_bytes(), 0).value()
        {
            reader.byline(&mut article.authors, value, &Path::ROOT);
        }
        if self.is_newer {
            article = Article {
                id: article.id,
                title: article.title,
                canonical_url: article.canonical_url,
                ..Article::default()
            };
        }
        Some(article)
    }
}

impl Collection {
    /// What its articles need to be read apart from it.
    pub fn surroundings(&self) -> Surroundings {
        let byline = |feed: &Feed| {
            let value = Parser::new(&self.bytes, feed.byline? as usize).value()?;
            let bytes = self.bytes.get(value.start as usize..value.end as usize)?;
            Some(String::from_utf8_lossy(bytes).into_owned())
        };
        Surroundings {
            language: self.edition.language.clone(),
            is_feed: self.feed.is_some(),
            byline: self.feed.as_ref().and_then(byline).unwrap_or_default(),
            is_newer: self.newer_version().is_some(),
        }
    }

    /// The bytes of an article's object, and perhaps some behind it.
    pub fn bytes_of(&self, ix: usize) -> &[u8] {
        let range = self.entries.get(ix);
        let range = range.map(|entry| entry.start as usize..entry.end as usize);
        range
            .and_then(|range| self.bytes.get(range))
            .unwrap_or_default()
    }
}
