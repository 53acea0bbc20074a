//! [`Opened`]: one article with all that its page shows.

use article::{
    Article, ArticleContent, Author, Collection, Date, Image, ReadingTime, Related, SafeUrl, Source,
};

use crate::card::Card;
use crate::stream::packed_struct;

/// How many nearest articles are shown where an article names none itself.
pub const NEAREST: usize = 4;

/// An article, its texts as trees, and its surroundings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// Its id.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub subtitle: Option<String>,
    /// When it first appeared.
    pub published: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// The name of its category.
    pub category: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its language, where it says one.
    pub language: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Where it is at home.
    pub canonical_url: Option<SafeUrl>,
    /// The picture above it; its caption is in the content.
    pub image: Option<Image>,
    /// The texts.
    pub content: ArticleContent,
    /// How long it takes to read; nothing for an article without text.
    pub reading_time: Option<ReadingTime>,
    /// The related articles: the given ones, or the nearest by content where none are given.
    pub related: Vec<RelatedArticle>,
    /// The next newer article.
    pub newer: Option<Neighbour>,
    /// The next older article.
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
    /// Its id, where it is of this collection.
    pub id: Option<String>,
    /// Its address, where it is elsewhere on the web.
    pub url: Option<SafeUrl>,
    /// Its title.
    pub title: String,
    /// The beginning of its text.
    pub excerpt: Option<String>,
    /// The name of its category, where it is of this collection.
    pub category: Option<String>,
    /// When it was published, where it is of this collection.
    pub published: Option<Date>,
}

impl Opened {
    /// The article at this position, with its surroundings; `newest_first` is the order of the list.
    pub fn of(collection: &Collection, ix: usize, newest_first: &[u32]) -> Option<Opened> {
        let article = collection.article(ix)?;
        let rank = newest_first.iter().position(|&other| other as usize == ix);
        let neighbour = |rank: Option<usize>| {
            let article = collection.article(*newest_first.get(rank?)? as usize)?;
            let Article { id, title, .. } = article;
            Some(Neighbour { id, title })
        };
        let newer = neighbour(rank.and_then(|rank| rank.checked_sub(1)));
        let older = neighbour(rank.map(|rank| rank + 1));
        let related = related(collection, ix, &article);
        let language = collection.edition().language.as_deref();
        Some(Opened::with(article, language, related, newer, older))
    }

    /// An article with its surroundings, which are given; `language` is the edition's.
    pub fn with(
        article: Article,
        language: Option<&str>,
        related: Vec<RelatedArticle>,
        newer: Option<Neighbour>,
        older: Option<Neighbour>,
    ) -> Opened {
        let content = ArticleContent::of(&article);
        let text_language = article.language.as_deref().or(language);
        Opened {
            reading_time: reading_time(&content, text_language),
            related,
            newer,
            older,
            content,
            id: article.id,
            title: article.title,
            subtitle: article.subtitle,
            published: article.published,
            updated: article.updated,
            category: article.category,
            tags: article.tags,
            language: article.language,
            authors: article.authors,
            source: article.source,
            canonical_url: article.canonical_url,
            image: article.image,
        }
    }
}

/// How long all texts of an article take to read; `None` where there are none.
pub fn reading_time(content: &ArticleContent, language: Option<&str>) -> Option<ReadingTime> {
    let text = content.plain_text();
    let all = [text.summary, text.key_points, text.body].join("\n");
    (!all.trim().is_empty()).then(|| ReadingTime::of(&all, language))
}

fn related(collection: &Collection, ix: usize, article: &Article) -> Vec<RelatedArticle> {
    if article.related.is_empty() {
        let nearest = collection.nearest(ix, NEAREST).into_iter();
        return nearest
            .filter_map(|near| own(collection, near as usize))
            .collect();
    }
    let given = article.related.iter();
    given
        .filter_map(|related| given_one(collection, related))
        .collect()
}

/// An article of this collection, as a related one.
fn own(collection: &Collection, ix: usize) -> Option<RelatedArticle> {
    Some(RelatedArticle::own(Card::of(collection.article(ix)?, None)))
}

fn given_one(collection: &Collection, related: &Related) -> Option<RelatedArticle> {
    let ix = related.id.as_deref().and_then(|id| collection.position(id));
    RelatedArticle::given(related, ix.and_then(|ix| own(collection, ix)))
}

impl RelatedArticle {
    /// An article of this collection.
    pub fn own(card: Card) -> RelatedArticle {
        RelatedArticle {
            id: Some(card.id),
            url: None,
            title: card.title,
            excerpt: Some(card.excerpt).filter(|text| !text.is_empty()),
            category: card.category,
            published: card.published,
        }
    }

    /// What an article says of a related one wins over what the collection knows of it (`own`). One that is not in the
    /// collection and has no title cannot be shown.
    pub fn given(related: &Related, own: Option<RelatedArticle>) -> Option<RelatedArticle> {
        let (title, excerpt) = (related.title.clone(), related.excerpt.clone());
        Some(match own {
            Some(own) => RelatedArticle {
                title: title.unwrap_or(own.title),
                excerpt: excerpt.or(own.excerpt),
                ..own
            },
            None => RelatedArticle {
                id: None,
                url: related.url.clone(),
                title: title?,
                excerpt,
                category: None,
                published: None,
            },
        })
    }
}

packed_struct!(Opened {
    id,
    title,
    subtitle,
    published,
    updated,
    category,
    tags,
    language,
    authors,
    source,
    canonical_url,
    image,
    content,
    reading_time,
    related,
    newer,
    older,
});
packed_struct!(Neighbour { id, title });
packed_struct!(RelatedArticle {
    id,
    url,
    title,
    excerpt,
    category,
    published
});
