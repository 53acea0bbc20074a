//! `offprint import`: articles of other formats → a collection, and a report of everything that did not come along.
//!
//! 1. `detect` tells what a source is, unless `--from` says so;
//! 2. a module for each format turns it into [`Draft`]s and [`Edition`] fields, and tells [`Losses`] what it leaves out;
//! 3. bodies in HTML go through `html` into the content tree, and from there become Markdown; `sections` splits them at
//!    their headings;
//! 4. the collection is written, and read once more by the reader's own eyes: what it would complain about is reported.

mod ans;
mod apple_news;
mod atom;
mod blocks;
mod date_in_words;
mod draft;
mod front_matter;
mod ghost;
mod headings;
pub mod html;
mod html_page;
mod ids;
mod json_feed;
mod json_ld;
mod kind;
mod losses;
mod plain_page;
mod rss;
#[cfg(test)]
mod samples;
mod sections;
mod source;
mod wordpress;

pub use draft::{
    Candidate, Correction, Draft, Edition, Image, Imported, Person, Related, Section, Source,
};
pub use headings::{Field, Headings, Rule};
pub use kind::Kind;
pub use losses::{Loss, Losses};
pub use source::SourceFile;

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
