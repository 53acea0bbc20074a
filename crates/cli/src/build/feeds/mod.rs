//! Feeds of the newest articles, of the site or of one of its lists: [`json_feed`] and [`atom`].
//!
//! Entries are written as they come, so that a long feed needs no more memory than its longest article. Nothing in a feed
//! comes from the clock: it changes when an article does.

pub mod atom;
pub mod json_feed;

use super::whole::whole;
use super::{Addresses, Entry, Site, paths};
use article::{Article, ArticleContent, Date, Document};

/// The format of articles, as an address that names it.
pub const FORMAT: &str = "urn:offprint:format:1";

/// What a feed says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Feed<'a> {
    /// The site it belongs to.
    pub site: &'a Site,
    /// Plain text: the site's title, or that of a list.
    pub title: &'a str,
    /// Its own path: `"feed.json"`.
    pub path: &'a str,
    /// The path of the page that lists the same articles: `""` for the front page.
    pub home: &'a str,
    /// The way from the feed to the root of the site: `"./"`.
    pub root: &'a str,
}

impl<'a> Feed<'a> {
    /// The feed of the whole site.
    pub fn of_site(site: &'a Site, path: &'a str) -> Feed<'a> {
        Feed {
            site,
            title: &site.title,
            path,
            home: "",
            root: "./",
        }
    }

    fn addresses(&self) -> Addresses<'a> {
        Addresses {
            site: self.site,
            root: self.root,
        }
    }

    /// What tells one thing of the site from everything else in the world, as long as the site stays where it is.
    fn id_of(&self, path: &str) -> String {
        self.site.address(path).unwrap_or_else(|| {
            let site = paths::encoded(&self.site.title);
            format!("urn:offprint:site:{site}:{path}")
        })
    }

    /// The text of an article, with addresses that work in a feed.
    fn content(&self, article: &Article) -> Document {
        let mut content = ArticleContent::of(article);
        let page = paths::article(&article.id);
        self.addresses().place(&mut content, &page);
        let mut document = whole(article, content);
        if let (Some(image), Some(article::Block::Figure { image: lead, .. })) =
            (&article.image, document.blocks.first_mut())
            && let Some(src) = article::SafeUrl::image(&self.addresses().of(&image.src))
        {
            lead.src = src;
        }
        document
    }
}

/// The newest change of all entries.
pub fn newest_change<'a>(entries: impl Iterator<Item = Entry<'a>>) -> Option<Date> {
    entries
        .filter_map(|entry| entry.changed())
        .max_by_key(Date::sort_key)
}

/// A moment, where a format has no room for a day: its midnight in UTC.
fn moment(date: Date) -> String {
    match date.time {
        Some(_) => date.to_string(),
        None => format!("{date}T00:00:00Z"),
    }
}
