//! The page in hard places: a phone, large letters, wide spacing, print, no motion, few colours.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use xtask::server::Fault;
use xtask::system::Engine;

use super::steps::{open_anew, open_article, open_list};
use crate::browser::Window;
use crate::stage::Stage;

/// Nothing of the page is beyond its right or left edge.
const FITS: &str = "document.documentElement.scrollWidth <= innerWidth";

/// What sticks out, for the report: the elements that reach beyond the window and do not scroll by themselves.
const STICKS_OUT: &str = "return all('.op-page *').filter((element) => {
    const box = element.getBoundingClientRect();
    return (box.right > innerWidth + 1 || box.left < -1) && box.width > 1 && !element.closest('.op-table, pre, .op-hidden, .op-skip');
}).slice(0, 5).map((element) => element.outerHTML.slice(0, 150));";

/// What cuts off its own text.
const CUTS: &str = "return all('.op-page *').filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = [overflowX, overflowY].some((overflow) => overflow === 'hidden' || overflow === 'clip');
    const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    return hides && isCut && element.textContent.trim() && !element.closest('.op-hidden, input, select');
}).slice(0, 5).map((element) => element.outerHTML.slice(0, 150));";

async fn fits(stage: &Stage<'_>, what: &str) -> Result<()> {
    if let Err(error) = stage.browser.wait_until(FITS).await {
        let out = stage.browser.run(STICKS_OUT).await?;
        bail!("{what} scrolls sideways: {out} ({error:.80})");
    }
    Ok(())
}

async fn cuts_nothing(stage: &Stage<'_>, what: &str) -> Result<()> {
    let cut = stage.browser.run(CUTS).await?;
    if cut != json!([]) {
        bail!("{what} cuts text: {cut}");
    }
    Ok(())
}

/// The pages that are hard to fit: pictures, tables, code, long words, right to left.
async fn all_fit(stage: &Stage<'_>, how: &str, after_opening: &str) -> Result<()> {
    open_list(stage, "").await?;
    stage.browser.run(after_opening).await?;
    fits(stage, &format!("the front {how}")).await?;
    cuts_nothing(stage, &format!("the front {how}")).await?;
    for id in [
        "the-clockwork-sea",
        "names-of-the-stars",
        "how-compression-works",
        "night-trains",
        "brot-und-zeit",
    ] {
        open_article(stage, id).await?;
        stage.browser.run(after_opening).await?;
        fits(stage, &format!("{id} {how}")).await?;
        cuts_nothing(stage, &format!("{id} {how}")).await?;
    }
    Ok(())
}

/// A phone: the page fits, and what cannot, scrolls by itself.
pub async fn fits_a_phone(stage: &Stage<'_>) -> Result<()> {
    stage.browser.set_window(Window::Phone).await?;
    all_fit(stage, "on a phone", "").await?;
    let scrolls = "all('.op-table, pre').some((box) => box.scrollWidth > box.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(box).overflowX))";
    open_article(stage, "how-compression-works").await?;
    // WebKit's window is wider than a phone: there, a table or code may fit.
    if stage.browser.engine != Engine::WebKit {
        stage.browser.wait_until(scrolls).await?;
    }
    // A word that is longer than the phone is wide.
    let long = "x".repeat(300);
    stage.put_articles(&json!({ "version": 1, "title": long, "description": long, "articles": [{
        "id": "long", "title": long, "subtitle": long, "category": long, "tags": [long], "authors": [{ "name": long }], "summary": long,
        "key_points": [long], "sections": [{ "heading": long, "body": format!("{long} `{long}`\n\n- {long}\n\n> {long}") }], "related": [{ "title": long }],
    }] }).to_string());
    open_list(stage, "").await?;
    fits(stage, "a front of long words").await?;
    open_article(stage, "long").await?;
    fits(stage, "an article of long words").await
}

/// Letters twice as large in a window half as wide.
pub async fn fits_at_200_percent(stage: &Stage<'_>) -> Result<()> {
    stage.browser.set_window(Window::Zoomed).await?;
    all_fit(stage, "at 200 %", "").await?;
    all_fit(
        stage,
        "with letters twice as large",
        "document.documentElement.style.fontSize = '200%';",
    )
    .await
}

/// The spacing that WCAG 1.4.12 names cuts nothing off.
pub async fn takes_wide_spacing(stage: &Stage<'_>) -> Result<()> {
    let widen = "
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
        for (const reader of all('offprint-reader')) reader.shadowRoot.adoptedStyleSheets = [...reader.shadowRoot.adoptedStyleSheets, sheet];";
    all_fit(stage, "with wide spacing", widen).await?;
    stage.browser.set_window(Window::Phone).await?;
    all_fit(stage, "with wide spacing on a phone", widen).await
}

