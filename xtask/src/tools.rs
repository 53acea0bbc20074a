//! Command-line tools that are built from their source once and kept in the user's cache folder.
//!
//! [`Tool::bin_dir`] is the entry point. A tool is looked for
//! 1. in `offprint/tools/<name>-<version>/bin` of the cache folder,
//! 2. on the PATH, if it is of the right version;
//!
//! else it is built into a folder beside its final one, which gets its name only when all is there: an interrupted
//! build is never taken for a tool. A lock file keeps two set-ups from building the same tool at once.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::program;
use crate::workspace;

/// A tool, its version, and how it is built.
pub struct Tool {
    /// The program's name.
    pub name: &'static str,
    /// The package that contains it.
    pub package: &'static str,
    /// The version, exactly.
    pub version: String,
    /// Built without optimisation, in half the time: for tools that are not what one waits for.
    pub debug: bool,
    /// What the project needs it for.
    pub why: &'static str,
    /// How long building it takes on two cores.
    pub minutes: &'static str,
}

impl Tool {
    /// Makes the glue between WebAssembly and JavaScript; must be of the very version of the crate.
    pub fn wasm_bindgen() -> Result<Tool> {
        Ok(Tool {
            name: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            version: workspace::locked_version("wasm-bindgen")?,
            debug: false,
            why: "makes the JavaScript glue of a WebAssembly module",
            minutes: "2 minutes",
        })
    }

    /// Builds the page. Later versions need a newer compiler.
    #[must_use]
    pub fn trunk() -> Tool {
        Tool {
            name: "trunk",
            package: "trunk",
            version: "0.21.14".to_owned(),
            debug: true,
            why: "builds the page around the reader",
            minutes: "4 to 6 minutes",
        }
    }

    /// Drives Firefox.
    #[must_use]
    pub fn geckodriver() -> Tool {
        Tool {
            name: "geckodriver",
            package: "geckodriver",
            version: "0.37.1".to_owned(),
            debug: true,
            why: "drives Firefox in the browser tests",
            minutes: "1 to 2 minutes",
        }
    }

    /// The folder that holds the tool's program, building it first if need be.
    pub fn bin_dir(&self) -> Result<PathBuf> {
        let tools = workspace::cache_dir()?.join("tools");
        let folder = format!("{}-{}", self.name, self.version);
        let home = tools.join(&folder);
        if let Some(dir) = self.in_cache(&home).or_else(|| self.on_path()) {
            return Ok(dir);
        }

        fs::create_dir_all(&tools).with_context(|| format!("cannot make {}", tools.display()))?;
        let lock_path = tools.join(format!("{folder}.lock"));
        let lock = File::create(&lock_path)
            .with_context(|| format!("cannot write {}", lock_path.display()))?;
        if lock.try_lock().is_err() {
            eprintln!("Waiting for another set-up that builds {folder} …");
            lock.lock()
                .with_context(|| format!("cannot lock {}", lock_path.display()))?;
        }
        if let Some(dir) = self.in_cache(&home) {
            return Ok(dir);
        }
        self.build(&tools.join(format!("{folder}.partial")), &home)
            .with_context(|| {
                format!(
                    "{} {} could not be built. By hand: cargo install {} --locked --version {}",
                    self.name, self.version, self.package, self.version
                )
            })?;
        Ok(home.join("bin"))
    }

    fn in_cache(&self, home: &Path) -> Option<PathBuf> {
        let bin = home.join("bin");
        let file = bin.join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        program::is_executable(&file).then_some(bin)
    }

    fn on_path(&self) -> Option<PathBuf> {
        let file = program::find(self.name)?;
        let answer = program::capture(Command::new(&file).arg("--version")).ok()?;
        let dir = file.parent()?.to_path_buf();
        is_version(&answer, &self.version).then_some(dir)
    }

    fn build(&self, partial: &Path, home: &Path) -> Result<()> {
        let started = Instant::now();
        eprintln!(
            "Building {} {}, which {}: about {} on two cores, once.",
            self.name, self.version, self.why, self.minutes
        );
        if partial.exists() {
            fs::remove_dir_all(partial)
                .with_context(|| format!("cannot remove {}", partial.display()))?;
        }
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "install",
                self.package,
                "--locked",
                "--version",
                &self.version,
                "--root",
            ])
            .arg(partial)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // The tools share their dependencies, so they share a folder to build them in.
            .env("CARGO_TARGET_DIR", workspace::cache_dir()?.join("build"))
            // Outside the repository: its settings are not meant for other people's packages.
            .current_dir(workspace::cache_dir()?);
        if self.debug {
            cargo.arg("--debug");
        }
        program::run_quietly(&mut cargo)?;
        if home.exists() {
            fs::remove_dir_all(home)
                .with_context(|| format!("cannot remove {}", home.display()))?;
        }
        fs::rename(partial, home).with_context(|| {
            format!("cannot rename {} to {}", partial.display(), home.display())
        })?;
        eprintln!(
            "  built in {} s, kept in {}",
            started.elapsed().as_secs(),
            home.display()
        );
        Ok(())
    }
}

/// Forgets the intermediate results of building tools: a gigabyte that is not needed again.
pub fn forget_intermediate_results() {
    if let Ok(cache) = workspace::cache_dir() {
        let _ = fs::remove_dir_all(cache.join("build"));
    }
}

/// Whether the answer to `--version` names this version, as in `trunk 0.21.14` or `geckodriver 0.37.1 (…)`.
fn is_version(answer: &str, version: &str) -> bool {
    answer.split_whitespace().nth(1) == Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_names_the_version() {
        #[track_caller]
        fn check(answer: &str, expect: bool) {
            assert_eq!(is_version(answer, "0.21.14"), expect, "{answer}");
        }
        check("trunk 0.21.14\n", true);
        check("trunk 0.21.14 (abcdef 2026-01-01)\nmore", true);
        check("trunk 0.21.1\n", false);
        check("trunk", false);
        check("", false);
    }
}
