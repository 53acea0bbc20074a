//! What a person sees of all this without a network: what stays open, what is said to be missing, and where they are.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::edition::{GONE, KEPT, SAME, numbered};
use crate::cases::offline_ui::{ARTICLE, HOOKS, drop_file, open, open_saved, press};
use crate::cases::site::come;
use crate::cases::steps::{back, becomes, mentions, search};
use crate::site::{self, ROOT};
use crate::stage::Stage;

/// Whether the reader has come.
const IS_TAKEN_OVER: &str = "!find('.op-root[data-op-edition]')";

/// Asks the worker of the page that is shown, and waits for its answer.
pub async fn ask(stage: &Stage<'_>, message: serde_json::Value) -> Result<serde_json::Value> {
    let script = "
        const [message, done] = arguments;
        navigator.serviceWorker.ready.then(({ active }) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = ({ data }) => data.kind === 'progress' || done(data);
            active.postMessage(message, [port2]);
        });";
    let answer = stage.browser.run_async(script, vec![message]).await?;
    ensure!(answer["kind"] == "done", "{answer}");
    Ok(answer)
}

/// Has the reader take over the page that is shown.
pub async fn taken_over(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    browser.run(HOOKS).await?;
    come(stage).await?;
    browser.wait_until(IS_TAKEN_OVER).await
}

/// A site of the test's own, whose pages are what they were built as.
pub fn put(stage: &Stage<'_>, site: &site::Site) {
    stage.server.put_folder(ROOT, Some(site.folder()));
}

/// Saves these from the page that is shown, and has the worker take the edition that one of them is not in any more.
async fn leaves(stage: &Stage<'_>, names: &[&str]) -> Result<()> {
    ask(stage, json!({ "kind": "save", "names": names })).await?;
    put(stage, &numbered(3)?.site);
    let updated = ask(stage, json!({ "kind": "update" })).await?;
    ensure!(updated["isNew"] == true, "{updated}");
    Ok(())
}

/// An article that is saved and then leaves the edition stays open at its own address, with a network and without.
pub async fn an_article_that_left(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &numbered(1)?.site);
    open(stage, &format!("{GONE}/")).await?;
    let title = browser.text("text('.op-article .op-title')").await?;
    leaves(stage, &[GONE]).await?;
    for is_stopped in [false, true] {
        if is_stopped {
            stage.server.stop();
        }
        open(stage, &format!("{GONE}/")).await?;
        come(stage).await?;
        // The reader has looked for it.
        becomes(
            browser,
            "document.documentElement.className.includes('op-static-only')",
            json!(true),
        )
        .await?;
        becomes(browser, "text('.op-article .op-title')", json!(title)).await?;
        becomes(
            browser,
            "location.pathname",
            json!(format!("/{ROOT}{GONE}/")),
        )
        .await?;
        becomes(
            browser,
            "document.title.includes(text('.op-title'))",
            json!(true),
        )
        .await?;
        mentions(browser, ".op-keep", &["verified"]).await?;
    }
    stage.server.start_again()
}

/// A link in an article to one that the edition does not know: its page opens where it is saved, and where not it is told that it is not kept.
pub async fn a_link_to_one_that_left(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &numbered(1)?.site);
    open(stage, "").await?;
    leaves(stage, &[GONE, KEPT]).await?;
    for is_stopped in [false, true] {
        if is_stopped {
            stage.server.stop();
        }
        open(stage, &format!("{KEPT}/")).await?;
        taken_over(stage).await?;
        browser
            .run("scrollTo({ top: 200, behavior: 'instant' }); window.isBefore = true;")
            .await?;
        follow(stage, "of sand").await?;
        browser
            .wait_until("document.querySelector('.op-article[data-op-id=sand]')")
            .await?;
        browser.run(HOOKS).await?;
        let path = format!("/{ROOT}{GONE}/");
        becomes(browser, "location.pathname", json!(path)).await?;
        becomes(
            browser,
            "[Boolean(window.isBefore), scrollY]",
            json!([false, 0]),
        )
        .await?;
        becomes(
            browser,
            "document.title.includes(text('.op-title'))",
            json!(true),
        )
        .await?;
        mentions(browser, ".op-keep", &["verified"]).await?;
    }
    open(stage, &format!("{KEPT}/")).await?;
    taken_over(stage).await?;
    follow(stage, "of nothing").await?;
    browser
        .wait_until("document.title.includes('ffline')")
        .await?;
    browser.run(HOOKS).await?;
    mentions(
        browser,
        "body",
        &["This page is not on this device yet", "Saved articles"],
    )
    .await?;
    back(browser).await?;
    browser
        .wait_until("document.querySelector('.op-article[data-op-id=the-lens-that-saved-sailors]')")
        .await?;
    stage.server.start_again()
}

