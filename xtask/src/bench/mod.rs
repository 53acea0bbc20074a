//! `cargo xtask bench`: what docs/benchmarks.md tells of, measured.
//!
//! [`publishing`] measures a built site, [`search`] the search beside other engines in a browser, [`retrieval`] how good its
//! answers are beside theirs, [`scale`] what it costs with many articles, [`update`](fn@update) what an article more costs a
//! reader who returns. Each sets up what it needs, starts the scripts of
//! a folder of `benches` or examples of the crates, and prints tables. What is made stands below one temporary folder.

mod publishing;
mod scale;
mod search;
mod update;

pub use publishing::{Options, publishing};
pub use scale::scale;
pub use search::{SearchOptions, retrieval, search};
pub use update::{UpdateOptions, update};

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::program;
use crate::system::Engine;
use crate::workspace;

/// The command `offprint`: the one given, or the one that `cargo xtask dist` built.
fn offprint(given: Option<&Path>) -> Result<PathBuf> {
    let built = || workspace::target_dir().join("release/offprint");
    let command = given.map_or_else(built, Path::to_path_buf);
    ensure!(
        program::is_executable(&command),
        "{} is not there: run `cargo xtask dist` first",
        command.display()
    );
    Ok(command)
}

pub(crate) fn node() -> Result<PathBuf> {
    program::find("node").context("Node is needed: sudo apt-get install nodejs npm")
}

pub(crate) fn chromium() -> Result<PathBuf> {
    Engine::Chromium
        .browser()
        .context("Chromium is needed: sudo apt-get install chromium")
}

/// Builds an example, as it is delivered, and gives its program.
fn example(package: &str, name: &str) -> Result<PathBuf> {
    let mut build = Command::new("cargo");
    build.current_dir(workspace::root()).args([
        "build",
        "--release",
        "--package",
        package,
        "--example",
        name,
    ]);
    program::run_quietly(&mut build)?;
    Ok(workspace::target_dir().join("release/examples").join(name))
}

/// A folder that is removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Temporary> {
        let folder = std::env::temp_dir().join(format!("offprint-bench-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Temporary(folder))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
