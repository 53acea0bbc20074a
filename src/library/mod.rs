//! Where articles come from: the trait [`Library`], and [`PackedLibrary`], over anything that gives packed cards
//! and articles.
//!
//! The reader asks a library and never a file, a parser or a network: an edition of many files is another
//! [`Source`].

mod packed_library;

pub use packed::{Card, Entry, Neighbour, Opened, Overview, RelatedArticle, Remark};
pub use packed_library::{PackedLibrary, Source};

use std::rc::Rc;

/// The articles of one edition, by their position in it.
///
/// Positions (`ix`) are those of [`Overview::entries`] and mean nothing in another library.
pub trait Library {
    /// What filters, orders and the masthead need of all articles.
    fn overview(&self) -> &Overview;

    /// The position of the article with this id.
    fn position(&self, id: &str) -> Option<usize>;

    /// What a list shows of an article.
    fn card(&self, ix: usize) -> Rc<Card>;

    /// A whole article with its surroundings; `None` where there is none.
    fn article(&self, ix: usize) -> Option<Rc<Opened>>;
}
