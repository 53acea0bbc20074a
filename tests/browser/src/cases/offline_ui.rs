//! What pages show of use without a network: saving and its states, the page *Saved*, what is taken elsewhere and brought back, how far
//! somebody has read. What the worker promises is tested elsewhere; here it runs as it is delivered, and the pages are served as they were built, byte for byte.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use xtask::system::Engine;

use super::site::come;
use super::steps::{becomes, mentions, says};
use crate::axe;
use crate::site::{self, ROOT, Site};
use crate::stage::Stage;
use xtask::server::Source;

pub const ARTICLE: &str = "article/maps-that-lie/";
pub const KEEP: &str = ".op-keep";
/// The helpers of the cases, which pages that are served as they are do not bring along.
pub const HOOKS: &str = include_str!("../test-hooks.js");

fn put(stage: &Stage<'_>, site: &Site) -> Result<()> {
    for path in site.files("")? {
        let file = site.folder().join(&path);
        stage
            .server
            .put(&format!("{ROOT}{path}"), Source::File(file));
    }
    Ok(())
}

/// Opens a page as it was built, and waits until what is saved can be told.
pub async fn open(stage: &Stage<'_>, path: &str) -> Result<()> {
    stage.open(&format!("{ROOT}{path}")).await?;
    stage.browser.run(HOOKS).await?;
    Ok(())
}

async fn open_article(stage: &Stage<'_>) -> Result<()> {
    put(stage, &site::demo()?)?;
    open(stage, ARTICLE).await?;
    stage
        .browser
        .wait_until("text('.op-keep')?.includes('To read offline: ')")
        .await
}

pub async fn save(stage: &Stage<'_>) -> Result<()> {
    open_article(stage).await?;
    stage.browser.click("#op-keep").await?;
    stage
        .browser
        .wait_until("text('.op-keep')?.includes('verified')")
        .await
}

/// Opens the page of what is saved, and what can be done there.
pub async fn open_saved(stage: &Stage<'_>) -> Result<()> {
    open(stage, "saved/").await?;
    let browser = stage.browser;
    browser.wait_until("find('.op-manage summary')").await?;
    browser.run("find('.op-manage').open = true;").await?;
    browser
        .wait_until("text('.op-saved-summary') || isVisible(find('.op-empty'))")
        .await
}

/// Presses the button that says this.
pub async fn press(stage: &Stage<'_>, label: &str) -> Result<()> {
    let script = "const button = all('button').find((button) => button.textContent === arguments[0] && isVisible(button)); button?.click(); return Boolean(button);";
    let is_there = stage.browser.run_with(script, vec![json!(label)]).await?;
    ensure!(is_there == true, "there is no button {label}");
    Ok(())
}

/// The size before, what is there after, and nothing after it was taken away, asked for once more.
pub async fn an_article(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    becomes(
        browser,
        "/Saved: (\\d+) of \\1 files, verified/.test(text('.op-keep'))",
        json!(true),
    )
    .await?;
    axe::check(browser).await?;
    // It is told anew from what is there.
    open(stage, ARTICLE).await?;
    browser
        .wait_until("text('.op-keep')?.includes('verified')")
        .await?;
    browser.click(".op-keep-other").await?;
    mentions(browser, KEEP, &["Remove it from this device?"]).await?;
    browser.run("find('#op-keep').focus();").await?;
    browser.press(Key::Tab).await?;
    browser.press(Key::Enter).await?;
    mentions(browser, KEEP, &["Removed"]).await?;
    becomes(browser, "find('#op-keep').textContent", json!("Save")).await?;
    open(stage, ARTICLE).await?;
    browser
        .wait_until("text('.op-keep')?.includes('To read offline: ')")
        .await
}

