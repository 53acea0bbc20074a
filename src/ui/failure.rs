//! [`FailureScreen`]: why there is nothing to read, in plain words, and what can be done.

use yew::prelude::*;

use super::words;
use crate::state::{Failure, FailureKind, Msg};

/// What went wrong.
#[derive(Clone, PartialEq, Properties)]
pub struct FailureProps {
    /// What went wrong.
    pub failure: Failure,
    /// Where messages go.
    pub send: Callback<Msg>,
}

/// Why there is nothing to read: a sentence for the reader, the particulars for whoever runs the page.
#[component]
pub fn FailureScreen(props: &FailureProps) -> Html {
    let (title, help) = match props.failure.kind {
        FailureKind::Offline => (
            "You are offline",
            "The articles could not be fetched. Once you are connected again, try again.",
        ),
        FailureKind::NotFound => (
            "The articles are not where they should be",
            "The server has no such file. If this is your page, check the address in the src attribute.",
        ),
        FailureKind::Unreachable => (
            "The articles could not be fetched",
            "The server did not hand them over. It may be down, or may not allow this page to read them.",
        ),
        FailureKind::Unreadable => (
            "The articles could not be read",
            "A file is there, but it holds no articles that can be read. Nothing in it was changed.",
        ),
    };
    let onclick = props.send.reform(|_: MouseEvent| Msg::Retry);
    html! {
        <div class="op-empty" role="alert">
            <h1 id="op-heading" tabindex="-1">{ title }</h1>
            <p>{ help }</p>
            <p class="op-detail" dir="auto"><code>{ &props.failure.detail }</code></p>
            <button type="button" class="op-button" {onclick}>{ words::TRY_AGAIN }</button>
        </div>
    }
}
