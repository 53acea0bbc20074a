//! A JSON Feed as a collection: how it is known from one, and what is kept of it ([`Feed`]).
//!
//! A feed is a collection whose list is called `items`, and whose elements `read::feed` turns into articles. That it is
//! one is kept, since its articles are read again from its bytes.

use super::Collection;
use crate::code::Code;
use crate::json::{Parser, Value, value_end};
use crate::letters::holds;
use crate::read::Path;

/// What is known of a feed.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// Where it says who wrote the items that name nobody.
    pub(super) byline: Option<u32>,
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

    /// Says how much of the feed's text is lost.
    pub(super) fn report_html(&mut self) {
        let n_items = self.entries.len();
        let Some(feed) = &self.feed else { return };
        if let Some((ix, at)) = feed.first_html {
            let n_html = feed.n_html;
            let items = &Path::ROOT.name("items");
            let path = &items.index(ix as usize);
            let found = [
                "HTML alone, in ",
                &n_html.to_string(),
                " of ",
                &n_items.to_string(),
                " items",
            ]
            .concat();
            let help = "`offprint import` makes a collection of this feed; without it, title, summary and link are shown";
            self.reader().note(
                Code::FeedHtml,
                &path.name("content_html"),
                at,
                "the text in `content_text`",
                found,
                Some(help.to_string()),
            );
        }
    }
}
