//! [`problems`] and [`offline`]: what a person should know, said once and quietly.

use yew::prelude::*;

use super::words;
use crate::library::{Overview, Remark};

/// The most problems that are listed; the number of all is said.
const PROBLEMS_LISTED: usize = 50;

/// What was wrong with the edition: which article, which field, what was expected there. Doubts alone
/// (warnings) are for its author, on the console, and not for its readers.
pub fn problems(overview: &Overview) -> Html {
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
    // A newer format is for everybody to know; mistakes are the owner's to mend, who is shown them (offprint.css).
    let class = match newer {
        true => "op-notice op-problems",
        false => "op-notice op-problems op-mistakes",
    };
    html! {
        <details {class}>
            <summary>{ summary }</summary>
            <p>{ "Everything that could be read is shown. The rest, with its place in the file:" }</p>
            <ul>{ for problems.iter().take(PROBLEMS_LISTED).map(item) }</ul>
        </details>
    }
}

/// That there is no network. The live region is always there: one that appears with its text is not
/// announced.
pub fn offline(is_offline: bool) -> Html {
    html! {
        <div role="status" class="op-offline">
            { for is_offline.then(|| html! { <p class="op-notice" key="offline">{ words::OFFLINE }</p> }) }
        </div>
    }
}
