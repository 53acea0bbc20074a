//! [`Card`]: what a list shows of an article.

use article::{Article, ArticleContent, Date, Image, ReadingTime};

use crate::article_page::reading_time;
use crate::stream::packed_struct;

/// The longest excerpt, in characters: about three lines of a card.
const EXCERPT_CHARS: usize = 200;

/// What a list shows of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The id its address is made of.
    pub id: String,
    /// The title, plain.
    pub title: String,
    /// When it was published.
    pub published: Option<Date>,
    /// The name of its category.
    pub category: Option<String>,
    /// Its language, where it says one.
    pub language: Option<String>,
    /// The beginning of its text, plain.
    pub excerpt: String,
    /// Its image.
    pub image: Option<Image>,
    /// How long it takes to read; nothing for an article without text.
    pub reading_time: Option<ReadingTime>,
}

impl Card {
    /// The card of an article; `language` is the edition's.
    pub fn of(article: Article, language: Option<&str>) -> Card {
        let text_language = article.language.as_deref().or(language);
        Card {
            reading_time: reading_time(&ArticleContent::of(&article), text_language),
            excerpt: article::excerpt(&article, EXCERPT_CHARS),
            id: article.id,
            title: article.title,
            published: article.published,
            category: article.category,
            language: article.language,
            image: article.image,
        }
    }
}

packed_struct!(Card {
    id,
    title,
    published,
    category,
    language,
    excerpt,
    image,
    reading_time
});
