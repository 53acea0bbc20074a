//! Every state, looked at: axe-core finds nothing, and a picture is left in `target/screenshots/`.
//!
//! One case for each state, so that a report names it. In Chromium and Firefox a state is seen in light and dark, in
//! Chromium on a phone too; in WebKit in light.

use anyhow::{Context, Result};
use fantoccini::key::Key;
use xtask::server::Fault;
use xtask::system::Engine;

use super::steps::{open_anew, open_list, search};
use crate::axe;
use crate::browser::{Scheme, Window};
use crate::stage::Stage;

/// Looks at what is open; `ready` is what has to be there.
async fn look(stage: &Stage<'_>, name: &str, ready: &str) -> Result<()> {
    let browser = stage.browser;
    let windows: &[(Window, &str)] = match browser.engine {
        Engine::Chromium => &[(Window::Phone, "phone"), (Window::Desktop, "desktop")],
        Engine::Firefox | Engine::WebKit => &[(Window::Desktop, "desktop")],
    };
    // What a picture shows: letters and images are there, and nothing of it is halfway.
    let settled = "[...find('offprint-reader').shadowRoot.querySelectorAll('img')]
        .filter((image) => { const box = image.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; })
        .every((image) => image.complete)";
    for (scheme, scheme_name) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
        if !browser.set_scheme(scheme).await? {
            continue;
        }
        for (window, window_name) in windows {
            browser.set_window(*window).await?;
            browser.wait_until(ready).await?;
            browser.wait_until(settled).await?;
            browser
                .screenshot(&format!("{name}-{window_name}-{scheme_name}"))
                .await?;
        }
        // What axe-core reads is the same in all of them, but for the colours of each scheme: once in the others is enough.
        if browser.engine == Engine::Chromium || scheme == Scheme::Light {
            axe::check(browser)
                .await
                .with_context(|| format!("{name} in {scheme_name}"))?;
        }
    }
    Ok(())
}

/// The front as it opens.
pub async fn front(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    look(stage, "front", "find('.op-card')").await
}

/// The front, narrowed to a category and a tag.
pub async fn front_filtered(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "#/?category=Science&tag=history%20of%20science").await?;
    look(stage, "front-filtered", "find('.op-card')").await
}

/// What was found, with its hits.
pub async fn search_results(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    search(stage.browser, "light").await?;
    look(stage, "search", "find('mark')").await?;
    open_anew(stage, "#/?category=Science&q=lihgt%20tides&from=2026-01-01").await?;
    look(stage, "search-narrowed", "find('mark')").await
}

/// What is suggested: searches made before, and words.
pub async fn search_suggestions(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.run("localStorage.setItem('offprint-searches', JSON.stringify(['light on water', 'night trains']));").await?;
    browser.type_into("#op-search", "ligh").await?;
    browser
        .wait_until("find('#op-suggestions').children.length > 2")
        .await?;
    browser.press(Key::Down).await?;
    look(stage, "search-suggestions", "isVisible(find('.op-popup'))").await
}

/// What can be typed.
pub async fn search_syntax(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    stage.browser.click(".op-help").await?;
    look(stage, "search-syntax", "find('dialog').open").await
}

/// An article with the words that led to it.
pub async fn article_found(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/the-clockwork-sea?q=tide%20prediction").await?;
    stage.browser.wait_until("find('.op-hitbar')").await?;
    stage
        .browser
        .click(".op-hitbar button:nth-of-type(2)")
        .await?;
    stage
        .browser
        .click(".op-hitbar button:nth-of-type(2)")
        .await?;
    look(stage, "article-found", "find('.op-hitbar')").await
}

/// Nothing found.
pub async fn nothing_found(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    search(stage.browser, "qqxzqqxz").await?;
    look(stage, "nothing-found", "find('.op-empty')").await
}

/// The long read, at its top and where it has tables and code.
pub async fn article(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/the-clockwork-sea").await?;
    look(stage, "article", "find('.op-article')").await
}

/// Key points, risks, corrections; the middle of an article.
pub async fn article_parts(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/night-trains/op-key-points").await?;
    look(stage, "article-parts", "find('.op-key-points')").await?;
    open_anew(stage, "#/article/night-trains/op-risks").await?;
    look(stage, "article-end", "find('.op-risks')").await
}

/// Tables and code.
pub async fn article_code(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/how-compression-works").await?;
    stage
        .browser
        .wait_until("find('[part=page] .op-article pre')")
        .await?;
    stage
        .browser
        .run("find('.op-article pre').scrollIntoView({ block: 'center', behavior: 'instant' });")
        .await?;
    look(stage, "article-code", "find('pre')").await
}

/// From right to left.
pub async fn article_in_arabic(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/names-of-the-stars").await?;
    look(stage, "article-arabic", "find('.op-article')").await
}

/// In a script without spaces.
pub async fn article_in_japanese(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/ao-to-iu-iro").await?;
    look(stage, "article-japanese", "find('.op-article')").await
}

/// A title and nothing else.
pub async fn stub(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/why-letters-have-serifs").await?;
    look(stage, "stub", "find('.op-stub')").await
}

/// No such article.
pub async fn not_found(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "#/article/no-such-one").await?;
    look(stage, "not-found", "find('.op-empty')").await
}

/// No articles.
pub async fn empty(stage: &Stage<'_>) -> Result<()> {
    stage.put_articles(
        r#"{"version": 1, "title": "Nothing yet", "language": "en", "articles": []}"#,
    );
    stage.open("").await?;
    look(stage, "empty", "find('.op-empty')").await
}

/// The collection does not come.
pub async fn failure(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage.server.set_fault("articles.json", Fault::Status(500));
    stage.open("").await?;
    look(stage, "failure", "find('.op-empty button')").await
}

/// The collection does not come yet.
pub async fn loading(stage: &Stage<'_>) -> Result<()> {
    stage.server.set_fault("articles.json", Fault::Held);
    stage.open("").await?;
    look(stage, "loading", "find('.op-skeleton div')").await?;
    stage.server.clear_faults();
    stage
        .browser
        .wait_until("find('[part=page] .op-card')")
        .await
}

/// Mistakes in the collection, listed.
pub async fn problems(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage.put_articles(super::damaged::DAMAGED);
    open_list(stage, "").await?;
    stage.browser.click(".op-problems summary").await?;
    look(stage, "problems", "find('.op-problems').open").await
}

/// No network.
pub async fn offline(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    stage
        .browser
        .run("dispatchEvent(new Event('offline'));")
        .await?;
    look(stage, "offline", "text('.op-offline')").await
}

/// No WebAssembly.
pub async fn without_wasm(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage
        .server
        .set_fault("offprint_bg.wasm", Fault::Status(404));
    stage.open("").await?;
    look(stage, "without-wasm", "find('.op-notice')").await
}
