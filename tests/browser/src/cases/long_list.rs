//! 19,771 cards: opened, scrolled, filtered, searched, and returned to, with few of them in the page.

use anyhow::{Result, bail, ensure};
use serde_json::json;
use xtask::server::Source;
use xtask::system::Engine;

use super::steps::{N_CARDS, back, becomes, choose, open_anew, says, search, shared};
use crate::stage::Stage;

/// The first card in view.
const FIRST: &str = "all('.op-card').find((card) => card.getBoundingClientRect().bottom > 1)";

/// The list of the Reuters articles.
pub async fn of_19_771(stage: &Stage<'_>) -> Result<()> {
    let Some(file) = shared("corpora/reuters-21578.json.gz") else {
        return Ok(());
    };
    stage.server.put("articles.json", Source::File(file));
    let browser = stage.browser;
    open_anew(stage, "").await?;
    watch_tasks(stage).await?;
    becomes(browser, N_CARDS, json!(19_771)).await?;
    says(browser, ".op-count", "19,771 articles").await?;
    few_are_built(stage).await?;
    longest_task(stage, "opening").await?;

    // The middle: cards are there, and they are those of the middle.
    browser
        .run("scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' });")
        .await?;
    browser.wait_until(&format!("{FIRST} && {FIRST}.getBoundingClientRect().top < innerHeight / 2 && Math.abs({FIRST}.ariaPosInSet - 9885) < 2000")).await?;
    few_are_built(stage).await?;
    // As with the End key, again where the end turns out to be further down.
    let at_end = "(scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }),
        ((last) => last.ariaPosInSet === '19771' && last.getBoundingClientRect().bottom < innerHeight)(all('.op-card').at(-1)))";
    browser.wait_until(at_end).await?;
    few_are_built(stage).await?;
    longest_task(stage, "scrolling").await?;

    choose(browser, "#op-category", "crude").await?;
    becomes(browser, N_CARDS, json!(487)).await?;
    says(browser, ".op-count", "487 articles").await?;
    // Another list begins at its top.
    browser.wait_until("scrollY < 2").await?;
    browser
        .run("scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: 'instant' });")
        .await?;
    browser
        .wait_until(&format!(
            "{FIRST} && Math.abs({FIRST}.ariaPosInSet - 243) < 100 && location.hash.includes('at=')"
        ))
        .await?;
    let first = browser
        .run(&format!(
            "return [{FIRST}.ariaPosInSet, {FIRST}.getBoundingClientRect().top];"
        ))
        .await?;
    let is_back = format!(
        "{FIRST}.ariaPosInSet === {} && Math.abs({FIRST}.getBoundingClientRect().top - {}) < 4",
        first[0], first[1]
    );
    let link = format!(
        "find('a[data-op-position=\"{}\"]')",
        first[0]
            .as_str()
            .and_then(|at| at.parse().ok())
            .unwrap_or(0_u32)
            + 2
    );
    browser.run(&format!("{link}.click();")).await?;
    browser
        .wait_until("find('.op-article') && scrollY < 2")
        .await?;
    longest_task(stage, "filtering and opening").await?;
    back(browser).await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    if let Err(error) = browser.wait_until(&is_back).await {
        let is = browser
            .run(&format!(
                "return [{FIRST}.ariaPosInSet, {FIRST}.getBoundingClientRect().top];"
            ))
            .await?;
        bail!("back at {is}, expected {first} ({error:.60})");
    }
    becomes(browser, N_CARDS, json!(487)).await?;

    search(browser, "opec production").await?;
    browser.wait_until("all('.op-card .op-kicker-category').every((category) => category.textContent === 'crude')").await?;
    longest_task(stage, "searching").await?;
    few_are_built(stage).await
}

async fn few_are_built(stage: &Stage<'_>) -> Result<()> {
    let n_built = stage.browser.run("return all('.op-card').length;").await?;
    ensure!(
        n_built.as_u64().is_some_and(|n| n <= 100),
        "{n_built} cards are built"
    );
    Ok(())
}

/// Chromium counts the tasks of more than 50 ms.
async fn watch_tasks(stage: &Stage<'_>) -> Result<()> {
    let watch = "window.tasks = [];
        if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
            new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
        }";
    stage.browser.run(watch).await?;
    Ok(())
}

/// Prints the longest task since the last call. A time is no assertion: this machine may be busy.
async fn longest_task(stage: &Stage<'_>, doing: &str) -> Result<()> {
    if stage.browser.engine == Engine::Chromium {
        let longest = stage
            .browser
            .text("Math.round(Math.max(0, ...tasks.splice(0)))")
            .await?;
        let longest = if longest == "0" {
            "under 50".to_owned()
        } else {
            longest
        };
        println!("    longest task while {doing}: {longest} ms");
    }
    Ok(())
}
