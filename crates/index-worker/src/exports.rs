//! What JavaScript sees: the class `Indexer`, which becomes an `Engine`.

use crate::Indexing;
use offprint_search_worker::Engine;
use wasm_bindgen::prelude::*;

/// An index on its way.
#[wasm_bindgen]
pub struct Indexer(Indexing);

#[wasm_bindgen]
impl Indexer {
    /// An index of nothing yet, for articles of the collection with these surroundings.
    #[wasm_bindgen(constructor)]
    pub fn new(surroundings: &[u8]) -> Indexer {
        Indexer(Indexing::new(surroundings))
    }

    /// Adds the next article, whose object begins these bytes, if it is written plainly; says whether it was.
    pub fn add_plain(&mut self, article: &[u8]) -> bool {
        self.0.add_plain(article)
    }

    /// Adds the packed texts of the next article, if it was not.
    pub fn add(&mut self, texts: &[u8]) {
        self.0.add(texts);
    }

    /// Part of what was read, to be kept until [`Indexer::fill`], if there is enough of it.
    pub fn set_aside(&mut self) -> Option<Vec<u8>> {
        self.0.set_aside()
    }

    /// Takes back the next part that was set aside; then nothing is added any more.
    pub fn fill(&mut self, part: &[u8]) {
        self.0.fill(part);
    }

    /// The index of what was added.
    pub fn finish(self) -> Engine {
        Engine::of(self.0.finish())
    }
}
