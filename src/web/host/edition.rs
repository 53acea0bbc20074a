//! What the host has to do with the edition: load it, fetch what its library wants, and start the search on it.

use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;

use super::Inner;
use crate::library::{Blob, BuiltLibrary, Library};
use crate::state::{Answer, Failure, FailureKind, Msg, State};
use crate::web::loading::{self, Edition};
use crate::web::search::{Cards, Opening, Worker};

/// What could not be had, and who wanted it.
pub(super) enum Missed {
    /// The library.
    File(Failure),
    /// The search.
    Search(Failure),
    /// What the rows of these articles show, for the query of this number.
    Rows(u32, Vec<u32>, Failure),
}

impl Missed {
    /// The same of something else.
    fn because(self, failure: Failure) -> Missed {
        match self {
            Missed::File(_) => Missed::File(failure),
            Missed::Search(_) => Missed::Search(failure),
            Missed::Rows(asked, docs, _) => Missed::Rows(asked, docs, failure),
        }
    }

    fn failure(&self) -> &Failure {
        let (Missed::File(failure) | Missed::Search(failure) | Missed::Rows(_, _, failure)) = self;
        failure
    }
}

/// What is done with bytes that were fetched.
type Then = Box<dyn FnOnce(&Rc<Inner>, Result<Vec<u8>, Failure>)>;

