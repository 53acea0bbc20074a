//! [`Limits`]: where the parts of an index are cut, and what is too much to be read for one query.
//!
//! They are part of an index, not of the program: an index in memory and its files must agree on them, or the
//! answers would differ.

/// Sizes in bytes, as they are in memory, unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    /// A shard of the dictionary is closed at about this size.
    pub shard: u32,
    /// The postings of a term that take more are a part of their own.
    pub list: u32,
    /// The positions of neighbouring terms are put together up to this size.
    pub positions: u32,
    /// A word with more positions than this is not looked at for nearness.
    pub nearness: u32,
    /// A beginning whose words have more postings than this (a number) is answered from its best documents.
    pub beginning: u32,
    /// The number of words, the commonest, among which a typo is looked for.
    pub spelling: u32,
}

impl Limits {
    /// Those for an index of so many documents.
    pub fn of(n_documents: u32) -> Limits {
        Limits {
            shard: if n_documents < LARGE {
                4 << 10
            } else {
                32 << 10
            },
            list: 4 << 10,
            positions: 8 << 10,
            nearness: 32 << 10,
            beginning: (n_documents / 8).max(16 << 10),
            spelling: 1 << 15,
        }
    }
}

/// With so many documents there are enough files anyway, and fewer and larger ones are better.
const LARGE: u32 = 1 << 17;

/// How many documents a beginning that is too common keeps, the best ones.
pub(crate) const BEST_OF_BEGINNING: usize = 512;
/// How many completions are given.
pub(crate) const MAX_COMPLETIONS: usize = 8;
/// About so many titles are in a part: of each a query wants one at the most.
#[cfg(feature = "build")]
pub(crate) fn titles_per_part(n_documents: u32) -> usize {
    match n_documents < LARGE {
        true => 64,
        false => 256,
    }
}
/// So many dates are in a part.
pub(crate) const DATES_PER_PART: usize = 4096;
