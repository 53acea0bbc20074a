//! The Offprint reader: articles with a structure, rendered, filtered and searched in the browser.
//!
//! One way through, from a collection's bytes to what a person sees:
//!
//! 1. [`library`] answers for the articles: entries, cards, one opened article. It knows no browser.
//! 2. [`state`] is what is shown, as a value: [`state::State`], and [`state::update`], which takes a
//!    message and gives the next state and the effects it wants carried out. It is pure.
//! 3. [`ui`] draws a state: Yew function components without any state of their own.
//! 4. [`web`] is the browser: it mounts the interface in a node, carries out the effects (history,
//!    scroll, focus, storage, the search worker) and sends what happens back as messages.
//!
//! Pages made ahead of time are drawn by the same components, natively: `prerender`, which has an example from JSON to a page.

pub mod library;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
pub mod state;
pub mod ui;
pub mod web;
