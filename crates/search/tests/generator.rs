//! The made-up articles are always the same, and look like real ones where a search engine looks.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may stop it")]

#[path = "../examples/scale/generator.rs"]
mod generator;

use generator::{Generator, Made};
use std::collections::HashMap;

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Figures of different days are comparable only while this does not change.
#[test]
fn the_first_articles_are_as_they_were() {
    let lines: String = Generator::new(10_000)
        .take(100)
        .map(|made| made.to_json() + "\n")
        .collect();
    assert_eq!(
        hash(&lines),
        10_967_244_216_315_772_918,
        "{}",
        lines.lines().next().unwrap()
    );
}

#[test]
fn an_article_is_one_of_a_collection() {
    let made: Vec<Made> = Generator::new(50).collect();
    let all: Vec<String> = made.iter().map(Made::to_json).collect();
    let json = format!("{{\"version\":1,\"articles\":[{}]}}", all.join(","));
    let read = article::read_collection(json.into_bytes()).unwrap();
    assert_eq!(read.problems().len(), 0);
    assert_eq!(read.entries().len(), 50);
    let dates: Vec<_> = (0..50)
        .map(|ix| {
            read.article(ix)
                .unwrap()
                .published
                .map(|date| date.sort_key())
        })
        .collect();
    let expect: Vec<_> = made.iter().map(|made| Some(made.published)).collect();
    assert_eq!(dates, expect);
}

/// How many different words there are in the first `n` articles, how many words, and how often each comes.
fn count(n: usize) -> (usize, usize, HashMap<String, usize>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for made in Generator::new(1_000_000).take(n) {
        for word in made
            .body
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
        {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    (counts.len(), counts.values().sum(), counts)
}

#[test]
fn words_are_as_frequent_as_in_real_texts() {
    let (small, n_small, _) = count(500);
    let (large, n_large, counts) = count(4_000);
    let mean = n_large as f64 / 4_000.0;
    assert!((240.0..260.0).contains(&mean), "{mean} words an article");
    // Heaps: the vocabulary grows as a power of the text, and real ones have 0.4 to 0.7.
    let power = (large as f64 / small as f64).ln() / (n_large as f64 / n_small as f64).ln();
    assert!(
        (0.4..0.7).contains(&power),
        "it grows with the power {power}"
    );
    // Zipf: the commonest is one word in fifteen or so, half of all words come once or twice.
    let the = counts["the"] as f64 / n_large as f64;
    assert!((0.02..0.08).contains(&the), "`the` is {the} of all");
    let rare = counts.values().filter(|count| **count <= 2).count() as f64 / large as f64;
    assert!((0.35..0.75).contains(&rare), "{rare} of the words are rare");
}
