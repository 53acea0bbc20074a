//! [`Host`]: owns the state of one mounted reader and does what it asks.
//!
//! A message goes through `update`, its effects are carried out (they may send further messages, which
//! wait their turn), and the interface is drawn anew. What needs the drawn page waits for [`Host::drawn`].

mod edition;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::js_sys::{Array, Function};
use web_sys::{Element, Window};
use yew::{AppHandle, Callback};

use self::edition::Missed;
use super::adopted::Adopted;
use super::history::History;
use super::loading::Edition;
use super::page::Page;
use super::panic;
use super::roots;
use super::search::Worker;
use crate::library::Lookup;
use crate::state::{
    Addresses, Arrival, Effect, Filter, Msg, Page as Shown, Phase, Place, Route, State, Theme,
    View, update,
};
use crate::ui::{Reader, ReaderProps};

/// How long a scroll has to rest before the place is remembered, in milliseconds: browsers refuse more
/// than a hundred changes of the history in half a minute (WebKit) or two hundred (Chromium).
const REST: u32 = 250;

/// The functions of the page that the reader calls.
pub struct Outside {
    /// Gives a promise of the opened collection.
    pub load: Function,
    /// Gives the search: a port of messages, and a function that ends it.
    pub start_search: Function,
    /// Is told what happens (`mount` in `web`).
    pub tell: Function,
    /// Where the page is one of a built site.
    pub site: Option<Files>,
}

/// The files of a built site.
pub struct Files {
    /// The address of the edition's files.
    pub data: String,
    /// Gives a promise of a file of the edition.
    pub fetch: Function,
}

