//! [`time`] and [`day`]: a date as people write it, with the exact one for machines.

use article::Date;
use yew::prelude::*;

use crate::web::intl;

/// A date in the words of a language. A date without a time is that day everywhere: no time zone moves it.
pub fn time(date: &Date, language: Option<&str>) -> Html {
    let text = intl::format_date(date, language.unwrap_or("en"));
    html! { <time key={text.clone()} datetime={date.to_string()} lang={language.map(str::to_owned)}>{ text }</time> }
}

/// The day alone, for a list.
pub fn day(date: &Date, language: Option<&str>) -> Html {
    let text = intl::format_day(date, language.unwrap_or("en"));
    html! { <time key={text.clone()} datetime={date.to_string()} lang={language.map(str::to_owned)}>{ text }</time> }
}
