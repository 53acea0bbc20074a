//! What narrows a search: categories with their counts, days, and the way out of it where nothing is left.

use anyhow::Result;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::cases::steps::{
    HASH, N_CARDS, becomes, choose, demo, field, lists, mentions, open_anew, open_list, says,
    search,
};
use crate::stage::Stage;

/// Sets a day, as the browser's own field for dates does.
async fn set_day(browser: &Browser, field: &str, day: &str) -> Result<()> {
    let script = "
        const field = find(arguments[0]);
        field.focus();
        field.value = arguments[1];
        for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true, composed: true }));";
    browser
        .run_with(script, vec![json!(field), json!(day)])
        .await
        .map(|_| ())
}

/// Days narrow, alone and with words, both of them included; the address keeps them.
pub async fn by_days(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.click(".op-dates summary").await?;
    browser.wait_until("isVisible(find('#op-from'))").await?;
    set_day(browser, "#op-from", "2026-01-12").await?;
    becomes(browser, N_CARDS, json!(15)).await?;
    set_day(browser, "#op-to", "2026-02-02").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    let articles = demo()?;
    let day = |article: &&Value| {
        article["published"]
            .as_str()
            .unwrap_or_default()
            .get(..10)
            .unwrap_or_default()
            .to_owned()
    };
    let between = articles.iter().filter(|article| {
        ("2026-01-12".to_owned()..="2026-02-02".to_owned()).contains(&day(article))
    });
    lists(browser, &field(between, "title")).await?;
    becomes(browser, HASH, json!("#/?from=2026-01-12&to=2026-02-02")).await?;
    search(browser, "footnote").await?;
    becomes(
        browser,
        HASH,
        json!("#/?q=footnote&from=2026-01-12&to=2026-02-02"),
    )
    .await?;
    browser
        .wait_until(&format!("{N_CARDS} > 0 && {N_CARDS} < 4"))
        .await?;
    // The address is enough.
    let address = browser.text("location.hash").await?;
    open_anew(stage, &address).await?;
    browser.wait_until("find('.op-card mark')").await?;
    becomes(
        browser,
        "[find('#op-from').value, find('#op-to').value, find('#op-search').value]",
        json!(["2026-01-12", "2026-02-02", "footnote"]),
    )
    .await?;
    becomes(browser, "find('.op-dates').open", json!(true)).await?;
    set_day(browser, "#op-from", "2026-02-03").await?;
    let why = "Choose other dates: “From” is later than “To”.";
    mentions(browser, ".op-empty", &["Nothing found", why]).await
}

/// Every category says how many articles of the answer it has; one with none says so and can be chosen all the same.
pub async fn by_categories_that_are_counted(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "lighthouse").await?;
    let counts = "all('#op-category option').map((option) => [option.value, Number(option.textContent.match(/\\((\\d+)\\)$/)[1]), option.classList.contains('op-none')])";
    // The rows add up to the answer, and those without articles are dimmed.
    browser.wait_until(&format!("(() => {{ const [any, ...rest] = {counts}; return any[1] === {N_CARDS} && rest.reduce((sum, [, n]) => sum + n, 0) === any[1]; }})()")).await?;
    browser.wait_until(&format!("{counts}.every(([, n, isNone]) => isNone === (n === 0)) && {counts}.some(([, n]) => n === 0)")).await?;
    let none = browser
        .text(&format!("{counts}.find(([, n]) => n === 0)[0]"))
        .await?;
    choose(browser, "#op-category", &none).await?;
    mentions(
        browser,
        ".op-empty",
        &["Nothing found", "look in all categories"],
    )
    .await?;
    browser.click(".op-empty button").await?;
    becomes(browser, HASH, json!("#/?q=lighthouse")).await?;
    browser.wait_until("find('.op-card mark')").await?;
    becomes(browser, "active().id", json!("op-heading")).await
}

/// Words, a category, a tag, days and an order at once; the way out takes off all but words and order.
pub async fn by_everything_at_once(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_anew(stage, "#/?category=Science&tag=history%20of%20science&q=light&from=2026-03-01&to=2026-12-31&sort=oldest").await?;
    browser.wait_until("find('.op-card mark')").await?;
    browser.wait_until("all('.op-card .op-kicker-category').every((category) => category.textContent === 'Science')").await?;
    becomes(browser, "find('#op-order').value", json!("oldest")).await?;
    set_day(browser, "#op-from", "2026-12-30").await?;
    mentions(
        browser,
        ".op-empty",
        &[
            "remove the tag “history of science”",
            "or choose other dates.",
        ],
    )
    .await?;
    browser.click(".op-empty button").await?;
    becomes(browser, HASH, json!("#/?q=light&sort=oldest")).await?;
    browser.wait_until("find('.op-card mark')").await?;
    becomes(
        browser,
        "[find('#op-from').value, find('#op-category').value]",
        json!(["", ""]),
    )
    .await
}

/// How many articles there are, and how many of them have all the words.
pub async fn says_how_many(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    search(browser, "lighthouse tides").await?;
    browser
        .wait_until("/^\\d+ articles, \\d+ with all words$/.test(text('.op-count'))")
        .await?;
    browser
        .wait_until(&format!("text('.op-count').startsWith(`${{{N_CARDS}}} `)"))
        .await?;
    open_anew(stage, "#/?q=serifs%20qqxzqqxz").await?;
    browser
        .wait_until("/^\\d+ articles?, none with all words$/.test(text('.op-count'))")
        .await?;
    open_anew(stage, "#/?q=serifs").await?;
    browser.wait_until("find('.op-card mark')").await?;
    choose(browser, "#op-order", "newest").await?;
    becomes(browser, HASH, json!("#/?q=serifs&sort=newest")).await?;
    let n = browser.text(N_CARDS).await?;
    says(
        browser,
        ".op-count",
        &format!("{n} article{}", if n == "1" { "" } else { "s" }),
    )
    .await
}
