//! The query language: what a person types, as clauses. Parsing never fails.
//!
//! [`Query::parse`] reads a text once, from left to right (the grammar is in docs/search.md):
//!
//! 1. A leading `-` negates what follows it directly.
//! 2. `name:value` is a filter or a title search if the name is one of ours; else it is text.
//! 3. A quotation that ends is a phrase; a stray quote is skipped.
//! 4. Everything else up to the next space is text, split into words as articles are.
//! 5. `OR` between two of these makes them alternatives of one clause.
//!
//! A query knows nothing of an index: `plan` looks its words up.

use crate::civil::start_of;
use crate::filter::{FilterKind, words_into};
use crate::fold::{fold_into, narrow};
use crate::token::{Kind, tokenize};

/// More words than this are not looked up: enough for a pasted paragraph, and a bound on the work.
const MAX_CLAUSES: usize = 256;
/// A phrase is compared up to this many words.
const MAX_ITEMS: usize = 64;

/// The longest name before a colon: `category`.
const MAX_FIELD_NAME: usize = 8;

/// A parsed query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
    /// `sort:date`: newest first within those that match all words, then within the rest.
    pub(crate) by_date: bool,
    /// The folded words of the whole query, if it is nothing but words: compared with titles.
    pub(crate) as_title: Option<String>,
}

/// One condition: any of the alternatives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    pub negated: bool,
    pub alternatives: Vec<Atom>,
}

/// One thing to look for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Atom {
    Text(Text),
    /// Folded words; `open` if the last one may be unfinished.
    Filter {
        kind: FilterKind,
        words: String,
        open: bool,
    },
    /// Published before the time, or at it and after.
    Before(i64),
    After(i64),
}

/// A word, or several that stand one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    pub items: Vec<Item>,
    /// The parts of a hyphenated word, folded, as one word.
    pub joined: Option<String>,
    /// In quotes: exactly these words, and an article without them is no answer.
    pub quoted: bool,
    /// Only in the title, and again an article without it is no answer.
    pub title: bool,
}

/// A folded word of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub word: String,
    /// Counted from the first word of the phrase.
    pub offset: u32,
    /// Words that begin with this one count as well.
    pub open: bool,
}

impl Query {
    /// Reads what a person typed. With `typing`, the last word may be unfinished unless a space follows it.
    #[must_use]
    pub fn parse(text: &str, typing: bool) -> Query {
        let mut parser = Parser {
            rest: text,
            typing,
            query: Query::default(),
            plain: true,
            or: false,
        };
        while parser.query.clauses.len() < MAX_CLAUSES && parser.step() {}
        if parser.or {
            parser.text("or", false, false);
        }
        let Parser {
            mut query, plain, ..
        } = parser;
        query.clauses.truncate(MAX_CLAUSES);
        if plain {
            let mut words = String::new();
            words_into(text, &mut words);
            query.as_title = (!words.is_empty()).then_some(words);
        }
        query
    }

