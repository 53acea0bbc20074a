//! [`masthead`]: the edition's name, the way to what is saved, the search box, the category filter and the colours; and [`keep`], the place
//! of what saves articles.

use yew::prelude::*;

use super::category_filter::CategoryFilter;
use super::link::Link;
use super::search_box::SearchBox;
use super::theme_switch::theme_switch;
use crate::state::{Filter, Msg, Route, State, View};

/// The edition's name, the search box, the category filter and the colours. On the list the name is the
/// page's first heading; on an article the article's title is. What shows a part of the edition alone has none.
pub fn masthead(state: &State, send: &Callback<Msg>) -> Html {
    if state.view != View::Whole {
        return Html::default();
    }
    let Some(library) = state.library() else {
        return html! { <header class="op-masthead" part="masthead" /> };
    };
    let edition = &library.overview().edition;
    let title = edition
        .title
        .clone()
        .unwrap_or_else(|| super::words::ALL_ARTICLES.to_owned());
    let language = edition.language.clone();
    let name = html! {
        <Link to={Route::list(Filter::default())} addresses={state.addresses.clone()} send={send.clone()} class="op-masthead-name">
            <span key={title.clone()} dir="auto" lang={language.clone()}>{ &title }</span>
        </Link>
    };
    let name = if state.is_article() {
        html! { <p key="p" class="op-masthead-title">{ name }</p> }
    } else {
        html! { <h1 key="h1" class="op-masthead-title" id="op-heading" tabindex="-1">{ name }</h1> }
    };
    let description = edition.description.as_ref().filter(|_| !state.is_article());
    let description = description.map(|text| {
        html! { <p class="op-masthead-description" dir="auto" lang={language.clone()} key={text.clone()}>{ text }</p> }
    });
    // A button and no link: an address after `#` does not reach into a shadow root, and is the route's.
    let skip = send.reform(|_: MouseEvent| Msg::Skip);
    html! {
        <header class="op-masthead" part="masthead">
            <button type="button" class="op-skip" onclick={skip}>{ super::words::SKIP }</button>
            <div class="op-masthead-top">
                <div class="op-masthead-names">{ name }</div>
                { for saved(state) }
                { theme_switch(state.theme, send) }
            </div>
            <div>{ description }</div>
            <search class="op-tools">
                <SearchBox query={state.route.filter.query.clone()} send={send.clone()} />
                <CategoryFilter
                    library={super::front::LibraryRef(library.clone())}
                    chosen={state.route.filter.category.clone()}
                    counts={state.listing.counts.clone()}
                    n_any={state.listing.n_any_category}
                    send={send.clone()}
                />
            </search>
        </header>
    }
}

/// The way to the page of what is saved, which is not the reader's: a plain link.
pub fn saved(state: &State) -> Option<Html> {
    let href = format!("{}saved/", state.base);
    state
        .saves
        .then(|| html! { <a class="op-saved" {href}>{ super::words::SAVED }</a> })
}

/// Where `www/offline.js` puts what saves the article, or the articles of the list, that it stands at the head of. Empty for Yew, which so
/// never touches what is put there.
pub fn keep(state: &State) -> Option<Html> {
    state.saves.then(|| html! { <div class="op-keep" /> })
}
