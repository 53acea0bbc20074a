//! The formats that can be imported: [`Kind`], and which module reads which.

use super::{
    Imported, Losses, SourceFile, ans, apple_news, atom, front_matter, ghost, html_page, json_feed,
    json_ld, native, plain_page, rss, wordpress,
};
use anyhow::Result;
use clap::ValueEnum;
use std::fmt;

/// A format that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A collection or an article of Offprint's own
    Offprint,
    /// Markdown, with YAML or TOML front matter
    Markdown,
    /// JSON Feed 1.0 or 1.1
    JsonFeed,
    /// RSS 0.9x, 1.0 or 2.0
    Rss,
    /// Atom
    Atom,
    /// Posts of the WordPress REST API
    Wordpress,
    /// Posts of the Ghost Content API
    Ghost,
    /// An article of schema.org as JSON-LD
    JsonLd,
    /// A web page
    Html,
    /// A story of Arc ANS
    Ans,
    /// An article of Apple News Format
    AppleNews,
    /// A page of plain text under labels such as “Summary” and “Key Points”
    Text,
}

impl Kind {
    /// Reads a source of this kind.
    pub(super) fn read(self, source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
        match self {
            Kind::Offprint => native::read(source, losses),
            Kind::Markdown => front_matter::read(source, losses),
            Kind::JsonFeed => json_feed::read(source, losses),
            Kind::Rss => rss::read(source, losses),
            Kind::Atom => atom::read(source, losses),
            Kind::Wordpress => wordpress::read(source, losses),
            Kind::Ghost => ghost::read(source, losses),
            Kind::JsonLd => json_ld::read(source, losses),
            Kind::Html => html_page::read(source, losses),
            Kind::Ans => ans::read(source, losses),
            Kind::AppleNews => apple_news::read(source, losses),
            Kind::Text => plain_page::read(source, losses),
        }
    }

    /// The word that `--from` takes.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_string())
            .unwrap_or_default()
    }

    /// All of those words.
    pub fn names() -> String {
        let names: Vec<String> = Kind::value_variants().iter().map(|k| k.name()).collect();
        names.join(", ")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Offprint => "a collection of Offprint",
            Kind::Markdown => "Markdown",
            Kind::JsonFeed => "a JSON Feed",
            Kind::Rss => "an RSS feed",
            Kind::Atom => "an Atom feed",
            Kind::Wordpress => "posts of the WordPress REST API",
            Kind::Ghost => "posts of the Ghost Content API",
            Kind::JsonLd => "a schema.org article as JSON-LD",
            Kind::Html => "a web page",
            Kind::Ans => "an Arc ANS story",
            Kind::AppleNews => "an article of Apple News Format",
            Kind::Text => "a page of plain text",
        })
    }
}
