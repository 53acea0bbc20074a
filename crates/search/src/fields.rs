//! [`Fields`]: what is searchable of one article.

#[cfg(feature = "build")]
use crate::ranking::N_FIELDS;

/// What is searchable of one article, as plain text.
#[derive(Clone, Copy, Default, Debug)]
pub struct Fields<'a> {
    /// The title.
    pub title: &'a str,
    /// The subtitle, or nothing.
    pub subtitle: &'a str,
    /// The summary, or nothing.
    pub summary: &'a str,
    /// The key points, or nothing.
    pub key_points: &'a str,
    /// Everything else that can be read.
    pub body: &'a str,
    /// For `category:`.
    pub category: Option<&'a str>,
    /// For `tag:`.
    pub tags: &'a [&'a str],
    /// For `author:`.
    pub authors: &'a [&'a str],
    /// For `before:` and `after:`: the first second, as UTC counts, of the day that it is published on, as that is written.
    pub published: Option<i64>,
    /// A BCP 47 tag; where it is empty the language is guessed.
    pub language: &'a str,
}

#[cfg(feature = "build")]
impl<'a> Fields<'a> {
    /// The texts in the order of their positions.
    pub(crate) fn texts(&self) -> [&'a str; N_FIELDS] {
        [
            self.title,
            self.subtitle,
            self.summary,
            self.key_points,
            self.body,
        ]
    }
}
