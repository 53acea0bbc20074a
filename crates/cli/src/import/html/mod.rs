//! HTML → the content tree → Markdown.
//!
//! Entry points: [`document`] for the tree, [`markdown`], [`inline_markdown`] and [`plain`] for texts.
//!
//! 1. `parse` makes a tree of elements of whatever it is given, as browsers do;
//! 2. `walk` goes through it by a list of known elements, with `block`, `table` and `picture` for those that have parts,
//!    and writes into a `flow` of blocks;
//! 3. `element` looks at single ones, `address` resolves and checks every address on the way.

pub mod address;
mod block;
mod element;
mod flow;
mod parse;
mod picture;
mod table;
#[cfg(test)]
mod tests;
mod walk;

pub(super) use element::describe;
pub use picture::candidates;
pub(super) use table::flat;

use super::Losses;
use article::{Block, Document};
use ego_tree::NodeRef;
use flow::Flow;
use scraper::{Html, Node};
use walk::Walk;

/// The content of an HTML fragment as a tree. `place` is where it stands in the source, for the loss report; relative
/// addresses begin at `base`.
pub fn document(html: &str, place: &str, base: Option<&str>, losses: &mut Losses) -> Document {
    document_of(parse(html).tree.root(), &[], place, base, losses)
}

/// The content of an HTML fragment as Markdown.
pub fn markdown(html: &str, place: &str, base: Option<&str>, losses: &mut Losses) -> String {
    article::to_markdown(&document(html, place, base, losses))
        .trim()
        .to_string()
}

/// The content of an HTML fragment as Markdown of a single paragraph.
pub fn inline_markdown(html: &str, place: &str, base: Option<&str>, losses: &mut Losses) -> String {
    let line = table::flat(document(html, place, base, losses).blocks);
    let blocks = match line.is_empty() {
        true => Vec::new(),
        false => vec![Block::Paragraph(line)],
    };
    let document = Document {
        blocks,
        footnotes: Vec::new(),
    };
    article::to_markdown(&document).trim().to_string()
}

/// The text of an HTML fragment, its entities resolved and its white space single spaces.
pub fn plain(html: &str) -> String {
    element::collapsed(&element::text_of(parse(html).tree.root()))
}

/// A text that should be plain, its entities resolved all the same: many writers escape them once too often.
pub fn unescaped(text: &str) -> String {
    match text.contains('&') {
        true => plain(&text.replace('<', "&lt;")),
        false => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A page as a tree of elements.
pub(super) fn parse(html: &str) -> Html {
    parse::parse(html)
}

/// The content of an element as a tree; elements of the names `left_out` are left out.
pub(super) fn document_of(
    node: NodeRef<'_, Node>,
    left_out: &'static [&'static str],
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Document {
    let mut walk = Walk::new(place, base, losses);
    walk.left_out = left_out;
    let mut flow = Flow::default();
    walk.children(&mut flow, node);
    walk.finish();
    Document {
        blocks: flow.into_blocks(),
        footnotes: Vec::new(),
    }
}

/// The text of an element, its white space single spaces.
pub(super) fn text_of(node: NodeRef<'_, Node>) -> String {
    element::collapsed(&element::text_of(node))
}

/// The character that an entity of HTML stands for; `None` where it stands for none.
pub fn plain_character(entity: &str) -> Option<String> {
    let text = element::text_of(parse(&format!("x{entity}x")).tree.root());
    let inner = text.trim().strip_prefix('x')?.strip_suffix('x')?;
    (inner != entity && !inner.is_empty()).then(|| inner.to_string())
}
