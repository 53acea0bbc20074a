//! Measures an index in files: `files COLLECTION.json[.gz]` prints how many parts of each kind there are and their bytes,
//! then what a query fetches: fifty queries of two words, and one typed letter by letter. Bytes are gzipped, part
//! by part, as a server would send them; result rows are not among them.

mod collection;

use flate2::Compression;
use flate2::write::GzEncoder;
use search::{Builder, Index, Needs, Part, Query};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: files COLLECTION.json[.gz]")?;
    let (index, titles) = read(&path)?;
    let start = Instant::now();
    let mut parts = BTreeMap::new();
    index.write(1, &mut |part, bytes| {
        parts.insert(part, bytes);
    });
    println!("written in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut kinds: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let mut sent = BTreeMap::new();
    for (part, bytes) in &parts {
        let n_sent = gzipped(bytes)?;
        sent.insert(*part, n_sent);
        let kind = kinds.entry(part.name()[..1].to_owned()).or_default();
        *kind = (kind.0 + 1, kind.1 + bytes.len(), kind.2 + n_sent);
    }
    for (kind, (n, raw, gz)) in &kinds {
        println!("{kind}  {n:6} parts  {raw:10} bytes  {gz:10} gzipped");
    }

    let mut per_query: Vec<(usize, usize, String)> = Vec::new();
    for title in titles.iter().step_by((titles.len() / 60).max(1)) {
        let words: Vec<&str> = title
            .split_whitespace()
            .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
            .take(2)
            .collect();
        if words.len() == 2 {
            let (bytes, depth) = fetch(&parts, &sent, &[words.join(" ")], false)?;
            per_query.push((bytes, depth, words.join(" ")));
        }
    }
    per_query.sort();
    for part in [
        0,
        per_query.len() / 2,
        per_query.len() * 19 / 20,
        per_query.len() - 1,
    ] {
        println!("{:?}", per_query[part]);
    }
    let typed = "crude oil prices";
    let prefixes: Vec<String> = (1..=typed.len())
        .map(|end| typed[..end].to_owned())
        .collect();
    println!("typed {:?}", fetch(&parts, &sent, &prefixes, true)?);
    Ok(())
}

/// Bytes fetched for some queries one after the other, the manifest among them, and the greatest depth of requests.
fn fetch(
    parts: &BTreeMap<Part, Vec<u8>>,
    sent: &BTreeMap<Part, usize>,
    queries: &[String],
    typing: bool,
) -> Result<(usize, usize), Failure> {
    let mut index = Index::open(&parts[&Part::Manifest])?;
    let mut fetched = BTreeSet::from([Part::Manifest]);
    let mut deepest = 0;
    for text in queries {
        let query = Query::parse(text, typing);
        let mut depth = 1;
        while let Err(Needs(needs)) = index.search(&query) {
            depth += 1;
            for part in needs {
                index.load(part, &parts[&part])?;
                fetched.insert(part);
                if std::env::var_os("VERBOSE").is_some() {
                    println!("  {text:?} {} {}", part.name(), sent[&part]);
                }
            }
        }
        deepest = deepest.max(depth);
    }
    Ok((fetched.iter().map(|part| sent[part]).sum(), deepest))
}

fn gzipped(bytes: &[u8]) -> Result<usize, Failure> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn read(path: &str) -> Result<(Index, Vec<String>), Failure> {
    let articles = collection::read(path)?;
    let start = Instant::now();
    let mut builder = Builder::new();
    articles
        .iter()
        .for_each(|article| collection::add(&mut builder, article));
    let index = builder.finish();
    println!(
        "indexed in {:.0} ms, with reading of texts",
        start.elapsed().as_secs_f64() * 1e3
    );
    Ok((
        index,
        articles.into_iter().map(|article| article.title).collect(),
    ))
}
