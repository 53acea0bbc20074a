//! `src/fold_table.rs` is made by this test and checked by it.
//!
//! `OFFPRINT_WRITE_TABLES=1 cargo test -p offprint-search --test fold_table` writes it anew, from the decompositions of
//! the Unicode Character Database as the `unicode-normalization` crate has them and the few letters listed below, which
//! Unicode does not decompose although people type them without their strokes.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may stop it")]

use std::fmt::Write as _;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters that have no decomposition, and what is typed for them.
const WITHOUT_DECOMPOSITION: &[(char, &str)] = &[
    ('ß', "ss"),
    ('ø', "o"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ð', "d"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĸ', "k"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('ŧ', "t"),
    ('ƀ', "b"),
    ('ƒ', "f"),
    ('ƶ', "z"),
    ('ς', "σ"),
];

/// Blocks in which compatibility characters are letters and digits that people type plainly.
const RANGES: &[std::ops::RangeInclusive<u32>] = &[
    0x00A0..=0x1FFF,
    0x2070..=0x24FF,
    0x2C60..=0x2C7F,
    0xA720..=0xA7FF,
    0xFB00..=0xFB06,
    0xFB1D..=0xFB4F,
    0xFF65..=0xFF9D,
];

/// Blocks whose marks are vowels rather than accents: Indic, Thai and their neighbours.
fn keeps_marks(c: char) -> bool {
    matches!(c as u32, 0x0900..=0x10FF | 0x1780..=0x17FF)
}

fn fold(c: char) -> Option<String> {
    if let Some((_, plain)) = WITHOUT_DECOMPOSITION.iter().find(|(from, _)| *from == c) {
        return Some((*plain).to_owned());
    }
    if keeps_marks(c) || is_combining_mark(c) || !c.is_alphanumeric() {
        return None;
    }
    // The lower case of an upper-case letter is looked up instead of the letter.
    if c.to_lowercase().next() != Some(c) {
        return None;
    }
    let folded: String = std::iter::once(c)
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let folded: String = folded
        .chars()
        .map(|c| {
            let special = WITHOUT_DECOMPOSITION.iter().find(|(from, _)| *from == c);
            special.map_or_else(|| c.to_string(), |(_, plain)| (*plain).to_owned())
        })
        .collect();
    let plain = !folded.is_empty() && folded.chars().all(char::is_alphanumeric);
    (plain && !folded.chars().eq(std::iter::once(c))).then_some(folded)
}

fn table() -> String {
    let mut single = String::new();
    let mut several = String::new();
    let mut n_single = 0;
    let mut n_several = 0;
    for c in RANGES.iter().cloned().flatten().filter_map(char::from_u32) {
        let Some(folded) = fold(c) else { continue };
        let mut chars = folded.chars();
        match (chars.next(), chars.next()) {
            (Some(one), None) => {
                write!(single, "(0x{:04X}, 0x{:04X}), ", c as u32, one as u32).unwrap();
                n_single += 1;
                if n_single % 6 == 0 {
                    single.push_str("\n    ");
                }
            }
            _ => {
                write!(several, "(0x{:04X}, \"{folded}\"), ", c as u32).unwrap();
                n_several += 1;
                if n_several % 6 == 0 {
                    several.push_str("\n    ");
                }
            }
        }
    }
    let mut marks = String::new();
    let mut n_marks = 0;
    let mut push = |first: u32, last: u32| {
        write!(marks, "(0x{first:04X}, 0x{last:04X}), ").unwrap();
        n_marks += 1;
        if n_marks % 6 == 0 {
            marks.push_str("\n    ");
        }
    };
    let mut open: Option<(u32, u32)> = None;
    for code in 0x0300..=0xFFFF_u32 {
        let mark =
            char::from_u32(code).is_some_and(|c| is_combining_mark(c) && !c.is_alphanumeric());
        open = match (open, mark) {
            (Some((first, last)), true) if last + 1 == code => Some((first, code)),
            (Some((first, last)), true) => {
                push(first, last);
                Some((code, code))
            }
            (None, true) => Some((code, code)),
            (range, false) => range,
        };
    }
    if let Some((first, last)) = open {
        push(first, last);
    }
    format!(
        "//! Made by `tests/fold_table.rs`, which says how and from what; not edited by hand.\n\n\
         /// Lower-case letters and digits, and the one plain character that is indexed for each; ascending.\n\
         #[rustfmt::skip]\n\
         pub(crate) static SINGLE: [(u16, u16); {n_single}] = [\n    {}\n];\n\n\
         /// The same, where several plain characters stand for one; ascending.\n\
         #[rustfmt::skip]\n\
         pub(crate) static SEVERAL: [(u16, &str); {n_several}] = [\n    {}\n];\n\n\
         /// First and last of each run of combining marks that are not themselves alphabetic; ascending.\n\
         #[rustfmt::skip]\n\
         pub(crate) static MARKS: [(u16, u16); {n_marks}] = [\n    {}\n];\n",
        single.trim_end(),
        several.trim_end(),
        marks.trim_end(),
    )
    .lines()
    .map(|line| line.trim_end().to_owned() + "\n")
    .collect()
}

#[test]
fn the_table_is_the_one_this_test_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/fold_table.rs");
    let made = table();
    if std::env::var_os("OFFPRINT_WRITE_TABLES").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), made);
}
