//! JSON (RFC 8259) with places: every value knows the bytes it was written in.
//!
//! Entry point: `Parser::value`, which never fails. Small slips (a comma too many or too few, a raw line break in a text)
//! are noted as an `Oddity` and read over; after the first real `SyntaxError` it gives back what it has. `string` reads
//! texts and `written` finds the way back, `scan` finds its way through damaged JSON, `place` turns a byte position into a line and a column, and
//! `describe` puts values into words for a message.

mod describe;
mod parser;
mod place;
mod scan;
mod string;
mod written;

pub(crate) use describe::{describe, describe_at, last_path, path_at, short};
pub(crate) use parser::{Oddity, OddityKind, Parser, SyntaxError};
pub use place::Lines;
pub(crate) use scan::{resume_after, value_end};
pub(crate) use written::Written;

/// Values may stand this deep in one another; what is deeper is left out and reported. Reading is recursive, and the
/// stack of a WebAssembly module is 1 MiB; the format itself needs six levels.
pub const DEPTH_MAX: u32 = 64;

/// A value and the byte range it was written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned {
    /// What was written.
    pub value: Value,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was written: an exact text loses nothing and needs no float code in the browser.
    Number(String),
    /// A text, its escapes resolved.
    Text(String),
    /// A list.
    List(Vec<Spanned>),
    /// An object, its members in order; where a name stands twice, both are here and the last one counts.
    Object(Vec<Member>),
}

/// A name and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name, its escapes resolved.
    pub name: String,
    /// The byte where the name begins (its quotation mark).
    pub name_start: u32,
    /// The value.
    pub value: Spanned,
}

#[cfg(test)]
mod tests;
