//! What a search index costs at any size: `cargo run --release -p offprint-search --example scale -- 100000 FOLDER`.
//!
//! 1. Articles are made up ([`generator`]), added and written as files into FOLDER; time, memory, files and bytes are told.
//! 2. Queries of words by how rare they are, each with nothing loaded: files, bytes, and how often more had to be asked for.
//! 3. Queries typed letter by letter, with all of it loaded: times of the search alone.
//!
//! `cargo xtask bench scale` runs it. Nothing of it knows what a browser adds: results' texts, and the engine itself.

mod generator;

use generator::{Chance, Generator, rank_of, word};
use search::{Builder, Fields, Hits, Index, Needs, Part, Query};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Any: it only has to be the same in all parts.
const STAMP: u64 = 1;

/// From which words queries are drawn.
#[derive(Clone, Copy)]
enum Band {
    /// Among the 600 commonest, but for the very first.
    Common,
    /// Among the 5,000 commonest.
    Middle,
    /// In 5 to 50 articles.
    Rare,
    /// A common one with a letter missing.
    Mistyped,
}

impl Band {
    fn draw(self, n: u64, chance: &mut Chance) -> String {
        let (from, to) = match self {
            Band::Common | Band::Mistyped => (60, 600),
            Band::Middle => (600, 5_000),
            Band::Rare => (rank_of(n, 50), rank_of(n, 5)),
        };
        let mut drawn = word(from + chance.below(to - from), 0);
        if matches!(self, Band::Mistyped) {
            drawn.remove(2);
        }
        drawn
    }
}

/// Groups of cold queries: name, and the words of a query.
const GROUPS: [(&str, &[Band]); 6] = [
    ("one rare word", &[Band::Rare]),
    ("one common word", &[Band::Common]),
    ("rare and common", &[Band::Rare, Band::Common]),
    ("two of the middle", &[Band::Middle, Band::Middle]),
    ("two common words", &[Band::Common, Band::Common]),
    ("common, and one mistyped", &[Band::Common, Band::Mistyped]),
];
/// Queries of each.
const N_IN_GROUP: u64 = 40;
/// Queries that are typed.
const N_TYPED: u64 = 60;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: scale N FOLDER";
    let n: u64 = arguments.next().ok_or(usage)?.parse()?;
    let folder = PathBuf::from(arguments.next().ok_or(usage)?);
    fs::create_dir_all(&folder)?;
    build(n, &folder)?;
    cold(n, &folder)?;
    warm(&folder)
}

fn build(n: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut builder = Builder::new();
    let (mut adding, mut n_text) = (Duration::ZERO, 0);
    for made in Generator::new(n) {
        n_text += made.title.len() + made.body.len();
        let tags: Vec<&str> = made.tags.iter().map(String::as_str).collect();
        let began = Instant::now();
        builder.add(&Fields {
            title: &made.title,
            body: &made.body,
            category: Some(&made.category),
            tags: &tags,
            authors: &[&made.author],
            published: Some(made.published),
            language: "en",
            ..Fields::default()
        });
        adding += began.elapsed();
    }
    let began = Instant::now();
    let index = builder.finish();
    let finishing = began.elapsed();
    let n_words = index.n_words();
    let began = Instant::now();
    let (mut n_files, mut n_bytes, mut largest) = (0, 0, (0, String::new()));
    let mut failed = Ok(());
    index.write(STAMP, &mut |part, bytes| {
        n_files += 1;
        n_bytes += bytes.len();
        largest = largest.clone().max((bytes.len(), part.name()));
        if failed.is_ok() {
            failed = fs::write(file(folder, part), bytes);
        }
    });
    failed?;
    println!(
        "| articles | text, MB | words | add, s | finish, s | write, s | peak memory, MB | files | MB | largest file, kB |"
    );
    println!("|---{}|", "|---:".repeat(9));
    println!(
        "| {n} | {:.0} | {n_words} | {:.1} | {:.1} | {:.1} | {} | {n_files} | {:.1} | {:.0} ({}) |\n",
        n_text as f64 / 1e6,
        adding.as_secs_f64(),
        finishing.as_secs_f64(),
        began.elapsed().as_secs_f64(),
        peak_memory(),
        n_bytes as f64 / 1e6,
        largest.0 as f64 / 1e3,
        largest.1,
    );
    Ok(())
}

fn file(folder: &Path, part: Part) -> PathBuf {
    folder.join(part.name()).with_extension("bin")
}

/// The most memory that this program has had, in MB; a mark where the system does not tell.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| {
        line.trim()
            .trim_end_matches("kB")
            .trim()
            .parse::<f64>()
            .ok()
    });
    kilobytes.map_or_else(
        || "?".to_owned(),
        |kilobytes| format!("{:.0}", kilobytes * 1024.0 / 1e6),
    )
}

