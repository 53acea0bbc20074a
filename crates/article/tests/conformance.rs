//! The examples of the specifications: CommonMark 0.31.2, GitHub's extension of it, and its tests.
//!
//! Each example is parsed, written as HTML and compared with what the specification gives, both in canonical form. Where
//! Offprint differs on purpose, the example stands in `differences` with the reason; one that stands there and does not
//! differ is a failure too.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

#[path = "conformance/canonical.rs"]
mod canonical;
mod data;
#[path = "conformance/differences.rs"]
mod differences;

use canonical::canonical;
use differences::DIFFERENCES;
use offprint_article::{html, parse_markdown};

/// Parses and writes one example; `None` where it is as the specification says.
fn difference(markdown: &str, expected: &str) -> Option<(String, String)> {
    let ours = canonical(&html(&parse_markdown(markdown), ""));
    let theirs = canonical(expected);
    (ours != theirs).then_some((ours, theirs))
}

#[track_caller]
fn check(file: &str, n_examples: usize) {
    let Some(bytes) = data::unpacked(&format!("markdown/{file}.json.gz")) else {
        return;
    };
    let examples: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(examples.len(), n_examples);
    let mut told = String::new();
    let mut n_same = 0;
    let mut n_different = 0;
    for example in &examples {
        let text = |name: &str| example[name].as_str().unwrap();
        let number = example["example"].as_u64().unwrap() as u32;
        let known = DIFFERENCES
            .iter()
            .find(|(known, numbers, _)| *known == file && numbers.contains(&number));
        match (difference(text("markdown"), text("html")), known) {
            (None, None) => n_same += 1,
            (Some(_), Some(_)) => n_different += 1,
            (None, Some((_, _, reason))) => {
                told.push_str(&format!(
                    "\n{number}: is as specified, and listed as different: {reason}"
                ));
            }
            (Some((ours, theirs)), None) => told.push_str(&format!(
                "\n{number} ({}): {:?}\n    ours:   {ours}\n    theirs: {theirs}",
                text("section"),
                text("markdown")
            )),
        }
    }
    println!("{file}: {n_same} as specified, {n_different} different on purpose");
    assert!(told.is_empty(), "{file}:{}", told.replace('\u{1}', ""));
}

#[test]
fn commonmark() {
    check("commonmark-0.31.2", 652);
}

#[test]
fn gfm() {
    check("gfm-0.29", 673);
}

#[test]
fn gfm_extensions() {
    check("cmark-gfm-extensions", 28);
}

#[test]
fn gfm_regressions() {
    check("cmark-gfm-regression", 19);
}
