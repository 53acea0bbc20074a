//! `offprint import`: articles of other formats → a collection, and a report of everything that did not come along.
//!
//! 1. `open` finds the files and unpacks them, `detect` tells what each is, unless `--from` says so;
//! 2. a module for each format turns it into [`Draft`]s and [`Edition`] fields, and tells [`Losses`] what it leaves out;
//! 3. bodies in HTML go through `html` into the content tree, and from there become Markdown; `sections` splits them at
//!    their headings;
//! 4. `finish` checks what the formats gave, `ids` makes ids unique;
//! 5. the collection is written, and read once more by the reader's own eyes: what it would complain about is reported.

mod ans;
mod apple_news;
mod atom;
mod blocks;
mod date_in_words;
mod dates;
mod detect;
mod draft;
mod fields;
mod finish;
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
mod media;
mod native;
mod of_article;
mod open;
mod page_text;
mod plain_page;
#[cfg(test)]
#[path = "tests/reading.rs"]
mod reading;
mod rss;
mod sections;
mod source;
#[cfg(test)]
mod tests;
mod text_body;
mod wordpress;
mod xml;

pub(crate) use detect::{json as kind_of_json, kind as kind_of};
pub use draft::{
    Candidate, Correction, Draft, Edition, Image, Imported, Person, Related, Section, Source,
};
pub use headings::{Field, Headings, Rule};
pub use kind::Kind;
pub use losses::{Loss, Losses};
pub(crate) use native::OWN;
pub(crate) use of_article::read_alone;
pub(crate) use open::UNPACKED_MAX;
pub use open::{Opened, find, open};
pub use source::SourceFile;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Turns feeds, exports, web pages and Markdown into a collection. What cannot come along is reported on standard error.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Files, folders (everything in them that is of a known kind), or - for standard input; gzip is unpacked
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// Write the collection here, - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the sources are, where it should not be guessed from their content
    #[arg(long, value_name = "KIND")]
    from: Option<Kind>,
    /// Fail if anything was dropped
    #[arg(long)]
    strict: bool,
    /// Where relative addresses begin, where the source does not say
    #[arg(long, value_name = "URL")]
    base_url: Option<url::Url>,
    /// A heading that stands for a field: risks="What can go wrong"; none=… takes one away
    #[arg(long = "heading", value_name = "FIELD=HEADING")]
    headings: Vec<Rule>,
}

/// What an import gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Everything that was read.
    pub imported: Imported,
    /// Everything that was not.
    pub losses: Losses,
    /// The sources that could not be read at all, and why.
    pub failures: Vec<String>,
}

/// How sources are read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What they are, where it is not to be guessed.
    pub from: Option<Kind>,
    /// Where relative addresses begin, where the source does not say.
    pub base: Option<String>,
    /// Which headings stand for fields.
    pub headings: Headings,
}

/// Carries it out.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let settings = Settings {
        from: arguments.from,
        base: arguments.base_url.as_ref().map(url::Url::to_string),
        headings: Headings::with(arguments.headings.clone()),
    };
    let mut opened = Vec::new();
    let mut failures = Vec::new();
    for source in &arguments.sources {
        open(source, &mut opened, &mut failures);
    }
    if let Some(output) = &arguments.output
        && let Ok(output) = output.canonicalize()
        && let Some(source) = opened
            .iter()
            .find(|file| std::fs::canonicalize(&file.name).is_ok_and(|path| path == output))
    {
        bail!(
            "{} is one of the sources; write the collection elsewhere",
            source.name
        );
    }
    let n_sources = opened.len() + failures.len();
    let mut outcome = import(&opened, &settings);
    outcome.failures.splice(0..0, failures);
    for loss in outcome.losses.list() {
        eprintln!("{loss}");
    }
    for failure in &outcome.failures {
        eprintln!("error: {failure}");
    }
    let n_articles = outcome.imported.articles.len();
    let n_losses = outcome.losses.list().len();
    if n_articles > 0 {
        let bytes = to_json(outcome.imported)?;
        let problems = problems(&bytes);
        if !problems.is_empty() {
            // The importers are to give what the reader takes; where they do not, it must not go unseen.
            bail!(
                "the collection would not be right, which is a fault of this program:\n{}",
                problems.join("\n")
            );
        }
        open::write(arguments.output.as_deref(), &bytes)?;
    }
    eprintln!(
        "{} imported, {} dropped, {} of {} could not be read",
        counted(n_articles, "article"),
        counted(n_losses, "thing"),
        outcome.failures.len(),
        counted(n_sources, "source"),
    );
    // Without articles nothing was written: whoever waits for the collection should know.
    let has_failed =
        n_articles == 0 || !outcome.failures.is_empty() || arguments.strict && n_losses > 0;
    Ok(ExitCode::from(u8::from(has_failed)))
}

/// Reads sources and puts them together. What cannot be read is a failure, and the others are read all the same.
pub fn import(opened: &[Opened], settings: &Settings) -> Outcome {
    let mut outcome = Outcome::default();
    for file in opened {
        let source = SourceFile {
            name: &file.name,
            bytes: &file.bytes,
            base: settings.base.clone(),
            headings: &settings.headings,
        };
        let mut losses = Losses::of(&file.name);
        match read(&source, settings.from, &mut losses) {
            // A draft was told, and a file may be about its folder.
            Ok(imported)
                if imported.articles.is_empty()
                    && imported.edition == Edition::default()
                    && losses.list().is_empty() =>
            {
                outcome
                    .failures
                    .push(format!("{}: there are no articles in it", file.name));
            }
            Ok(imported) => {
                finish::join(&mut outcome.imported, imported, &mut losses);
                outcome.losses.append(losses);
            }
            Err(_)
                if file.is_guess
                    && settings.from.is_none()
                    && detect::kind(&source).is_err()
                    && !detect::is_meant(&source) =>
            {
                losses.tell(
                    "the file",
                    "the file",
                    "it is of no kind that can be imported",
                );
                outcome.losses.append(losses);
            }
            Err(error) => outcome.failures.push(format!("{}: {error:#}", file.name)),
        }
    }
    let mut losses = Losses::of("the collection");
    ids::make_unique(&mut outcome.imported.articles, &mut losses);
    outcome.losses.append(losses);
    outcome
}

fn read(source: &SourceFile, from: Option<Kind>, losses: &mut Losses) -> Result<Imported> {
    let kind = match from {
        Some(kind) => kind,
        None => detect::kind(source).map_err(anyhow::Error::msg)?,
    };
    let mut imported = kind.read(source, losses).with_context(|| {
        format!(
            "it cannot be read as {kind}{}",
            match from {
                Some(_) => "",
                None => "; --from tells what it is, where this is not it",
            }
        )
    })?;
    finish::check(&mut imported, losses);
    Ok(imported)
}

/// The collection as it is written.
pub fn to_json(imported: Imported) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Collection {
        version: u32,
        #[serde(flatten)]
        imported: Imported,
    }
    let collection = Collection {
        version: article::FORMAT_VERSION,
        imported,
    };
    let mut bytes = serde_json::to_vec_pretty(&collection).context("the collection is no JSON")?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What the reader would say to a collection.
pub fn problems(bytes: &[u8]) -> Vec<String> {
    match article::read_collection(bytes.to_vec()) {
        Ok(collection) => collection
            .problems()
            .iter()
            .map(|p| p.to_string())
            .collect(),
        Err(unreadable) => vec![unreadable.to_string()],
    }
}

fn counted(n: usize, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}
