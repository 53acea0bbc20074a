//! The words of the search, marked in the article that was found.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::Browser;
use crate::cases::steps::{HASH, becomes, clear, open_anew, open_list, says, search};
use crate::stage::Stage;

/// The texts that are marked, where the browser paints them: in the order of the article.
const PAINTED: &str = "[...CSS.highlights.get('op-hit') ?? []].map(String)";

/// The text that is marked as the one gone to.
const CURRENT: &str = "[...CSS.highlights.get('op-hit-now') ?? []].map(String).join()";

/// Where the current mark is, and whether a person sees it.
const IS_SEEN: &str = "(() => {
    const [range] = CSS.highlights.get('op-hit-now');
    const { top, bottom } = range.getBoundingClientRect();
    return top > 0 && bottom < innerHeight;
})()";

async fn open_found(browser: &Browser, words: &str) -> Result<()> {
    search(browser, words).await?;
    browser.wait_until("find('.op-card mark')").await?;
    browser.click(".op-card-title a").await?;
    browser.wait_until("find('[part=page] .op-article')").await
}

/// What was matched is marked: other endings, repaired slips, a word that is begun; the article's nodes stay as they are.
pub async fn are_of_what_was_matched(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    for (words, pattern) in [
        ("tide", "^tid"),
        ("lighthuose", "^lighthouse"),
        ("predic", "^predic"),
    ] {
        open_found(browser, words).await?;
        browser
            .wait_until(&format!(
                "{PAINTED}.length > 1 && {PAINTED}.every((text) => /{pattern}/i.test(text))"
            ))
            .await?;
        becomes(browser, "all('.op-article mark').length", json!(0)).await?;
        browser
            .wait_until("/^\\d+ matches$/.test(text('.op-hits-count'))")
            .await?;
        let painted = browser.text(&format!("{PAINTED}.length")).await?;
        says(browser, ".op-hits-count", &format!("{painted} matches")).await?;
        browser.back().await?;
        browser.wait_until("find('[part=page] .op-card')").await?;
        becomes(browser, PAINTED, json!([])).await?;
        browser.click("#op-search").await?;
        clear(browser).await?;
    }
    Ok(())
}

/// Next and previous go through them and around; each is scrolled to; closing takes all away and leaves the focus in the article.
pub async fn are_gone_through(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    open_found(browser, "tides").await?;
    browser.wait_until("find('.op-hitbar')").await?;
    let n = browser.run(&format!("return {PAINTED}.length;")).await?;
    // By keys from the heading, which has the focus: the bar is a stop or two before it.
    becomes(browser, "active().id", json!("op-heading")).await?;
    let shift_tab = ['\u{e008}', '\u{e004}'];
    for label in ["Science", "Stop marking the words", "Next"] {
        browser.chord(&shift_tab).await?;
        becomes(
            browser,
            "active().ariaLabel ?? active().textContent",
            json!(label),
        )
        .await?;
    }
    for count in 1..=4 {
        browser.press(Key::Enter).await?;
        says(browser, ".op-hits-count", &format!("{count} of {n}")).await?;
        browser
            .wait_until(&format!("/^tid/i.test({CURRENT}) && {IS_SEEN}"))
            .await?;
    }
    browser.chord(&shift_tab).await?;
    for count in [json!(3), json!(2), json!(1), n.clone()] {
        browser.press(Key::Enter).await?;
        says(browser, ".op-hits-count", &format!("{count} of {n}")).await?;
        browser.wait_until(IS_SEEN).await?;
    }
    browser.press(Key::Escape).await?;
    browser.wait_until("!find('.op-hitbar')").await?;
    becomes(browser, PAINTED, json!([])).await?;
    becomes(browser, CURRENT, json!("")).await?;
    becomes(browser, "active().id", json!("op-heading")).await
}

