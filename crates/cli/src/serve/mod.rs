//! `offprint serve`: a site on this machine, served as a good server serves it.
//!
//! Entry point: [`run`].
//!
//! 1. `server` listens on the loopback address;
//! 2. `find` turns the path of a request into a file of the site, or into nothing;
//! 3. `negotiate` reads what the browser takes, has, and wants a part of;
//! 4. `answer` puts the answer together, by the rules that the files for other servers are made of
//!    ([`build::hosting`]); `body` sends it;
//! 5. with `--watch`, `watch` looks at the inputs, and pages that are open load again when the site was built again.

mod answer;
mod body;
mod find;
mod negotiate;
mod server;
mod watch;

pub use server::Server;

use crate::build;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The port that is tried first.
const PORT: u16 = 8000;

/// How many ports are tried where none was asked for.
const PORTS_TRIED: u16 = 20;

/// Serve a site on this machine, to look at it before it is published.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The folder that `offprint build` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Listen here [default: the first free port from 8000 on]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Build again when one of these changes, and let open pages load again
    #[arg(long, value_name = "INPUT", num_args = 1..)]
    watch: Vec<String>,
}

/// Carries it out; ends only with the process. `rebuild` builds the site of some inputs into the folder once more.
pub fn run(
    arguments: &Arguments,
    rebuild: impl Fn(&[String], &Path) -> Result<()>,
) -> Result<ExitCode> {
    let folder = &arguments.folder;
    let is_watching = !arguments.watch.is_empty();
    if is_watching && !folder.is_dir() {
        rebuild(&arguments.watch, folder)?;
    }
    if !folder.is_dir() {
        bail!(
            "{}: there is no such folder; offprint build writes one",
            folder.display()
        );
    }
    let server = start(folder, arguments.port, is_watching)?;
    eprintln!(
        "Serving {} at {} (end with Ctrl+C)",
        folder.display(),
        server.url()
    );
    if !is_watching {
        server.wait();
        return Ok(ExitCode::SUCCESS);
    }
    let inputs: Vec<PathBuf> = arguments.watch.iter().map(PathBuf::from).collect();
    let watched = || {
        // What cannot be read now may be whole again at the next look, and the build has said what is wrong with it.
        let beside = build::beside(&arguments.watch, folder).unwrap_or_default();
        inputs.iter().cloned().chain(beside).collect()
    };
    watch::watch(&watched, folder, || {
        match rebuild(&arguments.watch, folder) {
            Ok(()) => server.changed(),
            Err(error) => eprintln!("error: {error:#}"),
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// On the port that was asked for, or on the first that is free.
fn start(folder: &Path, port: Option<u16>, is_watching: bool) -> Result<Server> {
    if let Some(port) = port {
        return Server::start(folder, port, is_watching);
    }
    let mut ports = PORT..PORT + PORTS_TRIED;
    ports
        .find_map(|port| Server::start(folder, port, is_watching).ok())
        .with_context(|| format!("no port is free from {PORT} on: give one with --port"))
}