/// A picture that has gone from the store is missed by name, and comes again.
pub async fn says_what_is_missing(stage: &Stage<'_>) -> Result<()> {
    save(stage).await?;
    let browser = stage.browser;
    let remove = r#"
        const done = arguments[arguments.length - 1];
        (async () => {
            const [name] = await caches.keys();
            const store = await caches.open(name);
            const keys = await store.keys();
            const all = await (await store.match(keys.find(({ url }) => url.endsWith(".offprint/saved")))).json();
            const [, hash] = all["article/maps-that-lie"].files.find(([path]) => path.endsWith(".svg"));
            await store.delete(keys.find(({ url }) => url.endsWith(`/file/${hash}`)));
        })().then(() => done(""), (error) => done(String(error)));"#;
    let failed = browser.run_async(remove, Vec::new()).await?;
    ensure!(failed == "", "{failed}");
    // Asked before the page has fetched the picture again.
    let state = r#"
        const done = arguments[arguments.length - 1];
        navigator.serviceWorker.ready.then(({ active }) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = ({ data }) => done(data.states["article/maps-that-lie"].missing.length);
            active.postMessage({ kind: "state", names: ["article/maps-that-lie"] }, [port2]);
        });"#;
    let n_missing = browser.run_async(state, Vec::new()).await?;
    ensure!(n_missing == 1, "{n_missing} are missing");
    // A page that comes back asks again.
    browser
        .run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));")
        .await?;
    mentions(
        browser,
        KEEP,
        &["Incomplete: 1 image missing", "Try again", "Remove"],
    )
    .await?;
    axe::check(browser).await?;
    browser.click("#op-keep").await?;
    browser
        .wait_until("text('.op-keep')?.includes('verified')")
        .await
}

/// All of a list, its size first.
pub async fn a_list(stage: &Stage<'_>) -> Result<()> {
    put(stage, &site::demo()?)?;
    let browser = stage.browser;
    open(stage, "category/science/").await?;
    browser.click(".op-keep-opener").await?;
    mentions(browser, ".op-keep-panel", &["articles. To read offline: "]).await?;
    axe::check(browser).await?;
    press(stage, "Save them").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["Saved: ", "every file verified"],
    )
    .await?;
    // What is saved is told, and of the rest alone what it takes.
    press(stage, "Close").await?;
    browser.click(".op-keep-opener").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["Saved: ", "every file verified"],
    )
    .await?;
    browser.press(Key::Escape).await?;
    becomes(browser, "find('.op-keep-panel').hidden", json!(true)).await?;
    open(stage, "").await?;
    browser.click(".op-keep-opener").await?;
    becomes(
        browser,
        "/^\\d+ of 16 articles saved\\. The other \\d+, to read offline: /.test(text('.op-keep-panel .op-keep-text'))",
        json!(true),
    )
    .await?;
    press(stage, "Save the others").await?;
    mentions(
        browser,
        ".op-keep-panel",
        &["Saved: 16 articles, every file verified"],
    )
    .await?;
    let n = browser
        .run("return Object.keys(localStorage).filter((key) => key.startsWith('offprint-saved:/sub/folder/:article/')).length;")
        .await?;
    ensure!(n.as_u64() > Some(1), "{n} are remembered");
    Ok(())
}

/// Read, searched for and removed where it is saved.
pub async fn the_saved_page(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    put(stage, &site::demo()?)?;
    open_saved(stage).await?;
    mentions(browser, "#op-saved", &["Nothing is saved yet"]).await?;
    axe::check(browser).await?;
    save(stage).await?;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["Saved: ", "verified"]).await?;
    mentions(
        browser,
        ".op-saved-summary",
        &["1 article, ", ", to be read without a network."],
    )
    .await?;
    browser.wait_until("find('.op-card-title')").await?;
    becomes(
        browser,
        "all('h1').filter(isVisible).map((heading) => heading.textContent)",
        json!(["Saved"]),
    )
    .await?;
    becomes(
        browser,
        "find('.op-masthead-name').pathname",
        json!("/sub/folder/"),
    )
    .await?;
    // Articles come first.
    becomes(
        browser,
        "find('.op-card-title').getBoundingClientRect().top < find('.op-manage').getBoundingClientRect().top",
        json!(true),
    )
    .await?;
    // The demo's is small, and kept without being asked.
    mentions(
        browser,
        ".op-manage",
        &["The search of the whole edition is here already"],
    )
    .await?;
    axe::check(browser).await?;
    browser.run("find('.op-card-title a').click();").await?;
    browser
        .wait_until("find('.op-article') && !find('.op-manage').checkVisibility()")
        .await?;
    browser
        .wait_until(
            "all('.op-article img').every((image) => { image.loading = 'eager'; return image.complete && image.naturalWidth > 0; })",
        )
        .await?;
    axe::check(browser).await?;
    browser.run("location.hash = '#/';").await?;
    browser
        .wait_until("find('.op-manage').checkVisibility()")
        .await?;
    press(stage, "Check all").await?;
    mentions(
        browser,
        "#op-saved .op-notice",
        &["every file is as it was saved"],
    )
    .await?;
    press(stage, "Remove").await?;
    browser.wait_until("find('dialog[open]')").await?;
    browser.run("find('dialog .op-grave').click();").await?;
    mentions(browser, "#op-saved", &["freed", "Nothing is saved yet"]).await?;
    becomes(browser, "Boolean(find('offprint-reader'))", json!(false)).await
}

