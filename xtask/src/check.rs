//! `test`: everything that must hold, step by step.
//!
//! [`run`] is the entry point. A step that fails does not keep the others from running, so that one run shows
//! everything; only what needs the built reader is left out when building it failed. The last line sums up the tests of
//! all runners.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::dist::{self, Profile};
use crate::frameworks;
use crate::program;
use crate::setup::{self, Toolbox, WASM_TARGET};
use crate::system::Engine;
use crate::workspace;

/// One step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// The sources are formatted.
    Fmt,
    /// No warning, natively and for browsers.
    Clippy,
    /// The documentation builds without a warning.
    Docs,
    /// Tests on this machine, `tests/tidy.rs` among them.
    Native,
    /// Component tests in a headless browser.
    Wasm,
    /// The reader builds, holds its promises, and keeps its budgets.
    Dist,
    /// The whole reader in real browsers.
    Browser,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Step; 7] = [
        Step::Fmt,
        Step::Clippy,
        Step::Docs,
        Step::Native,
        Step::Wasm,
        Step::Dist,
        Step::Browser,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Step::Fmt => "fmt",
            Step::Clippy => "clippy",
            Step::Docs => "docs",
            Step::Native => "native",
            Step::Wasm => "wasm",
            Step::Dist => "dist",
            Step::Browser => "browser",
        }
    }

    /// The steps of a list like `fmt,clippy`.
    pub fn list(names: &str) -> Result<BTreeSet<Step>> {
        let find = |name: &str| Step::ALL.into_iter().find(|step| step.name() == name);
        names
            .split(',')
            .map(|name| {
                let all = Step::ALL.map(Step::name).join(", ");
                find(name.trim())
                    .with_context(|| format!("no step is called `{name}`: there are {all}"))
            })
            .collect()
    }
}

/// What the command line says.
#[derive(Debug)]
pub struct Options {
    /// The steps to run.
    pub steps: BTreeSet<Step>,
    /// The browsers to test in.
    pub engines: Vec<Engine>,
    /// Only tests whose names contain this.
    pub filter: Option<String>,
}

/// Tests that passed and failed, as their runners said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    passed: u32,
    failed: u32,
}

/// The whole command. Fails if a step did.
pub fn run(options: &Options) -> Result<()> {
    let toolbox = set_up(options)?;
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    let mut n_failed = 0;
    let mut built = true;
    for step in &options.steps {
        let name = step.name();
        println!("\n── {name} ──");
        if *step == Step::Browser && !built {
            lines.push(format!("{name:<8} left out: the reader was not built"));
            continue;
        }
        let started = Instant::now();
        let result = run_step(*step, &toolbox, options, &mut tally);
        let seconds = started.elapsed().as_secs_f32();
        let line = match &result {
            Ok(()) => format!("{name:<8} ok      {seconds:>6.1} s"),
            Err(error) => format!("{name:<8} FAILED  {seconds:>6.1} s  {error:#}"),
        };
        println!("{line}");
        lines.push(line);
        if result.is_err() {
            n_failed += 1;
            // Over budget is a failure, but a reader that can be tested.
            built &=
                *step != Step::Dist || workspace::dist_dir().join("offprint_bg.wasm").is_file();
        }
    }
    println!("\n{}\n", lines.join("\n"));
    // A step that failed without a failed test must not look like success.
    let failed = tally.failed.max(n_failed);
    println!("{} passed, {failed} failed", tally.passed);
    if n_failed > 0 {
        bail!("{n_failed} of {} steps failed", options.steps.len());
    }
    Ok(())
}

fn set_up(options: &Options) -> Result<Toolbox> {
    let in_browsers = [Step::Wasm, Step::Browser]
        .iter()
        .any(|step| options.steps.contains(step));
    let mut engines = if in_browsers {
        options.engines.clone()
    } else {
        Vec::new()
    };
    if options.steps.contains(&Step::Wasm) && !engines.contains(&Engine::Chromium) {
        engines.push(Engine::Chromium);
    }
    let needs_nothing = options
        .steps
        .iter()
        .all(|step| *step == Step::Fmt || *step == Step::Native);
    if needs_nothing {
        Ok(Toolbox::default())
    } else {
        setup::for_tests(&engines)
    }
}

