//! The `offprint` command: what a publisher runs on a machine of their own.
//!
//! Entry point: [`run`]. Each command is a module with its arguments and a function that carries them out; what a
//! command prints for people goes to standard error, what it makes to standard output or a file.

pub mod build;
pub mod check;
mod clock;
pub mod embed;
pub mod find;
pub mod import;
pub mod new;
pub mod serve;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Structured articles from JSON: checked, imported, begun, built into sites, searched there, and put into pages.
#[derive(Debug, Parser)]
#[command(name = "offprint", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Embed(embed::Arguments),
    Import(import::Arguments),
    New(new::Arguments),
    Search(find::Arguments),
    Serve(serve::Arguments),
}

/// Carries a command line out. The exit code is 0 where all is well, 1 where something was found to be wrong with the
/// input, and 2 where the command could not do its work.
pub fn run(arguments: Arguments) -> ExitCode {
    let done = match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Embed(arguments) => embed::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Search(arguments) => find::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments, build::again),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

/// Writes to standard output. Whoever closes the pipe has seen enough.
fn print(stdout: &mut dyn Write, bytes: &[u8]) -> Result<()> {
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output cannot be written"),
    }
}