/// Catches the file that is handed to the browser, and gives it to the page again as if it had been dropped.
const CATCH: &str = "const make = URL.createObjectURL; URL.createObjectURL = (blob) => (globalThis.caught = blob, make.call(URL, blob));";

/// What is exported comes back after everything was forgotten, with pictures, and as data.
pub async fn a_file_and_back(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    if browser.engine == Engine::Firefox {
        // Its driver's scripts cannot put a function in the place of one of the page's.
        println!("    the file that is exported cannot be caught in Firefox");
        return Ok(());
    }
    save(stage).await?;
    open_saved(stage).await?;
    browser.wait_until("find('.op-card-title')").await?;
    browser.run(CATCH).await?;
    press(stage, "Export").await?;
    mentions(
        browser,
        "#op-saved .op-notice",
        &["Exported: 1 article", "image"],
    )
    .await?;
    press(stage, "Forget everything").await?;
    browser.wait_until("find('dialog[open]')").await?;
    axe::check(browser).await?;
    browser.run("find('dialog .op-grave').click();").await?;
    mentions(browser, "#op-saved", &["Everything is forgotten"]).await?;
    becomes(
        browser,
        "Boolean(find('offprint-reader, .op-manage, .op-card'))",
        json!(false),
    )
    .await?;
    let left =
        "return Object.keys(localStorage).filter((key) => key.startsWith('offprint-')).join();";
    ensure!(browser.run(left).await? == "", "keys are left");
    // The worker looks for a new edition some seconds after a page: not any more.
    browser.wait_until("performance.now() > 5000").await?;
    let kept = "const done = arguments[0]; caches.open('offprint:/sub/folder/').then(async (store) => done((await store.keys()).map(({ url }) => url).join()));";
    let kept = browser.run_async(kept, Vec::new()).await?;
    ensure!(kept == "", "{kept} is left");
    // The file lives in the page: it is put away where the next one finds it.
    let keep = r#"
        const done = arguments[arguments.length - 1];
        const reader = new FileReader();
        reader.onload = () => { sessionStorage.setItem("file", reader.result); done(""); };
        reader.readAsDataURL(caught);"#;
    browser.run_async(keep, Vec::new()).await?;
    open_saved(stage).await?;
    drop_file(stage, "bytes", "saved.offprint").await?;
    mentions(
        browser,
        "#op-saved .op-notice",
        &["Imported from saved.offprint: 1 article"],
    )
    .await?;
    mentions(browser, ".op-items", &["From a file, with "]).await?;
    browser.wait_until("find('.op-card-title a')").await?;
    browser.run("find('.op-card-title a').click();").await?;
    browser
        .wait_until("all('.op-article img').length > 0 && all('.op-article img').every((image) => { image.loading = 'eager'; return image.src.startsWith('blob:') && image.naturalWidth > 0; })")
        .await?;
    axe::check(browser).await
}

/// Drops the file that was put away, its bytes changed by an expression.
pub async fn drop_file(stage: &Stage<'_>, change: &str, name: &str) -> Result<()> {
    let script = format!(
        r#"
        const bytes = Uint8Array.from(atob((sessionStorage.getItem("file") ?? ",").split(",")[1]), (letter) => letter.charCodeAt(0));
        const text = (words) => new TextEncoder().encode(words);
        const data = new DataTransfer();
        data.items.add(new File([{change}], arguments[0]));
        dispatchEvent(new DragEvent("drop", {{ dataTransfer: data, bubbles: true, cancelable: true }}));"#
    );
    stage.browser.run_with(&script, vec![json!(name)]).await?;
    Ok(())
}

