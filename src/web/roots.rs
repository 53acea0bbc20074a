//! What Yew draws in, used again.
//!
//! Yew never takes its listeners off a root, nor lets go of what they hold (`HostHandlers` in its `dom_bundle`): two kilobytes for each
//! reader that was ever on the page. So what has been drawn in stays what it is, with nothing of the reader in it ([`keep`]), and the next
//! reader that is mounted in the same element goes on with it ([`draw`]). Which elements those are `www/element.js` decides.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::ui::{Reader, ReaderProps};

thread_local! {
    static KEPT: RefCell<Vec<(Element, AppHandle<Reader>)>> = const { RefCell::new(Vec::new()) };
}

/// Draws in a root.
pub fn draw(root: &Element, props: ReaderProps) -> AppHandle<Reader> {
    let known = KEPT.with_borrow_mut(|kept| {
        let ix = kept.iter().position(|(known, _)| known == root)?;
        Some(kept.swap_remove(ix).1)
    });
    match known {
        Some(mut app) => {
            app.update(props);
            app
        }
        None => Renderer::with_root_and_props(root.clone(), props).render(),
    }
}

/// Keeps a root for another reader, with nothing of this one. What its callbacks are for is gone.
pub fn keep(root: Element, mut app: AppHandle<Reader>, mut props: ReaderProps) {
    props.state = Rc::default();
    app.update(props);
    KEPT.with_borrow_mut(|kept| kept.push((root, app)));
}
