//! [`update`]: from a state and a message to the next state and the effects.

use crate::library::Opened;

use super::{
    Arrival, CARDS_PER_BLOCK, Effect, Engine, Filter, Listing, Msg, Page, Phase, Place, Route,
    State, Step, Window,
};

/// The next state, and what the browser is asked to do, in this order.
pub fn update(mut state: State, msg: Msg) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    let fx = &mut effects;
    match msg {
        Msg::Loaded(library) => {
            if let Some(base_url) = &library.overview().edition.base_url {
                state.base = base_url.clone();
            }
            state.phase = Phase::Ready(library);
            let route = state.route.clone();
            // An article's page names the categories too, and Back needs a list to go to.
            list(&mut state, 0);
            let place = match state.pending.take() {
                Some(Arrival::Place(place)) => Some(place),
                _ => None,
            };
            arrive(&mut state, route, place, fx);
        }
        Msg::LoadFailed(failure) => state.phase = Phase::Failed(failure),
        Msg::Retry => {
            state.phase = Phase::Loading;
            fx.push(Effect::Load);
        }
        Msg::Go(route) => go(&mut state, route, fx),
        Msg::Skip => fx.push(Effect::Arrive(Arrival::Anchor("op-main".to_owned()))),
        Msg::Arrived(route, place) => arrive(&mut state, route, place, fx),
        Msg::Opened(opened) => open(&mut state, opened, fx),
        Msg::Moved(page) => {
            if state.route.page != page {
                state.route.page = page;
                if !state.is_article() {
                    state.list_route = state.route.clone();
                }
                fx.push(Effect::Replace(state.route.clone()));
            }
        }
        Msg::SearchFocused => {
            if matches!(state.search.engine, Engine::Failed(_)) {
                state.search.engine = Engine::Idle;
            }
            fx.push(Effect::StartSearch);
        }
        Msg::RetrySearch => {
            state.search.engine = Engine::Idle;
            ask(&mut state, fx);
        }
        Msg::Cleared => {
            let filter = Filter {
                query: String::new(),
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
            fx.push(Effect::FocusSearch);
        }
        Msg::Typed(query) => {
            let filter = Filter {
                query,
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
        }
        Msg::Category(category) => {
            let filter = Filter {
                category,
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
        }
        Msg::Tag(tag) => {
            let filter = Filter {
                tag,
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
            // The button that was pressed is gone: the focus goes to the heading.
            fx.push(Effect::Arrive(Arrival::Top));
        }
        Msg::Sort(sort) => {
            let filter = Filter {
                sort,
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
        }
        Msg::Search(answer) => {
            let is_new = state.search.take(answer);
            if is_new && !state.route.filter.words().is_empty() && !state.is_article() {
                let arrival = state.pending.take();
                let at = match (&arrival, &state.route.page) {
                    (Some(Arrival::Place(Place { at: Some(at), .. })), _) => *at,
                    (Some(_), Page::Front { at }) => *at,
                    _ => 0,
                };
                if state.search.found.is_none() {
                    state.listing = Listing::default();
                }
                list(&mut state, at);
                want_snippets(&state, fx);
                fx.extend(arrival.map(Effect::Arrive));
                if std::mem::take(&mut state.search.opens_first) {
                    open_first(&mut state, fx);
                }
            }
        }
        Msg::Arrow(from, step) => arrow(&mut state, from, step, fx),
        Msg::OpenFirst => {
            let is_query = !state.route.filter.words().is_empty();
            if is_query && state.search.is_settled() {
                open_first(&mut state, fx);
            } else {
                state.search.opens_first = is_query;
            }
        }
        Msg::Viewport(top, height) => {
            let before = state.window.blocks.clone();
            state.window.view(top, height);
            if state.window.blocks != before {
                want_snippets(&state, fx);
            }
        }
        Msg::Measured(heights) => {
            state.window.measured(&heights);
        }
        Msg::Resized => state.window.forget(),
        Msg::Theme(theme) => {
            state.theme = theme;
            fx.push(Effect::RememberTheme(theme));
        }
        Msg::ThemeSet(theme) => state.theme = theme,
        Msg::Offline(offline) => state.offline = offline,
    }
    (state, effects)
}

/// Follows a link. One to where the person is makes no new step in the history, as in a browser.
fn go(state: &mut State, route: Route, fx: &mut Vec<Effect>) {
    fx.push(if route == state.route {
        Effect::Replace(route.clone())
    } else {
        Effect::Push(route.clone())
    });
    arrive(state, route, None, fx);
}

/// Opens the first article of the list.
fn open_first(state: &mut State, fx: &mut Vec<Effect>) {
    let first = state.listing.docs.first();
    let library = state.library().zip(first);
    let route = library.map(|(library, &ix)| Route {
        filter: carried(&state.route.filter),
        ..Route::article(&library.overview().entries[ix as usize].id)
    });
    if let Some(route) = route {
        go(state, route, fx);
    }
}

/// Shows a route: what it needs is asked for, and the place to be when it is there.
fn arrive(state: &mut State, route: Route, place: Option<Place>, fx: &mut Vec<Effect>) {
    let stays = state.route.same_page(&route) && (state.opened.is_some() || !state.is_article());
    state.route = route.clone();
    state.search.opens_first = false;
    let Some(library) = state.library().cloned() else {
        state.pending = place.map(Arrival::Place);
        return;
    };
    state.pending = None;
    match &route.page {
        Page::Article { id, anchor } => {
            if !stays {
                state.opened = None;
                match library.position(id) {
                    Some(ix) => fx.push(Effect::Open(ix)),
                    None => open(state, None, fx),
                }
            }
            let arrival = match (place, anchor) {
                (Some(place), _) => Arrival::Place(place),
                (None, Some(anchor)) => Arrival::Anchor(anchor.clone()),
                (None, None) => Arrival::Top,
            };
            fx.push(Effect::Arrive(arrival));
        }
        Page::Front { at } => {
            state.opened = None;
            state.list_route = route.clone();
            let at = place.and_then(|place| place.at).unwrap_or(*at);
            let asks = !route.filter.words().is_empty();
            if asks && state.search.words.trim() != route.filter.words() {
                // Another page's answer is no stand-in for this one's.
                state.search.found = None;
                state.listing = Listing::default();
                ask(state, fx);
            }
            list(state, at);
            want_snippets(state, fx);
            fx.push(Effect::Title(title(state, None)));
            let arrival = match place {
                Some(place) => Arrival::Place(place),
                None if at > 0 => Arrival::Card(at),
                None => Arrival::Top,
            };
            if asks && !state.search.is_settled() {
                state.pending = Some(arrival);
            } else {
                fx.push(Effect::Arrive(arrival));
            }
        }
    }
}

/// Shows an article that has been opened, or that there is none.
fn open(state: &mut State, opened: Option<std::rc::Rc<Opened>>, fx: &mut Vec<Effect>) {
    fx.push(Effect::Title(title(state, opened.as_deref())));
    state.opened = opened;
}

/// Narrows the list to another filter. Typing on makes no new steps in the history.
fn refilter(state: &mut State, filter: Filter, fx: &mut Vec<Effect>) {
    if state.route.filter == filter && !state.is_article() {
        return;
    }
    let before = &state.route.filter;
    let types_on = !state.is_article() && !before.words().is_empty() && !filter.words().is_empty();
    let is_other_query = state.search.words != asked_words(&filter);
    let only_query = Filter {
        query: filter.query.clone(),
        ..before.clone()
    } == filter;
    let route = Route::list(filter);
    fx.push(if types_on && only_query {
        Effect::Replace(route.clone())
    } else {
        Effect::Push(route.clone())
    });
    state.route = route.clone();
    state.list_route = route;
    state.opened = None;
    if is_other_query {
        ask(state, fx);
    }
    list(state, 0);
    want_snippets(state, fx);
    fx.push(Effect::Title(title(state, None)));
    fx.push(Effect::Arrive(Arrival::Stay));
}

/// The words as the engine gets them. A space behind the last one counts: it says that the word is finished.
fn asked_words(filter: &Filter) -> &str {
    if filter.words().is_empty() {
        ""
    } else {
        filter.query.trim_start()
    }
}

/// Puts the route's words to the search engine, or forgets the last answer where there are none.
fn ask(state: &mut State, fx: &mut Vec<Effect>) {
    state.search.asked += 1;
    state.search.opens_first = false;
    state.search.words = asked_words(&state.route.filter).to_owned();
    if state.search.words.is_empty() {
        state.search.found = None;
        return;
    }
    if state.search.engine == Engine::Idle {
        fx.push(Effect::StartSearch);
    }
    let query = state.route.filter.query.clone();
    fx.push(Effect::Search(state.search.asked, query));
}

/// Makes the list anew, with the card at this position built. Until the first answer to a query is
/// there, the list stays as it was: a flash of nothing helps nobody.
fn list(state: &mut State, at: usize) {
    let Some(library) = state.library().cloned() else {
        return;
    };
    let filter = &state.route.filter;
    let words = filter.words();
    let found = state.search.found.as_ref().map(|found| found.docs.clone());
    if words.is_empty() || found.is_some() {
        let found = found.filter(|_| !words.is_empty());
        state.listing = Listing::new(library.overview(), filter, found.as_deref());
    } else if matches!(state.search.engine, Engine::Failed(_)) {
        // No answer will replace the list that was there before the words.
        state.listing = Listing::default();
    }
    state.window = Window::new(state.listing.docs.len());
    state.window.reveal(at);
}

/// Asks for the passages of the articles in view that have none yet.
fn want_snippets(state: &State, fx: &mut Vec<Effect>) {
    let Some(found) = state.search.found.as_ref() else {
        return;
    };
    if state.route.filter.words().is_empty() || !state.search.is_settled() {
        return;
    }
    let blocks = &state.window.blocks;
    let (first, end) = (blocks.start * CARDS_PER_BLOCK, blocks.end * CARDS_PER_BLOCK);
    let end = end.min(state.listing.docs.len());
    let built = state.listing.docs.get(first..end).unwrap_or_default();
    let missing = built.iter().filter(|doc| found.snippet(**doc).is_none());
    let missing: Vec<u32> = missing.copied().collect();
    if !missing.is_empty() {
        fx.push(Effect::Snippets(found.asked, missing));
    }
}

/// Moves the focus through the list; above its first card is the search box.
fn arrow(state: &mut State, from: Option<usize>, step: Step, fx: &mut Vec<Effect>) {
    let n_cards = state.listing.docs.len();
    let to = match (from, step) {
        (None, Step::Down) => Some(0),
        (None, Step::Up) | (Some(0), Step::Up) => None,
        (Some(position), Step::Down) => Some((position + 1).min(n_cards.saturating_sub(1))),
        (Some(position), Step::Up) => Some(position - 1),
    };
    match to {
        Some(position) if position < n_cards => {
            state.window.reveal(position);
            want_snippets(state, fx);
            fx.push(Effect::FocusCard(position));
        }
        _ => fx.push(Effect::FocusSearch),
    }
}

/// What an article keeps of the list it was opened from: the words, to be found in it.
fn carried(filter: &Filter) -> Filter {
    Filter {
        query: filter.query.clone(),
        ..Filter::default()
    }
}

/// The document's title: the most particular first, as a row of tabs is read.
fn title(state: &State, opened: Option<&Opened>) -> String {
    let library = state.library();
    let edition = library.and_then(|library| library.overview().edition.title.clone());
    let edition = edition.unwrap_or_else(|| "Offprint".to_owned());
    let filter = &state.route.filter;
    let particular = match opened {
        Some(opened) => Some(opened.title.clone()),
        None if state.is_article() => Some("Article not found".to_owned()),
        None if !filter.words().is_empty() => Some(format!("“{}”", filter.words())),
        None => filter.category.clone().or(filter.tag.clone()),
    };
    match particular {
        Some(particular) => format!("{particular} — {edition}"),
        None => edition,
    }
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
