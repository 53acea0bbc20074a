//! [`History`]: the routes a person has been to, in the browser's history or in none.
//!
//! With hash routing a route is what follows the `#` of the page's address, on a built site it is the page's address
//! itself, and the place on the page is kept in the history entry's state, so that back, forward and reload return to
//! it. Without either, the page's address belongs to somebody else and is not touched.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Reflect};
use web_sys::{ScrollRestoration, Window};

use crate::state::{Addresses, Place, Route};

/// The routes a person has been to.
pub struct History {
    window: Window,
    /// Where routes have their addresses; `None` where the page's address is somebody else's.
    addresses: RefCell<Option<Addresses>>,
    /// What is shown where the address says nothing.
    start: Route,
    /// What the page had before, to be put back.
    restoration: Option<ScrollRestoration>,
}

impl History {
    /// The page's history, where routes have addresses, or none.
    pub fn new(window: Window, addresses: Option<Addresses>, start: Route) -> History {
        let history = window.history().ok().filter(|_| addresses.is_some());
        let restoration = history.as_ref().and_then(|h| h.scroll_restoration().ok());
        if let Some(history) = history {
            // The browser restores before the list is there; the reader does it itself.
            let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        }
        History {
            window,
            addresses: RefCell::new(addresses),
            start,
            restoration,
        }
    }

    /// Whether the page's address is the reader's.
    pub fn owns_address(&self) -> bool {
        self.addresses.borrow().is_some()
    }

    /// Learns the names of the categories of the site and of their folders, and gives what its addresses are.
    pub fn learn(&self, categories: impl Iterator<Item = (String, String)>) -> Addresses {
        let mut addresses = self.addresses.borrow_mut();
        if let Some(Addresses::Site(site)) = addresses.as_mut() {
            site.categories = categories.collect();
        }
        addresses.clone().unwrap_or_default()
    }

    /// The route and the place of the entry that the page is at.
    pub fn current(&self) -> (Route, Option<Place>) {
        let location = self.window.location();
        let hash = location.hash().unwrap_or_default();
        let route = match &*self.addresses.borrow() {
            Some(Addresses::Hash(_)) if hash.len() > 1 => Route::parse(&hash[1..]),
            Some(Addresses::Site(site)) => {
                let address = location.href().unwrap_or_default();
                let end = address.find(['?', '#']).unwrap_or(address.len());
                let path = address[..end].strip_prefix(&*site.root).unwrap_or("");
                site.route(path, &location.search().unwrap_or_default(), &hash)
            }
            _ => self.start.clone(),
        };
        if !self.owns_address() {
            return (route, None);
        }
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
        if let Some(history) = self.window.history().ok().filter(|_| self.owns_address()) {
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
        let Some(history) = self.window.history().ok().filter(|_| self.owns_address()) else {
            return;
        };
        let state = place.map_or(JsValue::NULL, |place| state_of(&place));
        let addresses = self.addresses.borrow();
        let address = match addresses.as_ref() {
            Some(Addresses::Hash(_)) => {
                // Relative to the page as it is now, whatever its base is.
                let location = self.window.location();
                let page = [location.pathname(), location.search()].map(Result::unwrap_or_default);
                format!("{}#{}", page.concat(), route.address())
            }
            Some(addresses) => addresses.href(route),
            None => String::new(),
        };
        let _ = if is_new {
            history.push_state_with_url(&state, "", Some(&address))
        } else {
            history.replace_state_with_url(&state, "", Some(&address))
        };
    }
}

/// The address of the page where a `#` alone would not lead to it, since its `<base>` is elsewhere; else nothing.
pub fn named_whole(window: &Window) -> Rc<str> {
    let href = window.location().href().unwrap_or_default();
    // By its name: the binding would be one more import, and there is no room for it.
    let base = window
        .document()
        .and_then(|document| Reflect::get(&document, &"baseURI".into()).ok()?.as_string());
    let [page, base] = [&href, &base.unwrap_or_default()].map(|address| {
        let (page, _) = address.split_once('#').unwrap_or((address, ""));
        page.to_owned()
    });
    // A page out of an attribute (`srcdoc`) has the base of the page around, and no address of its own.
    match page != base && page.starts_with("http") {
        true => page.into(),
        false => "".into(),
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
