//! The search engine as a WebAssembly module: what answers.
//!
//! `www/search-worker.js` hosts it, in a worker or on the page: it passes messages on, fetches what is wanted, and decides when
//! to pause. The way through:
//!
//! 1. [`Session`] is the work itself and knows no browser: over an index in memory, or over one that was built, of which it
//!    names the parts that a query needs ([`Session::needs`]) and takes them ([`Session::load`]).
//! 2. `exports` is what JavaScript sees of it: one class `Engine` with plain numbers, strings and arrays.
//!
//! Building an index is a module of its own around this one (`crates/index-worker`): who reads a built edition
//! fetches neither stems nor a builder.

#[cfg(target_arch = "wasm32")]
mod exports;
mod session;

#[cfg(target_arch = "wasm32")]
pub use exports::Engine;
pub use session::{Row, Session, fields_of};
