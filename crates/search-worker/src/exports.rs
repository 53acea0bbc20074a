//! What JavaScript sees of a session: the class `Engine`.

use crate::session::{Session, Status};
use js_sys::{Array, JsString};
use search::Run;
use wasm_bindgen::prelude::*;

/// Characters of a snippet's text.
const SNIPPET_CHARS: usize = 200;

/// A collection on its way to being searchable, and then its index.
#[wasm_bindgen]
pub struct Engine {
    session: Session,
    status: Status,
    all_words: u32,
    repaired: Array,
}

#[wasm_bindgen]
impl Engine {
    /// Takes the bytes of a collection. Nothing is read yet.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Engine {
        Engine {
            session: Session::open(bytes),
            status: Status {
                done: 0,
                total: 0,
                ready: false,
            },
            all_words: 0,
            repaired: Array::new(),
        }
    }

    /// Does a little work; true when queries are answered. Throws a text where the collection cannot be read.
    pub fn step(&mut self) -> Result<bool, JsString> {
        self.status = self
            .session
            .step()
            .map_err(|unreadable| JsString::from(unreadable.to_string()))?;
        Ok(self.status.ready)
    }

    /// Articles done.
    #[wasm_bindgen(getter)]
    pub fn done(&self) -> u32 {
        self.status.done
    }

    /// Articles in all, an estimate at first.
    #[wasm_bindgen(getter)]
    pub fn total(&self) -> u32 {
        self.status.total
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

    /// For each of these articles `[position, title, text]`: texts that are by turns plain and marked, plain first.
    pub fn snippets(&self, docs: &[u32]) -> Array {
        let snippets = self.session.snippets(docs, SNIPPET_CHARS);
        let items = Array::new();
        for (doc, snippet) in docs.iter().zip(&snippets) {
            items.push(&Array::of3(
                &(*doc).into(),
                &by_turns(&snippet.title),
                &by_turns(&snippet.text),
            ));
        }
        items
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
