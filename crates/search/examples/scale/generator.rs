//! Made-up articles with the statistics of real ones, any number of them, always the same.
//!
//! - How often a word comes follows B. Mandelbrot (1953): 1 / (rank + 2.7), and beyond the 5,000 commonest words steeper, so that
//!   the vocabulary grows about as the root of the text (H. S. Heaps, 1978). The commonest are the function words of English.
//! - An article comes back to its own words: one in four was there before.
//! - Lengths are log-normal around 250 words; categories, tags and authors are as uneven as words; dates ascend.
//! - Words have syllables, and the endings of English: stems, beginnings and typos have something to work on.

#![allow(dead_code, reason = "each of the examples uses a part")]

use std::fmt::Write as _;

const FUNCTION_WORDS: &str = "the of to and in a said for that on is was it by at with from as be its has an will have are he but \
    or would which not this had been were more they their his one also than about there up into out who no after her all";
/// Where the common words end.
const COMMON: f64 = 5_000.0;
/// Flattens the very commonest.
const SHIFT: f64 = 2.7;
/// How the rarer ones fall off.
const FALL: f64 = 2.1;
const MEAN_LENGTH: f64 = 250.0;
/// Of the logarithm of the length.
const SPREAD: f64 = 0.6;
const N_CATEGORIES: u64 = 12;
const N_TAGS: u64 = 400;
const N_AUTHORS: u64 = 300;
/// Days from the first article to the last: twenty years.
const N_DAYS: u64 = 7_300;
/// 2005-01-01, in seconds since 1970.
const FIRST_DAY: i64 = 1_104_537_600;

/// One made-up article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    pub id: String,
    pub title: String,
    /// Paragraphs, with an empty line between them.
    pub body: String,
    pub category: String,
    pub tags: Vec<String>,
    pub author: String,
    /// Seconds since 1970.
    pub published: i64,
}

/// The first `n` articles of the one row that there is for this `n`.
pub struct Generator {
    chance: Chance,
    n: u64,
    next: u64,
}

impl Generator {
    pub fn new(n: u64) -> Generator {
        Generator {
            chance: Chance(42),
            n,
            next: 0,
        }
    }
}

impl Iterator for Generator {
    type Item = Made;

    fn next(&mut self) -> Option<Made> {
        if self.next >= self.n {
            return None;
        }
        let chance = &mut self.chance;
        let ix = self.next;
        self.next += 1;
        let mut made = Made {
            id: format!("article-{ix}"),
            category: format!("Category {}", chance.uneven(N_CATEGORIES)),
            author: format!("Author {}", chance.uneven(N_AUTHORS)),
            published: FIRST_DAY + (ix * N_DAYS / self.n) as i64 * 86_400,
            ..Made::default()
        };
        for _ in 0..1 + chance.below(3) {
            let tag = format!("tag-{}", chance.uneven(N_TAGS));
            if !made.tags.contains(&tag) {
                made.tags.push(tag);
            }
        }
        let length = (MEAN_LENGTH.ln() - SPREAD * SPREAD / 2.0 + SPREAD * chance.normal()).exp();
        let mut own: Vec<u64> = Vec::new();
        for place in 0..(length as usize).clamp(20, 4_000) {
            let rank = if !own.is_empty() && chance.below(4) == 0 {
                own[chance.below(own.len() as u64) as usize]
            } else {
                chance.rank()
            };
            if !is_function_word(rank) {
                own.push(rank);
            }
            let begins = place % 14 == 0;
            if place > 0 {
                made.body.push_str(match (place % 70, begins) {
                    (0, _) => ".\n\n",
                    (_, true) => ". ",
                    _ => " ",
                });
            }
            push_word(&mut made.body, rank, chance.below(10), begins);
        }
        made.body.push('.');
        for place in 0..4 + chance.below(6) {
            let rank = match chance.below(3) {
                0 => chance.rank(),
                _ if own.is_empty() => chance.rank(),
                _ => own[chance.below(own.len() as u64) as usize],
            };
            if place > 0 {
                made.title.push(' ');
            }
            push_word(&mut made.title, rank, chance.below(10), place == 0);
        }
        Some(made)
    }
}

