//! `offprint search`: asks a built site as a browser does.
//!
//! 1. `files` reads the files of the site, only those that a browser would fetch, and remembers which;
//! 2. the engine of the browser (`offprint_search_worker::Session`) says which parts of the index it needs, until it answers;
//! 3. what the rows of the results need is read, and they are printed (`print`).
//!
//! The answer goes to standard output, and what a browser would have fetched (`--bytes`) behind it.

mod files;
mod print;

use anyhow::{Context, Result, bail};
use files::{Files, Step};
use offprint_search_worker::Session;
use packed::edition::{Index, part_path};
use packed::{Card, unpack};
use search::{Explanation, Hits, Snippet};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Searches a built site, as a browser does, and prints what it finds.
///
/// The query is what can be typed into the search box: words, "phrases", -words, category:, tag:, author:, title:, before:, after:,
/// sort:date. Only those files of the site are read that a browser would fetch.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the site.
    #[arg(value_name = "SITE")]
    pub site: PathBuf,
    /// What to look for. It may begin with a minus; behind `--` it may be anything, an option's name too.
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// Takes the last word for unfinished, as while somebody types.
    #[arg(long)]
    pub typing: bool,
    /// Says how each score came about.
    #[arg(long)]
    pub explain: bool,
    /// Lists what a browser would have fetched, with its bytes.
    #[arg(long)]
    pub bytes: bool,
    /// How many articles are printed.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}

/// The answer to a query.
#[derive(Debug, Default)]
struct Answer {
    hits: Hits,
    rows: Vec<Row>,
}

/// What is printed of an article.
#[derive(Debug)]
struct Row {
    card: Card,
    snippet: Snippet,
    explanation: Option<Explanation>,
}

/// Carries the command out: the exit code is 1 where nothing was found.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut files = Files::of(&arguments.site);
    let (index, runtime) = files.index()?;
    let answer = match &index.search {
        None => Answer::default(),
        Some(_) => ask(arguments, &index, &runtime, &mut files)?,
    };
    let mut text = print::answer(&answer);
    if arguments.bytes {
        text.push('\n');
        text.push_str(&print::fetched(&files.fetched));
    }
    let mut stdout = anstream::AutoStream::auto(io::stdout().lock());
    crate::print(&mut stdout, text.as_bytes())?;
    Ok(match answer.hits.docs.is_empty() {
        true => ExitCode::from(1),
        false => ExitCode::SUCCESS,
    })
}

fn ask(arguments: &Arguments, index: &Index, runtime: &str, files: &mut Files) -> Result<Answer> {
    let name = index.search.as_ref().context("there is no search")?;
    files.step(Step::Module);
    for module in [
        "search-worker.js",
        "offprint-search-worker.js",
        "offprint-search-worker_bg.wasm",
    ] {
        files.note(&format!("{runtime}{module}"));
    }
    files.step(Step::Query);
    let mut session = Session::default();
    let bytes = files.blob(index, &name.files)?;
    if !session.take_files(&bytes) {
        bail!("the list of the search's files is of another version than this program");
    }
    let mut parts = Parts {
        index,
        files,
        rounds: 0,
    };
    let query = &arguments.query;
    let hits = parts.until(&mut session, |session| {
        session.search(query, arguments.typing)
    })?;
    let mut rows = Vec::new();
    parts.files.step(Step::Query);
    for &doc in hits.docs.iter().take(arguments.limit) {
        let path = session.place(doc).context("a result is no article")?.path();
        let bytes = parts.files.data(&path)?;
        if !session.is_block_of(doc, &bytes) {
            bail!(
                "data/{path} is not the file of this name, or not all of it: build the site again"
            );
        }
        let row = parts.until(&mut session, |session| {
            session.row(doc, &bytes, SNIPPET_CHARS)
        })?;
        let explanation = match arguments.explain {
            true => Some(parts.until(&mut session, |session| session.explain(doc))?),
            false => None,
        };
        rows.push(Row {
            card: unpack(&row.card).context("a card is of another version than this program")?,
            snippet: row.snippet,
            explanation,
        });
    }
    Ok(Answer { hits, rows })
}

/// Characters of a passage, as in the browser.
const SNIPPET_CHARS: usize = 200;

/// More rounds than any query takes.
const ROUNDS_MAX: usize = 64;

/// The parts of the index, which are read as they are needed.
struct Parts<'a, 'f> {
    index: &'a Index,
    files: &'a mut Files<'f>,
    rounds: usize,
}

impl Parts<'_, '_> {
    /// Asks until nothing is missing.
    fn until<T>(
        &mut self,
        session: &mut Session,
        mut ask: impl FnMut(&mut Session) -> Option<T>,
    ) -> Result<T> {
        loop {
            if let Some(answer) = ask(session) {
                return Ok(answer);
            }
            self.rounds += 1;
            if self.rounds > ROUNDS_MAX {
                bail!("the index asks for the same parts again and again: build the site again");
            }
            // The manifest comes beside the list of files: there is nothing in that to wait for.
            if self.rounds > 1 {
                self.files.step(Step::Query);
            }
            let search = self.index.search.as_ref().context("there is no search")?;
            for part in session.needs() {
                let path = part_path(&search.stamp, &part);
                let bytes = self.files.data(&path)?;
                let loaded = session.load(&part, &bytes).map_err(anyhow::Error::msg);
                loaded.with_context(|| format!("data/{path}"))?;
            }
        }
    }
}
