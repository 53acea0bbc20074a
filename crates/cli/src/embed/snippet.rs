//! [`Snippet`]: the elements for a page. Every value is escaped where it is written.

use super::digest::sha384;
use super::place::Place;
use crate::build::escape::attribute;
use crate::build::hosting::FRAME_PAGE;
use serde_json::{Map, json};
use std::fmt::Write;
use url::form_urlencoded::Serializer;

/// What a frame may do: run scripts, have its own storage, and open links in new tabs, which are tabs like others.
pub const SANDBOX: &str =
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// The element, whose scripts come by its `import`s.
const ELEMENT: &str = "element.js";

/// The script for the page around frames.
const FRAME_SCRIPT: &str = "frame.js";

/// Scripts that an element never loads.
const OF_PAGES: [&str; 3] = ["embed.js", FRAME_SCRIPT, "site.js"];

/// The reader's script, and as what else it is loaded: anew after a panic (`STARTS` in `www/loading.js`). An address that is not in the map
/// has no digest.
const STARTS: (&str, [&str; 2]) = ("offprint.js", ["?again", "?again2"]);

/// What is put into a page.
#[derive(Debug)]
pub struct Snippet<'a> {
    /// Where the reader's files are.
    pub place: &'a Place,
    /// The articles, where they are not those of the place.
    pub src: Option<&'a str>,
    /// Which element.
    pub shown: Shown,
    /// Only the articles of this category.
    pub category: Option<&'a str>,
    /// `auto`, `light` or `dark`.
    pub theme: Option<&'a str>,
    /// Whether an import map holds the digests of the scripts.
    pub with_integrity: bool,
}

/// Which element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// `<offprint-reader>`
    Reader,
    /// `<offprint-article>` with the article of this id
    Article(String),
    /// `<offprint-list>` of so many
    List(u32),
}

impl Snippet<'_> {
    /// The script and the element.
    pub fn element(&self) -> String {
        let mut out = String::new();
        if let Some(map) = self.import_map() {
            let _ = writeln!(out, "<script type=\"importmap\">{map}</script>");
        }
        let src = [&self.place.reader(), ELEMENT].concat();
        let _ = write!(out, "<script type=\"module\" src=\"{}\"", attribute(&src));
        self.integrity(ELEMENT, &mut out);
        out.push_str("></script>\n");
        let (name, fallback) = match &self.shown {
            Shown::Reader => ("offprint-reader", "Articles"),
            Shown::Article(_) => ("offprint-article", "Article"),
            Shown::List(_) => ("offprint-list", "Articles"),
        };
        let (src, id, limit) = (self.src(), self.id(), self.limit());
        let attributes = [
            ("src", Some(&*src)),
            ("article-id", id),
            ("limit", limit.as_deref()),
            ("category", self.category),
            ("theme", self.theme),
        ];
        let _ = write!(out, "<{name}");
        for (attribute_name, value) in attributes {
            if let Some(value) = value {
                let _ = write!(out, " {attribute_name}=\"{}\"", attribute(value));
            }
        }
        let _ = writeln!(
            out,
            "><a href=\"{}\">{fallback}</a></{name}>",
            attribute(&src)
        );
        out
    }

    /// The frame, and the script that gives it its height.
    pub fn frame(&self) -> String {
        let title = match self.shown {
            Shown::Article(_) => "Article",
            Shown::Reader | Shown::List(_) => "Articles",
        };
        // A `style` would need a page's policy to allow it; `frameborder` is of HTML 4, and takes the border away everywhere.
        let mut out = format!(
            "<iframe data-offprint src=\"{}\" title=\"{title}\" width=\"100%\" height=\"600\" frameborder=\"0\" loading=\"lazy\" referrerpolicy=\"strict-origin\" sandbox=\"{SANDBOX}\"></iframe>\n",
            attribute(&self.frame_address())
        );
        // A site's script stays at its address and changes: only that of a folder can be pinned.
        let script = [&self.place.url, FRAME_SCRIPT].concat();
        let _ = write!(out, "<script async src=\"{}\"", attribute(&script));
        if !self.place.is_site() {
            self.integrity(FRAME_SCRIPT, &mut out);
        }
        out.push_str("></script>\n");
        out
    }

    /// The digests of the modules that the element loads, for browsers that know `integrity` in import maps. It can stand only in
    /// the page itself.
    pub fn import_map(&self) -> Option<String> {
        let folder = self.place.reader();
        // A key without a scheme is an address only if it begins so.
        let folder = match self.place.is_absolute() || folder.starts_with(['/', '.']) {
            true => folder,
            false => format!("./{folder}"),
        };
        let is_loaded =
            |name: &str| name.ends_with(".js") && name != ELEMENT && !OF_PAGES.contains(&name);
        let mut digests = Map::new();
        for (name, bytes) in self.place.files().filter(|(name, _)| is_loaded(name)) {
            let digest = json!(sha384(bytes));
            digests.insert(format!("{folder}{name}"), digest.clone());
            for again in STARTS.1.iter().filter(|_| name == STARTS.0) {
                digests.insert(format!("{folder}{name}{again}"), digest.clone());
            }
        }
        // As in a block of data, `<` could end the element.
        let map = || {
            json!({ "integrity": digests })
                .to_string()
                .replace('<', "\\u003c")
        };
        self.with_integrity.then(map)
    }

    /// The address of the articles.
    pub fn src(&self) -> String {
        let of_place = || self.place.articles(self.id());
        self.src.map_or_else(of_place, str::to_owned)
    }

    fn frame_address(&self) -> String {
        let mut query = Serializer::new(String::new());
        let limit = self.limit();
        for (name, value) in [
            // The page for frames knows the articles of its place by itself.
            ("src", self.src),
            ("article", self.id()),
            ("list", limit.as_deref()),
            ("category", self.category),
            ("theme", self.theme),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let page = [&self.place.url, FRAME_PAGE].concat();
        match query.finish() {
            empty if empty.is_empty() => page,
            query => format!("{page}?{query}"),
        }
    }

    fn id(&self) -> Option<&str> {
        match &self.shown {
            Shown::Article(id) => Some(id),
            Shown::Reader | Shown::List(_) => None,
        }
    }

    fn limit(&self) -> Option<String> {
        match self.shown {
            Shown::List(limit) => Some(limit.to_string()),
            Shown::Reader | Shown::Article(_) => None,
        }
    }

    /// What others hold for one's page is pinned; one's own files are changed with the page.
    fn integrity(&self, name: &str, out: &mut String) {
        let is_pinned = self.place.is_absolute() || self.with_integrity;
        if let Some(bytes) = self.place.file(name).filter(|_| is_pinned) {
            let _ = write!(out, " integrity=\"{}\" crossorigin", sha384(bytes));
        }
    }
}

#[cfg(test)]
#[path = "tests/snippet.rs"]
mod tests;
