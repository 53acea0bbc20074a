//! Reading a query. It never fails.
//!
//! [`Query::parse`] reads a text once, from left to right (the grammar is in docs/search.md):
//!
//! 1. A leading `-` negates what follows it directly.
//! 2. `name:value` is a filter or a title search if the name is one of ours; else it is text.
//! 3. A quotation that ends is a phrase; a stray quote is skipped.
//! 4. Everything else up to the next space is text, split into words as articles are.
//! 5. `OR` between two of these makes them alternatives of one clause.
//!

use crate::civil::start_of;
use crate::filter::{FilterKind, words_into};
use crate::fold::{accented, fold_into, narrow};
use crate::query::{Atom, Clause, Item, Query, Text};
use crate::token::{Kind, tokenize};

/// More clauses than this, alternatives among them, are not read: enough for a pasted paragraph, and a bound on the work.
const MAX_CLAUSES: usize = 256;
/// No title has more bytes.
const MAX_TITLE: usize = 4096;
/// A phrase is compared up to this many words.
const MAX_ITEMS: usize = 64;

/// The longest name before a colon: `category`.
const MAX_FIELD_NAME: usize = 8;

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
            n_clauses: 0,
        };
        while parser.n_clauses < MAX_CLAUSES && parser.step() {}
        if std::mem::take(&mut parser.or) {
            parser.text("or", false, false);
        }
        // A text that was not read to its end is no title.
        let plain = parser.plain && parser.rest.trim_start().is_empty();
        let mut query = parser.query;
        if plain && text.len() <= MAX_TITLE {
            let mut words = String::new();
            words_into(text, &mut words);
            query.as_title = (!words.is_empty()).then_some(words);
        }
        query
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
    /// How many clauses were read, each alternative counted.
    n_clauses: usize,
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
        let (value, open) = match quoted {
            Some(_) => (value, false),
            None => without_star(value, self.typing && self.rest.is_empty()),
        };
        let understood = match name.as_str() {
            _ if value.is_empty() && quoted.is_none() => {
                self.query.of_all = true;
                true
            }
            "title" if quoted.is_some() => self.phrase(value, negated, true),
            "title" => self.words(value, negated, open, true),
            "before" => start_of(value).is_some_and(|time| self.push(negated, Atom::Before(time))),
            "after" => start_of(value).is_some_and(|time| self.push(negated, Atom::After(time))),
            "sort" if value == "date" && !negated => {
                self.query.by_date = true;
                self.query.of_all = true;
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
        let (text, open) = without_star(text, open);
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
        if self.n_clauses == MAX_CLAUSES {
            self.plain = false;
            return true;
        }
        self.n_clauses += 1;
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

/// A text without the `*` behind it, which leaves its last word open.
fn without_star(text: &str, open: bool) -> (&str, bool) {
    match text.strip_suffix('*') {
        Some(text) => (text, true),
        None => (text, open),
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
        if found.len() > MAX_CLAUSES {
            return;
        }
        let mut word = String::new();
        fold_into(token.text, &mut word);
        let typed = text.get(token.start..token.end).unwrap_or_default();
        let typed = typed.to_owned();
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
                    typed,
                    accented: None,
                    offset: token.position,
                    open: false,
                };
            }
            _ if cluster.items.len() == MAX_ITEMS => {}
            _ => cluster.items.push(Item {
                word,
                typed,
                accented: accented(token.text).filter(|_| token.kind == Kind::Word),
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
