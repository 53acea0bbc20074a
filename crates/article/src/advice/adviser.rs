//! Collecting the advice about one article: [`Adviser`], and [`Text`], a field whose words can be pointed at.

use super::{Advice, AdviceKind};
use crate::collection::{Collection, Form};
use crate::json::{Member, Spanned, Value, Written};
use crate::problem::ArticleName;
use crate::read::{Kind, best_name, kept};
use std::ops::Range;

/// Collects the advice about one article.
pub(super) struct Adviser<'a> {
    pub(super) collection: &'a Collection,
    /// The article's position in [`Collection::entries`].
    pub(super) ix: usize,
    /// `articles[3]`
    path: String,
    name: ArticleName,
    advice: &'a mut Vec<Advice>,
}

/// A text as it is shown, and where it is written.
pub(super) struct Text {
    /// Behind the article's path: `sections[1].body`.
    pub(super) path: String,
    /// Trimmed, as the model has it.
    pub(super) text: String,
    /// The whole value, quotation marks included.
    pub(super) range: Range<usize>,
    /// How many bytes were trimmed off before it.
    n_before: usize,
}

/// What is remarked on a range of a text.
pub(super) struct Remark {
    pub(super) kind: AdviceKind,
    pub(super) range: Range<usize>,
    pub(super) expected: &'static str,
    pub(super) found: String,
    pub(super) help: Option<String>,
}

impl<'a> Adviser<'a> {
    pub(super) fn new(
        collection: &'a Collection,
        ix: usize,
        members: &[Member],
        advice: &'a mut Vec<Advice>,
    ) -> Adviser<'a> {
        let place = collection.place(ix);
        let number = place.to_string();
        let path = match collection.form() {
            Form::Article => String::new(),
            Form::List => ["[", &number, "]"].concat(),
            Form::Collection => ["articles[", &number, "]"].concat(),
        };
        let title = best_name(members);
        Adviser {
            collection,
            ix,
            path,
            name: ArticleName { ix: place, title },
            advice,
        }
    }

    /// Gives a piece of advice about `range` of the file; `path` is behind the article's.
    pub(super) fn tell(
        &mut self,
        kind: AdviceKind,
        path: &str,
        range: Range<usize>,
        expected: &str,
        found: String,
        help: Option<String>,
    ) {
        let dot = if self.path.is_empty() || path.is_empty() {
            ""
        } else {
            "."
        };
        self.advice.push(Advice {
            kind,
            article: self.name.clone(),
            path: [&self.path, dot, path].concat(),
            range,
            expected: expected.to_string(),
            found,
            help,
        });
    }

    /// How much was told so far, of all articles.
    pub(super) fn n_told(&self) -> usize {
        self.advice.len()
    }

    /// Gives the remarks on a text.
    pub(super) fn remark(&mut self, text: &Text, remarks: Vec<Remark>) {
        if remarks.is_empty() {
            return;
        }
        let mut offsets: Vec<usize> = remarks
            .iter()
            .flat_map(|remark| [remark.range.start, remark.range.end])
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        let mut written = Written::new(self.collection.bytes(), text.range.start);
        let mut places = Vec::with_capacity(offsets.len());
        for offset in &offsets {
            places.push(written.place(text.n_before + offset));
        }
        let place = |offset: usize| match offsets.binary_search(&offset) {
            Ok(ix) => places[ix],
            Err(_) => text.range.start,
        };
        for remark in remarks {
            let range = place(remark.range.start)..place(remark.range.end);
            self.tell(
                remark.kind,
                &text.path,
                range,
                remark.expected,
                remark.found,
                remark.help,
            );
        }
    }
}

impl Text {
    /// The text of a value, if it is one and not empty.
    pub(super) fn of(value: &Spanned, path: String, kind: Kind) -> Option<Text> {
        let Value::Text(text) = &value.value else {
            return None;
        };
        let text = text.replace('\0', "\u{fffd}");
        let kept = kept(&text, kind);
        if kept.is_empty() {
            return None;
        }
        Some(Text {
            path,
            n_before: kept.start,
            text: text[kept].to_string(),
            range: range(value),
        })
    }
}

/// Where a value is written.
pub(super) fn range(value: &Spanned) -> Range<usize> {
    value.start as usize..value.end as usize
}

/// The member of a name; where it stands twice, the last one counts.
pub(super) fn member<'m>(members: &'m [Member], name: &str) -> Option<&'m Spanned> {
    let member = members.iter().rev().find(|member| member.name == name);
    member
        .map(|member| &member.value)
        .filter(|value| value.value != Value::Null)
}

/// The elements of a list; a single text or object is a list of one, as for the reader.
pub(super) fn elements(value: Option<&Spanned>) -> &[Spanned] {
    match value {
        None => &[],
        Some(value) => match &value.value {
            Value::List(list) => list,
            Value::Text(_) | Value::Object(_) => std::slice::from_ref(value),
            _ => &[],
        },
    }
}

/// Where the field `name` of an element stands: in an object its member; a text stands for the field `text_as`.
pub(super) fn field<'m>(value: &'m Spanned, name: &str, text_as: &str) -> Option<&'m Spanned> {
    match &value.value {
        Value::Object(members) => member(members, name),
        Value::Text(_) if name == text_as => Some(value),
        _ => None,
    }
}
