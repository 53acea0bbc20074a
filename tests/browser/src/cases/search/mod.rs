//! The search box: what it finds, how it is worked with keys, and that its engine is not fetched before. What stands around it has
//! files of its own: what is suggested, what narrows, the marks in an article, the syntax.

pub mod built;
pub mod marks;
pub mod narrowing;
pub mod suggestions;
pub mod syntax;

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;
use xtask::server::Fault;

use crate::cases::steps::{
    EDITION, HASH, N_CARDS, TITLES, answered, becomes, choose, clear, mentions, open_anew,
    open_list, says, search,
};
use crate::stage::Stage;

/// The files of the search engine.
const ENGINE: [&str; 4] = [
    "search-worker.js",
    "search-collection.js",
    "offprint-index.js",
    "offprint-index_bg.wasm",
];

/// Nothing of the engine is fetched before the box has the focus; all of it once, after.
pub async fn fetches_its_engine_at_the_focus(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    // A filter and an article are no search.
    choose(browser, "#op-category", "Science").await?;
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    let n_fetched = |file: &str| {
        stage
            .server
            .requests()
            .iter()
            .filter(|request| request.path == file)
            .count()
    };
    for file in ENGINE {
        ensure!(
            n_fetched(file) == 0,
            "{file} is fetched before anybody searches"
        );
    }
    browser.back().await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    search(browser, "tides").await?;
    for file in ENGINE {
        ensure!(
            n_fetched(file) == 1,
            "{file} is fetched {} times",
            n_fetched(file)
        );
    }
    Ok(())
}

/// Each letter narrows; the best is first; what matched is marked, in titles and passages.
pub async fn answers_as_one_types(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "t").await?;
    for letter in ["i", "d", "a", "l"] {
        browser.type_text(letter).await?;
    }
    becomes(browser, HASH, json!("#/?q=tidal")).await?;
    // The stem serves: an article about tides.
    becomes(browser, &format!("{TITLES}[0]"), json!("The clockwork sea")).await?;
    let marks = "all('.op-card mark').map((mark) => mark.textContent.toLowerCase())";
    browser
        .wait_until(&format!(
            "{marks}.length && {marks}.every((mark) => mark.startsWith('tid'))"
        ))
        .await?;
    becomes(
        browser,
        "document.title",
        json!(format!("“tidal” — {EDITION}")),
    )
    .await?;
    clear(browser).await?;
    search(browser, "serifs").await?;
    becomes(
        browser,
        &format!("{TITLES}[0]"),
        json!("Why letters have serifs"),
    )
    .await?;
    becomes(browser, "text('.op-card-title mark')", json!("serifs")).await?;
    browser
        .wait_until("/^\\d+ articles?(, \\d+ with all words)?$/.test(text('.op-count'))")
        .await?;
    becomes(
        browser,
        "find('#op-order').selectedOptions[0].text",
        json!("Best first"),
    )
    .await
}

/// Words and a category narrow together, and the counts of the categories follow the words.
pub async fn combines_with_a_category(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "history").await?;
    browser.wait_until(&format!("{N_CARDS} > 2")).await?;
    let n_found = browser.text(N_CARDS).await?;
    choose(browser, "#op-category", "Science").await?;
    browser
        .wait_until(&format!("{N_CARDS} && {N_CARDS} < {n_found}"))
        .await?;
    browser.wait_until("all('.op-card .op-kicker-category').every((category) => category.textContent === 'Science')").await?;
    browser.wait_until("find('#op-category').selectedOptions[0].text === `Science (${all('.op-card').length})`").await?;
    becomes(browser, HASH, json!("#/?category=Science&q=history")).await?;
    becomes(
        browser,
        "text('#op-category option')",
        json!(format!("All categories ({n_found})")),
    )
    .await
}

