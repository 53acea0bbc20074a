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
//! - [`adopted`]: the body of an article that was there before
//! - [`event`]: what the interface asks of an event
//! - `panic`: what is done after one
//! - `roots`: what Yew draws in, used again
//!
//! Listeners, timers and workers are values that let go when they are dropped; dropping the handle's host
//! releases all of them.

pub mod adopted;
pub mod event;
mod history;
mod host;
pub mod intl;
mod loading;
mod page;
mod panic;
mod roots;
mod search;

use wasm_bindgen::prelude::*;
use web_sys::Element;
use web_sys::js_sys::Function;

use crate::state::{Addresses, Route, Site, Theme, View};
use adopted::Adopted;
use host::{Files, Host, Outside, Settings};

/// A mounted reader.
#[wasm_bindgen]
pub struct Handle {
    host: Host,
}

/// Mounts a reader in an element that is not in the page yet, new or left by another: nothing is drawn before all is here that is shown at first, or
/// before it is known that it will not come.
///
/// - `base`: the address that relative addresses of the edition start from
/// - `routing`: `hash` where the page's address follows what is shown, after its `#`; an address with a slash at its end where it follows
///   it in the path, below that; else empty
/// - `start`: what to begin with, as [`Handle::go`] has it
/// - `view`: `article` or `list` for a part of the edition, else all of it; `limit`: the most articles of a list
/// - `pages`: the address of an article's page elsewhere, with `{id}` in it; or nothing
/// - `theme`: `auto`, `light` or `dark`
/// - `load`: gives a promise of the opened collection (`Articles` of `crates/articles`); it fails with an error
///   whose `kind` is a `FailureKind` of `www/loading.js`
/// - `start_search`: gives the search, as `helped` in `www/element.js`
/// - `tell`: is called with the name of what has happened, and what belongs to it:
///   - `drawing`, `drawn`: right before the reader is drawn for the first time, and right after; `drawn` after [`Handle::reload`], too
///   - `route`, its address, and whether it is an article that the edition has not: another one is shown
///   - `found`, the words, and the number of articles that have them
///   - `theme`, its name: a person has chosen these colours
///   - `mark`, words: are to be marked in the article that has been drawn; empty where there are none any more
///   - `listed`, addresses: what [`Handle::listed`] has asked for
///   - `problems`, a text: mistakes of the edition, for whoever runs the page
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "called by our own script alone")]
pub fn mount(
    node: Element,
    base: String,
    routing: &str,
    start: &str,
    view: &str,
    limit: usize,
    pages: Option<String>,
    theme: &str,
    load: Function,
    start_search: Function,
    tell: Function,
) -> Handle {
    let outside = Outside {
        load,
        start_search,
        tell,
        site: None,
    };
    let settings = Settings {
        base,
        addresses: match routing {
            "" => None,
            "hash" => Some(Addresses::default()),
            root => Some(Addresses::Site(Site::new(root))),
        },
        start: Route::parse(start),
        view: match view {
            "article" => View::Article,
            "list" => View::List(limit),
            _ => View::Whole,
        },
        pages,
        theme: Theme::of_name(theme),
        saves: false,
        adopted: Adopted::default(),
    };
    Handle {
        host: Host::mount(node, settings, outside),
    }
}

/// Takes over a page of a built site. Nothing on it changes before all that it shows is here; then the reader is drawn in
/// `node`, which is put in the place of what was there when `drawn` is told.
///
/// - `root`: the address of the front page, with a slash at its end
/// - `theme`: `auto`, `light` or `dark`
/// - `saves`: whether articles can be saved for reading without a network, as the page says by having a place for it
/// - `article`, `body`: the article that the page shows, and the element that will have its texts in it
/// - `data`: the address of the edition's files, with a slash at its end
/// - `load`: gives a promise of the bytes of the edition's index; errors are those of [`mount`]
/// - `fetch`: gives a promise of the bytes of a file of the edition: its name, its length in bytes, the name of the pack
///   that it is in, or nothing, and the byte where it begins there
/// - `start_search`, `tell`: as for [`mount`]; besides, `kept` is told where the edition has not got the article: then nothing is drawn, and the page
///   stays as it is; `elsewhere`, where that turns out later: the page of the address is to be loaded; `missed`, where a file did not come
///   that an article needs: its page may be had; `failed`, a code of docs/errors.md and the particulars, where something cannot be had
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "called by our own script alone")]
pub fn take_over(
    node: Element,
    root: String,
    theme: &str,
    saves: bool,
    article: Option<String>,
    body: Option<Element>,
    data: String,
    load: Function,
    fetch: Function,
    start_search: Function,
    tell: Function,
) -> Handle {
    let outside = Outside {
        load,
        start_search,
        tell,
        site: Some(Files { data, fetch }),
    };
    let adopted = article.zip(body);
    let adopted = adopted.map(|(article, body)| Adopted::new(article, body.into()));
    let settings = Settings {
        addresses: Some(Addresses::Site(Site::new(&root))),
        base: root,
        start: Route::default(),
        view: View::Whole,
        pages: None,
        theme: Theme::of_name(theme),
        saves,
        adopted: adopted.unwrap_or_default(),
    };
    Handle {
        host: Host::mount(node, settings, outside),
    }
}

#[wasm_bindgen]
impl Handle {
    /// Takes the colours that the page has set: `auto`, `light` or `dark`.
    pub fn set_theme(&self, theme: &str) {
        self.host.set_theme(Theme::of_name(theme));
    }

    /// Shows what has this address: `/article/tides/op-the-moon`, `/?category=Science&q=moon`. With `takes_focus` the focus goes along;
    /// without, only where it is in the reader or nowhere.
    pub fn go(&self, address: &str, takes_focus: bool) {
        self.host.go(Route::parse(address), takes_focus);
    }

    /// Calls `load` of [`mount`] once more, and shows what it gives without moving the page or the focus; `drawn` is told again.
    pub fn reload(&self) {
        self.host.reload();
    }

    /// Tells `listed` with the addresses of `n` articles of the list that is shown, from the one at position `first`, fewer at its end; nothing
    /// while some are coming: then it is to be asked again.
    pub fn listed(&self, first: usize, n: usize) {
        self.host.listed(first, n);
    }

    /// Takes the reader out of its element and releases all it holds. The element may be given to [`mount`] again.
    pub fn destroy(self) {
        self.host.destroy();
    }
}
