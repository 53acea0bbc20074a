//! What is kept goes, does not fit, is damaged, or may not be kept at all.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::server::Source;
use xtask::system::Engine;

use super::edition::{Edition, GONE, KEPT, NIGHT, SAME, numbered};
use super::sampled;
use super::scene::{Model, Scene};
use crate::cases::offline_ui::{KEEP, open, press};
use crate::cases::steps::mentions;
use crate::site::ROOT;
use crate::stage::Stage;

/// Stands before the worker: the store is full after so many writes, until it is told otherwise.
const FULL: &str = "
{
  const put = Cache.prototype.put;
  let left = LEFT;
  Cache.prototype.put = function (...what) {
    if (left <= 0) return Promise.reject(new DOMException('injected', 'QuotaExceededError'));
    left -= 1;
    return put.apply(this, what);
  };
  addEventListener('message', ({ data, ports: [port] }) => {
    if (data?.kind !== 'test-left') return;
    left = data.left;
    port.postMessage({ kind: 'done' });
  });
}
";

fn worker(edition: &Edition, before: &str) -> Result<Source> {
    let script = std::fs::read_to_string(edition.site.folder().join("sw.js"))?;
    Ok(Source::bytes(format!("{before}{script}")))
}

/// The store is full at each of the writes of an install, of saving and of an update; what is saved stays.
pub async fn full(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let (first, second) = (numbered(1)?, numbered(2)?);
    let n = first.fetched().len();
    for left in sampled(stage.browser.engine, (0..n).collect(), 1) {
        let scope = scene.scope(&first);
        let full = FULL.replace("LEFT", &left.to_string());
        scene
            .server
            .put(&format!("{scope}sw.js"), worker(&first, &full)?);
        let state = scene.install(&scope).await?;
        ensure!(state != "activated", "installed with {left} writes");
        scene.check(&scope, &Model::default()).await?;
        scene.server.remove(&format!("{scope}sw.js"));
        ensure!(scene.install(&scope).await? == "activated");
        scene.check(&scope, &Model::of(&first, &[])).await?;
        scene.count();
    }
    let save = json!({ "kind": "save", "names": [KEPT] });
    let update = json!({ "kind": "update" });
    for (message, n) in [(save, 6), (update, 24)] {
        for left in sampled(stage.browser.engine, (0..n).collect::<Vec<usize>>(), 1) {
            let scope = scene.scope(&first);
            let endless = FULL.replace("LEFT", "Infinity");
            scene
                .server
                .put(&format!("{scope}sw.js"), worker(&first, &endless)?);
            ensure!(scene.install(&scope).await? == "activated");
            scene
                .done(&scope, json!({ "kind": "save", "names": [SAME] }))
                .await?;
            scene.deploy(
                &scope,
                if message["kind"] == "update" {
                    &second
                } else {
                    &first
                },
            );
            scene
                .done(&scope, json!({ "kind": "test-left", "left": left }))
                .await?;
            let answer = scene.ask(&scope, message.clone()).await?;
            ensure!(
                answer["kind"] == "done" || answer["code"] == "quota",
                "{left} writes left: {answer}"
            );
            let has_saved = message["kind"] == "save" && answer["kind"] == "done";
            let saved: &[&str] = if has_saved { &[KEPT, SAME] } else { &[SAME] };
            let model = match message["kind"] == "update" {
                true => Model::of(&first, saved).or(&second),
                false => Model::of(&first, saved),
            };
            let what = format!("{message} with {left} writes: {answer}");
            scene.check(&scope, &model).await.context(what)?;
            scene
                .done(&scope, json!({ "kind": "test-left", "left": 1_000_000 }))
                .await?;
            scene.done(&scope, message.clone()).await?;
            let model = match message["kind"] == "update" {
                true => Model::of(&second, &[SAME]).or(&first),
                false => Model::of(&first, &[KEPT, SAME]),
            };
            scene.check(&scope, &model).await?;
            scene.count();
        }
    }
    scene.tell("writes into a full store");
    Ok(())
}

