//! [`MemoryLibrary`]: a collection held in memory as the bytes it came in.
//!
//! Only what lists need of every article is kept ([`Entry`]); a card or an opened article is read
//! again from its bytes when it is asked for, and the last few hundred cards are remembered. A
//! collection of 20,000 articles so costs its own size and a few megabytes.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

use article::{Article, ArticleContent, Collection, Edition, Entry, Problem, Related};

use super::opened::reading_time;
use super::{Card, Library, Neighbour, Opened, RelatedArticle};

/// How many cards are remembered: a few screens of a list, forwards and back.
const CARDS_KEPT: usize = 512;

/// How many nearest articles are shown where an article names none itself.
const NEAREST: usize = 4;

/// A collection held in memory.
pub struct MemoryLibrary {
    collection: Collection,
    newest_first: Rc<[u32]>,
    cards: RefCell<HashMap<usize, Rc<Card>>>,
}

impl MemoryLibrary {
    /// A library of everything in `collection`.
    pub fn new(collection: Collection) -> MemoryLibrary {
        let entries = collection.entries();
        let mut order: Vec<u32> = (0..entries.len() as u32).collect();
        // Undated articles come last, in the edition's order: the sort is stable.
        order.sort_by_key(|&ix| {
            let published = entries[ix as usize].published.as_ref();
            Reverse(published.map_or(i64::MIN, |date| date.sort_key()))
        });
        MemoryLibrary {
            newest_first: order.into(),
            collection,
            cards: RefCell::default(),
        }
    }

    fn neighbour(&self, rank: Option<usize>) -> Option<Neighbour> {
        let ix = *self.newest_first.get(rank?)? as usize;
        let card = self.card(ix);
        Some(Neighbour {
            id: card.id.clone(),
            title: card.title.clone(),
        })
    }

    fn related(&self, ix: usize, article: &Article) -> Vec<RelatedArticle> {
        let given = article.related.iter();
        let given: Vec<_> = given.filter_map(|r| self.given(r)).collect();
        if !article.related.is_empty() {
            return given;
        }
        let nearest = self.collection.nearest(ix, NEAREST);
        let nearest = nearest.into_iter().map(|near| self.own(near as usize));
        nearest.collect()
    }

    fn own(&self, ix: usize) -> RelatedArticle {
        let card = self.card(ix);
        RelatedArticle {
            id: Some(card.id.clone()),
            url: None,
            title: card.title.clone(),
            excerpt: Some(card.excerpt.clone()).filter(|text| !text.is_empty()),
            category: card.category.clone(),
            published: card.published,
        }
    }

    /// What an article says of a related one wins over what the edition knows of it. One that is not
    /// in the edition and has no title cannot be shown.
    fn given(&self, related: &Related) -> Option<RelatedArticle> {
        let own = related.id.as_deref().and_then(|id| self.position(id));
        let own = own.map(|ix| self.own(ix));
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

impl Library for MemoryLibrary {
    fn edition(&self) -> &Edition {
        self.collection.edition()
    }

    fn entries(&self) -> &[Entry] {
        self.collection.entries()
    }

    fn newest_first(&self) -> Rc<[u32]> {
        self.newest_first.clone()
    }

    fn categories(&self) -> &[String] {
        self.collection.categories()
    }

    fn tags(&self) -> &[String] {
        self.collection.tags()
    }

    fn problems(&self) -> (&[Problem], usize) {
        (self.collection.problems(), self.collection.n_problems())
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.collection.position(id)
    }

    fn card(&self, ix: usize) -> Rc<Card> {
        if let Some(card) = self.cards.borrow().get(&ix) {
            return card.clone();
        }
        let article = self.collection.article(ix).unwrap_or_default();
        let language = self.edition().language.as_deref();
        let card = Rc::new(Card::of(ix, article, language));
        let mut cards = self.cards.borrow_mut();
        if cards.len() >= CARDS_KEPT {
            cards.clear();
        }
        cards.insert(ix, card.clone());
        card
    }

    fn article(&self, ix: usize) -> Option<Rc<Opened>> {
        let article = self.collection.article(ix)?;
        let content = ArticleContent::of(&article);
        let language = article.language.as_deref();
        let language = language.or(self.edition().language.as_deref());
        let rank = self.newest_first.iter().position(|&o| o as usize == ix);
        Some(Rc::new(Opened {
            ix,
            reading_time: reading_time(&content, language),
            related: self.related(ix, &article),
            newer: self.neighbour(rank.and_then(|rank| rank.checked_sub(1))),
            older: self.neighbour(rank.map(|rank| rank + 1)),
            article,
            content,
        }))
    }

    fn bytes(&self) -> &[u8] {
        self.collection.bytes()
    }
}
