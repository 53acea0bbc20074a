//! What a site is made of: [`read`] gives one article after the other to a [`Sink`].
//!
//! 1. Files are taken in the order of the command line, those of folders in the order of their paths; `stream` opens and
//!    unpacks them.
//! 2. `native` tells by a file's beginning whether it is Offprint's own. Such a file may be of any size: `pieces` cuts it into
//!    some MiB of whole articles each, and the reader of collections reads piece after piece.
//! 3. Everything else is read by [`import`], whole, and what that gives is read as a file of ours.
//! 4. `join` puts the files together: one edition, and an id that no other article has. `compact` writes the article's JSON.
//! 5. Whatever is wrong goes into the [`Report`], and never hides the articles beside it.

mod compact;
mod join;
mod native;
mod pieces;
mod report;
mod scan;
mod stream;
#[cfg(test)]
mod tests;

pub(crate) use native::is_native;
pub use report::Report;

use crate::import::{self, Opened, Settings};
use anyhow::Result;
use article::{Article, Edition};
use join::{Join, Source};
use native::Look;
use pieces::Pieces;
use std::path::{Path, PathBuf};
use stream::Stream;
use url::Url;

/// So many bytes of a file are read at a time, and somewhat more where an article does not end there.
const PIECE: usize = 4 << 20;

/// An article on its way into a site.
#[derive(Debug)]
pub struct Incoming {
    /// With an id that no other article has.
    pub article: Article,
    /// Its object in a collection: JSON without spaces, with that id.
    pub json: String,
    /// The folder of its file: relative addresses of pictures start here.
    pub folder: PathBuf,
    /// Where it stands, for messages: `articles.json:17`, or the file alone.
    pub origin: String,
}

/// Who takes the articles.
pub trait Sink {
    /// What the articles' collections say of themselves, joined: once before the first article, and again whenever a
    /// later file (or the end of the same one) says more. The last call counts.
    fn edition(&mut self, edition: &Edition) -> Result<()>;

    /// The next article. An error ends the reading.
    fn article(&mut self, article: Incoming) -> Result<()>;
}

/// Reads all inputs (files, folders, and `-` for standard input). `base` is where relative addresses begin in files
/// that do not say so and are not of our own format. Only an error of the sink is an error; everything else is in the report.
pub fn read(
    inputs: &[String],
    base: Option<&Url>,
    sink: &mut dyn Sink,
    report: &mut Report,
) -> Result<()> {
    let settings = Settings {
        base: base.map(Url::to_string),
        ..Settings::default()
    };
    let mut join = Join::new(sink);
    for input in inputs {
        if input == "-" {
            let stream = Stream::new(Box::new(std::io::stdin()));
            file("-", false, stream, &settings, &mut join, report)?;
            continue;
        }
        let path = Path::new(input);
        let is_folder = path.is_dir();
        let (files, unlisted) = import::find(path);
        for path in files {
            let name = path.display().to_string();
            let stream = Stream::open(&path);
            file(&name, is_folder, stream, &settings, &mut join, report)?;
        }
        for (folder, error) in unlisted {
            report.fail(&format!(
                "{}: it cannot be listed: {error}",
                folder.display()
            ));
        }
    }
    Ok(())
}

/// Reads a file. `is_guess`: it was found in a folder, among others that may not be meant.
fn file(
    name: &str,
    is_guess: bool,
    stream: std::io::Result<Stream>,
    settings: &Settings,
    join: &mut Join,
    report: &mut Report,
) -> Result<()> {
    report.files += 1;
    let mut stream = match stream {
        Ok(stream) => stream,
        Err(error) => {
            report.fail(&format!("{name}: it cannot be read: {error}"));
            return Ok(());
        }
    };
    let folder = match name {
        "-" => PathBuf::new(),
        _ => Path::new(name)
            .parent()
            .map_or(PathBuf::new(), Path::to_path_buf),
    };
    let source = Source {
        name,
        folder: &folder,
        has_lines: true,
    };
    if let Look::Native { list } = native::look(stream.head()) {
        return join.pieces(&source, Pieces::of_stream(stream, list, PIECE), report);
    }
    let bytes = match stream.rest(import::UNPACKED_MAX) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.fail(&format!("{name}: it cannot be read: {error}"));
            return Ok(());
        }
    };
    if native::is_native(name, &bytes) {
        return join.pieces(&source, Pieces::whole(bytes), report);
    }
    let opened = Opened {
        name: name.to_string(),
        bytes,
        is_guess,
    };
    let outcome = import::import(std::slice::from_ref(&opened), settings);
    drop(opened);
    for failure in &outcome.failures {
        report.fail(failure);
    }
    for loss in outcome.losses.list() {
        report.lose(loss);
    }
    let json = import::to_json(outcome.imported)?;
    let source = Source {
        has_lines: false,
        ..source
    };
    join.pieces(&source, Pieces::whole(json), report)
}
