//! `offprint build`: articles → a site of static files.
//!
//! 1. `input` reads collections, articles, folders and what `import` accepts, and gives one article after the other;
//! 2. `config` reads `offprint.toml` and gives a [`Site`]: what the site says of itself;
//! 3. pages, data, feeds and lists are made of them, and written beside the old site, which they replace at the end (`run`).
//!
//! What is written about articles apart from the drawn page comes from pure functions, which take a [`Site`] and [`Entry`]s
//! and give text: `head` for pages, `feeds`, `sitemap`, `robots`, `manifest`, `llms` and `plain`.

mod address;
mod articles;
mod cards;
mod carry;
mod claims;
mod compress;
pub mod config;
mod data;
mod dead_links;
mod embed_page;
pub mod escape;
mod extras;
pub mod feeds;
mod frame;
pub mod head;
pub mod hosting;
mod images;

pub mod input;
mod lists;
pub mod llms;
pub mod manifest;
mod of_reader;
mod offline;
mod options;
mod output;
pub mod plain;
mod plan;
mod prepare;
mod print;
mod progress;
pub mod robots;
mod run;
mod runtime;
#[cfg(test)]
#[path = "tests/sample.rs"]
mod sample;
mod search;
pub mod site;
pub mod sitemap;
pub mod slugs;
mod spool;
mod state;
mod switch;
mod whole;

pub use address::Addresses;
pub use data::Layout;
pub use frame::policy;
pub(crate) use images::{found as picture_in, is_inside as picture_path};
pub(crate) use runtime::Runtime;
#[cfg(test)]
pub(crate) use sample::HOSTILE;
pub use site::{Entry, MenuItem, Site, paths};

use anyhow::{Context, Result};
use input::Report;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Instant;
use url::Url;

/// Builds a site of static files from articles.
///
/// Inputs are collections, articles, folders, and what `offprint import` reads. The site is written beside the old one and
/// takes its place when it is complete; what has not changed is not made again, and files of your own in its folder stay.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Files and folders of articles; `-` is standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// The folder of the site.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Where the site will stand; without it there are no sitemaps and no canonical addresses.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<Url>,
    /// How the data lies: a file for each part, or few large files.
    #[arg(long, value_enum, default_value_t)]
    pub layout: Layout,
    /// How many threads work; 0 is as many as there are processors.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// How much memory is used, in MiB, as far as the number of articles allows.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub memory: usize,
    /// Stops where something is wrong with an article, and leaves the site as it was.
    #[arg(long)]
    pub strict: bool,
    /// What the site says of itself; without it, `offprint.toml` beside the first input is taken.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A style sheet that is put behind the site's own.
    #[arg(long, value_name = "FILE.css")]
    pub theme: Option<PathBuf>,
    /// Which articles have pages: `all`, or the newest: `latest=1000`; all where `offprint.toml` says nothing.
    #[arg(long, value_name = "all|latest=N")]
    pub pages: Option<Pages>,
    /// Writes no compressed copies.
    #[arg(long)]
    pub no_compress: bool,
    /// Nothing can be saved and read without a network; takes back a service worker that the site had.
    #[arg(long)]
    pub no_offline: bool,
    /// The folder of the reader's files, where they are not in this program.
    #[arg(long, value_name = "DIR")]
    pub runtime: Option<PathBuf>,
}

/// Which articles have pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// All of them.
    All,
    /// So many of the newest.
    Latest(usize),
}

impl FromStr for Pages {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Pages, Self::Err> {
        let latest = text.strip_prefix("latest=").map(str::parse);
        match (text, latest) {
            ("all", _) => Ok(Pages::All),
            (_, Some(Ok(n))) => Ok(Pages::Latest(n)),
            _ => Err("expected `all` or `latest=` and a number"),
        }
    }
}

/// An address that a site can stand at: its slash at the end may be forgotten.
fn base_url(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| format!("no absolute address: {error}"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err("expected an address that begins with https: or http:".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        url.set_query(None);
        url.set_fragment(None);
        return Err(format!(
            "a site stands at a path, and not at what is behind `?` or `#`; write {url}"
        ));
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// Carries the command out.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let began = Instant::now();
    let mut report = Report::default();
    let done = run::run(arguments, &mut report)?;
    let mut text = String::new();
    for warning in &done.warnings {
        text.push_str(&format!("warning: {warning}\n"));
    }
    let changes = done.changes;
    let seconds = began.elapsed().as_secs_f64();
    text.push_str(&format!(
        "{} articles, {} files, {} in {seconds:.1} s",
        done.n_articles,
        changes.n_written + changes.n_linked,
        size(changes.n_bytes),
    ));
    if let Some(peak) = progress::peak_memory() {
        text.push_str(&format!(", {} of memory at most", size(peak)));
    }
    text.push_str(&format!(
        "\n{} files written, {} as they were, {} removed\n",
        changes.n_written, changes.n_linked, changes.n_removed
    ));
    if report.bad_articles > 0 {
        text.push_str(&format!(
            "something is wrong with {} of {} articles; see above, or `offprint check`\n",
            report.bad_articles, report.articles
        ));
    }
    let mut stderr = anstream::stderr().lock();
    std::io::Write::write_all(&mut stderr, text.as_bytes())
        .context("standard error cannot be written")?;
    Ok(match report.has_errors() {
        true => ExitCode::from(1),
        false => ExitCode::SUCCESS,
    })
}

/// Builds a site that somebody looks at once more, of these inputs and with the options that it was built with.
pub fn again(inputs: &[String], out: &Path) -> Result<()> {
    let arguments = options::Options::read(out)?.arguments(inputs, out)?;
    run(&arguments).map(|_| ())
}

/// The files beside the inputs that such a build is made of: `offprint.toml`, and what it or the command line names.
pub fn beside(inputs: &[String], out: &Path) -> Result<Vec<PathBuf>> {
    run::beside(&options::Options::read(out)?.arguments(inputs, out)?)
}

/// A number of bytes in words.
fn size(n_bytes: u64) -> String {
    match n_bytes {
        0..10_000 => format!("{n_bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", n_bytes / 1_000),
        _ => format!("{} MB", n_bytes / 1_000_000),
    }
}
