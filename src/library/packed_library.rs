//! [`PackedLibrary`]: a library over a source of packed values.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use packed::{Card, Opened, Overview, unpack};

use super::{Library, Lookup};

/// How many cards are remembered: a few screens of a list, forwards and back.
const CARDS_KEPT: usize = 256;

/// Anything that gives packed values (`crates/packed`): a module that reads a collection, or files.
pub trait Source {
    /// The overview.
    fn overview(&self) -> Vec<u8>;

    /// The card of the article at this position.
    fn card(&self, ix: usize) -> Vec<u8>;

    /// The article at this position.
    fn article(&self, ix: usize) -> Vec<u8>;
}

/// A library over a source. The overview is kept, cards for a while, of articles the one that was opened last, as long as somebody shows it.
pub struct PackedLibrary {
    source: Box<dyn Source>,
    overview: Overview,
    newest_first: Rc<[u32]>,
    categories: Rc<[u32]>,
    cards: RefCell<Vec<(usize, Rc<Card>)>>,
    opened: RefCell<(usize, Weak<Opened>)>,
}

impl PackedLibrary {
    /// A library over `source`; `None` where that speaks another version of the packed form.
    pub fn new(source: Box<dyn Source>) -> Option<PackedLibrary> {
        let overview: Overview = unpack(&source.overview())?;
        let entries = overview.entries.iter();
        let category = |entry: &packed::Entry| entry.category.map_or(0, |ix| ix + 1);
        Some(PackedLibrary {
            newest_first: overview.newest_first.as_slice().into(),
            categories: entries.map(category).collect(),
            overview,
            source,
            cards: RefCell::default(),
            opened: RefCell::default(),
        })
    }
}

impl Library for PackedLibrary {
    fn overview(&self) -> &Overview {
        &self.overview
    }

    fn n_articles(&self) -> usize {
        self.overview.entries.len()
    }

    fn newest_first(&self) -> Rc<[u32]> {
        self.newest_first.clone()
    }

    fn position(&self, id: &str) -> Lookup<usize> {
        let mut entries = self.overview.entries.iter();
        entries.position(|entry| entry.id == id).into()
    }

    fn id(&self, ix: usize) -> Lookup<String> {
        let entry = self.overview.entries.get(ix);
        entry.map(|entry| entry.id.clone()).into()
    }

    fn card(&self, ix: usize) -> Lookup<Rc<Card>> {
        let mut cards = self.cards.borrow_mut();
        if let Some((_, card)) = cards.iter().find(|(kept, _)| *kept == ix) {
            return Lookup::Here(card.clone());
        }
        let card: Card = unpack(&self.source.card(ix)).unwrap_or_default();
        let card = Rc::new(card);
        if cards.len() >= CARDS_KEPT {
            cards.clear();
        }
        cards.push((ix, card.clone()));
        Lookup::Here(card)
    }

    fn article(&self, ix: usize) -> Lookup<Rc<Opened>> {
        let mut last = self.opened.borrow_mut();
        if let Some(opened) = last.1.upgrade().filter(|_| last.0 == ix) {
            return Lookup::Here(opened);
        }
        let entry = self.overview.entries.get(ix);
        let opened = entry.and_then(|_| unpack(&self.source.article(ix)));
        let opened = opened.map(Rc::new);
        if let Some(opened) = &opened {
            *last = (ix, Rc::downgrade(opened));
        }
        opened.into()
    }

    fn categories(&self) -> Lookup<Rc<[u32]>> {
        Lookup::Here(self.categories.clone())
    }

    fn tagged(&self, tag: &str) -> Lookup<Rc<[u32]>> {
        let Some(tag) = self.overview.tags.iter().position(|name| name == tag) else {
            return Lookup::Missing;
        };
        let entries = self.overview.entries.iter().zip(0..);
        let tagged = entries.filter(|(entry, _)| entry.tags.contains(&(tag as u32)));
        Lookup::Here(tagged.map(|(_, ix)| ix).collect())
    }
}
