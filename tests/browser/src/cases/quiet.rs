//! What nobody should notice: no complaint, no request to others, no policy broken. Every case checks its last page;
//! this one goes everywhere in one page.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;
use xtask::workspace;

use super::steps::{N_CARDS, TITLES, answered, becomes, choose, open_list, search};
use crate::stage::Stage;

/// A visit to everything, in one document.
pub async fn a_long_visit(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.run("window.isSameDocument = true;").await?;
    // Every article, by its older neighbour.
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    for _ in 1..16 {
        let before = browser.text("text('h1')").await?;
        browser.click(".op-neighbour-next").await?;
        browser
            .wait_until(&format!(
                "find('.op-article') && text('h1') !== {}",
                json!(before)
            ))
            .await?;
    }
    browser.wait_until("!find('.op-neighbour-next')").await?;
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    search(browser, "city").await?;
    choose(browser, "#op-category", "Economy").await?;
    choose(browser, "#op-order", "oldest").await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    browser.back().await?;
    answered(browser).await?;
    browser.click("#op-search").await?;
    browser.press(Key::Escape).await?;
    choose(browser, "#op-category", "").await?;
    for _ in 0..3 {
        browser.click("#op-theme").await?;
    }
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(browser, "window.isSameDocument", json!(true)).await?;
    let own_host = format!("127.0.0.1:{}", stage.server.port());
    for request in stage.server.requests() {
        ensure!(
            request.host == own_host,
            "asked as {}: {}",
            request.host,
            request.path
        );
        ensure!(
            request.status < 400,
            "{} for {}",
            request.status,
            request.path
        );
    }
    Ok(())
}

/// The page's policy allows no script but its own, and no text as a script.
pub async fn the_policy_is_strict(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let policy = stage
        .browser
        .text("document.querySelector('meta[http-equiv=\"Content-Security-Policy\"]').content")
        .await?;
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    ] {
        ensure!(policy.contains(part), "no {part} in {policy}");
    }
    ensure!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    let refused = stage
        .browser
        .run("try { document.body.innerHTML = '<p>no</p>'; return 'taken'; } catch (error) { return error.name; }")
        .await?;
    let has_types = stage
        .browser
        .run("return 'trustedTypes' in window;")
        .await?
        == true;
    ensure!(
        !has_types || refused == "TypeError",
        "a text was taken for markup: {refused}"
    );
    stage.expect_complaints();
    Ok(())
}

/// Nothing in an article becomes markup, script or style.
pub async fn hostile_articles_are_text(stage: &Stage<'_>) -> Result<()> {
    let attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script> [a](javascript:window.hacked=1) \
        [b](data:text/html,<script>alert(1)</script>) ![c](javascript:window.hacked=1) <svg onload=window.hacked=1> \"><b style=\"color:red\">";
    let article = json!({
        "id": "\"><script>window.hacked=1</script>", "title": attack, "subtitle": attack, "category": attack, "tags": [attack],
        "authors": [{ "name": attack, "url": "javascript:window.hacked=1" }], "source": { "name": attack, "url": "data:text/html,x" },
        "summary": attack, "key_points": [attack], "sections": [{ "heading": attack, "body": attack }], "risks": [attack],
        "disclosure": attack, "related": [{ "title": attack, "excerpt": attack, "url": "vbscript:x" }],
    });
    stage.put_articles(
        &json!({ "version": 1, "title": attack, "description": attack, "articles": [article] })
            .to_string(),
    );
    // Refused addresses are problems that its author reads of.
    stage.expect_complaints();
    open_list(stage, "").await?;
    let browser = stage.browser;
    becomes(browser, &format!("{TITLES}[0]"), json!(attack)).await?;
    search(browser, "hacked").await?;
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    for bad in [
        "script",
        "svg[onload]",
        "[onerror]",
        "[style*=color]",
        "a[href^='javascript:']",
        "a[href^='data:']",
        "a[href^='vbscript:']",
        "img[src^='javascript:']",
    ] {
        becomes(
            browser,
            &format!(
                "find('offprint-reader').shadowRoot.querySelectorAll({}).length",
                json!(bad)
            ),
            json!(0),
        )
        .await?;
    }
    browser
        .wait_until("text('.op-section').includes('<script>window.hacked=1</script>')")
        .await?;
    becomes(browser, "window.hacked === undefined", json!(true)).await
}

/// What is served is what a stranger's static server can serve: these files, and nothing that is not fetched.
pub async fn fetches_only_what_it_needs(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    stage
        .browser
        .wait_until(
            "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('aids.js'))",
        )
        .await?;
    let mut paths: Vec<String> = stage
        .server
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    // Where a server before had the same port, a browser may have kept a script of it.
    let used = "return performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1));";
    let used: Vec<String> = serde_json::from_value(stage.browser.run(used).await?)?;
    for path in used {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.retain(|path| {
        !path.starts_with("images/") && path != "test-hooks.js" && path != "favicon.ico"
    });
    paths.sort();
    let expect = [
        "",
        "aids.js",
        "articles.json",
        "element.js",
        "icon.svg",
        "offprint-articles.js",
        "offprint-articles_bg.wasm",
        "offprint.css",
        "offprint.js",
        "offprint_bg.wasm",
        "page.css",
        "plain.js",
    ];
    paths.retain(|path| path != "icon.svg");
    let expect: Vec<&str> = expect
        .into_iter()
        .filter(|path| *path != "icon.svg")
        .collect();
    ensure!(
        paths == expect,
        "fetched: {paths:?}, expected once each: {expect:?}"
    );
    ensure!(workspace::dist_dir().join("icon.svg").is_file(), "no icon");
    Ok(())
}
