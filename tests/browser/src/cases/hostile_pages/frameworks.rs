//! The elements in applications of frameworks: `tests/browser/frameworks/cases.js` has what is tried, the same with each. Their scripts
//! are made by `cargo xtask test` (`frameworks` in xtask).

use anyhow::{Context, Result, ensure};
use xtask::frameworks::folder;
use xtask::server::Source;

use super::{Page, answer, put};
use crate::stage::Stage;

const CASES: &str = include_str!("../../../frameworks/cases.js");

/// All cases with one framework, on a page that does not have our script yet.
async fn all_is_well(stage: &Stage<'_>, framework: &str) -> Result<()> {
    let script = folder().join(format!("{framework}.js"));
    let script = std::fs::read(&script).with_context(|| {
        format!(
            "there is no {}: cargo xtask test --only browser",
            script.display()
        )
    })?;
    stage
        .server
        .put("frameworks/cases.js", Source::bytes(CASES));
    stage
        .server
        .put(&format!("frameworks/{framework}.js"), Source::bytes(script));
    put(stage, "page.html", Page::default())?;
    // By the page: to Firefox, what a driver runs is of another world, with an `Element` of its own.
    let script = format!(
        r#"<script type="module">import {{ run }} from "/frameworks/cases.js"; run("{framework}").then((found) => (window.found = found));</script>"#
    );
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><script src=\"/keep.js\"></script><title>An application</title><link rel=\"icon\" href=\"icon.svg\"></head><body>{script}</body></html>"
    );
    stage.put_page("page.html", &html)?;
    stage.open("page.html").await?;
    let wait = "while (!window.found) await new Promise((resolve) => setTimeout(resolve, 50)); return window.found;";
    let found = answer(stage, wait).await?;
    let wrong = found["wrong"].as_array();
    ensure!(
        wrong.is_some_and(Vec::is_empty) && found["n"].as_u64() > Some(10),
        "{found:#}"
    );
    Ok(())
}

/// React 19.
pub async fn react(stage: &Stage<'_>) -> Result<()> {
    all_is_well(stage, "react").await
}

/// Vue 3.
pub async fn vue(stage: &Stage<'_>) -> Result<()> {
    all_is_well(stage, "vue").await
}

/// Svelte 5.
pub async fn svelte(stage: &Stage<'_>) -> Result<()> {
    all_is_well(stage, "svelte").await
}

/// Lit.
pub async fn lit(stage: &Stage<'_>) -> Result<()> {
    all_is_well(stage, "lit").await
}

/// Preact.
pub async fn preact(stage: &Stage<'_>) -> Result<()> {
    all_is_well(stage, "preact").await
}
