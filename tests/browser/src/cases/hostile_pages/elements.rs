//! The three elements: attributes, properties, methods and events, and the places of a page where they may stand.

use anyhow::{Context, Result};
use serde_json::json;
use xtask::server::{Fault, Source};

use super::super::frame::Served;
use super::super::steps::{N_CARDS, becomes, choose, search};
use super::{Page, READER, answer, are_ready, open, put, tells};
use crate::axe;
use crate::stage::Stage;

/// What of an event of this name was told last.
fn last(name: &str) -> String {
    format!("told.findLast((event) => event.name === '{name}')?.detail")
}

/// Where the reader was led last.
fn shown() -> String {
    let detail = last("navigate");
    format!("(({{ page, id, address }}) => [page, id, address])({detail} ?? {{}})")
}

async fn open_body(stage: &Stage<'_>, body: &str) -> Result<()> {
    open(
        stage,
        Page {
            body,
            ..Page::default()
        },
    )
    .await
}

/// The two lines of the README, with script and articles on another host than the page.
pub async fn from_another_origin(stage: &Stage<'_>) -> Result<()> {
    let served = Served::start(stage.browser.engine).await?;
    let lines = format!(
        r#"<script type="module" src="{}"></script><offprint-reader src="{}feed.json"></offprint-reader>"#,
        served.script()?,
        served.url
    );
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><title>Somebody's page</title><link rel=\"icon\" href=\"icon.svg\"></head><body>{lines}</body></html>"
    );
    stage.put_page("page.html", &page)?;
    stage.open("page.html").await?;
    let browser = stage.browser;
    becomes(browser, N_CARDS, json!(16)).await?;
    search(browser, "lighthouse").await?;
    browser.wait_until("find('.op-card mark')").await?;
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("find('[part=page] .op-article h1')")
        .await?;
    becomes(browser, "complaints", json!([])).await?;
    // The check at the end is for pages that ask nobody but their own host.
    browser.goto("about:blank").await
}

