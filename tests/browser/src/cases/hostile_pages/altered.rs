//! Natives that the page has replaced, as libraries and polyfills do.

use anyhow::{Context, Result};
use fantoccini::key::Key;
use serde_json::json;
use xtask::server::Fault;

use super::super::steps::{N_CARDS, becomes, choose, search};
use super::{Page, READER, are_ready, open};
use crate::stage::Stage;

/// The texts, the list, its filter, the search and an article, on a page that this script has altered.
async fn works(stage: &Stage<'_>, before: &str) -> Result<()> {
    let browser = stage.browser;
    for path in ["articles.json", "offprint_bg.wasm"] {
        stage.server.set_fault(path, Fault::Held);
    }
    let page = Page {
        before,
        body: READER,
        ..Page::default()
    };
    open(stage, page).await?;
    browser.wait_until("find('.op-skeleton')").await?;
    becomes(
        browser,
        "find('.op-skeleton').textContent",
        json!("Loading the articles"),
    )
    .await?;
    stage
        .server
        .set_fault("articles.json", Fault::Typed("application/json"));
    browser.wait_until("all('.op-card').length > 10").await?;
    stage.server.clear_faults();
    are_ready(stage, 1).await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    choose(browser, "#op-category", "Science").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    choose(browser, "#op-category", "").await?;
    search(browser, "lighthouse").await?;
    browser.press(Key::Enter).await?;
    browser.wait_until("find('.op-article h1')").await?;
    browser.run("window.given = find('offprint-reader'); given.articles = [{ id: 'a', title: 'Given', tags: ['x', 'y'], sections: [{ heading: 'One', body: 'Two' }] }]; given.goTo('a');").await?;
    becomes(browser, "text('.op-article h1')", json!("Given")).await
}

/// A library of the time before browsers had these methods: it adds its own, and replaces what is there by something similar.
pub async fn by_an_old_library(stage: &Stage<'_>) -> Result<()> {
    works(stage, include_str!("old_library.js")).await
}

/// Every object has more than it should.
pub async fn by_a_prototype_of_all(stage: &Stage<'_>) -> Result<()> {
    let before = "
        Object.prototype.theirs = 'everywhere';
        Object.defineProperty(Object.prototype, 'extend', { value(other) { return Object.assign(this, other); }, writable: true });
        Array.prototype.unique = function () { return [...new Set(this)]; };
        String.prototype.trim = function () { return this.replace(/^\\s+|\\s+$/g, ''); };";
    works(stage, before).await
}

/// Another kind of promise.
pub async fn by_promises(stage: &Stage<'_>) -> Result<()> {
    for before in [
        "window.Promise = class TheirPromise extends Promise {};",
        include_str!("promises.js"),
    ] {
        works(stage, before).await.context(before)?;
    }
    Ok(())
}

/// Every request goes through something of theirs, which may hand on something that is like an answer.
pub async fn by_fetch(stage: &Stage<'_>) -> Result<()> {
    for before in [
        "const theirs = fetch; window.fetch = (...all) => theirs(...all).then((response) => (response.theirs = true, response));",
        "const theirs = fetch; window.fetch = async (...all) => { const { body, status, headers } = await theirs(...all); return new Response(body, { status, headers }); };",
        "const theirs = fetch; window.fetch = async (...all) => { const it = await theirs(...all); return { ok: it.ok, status: it.status, headers: it.headers, text: () => it.text(), json: () => it.json(), arrayBuffer: () => it.arrayBuffer() }; };",
    ] {
        works(stage, before).await.context(before)?;
    }
    Ok(())
}
