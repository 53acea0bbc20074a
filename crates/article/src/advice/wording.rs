//! Link texts that do not say where a link leads: [`says_nothing`].
//!
//! Screen readers list the links of a page by their texts alone, and whoever skims a page reads little else (WCAG 2.2,
//! success criteria 2.4.4 and 2.4.9).

use crate::letters::{is_letter, lowercase};

/// In English, German, French and Spanish; in lower case, words divided by single spaces.
const NOTHING: [&str; 57] = [
    "click",
    "click here",
    "click this",
    "click this link",
    "continue",
    "continue reading",
    "details",
    "here",
    "learn more",
    "link",
    "more",
    "more details",
    "more info",
    "more information",
    "page",
    "read",
    "read more",
    "see here",
    "see more",
    "source",
    "this",
    "this article",
    "this link",
    "this page",
    "website",
    // German
    "dieser link",
    "hier",
    "hier klicken",
    "klick hier",
    "klicken sie hier",
    "klicke hier",
    "mehr",
    "mehr dazu",
    "mehr erfahren",
    "mehr lesen",
    "quelle",
    "siehe hier",
    "weiter",
    "weiterlesen",
    // French
    "ce lien",
    "cliquer ici",
    "cliquez ici",
    "en savoir plus",
    "ici",
    "lien",
    "lire la suite",
    "lire plus",
    "plus",
    // Spanish
    "aquí",
    "aqui",
    "clic aquí",
    "enlace",
    "este enlace",
    "haga clic aquí",
    "haz clic aquí",
    "leer más",
    "más información",
];

/// Whether a link's text could stand on any link.
pub(super) fn says_nothing(text: &str) -> bool {
    // None is longer, and nothing of a longer text need be looked at.
    const LENGTH_MAX: usize = 64;
    if text.len() > LENGTH_MAX {
        return false;
    }
    let text = lowercase(text);
    let words: Vec<&str> = text
        .split(|c| !is_letter(c))
        .filter(|word| !word.is_empty())
        .collect();
    NOTHING.contains(&&*words.join(" "))
}

/// Whether a link's text is an address.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    let begins = |front: &str| {
        text.get(..front.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(front))
    };
    (begins("http://") || begins("https://") || begins("www."))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_could_stand_on_any_link() {
        #[track_caller]
        fn check(text: &str, expect: bool) {
            assert_eq!(says_nothing(text), expect, "{text}");
        }
        check("here", true);
        check(" Click  HERE! ", true);
        check("Read more →", true);
        check("» hier", true);
        check("En savoir plus…", true);
        check("AQUÍ", true);
        check("", false);
        check("→", false);
        check("here and there", false);
        check("read more about tides", false);
        check(&"here ".repeat(100_000), false);
    }

    #[test]
    fn texts_that_are_addresses() {
        #[track_caller]
        fn check(text: &str, expect: bool) {
            assert_eq!(is_address(text), expect, "{text}");
        }
        check("https://example.org/a?b", true);
        check(" WWW.example.org", true);
        check("example.org", false);
        check("https://example.org is down", false);
        check("é", false);
    }
}
