//! What is left to do after a panic: say it, and be still.
//!
//! WebAssembly has nothing to unwind to, so a panic leaves the module as it was in the middle of something, with the listeners of every
//! reader of the page still on it. The page is told ([`watch`]), starts the module anew, and draws all readers again;
//! what the old one is still called for does nothing ([`is_over`]).

use std::cell::{Cell, OnceCell};

use wasm_bindgen::prelude::*;
use web_sys::js_sys::Function;

thread_local! {
    static TOLD: OnceCell<Function> = const { OnceCell::new() };
    static IS_OVER: Cell<bool> = const { Cell::new(false) };
}

/// Has `told` called with the words of a panic; once for each start of the module.
#[wasm_bindgen]
pub fn watch(told: Function) {
    // The first one stays: there is one page to be told.
    let _ = TOLD.with(|known| known.set(told));
    // Yew would put one of its own in the place of any other.
    yew::set_custom_panic_hook(Box::new(|info| {
        if IS_OVER.replace(true) {
            return;
        }
        let words = JsValue::from_str(&info.to_string());
        TOLD.with(|told| {
            if let Some(told) = told.get() {
                // What it throws has nobody to go to: this module is over.
                let _ = told.call1(&JsValue::UNDEFINED, &words);
            }
        });
    }));
}

/// Whether there was a panic, after which nothing here can be relied on.
pub fn is_over() -> bool {
    IS_OVER.get()
}
