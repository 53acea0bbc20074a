//! What pages say of what is saved is so: when it has gone meanwhile, when somebody goes on reading, when another tab takes it away.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::server::{Fault, Source};

use super::edition::{GONE, numbered};
use crate::cases::offline_ui::{ARTICLE, KEEP, drop_file, open, open_saved, press, save};
use crate::cases::steps::{becomes, mentions};
use crate::site::{self, ROOT, Site};
use crate::stage::Stage;

pub(super) const NOTICE: &str = "#op-saved .op-notice";

pub(super) fn put(stage: &Stage<'_>, site: &Site) {
    stage.server.put_folder(ROOT, Some(site.folder()));
}

/// Runs what takes its time and gives nothing, or what went wrong.
pub(super) async fn run(stage: &Stage<'_>, script: &str) -> Result<()> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; (async () => {{ {script} }})().then(() => done(''), (error) => done(String(error)));"
    );
    let failed = stage.browser.run_async(&script, Vec::new()).await?;
    ensure!(failed == "", "{failed}");
    Ok(())
}

/// What a browser does that needs room: the store goes, the list of what was saved stays.
const CLEAR: &str = "await caches.delete('offprint:/sub/folder/');";

/// Has what is saved be of an edition before.
pub(super) const AGE: &str = r#"
    const store = await caches.open("offprint:/sub/folder/");
    for (const name of ["saved", "saved-before"]) {
        const key = `${location.origin}/sub/folder/.offprint/${name}`;
        const all = await (await store.match(key)).json();
        all["article/maps-that-lie"].version = "aaaaaaaaaaaaaaaa";
        await store.put(key, new Response(JSON.stringify(all)));
    }"#;

/// Has a page run this before its own scripts.
pub(super) fn begin_with(stage: &Stage<'_>, path: &str, script: &str) -> Result<()> {
    let site = site::demo()?;
    let html = std::fs::read_to_string(site.folder().join(format!("{path}index.html")))?;
    stage
        .server
        .put("before.js", Source::bytes(script.to_owned()));
    let html = html.replacen("<head>", "<head><script src=\"/before.js\"></script>", 1);
    stage
        .server
        .put(&format!("{ROOT}{path}index.html"), Source::bytes(html));
    Ok(())
}

/// Who goes on reading while a list is saved finds it saved, and is told so.
pub async fn a_list_is_saved_on(stage: &Stage<'_>) -> Result<()> {
    put(stage, &site::demo()?);
    let browser = stage.browser;
    open(stage, "category/science/").await?;
    browser.click(".op-keep-opener").await?;
    mentions(browser, ".op-keep-panel", &["articles. To read offline: "]).await?;
    // In one go: it cannot have come to its end.
    let leave = "all('button').find((button) => button.textContent === 'Save them').click(); find('.op-keep-opener').click();";
    browser.run(leave).await?;
    mentions(browser, ".op-tray", &["Saved: ", "every file verified"]).await?;
    crate::axe::check(browser).await?;
    browser.click(".op-keep-opener").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["Saved: ", "every file verified"],
    )
    .await
}

/// What the site does not have any more, or has no page of, keeps nothing else from being saved.
pub async fn one_of_a_list_is_gone(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &numbered(1)?.site);
    let list = format!("{ROOT}{GONE}/files.json");
    stage.server.set_fault(&list, Fault::Status(404));
    open(stage, "").await?;
    browser.click(".op-keep-opener").await?;
    let gone = "1 cannot be saved: not on the site any more, or without a page of its own.";
    mentions(browser, ".op-keep-panel", &["4 articles. To read", gone]).await?;
    press(stage, "Save them").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["Saved: 3 of 4 articles, every file verified.", gone],
    )
    .await
}

/// What the browser has cleared is told until it is saved again, or forgotten, whatever is read meanwhile.
pub async fn what_is_lost_stays_on_the_list(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    browser
        .run("localStorage.setItem('offprint-saved:/sub/folder/:search', '');")
        .await?;
    run(stage, CLEAR).await?;
    let told = "The browser has cleared what you had saved: 1 article and the search.";
    open(stage, ARTICLE).await?;
    mentions(browser, KEEP, &["To read offline: "]).await?;
    mentions(browser, ".op-tray", &[told]).await?;
    press(stage, "Later").await?;
    open(stage, "").await?;
    mentions(browser, ".op-tray", &[told, "Save again"]).await?;
    crate::axe::check(browser).await?;
    press(stage, "Save again").await?;
    mentions(
        browser,
        ".op-tray",
        &["1 article and the search saved again."],
    )
    .await?;
    open(stage, ARTICLE).await?;
    mentions(browser, KEEP, &["verified"]).await?;
    is_kept(stage).await
}

/// The article opens without a network, and says that it is saved.
async fn is_kept(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage.server.stop();
    open(stage, ARTICLE).await?;
    mentions(stage.browser, KEEP, &["verified"]).await?;
    stage.server.start_again()
}

/// The button that looks whether all is there says so of what is not.
pub async fn checking_misses_what_is_gone(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    run(stage, CLEAR).await?;
    press(stage, "Check all").await?;
    mentions(
        browser,
        NOTICE,
        &["Checked: 1 of 1 article not here any more."],
    )
    .await?;
    mentions(
        browser,
        "#op-saved",
        &["The browser has cleared what you had saved: 1 article"],
    )
    .await?;
    press(stage, "Check all").await?;
    mentions(browser, NOTICE, &["Nothing was saved here"]).await
}

