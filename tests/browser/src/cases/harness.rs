//! The harness itself, on a page of its own: what the other cases rely on.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;
use xtask::system::Engine;

use crate::axe;
use crate::browser::{Scheme, Window};
use crate::stage::Stage;

const PAGE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src data:">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<script src="./page.js" defer></script></head>
<body><main><h1>A page</h1><button>Fail</button><a-box></a-box></main></body></html>"#;

const SCRIPT: &str = r#"
document.querySelector("button").addEventListener("click", () => {
  console.error("one");
  fetch("http://127.0.0.1:9/").catch(() => {});
  throw new Error("two");
});
customElements.define("a-box", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const label = document.createElement("label");
    const input = document.createElement("input");
    const output = document.createElement("output");
    label.append("Name ", input);
    root.append(label, output);
    input.addEventListener("keydown", ({ key }) => { output.textContent += ` ${key}`; });
  }
});
"#;

async fn open(stage: &Stage<'_>) -> Result<()> {
    stage
        .server
        .put("page.js", xtask::server::Source::bytes(SCRIPT));
    stage.put_page("page.html", PAGE)?;
    stage.open("page.html").await
}

/// Typing, keys and clicks reach an element in a shadow root, and its text is read.
pub async fn finds_behind_shadow_roots(stage: &Stage<'_>) -> Result<()> {
    open(stage).await?;
    let browser = stage.browser;
    browser.click("input").await?;
    browser.wait_until("active().localName === 'input'").await?;
    browser.type_into("input", "ab").await?;
    browser.press(Key::Escape).await?;
    browser
        .wait_until("text('output') === 'a b Escape'")
        .await?;
    ensure!(browser.text("find('input').value").await? == "ab");
    browser.screenshot("harness").await
}

/// What goes to the console, an uncaught error and a request to another host are noticed.
pub async fn keeps_complaints(stage: &Stage<'_>) -> Result<()> {
    open(stage).await?;
    stage.check_quiet().await?;
    stage.browser.click("button").await?;
    stage.browser.wait_until("complaints.length >= 3").await?;
    let told = stage
        .check_quiet()
        .await
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    for part in [
        "console.error: one",
        "two",
        "policy: connect-src http://127.0.0.1:9",
    ] {
        ensure!(told.contains(part), "no `{part}` in {told}");
    }
    stage.expect_complaints();
    Ok(())
}

/// The window is as wide as asked, and the preferred scheme is what was set.
pub async fn sizes_and_schemes(stage: &Stage<'_>) -> Result<()> {
    open(stage).await?;
    let browser = stage.browser;
    for (window, width) in [(Window::Phone, 360), (Window::Desktop, 1280)] {
        browser.set_window(window).await?;
        // WebKit's window is never narrower than its toolbar.
        let more = if browser.engine == Engine::WebKit {
            100
        } else {
            0
        };
        browser
            .wait_until(&format!(
                "innerWidth >= {width} && innerWidth <= {width} + {more}"
            ))
            .await?;
    }
    for (scheme, is_dark) in [(Scheme::Dark, true), (Scheme::Light, false)] {
        if browser.set_scheme(scheme).await? {
            browser
                .wait_until(&format!(
                    "matchMedia('(prefers-color-scheme: dark)').matches === {is_dark}"
                ))
                .await?;
        } else {
            ensure!(
                browser.engine == Engine::WebKit,
                "only WebKit has no dark scheme here"
            );
        }
    }
    Ok(())
}

/// axe-core runs, passes a good page, and sees a mistake in a shadow root.
pub async fn runs_axe(stage: &Stage<'_>) -> Result<()> {
    open(stage).await?;
    axe::check(stage.browser).await?;
    stage
        .browser
        .run_with(
            "find('label').replaceWith(document.createElement(arguments[0]));",
            vec![json!("input")],
        )
        .await?;
    let told = axe::check(stage.browser)
        .await
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    ensure!(told.contains("\"label\""), "{told}");
    Ok(())
}
