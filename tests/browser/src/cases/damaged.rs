//! A collection with mistakes: every good article is shown, and every mistake is named with its place.

use anyhow::Result;
use serde_json::json;

use super::steps::{becomes, mentions, open_list, says};
use crate::stage::Stage;

/// One mistake to a line.
pub const DAMAGED: &str = r#"{ "version": 1, "title": "Damaged", "language": "en", "articles": [
  { "id": "no-title", "sections": [{ "body": "A text without a title." }] },
  { "id": "one-string", "title": "One string", "tags": "alone", "key_points": "the only point" },
  { "id": "twice", "title": "The first of two", "sections": [{ "body": "First." }] },
  { "id": "twice", "title": "The second of two", "sections": [{ "body": "Second." }] },
  { "id": "no-such-day", "title": "No such day", "published": "2026-13-45" },
  { "id": "keypoints", "title": "A slip of the pen", "keypoints": ["One point."] },
  "not an article",
  { "id": "good", "title": "A good one", "published": "2026-02-02", "sections": [{ "body": "Good words." }] }
] }
"#;

/// The articles that can be shown are; the list of problems names article, field and line.
pub async fn names_every_problem(stage: &Stage<'_>) -> Result<()> {
    // The author reads of them in the console.
    stage.expect_complaints();
    stage.put_articles(DAMAGED);
    open_list(stage, "").await?;
    let browser = stage.browser;
    for title in [
        "One string",
        "The first of two",
        "The second of two",
        "No such day",
        "A slip of the pen",
        "A good one",
    ] {
        let is_listed = format!(
            "all('.op-card-title').filter((card) => card.textContent === {}).length",
            json!(title)
        );
        becomes(browser, &is_listed, json!(1)).await?;
    }
    browser
        .wait_until("all('.op-card').every((card) => card.querySelector('h2').textContent.trim())")
        .await?;
    browser.click(".op-problems summary").await?;
    browser.wait_until("find('.op-problems').open").await?;
    let problems = [
        ["Untitled", "title", "line 2"],
        ["One string", "tags", "line 3"],
        ["One string", "key_points", "line 3"],
        ["The second of two", "id", "line 5"],
        ["No such day", "published", "line 6"],
        ["A slip of the pen", "key_points", "line 7"],
        ["articles[6]", "object", "line 8"],
    ];
    for parts in problems {
        let found = format!(
            "all('.op-problems li').some((problem) => {}.every((part) => problem.textContent.includes(part)))",
            json!(parts)
        );
        becomes(browser, &found, json!(true)).await?;
    }
    Ok(())
}

/// What a mistake stands in is shown as far as it can be.
pub async fn shows_what_can_be_shown(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    stage.put_articles(DAMAGED);
    let browser = stage.browser;
    super::steps::open_article(stage, "one-string").await?;
    says(browser, ".op-key-points li", "the only point").await?;
    mentions(browser, ".op-tags", &["#alone"]).await?;
    super::steps::open_article(stage, "twice").await?;
    says(browser, ".op-section p", "First.").await?;
    super::steps::open_article(stage, "good").await?;
    says(browser, ".op-section p", "Good words.").await?;
    browser
        .wait_until(
            "!text('main').includes('2026-13-45') && !text('main').includes('Invalid Date')",
        )
        .await
}
