//! [`Host`]: owns the state of one mounted reader and does what it asks.
//!
//! A message goes through `update`, its effects are carried out (they may send further messages, which
//! wait their turn), and the interface is drawn anew. What needs the drawn page waits for [`Host::drawn`].

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::js_sys::Function;
use web_sys::{Element, Window, console};
use yew::{AppHandle, Callback};

use super::history::History;
use super::loading::{self, Articles};
use super::page::Page;
use super::search::Worker;
use crate::library::Library;
use crate::state::{Answer, Arrival, Effect, Msg, Page as Shown, Place, State, Theme, update};
use crate::ui::{Reader, ReaderProps};

/// How long a scroll has to rest before the place is remembered, in milliseconds: browsers refuse more
/// than a hundred changes of the history in half a minute (WebKit) or two hundred (Chromium).
const REST: u32 = 250;

/// The functions of the page that the reader calls.
pub struct Outside {
    /// Gives a promise of the opened collection.
    pub load: Function,
    /// Gives a search worker.
    pub start_search: Function,
    /// Is told the colours.
    pub theme_changed: Function,
}

/// One mounted reader.
pub struct Host(Rc<Inner>);

struct Inner {
    page: Page,
    state: RefCell<Rc<State>>,
    waiting: RefCell<VecDeque<Msg>>,
    is_busy: Cell<bool>,
    /// Whether the page is as the state says.
    is_drawn: Cell<bool>,
    app: RefCell<Option<AppHandle<Reader>>>,
    history: History,
    outside: Outside,
    articles: RefCell<Option<Articles>>,
    search: RefCell<Option<Worker>>,
    /// Whether the worker has given up, so that the next start needs another one.
    search_failed: Cell<bool>,
    arrival: RefCell<Option<Arrival>>,
    has_arrived: Cell<bool>,
    focus: Cell<Option<usize>>,
    /// Where the cards in view stay when the list around them changes.
    kept: Cell<Option<Place>>,
    rest: RefCell<Option<Timeout>>,
    width: Cell<f64>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Host {
    /// Draws a reader in `node` and starts to load its edition.
    pub fn mount(
        node: Element,
        base: String,
        hash_routing: bool,
        theme: Theme,
        outside: Outside,
    ) -> Host {
        // `mount` is called by a script of a page, so there is a window.
        #[expect(
            clippy::expect_used,
            reason = "a page without a window has no elements either"
        )]
        let window = web_sys::window().expect("a window");
        let history = History::new(window.clone(), hash_routing);
        let state = State {
            theme,
            base,
            offline: !window.navigator().on_line(),
            ..State::default()
        };
        let inner = Rc::new(Inner {
            page: Page {
                root: node.clone(),
                window: window.clone(),
            },
            state: RefCell::new(Rc::new(state)),
            waiting: RefCell::default(),
            is_busy: Cell::new(false),
            is_drawn: Cell::new(false),
            app: RefCell::new(None),
            history,
            outside,
            articles: RefCell::new(None),
            search: RefCell::new(None),
            search_failed: Cell::new(false),
            arrival: RefCell::new(None),
            has_arrived: Cell::new(false),
            focus: Cell::new(None),
            kept: Cell::new(None),
            rest: RefCell::new(None),
            width: Cell::new(width(&window)),
            listeners: RefCell::default(),
        });
        let app = yew::Renderer::<Reader>::with_root_and_props(node, inner.props()).render();
        *inner.app.borrow_mut() = Some(app);
        inner.listen(&window);
        let (route, place) = inner.history.current();
        inner.send(Msg::Arrived(route, place));
        inner.load();
        Host(inner)
    }

    /// Takes the reader out of the page and lets go of everything.
    pub fn destroy(self) {
        self.0.listeners.take();
        self.0.rest.take();
        self.0.search.take();
        let app = self.0.app.take();
        if let Some(app) = app {
            app.destroy();
        }
    }

    /// Takes the colours that the page has set.
    pub fn set_theme(&self, theme: Theme) {
        self.0.send(Msg::ThemeSet(theme));
    }
}

impl Inner {
    fn props(self: &Rc<Inner>) -> ReaderProps {
        ReaderProps {
            state: self.state.borrow().clone(),
            send: self.weakly(|inner, msg| inner.send(msg)),
            drawn: self.weakly(|inner, ()| inner.drawn()),
        }
    }