/// They stay at another place of the article and when it is loaded anew; they go with another article and with the query.
pub async fn leave_with_the_query(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_anew(stage, "#/article/the-clockwork-sea?q=tides").await?;
    browser.wait_until(&format!("{PAINTED}.length")).await?;
    browser.click(".op-contents a").await?;
    browser
        .wait_until(&format!(
            "{HASH}.endsWith('?q=tides') && {HASH}.includes('/op-')"
        ))
        .await?;
    browser
        .wait_until(&format!("{PAINTED}.length && find('.op-hitbar')"))
        .await?;
    browser.click(".op-neighbour").await?;
    browser
        .wait_until("find('.op-article') && !find('.op-hitbar')")
        .await?;
    becomes(browser, PAINTED, json!([])).await?;
    browser.back().await?;
    browser
        .wait_until(&format!("{PAINTED}.length && find('.op-hitbar')"))
        .await?;
    // An article that has none of the words in its text has no bar.
    open_anew(stage, "#/article/the-clockwork-sea?q=category:science").await?;
    search_is_ready(browser).await?;
    becomes(browser, "Boolean(find('.op-hitbar'))", json!(false)).await
}

/// Waits until the worker has answered whatever was asked before.
async fn search_is_ready(browser: &Browser) -> Result<()> {
    browser.type_into("#op-search", " tides").await?;
    crate::cases::steps::answered(browser).await?;
    browser.back().await?;
    browser.wait_until("find('[part=page] .op-article')").await
}

/// Where the browser paints nothing, elements stand around the words, and are taken out again without a trace.
pub async fn are_elements_where_nothing_is_painted(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_list(stage, "").await?;
    browser.run("delete CSS.highlights; if ('highlights' in CSS) delete Object.getPrototypeOf(CSS).highlights; if ('highlights' in CSS) throw new Error('it is still there');").await?;
    search(browser, "tides").await?;
    browser.wait_until("find('.op-card mark')").await?;
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("all('.op-body mark.op-hit').length > 2")
        .await?;
    browser
        .wait_until("all('.op-body mark').every((mark) => /^tid/i.test(mark.textContent))")
        .await?;
    browser
        .run("window.marked = find('.op-body').textContent;")
        .await?;
    browser.click(".op-hitbar button:nth-of-type(2)").await?;
    browser
        .wait_until("find('mark.op-hit-now') === find('mark.op-hit')")
        .await?;
    browser.click(".op-hitbar button:last-of-type").await?;
    browser
        .wait_until("all('.op-body mark').length === 0 && find('.op-body').textContent === marked")
        .await
}

/// Two readers of a page mark each its own.
pub async fn are_each_readers_own(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    stage.put_page("two.html", "<!doctype html><html lang=\"en\"><head><title>Two</title><link rel=\"icon\" href=\"icon.svg\"><script type=\"module\" src=\"element.js\"></script></head><body><offprint-reader id=\"one\" src=\"articles.json\"></offprint-reader><offprint-reader id=\"two\" src=\"articles.json\"></offprint-reader></body></html>")?;
    stage.open("two.html").await?;
    for (id, words) in [("one", "serifs"), ("two", "lighthouse")] {
        let inside = format!("find('#{id}').shadowRoot");
        browser
            .wait_until(&format!("{inside}?.querySelector('#op-search')"))
            .await?;
        browser.run(&format!("const box = {inside}.querySelector('#op-search'); box.focus(); box.value = '{words}'; box.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}));")).await?;
        browser
            .wait_until(&format!("{inside}.querySelector('.op-card mark')"))
            .await?;
        browser
            .run(&format!(
                "{inside}.querySelector('.op-card-title a').click();"
            ))
            .await?;
        browser
            .wait_until(&format!("{inside}.querySelector('.op-hitbar')"))
            .await?;
    }
    let n = "[...CSS.highlights.get('op-hit')].map((range) => range.startContainer.getRootNode().host.id).toSorted().join(' ').replace(/(\\w+)( \\1)+/g, '$1')";
    becomes(browser, n, json!("one two")).await?;
    browser.run("find('#one').remove();").await?;
    becomes(browser, n, json!("two")).await
}
