//! A page that is translated while it is used: every text replaced under the reader's hands.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::json;

use super::steps::{N_CARDS, becomes, choose, open_article, open_list, search};
use crate::stage::Stage;

/// What page translation does: each text node becomes two nested elements with another text.
const TRANSLATE: &str = "
    for (const root of all('offprint-reader, offprint-article, offprint-list').map((element) => element.shadowRoot)) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        for (const text of texts) {
            if (!text.data.trim() || text.parentElement.localName === 'font' || text.parentElement.closest('option')) continue;
            const [outer, inner] = [document.createElement('font'), document.createElement('font')];
            inner.textContent = text.data.toUpperCase();
            outer.append(inner);
            text.replaceWith(outer);
        }
    }";

/// The texts, in either language.
const TITLES: &str = "all('.op-card-title').map((title) => title.textContent.toLowerCase())";
const COUNT: &str = "text('.op-count').toLowerCase()";

/// The list: filtered, searched, cleared, opened and returned to.
pub async fn of_the_list(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.run(TRANSLATE).await?;
    browser
        .wait_until("text('.op-count').includes('16 ARTICLES')")
        .await?;
    choose(browser, "#op-category", "Cities").await?;
    becomes(
        browser,
        TITLES,
        json!([
            "shade is infrastructure",
            "maps that lie, and maps that say so"
        ]),
    )
    .await?;
    becomes(browser, COUNT, json!("2 articles")).await?;
    browser.run(TRANSLATE).await?;
    choose(browser, "#op-order", "oldest").await?;
    becomes(
        browser,
        TITLES,
        json!([
            "maps that lie, and maps that say so",
            "shade is infrastructure"
        ]),
    )
    .await?;
    choose(browser, "#op-category", "").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(browser, COUNT, json!("16 articles")).await?;
    browser.run(TRANSLATE).await?;
    search(browser, "serifs").await?;
    becomes(
        browser,
        &format!("{TITLES}[0]"),
        json!("why letters have serifs"),
    )
    .await?;
    browser.run(TRANSLATE).await?;
    browser.type_text(" qqxz").await?;
    browser
        .wait_until(&format!("{COUNT} !== '16 articles'"))
        .await?;
    browser.run(TRANSLATE).await?;
    browser.press(Key::Escape).await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    choose(browser, "#op-order", "").await?;
    becomes(browser, &format!("{TITLES}[0]"), json!("the clockwork sea")).await?;
    browser.run(TRANSLATE).await?;
    browser.click(".op-card-title a").await?;
    becomes(
        browser,
        "text('.op-article h1').toLowerCase()",
        json!("the clockwork sea"),
    )
    .await?;
    browser.run(TRANSLATE).await?;
    browser.back().await?;
    becomes(browser, &format!("{TITLES}[0]"), json!("the clockwork sea")).await?;
    becomes(browser, COUNT, json!("16 articles")).await
}

/// An article: its contents, its neighbours, and back to the list.
pub async fn of_an_article(stage: &Stage<'_>) -> Result<()> {
    open_article(stage, "sand").await?;
    let browser = stage.browser;
    browser.run(TRANSLATE).await?;
    becomes(browser, "text('h1')", json!("THE CITY IS MADE OF SAND")).await?;
    for (link, title) in [
        (".op-neighbour-next", "saying it in fewer words"),
        (".op-neighbour-next", "maps that lie, and maps that say so"),
        (".op-neighbour-prev", "saying it in fewer words"),
    ] {
        browser.click(link).await?;
        becomes(
            browser,
            "text('.op-article h1').toLowerCase()",
            json!(title),
        )
        .await?;
        becomes(browser, "all('.op-article').length", json!(1)).await?;
        browser.run(TRANSLATE).await?;
    }
    browser.click("#op-theme").await?;
    search(browser, "sand").await?;
    becomes(
        browser,
        &format!("{TITLES}[0]"),
        json!("the city is made of sand"),
    )
    .await?;
    browser.run(TRANSLATE).await?;
    browser.press(Key::Enter).await?;
    becomes(
        browser,
        "text('.op-article h1').toLowerCase()",
        json!("the city is made of sand"),
    )
    .await?;
    browser.click(".op-back a").await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    becomes(browser, "find('.op-article') === undefined", json!(true)).await
}

/// The places where there is little: nothing found, no such article.
pub async fn of_what_is_not_there(stage: &Stage<'_>) -> Result<()> {
    stage.open("#/article/none").await?;
    let browser = stage.browser;
    browser.wait_until("find('.op-empty')").await?;
    browser.run(TRANSLATE).await?;
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    search(browser, "qqxzqqxz").await?;
    browser.run(TRANSLATE).await?;
    choose(browser, "#op-category", "Cities").await?;
    browser
        .wait_until("text('.op-empty').toLowerCase().includes('not only in “cities”')")
        .await?;
    browser.click(".op-clear").await?;
    becomes(browser, N_CARDS, json!(2)).await
}

/// A list and an article on a page of somebody else's.
pub async fn of_the_other_elements(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let html = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Somebody's page</title><link rel="icon" href="icon.svg"><script type="module" src="element.js"></script></head>
<body><offprint-list id="list" src="articles.json" limit="3"></offprint-list><offprint-article id="one" src="articles.json" article-id="sand"></offprint-article></body></html>"#;
    stage.put_page("page.html", html)?;
    stage.open("page.html").await?;
    let titles = "[list, one].map(({ shadowRoot }) => [...shadowRoot.querySelectorAll('.op-card-title, h1.op-title')].map((title) => title.textContent.toLowerCase()))";
    let newest = "the clockwork sea";
    let city = "the city is made of sand";
    browser
        .wait_until("list.shadowRoot.querySelector('.op-card') && one.shadowRoot.querySelector('.op-back') && all('.op-card').length === 3")
        .await?;
    becomes(
        browser,
        &format!("{titles}.map(([first]) => first)"),
        json!([newest, city]),
    )
    .await?;
    browser.run(TRANSLATE).await?;
    browser
        .run("list.setAttribute('category', 'Cities');")
        .await?;
    becomes(
        browser,
        &format!("{titles}[0]"),
        json!([
            "shade is infrastructure",
            "maps that lie, and maps that say so"
        ]),
    )
    .await?;
    browser.run(TRANSLATE).await?;
    browser.run("list.removeAttribute('category');").await?;
    becomes(browser, &format!("{titles}[0][0]"), json!(newest)).await?;
    browser.run(TRANSLATE).await?;
    browser
        .run("list.shadowRoot.querySelector('.op-card-title a').click(); one.goTo('night-trains');")
        .await?;
    becomes(browser, &format!("{titles}[0]"), json!([newest])).await?;
    becomes(
        browser,
        &format!(
            "{titles}[1].length === 1 && {titles}[1][0] !== {}",
            json!(city)
        ),
        json!(true),
    )
    .await?;
    browser.run(TRANSLATE).await?;
    browser
        .run("list.shadowRoot.querySelector('.op-back a').click(); one.goTo('sand');")
        .await?;
    becomes(browser, &format!("{titles}[0].length"), json!(3)).await?;
    becomes(browser, &format!("{titles}[1]"), json!([city])).await
}
