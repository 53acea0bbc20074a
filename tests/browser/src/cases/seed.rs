//! The reference article: every sentence once, in its order, under its heading; and found.

use std::fs;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::steps::{TITLES, becomes, choose, mentions, open_anew, open_list, says, search, shared};
use crate::stage::Stage;

/// Serves the reference article; gives it, or nothing where its file is absent.
fn put(stage: &Stage<'_>) -> Result<Option<Value>> {
    let Some(file) = shared("seed/seed-collection.json") else {
        return Ok(None);
    };
    let text = fs::read_to_string(file)?;
    stage.put_articles(&text);
    let edition: Value = serde_json::from_str(&text)?;
    Ok(Some(edition["articles"][0].clone()))
}

/// The texts of a field: a text, a list of texts.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.split("\n\n").map(str::to_owned).collect(),
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The sentences of a text: cut after a full stop or question mark, and quotation marks, before a space.
fn sentences(text: &str) -> Vec<&str> {
    let ends = text.match_indices(' ').map(|(at, _)| at);
    let is_end = |at: &usize| {
        let before = text[..*at].trim_end_matches(['”', '"', '’']);
        // "U.S." ends no sentence; a letter alone before the stop is an abbreviation.
        let mut letters = before.chars().rev();
        let (stop, one, two) = (letters.next(), letters.next(), letters.next());
        let is_initial =
            one.is_some_and(char::is_uppercase) && !two.is_some_and(char::is_alphabetic);
        matches!(stop, Some('.' | '?' | '!')) && !is_initial
    };
    let mut parts = Vec::new();
    let mut from = 0;
    for end in ends.filter(is_end).chain([text.len()]) {
        parts.push(text[from..end].trim());
        from = end;
    }
    parts
}

/// Each part under its heading, and the page's text holds each sentence once, in this order.
pub async fn shows_every_sentence_once(stage: &Stage<'_>) -> Result<()> {
    let Some(article) = put(stage)? else {
        return Ok(());
    };
    open_list(stage, "").await?;
    let browser = stage.browser;
    becomes(browser, TITLES, json!([article["title"]])).await?;
    browser.click(".op-card-title a").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    let headings = [
        "Summary",
        "Key Points",
        "Risks",
        "Disclosure",
        "Related Articles",
    ];
    becomes(
        browser,
        "all('main h2').map((heading) => heading.textContent)",
        json!(headings),
    )
    .await?;
    let list =
        |selector: &str| format!("all('{selector}').map((element) => element.textContent.trim())");
    let parts = [
        (".op-title", &article["title"]),
        (".op-subtitle", &article["subtitle"]),
        (".op-kicker-category", &article["category"]),
        (".op-summary > :not(h2)", &article["summary"]),
        (".op-key-points li", &article["key_points"]),
        (".op-section p", &article["sections"][0]["body"]),
        (".op-risks li", &article["risks"]),
        (".op-disclosure > :not(h2)", &article["disclosure"]),
    ];
    for (selector, value) in parts {
        becomes(browser, &list(selector), json!(texts(value))).await?;
    }
    let related = |field: &str| -> Vec<Value> {
        let all = article["related"].as_array().into_iter().flatten();
        all.map(|related| related[field].clone()).collect()
    };
    becomes(browser, &list(".op-related-title"), json!(related("title"))).await?;
    becomes(
        browser,
        &list(".op-related .op-card-excerpt"),
        json!(related("excerpt")),
    )
    .await?;

    let text = browser.text("text('main')").await?;
    let in_order = ["category", "title", "subtitle", "summary", "key_points"]
        .map(|name| texts(&article[name]));
    let after = ["risks", "disclosure"].map(|name| texts(&article[name]));
    let related = article["related"].as_array().into_iter().flatten();
    let related =
        related.flat_map(|related| [texts(&related["title"]), texts(&related["excerpt"])]);
    let all = in_order
        .into_iter()
        .chain([texts(&article["sections"][0]["body"])])
        .chain(after)
        .chain(related);
    let mut at = 0;
    let mut n_sentences = 0;
    for sentence in all.flatten().flat_map(|text| {
        sentences(&text)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    }) {
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        ensure!(
            text.matches(&sentence).count() == 1,
            "`{sentence}` stands {} times on the page",
            text.matches(&sentence).count()
        );
        let found = text[at..].find(&sentence);
        ensure!(found.is_some(), "`{sentence}` does not stand in its order");
        at += found.unwrap_or(0) + sentence.len();
        n_sentences += 1;
    }
    println!("    {n_sentences} sentences, each once");
    ensure!(
        n_sentences > 50,
        "only {n_sentences} sentences were looked for"
    );
    Ok(())
}

/// Two of its words find it, one from the body, one from everywhere.
pub async fn is_found_by_its_words(stage: &Stage<'_>) -> Result<()> {
    let Some(article) = put(stage)? else {
        return Ok(());
    };
    for word in ["havana", "sanctions"] {
        open_list(stage, "").await?;
        search(stage.browser, word).await?;
        becomes(stage.browser, TITLES, json!([article["title"]])).await?;
        let marks = "all('.op-card mark').map((mark) => mark.textContent.toLowerCase())";
        stage
            .browser
            .wait_until(&format!("{marks}.includes('{word}')"))
            .await?;
        says(stage.browser, ".op-count", "1 article").await?;
    }
    Ok(())
}

/// Its category keeps it, another one hides it and says what to try.
pub async fn keeps_to_its_category(stage: &Stage<'_>) -> Result<()> {
    let Some(article) = put(stage)? else {
        return Ok(());
    };
    let browser = stage.browser;
    open_list(stage, "").await?;
    choose(browser, "#op-category", "News & Politics").await?;
    becomes(
        browser,
        "location.hash",
        json!("#/?category=News%20%26%20Politics"),
    )
    .await?;
    becomes(browser, TITLES, json!([article["title"]])).await?;
    open_anew(stage, "#/?category=Sports").await?;
    mentions(
        browser,
        ".op-empty",
        &[
            "Nothing found",
            "Look in all categories, not only in “Sports”.",
        ],
    )
    .await?;
    becomes(browser, "all('.op-card').length", json!(0)).await?;
    says(browser, ".op-count", "0 articles").await?;
    choose(browser, "#op-category", "").await?;
    becomes(browser, TITLES, json!([article["title"]])).await
}
