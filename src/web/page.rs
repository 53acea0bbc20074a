//! [`Page`]: what is where on the page, and how to get there: measures, scroll and focus.
//!
//! Everything is found by the attributes that the interface gives it (`data-op-…`, and the ids of
//! headings), inside the reader's own element.

use wasm_bindgen::JsCast;
use web_sys::js_sys::Reflect;
use web_sys::{Element, FocusOptions, HtmlElement, Node, ScrollToOptions, ShadowRoot, Window};

use crate::state::{Arrival, Place};

/// The reader's part of the page.
#[derive(Clone)]
pub struct Page {
    /// The element that the reader is drawn in.
    pub root: Element,
    /// The window it is in.
    pub window: Window,
}

impl Page {
    /// Gives the two empty elements of a list the heights of what they stand for. By the object model,
    /// since a strict content security policy forbids style attributes.
    pub fn set_spacers(&self) {
        // What is measured is what is seen. Where the page enlarges what is in it (`zoom`), a height is told before that.
        let zoom = Reflect::get(&self.root, &"currentCSSZoom".into());
        let zoom = zoom.ok().and_then(|zoom| zoom.as_f64()).unwrap_or(1.0);
        let thousandths = (zoom * 1000.0) as u32;
        for spacer in self.all("[data-op-spacer]") {
            let height = spacer.get_attribute("data-op-spacer").unwrap_or_default();
            if let Some(spacer) = spacer.dyn_ref::<HtmlElement>() {
                // A number and a unit are always a height.
                let _ = spacer.style().set_property(
                    "height",
                    &format!("calc({height}px / {thousandths} * 1000)"),
                );
            }
        }
    }

    /// Takes out what the document says of its address, once it has another: what is shared or kept of a page goes by it.
    pub fn forget_address(&self) {
        let said = "link[rel=canonical], link[rel=prev], link[rel=next], meta[property='og:url']";
        let head = self.window.document().and_then(|document| document.head());
        while let Some(element) = head
            .as_ref()
            .and_then(|head| head.query_selector(said).ok()?)
        {
            element.remove();
        }
    }

    /// The heights of the blocks of a list, in CSS pixels.
    pub fn block_heights(&self) -> Vec<(usize, f64)> {
        let blocks = self.all("[data-op-block]").into_iter();
        let heights = blocks.filter_map(|block| {
            let ix = block.get_attribute("data-op-block")?.parse().ok()?;
            Some((ix, block.get_bounding_client_rect().height()))
        });
        heights.filter(|(_, height)| *height > 0.0).collect()
    }

    /// How far the list's top is above the viewport's, and the viewport's height; `None` without a list.
    pub fn list_view(&self) -> Option<(f64, f64)> {
        let list = self.find("[data-op-list]")?.get_bounding_client_rect();
        Some((-list.top(), self.height()))
    }

    /// Where the person is.
    pub fn place(&self) -> Place {
        let focus = self.active().and_then(|active| {
            let card = active.closest("article[data-op-position]").ok()??;
            position(&card)
        });
        let cards = self.all("article[data-op-position]").into_iter();
        let first = cards.into_iter().find_map(|card| {
            let rect = card.get_bounding_client_rect();
            // WebKit scrolls by whole pixels: the row above may end a fraction of one below the top.
            let is_in_view = rect.bottom() > 1.0;
            is_in_view.then(|| Some((position(&card)?, rect.top())))?
        });
        let is_list = self.find("[data-op-list]").is_some();
        match first.filter(|_| is_list && self.top() < 0.0) {
            Some((at, top)) => Place {
                at: Some(at),
                top,
                focus,
            },
            None => Place {
                at: None,
                top: self.top(),
                focus,
            },
        }
    }

    /// The id of the heading that what is in view stands under; `None` before the first.
    pub fn heading_in_view(&self) -> Option<String> {
        let line = self.height() / 3.0;
        let headings = self.all(".op-body h2[id], .op-body h3[id]").into_iter();
        let passed = headings.take_while(|h| h.get_bounding_client_rect().top() <= line);
        passed
            .last()
            .filter(|_| self.top() < 0.0)
            .map(|heading| heading.id())
    }

    /// Whether the element with this id is in view.
    pub fn is_in_view(&self, id: &str) -> bool {
        self.by_id(id).is_some_and(|element| {
            let rect = element.get_bounding_client_rect();
            rect.bottom() > 0.0 && rect.top() < self.height()
        })
    }

