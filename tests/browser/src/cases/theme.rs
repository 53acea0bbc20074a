//! Light and dark, by preference and by choice.

use anyhow::Result;
use serde_json::json;

use super::steps::{becomes, open_anew, open_list};
use crate::browser::Scheme;
use crate::stage::Stage;

/// Whether the reader, and the page around it, are dark: by their grounds' brightness.
const IS_DARK: &str = "['.op-root', 'html'].map((part) => {
    const element = part === 'html' ? document.documentElement : find(part);
    const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    return red + green + blue < 384;
})";

/// The button goes round, says where it is, is remembered, and sets the colours.
pub async fn is_chosen_and_remembered(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    becomes(
        browser,
        "find('#op-theme').ariaLabel",
        json!("Colours: as the device has them"),
    )
    .await?;
    becomes(browser, IS_DARK, json!([false, false])).await?;
    for (name, is_dark) in [("light", false), ("dark", true)] {
        browser.click("#op-theme").await?;
        becomes(
            browser,
            "find('#op-theme').ariaLabel",
            json!(format!("Colours: {name}")),
        )
        .await?;
        becomes(browser, IS_DARK, json!([is_dark, is_dark])).await?;
    }
    open_anew(stage, "#/article/sand").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    becomes(
        browser,
        "find('#op-theme').ariaLabel",
        json!("Colours: dark"),
    )
    .await?;
    becomes(browser, IS_DARK, json!([true, true])).await?;
    browser.click("#op-theme").await?;
    becomes(
        browser,
        "find('#op-theme').ariaLabel",
        json!("Colours: as the device has them"),
    )
    .await?;
    becomes(browser, IS_DARK, json!([false, false])).await?;
    browser.reload().await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    becomes(browser, IS_DARK, json!([false, false])).await
}

/// Who prefers dark gets it, unless something else was chosen here.
pub async fn follows_the_preference(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    if !browser.set_scheme(Scheme::Dark).await? {
        // Skipped in WebKit: its driver cannot say what a person prefers.
        return Ok(());
    }
    open_list(stage, "").await?;
    becomes(browser, IS_DARK, json!([true, true])).await?;
    browser.click("#op-theme").await?;
    becomes(browser, IS_DARK, json!([false, false])).await?;
    browser.click("#op-theme").await?;
    browser.click("#op-theme").await?;
    becomes(browser, IS_DARK, json!([true, true])).await?;
    // While the page is open too.
    browser.set_scheme(Scheme::Light).await?;
    becomes(browser, IS_DARK, json!([false, false])).await
}
