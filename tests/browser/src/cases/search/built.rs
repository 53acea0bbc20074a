//! The search of a built site: it answers as that of a collection does, fetches little, and says what is wrong with its files.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::server::{Fault, Source};
use xtask::workspace;

use crate::browser::Browser;
use crate::cases::shared_out;
use crate::cases::site::{come, open_taken};
use crate::cases::steps::{TITLES, answered, becomes, clear, mentions, open_list, search};
use crate::site::{self, ROOT, Site};
use crate::stage::Stage;

/// What both are asked.
const QUERIES: [&str; 9] = [
    "tides",
    "light",
    "l",
    "lighthuose",
    "the history of the sea",
    "\"the sea\"",
    "sea -tides",
    "category:science moon",
    "history sort:date",
];

/// What is said of a query: how many there are, and the first titles with what is marked in them, as many as any screen shows.
const SEEN: &str = "[text('.op-count'), all('.op-card-title').slice(0, 6).map((title) => [...title.querySelector('a').childNodes].map((part) => `${part.nodeName} ${part.textContent}`))]";

/// The same answers, in the same order, as over the collection; whatever was asked before.
pub async fn answers_as_the_collection_does(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_list(stage, "").await?;
    let queries = shared_out(browser.engine, QUERIES);
    let mut expected = Vec::new();
    for query in &queries {
        anew(stage, query).await?;
        browser.wait_until(&settled(query)).await?;
        expected.push(browser.run(&format!("return {SEEN};")).await?);
    }
    open_taken(stage, "").await?;
    for (query, expect) in queries.iter().zip(expected).rev() {
        anew(stage, query).await?;
        browser.wait_until(&settled(query)).await?;
        becomes(browser, SEEN, expect)
            .await
            .with_context(|| format!("{query:?}"))?;
    }
    Ok(())
}

/// Searches for other words than before.
async fn anew(stage: &Stage<'_>, query: &str) -> Result<()> {
    stage.browser.click("#op-search").await?;
    clear(stage.browser).await?;
    search(stage.browser, query).await
}

/// Whether the answer is that to this query, and its first results are all here.
fn settled(query: &str) -> String {
    format!(
        "document.title.includes({}) && find('[aria-busy=\"false\"] .op-card') && all('.op-card').slice(0, 6).every((card) => card.querySelector('.op-card-title'))",
        json!(query)
    )
}

/// A first query fetches parts of the index and the results in view, and not the cards and texts of all articles.
pub async fn fetches_little(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_taken(stage, "").await?;
    stage.server.clear_requests();
    search(browser, "lighthouse").await?;
    browser.wait_until(&settled("lighthouse")).await?;
    let requests = stage.server.requests();
    let data: Vec<_> = requests
        .iter()
        .filter(|request| request.path.contains("/data/"))
        .collect();
    let n_bytes: u64 = data.iter().map(|request| request.n_bytes).sum();
    let paths: Vec<&str> = data.iter().map(|request| &*request.path).collect();
    // Uncompressed, for sixteen articles: nearly all that is fetched are the words of the one shard that they fill.
    ensure!(n_bytes < 160_000, "{n_bytes} bytes: {paths:?}");
    for never in ["offprint-index", "offprint-articles", "edition.json"] {
        let is_asked = requests.iter().any(|request| request.path.contains(never));
        ensure!(!is_asked, "{never} was fetched");
    }
    // Nobody has come to the categories, and which article has which is a file of its own.
    let n_counted =
        "all('#op-category option').filter((option) => /\\(\\d/.test(option.textContent)).length";
    becomes(browser, n_counted, json!(0)).await?;
    let n_twice = paths.len()
        - paths
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .len();
    ensure!(n_twice == 0, "fetched twice: {paths:?}");
    // What the next one has in common with it is here already.
    stage.server.clear_requests();
    anew(stage, "lighthouse keeper").await?;
    browser.wait_until(&settled("lighthouse keeper")).await?;
    let again = stage.server.requests();
    let again: Vec<&str> = again
        .iter()
        .map(|request| &*request.path)
        .filter(|path| paths.contains(path))
        .collect();
    ensure!(again.is_empty(), "fetched again: {again:?}");
    browser.run("find('#op-category').focus();").await?;
    browser
        .wait_until(&format!(
            "{n_counted} === all('#op-category option').length"
        ))
        .await
}

