//! [`related`]: what else to read, after an article.

use yew::prelude::*;

use super::link::Link;
use super::{date, words};
use crate::library::{Neighbour, Opened, RelatedArticle};
use crate::state::{Addresses, Msg, Route, State};

/// The related articles; one without an address is named all the same.
pub fn related(
    opened: &Opened,
    state: &State,
    send: &Callback<Msg>,
    language: Option<&str>,
) -> Html {
    let (addresses, base) = (&state.addresses, &*state.base);
    if opened.related.is_empty() {
        return Html::default();
    }
    let item = |related: &RelatedArticle| {
        let title = html! { <span key={related.title.clone()}>{ &related.title }</span> };
        let title = match (&related.id, &related.url) {
            (Some(id), _) => {
                html! { <Link to={Route::article(id)} addresses={addresses.clone()} send={send.clone()}>{ title }</Link> }
            }
            (None, Some(url)) => html! {
                <a href={url.resolve(base)} rel="noopener noreferrer">{ title }</a>
            },
            (None, None) => title,
        };
        let published = related
            .published
            .map(|published| date::day(&published, language));
        html! {
            <li class="op-related-item">
                <p class="op-kicker">
                    { for related.category.iter().map(|name| html! { <span class="op-kicker-category" dir="auto">{ name }</span> }) }
                    { for published }
                </p>
                <h3 class="op-related-title" dir="auto">{ title }</h3>
                { for related.excerpt.iter().map(|text| html! { <p class="op-card-excerpt" dir="auto">{ text }</p> }) }
            </li>
        }
    };
    html! {
        <section class="op-related" part="related" aria-labelledby="op-related">
            <h2 id="op-related">{ words::RELATED }</h2>
            <ul class="op-related-list">{ for opened.related.iter().map(item) }</ul>
        </section>
    }
}

/// The articles before and after this one, by date.
pub fn neighbours(opened: &Opened, addresses: &Addresses, send: &Callback<Msg>) -> Html {
    let link = |neighbour: &Neighbour, label: &'static str, rel: &'static str| {
        html! {
            <Link
                to={Route::article(&neighbour.id)}
                addresses={addresses.clone()}
                send={send.clone()}
                {rel}
                class={classes!("op-neighbour", format!("op-neighbour-{rel}"))}
            >
                <span class="op-label">{ label }</span>
                <span dir="auto" key={neighbour.title.clone()}>{ &neighbour.title }</span>
            </Link>
        }
    };
    if opened.newer.is_none() && opened.older.is_none() {
        return Html::default();
    }
    html! {
        <nav class="op-neighbours" aria-label={words::PREVIOUS_NEXT}>
            { for opened.newer.iter().map(|newer| link(newer, words::NEWER, "prev")) }
            { for opened.older.iter().map(|older| link(older, words::OLDER, "next")) }
        </nav>
    }
}
