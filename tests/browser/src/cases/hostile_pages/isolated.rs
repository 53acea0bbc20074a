//! Pages that are cut off from others: by an embedder policy, by a sandbox, or as they are files.

use std::fs;

use anyhow::{Context, Result};
use serde_json::json;
use xtask::system::Engine;
use xtask::workspace;

use super::super::steps::{N_CARDS, becomes, mentions, search};
use super::{KEEP, Page, READER, are_ready, open, put, tells};
use crate::stage::{HOOKS, Stage};

/// What a page sends that wants to be isolated from other origins.
const ISOLATED: &[(&str, &str)] = &[
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
];

const FOR_ALL: (&str, &str) = ("Access-Control-Allow-Origin", "*");

/// Whether what builds the index was fetched by the page: then no worker has done it.
const IS_ON_PAGE: &str = "performance.getEntriesByType('resource').some(({ name }) => name.includes('offprint-index_bg.wasm'))";

/// `Cross-Origin-Embedder-Policy: require-corp`, with the reader on the page's own host. The worker has to have the policy, too: without, the
/// search runs on the page.
pub async fn by_an_embedder_policy(stage: &Stage<'_>) -> Result<()> {
    // Browsers say on the console what they do not start.
    stage.expect_complaints();
    let browser = stage.browser;
    stage.server.put_headers("page.html", ISOLATED)?;
    // In this order, as browsers may start a worker again without asking for its script.
    for has_policy in [false, true] {
        if has_policy {
            stage.server.put_headers("search-worker.js", ISOLATED)?;
        }
        let page = Page {
            body: READER,
            ..Page::default()
        };
        open(stage, page).await?;
        are_ready(stage, 1).await?;
        becomes(browser, "crossOriginIsolated", json!(true)).await?;
        search(browser, "lighthouse").await?;
        browser.wait_until("find('.op-card mark')").await?;
        // WebKit refuses it either way.
        let is_refused = !has_policy || browser.engine == Engine::WebKit;
        becomes(browser, IS_ON_PAGE, json!(is_refused)).await?;
        tells(stage, &[]).await?;
    }
    Ok(())
}

/// The same with everything from another host: what is fetched with CORS needs nothing more; pictures have to be allowed.
pub async fn by_an_embedder_policy_from_elsewhere(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let elsewhere = format!("http://localhost:{}/", stage.server.port());
    let body = format!(
        r#"<script type="module" src="{elsewhere}element.js"></script><offprint-reader src="{elsewhere}articles.json"></offprint-reader>"#
    );
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><title>Somebody's page</title><script src=\"/keep.js\"></script><link rel=\"icon\" href=\"icon.svg\"></head><body>{body}</body></html>"
    );
    put(stage, "other.html", Page::default())?;
    stage.put_page("page.html", &html)?;
    stage.server.put_headers("page.html", ISOLATED)?;
    stage.server.put_headers("*", &[FOR_ALL])?;
    for allows in [false, true] {
        if allows {
            let allow = ("Cross-Origin-Resource-Policy", "cross-origin");
            stage.server.put_headers("images/*", &[allow])?;
        }
        stage.open(&format!("page.html?{allows}")).await?;
        are_ready(stage, 1).await?;
        becomes(browser, "crossOriginIsolated", json!(true)).await?;
        becomes(browser, N_CARDS, json!(16)).await?;
        browser.wait_until("find('.op-card img')?.complete").await?;
        becomes(
            browser,
            "find('.op-card img').naturalWidth > 0",
            json!(allows),
        )
        .await?;
        search(browser, "lighthouse").await?;
        browser.wait_until("find('.op-card mark')").await?;
        tells(stage, &[]).await?;
    }
    // The check at the end is for pages that ask nobody but their own host.
    browser.goto("about:blank").await
}

/// A page in a sandbox has no origin: everything works, the search on the page, and nothing is kept.
pub async fn by_a_sandbox(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let sandbox = ("Content-Security-Policy", "sandbox allow-scripts");
    stage.server.put_headers("page.html", &[sandbox])?;
    let page = Page {
        body: r#"<offprint-reader src="articles.json"><p id="theirs">Their own words</p></offprint-reader>"#,
        ..Page::default()
    };
    // Without CORS, the script itself is not run: what the page has there stays.
    open(stage, page).await?;
    becomes(
        browser,
        "[self.origin, isVisible(find('#theirs')), customElements.get('offprint-reader') === undefined]",
        json!(["null", true, true]),
    )
    .await?;
    stage.server.put_headers("*", &[FOR_ALL])?;
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    becomes(browser, "self.origin", json!("null")).await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    search(browser, "lighthouse").await?;
    browser.wait_until("find('.op-card mark')").await?;
    browser.click(".op-card-title a").await?;
    browser.wait_until("find('.op-article h1')").await?;
    tells(stage, &[("OP-E17", false)]).await
}

/// The same in somebody's frame, whose `sandbox` allows nothing but scripts.
pub async fn by_a_sandbox_around_a_frame(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    stage.server.put_headers("*", &[FOR_ALL])?;
    let says = "<script>addEventListener('offprint-ready', ({ target }) => parent.postMessage([self.origin, target.shadowRoot.querySelectorAll('.op-card').length], '*'));</script>";
    let body = format!("{says}{}", READER.replace("src=", "storage=\"none\" src="));
    let framed = Page {
        body: &body,
        ..Page::default()
    };
    put(stage, "framed.html", framed)?;
    let around = Page {
        before: "window.said = []; addEventListener('message', ({ data }) => said.push(data));",
        body: r#"<iframe sandbox="allow-scripts" src="framed.html" width="900" height="700" title="Articles"></iframe>"#,
        ..Page::default()
    };
    open(stage, around).await?;
    becomes(
        browser,
        "said.map(([origin, n]) => [origin, n > 3])",
        json!([["null", true]]),
    )
    .await
}

/// A page that was opened from a file, with the script from a server: the articles beside it cannot be fetched, and what stands in the
/// element stays.
pub async fn as_a_file(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    stage.server.put_headers("*", &[FOR_ALL])?;
    let script = format!("{}element.js", stage.server.url());
    let html = format!(
        r#"<!doctype html><html lang="en"><head><script>{HOOKS}</script><script>{KEEP}</script><meta charset="utf-8"><title>A file</title><script type="module" src="{script}"></script></head>
<body><offprint-reader src="none.json"><p id="theirs">Their own words</p></offprint-reader></body></html>"#
    );
    // A file that is not there, as Firefox gives those that are to whom a driver steers.
    let folder = workspace::target_dir()
        .join("sites")
        .join(format!("file-{}", browser.engine.name()));
    fs::create_dir_all(&folder)?;
    let file = folder.join("page.html");
    fs::write(&file, html)?;
    let file = file.to_str().context("the folder has no name in UTF-8")?;
    browser.goto(&format!("file://{file}")).await?;
    tells(stage, &[("OP-E01", true)]).await?;
    mentions(browser, ".op-empty", &["The articles could not"]).await?;
    becomes(browser, "isVisible(find('#theirs'))", json!(true)).await?;
    // The check at the end is for pages that ask nobody but their own host.
    browser.goto("about:blank").await
}
