//! Steps that many cases take: open the front, wait for a value, choose from a list; and the demo edition
//! as its file has it, to compare with.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use xtask::system::Engine;
use xtask::workspace;

use crate::browser::Browser;
use crate::stage::Stage;

/// The name of the demo edition.
pub const EDITION: &str = "The Offprint Review";

/// The titles of the cards that are built, in their order. Of a long list not all are: see [`cards`].
pub const TITLES: &str = "all('.op-card-title').map((title) => title.textContent)";

/// How many cards the list has, as it tells those who cannot see it.
pub const N_CARDS: &str = "Number(find('.op-card')?.ariaSetSize ?? 0)";

/// Closes what is suggested.
const ALT_UP: [char; 2] = ['\u{e00a}', '\u{e013}'];

/// The words in the address, decoded.
pub const HASH: &str = "decodeURIComponent(location.hash)";

/// Opens a path in a new document and waits until the reader shows cards.
pub async fn open_list(stage: &Stage<'_>, path: &str) -> Result<()> {
    open_anew(stage, path).await?;
    stage
        .browser
        .wait_until("find('[part=page] .op-card')")
        .await
}

/// Opens an article in a new document and waits until the reader shows it: before that, its texts stand there.
pub async fn open_article(stage: &Stage<'_>, id: &str) -> Result<()> {
    open_anew(stage, &format!("#/article/{id}")).await?;
    stage
        .browser
        .wait_until("find('[part=page] .op-article h1')")
        .await
}

/// Opens a path in a new document, even where only the part after its `#` differs from the address before.
pub async fn open_anew(stage: &Stage<'_>, path: &str) -> Result<()> {
    // The query is nothing to the server and a new document to the browser.
    let n_requests = stage.server.requests().len();
    stage.open(&format!("?{n_requests}{path}")).await
}

/// Waits until an expression has this value.
pub async fn becomes(browser: &Browser, expression: &str, expect: Value) -> Result<()> {
    let condition = format!("JSON.stringify({expression}) === JSON.stringify({expect})");
    let waited = browser.wait_until(&condition).await;
    if let Err(error) = waited {
        let is = browser
            .text(&format!("JSON.stringify({expression})"))
            .await
            .unwrap_or_else(|error| format!("{error:#}"));
        bail!(
            "{expression:.200} is {is}, expected {expect} ({:.60})",
            error.to_string()
        );
    }
    Ok(())
}

/// Waits until the text of the first element of a selector is this one.
pub async fn says(browser: &Browser, selector: &str, expect: &str) -> Result<()> {
    becomes(
        browser,
        &format!("text({})", json!(selector)),
        json!(expect),
    )
    .await
}

/// Waits until the text of the first element of a selector contains all of these.
pub async fn mentions(browser: &Browser, selector: &str, parts: &[&str]) -> Result<()> {
    let selector = json!(selector);
    let missing = format!(
        "{}.filter((part) => !text({selector})?.includes(part))",
        json!(parts)
    );
    becomes(browser, &missing, json!([]))
        .await
        .with_context(|| format!("{selector} lacks words"))
}

/// Chooses from a `<select>`, as a person does who has found the option.
pub async fn choose(browser: &Browser, selector: &str, value: &str) -> Result<()> {
    let script = "
        const select = find(arguments[0]);
        select.focus();
        select.value = arguments[1];
        for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
        return select.value;";
    browser
        .wait_until(&format!("find({})", json!(selector)))
        .await?;
    let chosen = browser
        .run_with(script, vec![json!(selector), json!(value)])
        .await?;
    if chosen != json!(value) {
        bail!("{selector} has no option {value}");
    }
    Ok(())
}

/// Goes back to a step that was made by a script of these tests.
pub async fn back(browser: &Browser) -> Result<()> {
    // The buttons of WebKit and Chromium pass over pages whose steps were made without a person's touch, as a
    // value chosen by a script is.
    match browser.engine {
        Engine::WebKit | Engine::Chromium => browser.run("history.back();").await.map(|_| ()),
        Engine::Firefox => browser.back().await,
    }
}

