//! Set-up: what a command needs, found or installed.
//!
//! [`for_build`] is what `serve` and `dist` call, [`for_tests`] what `test` calls. Both are quick and silent where
//! there is nothing to do, and need no network then.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::program;
use crate::system::{self, Engine};
use crate::tools::{self, Tool};
use crate::workspace;

/// The target that browsers run.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The tools that were found or installed.
#[derive(Debug, Default)]
pub struct Toolbox {
    dirs: Vec<PathBuf>,
}

impl Toolbox {
    /// A command in the repository's root that finds the tools.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command =
            Command::new(self.find(program).unwrap_or_else(|| PathBuf::from(program)));
        command
            .current_dir(workspace::root())
            .env("PATH", program::path_with(&self.dirs))
            // A tool's own backtrace tells nothing about our mistakes.
            .env("RUST_BACKTRACE", "0");
        command
    }

    /// Where a tool is.
    #[must_use]
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        let file_name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        self.dirs
            .iter()
            .map(|dir| dir.join(&file_name))
            .find(|file| program::is_executable(file))
            .or_else(|| program::find(program))
    }
}

/// What building the reader needs.
pub fn for_build() -> Result<Toolbox> {
    wasm_target()?;
    let missing =
        "the crates this project uses could not be fetched; with a network, try: cargo fetch";
    if !program::succeeds(cargo().args(["fetch", "--offline"])) {
        eprintln!("Fetching the crates this project uses: under a minute.");
        program::run_quietly(cargo().arg("fetch")).context(missing)?;
    }
    let built_before = tools_built();
    let dirs = vec![Tool::wasm_bindgen()?.bin_dir()?, Tool::trunk().bin_dir()?];
    if tools_built() != built_before {
        tools::forget_intermediate_results();
    }
    Ok(Toolbox { dirs })
}

/// What testing needs, in these browsers.
pub fn for_tests(engines: &[Engine]) -> Result<Toolbox> {
    component("fmt", "rustfmt")?;
    component("clippy", "clippy")?;
    let missing = system::missing(engines);
    system::install(&missing)?;
    let mut toolbox = for_build()?;
    if engines.contains(&Engine::Firefox) {
        toolbox.dirs.push(Tool::geckodriver().bin_dir()?);
        tools::forget_intermediate_results();
    }
    if !engines.is_empty() {
        axe_core()?;
    }
    Ok(toolbox)
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root());
    cargo
}

/// How many tools the cache folder holds.
fn tools_built() -> usize {
    workspace::cache_dir()
        .and_then(|cache| Ok(fs::read_dir(cache.join("tools"))?.count()))
        .unwrap_or(0)
}

/// The standard library for WebAssembly.
fn wasm_target() -> Result<()> {
    let libraries = program::capture(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM_TARGET,
    ]))
    .context("Rust is needed: install it with rustup")?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    let by_hand = format!("rustup target add {WASM_TARGET}");
    if program::find("rustup").is_none() {
        bail!(
            "Rust's standard library for WebAssembly is missing, and so is rustup. With it: {by_hand}"
        );
    }
    eprintln!("Installing Rust's standard library for WebAssembly: under a minute.");
    program::run_quietly(Command::new("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("By hand: {by_hand}"))
}

/// A component of the toolchain, asked for as a cargo command.
fn component(command: &str, name: &str) -> Result<()> {
    if program::succeeds(Command::new("cargo").args([command, "--version"])) {
        return Ok(());
    }
    eprintln!("Installing the component {name} of the Rust toolchain: seconds.");
    program::run_quietly(Command::new("rustup").args(["component", "add", name]))
        .with_context(|| format!("By hand: rustup component add {name}"))
}

/// The accessibility checker, in the version that the lock file beside the browser tests names.
fn axe_core() -> Result<()> {
    npm_packages(
        &workspace::root().join("tests/browser"),
        "Installing the accessibility checker axe-core: seconds.",
    )
}

/// The packages of a folder's `package.json`, in the versions that the lock file beside it names.
pub fn npm_packages(folder: &Path, telling: &str) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    // npm leaves no copy of the lock file that it followed, so we leave one.
    let done = folder.join("node_modules/.followed-package-lock.json");
    if fs::read(&done).is_ok_and(|followed| followed == wanted) {
        return Ok(());
    }
    eprintln!("{telling}");
    let npm = [
        "ci",
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ];
    program::run_quietly(Command::new("npm").args(npm).current_dir(folder))
        .with_context(|| format!("By hand: npm ci --prefix {}", folder.display()))?;
    fs::write(&done, wanted).with_context(|| format!("cannot write {}", done.display()))
}
