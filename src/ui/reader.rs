//! [`Reader`]: the whole interface.

use std::rc::Rc;

use yew::prelude::*;

use super::article_page::article_page;
use super::failure::failure_screen;
use super::front::front;
use super::masthead::masthead;
use super::notice::offline;
use super::words;
use crate::state::{Msg, Phase, State};
use crate::web::adopted::Adopted;

/// What every component may need: the state, and where messages go.
#[derive(Clone, Properties)]
pub struct ReaderProps {
    /// What is shown.
    pub state: Rc<State>,
    /// Where messages go.
    pub send: Callback<Msg>,
    /// Called each time the page has been drawn.
    pub drawn: Callback<()>,
    /// What of the page is the reader's already.
    #[prop_or_default]
    pub adopted: Adopted,
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
    let trouble = state.trouble.as_ref();
    let main = match (&state.phase, trouble) {
        (Phase::Ready(_), Some(trouble)) => failure_screen("trouble", trouble, state, send),
        (Phase::Ready(_), None) if state.is_article() => article_page(state, send, &props.adopted),
        (Phase::Ready(_), None) => front(state, send),
        (Phase::Loading, _) => skeleton("loading"),
        (Phase::Failed(failure), _) => failure_screen("failed", failure, state, send),
    };
    let top = html! { <>{ masthead(state, send) }{ offline(state.offline) }</> };
    // A page has one main part and one banner. On somebody's page they are that page's; in a section, a header is no banner.
    match state.is_guest {
        true => html! {
            <section class="op-page" part="page" lang="en">
                { top }
                <div class="op-main" id="op-main" tabindex="-1">{ main }</div>
            </section>
        },
        false => html! {
            <div class="op-page" part="page" lang="en">
                { top }
                <main class="op-main" id="op-main" tabindex="-1">{ main }</main>
            </div>
        },
    }
}

/// The shape of what is coming, while it comes.
pub fn skeleton(key: &'static str) -> Html {
    html! {
        <div class="op-skeleton" role="status" {key}>
            <h1 class="op-hidden">{ words::LOADING }</h1>
            { for (0..6).map(|line| html! { <div key={line} aria-hidden="true" /> }) }
        </div>
    }
}
