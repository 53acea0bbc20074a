//! [`newest_first`]: the order of a list.

use article::Collection;

/// The positions of all articles, the newest first. Articles of one date stay in the order of the file, and
/// undated ones come last.
pub fn newest_first(collection: &Collection) -> Vec<u32> {
    // One number for date and position: the only kind of list that this module sorts, and so the only sort
    // that is compiled into it.
    let keys = collection.entries().iter().enumerate().map(|(ix, entry)| {
        // Seconds from the year -32768 to 32767 take 41 bits, a position 23 at the most: a file has no room
        // for more articles.
        let seconds = entry
            .published
            .as_ref()
            .map_or(-(1 << 40), |date| date.sort_key());
        let age = ((1_i64 << 40) - seconds) as u64;
        age << 23 | ix as u64
    });
    let mut keys: Vec<u64> = keys.collect();
    keys.sort_unstable();
    keys.into_iter()
        .map(|key| (key & 0x7f_ffff) as u32)
        .collect()
}
