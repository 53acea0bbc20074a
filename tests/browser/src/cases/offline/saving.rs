//! Saving, and what becomes of it: how much of a list is here, what cannot be read, what is taken away, and what has the focus after that.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use xtask::server::Fault;
use xtask::system::Engine;

use super::truth::{AGE, NOTICE, begin_with, file, put, run};
use crate::cases::offline_ui::{ARTICLE, KEEP, drop_file, open, open_saved, press, save};
use crate::cases::site::come;
use crate::cases::steps::{becomes, mentions};
use crate::site::{self, ROOT};
use crate::stage::Stage;

/// Runs what takes its time and gives a value.
async fn value(stage: &Stage<'_>, script: &str) -> Result<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; (async () => {{ {script} }})().then(done, (error) => done(String(error)));"
    );
    stage.browser.run_async(&script, Vec::new()).await
}

/// Nothing is removed from *Saved* by one press; of what may be the last of it, it is said.
pub async fn removing_asks(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    press(stage, "Remove").await?;
    mentions(browser, "dialog", &["Remove “Maps that lie", "”"]).await?;
    press(stage, "Keep everything").await?;
    becomes(browser, "Boolean(find('dialog'))", json!(false)).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    run(stage, AGE).await?;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    press(stage, "Remove").await?;
    let why = "It is of an earlier edition, and cannot be saved again if the site has it no more.";
    mentions(browser, "dialog", &[why]).await?;
    crate::axe::check(browser).await?;
    browser.run("find('dialog .op-grave').click();").await?;
    mentions(browser, "#op-saved", &["freed", "Nothing is saved yet"]).await
}

/// Has the database be of a version that no script of ours knows: it does not open any more.
const BREAK: &str = "
    await new Promise((resolve, reject) => {
        const opening = indexedDB.open('offprint:/sub/folder/', 9);
        opening.onsuccess = () => (opening.result.close(), resolve());
        opening.onerror = opening.onblocked = reject;
    });";

/// What was imported and cannot be read is not nothing: it is told, no export passes over it, and no import goes over it.
pub async fn what_cannot_be_read(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open_saved(stage).await?;
    let one = file(json!([{ "id": "one", "title": "One" }]));
    drop_file(stage, &one, "x.offprint").await?;
    mentions(browser, NOTICE, &["Imported from x.offprint: 1 article"]).await?;
    run(stage, BREAK).await?;
    open_saved(stage).await?;
    let why = "What was imported cannot be read now (VersionError";
    mentions(browser, NOTICE, &[why]).await?;
    let summary = "Not all that is kept here can be read now.";
    mentions(browser, ".op-saved-summary", &[summary]).await?;
    becomes(browser, "isVisible(find('.op-empty'))", json!(false)).await?;
    crate::axe::check(browser).await?;
    press(stage, "Export").await?;
    mentions(browser, NOTICE, &["Nothing is exported. ", why]).await?;
    drop_file(stage, &one, "again.offprint").await?;
    mentions(
        browser,
        NOTICE,
        &["again.offprint: ", why, "Nothing of it was taken"],
    )
    .await?;
    // What can be read is shown, and goes into the file, which says that it is not all.
    open(stage, ARTICLE).await?;
    mentions(browser, KEEP, &["To read offline: "]).await?;
    browser.click("#op-keep").await?;
    mentions(browser, KEEP, &["verified"]).await?;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    mentions(browser, ".op-saved-summary", &["1 article, ", summary]).await?;
    press(stage, "Export").await?;
    let less = "What cannot be read now is not in it.";
    mentions(browser, NOTICE, &["Exported: 1 article", less]).await
}

/// Whatever a link has behind it, a page put together by hand is kept once; what was kept for each link before goes.
pub async fn a_page_is_kept_once(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    super::by_hand::put(stage)?;
    stage.open("by-hand.html?fbclid=1").await?;
    becomes(browser, "saved.toSorted()", json!(["one", "other"])).await?;
    let before = "
        for (const page of ['by-hand.html?utm=0', 'other.html']) await caches.open(`offprint-page:${location.origin}/:001700000000000 ${location.origin}/${page}`);
        return '';";
    ensure!(value(stage, before).await? == "", "nothing is put there");
    stage.open("by-hand.html?fbclid=2").await?;
    becomes(browser, "saved.toSorted()", json!(["one", "other"])).await?;
    let pages = value(
        stage,
        "return (await caches.keys()).map((name) => name.split(`${location.origin}/`).pop()).sort();",
    )
    .await?;
    ensure!(
        pages == json!(["by-hand.html", "other.html"]),
        "kept are {pages}"
    );
    Ok(())
}

