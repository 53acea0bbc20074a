//! What owners of pages get wrong: ids that no article has, calls that cannot be followed, two elements that want one address. Each is
//! told with a code, and what can be shown is.

use anyhow::{Result, ensure};
use serde_json::json;
use xtask::server::Source;
use xtask::workspace;

use super::super::damaged::DAMAGED;
use super::super::steps::{N_CARDS, becomes, mentions, says};
use super::{LINES, Page, READER, answer, are_ready, open, tells};
use crate::stage::Stage;

async fn open_body(stage: &Stage<'_>, body: &str) -> Result<()> {
    let page = Page {
        body,
        ..Page::default()
    };
    open(stage, page).await
}

/// What stands inside the element is in the page and has room.
const FALLBACK: &str = "Boolean(document.getElementById('inside')?.getClientRects().length)";

/// An id that the collection has not: said to the reader and to the owner, and what stands inside stays, until there is an article.
pub async fn no_such_article(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let body = r#"<offprint-article src="articles.json" article-id="none"><p id="inside">Inside</p></offprint-article>"#;
    open_body(stage, body).await?;
    tells(stage, &[("OP-E19", true)]).await?;
    says(browser, ".op-empty h1", "This article is not here").await?;
    becomes(browser, FALLBACK, json!(true)).await?;
    let told = "(({ reader, message, fix }) => [reader, message.endsWith('no article with the id none'), fix.includes('article-id')])(told.find(({ name }) => name === 'error').detail)";
    becomes(
        browser,
        told,
        json!(["This article is not here.", true, true]),
    )
    .await?;
    let waits = "const { code } = await find('offprint-article').ready.catch((error) => error); return code;";
    ensure!(answer(stage, waits).await? == json!("OP-E19"));
    browser
        .run("find('offprint-article').articleId = 'sand';")
        .await?;
    are_ready(stage, 1).await?;
    becomes(browser, FALLBACK, json!(false)).await?;
    let is_ready = "return (await find('offprint-article').ready).localName;";
    ensure!(answer(stage, is_ready).await? == json!("offprint-article"));
    // From an article on, it is no failure of the element.
    browser
        .run("find('offprint-article').goTo('gone');")
        .await?;
    tells(stage, &[("OP-E19", true), ("OP-E19", false)]).await?;
    // Without an id it is the newest again, and no list.
    browser
        .run("find('offprint-article').articleId = null;")
        .await?;
    are_ready(stage, 2).await?;
    browser.wait_until("find('.op-article h1')").await?;
    // A reader has its list to go to.
    let body = r#"<offprint-reader src="articles.json" article-id="none"></offprint-reader>"#;
    open_body(stage, body).await?;
    are_ready(stage, 1).await?;
    tells(stage, &[("OP-E19", false)]).await?;
    browser.click(".op-empty .op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    // An address that a visitor has brought says nothing of the page.
    let body = r#"<offprint-reader src="articles.json" routing="hash"></offprint-reader>"#;
    open_body(stage, body).await?;
    are_ready(stage, 1).await?;
    browser.run("location.hash = '/article/none';").await?;
    says(browser, ".op-empty h1", "This article is not here").await?;
    tells(stage, &[]).await
}

/// What a script gives and cannot be taken: an error with a code, and words that name what it was.
pub async fn calls(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let api = std::fs::read_to_string(workspace::root().join("www/api.js"))?;
    stage.server.put("api.js", Source::bytes(api));
    // Loaded by the page: what Firefox's driver imports is a second copy, with an error class of its own.
    let calls = "import * as api from './api.js'; window.api = api;";
    stage.server.put("calls.js", Source::bytes(calls));
    let body = format!("{READER}<script type=\"module\" src=\"calls.js\"></script>");
    open_body(stage, &body).await?;
    are_ready(stage, 1).await?;
    stage.browser.wait_until("window.api").await?;
    let cases = [
        (
            "mount(document.body, { as: 'banana' })",
            "OP-E20",
            "the option as",
        ),
        ("mount(null)", "OP-E20", "the node"),
        (
            "mount(document.body, { articles: 'a' })",
            "OP-E20",
            "the option articles",
        ),
        (
            "mount(document.body, { articles: round }).ready",
            "OP-E20",
            "articles: ",
        ),
        (
            "mount(document.body, { articles: { version: 1 } }).ready",
            "OP-E13",
            "articles: ",
        ),
        (
            "mount(document.body, { articles: [{ n: 1n }] }).ready",
            "OP-E20",
            "articles: ",
        ),
        ("render({ id: 'a', title: 'A' })", "OP-E20", "init()"),
        (
            "init({ wasm: { 'none.wasm': 'x' } })",
            "OP-E20",
            "the option wasm",
        ),
        (
            "init({ wasm: { 'offprint.css': 5 } }).then(() => init({ wasm: { 'offprint.css': 'http://[' } }))",
            "OP-E20",
            "the option wasm",
        ),
        (
            "init().then(() => render(round[0]))",
            "OP-E20",
            "the article",
        ),
        ("render('text')", "OP-E20", "the article"),
        ("render([])", "OP-E13", "no article"),
        (
            "render({ id: 'a', title: 'A' }, { articles: 1 })",
            "OP-E20",
            "the option articles",
        ),
        ("createSearch(5)", "OP-E20", "the collection"),
        ("createSearch(round)", "OP-E20", "the collection"),
        ("createSearch('http://[')", "OP-E20", "the collection"),
        ("createSearch('none.json')", "OP-E12", "none.json"),
        ("createSearch({ version: 1 })", "OP-E13", "the collection"),
        (
            "createSearch([]).then((search) => search.search('a', { limit: 'b' }))",
            "OP-E20",
            "the option limit",
        ),
        ("find('offprint-reader').goTo()", "OP-E20", "goTo(id)"),
        (
            "document.createElement('offprint-article').search('a')",
            "OP-E20",
            "search(words)",
        ),
    ];
    for (call, code, part) in cases {
        let script = format!(
            "const {{ OffprintError, createSearch, init, mount, render }} = window.api;
            const round = [{{ id: 'a', title: 'A' }}]; round[0].extra = round;
            try {{ await ({call}); return 'nothing was thrown'; }}
            catch (error) {{ return [error instanceof OffprintError, error.code, error.message.includes({part}) || error.message]; }}",
            part = json!(part),
        );
        let got = answer(stage, &script).await?;
        ensure!(got == json!([true, code, true]), "{call}: {got}");
    }
    Ok(())
}

/// The page has one address: the first element has it, the second says that it has not, and takes it when the first is gone.
pub async fn two_for_the_address(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let body = r#"<offprint-reader id="a" src="articles.json" routing="hash"></offprint-reader><offprint-reader id="b" src="articles.json" routing="hash"></offprint-reader>"#;
    open_body(stage, body).await?;
    are_ready(stage, 2).await?;
    tells(stage, &[("OP-E21", false)]).await?;
    becomes(
        browser,
        "told.find(({ name }) => name === 'error').id",
        json!("b"),
    )
    .await?;
    browser.run("b.goTo('sand');").await?;
    browser
        .wait_until("b.shadowRoot.querySelector('.op-article h1')")
        .await?;
    becomes(browser, "location.hash", json!("")).await?;
    browser.run("a.goTo('sand');").await?;
    becomes(browser, "location.hash", json!("#/article/sand")).await?;
    browser
        .run("const other = b; a.remove(); setTimeout(() => { other.remove(); setTimeout(() => document.body.append(other)); });")
        .await?;
    are_ready(stage, 3).await?;
    becomes(
        browser,
        "b.shadowRoot.querySelectorAll('main').length",
        json!(1),
    )
    .await?;
    tells(stage, &[("OP-E21", false)]).await
}

/// Who waits for the element waits for what was set last.
pub async fn articles_set_again(stage: &Stage<'_>) -> Result<()> {
    let body = r#"<offprint-reader></offprint-reader>"#;
    let before = "addEventListener('DOMContentLoaded', () => { find('offprint-reader').articles = [{ id: 'a', title: 'First' }]; });";
    let page = Page {
        body,
        before,
        ..Page::default()
    };
    open(stage, page).await?;
    let script = "
        await customElements.whenDefined('offprint-reader');
        const reader = find('offprint-reader');
        await reader.ready;
        reader.articles = [{ id: 'b', title: 'Second' }];
        const early = reader.ready;
        reader.articles = [{ id: 'c', title: 'Third' }];
        await early;
        return find('.op-card-title').textContent;";
    let got = answer(stage, script).await?;
    ensure!(got == json!("Third"), "{got}");
    Ok(())
}

/// Mistakes of a collection are told to its owner: on their own machine in the page, elsewhere by event and console, and in the page where the element asks for it.
pub async fn mistakes(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    stage.put_articles(DAMAGED);
    let is_shown = |root: &str| {
        format!(
            "Boolean({root}?.querySelector('offprint-reader')?.shadowRoot?.querySelector('.op-mistakes')?.getClientRects().length)"
        )
    };
    open_body(stage, READER).await?;
    are_ready(stage, 1).await?;
    becomes(browser, &is_shown("document"), json!(true)).await?;
    mentions(
        browser,
        ".op-mistakes summary",
        &["problems in this edition"],
    )
    .await?;
    tells(stage, &[("OP-E13", false)]).await?;
    // A page that is on nobody's machine: the frame of a document that was put in as text has no address.
    let inner = format!(
        "<script src=/keep.js></script><script type=module src=/element.js></script>{}",
        READER.replace('"', "&quot;")
    );
    open_body(stage, &format!("<iframe srcdoc=\"{inner}\"></iframe>")).await?;
    let inside = "document.querySelector('iframe')?.contentDocument";
    let told = "document.querySelector('iframe')?.contentWindow.told?.filter(({ name }) => name === 'error' || name === 'ready').map(({ detail }) => detail.code ?? 'ready').sort()";
    becomes(browser, told, json!(["OP-E13", "ready"])).await?;
    becomes(browser, &is_shown(inside), json!(false)).await?;
    becomes(browser, LINES, json!([])).await?;
    browser
        .run(&format!(
            "{inside}.querySelector('offprint-reader').setAttribute('problems', '');"
        ))
        .await?;
    becomes(browser, &is_shown(inside), json!(true)).await
}
