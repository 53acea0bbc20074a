//! What the interface asks of an event.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, MouseEvent};

/// The value of the field that an event comes from; empty for anything else.
pub fn value(event: &Event) -> String {
    let target = event.target();
    let input = target
        .as_ref()
        .and_then(|t| t.dyn_ref::<HtmlInputElement>());
    let select = target
        .as_ref()
        .and_then(|t| t.dyn_ref::<HtmlSelectElement>());
    match (input, select) {
        (Some(input), _) => input.value(),
        (_, Some(select)) => select.value(),
        _ => String::new(),
    }
}

/// Whether a click means "go there", and not "in a new tab", "in a new window" or "keep it".
pub fn is_plain_click(click: &MouseEvent) -> bool {
    let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    click.button() == 0 && !modified && !click.default_prevented()
}

/// The place in the article that the clicked link leads to.
pub fn anchor(click: &MouseEvent) -> Option<String> {
    let target = click.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("[data-op-anchor]").ok()??;
    link.get_attribute("data-op-anchor")
}
