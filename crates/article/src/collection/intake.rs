//! Taking an article in: [`Collection::take_in`] reads it whole, notes what is wrong, and keeps an [`Entry`].

use super::{Collection, Entry};
use crate::code::Code;
use crate::json::{Member, Oddity, Parser, Spanned, SyntaxError, Value, describe, resume_after};
use crate::model::Article;
use crate::read::{ARTICLE, Fields, ITEM, Named, Path, Reader};
use std::collections::BTreeMap;

/// Texts that occur many times, each kept once.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) texts: Vec<String>,
    indexes: BTreeMap<String, u32>,
}

impl Names {
    fn index_of(&mut self, text: &str) -> u32 {
        if let Some(ix) = self.indexes.get(text) {
            return *ix;
        }
        let ix = self.texts.len() as u32;
        self.texts.push(text.to_string());
        self.indexes.insert(text.to_string(), ix);
        ix
    }
}

/// An element of the list, as far as it could be read.
struct Read {
    value: Option<Spanned>,
    oddities: Vec<Oddity>,
    error: Option<SyntaxError>,
    /// Where to go on.
    end: usize,
}

/// Reads the element at `start`, which is to have these fields. `effort` is as in [`resume_after`].
fn read_element(bytes: &[u8], start: usize, fields: &Fields, effort: &mut usize) -> Read {
    let mut parser = Parser::new(bytes, start);
    let mut value = parser.value();
    let Some(mut error) = parser.error() else {
        return Read {
            value,
            oddities: parser.oddities().to_vec(),
            error: None,
            end: parser.pos(),
        };
    };
    let end = resume_after(bytes, start, error.at, effort, &|at, for_certain| {
        is_article(bytes, at, fields, for_certain)
    });
    if end <= error.at {
        // It went on into what follows: once more, up to there.
        parser = Parser::new(&bytes[..end], start);
        value = parser.value();
        error = parser.error().unwrap_or(error);
    }
    Read {
        value,
        oddities: parser.oddities().to_vec(),
        error: Some(error),
        end,
    }
}

/// Whether there is an object that is an article, and how far it goes. For certain it is one only if it has fields that
/// nothing else has.
fn is_article(bytes: &[u8], at: usize, fields: &Fields, for_certain: bool) -> (bool, usize) {
    let mut parser = Parser::new(bytes, at);
    let is_article = match parser.value() {
        Some(Spanned {
            value: Value::Object(members),
            ..
        }) => {
            // A related article has an id, a title and an address too.
            let is_own = |name: &str| !matches!(name, "id" | "title" | "url") && fields.has(name);
            let has = |name: &str| members.iter().any(|member| member.name == name);
            members.iter().any(|member| is_own(&member.name))
                || !for_certain && has("id") && has("title")
        }
        _ => false,
    };
    (is_article, parser.pos())
}

impl Collection {
    /// Takes in the element at `start`, the `ix`th of the list at `list`, and gives where to go on, and
    /// whether it was damaged.
    pub(super) fn take_in(
        &mut self,
        start: usize,
        list: &Path,
        ix: u32,
        effort: &mut usize,
    ) -> (usize, bool) {
        let path = &list.index(ix as usize);
        let fields = if self.feed.is_some() { &ITEM } else { &ARTICLE };
        let Read {
            value,
            oddities,
            error,
            end,
        } = read_element(&self.bytes, start, fields, effort);
        if let Some(Spanned {
            value: Value::Object(members),
            ..
        }) = &value
        {
            self.problems.name_article(ix, members);
        }
        let mut reader = self.reader();
        if let Some(error) = error {
            reader.note_syntax(error, value.as_ref(), path);
        }
        if let Some(value) = value {
            reader.note_oddities(&oddities, &value, path);
            match value.value {
                Value::Object(members) if error.is_none() || has_name(&members) => {
                    let place = Named {
                        path,
                        start: value.start,
                        is_part: error.is_some(),
                        is_item: self.feed.is_some(),
                    };
                    self.add(members, place, end, ix);
                }
                Value::Object(_) => {}
                other => {
                    let found = describe(&other);
                    reader.note(
                        Code::WrongType,
                        path,
                        value.start,
                        "an article (an object)",
                        found,
                        None,
                    );
                }
            }
        }
        self.problems.article = None;
        (end, error.is_some())
    }

    /// What reads values of this file.
    pub(super) fn reader(&mut self) -> Reader<'_> {
        Reader {
            bytes: &self.bytes,
            problems: &mut self.problems,
        }
    }

    /// Takes in an article from its members.
    pub(super) fn add(&mut self, members: Vec<Member>, place: Named, end: usize, ix: u32) {
        let place_of = |name: &str| {
            let members = members.iter().rev();
            let mut found = members
                .filter(|member| member.name == name && !matches!(member.value.value, Value::Null));
            Some(found.next()?.value.start)
        };
        let id_at = place_of("id");
        let html_at = self.feed.as_ref().and_then(|_| place_of("content_html"));
        let mut article = self.reader().article(members, place);
        if article.sections.is_empty() {
            self.note_html(ix, html_at);
        }
        let position = self.entries.len() as u32;
        if let Some(first) = self.ids.get(&*article.id).copied() {
            self.rename(
                &mut article,
                first,
                place.path,
                id_at.unwrap_or(place.start),
            );
        }
        self.ids.insert(article.id.clone(), position);
        let category = article
            .category
            .as_ref()
            .map(|name| self.categories.index_of(name));
        let mut tags: Vec<u32> = Vec::with_capacity(article.tags.len());
        for tag in &article.tags {
            let tag = self.tags.index_of(tag);
            if tags.len() > 64 || !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        self.words.add(&article);
        self.entries.push(Entry {
            id: article.id.into_boxed_str(),
            published: article.published,
            category,
            tags: tags.into_boxed_slice(),
            start: place.start,
            end: end as u32,
        });
        self.places.push(ix);
    }

    /// Gives an article whose id is taken another one, and says so.
    fn rename(&mut self, article: &mut Article, first: u32, path: &Path, at: u32) {
        let base = std::mem::take(&mut article.id);
        // Each further one goes on counting where the last one ended.
        let mut number = self.repeated.get(&*base).copied().unwrap_or(1);
        loop {
            number += 1;
            article.id = [&base, "-", &number.to_string()].concat();
            if !self.ids.contains_key(&*article.id) {
                break;
            }
        }
        self.repeated.insert(base.clone(), number);
        let first_title = match self.problems.is_full() {
            true => String::new(),
            false => self
                .article(first as usize)
                .map_or(String::new(), |article| article.title),
        };
        let place = self
            .places
            .get(first as usize)
            .map_or(String::new(), |ix| path.sibling(*ix as usize));
        let found = [
            "the id \"",
            &base,
            "\" again; “",
            &first_title,
            "” (",
            &place,
            ") has it",
        ]
        .concat();
        let help = [
            "it is listed as \"",
            &article.id,
            "\"; give each article an id of its own",
        ]
        .concat();
        let mut reader = self.reader();
        reader.note(
            Code::DuplicateId,
            &path.name("id"),
            at,
            "an id that no other article has",
            found,
            Some(help),
        );
    }
}

/// Part of an article is worth showing if one can say of which.
fn has_name(members: &[Member]) -> bool {
    members.iter().any(|member| {
        let is_text = matches!(&member.value.value, Value::Text(text) if !text.trim().is_empty());
        is_text && matches!(&*member.name, "title" | "id")
    })
}
