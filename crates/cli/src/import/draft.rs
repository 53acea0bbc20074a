//! What an importer makes: [`Draft`], an article as it will stand in the collection's JSON.
//!
//! Fields are those of docs/format.md, in its order, and what is empty is not written. Addresses are texts here: what is
//! not safe is the importer's to leave out and to report.

use serde::Serialize;
use serde_json::{Map, Value};

/// What a source gave.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Imported {
    /// What the source says of itself.
    #[serde(flatten)]
    pub edition: Edition,
    /// Its articles, in its order.
    pub articles: Vec<Draft>,
}

/// What a source says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Edition {
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A tag of RFC 5646.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// An absolute web address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

/// An article.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Draft {
    /// Unique in the collection; where it is empty, it is made from the title.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// RFC 3339, or a date alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// RFC 3339, or a date alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Plain texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// A tag of RFC 5646.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Person>,
    /// Who published it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// An address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_url: Option<String>,
    /// The lead picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Markdown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_points: Vec<String>,
    /// The text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Markdown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<String>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<String>,
    /// What was put right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Other articles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What has no place in the format but is worth keeping, under the name of the source's format.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
    /// Members that the format keeps without asking what they mean: their names begin with `_` or `$`.
    #[serde(flatten)]
    pub own: Map<String, Value>,
    /// It is in the format already, and the reader has nothing to say against it: nothing is to be made right.
    #[serde(skip)]
    pub is_exact: bool,
}

impl Draft {
    /// Puts a paragraph of Markdown behind the text.
    pub fn add_paragraph(&mut self, markdown: &str) {
        match self.sections.last_mut() {
            Some(last) if !last.body.is_empty() => {
                last.body.push_str("\n\n");
                last.body.push_str(markdown);
            }
            Some(last) => last.body.push_str(markdown),
            None => self.sections.push(Section {
                heading: None,
                body: markdown.to_string(),
            }),
        }
    }
}

/// An author.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Person {
    /// Plain text.
    pub name: String,
    /// An address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Who published it first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Source {
    /// Plain text.
    pub name: String,
    /// An address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Image {
    /// An address.
    pub src: String,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The same picture in other widths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub srcset: Vec<Candidate>,
}

/// The same picture in another width.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Candidate {
    /// An address.
    pub src: String,
    /// In pixels.
    pub width: u32,
}

/// A part of the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Section {
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Markdown.
    pub body: String,
}

/// What was put right, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Correction {
    /// RFC 3339, or a date alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Markdown.
    pub text: String,
}

/// Another article.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Related {
    /// An article of the same collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// An address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
