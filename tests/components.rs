//! Components in a real browser, without the rest: what a state looks like, and what of it stays untouched.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use offprint::library::{Library, PackedLibrary, Source};
use offprint::state::{Effect, Msg, Route, State, update};
use offprint::ui::{Reader, ReaderProps};
use offprint_articles::Articles;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};
use yew::{AppHandle, Callback};

#[path = "components/same_elements.rs"]
mod same_elements;

wasm_bindgen_test_configure!(run_in_browser);

struct Direct(Articles);

impl Source for Direct {
    fn overview(&self) -> Vec<u8> {
        self.0.overview()
    }

    fn card(&self, ix: usize) -> Vec<u8> {
        self.0.card(ix)
    }

    fn article(&self, ix: usize) -> Vec<u8> {
        self.0.article(ix)
    }
}

/// A reader without a host: the state is set by hand.
struct Stage {
    root: Element,
    state: State,
    app: AppHandle<Reader>,
}

impl Stage {
    async fn open(json: &str) -> Stage {
        let mut articles = Articles::new(json.into());
        while articles.step(1 << 16).expect("a collection") {}
        let library: Rc<dyn Library> =
            Rc::new(PackedLibrary::new(Box::new(Direct(articles))).expect("one version"));
        let root = document().create_element("div").expect("a div");
        document()
            .body()
            .expect("a body")
            .append_child(&root)
            .expect("appended");
        let (first, drawn) = props(&State::default());
        let app = yew::Renderer::<Reader>::with_root_and_props(root.clone(), first).render();
        drawn.await.expect("drawn");
        let mut stage = Stage {
            root,
            state: State::default(),
            app,
        };
        stage.send(Msg::Loaded(library)).await;
        stage
    }

    /// A message, carried out as far as it needs no host, and drawn.
    async fn send(&mut self, msg: Msg) {
        let mut waiting = vec![msg];
        while let Some(msg) = waiting.pop() {
            let (state, effects) = update(self.state.clone(), msg);
            self.state = state;
            for effect in effects {
                if let Effect::Open(ix) = effect {
                    let library = self.state.library().expect("a library");
                    waiting.push(Msg::Opened(library.article(ix).here()));
                }
            }
        }
        let (props, drawn) = props(&self.state);
        self.app.update(props);
        drawn.await.expect("drawn");
    }

    fn find(&self, selector: &str) -> Element {
        let found = self.root.query_selector(selector).expect("a selector");
        found.unwrap_or_else(|| panic!("{selector} is not in {}", self.root.outer_html()))
    }

    fn count(&self, selector: &str) -> u32 {
        self.root
            .query_selector_all(selector)
            .expect("a selector")
            .length()
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }
}

/// The properties of a state, and a promise that it has been drawn.
fn props(state: &State) -> (ReaderProps, oneshot::Receiver<()>) {
    let (sender, receiver) = oneshot::channel();
    let sender = RefCell::new(Some(sender));
    let drawn = Callback::from(move |()| {
        if let Some(sender) = sender.borrow_mut().take() {
            let _ = sender.send(());
        }
    });
    let props = ReaderProps {
        state: Rc::new(state.clone()),
        send: Callback::noop(),
        drawn,
        adopted: Default::default(),
    };
    (props, receiver)
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a document")
}

