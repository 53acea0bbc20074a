//! A collection of articles: bytes in, a list of small entries out.
//!
//! Entry points: [`read_collection`] reads in one go; [`CollectionReader`] in steps, so that a page stays alive while
//! it reads 40 MB.
//!
//! 1. `reader` goes through the file, an article or a member of the collection at a time, and `outcome` says what it was;
//! 2. `intake` reads each article whole, notes its problems, and keeps an [`Entry`] of it;
//! 3. `edition` reads what the collection says of itself, when all its members are known, and `feed` what a JSON Feed
//!    says;
//! 4. `nearest` knows which articles are alike, and `alike` for all articles at once;
//! 5. `alone` reads an article from the bytes of its object.
//!
//! The texts stay in the bytes: [`Collection::article`] reads an article again when it is wanted.

mod alike;
mod alone;
mod edition;
mod feed;
mod intake;
mod nearest;
mod outcome;
mod reader;
mod unreadable;

pub use alike::{Alike, ArticleWords, Products};
pub use alone::Surroundings;
pub use reader::{CollectionReader, Progress, read_collection};
pub use unreadable::Unreadable;

use crate::date::Date;
use crate::json::{Member, Parser, Value};
use crate::model::Article;
use crate::problem::Problem;
use crate::read::Problems;
use feed::Feed;
use intake::Names;
use std::collections::BTreeMap;
use std::ops::Range;

/// The version of the format that this library reads.
pub const FORMAT_VERSION: u32 = 1;

/// So many problems are kept; the rest are counted.
pub const PROBLEMS_MAX: usize = 1_000;

/// A collection: its bytes, and what is known of each article in them.
#[derive(Debug, Default)]
pub struct Collection {
    bytes: Vec<u8>,
    edition: Edition,
    entries: Vec<Entry>,
    categories: Names,
    tags: Names,
    ids: BTreeMap<String, u32>,
    /// The last number that was put behind an id that stands twice.
    repeated: BTreeMap<String, u32>,
    /// Of each entry, its position in the list of the file, which may hold other things too.
    places: Vec<u32>,
    problems: Problems,
    /// Where the file is a JSON Feed.
    feed: Option<Feed>,
    words: nearest::Words,
}

/// What the collection says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// The version of the format it was written in.
    pub version: u32,
    /// Plain text.
    pub title: Option<String>,
    /// Plain text.
    pub description: Option<String>,
    /// A language tag as of RFC 5646, for articles that say nothing themselves.
    pub language: Option<String>,
    /// Where relative URLs begin: an absolute URL.
    pub base_url: Option<String>,
}

/// How the articles stand in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In a collection's list.
    Collection,
    /// In a list without a collection around it.
    List,
    /// The file is an article.
    Article,
}

/// What is kept of an article: enough to list, filter and order it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Unique in the collection.
    pub id: Box<str>,
    /// When it first appeared.
    pub published: Option<Date>,
    /// An index into [`Collection::categories`].
    pub category: Option<u32>,
    /// Indexes into [`Collection::tags`], each once.
    pub tags: Box<[u32]>,
    /// Where its object begins.
    start: u32,
    /// How far it may be read: a damaged one would go on into the next.
    end: u32,
}

impl Collection {
    /// What the collection says of itself.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The version it was written for, where that is newer than [`FORMAT_VERSION`]: then only id, title and canonical
    /// URL of each article can be relied on, and [`Collection::article`] gives no more.
    pub fn newer_version(&self) -> Option<u32> {
        (self.edition.version > FORMAT_VERSION).then_some(self.edition.version)
    }

    /// The articles, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The names of the categories, in the order of their first article.
    pub fn categories(&self) -> &[String] {
        &self.categories.texts
    }

    /// The tags, in the order of their first article.
    pub fn tags(&self) -> &[String] {
        &self.tags.texts
    }

    /// What was wrong, in the order it was met, at most [`PROBLEMS_MAX`].
    pub fn problems(&self) -> &[Problem] {
        &self.problems.kept
    }

    /// How many problems there were, also those that were not kept.
    pub fn n_problems(&self) -> usize {
        self.problems.count
    }

    /// How many of them are errors.
    pub fn n_errors(&self) -> usize {
        self.problems.n_errors
    }

    /// One article, read again from its bytes; `ix` is its position in [`Collection::entries`].
    pub fn article(&self, ix: usize) -> Option<Article> {
        let mut article = self.article_as_written(ix)?;
        article.id = self.entries.get(ix)?.id.to_string();
        Some(article)
    }

    /// The same with the id that it was given, which another article may have, too.
    pub fn article_as_written(&self, ix: usize) -> Option<Article> {
        self.surroundings().article(self.bytes_of(ix))
    }

    /// The members of an article's object, with their places in the file.
    pub fn members(&self, ix: usize) -> Option<Vec<Member>> {
        let entry = self.entries.get(ix)?;
        let bytes = self.bytes.get(..entry.end as usize)?;
        match Parser::new(bytes, entry.start as usize).value()?.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Where the id of an article is written, if it is.
    pub fn id_range(&self, ix: usize) -> Option<Range<usize>> {
        let members = self.members(ix)?;
        let id = members.iter().rev().find(|member| member.name == "id")?;
        Some(id.value.start as usize..id.value.end as usize)
    }

    /// How the articles stand in the file.
    pub fn form(&self) -> Form {
        let before = self.bytes.get(..self.start(0)).unwrap_or_default();
        match before.iter().find(|byte| matches!(byte, b'{' | b'[')) {
            Some(b'[') => Form::List,
            None if !self.entries.is_empty() => Form::Article,
            _ => Form::Collection,
        }
    }

    /// The byte where an article's object begins.
    pub fn start(&self, ix: usize) -> usize {
        self.entries.get(ix).map_or(0, |entry| entry.start as usize)
    }

    /// Its position in the list of the file, which may hold other things too.
    pub fn place(&self, ix: usize) -> u32 {
        self.places.get(ix).copied().unwrap_or(0)
    }

    /// Where in [`Collection::entries`] an article is.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.ids.get(id).map(|&ix| ix as usize)
    }

    /// Up to `n` articles (at most 1,000) whose content is nearest to that of one, nearest first; none that has nothing
    /// in common.
    pub fn nearest(&self, ix: usize, n: usize) -> Vec<u32> {
        self.words.nearest(&self.entries, ix, n)
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
