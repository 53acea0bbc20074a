//! New editions come while somebody reads, searches and saves; old ones come back; the worker is taken out.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::server::{Fault, Source};
use xtask::system::Engine;

use super::edition::{Edition, GONE, KEPT, SAME, in_packs, numbered};
use super::network::arrived;
use super::reader::taken_over;
use super::sampled;
use super::scene::{Model, Scene};
use crate::cases::offline_ui::HOOKS;
use crate::cases::steps::{answered, becomes, mentions};
use crate::stage::Stage;

/// Three deploys in a row, then the first edition again; what an edition has not any more stays as it was saved.
pub async fn one_after_another(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let editions = [numbered(1)?, numbered(2)?, numbered(3)?];
    let scope = scene.installed(&editions[0], &[KEPT, SAME, GONE]).await?;
    scene
        .check(&scope, &Model::of(&editions[0], &[KEPT, SAME, GONE]))
        .await?;
    for number in [1, 2, 0, 2, 1] {
        scene.deploy(&scope, &editions[number]);
        let answer = scene.done(&scope, json!({ "kind": "update" })).await?;
        ensure!(answer["isNew"] == true, "{answer}");
        let mut model = Model::of(&editions[number], &[KEPT, SAME]);
        let of_gone: Vec<&Edition> = match number {
            2 => editions.iter().take(2).collect(),
            _ => vec![&editions[number]],
        };
        model.saved.insert(GONE, of_gone);
        scene
            .check(&scope, &model)
            .await
            .with_context(|| format!("edition {}", number + 1))?;
        scene.count();
    }
    // Three at once: those between were never seen.
    for edition in &editions {
        scene.deploy(&scope, edition);
    }
    scene.done(&scope, json!({ "kind": "update" })).await?;
    let mut model = Model::of(&editions[2], &[KEPT, SAME]);
    model.saved.insert(GONE, editions.iter().take(2).collect());
    scene.check(&scope, &model).await?;
    scene.count();
    scene.tell("deploys and downgrades");
    Ok(())
}

/// What a tab must go on with: the files of its edition, asked for from it.
const OF_TAB: &str = "
    const answer = arguments[arguments.length - 1];
    const digest = async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const [scope, files] = arguments;
    Promise.all(files.map(async ([path, expected]) => {
        const response = await fetch('/' + scope + path);
        return (await digest(await response.arrayBuffer())) === expected ? [] : [path];
    })).then((all) => answer(all.flat()), (error) => answer(String(error)));";

/// Two tabs, of two editions: each goes on with its own, without a network too.
pub async fn two_tabs(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let browser = scene.browser;
    let (first, second) = (numbered(1)?, numbered(2)?);
    let scope = scene.installed(&first, &[KEPT]).await?;
    let url = format!("{}{scope}", scene.server.url());
    let has = |edition: &Edition, files: Value| {
        let script = OF_TAB;
        let arguments = vec![json!(scope), files];
        let version = edition.version.clone();
        async move {
            let wrong = browser.run_async(script, arguments).await?;
            ensure!(
                wrong == json!([]),
                "a tab of {version} has other files: {wrong}"
            );
            anyhow::Ok(())
        }
    };
    let probe = browser.open_tab().await?;
    browser.goto(&url).await?;
    has(&first, json!(first.app()?)).await?;
    let old = browser.go_to_tab(probe.clone()).await?;
    scene.deploy(&scope, &second);
    scene.done(&scope, json!({ "kind": "update" })).await?;
    browser.open_tab().await?;
    browser.goto(&url).await?;
    has(&second, json!(second.app()?))
        .await
        .context("the new tab")?;
    let new = browser.go_to_tab(old.clone()).await?;
    has(&first, json!(first.app()?))
        .await
        .context("the old tab")?;
    scene.server.stop();
    has(&first, json!(first.app()?))
        .await
        .context("the old tab, offline")?;
    browser.go_to_tab(new.clone()).await?;
    has(&second, json!(second.app()?))
        .await
        .context("the new tab, offline")?;
    browser.go_to_tab(old.clone()).await?;
    if browser.stop_workers().await? {
        has(&first, json!(first.app()?))
            .await
            .context("the old tab, of a new worker")?;
    }
    // Loaded anew, as by its address: what Firefox's driver does to refresh a tab passes workers by.
    let url = browser.text("location.href").await?;
    browser.goto("about:blank").await?;
    browser.goto(&url).await?;
    has(&second, json!(second.app()?))
        .await
        .context("the old tab, loaded anew")?;
    scene.server.start_again()?;
    browser.close_tab(new).await?;
    browser.close_tab(probe).await?;
    scene.check(&scope, &Model::of(&second, &[KEPT])).await?;
    scene.count();
    scene.tell("two tabs of two editions");
    Ok(())
}

