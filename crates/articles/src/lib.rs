//! A collection, opened: [`Articles`] reads its bytes in steps and then gives what the reader shows of it,
//! packed (`crates/packed`).
//!
//! The search reads single articles with [`TextReader`], without opening the collection a second time.
//!
//! It is a WebAssembly module of its own because a built edition needs neither its JSON reader nor its
//! Markdown parser, and natively it is what the tests of the reader open their collections with.

#[cfg(target_arch = "wasm32")]
mod exports;

use article::{Collection, CollectionReader, HtmlSettings, Surroundings, Unreadable};
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

    /// The article at this position as HTML that may stand on any page, its dates as they are written; empty past the last.
    pub fn html(&self, ix: usize, base: &str) -> String {
        let html = self.read().and_then(|(collection, _)| {
            let settings = HtmlSettings {
                base,
                language: collection.edition().language.as_deref(),
                ..HtmlSettings::default()
            };
            Some(article::article_html(&collection.article(ix)?, &settings))
        });
        html.unwrap_or_default()
    }

    /// The id of the article at this position; empty past the last.
    pub fn id(&self, ix: usize) -> &str {
        let entry = self
            .read()
            .and_then(|(collection, _)| collection.entries().get(ix));
        entry.map_or("", |entry| &entry.id)
    }

    /// How many articles there are; none before they are read.
    pub fn count(&self) -> usize {
        self.read()
            .map_or(0, |(collection, _)| collection.entries().len())
    }

    /// Where the search finds the articles: three lists of one length, each behind the other. The positions of all articles by
    /// ascending date, undated ones first (the list backwards); by position, the byte where each begins; the byte where it ends.
    pub fn plan(&self) -> Vec<u32> {
        let Some((collection, order)) = self.read() else {
            return Vec::new();
        };
        let starts = (0..order.len()).map(|ix| collection.start(ix));
        let ends = starts
            .clone()
            .enumerate()
            .map(|(ix, start)| start + collection.bytes_of(ix).len());
        let mut plan: Vec<u32> = order.iter().rev().copied().collect();
        plan.extend(starts.chain(ends).map(|at| at as u32));
        plan
    }

    /// What [`TextReader`] must know of the collection, packed.
    pub fn surroundings(&self) -> Vec<u8> {
        let surroundings = self.read().map(|(collection, _)| collection.surroundings());
        packed::pack(&surroundings.unwrap_or_default())
    }

    /// The collection's bytes, as they came; none before they are read.
    pub fn bytes(&self) -> &[u8] {
        self.read()
            .map_or(&[], |(collection, _)| collection.bytes())
    }

    /// The bytes of the object of the article at this position; none past the last.
    pub fn bytes_of(&self, ix: usize) -> &[u8] {
        self.read()
            .map_or(&[], |(collection, _)| collection.bytes_of(ix))
    }

    fn read(&self) -> Option<(&Collection, &[u32])> {
        match self {
            Articles::Read(collection, order) => Some((collection, order)),
            _ => None,
        }
    }
}

/// Reads articles for the search, each from its own bytes: the collection need not be here.
pub struct TextReader(Surroundings);

impl TextReader {
    /// A reader of articles of the collection with these [`Articles::surroundings`].
    pub fn new(surroundings: &[u8]) -> TextReader {
        TextReader(packed::unpack(surroundings).unwrap_or_default())
    }

    /// The packed texts of the article whose object begins these bytes; empty ones where there is none.
    pub fn texts(&self, article: &[u8]) -> Vec<u8> {
        packed::pack(&Texts::alone(article, &self.0).unwrap_or_default())
    }
}
