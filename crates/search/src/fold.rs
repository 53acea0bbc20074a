//! Folding: the one spelling under which a word is indexed and looked up.
//!
//! [`fold_into`] lower-cases, drops accents and other marks, and writes the letters that people type for `ß`, `ø` or
//! `ﬁ`. It is applied to the words of articles and to the words of queries, so that both agree by construction. Which
//! character becomes which is in `fold_table`; full-width forms and dropped marks are ranges and stand here.

use crate::fold_table::{MARKS, SEVERAL, SINGLE};

/// Appends the folded form of `text` to `out`. Apostrophes vanish (`don’t` is `dont`).
pub(crate) fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            if c != '\'' {
                out.push(c.to_ascii_lowercase());
            }
        } else {
            for lower in narrow(c).to_lowercase() {
                fold_char(lower, out);
            }
        }
    }
}

/// Stands before a word that is not folded. No folded word begins with it.
pub(crate) const ACCENTED: char = '\u{1}';

/// How a lower-case word is looked up with exactly the accents that it has; nothing if folding takes none away.
pub(crate) fn accented(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut out = String::from(ACCENTED);
    fold_into(text, &mut out);
    if out[ACCENTED.len_utf8()..] == *text {
        return None;
    }
    out.truncate(ACCENTED.len_utf8());
    out.push_str(text);
    Some(out)
}

/// The folded form of `text`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

fn fold_char(c: char, out: &mut String) {
    if is_dropped(c) || is_apostrophe(c) {
        return;
    }
    let Ok(code) = u16::try_from(u32::from(c)) else {
        out.push(c);
        return;
    };
    if let Ok(ix) = SINGLE.binary_search_by_key(&code, |entry| entry.0) {
        out.push(char::from_u32(u32::from(SINGLE[ix].1)).unwrap_or(c));
    } else if let Ok(ix) = SEVERAL.binary_search_by_key(&code, |entry| entry.0) {
        out.push_str(SEVERAL[ix].1);
    } else {
        out.push(c);
    }
}

/// The ASCII character of a full-width one, and any other character as it is.
pub(crate) fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a mark is left out of words: Latin, Greek and Cyrillic accents, Hebrew and Arabic points, the Arabic
/// stretcher, soft hyphens, joiners and variation selectors. Vowel signs of Indic and Thai scripts are not among them.
pub(crate) fn is_dropped(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5
        | 0x05C7 | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4
        | 0x06E7..=0x06E8 | 0x06EA..=0x06ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x2060
        | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF)
}

/// The apostrophes that people and their keyboards write inside words.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '＇')
}

/// Whether a character belongs to a word: letters, digits and the marks that go on them.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || is_mark(c) || is_dropped(c)
}

fn is_mark(c: char) -> bool {
    let Ok(code) = u16::try_from(u32::from(c)) else {
        return false;
    };
    let after = MARKS.partition_point(|(first, _)| *first <= code);
    after > 0 && code <= MARKS[after - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(fold(text), expect, "{text:?}");
        assert_eq!(fold(expect), expect, "folding twice changes nothing more");
    }

    #[test]
    fn letters_are_folded() {
        check("Café ZÜRICH", "cafe zurich");
        check("cafe\u{301}", "cafe");
        check("Straße GROẞ", "strasse gross");
        check(
            "Søren Ærø Þór Łódź İstanbul",
            "soren aero thor lodz istanbul",
        );
        check("Việt Nam Đà Nẵng", "viet nam da nang");
        check("Ｆｕｌｌ－ｗｉｄｔｈ １２３", "full-width 123");
        check("don’t DON'T", "dont dont");
        check("ﬁnal x² Ⅳ", "final x2 iv");
        check("Ёлка Йод", "елка иод");
        check("Άλφα ΛΌΓΟΣ λόγος", "αλφα λογοσ λογοσ");
    }

    #[test]
    fn arabic_and_hebrew_marks_are_dropped() {
        check("مُحَمَّد", "محمد");
        check("أحمد إلى آمن مـــد", "احمد الى امن مد");
        check("שָׁלוֹם", "שלום");
    }

    #[test]
    fn what_is_a_letter_of_its_own_stays() {
        check("がぎ ガギ", "がぎ ガギ");
        check("हिन्दी ภาษาไทย", "हिन्दी ภาษาไทย");
        check("日本語 한국어", "日本語 한국어");
    }
}
