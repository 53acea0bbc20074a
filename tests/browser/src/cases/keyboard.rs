//! The reader without a mouse: the order of the stops, the way past them, and a focus that can be seen.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use serde_json::json;

use super::steps::{HASH, N_CARDS, answered, becomes, open_article, open_list, says};
use crate::stage::Stage;

const SHIFT_TAB: [char; 2] = ['\u{e008}', '\u{e004}'];

/// Where the focus is, in a word.
const STOP: &str =
    "(active().id || active().dataset.opPosition || active().className || active().localName)";

/// Whether the focus can be seen: an outline on the element or on the card that it covers.
const IS_SEEN: &str = "(() => {
    const element = active();
    const box = element.getBoundingClientRect();
    const isIn = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    const outlined = [element, element.closest('.op-card')].filter(Boolean);
    return isIn && element.matches(':focus-visible') && outlined.some((part) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(part);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
})()";

/// From the first stop to the first cards, each seen.
pub async fn stops_in_reading_order(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    for stop in [
        "op-skip",
        "op-masthead-name",
        "op-theme",
        "op-search",
        "op-input op-help",
        "op-category",
        "op-input",
        "op-order",
        "op-card-0",
        "op-card-1",
    ] {
        browser.press(Key::Tab).await?;
        becomes(browser, STOP, json!(stop))
            .await
            .with_context(|| format!("the stop {stop}"))?;
        browser
            .wait_until(IS_SEEN)
            .await
            .with_context(|| format!("the focus on {stop}"))?;
    }
    // Backwards too.
    browser.chord(&SHIFT_TAB).await?;
    becomes(browser, STOP, json!("op-card-0")).await
}

/// The way past the masthead, on the list and on an article; it leaves neither.
pub async fn skips_to_the_content(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_list(stage, "#/?category=Science").await?;
    browser.press(Key::Tab).await?;
    says(browser, ".op-skip", "Skip to the content").await?;
    browser.press(Key::Enter).await?;
    becomes(browser, "active().id", json!("op-main")).await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    becomes(browser, HASH, json!("#/?category=Science")).await?;
    browser.press(Key::Tab).await?;
    becomes(browser, "Boolean(active().closest('main'))", json!(true)).await?;
    open_article(stage, "sand").await?;
    browser.press(Key::Tab).await?;
    browser.press(Key::Enter).await?;
    becomes(browser, "active().id", json!("op-main")).await?;
    says(browser, ".op-article h1", "The city is made of sand").await
}

/// Search, result, article, back, without a mouse.
pub async fn searches_opens_and_returns(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    for _ in 0..4 {
        browser.press(Key::Tab).await?;
    }
    becomes(browser, STOP, json!("op-search")).await?;
    browser.type_text("map").await?;
    answered(browser).await?;
    browser.wait_until(&format!("{N_CARDS} > 1")).await?;
    // What is suggested comes first.
    let is_offered = "isVisible(find('#op-suggestions'))";
    browser.wait_until(is_offered).await?;
    browser.press(Key::Escape).await?;
    browser.wait_until(&format!("!{is_offered}")).await?;
    browser.press(Key::Down).await?;
    browser.press(Key::Down).await?;
    becomes(browser, STOP, json!("op-card-1")).await?;
    browser.wait_until(IS_SEEN).await?;
    let title = browser.text("all('.op-card-title')[1].textContent").await?;
    browser.press(Key::Enter).await?;
    says(browser, ".op-article h1", &title).await?;
    becomes(browser, STOP, json!("op-heading")).await?;
    // The next stop is in the text that follows the heading, not at the top of the page.
    browser.press(Key::Tab).await?;
    browser
        .wait_until("active().closest('.op-article, .op-after')")
        .await?;
    browser.back().await?;
    answered(browser).await?;
    becomes(browser, STOP, json!("op-card-1")).await?;
    becomes(browser, "find('#op-search').value", json!("map")).await
}

/// All stops of a long article are seen; what scrolls by itself is among them.
pub async fn sees_every_stop_of_an_article(stage: &Stage<'_>) -> Result<()> {
    open_article(stage, "the-clockwork-sea").await?;
    let browser = stage.browser;
    let can_stop = "all('a[href], button, input, select, summary, [tabindex=\"0\"]').filter((element) => isVisible(element) && !element.disabled).length";
    let n_stops = browser
        .run(&format!("return {can_stop};"))
        .await?
        .as_u64()
        .unwrap_or(0);
    ensure!(n_stops > 20, "only {n_stops} stops");
    let mut seen = Vec::new();
    for _ in 0..n_stops {
        browser.press(Key::Tab).await?;
        let stop = browser.text("active().outerHTML.slice(0, 120)").await?;
        let is_seen = browser.wait_until(IS_SEEN).await;
        is_seen.with_context(|| format!("the focus on {stop} is not seen"))?;
        seen.push(stop);
    }
    ensure!(
        seen.iter().any(|stop| stop.contains("op-table")),
        "the table is no stop"
    );
    Ok(())
}
