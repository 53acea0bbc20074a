//! The search engine: articles in, hits out.
//!
//! Nothing here does IO, knows a browser, or panics, whatever the input. The way through it:
//!
//! 1. [`Builder::add`] takes the plain text of an article's [`Fields`]. `token` splits it, `fold` and `language` make
//!    terms of its words, and [`Builder::finish`] turns them into an [`Index`]: a `dictionary` of the words as people type
//!    them, `postings` by term, `filter` values.
//! 2. [`Query::parse`] reads what a person typed. It never fails, and knows nothing of the index.
//! 3. [`Index::search`] plans (which terms stand for these words?), ranks (BM25F over the fields), and gives [`Hits`].
//! 4. [`Index::highlighter`] marks what was matched in the text of an article; [`Index::explain`] says how a score came
//!    about.
//! 5. [`Index::write`] cuts an index into [`Part`]s, which are files. [`Index::open`] takes the first of them, and from then on
//!    everything that is asked answers or says which parts it [`Needs`]; the answers are those of the index in memory.
//!
//! ```
//! use search::{Builder, Fields, Query};
//!
//! let mut builder = Builder::new();
//! builder.add(&Fields { title: "Oil prices fall", language: "en", ..Fields::default() });
//! builder.add(&Fields { title: "Cocoa review", body: "The price of cocoa rose.", language: "en", ..Fields::default() });
//! let index = builder.finish();
//! assert_eq!(index.search(&Query::parse("price coc", true))?.docs, [1, 0]);
//! # Ok::<(), search::Needs>(())
//! ```
//!
//! The plain text of an article is what its content trees say (`offprint-article`, here under the name `article`):
//!
//! ```
//! use article::{ArticleContent, read_collection};
//! use search::{Builder, Fields, Query};
//!
//! let json = r#"[{"id": "tides", "title": "Tides", "summary": "The *oldest* forecast"}, {"id": "shade", "title": "Shade"}]"#;
//! let collection = read_collection(json.into()).expect("articles");
//! let mut builder = Builder::new();
//! for ix in 0..collection.entries().len() {
//!     let article = collection.article(ix).expect("an article at each position");
//!     let text = ArticleContent::of(&article).plain_text();
//!     let (title, summary, body) = (&*article.title, &*text.summary, &*text.body);
//!     builder.add(&Fields { title, summary, body, language: "en", ..Fields::default() });
//! }
//! let hits = builder.finish().search(&Query::parse("old forecasts", false))?;
//! assert_eq!(collection.entries()[hits.docs[0] as usize].id.as_ref(), "tides");
//! # Ok::<(), search::Needs>(())
//! ```

#[cfg(feature = "build")]
mod builder;
mod fields;
#[cfg(feature = "build")]
mod filling;
mod index;
mod parse;
mod part;
mod query;
#[cfg(feature = "build")]
mod writer;

mod fold;
mod fold_table;
#[cfg(feature = "build")]
mod language;
mod token;

#[cfg(feature = "build")]
mod analysis;
mod beginning;
mod civil;
mod coder;
mod dictionary;
mod filter;
mod hash;
#[cfg(feature = "build")]
mod intern;
mod limits;
mod lookup;
mod manifest;
mod postings;
mod shard;
#[cfg(feature = "build")]
mod short;
mod squeeze;
mod store;
mod varint;

mod explain;
mod nearness;
mod phrase;
mod plan;
mod rank;
mod ranking;
mod slot;
mod snippet;
mod spelling;

#[cfg(test)]
mod sharded_tests;

pub use beginning::Completion;
#[cfg(feature = "build")]
pub use builder::Builder;
pub use explain::{Explanation, Part as ScorePart};
pub use fields::Fields;
#[cfg(feature = "build")]
pub use filling::Filling;
pub use filter::FilterKind;
pub use fold::fold;
pub use index::{Hits, Index};
pub use part::{Damage, Needs, Part};
pub use query::Query;
pub use ranking::Ranking;
pub use snippet::{Highlighter, Run, Snippet};
