//! What was wrong with the inputs: [`Report`].

use crate::check::{self, Finding};
use crate::import::Loss;
use anyhow::{Context, Result};
use article::Severity;
use std::io::Write;

/// So many messages are kept; the rest are counted.
const MESSAGES_MAX: usize = 1_000;

/// What there is to say about the inputs, as `offprint check` and `offprint import` say it, and how much of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Files that were looked at.
    pub files: usize,
    /// Articles that were read.
    pub articles: usize,
    /// Articles that something is wrong with, or of which nothing could be read.
    pub bad_articles: usize,
    /// Errors in files of our own format.
    pub errors: usize,
    /// Warnings about them.
    pub warnings: usize,
    /// Things in files of other formats that have no place in ours.
    pub losses: usize,
    /// Files that could not be read at all.
    pub failures: usize,
    /// Messages that were not kept.
    pub not_listed: usize,
    n_kept: usize,
    messages: Vec<String>,
}

impl Report {
    /// Whether a strict build stops: something was wrong, or could not be read.
    pub fn has_errors(&self) -> bool {
        self.errors > 0 || self.failures > 0
    }

    /// The messages since the last call, in the order in which they were met. They are styled: who prints them strips the
    /// styles where they are not wanted ([`Report::print`] does).
    pub fn take_messages(&mut self) -> Vec<String> {
        std::mem::take(&mut self.messages)
    }

    /// Writes the messages since the last call to standard error.
    pub fn print(&mut self) -> Result<()> {
        let mut stderr = anstream::stderr().lock();
        for message in self.take_messages() {
            writeln!(stderr, "{message}").context("standard error cannot be written")?;
        }
        Ok(())
    }

    pub(super) fn find(&mut self, name: &str, bytes: &[u8], finding: &Finding) {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning | Severity::Advice => self.warnings += 1,
        }
        self.say(|| check::draw(name, bytes, finding) + "\n");
    }

    /// An article stands under another id than it has.
    pub(super) fn rename(&mut self, origin: &str, id: &str, name: &str) {
        self.warnings += 1;
        self.say(|| {
            format!(
                "warning: {origin}: the id {id:?} cannot be the name of a folder, and the article stands in article/{name}/; give it an id of letters, digits and hyphens, such as \"{name}\""
            )
        });
    }

    pub(super) fn lose(&mut self, loss: &Loss) {
        self.losses += 1;
        self.say(|| loss.to_string());
    }

    pub(super) fn fail(&mut self, failure: &str) {
        self.failures += 1;
        self.say(|| format!("error: {failure}"));
    }

    fn say(&mut self, message: impl FnOnce() -> String) {
        // A million mistakes would be a million messages, whether they were taken meanwhile or not.
        if self.n_kept < MESSAGES_MAX {
            self.n_kept += 1;
            self.messages.push(message());
        } else {
            self.not_listed += 1;
        }
    }
}
