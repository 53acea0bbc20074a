//! The search engine as a WebAssembly module for a Web Worker.
//!
//! `www/search-worker.js` hosts it: it passes messages on and decides when to pause. The way through:
//!
//! 1. [`Session`] is the work itself and knows no browser: it takes the texts of one article after the other (packed, from the
//!    module that reads collections), finishes the index, then answers queries and gives snippets.
//! 2. `exports` is what JavaScript sees of it: one class `Engine` with plain numbers, strings and arrays.

#[cfg(target_arch = "wasm32")]
mod exports;
mod session;

pub use session::Session;
