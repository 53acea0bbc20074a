//! The browser: everything that touches it is here, and nothing else in the reader does.
//!
//! [`mount`] draws a reader into an element and gives a [`Handle`] to it. Behind it stands the host
//! ([`host`]), which owns the state, carries out the effects, and sends what happens as messages:
//!
//! - [`history`]: addresses, back and forward
//! - [`page`]: scroll, focus, measures
//! - [`loading`]: the edition, read in slices
//! - [`search`]: the search worker
//! - [`intl`]: dates in the words of a language
//! - [`event`]: what the interface asks of an event
//!
//! Listeners, timers and workers are values that let go when they are dropped; dropping the handle's host
//! releases all of them.

pub mod event;
mod history;
mod host;
pub mod intl;
mod loading;
mod page;
mod search;

use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use web_sys::js_sys::Function;

use crate::state::Theme;
use host::Host;

/// How a reader is set up: strict, since `www/element.js` has brought what a page's author wrote into order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Config {
    /// The address that relative addresses of the edition start from.
    pub base: String,
    /// Whether the page's address follows what is shown, after its `#`.
    pub hash_routing: bool,
    /// `auto`, `light` or `dark`.
    pub theme: String,
}

/// A mounted reader.
#[wasm_bindgen]
pub struct Handle {
    host: Host,
}

/// Mounts a reader in an empty element.
///
/// `load` gives a promise of the collection's bytes (`Uint8Array`) and fails with an error whose `kind` is
/// `offline`, `not-found` or `unreachable`; `start_search` gives a search worker or throws; `theme_changed`
/// is called with the colours in force, `light`, `dark` or `auto`.
///
/// # Errors
///
/// Where `config` is not a [`Config`].
#[wasm_bindgen]
pub fn mount(
    node: Element,
    config: JsValue,
    load: Function,
    start_search: Function,
    theme_changed: Function,
) -> Result<Handle, JsValue> {
    let config: Config = serde_wasm_bindgen::from_value(config)?;
    let outside = host::Outside {
        load,
        start_search,
        theme_changed,
    };
    let theme = Theme::of_name(&config.theme);
    Ok(Handle {
        host: Host::mount(node, config, theme, outside),
    })
}

#[wasm_bindgen]
impl Handle {
    /// Takes the reader out of its element and releases all it holds.
    pub fn destroy(self) {
        self.host.destroy();
    }
}
