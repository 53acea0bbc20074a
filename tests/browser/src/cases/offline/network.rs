//! What arrives is cut, altered, replaced or never comes, while an edition is installed, saved and updated.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::server::{Fault, Source};

use super::edition::{Edition, KEPT, SAME, numbered};
use super::sampled;
use super::scene::{Model, Scene};
use crate::stage::Stage;

/// What is going on when something goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Act {
    /// The first visit.
    Install,
    /// An article is saved, another is already.
    Save,
    /// A second edition comes, two articles of the first are saved.
    Update,
}

const ACTS: [Act; 3] = [Act::Install, Act::Save, Act::Update];

/// What an act came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Came {
    Whole,
    /// An article that can be read, and says what it lacks.
    WithoutPictures,
    Not,
}

/// What goes wrong with which path of the scope, and with which of its requests.
type Wrong = (String, u64, Fault);

/// All that an act asks for, with lengths.
fn asked(act: Act, first: &Edition, second: &Edition) -> Result<Vec<(String, usize)>> {
    let has = first.fetched();
    Ok(match act {
        Act::Install => has,
        Act::Save => {
            let list = [(format!("{KEPT}/files.json"), 400)];
            let files = first.files(KEPT)?.into_iter().map(|(path, _)| (path, 1500));
            list.into_iter().chain(files).collect()
        }
        // What is of another name, or of the same name and not of a content.
        Act::Update => {
            let list = [(format!("{KEPT}/files.json"), 400)];
            let pages = second.fetched().into_iter();
            let is_new =
                |file: &(String, usize)| !has.contains(file) || file.0 == "data/edition.json";
            list.into_iter().chain(pages.filter(is_new)).collect()
        }
    })
}

/// One fault during one act: before, after, and once more without it.
async fn go_through(scene: &Scene<'_>, act: Act, wrong: &Wrong) -> Result<()> {
    let (first, second) = (numbered(1)?, numbered(2)?);
    let scope = match act {
        Act::Install => scene.scope(&first),
        Act::Save => scene.installed(&first, &[SAME]).await?,
        Act::Update => scene.installed(&first, &[SAME, KEPT]).await?,
    };
    if act == Act::Update {
        scene.deploy(&scope, &second);
    }
    let (path, nth, fault) = wrong;
    let turns = if *nth == 0 { 1..=u64::MAX } else { *nth..=*nth };
    scene
        .server
        .set_fault_of(&format!("{scope}{path}"), turns, fault.clone());
    let came = attempt(scene, act, &scope).await?;
    scene.server.clear_faults();
    // Where the server stopped it is not there; else what is promised may come from where it is kept alone.
    let before = match act {
        Act::Install if came == Came::Not => Model::default(),
        Act::Install => Model::of(&first, &[]),
        Act::Save if came != Came::Not => Model {
            incomplete: [KEPT].into_iter().filter(|_| came != Came::Whole).collect(),
            ..Model::of(&first, &[SAME, KEPT])
        },
        Act::Save => Model::of(&first, &[SAME]),
        Act::Update => Model::of(&first, &[SAME, KEPT]).or(&second),
    };
    scene
        .check(&scope, &before)
        .await
        .context("with the fault")?;
    let came = attempt(scene, act, &scope).await?;
    ensure!(
        came == Came::Whole,
        "it does not come to its end without the fault either"
    );
    let after = match act {
        Act::Install => Model::of(&first, &[]),
        Act::Save => Model::of(&first, &[SAME, KEPT]),
        Act::Update => Model::of(&second, &[SAME, KEPT]).or(&first),
    };
    scene.check(&scope, &after).await.context("without it")?;
    scene.server.put_folder(&scope, None);
    scene.count();
    Ok(())
}

