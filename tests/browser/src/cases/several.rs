//! Several readers on a page of somebody else's: each for itself, over one module.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use super::steps::becomes;
use crate::stage::Stage;

/// The modules, each fetched once for a page.
const MODULES: [&str; 6] = [
    "element.js",
    "offprint.js",
    "offprint_bg.wasm",
    "offprint-articles.js",
    "offprint-articles_bg.wasm",
    "offprint.css",
];

/// Opens a page with this many readers, its policy as strict as that of our own.
async fn open(stage: &Stage<'_>, n_readers: usize) -> Result<()> {
    let readers = (0..n_readers).map(|ix| format!("<section><h2>Place {ix}</h2><offprint-reader src=\"articles.json\"></offprint-reader></section>"));
    let html = format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Somebody's page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types offprint">
<link rel="icon" href="data:,"><script type="module" src="element.js"></script></head>
<body><h1>Somebody's page</h1>{}</body></html>"#,
        readers.collect::<String>()
    );
    stage.put_page("page.html", &html)?;
    stage.open("page.html#their-own-anchor").await?;
    becomes(stage.browser, &n_cards(), json!(vec![16; n_readers])).await
}

/// The number of cards of each reader's list, zero where it shows an article.
fn n_cards() -> String {
    "all('offprint-reader').map((reader) => Number(reader.shadowRoot.querySelector('.op-card')?.ariaSetSize ?? 0))".to_owned()
}

/// Puts the focus on an element of one reader.
async fn focus(stage: &Stage<'_>, reader: usize, selector: &str) -> Result<()> {
    let script = "find('body'); all('offprint-reader')[arguments[0]].shadowRoot.querySelector(arguments[1]).focus();";
    stage
        .browser
        .run_with(script, vec![json!(reader), json!(selector)])
        .await?;
    Ok(())
}

async fn choose(stage: &Stage<'_>, reader: usize, category: &str) -> Result<()> {
    let script = "
        const select = all('offprint-reader')[arguments[0]].shadowRoot.querySelector('#op-category');
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true, composed: true }));";
    stage
        .browser
        .run_with(script, vec![json!(reader), json!(category)])
        .await?;
    Ok(())
}

/// Two: filter, search and open in one leave the other as it is, and the page's address and title too.
pub async fn two_are_independent(stage: &Stage<'_>) -> Result<()> {
    open(stage, 2).await?;
    let browser = stage.browser;
    choose(stage, 0, "Science").await?;
    becomes(browser, &n_cards(), json!([3, 16])).await?;
    // Both search, each with its own words.
    focus(stage, 0, "#op-search").await?;
    browser.type_text("lighthouse").await?;
    becomes(
        browser,
        "all('offprint-reader')[0].shadowRoot.querySelectorAll('mark').length > 0",
        json!(true),
    )
    .await?;
    focus(stage, 1, "#op-search").await?;
    browser.type_text("serifs").await?;
    becomes(browser, "all('offprint-reader')[1].shadowRoot.querySelector('.op-card mark')?.textContent.toLowerCase()", json!("serifs")).await?;
    browser.press(Key::Enter).await?;
    becomes(
        browser,
        "all('offprint-reader')[1].shadowRoot.querySelector('.op-article h1')?.textContent",
        json!("Why letters have serifs"),
    )
    .await?;
    becomes(
        browser,
        "all('offprint-reader')[0].shadowRoot.querySelector('#op-search').value",
        json!("lighthouse"),
    )
    .await?;
    becomes(
        browser,
        "[location.hash, document.title]",
        json!(["#their-own-anchor", "Somebody's page"]),
    )
    .await
}

/// Five: one module for all.
pub async fn five_share_a_module(stage: &Stage<'_>) -> Result<()> {
    open(stage, 5).await?;
    for module in MODULES {
        let n_fetched = stage
            .server
            .requests()
            .iter()
            .filter(|request| request.path == module)
            .count();
        ensure!(n_fetched == 1, "{module} is fetched {n_fetched} times");
    }
    choose(stage, 4, "Cities").await?;
    becomes(stage.browser, &n_cards(), json!([16, 16, 16, 16, 2])).await
}

