//! Dates as people and other programs write them: [`read`] gives the format's.
//!
//! 1. What RFC 3339 has is taken as it is;
//! 2. numbers in the order year, month, day (`2026-02-02`, `2026/02/02`), and the German `2.2.2026`;
//! 3. words in English, German, French, Spanish: `February 2, 2026`, `2. Februar 2026`, `2 de febrero de 2026`.
//!
//! What stands behind the day is read by `dates`: a time is kept where it has a zone, and left out where it has none. `02/03/2026` is
//! two different days on two sides of an ocean, so it is none. The whole text has to be a date: a sentence that begins
//! with one is a sentence.

use super::dates;
use article::Date;

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The day, with its time if that has a zone.
    pub date: Date,
    /// There was a time, but without a zone.
    pub has_lost_time: bool,
}

/// Why a time is a loss.
pub const NO_ZONE: &str =
    "it has no zone, so that nobody could say which moment it is; the day is kept";

/// By month, their names in English, German, French, Spanish; three letters or more of one stand for it.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "enero"],
    &[
        "february", "februar", "feber", "février", "fevrier", "febrero",
    ],
    &["march", "märz", "maerz", "mrz", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "août", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "décembre", "decembre", "diciembre"],
];

/// Words of a date that say nothing: days of the week, articles, what stands before the time.
const FILLERS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "the",
    "of",
    "on",
    "at",
    "den",
    "der",
    "am",
    "um",
    "le",
    "à",
    "el",
    "de",
    "del",
    "a",
    "las",
];

/// Reads a date, if the text is one and nothing else.
pub fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return Some(Written {
            date,
            has_lost_time: false,
        });
    }
    let mut parts = Parts::default();
    let mut words = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty());
    for word in words.by_ref() {
        if !parts.take(word)? {
            return None;
        }
        if parts.is_whole() {
            break;
        }
    }
    let (year, month, day) = (parts.year?, parts.month?, parts.day?);
    let rest: Vec<&str> = parts.time.into_iter().chain(words).collect();
    let date = Date::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()?;
    let (date, has_lost_time) = dates::with_time(date, &time_of(&rest)?)?;
    Some(Written {
        date,
        has_lost_time,
    })
}

