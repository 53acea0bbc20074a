//! The button beside the box, and the key `?`: what can be typed.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::Window;
use crate::cases::steps::{becomes, mentions, open_list, search};
use crate::stage::Stage;

const IS_OPEN: &str = "Boolean(find('dialog')?.open)";

/// The button opens it, Escape and the button in it close it, and the focus comes back.
pub async fn is_shown_by_its_button(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    for close in [false, true] {
        browser.click(".op-help").await?;
        becomes(browser, IS_OPEN, json!(true)).await?;
        mentions(
            browser,
            "dialog",
            &["What can be typed", "title:cuba", "only in the title"],
        )
        .await?;
        browser.wait_until("active().closest('dialog')").await?;
        match close {
            true => browser.click("dialog .op-button").await?,
            false => browser.press(Key::Escape).await?,
        }
        becomes(browser, IS_OPEN, json!(false)).await?;
        browser
            .wait_until("active() === document.body || active().matches('.op-help')")
            .await?;
    }
    Ok(())
}

/// On a phone what is typed stands on one line, and nothing scrolls sideways.
pub async fn fits_a_phone(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    browser.set_window(Window::Phone).await?;
    open_list(stage, "").await?;
    browser.click(".op-help").await?;
    becomes(browser, IS_OPEN, json!(true)).await?;
    let broken = "all('dialog code').filter((code) => code.getClientRects().length > 1).map((code) => code.textContent)";
    becomes(browser, broken, json!([])).await?;
    let scrolls = "find('dialog').scrollWidth > find('dialog').clientWidth";
    becomes(browser, scrolls, json!(false)).await
}

/// The key opens it where nothing is typed into; in the box it is a letter.
pub async fn is_shown_by_its_key(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.type_text("?").await?;
    becomes(browser, IS_OPEN, json!(true)).await?;
    browser.press(Key::Escape).await?;
    becomes(browser, IS_OPEN, json!(false)).await?;
    search(browser, "light?").await?;
    becomes(browser, IS_OPEN, json!(false)).await?;
    browser.press(Key::Down).await?;
    becomes(browser, "active().dataset.opPosition", json!("0")).await?;
    browser.type_text("?").await?;
    becomes(browser, IS_OPEN, json!(true)).await?;
    browser.press(Key::Escape).await?;
    becomes(browser, "active().dataset.opPosition", json!("0")).await
}

/// On a page that is somebody else's the key is theirs, as long as the focus is not in the reader.
pub async fn leaves_the_page_its_key(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    stage.put_page("page.html", "<!doctype html><html lang=\"en\"><head><title>A page</title><link rel=\"icon\" href=\"icon.svg\"><script type=\"module\" src=\"element.js\"></script></head><body><offprint-reader src=\"articles.json\"></offprint-reader></body></html>")?;
    stage.open("page.html").await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    browser.run("addEventListener('keydown', (key) => { if (key.key === '?') window.theirs = !key.defaultPrevented; });").await?;
    browser.type_text("?").await?;
    becomes(
        browser,
        "[window.theirs, Boolean(find('dialog'))]",
        json!([true, false]),
    )
    .await?;
    browser.run("find('.op-card-title a').focus();").await?;
    browser.type_text("?").await?;
    becomes(browser, IS_OPEN, json!(true)).await
}
