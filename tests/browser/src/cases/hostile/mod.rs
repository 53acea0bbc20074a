//! Every payload in every field, in the real reader, under a policy that allows nothing but the reader itself.
//!
//! A case goes through the [`payloads`] in batches, each in a document of its own (`page.html`):
//! 1. `watch.js` runs first and notes whatever a payload could do if it came to life;
//! 2. `visit.js` gives the reader editions made by `fields.js`, with the payload in every field, and goes where a person
//!    would; on each page `walk.js` looks at every element and attribute, and plain texts are compared letter by letter;
//! 3. what was noted without a payload is traced by running the payloads of its batch alone.
//!
//! The page's policy differs from that of `index.html` in one thing: images may come from the page's own host only. An image
//! on another host is content that the format allows; here it is held back before a request goes out, and the violation
//! event that says so is the only one that does not count.

mod grammar;
mod payloads;
mod proofs;

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::server::Source;

pub use self::proofs::{the_walk_sees, the_watch_sees};
use crate::stage::Stage;

const PAGE: &str = include_str!("page.html");
const SCRIPTS: [(&str, &str); 4] = [
    ("watch.js", include_str!("watch.js")),
    ("visit.js", include_str!("visit.js")),
    ("fields.js", include_str!("fields.js")),
    ("walk.js", include_str!("walk.js")),
];

/// A picture of one pixel, for the images that are no payload.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01D\x00;";

/// In every field of an edition, and in the attributes `routing` and `theme` of the element.
pub async fn in_every_field(stage: &Stage<'_>) -> Result<()> {
    visit(stage, "fields", &own(stage)?, 600).await
}

/// The same on a page that is laid out and painted, for our own payloads: in an ordinary run for every second one.
pub async fn in_every_field_laid_out(stage: &Stage<'_>) -> Result<()> {
    let all = grammar::payloads()
        .into_iter()
        .step_by(if payloads::is_whole() { 1 } else { 2 });
    let all = payloads::of(stage.browser.engine, all.collect());
    visit(stage, "laidOut", &all, 200).await
}

/// As the attribute `src`: the address of an edition that is not there.
pub async fn as_the_source(stage: &Stage<'_>) -> Result<()> {
    visit(stage, "sources", &own(stage)?, 500).await
}

/// In each part of the page's address: what is before the `#`, filters, articles, anchors, and all of what is behind it.
pub async fn in_the_address(stage: &Stage<'_>) -> Result<()> {
    visit(stage, "addresses", &own(stage)?, 150).await
}

/// In the titles and passages that a search finds.
pub async fn in_found_passages(stage: &Stage<'_>) -> Result<()> {
    visit(stage, "passages", &own(stage)?, 400).await
}

/// In the plain texts that are shown where WebAssembly is refused.
pub async fn without_webassembly(stage: &Stage<'_>) -> Result<()> {
    visit(stage, "plain", &own(stage)?, 500).await
}

/// The payloads that this browser tries.
fn own(stage: &Stage<'_>) -> Result<Vec<String>> {
    Ok(payloads::of(stage.browser.engine, payloads::all()?))
}

/// What one batch came to.
struct Report {
    pairs: u64,
    /// Violations of images on other hosts.
    n_held: u64,
    faults: Vec<String>,
    /// Whether each fault names its payload.
    is_traced: bool,
}

/// Serves the page and its scripts.
fn set_up(stage: &Stage<'_>) -> Result<()> {
    // Refused addresses are problems that an edition's author reads of, and images that are not there.
    stage.expect_complaints();
    for (name, script) in SCRIPTS {
        stage.server.put(name, Source::bytes(script));
    }
    for name in ["a.png", "b.png"] {
        stage.server.put(name, Source::bytes(PIXEL));
    }
    stage.put_page("hostile.html", PAGE)
}

async fn visit(stage: &Stage<'_>, name: &str, payloads: &[String], batch: usize) -> Result<()> {
    set_up(stage)?;
    let (mut pairs, mut n_held) = (0, 0);
    for batch in payloads.chunks(batch) {
        let mut report = run(stage, name, batch).await?;
        if !report.faults.is_empty() && !report.is_traced {
            report = trace(stage, name, batch, report).await?;
        }
        ensure!(report.faults.is_empty(), "{}", report.faults.join("\n    "));
        pairs += report.pairs;
        n_held += report.n_held;
    }
    check_requests(stage)?;
    println!(
        "    {name}: {} payloads, {pairs} payload × field pairs; {n_held} images on other hosts held back",
        payloads.len()
    );
    // What the page asked for is checked in the page itself: the hosts of images held back are on the browser's list.
    stage.browser.goto("about:blank").await
}