/// Does it, and tells whether it came to its end.
async fn attempt(scene: &Scene<'_>, act: Act, scope: &str) -> Result<Came> {
    let message = match act {
        Act::Install if scene.install(scope).await? == "activated" => return Ok(Came::Whole),
        Act::Install => return Ok(Came::Not),
        Act::Save => json!({ "kind": "save", "names": [KEPT] }),
        Act::Update => json!({ "kind": "update" }),
    };
    let answer = scene.ask(scope, message).await?;
    let codes = ["network", "changed", "gone"];
    let is_said = codes.iter().any(|code| answer["code"] == *code);
    ensure!(
        answer["kind"] == "done" || is_said,
        "not of the network: {answer}"
    );
    let state = &answer["states"][KEPT];
    Ok(match answer["kind"] == "done" {
        true if state["here"] == state["files"] => Came::Whole,
        true => Came::WithoutPictures,
        false => Came::Not,
    })
}

async fn all(
    stage: &Stage<'_>,
    what: &str,
    wrongs: impl Fn(Act) -> Result<Vec<Wrong>>,
) -> Result<()> {
    let scene = Scene::new(stage).await?;
    for act in ACTS {
        for wrong in wrongs(act)? {
            let gone = go_through(&scene, act, &wrong).await;
            gone.with_context(|| format!("{act:?}, {wrong:?}"))?;
        }
    }
    scene.tell(what);
    Ok(())
}

/// The connection is cut at a byte of every file.
pub async fn cut_at_a_byte(stage: &Stage<'_>) -> Result<()> {
    let engine = stage.browser.engine;
    all(stage, "connections cut at a byte", |act| {
        let files = asked(act, &numbered(1)?, &numbered(2)?)?;
        let cuts = files
            .into_iter()
            .enumerate()
            .flat_map(|(ix, (path, length))| {
                let places = [0, 1, length / 2, length.saturating_sub(1)];
                // A sample has another place with each file.
                (0..places.len()).map(move |turn| {
                    (
                        path.clone(),
                        0,
                        Fault::Broken(places[(ix + turn) % places.len()]),
                    )
                })
            });
        Ok(sampled(engine, cuts.collect(), 1))
    })
    .await
}

/// The server stops, really, at any of the requests.
pub async fn stopped_between_requests(stage: &Stage<'_>) -> Result<()> {
    let engine = stage.browser.engine;
    all(stage, "servers stopped between two requests", |act| {
        let n = asked(act, &numbered(1)?, &numbered(2)?)?.len() as u64;
        let stops = (1..=n).map(|nth| ("*".to_owned(), nth, Fault::Stopped));
        Ok(sampled(engine, stops.collect(), 1))
    })
    .await
}

/// Errors, other pages, other lengths, other bytes.
pub async fn other_answers(stage: &Stage<'_>) -> Result<()> {
    let engine = stage.browser.engine;
    all(stage, "answers that are not the file", |act| {
        let files = asked(act, &numbered(1)?, &numbered(2)?)?;
        let wrongs = files
            .into_iter()
            .enumerate()
            .flat_map(|(ix, (path, length))| {
                let faults = [
                    Fault::Status(500),
                    Fault::Status(404),
                    Fault::Html,
                    Fault::Truncated(length / 2),
                    Fault::Lengthened(7),
                    Fault::Altered(length / 3),
                    Fault::KeptHtml,
                ];
                (0..faults.len())
                    .map(move |turn| (path.clone(), 0, faults[(ix + turn) % faults.len()].clone()))
            });
        Ok(sampled(engine, wrongs.collect(), 1))
    })
    .await
}

