//! What is shown, as a value: [`State`], the messages that change it ([`Msg`]), and what the browser is
//! asked to do ([`Effect`]).
//!
//! [`update`] is the one way from a state to the next. It is pure: the same state and message always
//! give the same result, and there is no clock, no network and no storage in it.

mod addresses;
mod day;
mod listing;
mod route;
mod search;
mod update;
mod view;
mod window;

pub use addresses::{Addresses, Site};
pub use listing::Listing;
pub use route::{Filter, Page, Route, Sort};
pub use search::{Answer, Engine, Found, Search, Snippet};
pub use update::update;
pub use view::View;
pub use window::{CARDS_PER_BLOCK, Window};

use std::rc::Rc;

use crate::library::{Library, Lookup, Opened};

/// Everything that is shown.
#[derive(Clone, Default)]
pub struct State {
    /// How far the edition is.
    pub phase: Phase,
    /// What is to be shown, be it ready or not.
    pub route: Route,
    /// The route of the list seen last, which *Back to the list* returns to.
    pub list_route: Route,
    /// The articles that the filter leaves.
    pub listing: Listing,
    /// The part of the list that is built.
    pub window: Window,
    /// The search.
    pub search: Search,
    /// The article that is open; `None` on a list, and where there is no such article.
    pub opened: Option<Rc<Opened>>,
    /// Where to be once what is missing is here: the edition, the article, or the answer to a query.
    pub pending: Option<Arrival>,
    /// Whether the article of the route is on its way.
    pub seeks: bool,
    /// Where in the list to be once what it needs is here.
    pub relist: Option<usize>,
    /// Whether somebody has looked at how many articles each category has.
    pub counts: bool,
    /// What could not be fetched of an edition that is otherwise here.
    pub trouble: Option<Failure>,
    /// Light, dark, or as the device has it.
    pub theme: Theme,
    /// Whether the device says that it has no network.
    pub offline: bool,
    /// The address that relative addresses of the edition start from.
    pub base: String,
    /// Where routes have their addresses.
    pub addresses: Addresses,
    /// What stands above a list that no filter describes.
    pub list_title: Option<String>,
    /// What of the edition is shown.
    pub view: View,
    /// Whether it is a part of a page that is somebody else's, whose address it leaves alone.
    pub is_guest: bool,
    /// Whether articles can be saved for reading without a network: on a built site that has it switched on.
    pub saves: bool,
}

/// How far the edition is.
#[derive(Clone, Default)]
pub enum Phase {
    /// On its way.
    #[default]
    Loading,
    /// Here.
    Ready(Rc<dyn Library>),
    /// Not to be had.
    Failed(Failure),
}

/// Why an edition cannot be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// The particulars, for the person who runs the page.
    pub detail: String,
    /// The code of docs/errors.md.
    pub code: String,
}

/// What can go wrong before there is anything to show.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum FailureKind {
    /// The device has no network.
    #[default]
    Offline,
    /// The server has no such file.
    NotFound,
    /// The server did not answer, broke off, or answered to another site only.
    Unreachable,
    /// The server answered that it has failed.
    Failed,
    /// The server answered that it will not.
    Denied,
    /// The file holds no articles.
    Unreadable,
    /// The browser does not run it.
    Refused,
}

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    /// Dark text on a light page.
    Light,
    /// Light text on a dark page.
    Dark,
}