/// Escape clears, the arrows walk through the results and back to the box, Enter opens the first.
pub async fn is_worked_with_keys(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "light").await?;
    browser.wait_until("all('.op-card').length > 2").await?;
    let position = "active().dataset.opPosition ?? active().id";
    for (key, expect) in [
        (Key::Down, "0"),
        (Key::Down, "1"),
        (Key::Down, "2"),
        (Key::Up, "1"),
        (Key::Up, "0"),
        (Key::Up, "op-search"),
    ] {
        browser.press(key).await?;
        becomes(browser, position, json!(expect)).await?;
    }
    becomes(browser, "find('#op-search').value", json!("light")).await?;
    let first = browser.text(&format!("{TITLES}[0]")).await?;
    browser.press(Key::Enter).await?;
    says(browser, ".op-article h1", &first).await?;
    becomes(browser, "active().id", json!("op-heading")).await?;
    browser.back().await?;
    answered(browser).await?;
    becomes(browser, "find('#op-search').value", json!("light")).await?;
    browser.click("#op-search").await?;
    clear(browser).await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(browser, "active().id", json!("op-search")).await
}

/// A way of typing that is nobody's still finds; the page says what it took the word for, and takes it at its word if asked to.
pub async fn repairs_a_slip(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "lighthouse").await?;
    let titles = browser.run(&format!("return {TITLES};")).await?;
    clear(browser).await?;
    search(browser, "lighthuose").await?;
    mentions(
        browser,
        ".op-count",
        &["Searched for lighthouse instead of lighthuose"],
    )
    .await?;
    becomes(browser, TITLES, titles).await?;
    browser.click(".op-exactly a").await?;
    becomes(browser, HASH, json!("#/?q=\"lighthuose\"")).await?;
    browser
        .wait_until("!find('.op-exactly a') && find('#op-search').value === '\"lighthuose\"'")
        .await?;
    browser.back().await?;
    becomes(browser, "find('#op-search').value", json!("lighthuose")).await?;
    // A word with accents, finished by a space, as an address brings it.
    open_anew(stage, "#/?q=Lïghthuose%20").await?;
    let count = ["Searched for lighthouse instead of Lïghthuose"];
    mentions(browser, ".op-count", &count).await?;
    becomes(browser, "find('#op-search').value", json!("Lïghthuose ")).await?;
    browser.click(".op-exactly a").await?;
    becomes(browser, "find('#op-search').value", json!("\"Lïghthuose\"")).await
}

/// Enter before the answer opens the first article all the same, once it is known.
pub async fn takes_an_early_enter(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.click("#op-search").await?;
    browser
        .type_text(&format!("serifs{}", char::from(Key::Enter)))
        .await?;
    says(browser, ".op-article h1", "Why letters have serifs").await
}

/// Nothing found says so and says what to try; the button clears.
pub async fn says_what_to_try(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "qqxzqqxz").await?;
    mentions(
        browser,
        ".op-empty",
        &[
            "Nothing found",
            "Check the spelling, or use fewer or other words.",
            "The names of authors, tags and categories are found by author:, tag: and category:.",
        ],
    )
    .await?;
    says(browser, ".op-count", "0 articles").await?;
    choose(browser, "#op-category", "Science").await?;
    mentions(
        browser,
        ".op-empty",
        &["or look in all categories, not only in “Science”."],
    )
    .await?;
    browser.click(".op-clear").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    browser.wait_until("!isVisible(find('.op-clear'))").await?;
    becomes(browser, "active().id", json!("op-search")).await
}

/// A worker that does not come is said in words, the rest goes on, and trying again works.
pub async fn says_when_it_cannot(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    for file in ["search-worker.js", "offprint-index_bg.wasm"] {
        stage.server.set_fault(file, Fault::Status(404));
        open_list(stage, "").await?;
        browser.type_into("#op-search", "tides").await?;
        mentions(
            browser,
            ".op-empty",
            &["The search did not start", "The articles are all here"],
        )
        .await?;
        clear(browser).await?;
        becomes(browser, N_CARDS, json!(16)).await?;
        browser.type_text("tides").await?;
        browser.wait_until("find('.op-empty button')").await?;
        stage.server.clear_faults();
        browser.click(".op-empty button").await?;
        answered(browser).await?;
        becomes(browser, &format!("{TITLES}[0]"), json!("The clockwork sea")).await?;
    }
    Ok(())
}
