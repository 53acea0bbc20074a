//! What a case acts on: a fresh origin that serves the built reader, and the browser that looks at it.
//!
//! Each case has a server of its own on a port of its own, so that nothing stored by one is seen by another.

use std::cell::Cell;
use std::fs;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xtask::server::{Server, Site, Source};
use xtask::workspace;

use crate::browser::Browser;
use crate::site::{ROOT, Site as BuiltSite};

/// What every page of a case has first.
pub const HOOKS: &str = include_str!("test-hooks.js");
const WITHOUT_WORKER: &str =
    "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });";

/// The stage of one case.
pub struct Stage<'a> {
    /// The browser.
    pub browser: &'a Browser,
    /// The server, with the reader and the demo edition.
    pub server: Server,
    complaints_expected: Cell<bool>,
}

impl<'a> Stage<'a> {
    /// Serves the built reader, its page with the hooks in it.
    pub fn new(browser: &'a Browser) -> Result<Stage<'a>> {
        let index = workspace::dist_dir().join("index.html");
        let html =
            fs::read_to_string(&index).context("the reader is not built: cargo xtask dist")?;
        let site = Site::of_folder(&workspace::dist_dir());
        let server = Server::start(site, 0)?;
        server.put("test-hooks.js", Source::bytes(HOOKS));
        server.put("index.html", Source::bytes(with_hooks(&html)?));
        Ok(Stage {
            browser,
            server,
            complaints_expected: Cell::new(false),
        })
    }

    /// Serves this collection in place of the demo edition.
    pub fn put_articles(&self, json: &str) {
        self.server
            .put("articles.json", Source::bytes(json.to_owned()));
    }

    /// Serves a page of the case's own, the hooks in its head.
    pub fn put_page(&self, name: &str, html: &str) -> Result<()> {
        self.server.put(name, Source::bytes(with_hooks(html)?));
        Ok(())
    }

    /// Serves a built site below [`ROOT`], the hooks in all its pages. These are so not what the site says they are: no service worker
    /// could be installed, and none is tried.
    pub fn put_site(&self, site: &BuiltSite) -> Result<()> {
        self.server
            .put("no-worker.js", Source::bytes(WITHOUT_WORKER));
        for path in site.files("")? {
            let file = site.folder().join(&path);
            let source = match path.ends_with(".html") {
                true => {
                    let html = with_hooks(&fs::read_to_string(file)?)?;
                    let both = "<head><script src=\"/no-worker.js\"></script>";
                    Source::bytes(html.replacen("<head>", both, 1))
                }
                false => Source::File(file),
            };
            self.server.put(&format!("{ROOT}{path}"), source);
        }
        Ok(())
    }

    /// Takes a site away.
    pub fn take_site(&self, site: &BuiltSite) -> Result<()> {
        for path in site.files("")? {
            self.server.remove(&format!("{ROOT}{path}"));
        }
        Ok(())
    }

    /// Opens a path of the site: `""` is the front, `"#/search?q=x"` part of it.
    pub async fn open(&self, path: &str) -> Result<()> {
        self.browser
            .goto(&format!("{}{path}", self.server.url()))
            .await
    }

    /// This case makes things fail: what the browser says about it is no fault of the reader.
    pub fn expect_complaints(&self) {
        self.complaints_expected.set(true);
    }

    /// At the end of each case: no error in the console, no request to another host.
    pub async fn check_quiet(&self) -> Result<()> {
        let complaints = self
            .browser
            .run("return typeof complaints === 'undefined' ? [] : complaints;")
            .await?;
        let own = self.browser.own_complaints().await?;
        if !self.complaints_expected.get() {
            ensure!(
                complaints == Value::Array(Vec::new()),
                "the page complained: {complaints}"
            );
            ensure!(own.is_empty(), "the browser complained: {own:?}");
        }
        let asked = self
            .browser
            .run("return typeof hosts === 'undefined' ? [] : hosts();")
            .await?;
        let own_host = format!("127.0.0.1:{}", self.server.port());
        for host in asked
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            // Data and blob addresses have no host.
            if !host.is_empty() && host != own_host {
                bail!("the page asked another host: {host}");
            }
        }
        Ok(())
    }
}

fn with_hooks(html: &str) -> Result<String> {
    let head = html.find("<head>").context("the page has no <head>")? + "<head>".len();
    let (before, after) = html.split_at(head);
    Ok(format!(
        "{before}<script src=\"/test-hooks.js\"></script>{after}"
    ))
}
