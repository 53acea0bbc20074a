//! The `offprint` command.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    offprint_cli::run(offprint_cli::Arguments::parse())
}
