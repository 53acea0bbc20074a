//! One edition, from its texts to the answers of its index.
//!
//! The caller adds the articles in their order ([`Session::add`]), then finishes the index ([`Session::finish`]). It keeps the
//! texts: [`Session::snippet`] wants those of an article again.

use packed::{Texts, unpack};
use search::{Builder, Fields, Hits, Index, Query, Snippet};

/// The work of one worker.
#[derive(Default)]
pub struct Session {
    stage: Stage,
    query: Query,
}

enum Stage {
    Indexing(Box<Builder>),
    Ready(Box<Index>),
}

impl Default for Stage {
    fn default() -> Stage {
        Stage::Indexing(Box::default())
    }
}

impl Session {
    /// Adds the next article. One that cannot be unpacked still takes its number. Nothing is added to a finished index.
    pub fn add(&mut self, texts: &[u8]) {
        if let Stage::Indexing(builder) = &mut self.stage {
            let texts: Texts = unpack(texts).unwrap_or_default();
            with_fields(&texts, |fields| builder.add(fields));
        }
    }

    /// Makes the index of what was added.
    pub fn finish(&mut self) {
        if let Stage::Indexing(builder) = &mut self.stage {
            let builder = std::mem::take(&mut **builder);
            self.stage = Stage::Ready(Box::new(builder.finish()));
        }
    }

    /// Answers a query, and remembers it for [`Session::snippet`]. Empty before the index is finished.
    pub fn search(&mut self, text: &str, typing: bool) -> Hits {
        self.query = Query::parse(text, typing);
        match &self.stage {
            Stage::Ready(index) => index.search(&self.query),
            Stage::Indexing(_) => Hits::default(),
        }
    }

    /// The title and the best passage of an article, for the last query.
    #[must_use]
    pub fn snippet(&self, texts: &[u8], max_chars: usize) -> Snippet {
        match (&self.stage, unpack(texts)) {
            (Stage::Ready(index), Some(texts)) => {
                let highlighter = index.highlighter(&self.query);
                with_fields(&texts, |fields| highlighter.snippet(fields, max_chars))
            }
            _ => Snippet::default(),
        }
    }
}

fn with_fields<R>(texts: &Texts, with: impl FnOnce(&Fields<'_>) -> R) -> R {
    let tags: Vec<&str> = texts.tags.iter().map(String::as_str).collect();
    let authors: Vec<&str> = texts.authors.iter().map(String::as_str).collect();
    with(&Fields {
        title: &texts.title,
        subtitle: &texts.subtitle,
        summary: &texts.summary,
        key_points: &texts.key_points,
        body: &texts.body,
        category: texts.category.as_deref(),
        tags: &tags,
        authors: &authors,
        published: texts.published.map(|date| date.sort_key()),
        language: &texts.language,
    })
}

#[cfg(test)]
mod tests {
    use offprint_articles::Articles;

    use super::*;

    fn opened(json: &str) -> (Articles, Session) {
        let mut articles = Articles::new(json.into());
        while articles.step(16).unwrap() {}
        let mut session = Session::default();
        for ix in 0..articles.count() {
            session.add(&articles.texts(ix));
        }
        assert_eq!(
            session.search("oil", true),
            Hits::default(),
            "not finished yet"
        );
        session.finish();
        (articles, session)
    }

    #[track_caller]
    fn check(json: &str, query: &str, expect: &[u32]) {
        let (articles, mut session) = opened(json);
        assert_eq!(session.search(query, true).docs, expect, "{query:?}");
        for &doc in expect {
            let snippet = session.snippet(&articles.texts(doc as usize), 100);
            assert!(
                snippet.title.iter().chain(&snippet.text).any(|run| run.hit),
                "{snippet:?}"
            );
        }
        assert_eq!(
            session.snippet(&[], 100),
            Snippet::default(),
            "no texts at all"
        );
    }

    #[test]
    fn from_texts_to_answers() {
        let json = r#"{"version": 1, "language": "en", "articles": [
            {"id": "a", "title": "Oil prices fall", "category": "energy", "sections": [{"body": "Crude *prices* fell."}]},
            {"id": "b", "title": "Cocoa", "category": "food", "sections": [{"body": "A harvest of cocoa."}]},
            {"id": "c", "title": "Price controls", "sections": [{"body": "The price of bread."}]}
        ]}"#;
        check(json, "price", &[2, 0]);
        check(json, "fall", &[0]);
        check(json, "cocoa category:food", &[1]);
        check(json, "coco", &[1]);
        check(json, "nowhere", &[]);
        check(r#"{"articles": []}"#, "oil", &[]);
    }

    #[test]
    fn a_damaged_article_keeps_its_number() {
        let (articles, _) = opened(r#"{"articles": [{"id": "a", "title": "Oil"}]}"#);
        let mut session = Session::default();
        session.add(b"damaged");
        session.add(&articles.texts(0));
        session.finish();
        assert_eq!(session.search("oil", false).docs, [1]);
        session.add(&articles.texts(0));
        assert_eq!(
            session.search("oil", false).docs,
            [1],
            "a finished index stays as it is"
        );
    }
}