/// Types into the search box and waits until the answer to all of it is shown. What is suggested is put away: it lies over the
/// first articles.
pub async fn search(browser: &Browser, words: &str) -> Result<()> {
    browser.type_into("#op-search", words).await?;
    becomes(browser, "find('#op-search').value", json!(words)).await?;
    answered(browser).await?;
    browser.chord(&ALT_UP).await
}

/// Clears the search box by its key, whether something is suggested or not.
pub async fn clear(browser: &Browser) -> Result<()> {
    browser.chord(&ALT_UP).await?;
    browser.press(Key::Escape).await?;
    becomes(browser, "find('#op-search').value", json!("")).await
}

/// Waits until the search is answered: there are passages with hits, or nothing was found.
pub async fn answered(browser: &Browser) -> Result<()> {
    let is_answered = "Boolean(find('.op-card mark') || find('.op-empty'))";
    loop {
        // While it says how far it is, and goes on, it is not stuck.
        let said = browser.text("text('.op-count')").await?;
        let goes_on = format!("{is_answered} || text('.op-count') !== {}", json!(said));
        browser.wait_until(&goes_on).await?;
        if browser.run(&format!("return {is_answered};")).await? == true {
            return Ok(());
        }
    }
}

/// Scrolls through the list and gives this expression of every `card`, in their order.
pub async fn cards(browser: &Browser, expression: &str) -> Result<Vec<Value>> {
    let look = format!(
        "for (const card of all('.op-card')) seen[card.ariaPosInSet - 1] = {expression};
        all('.op-card').at(-1).scrollIntoView({{ block: 'end', behavior: 'instant' }});
        return all('.op-card').at(-1).ariaPosInSet;"
    );
    browser.wait_until("find('[part=page] .op-card')").await?;
    browser.run("window.seen = []; scrollTo(0, 0);").await?;
    browser
        .wait_until("all('.op-card')[0].ariaPosInSet === '1'")
        .await?;
    loop {
        let last = browser.run(&look).await?;
        browser
            .wait_until(&format!(
                "seen.length === {N_CARDS} || all('.op-card').at(-1).ariaPosInSet !== {last}"
            ))
            .await?;
        let seen = browser
            .run(&format!("return seen.length === {N_CARDS} ? seen : [];"))
            .await?;
        if let Some(seen) = seen.as_array().filter(|seen| !seen.is_empty()) {
            return Ok(seen.clone());
        }
    }
}

/// Waits until the list has as many cards as there are titles, and checks that they are these.
pub async fn lists(browser: &Browser, titles: &[&str]) -> Result<()> {
    becomes(browser, N_CARDS, json!(titles.len())).await?;
    if !titles.is_empty() {
        becomes(browser, &format!("{TITLES}[0]"), json!(titles[0])).await?;
        let shown = cards(browser, "card.querySelector('h2').textContent").await?;
        ensure!(
            shown == titles,
            "the list is {shown:?}, expected {titles:?}"
        );
    }
    Ok(())
}

/// The articles of the demo edition as its file has them, the newest first, those without a date last.
pub fn demo() -> Result<Vec<Value>> {
    let text = fs::read_to_string(workspace::root().join("demo/articles.json"))?;
    let edition: Value = serde_json::from_str(&text)?;
    let mut articles = edition["articles"]
        .as_array()
        .cloned()
        .context("no articles")?;
    // No two are of one day, so the day decides; `sort_by_key` keeps those without one at the end.
    let day = |article: &Value| {
        let published = article["published"].as_str().unwrap_or_default();
        published.chars().take(10).collect::<String>()
    };
    articles.sort_by_key(|article| std::cmp::Reverse(day(article)));
    Ok(articles)
}

/// A field of articles.
pub fn field<'a>(articles: impl IntoIterator<Item = &'a Value>, name: &str) -> Vec<&'a str> {
    let articles = articles.into_iter();
    articles
        .map(|article| article[name].as_str().unwrap_or_default())
        .collect()
}

/// A file of the collections that lie beside the repository; says that the case skips where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = workspace::root().join("../shared/data").join(path);
    if !file.is_file() {
        println!("    skipped: there is no ../shared/data/{path}");
        return None;
    }
    Some(file)
}