/// Follows the link in the article that says this.
async fn follow(stage: &Stage<'_>, label: &str) -> Result<()> {
    let click = "all('.op-body a').find((link) => link.textContent === arguments[0]).click();";
    stage.browser.run_with(click, vec![json!(label)]).await?;
    Ok(())
}

/// Where an article is read, it is after it was loaded anew: by the browser, and by *Read now*.
pub async fn the_place_after_a_reload(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open(stage, &format!("{SAME}/")).await?;
    come(stage).await?;
    browser.wait_until(IS_TAKEN_OVER).await?;
    browser
        .run("scrollTo({ top: 900, behavior: 'instant' });")
        .await?;
    // It has come to rest, and is written down.
    browser
        .wait_until("Math.abs(history.state?.[1] + 900) < 60")
        .await?;
    for takes_over in [false, true] {
        browser
            .run("window.isBefore = true; location.reload();")
            .await?;
        browser
            .wait_until("!window.isBefore && document.readyState === 'complete'")
            .await?;
        browser.run(HOOKS).await?;
        if takes_over {
            come(stage).await?;
            browser.wait_until(IS_TAKEN_OVER).await?;
        }
        browser.wait_until("Math.abs(scrollY - 900) < 60").await?;
    }
    Ok(())
}

/// An article that is not kept: what a reader is told, and where they can go on.
pub async fn not_kept(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &numbered(1)?.site);
    open(stage, "").await?;
    ask(stage, json!({ "kind": "hello", "protocol": 1 })).await?;
    open(stage, "").await?;
    come(stage).await?;
    browser.wait_until(IS_TAKEN_OVER).await?;
    stage.server.stop();
    browser
        .run(
            "all('.op-card-title a').find((link) => link.href.includes('/article/sand/')).click();",
        )
        .await?;
    mentions(
        browser,
        ".op-empty",
        &[
            "This article is not kept on this device",
            "Try again",
            "Saved",
            "Back to the list",
        ],
    )
    .await?;
    let words = browser.text("text('.op-empty')").await?;
    ensure!(!words.contains("Access-Control"), "{words}");
    crate::axe::check(browser).await?;
    stage.server.start_again()?;
    press(stage, "Try again").await?;
    browser.wait_until("find('.op-article')").await
}

/// A saved article of a large edition opens from what was found, though the edition's own file that leads to it is not here.
pub async fn a_saved_one_of_many(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let articles: Vec<Value> = (0..1200)
        .map(|n| {
            let text = format!("The words of number {n}.");
            json!({ "id": format!("n{n}"), "title": format!("Number {n}"), "published": "2020-01-01", "sections": [{ "body": text }] })
        })
        .collect();
    let many = site::edition("many", "files", &json!({ "articles": articles }))?;
    put(stage, &many);
    open(stage, "").await?;
    ask(stage, json!({ "kind": "save", "names": ["article/n1199"] })).await?;
    open(stage, "").await?;
    taken_over(stage).await?;
    search(browser, "1199").await?;
    browser
        .wait_until("text('.op-card-title') === 'Number 1199'")
        .await?;
    stage.server.stop();
    browser.run("find('.op-card-title a').click();").await?;
    // Its page is loaded.
    browser
        .wait_until("location.pathname.endsWith('/article/n1199/') && document.querySelector('.op-article').textContent.includes('The words of number 1199.')")
        .await?;
    browser.run(HOOKS).await?;
    becomes(browser, "isVisible(find('.op-article'))", json!(true)).await
}

