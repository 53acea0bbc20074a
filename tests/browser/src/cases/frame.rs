//! The page for frames, in the frames of somebody's page: its height, whom it believes, what a sandbox leaves of it, and how programs that
//! embed articles find it.
//!
//! Origins are ports here: the case's own server has the page around, another the frames.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use xtask::server::{Server, Site, Source};
use xtask::system::Engine;
use xtask::workspace;

use super::steps::becomes;
use crate::site::{self, ROOT};
use crate::stage::Stage;

const ARTICLE: &str = "the-clockwork-sea";

/// The height of each frame, as `frame.js` has set it; zero before.
const HEIGHTS: &str = "all('iframe').map(({ style }) => Number.parseFloat(style.height) || 0)";

/// Higher than any page without an article in it.
const HIGH: u32 = 2_000;

/// A page with these frames, and what is told to it. Its own script is a file, as policies would have it.
async fn open_around(stage: &Stage<'_>, frames: &str) -> Result<()> {
    let html = format!(
        r#"<!doctype html><html lang="en"><head><title>Somebody's page</title><link rel="icon" href="data:,">
<script src="/told.js"></script><script async src="/frame.js"></script></head>
<body>{frames}</body></html>"#
    );
    // What was said, from which origin and by which frame.
    let told = "window.told = []; addEventListener('message', ({ data, origin, source }) => told.push([data, origin, all('iframe').findIndex(({ contentWindow }) => contentWindow === source)]));";
    stage.server.put("told.js", Source::bytes(told));
    stage.put_page("around.html", &html)?;
    stage.open("around.html").await
}

/// A server of another origin with the reader's folder.
fn elsewhere() -> Result<Server> {
    Server::start(Site::of_folder(&workspace::dist_dir()), 0)
}

fn frame(attributes: &str, src: &str) -> String {
    format!(
        r#"<iframe data-offprint title="Articles" width="640" {attributes} src="{src}"></iframe>"#
    )
}

/// Browsers put off what is not seen, in frames of other origins.
async fn see(stage: &Stage<'_>, selector: &str) -> Result<()> {
    let scroll = "document.querySelector(arguments[0]).scrollIntoView({ behavior: 'instant' });";
    stage
        .browser
        .run_with(scroll, vec![json!(selector)])
        .await?;
    Ok(())
}

/// The hosts of the frames are none that the page itself has asked.
async fn leave(stage: &Stage<'_>) -> Result<()> {
    stage.browser.goto("about:blank").await
}

/// As high as what is in it, also when that becomes higher and lower; and no higher than it may be.
pub async fn has_the_height_of_its_content(stage: &Stage<'_>) -> Result<()> {
    let own = frame("", &format!("embed.html?article={ARTICLE}"));
    let short = frame("data-offprint-max=\"321\"", "embed.html");
    open_around(stage, &[own, short].concat()).await?;
    let browser = stage.browser;
    let inner = "find('iframe').contentDocument";
    let is_fitting = format!(
        "Math.abs({HEIGHTS}[0] - {inner}.body.getBoundingClientRect().height) <= 1 && {inner}.documentElement.scrollHeight <= {HEIGHTS}[0]"
    );
    let has_article = format!(
        "{inner}.querySelector('offprint-article')?.shadowRoot.querySelector('.op-article h1') && {HEIGHTS}[0] > {HIGH}"
    );
    browser.wait_until(&has_article).await?;
    browser.wait_until(&is_fitting).await?;
    browser
        .run(&format!(
            "window.wide = {HEIGHTS}[0]; find('iframe').width = 320;"
        ))
        .await?;
    browser
        .wait_until(&format!("{HEIGHTS}[0] > wide && {is_fitting}"))
        .await?;
    // Pictures that came meanwhile may have made it somewhat higher than it was.
    browser
        .run(&format!(
            "window.narrow = {HEIGHTS}[0]; find('iframe').width = 640;"
        ))
        .await?;
    browser
        .wait_until(&format!("{HEIGHTS}[0] < narrow * 0.8 && {is_fitting}"))
        .await?;
    becomes(browser, &format!("{HEIGHTS}[1]"), json!(321)).await
}

