//! What does not come, or comes otherwise than it was released; and browsers that lack something.

use anyhow::{Context, Result};
use serde_json::json;
use xtask::server::{Fault, Source};
use xtask::workspace;

use super::super::steps::{N_CARDS, becomes, mentions, search};
use super::{ERRORS, Page, READER, are_ready, open, tells};
use crate::stage::Stage;

/// Opens a page on which this script runs before ours.
async fn with(stage: &Stage<'_>, before: &str) -> Result<()> {
    let page = Page {
        before,
        body: READER,
        ..Page::default()
    };
    open(stage, page).await
}

/// One failure, said once; and the texts can be read.
async fn is_plain(stage: &Stage<'_>, code: &str, words: &str) -> Result<()> {
    let checks = async {
        tells(stage, &[(code, true)]).await?;
        let parts = [words, "The articles stand here as plain text."];
        mentions(stage.browser, ".op-notice", &parts).await?;
        becomes(stage.browser, "all('article').length", json!(16)).await
    };
    checks.await.with_context(|| format!("{code}, {words}"))
}

/// The reader's module.
const MODULE: &str = "offprint_bg.wasm";

/// Files that a server does not have, has replaced by its front page, has shortened, or a minifier has changed.
pub async fn files(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let missing = "A part of the reader could not be loaded.";
    let changed = "A part of the reader has been changed on its way.";
    for (fault, code, words) in [
        (Fault::Status(404), "OP-E02", missing),
        (Fault::Html, "OP-E02", missing),
        (Fault::Broken(1000), "OP-E02", missing),
        (Fault::Truncated(1000), "OP-E08", changed),
    ] {
        let context = format!("{fault:?}");
        stage.server.set_fault(MODULE, fault);
        with(stage, "").await?;
        is_plain(stage, code, words).await.context(context)?;
    }
    stage.server.clear_faults();
    let mut bytes = std::fs::read(workspace::dist_dir().join(MODULE))?;
    // In the middle of the code.
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    stage.server.put(MODULE, Source::bytes(bytes.clone()));
    with(stage, "").await?;
    is_plain(stage, "OP-E08", changed).await?;
    // Without digests (somebody has built the files) the module itself tells, where it does not compile.
    let script = std::fs::read_to_string(workspace::dist_dir().join("element.js"))?;
    let (before, rest) = script.split_once("DIGESTS = {").context("no digests")?;
    let (_, after) = rest.split_once('}').context("no digests")?;
    let script = format!("{before}DIGESTS = {{}}{after}");
    stage.server.put("element.js", Source::bytes(script));
    bytes.truncate(middle);
    stage.server.put(MODULE, Source::bytes(bytes));
    with(stage, "").await?;
    is_plain(stage, "OP-E02", missing).await?;
    becomes(
        stage.browser,
        "told.find(({ name }) => name === 'error').detail.message.includes('is damaged')",
        json!(true),
    )
    .await
}

/// The search has parts of its own. That one is missing is told as of any other, and the articles can be read.
pub async fn parts_of_the_search(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    for (fault, code) in [
        (Fault::Status(404), "OP-E02"),
        (Fault::Truncated(1000), "OP-E08"),
    ] {
        stage.server.set_fault("offprint-index_bg.wasm", fault);
        with(stage, "").await?;
        are_ready(stage, 1).await?;
        stage
            .browser
            .run("find('offprint-reader').search('lighthouse');")
            .await?;
        tells(stage, &[(code, false)]).await?;
    }
    Ok(())
}

/// A policy that only reports has refused nothing: what is told is the true cause.
pub async fn a_policy_that_reports(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    with(stage, "").await?;
    are_ready(stage, 1).await?;
    stage
        .browser
        .run(
            "const [blockedURI, effectiveDirective] = ['http://127.0.0.1:9/a.json', 'connect-src'];
            document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { disposition: 'report', blockedURI, effectiveDirective, violatedDirective: effectiveDirective, documentURI: location.href, originalPolicy: '', statusCode: 200, bubbles: true }));
            find('offprint-reader').src = blockedURI;",
        )
        .await?;
    becomes(stage.browser, ERRORS, json!([["OP-E04", true]])).await?;
    // The check at the end is for pages that ask nobody but their own host.
    stage.browser.goto("about:blank").await
}

