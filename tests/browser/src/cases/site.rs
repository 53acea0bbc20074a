//! A built site, under a folder of its host: every page is complete before the reader takes it over, and the same
//! afterwards.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use xtask::server::Fault;
use xtask::system::Engine;

use super::steps::{answered, becomes, demo, field, mentions, says};
use crate::site::{self, ROOT};
use crate::stage::Stage;

/// Whether the reader has taken the page over.
const IS_TAKEN: &str = "!find('.op-root[data-op-edition]') && Boolean(find('.op-root .op-page'))";

/// The page as a person and a screen reader have it: elements, attributes, texts. Addresses are resolved, since those of the
/// page that was made ahead of time are relative. Left out are what only the running page knows, and what stands on it for
/// the reader's own use.
const PAGE: &str = r#"
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        // The state of a field is a property; as an attribute it is the state it began with.
        const skipped = ["part", "data-op-spacer", "style", "value", "selected", "checked"];
        const state = [node.checked, node.value, node.selected].filter((value) => value !== undefined);
        const sources = (value) => value.split(", ").map((one) => new URL(one.split(" ")[0], document.baseURI) + " " + one.split(" ")[1]).join(", ");
        const attributes = [...node.attributes]
            .filter(({ name }) => !skipped.includes(name))
            .map(({ name, value }) => `${name}=${["href", "src"].includes(name) ? node[name] : name === "srcset" ? sources(value) : value}`)
            .sort();
        // What saves comes by itself, to both, once the page has come to rest.
        const children = node.matches(".op-keep") ? [] : [...node.childNodes];
        return `\n<${node.localName} ${attributes.concat(state).join(" ")}>${children.map(walk).join("")}</${node.localName}>`;
    };
    return all(arguments[0]).map(walk).join("");"#;

/// What is compared: the list, or the article and what follows it. The way back depends on where a person came from.
const PARTS: &str = ".op-list-title, .op-listbar, .op-feed, .op-article, .op-after";

async fn open(stage: &Stage<'_>, path: &str) -> Result<()> {
    stage.put_site(&site::demo()?)?;
    stage.open(&format!("{ROOT}{path}")).await
}

/// Opens the front page; the reader does not come before the server's faults are cleared.
async fn open_held(stage: &Stage<'_>) -> Result<()> {
    stage.put_site(&site::demo()?)?;
    let pointer = format!("{ROOT}data/edition.json");
    stage.server.set_fault(&pointer, Fault::Held);
    stage.open(ROOT).await
}

/// Opens a page of the demo edition's site, and waits until the reader has taken it over.
pub async fn open_taken(stage: &Stage<'_>, path: &str) -> Result<()> {
    open(stage, path).await?;
    come(stage).await?;
    stage.browser.wait_until(IS_TAKEN).await
}

/// The first sign of a person, once the page is there.
pub async fn come(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    browser
        .wait_until("document.readyState === 'complete'")
        .await?;
    browser
        .run("dispatchEvent(new PointerEvent('pointermove'));")
        .await?;
    Ok(())
}

/// Opens a page as it is without the reader.
async fn open_made(stage: &Stage<'_>, path: &str) -> Result<()> {
    stage.put_site(&site::demo()?)?;
    let site = site::demo()?;
    for script in site
        .files("assets/")?
        .iter()
        .filter(|path| path.ends_with("site.js"))
    {
        stage
            .server
            .set_fault(&format!("{ROOT}{script}"), Fault::Status(404));
    }
    stage.open(&format!("{ROOT}{path}")).await
}

/// Two pages, element by element.
fn compare(made: &str, taken: &str, what: &str) -> Result<()> {
    let lines = made.lines().zip(taken.lines());
    for (made, taken) in lines {
        ensure!(
            made == taken,
            "{what}:\nmade ahead  {made}\nthe reader  {taken}"
        );
    }
    ensure!(
        made == taken,
        "{what}: one page goes on where the other ends"
    );
    Ok(())
}

