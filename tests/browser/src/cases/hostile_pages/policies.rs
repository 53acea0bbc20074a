//! The page's content security policy.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

use super::super::steps::{N_CARDS, becomes, mentions, search};
use super::{Page, READER, are_ready, open, tells};
use crate::stage::Stage;

/// What the documentation says that the reader needs, and nothing else.
const DOCUMENTED: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'; worker-src 'self'";

/// Opens a page of this policy and searches on it.
async fn finds(stage: &Stage<'_>, policy: &str) -> Result<()> {
    let page = Page {
        policy,
        body: READER,
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    search(stage.browser, "lighthouse").await?;
    stage.browser.wait_until("find('.op-card mark')").await
}

/// Nothing but what is documented: the style sheet applies, images and the search come, and nobody complains.
pub async fn what_is_documented_is_enough(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let more = "; require-trusted-types-for 'script'; trusted-types offprint";
    finds(stage, &format!("{DOCUMENTED}{more}")).await?;
    browser.press(Key::Enter).await?;
    browser.wait_until("find('.op-article h1')").await?;
    browser.click("#op-theme").await?;
    browser
        .wait_until("find('offprint-reader').getAttribute('theme') !== null")
        .await?;
    browser.click(".op-back a").await?;
    becomes(
        browser,
        "getComputedStyle(find('.op-root')).containerType",
        json!("inline-size"),
    )
    .await?;
    browser
            .run("const box = find('#op-search'); box.value = ''; box.dispatchEvent(new Event('input', { bubbles: true, composed: true })); localStorage.clear();")
            .await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    browser
        .wait_until("find('.op-card img')?.naturalWidth > 0")
        .await?;
    becomes(
        browser,
        "told.filter(({ name }) => name === 'error').length",
        json!(0),
    )
    .await?;
    Ok(())
}

/// Trusted Types without the name of our policy: the search runs on the page, and it is said once.
pub async fn another_trusted_types_policy(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let more = "; require-trusted-types-for 'script'; trusted-types theirs";
    finds(stage, &format!("{DOCUMENTED}{more}")).await?;
    tells(stage, &[("OP-E07", false)]).await?;
    becomes(
        stage.browser,
        "told.find(({ name }) => name === 'error').detail.fix.includes('trusted-types offprint')",
        json!(true),
    )
    .await
}

/// No workers: the search runs on the page.
pub async fn no_workers(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let policy = DOCUMENTED.replace("worker-src 'self'", "worker-src 'none'");
    finds(stage, &policy).await?;
    tells(stage, &[]).await
}

/// No WebAssembly: the texts, and the directive to add.
pub async fn no_webassembly(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let policy = DOCUMENTED.replace(" 'wasm-unsafe-eval'", "");
    let page = Page {
        policy: &policy,
        body: READER,
        ..Page::default()
    };
    open(stage, page).await?;
    tells(stage, &[("OP-E05", true)]).await?;
    let notice =
        "This page does not allow the reader to run. The articles stand here as plain text.";
    mentions(stage.browser, ".op-notice", &[notice]).await?;
    becomes(
        stage.browser,
        "[all('article').length > 10, complaints.some((line) => line.includes(\"'wasm-unsafe-eval'\"))]",
        json!([true, true]),
    )
    .await
}

/// Articles on another site than the policy allows: which part of it, and what stands in the element meanwhile.
pub async fn no_articles_from_elsewhere(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let elsewhere = format!("http://localhost:{}/articles.json", stage.server.port());
    let body = format!(
        "<offprint-reader src=\"{elsewhere}\"><p id=\"theirs\">Their own words</p></offprint-reader>"
    );
    let page = Page {
        policy: DOCUMENTED,
        body: &body,
        ..Page::default()
    };
    open(stage, page).await?;
    tells(stage, &[("OP-E06", true)]).await?;
    mentions(stage.browser, ".op-empty", &["The articles could not"]).await?;
    becomes(
        stage.browser,
        "[told.find(({ name }) => name === 'error').detail.message.includes('connect-src'), isVisible(find('#theirs'))]",
        json!([true, true]),
    )
    .await?;
    // Without a policy, it is the other site that refuses.
    open(
        stage,
        Page {
            body: &body,
            ..Page::default()
        },
    )
    .await?;
    tells(stage, &[("OP-E04", true)]).await?;
    mentions(stage.browser, ".op-empty", &["The articles could not"]).await?;
    becomes(
        stage.browser,
        "told.find(({ name }) => name === 'error').detail.message.includes('Access-Control-Allow-Origin')",
        json!(true),
    )
    .await?;
    stage.browser.goto("about:blank").await
}
