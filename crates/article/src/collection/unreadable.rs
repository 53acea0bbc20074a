//! Why a file cannot be read at all: [`Unreadable`].

use std::fmt;

/// Nothing of a file can be shown, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// It is longer than 4 GiB.
    TooLong,
    /// It is packed: `gzip`, `zip`, …
    Packed(&'static str),
    /// It is text in another encoding than UTF-8: `UTF-16`.
    Encoding(&'static str),
    /// It is no JSON.
    NotJson {
        /// One-based.
        line: u32,
        /// One-based, in characters.
        column: u32,
        /// What stands there.
        found: String,
        /// It seems to be a web page, as many servers send for a missing file.
        looks_like_html: bool,
    },
    /// It is JSON, but neither a collection nor an article.
    NotACollection {
        /// What it is.
        found: String,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Empty => f.write_str(
                "the file is empty; a collection looks like {\"version\": 1, \"articles\": […]}",
            ),
            Unreadable::TooLong => f.write_str("the file is longer than 4 GiB; divide it into several collections"),
            Unreadable::Packed(kind) => {
                write!(f, "the file is packed ({kind}); unpack it, or let the server say `Content-Encoding: gzip`")
            }
            Unreadable::Encoding(kind) => write!(f, "the file is written in {kind}; save it as UTF-8"),
            Unreadable::NotJson { looks_like_html: true, .. } => f.write_str(
                "expected a collection of articles in JSON, found a web page; check the address of the file: servers \
                 often send a page in place of a file that is missing",
            ),
            Unreadable::NotJson { line, column, found, .. } => write!(
                f,
                "expected a collection of articles in JSON, found {found} (line {line}, column {column}); check that \
                 the file is the right one and was written by a JSON tool"
            ),
            Unreadable::NotACollection { found } => write!(
                f,
                "expected a collection of articles, found {found}; a collection looks like {{\"version\": 1, \
                 \"articles\": […]}}"
            ),
        }
    }
}

impl std::error::Error for Unreadable {}
