//! Advice for authors: what is read without a problem, and could still serve its readers better.
//!
//! Entry point: [`advise`]. It costs a second reading of every article, so that only who asks for it pays for it.
//!
//! 1. `fields` goes through an article's members, as they stand in the file, so that each piece of advice has its place;
//! 2. `markdown` goes through the events of a Markdown field and remarks on ranges of its text (`wording` knows link texts
//!    that say nothing, `html` finds the elements in raw HTML);
//! 3. `links` knows which places and articles can be linked to;
//! 4. `spelling` compares the names of categories and tags over the whole collection;
//! 5. `kind` names what there is, `adviser` turns ranges of texts into bytes of the file.

mod adviser;
mod fields;
mod html;
mod kind;
mod links;
mod markdown;
mod spelling;
mod wording;

pub use kind::AdviceKind;

use crate::collection::Collection;
use crate::date::Date;
use crate::problem::ArticleName;
use adviser::Adviser;
use spelling::Spellings;
use std::collections::BTreeSet;
use std::ops::Range;

/// Longer titles are cut off where titles stand: in lists, in tabs, in search engines.
pub const TITLE_MAX: usize = 120;

/// Longer subtitles are a summary.
pub const SUBTITLE_MAX: usize = 200;

/// Longer summaries are no paragraph or two any more, and cards cut them off.
pub const SUMMARY_MAX: usize = 600;

/// Longer excerpts make one related article larger than the others together.
pub const EXCERPT_MAX: usize = 300;

/// An article of more bytes of text than this (some 400 words) should say in short what it is about.
pub const UNSUMMED_MAX: usize = 2_500;

/// One thing that could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub kind: AdviceKind,
    /// The article it is about.
    pub article: ArticleName,
    /// Where in the data: `articles[3].sections[1].body`.
    pub path: String,
    /// The bytes of the file that it is about.
    pub range: Range<usize>,
    /// What would be better.
    pub expected: String,
    /// What is there.
    pub found: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The pictures that stand beside a file.
pub trait Pictures {
    /// Of the relative address of a picture: what is wrong with it, and what to do. `None` where the picture is there.
    fn missing(&self, address: &str) -> Option<(String, String)>;
}

/// What is known beside the collection itself.
#[derive(Clone, Copy, Default)]
pub struct Surroundings<'a> {
    /// Without it, no date is in the future.
    pub today: Option<Date>,
    /// Ids of articles outside of the collection that will stand beside it. With an empty set, the collection is all there
    /// is; with `None`, nothing is known, and no id is said to be missing.
    pub other_ids: Option<&'a BTreeSet<String>>,
    /// Without them, no picture is said to be missing. Nothing is asked of a collection that says itself where relative
    /// addresses begin.
    pub pictures: Option<&'a dyn Pictures>,
}

/// Goes through all articles of a collection. The advice is in the order of the file.
pub fn advise(collection: &Collection, surroundings: Surroundings) -> Vec<Advice> {
    let mut advice = Vec::new();
    // Of a newer version only titles and links are known.
    if collection.newer_version().is_some() {
        return advice;
    }
    let begins_elsewhere = collection.edition().base_url.is_some();
    let surroundings = Surroundings {
        pictures: surroundings.pictures.filter(|_| !begins_elsewhere),
        ..surroundings
    };
    let mut spellings = Spellings::of(collection);
    for ix in 0..collection.entries().len() {
        let Some(members) = collection.members(ix) else {
            continue;
        };
        let first = advice.len();
        let mut adviser = Adviser::new(collection, ix, &members, &mut advice);
        adviser.fields(&members, surroundings, &mut spellings);
        advice[first..].sort_by_key(|advice: &Advice| (advice.range.start, advice.kind));
    }
    advice
}