/// Another tab takes away what this one shows as saved.
pub async fn another_tab_removes_it(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    let first = browser.open_tab().await?;
    open(stage, ARTICLE).await?;
    mentions(browser, KEEP, &["verified"]).await?;
    press(stage, "Remove").await?;
    mentions(browser, KEEP, &["Remove it from this device?"]).await?;
    press(stage, "Remove").await?;
    mentions(browser, KEEP, &["Removed"]).await?;
    browser.close_tab(first).await?;
    mentions(browser, KEEP, &["To read offline: "]).await?;
    // Nobody takes the browser for the one who has removed it.
    open(stage, "").await?;
    browser.wait_until("find('.op-keep-opener')").await?;
    let keys =
        "Object.keys(localStorage).filter((key) => key.startsWith('offprint-saved:')).length";
    becomes(browser, keys, json!(0)).await
}

/// A tab that was open when another one has forgotten everything: what it saves then opens without a network.
pub async fn a_tab_that_was_open(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    let first = browser.open_tab().await?;
    open_saved(stage).await?;
    press(stage, "Forget everything").await?;
    browser.wait_until("find('dialog[open]')").await?;
    browser.run("find('dialog .op-grave').click();").await?;
    mentions(browser, "#op-saved", &["Everything is forgotten"]).await?;
    browser.close_tab(first).await?;
    // Not every driver tells a tab that it is seen again.
    browser
        .run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));")
        .await?;
    mentions(browser, KEEP, &["To read offline: "]).await?;
    browser.click("#op-keep").await?;
    mentions(browser, KEEP, &["verified"]).await?;
    is_kept(stage).await
}

/// Nobody whose device asks for little data is made to keep anything by looking at *Saved*.
pub async fn looking_keeps_nothing(stage: &Stage<'_>) -> Result<()> {
    put(stage, &site::demo()?);
    let browser = stage.browser;
    begin_with(
        stage,
        "saved/",
        "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });",
    )?;
    open_saved(stage).await?;
    mentions(browser, "#op-saved", &["Nothing is saved yet"]).await?;
    // All parts of the page have been drawn when this one has.
    press(stage, "Check all").await?;
    mentions(browser, NOTICE, &["Nothing was saved here"]).await?;
    let script = "
        const done = arguments[arguments.length - 1];
        navigator.serviceWorker.getRegistrations().then(({ length }) => done(length), (error) => done(String(error)));";
    let n = browser.run_async(script, Vec::new()).await?;
    ensure!(n == 0, "{n} workers");
    Ok(())
}

pub(super) fn file(articles: Value) -> String {
    let head = json!({ "format": "offprint", "version": 1, "files": [], "articles": articles });
    format!("text({} + '\\n')", json!(head.to_string()))
}

/// Where there can be no worker, what a file has is taken, and is not said to be lost.
pub async fn an_import_without_a_worker(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    put(stage, &site::demo()?);
    let browser = stage.browser;
    begin_with(
        stage,
        "saved/",
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('refused', 'NotSupportedError'));",
    )?;
    open_saved(stage).await?;
    let one = file(json!([{ "id": "one", "title": "One" }]));
    drop_file(stage, &one, "x.offprint").await?;
    mentions(browser, NOTICE, &["Imported from x.offprint: 1 article"]).await?;
    mentions(browser, ".op-items", &["One", "From a file"]).await
}

/// What came out of a file before is replaced by nothing older, and by nothing later unasked.
pub async fn an_import_asks(stage: &Stage<'_>) -> Result<()> {
    put(stage, &site::demo()?);
    let browser = stage.browser;
    open_saved(stage).await?;
    let of = |title: &str, day: u32| {
        file(json!([{ "id": "one", "title": title, "published": format!("2026-01-0{day}") }]))
    };
    let stays = "Of 1 article the version stays that was imported before";
    drop_file(stage, &of("Second", 2), "2.offprint").await?;
    mentions(browser, NOTICE, &["Imported from 2.offprint: 1 article"]).await?;
    drop_file(stage, &of("First", 1), "1.offprint").await?;
    mentions(browser, NOTICE, &["1.offprint: 0 articles", stays]).await?;
    drop_file(stage, &of("Second", 2), "again.offprint").await?;
    mentions(
        browser,
        NOTICE,
        &["again.offprint: 0 articles", "Here already: 1 article."],
    )
    .await?;
    for (answer, expect, title) in [
        ("Keep everything", stays, "Second"),
        ("Replace", "Of these, 1 replaced what was here.", "Third"),
    ] {
        drop_file(stage, &of("Third", 3), "3.offprint").await?;
        browser.wait_until("find('dialog[open]')").await?;
        mentions(
            browser,
            "dialog",
            &["“Third” in a later version", "Replace what is here?"],
        )
        .await?;
        crate::axe::check(browser).await?;
        press(stage, answer).await?;
        mentions(browser, NOTICE, &["Imported from 3.offprint", expect]).await?;
        mentions(browser, ".op-items", &[title]).await?;
    }
    Ok(())
}

/// On *Saved*, an article of an edition before has its pictures by their digests: at their addresses there may be others by now.
pub async fn pictures_of_an_edition_before(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    run(stage, AGE).await?;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    browser.wait_until("find('.op-card-title a')").await?;
    browser.run("find('.op-card-title a').click();").await?;
    browser
        .wait_until("all('.op-article img').length > 0 && all('.op-article img').every((image) => { image.loading = 'eager'; return image.src.startsWith('blob:') && image.naturalWidth > 0; })")
        .await
}