impl Inner {
    pub(super) fn load(self: &Rc<Inner>) {
        if self.outside.site.is_some() {
            let promised = self.outside.load.call0(&JsValue::UNDEFINED);
            self.when_fetched(promised, |inner, fetched| {
                let opened = fetched.and_then(loading::open_index);
                inner.loaded(opened);
            });
            return;
        }
        let inner = Rc::downgrade(self);
        let load = self.outside.load.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let loaded = loading::load(&load).await;
            if let Some(inner) = inner.upgrade() {
                inner.loaded(loaded);
            }
        });
    }

    /// Waits for bytes that the page has promised.
    fn when_fetched(
        self: &Rc<Inner>,
        promised: Result<JsValue, JsValue>,
        then: impl FnOnce(&Rc<Inner>, Result<Vec<u8>, Failure>) + 'static,
    ) {
        let (inner, then) = (Rc::downgrade(self), Box::new(then));
        wait(inner, promised, then);

        fn wait(inner: Weak<Inner>, promised: Result<JsValue, JsValue>, then: Then) {
            wasm_bindgen_futures::spawn_local(async move {
                let fetched = loading::bytes(promised).await;
                if let Some(inner) = inner.upgrade() {
                    then(&inner, fetched);
                }
            });
        }
    }

    fn loaded(self: &Rc<Inner>, loaded: Result<Edition, Failure>) {
        let missed = self.renewing.take();
        let edition = match (loaded, missed) {
            (Ok(Edition::Built(library)), Some(missed)) if self.has(&library) => {
                return self.missed(missed);
            }
            (Ok(edition), _) => edition,
            // What is here stays readable.
            (Err(failure), Some(missed)) => return self.missed(missed.because(failure)),
            (Err(failure), None) => {
                // What fetched a collection says itself that it could not.
                if self.outside.site.is_some() {
                    self.complain(&failure);
                }
                return self.send(Msg::LoadFailed(failure));
            }
        };
        let library: Rc<dyn Library> = match &edition {
            Edition::Read(library, _) => {
                self.report(&**library);
                let names = library.overview().categories.iter();
                self.learn(names.map(|name| (name.clone(), article::name_slug(name))));
                library.clone()
            }
            Edition::Built(library) => {
                let categories = library.index().categories.iter();
                self.learn(categories.map(|known| (known.name.clone(), known.slug.clone())));
                library.clone()
            }
        };
        // Its engine knows the texts of the edition before.
        self.search.take();
        let is_first = self.edition.replace(Some(edition)).is_none();
        if is_first && self.outside.site.is_some() {
            let (route, place) = self.history.current();
            self.waiting
                .borrow_mut()
                .push_back(Msg::Arrived(route, place));
        }
        if is_first || self.outside.site.is_some() {
            return self.send(Msg::Loaded(library));
        }
        // Drawn once more is told once more.
        self.has_drawn.set(false);
        self.send_in_place(Msg::Renewed(library));
    }

    /// Addresses name categories by their folders.
    fn learn(&self, categories: impl Iterator<Item = (String, String)>) {
        if !self.history.owns_address() {
            return;
        }
        let state = State {
            addresses: self.history.learn(categories),
            ..State::clone(&self.state.borrow())
        };
        *self.state.borrow_mut() = Rc::new(state);
    }

    /// Whether the edition that is shown is over the same index.
    fn has(&self, library: &BuiltLibrary) -> bool {
        matches!(&*self.edition.borrow(), Some(Edition::Built(here)) if here.is_same(library))
    }

    /// Something is not to be had, and no new edition has it either.
    fn missed(self: &Rc<Inner>, missed: Missed) {
        // Of a collection, who serves the search tells it, with its code (`helped` in `www/element.js`).
        if self.outside.site.is_some() {
            self.complain(missed.failure());
        }
        self.send(match missed {
            Missed::File(failure) => {
                // Its page may be here all the same: what is saved does not need the edition's own files.
                if self.state.borrow().is_article() && self.app.borrow().is_some() {
                    self.tell("missed", &[]);
                }
                Msg::DidNotCome(failure)
            }
            Missed::Search(failure) => Msg::Search(Answer::Failed(failure)),
            Missed::Rows(asked, docs, failure) => Msg::Search(Answer::Lost(asked, docs, failure)),
        });
    }

    /// Something of the edition is not to be had: it may be gone since there is a newer one, which is then shown.
    fn renew(self: &Rc<Inner>, missed: Missed) {
        let is_gone = matches!(
            missed.failure().kind,
            FailureKind::NotFound | FailureKind::Unreadable
        );
        let is_renewing = self.renewing.borrow().is_some();
        match (is_gone && self.outside.site.is_some(), is_renewing) {
            (true, false) => {
                *self.renewing.borrow_mut() = Some(missed);
                self.load();
            }
            // Of two that are missed, the search says more: its words wait for an answer.
            (_, true) => {
                if !matches!(missed, Missed::File(_)) {
                    *self.renewing.borrow_mut() = Some(missed);
                }
            }
            (false, false) => self.missed(missed),
        }
    }

    /// Fetches what the library wants.
    pub(super) fn fetch(self: &Rc<Inner>) {
        let (Some(site), Some(library)) =
            (&self.outside.site, self.state.borrow().library().cloned())
        else {
            return;
        };
        for blob in library.wanted() {
            let fetched = match &*self.edition.borrow() {
                Some(Edition::Built(built)) => loading::fetch(&site.fetch, built.index(), &blob),
                _ => continue,
            };
            let library = library.clone();
            self.when_fetched(fetched, move |inner, fetched| {
                inner.fetched(&library, &blob, fetched);
            });
        }
    }

    fn fetched(
        self: &Rc<Inner>,
        library: &Rc<dyn Library>,
        blob: &Blob,
        fetched: Result<Vec<u8>, Failure>,
    ) {
        let is_current = self
            .state
            .borrow()
            .library()
            .is_some_and(|now| Rc::ptr_eq(now, library));
        if !is_current {
            return;
        }
        let read = fetched.and_then(|bytes| match library.take(blob, &bytes) {
            true => Ok(()),
            false => Err(loading::other_version()),
        });
        match read {
            Ok(()) => self.send(Msg::Came),
            Err(failure) => {
                library.give_up(blob);
                self.renew(Missed::File(failure));
            }
        }
    }

    pub(super) fn start_search(self: &Rc<Inner>) {
        let is_running = self.search.borrow().is_some() && !self.search_failed.get();
        // While the edition is asked for anew, the one that is here has just failed; then it is told, or all begins again.
        let is_renewing = self.renewing.borrow().is_some();
        let opening = match &*self.edition.borrow() {
            _ if is_running || is_renewing => return,
            Some(Edition::Read(_, articles)) => Opening::Collection(articles.clone()),
            Some(Edition::Built(library)) => {
                let named = loading::search(library.index()).zip(self.outside.site.as_ref());
                let Some(((stamp, files), site)) = named else {
                    return;
                };
                Opening::Built(JsValue::from_str(&site.data), stamp, files)
            }
            None => return,
        };
        self.search_failed.set(false);
        let inner = Rc::downgrade(self);
        let started = Worker::start(&self.outside.start_search, opening, move |answer, cards| {
            if let Some(inner) = inner.upgrade() {
                inner.answered(answer, &cards);
            }
        });
        match started {
            Ok(worker) => *self.search.borrow_mut() = Some(worker),
            Err(failure) => self.send(Msg::Search(Answer::Failed(failure))),
        }
    }

    fn answered(self: &Rc<Inner>, answer: Answer, cards: &Cards) {
        if let Answer::Failed(failure) = answer {
            self.search_failed.set(true);
            return self.renew(Missed::Search(failure));
        }
        if let Answer::Lost(asked, docs, failure) = answer {
            return self.renew(Missed::Rows(asked, docs, failure));
        }
        let library = self.state.borrow().library().cloned();
        if let Some(library) = library.filter(|_| !cards.is_empty()) {
            for (ix, card) in cards {
                library.keep_card(*ix as usize, card);
            }
        }
        let state = self.state.borrow().clone();
        // An answer to what was typed before is none to the words that stand there now.
        if let Answer::Found(found) = &answer
            && found.asked == state.search.asked
        {
            let words = state.route.filter.words().into();
            self.tell("found", &[words, found.n_total.into()]);
        }
        self.send(Msg::Search(answer));
        if !cards.is_empty() {
            self.send(Msg::Came);
        }
    }

    /// Every problem of the edition, for whoever runs the page.
    fn report(&self, library: &dyn Library) {
        let overview = library.overview();
        let (problems, n_all) = (&overview.problems, overview.n_problems);
        if n_all == 0 {
            return;
        }
        let mut text = format!(
            "the edition was read, with {n_all} problem{}",
            if n_all == 1 { "" } else { "s" }
        );
        for problem in problems.iter().take(20) {
            text.push_str("\n  ");
            text.push_str(&problem.text);
        }
        self.tell("problems", &[text.into()]);
    }

    /// For whoever runs a built site: its page has the words for a code.
    fn complain(&self, failure: &Failure) {
        let Failure { code, detail, .. } = failure;
        self.tell("failed", &[code.as_str().into(), detail.as_str().into()]);
    }
}
