//! Fits the weights of the ranking, coarsely: `cargo run --release -p offprint-search --example fit`.
//!
//! Beginning at [`textbook`], one weight after the other is set to each of a few values, and the best is kept, until none gets
//! better: on the three collections of [`FITTED`] alone. What was found is then measured on all seven, beside the textbook's
//! and the present default; only the four that had no say can tell whether anything was learnt. Needs the shared test data.

#![allow(clippy::unwrap_used, reason = "a tool of ours may stop")]

#[path = "../tests/common/mod.rs"]
#[allow(dead_code, reason = "only a part of it is used here")]
mod common;
#[path = "../tests/common/relevance.rs"]
mod relevance;

use relevance::{COLLECTIONS, Judged, Measured, Variant, mean};
use search::{Builder, Query, Ranking};
use std::collections::BTreeMap;

const FITTED: [&str; 3] = ["cranfield", "cacm", "med"];
const HELD_OUT: [&str; 4] = ["cisi", "npl", "lisa", "adi"];

/// A weight: its name, where it stands, and the values to try.
type Weight = (&'static str, fn(&mut Ranking) -> &mut f32, &'static [f32]);
/// Subtitle, summary and key points have no part in it: no collection has them.
const WEIGHTS: [Weight; 6] = [
    ("k1", |r| &mut r.k1, &[0.9, 1.2, 1.4, 1.7, 2.0]),
    ("b", |r| &mut r.b, &[0.45, 0.6, 0.75, 0.9]),
    ("title", |r| &mut r.fields[0], &[1.0, 2.0, 3.0, 4.0, 6.0]),
    ("proximity", |r| &mut r.proximity, &[0.0, 0.12, 0.25, 0.5]),
    ("parts", |r| &mut r.parts, &[0.25, 0.5, 0.75, 1.0]),
    (
        "function words",
        |r| &mut r.function_words,
        &[0.0, 0.1, 0.2, 0.4],
    ),
];

fn measure(judged: &Judged, texts: &[article::Article], ranking: Ranking) -> Measured {
    let mut builder = Builder::with_ranking(ranking);
    for article in texts {
        common::with_fields(article, &common::texts(article), |fields| {
            builder.add(fields)
        });
    }
    let index = builder.finish();
    judged.measure(&judged.queries(Variant::Full), |_, query| {
        let hits = index.search(&Query::parse(query, false)).unwrap();
        let docs = hits.docs.iter().take(relevance::DEPTH);
        docs.map(|doc| judged.ids[*doc as usize].clone()).collect()
    })
}

/// A plain BM25 of one field: nothing of ours.
fn textbook() -> Ranking {
    Ranking {
        k1: 1.2,
        b: 0.75,
        fields: [1.0; 5],
        proximity: 0.0,
        parts: 1.0,
        function_words: 1.0,
        ..Ranking::default()
    }
}

fn main() {
    let mut loaded = BTreeMap::new();
    for (name, ..) in COLLECTIONS {
        let Some(judged) = Judged::load(name) else {
            return;
        };
        let articles: Vec<_> = (0..judged.ids.len())
            .map(|ix| judged.articles.article(ix).unwrap())
            .collect();
        loaded.insert(name, (judged, articles));
    }
    let over = |names: &[&'static str], ranking: Ranking| -> BTreeMap<&'static str, Measured> {
        names
            .iter()
            .map(|name| (*name, measure(&loaded[name].0, &loaded[name].1, ranking)))
            .collect()
    };
    // Both measures have their say.
    let worth = |ranking: Ranking| {
        let mean = mean(&over(&FITTED, ranking), &FITTED);
        mean.map + mean.ndcg
    };
    let mut best = textbook();
    let mut reached = worth(best);
    println!("textbook   {reached:.4}  (MAP + nDCG@10, mean of {FITTED:?})");
    loop {
        let before = reached;
        for (name, of, values) in WEIGHTS {
            for value in values {
                let mut tried = best;
                *of(&mut tried) = *value;
                let worth = worth(tried);
                if worth > reached + 1e-6 {
                    println!("{name:10} {worth:.4}  at {value}");
                    (best, reached) = (tried, worth);
                }
            }
        }
        if reached <= before {
            break;
        }
    }
    println!("\nfitted: {best:?}\n");
    let all: Vec<&'static str> = COLLECTIONS.map(|(name, ..)| name).to_vec();
    let measured = [textbook(), best, Ranking::default()].map(|ranking| over(&all, ranking));
    println!("| | MAP, textbook | fitted | present | nDCG@10, textbook | fitted | present |");
    println!("|---{}|", "|---:".repeat(6));
    let row = |name: &str, means: [Measured; 3]| {
        let maps = means.map(|mean| format!("{:.4}", mean.map)).join(" | ");
        let ndcgs = means.map(|mean| format!("{:.4}", mean.ndcg)).join(" | ");
        println!("| {name} | {maps} | {ndcgs} |");
    };
    for name in &all {
        row(name, [0, 1, 2].map(|ix: usize| measured[ix][name]));
    }
    for (name, names) in [("the three", &FITTED[..]), ("the four held out", &HELD_OUT)] {
        row(name, [0, 1, 2].map(|ix: usize| mean(&measured[ix], names)));
    }
}
