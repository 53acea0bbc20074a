//! [`Front`]: the list of articles, with what it is narrowed to and how many there are.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use super::card::CardView;
use super::feed::Feed;
use super::masthead::PageProps;
use super::notice::Problems;
use super::words;
use crate::library::Library;
use crate::state::{Engine, Filter, Msg, Sort, State};
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
#[component]
pub fn Front(props: &PageProps) -> Html {
    let (state, send) = (&props.state, &props.send);
    let Some(library) = state.library() else {
        return Html::default();
    };
    let filter = &state.route.filter;
    let has_articles = !library.overview().entries.is_empty();
    let is_empty = state.listing.docs.is_empty();
    let has_lead = filter.is_empty() && lead(state).is_some();
    let list = if !has_articles {
        html! { <Empty key="none" title={words::EMPTY} help={words::EMPTY_HELP.to_owned()} /> }
    } else if is_empty && waits(state) {
        html! { <div key="waiting" class="op-waiting" aria-hidden="true" /> }
    } else if is_empty && has_failed(state) {
        html! { <SearchFailed key="search-failed" state={state.clone()} send={send.clone()} /> }
    } else if is_empty {
        html! { <Empty key="nothing" title={words::NOTHING_FOUND} help={advice(state)} /> }
    } else {
        html! { <Feed key="feed" state={state.clone()} send={send.clone()} {has_lead} /> }
    };
    html! {
        <>
            <Problems library={LibraryRef(library.clone())} />
            <div class="op-listbar">
                <p class="op-count">
                    <span role="status"><Count state={state.clone()} send={send.clone()} /></span>
                    <span class="op-percent" aria-hidden="true">{ for percent(state) }</span>
                </p>
                <TagChip tag={filter.tag.clone()} send={send.clone()} />
                <Order filter={filter.clone()} send={send.clone()} />
            </div>
            { list }
        </>
    }
}

/// The newest article, where it has an image to open the page with.
pub fn lead(state: &State) -> Option<Rc<crate::library::Card>> {
    let ix = *state.listing.docs.first()?;
    let card = state.library()?.card(ix as usize);
    card.image.is_some().then_some(card)
}

/// Whether an answer is still to come.
fn waits(state: &State) -> bool {
    let is_query = !state.route.filter.words().is_empty();
    is_query && !state.search.is_settled() && !matches!(state.search.engine, Engine::Failed(_))
}

/// Whether something is searched for that cannot be.
fn has_failed(state: &State) -> bool {
    let is_query = !state.route.filter.words().is_empty();
    is_query && matches!(state.search.engine, Engine::Failed(_))
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
#[component]
fn SearchFailed(props: &PageProps) -> Html {
    let onclick = props.send.reform(|_: MouseEvent| Msg::RetrySearch);
    let why = match &props.state.search.engine {
        Engine::Failed(why) => why.clone(),
        _ => String::new(),
    };
    html! {
        <div class="op-empty" role="alert">
            <h2>{ words::SEARCH_FAILED }</h2>
            <p>{ words::SEARCH_FAILED_HELP }</p>
            <p class="op-detail" dir="auto" key={why.clone()}><code>{ &why }</code></p>
            <button type="button" class="op-button" {onclick}>{ words::TRY_AGAIN }</button>
        </div>
    }
}

/// How many of the articles have all the words, where others have only some and nothing else narrows the
/// list.
fn best(state: &State) -> Option<usize> {
    let found = state.search.found.as_ref()?;
    let filter = &state.route.filter;
    let is_whole = filter.category.is_none() && filter.tag.is_none() && !filter.words().is_empty();
    let n_best = found.all_words;
    (is_whole && n_best > 0 && n_best < state.listing.docs.len()).then_some(n_best)
}

/// How many articles there are, or what is being waited for, and what the search made of the words.
#[component]
fn Count(props: &PageProps) -> Html {
    let state = &props.state;
    let n = state.listing.docs.len();
    let articles = match best(state) {
        Some(n_best) => format!(
            "{} with all words, {} with some of them",
            words::count(n_best, "article", "articles"),
            words::number(n - n_best),
        ),
        None => words::count(n, "article", "articles"),
    };
    let text = if has_failed(state) {
        words::SEARCH_FAILED.to_owned()
    } else if waits(state) && state.search.found.is_none() {
        words::SEARCHING.to_owned()
    } else {
        articles
    };
    let found = state
        .search
        .found
        .as_ref()
        .filter(|_| state.search.is_settled());
    let repaired = found.filter(|_| !state.route.filter.words().is_empty());
    let repaired: Vec<String> = repaired
        .map(|found| {
            found
                .repaired
                .iter()
                .map(|(typed, used)| format!("{used} for {typed}"))
                .collect()
        })
        .unwrap_or_default();
    let repaired = if repaired.is_empty() {
        String::new()
    } else {
        format!(", with {}", repaired.join(", "))
    };
    html! { <span key={format!("{text}{repaired}")}>{ text }{ repaired }</span> }
}

/// The tag that the list is narrowed to, with a way out of it.
#[derive(Clone, PartialEq, Properties)]
struct TagChipProps {
    tag: Option<String>,
    send: Callback<Msg>,
}

#[component]
fn TagChip(props: &TagChipProps) -> Html {
    let onclick = props.send.reform(|_: MouseEvent| Msg::Tag(None));
    html! {
        <div>
            { for props.tag.iter().map(|tag| html! {
                <button type="button" class="op-chip" key={tag.clone()} aria-label={format!("Remove the tag {tag}")} onclick={onclick.clone()}>
                    <span dir="auto">{ format!("#{tag}") }</span><span aria-hidden="true">{ " ×" }</span>
                </button>
            }) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OrderProps {
    filter: Filter,
    send: Callback<Msg>,
}

/// The order of the list.
#[component]
fn Order(props: &OrderProps) -> Html {
    let onchange = props
        .send
        .reform(|change: Event| Msg::Sort(Sort::of_name(&event::value(&change))));
    let is_query = !props.filter.words().is_empty();
    let mut orders = vec![
        (Sort::Newest, words::NEWEST_FIRST),
        (Sort::Oldest, words::OLDEST_FIRST),
    ];
    if is_query {
        orders.insert(0, (Sort::Natural, words::BEST_FIRST));
    } else {
        orders[0].0 = Sort::Natural;
    }
    let chosen = match props.filter.sort {
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

#[derive(Clone, PartialEq, Properties)]
struct EmptyProps {
    title: &'static str,
    help: String,
}

/// That there is nothing, and what to do about it.
#[component]
fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="op-empty">
            <h2>{ props.title }</h2>
            <p key={props.help.clone()}>{ &props.help }</p>
        </div>
    }
}

/// What to try where nothing was found.
fn advice(state: &State) -> String {
    let filter = &state.route.filter;
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
    let advice = advice.join(", or ");
    let mut letters = advice.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// The card that opens the page.
pub fn lead_card(state: &Rc<State>, send: &Callback<Msg>) -> Html {
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
            query={String::new()}
            language={state.library().and_then(|library| library.overview().edition.language.clone())}
            is_lead=true
            send={send.clone()}
        />
    }
}
