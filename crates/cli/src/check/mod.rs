//! `offprint check`: everything that is wrong with files, and advice, each with its place.
//!
//! Entry point: [`run`].
//!
//! 1. `sources` reads files, folders and standard input;
//! 2. `imported` makes articles of files of other formats, as `offprint build` will; `pictures` knows what stands beside a file;
//! 3. `examine` lets the reader and `article::advice` say what they have to say about each, as [`Finding`]s with a code out
//!    of `codes`;
//! 4. `human` draws them with their lines (cut out by `window`), `machine` writes them as JSON.
//!
//! The report is what this command makes: it goes to standard output.

mod codes;
mod examine;
mod human;
mod imported;
mod machine;
mod pictures;
mod sources;
mod window;

pub use codes::{CODES, Code};
pub use examine::{Counts, Examined, Finding, Place};

use crate::clock;
use anyhow::Result;
use article::Severity;
use clap::{ArgAction, Args, ColorChoice, ValueEnum};
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Check articles: every mistake with its place, and advice.
///
/// The exit code is 0 where nothing is wrong (there may be advice, and warnings without --strict), 1 where something is,
/// and 2 where a file could not be read at all. docs/check.md explains every code.
#[derive(Args, Debug)]
pub struct Arguments {
    /// What `offprint build` takes: collections, articles, Markdown, feeds and so on, packed with gzip or not; a folder stands
    /// for everything in it and below that is of a known kind, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What the report is for
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail on warnings too; advice never fails
    #[arg(long)]
    strict: bool,
    /// Show only what fails
    #[arg(long, short)]
    quiet: bool,
    /// Say nothing of this kind; errors cannot be allowed
    #[arg(long, value_name = "CODE", value_parser = codes::allowed, action = ArgAction::Append)]
    allow: Vec<&'static str>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines with carets, for people
    Human,
    /// One document, for programs
    Json,
}

/// Carries it out.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let sources = sources::read(&arguments.files);
    let mut files = examine::all(sources, clock::today());
    for file in &mut files {
        file.leave_out(|finding| arguments.allow.contains(&finding.code));
    }
    let counts: Counts = files.iter().map(|file| file.counts).sum();
    let fails = |severity: Severity| match severity {
        Severity::Error => true,
        Severity::Warning => arguments.strict,
        Severity::Advice => false,
    };
    if arguments.quiet {
        for file in &mut files {
            file.findings.retain(|finding| fails(finding.severity));
        }
    }
    let is_wrong = counts.errors > 0 || arguments.strict && counts.warnings > 0;
    let output = match arguments.format {
        Format::Json => machine::write(&files, counts)?,
        Format::Human if arguments.quiet && !is_wrong => String::new(),
        Format::Human => human::write(&files, counts),
    };
    print(&output, arguments.color)?;
    Ok(ExitCode::from(match () {
        () if files.iter().any(|file| file.is_absent) => 2,
        () if is_wrong => 1,
        () => 0,
    }))
}

/// One finding in a file of this name and these bytes, drawn and styled.
pub(crate) fn draw(name: &str, bytes: &[u8], finding: &Finding) -> String {
    human::draw(&annotate_snippets::Renderer::styled(), name, bytes, finding)
}

/// Writes to standard output, without its styles where they are not wanted.
fn print(output: &str, color: ColorChoice) -> Result<()> {
    let choice = match color {
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
        // Programs that read the output get none, whatever the terminal's own variables say.
        ColorChoice::Auto if !io::stdout().is_terminal() => anstream::ColorChoice::Never,
        ColorChoice::Auto => anstream::ColorChoice::Auto,
    };
    let mut stdout = anstream::AutoStream::new(io::stdout().lock(), choice);
    crate::print(&mut stdout, output.as_bytes())
}
