//! The page's style sheets, its direction and its base address.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::system::Engine;

use super::super::steps::{N_CARDS, becomes};
use super::{Page, answer, are_ready, open};
use crate::browser::Window;
use crate::stage::Stage;

/// Where the element stands: as wide on every page, whatever its style sheets say.
const BODY: &str = r#"<div style="display: block !important; width: 900px !important; margin: 0 !important; padding: 0 !important; writing-mode: horizontal-tb !important"><offprint-reader src="articles.json"></offprint-reader></div>"#;

fn framed(head: &str) -> Page<'_> {
    Page {
        head,
        body: BODY,
        ..Page::default()
    }
}

/// What may not change inside: of some elements their size, and all that would be inherited.
const MEASURES: &str = "['.op-root', '.op-page', '.op-masthead-title', '#op-search', '.op-label', '.op-count', '.op-card', '.op-card-title', '.op-card-excerpt', '.op-kicker span'].map((selector) => {
    const element = find(selector);
    const style = getComputedStyle(element);
    const names = ['display', 'fontSize', 'fontFamily', 'fontWeight', 'fontStyle', 'fontVariant', 'lineHeight', 'letterSpacing', 'wordSpacing', 'textTransform', 'whiteSpace', 'textAlign', 'textIndent', 'textShadow', 'wordBreak', 'color', 'boxSizing', 'cursor', 'listStyleType', 'visibility', 'colorScheme', 'writingMode'];
    return [selector, Math.round(element.getBoundingClientRect().width), ...names.map((name) => `${name}: ${style[name]}`)];
})";

/// What sites do, and what some do to everything.
const SHEETS: [&str; 5] = [
    "* { all: unset !important; }",
    "* { box-sizing: content-box !important; font-size: 40px !important; }",
    "* { letter-spacing: 4px !important; word-spacing: 1em !important; text-transform: uppercase !important; white-space: pre !important; line-height: 3 !important; text-align: right !important; text-indent: 3em !important; word-break: break-all !important; text-shadow: 1px 1px red !important; font: italic 900 50px cursive !important; color: red !important; cursor: help !important; list-style: square !important; }",
    // A root of ten pixels, so that a rem is one.
    "html { font-size: 62.5%; } body { font: 1.6rem/2 Georgia, serif; color: #333; }",
    "html { font-size: 200%; } body { writing-mode: vertical-rl; } div, main, article, h1, h2, p, a, input, button, select { float: right; position: absolute; display: flex; width: 10px; }",
];

/// Nothing of the page's style sheets comes in.
pub async fn nothing_comes_in(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open(stage, framed("")).await?;
    are_ready(stage, 1).await?;
    browser.wait_until("find('.op-card img')?.complete").await?;
    let expect = browser.run(&format!("return {MEASURES};")).await?;
    for sheet in SHEETS {
        let head = format!("<style>{sheet}</style>");
        open(stage, framed(&head)).await?;
        are_ready(stage, 1).await?;
        let found = browser.run(&format!("return {MEASURES};")).await?;
        for (is, was) in found
            .as_array()
            .into_iter()
            .flatten()
            .zip(expect.as_array().into_iter().flatten())
        {
            let differs: Vec<String> = is
                .as_array()
                .into_iter()
                .flatten()
                .zip(was.as_array().into_iter().flatten())
                .filter(|(is, was)| is != was)
                .map(|(is, was)| format!("{is} instead of {was}"))
                .collect();
            anyhow::ensure!(
                differs.is_empty(),
                "{sheet}\n    {}: {}",
                is[0],
                differs.join(", ")
            );
        }
    }
    Ok(())
}

/// What the page may decide: whether the element is there, and how large its letters are.
pub async fn what_is_the_pages(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let is_seen = "[isVisible(find('.op-card')), getComputedStyle(find('.op-card')).visibility]";
    for (sheet, expect) in [
        (
            "offprint-reader { display: none; }",
            json!([false, "visible"]),
        ),
        ("div { visibility: hidden; }", json!([true, "hidden"])),
        (
            "offprint-reader { display: flex; }",
            json!([true, "visible"]),
        ),
    ] {
        let head = format!("<style>{sheet}</style>");
        open(
            stage,
            Page {
                head: &head,
                body: BODY,
                ..Page::default()
            },
        )
        .await?;
        are_ready(stage, 1).await?;
        becomes(browser, is_seen, expect).await.context(sheet)?;
    }
    browser
        .run("find('offprint-reader').style.setProperty('--op-size', '24px');")
        .await?;
    becomes(
        browser,
        "getComputedStyle(find('.op-label')).fontSize",
        json!("21px"),
    )
    .await
}

/// In cells of the page's layout the element is as wide as there is room, and the page no wider than before.
pub async fn in_cells(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    for sheet in [
        "main { display: grid; grid-template-columns: 1fr 300px; max-width: 1000px; }",
        "main { display: flex; max-width: 1000px; } offprint-reader { flex: 1; } aside { flex: 0 0 300px; }",
        "main { display: grid; max-width: 360px; } aside { display: none; }",
    ] {
        let head = format!("<style>{sheet}</style>");
        let body = "<main><offprint-reader src=\"articles.json\"></offprint-reader><aside>Beside it</aside></main>";
        open(
            stage,
            Page {
                head: &head,
                body,
                ..Page::default()
            },
        )
        .await?;
        are_ready(stage, 1).await?;
        let fits = "(() => { const [main, reader] = ['main', 'offprint-reader'].map((name) => document.querySelector(name).getBoundingClientRect()); return reader.width > 280 && reader.right <= main.right && main.width <= 1000 && document.documentElement.scrollWidth <= innerWidth; })()";
        becomes(browser, fits, json!(true)).await.context(sheet)?;
    }
    Ok(())
}