/// The server is away, and the device thinks that it is online.
pub async fn no_answer(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open(stage, "").await?;
    ask(stage, json!({ "kind": "hello", "protocol": 1 })).await?;
    open(stage, "").await?;
    becomes(
        browser,
        "navigator.serviceWorker.controller !== null",
        json!(true),
    )
    .await?;
    stage.server.stop();
    open(stage, "").await?;
    mentions(
        browser,
        ".op-tell",
        &["The site does not answer", "What is saved can be read"],
    )
    .await?;
    press(stage, "All right").await?;
    // Whoever has read it is not told again on the next page, which has asked before this does.
    open(stage, ARTICLE).await?;
    browser.wait_until("find('.op-keep')?.textContent").await?;
    let asked = "const done = arguments[arguments.length - 1]; fetch('/', { method: 'HEAD' }).then(() => done(true), () => setTimeout(() => done(false)));";
    let answer = browser.run_async(asked, Vec::new()).await?;
    ensure!(answer == false, "the server answers");
    becomes(browser, "Boolean(find('.op-tell'))", json!(false)).await?;
    stage.server.start_again()
}

/// Waits until what shows articles of a file is here.
pub async fn complete(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let is_complete = "
        const done = arguments[arguments.length - 1];
        (async () => {
            const store = await caches.open('offprint:/sub/folder/');
            const { url } = (await store.keys()).find(({ url }) => url.includes('/.offprint/version/'));
            const { more } = await (await store.match(url)).json();
            const here = await Promise.all(more.map(([, hash]) => store.match(new URL(`../file/${hash}`, url))));
            return more.length > 0 && here.every(Boolean);
        })().then((is) => { globalThis.isComplete = is; done(is); }, (error) => done(String(error)));";
    while browser.run_async(is_complete, Vec::new()).await? != true {
        browser
            .wait_until("document.readyState === 'complete'")
            .await?;
    }
    Ok(())
}

/// A file with articles opens without a network where *Saved* was opened once.
pub async fn a_file_without_a_network(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open_saved(stage).await?;
    ask(stage, json!({ "kind": "hello", "protocol": 1 })).await?;
    open_saved(stage).await?;
    complete(stage).await?;
    stage.server.stop();
    open_saved(stage).await?;
    let file = json!({"format": "offprint", "version": 1, "files": [], "articles": [{"id": "foreign", "title": "Foreign", "sections": [{"body": "Words from elsewhere."}]}]});
    drop_file(
        stage,
        &format!("text({} + '\\n')", json!(file.to_string())),
        "x.offprint",
    )
    .await?;
    mentions(
        browser,
        "#op-saved .op-notice",
        &["Imported from x.offprint: 1 article"],
    )
    .await?;
    browser.wait_until("find('.op-card-title a')").await?;
    browser.run("location.hash = '#/article/foreign';").await?;
    mentions(browser, ".op-article", &["Words from elsewhere."]).await?;
    stage.server.start_again()
}

/// What is incomplete is not counted as readable, and is said where it is seen.
pub async fn what_is_incomplete(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage, &site::demo()?);
    open(stage, &format!("{SAME}/")).await?;
    let names = json!([SAME, "article/night-trains"]);
    ask(stage, json!({ "kind": "save", "names": names })).await?;
    let remove = r#"
        const done = arguments[arguments.length - 1];
        (async () => {
            const store = await caches.open("offprint:/sub/folder/");
            const keys = await store.keys();
            const all = await (await store.match(keys.find(({ url }) => url.endsWith(".offprint/saved")))).json();
            const [, hash] = all["article/maps-that-lie"].files.find(([path]) => path.endsWith(".svg"));
            await store.delete(keys.find(({ url }) => url.endsWith(`/file/${hash}`)));
        })().then(() => done(""), (error) => done(String(error)));"#;
    stage.server.stop();
    let failed = browser.run_async(remove, Vec::new()).await?;
    ensure!(failed == "", "{failed}");
    open_saved(stage).await?;
    mentions(
        browser,
        ".op-saved-summary",
        &[
            "2 articles, ",
            ": 1 to be read without a network, 1 incomplete.",
        ],
    )
    .await?;
    becomes(
        browser,
        "isVisible(find('.op-saved-head li')) && text('.op-saved-head li').includes('Incomplete: 1 image missing')",
        json!(true),
    )
    .await?;
    crate::axe::check(browser).await?;
    stage.server.start_again()?;
    press(stage, "Save again").await?;
    mentions(
        browser,
        ".op-saved-summary",
        &["2 articles, ", ", to be read without a network."],
    )
    .await
}
