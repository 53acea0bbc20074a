//! [`SearchBox`]: the words to search for.
//!
//! It is a combobox whose list `www/suggestions.js` fills and works, once the box has had the focus; it gets the keys first.
//! The button beside it opens the syntax (`www/syntax.js`).

use yew::prelude::*;

use super::words;
use crate::state::{Msg, Step};
use crate::web::event;

/// What is in the search box.
#[derive(Clone, PartialEq, Properties)]
pub struct SearchBoxProps {
    /// The words, as typed.
    pub query: String,
    /// Where messages go.
    pub send: Callback<Msg>,
}

/// The search box. Escape clears it, the down arrow goes to the first article, Enter opens it.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let oninput = props
        .send
        .reform(|input: InputEvent| Msg::Typed(event::value(&input)));
    let onfocus = props.send.reform(|_| Msg::SearchFocused);
    let onclear = props.send.reform(|_| Msg::Cleared);
    let (send, is_cleared) = (props.send.clone(), props.query.is_empty());
    let onkeydown = move |key: KeyboardEvent| {
        // While an input method composes, the keys are its own.
        if key.is_composing() {
            return;
        }
        // What is in the box, and not what was drawn last: somebody may type faster.
        let is_empty = event::value(&key).is_empty();
        let msg = match key.key().as_str() {
            "Escape" if !is_empty => Msg::Typed(String::new()),
            "ArrowDown" => Msg::Arrow(None, Step::Down),
            "Enter" if !is_empty => Msg::OpenFirst,
            _ => return,
        };
        key.prevent_default();
        send.emit(msg);
    };
    html! {
        <div class="op-search">
            <label class="op-label" for="op-search">{ words::SEARCH }</label>
            <div class="op-search-row">
                <div class="op-search-field">
                    <input
                        id="op-search"
                        class="op-input"
                        part="search"
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        enterkeyhint="search"
                        dir="auto"
                        role="combobox"
                        aria-autocomplete="list"
                        aria-expanded="false"
                        aria-controls="op-suggestions"
                        value={props.query.clone()}
                        {oninput}
                        {onfocus}
                        {onkeydown}
                    />
                    <button type="button" class="op-clear" hidden={is_cleared} aria-label={words::CLEAR} onclick={onclear}>
                        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                            <path d="M4 4l8 8M12 4l-8 8" />
                        </svg>
                    </button>
                    <div class="op-popup" hidden=true>
                        <div id="op-suggestions" role="listbox" aria-label={words::SUGGESTIONS} />
                    </div>
                </div>
                <button type="button" class="op-input op-help" aria-label={words::SYNTAX} aria-haspopup="dialog">{ "?" }</button>
            </div>
        </div>
    }
}