/// Three search at once, each for its own words: one worker, which builds one index, and goes on when the one is gone that came first.
pub async fn search_in_one_worker(stage: &Stage<'_>) -> Result<()> {
    const WORDS: [&str; 3] = ["lighthouse", "serifs", "tides"];
    open(stage, 3).await?;
    let browser = stage.browser;
    // Every word is asked for while the others are.
    let type_all = "
        const words = arguments[0];
        for (let n = 1; n <= 10; n += 1) {
            for (const [ix, reader] of all('offprint-reader').entries()) {
                const box = reader.shadowRoot.querySelector('#op-search');
                box.focus();
                box.value = words[ix].slice(0, n);
                box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
            }
        }";
    let marks = "all('offprint-reader').map((reader) => [...new Set([...reader.shadowRoot.querySelectorAll('.op-card mark')].map((mark) => mark.textContent.toLowerCase().slice(0, 4)))])";
    browser.run_with(type_all, vec![json!(WORDS)]).await?;
    becomes(browser, marks, json!([["ligh"], ["seri"], ["tide"]])).await?;
    for file in ["search-worker.js", "offprint-index_bg.wasm"] {
        let requests = stage.server.requests();
        let n = requests.iter().filter(|request| request.path == file);
        let n = n.count();
        ensure!(n == 1, "{file} is fetched {n} times");
    }
    // The page has none of it: it is in the worker.
    let on_page = "performance.getEntriesByType('resource').some(({ name }) => name.includes('offprint-index_bg.wasm'))";
    becomes(browser, on_page, json!(false)).await?;
    browser.run("all('offprint-reader')[0].remove();").await?;
    browser
        .run_with(type_all, vec![json!(["tides", "lighthouse"])])
        .await?;
    becomes(browser, marks, json!([["tide"], ["ligh"]])).await?;
    // The last one takes it along: whoever comes then begins anew.
    browser
        .run("window.gone = all('offprint-reader'); gone.forEach((reader) => reader.remove());")
        .await?;
    becomes(
        browser,
        "gone.every((reader) => !reader.shadowRoot.querySelector('.op-page'))",
        json!(true),
    )
    .await?;
    browser.run("document.body.append(gone[0]);").await?;
    becomes(browser, &n_cards(), json!([16])).await?;
    browser.run_with(type_all, vec![json!(["serifs"])]).await?;
    becomes(browser, marks, json!([["seri"]])).await
}

/// One that is taken out stops, one that comes back starts, one that is moved goes on.
pub async fn taken_out_put_back_and_moved(stage: &Stage<'_>) -> Result<()> {
    open(stage, 2).await?;
    let browser = stage.browser;
    browser
        .run("window.taken = all('offprint-reader')[0]; taken.remove();")
        .await?;
    becomes(
        browser,
        "taken.shadowRoot.querySelector('.op-page') === null",
        json!(true),
    )
    .await?;
    choose(stage, 0, "Cities").await?;
    becomes(browser, &n_cards(), json!([2])).await?;
    browser.run("document.body.prepend(taken);").await?;
    becomes(browser, &n_cards(), json!([16, 2])).await?;
    focus(stage, 0, "#op-search").await?;
    browser.type_text("tides").await?;
    becomes(
        browser,
        "taken.shadowRoot.querySelectorAll('mark').length > 0",
        json!(true),
    )
    .await?;
    // Moved in one go: what was chosen stays.
    browser.run("window.moved = all('offprint-reader')[1]; document.querySelector('section').append(moved);").await?;
    choose(stage, 1, "Science").await?;
    becomes(
        browser,
        "[...moved.shadowRoot.querySelectorAll('.op-card')].length",
        json!(3),
    )
    .await?;
    browser.run("document.body.append(moved);").await?;
    becomes(
        browser,
        "moved.shadowRoot.querySelector('#op-category').value",
        json!("Science"),
    )
    .await?;
    // Again and again, in one breath.
    browser.run("for (let n = 0; n < 20; n += 1) { taken.remove(); document.body.append(taken); } taken.remove();").await?;
    becomes(
        browser,
        "taken.shadowRoot.querySelector('.op-page') === null",
        json!(true),
    )
    .await?;
    browser
        .run("document.body.append(taken); moved.remove();")
        .await?;
    becomes(
        browser,
        "Number(taken.shadowRoot.querySelector('.op-card')?.ariaSetSize)",
        json!(16),
    )
    .await
}

/// Another `src` is another edition; the page's own words stay until the reader is there, and there is no reader without.
pub async fn another_source(stage: &Stage<'_>) -> Result<()> {
    stage.server.put("other.json", xtask::server::Source::bytes(r#"{"version": 1, "title": "Other", "articles": [{"id": "o", "title": "The other one"}]}"#));
    open(stage, 1).await?;
    let browser = stage.browser;
    browser
        .run("find('offprint-reader').setAttribute('src', 'other.json');")
        .await?;
    becomes(browser, "text('.op-card-title')", json!("The other one")).await?;
    browser
        .run("find('offprint-reader').setAttribute('src', 'articles.json');")
        .await?;
    becomes(browser, &n_cards(), json!([16])).await
}