/// The browser itself has no more room: what was saved before stays, it is said why no more is, and it goes on once there is room.
pub async fn full_by_the_browsers_own_word(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    if browser.engine != Engine::Chromium {
        println!(
            "    {}: the driver cannot set what the browser allows",
            browser.engine.name()
        );
        return Ok(());
    }
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    scene.deploy(ROOT, &first);
    ensure!(scene.install(ROOT).await? == "activated");
    scene
        .done(ROOT, json!({ "kind": "save", "names": [SAME] }))
        .await?;
    let origin = stage.server.url();
    // What nobody has asked for makes room for the next article at first.
    let mut saved = vec![SAME];
    let refused = loop {
        let mut left = [KEPT, GONE, NIGHT].into_iter();
        let next = left.find(|name| !saved.contains(name));
        let next = next.context("there is no end to the room")?;
        let used = scene.call(USED, Vec::new()).await?;
        browser
            .devtools(
                "Storage.overrideQuotaForOrigin",
                json!({ "origin": origin, "quotaSize": used }),
            )
            .await?;
        let answer = scene
            .ask(ROOT, json!({ "kind": "save", "names": [next] }))
            .await?;
        if answer["kind"] != "done" {
            ensure!(answer["code"] == "quota", "{answer}");
            break next;
        }
        saved.push(next);
    };
    scene.check(ROOT, &Model::of(&first, &saved)).await?;
    scene.count();
    open(stage, &format!("{refused}/")).await?;
    mentions(browser, KEEP, &["To read offline: "]).await?;
    press(stage, "Save").await?;
    mentions(
        browser,
        KEEP,
        &["There is no room left on this device. What was saved before is still here."],
    )
    .await?;
    browser
        .devtools(
            "Storage.overrideQuotaForOrigin",
            json!({ "origin": origin }),
        )
        .await?;
    press(stage, "Try again").await?;
    mentions(browser, KEEP, &["verified"]).await?;
    saved.push(refused);
    scene.look().await?;
    scene.check(ROOT, &Model::of(&first, &saved)).await?;
    scene.count();
    scene.tell("saving where the browser allows no more");
    Ok(())
}

/// What the browser says that the site uses.
const USED: &str = "(await navigator.storage.estimate()).usage";

/// Runs in the page: changes what the store has under addresses with this in them.
const DAMAGE: &str = "(async () => {
    const [scope, part, how] = given;
    const cache = await caches.open('offprint:/' + scope);
    let n = 0;
    for (const request of await cache.keys()) {
        if (!request.url.includes('/.offprint/' + part) || request.url.endsWith('-before')) continue;
        n += 1;
        if (how === 'gone') await cache.delete(request);
        else await cache.put(request, new Response(how));
    }
    return n;
})()";

/// An entry of the store is not what it was: with a network it comes again, without one it is missed and said so.
pub async fn damaged(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    let picture = first.files(KEPT)?;
    ensure!(
        picture
            .iter()
            .any(|(path, _)| path.starts_with("images/") || path.contains(".svg")),
        "no picture: {picture:?}"
    );
    for how in sampled(stage.browser.engine, vec!["gone", "other bytes", ""], 1) {
        let scope = scene.installed(&first, &[KEPT]).await?;
        let n = scene
            .call(DAMAGE, vec![json!(scope), json!("file/"), json!(how)])
            .await?;
        ensure!(n.as_u64() > Some(10), "little is damaged: {n}");
        // Without a network nothing claims to be there.
        scene.server.stop();
        let states = scene
            .done(&scope, json!({ "kind": "state", "names": [KEPT] }))
            .await?;
        let state = &states["states"][KEPT];
        ensure!(state["here"] == 0, "{how}: {state}");
        ensure!(
            state["missing"]
                .as_array()
                .is_some_and(|all| all.len() == picture.len()),
            "{how}: {state}"
        );
        scene.server.start_again()?;
        // With one it is fetched again as it is asked for, and by saving again.
        scene
            .check_pages(&scope, &first, &[KEPT])
            .await
            .context("again")?;
        scene
            .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
            .await?;
        scene
            .check_pages(&scope, &first, &[KEPT])
            .await
            .context("saved again")?;
        scene
            .check(&scope, &Model::of(&first, &[KEPT]))
            .await
            .context(how)?;
        scene.count();
    }
    // Lists that cannot be read.
    let parts = ["current", "version/", "pin/", "check", "saved"];
    let ways = |part| ["gone", "no JSON"].map(|how| (part, how));
    let lists = parts.into_iter().flat_map(ways).collect();
    for (part, how) in sampled(stage.browser.engine, lists, 4) {
        let scope = scene.installed(&first, &[KEPT]).await?;
        scene
            .call(DAMAGE, vec![json!(scope), json!(part), json!(how)])
            .await?;
        // A worker knows what it has read: it ends, as workers do, before it sees that.
        scene.browser.stop_workers().await?;
        scene
            .done(&scope, json!({ "kind": "update" }))
            .await
            .context(part)?;
        scene
            .check(&scope, &Model::of(&first, &[KEPT]))
            .await
            .with_context(|| format!("{part} {how}"))?;
        scene.count();
    }
    scene.tell("damaged stores");
    Ok(())
}