/// An edition is deployed while an article of the one before is being saved, and while the search of it is.
pub async fn deployed_while_saving(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let (first, second) = (numbered(1)?, numbered(2)?);
    for (path, _) in sampled(stage.browser.engine, first.files(KEPT)?, 2) {
        let scope = scene.installed(&first, &[]).await?;
        let held = format!("{scope}{}", path.split('#').next().unwrap_or_default());
        scene.server.set_fault(&held, Fault::Held);
        let save = format!(
            "offline.ask(SCOPE, {})",
            json!({ "kind": "save", "names": [KEPT] })
        );
        scene.begin("save", &save, &scope).await?;
        arrived(&scene, &held).await?;
        scene.deploy(&scope, &second);
        scene.server.clear_faults();
        let saved = scene.begun("save").await?;
        let model = match saved["kind"] == "done" {
            true => Model::of(&first, &[KEPT]),
            false => Model::of(&first, &[]),
        };
        scene
            .check(&scope, &model)
            .await
            .with_context(|| format!("{path}: {saved}"))?;
        scene.done(&scope, json!({ "kind": "update" })).await?;
        scene
            .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
            .await?;
        scene.check(&scope, &Model::of(&second, &[KEPT])).await?;
        scene.count();
    }
    scene.tell("deploys while saving");
    Ok(())
}

/// Of which editions the words are that the results show.
const WORDS_FOUND: &str =
    "all('.op-card').flatMap((card) => card.innerText.match(/words of edition \\d/g) ?? []).join()";

/// Searches in the tab that is shown, and holds the answer against what its edition has.
async fn answers_of(stage: &Stage<'_>, number: usize, query: &str) -> Result<()> {
    let browser = stage.browser;
    browser.run(HOOKS).await?;
    // No tab but the one in front has a place to be clicked at.
    let typed = "const field = find('#op-search'); field.value = arguments[0]; field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    browser.run_with(typed, vec![json!(query)]).await?;
    answered(browser).await?;
    let words = format!("words of edition {number}");
    becomes(browser, WORDS_FOUND, json!(words)).await?;
    mentions(browser, ".op-masthead", &[&format!("Edition {number}")]).await
}

/// An edition is deployed while somebody searches, be the engine there already or not: each tab is answered of its own, with a network and without.
pub async fn deployed_while_searching(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let browser = scene.browser;
    let (first, second) = (numbered(1)?, numbered(2)?);
    for has_begun in sampled(browser.engine, vec![true, false], 1) {
        let scope = scene.installed(&first, &[]).await?;
        let probe = browser.open_tab().await?;
        stage.open(&scope).await?;
        taken_over(stage).await?;
        if has_begun {
            answers_of(stage, 1, "words").await?;
        }
        let old = browser.go_to_tab(probe.clone()).await?;
        scene.deploy(&scope, &second);
        scene.done(&scope, json!({ "kind": "update" })).await?;
        browser.open_tab().await?;
        stage.open(&scope).await?;
        taken_over(stage).await?;
        for (is_stopped, query) in [(false, "cymbals"), (true, "zithers")] {
            if is_stopped {
                scene.server.stop();
            }
            answers_of(stage, 2, query).await.context("the new tab")?;
            let new = browser.go_to_tab(old.clone()).await?;
            answers_of(stage, 1, query).await.context("the old tab")?;
            browser.go_to_tab(new).await?;
        }
        scene.server.start_again()?;
        browser.close_tab(old).await?;
        browser.close_tab(probe).await?;
        scene.check(&scope, &Model::of(&second, &[])).await?;
        scene.count();
    }
    scene.tell("deploys while searching");
    Ok(())
}

