//! What JavaScript sees of a session: the class `Engine`.

use crate::session::Session;
use js_sys::Array;
use search::Run;
use wasm_bindgen::prelude::*;

/// Characters of a snippet's text.
const SNIPPET_CHARS: usize = 200;

/// An index on its way, and then what answers from it.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Session,
    all_words: u32,
    repaired: Array,
}

#[wasm_bindgen]
impl Engine {
    /// An index of nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Adds the next article: its packed texts.
    pub fn add(&mut self, texts: &[u8]) {
        self.session.add(texts);
    }

    /// Makes the index of what was added.
    pub fn finish(&mut self) {
        self.session.finish();
    }

    /// The positions of all articles that match, best first.
    pub fn search(&mut self, query: &str, typing: bool) -> Vec<u32> {
        let hits = self.session.search(query, typing);
        self.all_words = hits.n_all_words as u32;
        self.repaired = Array::new();
        for (typed, used) in &hits.repaired {
            self.repaired
                .push(&Array::of2(&typed.as_str().into(), &used.as_str().into()));
        }
        hits.docs
    }

    /// How many of the last search's articles match all its words.
    #[wasm_bindgen(getter)]
    pub fn all_words(&self) -> u32 {
        self.all_words
    }

    /// Pairs of a word that was typed and the one that was searched for instead.
    #[wasm_bindgen(getter)]
    pub fn repaired(&self) -> Array {
        self.repaired.clone()
    }

    /// The title and the best passage of an article, from its packed texts, for the last query: two lists of texts that
    /// are by turns plain and marked, plain first.
    pub fn snippet(&self, texts: &[u8]) -> Array {
        let snippet = self.session.snippet(texts, SNIPPET_CHARS);
        Array::of2(&by_turns(&snippet.title), &by_turns(&snippet.text))
    }
}

fn by_turns(runs: &[Run]) -> Array {
    let texts = Array::new();
    for run in runs {
        if (texts.length() % 2 == 1) != run.hit {
            texts.push(&"".into());
        }
        texts.push(&run.text.as_str().into());
    }
    texts
}
