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
//!
//! From JSON to HTML, with what was wrong on the way:
//!
//! ```
//! use offprint_article::{HtmlSettings, article_html, read_collection};
//!
//! let json = r#"{"id": "tides", "title": "Tides", "sumary": "The *oldest* forecast.", "risks": ["Storms"]}"#;
//! let collection = read_collection(json.into())?;
//! assert!(collection.problems()[0].to_string().contains("summary"));
//!
//! let article = collection.article(0).expect("one article");
//! let html = article_html(&article, &HtmlSettings::default());
//! assert!(html.contains("<h1>Tides</h1>") && html.contains("<li>Storms</li>"));
//! # Ok::<(), offprint_article::Unreadable>(())
//! ```

pub mod advice;
pub mod code;
pub mod collection;
pub mod content;
pub mod date;
pub mod direction;
pub mod json;
mod letters;
pub mod model;
pub mod part;
pub mod problem;
mod read;
pub mod url;

pub use code::Code;
pub use collection::{
    Alike, ArticleWords, Collection, CollectionReader, Edition, Entry, FORMAT_VERSION, Form,
    Products, Progress, Surroundings, Unreadable, read_collection,
};
pub use content::{
    Align, ArticleContent, ArticleText, Block, Cap, ContentsEntry, Document, Footnote,
    HtmlSettings, Inline, InlineImage, Item, Mark, ReadingTime, Scope, SectionContent,
    article_html, excerpt, has_row_headings, html, inline_html, inline_text, parse, parse_markdown,
    plain_text, to_markdown, words,
};
pub use date::{Date, DateError, Time};
pub use letters::lowercase;
pub use model::{Article, Author, Correction, Image, ImageCandidate, Related, Section, Source};
pub use problem::{ArticleName, Problem, Severity};
pub use read::{
    closest_name, field_names, folder_name, is_folder_name, is_slug, name_slug, nearest_name, slug,
};
pub use url::SafeUrl;
