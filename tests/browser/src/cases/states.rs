//! What a person sees while nothing is there, when nothing comes, and when it comes again.

use anyhow::{Context, Result};
use serde_json::json;
use xtask::server::Fault;
use xtask::system::Engine;

use super::steps::{
    EDITION, N_CARDS, becomes, choose, mentions, open_anew, open_article, open_list, says,
};
use crate::stage::Stage;

/// The shape of what is coming, said in words too, until it is there.
pub async fn loading(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    for held in [
        "articles.json",
        "offprint_bg.wasm",
        "offprint-articles_bg.wasm",
    ] {
        stage.server.set_fault(held, Fault::Held);
        open_anew(stage, "").await?;
        if held == "articles.json" {
            browser
                .wait_until("find('.op-skeleton') && isVisible(find('.op-skeleton'))")
                .await?;
            becomes(
                browser,
                "find('.op-skeleton [role=status], .op-skeleton[role=status]').textContent.trim()",
                json!("Loading the articles"),
            )
            .await?;
        } else {
            // The texts are there: they are shown as they are.
            becomes(
                browser,
                "[all('.op-card h2').length, find('#op-search') === undefined]",
                json!([12, true]),
            )
            .await?;
            says(browser, "h1", EDITION).await?;
        }
        stage.server.clear_faults();
        becomes(browser, N_CARDS, json!(16)).await?;
        browser.wait_until("!find('.op-skeleton')").await?;
    }
    Ok(())
}

/// A link to an article, opened over a slow network.
pub async fn loading_an_article(stage: &Stage<'_>) -> Result<()> {
    stage.server.set_fault("articles.json", Fault::Held);
    open_anew(stage, "#/article/sand").await?;
    stage
        .browser
        .wait_until("find('.op-skeleton') && isVisible(find('.op-skeleton'))")
        .await?;
    stage.server.clear_faults();
    says(stage.browser, ".op-article h1", "The city is made of sand").await
}

