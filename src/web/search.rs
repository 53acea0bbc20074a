//! [`Worker`]: the search engine in its worker, and what it answers.
//!
//! The messages are described in `www/search-worker.js`.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Function, Object, Reflect, Uint8Array, Uint32Array};
use web_sys::{ErrorEvent, MessageEvent};

use crate::state::{Answer, Found, Snippet};

/// A running search worker. Dropping it ends it.
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Worker {
    /// Starts a worker with `start` and hands it the edition.
    ///
    /// # Errors
    ///
    /// Where the page may not start one: the reason, in the browser's words.
    pub fn start(
        start: &Function,
        edition: &Uint8Array,
        answer: impl Fn(Answer) + Clone + 'static,
    ) -> Result<Worker, String> {
        let worker = start
            .call0(&JsValue::UNDEFINED)
            .map_err(|error| reason(&error))?;
        let worker = worker
            .dyn_into::<web_sys::Worker>()
            .map_err(|other| reason(&other))?;
        let (on_message, on_error, on_garbled) = (answer.clone(), answer.clone(), answer);
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if let Some(received) = data.and_then(|data| answer_of(&data)) {
                    on_message(received);
                }
            }),
            EventListener::new(&worker, "error", move |event| {
                let error = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                let error = error.filter(|message| !message.is_empty());
                on_error(Answer::Failed(
                    error.unwrap_or_else(|| "its script could not be loaded".to_owned()),
                ));
            }),
            EventListener::new(&worker, "messageerror", move |_| {
                on_garbled(Answer::Failed("an answer could not be read".to_owned()));
            }),
        ];
        let bytes = edition.buffer();
        let message = message("open", &[("bytes", &bytes)]);
        let sent = worker.post_message_with_transfer(&message, &Array::of1(&bytes));
        sent.map_err(|error| reason(&error))?;
        Ok(Worker {
            worker,
            _listeners: listeners,
        })
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
        let _ = self.worker.post_message(&message(kind, fields));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
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

fn reason(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    message.unwrap_or_else(|| "the browser gave no reason".to_owned())
}

/// The answer that a message stands for; `None` for one of an unknown kind.
fn answer_of(data: &JsValue) -> Option<Answer> {
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    let number = |name: &str| field(name)?.as_f64().map(|n| n as u32);
    let list = |value: JsValue| value.dyn_into::<Array>().ok();
    Some(match field("kind")?.as_string()?.as_str() {
        "progress" => Answer::Progress(number("done")?, number("total")?),
        "ready" => Answer::Ready,
        "failed" => Answer::Failed(field("message")?.as_string()?),
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
                all_words: number("allWords")? as usize,
                repaired: repaired.map(|[typed, used]| (typed, used)).collect(),
                snippets: Default::default(),
            })
        }
        "snippets" => {
            let item = |item: JsValue| {
                let item = list(item)?;
                let runs = |ix| Some(list(item.get(ix))?.iter().map(text).collect());
                let (title, text) = (runs(1)?, runs(2)?);
                Some((item.get(0).as_f64()? as u32, Snippet { title, text }))
            };
            let items = list(field("items")?)?.iter().filter_map(item).collect();
            Answer::Snippets(number("seq")?, items)
        }
        _ => return None,
    })
}

fn text(value: JsValue) -> String {
    value.as_string().unwrap_or_default()
}