/// From another origin, put in before the script and after it.
pub async fn is_heard_from_another_origin(stage: &Stage<'_>) -> Result<()> {
    let server = elsewhere()?;
    let src = format!("{}embed.html?article={ARTICLE}&theme=dark", server.url());
    open_around(stage, &frame("", &src)).await?;
    let browser = stage.browser;
    browser
        .wait_until(&format!("{HEIGHTS}[0] > {HIGH}"))
        .await?;
    let later = "const later = find('iframe').cloneNode(); later.style.height = ''; document.body.append(later);";
    browser.run(later).await?;
    see(stage, "iframe:last-of-type").await?;
    browser
        .wait_until(&format!("{HEIGHTS}[1] > {HIGH}"))
        .await?;
    // Nothing but heights was told.
    let keys = "[...new Set(told.flatMap(([data]) => Object.keys(data)))].sort()";
    becomes(browser, keys, json!(["height", "offprint"])).await?;
    leave(stage).await
}

/// A height from another window or another origin changes nothing, nor does one that is no number.
pub async fn is_believed_only_itself(stage: &Stage<'_>) -> Result<()> {
    let server = elsewhere()?;
    let own = format!("{}embed.html?article={ARTICLE}", server.url());
    // One of the same origin in another window, and one that was led away from it.
    let liar = "<!doctype html><html lang=\"en\"><head><title>Liar</title></head><body><script src=\"liar.js\"></script></body></html>";
    let script = "for (const height of [4321, 'NaN', Infinity, -5]) parent.postMessage({ offprint: 1, height }, '*');";
    for server in [&server, &stage.server] {
        server.put("liar.js", Source::bytes(script));
        server.put("liar.html", Source::bytes(liar));
    }
    let frames = [
        frame("", &own),
        format!(
            "<iframe title=\"Liar\" src=\"{}liar.html\"></iframe>",
            server.url()
        ),
        frame("id=\"led-away\"", &own),
    ];
    open_around(stage, &frames.concat()).await?;
    let browser = stage.browser;
    browser
        .wait_until(&format!("{HEIGHTS}[0] > {HIGH}"))
        .await?;
    see(stage, "#led-away").await?;
    browser
        .wait_until(&format!("{HEIGHTS}[2] > {HIGH}"))
        .await?;
    let n_lies = "told.filter(([{ height }]) => height === 4321).length";
    becomes(browser, n_lies, json!(1)).await?;
    // Its `src` stays what it was.
    let led =
        "find('#led-away').contentWindow.location.replace(new URL('liar.html', location.href));";
    browser.run(led).await?;
    becomes(browser, n_lies, json!(2)).await?;
    // Once more, now that the true heights are there. A frame that is made lower may tell its own again: so all are kept that it gets.
    browser
        .run(
            "window.given = [];
            const observer = new MutationObserver((changes) => changes.forEach(({ target }) => given.push(target.style.height)));
            for (const frame of all('iframe')) observer.observe(frame, { attributeFilter: ['style'] });
            find('iframe[title=Liar]').src += '?again';",
        )
        .await?;
    becomes(browser, n_lies, json!(3)).await?;
    // Four of each liar; the first listener of the page is that of the test, so that one more message is waited for.
    browser
        .run("postMessage({ offprint: 1, height: 4321 }, '*'); postMessage('after', '*');")
        .await?;
    browser
        .wait_until("told.some(([data]) => data === 'after')")
        .await?;
    let are_unchanged = format!(
        "[given.some((height) => ['4321px', '40px'].includes(height)), {HEIGHTS}[1], {HEIGHTS}[2] > {HIGH}]"
    );
    becomes(browser, &are_unchanged, json!([false, 0, true])).await?;
    leave(stage).await
}

