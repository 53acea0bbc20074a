//! The pages of frameworks in which the browser tests put the elements: [`build`] makes one script of each.
//!
//! `tests/browser/frameworks/build.js` does it, in a second or two. The packages are fetched once, in the versions of the lock file; after
//! that no network is needed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::bench::node;
use crate::{program, setup, workspace};

/// Where the scripts are.
#[must_use]
pub fn folder() -> PathBuf {
    workspace::target_dir().join("frameworks")
}

/// Makes the scripts.
pub fn build() -> Result<()> {
    let sources = workspace::root().join("tests/browser/frameworks");
    setup::npm_packages(
        &sources,
        "Installing React, Vue, Svelte, Lit and Preact: under a minute.",
    )?;
    let mut command = Command::new(node()?);
    program::run_quietly(command.arg(sources.join("build.js")).arg(folder()))
}
