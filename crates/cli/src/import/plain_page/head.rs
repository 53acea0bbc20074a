//! What stands above the text: [`read`] finds title, dates, authors, category and subtitle.

use super::super::{Draft, Field, Person, date_in_words};
use super::lines::{self, Block, Dropped, Label};
use super::texts::is_sentence;

/// A category has at most so many characters,
const CATEGORY_MAX: usize = 40;
/// and so many words.
const CATEGORY_WORDS_MAX: usize = 4;

/// What stands before a date.
const PUBLISHED: [&str; 6] = [
    "published",
    "posted",
    "veröffentlicht",
    "erschienen",
    "publié",
    "publicado",
];
const UPDATED: [&str; 6] = [
    "updated",
    "last updated",
    "aktualisiert",
    "zuletzt aktualisiert",
    "mis à jour",
    "actualizado",
];
const BY: [&str; 4] = ["by ", "von ", "par ", "por "];

/// The head of a page.
#[derive(Debug, Default)]
pub(super) struct Head {
    title: String,
    subtitle: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    category: Option<String>,
    authors: Vec<Person>,
}

/// Reads the head. What stands behind it belongs to the body; `next` is the label that follows.
pub(super) fn read<'a>(
    blocks: &[Block<'a>],
    next: Option<Label>,
    known_category: Option<&str>,
    dropped: &mut Dropped,
) -> (Head, Vec<Block<'a>>) {
    let mut head = Head::default();
    let Some(first) = blocks.first() else {
        return (head, Vec::new());
    };
    head.title = first.lines[0].to_string();
    let mut is_after_title = true;
    for (ix, block) in blocks.iter().enumerate() {
        let from = if ix == 0 { 1 } else { 0 };
        let mut others = Vec::new();
        let mut has_date = false;
        for (number, line) in (block.line..).zip(&block.lines).skip(from) {
            if is_same(line, &head.title) {
                dropped.push(number, line, "the title again");
            } else if known_category.is_some_and(|category| is_same(line, category)) {
                head.category.get_or_insert_with(|| line.to_string());
            } else if head.take_fact(line, number, dropped) {
                has_date = true;
            } else {
                others.push((*line, has_date));
            }
        }
        // The category stands in one block with the title or the date, and rather behind the date.
        if (is_after_title || has_date) && head.category.is_none() {
            let short = |(line, _): &&(&str, bool)| is_category(line);
            let found = others
                .iter()
                .filter(short)
                .find(|(_, is_behind_date)| *is_behind_date)
                .or_else(|| others.iter().find(short))
                .map(|(line, _)| *line);
            if let Some(category) = found {
                head.category = Some(category.to_string());
                others.retain(|(line, _)| *line != category);
            }
        }
        is_after_title = false;
        let is_last = ix + 1 == blocks.len();
        let is_before_parts = matches!(next, Some(Label::Field(Field::Summary | Field::KeyPoints)));
        match others[..] {
            [] => {}
            [(line, _)]
                if head.subtitle.is_none()
                    && (!is_sentence(line) || (is_last && is_before_parts)) =>
            {
                head.subtitle = Some(line.to_string());
            }
            _ => {
                let rest = Block {
                    line: block.line,
                    lines: others.iter().map(|(line, _)| *line).collect(),
                };
                let behind = blocks[ix + 1..].iter().cloned();
                return (head, std::iter::once(rest).chain(behind).collect());
            }
        }
    }
    (head, Vec::new())
}

impl Head {
    /// Takes a line that says when, by whom, or under which category.
    fn take_fact(&mut self, line: &str, number: usize, dropped: &mut Dropped) -> bool {
        if let Some(category) = lines::named_category(line) {
            let known = self.category.get_or_insert_with(|| category.to_string());
            return known == category;
        }
        if let Some((names, date)) = byline(line) {
            self.authors.extend(names);
            return date.is_none_or(|date| self.take_fact(date, number, dropped));
        }
        let lower = line.to_lowercase();
        // Lower case may be longer or shorter in bytes; a date's own prefix is not.
        let behind = |prefix: &str| {
            lower
                .strip_prefix(prefix)
                .map(|rest| rest.trim_start_matches([':', ' ']).to_string())
        };
        let updated = UPDATED.iter().find_map(|prefix| behind(prefix));
        let (text, field) = match (updated, PUBLISHED.iter().find_map(|p| behind(p))) {
            (Some(text), _) => (text, &mut self.updated),
            (None, Some(text)) => (text, &mut self.published),
            (None, None) => (lower.clone(), &mut self.published),
        };
        let Some(written) = date_in_words::read(&text) else {
            return false;
        };
        if field.is_some() {
            return false;
        }
        *field = Some(written.date.to_string());
        if written.has_lost_time {
            dropped.push(
                number,
                &format!("the time of {line:?}"),
                date_in_words::NO_ZONE,
            );
        }
        true
    }

    pub(super) fn put_into(self, draft: &mut Draft) {
        draft.title = self.title;
        draft.subtitle = self.subtitle;
        draft.published = self.published;
        draft.updated = self.updated;
        draft.category = self.category;
        draft.authors = self.authors;
    }
}

/// `By Ada Lovelace and Charles Babbage`, and a date behind a bar.
pub fn byline(line: &str) -> Option<(Vec<Person>, Option<&str>)> {
    let prefix = line.get(..4).map(str::to_lowercase)?;
    let by = BY.iter().find(|by| prefix.starts_with(**by))?;
    let (names, date) = match line[by.len()..].split_once(['|', '·', '•']) {
        Some((names, date)) => (names, Some(date.trim())),
        None => (&line[by.len()..], None),
    };
    if is_sentence(names) || names.chars().count() > 100 {
        return None;
    }
    let names = [" and ", " und ", " et ", " y ", " & "]
        .iter()
        .fold(names.to_string(), |names, and| names.replace(and, ","));
    let people: Vec<Person> = names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| Person {
            name: name.to_string(),
            url: None,
        })
        .collect();
    let are_names = people
        .iter()
        .all(|person| person.name.starts_with(char::is_uppercase));
    (are_names && !people.is_empty()).then_some((people, date))
}

fn is_category(line: &str) -> bool {
    line.chars().count() <= CATEGORY_MAX
        && line.split_whitespace().count() <= CATEGORY_WORDS_MAX
        && !is_sentence(line)
}

fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