/// The frame takes what the page around tells it, if that page is who it is said to be.
pub async fn obeys_the_page_around_it(stage: &Stage<'_>) -> Result<()> {
    // A height for a page that is not there is complained of.
    stage.expect_complaints();
    let foreign = "referrerpolicy=\"no-referrer\"";
    let own = stage.server.url();
    let frames = [
        frame("", "embed.html?theme=light"),
        frame(
            foreign,
            "embed.html?theme=light&parent=https://elsewhere.example",
        ),
        frame(foreign, "embed.html?theme=light"),
        frame(foreign, &format!("embed.html?theme=light&parent={own}")),
    ];
    open_around(stage, &frames.concat()).await?;
    let browser = stage.browser;
    let themes = "all('iframe').map(({ contentDocument }) => contentDocument.querySelector('offprint-reader')?.getAttribute('theme'))";
    becomes(browser, themes, json!(["light", "light", "light", "light"])).await?;
    browser
        .run(
            "window.n_heard = 0;
            for (const { contentWindow } of all('iframe')) {
                contentWindow.postMessage({ offprint: 1, theme: 'dark' }, '*');
                contentWindow.addEventListener('message', ({ data }) => (window.n_heard += data === 'after'));
                contentWindow.postMessage('after', '*');
            }",
        )
        .await?;
    becomes(browser, "n_heard", json!(4)).await?;
    becomes(browser, themes, json!(["dark", "light", "light", "dark"])).await?;
    // It asks for its height once more and gets it, but for who is known to be somebody else.
    browser
        .run("told.length = 0; for (const { contentWindow } of all('iframe')) contentWindow.postMessage({ offprint: 1 }, '*');")
        .await?;
    let who = "[...new Set(told.map(([, , ix]) => ix))].sort()";
    becomes(browser, who, json!([0, 2, 3])).await
}

/// Addresses that are none for articles are refused, before anything is asked for; those of other origins by the page's policy.
pub async fn refuses_other_addresses(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let server = elsewhere()?;
    let browser = stage.browser;
    let own = stage.server.url().replace("://", "://name:secret@");
    for (src, why) in [
        ("data:application/json,[]", "http: or https:"),
        ("javascript:alert(1)", "http: or https:"),
        ("http://[", "no address"),
        (&*format!("{own}articles.json"), "a name or a password"),
    ] {
        let encoded: String = url::form_urlencoded::byte_serialize(src.as_bytes()).collect();
        stage.open(&format!("embed.html?src={encoded}")).await?;
        let said = "document.querySelector('[role=alert]')?.textContent";
        browser.wait_until(said).await?;
        let said = browser.text(said).await?;
        let is_said = why.split(" or ").all(|part| said.contains(part));
        ensure!(is_said, "{src}: {said}");
        ensure!(
            browser
                .run("return document.querySelector('[src^=data], offprint-reader') === null;")
                .await?
                == Value::Bool(true),
            "{src} is shown"
        );
    }
    stage
        .open(&format!("embed.html?src={}articles.json", server.url()))
        .await?;
    browser
        .wait_until("document.querySelector('offprint-reader')?.shadowRoot?.textContent.trim()")
        .await?;
    ensure!(
        server.requests().is_empty(),
        "articles of another origin are asked for"
    );
    leave(stage).await
}

/// Without an origin of its own, where the server lets all origins read its files; and where it does not, something is said.
pub async fn works_without_an_origin(stage: &Stage<'_>) -> Result<()> {
    stage.expect_complaints();
    let served = Served::start(stage.browser.engine).await?;
    let bare = elsewhere()?;
    let sandbox = "sandbox=\"allow-scripts\"";
    let frames = [
        frame(
            sandbox,
            &format!("{}embed.html?article={ARTICLE}", served.url),
        ),
        frame(sandbox, &format!("{}embed.html?list=3", served.url)),
        frame(sandbox, &format!("{}embed.html", bare.url())),
    ];
    open_around(stage, &frames.concat()).await?;
    let browser = stage.browser;
    browser
        .wait_until(&format!("{HEIGHTS}[0] > {HIGH}"))
        .await?;
    for (ix, least) in [(1, 200), (2, 20)] {
        // To WebKit, `'self'` in a policy is nobody there: the page of a folder, which does not know its address, runs no script.
        if ix == 2 && browser.engine == Engine::WebKit {
            continue;
        }
        see(stage, &format!("iframe:nth-of-type({})", ix + 1)).await?;
        browser
            .wait_until(&format!("{HEIGHTS}[{ix}] > {least}"))
            .await?;
    }
    becomes(
        browser,
        "[...new Set(told.map(([, origin]) => origin))]",
        json!(["null"]),
    )
    .await?;
    leave(stage).await
}

