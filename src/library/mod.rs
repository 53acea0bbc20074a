//! Where articles come from: the trait [`Library`], and [`MemoryLibrary`], a collection held in memory.
//!
//! The reader asks a library and never a file or a network: an edition of many files is another
//! implementation of the same trait.

mod card;
mod memory;
mod opened;

pub use card::Card;
pub use memory::MemoryLibrary;
pub use opened::{Neighbour, Opened, RelatedArticle};

use std::rc::Rc;

use article::{Edition, Entry, Problem};

/// The articles of one edition, by their position in it.
///
/// Positions (`ix`) are those of [`Library::entries`] and mean nothing in another library.
pub trait Library {
    /// What the edition says of itself.
    fn edition(&self) -> &Edition;

    /// What filtering and ordering need of every article.
    fn entries(&self) -> &[Entry];

    /// The positions of all articles, the newest first; articles of one date in the edition's order.
    fn newest_first(&self) -> Rc<[u32]>;

    /// The names that [`Entry::category`] numbers.
    fn categories(&self) -> &[String];

    /// The names that [`Entry::tags`] number.
    fn tags(&self) -> &[String];

    /// What was wrong with the edition, and how many problems there were in all.
    fn problems(&self) -> (&[Problem], usize);

    /// The position of the article with this id.
    fn position(&self, id: &str) -> Option<usize>;

    /// What a list shows of an article.
    fn card(&self, ix: usize) -> Rc<Card>;

    /// A whole article with its surroundings, ready to be drawn; `None` past the last one.
    fn article(&self, ix: usize) -> Option<Rc<Opened>>;

    /// The edition as the search engine reads it.
    fn bytes(&self) -> &[u8];
}
