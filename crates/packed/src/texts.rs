//! [`Texts`]: an article as the search engine reads it.

use article::{Article, ArticleContent, ArticleText, Collection, Date, Surroundings};

use crate::stream::packed_struct;

/// The plain texts of an article, by field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: String,
    /// The summary.
    pub summary: String,
    /// The key points, one a line.
    pub key_points: String,
    /// Everything else.
    pub body: String,
    /// The name of its category.
    pub category: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The names of its authors.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its language, or the edition's; empty where neither says one.
    pub language: String,
}

impl Texts {
    /// The texts of the article at this position.
    pub fn of(collection: &Collection, ix: usize) -> Option<Texts> {
        let language = collection.edition().language.as_deref();
        Some(Texts::with(collection.article(ix)?, language))
    }

    /// The texts of the article whose object begins these bytes, which are from a collection.
    pub fn alone(bytes: &[u8], surroundings: &Surroundings) -> Option<Texts> {
        let article = surroundings.article(bytes)?;
        Some(Texts::with(article, surroundings.language.as_deref()))
    }

    /// The texts of an article; `language` is the edition's.
    pub fn with(article: Article, language: Option<&str>) -> Texts {
        let ArticleText {
            summary,
            key_points,
            body,
        } = ArticleContent::of(&article).plain_text();
        let language = article.language.or_else(|| language.map(str::to_owned));
        Texts {
            title: article.title,
            subtitle: article.subtitle.unwrap_or_default(),
            summary,
            key_points,
            body,
            category: article.category,
            tags: article.tags,
            authors: article
                .authors
                .into_iter()
                .map(|author| author.name)
                .collect(),
            published: article.published,
            language: language.unwrap_or_default(),
        }
    }
}

packed_struct!(Texts {
    title,
    subtitle,
    summary,
    key_points,
    body,
    category,
    tags,
    authors,
    published,
    language,
});

packed_struct!(Surroundings {
    language,
    is_feed,
    byline,
    is_newer,
});
