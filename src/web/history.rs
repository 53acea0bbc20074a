//! [`History`]: the routes a person has been to, in the browser's history or in none.
//!
//! With hash routing a route is what follows the `#` of the page's address, and the place on the page is
//! kept in the history entry's state, so that back, forward and reload return to it. Without, the page's
//! address belongs to somebody else and is not touched.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::Array;
use web_sys::{ScrollRestoration, Window};

use crate::state::{Place, Route};

/// The routes a person has been to.
pub struct History {
    window: Window,
    is_hash: bool,
    /// What the page had before, to be put back.
    restoration: Option<ScrollRestoration>,
}

impl History {
    /// The page's history, or none.
    pub fn new(window: Window, is_hash: bool) -> History {
        let history = window.history().ok().filter(|_| is_hash);
        let restoration = history.as_ref().and_then(|h| h.scroll_restoration().ok());
        if let Some(history) = history {
            // The browser restores before the list is there; the reader does it itself.
            let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        }
        History {
            window,
            is_hash,
            restoration,
        }
    }

    /// Whether the page's address is the reader's.
    pub fn is_hash(&self) -> bool {
        self.is_hash
    }

    /// The route and the place of the entry that the page is at.
    pub fn current(&self) -> (Route, Option<Place>) {
        if !self.is_hash {
            return (Route::default(), None);
        }
        let hash = self.window.location().hash().unwrap_or_default();
        let route = Route::parse(hash.strip_prefix('#').unwrap_or(""));
        let state = self.window.history().and_then(|history| history.state());
        let place = state.ok().and_then(|state| place_of(&state));
        (route, place)
    }

    /// A new entry.
    pub fn push(&self, route: &Route) {
        self.write(route, None, true);
    }

    /// The place for the entry that the page is at, whatever its route.
    pub fn keep(&self, place: Place) {
        if let Some(history) = self.window.history().ok().filter(|_| self.is_hash) {
            // Refused as in `write`.
            let _ = history.replace_state(&state_of(&place), "");
        }
    }

    /// Another route for the entry that the page is at.
    pub fn replace(&self, route: &Route, place: Option<Place>) {
        self.write(route, place, false);
    }

    /// An entry the browser refuses (too many in a short time, an opaque origin) is one that back cannot
    /// return to: what is shown stays right.
    fn write(&self, route: &Route, place: Option<Place>, is_new: bool) {
        let Some(history) = self.window.history().ok().filter(|_| self.is_hash) else {
            return;
        };
        let state = place.map_or(JsValue::NULL, |place| state_of(&place));
        let address = format!("#{}", route.address());
        let _ = if is_new {
            history.push_state_with_url(&state, "", Some(&address))
        } else {
            history.replace_state_with_url(&state, "", Some(&address))
        };
    }
}

impl Drop for History {
    fn drop(&mut self) {
        if let (Ok(history), Some(before)) = (self.window.history(), self.restoration) {
            let _ = history.set_scroll_restoration(before);
        }
    }
}

fn state_of(place: &Place) -> JsValue {
    let number = |position: Option<usize>| position.map_or(-1.0, |position| position as f64);
    let values = [number(place.at), place.top, number(place.focus)];
    values
        .into_iter()
        .map(JsValue::from_f64)
        .collect::<Array>()
        .into()
}

fn place_of(state: &JsValue) -> Option<Place> {
    let values = state.dyn_ref::<Array>()?;
    let position = |ix| {
        values
            .get(ix)
            .as_f64()
            .filter(|&n| n >= 0.0)
            .map(|n| n as usize)
    };
    Some(Place {
        at: position(0),
        top: values.get(1).as_f64()?,
        focus: position(2),
    })
}
