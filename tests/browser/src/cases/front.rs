//! The front of the demo edition: its cards, and what narrows and orders them.

use anyhow::{Context, Result};
use serde_json::json;

use super::steps::{EDITION, HASH, TITLES, becomes, choose, demo, field, mentions, open_article, open_list, says};
use crate::stage::Stage;

/// Title, cards with all they should carry, the newest first.
pub async fn shows_the_edition(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let (browser, articles) = (stage.browser, demo()?);
    becomes(browser, TITLES, json!(field(&articles, "title"))).await?;
    says(browser, "h1", EDITION).await?;
    becomes(browser, "document.title", json!(EDITION)).await?;
    says(browser, ".op-count", &format!("{} articles", articles.len())).await?;
    let part = |selector: &str, value: &str| {
        format!("all('.op-card').map((card) => card.querySelector('{selector}')?.{value} ?? '')")
    };
    let categories = part(".op-kicker-category", "textContent");
    becomes(browser, &categories, json!(field(&articles, "category"))).await?;
    let days: Vec<String> = field(&articles, "published")
        .into_iter()
        .map(|day| day.chars().take(10).collect())
        .collect();
    // The title and nothing else makes a card too: no excerpt, no time, no date.
    let has_text: Vec<bool> = articles.iter().map(|article| article["sections"].is_array()).collect();
    becomes(browser, &format!("{}.map((time) => time.slice(0, 10))", part("time", "dateTime")), json!(days)).await?;
    let excerpts = format!("{}.map((text) => text.length > 20)", part(".op-card-excerpt", "textContent"));
    becomes(browser, &excerpts, json!(has_text)).await?;
    let times = format!("{}.map((text) => /^\\d+(–\\d+)? min read$/.test(text))", part(".op-card-time", "textContent"));
    becomes(browser, &times, json!(has_text)).await?;
    let has_image: Vec<bool> = articles.iter().map(|article| article["image"].is_object()).collect();
    becomes(browser, "all('.op-card').map((card) => Boolean(card.querySelector('img')))", json!(has_image)).await?;
    browser
        .wait_until("all('.op-card').every((card, ix, cards) => card.ariaPosInSet === String(ix + 1) && card.ariaSetSize === String(cards.length))")
        .await
}

/// A date without a time is that day, west of Greenwich too, where the browsers of these tests live.
pub async fn keeps_days(stage: &Stage<'_>) -> Result<()> {
    stage.put_articles(r#"{"language": "en", "articles": [{"id": "a", "title": "A", "published": "2026-02-02"}]}"#);
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
    let of = |category: &str| articles.iter().filter(move |article| article["category"] == category);
    let mut options = vec![format!("All categories ({})", articles.len())];
    options.extend(categories.iter().map(|category| format!("{category} ({})", of(category).count())));
    becomes(browser, "[...find('#op-category').options].map((option) => option.text)", json!(options)).await?;
    for category in categories {
        choose(browser, "#op-category", category).await?;
        let titles = field(of(category), "title");
        becomes(browser, TITLES, json!(titles)).await?;
        says(browser, ".op-count", &format!("{} articles", titles.len())).await?;
        becomes(browser, "document.title", json!(format!("{category} — {EDITION}"))).await?;
        becomes(browser, HASH, json!(format!("#/?category={category}"))).await?;
    }
    choose(browser, "#op-category", "").await?;
    becomes(browser, TITLES, json!(field(&articles, "title"))).await
}

/// A tag of an article leads to all articles that have it, and the way out is on the page.
pub async fn filters_by_tag(stage: &Stage<'_>) -> Result<()> {
    open_article(stage, "the-clockwork-sea").await?;
    let (browser, articles) = (stage.browser, demo()?);
    let tag = "history of science";
    let link = browser.run("return all('.op-tags a').findIndex((tag) => tag.textContent === '#history of science') + 1;").await?;
    let n = link.as_u64().filter(|n| *n > 0).context("the article does not show its tag")?;
    browser.click(&format!(".op-tags li:nth-child({n}) a")).await?;
    let has_tag = articles
        .iter()
        .filter(|article| article["tags"].as_array().is_some_and(|tags| tags.contains(&json!(tag))));
    becomes(browser, TITLES, json!(field(has_tag, "title"))).await?;
    mentions(browser, ".op-listbar .op-chip", &["#history of science"]).await?;
    becomes(browser, "document.title", json!(format!("{tag} — {EDITION}"))).await?;
    browser.click(".op-listbar .op-chip").await?;
    becomes(browser, TITLES, json!(field(&articles, "title"))).await?;
    browser.wait_until("!find('.op-listbar .op-chip')").await
}

/// The oldest first, and the newest again.
pub async fn orders_by_date(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let (browser, articles) = (stage.browser, demo()?);
    let mut dated = articles.clone();
    dated.retain(|article| article["published"].is_string());
    dated.reverse();
    choose(browser, "#op-order", "oldest").await?;
    let titles = "all('.op-card').filter((card) => card.querySelector('time')).map((card) => card.querySelector('h2').textContent)";
    becomes(browser, titles, json!(field(&dated, "title"))).await?;
    becomes(browser, HASH, json!("#/?sort=oldest")).await?;
    choose(browser, "#op-order", "").await?;
    becomes(browser, TITLES, json!(field(&articles, "title"))).await
}
