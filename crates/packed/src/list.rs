//! [`newest_first`]: the order of a list.

use article::Collection;

/// The positions of all articles, the newest first, by the day as it is written and then the moment. Articles of one date stay in the order of the file, and
/// undated ones come last.
pub fn newest_first(collection: &Collection) -> Vec<u32> {
    // One number for date and position: the only kind of list that this module sorts, and so the only sort
    // that is compiled into it.
    let keys = collection.entries().iter().enumerate().map(|(ix, entry)| {
        // A key takes 41 bits; a position takes 23 bits at the most, since no file has room for more articles.
        const LATEST: i64 = 1 << 40;
        const UNDATED: i64 = -(1 << 39);
        let published = entry.published.as_ref();
        let key = published.map_or(UNDATED, |date| date.list_key().clamp(UNDATED + 1, LATEST));
        let age = (LATEST - key) as u64;
        age << 23 | ix as u64
    });
    let mut keys: Vec<u64> = keys.collect();
    keys.sort_unstable();
    keys.into_iter()
        .map(|key| (key & 0x7f_ffff) as u32)
        .collect()
}
