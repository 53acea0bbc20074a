//! What is suggested below the search box: words that complete, searches made before.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::cases::steps::{HASH, becomes, clear, open_anew, open_list, says, search};
use crate::stage::Stage;

/// What is offered, in its order; nothing where the list is closed.
const OFFERED: &str = "isVisible(find('.op-popup')) ? all('#op-suggestions > [role=option]').map((option) => option.textContent) : []";

/// What the box tells those who cannot see: whether there is a list, and which of its rows is chosen.
const CHOSEN: &str = "(() => {
    const box = find('#op-search');
    const id = box.getAttribute('aria-activedescendant');
    const row = id && box.getRootNode().getElementById(id);
    return [box.getAttribute('aria-expanded'), row && row.ariaSelected === 'true' ? row.textContent : null];
})()";

/// The searches that are kept, as every page of the site can read them.
const KEPT: &str = "JSON.parse(localStorage.getItem('offprint-searches') ?? '[]')";

const VALUE: &str = "find('#op-search').value";

async fn is_chosen(browser: &Browser, is_open: bool, row: Option<&str>) -> Result<()> {
    becomes(browser, CHOSEN, json!([is_open.to_string(), row])).await
}

/// Words that go on as what is typed does; the arrows, Enter and Escape are the list's while it is open, and the reader's after.
pub async fn completes_the_last_word(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    is_chosen(browser, false, None).await?;
    browser.type_into("#op-search", "oil compress").await?;
    browser
        .wait_until(&format!("({OFFERED}).length > 1"))
        .await?;
    browser
        .wait_until(&format!(
            "({OFFERED}).every((text) => /^oil compress\\w+$/.test(text))"
        ))
        .await?;
    let rows = browser.run(&format!("return {OFFERED};")).await?;
    let row = |ix: usize| rows[ix].as_str();
    let last = rows.as_array().map_or(0, Vec::len) - 1;
    is_chosen(browser, true, None).await?;
    for (key, expect) in [
        (Key::Down, row(0)),
        (Key::Down, row(1)),
        (Key::Up, row(0)),
        (Key::Up, None),
        (Key::Up, row(last)),
    ] {
        browser.press(key).await?;
        is_chosen(browser, true, expect).await?;
    }
    becomes(browser, "active().id", json!("op-search")).await?;
    browser.press(Key::Enter).await?;
    becomes(browser, VALUE, rows[last].clone()).await?;
    becomes(
        browser,
        HASH,
        json!(format!("#/?q={}", row(last).unwrap_or_default())),
    )
    .await?;
    is_chosen(browser, false, None).await?;
    // The first Escape closes, the second clears.
    browser
        .type_text(&char::from(Key::Backspace).to_string())
        .await?;
    browser.wait_until(&format!("({OFFERED}).length")).await?;
    browser.press(Key::Escape).await?;
    is_chosen(browser, false, None).await?;
    browser.press(Key::Escape).await?;
    becomes(browser, VALUE, json!("")).await
}

/// Behind the last row comes the first article; a press of the mouse takes a row and leaves the focus.
pub async fn leads_on_to_the_articles(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.type_into("#op-search", "lighth").await?;
    becomes(browser, OFFERED, json!(["lighthouse"])).await?;
    browser.wait_until("find('.op-card mark')").await?;
    for _ in 0..2 {
        browser.press(Key::Down).await?;
    }
    becomes(browser, "active().dataset.opPosition", json!("0")).await?;
    is_chosen(browser, false, None).await?;
    browser.press(Key::Up).await?;
    becomes(browser, "active().id", json!("op-search")).await?;
    // Only typing, or Alt and the arrow, opens it again.
    is_chosen(browser, false, None).await?;
    browser.chord(&['\u{e00a}', '\u{e015}']).await?;
    becomes(browser, OFFERED, json!(["lighthouse"])).await?;
    browser.click("#op-suggestions > [role=option]").await?;
    becomes(browser, VALUE, json!("lighthouse")).await?;
    becomes(browser, "active().id", json!("op-search")).await?;
    is_chosen(browser, false, None).await
}

