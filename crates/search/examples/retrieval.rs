//! Relevance beside other engines, in two steps; `cargo xtask bench retrieval` does both, and runs the others in between.
//!
//! 1. `retrieval prepare FOLDER` writes the texts of every collection (`texts/NAME.tsv`: id, title, body) and the queries of
//!    every [`Variant`] (`queries/NAME.VARIANT.tsv`: id, text), for whoever else is to answer them.
//! 2. `retrieval report FOLDER [FOLDER/runs/ENGINE …]` answers them itself, reads what others found
//!    (`NAME.VARIANT.tsv`: query, ids of documents with spaces between them), and prints the tables of docs/benchmarks.md.

#![allow(clippy::unwrap_used, reason = "a tool of ours may stop")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/relevance.rs"]
mod relevance;

use relevance::{COLLECTIONS, DEPTH, Judged, Measured, Variant};
use search::{Query, Ranking};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [what, folder] if what == "prepare" => Ok(prepare(Path::new(folder))?),
        [what, runs @ ..] if what == "report" => Ok(report(runs)?),
        _ => Err("usage: retrieval prepare FOLDER | retrieval report [RUNS …]".into()),
    }
}

fn prepare(folder: &Path) -> io::Result<()> {
    for part in ["texts", "queries"] {
        fs::create_dir_all(folder.join(part))?;
    }
    // A tab or the end of a line would end a field.
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, ..) in COLLECTIONS {
        let Some(judged) = Judged::load(name) else {
            return Ok(());
        };
        let mut texts = String::new();
        for (id, (title, body)) in judged.ids.iter().zip(judged.texts()) {
            let _ = writeln!(texts, "{id}\t{}\t{}", flat(&title), flat(&body));
        }
        fs::write(folder.join(format!("texts/{name}.tsv")), texts)?;
        for variant in Variant::ALL {
            let lines: String = judged
                .queries(variant)
                .iter()
                .map(|(id, text)| format!("{id}\t{}\n", flat(text)))
                .collect();
            let file = format!("queries/{name}.{}.tsv", variant.name());
            fs::write(folder.join(file), lines)?;
        }
    }
    Ok(())
}

/// What one engine reaches on one collection with one kind of queries; none where it was not run.
type Reached = BTreeMap<(&'static str, Variant), Measured>;

fn report(runs: &[String]) -> io::Result<()> {
    // As it is asked where nobody types, and as the search box asks: the last word may be unfinished.
    let ours = [("Offprint, default", false), ("Offprint, typing", true)];
    let mut engines: Vec<(String, Reached)> = ours
        .map(|(name, _)| (name.to_owned(), Reached::new()))
        .into();
    let folders: Vec<PathBuf> = runs.iter().map(PathBuf::from).collect();
    for folder in &folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        engines.push((name.into_owned(), Reached::new()));
    }
    for (name, ..) in COLLECTIONS {
        let Some(judged) = Judged::load(name) else {
            return Ok(());
        };
        let index = common::index(&judged.articles, Ranking::default());
        for variant in Variant::ALL {
            let queries = judged.queries(variant);
            for (ix, (_, typing)) in ours.iter().enumerate() {
                let reached = judged.measure(&queries, |_, text| {
                    let hits = index.search(&Query::parse(text, *typing)).unwrap();
                    let docs = hits.docs.iter().take(DEPTH);
                    docs.map(|doc| judged.ids[*doc as usize].clone()).collect()
                });
                engines[ix].1.insert((name, variant), reached);
            }
            for (folder, (_, reached)) in folders.iter().zip(&mut engines[ours.len()..]) {
                let file = folder.join(format!("{name}.{}.tsv", variant.name()));
                let Ok(text) = fs::read_to_string(file) else {
                    continue;
                };
                let found: HashMap<&str, &str> = text
                    .lines()
                    .filter_map(|line| line.split_once('\t'))
                    .collect();
                let theirs = judged.measure(&queries, |id, _| {
                    let ids = found.get(id).copied().unwrap_or_default();
                    ids.split_whitespace().map(str::to_owned).collect()
                });
                reached.insert((name, variant), theirs);
            }
        }
    }
    type Figure = (&'static str, fn(Measured) -> String);
    let map: Figure = ("MAP", |m| format!("{:.3}", m.map));
    let ndcg: Figure = ("nDCG@10", |m| format!("{:.3}", m.ndcg));
    let without: Figure = ("queries without an answer", |m| {
        m.without_answer.to_string()
    });
    let tables = [
        (map, Variant::Full),
        (ndcg, Variant::Full),
        (without, Variant::Full),
        (ndcg, Variant::Keywords),
        (without, Variant::Keywords),
    ];
    for ((what, figure), variant) in tables {
        println!("\n{what}, {}:\n", described(variant));
        table(&engines, |reached, name| {
            reached.get(&(name, variant)).copied().map(figure)
        });
    }
    for (typo, meant) in [
        (Variant::FullTypo, Variant::Full),
        (Variant::KeywordsTypo, Variant::Keywords),
    ] {
        println!("\nnDCG@10 kept, {}:\n", described(typo));
        table(&engines, |reached, name| {
            let (with, without) = (reached.get(&(name, typo))?, reached.get(&(name, meant))?);
            // What finds next to nothing keeps nothing.
            (without.ndcg >= 0.05).then(|| format!("{:.0} %", 100.0 * with.ndcg / without.ndcg))
        });
    }
    Ok(())
}

fn described(variant: Variant) -> &'static str {
    match variant {
        Variant::Full => "the questions as they are",
        Variant::Keywords => "three rarest words of each question",
        Variant::FullTypo => "one typo in one word of each question",
        Variant::KeywordsTypo => "one typo in one of the three words",
    }
}

fn table(engines: &[(String, Reached)], figure: impl Fn(&Reached, &'static str) -> Option<String>) {
    let names = COLLECTIONS.map(|(name, ..)| name);
    println!(
        "| | {} |\n|---{}|",
        names.join(" | "),
        "|---:".repeat(names.len())
    );
    for (engine, reached) in engines {
        let cells = names.map(|name| figure(reached, name).unwrap_or_else(|| "–".to_owned()));
        println!("| {engine} | {} |", cells.join(" | "));
    }
}
