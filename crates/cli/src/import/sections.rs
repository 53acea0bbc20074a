//! A body becomes sections and fields: [`fill`].

use super::{Draft, Headings, Losses};
use article::Document;

/// Splits a body at its top-most headings into sections, and moves what stands under a heading of a field into that
/// field.
pub fn fill(
    _draft: &mut Draft,
    _body: Document,
    _place: &str,
    _headings: &Headings,
    _losses: &mut Losses,
) {
}
