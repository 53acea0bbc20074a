//! Running other programs: found on the PATH, run with a clear error, or with their long output folded into progress.
//!
//! [`run`] shows the program's own output, [`capture`] keeps it, [`run_quietly`] shows one line of progress and the
//! last lines of the output if the program fails.

use std::collections::VecDeque;
use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How many lines of a failed program's output are worth showing.
const LINES_KEPT: usize = 40;

/// Where a program is on the PATH.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let file_name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path)
        .map(|dir| dir.join(&file_name))
        .find(|file| is_executable(file))
}

/// Whether this file is there and may be run.
#[must_use]
pub fn is_executable(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata()
            .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        file.is_file()
    }
}

/// The PATH with these folders in front.
#[must_use]
pub fn path_with(dirs: &[PathBuf]) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = dirs.iter().cloned().chain(env::split_paths(&path));
    env::join_paths(all).unwrap_or(path)
}

/// The command as a person would type it.
#[must_use]
pub fn shown(command: &Command) -> String {
    let mut text = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

/// Runs a program whose output a person wants to see.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs a program and gives its standard output; its errors go into the error.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({}): {}",
            shown(command),
            output.status,
            errors.trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program starts and ends well; its output is dropped.
#[must_use]
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program that talks much: one line tells how far it is, and its last lines are shown if it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let name = shown(command);
    let (reader, writer) = std::io::pipe().context("cannot make a pipe")?;
    let mut child = {
        let errors = writer.try_clone().context("cannot make a pipe")?;
        command.stdin(Stdio::null()).stdout(writer).stderr(errors);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        // The command holds the writing ends: without this, the pipe would never end.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        child
    };
    let last_lines = follow(reader);
    let status = child
        .wait()
        .with_context(|| format!("cannot wait for `{name}`"))?;
    if !status.success() {
        for line in &last_lines {
            eprintln!("    {line}");
        }
        bail!("`{name}` failed ({status}); its last lines are above");
    }
    Ok(())
}

fn follow(output: impl Read) -> VecDeque<String> {
    let terminal = std::io::stderr().is_terminal();
    let pause = Duration::from_secs(if terminal { 1 } else { 20 });
    let started = Instant::now();
    let mut shown_at = started;
    let mut lines = VecDeque::new();
    let mut n_lines = 0_u32;
    for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        n_lines += 1;
        if shown_at.elapsed() >= pause {
            shown_at = Instant::now();
            let seconds = started.elapsed().as_secs();
            let what: String = line.trim().chars().take(60).collect();
            if terminal {
                eprint!("\r\x1b[2K    {seconds} s, step {n_lines}: {what}");
                let _ = std::io::stderr().flush();
            } else {
                eprintln!("    {seconds} s, step {n_lines}: {what}");
            }
        }
        if lines.len() == LINES_KEPT {
            lines.pop_front();
        }
        lines.push_back(line);
    }
    if terminal {
        eprint!("\r\x1b[2K");
    }
    lines
}
