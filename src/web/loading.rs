//! [`load`]: the edition, once the page has it open.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, Promise, Reflect, Uint8Array};

use crate::library::{PackedLibrary, Source};
use crate::state::{Failure, FailureKind};

#[wasm_bindgen]
extern "C" {
    /// An opened collection, as `crates/articles` gives it to JavaScript.
    #[derive(Clone)]
    pub type Articles;

    #[wasm_bindgen(method)]
    fn overview(this: &Articles) -> Vec<u8>;

    #[wasm_bindgen(method)]
    fn card(this: &Articles, ix: usize) -> Vec<u8>;

    #[wasm_bindgen(method)]
    fn article(this: &Articles, ix: usize) -> Vec<u8>;

    /// A copy of the collection's bytes.
    #[wasm_bindgen(method)]
    pub fn bytes(this: &Articles) -> Uint8Array;
}

impl Source for Articles {
    fn overview(&self) -> Vec<u8> {
        self.overview()
    }

    fn card(&self, ix: usize) -> Vec<u8> {
        self.card(ix)
    }

    fn article(&self, ix: usize) -> Vec<u8> {
        self.article(ix)
    }
}

/// Opens the edition with `load`.
///
/// # Errors
///
/// Where it cannot be fetched or holds no articles.
pub async fn load(load: &Function) -> Result<(PackedLibrary, Articles), Failure> {
    let promise = load
        .call0(&JsValue::UNDEFINED)
        .map_err(|error| failure(&error))?;
    let articles = JsFuture::from(Promise::resolve(&promise)).await;
    let articles: Articles = articles.map_err(|error| failure(&error))?.unchecked_into();
    // Unpacking twenty thousand entries and drawing the first of them are a frame's work each.
    let library = PackedLibrary::new(Box::new(articles.clone())).ok_or_else(|| Failure {
        kind: FailureKind::Unreadable,
        detail: "offprint.js and offprint-articles.js are of different versions: put the files of one release beside each other".to_owned(),
    })?;
    TimeoutFuture::new(0).await;
    Ok((library, articles))
}

/// The failure that an error of `load` stands for.
fn failure(error: &JsValue) -> Failure {
    let field = |name: &str| Reflect::get(error, &name.into()).ok()?.as_string();
    let kind = match field("kind").as_deref() {
        Some("offline") => FailureKind::Offline,
        Some("not-found") => FailureKind::NotFound,
        Some("unreadable") => FailureKind::Unreadable,
        _ => FailureKind::Unreachable,
    };
    let detail = field("message").unwrap_or_default();
    Failure { kind, detail }
}