/// An index and what was read for it.
struct Opened<'a> {
    folder: &'a Path,
    index: Index,
    n_bytes: usize,
    n_files: usize,
    /// How often something was asked for, one after the other.
    depth: usize,
}

impl<'a> Opened<'a> {
    fn new(folder: &'a Path) -> Result<Opened<'a>, Box<dyn Error>> {
        let manifest = fs::read(file(folder, Part::Manifest))?;
        Ok(Opened {
            folder,
            index: Index::open(&manifest).map_err(|damage| damage.to_string())?,
            n_bytes: manifest.len(),
            n_files: 1,
            depth: 1,
        })
    }

    fn search(&mut self, query: &Query) -> Result<Hits, Box<dyn Error>> {
        loop {
            let parts = match self.index.search(query) {
                Ok(hits) => return Ok(hits),
                Err(Needs(parts)) => parts,
            };
            self.depth += 1;
            for part in parts {
                let bytes = fs::read(file(self.folder, part))?;
                (self.n_bytes, self.n_files) = (self.n_bytes + bytes.len(), self.n_files + 1);
                self.index
                    .load(part, &bytes)
                    .map_err(|damage| damage.to_string())?;
            }
        }
    }
}

fn cold(n: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut chance = Chance(3);
    println!(
        "| nothing loaded | files, median | most | kB, median | p95 | most | deep, median | most | hits, median |"
    );
    println!("|---{}|", "|---:".repeat(8));
    let (mut all_bytes, mut all_files, mut all_depths) = (Vec::new(), Vec::new(), Vec::new());
    for (name, bands) in GROUPS {
        let (mut bytes, mut files, mut depths, mut hits) = (vec![], vec![], vec![], vec![]);
        for _ in 0..N_IN_GROUP {
            let words: Vec<String> = bands.iter().map(|band| band.draw(n, &mut chance)).collect();
            let mut opened = Opened::new(folder)?;
            let found = opened.search(&Query::parse(&words.join(" "), true))?;
            bytes.push(opened.n_bytes as f64 / 1e3);
            files.push(opened.n_files as f64);
            depths.push(opened.depth as f64);
            hits.push(found.n_total as f64);
        }
        row(name, &mut bytes, &mut files, &mut depths, Some(&mut hits));
        all_bytes.append(&mut bytes);
        all_files.append(&mut files);
        all_depths.append(&mut depths);
    }
    row("all", &mut all_bytes, &mut all_files, &mut all_depths, None);
    println!();
    Ok(())
}

fn row(
    name: &str,
    bytes: &mut [f64],
    files: &mut [f64],
    depths: &mut [f64],
    hits: Option<&mut [f64]>,
) {
    println!(
        "| {name} | {} | {} | {:.0} | {:.0} | {:.0} | {} | {} | {} |",
        at(files, 0.5),
        at(files, 1.0),
        at(bytes, 0.5),
        at(bytes, 0.95),
        at(bytes, 1.0),
        at(depths, 0.5),
        at(depths, 1.0),
        hits.map_or_else(String::new, |hits| at(hits, 0.5).to_string()),
    );
}

fn warm(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut chance = Chance(5);
    let mut opened = Opened::new(folder)?;
    let mut typed: Vec<(Duration, String, usize)> = Vec::new();
    for _ in 0..N_TYPED {
        let words: Vec<String> = (0..3)
            .map(|_| word(chance.rank(), chance.below(10)))
            .collect();
        let query = words.join(" ");
        for end in (1..=query.len()).filter(|end| !query[..*end].ends_with(' ')) {
            let query = Query::parse(&query[..end], true);
            opened.search(&query)?;
            let began = Instant::now();
            let hits = opened.index.search(&query);
            typed.push((
                began.elapsed(),
                words.join(" ")[..end].to_owned(),
                hits.map_or(0, |hits| hits.n_total),
            ));
        }
    }
    let mut times: Vec<f64> = typed
        .iter()
        .map(|(time, ..)| time.as_secs_f64() * 1e3)
        .collect();
    println!(
        "| typed, all loaded | p50, ms | p95 | p99 | most | loaded in all, MB |\n|---{}|",
        "|---:".repeat(5)
    );
    println!(
        "| {} beginnings | {:.2} | {:.2} | {:.2} | {:.2} | {:.1} |\n",
        times.len(),
        at(&mut times, 0.5),
        at(&mut times, 0.95),
        at(&mut times, 0.99),
        at(&mut times, 1.0),
        opened.n_bytes as f64 / 1e6
    );
    typed.sort();
    for (time, query, n) in typed.iter().rev().take(5) {
        println!(
            "    slowest {:7.2} ms: {query:?}, {n} hits",
            time.as_secs_f64() * 1e3
        );
    }
    Ok(())
}

/// The value that this share of the values lies at or below.
fn at(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = ((values.len() - 1) as f64 * share).round() as usize;
    values.get(place).copied().unwrap_or_default()
}
