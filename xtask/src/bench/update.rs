//! `cargo xtask bench update`: what an article more costs a reader who has the version before.
//!
//! A site is built of a corpus and another of the same with one article more, the newest. What the version manifest of
//! the second names and that of the first does not is what a service worker fetches; each file is weighed as Brotli leaves it.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

use super::{Temporary, offprint};
use crate::program;
use crate::sizes::compressed_size;
use crate::workspace;

/// The corpus where none is given, beside the repository.
const CORPUS: &str = "../shared/data/corpora/reuters-21578.json.gz";

/// What an article more may cost, in bytes.
const BUDGET: u64 = 30_000;

/// The id of the article more.
const NEW: &str = "one-article-more";

/// The pointer, asked for at each visit.
const POINTER: &str = "data/edition.json";

/// What to measure.
#[derive(Debug, Default)]
pub struct UpdateOptions {
    /// Another collection than the shared one: JSON, plain or gzipped.
    pub corpus: Option<PathBuf>,
    /// The command `offprint`, where it is not the one that `cargo xtask dist` built.
    pub command: Option<PathBuf>,
}

/// Builds both sites, prints the table, and fails where it is more than the budget.
pub fn update(options: &UpdateOptions) -> Result<()> {
    let shared = || workspace::root().join(CORPUS);
    let corpus = options.corpus.clone().unwrap_or_else(shared);
    if options.corpus.is_none() && !corpus.exists() {
        println!(
            "skipped: the shared corpus is not beside the repository; give one with --corpus FILE"
        );
        return Ok(());
    }
    let offprint = offprint(options.command.as_deref())?;
    let mut collection = collection(&corpus)?;
    let folder = Temporary::new()?;
    let before = Site::of(&collection, &offprint, &folder.0.join("before"))?;
    add_one(&mut collection)?;
    let after = Site::of(&collection, &offprint, &folder.0.join("after"))?;
    let (rows, total) = rows(&before, &after)?;
    println!("\n| | files | raw | compressed |\n|---|---:|---:|---:|");
    for row in &rows {
        println!("{}", row.line());
    }
    println!("{}", total.line());
    if total.n_compressed > BUDGET {
        bail!("{} bytes are fetched, of {BUDGET}", total.n_compressed);
    }
    Ok(())
}

fn collection(path: &Path) -> Result<Value> {
    let mut bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(&*bytes)
            .read_to_end(&mut unpacked)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
        bytes = unpacked;
    }
    serde_json::from_slice(&bytes).with_context(|| format!("{} is no JSON", path.display()))
}

/// Puts one article more in front: the first one once more, with all its words, so that it has much in common with others.
fn add_one(collection: &mut Value) -> Result<()> {
    let articles = collection.get_mut("articles").and_then(Value::as_array_mut);
    let articles = articles.context("the collection has no list of articles")?;
    let mut one = articles.first().cloned().context("there is no article")?;
    one["id"] = NEW.into();
    one["published"] = "2100-01-01".into();
    articles.insert(0, one);
    Ok(())
}

/// A site that was built.
struct Site {
    folder: PathBuf,
    /// What the pointer says.
    pointer: Value,
    /// The version manifest.
    version: Value,
}

/// A file of a version.
struct File<'a> {
    path: &'a str,
    hash: &'a str,
}

impl Site {
    fn of(collection: &Value, offprint: &Path, folder: &Path) -> Result<Site> {
        let input = folder.with_extension("json");
        fs::write(&input, collection.to_string())
            .with_context(|| format!("cannot write {}", input.display()))?;
        let mut build = Command::new(offprint);
        build
            .arg("build")
            .arg(&input)
            .args(["--pages", "latest=300", "--no-compress", "--out"])
            .arg(folder);
        program::run(&mut build)?;
        let json = |path: &str| -> Result<Value> {
            let path = folder.join(path);
            let text =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))
        };
        let pointer = json(POINTER)?;
        let version = json(&manifest(&pointer)?)?;
        Ok(Site {
            folder: folder.to_owned(),
            pointer,
            version,
        })
    }

    /// What a service worker has of the version: all that is needed for anything, and the newest articles.
    fn files(&self) -> Vec<File<'_>> {
        let articles = self.version["articles"].as_array().into_iter().flatten();
        let lists = articles.map(|article| &article["files"]);
        let files = [&self.version["app"]].into_iter().chain(lists);
        files
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(|file| {
                Some(File {
                    path: file[0].as_str()?,
                    hash: file[1].as_str()?,
                })
            })
            .collect()
    }

    /// How long a file is, and how long compressed.
    fn lengths(&self, path: &str) -> Result<[u64; 2]> {
        let mut path = path.to_owned();
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        }
        let bytes =
            fs::read(self.folder.join(&path)).with_context(|| format!("there is no {path}"))?;
        let compressed = compressed_size(&bytes)?;
        Ok([bytes.len(), compressed].map(|n| n as u64))
    }

    /// What a file is to a reader.
    fn kind(&self, path: &str) -> &'static str {
        let index = self.pointer["index"].as_str().unwrap_or_default();
        match path {
            "" => "front page",
            _ if path.starts_with(&format!("article/{NEW}/")) => "the new article: page and JSON",
            _ if path.starts_with("article/") => "pages of others",
            _ if path == format!("data/{index}.bin") => "index of the edition",
            _ if path.starts_with("data/") => "cards, articles and tables of the data",
            _ => "everything else",
        }
    }
}

/// Where the version manifest is.
fn manifest(pointer: &Value) -> Result<String> {
    let name = pointer["offline"].as_str();
    let name = name.context("the site has no version manifest")?;
    Ok(format!("data/{name}.json"))
}

/// Some files that are fetched.
#[derive(Default)]
struct Row {
    kind: &'static str,
    n_files: usize,
    n_raw: u64,
    n_compressed: u64,
}

impl Row {
    fn take(&mut self, [raw, compressed]: [u64; 2]) {
        self.n_files += 1;
        self.n_raw += raw;
        self.n_compressed += compressed;
    }

    fn line(&self) -> String {
        let Row {
            kind,
            n_files,
            n_raw,
            n_compressed,
        } = self;
        format!("| {kind} | {n_files} | {n_raw} | {n_compressed} |")
    }
}

/// What is fetched after the version before, by kind, and all of it.
fn rows(before: &Site, after: &Site) -> Result<(Vec<Row>, Row)> {
    let mut known: HashSet<&str> = before.files().iter().map(|file| file.hash).collect();
    let manifest = manifest(&after.pointer)?;
    let mut fetched = vec![
        ("pointer", after.lengths(POINTER)?),
        ("version manifest", after.lengths(&manifest)?),
    ];
    for File { path, hash } in after.files() {
        if known.insert(hash) {
            fetched.push((after.kind(path), after.lengths(path)?));
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut total = Row {
        kind: "all",
        ..Row::default()
    };
    for (kind, lengths) in fetched {
        total.take(lengths);
        match rows.iter_mut().find(|row| row.kind == kind) {
            Some(row) => row.take(lengths),
            None => {
                let mut row = Row {
                    kind,
                    ..Row::default()
                };
                row.take(lengths);
                rows.push(row);
            }
        }
    }
    Ok((rows, total))
}
