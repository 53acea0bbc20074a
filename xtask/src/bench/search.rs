//! `cargo xtask bench search` and `retrieval`: how fast, how light and how good the search is, beside other engines.
//!
//! Both hand over to `benches/search`: [`search`](fn@search) to `run.js`, which measures in a browser; [`retrieval`] to
//! `retrieval.js`, which has the other engines answer the queries of test collections, between the two steps of
//! `crates/search/examples/retrieval.rs`, which writes the queries and judges the answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{Temporary, chromium, example, node, offprint};
use crate::program;
use crate::setup;
use crate::workspace;

/// The corpus where none is given, beside the repository.
const CORPUS: &str = "../shared/data/corpora/reuters-21578.json.gz";
/// The test collections, beside the repository.
const COLLECTIONS: &str = "../shared/data/retrieval";

/// What to search, and beside whom.
#[derive(Debug, Default)]
pub struct SearchOptions {
    /// Another collection than the shared one: JSON, plain or gzipped.
    pub corpus: Option<PathBuf>,
    /// Whether other engines are measured, too.
    pub peers: bool,
    /// Which of them: names, divided by commas; all where it is absent.
    pub only: Option<String>,
    /// How often everything is measured; three times where it is absent.
    pub rounds: Option<u32>,
    /// The command `offprint`, where it is not the one that `cargo xtask dist` built.
    pub command: Option<PathBuf>,
}

/// Measures in a browser and prints the tables; what was measured stays in `bench/search.json` of the target folder.
pub fn search(options: &SearchOptions) -> Result<()> {
    let shared = || workspace::root().join(CORPUS);
    let corpus = options.corpus.clone().unwrap_or_else(shared);
    if options.corpus.is_none() && !corpus.exists() {
        println!(
            "skipped: the shared corpus is not beside the repository; give one with --corpus FILE"
        );
        return Ok(());
    }
    let offprint = offprint(options.command.as_deref())?;
    let dist = workspace::dist_dir();
    ensure!(
        dist.join("element.js").exists(),
        "{} has no reader: run `cargo xtask dist` first",
        dist.display()
    );
    let (node, browser, scripts) = (node()?, chromium()?, scripts()?);
    let measure = example("offprint-search", "measure")?;
    let raw = workspace::target_dir().join("bench");
    fs::create_dir_all(&raw).with_context(|| format!("cannot make {}", raw.display()))?;
    let folder = Temporary::new()?;
    let mut run = Command::new(node);
    run.arg(scripts.join("run.js"));
    for (name, path) in [
        ("--corpus", &corpus),
        ("--dist", &dist),
        ("--offprint", &offprint),
        ("--measure", &measure),
        ("--folder", &folder.0),
        ("--raw", &raw),
        ("--browser", &browser),
    ] {
        run.arg(name).arg(path);
    }
    if let Some(rounds) = options.rounds {
        run.args(["--rounds", &rounds.to_string()]);
    }
    if options.peers {
        run.arg("--peers");
    }
    if let Some(only) = &options.only {
        run.args(["--peers", "--only", only]);
    }
    program::run(&mut run)
}

/// Has everybody answer the queries of the test collections, and prints the tables.
pub fn retrieval() -> Result<()> {
    if !workspace::root().join(COLLECTIONS).exists() {
        println!("skipped: the shared test collections are not beside the repository");
        return Ok(());
    }
    let (node, browser, scripts) = (node()?, chromium()?, scripts()?);
    let judge = example("offprint-search", "retrieval")?;
    let folder = workspace::target_dir().join("bench/retrieval");
    let _ = fs::remove_dir_all(&folder);
    program::run(Command::new(&judge).arg("prepare").arg(&folder))?;
    let mut run = Command::new(node);
    run.arg(scripts.join("retrieval.js"))
        .arg("--folder")
        .arg(&folder)
        .arg("--browser")
        .arg(browser);
    program::run(&mut run)?;
    program::run(Command::new(&judge).arg("report").args(runs(&folder)?))
}

/// The folder of the scripts, with their packages.
fn scripts() -> Result<PathBuf> {
    let scripts = workspace::root().join("benches/search");
    setup::npm_packages(&scripts, "Installing the other engines: under a minute.")?;
    Ok(scripts)
}

/// What every engine has found, in the order of their names.
fn runs(folder: &Path) -> Result<Vec<PathBuf>> {
    let runs = folder.join("runs");
    let entries = fs::read_dir(&runs).with_context(|| format!("cannot read {}", runs.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}