/// All at once: letters that come while it fails would begin again and again.
async fn ask_at_once(browser: &Browser) -> Result<()> {
    let script = "const field = find('#op-search');
        field.focus();
        field.value = 'tides';
        field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));";
    browser.run(script).await.map(|_| ())
}

/// What only the rows need takes nothing from an answer: its articles are shown as lists show them, and marked again once it is mended.
async fn answers_without_rows(
    stage: &Stage<'_>,
    what: &str,
    mend: impl Fn() -> Result<()>,
) -> Result<()> {
    let browser = stage.browser;
    stage.server.clear_requests();
    ask_at_once(browser).await?;
    browser
        .wait_until(&settled("tides"))
        .await
        .with_context(|| what.to_owned())?;
    becomes(browser, &format!("{TITLES}[0]"), json!("The clockwork sea")).await?;
    let seen = "[all('.op-card mark').length, Boolean(find('.op-empty'))]";
    becomes(browser, seen, json!([0, false]))
        .await
        .with_context(|| what.to_owned())?;
    let asked = stage.server.requests();
    for request in asked.iter().filter(|it| it.path.contains("/data/hits/")) {
        let n = asked.iter().filter(|it| it.path == request.path).count();
        ensure!(n <= 2, "{what}: {} was asked for {n} times", request.path);
    }
    mend()?;
    anew(stage, "tides").await?;
    browser
        .wait_until("find('.op-card mark')")
        .await
        .with_context(|| what.to_owned())
}

async fn says_and_recovers(
    stage: &Stage<'_>,
    what: &str,
    mend: impl Fn() -> Result<()>,
) -> Result<()> {
    let browser = stage.browser;
    stage.server.clear_requests();
    ask_at_once(browser).await?;
    mentions(
        browser,
        ".op-empty[role=alert]",
        &["The search could not be finished", "Try again"],
    )
    .await
    .with_context(|| what.to_owned())?;
    let asked = stage.server.requests();
    for request in asked.iter().filter(|it| it.path.contains("/data/search/")) {
        let n = asked.iter().filter(|it| it.path == request.path).count();
        ensure!(n <= 2, "{what}: {} was asked for {n} times", request.path);
    }
    let n_cards = browser.run("return all('.op-card').length;").await?;
    ensure!(
        n_cards == 0,
        "{what}: {n_cards} cards are shown all the same"
    );
    mend()?;
    browser.click(".op-empty .op-button").await?;
    answered(browser).await.with_context(|| what.to_owned())?;
    becomes(browser, &format!("{TITLES}[0]"), json!("The clockwork sea")).await
}

/// A file of the index that is cut short, missing, a page, or of another build: said, with a way to try again, and never "nothing
/// found". One of rows: all is found without.
pub async fn says_what_is_wrong_with_its_files(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let demo = site::demo()?;
    let other = site::changed("other-build", |edition| {
        edition["articles"][0]["title"] = json!("Of another build");
    })?;
    for (turn, folder) in ["data/search/", "data/hits/"].into_iter().enumerate() {
        let mut faults = [
            Some(Fault::Status(404)),
            Some(Fault::Status(500)),
            Some(Fault::Html),
            // The browser has it for good, and only asking past its cache helps.
            Some(Fault::KeptHtml),
            Some(Fault::Truncated(60)),
            Some(Fault::Broken(60)),
            None,
        ];
        // Of the two folders each browser has others.
        faults.rotate_left(turn);
        for fault in shared_out(stage.browser.engine, faults) {
            let what = format!("{folder} {fault:?}");
            open_taken(stage, "").await?;
            for path in demo.files(folder)? {
                let at = format!("{ROOT}{path}");
                match &fault {
                    Some(fault) => stage.server.set_fault(&at, fault.clone()),
                    None => stage
                        .server
                        .put(&at, Source::File(same_name(&demo, &other, &path)?)),
                }
            }
            let mend = || {
                stage.server.clear_faults();
                stage.put_site(&demo)
            };
            match turn {
                0 => says_and_recovers(stage, &what, mend).await?,
                _ => answers_without_rows(stage, &what, mend).await?,
            }
        }
    }
    Ok(())
}