/// Files that are no such files, or no longer: each is told with its place, and nothing is lost.
pub async fn files_that_are_none(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    save(stage).await?;
    open_saved(stage).await?;
    mentions(browser, ".op-items", &["verified"]).await?;
    let head = |head: Value| format!("text({} + '\\n')", json!(head.to_string()));
    let of = |articles: Value, files: Value| {
        head(json!({"format": "offprint", "version": 1, "articles": articles, "files": files}))
    };
    let article = json!([{"id": "foreign", "title": "Foreign"}]);
    let cases = [
        (
            "text('<!doctype html>')".to_owned(),
            "it is no .offprint file",
        ),
        (
            "text('')".to_owned(),
            "it is empty. Copy or export it again",
        ),
        (
            "text('{\"format\": \"offprint\", \"arti')".to_owned(),
            "it is cut short: it ends after 28 bytes, within its first line. Copy or export it again",
        ),
        (
            "text('{\"format\": \\n')".to_owned(),
            "its first line is damaged",
        ),
        (
            head(json!({"format": "other"})),
            "expected \"format\": \"offprint\"",
        ),
        (
            head(json!({"format": "offprint", "version": 9})),
            "version: expected 1, found 9",
        ),
        (
            head(json!({"format": "offprint", "version": 1, "articles": {}})),
            "articles: expected a list, found object",
        ),
        (
            of(json!([{"title": "x"}]), json!([])),
            "articles[0].id: expected a text",
        ),
        (
            of(article.clone(), json!([["a.png", "aaaa", 9, "image/png"]])),
            "files[0] (a.png): cut short, 0 of 9 bytes are there; this file and the 0 files after it are left out. Copy or export it again",
        ),
        (
            of(article.clone(), json!([["a.png", "aaaa", 0, "image/png"]])),
            "files[0] (a.png): damaged",
        ),
        (
            of(article.clone(), json!([["a.html", "aaaa", 0, "text/html"]])),
            "files[0] (a.html): expected a picture, found text/html",
        ),
        (
            of(article, json!([["a.png", "aaaa", -1, "image/png"]])),
            "files[0] (a.png): expected a length",
        ),
    ];
    for (change, expect) in cases {
        drop_file(stage, &change, "x.offprint").await?;
        mentions(browser, "#op-saved .op-notice", &["x.offprint", expect]).await?;
    }
    axe::check(browser).await?;
    // An article of whoever wrote the file is text.
    let hostile = of(
        json!([{"id": "hostile", "title": "<img src=x onerror=complaints.push(1)>", "summary": "[a](javascript:complaints.push(2)) <script>complaints.push(3)</script>"}]),
        json!([]),
    );
    drop_file(stage, &hostile, "hostile.offprint").await?;
    mentions(
        browser,
        "#op-saved .op-notice",
        &["Imported from hostile.offprint: 1 article"],
    )
    .await?;
    browser.run("location.hash = '#/article/hostile';").await?;
    browser
        .wait_until("find('.op-article')?.dataset.opId === 'hostile'")
        .await?;
    says(
        browser,
        ".op-article .op-title",
        "<img src=x onerror=complaints.push(1)>",
    )
    .await?;
    becomes(
        browser,
        "all('.op-article :is(script, img, a[href^=javascript])').length",
        json!(0),
    )
    .await?;
    becomes(browser, "complaints.length", json!(0)).await?;
    browser.run("location.hash = '#/';").await?;
    mentions(browser, ".op-items", &["verified"]).await
}

/// A new edition is told of, but to nobody who is writing; and nothing moves for it.
pub async fn a_new_edition_is_offered(stage: &Stage<'_>) -> Result<()> {
    open_article(stage).await?;
    let browser = stage.browser;
    browser.run("window.isTheFirst = true; window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => shifted += value)).observe({ type: 'layout-shift' });").await.ok();
    come(stage).await?;
    browser
        .wait_until("!find('.op-root[data-op-edition]') && find('.op-keep button')")
        .await?;
    browser.run("find('#op-search').focus();").await?;
    let tell = "navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { kind: 'edition', version: 'x', scope: new URL('../../', location.href).href } }));";
    browser.run(tell).await?;
    becomes(browser, "Boolean(find('.op-tell'))", json!(false)).await?;
    browser.run("find('#op-search').blur();").await?;
    mentions(
        browser,
        ".op-tell",
        &["A new edition is here.", "Read now", "Later"],
    )
    .await?;
    becomes(
        browser,
        "document.activeElement === document.body && (window.shifted ?? 0) === 0",
        json!(true),
    )
    .await?;
    axe::check(browser).await?;
    press(stage, "Later").await?;
    becomes(browser, "Boolean(find('.op-tell'))", json!(false)).await?;
    browser.run(tell).await?;
    mentions(browser, ".op-tell", &["A new edition is here."]).await?;
    press(stage, "Read now").await?;
    browser
        .wait_until("!window.isTheFirst && document.readyState === 'complete' && document.querySelector('.op-keep button')")
        .await
}

