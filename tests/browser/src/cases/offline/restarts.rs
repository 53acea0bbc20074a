//! Browsers that are restarted, and workers that are ended, with the server away.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::server::{Fault, Source};
use xtask::workspace;

use super::edition::{KEPT, SAME, numbered};
use super::network::arrived;
use super::sampled;
use super::scene::{Model, Scene};
use crate::browser::Browser;
use crate::stage::Stage;

/// An empty folder for a browser's profile.
fn profile(stage: &Stage<'_>, name: &str) -> Result<PathBuf> {
    let engine = stage.browser.engine.name();
    let folder = workspace::target_dir()
        .join("profiles")
        .join(format!("{engine}-{name}"));
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the profile of another run stays")?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Browser and server are ended; the browser is started anew, and every kind of address opens.
pub async fn cold_start(stage: &Stage<'_>) -> Result<()> {
    let engine = stage.browser.engine;
    let profile = profile(stage, "cold")?;
    let first = numbered(1)?;
    let browser = Browser::start_with(engine, Some(&profile)).await?;
    let scene = Scene::in_browser(stage, &browser).await?;
    let scope = scene.installed(&first, &[KEPT, SAME]).await?;
    scene
        .check(&scope, &Model::of(&first, &[KEPT, SAME]))
        .await?;
    browser.close().await;
    stage.server.stop();
    let browser = Browser::start_with(engine, Some(&profile)).await?;
    let title = first.own_title()?;
    let kinds = [
        ("", title.clone()),
        ("?q=lighthouse", title),
        (&format!("{KEPT}/"), first.title(KEPT)?),
        (&format!("{SAME}/index.html"), first.title(SAME)?),
        (&format!("{SAME}/?from=elsewhere#top"), first.title(SAME)?),
        ("saved/", "Saved".to_owned()),
        ("article/none-of-this-name/", "ffline".to_owned()),
    ];
    let n = kinds.len();
    for (path, title) in kinds {
        let url = format!("{}{scope}{path}", stage.server.url());
        browser
            .goto(&url)
            .await
            .with_context(|| format!("{path} does not open"))?;
        let seen = browser.text("document.title").await?;
        ensure!(
            seen.contains(&title),
            "{path}: its title is {seen}, not {title}"
        );
    }
    // The pictures of an article are really drawn.
    let url = format!("{}{scope}{KEPT}/", stage.server.url());
    browser.goto(&url).await?;
    browser.wait_until("[...document.images].length && [...document.images].every((image) => image.loading === 'lazy' || (image.complete && image.naturalWidth > 0))").await?;
    browser.screenshot("offline-cold-start").await?;
    stage.server.start_again()?;
    let scene = Scene::in_browser(stage, &browser).await?;
    scene
        .check(&scope, &Model::of(&first, &[KEPT, SAME]))
        .await?;
    browser.close().await;
    println!(
        "    {}: {n} addresses opened after a cold start without a server",
        engine.name()
    );
    fs::remove_dir_all(&profile).context("the profile stays")
}

/// The power is cut while an edition is installed, saved, updated: all that was promised before is there.
pub async fn power_cut(stage: &Stage<'_>) -> Result<()> {
    let engine = stage.browser.engine;
    let (first, second) = (numbered(1)?, numbered(2)?);
    let profile = profile(stage, "cut")?;
    let mut browser = Browser::start_with(engine, Some(&profile)).await?;
    let cuts = vec![
        ("save", format!("{KEPT}/article.json")),
        ("update", format!("data/{}.json", second.version)),
        ("install", String::new()),
    ];
    let cuts = sampled(engine, cuts, 1);
    let n = cuts.len();
    for (act, held) in cuts {
        let scene = Scene::in_browser(stage, &browser).await?;
        // The counter of scopes begins anew with each browser.
        let scope = format!("{act}/");
        scene.deploy(&scope, &first);
        if act != "install" {
            ensure!(scene.install(&scope).await? == "activated");
            scene
                .done(&scope, json!({ "kind": "save", "names": [SAME] }))
                .await?;
        }
        if act == "update" {
            scene.deploy(&scope, &second);
        }
        let held = format!("{scope}{held}");
        stage.server.clear_requests();
        stage.server.set_fault(&held, Fault::Held);
        let expression = match act {
            "install" => "offline.install(SCOPE)".to_owned(),
            "save" => format!(
                "offline.ask(SCOPE, {})",
                json!({ "kind": "save", "names": [KEPT] })
            ),
            _ => format!("offline.ask(SCOPE, {})", json!({ "kind": "update" })),
        };
        scene.begin("act", &expression, &scope).await?;
        arrived(&scene, &held).await?;
        browser.kill();
        stage.server.clear_faults();
        browser = Browser::start_with(engine, Some(&profile)).await?;
        let scene = Scene::in_browser(stage, &browser).await?;
        if act != "install" {
            scene
                .check(&scope, &Model::of(&first, &[SAME]))
                .await
                .context(act)?;
        }
        let model = match act {
            "install" => {
                ensure!(
                    scene.install(&scope).await? == "activated",
                    "not installed after the cut"
                );
                Model::of(&first, &[])
            }
            "save" => {
                scene
                    .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
                    .await?;
                Model::of(&first, &[KEPT, SAME])
            }
            _ => {
                scene.done(&scope, json!({ "kind": "update" })).await?;
                Model::of(&second, &[SAME])
            }
        };
        scene
            .check(&scope, &model)
            .await
            .with_context(|| format!("{act}, again"))?;
    }
    browser.close().await;
    println!("    {}: {n} faults: power cuts", engine.name());
    fs::remove_dir_all(&profile).context("the profile stays")
}

/// The worker is ended in the middle of what it does.
pub async fn ended_workers(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let (first, second) = (numbered(1)?, numbered(2)?);
    if !scene.browser.stop_workers().await? {
        println!(
            "    {}: workers cannot be ended",
            scene.browser.engine.name()
        );
        return Ok(());
    }
    let front = String::new();
    for (act, held) in [
        ("install", &front),
        ("save", &format!("{KEPT}/article.json")),
        ("update", &format!("data/{}.json", second.version)),
        ("fetch", &format!("{KEPT}/article.json")),
    ] {
        let scope = match act {
            "install" => scene.scope(&first),
            _ => scene.installed(&first, &[SAME]).await?,
        };
        if act == "update" {
            scene.deploy(&scope, &second);
        }
        let held = format!("{scope}{held}");
        scene.server.clear_requests();
        scene.server.set_fault(&held, Fault::Held);
        let expression = match act {
            "install" => "offline.install(SCOPE)".to_owned(),
            "save" => format!(
                "offline.ask(SCOPE, {})",
                json!({ "kind": "save", "names": [KEPT] })
            ),
            "update" => format!("offline.ask(SCOPE, {})", json!({ "kind": "update" })),
            _ => format!(
                "offline.open(SCOPE).then((frame) => frame.contentWindow.fetch(SCOPE + {}))",
                json!(format!("{KEPT}/article.json"))
            ),
        };
        scene.begin("act", &expression, &scope).await?;
        arrived(&scene, &held).await?;
        scene.browser.stop_workers().await?;
        scene.server.clear_faults();
        if act == "install" {
            // It may have been begun again by itself.
            ensure!(scene.install(&scope).await? == "activated");
        }
        let before = match act {
            "install" => Model::of(&first, &[]),
            "save" => Model::of(&first, &[SAME]),
            _ => Model::of(&first, &[SAME]).or(&second),
        };
        scene.check(&scope, &before).await.context(act)?;
        scene
            .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
            .await?;
        let after = match act {
            "install" => Model::of(&first, &[KEPT]),
            _ => Model::of(&first, &[KEPT, SAME]).or(&second),
        };
        scene
            .check(&scope, &after)
            .await
            .with_context(|| format!("{act}, again"))?;
        scene.count();
    }
    scene.tell("workers ended at work");
    Ok(())
}

/// Stand before the worker: it waits for an answer before it does anything to be activated, or before the last of it.
const HELD_ACTIVATIONS: [&str; 2] = [
    "addEventListener('activate', (event) => { event.stopImmediatePropagation(); event.waitUntil(fetch('held')); });\n",
    "const claim = Clients.prototype.claim; Clients.prototype.claim = function () { return fetch('held').then(() => claim.call(this)); };\n",
];

/// The worker is ended while it is activated: the first of a scope, and one that takes another's place.
pub async fn ended_while_activated(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let browser = scene.browser;
    if !browser.stop_workers().await? {
        println!("    {}: workers cannot be ended", browser.engine.name());
        return Ok(());
    }
    let first = numbered(1)?;
    let script = fs::read_to_string(first.site.folder().join("sw.js"))?;
    let acts = ["install", "renew"];
    let all = acts
        .iter()
        .flat_map(|act| HELD_ACTIVATIONS.map(|before| (*act, before)));
    for (act, before) in sampled(browser.engine, all.collect(), 2) {
        let is_first = act == "install";
        let (scope, saved) = match is_first {
            true => (scene.scope(&first), Vec::new()),
            false => (scene.installed(&first, &[SAME]).await?, vec![SAME]),
        };
        let worker = Source::bytes(format!("{before}{script}"));
        scene.server.put(&format!("{scope}sw.js"), worker);
        let held = format!("{scope}held");
        scene.server.set_fault(&held, Fault::Held);
        let expression = format!("offline.{act}(SCOPE)");
        scene.begin("act", &expression, &scope).await?;
        arrived(&scene, &held).await?;
        browser.stop_workers().await?;
        // It has not been answered.
        ensure!(scene.begun("act").await? == "activated", "{act}");
        scene.server.clear_faults();
        scene
            .check(&scope, &Model::of(&first, &saved))
            .await
            .with_context(|| format!("{act}, {before}"))?;
        scene
            .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
            .await?;
        let saved: Vec<&'static str> = saved.into_iter().chain([KEPT]).collect();
        scene
            .check(&scope, &Model::of(&first, &saved))
            .await
            .with_context(|| format!("{act}, {before}, again"))?;
        scene.count();
    }
    scene.tell("workers ended while they were activated");
    Ok(())
}
