//! [`failure_screen`]: why there is nothing to read, in plain words, and what can be done.

use yew::prelude::*;

use super::link::Link;
use super::masthead::saved;
use super::words;
use crate::state::{Failure, FailureKind, Msg, State};

const NOT_FETCHED: &str = "The articles could not be fetched";

/// Why there is nothing to read: a sentence for the reader, the particulars for whoever runs the page.
pub fn failure_screen(
    key: &'static str,
    failure: &Failure,
    state: &State,
    send: &Callback<Msg>,
) -> Html {
    let onclick = send.reform(|_: MouseEvent| Msg::Retry);
    let again =
        html! { <button type="button" class="op-button" {onclick}>{ words::TRY_AGAIN }</button> };
    let is_away = matches!(
        failure.kind,
        FailureKind::Offline | FailureKind::Unreachable | FailureKind::Failed | FailureKind::Denied
    );
    if is_away && state.saves {
        return html! {
            <div class="op-empty" role="alert" {key}>
                <h1 id="op-heading" tabindex="-1">{ if state.is_article() { words::NOT_KEPT } else { words::LIST_NOT_KEPT } }</h1>
                <p>{ if state.offline { words::NOT_KEPT_OFFLINE } else { words::NOT_KEPT_HELP } }</p>
                { again }
                <p class="op-back">
                    { for saved(state) }
                    <Link to={state.list_route.clone()} addresses={state.addresses.clone()} send={send.clone()}>{ words::BACK_TO_LIST }</Link>
                </p>
            </div>
        };
    }
    let (title, help) = match failure.kind {
        FailureKind::Offline => (
            "You are offline",
            "The articles could not be fetched. Once you are connected again, try again.",
        ),
        FailureKind::NotFound => (
            "The articles are not where they should be",
            "The server has no such file. If this is your page, check the address in the src attribute.",
        ),
        FailureKind::Unreachable => (
            NOT_FETCHED,
            "The server did not hand them over. It may be down, or may not allow this page to read them.",
        ),
        FailureKind::Failed => (
            NOT_FETCHED,
            "The fault is the server’s, not yours: try again later. If this is your page, the server’s log says what has failed.",
        ),
        FailureKind::Denied => (
            NOT_FETCHED,
            "The server refuses them, or has too much to do: try again later. If this is your page, see that everybody may read them.",
        ),
        FailureKind::Unreadable | FailureKind::Refused => (
            "The articles could not be read",
            "What is there holds no articles that can be read. Nothing in it was changed.",
        ),
    };
    html! {
        <div class="op-empty" role="alert" {key}>
            <h1 id="op-heading" tabindex="-1">{ title }</h1>
            <p>{ help }</p>
            <p class="op-detail" dir="auto"><code>{ &failure.detail }</code></p>
            { again }
        </div>
    }
}
