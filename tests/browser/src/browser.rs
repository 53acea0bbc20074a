//! A browser session, in the words of the cases: go there, type this, wait until that is so.
//!
//! Scripts run in the page. [`crate::stage`] puts `test-hooks.js` into every page, so they may call its `find`, which
//! looks through open shadow roots.

use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use url::{ParseError, Url};
use xtask::system::Engine;
use xtask::workspace;

use crate::capabilities;
use crate::driver::Driver;

/// How long a condition may take to come true.
const WAIT_LIMIT: Duration = Duration::from_secs(20);

/// The middle of an element once it rests: a page that still scrolls smoothly would move it away from under the mouse.
const MIDDLE: &str = "
const [selector, answer] = arguments;
let before;
const look = () => {
  const element = find(selector);
  element?.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = element?.getClientRects()[0];
  const place = box && [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
  if (!place || String(place) === String(before)) return answer(place);
  before = place;
  requestAnimationFrame(() => requestAnimationFrame(look));
};
look();
";

/// A browser with one window.
pub struct Browser {
    /// Its engine.
    pub engine: Engine,
    client: Client,
    _driver: Driver,
}

/// The size of the window, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// 1280 × 900
    Desktop,
    /// 360 × 740; WebKit's window is never narrower than its toolbar, some 450 pixels.
    Phone,
    /// 640 × 450: what is left of the desktop's at 200 % zoom.
    Zoomed,
}

/// What the system prefers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

impl Browser {
    /// Starts a driver and a browser, which forgets everything when it ends.
    pub async fn start(engine: Engine) -> Result<Browser> {
        Browser::start_with(engine, None).await
    }