/// A network that has a page of its own for every address, with and without sending on to it; what is here opens all the same.
pub async fn captive_portals(stage: &Stage<'_>) -> Result<()> {
    let page = "<!doctype html><title>Welcome</title><p>Log in to our network.";
    stage.server.put("login.html", Source::bytes(page));
    let faults = vec![
        Fault::Html,
        Fault::KeptHtml,
        Fault::Redirected("login.html"),
    ];
    let faults = sampled(stage.browser.engine, faults, 1);
    all(stage, "captive portals", |_| {
        Ok(faults
            .iter()
            .map(|fault| ("*".to_owned(), 0, fault.clone()))
            .collect())
    })
    .await?;
    let scene = Scene::new(stage).await?;
    let (first, second) = (numbered(1)?, numbered(2)?);
    for fault in faults {
        let scope = scene.installed(&first, &[KEPT]).await?;
        scene.deploy(&scope, &second);
        scene.server.set_fault(&format!("{scope}*"), fault);
        scene
            .check_as_it_is(&scope, &Model::of(&first, &[KEPT]))
            .await?;
        scene.count();
        scene.server.clear_faults();
    }
    scene.tell("captive portals while reading");
    Ok(())
}

/// Bytes come one by one, then none: the rest comes after all, the server stops, or the worker's patience ends.
pub async fn slow_loris(stage: &Stage<'_>) -> Result<()> {
    let scene = Scene::new(stage).await?;
    let first = numbered(1)?;
    let files = sampled(
        stage.browser.engine,
        asked(Act::Install, &first, &first)?,
        1,
    );
    for (path, _) in files {
        for is_stopped in [false, true] {
            let scope = scene.scope(&first);
            scene
                .server
                .set_fault(&format!("{scope}{path}"), Fault::Trickled(20));
            scene
                .begin("install", "offline.install(SCOPE)", &scope)
                .await?;
            arrived(&scene, &format!("{scope}{path}")).await?;
            let is_under_way = scene
                .browser
                .run("return offline.begun.install === undefined;")
                .await?;
            ensure!(is_under_way == true, "{path}: it did not wait");
            if is_stopped {
                scene.server.stop();
            }
            scene.server.clear_faults();
            let state = scene.begun("install").await;
            let state = state.with_context(|| format!("{path}, {is_stopped}"))?;
            if is_stopped {
                ensure!(state != "activated", "{path}: installed without it");
                scene.check(&scope, &Model::default()).await?;
                ensure!(scene.install(&scope).await? == "activated");
            } else {
                ensure!(state == "activated", "{path}: {state}");
            }
            scene
                .check(&scope, &Model::of(&first, &[]))
                .await
                .context(path.clone())?;
            scene.count();
        }
    }
    // The same worker with less patience, so that nobody has to wait.
    let script = std::fs::read_to_string(first.site.folder().join("sw.js"))?;
    let hasty = script.replace("PATIENCE = 30_000", "PATIENCE = 300");
    ensure!(hasty != script, "the worker's patience is not where it was");
    let scope = scene.scope(&first);
    scene
        .server
        .put(&format!("{scope}sw.js"), Source::bytes(hasty));
    ensure!(scene.install(&scope).await? == "activated");
    scene
        .server
        .set_fault(&format!("{scope}{KEPT}/article.json"), Fault::Trickled(20));
    let answer = scene
        .ask(&scope, json!({ "kind": "save", "names": [KEPT] }))
        .await?;
    ensure!(answer["code"] == "network", "it waits for ever: {answer}");
    scene.server.clear_faults();
    scene.check(&scope, &Model::of(&first, &[])).await?;
    scene
        .done(&scope, json!({ "kind": "save", "names": [KEPT] }))
        .await?;
    scene.check(&scope, &Model::of(&first, &[KEPT])).await?;
    scene.count();
    scene.tell("slow answers");
    Ok(())
}

/// Waits until a request has come.
pub async fn arrived(scene: &Scene<'_>, path: &str) -> Result<()> {
    for _ in 0..2000 {
        if scene
            .server
            .requests()
            .iter()
            .any(|request| request.path == path)
        {
            return Ok(());
        }
        // The browser goes on meanwhile.
        scene.browser.run("return 0;").await?;
    }
    let seen: Vec<Value> = scene
        .server
        .requests()
        .iter()
        .map(|one| json!(one.path))
        .collect();
    anyhow::bail!("{path} is not asked for: {seen:?}")
}
