//! What is a letter, and what is it in lower case: enough for ids, words and counting, in a few hundred bytes.
//!
//! The standard library's tables would add 12 kB to what a browser downloads. The answers here differ from theirs
//! where it does no harm: signs that join to a letter (vowel signs, accents that stand alone, joiners of Indic scripts)
//! belong to the word, and letters of rare scripts have no lower case.

/// Blocks and gaps above ASCII that hold no letters: punctuation, symbols, spaces, pictures, private use.
const NO_LETTERS: [(u32, u32); 53] = [
    (0x80, 0xa9),
    (0xab, 0xb4),
    (0xb6, 0xb9),
    (0xbb, 0xbf),
    (0xd7, 0xd7),
    (0xf7, 0xf7),
    (0x37e, 0x37e),
    (0x387, 0x387),
    (0x55a, 0x55f),
    (0x589, 0x58f),
    (0x5be, 0x5be),
    (0x5c0, 0x5c0),
    (0x5c3, 0x5c3),
    (0x5c6, 0x5c6),
    (0x5f3, 0x5f4),
    (0x600, 0x60f),
    (0x61b, 0x61f),
    (0x66a, 0x66d),
    (0x6d4, 0x6d4),
    (0x700, 0x70d),
    (0x964, 0x965),
    (0x970, 0x970),
    (0xdf4, 0xdf4),
    (0xe3f, 0xe3f),
    (0xe4f, 0xe4f),
    (0xe5a, 0xe5b),
    (0xf01, 0xf17),
    (0x104a, 0x104f),
    (0x10fb, 0x10fb),
    (0x1360, 0x1368),
    (0x1400, 0x1400),
    (0x1680, 0x1680),
    (0x17d4, 0x17d6),
    (0x17d8, 0x17db),
    (0x1800, 0x180a),
    (0x2000, 0x200b),
    (0x200e, 0x206f),
    (0x20a0, 0x20cf),
    (0x2190, 0x2bff),
    (0x2e00, 0x2e7f),
    (0x3000, 0x3004),
    (0x3008, 0x3020),
    (0x3030, 0x3030),
    (0x303d, 0x3040),
    (0x30fb, 0x30fb),
    (0xe000, 0xf8ff),
    (0xfd3e, 0xfd3f),
    (0xfe10, 0xfe6f),
    (0xfeff, 0xff0f),
    (0xff1a, 0xff20),
    (0xff3b, 0xff40),
    (0xff5b, 0xff65),
    (0xffe0, 0xffff),
];

/// A letter or digit of any script, or a sign that belongs to one.
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let code = c as u32;
    let block = NO_LETTERS.partition_point(|(_, last)| *last < code);
    let is_gap = NO_LETTERS
        .get(block)
        .is_some_and(|(first, _)| *first <= code);
    !is_gap && !matches!(code, 0x1f000..=0x1faff | 0xe0000..)
}

/// Writing that does not divide words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undivided {
    /// Chinese and Japanese.
    Ideographic,
    /// Thai, Lao, Burmese, Khmer.
    Other,
}

/// Whether the words of a letter's script stand side by side.
pub(crate) fn undivided(c: char) -> Option<Undivided> {
    match c {
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            Some(Undivided::Other)
        }
        '\u{3041}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Some(Undivided::Ideographic),
        _ => None,
    }
}

/// The letter in lower case: Latin, Greek, Cyrillic, Armenian, Georgian, full-width.
pub(crate) fn lower(c: char) -> char {
    let code = c as u32;
    // Where capitals and small letters take turns: the capital is the even one, or the odd one.
    let after_even = code | 1;
    let after_odd = code + (code & 1);
    let lower = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde => code + 32,
        0..=0xff => code,
        0x130 => 0x69,
        0x100..=0x137 | 0x14a..=0x177 => after_even,
        0x139..=0x148 | 0x179..=0x17e | 0x1cd..=0x1dc => after_odd,
        0x178 => 0xff,
        0x1a0..=0x1a5 | 0x1de..=0x1ef | 0x1f8..=0x21f | 0x222..=0x233 => after_even,
        0x1af..=0x1b0 => after_odd,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e..=0x38f => code + 63,
        0x391..=0x3ab => code + 32,
        0x400..=0x40f => code + 80,
        0x410..=0x42f => code + 32,
        0x4c0 => 0x4cf,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => after_even,
        0x4c1..=0x4ce => after_odd,
        0x531..=0x556 => code + 48,
        0x1c90..=0x1cba | 0x1cbd..=0x1cbf => code - 0xbc0,
        0x1e9e => 0xdf,
        0x1e00..=0x1e95 | 0x1ea0..=0x1eff => after_even,
        0xff21..=0xff3a => code + 32,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(c)
}

/// A text in lower case, a letter for a letter.
pub fn lowercase(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// Whether a text holds another, byte for byte.
pub(crate) fn holds(text: &str, part: &str) -> bool {
    text.as_bytes()
        .windows(part.len())
        .any(|window| window == part.as_bytes())
}

/// A number for a text: FNV-1a, 32 bits.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_is_that_of_unicode() {
        let scripts = [
            (0, 0x17f),
            (0x1a0, 0x1a1),
            (0x1af, 0x1b0),
            (0x1cd, 0x1ef),
            (0x370, 0x3ce),
            (0x400, 0x52f),
            (0x531, 0x587),
            (0x10d0, 0x10ff),
            (0x1c90, 0x1cbf),
            (0x1e00, 0x1eff),
            (0x3041, 0x9fff),
            (0xac00, 0xd7ff),
            (0xff00, 0xffef),
        ];
        // Rare letters: archaic Greek, Old Italian yot, and the dotted capital I, which is two characters.
        let exceptions = ['İ', 'Ͱ', 'Ͳ', 'Ͷ', 'Ϳ'];
        for c in scripts
            .into_iter()
            .flat_map(|(first, last)| first..=last)
            .filter_map(char::from_u32)
        {
            if c.is_alphabetic() && !exceptions.contains(&c) {
                assert_eq!(
                    lower(c).to_string(),
                    c.to_lowercase().to_string(),
                    "{c} {:x}",
                    c as u32
                );
            }
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        // Numbers in circles and a sign of medieval manuscripts are none here.
        let lost: String = ('\u{80}'..='\u{ffff}')
            .filter(|c| {
                c.is_alphabetic()
                    && !is_letter(*c)
                    && !matches!(c, '\u{2460}'..='\u{24ff}' | '\u{2e2f}')
            })
            .collect();
        assert_eq!(lost, "");
        for (text, expect) in [
            ("é ß ő Я ω ש ع अ क ा ् ก 日 ー 가 Ａ ９ ٣ ª", true),
            (
                "– — “ « … · ¿ ؟ ، ۔ । 。、「・ ￥ € → ★ ☃ ① \u{a0} \u{200b} \u{202e} 😀 \u{e000} × ÷ ° ² ½",
                false,
            ),
        ] {
            for c in text.split(' ').flat_map(str::chars) {
                assert_eq!(is_letter(c), expect, "{c} {:x}", c as u32);
            }
        }
    }
}