/// What a list says while it is saved is what the worker has, and so is what it says when somebody stops it.
pub async fn how_much_is_here(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let article = |n: usize| {
        let published = format!("2026-01-{:02}T{:02}:00:00Z", 28 - n / 24, 23 - n % 24);
        json!({ "id": format!("number-{n}"), "title": format!("Number {n}"), "published": published, "sections": [{ "body": "Words." }] })
    };
    let articles: Vec<Value> = (0..45).map(article).collect();
    let edition = json!({ "version": 1, "title": "Many", "articles": articles });
    put(stage, &site::edition("many", "files", &edition)?);
    // It is among the last of the first that are asked for, which are taken in the order in which they come.
    let held = format!("{ROOT}article/number-19/article.json");
    stage.server.set_fault(&held, Fault::Held);
    open(stage, "").await?;
    browser.click(".op-keep-opener").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["45 articles. To read offline: "],
    )
    .await?;
    press(stage, "Save them").await?;
    let is_held = || {
        let requests = stage.server.requests();
        requests
            .iter()
            .any(|request| request.path.ends_with("number-19/article.json"))
    };
    while !is_held() {
        browser
            .wait_until("text('.op-keep-panel').includes('Saving')")
            .await?;
    }
    let store = "
        const store = await caches.open('offprint:/sub/folder/');
        const saved = await (await store.match(`${location.origin}/sub/folder/.offprint/saved`)).json();
        return Object.keys(saved).length;";
    let n = value(stage, store).await?;
    ensure!(
        n.as_u64().is_some_and(|n| (1..20).contains(&n)),
        "{n} are saved"
    );
    mentions(
        browser,
        ".op-keep-panel",
        &[&format!("Saving: {n} of 45 articles here, ")],
    )
    .await?;
    press(stage, "Cancel").await?;
    let stay = format!("{n} of 45 articles saved, and they stay.");
    mentions(browser, ".op-keep-panel", &["Stopped. ", &stay, "Go on"]).await?;
    stage.server.clear_faults();
    press(stage, "Go on").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["Saved: 45 articles, every file verified"],
    )
    .await
}

/// Where the reader cannot start nobody knows what is in the list, and that is said at once.
pub async fn a_list_without_a_reader(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &site::demo()?);
    begin_with(
        stage,
        "category/science/",
        "globalThis.WebAssembly = undefined;",
    )?;
    open(stage, "category/science/").await?;
    browser.wait_until("find('.op-keep-opener')").await?;
    // What only the reader can do goes with it, and the button moves.
    come(stage).await?;
    browser
        .wait_until("document.documentElement.classList.contains('op-static-only')")
        .await?;
    browser.click(".op-keep-opener").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["The reader could not start on this page", "Close"],
    )
    .await?;
    becomes(
        browser,
        "text('.op-keep-panel').includes('Try again')",
        json!(false),
    )
    .await?;
    press(stage, "Close").await?;
    becomes(
        browser,
        "[find('.op-keep-panel').hidden, find('.op-keep-opener').ariaExpanded ?? find('.op-keep-opener').getAttribute('aria-expanded')]",
        json!([true, "false"]),
    )
    .await
}

/// What saves a list comes with the first press. Where it does not, that is said in its place, and it can be tried again.
pub async fn without_its_script(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let site = site::demo()?;
    put(stage, &site);
    let files = site.files("assets")?;
    // That of the build before may be there, too. Nor does the worker come, which would have it.
    let scripts = files.iter().filter(|path| path.ends_with("/save-list.js"));
    let n = scripts
        .map(|script| {
            stage
                .server
                .set_fault(&format!("{ROOT}{script}"), Fault::Status(404))
        })
        .count();
    ensure!(n > 0, "there is no such script");
    open(stage, "category/science/").await?;
    browser.wait_until("find('.op-keep-opener')").await?;
    browser.click(".op-keep-opener").await?;
    let told = "What saves a list could not be loaded: there may be no network.";
    mentions(browser, ".op-keep-panel", &[told, "Try again"]).await?;
    crate::axe::check(browser).await?;
    press(stage, "Try again").await?;
    browser
        .wait_until(&format!("text('.op-keep-panel').includes({})", json!(told)))
        .await?;
    stage.server.clear_faults();
    press(stage, "Try again").await?;
    mentions(browser, ".op-keep-panel", &["articles. To read offline: "]).await?;
    browser.press(Key::Escape).await?;
    becomes(
        browser,
        "[find('.op-keep-panel').hidden, active() === find('.op-keep-opener')]",
        json!([true, true]),
    )
    .await
}

