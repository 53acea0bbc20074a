//! `cargo xtask bundlers`: the package for npm in the hands of those who use it.
//!
//! [`run`] makes the package of what `dist` built and hands over to `tests/bundlers/run.js`, which packs it, installs it into a small
//! project for each bundler, and looks at the page in Chromium. It needs the npm registry the first time, and so is no part of `test`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::bench::{chromium, node};
use crate::npm;
use crate::program;
use crate::workspace;

/// Tries the projects of these names; all where there are none.
pub fn run(names: &[String]) -> Result<()> {
    let dist = workspace::dist_dir();
    ensure!(
        dist.join("element.js").exists(),
        "{} has no reader: run `cargo xtask dist` first",
        dist.display()
    );
    npm::write()?;
    let folder = workspace::root().join("target").join("bundlers");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut command = Command::new(node()?);
    command
        .arg(workspace::root().join("tests/bundlers/run.js"))
        .arg(folder)
        .arg(npm::folder())
        .args(names)
        .env("CHROMIUM", chromium()?)
        .current_dir(workspace::root());
    program::run(&mut command)
}
