//! The payloads: our own, and those of the published lists where they are beside the repository.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use xtask::server::read_unpacked;
use xtask::system::Engine;
use xtask::workspace;

use super::grammar;
use crate::cases::shared_out;

/// Where the published lists are, from the repository's root, and what of an entry is the payload.
const LISTS: [&str; 2] = [
    "../shared/data/xss/payloads.json.gz",
    "../shared/data/xss/dompurify-expect.json.gz",
];

/// Of the published lists, one in so many is tried by an ordinary run, which must end within minutes. With
/// `OFFPRINT_HOSTILE=all` all are: a quarter of an hour for each browser.
const ONE_IN: usize = 32;

/// In an ordinary run each browser has every third one, and all together have all.
pub fn of(engine: Engine, payloads: Vec<String>) -> Vec<String> {
    if is_whole() {
        payloads
    } else {
        shared_out(engine, payloads)
    }
}

/// Whether every payload is asked for, in every browser.
pub fn is_whole() -> bool {
    std::env::var("OFFPRINT_HOSTILE").is_ok_and(|value| value == "all")
}

/// The payloads that this run tries, none of them twice: all of our own, and those of the lists.
pub fn all() -> Result<Vec<String>> {
    let step = if is_whole() { 1 } else { ONE_IN };
    let mut all = grammar::payloads();
    for list in LISTS {
        let path = workspace::root().join(list);
        if path.is_file() {
            let listed = read(&path).with_context(|| format!("cannot read {list}"))?;
            all.extend(listed.into_iter().step_by(step));
        } else {
            println!("    there is no {list}: only our own payloads are tried");
        }
    }
    let mut known = BTreeSet::new();
    all.retain(|payload| known.insert(payload.clone()));
    Ok(all)
}

fn read(path: &Path) -> Result<Vec<String>> {
    let list: Vec<Value> = serde_json::from_slice(&read_unpacked(path)?)?;
    let payloads = list.iter().map(|entry| {
        let payload = entry["payload"]
            .as_str()
            .context("an entry has no payload")?;
        Ok(payload.to_owned())
    });
    payloads.collect()
}
