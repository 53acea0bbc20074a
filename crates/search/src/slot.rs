//! [`Slot`]: one clause of a query made ready: what it looks for, and what becomes of documents without it.

use crate::beginning::Best;
use crate::filter::FilterKind;
use crate::fold::fold_into;
use crate::query::{Atom, Text};

/// One clause of the query.
#[derive(Default)]
pub(crate) struct Slot {
    pub matchers: Vec<Matcher>,
    pub role: Role,
    /// How much its score counts.
    pub weight: f32,
    /// What was typed, for explanations.
    pub label: String,
    /// How many slots behind this one are its parts: they step in where the whole is found nowhere.
    pub n_parts: usize,
    /// Whether it is such a part.
    pub is_part: bool,
}

/// What becomes of documents that do not match a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Role {
    /// They come after those that match all of these.
    #[default]
    Wanted,
    /// Nothing: function words, and the parts of wholes.
    Optional,
    /// They are left out.
    Required,
    /// Those that match it are left out.
    Excluded,
}

/// One alternative of a slot.
pub(crate) enum Matcher {
    Terms(Terms),
    Phrase(Phrase),
    /// A filter or a date, read from the query itself.
    Filter(Atom),
}

/// Terms that stand for one word.
#[derive(Default)]
pub(crate) struct Terms {
    /// Terms of the word as typed.
    pub exact: Vec<u32>,
    /// Terms of other words, and what they count against it.
    pub others: Vec<(u32, f32)>,
    /// In the place of others, for a beginning that very many words have.
    pub best: Option<Best>,
    /// The terms of the word with the accents that were typed.
    pub accented: Vec<u32>,
    /// The beginning of a word that it is, if it may be unfinished.
    pub prefix: Option<String>,
    pub title: bool,
}

/// Words one after another.
pub(crate) struct Phrase {
    /// For each word its offset and its terms.
    pub items: Vec<(u32, Vec<u32>)>,
    pub title: bool,
}

impl Matcher {
    /// Whether it stands for the beginning of a word that is too common to be looked up word by word.
    pub fn is_beginning(&self) -> bool {
        matches!(self, Matcher::Terms(terms) if terms.best.is_some())
    }
}

impl Slot {
    /// Whether it is the first letters of very many words.
    pub fn is_beginning(&self) -> bool {
        self.matchers.iter().any(Matcher::is_beginning)
    }

    /// Whether it looks for words, rather than for a category or a date.
    pub fn has_text(&self) -> bool {
        self.matchers
            .iter()
            .any(|matcher| !matches!(matcher, Matcher::Filter(_)))
    }
}

impl Terms {
    /// The terms of the word itself, then the others.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        let others = self.others.iter().map(|(term, _)| *term);
        self.exact.iter().copied().chain(others)
    }
}

/// What was typed, as far as it makes a difference: slots of the same label look for the same.
pub(crate) fn label(atom: &Atom) -> String {
    match atom {
        Atom::Text(text) => text_label(text),
        Atom::Filter { kind, words, open } => {
            let name = match kind {
                FilterKind::Category => "category",
                FilterKind::Tag => "tag",
                FilterKind::Author => "author",
            };
            format!("{name}:{words}{}", if *open { "*" } else { "" })
        }
        Atom::Before(time) => format!("before:{time}"),
        Atom::After(time) => format!("after:{time}"),
    }
}

/// The label of one text.
pub(crate) fn text_label(text: &Text) -> String {
    let mut label = String::new();
    for item in &text.items {
        if !label.is_empty() {
            label.push(' ');
        }
        fold_into(&item.word, &mut label);
        if item.open {
            label.push('*');
        }
    }
    if text.quoted {
        label = format!("\"{label}\"");
    }
    match text.title {
        true => format!("title:{label}"),
        false => label,
    }
}