/// The data of the site are cleared while a tab is open: the tab goes on with the network, and says what is lost.
pub async fn cleared(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    let scope = scene.installed(&first, &[KEPT]).await?;
    let open = "(async () => { const frame = await offline.open('/' + given[0]); await caches.delete('offprint:/' + given[0]); const response = await frame.contentWindow.fetch('/' + given[0] + 'data/edition.json'); frame.remove(); return response.status; })()";
    let status = scene.call(open, vec![json!(scope)]).await?;
    ensure!(status == 200, "the tab does not go on: {status}");
    let list = scene.done(&scope, json!({ "kind": "list" })).await?;
    ensure!(
        list["records"] == json!([]),
        "saved, without a store: {list}"
    );
    let states = scene
        .done(&scope, json!({ "kind": "state", "names": [KEPT] }))
        .await?;
    ensure!(states["states"] == json!({}), "{states}");
    scene.done(&scope, json!({ "kind": "update" })).await?;
    scene
        .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
        .await?;
    scene.check(&scope, &Model::of(&first, &[KEPT])).await?;
    scene.count();
    scene.tell("data cleared under a tab");
    Ok(())
}

/// The browser keeps nothing for this site: pages are as without a worker, and it is said why nothing is saved.
pub async fn denied(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    let deny = "let isDenied = false; const open = CacheStorage.prototype.open;
        CacheStorage.prototype.open = function (...what) { return isDenied ? Promise.reject(new DOMException('injected', 'SecurityError')) : open.apply(this, what); };
        addEventListener('message', ({ data, ports: [port] }) => { if (data?.kind === 'test-deny') { isDenied = data.isDenied; port.postMessage({ kind: 'done' }); } });";
    let scope = scene.scope(&first);
    scene.server.put(
        &format!("{scope}sw.js"),
        worker(&first, &format!("{{ {deny} }}\n"))?,
    );
    ensure!(scene.install(&scope).await? == "activated");
    scene
        .done(&scope, json!({ "kind": "save", "names": [SAME] }))
        .await?;
    scene
        .done(&scope, json!({ "kind": "test-deny", "isDenied": true }))
        .await?;
    let pages = scene.check_pages(&scope, &first, &[KEPT]).await;
    pages.context("nothing may be kept, and the network is there")?;
    let answer = scene
        .ask(&scope, json!({ "kind": "save", "names": [KEPT] }))
        .await?;
    ensure!(answer["code"] == "denied", "{answer}");
    scene
        .done(&scope, json!({ "kind": "test-deny", "isDenied": false }))
        .await?;
    scene.check(&scope, &Model::of(&first, &[SAME])).await?;
    scene.count();
    scene.tell("storage denied");
    Ok(())
}

/// The clock stands wrong by years: what is here opens, and an update is looked for all the same.
pub async fn another_clock(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let (first, second) = (numbered(1)?, numbered(2)?);
    for years in sampled(stage.browser.engine, vec![-30, 30], 1) {
        let scope = scene.scope(&first);
        let clock = format!(
            "{{ const now = Date.now; Date.now = () => now() + {years} * 365 * 86_400_000; }}\n"
        );
        scene
            .server
            .put(&format!("{scope}sw.js"), worker(&first, &clock)?);
        ensure!(scene.install(&scope).await? == "activated");
        scene
            .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
            .await?;
        scene.check(&scope, &Model::of(&first, &[KEPT])).await?;
        // The clock is set right.
        scene.server.remove(&format!("{scope}sw.js"));
        scene
            .call("offline.renew('/' + given[0])", vec![json!(scope)])
            .await?;
        scene.deploy(&scope, &second);
        scene.done(&scope, json!({ "kind": "update" })).await?;
        scene.check(&scope, &Model::of(&second, &[KEPT])).await?;
        scene.count();
    }
    scene.tell("clocks that stand wrong");
    Ok(())
}
