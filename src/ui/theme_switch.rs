//! [`ThemeSwitch`]: light, dark, or as the device has it.

use yew::prelude::*;

use super::words;
use crate::state::{Msg, Theme};
use crate::web::event;

/// The colours chosen.
#[derive(Clone, PartialEq, Properties)]
pub struct ThemeSwitchProps {
    /// The colours chosen.
    pub theme: Theme,
    /// Where messages go.
    pub send: Callback<Msg>,
}

/// Light, dark, or as the device has it.
#[component]
pub fn ThemeSwitch(props: &ThemeSwitchProps) -> Html {
    let onchange = props.send.reform(|change: Event| Msg::Theme(Theme::of_name(&event::value(&change))));
    let themes = [
        (Theme::Auto, words::THEME_AUTO),
        (Theme::Light, words::THEME_LIGHT),
        (Theme::Dark, words::THEME_DARK),
    ];
    html! {
        <div class="op-theme">
            <label class="op-label op-hidden" for="op-theme">{ words::THEME }</label>
            <select id="op-theme" class="op-input" {onchange}>
                { for themes.into_iter().map(|(theme, label)| html! {
                    <option key={theme.name()} value={theme.name()} selected={theme == props.theme}>{ label }</option>
                }) }
            </select>
        </div>
    }
}
