//! From JSON values to the model: whatever can be kept is kept, and everything else is a [`Problem`].
//!
//! Entry point: [`Reader::article`]. `article` and `parts` go through the fields, `values` reads single ones (and says
//! what was expected where they are something else), `fields` knows the names and guesses at misspelt ones, `report`
//! collects the problems, `slug` makes ids. `feed` reads the items of a JSON Feed as articles.

mod article;
mod feed;
mod fields;
mod parts;
mod report;
mod slug;
mod values;

pub(crate) use article::Named;
pub(crate) use fields::{ARTICLE, EDITION, FEED, Fields, ITEM};
pub use fields::{closest_name, field_names, nearest_name};
pub(crate) use report::{Path, Problems, best_name};
pub use slug::{folder_name, is_folder_name, is_slug, name_slug, slug};
pub(crate) use values::{Kind, kept};

/// Reads values of one file, and notes what is wrong with them.
pub(crate) struct Reader<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) problems: &'a mut Problems,
}
