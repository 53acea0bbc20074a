//! A JSON Feed as a collection: how it is known from one, and what it says of itself ([`Collection::read_feed`]).
//!
//! A feed is a collection whose list is called `items`, and whose elements `read::feed` turns into articles. That it is
//! one is kept ([`Feed`]), since its articles are read again from its bytes.

use super::{Collection, FORMAT_VERSION};
use crate::json::{Member, Parser, Value, describe, value_end};
use crate::letters::holds;
use crate::model::Author;
use crate::problem::Severity::{Error, Warning};
use crate::read::{FEED, Path, Reader};

/// What is known of a feed.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// Who wrote the items that name nobody.
    pub(super) authors: Vec<Author>,
    /// The first item whose text is there as HTML alone, and the byte where that begins.
    pub(super) first_html: Option<(u32, u32)>,
    /// How many such items there are.
    pub(super) n_html: usize,
}

/// Whether the `version` of a file says that it is a feed that can be read.
pub(super) fn is_feed_version(version: &Value) -> bool {
    matches!(version, Value::Text(text) if holds(text, "jsonfeed.org/version/1"))
}

/// Whether a `version` that says so stands somewhere behind the list that begins at `start`. It costs a walk to the end
/// of the file, and is asked once.
pub(super) fn is_feed_behind(bytes: &[u8], start: usize) -> bool {
    let Some(end) = value_end(bytes, start) else {
        return false;
    };
    let mut parser = Parser::new(bytes, end);
    while parser.peek() == Some(b',') {
        parser.bump();
        let Some((name, _)) = parser.name() else {
            break;
        };
        let Some(value) = parser.value() else { break };
        if name == "version" {
            return is_feed_version(&value.value);
        }
    }
    false
}

impl Collection {
    /// The name of the list that holds the articles.
    pub(super) fn list_name(&self) -> &'static str {
        match self.feed {
            Some(_) => "items",
            None => "articles",
        }
    }

    /// Remembers an item whose text is there as HTML alone. It is a problem of the feed, and told once.
    pub(super) fn note_html(&mut self, ix: u32, html_at: Option<u32>) {
        if let (Some(feed), Some(at)) = (&mut self.feed, html_at) {
            feed.first_html.get_or_insert((ix, at));
            feed.n_html += 1;
        }
    }

    /// Reads the members of a feed other than its items, and says what of it cannot be shown.
    pub(super) fn read_feed(&mut self, members: Vec<Member>, feed: &mut Feed) {
        self.edition.version = FORMAT_VERSION;
        let n_items = self.entries.len();
        let mut reader = Reader {
            bytes: &self.bytes,
            problems: &mut self.problems,
        };
        let edition = &mut self.edition;
        for Member {
            name,
            name_start,
            value,
        } in members
        {
            let path = &Path::ROOT.name(&name);
            match &*name {
                "title" => edition.title = reader.plain(value, path),
                "description" => edition.description = reader.plain(value, path),
                "language" => edition.language = reader.language(value, path),
                "home_page_url" => edition.base_url = reader.base_url(value, path),
                "author" | "authors" => reader.byline(&mut feed.authors, &name, value, path),
                "items" => {
                    let found = describe(&value.value);
                    reader.note(Error, path, value.start, "a list of items", found, None);
                }
                "next_url" => {
                    let help = "the items of the next page are not shown".to_string();
                    let found = "the address of a next page".to_string();
                    let expected = "a feed of one page";
                    reader.note(Warning, path, value.start, expected, found, Some(help));
                }
                name if FEED.has(name) => {}
                _ => reader.unknown(&name, name_start, &Path::ROOT, &FEED),
            }
        }
        if let Some((ix, at)) = feed.first_html {
            let items = &Path::ROOT.name("items");
            let path = &items.index(ix as usize);
            let [n_html, n_items] = [feed.n_html, n_items].map(|n| n.to_string());
            let found = ["HTML alone, in ", &n_html, " of ", &n_items, " items"].concat();
            let help = "`offprint import` makes a collection of this feed; without it, title, summary and link are shown";
            reader.note(
                Error,
                &path.name("content_html"),
                at,
                "the text in `content_text`",
                found,
                Some(help.to_string()),
            );
        }
    }
}
