//! What a page changes while somebody reads: the reader follows without taking the focus, the text or the place away.

use anyhow::Result;
use serde_json::json;
use xtask::server::{Fault, Source};

use super::super::steps::{N_CARDS, becomes, search};
use super::{ERRORS, Page, READER, answer, are_ready, open, put, tells};
use crate::stage::Stage;

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

/// What of the page has the focus, and what of the reader.
const FOCUS: &str = "[document.activeElement.id || document.activeElement.localName, find('offprint-reader').shadowRoot.activeElement?.id ?? null]";

/// A field of the page's own keeps the focus while the reader follows it; `goTo` takes it along.
pub async fn leave_the_focus(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let body = READER.replace("src=", "id=\"reader\" routing=\"hash\" src=");
    // Its length says nothing: a browser's history ends at fifty.
    let before = "
        window.n_steps = 0;
        const push = history.pushState;
        history.pushState = (...step) => (n_steps += 1, push.apply(history, step));";
    let page = Page {
        before,
        body: &format!("<input id=\"theirs\">{body}"),
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    browser
        .run("theirs.focus(); window.reader = find('#reader'); reader.query = 'l';")
        .await?;
    for words in ["li", "lighthouse"] {
        browser.run(&format!("reader.query = '{words}';")).await?;
    }
    browser.wait_until("find('.op-card mark')").await?;
    becomes(browser, FOCUS, json!(["theirs", null])).await?;
    // One step, however many letters.
    becomes(browser, "n_steps", json!(1)).await?;
    browser
        .run("reader.query = null; reader.category = 'Science';")
        .await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    browser.run("reader.articleId = 'sand';").await?;
    browser.wait_until("find('.op-article h1')").await?;
    becomes(browser, FOCUS, json!(["theirs", null])).await?;
    // What is changed last counts, though the article is still named.
    browser.run("reader.category = 'Cities';").await?;
    becomes(browser, N_CARDS, json!(2)).await?;
    becomes(browser, FOCUS, json!(["theirs", null])).await?;
    browser.run("reader.goTo('sand');").await?;
    becomes(browser, FOCUS, json!(["reader", "op-heading"])).await?;
    becomes(browser, &format!("{ERRORS}.length"), json!(0)).await
}

/// Articles that are fetched anew come in where somebody is: what has the focus keeps it, and nothing is out of reach while they come.
pub async fn come_in_where_somebody_is(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_body(stage, READER).await?;
    are_ready(stage, 1).await?;
    search(browser, "lighthouse").await?;
    browser
        .run("window.reader = find('offprint-reader'); window.box = find('#op-search'); box.focus(); box.setSelectionRange(2, 2);")
        .await?;
    stage.server.set_fault("articles.json", Fault::Held);
    browser.run("reader.reload();").await?;
    // It can be read, and searched, as before.
    browser.run("reader.search('serifs');").await?;
    browser
        .wait_until("find('.op-card mark')?.textContent.toLowerCase().startsWith('serif')")
        .await?;
    becomes(
        browser,
        "[find('.op-root').inert, find('#op-search') === box]",
        json!([false, true]),
    )
    .await?;
    browser.run("box.setSelectionRange(2, 2);").await?;
    stage.server.clear_faults();
    are_ready(stage, 2).await?;
    browser.wait_until("find('.op-card mark')").await?;
    becomes(
        browser,
        "[find('#op-search') === box, box.value, box.selectionStart, reader.shadowRoot.activeElement === box]",
        json!([true, "serifs", 2, true]),
    )
    .await?;
    // What is set is there; whoever shares the address has what was there before.
    browser.run("reader.goTo('sand');").await?;
    browser.wait_until("find('.op-article h1')").await?;
    browser
        .run("window.heading = find('.op-article h1'); heading.focus(); reader.articles = [{ id: 'sand', title: 'Sand, mended', sections: [{ body: 'Its text.' }] }];")
        .await?;
    becomes(
        browser,
        "[text('.op-article h1'), reader.shadowRoot.activeElement === find('.op-article h1')]",
        json!(["Sand, mended", true]),
    )
    .await?;
    becomes(browser, &format!("{ERRORS}.length"), json!(0)).await
}

/// What cannot be fetched anew leaves what is read; an address with nothing there leaves what stands inside the element.
pub async fn that_fail(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    open_body(stage, &READER.replace("></", "><p>Their words</p></")).await?;
    are_ready(stage, 1).await?;
    browser
        .run("window.reader = find('offprint-reader'); reader.goTo('sand');")
        .await?;
    browser.wait_until("find('.op-article h1')").await?;
    stage.server.set_fault("articles.json", Fault::Status(500));
    let failed = answer(
        stage,
        "reader.reload(); return await reader.ready.then(String, ({ code }) => code);",
    )
    .await?;
    anyhow::ensure!(failed == json!("OP-E04"), "{failed}");
    tells(stage, &[("OP-E04", false)]).await?;
    browser.wait_until("find('.op-article h1')").await?;
    // It is alive, and the next time it comes.
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    stage.server.clear_faults();
    browser.run("reader.reload();").await?;
    are_ready(stage, 2).await?;
    browser.run("reader.src = 'none.json';").await?;
    tells(stage, &[("OP-E04", false), ("OP-E12", true)]).await?;
    becomes(
        browser,
        "Boolean(reader.shadowRoot.querySelector('slot'))",
        json!(true),
    )
    .await
}

/// `ready` is settled whatever becomes of the element, and is another one when it comes back.
pub async fn that_come_and_go(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_body(stage, READER).await?;
    are_ready(stage, 1).await?;
    stage
        .server
        .put("held.json", Source::bytes(r#"{"articles": []}"#));
    stage.server.set_fault("held.json", Fault::Held);
    let names = answer(
        stage,
        "const settled = (promise) => promise.then(() => 'ready', ({ name }) => name);
        const made = (src) => Object.assign(document.createElement('offprint-reader'), { src });
        const early = made('held.json');
        document.body.append(early);
        const first = settled(early.ready);
        await new Promise((resolve) => setTimeout(resolve));
        early.remove();
        const unseen = made('articles.json');
        unseen.loading = 'lazy';
        unseen.style.marginTop = '9000px';
        document.body.append(unseen);
        const second = settled(unseen.ready);
        await new Promise((resolve) => setTimeout(resolve));
        unseen.remove();
        const drawn = find('offprint-reader');
        drawn.remove();
        await new Promise((resolve) => setTimeout(resolve));
        const before = drawn.ready;
        document.body.append(drawn);
        await drawn.ready;
        return [await first, await second, before === drawn.ready, Boolean(drawn.shadowRoot.querySelector('.op-card'))];",
    )
    .await?;
    stage.server.clear_faults();
    anyhow::ensure!(
        names == json!(["AbortError", "AbortError", true, true]),
        "{names}"
    );
    becomes(browser, &format!("{ERRORS}.length"), json!(0)).await
}

/// One that waits to be seen goes on waiting, whatever it is given meanwhile.
pub async fn of_one_that_waits(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let body = r#"<offprint-list id="seen" src="articles.json"></offprint-list><div style="height: 9000px"></div><offprint-reader id="below" loading="lazy"></offprint-reader>"#;
    open_body(stage, body).await?;
    are_ready(stage, 1).await?;
    browser
        .run("below.articles = [{ id: 'a', title: 'Given' }]; below.src = 'other.json'; below.reload();")
        .await?;
    // Whatever has begun is done before another element is.
    browser
        .run("window.other = document.createElement('offprint-list'); other.src = 'articles.json'; document.body.prepend(other);")
        .await?;
    are_ready(stage, 2).await?;
    becomes(browser, "find('#below').shadowRoot === null", json!(true)).await?;
    browser.run("below.scrollIntoView();").await?;
    are_ready(stage, 3).await?;
    becomes(
        browser,
        "below.shadowRoot.querySelector('.op-card-title').textContent",
        json!("Given"),
    )
    .await
}

/// Whether anything is kept can be said at any time.
pub async fn of_what_may_be_kept(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let kept = "(localStorage.getItem('offprint-searches') ?? '').includes";
    open_body(stage, READER).await?;
    are_ready(stage, 1).await?;
    browser.run("localStorage.clear();").await?;
    let opens = async |words: &str| -> Result<()> {
        let script =
            format!("find('#op-search').focus(); find('offprint-reader').search('{words}');");
        browser.run(&script).await?;
        becomes(browser, "find('#op-search').value", json!(words)).await?;
        browser.wait_until("find('.op-card mark')").await?;
        browser.click(".op-card-title a").await?;
        browser.wait_until("find('.op-article h1')").await?;
        browser.click(".op-back a").await?;
        browser.wait_until("find('.op-card')").await
    };
    opens("lighthouse").await?;
    becomes(browser, &format!("{kept}('lighthouse')"), json!(true)).await?;
    browser
        .run("find('offprint-reader').storage = 'none';")
        .await?;
    opens("serifs").await?;
    becomes(browser, &format!("{kept}('serifs')"), json!(false)).await
}

/// Without a `<base>`: the page is given at every address below its folder, and finds out which that is.
pub async fn of_the_path(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let page = Page {
        body: r#"<offprint-reader src="/articles.json" routing="path"></offprint-reader>"#,
        ..Page::default()
    };
    for address in ["app/index.html", "app/article/sand/index.html"] {
        put(stage, address, page)?;
    }
    // Before the reader is there, the texts are those of the article.
    stage.server.set_fault("offprint_bg.wasm", Fault::Held);
    stage.open("app/article/sand/").await?;
    browser.wait_until("find('.op-article h1')").await?;
    stage.server.clear_faults();
    are_ready(stage, 1).await?;
    browser
        .wait_until("find('[part=page] .op-article h1')")
        .await?;
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(browser, "location.pathname", json!("/app/")).await?;
    browser.click(".op-card-title a").await?;
    browser.wait_until("find('.op-article h1')").await?;
    becomes(
        browser,
        "/^[/]app[/]article[/][^/]+[/]$/.test(location.pathname)",
        json!(true),
    )
    .await
}
