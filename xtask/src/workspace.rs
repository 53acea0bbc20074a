//! Where things are: the repository, its target folder, the user's cache folder, and what Cargo.lock pins.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root folder.
#[must_use]
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Where Cargo puts what it builds.
#[must_use]
pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The built reader, complete and self-contained.
#[must_use]
pub fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// What is kept between clones of this repository: the tools that were built.
pub fn cache_dir() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
        Some(dir) => PathBuf::from(dir),
        None => env::home_dir()
            .context("no home folder: set HOME or XDG_CACHE_HOME")?
            .join(".cache"),
    };
    Ok(base.join("offprint"))
}

/// The version of a crate that Cargo.lock pins, so that its command-line tool can be of the same one.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    version_in_lock(&lock, package)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no package `{package}`"))
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.1\"\n\n[[package]]\nname = \"wasm\"\nversion = \"3.0.0\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.1"));
        assert_eq!(version_in_lock(lock, "wasm"), Some("3.0.0"));
        assert_eq!(version_in_lock(lock, "yew"), None);
    }
}
