//! Addresses: what a person sees has one, and it brings that back.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::steps::{
    EDITION, HASH, N_CARDS, TITLES, answered, back, becomes, choose, open_anew, open_article,
    open_list, says,
};
use crate::stage::Stage;

/// The position of the first card in view, and where its top is.
const PLACE: &str = "(() => {
    const card = all('.op-card').find((card) => card.getBoundingClientRect().bottom > 1);
    return [card.ariaPosInSet, card.getBoundingClientRect().top];
})()";

/// What is under an address that somebody sent.
pub async fn open_directly(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let cases = [
        ("", EDITION, ".op-count", "16 articles"),
        ("#/", EDITION, ".op-count", "16 articles"),
        (
            "#/article/sand",
            "The city is made of sand",
            ".op-article h1",
            "The city is made of sand",
        ),
        ("#/?category=Cities", "Cities", ".op-count", "2 articles"),
        ("#/?tag=code", "code", ".op-count", "2 articles"),
        (
            "#/?tag=code&category=Cities",
            "Cities",
            ".op-empty h2",
            "Nothing found",
        ),
        (
            "#/?sort=oldest&category=Economy",
            "Economy",
            ".op-card-title",
            "How to read a balance sheet in ten minutes",
        ),
        (
            "#/?q=serifs",
            "“serifs”",
            ".op-card-title",
            "Why letters have serifs",
        ),
        (
            "#/nowhere/at/all?x=%&&=",
            EDITION,
            ".op-count",
            "16 articles",
        ),
        (
            "#/article/no-such-one",
            "Article not found",
            ".op-empty h1",
            "This article is not here",
        ),
    ];
    for (path, title, selector, text) in cases {
        open_anew(stage, path).await?;
        says(browser, selector, text).await?;
        let title = if title == EDITION {
            title.to_owned()
        } else {
            format!("{title} — {EDITION}")
        };
        becomes(browser, "document.title", json!(title)).await?;
    }
    // The way out of the last one.
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await
}

