//! What the reader shows of a collection ([`Overview`], [`Card`], [`Opened`]), what the search engine reads of it
//! ([`Texts`]), and the compact form of both.
//!
//! Reading JSON and Markdown weighs as much as drawing it, and a built edition needs none of it. So the two
//! are WebAssembly modules of their own, and this is what passes between them: [`pack`] and [`unpack`],
//! side by side for each type.
//!
//! ```text
//! packed   VERSION  value
//! number   LEB128, seven bits a byte, the lowest first
//! text     number of bytes, UTF-8
//! list     number of items, items
//! option   0 | 1, value
//! choice   one byte for the variant, its fields in order
//! ```
//!
//! There is no checksum: both ends are in one page, and the version tells modules of two releases apart. A
//! damaged input is `None`, never a panic, and never costs more memory than a small multiple of its size.

mod article_page;
mod card;
mod content;
pub mod edition;
mod list;
mod overview;
mod search_files;
mod stream;
mod texts;

pub use article_page::{NEAREST, Neighbour, Opened, RelatedArticle};
pub use card::Card;
pub use list::newest_first;
pub use overview::{Entry, Overview, Remark};
pub use texts::Texts;

use stream::{Input, Packed};

/// The version of the form; a change of any type here is a new one.
const VERSION: u8 = 4;

/// A value in its compact form.
pub fn pack<T: Pack>(value: &T) -> Vec<u8> {
    let mut out = vec![VERSION];
    value.put(&mut out);
    out
}

/// The value of a compact form; `None` for anything that [`pack`] of this version did not write.
pub fn unpack<T: Pack>(bytes: &[u8]) -> Option<T> {
    let (&version, rest) = bytes.split_first()?;
    let mut input = Input::new(rest);
    let value = T::take(&mut input)?;
    (version == VERSION && input.is_empty()).then_some(value)
}

/// What can be packed: what passes between the modules.
pub trait Pack: Packed {}

impl Pack for Overview {}
impl Pack for Card {}
impl Pack for Opened {}
impl Pack for Texts {}
impl Pack for article::Surroundings {}

#[cfg(test)]
mod tests;