fn run_step(step: Step, toolbox: &Toolbox, options: &Options, tally: &mut Tally) -> Result<()> {
    let cargo = |args: &[&str]| {
        let mut cargo = toolbox.command("cargo");
        // A test's own panic is worth a backtrace; a tool's is not.
        cargo.args(args).env("RUST_BACKTRACE", "1");
        cargo
    };
    match step {
        Step::Fmt => program::run(&mut cargo(&["fmt", "--all", "--check"])),
        Step::Clippy => {
            program::run(&mut cargo(&[
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]))?;
            let browser = [
                "clippy",
                "--quiet",
                "--target",
                WASM_TARGET,
                "--package",
                "offprint",
            ];
            let rest = [
                "--package",
                "offprint-index",
                "--package",
                "offprint-search-worker",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ];
            program::run(cargo(&browser).args(rest))
        }
        Step::Docs => program::run(
            cargo(&["doc", "--quiet", "--workspace", "--no-deps"])
                .env("RUSTDOCFLAGS", "-D warnings"),
        ),
        Step::Native => {
            let mut cargo = cargo(&["test", "--workspace", "--no-fail-fast"]);
            counted(cargo.args(&options.filter), tally)
        }
        Step::Wasm => {
            let mut cargo = cargo(&[
                "test",
                "--target",
                WASM_TARGET,
                "--package",
                "offprint",
                "--no-fail-fast",
            ]);
            cargo
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                    tool(toolbox, "wasm-bindgen-test-runner")?,
                )
                .env("CHROMEDRIVER", tool(toolbox, "chromedriver")?)
                .args(&options.filter);
            counted(&mut cargo, tally)
        }
        Step::Dist => {
            dist::build(toolbox, Profile::Release)?;
            dist::command()?;
            dist::report()
        }
        Step::Browser => {
            frameworks::build()?;
            let mut cargo = cargo(&[
                "run",
                "--quiet",
                "--package",
                "offprint-browser-tests",
                "--",
            ]);
            for engine in &options.engines {
                cargo.args(["--browser", engine.name()]);
            }
            counted(cargo.args(&options.filter), tally)
        }
    }
}

fn tool(toolbox: &Toolbox, name: &str) -> Result<OsString> {
    let path = toolbox
        .find(name)
        .with_context(|| format!("{name} is not there"))?;
    Ok(path.into_os_string())
}

/// Runs a test runner, shows what it says, and adds up its summaries.
fn counted(command: &mut Command, tally: &mut Tally) -> Result<()> {
    let name = program::shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{name}`"))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some(more) = summary(&line) {
                tally.passed += more.passed;
                tally.failed += more.failed;
            }
        }
    }
    let status = child
        .wait()
        .with_context(|| format!("cannot wait for `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Reads `test result: ok. 5 passed; 0 failed; …`.
fn summary(line: &str) -> Option<Tally> {
    let (_, counts) = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?;
    let count = |name: &str| {
        let part = counts
            .split("; ")
            .find_map(|part| part.strip_suffix(name))?;
        part.trim().parse().ok()
    };
    Some(Tally {
        passed: count("passed")?,
        failed: count("failed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_read() {
        #[track_caller]
        fn check(line: &str, expect: Option<(u32, u32)>) {
            assert_eq!(
                summary(line).map(|tally| (tally.passed, tally.failed)),
                expect,
                "{line}"
            );
        }
        check(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
            Some((5, 0)),
        );
        check(
            "test result: FAILED. 12 passed; 3 failed; 0 ignored",
            Some((12, 3)),
        );
        check("test result: none", None);
        check("test a::b ... ok", None);
    }

    #[test]
    fn steps_are_listed_by_name() {
        assert_eq!(
            Step::list("fmt, dist").unwrap(),
            BTreeSet::from([Step::Fmt, Step::Dist])
        );
        let error = Step::list("fmt,lint").unwrap_err().to_string();
        assert!(
            error.starts_with("no step is called `lint`: there are fmt, clippy"),
            "{error}"
        );
    }
}
