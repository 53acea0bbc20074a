//! Snippets: the passage of an article that answers a query best, with the query's words marked.
//!
//! [`Highlighter::new`] makes the query's terms ready once; [`Highlighter::snippet`] then splits the texts of an article
//! as the index did and asks of every word whether the dictionary gives it one of those terms. So what is marked is what
//! was matched: other endings, other accents, continuations of an unfinished word, repaired typos.

use crate::Fields;
use crate::fold::fold_into;
use crate::index::Index;
use crate::plan::{Matcher, Plan, Role};
use crate::query::Query;
use crate::token::tokenize;

/// Text is read up to this many bytes of each field for a passage.
const MAX_READ: usize = 400_000;

/// A piece of text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it is one of the words looked for.
    pub hit: bool,
}

/// What to show of a hit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The whole title.
    pub title: Vec<Run>,
    /// The best passage, with `…` where it was cut.
    pub text: Vec<Run>,
}

/// A query, ready to be marked in texts.
pub struct Highlighter<'i> {
    index: &'i Index,
    /// `term << 32 | number of its word in the query`, ascending.
    terms: Vec<u64>,
    /// How much each word of the query counts.
    weights: Vec<f32>,
}

/// A word of the text that the query looks for.
struct Mark {
    start: usize,
    end: usize,
    word: u32,
}

impl<'i> Highlighter<'i> {
    pub(crate) fn new(index: &'i Index, query: &Query) -> Highlighter<'i> {
        // Whether the query was relaxed changes no term.
        let plan = Plan::new(index, query, true);
        let mut terms = Vec::new();
        let mut weights = Vec::new();
        for slot in plan
            .slots
            .iter()
            .filter(|slot| slot.role != Role::Excluded && slot.has_text())
        {
            let number = weights.len() as u64;
            let mut n_documents = 0;
            let mut add = |term: &u32| {
                n_documents = index.postings.n_documents(*term).max(n_documents);
                terms.push(u64::from(*term) << 32 | number);
            };
            for matcher in &slot.matchers {
                match matcher {
                    Matcher::Terms(found) => {
                        found.exact.iter().for_each(&mut add);
                        found.others.iter().for_each(|(term, _)| add(term));
                    }
                    Matcher::Phrase(phrase) => phrase
                        .items
                        .iter()
                        .flat_map(|(_, terms)| terms)
                        .for_each(&mut add),
                    Matcher::Filter(_) => {}
                }
            }
            let idf = index.ranking.idf(index.n_documents(), n_documents);
            weights.push(if slot.role == Role::Optional {
                idf * 0.2
            } else {
                idf
            });
        }
        terms.sort_unstable();
        terms.dedup_by_key(|entry| *entry >> 32);
        Highlighter {
            index,
            terms,
            weights,
        }
    }

    /// The title of an article and its best passage of about `max_chars` characters.
    #[must_use]
    pub fn snippet(&self, fields: &Fields<'_>, max_chars: usize) -> Snippet {
        let title = self.marked(
            fields.title,
            &self.marks(fields.title),
            0..fields.title.len(),
        );
        let mut best: Option<(f32, &str, Vec<Mark>, usize)> = None;
        for text in [
            fields.subtitle,
            fields.summary,
            fields.key_points,
            fields.body,
        ] {
            let text = text.get(..floor(text, MAX_READ)).unwrap_or_default().trim();
            let marks = self.marks(text);
            let (score, first) = self.best_window(text, &marks, max_chars);
            // The first of equals: the summary before the body.
            if !text.is_empty() && best.as_ref().is_none_or(|(least, ..)| score > *least) {
                best = Some((score, text, marks, first));
            }
        }
        let Some((_, text, marks, first)) = best else {
            return Snippet {
                title,
                text: Vec::new(),
            };
        };
        let range = passage(text, marks.get(first), max_chars);
        let mut runs = self.marked(text, &marks, range.clone());
        for run in &mut runs {
            // Blocks of the article are lines of its text; a passage is one line.
            run.text = run.text.replace('\n', " ");
        }
        if range.start > 0 {
            prepend(&mut runs, "… ");
        }
        if range.end < text.len() {
            append(&mut runs, " …", false);
        }
        Snippet { title, text: runs }
    }

    /// The word of the query that a term stands for.
    fn word_of(&self, term: u32) -> Option<u32> {
        let at = self
            .terms
            .partition_point(|entry| *entry < u64::from(term) << 32);
        self.terms
            .get(at)
            .filter(|entry| **entry >> 32 == u64::from(term))
            .map(|entry| *entry as u32)
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut folded = String::new();
        let mut found = Vec::new();
        tokenize(text, &mut |token| {
            folded.clear();
            fold_into(token.text, &mut folded);
            found.clear();
            if let Some(ix) = self.index.dictionary.find(&folded) {
                self.index.dictionary.terms_of(ix, &mut found);
            }
            if let Some(word) = found.iter().find_map(|term| self.word_of(*term)) {
                // A joined word comes behind its parts and begins before them: it is put where it belongs.
                let at = marks
                    .iter()
                    .rposition(|mark| mark.start <= token.start)
                    .map_or(0, |before| before + 1);
                marks.insert(
                    at,
                    Mark {
                        start: token.start,
                        end: token.end,
                        word,
                    },
                );
            }
        });
        marks
    }

    /// The window of `max_chars` bytes with the most different words, the rarer and the closer the better: its score
    /// and its first mark.
    fn best_window(&self, text: &str, marks: &[Mark], max_chars: usize) -> (f32, usize) {
        let mut best = (0.0, 0);
        let mut seen: Vec<u32> = Vec::new();
        // A character may take several bytes; the passage itself is measured in characters.
        let n_bytes = max_chars * (text.len() / text.chars().count().max(1)).max(1);
        for (first, mark) in marks.iter().enumerate() {
            seen.clear();
            let mut score = 0.0;
            for other in marks[first..]
                .iter()
                .take_while(|other| other.end <= mark.start + n_bytes)
                .take(64)
            {
                let weight = self
                    .weights
                    .get(other.word as usize)
                    .copied()
                    .unwrap_or(0.0);
                if seen.contains(&other.word) {
                    score += weight * 0.05;
                } else {
                    seen.push(other.word);
                    let distance = (other.start - mark.start) as f32 / n_bytes.max(1) as f32;
                    score += weight * (1.0 - 0.3 * distance);
                }
            }
            if score > best.0 * 1.001 {
                best = (score, first);
            }
        }
        best
    }

    /// A range of a text in runs. Marks that overlap become one.
    fn marked(&self, text: &str, marks: &[Mark], range: std::ops::Range<usize>) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut at = range.start;
        for mark in marks
            .iter()
            .filter(|mark| mark.start >= range.start && mark.end <= range.end)
        {
            let start = mark.start.max(at);
            if mark.end <= start {
                continue;
            }
            append(&mut runs, text.get(at..start).unwrap_or_default(), false);
            append(
                &mut runs,
                text.get(start..mark.end).unwrap_or_default(),
                true,
            );
            at = mark.end;
        }
        append(
            &mut runs,
            text.get(at..range.end).unwrap_or_default(),
            false,
        );
        runs
    }
}

