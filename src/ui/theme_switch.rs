//! [`ThemeSwitch`]: light, dark, or as the device has it.

use yew::prelude::*;

use super::words;
use crate::state::{Msg, Theme};

/// The colours chosen.
#[derive(Clone, PartialEq, Properties)]
pub struct ThemeSwitchProps {
    /// The colours chosen.
    pub theme: Theme,
    /// Where messages go.
    pub send: Callback<Msg>,
}

/// A button that goes round: as the device has it, light, dark. Its name says what is in force.
#[component]
pub fn ThemeSwitch(props: &ThemeSwitchProps) -> Html {
    let (name, next, icon) = match props.theme {
        Theme::Auto => (words::THEME_AUTO, Theme::Light, "M12 3a9 9 0 0 0 0 18z"),
        Theme::Light => (words::THEME_LIGHT, Theme::Dark, ""),
        Theme::Dark => (
            words::THEME_DARK,
            Theme::Auto,
            "M12 3a9 9 0 0 0 0 18 9 9 0 0 0 0-18z",
        ),
    };
    let onclick = props.send.reform(move |_: MouseEvent| Msg::Theme(next));
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