/// Who asks for no motion gets none, not even while loading.
pub async fn keeps_still(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let n_moving = "all('.op-skeleton div').flatMap((line) => line.getAnimations()).length";
    stage.server.set_fault("articles.json", Fault::Held);
    if !set_media(stage, &[("prefers-reduced-motion", "reduce")]).await? {
        // Skipped in WebKit: its driver cannot say what a person prefers.
        return Ok(());
    }
    open_anew(stage, "").await?;
    browser
        .wait_until(
            "find('.op-skeleton') && matchMedia('(prefers-reduced-motion: reduce)').matches",
        )
        .await?;
    super::steps::becomes(browser, n_moving, json!(0)).await?;
    stage.server.clear_faults();
    browser.wait_until("find('[part=page] .op-card')").await?;
    let moving = "all('.op-page *').filter((element) => parseFloat(getComputedStyle(element).transitionDuration) > 0 || element.getAnimations().length).length";
    super::steps::becomes(browser, moving, json!(0)).await?;
    set_media(stage, &[]).await?;
    Ok(())
}

/// Few colours, chosen by the person: blocks keep an edge, hits an outline, the focus its ring.
pub async fn takes_forced_colours(stage: &Stage<'_>) -> Result<()> {
    if !set_media(stage, &[("forced-colors", "active")]).await? {
        // Skipped in WebKit, which has none.
        return Ok(());
    }
    open_article(stage, "night-trains").await?;
    let edges = "['.op-key-points', '.op-risks'].every((part) => parseFloat(getComputedStyle(find(part)).borderInlineStartWidth) >= 1)";
    stage.browser.wait_until(edges).await?;
    stage
        .browser
        .screenshot("article-desktop-forced-colours")
        .await?;
    open_list(stage, "").await?;
    super::steps::search(stage.browser, "tides").await?;
    stage
        .browser
        .wait_until("getComputedStyle(find('mark')).outlineStyle === 'solid'")
        .await?;
    stage
        .browser
        .screenshot("search-desktop-forced-colours")
        .await?;
    set_media(stage, &[]).await?;
    Ok(())
}

/// On paper: the article, in black, without what only a screen needs, with the addresses of its links.
pub async fn prints(stage: &Stage<'_>) -> Result<()> {
    if stage.browser.engine != Engine::Chromium {
        // Skipped elsewhere: only Chromium's driver shows a page as it would print.
        return Ok(());
    }
    let browser = stage.browser;
    open_article(stage, "night-trains").await?;
    // On dark too, paper stays white.
    browser.click("#op-theme").await?;
    browser.click("#op-theme").await?;
    super::steps::becomes(
        browser,
        "find('#op-theme').ariaLabel",
        json!("Colours: dark"),
    )
    .await?;
    browser
        .devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    browser.wait_until("matchMedia('print').matches").await?;
    let hidden = "['.op-tools', '.op-theme', '.op-back', '.op-neighbours', '.op-skip'].filter((part) => find(part) && isVisible(find(part)))";
    super::steps::becomes(browser, hidden, json!([])).await?;
    browser.wait_until("['h1', '.op-byline', '.op-summary', '.op-section', '.op-disclosure'].every((part) => isVisible(find(part)))").await?;
    let is_pale = "['.op-title', '.op-subtitle', '.op-section p', '.op-kicker-category', '.op-risks h2', '.op-byline li'].filter((part) => {
        const colours = getComputedStyle(find(part)).color.match(/[\\d.]+/g).map(Number);
        return colours[0] + colours[1] + colours[2] > 330;
    })";
    super::steps::becomes(browser, is_pale, json!([])).await?;
    fits(stage, "a printed article").await?;
    browser.screenshot("article-print").await?;
    browser
        .devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
        .await
}

/// Sets what the system prefers beside the colours; gives false where this browser cannot be told.
async fn set_media(stage: &Stage<'_>, features: &[(&str, &str)]) -> Result<bool> {
    match stage.browser.engine {
        Engine::Chromium => {
            let features: Vec<Value> = features
                .iter()
                .map(|(name, value)| json!({ "name": name, "value": value }))
                .collect();
            let set = stage
                .browser
                .devtools(
                    "Emulation.setEmulatedMedia",
                    json!({ "features": features }),
                )
                .await;
            set.context("cannot set the media features").map(|()| true)
        }
        Engine::Firefox => {
            let is_set = |name: &str| features.iter().any(|(set, _)| *set == name);
            let still = u8::from(is_set("prefers-reduced-motion"));
            // 2 is always; 0, the default, only where the system has it so.
            let colours = if is_set("forced-colors") { 2 } else { 0 };
            let set = format!(
                "Services.prefs.setIntPref('ui.prefersReducedMotion', {still});
                Services.prefs.setIntPref('browser.display.document_color_use', {colours});"
            );
            stage.browser.run_in_chrome(&set).await.map(|()| true)
        }
        Engine::WebKit => Ok(false),
    }
}