/// What completes nothing is offered nothing: a finished word, a filter, quotation marks that are closed.
pub async fn offers_nothing_where_nothing_is_begun(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    for words in ["light ", "category:sci", "\"light\"", "light -"] {
        search(browser, "ligh").await?;
        clear(browser).await?;
        browser.type_text(words).await?;
        becomes(browser, VALUE, json!(words)).await?;
        browser
            .wait_until("find('.op-empty') || find('.op-feed')?.ariaBusy === 'false'")
            .await?;
        becomes(browser, OFFERED, json!([])).await?;
        clear(browser).await?;
    }
    // What stands before the word stays.
    for before in ["title:", "sea-", "(", "and/", "l’"] {
        browser.type_text(&format!("{before}ligh")).await?;
        let row = json!(format!("{before}lighthouse"));
        browser
            .wait_until(&format!("({OFFERED}).includes({row})"))
            .await?;
        clear(browser).await?;
    }
    Ok(())
}

/// A search that led to an article is kept, offered in an empty box, and forgotten one by one or all at once.
pub async fn keeps_searches(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    for words in ["tides", "sand", "maps", "sand"] {
        search(browser, words).await?;
        becomes(browser, "Boolean(find('.op-card mark'))", json!(true)).await?;
        browser.click(".op-card-title a").await?;
        browser
            .wait_until("find('[part=page] .op-article')")
            .await?;
        browser.back().await?;
        browser.wait_until("find('[part=page] .op-card')").await?;
        browser.click("#op-search").await?;
        clear(browser).await?;
    }
    becomes(browser, KEPT, json!(["sand", "maps", "tides"])).await?;
    // They outlast the page.
    open_list(stage, "").await?;
    browser.click("#op-search").await?;
    becomes(browser, OFFERED, json!(["sand", "maps", "tides"])).await?;
    browser.press(Key::Down).await?;
    browser.press(Key::Delete).await?;
    becomes(browser, OFFERED, json!(["maps", "tides"])).await?;
    becomes(browser, KEPT, json!(["maps", "tides"])).await?;
    browser.click(".op-removers button:last-child").await?;
    becomes(browser, OFFERED, json!(["maps"])).await?;
    becomes(browser, "active().id", json!("op-search")).await?;
    browser.press(Key::Down).await?;
    browser.press(Key::Enter).await?;
    becomes(browser, VALUE, json!("maps")).await?;
    clear(browser).await?;
    browser.click("#op-search").await?;
    browser.click(".op-forget").await?;
    becomes(browser, OFFERED, json!([])).await?;
    becomes(
        browser,
        "localStorage.getItem('offprint-searches')",
        Value::Null,
    )
    .await
}

/// At most twenty are kept; another tab's are offered too; what is kept and no list of texts is passed over.
pub async fn keeps_no_more_than_twenty(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    let many = "localStorage.setItem('offprint-searches', JSON.stringify(Array.from({ length: 25 }, (_, ix) => `word ${ix}`)));";
    browser.run(many).await?;
    browser.type_into("#op-search", "serifs").await?;
    browser.press(Key::Enter).await?;
    says(browser, ".op-article h1", "Why letters have serifs").await?;
    becomes(browser, &format!("{KEPT}.length"), json!(20)).await?;
    becomes(
        browser,
        &format!("{KEPT}.slice(0, 2)"),
        json!(["serifs", "word 0"]),
    )
    .await?;
    for odd in ["not JSON", "{}", "[1, null]"] {
        browser
            .run(&format!(
                "localStorage.setItem('offprint-searches', {});",
                json!(odd)
            ))
            .await?;
        open_list(stage, "").await?;
        browser.click("#op-search").await?;
        browser.type_text("lighth").await?;
        becomes(browser, OFFERED, json!(["lighthouse"])).await?;
    }
    Ok(())
}

/// Where storage is denied, nothing is kept and all else goes on.
pub async fn keeps_nothing_where_it_may_not(stage: &Stage<'_>) -> Result<()> {
    open_anew(stage, "").await?;
    let browser = stage.browser;
    browser.wait_until("find('[part=page] .op-card')").await?;
    let deny = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });";
    browser.run(deny).await?;
    search(browser, "serifs").await?;
    browser.press(Key::Enter).await?;
    says(browser, ".op-article h1", "Why letters have serifs").await?;
    browser.click("#op-search").await?;
    clear(browser).await?;
    becomes(browser, OFFERED, json!([])).await?;
    browser.type_text("lighth").await?;
    becomes(browser, OFFERED, json!(["lighthouse"])).await
}
