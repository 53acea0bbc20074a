//! The article as its author wrote it: [`Article`] and its parts.
//!
//! Texts are trimmed and an empty one is `None`; a URL is a [`SafeUrl`]; a date without a time stays one. Fields that
//! hold Markdown say so, and [`ArticleContent`](crate::ArticleContent) is where it is parsed.

use crate::date::Date;
use crate::json::Value;
use crate::url::SafeUrl;

/// One article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Unique in its collection.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub subtitle: Option<String>,
    /// When it first appeared.
    pub published: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// The one category it is filed under; plain text.
    pub category: Option<String>,
    /// Plain texts.
    pub tags: Vec<String>,
    /// A language tag as of RFC 5646: `en`, `pt-BR`.
    pub language: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Who published it first.
    pub source: Option<Source>,
    /// Where the original stands.
    pub canonical_url: Option<SafeUrl>,
    /// The lead picture.
    pub image: Option<Image>,
    /// Markdown.
    pub summary: Option<String>,
    /// Markdown, one or a few sentences each.
    pub key_points: Vec<String>,
    /// The text itself.
    pub sections: Vec<Section>,
    /// Markdown, one or a few sentences each.
    pub risks: Vec<String>,
    /// Markdown.
    pub disclosure: Option<String>,
    /// What was put right after it appeared.
    pub corrections: Vec<Correction>,
    /// Articles that the author wants to stand beside this one.
    pub related: Vec<Related>,
    /// Whatever the publisher's own programs keep here; never shown.
    pub extra: Vec<(String, Value)>,
    /// Members with names that the format does not know; kept, reported, never shown.
    pub unknown: Vec<(String, Value)>,
}

/// Who wrote it: a person or a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Plain text.
    pub name: String,
    /// A page about the author.
    pub url: Option<SafeUrl>,
}

/// Who published it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Plain text.
    pub name: String,
    /// The publisher's page.
    pub url: Option<SafeUrl>,
}

/// The lead picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The picture itself.
    pub src: SafeUrl,
    /// What it shows, for who does not see it; plain text.
    pub alt: Option<String>,
    /// Markdown.
    pub caption: Option<String>,
    /// Who made it; plain text.
    pub credit: Option<String>,
    /// In pixels, more than 0.
    pub width: Option<u32>,
    /// In pixels, more than 0.
    pub height: Option<u32>,
    /// The same picture in other widths.
    pub srcset: Vec<ImageCandidate>,
}

impl Image {
    /// The widths to choose from, as `srcset` has them; `base` is what relative addresses start from. The picture itself is
    /// one of them: a browser that is given candidates looks at nothing else.
    pub fn candidates(&self, base: &str) -> Option<String> {
        let mut candidates = String::new();
        let is_listed = |width: &u32| self.srcset.iter().any(|other| other.width == *width);
        let mut add = |src: &SafeUrl, width: u32| {
            if !candidates.is_empty() {
                candidates.push_str(", ");
            }
            candidates.push_str(&src.resolve(base));
            candidates.push(' ');
            candidates.push_str(&width.to_string());
            candidates.push('w');
        };
        for other in &self.srcset {
            add(&other.src, other.width);
        }
        if let Some(width) = self.width.filter(|width| !is_listed(width)) {
            add(&self.src, width);
        }
        (!self.srcset.is_empty()).then_some(candidates)
    }
}

/// The same picture in another width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageCandidate {
    /// The picture itself.
    pub src: SafeUrl,
    /// In pixels, more than 0.
    pub width: u32,
}

/// A part of the text, with or without a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Plain text.
    pub heading: Option<String>,
    /// Markdown; may be empty.
    pub body: String,
}

/// What was put right, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When.
    pub date: Option<Date>,
    /// Markdown.
    pub text: String,
}

/// A pointer to another article: by id, or by what is needed to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// An article of the same collection.
    pub id: Option<String>,
    /// Plain text.
    pub title: Option<String>,
    /// Plain text.
    pub excerpt: Option<String>,
    /// Where it stands.
    pub url: Option<SafeUrl>,
}
