//! Ids from titles: [`slug`].

use crate::letters::{is_letter, lower};

/// Ids made by us are at most this long, so that an address stays one that can be read and sent.
const LENGTH_MAX: usize = 80;

/// Letters and digits of every script in lower case, everything else as single hyphens; may be empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut n_chars = 0;
    let mut is_gap = false;
    for c in text.chars().map(lower) {
        if !is_letter(c) {
            // An apostrophe belongs to its word: `don't` is `dont`.
            is_gap |= !matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}');
            continue;
        }
        if is_gap && n_chars > 0 {
            if n_chars + 1 >= LENGTH_MAX {
                break;
            }
            slug.push('-');
            n_chars += 1;
        }
        if n_chars == LENGTH_MAX {
            break;
        }
        is_gap = false;
        slug.push(c);
        n_chars += 1;
    }
    slug
}

/// Whether an id can stand in an address as it is.
pub fn is_slug(id: &str) -> bool {
    !matches!(id, "." | "..")
        && id
            .chars()
            .all(|c| is_letter(c) || matches!(c, '-' | '_' | '.' | '~'))
}