/// Appends to the last run if it is of the same kind.
fn append(runs: &mut Vec<Run>, text: &str, hit: bool) {
    match runs.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ => runs.push(Run {
            text: text.to_owned(),
            hit,
        }),
    }
}

fn prepend(runs: &mut Vec<Run>, text: &str) {
    match runs.first_mut() {
        Some(first) if !first.hit => first.text.insert_str(0, text),
        _ => runs.insert(
            0,
            Run {
                text: text.to_owned(),
                hit: false,
            },
        ),
    }
}

/// The bytes of the passage that begins a little before the first mark, at a border of words.
fn passage(text: &str, first: Option<&Mark>, max_chars: usize) -> std::ops::Range<usize> {
    let lead = max_chars / 4;
    let at = first.map_or(0, |mark| mark.start);
    let mut start = text[..floor(text, at)]
        .char_indices()
        .rev()
        .take(lead)
        .last()
        .map_or(at, |(ix, _)| ix);
    let end_of_chars = |from: usize| {
        text[from..]
            .char_indices()
            .nth(max_chars)
            .map_or(text.len(), |(ix, _)| from + ix)
    };
    if end_of_chars(start) == text.len() {
        // Room to the end: begin earlier, to fill the passage.
        start = text
            .char_indices()
            .rev()
            .take(max_chars)
            .last()
            .map_or(0, |(ix, _)| ix)
            .min(start);
    }
    if start > 0 {
        let lead = &text[start..at.max(start)];
        let sentence = lead
            .rfind(". ")
            .or_else(|| lead.rfind('\n'))
            .map(|ix| ix + 1);
        let border = sentence.or_else(|| lead.find(char::is_whitespace));
        start += border.unwrap_or(0);
        start += text[start..].len() - text[start..].trim_start().len();
    }
    let mut end = end_of_chars(start);
    if end < text.len() {
        let whole = text[start..end].trim_end();
        let border = if text[end..].starts_with(char::is_whitespace) {
            None
        } else {
            whole.rfind(char::is_whitespace)
        };
        // Text without spaces is cut where it is.
        end = start
            + border
                .filter(|border| border * 2 > whole.len())
                .unwrap_or(whole.len());
        end = start + text[start..end].trim_end().len();
    }
    start..end
}

/// The last border of characters at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