    /// Whether words stand in quotes or must be in the title.
    pub(crate) fn insists_on_words(&self) -> bool {
        self.clauses
            .iter()
            .filter(|clause| !clause.negated)
            .flat_map(|clause| &clause.alternatives)
            .any(|atom| match atom {
                Atom::Text(text) => text.quoted || text.title,
                _ => false,
            })
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

struct Parser<'t> {
    rest: &'t str,
    typing: bool,
    query: Query,
    /// Nothing but words so far.
    plain: bool,
    /// An `OR` was read and waits for its right side.
    or: bool,
}

impl<'t> Parser<'t> {
    /// Reads one clause; false at the end.
    fn step(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return false;
        }
        let negated = match self.rest.strip_prefix('-') {
            Some(rest)
                if rest
                    .chars()
                    .next()
                    .is_some_and(|c| !c.is_whitespace() && c != '-') =>
            {
                self.rest = rest;
                self.plain = false;
                true
            }
            _ => false,
        };
        if self.field(negated) {
            return true;
        }
        if let Some(phrase) = self.quotation() {
            self.plain = false;
            self.phrase(phrase, negated, false);
            return true;
        }
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || is_quote(c))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if word.is_empty() {
            // A quote that never ends.
            self.rest = rest.strip_prefix(is_quote).unwrap_or_default();
        } else if word == "OR" && !negated && !self.query.clauses.is_empty() && !self.or {
            self.or = true;
            self.plain = false;
        } else {
            let open = self.typing && self.rest.is_empty();
            self.text(word, negated, open);
        }
        true
    }

    /// `name:value`, if the name is known and the value makes sense.
    fn field(&mut self, negated: bool) -> bool {
        let letter = |(_, c): &(usize, char)| c.is_ascii_alphabetic();
        let mut after_name = self
            .rest
            .char_indices()
            .take(MAX_FIELD_NAME + 1)
            .skip_while(letter);
        let Some((end, colon)) = after_name.next().filter(|(_, c)| narrow(*c) == ':') else {
            return false;
        };
        let (name, value) = (
            self.rest[..end].to_ascii_lowercase(),
            &self.rest[end + colon.len_utf8()..],
        );
        if !matches!(
            name.as_str(),
            "category" | "tag" | "author" | "title" | "before" | "after" | "sort"
        ) {
            return false;
        }
        let before = self.rest;
        self.rest = value;
        let quoted = self.quotation();
        let value = quoted.unwrap_or_else(|| {
            let end = self
                .rest
                .find(char::is_whitespace)
                .unwrap_or(self.rest.len());
            let (value, rest) = self.rest.split_at(end);
            self.rest = rest;
            value
        });
        let open = self.typing && quoted.is_none() && self.rest.is_empty();
        let understood = match name.as_str() {
            "title" if quoted.is_some() => self.phrase(value, negated, true),
            "title" => self.words(value, negated, open, true),
            "before" => start_of(value).is_some_and(|time| self.push(negated, Atom::Before(time))),
            "after" => start_of(value).is_some_and(|time| self.push(negated, Atom::After(time))),
            "sort" if value == "date" && !negated => {
                self.query.by_date = true;
                true
            }
            "sort" => false,
            name => {
                let kind = match name {
                    "category" => FilterKind::Category,
                    "tag" => FilterKind::Tag,
                    _ => FilterKind::Author,
                };
                let mut words = String::new();
                words_into(value, &mut words);
                !words.is_empty() && self.push(negated, Atom::Filter { kind, words, open })
            }
        };
        if understood {
            self.plain = false;
        } else {
            self.rest = before;
        }
        understood
    }

    /// Takes a quotation that begins here and ends; gives what is inside.
    fn quotation(&mut self) -> Option<&'t str> {
        let inside = self.rest.strip_prefix(is_quote)?;
        let (inside, rest) = inside.split_once(is_quote)?;
        self.rest = rest;
        Some(inside)
    }

    /// All words of a quotation, one after the other. False if there are none.
    fn phrase(&mut self, text: &str, negated: bool, title: bool) -> bool {
        let mut phrase = Text {
            quoted: true,
            title,
            ..Text::default()
        };
        for run in clusters(text) {
            phrase.items.extend(run.items);
        }
        phrase.items.truncate(MAX_ITEMS);
        !phrase.items.is_empty() && self.push(negated, Atom::Text(normalised(phrase)))
    }

    /// Text between spaces that is not a quotation.
    fn text(&mut self, text: &str, negated: bool, open: bool) {
        let (text, open) = match text.strip_suffix('*') {
            Some(text) => (text, true),
            None => (text, open),
        };
        self.words(text, negated, open, false);
    }

    fn words(&mut self, text: &str, negated: bool, open: bool, title: bool) -> bool {
        let found = clusters(text);
        let n_found = found.len();
        for (ix, cluster) in found.into_iter().enumerate() {
            let ends_here = ix + 1 == n_found && cluster.end == text.len();
            let mut cluster = normalised(Text {
                title,
                ..cluster.text()
            });
            if let Some(last) = cluster.items.last_mut() {
                // Excluding what an unfinished word might become would hide answers for a moment.
                last.open = open
                    && ends_here
                    && !negated
                    && !last.word.chars().any(crate::token::is_unspaced);
            }
            self.push(negated, Atom::Text(cluster));
        }
        n_found > 0
    }

    fn push(&mut self, negated: bool, atom: Atom) -> bool {
        let or = std::mem::take(&mut self.or);
        match self.query.clauses.last_mut() {
            Some(clause) if or && clause.negated == negated => clause.alternatives.push(atom),
            _ => self.query.clauses.push(Clause {
                negated,
                alternatives: vec![atom],
            }),
        }
        true
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂')
}

/// The words of one cluster or one run of an unspaced script.
struct Cluster {
    number: u32,
    items: Vec<Item>,
    joined: Option<String>,
    /// Byte offset behind it.
    end: usize,
}

impl Cluster {
    fn text(self) -> Text {
        Text {
            items: self.items,
            joined: self.joined,
            ..Text::default()
        }
    }
}

fn clusters(text: &str) -> Vec<Cluster> {
    let mut found: Vec<Cluster> = Vec::new();
    tokenize(text, &mut |token| {
        let mut word = String::new();
        fold_into(token.text, &mut word);
        if found
            .last()
            .is_none_or(|cluster| cluster.number != token.cluster)
        {
            found.push(Cluster {
                number: token.cluster,
                items: Vec::new(),
                joined: None,
                end: token.end,
            });
        }
        let Some(cluster) = found.last_mut() else {
            return;
        };
        cluster.end = cluster.end.max(token.end);
        match token.kind {
            Kind::Joined => cluster.joined = Some(word),
            // The pair that follows says the same and more.
            Kind::Single
                if cluster
                    .items
                    .iter()
                    .any(|item| item.word.chars().nth(1).is_some()) => {}
            Kind::Pair
                if cluster.items.len() == 1 && cluster.items[0].word.chars().nth(1).is_none() =>
            {
                cluster.items[0] = Item {
                    word,
                    offset: token.position,
                    open: false,
                };
            }
            _ if cluster.items.len() == MAX_ITEMS => {}
            _ => cluster.items.push(Item {
                word,
                offset: token.position,
                open: false,
            }),
        }
    });
    found
}

/// The same with offsets counted from the first word.
fn normalised(mut text: Text) -> Text {
    let first = text.items.first().map_or(0, |item| item.offset);
    for item in &mut text.items {
        item.offset = item.offset.saturating_sub(first);
    }
    text
}
