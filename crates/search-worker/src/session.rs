//! One collection, from its bytes to the answers of its index, in steps that the caller may pause between.
//!
//! [`Session::step`] first reads the collection, then adds one article after the other to the index, then finishes the
//! index. The collection stays, because snippets are cut from the articles themselves.

use article::{Article, ArticleContent, ArticleText, Collection, CollectionReader, Unreadable};
use search::{Builder, Fields, Hits, Index, Query, Snippet};

/// Bytes that one step reads.
const BYTES_PER_STEP: usize = 32 * 1024;
/// Articles of which one step takes the text into the index, at most; a long one ends a step early.
const ARTICLES_PER_STEP: usize = 16;

/// How far a session is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Status {
    /// Articles done; one that is read but not indexed counts half.
    pub done: u32,
    /// Articles in all. An estimate until the whole collection has been read.
    pub total: u32,
    /// Whether queries are answered.
    pub ready: bool,
}

/// The work of one worker.
#[derive(Default)]
pub struct Session {
    stage: Stage,
    query: Query,
}

#[derive(Default)]
enum Stage {
    /// Nothing opened, or the collection could not be read.
    #[default]
    Closed,
    Reading(CollectionReader),
    Indexing {
        collection: Collection,
        builder: Box<Builder>,
        next: usize,
    },
    Ready {
        collection: Collection,
        index: Box<Index>,
    },
}

impl Session {
    /// A session on the bytes of a collection. Nothing is read yet.
    #[must_use]
    pub fn open(bytes: Vec<u8>) -> Session {
        Session {
            stage: Stage::Reading(CollectionReader::new(bytes)),
            query: Query::default(),
        }
    }

    /// Does a little work: a few milliseconds at most, but for the last step, which finishes the index.
    ///
    /// # Errors
    /// Where nothing of the collection can be read. The session is closed then.
    pub fn step(&mut self) -> Result<Status, Unreadable> {
        let (stage, status) = match std::mem::take(&mut self.stage) {
            Stage::Closed => (
                Stage::Closed,
                Status {
                    done: 0,
                    total: 0,
                    ready: false,
                },
            ),
            Stage::Reading(mut reader) => {
                let progress = reader.step(BYTES_PER_STEP);
                let n_read = progress.articles as u64;
                let status = Status {
                    done: (n_read / 2) as u32,
                    total: (n_read * progress.total as u64 / progress.read.max(1) as u64)
                        .max(n_read) as u32,
                    ready: false,
                };
                if progress.done {
                    let collection = reader.finish()?;
                    (
                        Stage::Indexing {
                            collection,
                            builder: Box::default(),
                            next: 0,
                        },
                        status,
                    )
                } else {
                    (Stage::Reading(reader), status)
                }
            }
            Stage::Indexing {
                collection,
                mut builder,
                next,
            } => {
                let total = collection.entries().len();
                let end = add_articles(&collection, &mut builder, next);
                let status = Status {
                    done: (total + end).div_ceil(2) as u32,
                    total: total as u32,
                    ready: next == total,
                };
                if next < total {
                    (
                        Stage::Indexing {
                            collection,
                            builder,
                            next: end,
                        },
                        status,
                    )
                } else {
                    (
                        Stage::Ready {
                            collection,
                            index: Box::new(builder.finish()),
                        },
                        status,
                    )
                }
            }
            ready @ Stage::Ready { .. } => {
                self.stage = ready;
                return Ok(Status {
                    done: self.n_documents(),
                    total: self.n_documents(),
                    ready: true,
                });
            }
        };
        self.stage = stage;
        Ok(status)
    }

    /// How many articles are indexed; 0 before the session is ready.
    #[must_use]
    pub fn n_documents(&self) -> u32 {
        match &self.stage {
            Stage::Ready { index, .. } => index.n_documents(),
            _ => 0,
        }
    }

    /// Answers a query, and remembers it for [`Session::snippets`]. Empty before the session is ready.
    pub fn search(&mut self, text: &str, typing: bool) -> Hits {
        self.query = Query::parse(text, typing);
        match &self.stage {
            Stage::Ready { index, .. } => index.search(&self.query),
            _ => Hits::default(),
        }
    }

