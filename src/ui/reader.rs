//! [`Reader`]: the whole interface.

use std::rc::Rc;

use yew::prelude::*;

use super::article_page::ArticlePage;
use super::failure::FailureScreen;
use super::front::Front;
use super::masthead::Masthead;
use super::notice::Offline;
use super::words;
use crate::state::{Msg, Phase, State};

/// What every component may need: the state, and where messages go.
#[derive(Clone, Properties)]
pub struct ReaderProps {
    /// What is shown.
    pub state: Rc<State>,
    /// Where messages go.
    pub send: Callback<Msg>,
    /// Called each time the page has been drawn.
    pub drawn: Callback<()>,
}

impl PartialEq for ReaderProps {
    fn eq(&self, other: &ReaderProps) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

/// The whole interface.
#[component]
pub fn Reader(props: &ReaderProps) -> Html {
    let drawn = props.drawn.clone();
    use_effect(move || drawn.emit(()));
    let (state, send) = (&props.state, &props.send);
    let main = match &state.phase {
        Phase::Loading => html! { <Skeleton key="loading" /> },
        Phase::Failed(failure) => html! {
            <FailureScreen key="failed" failure={failure.clone()} send={send.clone()} />
        },
        Phase::Ready(_) if state.is_article() => html! {
            <ArticlePage key="article" state={state.clone()} send={send.clone()} />
        },
        Phase::Ready(_) => html! {
            <Front key="front" state={state.clone()} send={send.clone()} />
        },
    };
    html! {
        <div class="op-page" part="page" lang="en">
            <Masthead state={state.clone()} send={send.clone()} />
            <Offline is_offline={state.offline} />
            <main class="op-main" id="op-main" tabindex="-1">{ main }</main>
        </div>
    }
}

/// The shape of what is coming, while it comes.
#[component]
fn Skeleton() -> Html {
    html! {
        <div class="op-skeleton" role="status">
            <h1 class="op-hidden">{ words::LOADING }</h1>
            { for (0..6).map(|line| html! { <div key={line} aria-hidden="true" /> }) }
        </div>
    }
}
