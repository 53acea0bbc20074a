//! What JavaScript sees of a session: the class `Engine`.

use crate::session::{Row, Session};
use js_sys::{Array, JsString, Uint8Array};
use search::{Completion, Run, Snippet};
use wasm_bindgen::prelude::*;

/// Characters of a snippet's text.
const SNIPPET_CHARS: usize = 200;

/// An index, and what answers from it. What gives `undefined` needs parts first: [`Engine::needs`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Session,
    all_words: u32,
    total: u32,
    repaired: Array,
}

impl Engine {
    /// An engine over an index in memory.
    pub fn of(session: Session) -> Engine {
        Engine {
            session,
            ..Engine::default()
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// An engine over an index that was built, nothing of it here yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Engine {
        Engine::default()
    }

    /// Takes the file that says where results are; says whether it could be read.
    pub fn files(&mut self, bytes: &[u8]) -> bool {
        self.session.take_files(bytes)
    }

    /// The names of the parts that the last question needed; none where it was answered.
    pub fn needs(&self) -> Vec<JsString> {
        let needs = self.session.needs();
        needs.into_iter().map(JsString::from).collect()
    }

    /// Takes a part by its name.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn load(&mut self, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
        self.session.load(name, bytes).map_err(JsValue::from)
    }

    /// Lets go of the parts that were used longest ago, until at most so many bytes are left.
    pub fn evict(&mut self, limit: usize) {
        self.session.evict(limit);
    }

    /// The numbers of the articles that match, best first.
    pub fn search(&mut self, query: &str, typing: bool) -> Option<Vec<u32>> {
        let hits = self.session.search(query, typing)?;
        self.all_words = hits.n_all_words as u32;
        self.total = hits.n_total as u32;
        self.repaired = Array::new();
        for (typed, used) in &hits.repaired {
            self.repaired
                .push(&Array::of2(&typed.as_str().into(), &used.as_str().into()));
        }
        Some(hits.docs)
    }

    /// How many of the last search's articles match all its words.
    #[wasm_bindgen(getter)]
    pub fn all_words(&self) -> u32 {
        self.all_words
    }

    /// How many articles match, of which the search may have given only the best.
    #[wasm_bindgen(getter)]
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Pairs of a word that was typed and the one that was searched for instead.
    #[wasm_bindgen(getter)]
    pub fn repaired(&self) -> Array {
        self.repaired.clone()
    }

    /// The title and the best passage of an article, from its packed texts, for the last query: two lists of texts that
    /// are by turns plain and marked, plain first.
    pub fn snippet(&mut self, texts: &[u8]) -> Option<Array> {
        let snippet = self.session.snippet(texts, SNIPPET_CHARS)?;
        Some(runs(&snippet))
    }

    /// The path of the file that has what a result shows of this article, from the folder of the data.
    pub fn block(&self, doc: u32) -> Option<String> {
        self.session.place(doc).map(|place| place.path())
    }

    /// Whether bytes are that very file, and whole.
    pub fn is_block(&self, doc: u32, bytes: &[u8]) -> bool {
        self.session.is_block_of(doc, bytes)
    }

    /// What a result shows of an article, from that file: title and passage as [`Engine::snippet`] gives them, and its packed
    /// card.
    pub fn row(&mut self, doc: u32, block: &[u8]) -> Option<Array> {
        let Row { card, snippet } = self.session.row(doc, block, SNIPPET_CHARS)?;
        let row = runs(&snippet);
        row.push(&Uint8Array::from(&card[..]));
        Some(row)
    }

    /// What a query marks in texts that are shown whole: triples of the number of a text, a start and an end in UTF-16 code
    /// units.
    pub fn marks(&mut self, query: &str, texts: Vec<String>) -> Option<Vec<u32>> {
        self.session.marks(query, &texts)
    }

    /// Pairs of a word that completes the last one of what was typed, and the number of articles that have it.
    pub fn completions(&mut self, typed: &str) -> Option<Array> {
        let completions = self.session.completions(typed)?.into_iter();
        let pair = |completion: Completion| {
            Array::of2(
                &completion.word.as_str().into(),
                &completion.n_documents.into(),
            )
        };
        Some(completions.map(pair).collect())
    }
}

fn runs(snippet: &Snippet) -> Array {
    Array::of2(&by_turns(&snippet.title), &by_turns(&snippet.text))
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