/// An edition without articles says that it has none.
pub async fn empty(stage: &Stage<'_>) -> Result<()> {
    stage.put_articles(r#"{"version": 1, "title": "Nothing yet", "articles": []}"#);
    stage.open("").await?;
    says(stage.browser, "h1", "Nothing yet").await?;
    mentions(stage.browser, ".op-empty", &["No articles yet"]).await?;
    becomes(stage.browser, "document.title", json!("Nothing yet")).await
}

/// One article and nothing around it is an edition too.
pub async fn a_single_article(stage: &Stage<'_>) -> Result<()> {
    stage.put_articles(r#"{"version": 1, "id": "alone", "title": "Alone", "sections": [{"body": "Some *words*."}]}"#);
    open_list(stage, "").await?;
    stage.browser.click(".op-card-title a").await?;
    says(stage.browser, ".op-section p", "Some words.").await?;
    becomes(
        stage.browser,
        "all('.op-neighbours, .op-related, .op-contents, .op-byline time').length",
        json!(0),
    )
    .await
}

/// Each way to get nothing has its own words, and trying again works once the fault is gone.
pub async fn failures(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let cases = [
        (
            Fault::Status(404),
            "The articles are not where they should be",
            "answered 404",
        ),
        (
            Fault::Status(500),
            "The articles could not be fetched",
            "answered 500",
        ),
        (
            Fault::Html,
            "The articles could not be read",
            "found a web page",
        ),
        (
            Fault::Truncated(0),
            "The articles could not be read",
            "the file is empty",
        ),
        (
            Fault::Broken(2000),
            "The articles could not be fetched",
            "broke off",
        ),
    ];
    for (fault, heading, detail) in cases {
        let context = format!("{fault:?}");
        stage.server.set_fault("articles.json", fault);
        open_anew(stage, "").await?;
        says(browser, ".op-empty h1", heading)
            .await
            .with_context(|| context.clone())?;
        mentions(browser, ".op-detail", &[detail])
            .await
            .with_context(|| context.clone())?;
        // Not yet.
        let n_before = stage.server.requests().len();
        browser.click(".op-empty button").await?;
        says(browser, ".op-empty h1", heading)
            .await
            .with_context(|| format!("{context}, tried again"))?;
        stage.server.clear_faults();
        browser.click(".op-empty button").await?;
        becomes(browser, N_CARDS, json!(16))
            .await
            .with_context(|| format!("{context}, after it"))?;
        says(browser, "h1", EDITION).await?;
        anyhow::ensure!(
            stage.server.requests().len() > n_before,
            "nothing was asked for again"
        );
    }
    Ok(())
}

/// A server that is not there, at an address of another host.
pub async fn no_server(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    // Port 9 discards; nobody listens there, and browsers refuse to ask.
    stage.put_page(
        "page.html",
        &page(r#"<offprint-reader src="http://127.0.0.1:9/articles.json"></offprint-reader>"#),
    )?;
    stage.open("page.html").await?;
    says(
        stage.browser,
        ".op-empty h1",
        "The articles could not be fetched",
    )
    .await?;
    mentions(stage.browser, ".op-detail", &["no answer"]).await?;
    // Away from it: the check at the end looks for other hosts.
    open_list(stage, "").await
}

/// A page of somebody else's with something in its body.
fn page(body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<script type="module" src="element.js"></script></head><body><main>{body}</main></body></html>"#
    )
}

/// A file that ends too early gives what was whole in it, and says what is not.
pub async fn cut_short(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage.put_articles(r#"{"version": 1, "title": "Cut", "articles": [{"id": "a", "title": "Whole", "sections": [{"body": "All."}]}, {"id": "b", "title": "Half", "sections": [{"bo"#);
    open_list(stage, "").await?;
    mentions(stage.browser, ".op-card-title", &["Whole"]).await?;
    stage.browser.click(".op-problems summary").await?;
    mentions(stage.browser, ".op-problems", &["line 1"]).await?;
    stage.browser.click(".op-card-title a").await?;
    says(stage.browser, ".op-section p", "All.").await
}

/// No network: said when it goes, gone when it comes back, and what is loaded goes on.
pub async fn offline(stage: &Stage<'_>) -> Result<()> {
    // The pictures of what is opened then do not come.
    stage.expect_complaints();
    open_list(stage, "").await?;
    let browser = stage.browser;
    becomes(
        browser,
        "find('.op-offline').getAttribute('role')",
        json!("status"),
    )
    .await?;
    set_offline(stage, true).await?;
    says(
        browser,
        ".op-offline",
        "You are offline. What has been loaded stays readable.",
    )
    .await?;
    choose(browser, "#op-category", "Science").await?;
    browser.click(".op-card-title a").await?;
    says(browser, ".op-article h1", "The clockwork sea").await?;
    set_offline(stage, false).await?;
    browser.wait_until("!find('.op-offline p')").await
}

async fn set_offline(stage: &Stage<'_>, offline: bool) -> Result<()> {
    if stage.browser.engine == Engine::Chromium {
        let network = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        stage.browser.devtools("Network.enable", json!({})).await?;
        return stage
            .browser
            .devtools("Network.emulateNetworkConditions", network)
            .await;
    }
    // The other drivers cannot take the network away; the page hears of it in the same words.
    let name = if offline { "offline" } else { "online" };
    stage
        .browser
        .run(&format!("dispatchEvent(new Event('{name}'));"))
        .await?;
    Ok(())
}

/// Five megabytes in one paragraph: listed, opened, all there.
pub async fn five_megabytes_in_one_paragraph(stage: &Stage<'_>) -> Result<()> {
    // The author is told to divide it.
    stage.expect_complaints();
    let words: String = (0..700_000).map(|n| format!("{n:06} ")).collect();
    let words = words.trim_end();
    let big = json!({ "version": 1, "title": "Big", "articles": [
        { "id": "big", "title": "A long breath", "sections": [{ "body": words }] },
        { "id": "small", "title": "A short one", "sections": [{ "body": "Short." }] },
    ] });
    stage.put_articles(&big.to_string());
    open_list(stage, "").await?;
    let browser = stage.browser;
    becomes(browser, N_CARDS, json!(2)).await?;
    open_article(stage, "big").await?;
    let text = "find('.op-section p').textContent";
    becomes(
        browser,
        &format!("[{text}.length, {text}.slice(0, 13), {text}.slice(-13)]"),
        json!([words.len(), "000000 000001", "699998 699999"]),
    )
    .await?;
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(2)).await
}
