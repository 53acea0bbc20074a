//! HTML → the content tree → Markdown.
//!
//! Entry points: [`document`] for the tree, [`markdown`], [`inline_markdown`] and [`plain`] for texts.

use super::Losses;
use article::Document;

/// The content of an HTML fragment as a tree. `place` is where it stands in the source, for the loss report; relative
/// addresses begin at `base`.
pub fn document(_html: &str, _place: &str, _base: Option<&str>, _losses: &mut Losses) -> Document {
    Document::default()
}

/// The content of an HTML fragment as Markdown.
pub fn markdown(html: &str, _place: &str, _base: Option<&str>, _losses: &mut Losses) -> String {
    html.to_string()
}

/// The content of an HTML fragment as Markdown of a single paragraph.
pub fn inline_markdown(
    html: &str,
    _place: &str,
    _base: Option<&str>,
    _losses: &mut Losses,
) -> String {
    html.to_string()
}

/// The text of an HTML fragment, its entities resolved and its white space single spaces.
pub fn plain(html: &str) -> String {
    html.to_string()
}
