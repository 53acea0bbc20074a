//! Where articles come from: the trait [`Library`], with [`PackedLibrary`] over a collection that is read in the browser, and
//! [`BuiltLibrary`] over the files of a built edition, of which only what is asked for is fetched.
//!
//! The reader asks a library and never a file, a parser or a network. What is not here yet is [`Lookup::Coming`]: the host
//! fetches what the library wants ([`Library::wanted`]), hands it over ([`Library::take`]), and the state asks again.

mod built_library;
mod packed_library;

pub use built_library::BuiltLibrary;
pub use packed::edition::Blob;
pub use packed::{Card, Entry, Neighbour, Opened, Overview, RelatedArticle, Remark};
pub use packed_library::{PackedLibrary, Source};

use std::rc::Rc;

/// What a library knows of something.
#[derive(Clone, Debug)]
pub enum Lookup<T> {
    /// This.
    Here(T),
    /// That there is no such thing.
    Missing,
    /// Nothing yet: it has been asked for.
    Coming,
}

impl<T> Lookup<T> {
    /// What is here.
    pub fn here(self) -> Option<T> {
        match self {
            Lookup::Here(value) => Some(value),
            Lookup::Missing | Lookup::Coming => None,
        }
    }

    /// What is made of what is here.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Lookup<U> {
        match self {
            Lookup::Here(value) => Lookup::Here(make(value)),
            Lookup::Missing => Lookup::Missing,
            Lookup::Coming => Lookup::Coming,
        }
    }
}

impl<T> From<Option<T>> for Lookup<T> {
    fn from(value: Option<T>) -> Lookup<T> {
        value.map_or(Lookup::Missing, Lookup::Here)
    }
}

/// The articles of one edition, by their position in it.
///
/// Positions (`ix`) mean nothing in another library.
pub trait Library {
    /// What the masthead and the filters need. Its entries may be left out.
    fn overview(&self) -> &Overview;

    /// How many articles there are.
    fn n_articles(&self) -> usize;

    /// All positions, the newest first, undated ones last.
    fn newest_first(&self) -> Rc<[u32]>;

    /// The position of the article with this id.
    fn position(&self, id: &str) -> Lookup<usize>;

    /// The id of the article at this position.
    fn id(&self, ix: usize) -> Lookup<String>;

    /// What a list shows of an article.
    fn card(&self, ix: usize) -> Lookup<Rc<Card>>;

    /// The same of an article that the search has found, which brings the card itself where the library would have to
    /// fetch it.
    fn found_card(&self, ix: usize) -> Lookup<Rc<Card>> {
        self.card(ix)
    }

    /// Takes the packed card of an article that the search has found.
    fn keep_card(&self, _ix: usize, _card: &[u8]) {}

    /// Whether results have to be fetched, so that only those in view are wanted.
    fn fetches_results(&self) -> bool {
        false
    }

    /// A whole article with its surroundings.
    fn article(&self, ix: usize) -> Lookup<Rc<Opened>>;

    /// The category of each article: one more than its place in the overview, 0 for none.
    fn categories(&self) -> Lookup<Rc<[u32]>>;

    /// How many articles each category has; `None` where [`Library::categories`] is to be counted.
    fn category_counts(&self) -> Option<Rc<[u32]>> {
        None
    }

    /// The positions of the articles with a tag, in any order.
    fn tagged(&self, tag: &str) -> Lookup<Rc<[u32]>>;

    /// A tag as it is written, where an address has it otherwise and its articles are known.
    fn tag_name(&self, tag: &str) -> String {
        tag.to_owned()
    }

    /// What has been asked for since the last call and is to be fetched.
    fn wanted(&self) -> Vec<Blob> {
        Vec::new()
    }

    /// Takes what was fetched; says whether it could be read.
    fn take(&self, _blob: &Blob, _bytes: &[u8]) -> bool {
        true
    }

    /// Forgets that something was asked for, so that it may be asked for again.
    fn give_up(&self, _blob: &Blob) {}
}
