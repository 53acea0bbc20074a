//! The article: its JSON, its model, and its content as one safe tree.
//!
//! Nothing here does IO, knows a browser, or panics, whatever the input. The way through it:
//!
//! 1. [`CollectionReader`] takes the bytes of a collection and goes through them in steps of a size that the caller
//!    chooses. [`json`] gives values with their places, `read` turns an object into an [`Article`] and says what
//!    was wrong with it, and a [`Collection`] of small [`Entry`]s remains.
//! 2. [`Collection::article`] gives one [`Article`]: the fields as its author wrote them, checked.
//! 3. [`advice::advise`] tells authors what could be better.
//! 4. [`ArticleContent::of`] parses its Markdown fields into [`Document`]s, the only form in which text reaches a
//!    page. Every output (page, prerendered page, search text, reading time) is a walk over that tree.

pub mod advice;
pub mod code;
pub mod collection;
pub mod content;
pub mod date;
pub mod json;
mod letters;
pub mod model;
pub mod problem;
mod read;
pub mod url;

pub use code::Code;
pub use collection::{
    Collection, CollectionReader, Edition, Entry, FORMAT_VERSION, Form, Progress, Unreadable,
    read_collection,
};
pub use content::{
    Align, ArticleContent, ArticleText, Block, Cap, ContentsEntry, Document, Footnote, Inline,
    InlineImage, Item, Mark, ReadingTime, Scope, SectionContent, excerpt, has_row_headings, html,
    inline_html, inline_text, parse, parse_markdown, plain_text, to_markdown, words,
};
pub use date::{Date, DateError, Time};
pub use letters::lowercase;
pub use model::{Article, Author, Correction, Image, ImageCandidate, Related, Section, Source};
pub use problem::{ArticleName, Problem, Severity};
pub use read::{field_names, is_slug, slug};
pub use url::SafeUrl;
