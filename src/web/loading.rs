//! [`load`]: the edition, from its bytes, in slices that leave the page responsive.

use article::CollectionReader;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, Promise, Reflect, Uint8Array};

use crate::library::MemoryLibrary;
use crate::state::{Failure, FailureKind};

/// The longest slice, in milliseconds: half a frame.
const SLICE: f64 = 8.0;

/// How many bytes are read before the clock is looked at.
const STEP: usize = 64 * 1024;

/// Fetches the edition with `load` and reads it.
///
/// # Errors
///
/// Where it cannot be fetched or holds no articles.
pub async fn load(load: &Function) -> Result<MemoryLibrary, Failure> {
    let promise = load.call0(&JsValue::UNDEFINED).map_err(|error| failure(&error))?;
    let bytes = JsFuture::from(Promise::resolve(&promise)).await;
    let bytes = bytes.map_err(|error| failure(&error))?;
    let bytes = bytes.dyn_into::<Uint8Array>().map_err(|other| failure(&other))?;
    let mut reader = CollectionReader::new(bytes.to_vec());
    let now = || web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now());
    let mut slice_began = now();
    while !reader.step(STEP).done {
        if now() - slice_began > SLICE {
            TimeoutFuture::new(0).await;
            slice_began = now();
        }
    }
    let collection = reader.finish().map_err(|unreadable| Failure {
        kind: FailureKind::Unreadable,
        detail: unreadable.to_string(),
    })?;
    Ok(MemoryLibrary::new(collection))
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
    let detail = field("message").unwrap_or_else(|| format!("{error:?}"));
    Failure { kind, detail }
}