impl Theme {
    /// The word that stands for it in storage and in the page.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of this name; any other word is [`Theme::Auto`].
    pub fn of_name(name: &str) -> Theme {
        match name {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

/// Where on a page a person was, as the history keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// In a list: the position of the card that was first in view.
    pub at: Option<usize>,
    /// How far its top, or with no card the top of the page, was below the top of the viewport, in
    /// CSS pixels.
    pub top: f64,
    /// In a list: the position of the card that had the focus.
    pub focus: Option<usize>,
}

/// What has happened.
#[derive(Clone)]
pub enum Msg {
    /// The edition is here.
    Loaded(Rc<dyn Library>),
    /// The edition is here once more, with what has changed in it.
    Renewed(Rc<dyn Library>),
    /// The edition is not to be had.
    LoadFailed(Failure),
    /// The person wants it tried again.
    Retry,
    /// The person follows a link of the reader.
    Go(Route),
    /// The person skips to the content.
    Skip,
    /// The history went to a route: at the start, back, forward, or by a changed address.
    Arrived(Route, Option<Place>),
    /// The article asked for, or that there is none.
    Opened(Option<Rc<Opened>>),
    /// Something that the library wanted is here.
    Came,
    /// Something that the library wanted is not to be had.
    DidNotCome(Failure),
    /// The first card in view, or the heading, is another one.
    Moved(Page),
    /// The search box has the focus.
    SearchFocused,
    /// The words in the search box.
    Typed(String),
    /// The button that clears the search box.
    Cleared,
    /// The person comes to the categories, each of which says how many articles it has.
    CountsWanted,
    /// A category, or all of them.
    Category(Option<String>),
    /// A tag, or all of them.
    Tag(Option<String>),
    /// The first day to be published on, or any; what is no day is any.
    From(String),
    /// The last day, likewise.
    To(String),
    /// An order.
    Sort(Sort),
    /// Everything but the words is taken off the list.
    Widened,
    /// The person wants the search tried again.
    RetrySearch,
    /// The search engine says something.
    Search(Answer),
    /// An arrow key: from the card at this position (the search box: `None`), downwards or upwards.
    Arrow(Option<usize>, Step),
    /// Enter in the search box: the first article found opens.
    OpenFirst,
    /// How far the list's top is above the viewport's, and the viewport's height, in CSS pixels.
    Viewport(f64, f64),
    /// The blocks' heights, in CSS pixels.
    Measured(Vec<(usize, f64)>),
    /// The page has got another width.
    Resized,
    /// The person wants these colours.
    Theme(Theme),
    /// The page has these colours, by no doing of the reader's.
    ThemeSet(Theme),
    /// The device has lost its network, or has it again.
    Offline(bool),
}

/// A direction in a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// To the next card.
    Down,
    /// To the card before.
    Up,
}

/// What the browser is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fetch the edition.
    Load,
    /// A new step in the history, at this route.
    Push(Route),
    /// Another route for this step of the history.
    Replace(Route),
    /// Open the article at this position of the edition.
    Open(usize),
    /// The edition has no such article: load the page of its address, which may be there all the same, or be saved. Where this is that page, or
    /// articles have no pages, there is none.
    LoadPage,
    /// Once the page is drawn: put this place in view and the focus where it belongs.
    Arrive(Arrival),
    /// The title of the document.
    Title(String),
    /// Start the search engine, unless it is there.
    StartSearch,
    /// Ask the search engine; the last word may be unfinished.
    Search(u32, String),
    /// Ask the search engine for the passages of these articles.
    Snippets(u32, Vec<u32>),
    /// Put the focus on the card at this position.
    FocusCard(usize),
    /// Put the focus on the search box.
    FocusSearch,
    /// Remember the colours.
    RememberTheme(Theme),
}

/// Where to be on a page that has just been drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrival {
    /// At its top, with the focus on its heading.
    Top,
    /// At its top, with the focus where it is: a filter was changed.
    Stay,
    /// At the heading or note with this id.
    Anchor(String),
    /// At the card at this position.
    Card(usize),
    /// Where the person was.
    Place(Place),
}

impl State {
    /// The library, once it is here.
    pub fn library(&self) -> Option<&Rc<dyn Library>> {
        match &self.phase {
            Phase::Ready(library) => Some(library),
            _ => None,
        }
    }

    /// Whether all is here that the page shows at first. Asking for it makes it come.
    pub fn is_complete(&self) -> bool {
        let Some(library) = self.library() else {
            return false;
        };
        // Results bring their cards, and come as far as they are in view.
        let are_brought = library.fetches_results()
            && self.search.found.is_some()
            && !self.route.filter.words().is_empty();
        let blocks = match are_brought {
            true => self.window.near.clone(),
            false => self.window.blocks.clone(),
        };
        let cards = blocks.flat_map(|block| self.window.cards(block));
        let docs = cards.filter_map(|position| self.listing.docs.get(position));
        let card = |ix| match are_brought {
            true => library.found_card(ix),
            false => library.card(ix),
        };
        // All of them are asked for, and not the first missing one alone.
        let n_coming = docs.filter(|&&ix| matches!(card(ix as usize), Lookup::Coming));
        self.trouble.is_none()
            && !self.seeks
            && self.relist.is_none()
            && (self.is_article() || n_coming.count() == 0)
    }

    /// The words to be marked in the open article.
    pub fn marked(&self) -> Option<(&Opened, &str)> {
        let words = self.route.filter.words();
        let opened = self.opened.as_deref().filter(|_| self.is_article());
        opened
            .filter(|_| !words.is_empty())
            .map(|opened| (opened, words))
    }

    /// Whether an article is to be shown, rather than the list.
    pub fn is_article(&self) -> bool {
        matches!(self.route.page, Page::Article { .. })
    }
}
