//! What is wrong with an input: [`Problem`], a value that names place, expectation and cure.
//!
//! A problem never stops the reading. Its wording is in `Display`, its parts are fields.

use crate::code::Code;
use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something could not be shown as it was written.
    Error,
    /// Everything is shown, but it is probably not what was meant.
    Warning,
    /// Nothing is wrong, but readers would be served better otherwise. Reading finds none; [`advise`](crate::advice::advise)
    /// does.
    Advice,
}

/// One thing that is wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of mistake it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The article it was found in; `None` for the collection itself.
    pub article: Option<ArticleName>,
    /// Where in the data: `articles[3].sections[1].body`; empty for the whole file.
    pub path: String,
    /// The byte that line and column are about.
    pub at: u32,
    /// One-based line, 0 where it is not known.
    pub line: u32,
    /// One-based column in characters, 0 where it is not known.
    pub column: u32,
    /// What would have been right: `a list of texts`.
    pub expected: String,
    /// What was there: `the text "one, two"`.
    pub found: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Which article a problem belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleName {
    /// Its position in the file, counted from 0 over everything that stands in the list.
    pub ix: u32,
    /// Its title, else its id, else empty.
    pub title: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.path.is_empty() {
            "the file"
        } else {
            &self.path
        })?;
        if self.line > 0 {
            f.write_str(" (line ")?;
            self.line.fmt(f)?;
            f.write_str(", column ")?;
            self.column.fmt(f)?;
            f.write_str(")")?;
        }
        f.write_str(": expected ")?;
        f.write_str(&self.expected)?;
        f.write_str(", found ")?;
        f.write_str(&self.found)?;
        if let Some(help) = &self.help {
            f.write_str("; ")?;
            f.write_str(help)?;
        }
        Ok(())
    }
}