/// The file of another build that stands where this one does: of the same name, in the folder of the same kind.
fn same_name(site: &Site, other: &Site, path: &str) -> Result<std::path::PathBuf> {
    let (folder, name) = path.rsplit_once('/').context("no folder")?;
    let (kind, _) = folder.rsplit_once('/').context("no folder")?;
    let own = site.files(kind)?;
    let others = other.files(kind)?;
    let found = others
        .iter()
        .find(|path| path.ends_with(&format!("/{name}")) && !own.contains(path));
    Ok(other
        .folder()
        .join(found.with_context(|| format!("no other {path}"))?))
}

/// The site is built anew while somebody searches: what the tab's own index had is gone, and the new one answers.
pub async fn a_new_edition_while_searching(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open_taken(stage, "").await?;
    search(browser, "serifs").await?;
    let after = site::changed("searched", |edition| {
        for article in edition["articles"].as_array_mut().into_iter().flatten() {
            let title = article["title"].as_str().unwrap_or_default();
            article["title"] = json!(format!("{title} (new)"));
        }
    })?;
    stage.take_site(&site::demo()?)?;
    stage.put_site(&after)?;
    anew(stage, "tides").await?;
    becomes(
        browser,
        &format!("{TITLES}[0]"),
        json!("The clockwork sea (new)"),
    )
    .await?;
    becomes(browser, "find('#op-search').value", json!("tides")).await?;
    // The browser's own word that a file was not there.
    stage.expect_complaints();
    Ok(())
}

/// A server that gives other bytes than the range that was asked for: told apart, and said.
pub async fn ranges_that_are_not_those_asked_for(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let packs = site::packs()?;
    let browser = stage.browser;
    stage.put_site(&packs)?;
    stage.open(ROOT).await?;
    come(stage).await?;
    browser
        .wait_until("!find('.op-root[data-op-edition]') && Boolean(find('.op-root .op-page'))")
        .await?;
    for path in packs.files("data/")? {
        if path.ends_with(".pack") {
            stage
                .server
                .set_fault(&format!("{ROOT}{path}"), Fault::Shifted(4));
        }
    }
    says_and_recovers(stage, "shifted by four bytes", || {
        stage.server.clear_faults();
        Ok(())
    })
    .await?;
    let asked = stage.server.requests();
    let has_range = asked
        .iter()
        .any(|request| request.path.ends_with(".pack") && request.status == 206);
    ensure!(has_range, "nothing was asked for by its range");
    Ok(())
}

/// Where a policy refuses workers the search runs on the page, of a collection and of a site.
pub async fn runs_on_the_page_where_workers_are_refused(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let browser = stage.browser;
    let refused = |html: &str| -> Result<String> {
        ensure!(
            html.contains("worker-src 'self'"),
            "the policy names no workers"
        );
        Ok(html.replace("worker-src 'self'", "worker-src 'none'"))
    };
    let html = std::fs::read_to_string(workspace::dist_dir().join("index.html"))?;
    stage.put_page("index.html", &refused(&html)?)?;
    open_list(stage, "").await?;
    is_found(stage).await.context("a collection")?;

    let demo = site::demo()?;
    stage.put_site(&demo)?;
    let html = std::fs::read_to_string(demo.folder().join("index.html"))?;
    stage.put_page(&format!("{ROOT}index.html"), &refused(&html)?)?;
    stage.open(ROOT).await?;
    come(stage).await?;
    browser
        .wait_until("!find('.op-root[data-op-edition]') && Boolean(find('.op-root .op-page'))")
        .await?;
    is_found(stage).await.context("a site")
}

async fn is_found(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    search(browser, "lighthouse").await?;
    becomes(browser, "all('.op-card mark').length > 0", json!(true)).await?;
    let is_refused: Value = browser
        .run("return complaints.some((complaint) => complaint.includes('worker-src'));")
        .await?;
    ensure!(is_refused == true, "no policy has refused anything");
    Ok(())
}