impl Made {
    /// As one of the articles of a collection.
    pub fn to_json(&self) -> String {
        let tags: Vec<String> = self.tags.iter().map(|tag| format!("\"{tag}\"")).collect();
        // Nothing made up needs to be escaped but the ends of paragraphs.
        format!(
            "{{\"id\":\"{}\",\"title\":\"{}\",\"published\":\"{}\",\"category\":\"{}\",\"tags\":[{}],\
             \"authors\":[{{\"name\":\"{}\"}}],\"sections\":[{{\"body\":\"{}\"}}]}}",
            self.id,
            self.title,
            day(self.published / 86_400),
            self.category,
            tags.join(","),
            self.author,
            self.body.replace('\n', "\\n"),
        )
    }
}

/// The word of a rank, from 1 on, in one of its forms (0 to 9).
pub fn word(rank: u64, form: u64) -> String {
    let mut word = String::new();
    push_word(&mut word, rank, form, false);
    word
}

/// The rank of words that about so many of `n` articles have: one of the rarer ones.
pub fn rank_of(n: u64, n_with: u64) -> u64 {
    let (common, rare) = weights();
    let n_words = n as f64 * MEAN_LENGTH;
    let share = n_with as f64 * (common + rare) * (COMMON + SHIFT);
    (COMMON * (n_words / share).max(1.0).powf(1.0 / FALL)) as u64
}

/// How many of all words are common ones, and how many rare, up to a factor.
fn weights() -> (f64, f64) {
    (
        ((COMMON + SHIFT) / (1.0 + SHIFT)).ln(),
        COMMON / ((FALL - 1.0) * (COMMON + SHIFT)),
    )
}

fn is_function_word(rank: u64) -> bool {
    (rank as usize) <= FUNCTION_WORDS.split_whitespace().count()
}

fn push_word(out: &mut String, rank: u64, form: u64, capital: bool) {
    let from = out.len();
    match FUNCTION_WORDS.split_whitespace().nth(rank as usize - 1) {
        Some(word) => out.push_str(word),
        None => {
            push_syllables(out, rank);
            out.push_str(match form {
                0..6 => "",
                6 | 7 => "s",
                8 => "ed",
                _ => "ing",
            });
        }
    }
    if capital && let Some(first) = out.get(from..from + 1).map(str::to_uppercase) {
        out.replace_range(from..from + 1, &first);
    }
}

fn push_syllables(out: &mut String, rank: u64) {
    const ONSETS: [&str; 14] = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v",
    ];
    const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
    const CODAS: [&str; 5] = ["", "n", "r", "l", "m"];
    const N: u64 = 14 * 5 * 5;
    // Two syllables or more; stirred, so that common and rare words stand side by side in the alphabet.
    let (mut code, mut n_codes, mut n_syllables) = (rank, N * N, 2);
    while code >= n_codes {
        code -= n_codes;
        n_codes = n_codes.saturating_mul(N);
        n_syllables += 1;
    }
    let mut code = (u128::from(code) * 1_000_003 % u128::from(n_codes)) as u64;
    for _ in 0..n_syllables {
        let syllable = (code % N) as usize;
        code /= N;
        out.push_str(ONSETS[syllable % 14]);
        out.push_str(VOWELS[syllable / 14 % 5]);
        out.push_str(CODAS[syllable / 70]);
    }
}

/// A day since 1970 as it is written (H. Hinnant, *chrono-compatible low-level date algorithms*, 2013).
fn day(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (day, month) = (
        of_year - (153 * shifted + 2) / 5 + 1,
        if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        },
    );
    let mut text = String::new();
    let _ = write!(
        text,
        "{}-{month:02}-{day:02}",
        year + era * 400 + i64::from(month <= 2)
    );
    text
}

/// Numbers that look like chance (D. E. Knuth's multiplier of 64 bits).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// From 0 up to 1.
    fn part(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 31) as f64
    }

    /// Around 0, with a spread of 1: the sum of twelve (central limit theorem).
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.part()).sum::<f64>() - 6.0
    }

    /// From 0 to `n` − 1, the first ones most often.
    fn uneven(&mut self, n: u64) -> u64 {
        ((n as f64 + 1.0).powf(self.part()) as u64).clamp(1, n) - 1
    }

    /// The rank of a word: the inverse of its distribution.
    pub fn rank(&mut self) -> u64 {
        let (common, rare) = weights();
        let part = self.part() * (common + rare);
        let rank = if part < common {
            (1.0 + SHIFT) * part.exp() - SHIFT
        } else {
            let left = 1.0 - (part - common) / rare;
            COMMON * left.max(1e-9).powf(-1.0 / (FALL - 1.0))
        };
        rank as u64
    }
}
