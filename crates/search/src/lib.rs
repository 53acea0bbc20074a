//! The search engine: articles in, hits out.
//!
//! Nothing here does IO, knows a browser, or panics, whatever the input. The way through it:
//!
//! 1. [`Builder::add`] takes the plain text of an article's [`Fields`]. `token` splits it, `fold` and `language` make
//!    terms of its words, and [`Builder::finish`] turns them into an [`Index`]: a `dictionary` of the words as people type
//!    them, `postings` by term, `filter` values.
//! 2. [`Query::parse`] reads what a person typed. It never fails, and knows nothing of the index.
//! 3. [`Index::search`] plans (which terms stand for these words?), ranks (BM25F over the fields), and gives [`Hits`].
//! 4. [`Index::snippet`] marks what was matched in the text of an article; [`Index::explain`] says how a score came about.
//!
//! ```
//! use search::{Builder, Fields, Query};
//!
//! let mut builder = Builder::new();
//! builder.add(&Fields { title: "Oil prices fall", language: "en", ..Fields::default() });
//! builder.add(&Fields { title: "Cocoa review", body: "The price of cocoa rose.", language: "en", ..Fields::default() });
//! let index = builder.finish();
//! assert_eq!(index.search(&Query::parse("price coc", true)).docs, [1, 0]);
//! ```

mod builder;
mod index;
mod query;

mod fold;
mod fold_table;
mod language;
mod token;

mod analysis;
mod civil;
mod dictionary;
mod filter;
mod intern;
mod postings;
mod varint;

mod explain;
mod nearness;
mod phrase;
mod plan;
mod rank;
mod ranking;
mod snippet;

pub use builder::{Builder, Fields};
pub use explain::{Explanation, Part};
pub use filter::FilterKind;
pub use fold::fold;
pub use index::{Hits, Index};
pub use query::Query;
pub use ranking::Ranking;
pub use snippet::{Highlighter, Run, Snippet};
