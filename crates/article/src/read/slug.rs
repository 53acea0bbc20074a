//! Ids from titles: [`slug`]; ids and names as folders of a site: [`is_folder_name`], [`folder_name`], [`name_slug`].

use crate::letters::{is_letter, lower};
use std::borrow::Cow;

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

/// Names of folders made by us have at most so many bytes: file systems take 255, and a number may come behind.
const BYTES_MAX: usize = 240;

/// Whether an id or a slug can be the name of a folder, on any system, and be served as it is: Windows keeps some names for
/// itself, with whatever behind a dot, and takes away dots at the end; what begins with a dot is not served.
pub fn is_folder_name(name: &str) -> bool {
    is_slug(name)
        && !name.is_empty()
        && name.len() <= BYTES_MAX
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !is_reserved(name)
}

/// Names that Windows keeps for its devices.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let is = |known: &str| stem.eq_ignore_ascii_case(known);
    let is_port = |port: &str| {
        let start = stem.get(..3);
        start.is_some_and(|start| start.eq_ignore_ascii_case(port))
            && matches!(stem.as_bytes()[3..], [b'0'..=b'9'])
    };
    ["con", "prn", "aux", "nul"].into_iter().any(is) || ["com", "lpt"].into_iter().any(is_port)
}

/// An id that can be the name of a folder: the id itself where it can, else its [`slug`] and four hexadecimal digits of it.
/// The same for the same id, so that what names it can be changed without knowing of it.
pub fn folder_name(id: &str) -> Cow<'_, str> {
    match is_folder_name(id) {
        true => Cow::Borrowed(id),
        false => Cow::Owned(with_digits(slug(id), id)),
    }
}

/// The slug of a category, tag or author: [`slug`], and where that loses something of the name (more than case and
/// spaces) or cannot be the name of a folder, four hexadecimal digits of it behind, so that `C` and `C++` differ. The slug
/// of a slug is itself.
pub fn name_slug(name: &str) -> String {
    let slug = slug(name);
    let spaced = name.split_whitespace().collect::<Vec<_>>().join("-");
    match spaced.chars().map(lower).eq(slug.chars()) && is_folder_name(&slug) {
        true => slug,
        false => with_digits(slug, name),
    }
}

/// A slug with four digits of the name that it is made of, within what a slug and a folder may have.
fn with_digits(mut slug: String, name: &str) -> String {
    const N_BEHIND: usize = "-0123".len();
    let ends = slug.char_indices().map(|(start, c)| start + c.len_utf8());
    let end = ends
        .take(LENGTH_MAX - N_BEHIND)
        .take_while(|end| *end <= BYTES_MAX - N_BEHIND)
        .last();
    slug.truncate(end.unwrap_or(0));
    let n_whole = slug.trim_end_matches('-').len();
    slug.truncate(n_whole);
    if slug.is_empty() {
        slug.push('x');
    }
    // FNV-1a, 32 bits, folded to 16.
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let hash = (hash >> 16 ^ hash) & 0xffff;
    slug.push('-');
    for shift in [12, 8, 4, 0] {
        slug.extend(char::from_digit(hash >> shift & 0xf, 16));
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_of_names() {
        let same = ["sea", "news-politics", "مد", "日本"];
        for name in same {
            assert_eq!(name_slug(name), name);
        }
        assert_eq!(name_slug("News  Desk"), "news-desk");
        let (long, wide) = ("tide ".repeat(40), "𐌰".repeat(100));
        let names = [
            "con", "LPT1", "com5", &long, &wide, "C", "C++", "C#", "c--", "", "&", "&&", "a & b",
            "O'Neil", "a.b", "a/b",
        ];
        let slugs: std::collections::BTreeSet<String> =
            names.iter().map(|name| name_slug(name)).collect();
        assert_eq!(slugs.len(), names.len(), "{slugs:?}");
        for slug in slugs {
            assert_eq!(name_slug(&slug), slug);
            assert!(is_folder_name(&slug), "{slug}");
        }
    }

    #[test]
    fn names_of_folders() {
        let (long, longer) = ("x".repeat(240), "x".repeat(241));
        let fine = [
            "a", "a.b", "Tides_2~", "console", "com10", "lpt", "größe", &long,
        ];
        for id in fine {
            assert_eq!(folder_name(id), id);
        }
        let bad = [
            "", ".", "..", "a/b", "50%", "a b", "con", "NUL.txt", "Com1", "lpt9.a.b", "a.", ".git",
            &longer,
        ];
        let names: std::collections::BTreeSet<_> = bad.iter().map(|id| folder_name(id)).collect();
        assert_eq!(names.len(), bad.len(), "{names:?}");
        for name in names {
            assert!(is_folder_name(&name), "{name}");
        }
        assert!(folder_name("a/b").starts_with("a-b-"));
    }
}
