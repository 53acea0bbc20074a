//! Relevance on seven classic test collections: mean average precision and nDCG@10, against the figures of a plain BM25.
//!
//! `cargo test -p offprint-search --release --test retrieval -- --nocapture` prints the table of docs/search.md.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may stop it")]

mod common;

use search::{Index, Query, Ranking};
use std::collections::HashMap;

/// Collection, and the MAP and nDCG@10 of a BM25 with stemming and stop words on exactly these files.
const COLLECTIONS: &[(&str, f64, f64)] = &[
    ("cranfield", 0.4098, 0.4241),
    ("cisi", 0.2165, 0.3845),
    ("cacm", 0.3153, 0.4737),
    ("med", 0.5401, 0.7092),
    ("npl", 0.2837, 0.4292),
    ("lisa", 0.3673, 0.4641),
    ("adi", 0.4165, 0.4864),
];
/// How far nDCG@10 may lie under that BM25's.
const TOLERANCE: f64 = 0.005;
/// Rankings are judged to this depth, as the reference was.
const DEPTH: usize = 1000;

type Judgements = HashMap<String, HashMap<String, f64>>;

fn tsv(path: &str) -> Option<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(common::data(path)?).unwrap();
    Some(
        text.lines()
            .map(|line| line.split('\t').map(str::to_owned).collect())
            .collect(),
    )
}

fn judgements(name: &str) -> Option<Judgements> {
    let mut all = Judgements::new();
    for row in tsv(&format!("retrieval/{name}/qrels.tsv"))? {
        let gain: f64 = row[2].parse().unwrap();
        if gain > 0.0 {
            all.entry(row[0].clone())
                .or_default()
                .insert(row[1].clone(), gain);
        }
    }
    Some(all)
}

fn average_precision(ranked: &[&str], relevant: &HashMap<String, f64>) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (place, id) in ranked.iter().take(DEPTH).enumerate() {
        if relevant.contains_key(*id) {
            found += 1.0;
            sum += found / (place as f64 + 1.0);
        }
    }
    sum / relevant.len() as f64
}

fn ndcg_at_10(ranked: &[&str], relevant: &HashMap<String, f64>) -> f64 {
    let discounted = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
        gains
            .take(10)
            .enumerate()
            .map(|(place, gain)| gain / (place as f64 + 2.0).log2())
            .sum()
    };
    let mut ideal: Vec<f64> = relevant.values().copied().collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let reached = discounted(
        &mut ranked
            .iter()
            .map(|id| relevant.get(*id).copied().unwrap_or(0.0)),
    );
    reached / discounted(&mut ideal.into_iter())
}

struct Measured {
    map: f64,
    ndcg: f64,
    without_answer: usize,
}

fn measure(
    index: &Index,
    ids: &[String],
    queries: &[Vec<String>],
    judgements: &Judgements,
) -> Measured {
    let mut measured = Measured {
        map: 0.0,
        ndcg: 0.0,
        without_answer: 0,
    };
    let mut judged = 0.0;
    for query in queries {
        let hits = index.search(&Query::parse(&query[1], false));
        measured.without_answer += usize::from(hits.docs.is_empty());
        if let Some(relevant) = judgements.get(&query[0]) {
            let ranked: Vec<&str> = hits
                .docs
                .iter()
                .map(|doc| ids[*doc as usize].as_str())
                .collect();
            measured.map += average_precision(&ranked, relevant);
            measured.ndcg += ndcg_at_10(&ranked, relevant);
            judged += 1.0;
        }
    }
    measured.map /= judged;
    measured.ndcg /= judged;
    measured
}

#[test]
fn rankings_are_as_good_as_the_reference() {
    println!(
        "{:10} {:>7} {:>7} {:>8} {:>8}",
        "", "MAP", "BM25", "nDCG@10", "BM25"
    );
    let mut failed = Vec::new();
    for (name, map, ndcg) in COLLECTIONS {
        let Some(collection) = common::collection(&format!("retrieval/{name}/collection.json.gz"))
        else {
            return;
        };
        let ids: Vec<String> = collection
            .entries()
            .iter()
            .map(|entry| entry.id.to_string())
            .collect();
        let queries = tsv(&format!("retrieval/{name}/queries.tsv")).unwrap();
        let index = common::index(&collection, Ranking::default());
        let measured = measure(&index, &ids, &queries, &judgements(name).unwrap());
        println!(
            "{name:10} {:7.4} {map:7.4} {:8.4} {ndcg:8.4}",
            measured.map, measured.ndcg
        );
        if measured.ndcg < ndcg - TOLERANCE {
            failed.push(format!(
                "{name}: nDCG@10 {:.4} is under {ndcg} − {TOLERANCE}",
                measured.ndcg
            ));
        }
        if measured.without_answer > 0 {
            failed.push(format!(
                "{name}: {} queries found nothing",
                measured.without_answer
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
