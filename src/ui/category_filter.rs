//! [`CategoryFilter`]: one category, or all of them, with the number of articles in each.

use std::rc::Rc;

use yew::prelude::*;

use super::front::LibraryRef;
use super::words;
use crate::state::Msg;
use crate::web::event;

/// The categories and the one chosen.
#[derive(Clone, PartialEq, Properties)]
pub struct CategoryFilterProps {
    /// The edition.
    pub library: LibraryRef,
    /// The category chosen.
    pub chosen: Option<String>,
    /// How many articles each category has under the other filters; empty where that is not told: on the page of an
    /// article that is made ahead of time, which would change with every other article, and of what was found in a built edition,
    /// until somebody comes to the categories.
    pub counts: Rc<[u32]>,
    /// How many there are in all categories.
    pub n_any: usize,
    /// Where messages go.
    pub send: Callback<Msg>,
}

/// One category, or all of them: a select, which serves eighty categories and a thumb alike. Without
/// categories there is no filter. A chosen category that the edition does not have is listed all the
/// same, so that what narrows the list can be seen.
#[component]
pub fn CategoryFilter(props: &CategoryFilterProps) -> Html {
    let overview = props.library.overview();
    let names = &overview.categories;
    if names.is_empty() && props.chosen.is_none() {
        return html! { <div class="op-category" hidden=true /> };
    }
    let onchange = props.send.reform(|change: Event| {
        Msg::Category(Some(event::value(&change)).filter(|name| !name.is_empty()))
    });
    let onfocus = props.send.reform(|_| Msg::CountsWanted);
    let count = |ix: usize| props.counts.get(ix).copied().unwrap_or(0) as usize;
    let by_name = overview.categories_by_name.iter();
    let mut options: Vec<(&String, usize)> = by_name
        .map(|&ix| (&names[ix as usize], count(ix as usize)))
        .collect();
    if let Some(strange) = props.chosen.as_ref().filter(|name| !names.contains(name)) {
        options.push((strange, 0));
    }
    let chosen = props.chosen.as_deref();
    let is_counted = props.counts.len() >= names.len();
    let option = |name: &str, label: &str, n: usize| {
        let text = match is_counted {
            true => format!("{label} ({})", words::number(n)),
            false => label.to_owned(),
        };
        html! {
            // One without articles stays reachable: it says that there is nothing.
            <option key={format!("{name}\n{n}")} class={(is_counted && n == 0).then_some("op-none")} value={name.to_owned()} selected={chosen.unwrap_or("") == name}>
                { text }
            </option>
        }
    };
    html! {
        <div class="op-category">
            <label class="op-label" for="op-category">{ words::CATEGORY }</label>
            <select id="op-category" class="op-input" part="category" {onchange} {onfocus}>
                { option("", words::ALL_CATEGORIES, props.n_any) }
                { for options.into_iter().map(|(name, n)| option(name, name, n)) }
            </select>
        </div>
    }
}
