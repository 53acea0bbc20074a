//! Relevance on seven classic test collections: mean average precision and nDCG@10, against the figures of a plain BM25; and
//! every query answered from files as from memory.
//!
//! `cargo test -p offprint-search --release --test retrieval -- --nocapture` prints the table of docs/search.md.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may stop it")]

mod common;
#[path = "common/files.rs"]
mod files;
#[path = "common/relevance.rs"]
mod relevance;

use files::Files;
use relevance::{COLLECTIONS, Chance, Judged, Relevant, Variant};
use search::{Query, Ranking};

/// How far nDCG@10 may lie under that BM25's.
const TOLERANCE: f64 = 0.005;

#[test]
fn rankings_are_as_good_as_the_reference() {
    println!(
        "{:10} {:>7} {:>7} {:>8} {:>8}",
        "", "MAP", "BM25", "nDCG@10", "BM25"
    );
    let mut failed = Vec::new();
    for (name, map, ndcg) in COLLECTIONS {
        let Some(judged) = Judged::load(name) else {
            return;
        };
        let index = common::index(&judged.articles, Ranking::default());
        let files = Files::of(&index);
        let measured = judged.measure(&judged.queries(Variant::Full), |_, query| {
            let parsed = Query::parse(query, false);
            let hits = index.search(&parsed).unwrap();
            assert_eq!(files.search(&parsed), hits, "{query:?} from files");
            let docs = hits.docs.iter();
            docs.map(|doc| judged.ids[*doc as usize].clone()).collect()
        });
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

/// `gains` are of `a`, `b`, `c` …; those of 0 are not relevant.
#[track_caller]
fn check_metrics(ranked: &str, gains: &[f64], average_precision: f64, ndcg: f64) {
    let ids = ["a", "b", "c", "d"].iter().map(|id| (*id).to_owned());
    let relevant: Relevant = ids
        .zip(gains.iter().copied())
        .filter(|(_, gain)| *gain > 0.0)
        .collect();
    let ranked: Vec<&str> = ranked.split_whitespace().collect();
    let near = |is: f64, expect: f64| assert!((is - expect).abs() < 5e-5, "{is}, not {expect}");
    near(
        relevance::average_precision(&ranked, &relevant),
        average_precision,
    );
    near(relevance::ndcg_at_10(&ranked, &relevant), ndcg);
}

/// Worked out by hand: a gain at place p counts gain / log2(p + 1).
#[test]
fn the_measures_are_those_of_the_textbook() {
    check_metrics("a b", &[1.0, 1.0], 1.0, 1.0);
    check_metrics("", &[1.0], 0.0, 0.0);
    check_metrics("x y z", &[1.0], 0.0, 0.0);
    // Found at 1 and 3: (1/1 + 2/3) / 2; (1 + 1/2) / (1 + 1/log2 3).
    check_metrics("a x b", &[1.0, 1.0], 0.8333, 0.9197);
    // Half of what is relevant is found, in the second place.
    check_metrics("x a", &[1.0, 1.0], 0.25, 0.3869);
    // The better one second: (1 + 3/log2 3) / (3 + 1/log2 3).
    check_metrics("b a", &[3.0, 1.0], 1.0, 0.7967);
    // The eleventh is too late for nDCG@10, not for the precision.
    check_metrics("1 2 3 4 5 6 7 8 9 10 a", &[1.0], 0.0909, 0.0);
}

#[test]
fn a_mistyped_query_has_one_mistake_in_one_word() {
    let mut chance = Chance(7);
    for _ in 0..500 {
        let typed = relevance::mistyped("the flow of heat in slender wings", &mut chance);
        let mut differing = typed
            .split(' ')
            .zip("the flow of heat in slender wings".split(' '))
            .filter(|(typed, meant)| typed != meant);
        let (wrong, right) = differing.next().unwrap();
        assert!(right.len() >= 4 && wrong.len().abs_diff(right.len()) <= 1);
        assert_eq!(differing.next(), None, "{typed}");
    }
    assert_eq!(relevance::mistyped("of a 1987", &mut chance), "of a 1987");
}
