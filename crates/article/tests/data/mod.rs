//! Test data that lies outside of the repository: where it is absent, tests say so and skip.

use std::io::Read;
use std::path::Path;

/// A file of the data folder.
pub fn read(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    match std::fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            println!("skipped: there is no ../shared/data/{name}");
            None
        }
    }
}

/// A file of the data folder, unpacked.
pub fn unpacked(name: &str) -> Option<Vec<u8>> {
    let packed = read(name)?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&*packed)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}
