//! `cargo xtask bench scale`: what a search index costs with many articles.
//!
//! First the index alone (`crates/search/examples/scale`), then, up to [`MOST_BUILT`] articles, a site of the same articles with
//! next to no pages. The articles are made up, always the same.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{Temporary, example, offprint};
use crate::program;

/// More articles than this take a site hours and tens of gigabytes.
const MOST_BUILT: u64 = 100_000;

/// Measures this many articles.
pub fn scale(n: u64) -> Result<()> {
    let folder = Temporary::new()?;
    let index = example("offprint-search", "scale")?;
    let mut run = Command::new(index);
    run.arg(n.to_string()).arg(folder.0.join("index"));
    program::run(&mut run)?;
    if n > MOST_BUILT {
        println!("A site is built of at most {MOST_BUILT} articles here.");
        return Ok(());
    }
    let offprint = offprint(None)?;
    let collection = folder.0.join("many.json");
    let file = File::create(&collection)
        .with_context(|| format!("cannot make {}", collection.display()))?;
    let made = Command::new(example("offprint-cli", "many_articles")?)
        .arg(n.to_string())
        .stdin(Stdio::null())
        .stdout(file)
        .status()
        .context("cannot make up articles")?;
    ensure!(made.success(), "articles could not be made up ({made})");
    let mut build = Command::new(offprint);
    build
        .arg("build")
        .arg(&collection)
        .args(["--pages", "latest=1", "--no-compress", "--out"])
        .arg(folder.0.join("site"));
    println!("\nA site of them, `offprint build --pages latest=1 --no-compress`:");
    let began = Instant::now();
    program::run(&mut build)?;
    println!("{:.1} s in all", began.elapsed().as_secs_f64());
    Ok(())
}
