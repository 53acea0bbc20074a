//! [`theme_switch`]: light, dark, or as the device has it.

use yew::prelude::*;

use super::words;
use crate::state::{Msg, Theme};

/// A button that goes round: as the device has it, light, dark. Its name says what is in force.
pub fn theme_switch(theme: Theme, send: &Callback<Msg>) -> Html {
    let (name, next, icon) = match theme {
        Theme::Auto => (words::THEME_AUTO, Theme::Light, "M12 3a9 9 0 0 0 0 18z"),
        Theme::Light => (words::THEME_LIGHT, Theme::Dark, ""),
        Theme::Dark => (
            words::THEME_DARK,
            Theme::Auto,
            "M12 3a9 9 0 0 0 0 18 9 9 0 0 0 0-18z",
        ),
    };
    let onclick = send.reform(move |_: MouseEvent| Msg::Theme(next));
    let label = format!("{}: {name}", words::THEME);
    html! {
        <button type="button" id="op-theme" class="op-theme" title={label.clone()} aria-label={label} {onclick}>
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
                <circle cx="12" cy="12" r="9" />
                <path d={icon} />
            </svg>
        </button>
    }
}