    /// The same; what it keeps is in this folder, for another that is started with it.
    pub async fn start_with(engine: Engine, profile: Option<&Path>) -> Result<Browser> {
        let driver = Driver::start(engine, profile).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities::of(engine, profile)?)
            .connect(&driver.url)
            .await
            .with_context(|| format!("{} did not start", engine.name()))?;
        let browser = Browser {
            engine,
            client,
            _driver: driver,
        };
        browser.set_window(Window::Desktop).await?;
        Ok(browser)
    }

    /// Ends the session; the driver is killed after it.
    pub async fn close(self) {
        let _ = self.client.close().await;
    }

    /// Ends browser and driver at once, as a power cut does.
    pub fn kill(self) {
        drop(self);
    }

    /// Opens another tab and goes on in it; gives the one it was in.
    pub async fn open_tab(&self) -> Result<WindowHandle> {
        let before = self.client.window().await.context("there is no tab")?;
        let tab = self.client.new_window(true).await;
        let tab = tab.context("cannot open a tab")?.handle;
        self.client
            .switch_to_window(tab)
            .await
            .context("cannot go to the new tab")?;
        Ok(before)
    }

    /// Goes on in another tab; gives the one it was in.
    pub async fn go_to_tab(&self, tab: WindowHandle) -> Result<WindowHandle> {
        let before = self.client.window().await.context("there is no tab")?;
        self.client
            .switch_to_window(tab)
            .await
            .context("cannot go to the tab")?;
        Ok(before)
    }

    /// Closes the tab it is in, and goes on in another.
    pub async fn close_tab(&self, next: WindowHandle) -> Result<()> {
        self.client
            .close_window()
            .await
            .context("cannot close the tab")?;
        let gone = self.client.switch_to_window(next).await;
        gone.context("cannot go to the tab")
    }

    /// Ends all service workers, as browsers do when they like. Gives false where this browser cannot be told.
    pub async fn stop_workers(&self) -> Result<bool> {
        match self.engine {
            Engine::Chromium => {
                self.devtools("ServiceWorker.enable", json!({})).await?;
                self.devtools("ServiceWorker.stopAllWorkers", json!({}))
                    .await?;
                Ok(true)
            }
            Engine::Firefox => {
                let stop = "
                    const manager = Cc['@mozilla.org/serviceworkers/manager;1'].getService(Ci.nsIServiceWorkerManager);
                    const all = manager.getAllRegistrations();
                    for (let ix = 0; ix < all.length; ix += 1) {
                      const one = all.queryElementAt(ix, Ci.nsIServiceWorkerRegistrationInfo);
                      for (const worker of [one.evaluatingWorker, one.installingWorker, one.waitingWorker, one.activeWorker])
                        worker?.terminateWorker?.();
                    }";
                self.run_in_chrome(stop).await?;
                Ok(true)
            }
            Engine::WebKit => Ok(false),
        }
    }

    /// Opens a page and waits until it is loaded.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.client
            .goto(url)
            .await
            .with_context(|| format!("cannot open {url}"))
    }

    /// Goes back in the history.
    pub async fn back(&self) -> Result<()> {
        self.client.back().await.context("cannot go back")
    }

    /// Goes forward in the history.
    pub async fn forward(&self) -> Result<()> {
        self.client.forward().await.context("cannot go forward")
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        self.client.refresh().await.context("cannot reload")
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub async fn run(&self, script: &str) -> Result<Value> {
        self.run_with(script, Vec::new()).await
    }

    /// As [`Browser::run`], with arguments.
    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client
            .execute(script, arguments)
            .await
            .with_context(|| format!("the script failed: {script:.200}"))
    }

    /// Runs a script that answers by calling its last argument.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client
            .execute_async(script, arguments)
            .await
            .with_context(|| format!("the script failed: {script:.200}"))
    }

    /// The value of an expression, as text.
    pub async fn text(&self, expression: &str) -> Result<String> {
        let value = self.run(&format!("return String({expression});")).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until an expression is true.
    pub async fn wait_until(&self, condition: &str) -> Result<()> {
        let script = format!(
            "try {{ return Boolean({condition}); }} catch (error) {{ return String(error); }}"
        );
        let deadline = Instant::now() + WAIT_LIMIT;
        loop {
            let answer = self.run(&script).await?;
            if answer == Value::Bool(true) {
                return Ok(());
            }
            if Instant::now() > deadline {
                bail!("waited {WAIT_LIMIT:?} for `{condition}`, which is {answer}");
            }
            sleep(Duration::from_millis(25)).await;
        }
    }

    /// Clicks the middle of the first element of a selector, as a person would: what lies over it gets the click.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let there = self.way_to(selector).await?;
        let button = MOUSE_BUTTON_LEFT;
        let mouse = there
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        let clicked = self.client.perform_actions(mouse).await;
        clicked.with_context(|| format!("cannot click {selector}"))
    }

    /// The first half of a click: the button stays down until [`Browser::let_go`].
    pub async fn press_down(&self, selector: &str) -> Result<()> {
        let there = self.way_to(selector).await?;
        let button = MOUSE_BUTTON_LEFT;
        let pressed = there.then(PointerAction::Down { button });
        let pressed = self.client.perform_actions(pressed).await;
        pressed.with_context(|| format!("cannot press {selector}"))
    }

    /// The second half of a click.
    pub async fn let_go(&self) -> Result<()> {
        let button = MOUSE_BUTTON_LEFT;
        let mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::Up { button });
        let released = self.client.perform_actions(mouse).await;
        released.context("cannot let go")
    }

    /// The mouse on its way to the middle of the first element of a selector, once it is there.
    async fn way_to(&self, selector: &str) -> Result<MouseActions> {
        self.wait_until(&format!("find({})", json!(selector)))
            .await?;
        let found = self.run_async(MIDDLE, vec![json!(selector)]).await?;
        let part = |ix: usize| found.get(ix).and_then(Value::as_f64);
        let (Some(x), Some(y)) = (part(0), part(1)) else {
            bail!("{selector} has no place on the page");
        };
        let duration = None;
        Ok(MouseActions::new("mouse".to_owned()).then(PointerAction::MoveTo { duration, x, y }))
    }

    /// Clicks into the first element of a selector and types.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        self.click(selector).await?;
        self.type_text(text).await
    }

    /// Types wherever the focus is.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        self.client
            .perform_actions(keys)
            .await
            .with_context(|| format!("cannot type `{text}`"))
    }

    /// Presses and releases a key, wherever the focus is. [`fantoccini::key::Key`] has the named ones.
    pub async fn press(&self, key: impl Into<char>) -> Result<()> {
        self.type_text(&key.into().to_string()).await
    }

    /// Presses these keys one after another, each held until the last one is down.
    pub async fn chord(&self, keys: &[char]) -> Result<()> {
        let downs = keys.iter().map(|&value| KeyAction::Down { value });
        let ups = keys.iter().rev().map(|&value| KeyAction::Up { value });
        let actions = KeyActions::new("keyboard".to_owned());
        let actions = downs.chain(ups).fold(actions, KeyActions::then);
        let pressed = self.client.perform_actions(actions).await;
        pressed.with_context(|| format!("cannot press {keys:?}"))
    }

    /// Writes a picture of what is seen to `target/screenshots/<browser>/<name>.png`.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        // WebKit's driver waits for ever for the picture of a page that is just as high as its window.
        let grow = |by: &str| format!("document.body.style.paddingBottom = '{by}';");
        if self.engine == Engine::WebKit {
            self.run(&grow("1px")).await?;
        }
        let picture = self
            .client
            .screenshot()
            .await
            .context("cannot take a screenshot")?;
        if self.engine == Engine::WebKit {
            self.run(&grow("")).await?;
        }
        let folder = workspace::target_dir()
            .join("screenshots")
            .join(self.engine.name());
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = folder.join(format!("{name}.png"));
        fs::write(&file, picture).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Makes the window this large.
    pub async fn set_window(&self, window: Window) -> Result<()> {
        let (width, height) = match window {
            Window::Desktop => (1280, 900),
            Window::Phone => (360, 740),
            Window::Zoomed => (640, 450),
        };
        match self.engine {
            Engine::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.devtools("Emulation.setDeviceMetricsOverride", metrics)
                    .await
            }
            Engine::Firefox => {
                // The window refuses to be narrower than its toolbar: the page in it does not.
                let page = format!(
                    "gBrowser.selectedBrowser.style.cssText = 'max-width: {width}px; max-height: {height}px';"
                );
                let (wide, high) = (width.max(600), height + 200);
                self.client
                    .set_window_size(wide, high)
                    .await
                    .context("cannot size the window")?;
                self.run_in_chrome(&page).await
            }
            Engine::WebKit => self.set_inner_size(width, height).await,
        }
    }

    /// Sets the size of the page: that of the window, less its frame. A window may refuse to be that narrow.
    async fn set_inner_size(&self, width: u32, height: u32) -> Result<()> {
        self.client
            .set_window_size(width, height)
            .await
            .context("cannot size the window")?;
        let frame = self
            .run("return [outerWidth - innerWidth, outerHeight - innerHeight];")
            .await?;
        let part = |ix: usize| {
            frame
                .get(ix)
                .and_then(Value::as_u64)
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(0)
        };
        self.client
            .set_window_size(width + part(0), height + part(1))
            .await
            .context("cannot size the window")
    }

    /// Sets what the system prefers. Gives false where this browser cannot be told.
    pub async fn set_scheme(&self, scheme: Scheme) -> Result<bool> {
        match self.engine {
            Engine::Chromium => {
                let value = if scheme == Scheme::Dark {
                    "dark"
                } else {
                    "light"
                };
                let features =
                    json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
                self.devtools("Emulation.setEmulatedMedia", features)
                    .await?;
                Ok(true)
            }
            Engine::Firefox => {
                // 0 is dark, 1 is light; only the browser's own window may say so.
                let value = u8::from(scheme == Scheme::Light);
                let set = format!(
                    "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', {value});"
                );
                self.run_in_chrome(&set).await?;
                Ok(true)
            }
            Engine::WebKit => Ok(scheme == Scheme::Light),
        }
    }

    /// Runs a script in Firefox's own window.
    pub async fn run_in_chrome(&self, script: &str) -> Result<()> {
        self.send("moz/context", json!({ "context": "chrome" }))
            .await?;
        let result = self.run(script).await;
        self.send("moz/context", json!({ "context": "content" }))
            .await?;
        result.map(|_| ())
    }

    /// Has Chromium run a script before those of every page that is opened from now on; gives what [`Browser::begin_pages_without`] ends that by.
    pub async fn begin_pages_with(&self, script: &str) -> Result<Value> {
        let given = json!({ "cmd": "Page.addScriptToEvaluateOnNewDocument", "params": { "source": script } });
        self.send("goog/cdp/execute", given).await
    }

    /// Ends what [`Browser::begin_pages_with`] has begun.
    pub async fn begin_pages_without(&self, given: Value) -> Result<()> {
        self.devtools("Page.removeScriptToEvaluateOnNewDocument", given)
            .await
    }

    /// A command of Chromium's developer tools.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<()> {
        self.send(
            "goog/cdp/execute",
            json!({ "cmd": command, "params": parameters }),
        )
        .await?;
        Ok(())
    }

    /// What Chromium itself complained about since the last call, the network and the security policy included.
    pub async fn own_complaints(&self) -> Result<Vec<String>> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let log = self.send("se/log", json!({ "type": "browser" })).await?;
        let severe = |entry: &&Value| entry["level"] == "SEVERE" || entry["level"] == "WARNING";
        let entries = log.as_array().into_iter().flatten().filter(severe);
        Ok(entries
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }

    async fn send(&self, path: &'static str, body: Value) -> Result<Value> {
        self.client
            .issue_cmd(Vendor { path, body })
            .await
            .with_context(|| format!("the driver refused {path}"))
    }
}

/// A command that only one vendor's driver knows.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
