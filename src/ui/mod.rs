//! What a state looks like: functions without state of their own, one to a file.
//!
//! [`Reader`] is the whole: the masthead, then the list or the article. Everything is a function of its arguments
//! alone, so that the same functions draw a page in a browser and as a string. What has to be drawn again with every
//! state is a plain one; a Yew component, which weighs half a kilobyte, is what is not drawn again while its properties
//! are the same: a card, the body of an article.
//!
//! Two rules keep it standing when the page is translated, which moves text nodes into elements of the
//! translator's (facebook/react#11538): text that changes stands alone in an element keyed by its value,
//! and what may be absent is wrapped in an element that is always there. The body of an article is drawn
//! once, under a key of its own, and never compared again.

mod article_body;
mod article_page;
mod card;
mod category_filter;
mod date;
mod document;
mod failure;
mod feed;
mod figure;
mod front;
mod link;
mod masthead;
mod notice;
mod reader;
mod related;
mod search_box;
mod theme_switch;
mod words;

use article::direction;
pub use reader::{Reader, ReaderProps};

/// `rtl` or `ltr`: which way a language runs.
pub fn direction(language: &str) -> &'static str {
    direction::of(Some(language))
}
