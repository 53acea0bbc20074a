//! A collection, opened: [`Articles`] reads its bytes in steps and then gives what the reader shows of it,
//! packed (`crates/packed`).
//!
//! It is a WebAssembly module of its own because a built edition needs neither its JSON reader nor its
//! Markdown parser, and natively it is what the tests of the reader open their collections with.

#[cfg(target_arch = "wasm32")]
mod exports;

use article::{Collection, CollectionReader, Unreadable};
use packed::{Card, Opened, Overview, Texts};

/// A collection on its way or opened.
pub enum Articles {
    /// Being read.
    Reading(Box<CollectionReader>),
    /// Read, with the order of its list.
    Read(Box<Collection>, Vec<u32>),
    /// Not to be read.
    Unreadable(Unreadable),
}

impl Articles {
    /// A collection of these bytes, nothing of it read yet.
    pub fn new(bytes: Vec<u8>) -> Articles {
        Articles::Reading(Box::new(CollectionReader::new(bytes)))
    }

    /// Reads on, about this many bytes; says whether there is more.
    ///
    /// # Errors
    ///
    /// Where the bytes hold no articles.
    pub fn step(&mut self, max_bytes: usize) -> Result<bool, Unreadable> {
        if let Articles::Reading(reader) = self {
            if !reader.step(max_bytes).done {
                return Ok(true);
            }
            let reader = std::mem::replace(&mut **reader, CollectionReader::new(Vec::new()));
            *self = match reader.finish() {
                Ok(collection) => {
                    let order = packed::newest_first(&collection);
                    Articles::Read(Box::new(collection), order)
                }
                Err(unreadable) => Articles::Unreadable(unreadable),
            };
        }
        match self {
            Articles::Unreadable(unreadable) => Err(unreadable.clone()),
            _ => Ok(false),
        }
    }

    /// The overview of all articles; empty before they are read.
    pub fn overview(&self) -> Vec<u8> {
        packed::pack(
            &self
                .read()
                .map(|(collection, _)| Overview::of(collection))
                .unwrap_or_default(),
        )
    }

    /// The card of the article at this position; an empty one past the last.
    pub fn card(&self, ix: usize) -> Vec<u8> {
        let card = self.read().and_then(|(collection, _)| {
            let language = collection.edition().language.as_deref();
            Some(Card::of(collection.article(ix)?, language))
        });
        packed::pack(&card.unwrap_or_default())
    }

    /// The article at this position with its surroundings; an empty one past the last.
    pub fn article(&self, ix: usize) -> Vec<u8> {
        let opened = self
            .read()
            .and_then(|(collection, order)| Opened::of(collection, ix, order));
        packed::pack(&opened.unwrap_or_default())
    }

    /// The article at this position as the search engine reads it; empty texts past the last.
    pub fn texts(&self, ix: usize) -> Vec<u8> {
        let texts = self
            .read()
            .and_then(|(collection, _)| Texts::of(collection, ix));
        packed::pack(&texts.unwrap_or_default())
    }

    /// How many articles there are; none before they are read.
    pub fn count(&self) -> usize {
        self.read()
            .map_or(0, |(collection, _)| collection.entries().len())
    }

    /// The collection's bytes, as they came; none before they are read.
    pub fn bytes(&self) -> &[u8] {
        self.read()
            .map_or(&[], |(collection, _)| collection.bytes())
    }

    fn read(&self) -> Option<(&Collection, &[u32])> {
        match self {
            Articles::Read(collection, order) => Some((collection, order)),
            _ => None,
        }
    }
}