    /// Goes where an arrival says. Without `may_focus` the focus goes only back to the card that had it, since it may be elsewhere on the page.
    pub fn arrive(&self, arrival: &Arrival, may_focus: bool) {
        match arrival {
            Arrival::Top | Arrival::Stay => {
                if self.top() < 0.0 {
                    self.scroll_by(self.top());
                }
                if *arrival == Arrival::Top && may_focus {
                    self.focus_heading();
                }
            }
            Arrival::Anchor(id) => {
                if let Some(target) = self.by_id(id) {
                    target.scroll_into_view();
                    if may_focus {
                        focus(&target);
                    }
                }
            }
            Arrival::Card(at) => {
                if may_focus {
                    self.focus_card(*at);
                }
                self.scroll_to_card(*at, 0.0);
            }
            Arrival::Place(place) => {
                // The place has the last word: a card that was half in view had the focus all the same.
                match place.focus {
                    Some(position) => _ = self.focus_card(position),
                    None if may_focus && place.at.is_none() => self.focus_heading(),
                    None => {}
                }
                match place.at {
                    Some(at) => self.scroll_to_card(at, place.top),
                    None => self.scroll_by(self.top() - place.top),
                }
            }
        }
    }

    /// Whether the focus is nobody else's: it is in the reader, or nowhere.
    pub fn has_focus(&self) -> bool {
        let active = self.window.document().and_then(|d| d.active_element());
        let is_nowhere = active.is_none_or(|active| active.tag_name() == "BODY");
        is_nowhere || self.active().is_some_and(|a| self.root.contains(Some(&a)))
    }

    /// Puts the card that was first in view back where it was, if it is still built.
    pub fn keep(&self, place: &Place) {
        if let Some(at) = place.at {
            self.scroll_to_card(at, place.top);
        }
    }

    /// Puts the focus on the link of the card at this position; says whether the card is built.
    pub fn focus_card(&self, position: usize) -> bool {
        let link = self.find(&format!("a[data-op-position=\"{position}\"]"));
        let Some(link) = link else { return false };
        focus(&link);
        if let Ok(Some(card)) = link.closest("article") {
            let rect = card.get_bounding_client_rect();
            if rect.top() < 0.0 {
                self.scroll_by(rect.top() - 16.0);
            } else if rect.bottom() > self.height() {
                self.scroll_by(rect.bottom() - self.height() + 16.0);
            }
        }
        true
    }

    /// Puts the focus on the search box.
    pub fn focus_search(&self) {
        if let Some(search) = self.find("input[type=search]") {
            focus(&search);
            search.scroll_into_view_with_bool(false);
        }
    }

    fn focus_heading(&self) {
        if let Some(heading) = self.by_id("op-heading") {
            focus(&heading);
        }
    }

    fn scroll_to_card(&self, position: usize, top: f64) {
        let card = self.find(&format!("article[data-op-position=\"{position}\"]"));
        if let Some(card) = card {
            self.scroll_by(card.get_bounding_client_rect().top() - top);
        }
    }

    /// Scrolls at once, whatever the page's style says of smoothness.
    fn scroll_by(&self, pixels: f64) {
        if pixels.abs() >= 1.0 {
            let options = ScrollToOptions::new();
            options.set_top(pixels);
            options.set_behavior(web_sys::ScrollBehavior::Instant);
            self.window.scroll_by_with_scroll_to_options(&options);
        }
    }

    /// The reader's top below the viewport's, in CSS pixels.
    fn top(&self) -> f64 {
        self.root.get_bounding_client_rect().top()
    }

    fn height(&self) -> f64 {
        self.window
            .inner_height()
            .ok()
            .and_then(|h| h.as_f64())
            .unwrap_or(0.0)
    }

    /// The element with the focus, inside a shadow root too.
    fn active(&self) -> Option<Element> {
        let root: Node = self.root.get_root_node();
        match root.dyn_ref::<ShadowRoot>() {
            Some(shadow) => shadow.active_element(),
            None => self.window.document()?.active_element(),
        }
    }

    fn by_id(&self, id: &str) -> Option<Element> {
        let id = id.replace('\\', "\\\\").replace('"', "\\\"");
        self.find(&format!("[id=\"{id}\"]"))
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let Ok(list) = self.root.query_selector_all(selector) else {
            return Vec::new();
        };
        let nodes = (0..list.length()).filter_map(|ix| list.item(ix));
        nodes.filter_map(|node| node.dyn_into().ok()).collect()
    }
}

fn position(card: &Element) -> Option<usize> {
    card.get_attribute("data-op-position")?.parse().ok()
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that has gone meanwhile keeps the focus where it is.
        let _ = element.focus_with_options(&options);
    }
}
