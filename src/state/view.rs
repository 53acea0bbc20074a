//! [`View`]: what of an edition an element shows.

/// What of an edition an element shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum View {
    /// All of it: the list with search and filters, and every article.
    #[default]
    Whole,
    /// One article, the newest where none is named, and what it leads to.
    Article,
    /// The newest of a list, at most so many.
    List(usize),
}
