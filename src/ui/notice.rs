//! [`Problems`] and [`Offline`]: what a person should know, said once and quietly.

use yew::prelude::*;

use super::front::LibraryRef;
use super::words;
use crate::library::Remark;

/// The most problems that are listed; the number of all is said.
const PROBLEMS_LISTED: usize = 50;

/// An edition.
#[derive(Clone, PartialEq, Properties)]
pub struct ProblemsProps {
    /// The edition.
    pub library: LibraryRef,
}

/// What was wrong with the edition: which article, which field, what was expected there. Doubts alone
/// (warnings) are for its author, on the console, and not for its readers.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let overview = props.library.overview();
    let (problems, n_all) = (&overview.problems, overview.n_problems as usize);
    let has_errors = problems.iter().any(|problem| problem.is_error);
    let newer = overview.edition.version > article::FORMAT_VERSION;
    if !has_errors && !newer {
        return html! { <div hidden=true /> };
    }
    let summary = words::count(n_all, "problem in this edition", "problems in this edition");
    let item = |problem: &Remark| {
        let about = problem.article.as_ref().map(|article| {
            html! { <strong dir="auto">{ format!("{article}: ") }</strong> }
        });
        html! { <li>{ for about }<span>{ &problem.text }</span></li> }
    };
    html! {
        <details class="op-notice op-problems">
            <summary>{ summary }</summary>
            <p>{ "Everything that could be read is shown. The rest, with its place in the file:" }</p>
            <ul>{ for problems.iter().take(PROBLEMS_LISTED).map(item) }</ul>
        </details>
    }
}

/// Whether there is a network.
#[derive(Clone, PartialEq, Properties)]
pub struct OfflineProps {
    /// Whether there is none.
    pub is_offline: bool,
}

/// That there is no network. The live region is always there: one that appears with its text is not
/// announced.
#[component]
pub fn Offline(props: &OfflineProps) -> Html {
    html! {
        <div role="status" class="op-offline">
            { for props.is_offline.then(|| html! { <p class="op-notice" key="offline">{ words::OFFLINE }</p> }) }
        </div>
    }
}
