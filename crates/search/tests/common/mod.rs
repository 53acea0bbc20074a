//! The shared test data: collections, queries, judgements. Where it is absent, tests say so and pass.

use article::{Article, ArticleContent, ArticleText, Collection};
use search::{Builder, Fields, Index, Ranking};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A file or folder of the test data, or nothing.
pub fn data(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let found = root.join(path);
    if !found.exists() {
        println!("skipped: {path} of the shared test data is not there");
        return None;
    }
    Some(found)
}

/// A gzipped collection.
pub fn collection(path: &str) -> Option<Collection> {
    let file = std::fs::File::open(data(path)?).unwrap();
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file)
        .read_to_end(&mut bytes)
        .unwrap();
    Some(
        article::read_collection(bytes).unwrap_or_else(|unreadable| panic!("{path}: {unreadable}")),
    )
}

/// What is searchable of an article.
pub fn texts(article: &Article) -> ArticleText {
    ArticleContent::of(article).plain_text()
}

/// Calls `with` with the fields of an article.
pub fn with_fields<R>(
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
        language: article.language.as_deref().unwrap_or("en"),
    })
}

/// All articles of a collection, indexed.
pub fn index(collection: &Collection, ranking: Ranking) -> Index {
    let mut builder = Builder::with_ranking(ranking);
    for ix in 0..collection.entries().len() {
        let article = collection.article(ix).unwrap();
        with_fields(&article, &texts(&article), |fields| builder.add(fields));
    }
    builder.finish()
}
