//! `serve`: builds the reader and serves it with the demo edition or a collection of the caller's.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail, ensure};

use crate::dist::{self, Profile};
use crate::page;
use crate::program;
use crate::server::{Server, Site, Source};
use crate::setup;
use crate::workspace;

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 8080;

/// How many ports are tried where none was asked for.
const PORTS_TRIED: u16 = 20;

/// How often the sources are looked at for changes.
const WATCH_PAUSE: Duration = Duration::from_millis(400);

/// What the command line says.
#[derive(Debug)]
pub struct Options {
    /// A file or an address instead of the demo edition.
    pub articles: Option<String>,
    /// This port and no other.
    pub port: Option<u16>,
    /// Whether the browser is opened.
    pub open: bool,
    /// Whether the reader is built again when a source changes.
    pub watch: bool,
    /// How the reader is compiled.
    pub profile: Profile,
}

/// The whole command; ends only with the process.
pub fn run(options: &Options) -> Result<()> {
    let collection = options
        .articles
        .as_deref()
        .map(Collection::find)
        .transpose()?;
    let toolbox = setup::for_build()?;
    eprintln!("Building the reader: about 2 minutes the first time, seconds after that.");
    dist::build(&toolbox, options.profile)?;

    let mut site = Site::of_folder(&workspace::dist_dir());
    match collection {
        Some(Collection::File(file)) => {
            if let Some(folder) = file.parent() {
                site.look_for_images_in(folder);
            }
            site.put("articles.json", Source::File(file));
        }
        Some(Collection::Address(url)) => {
            let index = workspace::dist_dir().join("index.html");
            let html = fs::read_to_string(&index)
                .with_context(|| format!("cannot read {}", index.display()))?;
            site.put(
                "index.html",
                Source::bytes(page::with_collection(&html, &url)?),
            );
        }
        None => ensure!(
            workspace::root().join("demo/articles.json").is_file(),
            "there is no demo edition: give a collection with --articles"
        ),
    }
    let server = start(site, options.port)?;
    println!("Serving {}  (end with Ctrl+C)", server.url());
    if options.open && has_display() {
        open(&server.url());
    }
    if options.watch {
        watch(|| dist::build(&toolbox, options.profile));
    }
    server.wait();
    Ok(())
}

/// Where the articles come from.
#[derive(Debug)]
enum Collection {
    File(PathBuf),
    Address(String),
}

impl Collection {
    fn find(place: &str) -> Result<Collection> {
        if place.contains("://") {
            // Wrong addresses are refused here, before anything is built.
            page::with_collection("<offprint-reader src=\"\">", place)?;
            return Ok(Collection::Address(place.to_owned()));
        }
        let file = env::current_dir()
            .context("there is no current folder")?
            .join(place);
        if file.is_dir() {
            bail!("{place} is a folder: --articles takes a file, such as {place}/articles.json");
        }
        fs::File::open(&file)
            .with_context(|| format!("the collection {place} cannot be opened"))?;
        Ok(Collection::File(file))
    }
}

/// The asked port, or the first free one from [`DEFAULT_PORT`] on.
fn start(site: Site, port: Option<u16>) -> Result<Server> {
    let port = match port {
        Some(port) => port,
        None => (DEFAULT_PORT..DEFAULT_PORT + PORTS_TRIED)
            .find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
            .with_context(|| {
                format!("no free port from {DEFAULT_PORT} on: give one with --port")
            })?,
    };
    Server::start(site, port)
}

/// Whether a person sits before this machine.
fn has_display() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let desktop = cfg!(any(windows, target_os = "macos"));
    !is_set("CI") && (desktop || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"))
}

fn open(url: &str) {
    let (opener, arguments): (_, &[&str]) = match env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start"]),
        _ => ("xdg-open", &[]),
    };
    let Some(opener) = program::find(opener) else {
        return;
    };
    // A browser that cannot be opened is no reason to stop: the address stands above.
    let _ = Command::new(opener)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

/// Builds again whenever a source is newer than the last build; ends only with the process.
fn watch(build: impl Fn() -> Result<()>) {
    let root = workspace::root();
    let sources = [
        "src",
        "crates",
        "www",
        "demo",
        "index.html",
        "Trunk.toml",
        "Cargo.toml",
    ];
    let newest = || {
        sources
            .iter()
            .filter_map(|source| newest_change(&root.join(source)))
            .max()
    };
    let mut built = newest();
    loop {
        std::thread::sleep(WATCH_PAUSE);
        let now = newest();
        if now > built {
            built = now;
            match build() {
                Ok(()) => eprintln!("Built again: reload the page."),
                Err(error) => eprintln!("{error:#}"),
            }
        }
    }
}

/// When the youngest file of a folder was changed.
fn newest_change(path: &Path) -> Option<SystemTime> {
    if path.is_dir() {
        let entries = fs::read_dir(path).ok()?;
        return entries
            .flatten()
            .filter_map(|entry| newest_change(&entry.path()))
            .max();
    }
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_is_found_or_the_error_says_why() {
        #[track_caller]
        fn check(place: &str, expect: &str) {
            let found = match Collection::find(place) {
                Ok(Collection::File(_)) => "a file".to_owned(),
                Ok(Collection::Address(url)) => url,
                Err(error) => format!("{error:#}"),
            };
            assert!(found.starts_with(expect), "{place}: {found}");
        }
        check("Cargo.toml", "a file");
        check("https://example.org/a.json", "https://example.org/a.json");
        check("src", "src is a folder: --articles takes a file");
        check(
            "nowhere.json",
            "the collection nowhere.json cannot be opened",
        );
        check(
            "ftp://example.org/a.json",
            "`ftp://example.org/a.json` is no http or https address",
        );
    }
}