/// Back from an article: the list, the place in it, and the focus on the link that was followed; reload too.
pub async fn back_returns_to_the_place(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    browser.run("find('.op-card[aria-posinset=\"12\"]').scrollIntoView({ block: 'start', behavior: 'instant' });").await?;
    browser.wait_until("location.hash.includes('at=')").await?;
    // The link of the last card, half in view as cards are that people click.
    let opened = browser
        .run("const cards = all('.op-card').filter((card) => card.getBoundingClientRect().top < innerHeight);
              const link = cards.at(-1).querySelector('h2 a');
              link.focus({ preventScroll: true });
              return link.dataset.opPosition;")
        .await?;
    let before = browser.run(&format!("return {PLACE};")).await?;
    browser.press(fantoccini::key::Key::Enter).await?;
    browser
        .wait_until("find('.op-article') && active().id === 'op-heading' && scrollY < 2")
        .await?;
    browser.back().await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    becomes(browser, "active().dataset.opPosition", opened.clone()).await?;
    is_near(stage, &before).await?;
    browser.forward().await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    browser.back().await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    is_near(stage, &before).await?;
    browser.reload().await?;
    browser.wait_until("find('[part=page] .op-card')").await?;
    is_near(stage, &before).await?;
    becomes(browser, "active().dataset.opPosition", opened).await
}

/// Waits until the first card in view is this one, within a few pixels.
async fn is_near(stage: &Stage<'_>, place: &Value) -> Result<()> {
    let near = format!(
        "(([card, top]) => card === {} && Math.abs(top - {}) < 4)({PLACE})",
        place[0], place[1]
    );
    let waited = stage.browser.wait_until(&near).await;
    if waited.is_err() {
        let is = stage.browser.run(&format!("return {PLACE};")).await?;
        anyhow::bail!("the first card in view and its top are {is}, expected {place}");
    }
    Ok(())
}

/// Each filter is a step back; typing on is not.
pub async fn filters_are_steps(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let browser = stage.browser;
    // A page that nobody touched may be dropped from a full history, as it is after many cases (Chromium).
    browser.click(".op-count").await?;
    choose(browser, "#op-category", "Science").await?;
    becomes(browser, N_CARDS, json!(3)).await?;
    browser.click(".op-count").await?;
    choose(browser, "#op-order", "oldest").await?;
    becomes(browser, HASH, json!("#/?category=Science&sort=oldest")).await?;
    super::steps::search(browser, "lighthouse").await?;
    becomes(
        browser,
        HASH,
        json!("#/?category=Science&q=lighthouse&sort=oldest"),
    )
    .await?;
    browser.reload().await?;
    answered(browser).await?;
    becomes(
        browser,
        "[find('#op-search').value, find('#op-category').value, find('#op-order').value]",
        json!(["lighthouse", "Science", "oldest"]),
    )
    .await?;
    back(browser).await?;
    becomes(browser, HASH, json!("#/?category=Science&sort=oldest")).await?;
    becomes(
        browser,
        "[find('#op-search').value, all('.op-card').length]",
        json!(["", 3]),
    )
    .await?;
    back(browser).await?;
    becomes(browser, HASH, json!("#/?category=Science")).await?;
    back(browser).await?;
    browser
        .wait_until("['', '#/'].includes(location.hash)")
        .await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    browser.run("history.forward();").await?;
    becomes(browser, "find('#op-category').value", json!("Science")).await
}

/// A link with a position shows the card at that position.
pub async fn a_shared_place_is_shown(stage: &Stage<'_>) -> Result<()> {
    // The second row begins with it.
    open_list(stage, "#/?at=4").await?;
    is_near(stage, &json!(["5", 0])).await?;
    open_list(stage, "#/?at=100000").await?;
    becomes(stage.browser, N_CARDS, json!(16)).await
}

/// Contents, headings and notes: followed, linked to, and left again.
pub async fn places_in_an_article(stage: &Stage<'_>) -> Result<()> {
    open_article(stage, "the-clockwork-sea").await?;
    let browser = stage.browser;
    let id = browser
        .text("all('.op-contents a')[3].dataset.opAnchor")
        .await?;
    let heading =
        format!("all('.op-body h2, .op-body h3').find((heading) => heading.id === '{id}')");
    let is_on_top = format!("Math.abs({heading}.getBoundingClientRect().top) < 8");
    browser.click(".op-contents li:nth-child(4) a").await?;
    becomes(
        browser,
        HASH,
        json!(format!("#/article/the-clockwork-sea/{id}")),
    )
    .await?;
    browser.wait_until(&is_on_top).await?;
    browser
        .wait_until(&format!("active() === {heading}"))
        .await?;
    browser.back().await?;
    let link = "find('.op-contents li:nth-child(4) a').getBoundingClientRect()";
    browser
        .wait_until(&format!("{link}.top > 0 && {link}.bottom < innerHeight"))
        .await?;
    // The same as a link from elsewhere.
    open_anew(stage, &format!("#/article/the-clockwork-sea/{id}")).await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    browser.wait_until(&is_on_top).await?;
    // A note and back from it.
    open_article(stage, "what-a-footnote-is-for").await?;
    browser.click(".op-note-ref a").await?;
    browser
        .wait_until("active().localName === 'li' && active().closest('.op-notes')")
        .await?;
    browser.click(".op-notes li .op-note-back").await?;
    browser
        .wait_until("active().closest('.op-note-ref')")
        .await?;
    says(browser, ".op-article h1", "What a footnote is for").await
}

/// From article to article: related, newer and older; each with its title.
pub async fn from_article_to_article(stage: &Stage<'_>) -> Result<()> {
    open_article(stage, "sand").await?;
    let browser = stage.browser;
    for link in [
        ".op-related-title a",
        ".op-neighbour-next",
        ".op-neighbour-prev",
    ] {
        let before = browser.text("text('h1')").await?;
        browser.click(link).await?;
        browser.wait_until(&format!("text('.op-article h1') !== {} && document.title.startsWith(text('.op-article h1'))", json!(before))).await?;
        browser
            .wait_until("scrollY < 2 && active().id === 'op-heading'")
            .await?;
    }
    browser.click(".op-back a").await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    becomes(browser, &format!("{TITLES}[0]"), json!("The clockwork sea")).await
}

/// A click that asks for a new tab is the browser's own, and the address it takes is a good one.
pub async fn other_clicks_are_the_browsers(stage: &Stage<'_>) -> Result<()> {
    open_list(stage, "").await?;
    let script = "
        let taken;
        addEventListener('click', (event) => { taken = event.defaultPrevented; event.preventDefault(); }, { once: true });
        const click = { bubbles: true, composed: true, cancelable: true, [arguments[0]]: true };
        find('.op-card-title a').dispatchEvent(new MouseEvent('click', click));
        return taken;";
    for modifier in ["ctrlKey", "metaKey", "shiftKey", "altKey"] {
        let taken = stage
            .browser
            .run_with(script, vec![json!(modifier)])
            .await?;
        ensure!(
            taken == json!(false),
            "a click with {modifier} is taken from the browser"
        );
    }
    let taken = stage.browser.run_with(script, vec![json!("none")]).await?;
    ensure!(taken == json!(true), "a plain click is not taken");
    stage
        .browser
        .wait_until("find('[part=page] .op-article')")
        .await
}
