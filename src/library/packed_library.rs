//! [`PackedLibrary`]: a library over a source of packed values.

use std::cell::RefCell;
use std::rc::Rc;

use packed::{Card, Opened, Overview, unpack};

use super::Library;

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

/// A library over a source. The overview is kept, cards for a while, articles not at all.
pub struct PackedLibrary {
    source: Box<dyn Source>,
    overview: Overview,
    cards: RefCell<Vec<(usize, Rc<Card>)>>,
}

impl PackedLibrary {
    /// A library over `source`; `None` where that speaks another version of the packed form.
    pub fn new(source: Box<dyn Source>) -> Option<PackedLibrary> {
        Some(PackedLibrary {
            overview: unpack(&source.overview())?,
            source,
            cards: RefCell::default(),
        })
    }
}

impl Library for PackedLibrary {
    fn overview(&self) -> &Overview {
        &self.overview
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.overview
            .entries
            .iter()
            .position(|entry| entry.id == id)
    }

    fn card(&self, ix: usize) -> Rc<Card> {
        let mut cards = self.cards.borrow_mut();
        if let Some((_, card)) = cards.iter().find(|(kept, _)| *kept == ix) {
            return card.clone();
        }
        let card: Card = unpack(&self.source.card(ix)).unwrap_or_default();
        let card = Rc::new(card);
        if cards.len() >= CARDS_KEPT {
            cards.clear();
        }
        cards.push((ix, card.clone()));
        card
    }

    fn article(&self, ix: usize) -> Option<Rc<Opened>> {
        self.overview.entries.get(ix)?;
        unpack(&self.source.article(ix)).map(Rc::new)
    }
}