/// From right to left: nothing sticks out, and the reader follows.
pub async fn from_right_to_left(stage: &Stage<'_>) -> Result<()> {
    let page = Page {
        before: "document.documentElement.dir = 'rtl';",
        body: super::READER,
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    becomes(
        stage.browser,
        "[getComputedStyle(find('.op-root')).direction, document.documentElement.scrollWidth <= innerWidth, find('#op-search').getBoundingClientRect().left > find('#op-category').getBoundingClientRect().left]",
        json!(["rtl", true, true]),
    )
    .await
}

/// A base address for everything relative: articles and their images are found below it, and the page stays where it is.
pub async fn another_base(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    for (routing, hash) in [("memory", ""), ("hash", "#/article/sand")] {
        let body = format!(
            r#"<offprint-reader src="../articles.json" routing="{routing}"></offprint-reader>"#
        );
        let page = Page {
            head: r#"<base href="/sub/">"#,
            body: &body,
            ..Page::default()
        };
        open(stage, page).await?;
        are_ready(stage, 1).await?;
        becomes(browser, N_CARDS, json!(16)).await?;
        browser
            .wait_until("find('.op-card img')?.naturalWidth > 0")
            .await?;
        browser.run("find('offprint-reader').goTo('sand');").await?;
        browser.wait_until("find('.op-article h1')").await?;
        becomes(
            browser,
            "[location.pathname, location.hash]",
            json!(["/page.html", hash]),
        )
        .await?;
        browser.click(".op-back a").await?;
        becomes(browser, N_CARDS, json!(16)).await?;
        becomes(browser, "location.pathname", json!("/page.html")).await?;
    }
    Ok(())
}

/// At 200 %, by the browser and by the page's own style sheet: nothing sticks out, and the end of a long list is where it should be.
pub async fn twice_as_large(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let articles: Vec<Value> = (0..48)
        .map(|n| json!({"id": format!("a{n}"), "title": format!("Article {n}"), "summary": "Some words about it. ".repeat(n % 7)}))
        .collect();
    stage.put_articles(&json!({"version": 1, "articles": articles}).to_string());
    for (window, sheet) in [
        (Window::Zoomed, ""),
        (Window::Desktop, "<style>html { zoom: 2; }</style>"),
        (Window::Desktop, "<style>body { zoom: 2; }</style>"),
    ] {
        // WebKit tells no element how much it is enlarged, and measures as if it were not.
        if !sheet.is_empty() && browser.engine == Engine::WebKit {
            continue;
        }
        browser.set_window(window).await?;
        let page = Page {
            head: sheet,
            body: super::READER,
            ..Page::default()
        };
        open(stage, page).await?;
        are_ready(stage, 1).await?;
        becomes(
            browser,
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth",
            json!(true),
        )
        .await?;
        // Down to the end in steps of a view: all that comes into view is there, and what was there stays where it was.
        let end = answer(stage, DOWN).await?;
        ensure!(
            end == json!({"last": "48", "blank": 0, "jumps": 0}),
            "{sheet}: {end}"
        );
    }
    Ok(())
}

/// Scrolls to the end, and counts views without a card, and cards that are elsewhere than the scroll has put them.
const DOWN: &str = "
    const root = document.scrollingElement;
    const cards = () => all('.op-card');
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const isSeen = (card) => { const { top, bottom } = card.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
    const settled = async () => { for (let before = ''; ; ) { await frame(); await frame(); const now = cards().map((card) => `${card.ariaPosInSet} ${card.getBoundingClientRect().top}`).join(); if (now === before) return; before = now; } };
    let [blank, jumps] = [0, 0];
    const last = () => cards().at(-1);
    for (let n = 0; n < 200; n += 1) {
        await settled();
        for (let n = 0; n < 60 && !cards().some(isSeen); n += 1) await frame();
        const first = cards().find(isSeen);
        // Above the list is the masthead, which may be as high as a small window.
        const [highest] = cards();
        if (!first && !(highest?.ariaPosInSet === '1' && highest.getBoundingClientRect().top >= innerHeight)) blank += 1;
        const [place, top, y] = [first?.ariaPosInSet, first?.getBoundingClientRect().top, root.scrollTop];
        if (root.scrollTop + root.clientHeight >= root.scrollHeight - 2) break;
        root.scrollBy({ top: innerHeight * 0.75, behavior: 'instant' });
        const moved = root.scrollTop - y;
        await settled();
        const now = cards().find((card) => card.ariaPosInSet === place);
        if (now && Math.abs(now.getBoundingClientRect().top - (top - moved)) > 3) jumps += 1;
    }
    return { last: last()?.ariaPosInSet, blank, jumps };";
