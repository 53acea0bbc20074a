//! A collection from a file, as the engine wants it: articles by ascending date, those without one first.

use article::{Article, ArticleContent};
use search::{Builder, Fields};
use std::error::Error;
use std::io::Read as _;

/// The articles of a collection, plain or gzipped, each with the language it is in.
pub fn read(path: &str) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    if path.ends_with(".gz") {
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    } else {
        std::io::BufReader::new(file).read_to_end(&mut bytes)?;
    }
    let collection =
        article::read_collection(bytes).map_err(|unreadable| unreadable.to_string())?;
    let language = &collection.edition().language;
    let mut articles: Vec<Article> = (0..collection.entries().len())
        .filter_map(|ix| collection.article(ix))
        .collect();
    for article in &mut articles {
        article.language = article.language.take().or_else(|| language.clone());
    }
    articles.sort_by_key(|article| article.published.map(|date| date.sort_key()));
    Ok(articles)
}

/// Adds an article to an index.
pub fn add(builder: &mut Builder, article: &Article) {
    let content = ArticleContent::of(article).plain_text();
    let tags: Vec<&str> = article.tags.iter().map(String::as_str).collect();
    let authors = article.authors.iter();
    let authors: Vec<&str> = authors.map(|author| author.name.as_str()).collect();
    builder.add(&Fields {
        title: &article.title,
        subtitle: article.subtitle.as_deref().unwrap_or_default(),
        summary: &content.summary,
        key_points: &content.key_points,
        body: &content.body,
        category: article.category.as_deref(),
        tags: &tags,
        authors: &authors,
        published: article.published.map(|date| date.sort_key()),
        language: article.language.as_deref().unwrap_or_default(),
    });
}
