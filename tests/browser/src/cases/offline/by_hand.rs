//! A page that was put together by hand, with `offline` on its elements: visited, and opened again without a server.

use anyhow::Result;
use serde_json::json;
use xtask::server::Source;

use crate::cases::steps::{becomes, mentions};
use crate::stage::Stage;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>By hand</title><link rel="icon" href="data:,">
<script>globalThis.saved = []; document.addEventListener("offprint-save", ({ target }) => saved.push(target.id));</script>
<script type="module" src="element.js"></script></head>
<body><offprint-reader id="one" src="articles.json" offline></offprint-reader><offprint-reader id="other" src="other.json" offline></offprint-reader></body></html>"#;

/// A worker that a page's owner has.
const OWN: &str = "addEventListener('install', () => skipWaiting()); addEventListener('activate', (event) => event.waitUntil(clients.claim()));";

pub(super) fn put(stage: &Stage<'_>) -> Result<()> {
    let other = json!({"version": 1, "articles": [{"id": "b", "title": "The other one", "sections": [{"body": "Words of the other one."}]}]});
    stage
        .server
        .put("other.json", Source::bytes(other.to_string()));
    stage.put_page("by-hand.html", PAGE)
}

/// Two elements, each with a collection: both open again, with their pictures, when the server is gone.
pub async fn opens_again(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage)?;
    stage.open("by-hand.html").await?;
    becomes(browser, "saved.toSorted()", json!(["one", "other"])).await?;
    stage.server.stop();
    // The query is nothing to what is kept.
    stage.open("by-hand.html?again").await?;
    for (id, title) in [("one", "Maps that lie"), ("other", "The other one")] {
        becomes(
            browser,
            &format!("all('#{id} .op-card-title', document).length === 0 && [...document.querySelector('#{id}').shadowRoot.querySelectorAll('.op-card-title')].some((title) => title.textContent.startsWith('{title}'))"),
            json!(true),
        )
        .await?;
    }
    becomes(
        browser,
        "all('#one, .op-card img').filter((image) => image.localName === 'img').every((image) => { image.loading = 'eager'; return image.naturalWidth > 0; })",
        json!(true),
    )
    .await?;
    let link = "document.querySelector('#other').shadowRoot.querySelector('.op-card-title a')";
    browser.wait_until(link).await?;
    browser
        .run("document.querySelector('#other').shadowRoot.querySelector('.op-card-title a').click();")
        .await?;
    mentions(browser, ".op-article", &["Words of the other one."]).await?;
    stage.server.start_again()
}

/// A folder with a worker of its own keeps it, and the page says why it is not kept.
pub async fn leaves_the_owners_worker(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    put(stage)?;
    stage.server.put("own.js", Source::bytes(OWN));
    stage.put_page("owner.html", "<!doctype html><head><title>Theirs</title>")?;
    stage.open("owner.html").await?;
    let register = "
        const done = arguments[arguments.length - 1];
        navigator.serviceWorker.register('/own.js', { scope: '/' }).then(() => navigator.serviceWorker.ready).then(() => done(''), (error) => done(String(error)));";
    let failed = browser.run_async(register, Vec::new()).await?;
    anyhow::ensure!(failed == "", "{failed}");
    stage.open("by-hand.html").await?;
    becomes(
        browser,
        "complaints.some((line) => line.includes('OP-E18') && line.includes('has a service worker of its own') && line.includes('/own.js'))",
        json!(true),
    )
    .await?;
    let script = "
        const done = arguments[arguments.length - 1];
        navigator.serviceWorker.getRegistration('/').then(({ active, installing, waiting }) => done([active, waiting, installing].map((worker) => worker && new URL(worker.scriptURL).pathname).filter(Boolean).join()));";
    let workers = browser.run_async(script, Vec::new()).await?;
    anyhow::ensure!(workers == "/own.js", "{workers}");
    Ok(())
}
