//! [`Scene`]: a page that looks at the workers of many scopes, and the [`Model`] of what each of them has promised.
//!
//! Every run of a fault has a scope of its own, a folder below which the server has the site: nothing is left of the run before, and what
//! a browser keeps of one edition is not another's.

use std::cell::Cell;
use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::server::{Server, Source};

use super::edition::Edition;
use crate::browser::Browser;
use crate::stage::Stage;

const PROBE: &str = "<!doctype html><meta charset=\"utf-8\"><title>Probe</title><link rel=\"icon\" href=\"data:,\"><body><script src=\"probe.js\"></script>";

/// Where all is looked at from.
pub struct Scene<'a> {
    /// The browser.
    pub browser: &'a Browser,
    /// The server.
    pub server: &'a Server,
    n_scopes: Cell<usize>,
    n_runs: Cell<usize>,
}

/// What a reader has been promised: of each name that is saved, the editions that it may be of.
#[derive(Clone, Debug, Default)]
pub struct Model<'a> {
    /// The editions of which one must open wholly; none where nothing was installed.
    pub editions: Vec<&'a Edition>,
    /// What is saved.
    pub saved: BTreeMap<&'static str, Vec<&'a Edition>>,
    /// What of it was told to be without pictures that did not come, and must be said to be so.
    pub incomplete: Vec<&'static str>,
}

impl<'a> Model<'a> {
    /// One edition is installed, and these are saved of it.
    pub fn of(edition: &'a Edition, saved: &[&'static str]) -> Model<'a> {
        Model {
            editions: vec![edition],
            saved: saved.iter().map(|name| (*name, vec![edition])).collect(),
            incomplete: Vec::new(),
        }
    }

    /// An update is under way, or has come: it is either.
    pub fn or(mut self, other: &'a Edition) -> Model<'a> {
        self.editions.push(other);
        self.saved.values_mut().for_each(|of| of.push(other));
        self
    }
}

