//! Any bytes as what passes between the modules: a value or none, and a value that is packed to the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use packed::edition::{HitBlock, Index, SearchFiles};
use packed::{Card, Opened, Overview, Pack, Texts, pack, unpack};

fuzz_target!(|bytes: &[u8]| {
    again::<Overview>(bytes);
    again::<Card>(bytes);
    again::<Opened>(bytes);
    again::<Texts>(bytes);
    again::<Index>(bytes);
    again::<SearchFiles>(bytes);
    again::<HitBlock>(bytes);
});

fn again<T: Pack + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    if let Some(value) = unpack::<T>(bytes) {
        assert_eq!(unpack::<T>(&pack(&value)), Some(value));
    }
}
