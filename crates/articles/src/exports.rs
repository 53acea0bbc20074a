//! What the module shows to JavaScript: [`OpenCollection`], under the name `Articles`, and [`ArticleTexts`].

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::{Articles, TextReader};

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

    /// An article as HTML, its dates as they are written.
    pub fn html(&self, ix: usize, base: &str) -> String {
        self.0.html(ix, base)
    }

    /// The id of an article.
    pub fn id(&self, ix: usize) -> String {
        self.0.id(ix).to_owned()
    }

    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.0.count()
    }

    /// Those of an article.
    pub fn bytes_of(&self, ix: usize) -> Vec<u8> {
        self.0.bytes_of(ix).to_vec()
    }

    /// Where the search finds the articles: see [`Articles::plan`].
    pub fn plan(&self) -> Vec<u32> {
        self.0.plan()
    }

    /// What [`ArticleTexts`] must know of the collection.
    pub fn surroundings(&self) -> Vec<u8> {
        self.0.surroundings()
    }

    /// A copy of the collection's bytes.
    pub fn bytes(&self) -> Uint8Array {
        // Straight out of the module's memory, which never shrinks: a copy in it would stay for good.
        Uint8Array::from(self.0.bytes())
    }
}

/// The texts of single articles, for the search.
#[wasm_bindgen]
pub struct ArticleTexts(TextReader);

#[wasm_bindgen]
impl ArticleTexts {
    /// Of articles of the collection with these surroundings.
    #[wasm_bindgen(constructor)]
    pub fn new(surroundings: &[u8]) -> ArticleTexts {
        ArticleTexts(TextReader::new(surroundings))
    }

    /// The packed texts of the article whose object begins these bytes.
    pub fn of(&self, article: &[u8]) -> Vec<u8> {
        self.0.texts(article)
    }
}