/// Two tabs: the place is that of the latest, the furthest that of both; it is offered, and nothing scrolls by itself.
pub async fn where_somebody_stopped(stage: &Stage<'_>) -> Result<()> {
    open_article(stage).await?;
    let browser = stage.browser;
    let merge = r#"
        const done = arguments[arguments.length - 1];
        (async () => {
            const script = document.querySelector("script[src$='site.js']").src.replace("site.js", "positions.js");
            const [one, other] = await Promise.all([1, 2].map((tab) => import(`${script}?tab=${tab}`)));
            const [mine, theirs] = [one, other].map(({ Positions }) => new Positions("/sub/folder/"));
            const read = (block, furthest, when) => ({ title: "Maps", block, part: 0, furthest, when });
            mine.merge("maps-that-lie", read(10, 0.8, 1000));
            theirs.merge("maps-that-lie", read(6, 0.4, 2000));
            mine.merge("maps-that-lie", read(2, 0.1, 500));
            const { block, furthest, when } = theirs.get("maps-that-lie");
            return JSON.stringify([block, furthest, when]);
        })().then(done, (error) => done(String(error)));"#;
    let merged = browser.run_async(merge, Vec::new()).await?;
    ensure!(merged == "[6,0.8,2000]", "{merged}");
    open(stage, ARTICLE).await?;
    mentions(browser, ".op-tell", &["Continue where you stopped"]).await?;
    becomes(browser, "scrollY", json!(0)).await?;
    axe::check(browser).await?;
    press(stage, "Continue where you stopped").await?;
    browser.wait_until("scrollY > 100").await?;
    // What is kept from then on is what is read from then on.
    browser
        .run("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });")
        .await?;
    let furthest =
        "JSON.parse(localStorage.getItem('offprint-read:/sub/folder/:maps-that-lie')).furthest";
    browser.wait_until(&format!("{furthest} === 1")).await
}

/// All storage is denied, and the worker with it.
const DENY_ALL: &str = "for (const name of ['localStorage', 'sessionStorage', 'caches']) Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
     Object.defineProperty(navigator, 'serviceWorker', { value: { register: () => Promise.reject(new DOMException('denied', 'SecurityError')), getRegistration: () => Promise.reject(new DOMException('denied', 'SecurityError')), addEventListener() {} } });";

/// Only what the worker keeps files in is.
const DENY_CACHES: &str = "for (const name of ['has', 'open', 'keys', 'match']) CacheStorage.prototype[name] = () => Promise.reject(new DOMException('denied', 'UnknownError'));
     indexedDB.open = () => { throw new DOMException('denied', 'SecurityError'); };";

const DENIED: &str = "The browser does not let this page keep anything";

/// Without storage it says so, and not that the network has broken off; everything else works.
pub async fn storage_is_denied(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    stage.expect_complaints();
    put(stage, &site::demo()?)?;
    let site = site::demo()?;
    let scripts =
        "<head><script src=\"/deny.js\"></script><script src=\"/test-hooks.js\"></script>";
    for page in [ARTICLE, "saved/"] {
        let html = std::fs::read_to_string(site.folder().join(format!("{page}index.html")))?;
        let html = html.replacen("<head>", scripts, 1);
        let path = format!("{ROOT}{page}index.html");
        stage.server.put(&path, Source::bytes(html));
    }
    for script in [DENY_CACHES, DENY_ALL] {
        stage.server.put("deny.js", Source::bytes(script));
        stage.open(&format!("{ROOT}{ARTICLE}")).await?;
        mentions(browser, KEEP, &[DENIED]).await?;
        axe::check(browser).await?;
        come(stage).await?;
        browser
            .wait_until("!find('.op-root[data-op-edition]')")
            .await?;
        mentions(browser, KEEP, &[DENIED]).await?;
        if script == DENY_CACHES {
            stage.open(&format!("{ROOT}saved/")).await?;
            mentions(browser, "#op-saved .op-notice", &[DENIED]).await?;
            let file = json!({"format": "offprint", "version": 1, "articles": [{"id": "foreign", "title": "Foreign"}]});
            let bytes = format!("text({} + '\\n')", json!(file.to_string()));
            drop_file(stage, &bytes, "x.offprint").await?;
            mentions(
                browser,
                "#op-saved .op-notice",
                &["x.offprint: The browser does not let this page keep anything"],
            )
            .await?;
        }
    }
    Ok(())
}
