//! The edition: [`load`] gives one that the page has read, [`open_index`] one that was built, and [`fetch`] a file of it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_timers::future::TimeoutFuture;
use packed::edition::{Index, hash_name};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Function, Promise, Reflect, Uint8Array};

use crate::library::{Blob, BuiltLibrary, PackedLibrary, Source};
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

    /// Those of an article.
    #[wasm_bindgen(method)]
    pub fn bytes_of(this: &Articles, ix: usize) -> Uint8Array;

    /// Where in them the search finds the articles.
    #[wasm_bindgen(method)]
    pub fn plan(this: &Articles) -> JsValue;

    /// What the search must know of the collection to read them.
    #[wasm_bindgen(method)]
    pub fn surroundings(this: &Articles) -> JsValue;
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

/// An edition that is open.
pub enum Edition {
    /// A collection that the page has read.
    Read(Rc<PackedLibrary>, Articles),
    /// One that was built.
    Built(Rc<BuiltLibrary>),
}

/// Opens a collection with `load`.
///
/// # Errors
///
/// Where it cannot be fetched or holds no articles.
pub async fn load(load: &Function) -> Result<Edition, Failure> {
    let articles: Articles = called(load.call0(&JsValue::UNDEFINED))
        .await?
        .unchecked_into();
    // Unpacking twenty thousand entries and drawing the first of them are a frame's work each.
    let library = library_of(&articles).ok_or_else(|| Failure {
        kind: FailureKind::Unreadable,
        detail: "offprint-articles.js is of another version: put the files of one release beside each other".to_owned(),
        code: "OP-E02".to_owned(),
    })?;
    TimeoutFuture::new(0).await;
    Ok(Edition::Read(library, articles))
}

thread_local! {
    /// The library that was opened last.
    static LAST: RefCell<Option<(Articles, Weak<PackedLibrary>)>> = const { RefCell::new(None) };
}

/// The library of a collection, the same for all readers of a page that show it one after the other.
fn library_of(articles: &Articles) -> Option<Rc<PackedLibrary>> {
    let known = LAST.take().filter(|(known, _)| **known == **articles);
    let library = match known.and_then(|(_, library)| library.upgrade()) {
        Some(library) => library,
        None => Rc::new(PackedLibrary::new(Box::new(articles.clone()))?),
    };
    LAST.set(Some((articles.clone(), Rc::downgrade(&library))));
    Some(library)
}

/// Opens a built edition by its index.
///
/// # Errors
///
/// Where it is of another version.
pub fn open_index(index: Vec<u8>) -> Result<Edition, Failure> {
    let library = BuiltLibrary::new(index).ok_or_else(other_version)?;
    Ok(Edition::Built(Rc::new(library)))
}

/// Begins to fetch a file of a built edition.
///
/// # Errors
///
/// What the page's function throws.
pub fn fetch(fetch: &Function, index: &Index, blob: &Blob) -> Result<JsValue, JsValue> {
    let (name, length) = (hash_name(&blob.hash), blob.length);
    let (pack, start) = place(index, blob);
    fetch.call4(
        &JsValue::UNDEFINED,
        &name.into(),
        &length.into(),
        &pack,
        &start,
    )
}

/// The pack that a file is in and the byte where it begins there, or twice nothing.
fn place(index: &Index, blob: &Blob) -> (JsValue, JsValue) {
    let packed = blob
        .place
        .and_then(|(pack, start)| Some((index.packs.get(pack as usize)?, start)));
    match packed {
        Some((pack, start)) => (hash_name(pack).into(), start.into()),
        None => (JsValue::UNDEFINED, JsValue::UNDEFINED),
    }
}

/// The name of the search's index, and its list of files as the arguments of [`fetch`]; none where there is nothing to search.
pub fn search(index: &Index) -> Option<(JsValue, Array)> {
    let search = index.search.as_ref()?;
    let blob = &search.files;
    let (pack, start) = place(index, blob);
    let name = hash_name(&blob.hash).into();
    let files = Array::of4(&name, &blob.length.into(), &pack, &start);
    Some((hash_name(&search.stamp).into(), files))
}

/// The bytes that a function of the page promised.
///
/// # Errors
///
/// What it failed with.
pub async fn bytes(promised: Result<JsValue, JsValue>) -> Result<Vec<u8>, Failure> {
    let bytes = called(promised).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// What a function of the page promised.
async fn called(promised: Result<JsValue, JsValue>) -> Result<JsValue, Failure> {
    let promise = promised.map_err(|error| failure(&error))?;
    let value = JsFuture::from(Promise::resolve(&promise)).await;
    value.map_err(|error| failure(&error))
}

/// That a file of an edition is of another version than the reader.
pub fn other_version() -> Failure {
    Failure {
        kind: FailureKind::Unreadable,
        detail: "a file of the edition is of another version than the reader: build the site again, and upload all of it".to_owned(),
        code: "OP-E02".to_owned(),
    }
}

/// The failure that an error of `load`, or a message of the search, stands for.
pub fn failure(error: &JsValue) -> Failure {
    let field = |name: &str| Reflect::get(error, &name.into()).ok()?.as_string();
    let kind = |name: &str| match field(name)?.as_str() {
        "offline" => Some(FailureKind::Offline),
        "not-found" => Some(FailureKind::NotFound),
        "failed" => Some(FailureKind::Failed),
        "denied" => Some(FailureKind::Denied),
        "unreadable" => Some(FailureKind::Unreadable),
        "wasm" | "crashed" => Some(FailureKind::Refused),
        _ => None,
    };
    let of_message = field("code").unwrap_or_default();
    let code = match field("op") {
        Some(code) => code,
        None if of_message.starts_with("OP-") => of_message,
        None if of_message == "crashed" => "OP-E16".to_owned(),
        None => "OP-E02".to_owned(),
    };
    // An error has a code of the documentation beside its kind, a message of the search has a code alone.
    let kind = kind("code").or_else(|| kind("kind"));
    let kind = kind.unwrap_or(FailureKind::Unreachable);
    let detail = field("message").unwrap_or_default();
    Failure { kind, detail, code }
}
