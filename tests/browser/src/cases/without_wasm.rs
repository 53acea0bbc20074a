//! Where WebAssembly is refused or does not come, the texts can be read all the same.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::server::{Fault, Source};
use xtask::workspace;

use super::steps::{becomes, demo, field, mentions, says};
use crate::stage::Stage;

/// All titles, and all texts as they were written.
async fn is_readable(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    mentions(
        browser,
        ".op-notice",
        &["The articles stand here as plain text."],
    )
    .await?;
    let articles = demo()?;
    becomes(browser, "all('article').length", json!(articles.len())).await?;
    let page = browser.text("find('.op-page').textContent").await?;
    let texts = articles.iter().flat_map(|article| {
        let sections = article["sections"].as_array().into_iter().flatten();
        let lists = ["key_points", "risks"]
            .into_iter()
            .flat_map(|name| article[name].as_array().into_iter().flatten());
        let whole = ["subtitle", "summary", "disclosure"].map(|name| &article[name]);
        sections
            .flat_map(|section| [&section["heading"], &section["body"]])
            .chain(lists)
            .chain(whole)
    });
    let texts: Vec<&str> = texts
        .filter_map(Value::as_str)
        .chain(field(&articles, "title"))
        .collect();
    ensure!(texts.len() > 100, "only {} texts", texts.len());
    // Marks within a line are left out, and so are lines that have some.
    let is_plain =
        |paragraph: &&str| !paragraph.contains(['*', '_', '`', '[', '\\', '|', '\n', '#', '~']);
    let paragraphs = texts.iter().flat_map(|text| text.split("\n\n"));
    let mut n_plain = 0;
    for paragraph in paragraphs.map(str::trim_end).filter(is_plain) {
        let words = paragraph.trim_start_matches(['-', '>', ' ']);
        ensure!(page.contains(words), "not on the page: {words}");
        n_plain += 1;
    }
    ensure!(n_plain > 200, "only {n_plain} paragraphs");
    Ok(())
}

/// The policy of a page that does not allow it.
pub async fn refused_by_a_policy(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let html = std::fs::read_to_string(workspace::dist_dir().join("index.html"))?;
    ensure!(
        html.contains(" 'wasm-unsafe-eval'"),
        "the page's policy allows no WebAssembly"
    );
    stage.put_page("index.html", &html.replace(" 'wasm-unsafe-eval'", ""))?;
    stage.open("").await?;
    is_readable(stage).await
}

/// The module is not there, or is something else.
pub async fn not_delivered(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    for fault in [Fault::Status(404), Fault::Html, Fault::Truncated(1000)] {
        let context = format!("{fault:?}");
        stage.server.set_fault("offprint_bg.wasm", fault);
        super::steps::open_anew(stage, "").await?;
        is_readable(stage).await.context(context)?;
    }
    Ok(())
}

/// The other module, which reads the articles, is not there.
pub async fn no_module_for_articles(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage
        .server
        .set_fault("offprint-articles_bg.wasm", Fault::Status(404));
    stage.open("").await?;
    is_readable(stage).await
}

/// Neither WebAssembly nor articles: a sentence, and no empty page.
pub async fn nothing_at_all(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage
        .server
        .set_fault("offprint_bg.wasm", Fault::Status(404));
    stage.server.put("articles.json", Source::bytes("{"));
    stage.open("").await?;
    says(
        stage.browser,
        ".op-notice",
        "A part of the reader could not be loaded. The articles cannot be shown.",
    )
    .await
}
