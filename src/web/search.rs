//! [`Worker`]: the search engine, in its worker or on the page, and what it answers.
//!
//! The messages are described in `www/search-worker.js`; which of the two it is `serve` of `www/aids.js` decides.
//! Completions and marks are no affair of this module: scripts beside it ask for them (`aids` in `www/aids.js`).

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Function, Object, Reflect, Uint8Array, Uint32Array};
use web_sys::{MessageEvent, MessagePort};

use super::loading::{self, Articles};
use crate::state::{Answer, Failure, Found, Snippet};

/// What the engine is made of.
pub enum Opening {
    /// A collection.
    Collection(Articles),
    /// Of a built edition the address of its data, the name of its index, and its list of files as the arguments of
    /// `Site::fetch`.
    Built(JsValue, JsValue, Array),
}

/// Packed cards, by the numbers of their articles.
pub type Cards = Vec<(u32, Vec<u8>)>;

/// A running search. Dropping it ends it.
pub struct Worker {
    port: MessagePort,
    end: Function,
    _listener: EventListener,
}

impl Worker {
    /// Starts the search with `start` and hands it the edition. An answer comes with the cards that results need.
    ///
    /// # Errors
    ///
    /// Where the page may not start one: the reason, in the browser's words.
    pub fn start(
        start: &Function,
        opening: Opening,
        answer: impl Fn(Answer, Cards) + 'static,
    ) -> Result<Worker, Failure> {
        let started = start
            .call0(&JsValue::UNDEFINED)
            .map_err(|error| loading::failure(&error))?;
        let part = |name: &str| Reflect::get(&started, &name.into());
        let (Ok(Ok(port)), Ok(Ok(end))) = (
            part("port").map(JsCast::dyn_into::<MessagePort>),
            part("end").map(JsCast::dyn_into::<Function>),
        ) else {
            return Err(Failure::default());
        };
        let (of_page, own) = (
            port.clone(),
            match &opening {
                Opening::Collection(articles) => Some(articles.clone()),
                Opening::Built(..) => None,
            },
        );
        let listener = EventListener::new(&port, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some((articles, wanted)) = own.as_ref().zip(data.as_ref().and_then(wanted)) {
                let bytes = |doc: &u32| articles.bytes_of(*doc as usize);
                let items: Array = wanted.iter().map(bytes).collect();
                // Bytes can always be copied.
                let _ = of_page.post_message(&message("articles", &[("items", &items)]));
            }
            if let Some((received, cards)) = data.and_then(|data| answer_of(&data)) {
                answer(received, cards);
            }
        });
        port.start();
        let worker = Worker {
            port,
            end,
            _listener: listener,
        };
        match opening {
            Opening::Collection(articles) => {
                let bytes = articles.bytes().buffer();
                let (plan, surroundings) = (articles.plan(), articles.surroundings());
                let message = message(
                    "open",
                    &[
                        ("bytes", &bytes),
                        ("plan", &plan),
                        ("surroundings", &surroundings),
                    ],
                );
                // Bytes that are the page's own can always be handed over.
                let _ = worker
                    .port
                    .post_message_with_transferable(&message, &Array::of1(&bytes));
            }
            Opening::Built(data, stamp, files) => worker.post(
                &[("data", &data), ("stamp", &stamp), ("files", &files)],
                "edition",
            ),
        }
        Ok(worker)
    }

    /// Asks for the articles of a query; its last word may be unfinished.
    pub fn search(&self, asked: u32, query: &str) {
        let (seq, query) = (JsValue::from(asked), JsValue::from_str(query));
        self.post(
            &[("seq", &seq), ("query", &query), ("typing", &JsValue::TRUE)],
            "search",
        );
    }

    /// Asks for the passages of articles of the query of this number.
    pub fn snippets(&self, asked: u32, docs: &[u32]) {
        let (seq, docs) = (JsValue::from(asked), JsValue::from(Uint32Array::from(docs)));
        self.post(&[("seq", &seq), ("docs", &docs)], "snippets");
    }

    fn post(&self, fields: &[(&str, &JsValue)], kind: &str) {
        // A message of plain values can always be copied.
        let _ = self.port.post_message(&message(kind, fields));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The page's own function, which does not throw.
        let _ = self.end.call0(&JsValue::UNDEFINED);
    }
}

/// The positions of the articles that the search wants to read again, if that is what a message is about.
fn wanted(data: &JsValue) -> Option<Vec<u32>> {
    let docs = Reflect::get(data, &"wanted".into()).ok()?;
    Some(docs.dyn_into::<Uint32Array>().ok()?.to_vec())
}

fn message(kind: &str, fields: &[(&str, &JsValue)]) -> JsValue {
    let message = Object::new();
    let kind = JsValue::from_str(kind);
    for (name, value) in [("kind", &kind)].iter().chain(fields) {
        // Setting a field of a plain object cannot fail.
        let _ = Reflect::set(&message, &(*name).into(), value);
    }
    message.into()
}

/// The answer that a message stands for, and the cards that come with it; `None` for one of an unknown kind.
fn answer_of(data: &JsValue) -> Option<(Answer, Cards)> {
    let mut cards = Vec::new();
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    let number = |name: &str| field(name)?.as_f64().map(|n| n as u32);
    let list = |value: JsValue| value.dyn_into::<Array>().ok();
    let answer = match field("kind")?.as_string()?.as_str() {
        "progress" => Answer::Progress(number("done")?, number("total")?),
        "ready" => Answer::Ready,
        "failed" => Answer::Failed(loading::failure(data)),
        "lost" => Answer::Lost(
            number("seq")?,
            field("docs")?.dyn_into::<Uint32Array>().ok()?.to_vec(),
            loading::failure(data),
        ),
        "found" => {
            let pair = |pair: JsValue| Some(list(pair)?.iter().map(text).collect::<Vec<_>>());
            let repaired = list(field("repaired")?)?;
            let repaired = repaired.iter().filter_map(pair);
            let repaired = repaired.filter_map(|pair| <[String; 2]>::try_from(pair).ok());
            Answer::Found(Found {
                asked: number("seq")?,
                docs: field("docs")?
                    .dyn_into::<Uint32Array>()
                    .ok()?
                    .to_vec()
                    .into(),
                n_total: number("total")? as usize,
                all_words: number("allWords")? as usize,
                repaired: repaired.map(|[typed, used]| (typed, used)).collect(),
                snippets: Default::default(),
            })
        }
        "snippets" => {
            let mut item = |item: JsValue| {
                let item = list(item)?;
                let runs = |ix| Some(list(item.get(ix))?.iter().map(text).collect());
                let (title, text) = (runs(1)?, runs(2)?);
                let doc = item.get(0).as_f64()? as u32;
                if let Ok(card) = item.get(3).dyn_into::<Uint8Array>() {
                    cards.push((doc, card.to_vec()));
                }
                Some((doc, Snippet { title, text }))
            };
            let items = list(field("items")?)?
                .iter()
                .filter_map(&mut item)
                .collect();
            Answer::Snippets(number("seq")?, items)
        }
        _ => return None,
    };
    Some((answer, cards))
}

fn text(value: JsValue) -> String {
    value.as_string().unwrap_or_default()
}