/// What is known of a day, word by word.
#[derive(Default)]
struct Parts<'a> {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    /// What stood behind a `T`.
    time: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn is_whole(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether a word belongs to a date; `None` where it says what another word said before.
    fn take(&mut self, word: &'a str) -> Option<bool> {
        let lower = word.to_lowercase();
        let bare = lower.trim_end_matches('.');
        if bare.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(self.number(word, bare));
        }
        if let Some(month) = month(bare) {
            return self.month.replace(month).is_none().then_some(true);
        }
        Some(FILLERS.contains(&bare))
    }

    fn number(&mut self, word: &'a str, bare: &str) -> bool {
        let (numbers, time) = match word.split_once(['T', 't']) {
            Some((numbers, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => {
                (numbers, Some(time))
            }
            _ => (word, None),
        };
        for sign in ['-', '/', '.'] {
            let numbers: Vec<&str> = numbers.split(sign).collect();
            let [first, month, last] = numbers[..] else {
                continue;
            };
            let (year, day) = match (first.len(), sign, last.len()) {
                (4, _, _) => (first, last),
                (_, '.', 4) => (last, first),
                _ => return false,
            };
            if self.day.is_some() || self.month.is_some() || self.year.is_some() {
                return false;
            }
            self.year = year.parse().ok();
            self.month = month.parse().ok();
            self.day = day.parse().ok();
            self.time = time;
            return self.is_whole();
        }
        if bare.len() == 4 && self.year.is_none() {
            self.year = bare.parse().ok();
            return self.year.is_some();
        }
        let day = ["st", "nd", "rd", "th", "er", "º", "."]
            .iter()
            .find_map(|ending| bare.strip_suffix(ending))
            .unwrap_or(bare);
        if self.day.is_some() || day.len() > 2 {
            return false;
        }
        self.day = day.parse().ok();
        self.day.is_some()
    }
}

/// The month that a word names, if there is just one.
fn month(word: &str) -> Option<u8> {
    if word.chars().count() < 3 {
        return None;
    }
    let mut found = None;
    for (ix, names) in MONTHS.iter().enumerate() {
        if names.contains(&word) {
            return Some(ix as u8 + 1);
        }
        if names.iter().any(|name| name.starts_with(word)) {
            // `jui` is the beginning of two.
            if found.is_some() {
                return None;
            }
            found = Some(ix as u8 + 1);
        }
    }
    found
}

/// What stands behind a day, as a time that programs would write; `None` where it is too long for one.
fn time_of(words: &[&str]) -> Option<String> {
    /// A clock, half of the day, a zone.
    const WORDS_MAX: usize = 3;
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_lowercase())
        .filter(|word| {
            !FILLERS.contains(&&**word) && !matches!(&**word, "|" | "-" | "–" | "·" | "uhr")
        })
        .map(
            |word| match word.starts_with(|c: char| c.is_ascii_digit()) {
                // `9.15 Uhr`, `9h15`
                true if !word.contains(':') => word.replace(['.', 'h'], ":"),
                _ => word,
            },
        )
        .collect();
    (words.len() <= WORDS_MAX).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn dates_are_read() {
        #[track_caller]
        fn check(text: &str, expect: &str) {
            let written = read(text).map(|written| {
                let lost = if written.has_lost_time {
                    " (time lost)"
                } else {
                    ""
                };
                format!("{}{lost}", written.date)
            });
            assert_eq!(written.as_deref().unwrap_or("none"), expect, "{text:?}");
        }
        check("2026-02-02", "2026-02-02");
        check("2026-02-03T09:15:00+01:00", "2026-02-03T09:15:00+01:00");
        check("2026-2-3", "2026-02-03");
        check("2026/02/03", "2026-02-03");
        check("3.2.2026", "2026-02-03");
        check("03.02.2026", "2026-02-03");
        check("February 2, 2026", "2026-02-02");
        check("Monday, February 2nd, 2026", "2026-02-02");
        check("Feb. 2, 2026", "2026-02-02");
        check("2 February 2026", "2026-02-02");
        check("the 2nd of February 2026", "2026-02-02");
        check("2. Februar 2026", "2026-02-02");
        check("Montag, den 2. März 2026", "2026-03-02");
        check("1er février 2026", "2026-02-01");
        check("lundi 2 août 2026", "2026-08-02");
        check("2 de febrero de 2026", "2026-02-02");
        check("29 February 2024", "2024-02-29");
        // Times: with a zone they stay, without they go.
        check("2026-02-03 09:15:00 +0100", "2026-02-03T09:15:00+01:00");
        check("2026-02-03 09:15 UTC", "2026-02-03T09:15:00Z");
        check("2026-02-03T09:15:00", "2026-02-03 (time lost)");
        check("2026-02-03T09:15", "2026-02-03 (time lost)");
        check("2026-02-03 09:15", "2026-02-03 (time lost)");
        check("February 2, 2026 at 3:15 PM ET", "2026-02-02 (time lost)");
        check("February 2, 2026 3:15pm GMT", "2026-02-02T15:15:00Z");
        check("2. Februar 2026, 9.15 Uhr", "2026-02-02 (time lost)");
        check("2 février 2026 à 9h15", "2026-02-02 (time lost)");
        // No dates.
        check("", "none");
        check("2026", "none");
        check("February 2026", "none");
        check("30 February 2026", "none");
        check("02/03/2026", "none");
        check("2 jui 2026", "none");
        check("2026-13-01", "none");
        check("February 2, 2026 was a cold day", "none");
        check("May 2, May 3, 2026", "none");
        check("In March 3 of 2026 boats sank", "none");
        check("9 lives 2026", "none");
        check("February 2, 2026, 26:00 UTC", "none");
        check("2026-02-03 5", "none");
    }
}