/// The page of an article leads to what is said of it, and that to a frame with the article in it.
pub async fn is_found_by_programs(stage: &Stage<'_>) -> Result<()> {
    // Its pictures have the address of the site, which is not there; and the sandbox is for a frame of another origin.
    stage.expect_complaints();
    stage.put_site(&site::demo()?)?;
    let browser = stage.browser;
    stage.open(&format!("{ROOT}article/{ARTICLE}/")).await?;
    let link = "document.querySelector('link[rel=alternate][type=\"application/json+oembed\"]')";
    browser.wait_until(link).await?;
    let href = browser.text(&format!("{link}.href")).await?;
    let base = format!("https://example.org/{ROOT}");
    let path = href
        .strip_prefix(&base)
        .with_context(|| format!("{href} is not of the site"))?;
    let fetch = "const done = arguments[1]; fetch(arguments[0]).then((answer) => answer.json()).then(done, (error) => done(String(error)));";
    let here = format!("{}{ROOT}", stage.server.url());
    let said = browser
        .run_async(fetch, vec![json!(format!("{here}{path}"))])
        .await?;
    let title = browser
        .text("document.querySelector('h1').textContent")
        .await?;
    for (name, expect) in [
        ("type", json!("rich")),
        ("version", json!("1.0")),
        ("title", json!(title)),
        ("provider_name", json!("The Offprint Review")),
        ("provider_url", json!(base)),
        ("width", json!(640)),
        ("height", json!(600)),
    ] {
        ensure!(said[name] == expect, "{name} of {said}");
    }
    let html = said["html"].as_str().context("no html")?;
    ensure!(html.contains(&base), "{html}");
    open_around(stage, &html.replace(&base, &here)).await?;
    let shown = "find('iframe').contentDocument.querySelector('offprint-article')?.shadowRoot?.querySelector('h1')?.textContent";
    becomes(browser, shown, json!(title)).await?;
    leave(stage).await
}

/// A site, served by the command.
pub struct Served {
    /// Where it is, with a slash at its end.
    pub url: String,
    folder: PathBuf,
    _process: Child,
}

impl Served {
    /// The demo edition, which knows where it stands.
    pub async fn start(engine: Engine) -> Result<Served> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
        let port = listener.local_addr().context("no address")?.port();
        drop(listener);
        let port = port.to_string();
        let program = workspace::target_dir().join("release/offprint");
        let folder = workspace::target_dir()
            .join("sites")
            .join(format!("framed-{}", engine.name()));
        let base = format!("http://localhost:{port}/");
        let built = Command::new(&program)
            .arg("build")
            .arg(workspace::root().join("demo/articles.json"))
            .args(["--no-compress", "--base-url", &base, "--out"])
            .arg(&folder)
            .output()
            .await
            .with_context(|| format!("{} does not run", program.display()))?;
        ensure!(
            built.status.success(),
            "the site could not be built: {}",
            String::from_utf8_lossy(&built.stderr)
        );
        let mut process = Command::new(&program)
            .arg("serve")
            .arg(&folder)
            .args(["--port", &port])
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not run", program.display()))?;
        let said = process.stderr.take().context("it has no output")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line).await?;
        let url = line
            .split(" at ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        let url = url.with_context(|| format!("it does not say where: {line}"))?;
        Ok(Served {
            url: url.to_owned(),
            folder,
            _process: process,
        })
    }

    /// The address of the script with the elements.
    pub fn script(&self) -> Result<String> {
        // Beside the folder of the release stands the style sheet of the pages.
        let mut entries = std::fs::read_dir(self.folder.join("assets"))?.filter_map(Result::ok);
        let release = entries.find(|entry| entry.path().join("element.js").is_file());
        let release = release.context("there is no release")?.file_name();
        let release = release.to_string_lossy().into_owned();
        Ok(format!("{}assets/{release}/element.js", self.url))
    }
}
