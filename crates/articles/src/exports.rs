//! What the module shows to JavaScript: [`OpenCollection`], under the name `Articles`.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::Articles;

/// A collection on its way or opened. `free` gives its memory back.
#[wasm_bindgen(js_name = Articles)]
pub struct OpenCollection(Articles);

#[wasm_bindgen(js_class = Articles)]
impl OpenCollection {
    /// A collection of these bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> OpenCollection {
        OpenCollection(Articles::new(bytes))
    }

    /// Reads on, about this many bytes; says whether there is more.
    ///
    /// # Errors
    ///
    /// A text that says why the bytes hold no articles.
    pub fn step(&mut self, max_bytes: usize) -> Result<bool, JsValue> {
        self.0
            .step(max_bytes)
            .map_err(|unreadable| unreadable.to_string().into())
    }

    /// The packed overview.
    pub fn overview(&self) -> Vec<u8> {
        self.0.overview()
    }

    /// A packed card.
    pub fn card(&self, ix: usize) -> Vec<u8> {
        self.0.card(ix)
    }

    /// A packed article.
    pub fn article(&self, ix: usize) -> Vec<u8> {
        self.0.article(ix)
    }

    /// The packed texts of an article.
    pub fn texts(&self, ix: usize) -> Vec<u8> {
        self.0.texts(ix)
    }

    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.0.count()
    }

    /// A copy of the collection's bytes.
    pub fn bytes(&self) -> Uint8Array {
        // Straight out of the module's memory, which never shrinks: a copy in it would stay for good.
        Uint8Array::from(self.0.bytes())
    }
}