/// The wrong media type costs time, not the reader.
pub async fn media_types(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    for name in ["application/octet-stream", "text/plain; charset=utf-8"] {
        stage.server.set_fault(MODULE, Fault::Typed(name));
        with(stage, "").await?;
        are_ready(stage, 1).await?;
        becomes(stage.browser, N_CARDS, json!(16)).await?;
        tells(stage, &[("OP-E03", false)]).await?;
    }
    Ok(())
}

/// Articles that are not there, are none, or of a format that is to come.
pub async fn articles(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    for (fault, code, words, fix) in [
        (
            Fault::Status(404),
            "OP-E12",
            "The articles are not where they should be.",
            "Check the address in src",
        ),
        (
            Fault::Html,
            "OP-E13",
            "The articles could not be read.",
            "it sent a page of HTML",
        ),
        (
            Fault::Status(500),
            "OP-E04",
            "The articles could not be fetched: their server has failed.",
            "its log says at what",
        ),
        (
            Fault::Status(403),
            "OP-E04",
            "The articles could not be fetched: their server refuses them.",
            "gives them to everybody",
        ),
        (
            Fault::Broken(2000),
            "OP-E04",
            "The articles could not be fetched.",
            "less than it promises",
        ),
    ] {
        stage.server.set_fault("articles.json", fault);
        with(stage, "").await?;
        tells(stage, &[(code, true)]).await?;
        let told = "told.find(({ name }) => name === 'error').detail.reader";
        becomes(stage.browser, told, json!(words)).await?;
        // The fix is that of what has happened, in one line without a stop too many.
        let line = format!(
            "complaints.filter((line) => line.includes('Offprint OP-')).map((line) => [line.includes({}), /[.?!:,][.?!]|\\n/.test(line)])",
            json!(fix)
        );
        becomes(stage.browser, &line, json!([[true, false]])).await?;
        stage
            .browser
            .wait_until("text('.op-empty').length > 20")
            .await?;
    }
    // What stands inside leaves when trying again succeeds, and who waits then gets the element.
    let page = Page {
        body: r#"<offprint-reader src="articles.json"><p>Inside</p></offprint-reader>"#,
        ..Page::default()
    };
    stage.server.set_fault("articles.json", Fault::Status(500));
    open(stage, page).await?;
    stage.browser.wait_until("find('.op-empty button')").await?;
    let room = "document.querySelector('offprint-reader > p').getClientRects().length";
    becomes(stage.browser, room, json!(1)).await?;
    stage.server.clear_faults();
    stage.browser.click(".op-empty button").await?;
    are_ready(stage, 1).await?;
    becomes(stage.browser, room, json!(0)).await?;
    let waits = "return (await find('offprint-reader').ready).localName;";
    anyhow::ensure!(super::answer(stage, waits).await? == json!("offprint-reader"));
    stage.put_articles(r#"{"version": 99, "articles": [{"id": "a", "title": "From the future"}]}"#);
    with(stage, "").await?;
    are_ready(stage, 1).await?;
    tells(stage, &[("OP-E14", false)]).await?;
    becomes(
        stage.browser,
        "text('.op-card-title')",
        json!("From the future"),
    )
    .await
}

/// Browsers without WebAssembly, with too old a one, with too little memory.
pub async fn browsers(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    for (before, code, words) in [
        ("delete globalThis.WebAssembly;", "OP-E09", "This browser does not run WebAssembly"),
        (
            "const refuse = () => Promise.reject(new WebAssembly.CompileError('unknown opcode'));
            Object.assign(WebAssembly, { compile: refuse, compileStreaming: refuse, validate: () => false });",
            "OP-E10",
            "This browser is too old for the reader",
        ),
        (
            "WebAssembly.instantiate = () => Promise.reject(new RangeError('Out of memory'));",
            "OP-E15",
            "There is not enough memory",
        ),
    ] {
        with(stage, before).await?;
        is_plain(stage, code, words).await?;
    }
    Ok(())
}

/// What browsers have got since the end of 2021: without it the reader runs as with it, and where WebAssembly is missing, too, there are the texts.
pub async fn browsers_of_2021(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let older = "
        delete URL.canParse; delete URL.parse; delete Object.groupBy; delete window.structuredClone; delete Promise.withResolvers;
        for (const name of ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']) delete Array.prototype[name];
        delete CSSStyleSheet.prototype.replace; delete window.requestIdleCallback;";
    with(stage, older).await?;
    are_ready(stage, 1).await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(
        browser,
        "[getComputedStyle(find('.op-card')).display, find('offprint-reader').shadowRoot.adoptedStyleSheets.length]",
        json!(["grid", 0]),
    )
    .await?;
    search(browser, "lighthouse").await?;
    browser.click(".op-card-title a").await?;
    browser.wait_until("find('.op-article h1')").await?;
    tells(stage, &[]).await?;
    stage.expect_complaints();
    with(stage, &format!("delete globalThis.WebAssembly; {older}")).await?;
    is_plain(stage, "OP-E09", "This browser does not run WebAssembly").await?;
    // In an article, and in a list, whose newest are to be found.
    let page = Page {
        before: &format!("delete globalThis.WebAssembly; {older}"),
        body: r#"<offprint-article src="articles.json"></offprint-article><offprint-list src="articles.json"></offprint-list>"#,
        ..Page::default()
    };
    open(stage, page).await?;
    browser
        .wait_until("find('offprint-article').shadowRoot?.querySelector('.op-article h1') && find('offprint-list').shadowRoot?.querySelectorAll('.op-card').length === 5")
        .await
}

/// Nothing can be kept: everything works, and it is said once.
pub async fn storage(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });";
    with(stage, denied).await?;
    are_ready(stage, 1).await?;
    tells(stage, &[("OP-E17", false)]).await?;
    stage.browser.click("#op-theme").await?;
    stage
        .browser
        .wait_until("find('.op-root').dataset.theme !== 'auto'")
        .await?;
    search(stage.browser, "lighthouse").await?;
    tells(stage, &[("OP-E17", false)]).await?;
    // Whoever asks for nothing to be kept is not told that nothing can be.
    let page = Page {
        before: denied,
        body: r#"<offprint-reader src="articles.json" storage="none"></offprint-reader>"#,
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    stage.browser.click("#op-theme").await?;
    search(stage.browser, "lighthouse").await?;
    tells(stage, &[]).await
}

/// The script twice is the script once; another version comes too late, and says so.
pub async fn two_scripts(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let script = std::fs::read_to_string(workspace::dist_dir().join("element.js"))?;
    let (before, rest) = script.split_once("VERSION = \"").context("no version")?;
    let (_, after) = rest.split_once('"').context("no version")?;
    stage.server.put(
        "other/element.js",
        Source::bytes(format!("{before}VERSION = \"0.0.1\"{after}")),
    );
    let failures = std::fs::read_to_string(workspace::dist_dir().join("failures.js"))?;
    stage
        .server
        .put("other/failures.js", Source::bytes(failures));
    let page = Page {
        head: r#"<script type="module" src="/element.js?twice"></script>"#,
        body: READER,
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    tells(stage, &[]).await?;
    super::answer(stage, "await import('/other/element.js');").await?;
    // Each of the three elements is said; it is one thing.
    tells(stage, &[("OP-E11", false)]).await?;
    becomes(stage.browser, N_CARDS, json!(16)).await
}
