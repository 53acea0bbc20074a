//! Test data that lies outside of the repository: where it is absent, tests say so and skip.

use std::path::PathBuf;

/// A file of the data folder, if it is there.
pub fn path(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if !path.exists() {
        println!("skipped: there is no ../shared/data/{name}");
        return None;
    }
    Some(path)
}
