//! Snippets: the passage of an article that answers a query best, with the query's words marked.
//!
//! [`Highlighter::new`] collects once the words that the query's terms stand for; [`Highlighter::snippet`] (and
//! [`Highlighter::ranges`], for a text that is shown whole) then splits the texts of an article as the index did and looks for those words. So what is marked is what was matched: other
//! endings, other accents, continuations of an unfinished word, repaired typos. It needs no more of an index than the
//! search did.

use crate::Fields;
use crate::fold::fold_into;
use crate::index::Index;
use crate::plan::Plan;
use crate::query::Query;
use crate::slot::{Matcher, Role};
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
#[derive(Debug, Default)]
pub struct Highlighter {
    /// Folded words, ascending, each with the number of its word in the query.
    words: Vec<(String, u32)>,
    /// Beginnings of words, with the same.
    beginnings: Vec<(String, u32)>,
    /// How much each word of the query counts.
    weights: Vec<f32>,
}

/// A word of the text that the query looks for.
struct Mark {
    start: usize,
    end: usize,
    word: u32,
}

impl Highlighter {
    pub(crate) fn new(index: &Index, query: &Query) -> Highlighter {
        // Whether the query was relaxed changes no term.
        let plan = Plan::new(index, query, true);
        let mut highlighter = Highlighter::default();
        let mut of_slot = Vec::new();
        for slot in plan
            .slots
            .iter()
            .filter(|slot| slot.role != Role::Excluded && slot.has_text())
        {
            let number = highlighter.weights.len() as u32;
            of_slot.clear();
            for matcher in &slot.matchers {
                match matcher {
                    Matcher::Terms(found) => {
                        of_slot.extend(found.all());
                        let prefix = found.prefix.iter().map(|prefix| (prefix.clone(), number));
                        highlighter.beginnings.extend(prefix);
                    }
                    Matcher::Phrase(phrase) => {
                        of_slot.extend(phrase.items.iter().flat_map(|(_, terms)| terms));
                    }
                    Matcher::Filter(_) => {}
                }
            }
            let idf = index.ranking.idf(index.n_documents(), index.most(&of_slot));
            highlighter.weights.push(match slot.role {
                Role::Optional => idf * index.ranking.function_words,
                _ => idf,
            });
            index.words_of(&mut of_slot, &mut |word, _| {
                highlighter.words.push((word.to_owned(), number));
            });
        }
        highlighter.words.sort_unstable();
        highlighter
            .words
            .dedup_by(|later, first| later.0 == first.0);
        highlighter
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
        in_one_line(&mut runs);
        if range.start > 0 {
            prepend(&mut runs, "… ");
        }
        if range.end < text.len() {
            append(&mut runs, " …", false);
        }
        Snippet { title, text: runs }
    }

    /// The marked ranges of a text, ascending and apart, counted in UTF-16 code units, as a browser counts the characters of a text.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<std::ops::Range<u32>> {
        let mut ranges: Vec<std::ops::Range<u32>> = Vec::new();
        // How far the counting has come: in bytes, and in code units.
        let (mut byte, mut unit) = (0, 0);
        let mut units_to = |end: usize| {
            let passed = text.get(byte..end).unwrap_or_default();
            unit += passed.encode_utf16().count() as u32;
            byte = end.max(byte);
            unit
        };
        let mut at = 0;
        for mark in self.marks(text) {
            // The parts of a joined word lie in it, or overlap with it.
            let start = mark.start.max(at);
            if mark.end <= start {
                continue;
            }
            let is_joined = start == at && mark.start < at;
            let range = units_to(start)..units_to(mark.end);
            match ranges.last_mut().filter(|_| is_joined) {
                Some(last) => last.end = range.end,
                None => ranges.push(range),
            }
            at = mark.end;
        }
        ranges
    }

    /// The word of the query that a folded word stands for.
    fn word_of(&self, folded: &str) -> Option<u32> {
        let at = self
            .words
            .binary_search_by(|(word, _)| word.as_str().cmp(folded));
        if let Ok(at) = at {
            return self.words.get(at).map(|(_, number)| *number);
        }
        let mut beginnings = self.beginnings.iter();
        beginnings
            .find(|(beginning, _)| folded.starts_with(beginning.as_str()))
            .map(|(_, number)| *number)
    }

    fn marks(&self, text: &str) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut folded = String::new();
        tokenize(text, &mut |token| {
            folded.clear();
            fold_into(token.text, &mut folded);
            if let Some(word) = self.word_of(&folded) {
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

/// Blocks of the article are lines of its text, cells of its tables are divided by tabs; a passage is one line. What ends without a sign, as a
/// heading does, gets one: else its words would run on into the next sentence.
fn in_one_line(runs: &mut [Run]) {
    let mut before = '\n';
    for run in runs {
        let mut line = String::with_capacity(run.text.len());
        for c in run.text.chars() {
            match c {
                '\n' if !".!?:;,…。！？：；、،؟।\"”’»)\n".contains(before) => {
                    line.push_str(" · ")
                }
                '\n' | '\t' => line.push(' '),
                c => line.push(c),
            }
            before = c;
        }
        run.text = line;
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

#[cfg(test)]
mod tests {
    use crate::{Builder, Fields, Query};

    #[track_caller]
    fn check(query: &str, text: &str, expect: &[(u32, u32)]) {
        let body = "Oil prices rose, one price. Zürich, co-operation, tidal. 石油価格が下がる";
        let mut builder = Builder::new();
        builder.add(&Fields {
            body,
            language: "en",
            ..Fields::default()
        });
        let index = builder.finish();
        let highlighter = index.highlighter(&Query::parse(query, true));
        let ranges = highlighter.unwrap_or_default().ranges(text);
        let ranges: Vec<_> = ranges.iter().map(|r| (r.start, r.end)).collect();
        assert_eq!(ranges, expect, "{query:?} in {text:?}");
    }

    #[test]
    fn ranges_are_counted_as_a_browser_does() {
        check("price", "Oil prices, oil price", &[(4, 10), (16, 21)]);
        check("price", "", &[]);
        check("-price", "prices", &[]);
        check("zurich", "in Zürich", &[(3, 9)]);
        // Two code units for a character beyond the first plane, one for those of several bytes.
        check("oil", "🛢 Öl, oil", &[(7, 10)]);
        check("pirces", "the prices", &[(4, 10)]);
        check("ti", "Tidal", &[(0, 5)]);
    }

    #[test]
    fn what_overlaps_is_one_range() {
        check("石油価格", "石油価格が", &[(0, 4)]);
        check("co-operation", "no co-operation", &[(3, 15)]);
        check("\"oil prices\"", "oil prices", &[(0, 3), (4, 10)]);
    }
}