    /// The title and the best passage of each of these articles, for the last query.
    #[must_use]
    pub fn snippets(&self, docs: &[u32], max_chars: usize) -> Vec<Snippet> {
        let Stage::Ready { collection, index } = &self.stage else {
            return Vec::new();
        };
        let highlighter = index.highlighter(&self.query);
        let snippet = |doc: &u32| {
            let Some(article) = collection.article(*doc as usize) else {
                return Snippet::default();
            };
            let text = ArticleContent::of(&article).plain_text();
            with_fields(collection, &article, &text, |fields| {
                highlighter.snippet(fields, max_chars)
            })
        };
        docs.iter().map(snippet).collect()
    }
}

/// Adds some articles from `next` on; returns where it stopped.
fn add_articles(collection: &Collection, builder: &mut Builder, next: usize) -> usize {
    let mut n_bytes = 0;
    let mut ix = next;
    while ix < collection.entries().len()
        && ix - next < ARTICLES_PER_STEP
        && n_bytes < BYTES_PER_STEP
    {
        // An article that cannot be read a second time still keeps its number.
        let article = collection.article(ix).unwrap_or_default();
        let text = ArticleContent::of(&article).plain_text();
        n_bytes += text.body.len();
        with_fields(collection, &article, &text, |fields| builder.add(fields));
        ix += 1;
    }
    ix
}

fn with_fields<R>(
    collection: &Collection,
    article: &Article,
    text: &ArticleText,
    with: impl FnOnce(&Fields<'_>) -> R,
) -> R {
    let tags: Vec<&str> = article.tags.iter().map(String::as_str).collect();
    let authors: Vec<&str> = article
        .authors
        .iter()
        .map(|author| author.name.as_str())
        .collect();
    let language = article
        .language
        .as_deref()
        .or(collection.edition().language.as_deref());
    with(&Fields {
        title: &article.title,
        subtitle: article.subtitle.as_deref().unwrap_or_default(),
        summary: &text.summary,
        key_points: &text.key_points,
        body: &text.body,
        category: article.category.as_deref(),
        tags: &tags,
        authors: &authors,
        published: article.published.map(|date| date.sort_key()),
        language: language.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(json: &str) -> Session {
        let mut session = Session::open(json.as_bytes().to_vec());
        let mut last = 0;
        loop {
            let status = session.step().unwrap();
            assert!(
                status.done <= status.total && status.done >= last,
                "{status:?} after {last}"
            );
            last = status.done;
            if status.ready {
                return session;
            }
        }
    }

    #[track_caller]
    fn check(json: &str, query: &str, expect: &[u32]) {
        let mut session = opened(json);
        assert_eq!(session.search(query, true).docs, expect, "{query:?}");
        for snippet in session.snippets(expect, 100) {
            assert!(
                snippet.title.iter().chain(&snippet.text).any(|run| run.hit),
                "{snippet:?}"
            );
        }
        assert!(
            session
                .snippets(&[1000], 100)
                .iter()
                .all(|snippet| snippet.title.is_empty())
        );
    }

    #[test]
    fn a_collection_is_read_indexed_and_asked() {
        let json = r#"{"language": "en", "articles": [
            {"id": "a", "title": "Oil", "sections": [{"body": "The *prices* fell."}]},
            {"id": "b", "title": "Cocoa", "category": "Food", "summary": "Nothing new."},
            {"id": "c", "title": "Price"}
        ]}"#;
        check(json, "price", &[2, 0]);
        check(json, "fall", &[0]);
        check(json, "cocoa category:food", &[1]);
        check(json, "coco", &[1]);
        check(json, "nowhere", &[]);
        check(r#"{"articles": []}"#, "oil", &[]);
    }

    #[test]
    fn what_is_no_collection_is_an_error() {
        let mut session = Session::open(b"<!doctype html>".to_vec());
        let unreadable = loop {
            match session.step() {
                Ok(status) => assert!(!status.ready),
                Err(unreadable) => break unreadable,
            }
        };
        assert!(!unreadable.to_string().is_empty());
        assert_eq!(session.search("oil", false), Hits::default());
        assert_eq!(session.n_documents(), 0);
    }
}
