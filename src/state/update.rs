//! [`update`]: from a state and a message to the next state and the effects.

use crate::library::{Lookup, Opened};

use super::{
    Addresses, Arrival, CARDS_PER_BLOCK, Effect, Engine, Filter, Listing, Msg, Page, Phase, Place,
    Route, Search, State, Step, View, Window, day,
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
            // What was found in another edition is nothing in this one.
            state.search = Search {
                asked: state.search.asked,
                ..Search::default()
            };
            // An article's page names the categories too, and Back needs a list to go to.
            list(&mut state, 0);
            let mut route = state.route.clone();
            if state.view == View::Article {
                if !state.is_article() {
                    route = newest(&state).unwrap_or(route);
                }
                state.list_route = route.clone();
            }
            let place = match state.pending.take() {
                Some(Arrival::Place(place)) => Some(place),
                _ => None,
            };
            arrive(&mut state, route, place, fx);
        }
        Msg::Renewed(library) => {
            // The same article as it is now; the person and the page stay where they are.
            state.opened = None;
            (state, effects) = update(state, Msg::Loaded(library));
            state.pending = None;
            effects.retain(|effect| !matches!(effect, Effect::Arrive(_)));
        }
        Msg::LoadFailed(failure) => state.phase = Phase::Failed(failure),
        Msg::Retry if state.trouble.is_some() => {
            state.trouble = None;
            again(&mut state, fx);
        }
        Msg::Retry => {
            state.phase = Phase::Loading;
            fx.push(Effect::Load);
        }
        Msg::Go(route) => go(&mut state, route, fx),
        Msg::Skip => fx.push(Effect::Arrive(Arrival::Anchor("op-main".to_owned()))),
        Msg::Arrived(route, place) => arrive(&mut state, route, place, fx),
        Msg::Opened(opened) => open(&mut state, opened, fx),
        Msg::Came => again(&mut state, fx),
        Msg::DidNotCome(trouble) => state.trouble = Some(trouble),
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
        Msg::CountsWanted => {
            state.counts = true;
            count(&mut state);
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
        Msg::From(day) => {
            let filter = Filter {
                from: day::of(day),
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
        }
        Msg::To(day) => {
            let filter = Filter {
                to: day::of(day),
                ..state.route.filter.clone()
            };
            refilter(&mut state, filter, fx);
        }
        Msg::Widened => {
            let filter = state.route.filter.widened();
            refilter(&mut state, filter, fx);
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
            if is_new && state.route.filter.asks() && !state.is_article() {
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
                match state.relist {
                    Some(_) => state.pending = arrival,
                    None => fx.extend(arrival.map(Effect::Arrive)),
                }
                if state.relist.is_none() && std::mem::take(&mut state.search.opens_first) {
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
            let shown = |window: &Window| (window.blocks.clone(), window.near.clone());
            let before = shown(&state.window);
            state.window.view(top, height);
            if shown(&state.window) != before {
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
fn go(state: &mut State, mut route: Route, fx: &mut Vec<Effect>) {
    if state.is_article() && state.route.same_page(&route) {
        // To another place of the article: the words that led to it stay.
        route.filter = state.route.filter.clone();
    }
    fx.push(if route == state.route {
        Effect::Replace(route.clone())
    } else {
        Effect::Push(route.clone())
    });
    arrive(state, route, None, fx);
}

/// The first article of the list.
fn newest(state: &State) -> Option<Route> {
    let ix = *state.listing.docs.first()?;
    let card = state.library()?.card(ix as usize).here()?;
    Some(Route::article(&card.id))
}

/// Opens the first article of the list.
fn open_first(state: &mut State, fx: &mut Vec<Effect>) {
    let first = state.listing.docs.first().copied();
    let Some((library, ix)) = state.library().zip(first) else {
        return;
    };
    let found = state.search.found.as_ref();
    // One whose row is not to be had brings no card.
    let card = match found.and_then(|found| found.snippet(ix)) {
        Some(_) => library.card(ix as usize),
        None => library.found_card(ix as usize),
    };
    let id = match card {
        Lookup::Here(card) => Some(card.id.clone()),
        Lookup::Missing => None,
        Lookup::Coming => {
            state.search.opens_first = true;
            None
        }
    };
    let route = id.map(|id| Route {
        filter: carried(&state.route.filter),
        ..Route::article(&id)
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
    if state.library().is_none() {
        state.pending = place.map(Arrival::Place);
        return;
    }
    (state.pending, state.seeks, state.trouble) = (None, false, None);
    match &route.page {
        Page::Article { anchor, .. } => {
            let arrival = match (place, anchor) {
                (Some(place), _) => Arrival::Place(place),
                (None, Some(anchor)) => Arrival::Anchor(anchor.clone()),
                (None, None) => Arrival::Top,
            };
            state.relist = None;
            if stays {
                fx.push(Effect::Arrive(arrival));
            } else {
                state.opened = None;
                state.pending = Some(arrival);
                seek(state, fx);
            }
        }
        Page::Front { at } => {
            state.opened = None;
            state.list_route = route.clone();
            let at = place.and_then(|place| place.at).unwrap_or(*at);
            let asks = route.filter.asks();
            if asks && state.search.words != route.filter.asked() {
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
            if asks && !state.search.is_settled() || state.relist.is_some() {
                state.pending = Some(arrival);
            } else {
                fx.push(Effect::Arrive(arrival));
            }
        }
    }
}

/// Finds the article of the route and asks for it to be opened; what is missing for that is on its way otherwise.
fn seek(state: &mut State, fx: &mut Vec<Effect>) {
    let (Some(library), Page::Article { id, .. }) = (state.library(), &state.route.page) else {
        return;
    };
    match library.position(id) {
        Lookup::Here(ix) => {
            state.seeks = true;
            fx.push(Effect::Open(ix));
        }
        Lookup::Missing if matches!(state.addresses, Addresses::Site(_)) => {
            state.seeks = true;
            fx.push(Effect::LoadPage);
        }
        Lookup::Missing => open(state, None, fx),
        Lookup::Coming => state.seeks = true,
    }
}

/// Shows an article that has been opened, or that there is none.
fn open(state: &mut State, opened: Option<std::rc::Rc<Opened>>, fx: &mut Vec<Effect>) {
    state.seeks = false;
    fx.push(Effect::Title(title(state, opened.as_deref())));
    state.opened = opened;
    if state.marked().is_some() && state.search.engine == Engine::Idle {
        // The address of an article that was found: its words are marked, which the engine does.
        fx.push(Effect::StartSearch);
    }
    if state.is_article() {
        fx.extend(state.pending.take().map(Effect::Arrive));
    }
}

/// Something that was missing is here: what waited for it is tried again.
fn again(state: &mut State, fx: &mut Vec<Effect>) {
    if state.seeks {
        seek(state, fx);
    }
    if let Some(at) = state.relist {
        list(state, at);
        let is_settled = !state.route.filter.asks() || state.search.is_settled();
        if state.relist.is_none() && is_settled {
            want_snippets(state, fx);
            fx.extend(state.pending.take().map(Effect::Arrive));
        }
    }
    count(state);
    let knows_first = state.relist.is_none() && state.search.is_settled();
    if knows_first && std::mem::take(&mut state.search.opens_first) {
        open_first(state, fx);
    }
}

/// Narrows the list to another filter. Typing on, words or a day, makes no new steps in the history.
fn refilter(state: &mut State, filter: Filter, fx: &mut Vec<Effect>) {
    if state.route.filter == filter && !state.is_article() {
        return;
    }
    let before = &state.route.filter;
    let typed = |filter: &Filter| {
        [
            !filter.words().is_empty(),
            filter.from.is_some(),
            filter.to.is_some(),
        ]
    };
    let types_on = !state.is_article()
        && filter.asks()
        && typed(before) == typed(&filter)
        && (&before.category, &before.tag, before.sort)
            == (&filter.category, &filter.tag, filter.sort);
    let is_other_query = state.search.words != filter.asked();
    let route = Route::list(filter);
    fx.push(if types_on {
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

/// Puts the route's words to the search engine, or forgets the last answer where there are none.
fn ask(state: &mut State, fx: &mut Vec<Effect>) {
    state.search.asked += 1;
    state.search.opens_first = false;
    state.search.words = state.route.filter.asked();
    if state.search.words.is_empty() {
        state.search.found = None;
        return;
    }
    if state.search.engine == Engine::Idle {
        fx.push(Effect::StartSearch);
    }
    let query = state.search.words.clone();
    fx.push(Effect::Search(state.search.asked, query));
}

/// Makes the list anew, with the card at this position built. Until the first answer to a query is
/// there, the list stays as it was: a flash of nothing helps nobody.
fn list(state: &mut State, at: usize) {
    let Some(library) = state.library().cloned() else {
        return;
    };
    let filter = &state.route.filter;
    let asks = filter.asks();
    let found = state.search.found.as_ref().map(|found| found.docs.clone());
    state.relist = None;
    if !asks || found.is_some() {
        let found = found.filter(|_| asks);
        match Listing::new(&*library, filter, found.as_deref(), state.counts) {
            Some(listing) => state.listing = listing,
            None => {
                // Another filter's list is no stand-in for this one's.
                state.listing.docs = Default::default();
                state.relist = Some(at);
            }
        }
    } else if matches!(state.search.engine, Engine::Failed(_)) {
        // No answer will replace the list that was there before the words.
        state.listing = Listing::default();
    }
    if let View::List(limit) = state.view
        && let Some(first) = state.listing.docs.get(..limit)
    {
        state.listing.docs = first.into();
    }
    state.window = Window::new(state.listing.docs.len());
    state.window.reveal(at);
}

/// Counts the categories of what was found, once somebody looks at them and they are here.
fn count(state: &mut State) {
    let Some((library, found)) = state.library().zip(state.search.found.as_ref()) else {
        return;
    };
    let is_counted = state.listing.counts.len() >= library.overview().categories.len();
    if is_counted || state.relist.is_some() || !state.counts || !state.route.filter.asks() {
        return;
    }
    if let Some(listing) = Listing::new(&**library, &state.route.filter, Some(&found.docs), true) {
        state.listing.counts = listing.counts;
        state.listing.n_any_category = listing.n_any_category;
    }
}

/// Asks for the passages of the articles in view that have none yet.
fn want_snippets(state: &State, fx: &mut Vec<Effect>) {
    let Some(found) = state.search.found.as_ref() else {
        return;
    };
    if !state.route.filter.asks() || !state.search.is_settled() {
        return;
    }
    let is_near = state
        .library()
        .is_some_and(|library| library.fetches_results());
    let blocks = match is_near {
        true => &state.window.near,
        false => &state.window.blocks,
    };
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
        None => filter.category.clone().or_else(|| {
            let tag = filter.tag.as_ref()?;
            Some(library?.tag_name(tag))
        }),
    };
    match particular {
        Some(particular) => format!("{particular} — {edition}"),
        None => edition,
    }
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "built_tests.rs"]
mod built_tests;