/// Halves a batch until one payload is left that is at fault by itself, or none of the halves is.
async fn trace(
    stage: &Stage<'_>,
    name: &str,
    mut batch: &[String],
    mut report: Report,
) -> Result<Report> {
    'halve: while batch.len() > 1 {
        let (left, right) = batch.split_at(batch.len() / 2);
        for half in [left, right] {
            let again = run(stage, name, half).await?;
            if !again.faults.is_empty() {
                (batch, report) = (half, again);
                continue 'halve;
            }
        }
        break;
    }
    Ok(report)
}

/// Runs a visit with these payloads, in a new document.
async fn run(stage: &Stage<'_>, name: &str, payloads: &[String]) -> Result<Report> {
    let list = json!(payloads).to_string();
    stage.server.put("payloads.json", Source::bytes(list));
    let (address, n_in_query) = address(name, payloads);
    // In a frame: drivers follow each change of the address of a whole page, for longer than the reader does.
    let frame = format!(
        "<!doctype html><html lang=\"en\"><head><title>Hostile</title></head><body><iframe src=\"{address}\" width=\"1200\" height=\"800\"></iframe></body></html>"
    );
    stage.put_page("frame.html", &frame)?;
    stage.open("frame.html").await?;
    stage.browser.wait_until("frames[0].visit").await?;
    let script = "const done = arguments[arguments.length - 1]; frames[0].visit(arguments[0]).then(done, (error) => done(String(error)));";
    let first = &payloads[0];
    let answer = stage.browser.run_async(script, vec![json!(name)]).await;
    let answer = answer.with_context(|| format!("from the payload {first:?} on"))?;
    let list = |name: &str| answer[name].as_array().cloned();
    let (Some(faults), Some(seen)) = (list("faults"), list("seen")) else {
        anyhow::bail!("from the payload {first:?} on: {answer}");
    };
    let is_one = payloads.len() == 1;
    let told = |fault: &Value| {
        let payload = fault["payload"].as_str().unwrap_or_default();
        let what = fault["what"].as_str().unwrap_or_default();
        format!("{payload:?}: {what}")
    };
    let noted = seen.iter().map(|what| match is_one {
        true => format!("{first:?}: {what}"),
        false => format!("one of {} from {first:?} on: {what}", payloads.len()),
    });
    Ok(Report {
        pairs: answer["pairs"].as_u64().unwrap_or_default() + n_in_query,
        n_held: answer["held"].as_u64().unwrap_or_default(),
        is_traced: is_one || (seen.is_empty() && faults.iter().all(|fault| !is_some_one(fault))),
        faults: faults.iter().map(told).chain(noted).collect(),
    })
}

fn is_some_one(fault: &Value) -> bool {
    fault["payload"]
        .as_str()
        .is_some_and(|payload| payload.starts_with("(one of"))
}

/// The page's address, with as many of the payloads in its query as fit, and how many that are.
fn address(name: &str, payloads: &[String]) -> (String, u64) {
    /// Servers and browsers take about 60 kB.
    const LONGEST: usize = 50_000;
    let mut address = format!("hostile.html?visit={name}");
    let mut n_in_query = 0;
    if name == "addresses" {
        for payload in payloads {
            let encoded = url::form_urlencoded::byte_serialize(payload.as_bytes());
            let encoded = encoded.collect::<String>();
            if address.len() + encoded.len() < LONGEST {
                // Writing to a text cannot fail.
                let _ = write!(address, "&amp;p={encoded}");
                n_in_query += 1;
            }
        }
    }
    (address, n_in_query)
}

/// The server was asked under its own name only, and for nothing but files.
fn check_requests(stage: &Stage<'_>) -> Result<()> {
    let own = format!("127.0.0.1:{}", stage.server.port());
    for request in stage.server.requests() {
        ensure!(
            request.host == own,
            "asked as {}: {}",
            request.host,
            request.path
        );
        ensure!(
            request.method == "GET",
            "{} {}",
            request.method,
            request.path
        );
    }
    Ok(())
}
