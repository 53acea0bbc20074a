//! How long an article takes to read: [`ReadingTime::of`].
//!
//! The speeds are those that S. Trauzettel-Klosinski and K. Dietz measured in seventeen languages (“Standardized
//! Assessment of Reading Performance: The New International Reading Speed Texts IReST”, Investigative Ophthalmology &
//! Visual Science 53, 2012, doi:10.1167/iovs.11-8284): the mean, and one standard deviation to each side for a fast and a
//! slow reader. They were measured aloud; who reads silently is a little faster, who reads hard matter slower.

use crate::letters::{Undivided, is_letter, undivided};

/// Whole minutes, at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadingTime {
    /// For a fast reader.
    pub fast: u32,
    /// For a slow reader.
    pub slow: u32,
}

/// Units in a minute: mean and standard deviation.
type Speed = (u32, u32);

/// Words in a minute by language.
const WORDS: [(&str, Speed); 15] = [
    ("ar", (138, 20)),
    ("de", (179, 17)),
    ("en", (228, 30)),
    ("es", (218, 28)),
    ("fi", (161, 18)),
    ("fr", (195, 26)),
    ("he", (187, 29)),
    ("it", (188, 28)),
    ("nl", (202, 29)),
    ("pl", (166, 23)),
    ("pt", (181, 29)),
    ("ru", (184, 32)),
    ("sl", (180, 30)),
    ("sv", (199, 34)),
    ("tr", (166, 25)),
];

/// The mean over all languages of the study, for those it does not have.
const WORDS_ELSEWHERE: Speed = (184, 29);

/// Characters in a minute.
const CHINESE: Speed = (255, 29);
const JAPANESE: Speed = (357, 56);

/// Thai, Lao, Khmer and Burmese are not in the study; taken as Arabic, the language in it with the fewest characters
/// in a minute (612) among those with an alphabet.
const OTHER_UNDIVIDED: Speed = (612, 88);

impl ReadingTime {
    /// The time for a plain text in a language (a tag of RFC 5646).
    pub fn of(text: &str, language: Option<&str>) -> ReadingTime {
        let code = language
            .unwrap_or("en")
            .split('-')
            .next()
            .unwrap_or_default();
        let words = WORDS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(code));
        let words = words.map_or(WORDS_ELSEWHERE, |(_, speed)| *speed);
        let characters = if code.eq_ignore_ascii_case("ja") {
            JAPANESE
        } else {
            CHINESE
        };
        let count = Count::of(text);
        let minutes = |pace: fn(Speed) -> u32| {
            let time = |n: u64, speed: Speed| n * 1000 / u64::from(pace(speed));
            let thousandths = time(count.words, words)
                + time(count.chinese, characters)
                + time(count.other, OTHER_UNDIVIDED);
            u32::try_from((thousandths + 500) / 1000)
                .unwrap_or(u32::MAX)
                .max(1)
        };
        ReadingTime {
            fast: minutes(|(mean, sd)| mean + sd),
            slow: minutes(|(mean, sd)| mean - sd),
        }
    }
}

/// How much there is to read.
pub(super) struct Count {
    /// In scripts that divide words.
    pub(super) words: u64,
    /// Characters of Chinese and Japanese.
    pub(super) chinese: u64,
    /// Characters of other scripts that do not divide words.
    pub(super) other: u64,
}

impl Count {
    pub(super) fn of(text: &str) -> Count {
        let mut count = Count {
            words: 0,
            chinese: 0,
            other: 0,
        };
        let mut in_word = false;
        for c in text.chars() {
            match (undivided(c), c) {
                (Some(script), _) => {
                    match script {
                        Undivided::Ideographic => count.chinese += 1,
                        Undivided::Other => count.other += 1,
                    }
                    in_word = false;
                }
                (None, c) if c.is_whitespace() => in_word = false,
                // A word begins with a letter or digit and goes on to the next space: `don’t`, `$7.5`, `co-op`.
                (None, c) if !in_word && is_letter(c) => {
                    count.words += 1;
                    in_word = true;
                }
                _ => {}
            }
        }
        count
    }
}
