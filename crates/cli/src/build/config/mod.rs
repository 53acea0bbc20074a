//! `offprint.toml`: what a publisher says of a site.
//!
//! Entry points: [`find`] looks for the file, [`read`] reads it. All mistakes are found at once, each with its place, and
//! whatever is right is kept.
//!
//! 1. `table` goes through tables and values, and says what was expected where they are something else;
//! 2. `fields` knows the keys and checks what they say;
//! 3. `colors` checks colours, fonts and widths, makes CSS of them, and computes contrasts;
//! 4. `theme` checks the publisher's own style sheet.

mod colors;
mod fields;
mod table;
#[cfg(test)]
mod tests;
pub(super) mod theme;

use super::Site;
use crate::check::{self, Finding};
use anyhow::{Context, Result, bail};
use article::{Severity, nearest_name};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const FILE: &str = "offprint.toml";

/// What the file says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The title is empty where the file has none.
    pub site: Site,
    /// Custom properties of `[colors]`, `[fonts]` and `[widths]`, and then the publisher's own style sheet.
    pub theme_css: Option<String>,
    /// Where it stands.
    pub file: Option<PathBuf>,
    /// The publisher's own style sheet.
    pub theme_file: Option<PathBuf>,
    /// The file of the logo, where it is not elsewhere on the web: it has to come into the site.
    pub logo_file: Option<PathBuf>,
    /// The categories that `[categories]` names, and where.
    pub categories: Vec<NamedCategory>,
    /// So many articles stand on one page of a list.
    pub per_page: Option<usize>,
    /// Only so many articles, the newest, have pages of their own.
    pub latest: Option<usize>,
    /// Nothing is kept for reading without a network.
    pub no_offline: bool,
    /// So many of the newest articles are kept by everybody.
    pub offline_articles: Option<usize>,
}

/// A category that the file names.
#[derive(Clone, Debug)]
pub struct NamedCategory {
    name: String,
    path: String,
    span: Range<usize>,
}

/// What the file says, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// As far as it was right.
    pub config: Config,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    name: String,
    text: String,
}

impl Reading {
    /// Whether something could not be taken as it was written.
    pub fn has_errors(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.severity == Severity::Error)
    }

    /// Adds a warning for each category that is named, and that no article has: what there is can only be known when all
    /// articles are read.
    pub fn compare(&mut self, categories: &[Box<str>]) {
        let mut findings = table::Findings::new(&self.text);
        for named in &self.config.categories {
            if categories.iter().any(|known| **known == *named.name) {
                continue;
            }
            let names = categories.iter().map(|name| &**name);
            findings.warn(table::Remark {
                code: table::code::UNKNOWN_CATEGORY,
                path: &named.path,
                span: named.span.clone(),
                expected: "a category that articles have",
                found: format!("\"{}\"", named.name),
                help: nearest_name(names, &named.name)
                    .map(|name| format!("did you mean \"{name}\"?")),
            });
        }
        let more = findings.into_list();
        self.findings.extend(more);
    }

    /// The findings as `offprint check` draws them, styled.
    pub fn messages(&self) -> Vec<String> {
        let draw = |finding| check::draw(&self.name, self.text.as_bytes(), finding) + "\n";
        self.findings.iter().map(draw).collect()
    }
}

/// The file that the command line names; else the one in the folder of the first input, or beside that folder.
pub fn find(given: Option<&Path>, inputs: &[String]) -> Result<Option<PathBuf>> {
    if let Some(given) = given {
        if !given.is_file() {
            bail!("{}: there is no such file", given.display());
        }
        return Ok(Some(given.to_path_buf()));
    }
    let Some(input) = inputs.first().filter(|input| *input != "-") else {
        return Ok(None);
    };
    let input = Path::new(input);
    let around = |path: &Path| match path.parent() {
        Some(parent) => parent.join(FILE),
        None => PathBuf::from(FILE),
    };
    let places = match input.is_dir() {
        true => vec![input.join(FILE), around(input)],
        false => vec![around(input)],
    };
    Ok(places.into_iter().find(|place| place.is_file()))
}

/// Reads the file. Only a file that cannot be read is an error.
pub fn read(path: &Path) -> Result<Reading> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(parse(&name, text, folder))
}

/// Reads its text; files that it names are looked for in the folder.
pub fn parse(name: &str, text: String, folder: &Path) -> Reading {
    let mut findings = table::Findings::new(&text);
    let (table, errors) = toml::de::DeTable::parse_recoverable(&text);
    for error in &errors {
        findings.syntax(error.message(), error.span());
    }
    let config = fields::read(table.get_ref(), folder, &mut findings);
    let findings = findings.into_list();
    Reading {
        config,
        findings,
        name: name.to_string(),
        text,
    }
}
