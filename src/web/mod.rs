//! The browser: everything that touches it is here, and nothing else in the reader does.
//!
//! [`mount`] draws a reader into an element and gives a [`Handle`] to it. Behind it stands the host
//! (`host`), which owns the state, carries out the effects, and sends what happens as messages:
//!
//! - `history`: addresses, back and forward
//! - `page`: scroll, focus, measures
//! - `loading`: the edition
//! - `search`: the search worker
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

use wasm_bindgen::prelude::*;
use web_sys::Element;
use web_sys::js_sys::Function;

use crate::state::Theme;
use host::{Host, Outside};

/// A mounted reader.
#[wasm_bindgen]
pub struct Handle {
    host: Host,
}

/// Mounts a reader in an empty element.
///
/// - `base`: the address that relative addresses of the edition start from
/// - `hash_routing`: whether the page's address follows what is shown, after its `#`
/// - `theme`: `auto`, `light` or `dark`
/// - `load`: gives a promise of the opened collection (`Articles` of `crates/articles`); it fails with an error
///   whose `kind` is `offline`, `not-found`, `unreachable` or `unreadable`
/// - `start_search`: gives a search worker or throws
/// - `theme_changed`: is called with the colours that a person chose
#[wasm_bindgen]
pub fn mount(
    node: Element,
    base: String,
    hash_routing: bool,
    theme: &str,
    load: Function,
    start_search: Function,
    theme_changed: Function,
) -> Handle {
    let outside = Outside {
        load,
        start_search,
        theme_changed,
    };
    Handle {
        host: Host::mount(node, base, hash_routing, Theme::of_name(theme), outside),
    }
}

#[wasm_bindgen]
impl Handle {
    /// Takes the colours that the page has set: `auto`, `light` or `dark`.
    pub fn set_theme(&self, theme: &str) {
        self.host.set_theme(Theme::of_name(theme));
    }

    /// Takes the reader out of its element and releases all it holds.
    pub fn destroy(self) {
        self.host.destroy();
    }
}
