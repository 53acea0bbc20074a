//! [`Site`]: what a site says of itself, from `offprint.toml`, the command line and the collection.

use article::{Article, Date, ReadingTime};
use url::Url;

/// What a site says of itself. What the command line says goes before `offprint.toml`, and that before the collection.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Plain text; never empty.
    pub title: String,
    /// Plain text.
    pub description: Option<String>,
    /// A language tag as of RFC 5646.
    pub language: Option<String>,
    /// Where the site will stand: absolute, with a slash at its end. Without one, what needs absolute addresses
    /// (canonical links, sitemaps, feeds' addresses) does without.
    pub base_url: Option<Url>,
    /// The picture of the publisher, as a path from the root of the site, or absolute.
    pub logo: Option<String>,
    /// The colour of the browser's own parts around the page, for light pages; CSS.
    pub theme_color: Option<String>,
    /// The same for dark pages.
    pub theme_color_dark: Option<String>,
    /// Links in the masthead.
    pub menu: Vec<MenuItem>,
    /// Markdown at the foot of each page.
    pub footer: Option<String>,
    /// The order of categories by name, where it is not that of the alphabet; those not named come after.
    pub category_order: Vec<String>,
    /// Slugs of categories by name, where they are not made of the name.
    pub category_slugs: Vec<(String, String)>,
    /// Whether nobody is told how articles are embedded (oEmbed).
    pub no_oembed: bool,
    /// Whether `icon-touch.png` is there.
    pub has_touch_icon: bool,
}

/// A link in the masthead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// Plain text.
    pub label: String,
    /// A path from the root of the site, or absolute.
    pub url: String,
}

/// An article with what feeds, heads and lists say of it beside its own fields.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its object in a collection: JSON, as it was given.
    pub json: &'a str,
    /// The beginning of its text, plain.
    pub excerpt: &'a str,
    /// How long it takes to read; `None` for an article without text.
    pub reading_time: Option<ReadingTime>,
    /// Its language or the edition's.
    pub language: Option<&'a str>,
}

impl Site {
    /// The absolute address of a path of the site (`"article/tides/"`, `""` for the front page).
    pub fn address(&self, path: &str) -> Option<String> {
        Some(self.base_url.as_ref()?.join(path).ok()?.to_string())
    }

    /// Scheme, host and port of where it will stand.
    pub fn origin(&self) -> Option<String> {
        let base = self.base_url.as_ref()?;
        Some(base.origin().ascii_serialization())
    }
}

impl Entry<'_> {
    /// The path of its page.
    pub fn path(&self) -> String {
        paths::article(&self.article.id)
    }

    /// When it last changed or first appeared.
    pub fn changed(&self) -> Option<Date> {
        self.article.updated.or(self.article.published)
    }
}

/// Paths of the site, from its root, as they stand in addresses: percent-encoded, folders with a slash at the end.
pub mod paths {
    /// The page of an article.
    pub fn article(id: &str) -> String {
        format!("article/{}/", encoded(id))
    }

    /// The plain text of an article.
    pub fn article_text(id: &str) -> String {
        format!("article/{}/article.txt", encoded(id))
    }

    /// The JSON of an article: a collection of one.
    pub fn article_json(id: &str) -> String {
        format!("article/{}/article.json", encoded(id))
    }

    /// What is said of an article to those who embed it.
    pub fn article_oembed(id: &str) -> String {
        format!("article/{}/oembed.json", encoded(id))
    }

    /// A page of the list of a category (`"category"`), tag (`"tag"`) or author (`"author"`); the first has the number 1.
    pub fn list(kind: &str, slug: &str, page: usize) -> String {
        match page {
            0 | 1 => format!("{kind}/{}/", encoded(slug)),
            page => format!("{kind}/{}/page/{page}/", encoded(slug)),
        }
    }

    /// A page of the list of all articles; the first is the front page.
    pub fn front(page: usize) -> String {
        match page {
            0 | 1 => String::new(),
            page => format!("page/{page}/"),
        }
    }

    /// A segment of a path: everything but unreserved characters (RFC 3986 §2.3) percent-encoded.
    pub fn encoded(segment: &str) -> String {
        let mut out = String::with_capacity(segment.len());
        for byte in segment.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    out.push(char::from(byte));
                }
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    }
}