/// `ready`, `goTo`, `search`, `reload`, and the events with what belongs to them.
pub async fn methods_and_events(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_body(stage, READER).await?;
    let ready = answer(stage, "await customElements.whenDefined('offprint-reader'); const reader = find('offprint-reader'); return (await reader.ready) === reader && reader.constructor.version;").await?;
    becomes(browser, &format!("{}.version", last("ready")), ready).await?;
    becomes(browser, "told.length", json!(1)).await?;
    browser.run("find('offprint-reader').goTo('sand');").await?;
    becomes(
        browser,
        &shown(),
        json!(["article", "sand", "/article/sand"]),
    )
    .await?;
    browser.wait_until("find('.op-article h1')").await?;
    browser
        .run("find('offprint-reader').search('lighthouse');")
        .await?;
    becomes(
        browser,
        &format!("{}.query", last("navigate")),
        json!("lighthouse"),
    )
    .await?;
    becomes(
        browser,
        &format!("[{0}.query, {0}.total > 0]", last("search")),
        json!(["lighthouse", true]),
    )
    .await?;
    browser
        .run("find('offprint-reader').setAttribute('category', 'Science');")
        .await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    becomes(
        browser,
        &format!("{}.category", last("navigate")),
        json!("Science"),
    )
    .await?;
    // Anew, and where it was.
    stage.put_articles(r#"{"version": 1, "articles": [{"id": "a", "title": "Fresh", "category": "Science"}, {"id": "b", "title": "Other"}]}"#);
    browser.run("find('offprint-reader').reload();").await?;
    becomes(
        browser,
        "all('.op-card-title').map((title) => title.textContent)",
        json!(["Fresh"]),
    )
    .await?;
    are_ready(stage, 2).await?;
    // What is not there is said to who waits.
    let failed = answer(stage, "const reader = find('offprint-reader'); reader.src = 'none.json'; return await reader.ready.then(String, ({ name, code }) => [name, code]);").await?;
    anyhow::ensure!(failed == json!(["OffprintError", "OP-E12"]), "{failed}");
    stage.expect_complaints();
    tells(stage, &[("OP-E12", true)]).await
}

/// Properties, set before the script is there and after; attributes that reflect them.
pub async fn properties(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let body = r#"<offprint-reader id="a"></offprint-reader><offprint-article id="b"></offprint-article><offprint-list id="c" src="articles.json"></offprint-list>
<script src="/early.js"></script>"#;
    let early = "
        a.articles = [{ id: 'x', title: 'Given early' }, { id: 'y', title: 'And another' }];
        b.article = { id: 'z', title: 'One alone', sections: [{ body: 'Its text.' }] };
        c.limit = 2; c.category = 'Science';";
    stage.server.put("early.js", Source::bytes(early));
    open_body(stage, body).await?;
    are_ready(stage, 3).await?;
    let titles = "[a, b, c].map((element) => [...element.shadowRoot.querySelectorAll('.op-card-title, h1.op-title')].map((title) => title.textContent))";
    becomes(
        browser,
        &format!("{titles}.slice(0, 2)"),
        json!([["Given early", "And another"], ["One alone"]]),
    )
    .await?;
    becomes(
        browser,
        "[c.getAttribute('limit'), c.shadowRoot.querySelectorAll('.op-card').length, c.category]",
        json!(["2", 2, "Science"]),
    )
    .await?;
    browser.run("a.articles = { version: 1, title: 'Named', articles: [{ id: 'q', title: 'Given late' }] }; c.limit = 1; b.article = { id: 'w', title: 'Another one' };").await?;
    becomes(
        browser,
        &format!("{titles}.slice(0, 2)"),
        json!([["Given late"], ["Another one"]]),
    )
    .await?;
    becomes(
        browser,
        "c.shadowRoot.querySelectorAll('.op-card').length",
        json!(1),
    )
    .await?;
    browser.run("a.articles = undefined; a.src = 'articles.json'; a.theme = 'dark'; b.article = null; b.articleId = 'sand'; b.src = 'articles.json';").await?;
    becomes(browser, "[Number(a.shadowRoot.querySelector('.op-card')?.ariaSetSize), a.shadowRoot.querySelector('.op-root').dataset.theme, a.getAttribute('theme'), b.getAttribute('article-id')]", json!([16, "dark", "dark", "sand"])).await?;
    becomes(browser, "Boolean(b.shadowRoot.querySelector('h1.op-title')?.textContent.toLowerCase().includes('sand') || b.shadowRoot.querySelector('.op-article'))", json!(true)).await?;
    becomes(browser, &format!("{}.length", super::ERRORS), json!(0)).await
}

/// One article: the newest or the named one, a related one and back.
pub async fn one_article(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    stage.put_articles(r#"{"version": 1, "articles": [
        {"id": "old", "title": "The old one", "published": "2020-01-01", "related": [{"id": "new"}], "sections": [{"heading": "A part", "body": "See [the new one](#/article/new)."}]},
        {"id": "new", "title": "The new one", "published": "2024-01-01", "sections": [{"body": "Text."}]}]}"#);
    open_body(stage, r#"<offprint-article id="newest" src="articles.json"></offprint-article><offprint-article id="named" src="articles.json" article-id="old"></offprint-article>"#).await?;
    are_ready(stage, 2).await?;
    let titles = "[newest, named].map((element) => element.shadowRoot.querySelector('h1.op-title')?.textContent)";
    becomes(browser, titles, json!(["The new one", "The old one"])).await?;
    browser
        .run("const link = named.shadowRoot.querySelector('.op-related a'); link.click();")
        .await?;
    becomes(browser, titles, json!(["The new one", "The new one"])).await?;
    becomes(browser, &shown(), json!(["article", "new", "/article/new"])).await?;
    browser
        .run("named.shadowRoot.querySelector('.op-back a').click();")
        .await?;
    becomes(browser, titles, json!(["The new one", "The old one"])).await?;
    browser.run("newest.articleId = 'old';").await?;
    becomes(browser, titles, json!(["The old one", "The old one"])).await?;
    becomes(
        browser,
        "[location.hash, history.length === (window.length_ ??= history.length), document.title]",
        json!(["", true, "Somebody's page"]),
    )
    .await
}

/// Teasers: as many as wanted, of one category, leading to pages of their own, to another element, or opened in place.
pub async fn a_list(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let body = r#"<offprint-list id="pages" src="articles.json" limit="2" href="reader.html#/article/{id}"></offprint-list>
<offprint-list id="leads" src="articles.json" category="Science" limit="9" for="shows"></offprint-list>
<offprint-list id="opens" src="articles.json"></offprint-list>
<offprint-article id="shows" src="articles.json"></offprint-article>"#;
    open_body(stage, body).await?;
    are_ready(stage, 4).await?;
    becomes(
        browser,
        "[pages, leads, opens].map((list) => list.shadowRoot.querySelectorAll('.op-card').length)",
        json!([2, 3, 5]),
    )
    .await?;
    becomes(browser, "/reader[.]html#[/]article[/][^/{}]+$/.test(pages.shadowRoot.querySelector('.op-card-title a').href)", json!(true)).await?;
    browser.run("window.link = leads.shadowRoot.querySelectorAll('.op-card-title a')[1]; window.title_ = link.textContent; link.click();").await?;
    becomes(
        browser,
        "shows.shadowRoot.querySelector('h1.op-title').textContent === title_",
        json!(true),
    )
    .await?;
    becomes(
        browser,
        "leads.shadowRoot.querySelectorAll('.op-card').length",
        json!(3),
    )
    .await?;
    // For a new tab there is an address of the page's, and a plain click is for the other element.
    for href in [
        "/articles/{id}/",
        "https://example.org/article/{id}/",
        "reader.html#/article/{id}",
    ] {
        let script = format!(
            "leads.href = '{href}'; await leads.ready;
            const link = leads.shadowRoot.querySelectorAll('.op-card-title a')[0];
            shows.goTo('sand');
            window.title_ = link.textContent;
            link.click();
            return link.href.includes('{{');"
        );
        let is_open = answer(stage, &script).await?;
        anyhow::ensure!(is_open == json!(false), "{href}");
        becomes(
            browser,
            "shows.shadowRoot.querySelector('h1.op-title').textContent === title_",
            json!(true),
        )
        .await?;
    }
    browser
        .run("opens.shadowRoot.querySelector('.op-card-title a').click();")
        .await?;
    browser
        .wait_until("opens.shadowRoot.querySelector('h1.op-title')")
        .await?;
    browser
        .run("opens.shadowRoot.querySelector('.op-back a').click();")
        .await?;
    becomes(
        browser,
        "opens.shadowRoot.querySelectorAll('.op-card').length",
        json!(5),
    )
    .await?;
    becomes(
        browser,
        "location.href.endsWith('/page.html?' + location.search.slice(1))",
        json!(true),
    )
    .await
}

/// The page's path follows: a deep address opens, back and forward lead through what was read.
pub async fn by_its_path(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let page = Page {
        head: r#"<base href="/app/">"#,
        body: r#"<offprint-reader src="../articles.json" routing="path"></offprint-reader>"#,
        ..Page::default()
    };
    for address in ["app/index.html", "app/article/sand/index.html"] {
        put(stage, address, page)?;
    }
    stage.open("app/article/sand/").await?;
    are_ready(stage, 1).await?;
    browser.wait_until("find('.op-article h1')").await?;
    let title = browser.text("text('.op-article h1')").await?;
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(browser, "location.pathname", json!("/app/")).await?;
    choose(browser, "#op-category", "Science").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    browser.click(".op-card-title a").await?;
    browser.wait_until("find('.op-article h1')").await?;
    browser
        .wait_until("location.pathname.startsWith('/app/article/')")
        .await?;
    browser.run("history.back();").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    browser.run("history.go(-2);").await?;
    becomes(browser, "text('.op-article h1')", json!(title)).await?;
    browser.run("history.forward();").await?;
    becomes(browser, N_CARDS, json!(16)).await
}

/// Where an element may stand: far below, in a dialog, in a part that is shown later, in somebody's shadow root.
pub async fn places(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let body = r#"<dialog><offprint-reader id="in-dialog" src="articles.json"></offprint-reader></dialog>
<div id="tab" style="display: none"><offprint-reader id="in-tab" src="articles.json"></offprint-reader></div>
<div id="outer"></div>
<div style="height: 6000px"></div><offprint-reader id="below" src="articles.json" loading="lazy"></offprint-reader>"#;
    open_body(stage, body).await?;
    browser.run("const root = outer.attachShadow({ mode: 'open' }); const inner = document.createElement('offprint-reader'); inner.src = 'articles.json'; root.append(inner);").await?;
    are_ready(stage, 3).await?;
    becomes(browser, "find('#below').shadowRoot === null", json!(true)).await?;
    browser
        .run("document.querySelector('dialog').showModal();")
        .await?;
    browser
        .wait_until("isVisible(find('#in-dialog').shadowRoot.querySelector('.op-card'))")
        .await?;
    // The list knows its window only now.
    browser
        .wait_until("find('#in-dialog').shadowRoot.querySelectorAll('.op-card').length > 3")
        .await?;
    search(browser, "lighthouse").await?;
    becomes(
        browser,
        "find('#in-dialog').shadowRoot.querySelectorAll('mark').length > 0",
        json!(true),
    )
    .await?;
    // Its own key closes what is open in it; the dialog's is left to the dialog.
    browser
        .run("document.querySelector('dialog').close(); find('#tab').style.display = '';")
        .await?;
    browser
        .wait_until("isVisible(find('#in-tab').shadowRoot.querySelector('.op-card'))")
        .await?;
    becomes(
        browser,
        "find('#in-tab').shadowRoot.querySelector('.op-card').ariaSetSize",
        json!("16"),
    )
    .await?;
    browser.wait_until("find('#in-tab').shadowRoot.querySelector('.op-root').getBoundingClientRect().width > 300").await?;
    becomes(browser, "Number(find('#outer').shadowRoot.querySelector('offprint-reader').shadowRoot.querySelector('.op-card').ariaSetSize)", json!(16)).await?;
    browser.run("find('#below').scrollIntoView();").await?;
    are_ready(stage, 4).await.context("what is below")
}

/// On a page that has its landmarks: the reader adds no second main part and no second banner, before it is drawn, after it, and where it
/// cannot run.
pub async fn on_a_page_with_landmarks(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let body = format!(
        r#"<header><h1>Somebody's page</h1></header><main><h2>Theirs</h2>{READER}</main><footer><p>Their address</p></footer>"#
    );
    let count = "[all('main, [role=main]').length, all('header').filter((header) => !header.closest('section, article')).length]";
    let modules = [Fault::Held, Fault::Status(404)];
    for fault in modules {
        let is_whole = fault != Fault::Held;
        stage.server.set_fault("offprint_bg.wasm", fault);
        open_body(stage, &body).await?;
        browser.wait_until("find('.op-page article')").await?;
        becomes(browser, count, json!([1, 1])).await?;
        if is_whole {
            browser.wait_until("find('.op-notice')").await?;
        }
        becomes(browser, count, json!([1, 1])).await?;
    }
    stage.expect_complaints();
    stage.server.clear_faults();
    open_body(stage, &body).await?;
    are_ready(stage, 1).await?;
    becomes(browser, count, json!([1, 1])).await?;
    axe::check(browser).await?;
    browser.run("find('offprint-reader').goTo('sand');").await?;
    browser.wait_until("find('.op-article h1')").await?;
    becomes(browser, count, json!([1, 1])).await?;
    // Where the page is the reader's, it has both.
    let body = READER.replace("src=", "routing=\"hash\" src=");
    open_body(stage, &body).await?;
    are_ready(stage, 1).await?;
    becomes(browser, count, json!([1, 1])).await
}
