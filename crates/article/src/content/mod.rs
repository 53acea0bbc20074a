//! Markdown → [`Document`] → plain text, contents, reading time, excerpt.
//!
//! Entry points: [`ArticleContent::of`] for a whole article, [`parse`] for one field, [`excerpt`] for a card.
//!
//! 1. `parser` turns pulldown-cmark's events into the tree of `tree`, by way of the elements of `open`, with the caps of
//!    `limits`; `raw` does the same with the HTML among them, as far as `element` has a place for it; `table` and `caption`
//!    put together what has parts;
//! 2. `autolink` finds bare addresses in its texts, `ids` names its headings, `notes` numbers its notes, `abbreviations`
//!    explains them;
//! 3. `article` puts the fields of an article together: one space of ids, one sequence of notes;
//! 4. `text` walks the tree for its words, `reading_time` counts them; `html` and `markdown` write it out, and
//!    `article_html` a whole article.

mod abbreviations;
mod article;
mod article_html;
mod autolink;
mod caption;
mod element;
mod excerpt;
mod html;
mod ids;
mod limits;
mod markdown;
mod markup;
mod notes;
mod open;
mod parser;
mod raw;
mod reading_time;
mod table;
mod text;
mod tree;

pub use article::{ArticleContent, ArticleText, ContentsEntry, SectionContent};
pub use article_html::{HtmlSettings, article_html};
pub(crate) use element::Element;
pub use excerpt::excerpt;
pub use html::{html, inline_html};
pub use ids::{RESERVED_IDS, Scope};
pub use limits::{Cap, DEPTH_MAX, NODES_MAX};
pub use markdown::to_markdown;
pub(crate) use markup::{Piece, attribute, pieces};
pub use parser::{parse, parse_markdown};
pub use reading_time::ReadingTime;
pub use text::{inline_text, plain_text, words};
pub use tree::{
    Align, Block, Document, Footnote, Inline, InlineImage, Item, Mark, has_row_headings,
};