/// Every article of the demo edition, and its lists: what was made ahead of time is what the reader draws.
pub async fn pages_are_the_readers(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let articles = demo()?;
    let mut made = Vec::new();
    // The scripts that are not there.
    stage.expect_complaints();
    let paths = field(&articles, "id")
        .into_iter()
        .map(|id| format!("article/{id}/"));
    let lists = ["", "category/science/", "tag/history-of-science/"].map(str::to_owned);
    let paths: Vec<String> = lists.into_iter().chain(paths).collect();
    for path in &paths {
        open_made(stage, path).await?;
        made.push(browser.run_with(PAGE, vec![json!(PARTS)]).await?);
    }
    // The reader comes to each from another page, so that all of it is its own.
    stage.server.clear_faults();
    open_taken(stage, "category/culture/").await?;
    for (path, made) in paths.iter().zip(made) {
        let go = "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'));";
        let address = format!("/{ROOT}{path}");
        browser.run_with(go, vec![json!(address)]).await?;
        let is_there = match path.strip_prefix("article/") {
            Some(id) => format!(
                "find('.op-article')?.dataset.opId === {}",
                json!(id.trim_end_matches('/'))
            ),
            None => "find('.op-feed') && !find('.op-coming')".to_owned(),
        };
        browser.wait_until(&is_there).await?;
        let count = json!(
            made.as_str()
                .context("no page")?
                .matches("<article ")
                .count()
        );
        becomes(browser, "all('article').length", count).await?;
        let taken = browser.run_with(PAGE, vec![json!(PARTS)]).await?;
        let text = |page: &Value| page.as_str().unwrap_or_default().to_owned();
        compare(&text(&made), &text(&taken), path)?;
    }
    Ok(())
}

/// The article's nodes stay; so do scroll, selection, focus, a box that was scrolled; and nothing moves.
pub async fn takes_over_without_a_trace(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    stage.put_site(&site::demo()?)?;
    stage
        .server
        .set_fault(&format!("{ROOT}data/edition.json"), Fault::Held);
    stage
        .open(&format!("{ROOT}article/the-clockwork-sea/"))
        .await?;
    browser
        .wait_until("document.readyState === 'complete' && find('.op-body p a')")
        .await?;
    browser
        .run(
            "window.body = find('.op-body');
            window.shifts = [];
            if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
                new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: 'layout-shift', buffered: true });
            scrollTo({ top: 900, behavior: 'instant' });
            window.link = find('.op-body p a');
            link.focus({ preventScroll: true });
            const paragraphs = all('.op-body p');
            getSelection().setBaseAndExtent(paragraphs[1].firstChild, 2, paragraphs[2].firstChild, 5);
            window.before = [scrollY, getSelection().toString(), document.title, document.documentElement.scrollHeight];",
        )
        .await?;
    come(stage).await?;
    stage.server.clear_faults();
    browser.wait_until(IS_TAKEN).await?;
    let is_kept = "find('.op-body') === body && document.activeElement === link";
    becomes(browser, is_kept, json!(true)).await?;
    let before = browser.run("return before;").await?;
    let now = "[scrollY, getSelection().toString(), document.title, document.documentElement.scrollHeight]";
    becomes(browser, now, before).await?;
    ensure!(
        browser
            .run("return getSelection().toString().length > 10;")
            .await?
            == true
    );
    becomes(
        browser,
        "shifts.reduce((sum, shift) => sum + shift, 0)",
        json!(0),
    )
    .await?;
    // And it works: a note, and its way back.
    browser.run("find('.op-note-ref a')?.click();").await?;
    browser.screenshot("site-taken-over").await
}

/// What a person has begun before the reader was there goes on in it.
pub async fn goes_on_with_what_was_begun(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_held(stage).await?;
    browser.wait_until("find('#op-search')").await?;
    browser.click("#op-search").await?;
    browser.type_text("lighthouse").await?;
    browser.run("find('.op-theme').click();").await?;
    stage.server.clear_faults();
    browser.wait_until(IS_TAKEN).await?;
    becomes(browser, "find('#op-search').value", json!("lighthouse")).await?;
    answered(browser).await?;
    becomes(browser, "location.search", json!("?q=lighthouse")).await?;
    becomes(browser, "active()?.id", json!("op-search")).await?;
    becomes(browser, "find('.op-root').dataset.theme", json!("light")).await
}

