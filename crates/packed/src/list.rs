//! [`newest_first`]: the order of a list.

use std::cmp::Reverse;

use article::Collection;

/// The positions of all articles, the newest first. Articles of one date stay in the order of the file, and
/// undated ones come last: the sort is stable.
pub fn newest_first(collection: &Collection) -> Vec<u32> {
    let entries = collection.entries();
    let mut order: Vec<u32> = (0..entries.len() as u32).collect();
    order.sort_by_key(|&ix| {
        let published = entries[ix as usize].published.as_ref();
        Reverse(published.map_or(i64::MIN, |date| date.sort_key()))
    });
    order
}