/// Who cancels while the worker is still on its way has cancelled.
pub async fn cancelled_before_the_worker_is_there(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &site::demo()?);
    let held = format!("{ROOT}offline.html");
    stage.server.set_fault(&held, Fault::Held);
    open(stage, ARTICLE).await?;
    browser
        .wait_until("find('#op-keep')?.textContent === 'Save'")
        .await?;
    press(stage, "Save").await?;
    mentions(browser, KEEP, &["Saving", "Cancel"]).await?;
    press(stage, "Cancel").await?;
    mentions(browser, KEEP, &["Stopped. ", "Save"]).await?;
    stage.server.clear_faults();
    press(stage, "Save").await?;
    mentions(browser, KEEP, &["verified"]).await
}

/// What is said in English in an edition in Arabic is marked as that, and goes from left to right.
pub async fn words_of_another_direction(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let arabic = site::changed("arabic", |edition| edition["language"] = json!("ar"))?;
    put(stage, &arabic);
    open_saved(stage).await?;
    drop_file(
        stage,
        &file(json!([{ "id": "one", "title": "One" }])),
        "x.offprint",
    )
    .await?;
    mentions(browser, ".op-items", &["From a file"]).await?;
    press(stage, "Remove").await?;
    browser.wait_until("find('dialog[open]')").await?;
    for element in ["dialog", ".op-tray"] {
        let is = format!(
            "[getComputedStyle(document.documentElement).direction, find('{element}').closest('[lang]').lang, getComputedStyle(find('{element}')).direction]"
        );
        becomes(browser, &is, json!(["rtl", "en", "ltr"])).await?;
    }
    Ok(())
}

/// What is pressed and goes leaves the focus near by, and what is told was there to be read out before it was.
pub async fn the_focus_stays(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open_saved(stage).await?;
    // What is hidden is no live region yet.
    becomes(
        browser,
        "[find('#op-saved .op-notice').hidden, find('#op-saved .op-notice').offsetHeight, getComputedStyle(find('#op-saved .op-notice')).display !== 'none']",
        json!([false, 0, true]),
    )
    .await?;
    let both = file(json!([{ "id": "one", "title": "One" }, { "id": "two", "title": "Two" }]));
    drop_file(stage, &both, "x.offprint").await?;
    mentions(browser, ".op-items", &["One", "Two"]).await?;
    // As with a key: the button has the focus.
    let pressed = |label: &str| {
        let label = json!(label);
        format!(
            "const button = all('button').find((button) => button.textContent === {label} && isVisible(button)); button.focus(); button.click();"
        )
    };
    for left in [json!([1, "BUTTON", "Remove"]), json!([0, "H1", "Saved"])] {
        browser.run(&pressed("Remove")).await?;
        browser.wait_until("find('dialog[open]')").await?;
        browser.run("find('dialog .op-grave').click();").await?;
        becomes(
            browser,
            "[all('.op-item').length, active().localName.toUpperCase(), active().textContent]",
            left,
        )
        .await?;
    }
    browser
        .run("localStorage.setItem('offprint-read:/sub/folder/:one', JSON.stringify({ title: 'One', block: 3, part: 0, furthest: 0.5, when: 1000 }));")
        .await?;
    open_saved(stage).await?;
    let forget = "Forget what I have read";
    browser
        .wait_until(&format!(
            "all('button').some((button) => button.textContent === '{forget}')"
        ))
        .await?;
    browser.run(&pressed(forget)).await?;
    mentions(browser, NOTICE, &["is forgotten"]).await?;
    becomes(browser, "active().localName", json!("h1")).await
}

