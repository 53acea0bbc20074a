//! The site as an app: files that are opened with it, the offer to install it, and what of *Saved* goes on paper.

use anyhow::{Result, ensure};
use serde_json::json;
use xtask::server::Source;
use xtask::system::Engine;

use super::edition::{GONE, KEPT, NIGHT, SAME, numbered};
use super::reader::{ask, complete, put};
use crate::cases::offline_ui::{KEEP, open, open_saved, press};
use crate::cases::steps::{becomes, mentions};
use crate::site::ROOT;
use crate::stage::Stage;

/// Stands before the page's scripts: what a system opens with the app, which no driver can do. What comes while the app is open is `launched`.
const LAUNCH: &str = r#"
    const file = (name, text) => ({ getFile: async () => new File([text], name) });
    const article = (id, words) => JSON.stringify({ format: "offprint", version: 1, files: [], articles: [{ id, title: id, sections: [{ body: words }] }] }) + "\n";
    Object.defineProperty(window, "launchQueue", {
        value: {
            setConsumer(consumer) {
                consumer({ targetURL: location.href });
                consumer({ files: [file("broken.offprint", article("broken", "").slice(0, 9)), file("first.offprint", article("first", "Words of the first file."))] });
                window.launched = () => consumer({ files: [file("second.offprint", article("second", "Words of the second file."))] });
            },
        },
    });"#;

/// A file that is opened with the app is taken, one after another, without a network.
pub async fn a_file_is_opened_with_it(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    if browser.engine != Engine::Chromium {
        println!("    {}: opens no files with an app", browser.engine.name());
        return Ok(());
    }
    put(stage, &numbered(1)?.site);
    open_saved(stage).await?;
    ask(stage, json!({ "kind": "hello", "protocol": 1 })).await?;
    open_saved(stage).await?;
    complete(stage).await?;
    let begun = browser.begin_pages_with(LAUNCH).await?;
    stage.server.stop();
    open(stage, "saved/").await?;
    let notice = "#op-saved .op-notice";
    mentions(
        browser,
        notice,
        &["Imported from first.offprint: 1 article"],
    )
    .await?;
    browser.run("launched();").await?;
    mentions(
        browser,
        notice,
        &["Imported from second.offprint: 1 article"],
    )
    .await?;
    becomes(browser, "all('.op-item-title').length", json!(2)).await?;
    for (id, words) in [
        ("first", "Words of the first file."),
        ("second", "Words of the second file."),
    ] {
        browser
            .run(&format!("location.hash = '#/article/{id}';"))
            .await?;
        mentions(browser, ".op-article", &[words]).await?;
    }
    browser.begin_pages_without(begun).await?;
    stage.server.start_again()
}

/// Stands before the page's scripts: the browser would have the site installed, as this script and not the browser itself has it. What the person says to
/// that is in the session's storage.
const PROMPT: &str = r#"
    addEventListener("beforeinstallprompt", (event) => event.isTrusted && event.stopImmediatePropagation());
    addEventListener("load", () => {
        const event = new Event("beforeinstallprompt", { cancelable: true });
        event.userChoice = new Promise((chosen) => (event.prompt = async () => {
            const outcome = sessionStorage.getItem("answer") ?? "dismissed";
            chosen({ outcome });
            // Once whoever asked has been told.
            setTimeout(() => (document.documentElement.dataset.asked = outcome));
        }));
        dispatchEvent(event);
        document.documentElement.dataset.isPrevented = event.defaultPrevented;
    });"#;

const OFFER: &str = "As an app on this device, this edition opens without a network";
const IS_OFFERED: &str =
    "all('.op-tell').some((notice) => notice.textContent.includes('As an app on this device'))";

const ASKED: &str = "document.documentElement.dataset.asked";
const TURNED_DOWN: &str = "localStorage.getItem('offprint-install')";