impl<'a> Scene<'a> {
    /// Opens the page.
    pub async fn new(stage: &'a Stage<'a>) -> Result<Scene<'a>> {
        Scene::in_browser(stage, stage.browser).await
    }

    /// Opens the page in another browser than the stage's.
    pub async fn in_browser(stage: &'a Stage<'a>, browser: &'a Browser) -> Result<Scene<'a>> {
        // Browsers say of each request that failed that it did.
        stage.expect_complaints();
        stage.server.put("probe.html", Source::bytes(PROBE));
        stage
            .server
            .put("probe.js", Source::bytes(include_str!("probe.js")));
        let scene = Scene {
            browser,
            server: &stage.server,
            n_scopes: Cell::new(0),
            n_runs: Cell::new(0),
        };
        scene.look().await?;
        Ok(scene)
    }

    /// Opens the page anew.
    pub async fn look(&self) -> Result<()> {
        let url = format!("{}probe.html", self.server.url());
        self.browser.goto(&url).await
    }

    /// A folder that nothing was served below before: the path from the root of the server.
    pub fn scope(&self, edition: &Edition) -> String {
        self.n_scopes.set(self.n_scopes.get() + 1);
        let scope = format!("run-{}/", self.n_scopes.get());
        self.deploy(&scope, edition);
        scope
    }

    /// Serves an edition in place of the one before.
    pub fn deploy(&self, scope: &str, edition: &Edition) {
        self.server.put_folder(scope, Some(edition.site.folder()));
    }

    /// Runs an expression of `probe.js` and gives what it comes to.
    pub async fn call(&self, expression: &str, arguments: Vec<Value>) -> Result<Value> {
        let script = format!(
            "const answer = arguments[arguments.length - 1]; const given = [...arguments]; (async () => {expression})().then(answer, (error) => answer('threw ' + error));"
        );
        self.browser.run_async(&script, arguments).await
    }

    /// Has the worker of a scope installed; gives the state that it comes to.
    pub async fn install(&self, scope: &str) -> Result<String> {
        let state = self
            .call("offline.install('/' + given[0])", vec![json!(scope)])
            .await?;
        Ok(state.as_str().unwrap_or_default().to_owned())
    }

    /// A scope in which an edition is installed, and these are saved.
    pub async fn installed(&self, edition: &Edition, saved: &[&str]) -> Result<String> {
        let scope = self.scope(edition);
        let state = self.install(&scope).await?;
        ensure!(state == "activated", "{scope} is not installed: {state}");
        if !saved.is_empty() {
            self.done(&scope, json!({ "kind": "save", "names": saved }))
                .await?;
        }
        Ok(scope)
    }

    /// Asks the worker of a scope.
    pub async fn ask(&self, scope: &str, message: Value) -> Result<Value> {
        let arguments = vec![json!(scope), message];
        self.call("offline.ask('/' + given[0], given[1])", arguments)
            .await
    }

    /// The same, where it must succeed.
    pub async fn done(&self, scope: &str, message: Value) -> Result<Value> {
        let answer = self.ask(scope, message.clone()).await?;
        ensure!(answer["kind"] == "done", "{message}: {answer}");
        Ok(answer)
    }

    /// Begins what takes its time: an expression of `probe.js`, whose result [`Scene::begun`] gives.
    pub async fn begin(&self, name: &str, expression: &str, scope: &str) -> Result<()> {
        let script = format!("offline.begin('{name}', {expression});");
        let script = script.replace("SCOPE", &json!(format!("/{scope}")).to_string());
        self.browser.run(&script).await.map(|_| ())
    }

    /// Waits for what was begun.
    pub async fn begun(&self, name: &str) -> Result<Value> {
        let has_ended = format!("offline.begun['{name}'] !== undefined");
        // A worker is more patient with a server than a case is with a page: half a minute.
        if self.browser.wait_until(&has_ended).await.is_err() {
            self.browser.wait_until(&has_ended).await?;
        }
        self.browser
            .run(&format!("return offline.begun['{name}'];"))
            .await
    }

    /// Stops the server, and holds what opens against the model; the server is started again.
    pub async fn check(&self, scope: &str, model: &Model<'_>) -> Result<()> {
        self.server.stop();
        let checked = self.check_as_it_is(scope, model).await;
        self.server.start_again()?;
        checked
    }

    /// The same, with the server as it is.
    pub async fn check_as_it_is(&self, scope: &str, model: &Model<'_>) -> Result<()> {
        let hello = self
            .ask(scope, json!({ "kind": "hello", "protocol": 1 }))
            .await?;
        if model.editions.is_empty() {
            ensure!(
                hello["code"] == "none",
                "a worker that is none answers: {hello}"
            );
            return Ok(());
        }
        let is_of = |version: &Value| {
            let version = version.clone();
            move |edition: &&&Edition| version == edition.version
        };
        let edition = model.editions.iter().find(is_of(&hello["version"]));
        let edition = edition.with_context(|| format!("no version that was promised: {hello}"))?;
        let mut pages =
            vec![json!({ "path": "", "title": edition.own_title()?, "files": edition.app()? })];
        let list = self.done(scope, json!({ "kind": "list" })).await?;
        let records = list["records"].as_array().context("no records")?;
        let names: Vec<&str> = records
            .iter()
            .filter_map(|one| one["name"].as_str())
            .collect();
        let all: Vec<&str> = model.saved.keys().copied().collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        ensure!(sorted == all, "saved is {all:?}, and said to be {names:?}");
        let other = [
            "article/night-trains",
            "article/none",
            "search",
            super::edition::SAME,
        ];
        let asked: Vec<&str> = all.iter().copied().chain(other).collect();
        let states = self
            .done(scope, json!({ "kind": "state", "names": asked }))
            .await?;
        for record in records {
            let name = record["name"].as_str().unwrap_or_default();
            let of = model.saved.get(name).context("not saved")?;
            let of = of.iter().find(is_of(&record["version"]));
            let of = of.with_context(|| format!("{name} is of another version: {record}"))?;
            let mut files = of.files(name)?;
            let state = &states["states"][name];
            let missing = state["missing"].as_array().context("no state")?;
            let is_true =
                state["files"] == files.len() && state["here"] == files.len() - missing.len();
            ensure!(is_true, "{name} has {} files: {state}", files.len());
            let is_incomplete = model.incomplete.contains(&name);
            ensure!(
                missing.is_empty() != is_incomplete,
                "{name} should be incomplete, {is_incomplete}: {state}"
            );
            ensure!(
                missing.iter().all(|path| path
                    .as_str()
                    .is_some_and(|path| path.starts_with("images/"))),
                "{name} cannot be read: {state}"
            );
            files.retain(|(path, _)| !missing.iter().any(|missing| missing == path));
            pages.push(
                json!({ "path": format!("{name}/"), "title": of.title(name)?, "files": files }),
            );
        }
        for name in other.iter().filter(|name| !all.contains(name)) {
            ensure!(
                states["states"][*name].is_null(),
                "{name} claims to be saved: {states}"
            );
        }
        self.open(scope, json!(pages)).await
    }

    /// The front page and these articles open, whatever they come from.
    pub async fn check_pages(&self, scope: &str, edition: &Edition, names: &[&str]) -> Result<()> {
        let mut pages =
            vec![json!({ "path": "", "title": edition.own_title()?, "files": edition.app()? })];
        for name in names {
            pages.push(json!({ "path": format!("{name}/"), "title": edition.title(name)?, "files": edition.files(name)? }));
        }
        self.open(scope, json!(pages)).await
    }

    async fn open(&self, scope: &str, pages: Value) -> Result<()> {
        let wrong = self
            .call(
                "offline.wrongOf('/' + given[0], given[1])",
                vec![json!(scope), pages],
            )
            .await?;
        ensure!(wrong == json!([]), "{scope}: {wrong}");
        Ok(())
    }

    /// One more fault was gone through.
    pub fn count(&self) {
        self.n_runs.set(self.n_runs.get() + 1);
    }

    /// Says how many there were.
    pub fn tell(&self, what: &str) {
        let engine = self.browser.engine.name();
        println!("    {engine}: {} faults: {what}", self.n_runs.get());
    }
}