    /// A callback that does not keep the host alive.
    fn weakly<T: 'static>(self: &Rc<Inner>, run: impl Fn(&Rc<Inner>, T) + 'static) -> Callback<T> {
        let weak = Rc::downgrade(self);
        Callback::from(move |value| {
            if let Some(inner) = Weak::upgrade(&weak) {
                run(&inner, value);
            }
        })
    }

    fn send(self: &Rc<Inner>, msg: Msg) {
        self.waiting.borrow_mut().push_back(msg);
        if self.is_busy.replace(true) {
            return;
        }
        while let Some(msg) = self.next() {
            let state = State::clone(&self.state.borrow());
            let (state, effects) = update(state, msg);
            *self.state.borrow_mut() = Rc::new(state);
            for effect in effects {
                self.carry_out(effect);
            }
        }
        self.is_busy.set(false);
        self.is_drawn.set(false);
        if let Some(app) = self.app.borrow_mut().as_mut() {
            app.update(self.props());
        }
    }

    fn next(&self) -> Option<Msg> {
        self.waiting.borrow_mut().pop_front()
    }

    fn carry_out(self: &Rc<Inner>, effect: Effect) {
        match effect {
            Effect::Load => {
                // The person asked for it, so the focus may follow.
                self.has_arrived.set(true);
                self.load();
            }
            Effect::Push(route) => {
                self.remember_place();
                self.history.push(&route);
            }
            Effect::Replace(route) => self.history.replace(&route, Some(self.page.place())),
            Effect::Open(ix) => {
                let library = self.state.borrow().library().cloned();
                let opened = library.and_then(|library| library.article(ix));
                self.send(Msg::Opened(opened));
            }
            Effect::Arrive(arrival) => *self.arrival.borrow_mut() = Some(arrival),
            Effect::Title(title) => {
                if let Some(document) = self
                    .page
                    .window
                    .document()
                    .filter(|_| self.history.is_hash())
                {
                    document.set_title(&title);
                }
            }
            Effect::StartSearch => self.start_search(),
            Effect::Search(asked, query) => {
                if let Some(worker) = self.search.borrow().as_ref() {
                    worker.search(asked, &query);
                }
            }
            Effect::Snippets(asked, docs) => {
                if let Some(worker) = self.search.borrow().as_ref() {
                    worker.snippets(asked, &docs);
                }
            }
            Effect::FocusCard(position) => self.focus.set(Some(position)),
            Effect::FocusSearch => self.page.focus_search(),
            Effect::RememberTheme(theme) => {
                let name = JsValue::from_str(theme.name());
                // The page's own function; what it throws is on the console already.
                let _ = self.outside.theme_changed.call1(&JsValue::UNDEFINED, &name);
            }
        }
    }

    /// The page has been drawn: what waited for it is done, in an order in which each step finds the
    /// page as the one before left it.
    fn drawn(self: &Rc<Inner>) {
        self.is_drawn.set(true);
        self.page.set_spacers();
        if let Some(place) = self.kept.take() {
            self.page.keep(&place);
        }
        // Taken out before it is acted on: to focus is to call the page's own listeners.
        let arrival = self.arrival.borrow_mut().take();
        if let Some(arrival) = arrival {
            let is_first = !self.has_arrived.replace(true);
            self.page.arrive(&arrival, is_first);
        }
        if let Some(position) = self.focus.take() {
            self.page.focus_card(position);
        }
        let heights = self.page.block_heights();
        if self.state.borrow().window.clone().measured(&heights) {
            // What is to be built is asked again once the page stands with these heights.
            self.send_in_place(Msg::Measured(heights));
        } else {
            self.look();
        }
    }

    /// Sends what changes the list around the cards in view, which stay where they are: WebKit has no scroll
    /// anchoring, and where there is one it knows nothing of changes before the first frame.
    fn send_in_place(self: &Rc<Inner>, msg: Msg) {
        self.kept.set(Some(self.page.place()));
        self.send(msg);
    }

    /// Tells the state what part of the list is in view, where another part has to be built for it.
    fn look(self: &Rc<Inner>) {
        // Measures of a page that is not yet as the state says would be read as those of another list.
        if !self.is_drawn.get() {
            return;
        }
        let Some((top, height)) = self.page.list_view() else {
            return;
        };
        let mut window = self.state.borrow().window.clone();
        let before = window.blocks.clone();
        window.view(top, height);
        if window.blocks != before {
            self.send_in_place(Msg::Viewport(top, height));
        }
    }

    fn load(self: &Rc<Inner>) {
        let inner = Rc::downgrade(self);
        let load = self.outside.load.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = loading::load(&load).await;
            let Some(inner) = inner.upgrade() else { return };
            match loaded {
                Ok((library, articles)) => {
                    report(&library);
                    *inner.articles.borrow_mut() = Some(articles);
                    inner.send(Msg::Loaded(Rc::new(library)));
                }
                Err(failure) => {
                    console::error_1(&format!("Offprint: {}", failure.detail).into());
                    inner.send(Msg::LoadFailed(failure));
                }
            }
        });
    }

    fn start_search(self: &Rc<Inner>) {
        let articles = self.articles.borrow().clone();
        let is_running = self.search.borrow().is_some() && !self.search_failed.get();
        let Some(articles) = articles.filter(|_| !is_running) else {
            return;
        };
        self.search_failed.set(false);
        let answer = self.weakly(|inner, answer| {
            if matches!(answer, Answer::Failed(_)) {
                inner.search_failed.set(true);
            }
            inner.send(Msg::Search(answer));
        });
        let started = Worker::start(
            &self.outside.start_search,
            &articles.bytes(),
            move |received| {
                answer.emit(received);
            },
        );
        match started {
            Ok(worker) => *self.search.borrow_mut() = Some(worker),
            Err(why) => self.send(Msg::Search(Answer::Failed(why))),
        }
    }

    fn listen(self: &Rc<Inner>, window: &Window) {
        let passive = EventListenerOptions::run_in_capture_phase();
        let on = |name: &'static str, run: fn(&Rc<Inner>)| {
            let inner = Rc::downgrade(self);
            EventListener::new_with_options(window, name, passive, move |_| {
                if let Some(inner) = Weak::upgrade(&inner) {
                    run(&inner);
                }
            })
        };
        // In the capture phase, so that a scroll of any box around the reader is heard of too.
        *self.listeners.borrow_mut() = vec![
            on("scroll", Inner::scrolled),
            on("resize", Inner::resized),
            on("online", |inner| inner.send(Msg::Offline(false))),
            on("offline", |inner| inner.send(Msg::Offline(true))),
            on("pagehide", |inner| inner.remember_place()),
            on("popstate", |inner| {
                if inner.history.is_hash() {
                    *inner.rest.borrow_mut() = None;
                    let (route, place) = inner.history.current();
                    inner.send(Msg::Arrived(route, place));
                }
            }),
        ];
    }

    fn scrolled(self: &Rc<Inner>) {
        if self.kept.get().is_some() {
            self.kept.set(Some(self.page.place()));
        }
        self.look();
        let inner = Rc::downgrade(self);
        *self.rest.borrow_mut() = Some(Timeout::new(REST, move || {
            if let Some(inner) = inner.upgrade() {
                inner.rested();
            }
        }));
    }

    /// The scroll has come to rest: the address and the history learn where.
    fn rested(self: &Rc<Inner>) {
        let state = self.state.borrow().clone();
        let shown = match &state.route.page {
            Shown::Front { .. } => Shown::Front {
                at: self.page.place().at.unwrap_or(0),
            },
            // A note or a smaller heading that was gone to stays in the address as long as it is in view.
            Shown::Article {
                anchor: Some(anchor),
                ..
            } if self.page.is_in_view(anchor) => state.route.page.clone(),
            Shown::Article { id, .. } => Shown::Article {
                id: id.clone(),
                anchor: self.page.heading_in_view(),
            },
        };
        if shown == state.route.page {
            self.remember_place();
        } else if state.library().is_some() {
            self.send(Msg::Moved(shown));
        }
    }

    fn remember_place(&self) {
        let place = self.page.place();
        // Only what is new is written: a write that meets a step back on its way may call that off.
        let is_known = |known: Place| {
            let is_same = (known.at, known.focus) == (place.at, place.focus);
            is_same && (known.top - place.top).abs() < 2.0
        };
        if !self.history.current().1.is_some_and(is_known) {
            self.history.keep(place);
        }
    }

    fn resized(self: &Rc<Inner>) {
        let width = width(&self.page.window);
        if self.width.replace(width) != width {
            self.send(Msg::Resized);
        }
        self.look();
    }
}

/// One line on the console for whoever runs the page, and every problem of the edition after it.
fn report(library: &dyn Library) {
    let overview = library.overview();
    let (problems, n_all) = (&overview.problems, overview.n_problems);
    if n_all == 0 {
        return;
    }
    let mut text = format!(
        "Offprint: the edition was read, with {n_all} problem{}",
        if n_all == 1 { "" } else { "s" }
    );
    for problem in problems.iter().take(20) {
        text.push_str("\n  ");
        text.push_str(&problem.text);
    }
    console::warn_1(&text.into());
}

fn width(window: &Window) -> f64 {
    window
        .inner_width()
        .ok()
        .and_then(|w| w.as_f64())
        .unwrap_or(0.0)
}
