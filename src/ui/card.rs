//! [`CardView`]: an article in a list.

use std::rc::Rc;

use yew::prelude::*;

use super::figure::picture;
use super::link::Link;
use super::{date, words};
use crate::library::Card;
use crate::state::{Addresses, Filter, Msg, Route, Snippet, Step};

/// A card and where it stands.
#[derive(Clone, Properties)]
pub struct CardProps {
    /// The card.
    pub card: Rc<Card>,
    /// Its position in the list.
    pub position: usize,
    /// How many cards the list has.
    pub n_all: usize,
    /// The title and passage with what matched, where something is searched for.
    pub snippet: Option<Rc<Snippet>>,
    /// The address that relative addresses start from.
    pub base: String,
    /// Where routes have their addresses.
    pub addresses: Addresses,
    /// What is searched for.
    pub query: String,
    /// The edition's language.
    pub language: Option<String>,
    /// Whether it opens the page, large.
    pub is_lead: bool,
    /// Where messages go.
    pub send: Callback<Msg>,
}

impl PartialEq for CardProps {
    fn eq(&self, other: &CardProps) -> bool {
        Rc::ptr_eq(&self.card, &other.card)
            && (self.position, self.n_all) == (other.position, other.n_all)
            && self.snippet == other.snippet
            && self.query == other.query
    }
}

/// An article in a list: category and date, title, excerpt or passage, image, reading time. The title's
/// link covers the whole card, so that there is one stop for the keyboard and one name for it.
#[component]
pub fn CardView(props: &CardProps) -> Html {
    let (card, send) = (&props.card, &props.send);
    let filter = Filter {
        query: props.query.clone(),
        ..Filter::default()
    };
    let to = Route {
        filter,
        ..Route::article(&card.id)
    };
    let (position, onkey) = (props.position, send.clone());
    let onkeydown = move |key: KeyboardEvent| {
        let step = match key.key().as_str() {
            "ArrowDown" => Step::Down,
            "ArrowUp" => Step::Up,
            _ => return,
        };
        if !(key.ctrl_key() || key.meta_key() || key.alt_key() || key.shift_key()) {
            key.prevent_default();
            onkey.emit(Msg::Arrow(Some(position), step));
        }
    };
    let title = match &props.snippet {
        Some(snippet) if !snippet.title.is_empty() => runs(&snippet.title),
        _ => html! { <span key={card.title.clone()}>{ &card.title }</span> },
    };
    let text = match &props.snippet {
        Some(snippet) if snippet.text.iter().any(|run| !run.is_empty()) => runs(&snippet.text),
        _ => html! { <span key={card.excerpt.clone()}>{ &card.excerpt }</span> },
    };
    let language = card.language.as_deref().or(props.language.as_deref());
    let published = card
        .published
        .map(|published| date::day(&published, props.language.as_deref()));
    let reading_time = card.reading_time.map(words::reading_time);
    let image = card.image.as_ref().map(|image| {
        let sizes = if props.is_lead {
            "(min-width: 60rem) 40rem, 100vw"
        } else {
            "(min-width: 40rem) 20rem, 100vw"
        };
        picture(image, &props.base, sizes, true, props.is_lead)
    });
    let id = format!("op-card-{position}");
    let class = classes!("op-card", props.is_lead.then_some("op-card-lead"));
    html! {
        <article
            {class}
            role="article"
            part="card"
            lang={language.map(str::to_owned)}
            aria-labelledby={id.clone()}
            aria-posinset={(position + 1).to_string()}
            aria-setsize={props.n_all.to_string()}
            data-op-position={position.to_string()}
            {onkeydown}
        >
            <div class="op-card-image">{ for image }</div>
            <div class="op-card-text">
                <p class="op-kicker">
                    { for card.category.iter().map(|name| html! { <span class="op-kicker-category" key={name.clone()} dir="auto" lang={props.language.clone()}>{ name }</span> }) }
                    { for published }
                </p>
                <h2 class="op-card-title" dir="auto">
                    <Link {to} addresses={props.addresses.clone()} send={send.clone()} {id} {position}>{ title }</Link>
                </h2>
                <p class="op-card-excerpt" dir="auto">{ text }</p>
                <p class="op-card-time" lang="en">{ for reading_time.map(|text| html! { <span key={text.clone()}>{ text }</span> }) }</p>
            </div>
        </article>
    }
}

/// Plain and matching runs in turn.
fn runs(runs: &[String]) -> Html {
    let run = |(ix, run): (usize, &String)| {
        let key = format!("{ix} {run}");
        if ix % 2 == 1 {
            html! { <mark {key}>{ run }</mark> }
        } else {
            html! { <span {key}>{ run }</span> }
        }
    };
    html! { <span>{ for runs.iter().enumerate().filter(|(_, run)| !run.is_empty()).map(run) }</span> }
}