fn one_article(body: &str) -> String {
    let body = body
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!(r#"{{"articles": [{{"id": "a", "title": "T", "sections": [{{"body": "{body}"}}]}}]}}"#)
}

/// The nodes of a section with this text, as markup.
async fn check(markdown: &str, expect: &str) {
    let mut stage = Stage::open(&one_article(markdown)).await;
    stage.send(Msg::Go(Route::article("a"))).await;
    let markup = stage.find(".op-section").outer_html();
    let markup = markup
        .strip_prefix("<section class=\"op-section\">")
        .unwrap_or(&markup);
    let markup = markup.strip_suffix("</section>").unwrap_or(markup);
    assert_eq!(markup, expect, "{markdown}");
    stage.app.destroy();
    stage.root.remove();
}

#[wasm_bindgen_test]
async fn trees_become_nodes() {
    check("One *two* **three** ~~four~~ `five`", "<p dir=\"auto\">One <em>two</em> <strong>three</strong> <s>four</s> <code dir=\"ltr\">five</code></p>").await;
    check(
        "> quote",
        "<blockquote dir=\"auto\"><p dir=\"auto\">quote</p></blockquote>",
    )
    .await;
    check(
        "3. a\n4. b",
        "<ol dir=\"auto\" start=\"3\"><li>a</li><li>b</li></ol>",
    )
    .await;
    check("a\\\nb", "<p dir=\"auto\">a<br>b</p>").await;
    check("---", "<hr>").await;
    check(
        "```rust\nfn\n```",
        "<pre dir=\"ltr\" tabindex=\"0\"><code class=\"language-rust\">fn\n</code></pre>",
    )
    .await;
    check(
        "[a](https://example.org/x)",
        "<p dir=\"auto\"><a href=\"https://example.org/x\" rel=\"noopener noreferrer\">a</a></p>",
    )
    .await;
    check(
        "|a|b|\n|-|-:|\n|1|2|",
        "<div role=\"group\" aria-label=\"Table\" tabindex=\"0\" class=\"op-table\"><table dir=\"auto\"><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"op-right\">b</th></tr></thead><tbody><tr><td>1</td><td class=\"op-right\">2</td></tr></tbody></table></div>",
    )
    .await;
}

#[wasm_bindgen_test]
async fn markup_in_a_text_stays_text() {
    check(
        "<script>alert(1)</script>",
        "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    )
    .await;
    check("[a](javascript:alert(1))", "<p dir=\"auto\">a</p>").await;
    check("![a](javascript:alert(1))", "<p dir=\"auto\">a</p>").await;
}

const EDITION: &str = r#"{"title": "E", "articles": [
    {"id": "a", "title": "A", "category": "X", "published": "2026-01-02", "sections": [{"body": "Body of A"}]},
    {"id": "b", "title": "B", "category": "Y", "published": "2026-01-01", "sections": [{"body": "Body of B"}]}]}"#;

#[wasm_bindgen_test]
async fn an_absent_part_leaves_no_trace() {
    let mut stage = Stage::open(EDITION).await;
    stage.send(Msg::Go(Route::article("a"))).await;
    assert_eq!(stage.text(".op-body"), "Body of A");
    assert_eq!(
        stage.count(".op-part, .op-notes, .op-contents, figure, .op-subtitle, .op-tags"),
        0
    );
}

#[wasm_bindgen_test]
async fn the_body_of_an_article_is_drawn_once() {
    let mut stage = Stage::open(EDITION).await;
    stage.send(Msg::Go(Route::article("a"))).await;
    let body = stage.find(".op-body");
    // A translator rewrites the text; whatever happens around it, the reader leaves it alone.
    stage
        .find(".op-section p")
        .set_text_content(Some("Übersetzt"));
    stage.send(Msg::Offline(true)).await;
    stage.send(Msg::Go(Route::anchor("a", "op-x"))).await;
    assert!(stage.find(".op-body").is_same_node(Some(&body)));
    assert_eq!(stage.text(".op-body"), "Übersetzt");
    stage.send(Msg::Go(Route::article("b"))).await;
    assert_eq!(stage.text(".op-body"), "Body of B");
}

#[wasm_bindgen_test]
async fn a_filter_leaves_its_own() {
    let mut stage = Stage::open(EDITION).await;
    assert_eq!(stage.count("article"), 2);
    assert_eq!(stage.text(".op-count"), "2 articles");
    stage.send(Msg::Category(Some("Y".into()))).await;
    assert_eq!(stage.text("article h2"), "B");
    assert_eq!(stage.text(".op-count"), "1 article");
    stage.send(Msg::Category(Some("Z".into()))).await;
    assert_eq!(stage.text(".op-empty h2"), "Nothing found");
}