/// How a reader is mounted.
pub struct Settings {
    /// The address that relative addresses start from; of a built site its root.
    pub base: String,
    /// Where routes have addresses, if the page's address follows what is shown.
    pub addresses: Option<Addresses>,
    /// What to begin with where the address says nothing.
    pub start: Route,
    /// What of the edition is shown.
    pub view: View,
    /// The address of an article's page elsewhere, with `{id}` in it.
    pub pages: Option<String>,
    /// The colours.
    pub theme: Theme,
    /// Whether articles can be saved.
    pub saves: bool,
    /// What of the page is the reader's already.
    pub adopted: Adopted,
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
    has_drawn: Cell<bool>,
    /// The address of the route that was told last.
    told: RefCell<String>,
    app: RefCell<Option<AppHandle<Reader>>>,
    history: History,
    outside: Outside,
    adopted: Adopted,
    edition: RefCell<Option<Edition>>,
    /// What could not be had, while the edition is asked for anew: there may be a new one.
    renewing: RefCell<Option<Missed>>,
    search: RefCell<Option<Worker>>,
    /// Whether the worker has given up, so that the next start needs another one.
    search_failed: Cell<bool>,
    arrival: RefCell<Option<Arrival>>,
    has_arrived: Cell<bool>,
    /// Whether the page wants the focus to come along with what is shown next.
    takes_focus: Cell<bool>,
    /// The article whose words are marked, and the words; empty for none.
    marked: RefCell<[String; 2]>,
    focus: Cell<Option<usize>>,
    /// Where the cards in view stay when the list around them changes.
    kept: Cell<Option<Place>>,
    rest: RefCell<Option<Timeout>>,
    width: Cell<f64>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Host {
    /// Draws a reader in `node` and starts to load its edition.
    pub fn mount(node: Element, settings: Settings, outside: Outside) -> Host {
        let Settings {
            base,
            addresses,
            start,
            view,
            pages,
            theme,
            saves,
            adopted,
        } = settings;
        // `mount` is called by a script of a page, so there is a window.
        #[expect(
            clippy::expect_used,
            reason = "a page without a window has no elements either"
        )]
        let window = web_sys::window().expect("a window");
        let page = super::history::named_whole(&window);
        let elsewhere = pages.map(|pages| Addresses::Elsewhere(pages.into(), page.clone()));
        let (is_guest, after) = (addresses.is_none(), Addresses::Hash(page));
        let addresses = addresses.map(|addresses| match addresses {
            Addresses::Hash(_) => after.clone(),
            other => other,
        });
        let state = State {
            theme,
            base,
            view,
            is_guest,
            saves,
            addresses: elsewhere.or(addresses.clone()).unwrap_or(after),
            offline: !window.navigator().on_line(),
            ..State::default()
        };
        let history = History::new(window.clone(), addresses, start);
        let inner = Rc::new(Inner {
            page: Page {
                root: node.clone(),
                window: window.clone(),
            },
            state: RefCell::new(Rc::new(state)),
            waiting: RefCell::default(),
            is_busy: Cell::new(false),
            is_drawn: Cell::new(false),
            has_drawn: Cell::new(false),
            told: RefCell::default(),
            app: RefCell::new(None),
            history,
            outside,
            adopted,
            edition: RefCell::new(None),
            renewing: RefCell::new(None),
            search: RefCell::new(None),
            search_failed: Cell::new(false),
            arrival: RefCell::new(None),
            has_arrived: Cell::new(false),
            takes_focus: Cell::new(false),
            marked: RefCell::default(),
            focus: Cell::new(None),
            kept: Cell::new(None),
            rest: RefCell::new(None),
            width: Cell::new(width(&window)),
            listeners: RefCell::default(),
        });
        if inner.outside.site.is_none() {
            let (route, place) = inner.history.current();
            inner.send(Msg::Arrived(route, place));
        }
        inner.listen(&window);
        inner.load();
        Host(inner)
    }

    /// Takes the reader out of the page and lets go of everything.
    pub fn destroy(self) {
        self.0.let_go();
        if let Some(app) = self.0.app.take() {
            roots::keep(self.0.page.root.clone(), app, self.0.props());
        }
    }

    /// Shows a route. Where words alone are others, they are as if they had been typed; with `takes_focus` the focus goes to what is shown, wherever
    /// on the page it is.
    pub fn go(&self, route: Route, takes_focus: bool) {
        self.0.takes_focus.set(takes_focus);
        let now = self.0.state.borrow().route.clone();
        let query = route.filter.query.clone();
        let typed = Route::list(Filter {
            query: query.clone(),
            ..now.filter.clone()
        });
        let is_list = matches!(now.page, Shown::Front { .. });
        let is_typed = is_list && typed == route && now.filter.query != query;
        self.0.send(match is_typed {
            true => Msg::Typed(query),
            false => Msg::Go(route),
        });
    }

    /// Asks the page for the collection once more, and shows it where the person is.
    pub fn reload(&self) {
        self.0.load();
    }

    /// Tells the addresses of `n` articles of the list that is shown, from the one at position `first`, once all of them are known: else they are
    /// asked for.
    pub fn listed(&self, first: usize, n: usize) {
        let state = self.0.state.borrow().clone();
        let Some(library) = state.library() else {
            return;
        };
        let filter = &state.route.filter;
        let mut is_coming = state.relist.is_some() || filter.asks() && !state.search.is_settled();
        let mut addresses = Vec::new();
        for &ix in state.listing.docs.iter().skip(first).take(n) {
            match library.id(ix as usize) {
                Lookup::Here(id) => {
                    addresses.push(state.addresses.href(&Route::article(&id)).into());
                }
                Lookup::Missing => {}
                Lookup::Coming => is_coming = true,
            }
        }
        self.0.fetch();
        if !is_coming {
            self.0.tell("listed", &addresses);
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
            adopted: self.adopted.clone(),
        }
    }

    /// Draws for the first time.
    fn draw(self: &Rc<Inner>) {
        self.tell("drawing", &[]);
        let app = roots::draw(&self.page.root, self.props());
        *self.app.borrow_mut() = Some(app);
    }

    /// Tells the page that something has happened.
    fn tell(&self, name: &str, what: &[JsValue]) {
        let told = Array::of1(&name.into());
        for value in what {
            told.push(value);
        }
        if let Err(error) = self.outside.tell.apply(&JsValue::UNDEFINED, &told) {
            web_sys::console::error_1(&error);
        }
    }

    /// Draws the page anew; the first time, waits until all is here that it shows, or will not come.
    fn show(self: &Rc<Inner>) {
        self.is_drawn.set(false);
        if let Some(app) = self.app.borrow_mut().as_mut() {
            app.update(self.props());
            return;
        }
        if self.is_left_alone() {
            self.let_go();
            return self.tell("kept", &[]);
        }
        let state = self.state.borrow().clone();
        // A page that was there before stays as it was where nothing comes.
        let has_failed = matches!(state.phase, Phase::Failed(_)) && self.outside.site.is_none();
        if has_failed || state.is_complete() {
            self.draw();
        }
    }

    /// Whether the page has an article that the edition does not know (any more): one that a person has saved, or an older page. It is complete,
    /// and stays as it is.
    fn is_left_alone(&self) -> bool {
        let state = self.state.borrow();
        let is_gone = state.is_article() && state.opened.is_none() && !state.seeks;
        is_gone
            && state.library().is_some()
            && self.app.borrow().is_none()
            && self.adopted != Adopted::default()
    }

    /// Listens to the page no more.
    fn let_go(&self) {
        self.listeners.take();
        self.rest.take();
        self.search.take();
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
        if panic::is_over() {
            return;
        }
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
        self.show();
        self.tell_route();
        self.fetch();
    }

    /// Tells what is shown, where that is another than before, and whether it is an article that the edition has not.
    fn tell_route(&self) {
        let state = self.state.borrow().clone();
        let address = state.route.address();
        if state.library().is_some() && *self.told.borrow() != address {
            self.told.borrow_mut().clone_from(&address);
            let is_missing = state.is_article() && state.opened.is_none() && !state.seeks;
            self.tell("route", &[address.into(), is_missing.into()]);
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
                if self.outside.site.is_some() {
                    self.page.forget_address();
                }
                self.history.push(&route);
            }
            Effect::Replace(route) => self.history.replace(&route, Some(self.page.place())),
            Effect::Open(ix) => {
                let library = self.state.borrow().library().cloned();
                match library.map(|library| library.article(ix)) {
                    Some(Lookup::Here(opened)) => self.send(Msg::Opened(Some(opened))),
                    // It is on its way, and `Msg::Came` will ask again.
                    Some(Lookup::Coming) => {}
                    Some(Lookup::Missing) | None => self.send(Msg::Opened(None)),
                }
            }
            // What is drawn first is of the page that was loaded, and has said what there is.
            Effect::LoadPage if self.app.borrow().is_some() && self.outside.site.is_some() => {
                self.tell("elsewhere", &[]);
            }
            Effect::LoadPage => self.send(Msg::Opened(None)),
            Effect::Arrive(arrival) => *self.arrival.borrow_mut() = Some(arrival),
            Effect::Title(title) => {
                if let Some(document) = self
                    .page
                    .window
                    .document()
                    .filter(|_| self.history.owns_address() && !self.is_left_alone())
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
                self.tell("theme", &[theme.name().into()]);
            }
        }
    }

    /// The page has been drawn: what waited for it is done, in an order in which each step finds the
    /// page as the one before left it.
    fn drawn(self: &Rc<Inner>) {
        if !self.is_drawn.replace(true) && !self.has_drawn.replace(true) {
            self.tell("drawn", &[]);
        }
        self.fetch();
        self.page.set_spacers();
        if let Some(place) = self.kept.take() {
            self.page.keep(&place);
        }
        // Taken out before it is acted on: to focus is to call the page's own listeners.
        let arrival = self.arrival.borrow_mut().take();
        if let Some(arrival) = arrival {
            let is_first = !self.has_arrived.replace(true);
            // On a page that was there before, the browser has gone where the address says, and the person further.
            let stays = matches!(
                arrival,
                Arrival::Top | Arrival::Anchor(_) | Arrival::Place(Place { at: None, .. })
            );
            let takes_focus = self.takes_focus.take();
            if !(is_first && stays && self.outside.site.is_some()) {
                let may_focus = !is_first && (takes_focus || self.page.has_focus());
                self.page.arrive(&arrival, may_focus);
            }
        }
        if let Some(position) = self.focus.take() {
            self.page.focus_card(position);
        }
        self.mark();
        let heights = self.page.block_heights();
        if self.state.borrow().window.clone().measured(&heights) {
            // What is to be built is asked again once the page stands with these heights.
            self.send_in_place(Msg::Measured(heights));
        } else {
            self.look();
        }
    }

    /// Says which words are to be marked, where those or the article are others than before.
    fn mark(&self) {
        let marked = match self.state.borrow().marked() {
            Some((opened, words)) => [opened.id.clone(), words.to_owned()],
            None => Default::default(),
        };
        if *self.marked.borrow() != marked {
            let words = JsValue::from_str(&marked[1]);
            *self.marked.borrow_mut() = marked;
            self.tell("mark", &[words]);
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

    fn listen(self: &Rc<Inner>, window: &Window) {
        let passive = EventListenerOptions::run_in_capture_phase();
        let on = |name: &'static str, run: fn(&Rc<Inner>)| {
            let inner = Rc::downgrade(self);
            EventListener::new_with_options(window, name, passive, move |_| {
                if let Some(inner) = Weak::upgrade(&inner).filter(|_| !panic::is_over()) {
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
                if inner.history.owns_address() {
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
            if let Some(inner) = inner.upgrade().filter(|_| !panic::is_over()) {
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

fn width(window: &Window) -> f64 {
    window
        .inner_width()
        .ok()
        .and_then(|w| w.as_f64())
        .unwrap_or(0.0)
}
