//! [`article_page`]: one article: its head, its texts, and where to go from here.

use article::{Author, Cap};
use yew::prelude::*;

use super::article_body::ArticleBody;
use super::link::Link;
use super::masthead::keep;
use super::reader::skeleton;
use super::related::{neighbours, related};
use super::{date, direction, words};
use crate::library::Opened;
use crate::state::{Addresses, Filter, Msg, Route, State, View};
use crate::web::adopted::Adopted;
use crate::web::event;

/// One article, or that there is none.
pub fn article_page(state: &State, send: &Callback<Msg>, adopted: &Adopted) -> Html {
    let addresses = &state.addresses;
    // What began with an article has no list to go back to.
    let (is_alone, text) = match state.view {
        View::Article => (state.route.same_page(&state.list_route), words::BACK),
        _ => (false, words::BACK_TO_LIST),
    };
    let back = html! {
        <p class="op-back" key="back" hidden={is_alone}>
            <Link to={state.list_route.clone()} addresses={addresses.clone()} send={send.clone()}>
                <span aria-hidden="true">{ "←\u{a0}" }</span><span>{ text }</span>
            </Link>
        </p>
    };
    let Some(opened) = &state.opened else {
        if state.seeks {
            return skeleton("coming");
        }
        return html! {
            <div class="op-empty" key="missing">
                <h1 id="op-heading" tabindex="-1">{ words::ARTICLE_NOT_FOUND }</h1>
                <p>{ words::ARTICLE_NOT_FOUND_HELP }</p>
                { back }
            </div>
        };
    };
    let language = state
        .library()
        .and_then(|library| library.overview().edition.language.clone());
    let (id, go) = (opened.id.clone(), send.clone());
    // One listener for all links to places in the article and to other articles: its nodes carry none.
    let onclick = move |click: MouseEvent| {
        let anchor = event::is_plain_click(&click)
            .then(|| event::anchor(&click))
            .flatten();
        if let Some(anchor) = anchor {
            click.prevent_default();
            go.emit(Msg::Go(Route::from(&id, &anchor)));
        }
    };
    let has_lists = state.view != View::Article;
    let is_stub = opened.reading_time.is_none() && opened.image.is_none();
    html! {
        <key="article">
            { back }
            // Where the script that marks words tells how many there are.
            <div class="op-hits" key="hits" />
            <article class="op-article" part="article" key={opened.id.clone()} data-op-id={opened.id.clone()} {onclick}>
                { head(opened, state, send, language.as_deref()) }
                <div>{ for is_stub.then(stub) }</div>
                <ArticleBody
                    opened={opened.clone()}
                    base={state.base.clone()}
                    addresses={addresses.clone()}
                    language={language.clone()}
                    adopted={adopted.clone()}
                />
                <div>{ for opened.content.caps.iter().map(capped) }</div>
            </article>
            <div class="op-after" key={format!("after {}", opened.id)}>
                { for has_lists.then(|| tags(opened, addresses, send)) }
                { related(opened, state, send, language.as_deref()) }
                { for has_lists.then(|| neighbours(opened, addresses, send)) }
            </div>
        </>
    }
}

/// Category, title, subtitle, and who wrote it when.
fn head(opened: &Opened, state: &State, send: &Callback<Msg>, language: Option<&str>) -> Html {
    let (article, base) = (opened, &*state.base);
    let category = article.category.as_ref().map(|name| {
        let filter = Filter {
            category: Some(name.clone()),
            ..Filter::default()
        };
        let class = "op-kicker-category";
        let name = html! { <span dir="auto">{ name }</span> };
        let name = match state.view {
            View::Article => html! { <span {class}>{ name }</span> },
            _ => html! { <Link to={Route::list(filter)} addresses={state.addresses.clone()} send={send.clone()} {class}>{ name }</Link> },
        };
        html! { <p class="op-kicker">{ name }</p> }
    });
    let text_language = article.language.clone().or(language.map(str::to_owned));
    let subtitle = article
        .subtitle
        .as_ref()
        .map(|text| html! { <p class="op-subtitle" dir="auto">{ text }</p> });
    let published = article
        .published
        .as_ref()
        .map(|published| html! { <li dir="auto">{ date::time(published, language) }</li> });
    let updated = article.updated.as_ref().map(|updated| {
        html! { <li dir="auto"><span>{ words::UPDATED }{ " " }</span>{ date::time(updated, language) }</li> }
    });
    let authors = (!article.authors.is_empty()).then(|| {
        let names = article.authors.iter().map(|author| person(author, base));
        html! { <li class="op-authors"><span>{ words::BY }{ " " }</span>{ for names }</li> }
    });
    let source = article.source.as_ref().map(|source| {
        let name = html! { <span dir="auto">{ &source.name }</span> };
        match &source.url {
            Some(url) => html! { <li><a href={url.resolve(base)} rel="noopener noreferrer">{ name }</a></li> },
            None => html! { <li>{ name }</li> },
        }
    });
    let reading_time = opened
        .reading_time
        .map(|time| html! { <li dir="auto">{ words::reading_time(time) }</li> });
    let original = article.canonical_url.as_ref().map(|url| {
        html! { <li><a href={url.resolve(base)} rel="noopener noreferrer">{ words::ORIGINAL }</a></li> }
    });
    let byline = [authors, published, updated, source, original, reading_time];
    let byline = byline.into_iter().flatten().collect::<Vec<_>>();
    html! {
        <header class="op-head" part="head" dir={article.language.as_deref().map(|tag| direction::of(Some(tag)))}>
            { for category }
            <h1 class="op-title" id="op-heading" tabindex="-1" lang={text_language.clone()} dir="auto">{ &article.title }</h1>
            <div lang={text_language}>{ for subtitle }</div>
            { for (!byline.is_empty()).then(|| html! { <ul class="op-byline">{ byline }</ul> }) }
            { for keep(state) }
        </header>
    }
}

fn person(author: &Author, base: &str) -> Html {
    let name = html! { <span dir="auto">{ &author.name }</span> };
    match &author.url {
        Some(url) => {
            html! { <a class="op-author" href={url.resolve(base)} rel="author noopener noreferrer">{ name }</a> }
        }
        None => html! { <span class="op-author">{ name }</span> },
    }
}

/// That an article has nothing but its head; the original, if there is one, is linked there.
fn stub() -> Html {
    html! { <p class="op-stub">{ words::STUB }</p> }
}

/// That a cap of the format was met.
fn capped(cap: &Cap) -> Html {
    html! { <p class="op-stub" lang="en">{ format!("{} {cap}.", words::CAPPED) }</p> }
}

fn tags(article: &Opened, addresses: &Addresses, send: &Callback<Msg>) -> Html {
    if article.tags.is_empty() {
        return Html::default();
    }
    let tag = |tag: &String| {
        let filter = Filter {
            tag: Some(tag.clone()),
            ..Filter::default()
        };
        html! { <li><Link to={Route::list(filter)} addresses={addresses.clone()} send={send.clone()} class="op-chip"><span dir="auto">{ format!("#{tag}") }</span></Link></li> }
    };
    html! {
        <ul class="op-tags" aria-label={words::TAGS}>{ for article.tags.iter().map(tag) }</ul>
    }
}
