//! An index of a collection, built in the browser.
//!
//! `www/search-collection.js` hosts it. The page has read the collection and hands over what is known of it, and the bytes of one
//! article after the other go through here by ascending date, undated ones first, as a built edition numbers them:
//!
//! 1. An article that is written plainly is read on the spot ([`Indexing::add_plain`], `plain`). What is not so plain is read
//!    by the page's own module, and its packed texts are added ([`Indexing::add`]).
//! 2. What was read is set aside, outside of the module's memory ([`Indexing::set_aside`]), and filled in at the end
//!    ([`Indexing::fill`]).
//! 3. It becomes an index that answers ([`Indexing::finish`]). What answers is the module for built editions
//!    (`crates/search-worker`), which this one has within it.

#[cfg(target_arch = "wasm32")]
mod exports;
mod plain;

use article::Surroundings;
use offprint_search_worker::{Session, fields_of};
use packed::{Texts, unpack};
use plain::PlainReader;
use search::{Builder, Filling};

/// An index on its way.
pub struct Indexing {
    stage: Stage,
    reader: PlainReader,
    surroundings: Surroundings,
}

/// First articles are added, then what was set aside is filled in.
enum Stage {
    Adding(Box<Builder>),
    Filling(Box<Filling>),
}

impl Indexing {
    /// An index of articles of the collection with these packed surroundings.
    #[must_use]
    pub fn new(surroundings: &[u8]) -> Indexing {
        Indexing {
            stage: Stage::Adding(Box::default()),
            reader: PlainReader::default(),
            surroundings: unpack(surroundings).unwrap_or_default(),
        }
    }

    /// Adds the next article, whose object begins these bytes, if it is plain; says whether it was.
    pub fn add_plain(&mut self, article: &[u8]) -> bool {
        let Surroundings {
            language,
            is_feed,
            is_newer,
            ..
        } = &self.surroundings;
        if *is_feed || *is_newer {
            return false;
        }
        let language = language.as_deref().unwrap_or_default();
        let Some(texts) = self.reader.read(article, language) else {
            return false;
        };
        add(&mut self.stage, texts);
        true
    }

    /// Adds the packed texts of the next article. One that cannot be unpacked still takes its number.
    pub fn add(&mut self, texts: &[u8]) {
        let texts: Texts = unpack(texts).unwrap_or_default();
        add(&mut self.stage, &texts);
    }

    /// Gives away part of what was read, if there is enough of it. [`Indexing::fill`] wants all parts back, in order: until then
    /// they need not take the module's memory, which never shrinks.
    pub fn set_aside(&mut self) -> Option<Vec<u8>> {
        match &mut self.stage {
            Stage::Adding(builder) => builder.take_chunk(),
            Stage::Filling(_) => None,
        }
    }

    /// Takes back the next part of what was set aside. Nothing is added any more.
    pub fn fill(&mut self, part: &[u8]) {
        if let Stage::Adding(builder) = &mut self.stage {
            self.stage = Stage::Filling(Box::new(std::mem::take(&mut **builder).turn()));
        }
        if let Stage::Filling(filling) = &mut self.stage {
            filling.fill(part);
        }
    }

    /// Makes the index of what was added, when all is back that was set aside.
    #[must_use]
    pub fn finish(self) -> Session {
        let filling = match self.stage {
            Stage::Adding(builder) => Box::new(builder.turn()),
            Stage::Filling(filling) => filling,
        };
        Session::over(filling.finish())
    }
}

fn add(stage: &mut Stage, texts: &Texts) {
    if let Stage::Adding(builder) = stage {
        fields_of(texts, |fields| builder.add(fields));
    }
}

#[cfg(test)]
mod tests;
