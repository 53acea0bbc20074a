//! What a collection says of itself: [`Collection::read_edition`].

use super::{Collection, FORMAT_VERSION};
use crate::code::Code;
use crate::json::{Member, Spanned, Value, describe};
use crate::read::{EDITION, FEED, Path, Reader};
use crate::url::SafeUrl;

impl Collection {
    /// Reads the members of a collection, or of a feed, other than its articles.
    pub(super) fn read_edition(&mut self, members: Vec<Member>) {
        let mut reader = Reader {
            bytes: &self.bytes,
            problems: &mut self.problems,
        };
        let edition = &mut self.edition;
        let feed = &mut self.feed;
        let mut version = None;
        for Member {
            name,
            name_start,
            value,
        } in members
        {
            let path = &Path::ROOT.name(&name);
            let at = value.start;
            match (&*name, &mut *feed) {
                ("title", _) => edition.title = reader.plain(value, path),
                ("description", _) => edition.description = reader.plain(value, path),
                ("language", _) => edition.language = reader.language(value, path),
                ("base_url", None) | ("home_page_url", Some(_)) => {
                    edition.base_url = reader.base_url(value, path);
                }
                ("articles", None) | ("items", Some(_)) => {
                    let found = describe(&value.value);
                    reader.note(Code::WrongType, path, at, "a list of articles", found, None);
                }
                ("version", None) => version = Some(reader.version(value, path)),
                ("$schema", None) => {}
                (_, None) => reader.unknown(&name, name_start, &Path::ROOT, &EDITION),
                ("author" | "authors", Some(feed)) => {
                    if feed.byline.is_none() || name == "authors" {
                        feed.byline = Some(at);
                    }
                    reader.byline(&mut Vec::new(), value, path);
                }
                ("next_url", Some(_)) => {
                    let found = "the address of a next page, whose items are not shown";
                    reader.note(
                        Code::FeedPages,
                        path,
                        at,
                        "a feed of one page",
                        found.to_string(),
                        None,
                    );
                }
                (name, Some(_)) if FEED.has(name) => {}
                (_, Some(_)) => reader.unknown(&name, name_start, &Path::ROOT, &FEED),
            }
        }
        if version.is_none() && feed.is_none() {
            let help = "version 1 is taken; write \"version\": 1".to_string();
            reader.note(
                Code::NoVersion,
                &Path::ROOT.name("version"),
                0,
                "a version",
                "none".to_string(),
                Some(help),
            );
        }
        edition.version = version.unwrap_or(FORMAT_VERSION);
    }
}

impl Reader<'_> {
    /// The version of the format.
    pub(super) fn version(&mut self, value: Spanned, path: &Path) -> u32 {
        let number = match &value.value {
            Value::Number(text) => text.parse().unwrap_or(0),
            _ => 0,
        };
        let known = FORMAT_VERSION.to_string();
        if number == 0 {
            let help = ["version ", &known, " is taken; write \"version\": ", &known].concat();
            self.note(
                Code::BadVersion,
                path,
                value.start,
                "a whole number above 0",
                describe(&value.value),
                Some(help),
            );
            return FORMAT_VERSION;
        }
        if number > FORMAT_VERSION {
            let found = ["version ", &number.to_string()].concat();
            let help = "only titles and links are shown; a newer Offprint shows all".to_string();
            self.note(
                Code::NewerVersion,
                path,
                value.start,
                &["version ", &known].concat(),
                found,
                Some(help),
            );
        }
        number
    }

    fn base_url(&mut self, value: Spanned, path: &Path) -> Option<String> {
        let at = value.start;
        let text = self.plain(value, path)?;
        match SafeUrl::link(&text).filter(SafeUrl::is_external) {
            Some(url) => Some(url.as_str().to_string()),
            None => {
                let help = "write https://example.org/ with the slash at its end".to_string();
                let found = describe(&Value::Text(text));
                self.note(
                    Code::BadBaseUrl,
                    path,
                    at,
                    "an address that begins with https: or http:",
                    found,
                    Some(help),
                );
                None
            }
        }
    }
}
