//! [`Options`]: what a site was built with, in `.offprint/options` of it, so that `offprint serve --watch` builds the same again.
//!
//! Files are named from the folder of the site on: folder and files may be moved together.

use super::output::PRIVATE;
use super::{Arguments, Layout, Pages, base_url};
use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// What shapes a site beside its inputs, as the command line has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    runtime: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<String>,
    compress: bool,
    strict: bool,
    #[serde(skip_serializing_if = "is_usual")]
    no_offline: bool,
}

impl Options {
    /// Those of a build into the folder `site`.
    pub fn of(arguments: &Arguments, site: &Path) -> Options {
        let file = |path: &Option<PathBuf>| path.as_deref().map(|path| relative(path, site));
        let layout = arguments.layout.to_possible_value();
        Options {
            base_url: arguments.base_url.as_ref().map(url::Url::to_string),
            layout: layout.map(|layout| layout.get_name().to_owned()),
            config: file(&arguments.config),
            theme: file(&arguments.theme),
            runtime: file(&arguments.runtime),
            pages: arguments.pages.map(|pages| match pages {
                Pages::All => "all".to_owned(),
                Pages::Latest(n) => format!("latest={n}"),
            }),
            compress: !arguments.no_compress,
            strict: arguments.strict,
            no_offline: arguments.no_offline,
        }
    }

    /// Those that the site in a folder was built with; without a site the usual ones, and no compressed copies, which nobody
    /// waits for who looks at it.
    pub fn read(site: &Path) -> Result<Options> {
        let path = site.join(PRIVATE).join("options");
        let text = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Options::default()),
            text => text.with_context(|| format!("{} cannot be read", path.display()))?,
        };
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))
    }

    /// The text of the file.
    pub fn text(&self) -> Result<String> {
        let text = serde_json::to_string_pretty(self).context("the options cannot be written")?;
        Ok(text + "\n")
    }

    /// The arguments for building the site again, of these inputs.
    pub fn arguments(self, inputs: &[String], site: &Path) -> Result<Arguments> {
        // A link to the folder is where it leads.
        let folder = fs::canonicalize(site).unwrap_or_else(|_| site.to_path_buf());
        let file = |path: Option<PathBuf>| path.map(|path| folder.join(path));
        let bad = |what: &str| format!("{PRIVATE}/options of {}: {what}", site.display());
        let parsed = |text: String| base_url(&text).map_err(anyhow::Error::msg);
        let layout = match &self.layout {
            Some(name) => Layout::from_str(name, false)
                .map_err(anyhow::Error::msg)
                .with_context(|| bad("layout"))?,
            None => Layout::default(),
        };
        let pages = self.pages.as_deref().map(str::parse).transpose();
        Ok(Arguments {
            inputs: inputs.to_vec(),
            out: site.to_path_buf(),
            base_url: (self.base_url.map(parsed).transpose()).with_context(|| bad("base_url"))?,
            layout,
            jobs: 0,
            memory: 1024,
            strict: self.strict,
            config: file(self.config),
            theme: file(self.theme),
            pages: pages
                .map_err(anyhow::Error::msg)
                .with_context(|| bad("pages"))?,
            no_compress: !self.compress,
            no_offline: self.no_offline,
            runtime: file(self.runtime),
        })
    }
}

/// A mark that is not set.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_usual(mark: &bool) -> bool {
    !*mark
}

/// The way to a file from a folder; the whole path where there is none, as on another drive.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let n_common = (path.components().zip(folder.components()))
        .take_while(|(one, other)| one == other)
        .count();
    if n_common == 0 {
        return path;
    }
    let up = folder
        .components()
        .skip(n_common)
        .map(|_| Component::ParentDir);
    up.chain(path.components().skip(n_common)).collect()
}
