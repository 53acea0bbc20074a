//! [`Opened`]: one article with all that its page shows.

use article::{Article, ArticleContent, Date, ReadingTime, SafeUrl};

/// An article, its content trees and its surroundings.
#[derive(Debug)]
pub struct Opened {
    /// Where the article stands in its edition.
    pub ix: usize,
    /// The article's own fields.
    pub article: Article,
    /// Its texts as trees.
    pub content: ArticleContent,
    /// How long it takes to read; nothing for an article without text.
    pub reading_time: Option<ReadingTime>,
    /// The related articles: the given ones, or the nearest by content where none are given.
    pub related: Vec<RelatedArticle>,
    /// The next newer article of the edition.
    pub newer: Option<Neighbour>,
    /// The next older article of the edition.
    pub older: Option<Neighbour>,
}

/// An article beside this one, by date.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// An article that this one points at.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedArticle {
    /// Its id, where it is of this edition.
    pub id: Option<String>,
    /// Its address, where it is elsewhere on the web.
    pub url: Option<SafeUrl>,
    /// Its title.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: Option<String>,
    /// The name of its category, where it is of this edition.
    pub category: Option<String>,
    /// When it was published, where it is of this edition.
    pub published: Option<Date>,
}

/// How long all texts of an article take to read; `None` where there are none.
pub(super) fn reading_time(
    content: &ArticleContent,
    language: Option<&str>,
) -> Option<ReadingTime> {
    let text = content.plain_text();
    let all = [text.summary, text.key_points, text.body].join("\n");
    (!all.trim().is_empty()).then(|| ReadingTime::of(&all, language))
}
