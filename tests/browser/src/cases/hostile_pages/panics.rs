//! What tears the reader's own nodes out from under it: it starts again where it was, twice, and then shows the texts.

use anyhow::Result;
use serde_json::json;

use super::super::steps::{N_CARDS, becomes, mentions};
use super::{ERRORS, LINES, Page, answer, are_ready, open};
use crate::stage::Stage;

const BODY: &str = r#"<offprint-reader id="a" src="articles.json"></offprint-reader><offprint-reader id="b" src="articles.json"></offprint-reader><offprint-article id="c" src="articles.json"></offprint-article>"#;

/// Takes every second card of `a` away and has it put cards beside them, which stops the reader's module.
const TEAR: &str = "
    const n_cards = () => Number(a.shadowRoot.querySelector('.op-card')?.ariaSetSize);
    const hasStopped = () => told.slice(before).some(({ name }) => name === 'error');
    const until = async (condition) => { while (!condition() && !hasStopped()) await new Promise((resolve) => setTimeout(resolve)); };
    const before = told.length;
    a.category = '';
    await until(() => n_cards() === 16);
    a.shadowRoot.querySelectorAll('.op-card').forEach((card, ix) => ix % 2 && card.remove());
    a.category = 'Science';
    await until(() => n_cards() === 3);
    a.category = '';
    await until(hasStopped);";

/// What the three elements show.
const SHOWN: &str = "[Number(a.shadowRoot.querySelector('.op-card')?.ariaSetSize), b.shadowRoot.querySelector('#op-category')?.value, Number(b.shadowRoot.querySelector('.op-card')?.ariaSetSize), Boolean(c.shadowRoot.querySelector('.op-article'))]";

/// Twice all elements are where they were, and can be used; the third time the texts can be read.
pub async fn are_started_again(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    open(
        stage,
        Page {
            body: BODY,
            ..Page::default()
        },
    )
    .await?;
    are_ready(stage, 3).await?;
    browser.run("b.category = 'Science';").await?;
    for n in 1..=2 {
        answer(stage, TEAR).await?;
        are_ready(stage, 3 + 3 * n).await?;
        becomes(browser, SHOWN, json!([16, "Science", 3, true])).await?;
        becomes(browser, &format!("{ERRORS}.length"), json!(3 * n)).await?;
        becomes(
            browser,
            &format!("{ERRORS}.every(([code, isFatal]) => code === 'OP-E16' && !isFatal)"),
            json!(true),
        )
        .await?;
        // They go on.
        browser.run("b.category = 'Cities';").await?;
        becomes(
            browser,
            "Number(b.shadowRoot.querySelector('.op-card')?.ariaSetSize)",
            json!(2),
        )
        .await?;
        browser.run("b.category = 'Science';").await?;
        becomes(
            browser,
            "Number(b.shadowRoot.querySelector('.op-card')?.ariaSetSize)",
            json!(3),
        )
        .await?;
    }
    answer(stage, TEAR).await?;
    becomes(browser, "[a, b, c].map((element) => Boolean(element.shadowRoot.querySelector('.op-notice') && element.shadowRoot.querySelector('article')))", json!([true, true, true])).await?;
    mentions(
        browser,
        ".op-notice",
        &["The reader has stopped unexpectedly. The articles stand here as plain text."],
    )
    .await?;
    becomes(
        browser,
        &format!("{ERRORS}.filter(([code, isFatal]) => code === 'OP-E16' && isFatal).length >= 3"),
        json!(true),
    )
    .await?;
    becomes(
        browser,
        &format!("{LINES}.every((code) => code === 'OP-E16')"),
        json!(true),
    )
    .await?;
    // One that comes later knows it already.
    browser.run("const late = document.createElement('offprint-list'); late.id = 'late'; late.src = 'articles.json'; document.body.append(late);").await?;
    becomes(browser, "Boolean(late.shadowRoot.querySelector('.op-notice') && late.shadowRoot.querySelector('.op-card, article'))", json!(true)).await
}

/// One of the page's scripts empties the element itself, or what it shows: what is outside of the reader is no harm to it.
pub async fn are_not_for_everything(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open(
        stage,
        Page {
            body: BODY,
            ..Page::default()
        },
    )
    .await?;
    are_ready(stage, 3).await?;
    browser.run("a.replaceChildren('New words'); a.className = 'theirs'; a.style.border = '1px solid'; a.shadowRoot.append(document.createElement('div')); a.shadowRoot.querySelector('.op-root').append('More');").await?;
    browser.run("a.category = 'Science';").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    browser.run("a.goTo('sand');").await?;
    becomes(
        browser,
        "a.shadowRoot.querySelector('h1.op-title')?.textContent",
        json!("The city is made of sand"),
    )
    .await?;
    becomes(browser, ERRORS, json!([])).await
}