/// What is being pressed while the reader comes is not replaced under the finger: it becomes a click, and only then the reader is there.
pub async fn leaves_what_is_pressed(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_held(stage).await?;
    browser.wait_until("find('.op-card-title a')").await?;
    let title = browser
        .run("const link = find('.op-card-title a'); link.onclick = (click) => { click.preventDefault(); window.clicked = true; }; return link.textContent;")
        .await?;
    browser.press_down(".op-card-title a").await?;
    stage.server.clear_faults();
    // All is here that the reader is drawn with, and it has had the time for it.
    browser
        .wait_until("performance.getEntriesByType('resource').filter(({ name, responseEnd }) => name.includes('/data/') && responseEnd > 0).length > 1")
        .await?;
    let frames = "const done = arguments[arguments.length - 1]; let left = 30; const next = () => (left-- ? requestAnimationFrame(next) : done(true)); next();";
    browser.run_async(frames, Vec::new()).await?;
    becomes(browser, "find('.op-card-title a').textContent", title).await?;
    browser.let_go().await?;
    browser.wait_until("window.clicked").await?;
    browser.wait_until(IS_TAKEN).await
}

/// Enter before the reader was there opens the first article, as it would have done in it.
pub async fn does_an_enter_that_came_early(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_held(stage).await?;
    browser.wait_until("find('#op-search')").await?;
    browser.click("#op-search").await?;
    browser
        .type_text(&format!("serifs{}", char::from(Key::Enter)))
        .await?;
    stage.server.clear_faults();
    says(browser, ".op-article h1", "Why letters have serifs").await
}

/// Lists, articles, filters, search: each has an address of the site, and back returns.
pub async fn everything_of_the_reader_works(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_taken(stage, "").await?;
    let path = format!(
        "location.pathname.slice({}) + location.search",
        ROOT.len() + 1
    );
    browser.run("find('.op-card-title a').click();").await?;
    browser
        .wait_until("find('[part=page] .op-article')")
        .await?;
    let id = browser.text("find('.op-article').dataset.opId").await?;
    becomes(browser, &path, json!(format!("article/{id}/"))).await?;
    browser.run("history.back();").await?;
    browser.wait_until("find('.op-feed')").await?;
    becomes(browser, &path, json!("")).await?;

    super::steps::choose(browser, "#op-category", "Science").await?;
    becomes(browser, &path, json!("category/science/")).await?;
    says(browser, ".op-list-title", "Science").await?;
    says(browser, ".op-count", "3 articles").await?;
    super::steps::search(browser, "moon").await?;
    becomes(browser, &path, json!("category/science/?q=moon")).await?;
    browser.wait_until("find('.op-card mark')").await?;

    // The same in a new document.
    browser.reload().await?;
    // Words in the address are a sign, too.
    browser.wait_until(IS_TAKEN).await?;
    answered(browser).await?;
    becomes(browser, "find('#op-search').value", json!("moon")).await?;
    says(browser, ".op-list-title", "Science").await?;

    open_taken(stage, "article/the-clockwork-sea/").await?;
    browser
        .run("find('.op-related a, .op-neighbour').click();")
        .await?;
    browser
        .wait_until(
            "find('.op-article') && find('.op-article').dataset.opId !== 'the-clockwork-sea'",
        )
        .await?;
    browser.run("find('.op-masthead-name').click();").await?;
    browser
        .wait_until("find('.op-feed') && !find('.op-coming')")
        .await?;
    becomes(browser, &path, json!("")).await
}

/// Whoever only looks at a page loads no WebAssembly.
pub async fn waits_for_a_person(stage: &Stage<'_>) -> Result<()> {
    open(stage, "article/the-clockwork-sea/").await?;
    stage.browser.wait_until("document.readyState === 'complete' && performance.getEntriesByType('resource').some(({ name }) => name.endsWith('edition.js'))").await?;
    let requests = stage.server.requests();
    let is_early = requests
        .iter()
        .any(|request| request.path.contains(".wasm") || request.path.contains("data/"));
    ensure!(
        !is_early,
        "the reader was fetched before there was a sign of a person"
    );
    come(stage).await?;
    stage.browser.wait_until(IS_TAKEN).await
}

/// Only what is needed: nothing that reads or searches before it is asked for.
pub async fn fetches_little(stage: &Stage<'_>) -> Result<()> {
    open_taken(stage, "article/the-clockwork-sea/").await?;
    let requests = stage.server.requests();
    let asked = |part: &str| {
        requests
            .iter()
            .filter(|request| request.path.contains(part))
            .count()
    };
    ensure!(asked("offprint_bg.wasm") == 1 && asked("edition.json") == 1);
    for never in [
        "offprint-articles",
        "offprint-index",
        "offprint-search-worker",
        "articles.json",
    ] {
        ensure!(asked(never) == 0, "{never} was fetched");
    }
    ensure!(asked("data/") <= 5, "{} files of data", asked("data/"));
    Ok(())
}

