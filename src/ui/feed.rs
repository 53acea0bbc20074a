//! [`feed`]: the cards of a list, of which only those near the part in view are built.

use yew::prelude::*;

use super::card::CardView;
use super::front::lead_card;
use crate::state::{Msg, State};

/// The cards, the first of them a large one where there is a lead, in blocks (`state::Window`). The browser host measures the blocks and gives the two empty
/// elements their heights: a style attribute would not pass a strict content security policy.
///
/// The pattern is WAI-ARIA's feed: each article says where it stands among how many, so that a screen
/// reader knows of those that are not built.
pub fn feed(state: &State, send: &Callback<Msg>, has_lead: bool) -> Html {
    let Some(library) = state.library() else {
        return Html::default();
    };
    let found = state.search.found.as_ref();
    let found = found.filter(|_| state.route.filter.asks());
    let docs = &state.listing.docs;
    let is_busy = state.route.filter.asks() && !state.search.is_settled();
    // Whole pixels: text for a fraction costs 15 kB of WebAssembly.
    let (above, below) = state.window.spacers();
    let lead = if has_lead {
        lead_card(state, send)
    } else {
        Html::default()
    };
    let block = |block: usize| {
        let cards = state.window.cards(block);
        let skip = usize::from(has_lead && block == 0);
        let cards = cards
            .skip(skip)
            .filter_map(|position| Some((position, *docs.get(position)?)));
        let language = library.overview().edition.language.clone();
        let cards = cards.map(|(position, ix)| {
            let snippet = found.and_then(|found| found.snippet(ix).cloned());
            // A result that is still to come brings its card.
            let card = match (found, &snippet) {
                (Some(_), None) => library.found_card(ix as usize),
                _ => library.card(ix as usize),
            };
            let Some(card) = card.here() else {
                return html! {
                    <div key={ix.to_string()} class="op-card op-coming" aria-hidden="true"><div /><div /><div /></div>
                };
            };
            html! {
                <CardView
                    key={card.id.clone()}
                    card={card.clone()}
                    {position}
                    n_all={docs.len()}
                    {snippet}
                    base={state.base.clone()}
                    addresses={state.addresses.clone()}
                    query={state.route.filter.query.clone()}
                    language={language.clone()}
                    is_lead=false
                    send={send.clone()}
                />
            }
        });
        html! {
            <div key={block} class="op-block" data-op-block={block.to_string()}>{ for cards }</div>
        }
    };
    html! {
        <div key="feed" role="feed" class="op-feed" aria-label={super::words::ARTICLES} aria-busy={is_busy.to_string()}>
            <div class="op-lead" key="lead">{ lead }</div>
            <div key="list" class="op-list" data-op-list="">
                <div key="above" data-op-spacer={(above as u64).to_string()} aria-hidden="true" />
                { for state.window.blocks.clone().map(block) }
                <div key="below" data-op-spacer={(below as u64).to_string()} aria-hidden="true" />
            </div>
        </div>
    }
}