/// A document that was put in as text has no address of its own: the search has its worker there, too, whatever the page's policy allows.
pub async fn in_a_document_without_an_address(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' data:; worker-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types offprint";
    let inner = "<!doctype html><script src=/test-hooks.js></script><script type=module src=/element.js></script><offprint-reader src=articles.json></offprint-reader>";
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><title>Preview</title><link rel=\"icon\" href=\"data:,\"></head><body><iframe title=\"Preview\" width=\"800\" height=\"600\" srcdoc=\"{inner}\"></iframe></body></html>"
    );
    stage.put_page("preview.html", &page)?;
    stage.open("preview.html").await?;
    let inside = "document.querySelector('iframe').contentWindow";
    browser
        .wait_until(&format!(
            "{inside}.find('#op-search') && {inside}.find('.op-card')"
        ))
        .await?;
    browser
        .run(&format!("const box = {inside}.find('#op-search'); box.focus(); box.value = 'lighthouse'; box.dispatchEvent(new ({inside}.InputEvent)('input', {{ bubbles: true, composed: true }}));"))
        .await?;
    browser
        .wait_until(&format!("{inside}.find('.op-card mark')"))
        .await?;
    becomes(browser, &format!("{inside}.complaints"), json!([])).await
}

/// What came out of a file is not said to be readable where the part of the reader that shows it is not here.
pub async fn without_a_part_of_the_reader(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open(stage, "").await?;
    let hello = "const registration = await navigator.serviceWorker.ready; if (!registration.active) throw new Error('no worker');";
    run(stage, hello).await?;
    stage.server.stop();
    open_saved(stage).await?;
    let one = file(json!([{ "id": "one", "title": "One" }]));
    drop_file(stage, &one, "x.offprint").await?;
    mentions(browser, NOTICE, &["Imported from x.offprint: 1 article"]).await?;
    let told = "1 article. To show them, a part of the reader has to come over the network once";
    mentions(browser, "#op-saved", &[told]).await?;
    stage.server.start_again()?;
    open_saved(stage).await?;
    mentions(
        browser,
        "#op-saved",
        &["1 article, ", "to be read without a network"],
    )
    .await?;
    mentions(browser, ".op-card-title", &["One"]).await
}

/// Who has pressed a button far below is told there how it has gone, once.
pub async fn told_where_it_is_seen(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open_saved(stage).await?;
    let many: Vec<Value> = (0..40)
        .map(|n| json!({ "id": format!("a{n}"), "title": format!("Article {n}") }))
        .collect();
    drop_file(stage, &file(json!(many)), "x.offprint").await?;
    mentions(browser, NOTICE, &["Imported from x.offprint: 40 articles"]).await?;
    browser
        .run("all('details').forEach((details) => (details.open = true));")
        .await?;
    // What is above grows until all of it is drawn.
    browser
        .wait_until("(scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }), find('.op-card-title') && all('.op-item').length === 40 && find('#op-saved .op-notice').getBoundingClientRect().bottom < 0)")
        .await?;
    press(stage, "Check all").await?;
    let told = "Nothing was saved here: there is nothing to check.";
    let (words, own) = (json!(told), "find('#op-saved .op-notice')");
    // Where a browser does not hold its place while lines are put anew, it may have come back to where it stands.
    let is_seen = format!(
        "text('.op-tray').includes({words}) || ({own}.getBoundingClientRect().bottom > 0 && {own}.textContent.includes({words}))"
    );
    becomes(browser, &is_seen, json!(true)).await?;
    if browser.engine != Engine::Chromium {
        return Ok(());
    }
    mentions(browser, ".op-tray", &[told]).await?;
    becomes(
        browser,
        &format!(
            "all('[role=status]').filter((region) => region.textContent.includes({})).length",
            json!(told)
        ),
        json!(1),
    )
    .await?;
    press(stage, "All right").await?;
    becomes(browser, "Boolean(find('.op-tell'))", json!(false)).await
}

/// An article that is read while a list with it in it is saved says so once it is.
pub async fn a_list_with_what_is_read(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open(stage, "category/science/").await?;
    browser.click(".op-keep-opener").await?;
    mentions(browser, ".op-keep-panel", &["To read offline: "]).await?;
    let leave = "all('button').find((button) => button.textContent === 'Save them').click(); find('.op-card-title a').click();";
    browser.run(leave).await?;
    mentions(browser, ".op-tray", &["Saved: ", "every file verified"]).await?;
    mentions(browser, KEEP, &["verified"]).await
}
