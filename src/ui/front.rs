//! [`front`]: the list of articles, with what it is narrowed to and how many there are.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use super::card::CardView;
use super::feed::feed;
use super::link::Link;
use super::masthead::keep;
use super::notice::problems;
use super::words;
use crate::library::Library;
use crate::state::{Engine, FailureKind, Filter, Found, Msg, Route, Sort, State, View};
use crate::web::event;

/// A library as a property: two are equal where they are the same one.
#[derive(Clone)]
pub struct LibraryRef(pub Rc<dyn Library>);

impl PartialEq for LibraryRef {
    fn eq(&self, other: &LibraryRef) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for LibraryRef {
    type Target = dyn Library;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

/// The list of articles. Unfiltered it opens with the newest article, large, if that has an image.
pub fn front(state: &State, send: &Callback<Msg>) -> Html {
    let Some(library) = state.library() else {
        return Html::default();
    };
    let filter = &state.route.filter;
    let has_articles = library.n_articles() > 0;
    let is_empty = state.listing.docs.is_empty();
    let has_lead = state.view == View::Whole && filter.is_empty() && lead(state).is_some();
    let list = if !has_articles {
        empty("none", words::EMPTY, words::EMPTY_HELP.to_owned())
    } else if is_empty && waits(state) {
        html! { <div key="waiting" class="op-waiting" aria-hidden="true" /> }
    } else if is_empty && has_failed(state) {
        search_failed(state, send)
    } else if is_empty {
        nothing_found(state, send)
    } else {
        feed(state, send, has_lead)
    };
    if state.view != View::Whole {
        return html! { <key="front">{ list }</> };
    }
    html! {
        <key="front">
            { problems(library.overview()) }
            <div>{ for list_title(state).map(|title| html! { <h2 class="op-list-title" dir="auto" key={title.clone()}>{ title }</h2> }) }</div>
            <div class="op-listbar">
                <p class="op-count">
                    <span role="status">{ count(state) }</span>
                    <span class="op-percent" aria-hidden="true">{ for percent(state) }</span>
                    <span class="op-exactly">{ for exactly(state).map(|to| html! {
                        <Link key={to.filter.query.clone()} to={to.clone()} addresses={state.addresses.clone()} send={send.clone()}>{ words::SEARCH_EXACTLY }</Link>
                    }) }</span>
                </p>
                <div>{ for tag_name(state).map(|tag| tag_chip(&tag, send)) }</div>
                { dates(filter, send) }
                { order(filter, send) }
                { for keep(state) }
            </div>
            { list }
        </>
    }
}

/// The tag that the list is narrowed to, as it is written.
fn tag_name(state: &State) -> Option<String> {
    let library = state.library()?;
    Some(library.tag_name(state.route.filter.tag.as_ref()?))
}

/// What the list is narrowed to, as its heading.
fn list_title(state: &State) -> Option<String> {
    let filter = &state.route.filter;
    let tag = || tag_name(state).map(|tag| format!("#{tag}"));
    let title = state.list_title.clone().or(filter.category.clone());
    title.or_else(tag)
}

/// The newest article, where it has an image to open the page with.
pub fn lead(state: &State) -> Option<Rc<crate::library::Card>> {
    let ix = *state.listing.docs.first()?;
    let card = state.library()?.card(ix as usize).here()?;
    card.image.is_some().then_some(card)
}

/// Whether an answer is still to come.
fn waits(state: &State) -> bool {
    if state.relist.is_some() {
        return true;
    }
    state.route.filter.asks()
        && !state.search.is_settled()
        && !matches!(state.search.engine, Engine::Failed(_))
}

/// Whether something is searched for that cannot be.
fn has_failed(state: &State) -> bool {
    state.route.filter.asks() && matches!(state.search.engine, Engine::Failed(_))
}

/// How far the engine's preparations are, for the eye alone: read out, it would be chatter.
fn percent(state: &State) -> Option<Html> {
    let Engine::Indexing(done, total) = &state.search.engine else {
        return None;
    };
    let percent = u64::from(*done) * 100 / u64::from((*total).max(1));
    waits(state)
        .then(|| html! { <span key={percent.to_string()}>{ format!("\u{a0}{percent} %") }</span> })
}

/// That the search cannot be had, why, and the way to try again: never "nothing found".
fn search_failed(state: &State, send: &Callback<Msg>) -> Html {
    let onclick = send.reform(|_: MouseEvent| Msg::RetrySearch);
    let Engine::Failed(failure) = &state.search.engine else {
        return Html::default();
    };
    let (title, help) = search_trouble(failure.kind);
    html! {
        <div class="op-empty" role="alert" key="search-failed">
            <h2>{ title }</h2>
            <p>{ help }</p>
            <p class="op-detail" dir="auto" key={failure.detail.clone()}><code>{ &failure.detail }</code></p>
            <button type="button" class="op-button" {onclick}>{ words::TRY_AGAIN }</button>
        </div>
    }
}

/// What is wrong with the search, and what to do about it, for whoever searches.
fn search_trouble(kind: FailureKind) -> (&'static str, &'static str) {
    let help = match kind {
        FailureKind::Refused => return (words::SEARCH_FAILED, words::SEARCH_FAILED_HELP),
        FailureKind::Offline => {
            "You are offline, and a part of the search index has to be fetched. Once you are connected again, try again."
        }
        FailureKind::NotFound => {
            "The server has not got a part of the search index. What it would have found is missing, so nothing is shown."
        }
        FailureKind::Unreachable | FailureKind::Failed | FailureKind::Denied => {
            "The server did not hand over a part of the search index. It may be down for a moment."
        }
        FailureKind::Unreadable => {
            "A part of the search index arrived damaged, or is of another version of the site. What it would have found is missing, so nothing is shown."
        }
    };
    ("The search could not be finished", help)
}

/// How many articles there are; where nothing but words narrows the list, also how many have all of them.
fn n_articles(state: &State) -> String {
    let n = state.listing.docs.len();
    let articles = words::count(n, "article", "articles");
    let filter = &state.route.filter;
    let found = state.search.found.as_ref();
    let Some(found) = found.filter(|_| !filter.words().is_empty() && !filter.is_narrowed()) else {
        return articles;
    };
    if found.n_total > n {
        return format!(
            "The best {} of {articles}",
            words::number(n),
            articles = words::count(found.n_total, "article", "articles")
        );
    }
    match found.all_words {
        n_best if n_best >= n => articles,
        0 => format!("{articles}, none with all words"),
        n_best => format!("{articles}, {} with all words", words::number(n_best)),
    }
}

/// The answer to the words, once it is here.
fn answer(state: &State) -> Option<&Found> {
    let found = state.search.found.as_ref();
    found.filter(|_| state.search.is_settled() && !state.route.filter.words().is_empty())
}

/// How many articles there are, or what is being waited for, and what the search made of the words.
fn count(state: &State) -> Html {
    let mut text =
        if let (true, Engine::Failed(failure)) = (has_failed(state), &state.search.engine) {
            search_trouble(failure.kind).0.to_owned()
        } else if waits(state) && state.relist.is_some() {
            words::LOADING.to_owned()
        } else if waits(state) && state.search.found.is_none() {
            words::SEARCHING.to_owned()
        } else {
            n_articles(state)
        };
    let repaired = answer(state).map_or([].as_slice(), |found| &found.repaired);
    for (ix, (typed, used)) in repaired.iter().enumerate() {
        text.push_str(if ix == 0 { ". Searched for " } else { ", " });
        text.push_str(&format!("{used} instead of {typed}"));
    }
    if !repaired.is_empty() {
        text.push('.');
    }
    html! { <span key={text.clone()}>{ text }</span> }
}

/// The same search with the repaired words in quotation marks, which keep them as they are.
fn exactly(state: &State) -> Option<Route> {
    let filter = &state.route.filter;
    let query = answer(state)?.exactly(filter.words())?;
    Some(Route::list(Filter {
        query,
        ..filter.clone()
    }))
}

/// The tag that the list is narrowed to, with a way out of it.
fn tag_chip(tag: &String, send: &Callback<Msg>) -> Html {
    let onclick = send.reform(|_: MouseEvent| Msg::Tag(None));
    html! {
        <button type="button" class="op-chip" key={tag.clone()} aria-label={format!("Remove the tag {tag}")} {onclick}>
            <span dir="auto">{ format!("#{tag}") }</span><span aria-hidden="true">{ " ×" }</span>
        </button>
    }
}

/// Two days between which the articles are published. Open where one is chosen, so that what narrows the list can be seen.
fn dates(filter: &Filter, send: &Callback<Msg>) -> Html {
    let field = |id: &'static str, label, day: &Option<String>, msg: fn(String) -> Msg| {
        let onchange = send.reform(move |change: Event| msg(event::value(&change)));
        html! {
            <div>
                <label class="op-label" for={id}>{ label }</label>
                <input {id} class="op-input" type="date" value={day.clone().unwrap_or_default()} {onchange} />
            </div>
        }
    };
    let is_open = filter.from.is_some() || filter.to.is_some();
    html! {
        <details class="op-dates" open={is_open}>
            <summary class="op-input">{ words::DATE }</summary>
            <div>
                { field("op-from", words::DATE_FROM, &filter.from, Msg::From) }
                { field("op-to", words::DATE_TO, &filter.to, Msg::To) }
            </div>
        </details>
    }
}

/// The order of the list.
fn order(filter: &Filter, send: &Callback<Msg>) -> Html {
    let onchange = send.reform(|change: Event| Msg::Sort(Sort::of_name(&event::value(&change))));
    let is_query = !filter.words().is_empty();
    let mut orders = vec![
        (Sort::Newest, words::NEWEST_FIRST),
        (Sort::Oldest, words::OLDEST_FIRST),
    ];
    if is_query {
        orders.insert(0, (Sort::Natural, words::BEST_FIRST));
    } else {
        orders[0].0 = Sort::Natural;
    }
    let chosen = match filter.sort {
        Sort::Newest if !is_query => Sort::Natural,
        sort => sort,
    };
    html! {
        <div class="op-order">
            <label class="op-label op-hidden" for="op-order">{ words::ORDER }</label>
            <select id="op-order" class="op-input" {onchange}>
                { for orders.into_iter().map(|(sort, label)| html! {
                    <option key={format!("{label}{is_query}")} value={sort.name()} selected={sort == chosen}>{ label }</option>
                }) }
            </select>
        </div>
    }
}

/// That there is nothing, and what to do about it.
fn empty(key: &'static str, title: &'static str, help: String) -> Html {
    html! {
        <div class="op-empty" {key}>
            <h2>{ title }</h2>
            <p key={help.clone()}>{ help }</p>
        </div>
    }
}

/// That nothing was found, what to try, and the way to do it with one press where a filter is in the way.
fn nothing_found(state: &State, send: &Callback<Msg>) -> Html {
    let help = advice(state);
    let onclick = send.reform(|_: MouseEvent| Msg::Widened);
    let widen = state.route.filter.is_narrowed().then(|| {
        html! { <button key="widen" type="button" class="op-button" {onclick}>{ words::WIDEN }</button> }
    });
    html! {
        <div class="op-empty" key="nothing">
            <h2>{ words::NOTHING_FOUND }</h2>
            <p key={help.clone()}>{ &help }</p>
            <div>{ for widen }</div>
        </div>
    }
}

/// What to try where nothing was found.
fn advice(state: &State) -> String {
    let filter = &state.route.filter;
    if matches!((&filter.from, &filter.to), (Some(from), Some(to)) if from > to) {
        return "Choose other dates: “From” is later than “To”.".to_owned();
    }
    let mut advice = Vec::new();
    if !filter.words().is_empty() {
        advice.push("check the spelling".to_owned());
        advice.push("use fewer or other words".to_owned());
    }
    if let Some(category) = &filter.category {
        advice.push(format!("look in all categories, not only in “{category}”"));
    }
    if let Some(tag) = &filter.tag {
        advice.push(format!("remove the tag “{tag}”"));
    }
    if filter.from.is_some() || filter.to.is_some() {
        advice.push("choose other dates".to_owned());
    }
    let mut advice = advice.join(", or ") + ".";
    // Each begins with a letter of ASCII; the table of all capitals would weigh more than this whole file.
    if let Some(first) = advice.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !filter.words().is_empty() {
        advice.push_str(words::NAMES_HELP);
    }
    advice
}

/// The card that opens the page.
pub fn lead_card(state: &State, send: &Callback<Msg>) -> Html {
    let Some(card) = lead(state) else {
        return Html::default();
    };
    html! {
        <CardView
            key={card.id.clone()}
            card={card.clone()}
            position=0
            n_all={state.listing.docs.len()}
            snippet={None::<Rc<crate::state::Snippet>>}
            base={state.base.clone()}
            addresses={state.addresses.clone()}
            query={String::new()}
            language={state.library().and_then(|library| library.overview().edition.language.clone())}
            is_lead=true
            send={send.clone()}
        />
    }
}