/// Opens an article that the worker does not have, in a browser that would install the site; waits until all is said that is going to be.
async fn visit(stage: &Stage<'_>, name: &str, is_new: bool) -> Result<()> {
    let browser = stage.browser;
    if is_new {
        browser.run("sessionStorage.clear();").await?;
    }
    let path = format!("{ROOT}{name}/index.html");
    let html = std::fs::read_to_string(
        numbered(1)?
            .site
            .folder()
            .join(format!("{name}/index.html")),
    )?;
    let html = html.replacen("<head>", "<head><script src=\"/prompt.js\"></script>", 1);
    stage.server.put(&path, Source::bytes(html));
    open(stage, &format!("{name}/")).await?;
    stage.server.remove(&path);
    mentions(browser, KEEP, &["To read offline: "]).await?;
    // Whoever has asked for the script of the offer before has it by then.
    let come = "
        const done = arguments[arguments.length - 1];
        const { src } = document.querySelector(\"script[src$='site.js']\");
        import(src.replace('site.js', 'offers.js')).then(() => setTimeout(done), (error) => done(String(error)));";
    let failed = browser.run_async(come, Vec::new()).await?;
    ensure!(failed.is_null(), "{failed}");
    becomes(
        browser,
        "document.documentElement.dataset.isPrevented",
        json!("true"),
    )
    .await
}

/// Installing is offered once a visit, from the second visit on or when the first thing was saved, and never again to who has turned it down.
pub async fn installing_is_offered(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let is_offered = |is| becomes(browser, IS_OFFERED, json!(is));
    put(stage, &numbered(1)?.site);
    stage.server.put("prompt.js", Source::bytes(PROMPT));
    stage.open("").await?;
    // The first visit, on two pages; then something is saved, and the offer turned down.
    visit(stage, GONE, true).await?;
    is_offered(false).await?;
    visit(stage, SAME, false).await?;
    is_offered(false).await?;
    press(stage, "Save").await?;
    mentions(browser, ".op-tray", &[OFFER, "Install", "No, thanks"]).await?;
    let is_quiet = "document.activeElement.closest('.op-tray') === null";
    becomes(browser, is_quiet, json!(true)).await?;
    press(stage, "No, thanks").await?;
    becomes(browser, TURNED_DOWN, json!("no")).await?;
    visit(stage, GONE, true).await?;
    is_offered(false).await?;
    // Another one, to whom nothing was offered yet: it is taken, which keeps nobody from being asked if the site is taken off the device.
    let forget = "localStorage.removeItem('offprint-install');";
    browser.run(forget).await?;
    visit(stage, GONE, true).await?;
    is_offered(true).await?;
    let accepts = "sessionStorage.setItem('answer', 'accepted');";
    browser.run(accepts).await?;
    press(stage, "Install").await?;
    becomes(browser, ASKED, json!("accepted")).await?;
    becomes(browser, TURNED_DOWN, json!(null)).await?;
    visit(stage, GONE, false).await?;
    is_offered(false).await?;
    // What the browser itself asks then is turned down.
    visit(stage, GONE, true).await?;
    is_offered(true).await?;
    press(stage, "Install").await?;
    becomes(browser, TURNED_DOWN, json!("no")).await?;
    becomes(browser, ASKED, json!("dismissed")).await
}

/// Of *Saved*, the articles go on paper with what is said of each: nothing that is to be pressed, and nothing cut.
pub async fn what_is_saved_prints(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    if browser.engine != Engine::Chromium {
        println!(
            "    {}: the driver shows no page as it would print",
            browser.engine.name()
        );
        return Ok(());
    }
    let first = numbered(1)?;
    put(stage, &first.site);
    let names = [KEPT, SAME, GONE, NIGHT];
    open(stage, "").await?;
    ask(stage, json!({ "kind": "save", "names": names })).await?;
    open_saved(stage).await?;
    browser
        .wait_until("all('.op-card-title').length === 4")
        .await?;
    mentions(
        browser,
        ".op-saved-summary",
        &["4 articles", ", to be read without a network."],
    )
    .await?;
    press(stage, "Check all").await?;
    mentions(browser, ".op-notice", &["every file is as it was saved"]).await?;
    browser
        .devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    browser.wait_until("matchMedia('print').matches").await?;
    becomes(browser, "all('button, input, select, summary, dialog, [role=status]').filter(isVisible).map((part) => part.outerHTML.slice(0, 80))", json!([])).await?;
    for name in names {
        let title = first.title(name)?;
        let is_there = format!(
            "all('.op-card-title').some((part) => isVisible(part) && part.textContent === {})",
            json!(title)
        );
        browser.wait_until(&is_there).await?;
    }
    becomes(browser, CUT, json!([])).await?;
    browser.screenshot("saved-print").await?;
    browser
        .devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
        .await
}

/// What is seen and stands out of the page, or of a box that cuts it.
const CUT: &str = "all('h1, h2, h3, p, li, a, time, img').filter(isVisible).filter((part) => {
    const { left, right } = part.getBoundingClientRect();
    const isClipped = getComputedStyle(part).overflow !== 'visible' && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
    return left < -1 || right > document.documentElement.clientWidth + 1 || isClipped;
}).map((part) => part.outerHTML.slice(0, 120))";
