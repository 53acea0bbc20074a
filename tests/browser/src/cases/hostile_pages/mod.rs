//! Pages of somebody else's that make it hard for the elements: by their policies, by what their server sends, by their style
//! sheets, by natives that they have replaced, and by what they do with the elements.
//!
//! A case opens a [`Page`] of its own. `keep.js` runs there before anything else and keeps what the elements tell, in `told`;
//! what they write on the console is among the `complaints` of the hooks.

pub mod altered;
pub mod broken;
pub mod changes;
pub mod elements;
pub mod frameworks;
pub mod isolated;
pub mod life;
pub mod misuse;
pub mod panics;
pub mod policies;
pub mod styled;

use anyhow::Result;
use serde_json::{Value, json};
use xtask::server::Source;

use super::steps::becomes;
use crate::stage::Stage;

const KEEP: &str = include_str!("keep.js");

/// The element that most pages have.
const READER: &str = r#"<offprint-reader src="articles.json"></offprint-reader>"#;

/// The codes of all failures that were told by an event, and whether the reader is not shown for them.
const ERRORS: &str = "told.filter(({ name }) => name === 'error').map(({ detail }) => [detail.code, detail.isFatal])";

/// The codes of all lines on the console.
const LINES: &str = "complaints.map((line) => /^console[.]\\w+: Offprint (OP-E\\d+): /.exec(line)?.[1]).filter(Boolean)";

/// A page, in its parts.
#[derive(Clone, Copy, Default)]
struct Page<'a> {
    /// The content security policy; without one, everything is allowed.
    policy: &'a str,
    /// A script that runs before ours.
    before: &'a str,
    /// What else stands in the head, before our script.
    head: &'a str,
    body: &'a str,
}

impl Page<'_> {
    fn html(&self) -> String {
        let policy = match self.policy {
            "" => String::new(),
            policy => {
                format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")
            }
        };
        let (head, body) = (self.head, self.body);
        format!(
            r#"<!doctype html><html lang="en"><head><script src="/keep.js"></script><script src="/before.js"></script><meta charset="utf-8">{policy}
<title>Somebody's page</title><link rel="icon" href="/icon.svg">{head}<script type="module" src="/element.js"></script></head><body>{body}</body></html>"#
        )
    }
}

/// Puts a page at an address, and what it needs.
fn put(stage: &Stage<'_>, address: &str, page: Page<'_>) -> Result<()> {
    stage.server.put("keep.js", Source::bytes(KEEP));
    stage
        .server
        .put("before.js", Source::bytes(page.before.to_owned()));
    stage.put_page(address, &page.html())
}

/// Opens a page, in a new document.
async fn open(stage: &Stage<'_>, page: Page<'_>) -> Result<()> {
    put(stage, "page.html", page)?;
    let n_requests = stage.server.requests().len();
    stage.open(&format!("page.html?{n_requests}")).await
}

/// Waits until as many elements as these have told that they are drawn.
async fn are_ready(stage: &Stage<'_>, n: usize) -> Result<()> {
    let n_ready = "told.filter(({ name }) => name === 'ready').length";
    becomes(stage.browser, n_ready, json!(n)).await
}

/// Exactly these failures are told, each by an event and by one line.
async fn tells(stage: &Stage<'_>, failures: &[(&str, bool)]) -> Result<()> {
    let codes: Vec<&str> = failures.iter().map(|(code, _)| *code).collect();
    becomes(stage.browser, ERRORS, json!(failures)).await?;
    becomes(stage.browser, LINES, json!(codes)).await
}

/// What a script answers, or why it does not.
async fn answer(stage: &Stage<'_>, script: &str) -> Result<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; (async () => {{ {script} }})().then(done, (error) => done(`failed: ${{error}} ${{error?.stack}}`));"
    );
    stage.browser.run_async(&script, Vec::new()).await
}