/// A file that does not come is said, with a way to try again; what was damaged on the way is not shown.
pub async fn says_what_did_not_come(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    for fault in [
        Fault::Status(500),
        Fault::Html,
        Fault::Truncated(100),
        Fault::Broken(100),
        Fault::KeptHtml,
    ] {
        let context = format!("{fault:?}");
        open_taken(stage, "").await?;
        let site = site::demo()?;
        for path in site.files("data/")? {
            stage
                .server
                .set_fault(&format!("{ROOT}{path}"), fault.clone());
        }
        browser.run("find('.op-card-title a').click();").await?;
        mentions(browser, ".op-empty", &["Try again"])
            .await
            .context(context)?;
        stage.server.clear_faults();
        browser.click(".op-empty .op-button").await?;
        browser
            .wait_until("find('[part=page] .op-article')")
            .await?;
    }
    Ok(())
}

/// A new edition while a tab is open: what the tab's own edition had is gone, and the new one is shown.
pub async fn a_new_edition_under_a_tab(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_taken(stage, "").await?;
    let mut before = site::demo()?;
    // And a newer one after that: another article, since the tab still has the first.
    for (ix, suffix) in ["(new)", "(newer)"].into_iter().enumerate() {
        let after = site::changed(suffix, |edition| {
            for article in edition["articles"].as_array_mut().into_iter().flatten() {
                let title = article["title"].as_str().unwrap_or_default();
                article["title"] = json!(format!("{title} {suffix}"));
            }
        })?;
        stage.take_site(&before)?;
        stage.put_site(&after)?;
        browser
            .run(&format!("all('.op-card-title a')[{ix}].click();"))
            .await?;
        let is_new = format!(
            "find('.op-article h1')?.textContent.endsWith({})",
            json!(suffix)
        );
        browser.wait_until(&is_new).await?;
        browser.run("find('.op-masthead-name').click();").await?;
        browser
            .wait_until("find('.op-feed') && !find('.op-coming')")
            .await?;
        before = after;
    }
    // The browser's own word that a file was not there.
    stage.expect_complaints();
    Ok(())
}

/// Where the reader cannot run the page stays as it is, and says nothing to the person.
pub async fn stays_as_it_is(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    for file in ["offprint_bg.wasm", "data/edition.json"] {
        stage.put_site(&site::demo()?)?;
        for path in site::demo()?
            .files("")?
            .iter()
            .filter(|path| path.ends_with(file))
        {
            stage
                .server
                .set_fault(&format!("{ROOT}{path}"), Fault::Status(404));
        }
        stage
            .open(&format!("{ROOT}article/the-clockwork-sea/"))
            .await?;
        come(stage).await?;
        browser
            .wait_until("complaints.some((complaint) => complaint.includes('Offprint'))")
            .await?;
        ensure!(browser.run(&format!("return {IS_TAKEN};")).await? == false);
        mentions(browser, ".op-article", &["Summary", "Key Points"]).await?;
        // Where the reader itself cannot run, links do what it would have done.
        if file == "offprint_bg.wasm" {
            becomes(
                browser,
                "[isVisible(find('.op-static a')), isVisible(find('.op-tools'))]",
                json!([true, false]),
            )
            .await?;
        }
        stage.server.clear_faults();
    }
    Ok(())
}

/// Opened as a folder, without a server: the pages can be read, and links lead from one to the other.
pub async fn opens_as_a_folder(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    // Modules do not load from files, which browsers say aloud.
    stage.expect_complaints();
    let folder = site::demo()?.folder().to_owned();
    let front = url::Url::from_file_path(folder.join("index.html"))
        .ok()
        .context("no address")?;
    browser.goto(front.as_str()).await?;
    let look = "return [document.title, document.querySelectorAll('.op-card').length > 5, getComputedStyle(document.querySelector('.op-card')).display];";
    let seen = browser.run(look).await?;
    ensure!(seen[1] == true && seen[2] != "block", "{seen}");
    browser
        .run("document.querySelector('.op-card-title a').click();")
        .await?;
    let is_there =
        "document.querySelector('.op-article') && location.pathname.endsWith('/index.html')";
    let waited = browser.wait_until(is_there).await;
    ensure!(
        waited.is_ok() || browser.engine == Engine::WebKit,
        "the link did not lead to the article"
    );
    Ok(())
}
