//! The front of the demo edition: its cards, and what narrows and orders them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::steps::{
    EDITION, HASH, becomes, cards, choose, demo, field, lists, mentions, open_article, open_list,
    says,
};
use crate::stage::Stage;

/// What an article of the file gives for a part of its card.
type Expect<'a> = &'a dyn Fn(&Value) -> Value;

/// Title, cards with all they should carry, the newest first.
pub async fn shows_the_edition(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let (browser, articles) = (stage.browser, demo()?);
    lists(browser, &field(&articles, "title")).await?;
    says(browser, "h1", EDITION).await?;
    becomes(browser, "document.title", json!(EDITION)).await?;
    says(
        browser,
        ".op-count",
        &format!("{} articles", articles.len()),
    )
    .await?;
    // The title and nothing else makes a card too: no excerpt, no time, no date.
    let day = |article: &Value| {
        json!(
            article["published"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .take(10)
                .collect::<String>()
        )
    };
    let category = |article: &Value| json!(article["category"].as_str().unwrap_or_default());
    let has_text = |article: &Value| json!(article["sections"].is_array());
    let has_image = |article: &Value| json!(article["image"].is_object());
    let parts: [(&str, Expect); 5] = [
        (
            "card.querySelector('.op-kicker-category')?.textContent ?? ''",
            &category,
        ),
        (
            "(card.querySelector('time')?.dateTime ?? '').slice(0, 10)",
            &day,
        ),
        (
            "card.querySelector('.op-card-excerpt').textContent.length > 20",
            &has_text,
        ),
        (
            r"/^\d+(–\d+)? min read$/.test(card.querySelector('.op-card-time').textContent)",
            &has_text,
        ),
        ("Boolean(card.querySelector('img'))", &has_image),
    ];
    for (expression, expect) in parts {
        let shown = cards(browser, expression).await?;
        let expect: Vec<Value> = articles.iter().map(expect).collect();
        ensure!(
            shown == expect,
            "{expression} of the cards: {shown:?}, expected {expect:?}"
        );
    }
    Ok(())
}

/// A date without a time is that day, west of Greenwich too, where the browsers of these tests live.
pub async fn keeps_days(stage: &Stage<'_>) -> Result<()> {
    stage.put_articles(r#"{"version": 1, "language": "en", "articles": [{"id": "a", "title": "A", "published": "2026-02-02"}]}"#);
    open_list(stage, "").await?;
    says(stage.browser, ".op-card time", "February 2, 2026").await
}

/// Each category shows its own, all of it, and says how many there are.
pub async fn filters_by_category(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let (browser, articles) = (stage.browser, demo()?);
    let mut categories = field(&articles, "category");
    categories.retain(|category| !category.is_empty());
    categories.sort_unstable();
    categories.dedup();
    let of = |category: &str| -> Vec<&Value> {
        articles
            .iter()
            .filter(|article| article["category"] == category)
            .collect()
    };
    let mut options = vec![format!("All categories ({})", articles.len())];
    options.extend(
        categories
            .iter()
            .map(|category| format!("{category} ({})", of(category).len())),
    );
    becomes(
        browser,
        "[...find('#op-category').options].map((option) => option.text)",
        json!(options),
    )
    .await?;
    for category in categories {
        choose(browser, "#op-category", category).await?;
        let titles = field(of(category), "title");
        lists(browser, &titles).await?;
        says(browser, ".op-count", &format!("{} articles", titles.len())).await?;
        becomes(
            browser,
            "document.title",
            json!(format!("{category} — {EDITION}")),
        )
        .await?;
        becomes(browser, HASH, json!(format!("#/?category={category}"))).await?;
    }
    choose(browser, "#op-category", "").await?;
    lists(browser, &field(&articles, "title")).await
}

/// A tag of an article leads to all articles that have it, and the way out is on the page.
pub async fn filters_by_tag(stage: &Stage<'_>) -> Result<()> {
    open_article(stage, "the-clockwork-sea").await?;
    let (browser, articles) = (stage.browser, demo()?);
    let tag = "history of science";
    let link = browser.run("return all('.op-tags a').findIndex((tag) => tag.textContent === '#history of science') + 1;").await?;
    let n = link
        .as_u64()
        .filter(|n| *n > 0)
        .context("the article does not show its tag")?;
    browser
        .click(&format!(".op-tags li:nth-child({n}) a"))
        .await?;
    let has_tag = articles.iter().filter(|article| {
        article["tags"]
            .as_array()
            .is_some_and(|tags| tags.contains(&json!(tag)))
    });
    lists(browser, &field(has_tag, "title")).await?;
    mentions(browser, ".op-listbar .op-chip", &["#history of science"]).await?;
    becomes(
        browser,
        "document.title",
        json!(format!("{tag} — {EDITION}")),
    )
    .await?;
    browser.click(".op-listbar .op-chip").await?;
    lists(browser, &field(&articles, "title")).await?;
    browser.wait_until("!find('.op-listbar .op-chip')").await?;
    // The button is gone, the focus is not.
    becomes(browser, "active().id", json!("op-heading")).await
}

/// The oldest first, and the newest again.
pub async fn orders_by_date(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let (browser, articles) = (stage.browser, demo()?);
    let mut dated = articles.clone();
    dated.retain(|article| article["published"].is_string());
    dated.reverse();
    choose(browser, "#op-order", "oldest").await?;
    becomes(browser, HASH, json!("#/?sort=oldest")).await?;
    let shown = cards(
        browser,
        "card.querySelector('time') ? card.querySelector('h2').textContent : ''",
    )
    .await?;
    let shown: Vec<Value> = shown.into_iter().filter(|title| title != "").collect();
    ensure!(shown == field(&dated, "title"), "oldest first: {shown:?}");
    choose(browser, "#op-order", "").await?;
    lists(browser, &field(&articles, "title")).await
}
