//! `offprint check`.

use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// To come.
#[derive(Args, Debug)]
pub struct Arguments {}

/// Carries it out.
pub fn run(_: &Arguments) -> Result<ExitCode> {
    anyhow::bail!("not there yet")
}