/// Sites below one another, one of them in packs: none knows of the others.
pub async fn on_one_origin(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let (first, second, packs) = (numbered(1)?, numbered(2)?, in_packs()?);
    let outer = scene.installed(&first, &[KEPT]).await?;
    let inner = format!("{outer}inner/folder/");
    scene.deploy(&inner, &packs);
    ensure!(scene.install(&inner).await? == "activated");
    scene.check(&inner, &Model::of(&packs, &[])).await?;
    scene.check(&outer, &Model::of(&first, &[KEPT])).await?;
    scene
        .done(&inner, json!({ "kind": "save", "names": [SAME] }))
        .await?;
    scene.deploy(&outer, &second);
    scene.deploy(&inner, &packs);
    scene.done(&outer, json!({ "kind": "update" })).await?;
    scene.check(&inner, &Model::of(&packs, &[SAME])).await?;
    scene.check(&outer, &Model::of(&second, &[KEPT])).await?;
    scene.count();
    scene.done(&outer, json!({ "kind": "forget" })).await?;
    scene.check(&inner, &Model::of(&packs, &[SAME])).await?;
    scene.count();
    scene.tell("editions on one origin");
    Ok(())
}

/// The site wants no worker any more: it goes, with all it kept but for what a person saved; and that is there when it comes back.
pub async fn taken_out(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    let scope = scene.installed(&first, &[KEPT]).await?;
    let leaving = std::fs::read_to_string(xtask::workspace::dist_dir().join("sw-off.js"))?;
    scene
        .server
        .put(&format!("{scope}sw.js"), Source::bytes(leaving));
    scene
        .call("offline.renew('/' + given[0])", vec![json!(scope)])
        .await?;
    let is_gone = "(async () => { while (await offline.registrationOf('/' + given[0])) await new Promise((next) => setTimeout(next)); return true; })()";
    scene.call(is_gone, vec![json!(scope)]).await?;
    scene.look().await?;
    let frame = scene.call(
        "(async () => { const frame = await offline.open('/' + given[0]); const title = frame.contentDocument.title; const is = Boolean(frame.contentWindow.navigator.serviceWorker.controller); frame.remove(); return [title, is]; })()",
        vec![json!(scope)],
    ).await?;
    ensure!(
        frame[0] == first.own_title()? && frame[1] == false,
        "{frame}"
    );
    if stage.browser.engine == Engine::WebKit {
        // It forgets what a worker has put into a cache when that worker is unregistered; docs/offline.md says so.
        println!("    WebKit keeps nothing of a worker that takes itself out");
        return Ok(());
    }
    scene.server.remove(&format!("{scope}sw.js"));
    ensure!(scene.install(&scope).await? == "activated");
    let list = scene.done(&scope, json!({ "kind": "list" })).await?;
    ensure!(
        list["records"][0]["name"] == KEPT,
        "what was saved is lost: {list}"
    );
    scene.check(&scope, &Model::of(&first, &[KEPT])).await?;
    scene.count();
    scene.tell("workers taken out");
    Ok(())
}

/// Two articles were saved of two editions that had other pictures of one name: each has its own.
pub async fn pictures_of_one_name(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    let names = [GONE, KEPT, SAME];
    let scope = scene.installed(&first, &names).await?;
    let change = r#"{
        const [scope, names] = given;
        const store = await caches.open(`offprint:/${scope}`);
        const of = (name) => `${location.origin}/${scope}.offprint/${name}`;
        const saved = await (await store.match(of("saved"))).json();
        const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const digests = [];
        for (const name of names) {
            const bytes = new TextEncoder().encode(name);
            const digest = await crypto.subtle.digest("SHA-256", bytes);
            let bits = [...new Uint8Array(digest).subarray(0, 10)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
            const hash = bits.replace(/.{5}/g, (five) => "abcdefghijklmnopqrstuvwxyz234567"[parseInt(five, 2)]);
            await store.put(of(`file/${hash}`), new Response(bytes, { headers: { "content-type": "image/png" } }));
            saved[name].files.push(["images/of-one-name.png", hash, bytes.length]);
            digests.push(hex(digest));
        }
        for (const name of ["saved", "saved-before"]) await store.put(of(name), new Response(JSON.stringify(saved)));
        return digests;
    }"#;
    let digests = scene.call(change, vec![json!(scope), json!(names)]).await?;
    // The worker reads what is saved anew once something is saved.
    scene
        .done(&scope, json!({ "kind": "remove", "names": ["search"] }))
        .await?;
    scene.server.stop();
    for (ix, name) in names.iter().enumerate() {
        let pages = json!([{ "path": format!("{name}/"), "title": first.title(name)?, "files": [["images/of-one-name.png", digests[ix]]] }]);
        let wrong = scene
            .call(
                "offline.wrongOf('/' + given[0], given[1])",
                vec![json!(scope), pages],
            )
            .await?;
        ensure!(wrong == json!([]), "{name}: {wrong}");
        scene.count();
    }
    scene.server.start_again()?;
    scene.tell("pictures of one name");
    Ok(())
}
