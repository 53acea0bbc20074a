//! The life of elements: many at once, moved, copied, taken out and put back, and put in and taken out for a long time.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::system::Engine;

use super::super::steps::{N_CARDS, becomes, search};
use super::{ERRORS, Page, READER, answer, are_ready, open};
use crate::stage::Stage;

/// Counts what is compiled and started, and keeps the memories.
const COUNT: &str = "
    window.counts = { compiled: 0, started: 0 };
    window.memories = [];
    for (const name of ['compile', 'compileStreaming']) {
        const theirs = WebAssembly[name];
        WebAssembly[name] = (...all) => (counts.compiled += 1, theirs.apply(WebAssembly, all));
    }
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...all) => {
        counts.started += 1;
        const made = await instantiate.apply(WebAssembly, all);
        memories.push((made.instance ?? made).exports.memory);
        return made;
    };
    window.weight = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);";

/// Fifty: everything is fetched, compiled and started once, and each costs little.
pub async fn fifty(stage: &Stage<'_>) -> Result<()> {
    let page = Page {
        before: COUNT,
        body: READER,
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    let weights = answer(
        stage,
        "const one = weight();
        const added = Array.from({ length: 49 }, (_, ix) => {
            const element = document.createElement(['offprint-reader', 'offprint-list', 'offprint-article'][ix % 3]);
            element.src = 'articles.json';
            return element;
        });
        document.body.append(...added);
        await Promise.all(added.map(({ ready }) => ready));
        return { one, fifty: weight(), drawn: added.filter(({ shadowRoot }) => shadowRoot.querySelector('.op-card, .op-article')).length, ...counts };",
    )
    .await?;
    let number = |name: &str| weights[name].as_u64().unwrap_or_default();
    ensure!(number("drawn") == 49, "{weights}");
    ensure!(
        (number("compiled"), number("started")) == (2, 2),
        "{weights}"
    );
    ensure!(
        number("one") > 0 && number("fifty") <= 2 * number("one") + 50 * 50_000,
        "{weights}"
    );
    println!(
        "    memory of WebAssembly: {} kB with one element, {} kB with fifty",
        number("one") / 1000,
        number("fifty") / 1000
    );
    for name in [
        "offprint_bg.wasm",
        "offprint-articles_bg.wasm",
        "offprint.css",
        "articles.json",
        "offprint.js",
        "plain.js",
    ] {
        let requests = stage.server.requests();
        let n = requests
            .iter()
            .filter(|request| request.path == name)
            .count();
        ensure!(n == 1, "{name} is fetched {n} times");
    }
    Ok(())
}

/// A thousand times put in and taken out: what was read and drawn is let go of, and the memory is what it was after the first hundred.
pub async fn a_thousand_times(stage: &Stage<'_>) -> Result<()> {
    open(
        stage,
        Page {
            before: COUNT,
            ..Page::default()
        },
    )
    .await?;
    // The module is the same in all browsers; the two that are slower at it are asked for less.
    let n_hundreds = match stage.browser.engine {
        Engine::Chromium if crate::cases::offline::is_all_faults() => 10,
        Engine::Chromium => 4,
        Engine::Firefox | Engine::WebKit => 3,
    };
    let mut weights = Vec::new();
    // In parts, each of which a driver waits for.
    for _ in 0..n_hundreds {
        let script = "await customElements.whenDefined('offprint-list');
            const few = [1, 2, 3].map((n) => ({ id: `a${n}`, title: `Article ${n}`, summary: 'Some *words*.', sections: [{ heading: 'A part', body: 'Its text.' }] }));
            for (let n = 0; n < 100; n += 1) {
                const element = document.createElement(['offprint-reader', 'offprint-article', 'offprint-list'][n % 3]);
                if (n % 10) element.articles = few;
                else element.src = 'articles.json';
                document.body.append(element);
                await element.ready;
                if (n % 2) element.goTo('a2');
                element.remove();
                // All that is done with who left is done in the microtasks of this task.
                await new Promise((resolve) => setTimeout(resolve));
            }
            return { weight: weight(), left: document.body.querySelectorAll('*').length, ...counts };";
        weights.push(answer(stage, script).await?);
    }
    let weight = |ix: usize| weights[ix]["weight"].as_u64().unwrap_or_default();
    // Memory comes by pages of 64 kB; a hundred bytes kept of each element would be two.
    ensure!(
        weight(0) > 0 && weight(n_hundreds - 1) <= weight(0) + 65_536,
        "{weights:?}"
    );
    let last = &weights[n_hundreds - 1];
    ensure!(
        last["started"] == json!(2) && last["left"] == json!(0),
        "{last}"
    );
    println!(
        "    memory of WebAssembly: {} kB after 100 elements, {} kB after {n_hundreds}00",
        weight(0) / 1000,
        weight(n_hundreds - 1) / 1000
    );
    becomes(stage.browser, ERRORS, json!([])).await
}

/// What readers are drawn in comes back from who leaves before it is drawn, at whichever moment.
pub async fn leaving_early(stage: &Stage<'_>) -> Result<()> {
    open(
        stage,
        Page {
            body: READER,
            ..Page::default()
        },
    )
    .await?;
    are_ready(stage, 1).await?;
    let script = "const root = find('.op-root');
        const made = () => Object.assign(document.createElement('offprint-reader'), { src: 'articles.json' });
        find('offprint-reader').remove();
        await new Promise((resolve) => setTimeout(resolve));
        for (let n = 1; n < 24; n += 1) {
            const early = made();
            document.body.append(early);
            for (let tick = 0; tick < n; tick += 1) await null;
            early.remove();
            await new Promise((resolve) => setTimeout(resolve));
        }
        const last = made();
        document.body.append(last);
        await last.ready;
        return find('.op-root') === root;";
    let is_same = answer(stage, script).await?;
    ensure!(is_same == json!(true), "{is_same}");
    Ok(())
}

/// Who has left is kept by nobody, nor are the articles that were given to it. Of the engines, Chromium alone can be asked to collect.
pub async fn who_has_left_is_let_go(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    if browser.engine != Engine::Chromium {
        return Ok(());
    }
    open(stage, Page::default()).await?;
    let script = "await customElements.whenDefined('offprint-list');
        window.weak = [];
        for (let n = 0; n < 12; n += 1) {
            const element = document.createElement(['offprint-reader', 'offprint-article', 'offprint-list'][n % 3]);
            const articles = [{ id: 'a', title: `Article ${n}`, sections: [{ body: 'Its text.' }] }];
            element.articles = articles;
            document.body.append(element);
            await element.ready;
            if (n % 2) {
                element.reload();
                await element.ready;
            }
            element.remove();
            weak.push(new WeakRef(element), new WeakRef(articles[0]));
            await new Promise((resolve) => setTimeout(resolve));
        }
        return weak.length;";
    let n_weak = answer(stage, script).await?;
    ensure!(n_weak == json!(24), "{n_weak}");
    browser
        .devtools("HeapProfiler.collectGarbage", json!({}))
        .await?;
    // The last one may still be on somebody's stack.
    becomes(
        browser,
        "weak.filter((one) => one.deref()).length <= 2",
        json!(true),
    )
    .await
}

/// The state of the reader `given`: its filter and the number of its cards.
const STATE: &str = "[given.shadowRoot.querySelector('#op-category')?.value, Number(given.shadowRoot.querySelector('.op-card')?.ariaSetSize)]";

/// Moved, taken out and put back in one tick, and copied with all that is in it.
pub async fn moved_and_copied(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    open(stage, Page { body: "<section></section><offprint-reader id=\"given\" src=\"articles.json\"><p>Their words</p></offprint-reader>", ..Page::default() }).await?;
    are_ready(stage, 1).await?;
    browser
        .run("window.given = find('#given'); given.setAttribute('category', 'Science');")
        .await?;
    becomes(browser, STATE, json!(["Science", 3])).await?;
    for step in [
        "const section = document.querySelector('section'); section.append(given); document.body.append(given); section.prepend(given);",
        "given.remove(); document.body.append(given);",
        "const fragment = new DocumentFragment(); fragment.append(given); document.body.prepend(fragment);",
        "document.querySelector('section').moveBefore?.(given, null);",
        "document.querySelector('section').replaceChildren(given);",
    ] {
        // In a task of the page: what drivers run may have its microtasks run after each call.
        let step = format!(
            "await new Promise((resolve) => setTimeout(resolve)); window.shown = given.shadowRoot.querySelector('.op-root'); {step}"
        );
        answer(stage, &step).await?;
        becomes(browser, STATE, json!(["Science", 3])).await?;
        // Not drawn anew: it is the very same node.
        becomes(
            browser,
            "given.shadowRoot.querySelector('.op-root') === shown",
            json!(true),
        )
        .await?;
    }
    becomes(
        browser,
        "told.filter(({ name }) => name === 'ready').length",
        json!(1),
    )
    .await?;
    browser
        .run("window.copy = given.cloneNode(true); copy.id = 'copy'; document.body.append(copy);")
        .await?;
    are_ready(stage, 2).await?;
    becomes(browser, "[Number(copy.shadowRoot.querySelector('.op-card')?.ariaSetSize), copy.shadowRoot.querySelectorAll('.op-page').length, copy.textContent]", json!([3, 1, "Their words"])).await?;
    // To another document and back.
    browser.run("const frame = document.createElement('iframe'); document.body.append(frame); frame.contentDocument.body.append(copy); document.body.append(copy); frame.remove();").await?;
    becomes(
        browser,
        "Number(copy.shadowRoot.querySelector('.op-card')?.ariaSetSize)",
        json!(3),
    )
    .await?;
    // All of the page anew, as by a framework that does not know of it.
    browser.run("document.body.replaceChildren(given);").await?;
    becomes(browser, STATE, json!(["Science", 3])).await?;
    becomes(browser, ERRORS, json!([])).await
}

/// In another application of Yew, whose listeners have the numbers of ours: the shadow root is closed, and a click is none of theirs.
pub async fn inside_another_yew(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let before = "
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (how) { const root = attach.call(this, how); (window.roots ??= []).push([root, how.mode]); return root; };
        window.seen = [];
        addEventListener('click', (event) => seen.push(event.composedPath().map((node) => node.localName ?? '').includes('a')), true);";
    open(
        stage,
        Page {
            before,
            body: "<main><div id=\"app\"></div></main>",
            ..Page::default()
        },
    )
    .await?;
    browser.run("app.__yew_subtree_id = 1; const element = document.createElement('offprint-reader'); element.src = 'articles.json'; app.append(element);").await?;
    are_ready(stage, 1).await?;
    becomes(
        browser,
        "[roots[0][1], document.querySelector('offprint-reader').shadowRoot]",
        json!(["closed", Value::Null]),
    )
    .await?;
    browser
        .run("roots[0][0].querySelector('.op-card-title a').click();")
        .await?;
    browser
        .wait_until("roots[0][0].querySelector('.op-article h1')")
        .await?;
    becomes(browser, "seen", json!([false])).await
}

/// What one has left, the next begins with: nothing of it is there, not even what stood beside it.
pub async fn what_is_left_is_clean(stage: &Stage<'_>) -> Result<()> {
    let browser = stage.browser;
    let page = Page {
        body: r#"<offprint-reader src="articles.json" theme="dark"></offprint-reader>"#,
        ..Page::default()
    };
    open(stage, page).await?;
    are_ready(stage, 1).await?;
    // Everything that can be open is, and something is typed and narrowed.
    browser.run("find('offprint-reader').setAttribute('category', 'Science'); find('.op-dates').open = true; window.root = find('.op-root');").await?;
    search(browser, "lighthouse").await?;
    browser.click(".op-help").await?;
    browser.wait_until("find('dialog')?.open").await?;
    browser.run("find('offprint-reader').remove();").await?;
    let add = |tag: &str| {
        format!(
            "window.added = document.createElement('{tag}'); added.src = 'articles.json'; document.body.append(added);"
        )
    };
    browser.run(&add("offprint-reader")).await?;
    are_ready(stage, 2).await?;
    becomes(
        browser,
        "[find('.op-root') === root, root.childNodes.length, all('dialog').length, find('#op-search').value, find('#op-category').value, find('.op-dates').open, root.dataset.theme]",
        json!([true, 1, 0, "", "", false, "auto"]),
    )
    .await?;
    becomes(browser, N_CARDS, json!(16)).await?;
    // What is pressed is heard once, by the one who has it now.
    search(browser, "serifs").await?;
    becomes(
        browser,
        "told.filter(({ name, detail }) => name === 'search' && detail.query === 'serifs').length > 0 && told.filter(({ name, detail }) => name === 'search' && detail.query === 'serifs').length",
        json!(1),
    )
    .await?;
    browser.run("added.remove();").await?;
    browser.run(&add("offprint-article")).await?;
    are_ready(stage, 3).await?;
    becomes(
        browser,
        "[find('.op-root') === root, root.childNodes.length, all('.op-masthead').length, all('.op-article').length]",
        json!([true, 1, 0, 1]),
    )
    .await?;
    becomes(browser, ERRORS, json!([])).await
}
