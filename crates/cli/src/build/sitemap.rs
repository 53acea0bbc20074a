//! Sitemaps (sitemaps.org) for search engines: [`write()`] for all pages, [`news`] for what is new.
//!
//! Both need the address at which the site will stand; without it there are none.

use super::escape::text;
use super::{Entry, Site, paths};
use article::Date;
use std::fmt::Write;
use std::io;

/// The protocol's limits of a file.
const LIMITS: Limits = Limits {
    n_urls: 50_000,
    n_bytes: 50 * 1024 * 1024,
};

/// Google's limits of a news sitemap: so many articles, and none that is older than two days.
const NEWS_MAX: usize = 1_000;
const NEWS_SECONDS: i64 = 2 * 86_400;

const END: &str = "</urlset>\n";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// How much a file may hold.
#[derive(Clone, Copy)]
struct Limits {
    n_urls: usize,
    n_bytes: usize,
}

/// A page that search engines are to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// From the root of the site.
    pub path: String,
    /// When it last changed.
    pub changed: Option<Date>,
}

impl Page {
    /// The page of an article; `None` where the original stands elsewhere: a sitemap holds originals alone.
    pub fn of(site: &Site, entry: &Entry) -> Option<Page> {
        is_original(site, entry).then(|| Page {
            path: entry.path(),
            changed: entry.changed(),
        })
    }
}

/// Hands over `sitemap.xml`, or where one file is not enough, `sitemap-1.xml`, `sitemap-2.xml`, … and `sitemap.xml` as their
/// index. In an order by ascending date, all but the last stay as they are when pages are added.
pub fn write(
    site: &Site,
    pages: impl IntoIterator<Item = Page>,
    put: &mut dyn FnMut(&str, &str) -> io::Result<()>,
) -> io::Result<()> {
    write_within(LIMITS, site, pages, put)
}

fn write_within(
    limits: Limits,
    site: &Site,
    pages: impl IntoIterator<Item = Page>,
    put: &mut dyn FnMut(&str, &str) -> io::Result<()>,
) -> io::Result<()> {
    if site.base_url.is_none() {
        return Ok(());
    }
    let mut file = File::new();
    let mut files: Vec<Option<Date>> = Vec::new();
    let name = |number: usize| format!("sitemap-{number}.xml");
    for page in pages {
        let Some(address) = site.address(&page.path) else {
            continue;
        };
        let url = url(&address, page.changed);
        let n_bytes = file.xml.len() + url.len() + END.len();
        if file.n_urls == limits.n_urls || n_bytes > limits.n_bytes {
            files.push(file.changed);
            put(&name(files.len()), &file.end())?;
            file = File::new();
        }
        file.add(&url, page.changed);
    }
    if files.is_empty() {
        return put("sitemap.xml", &file.end());
    }
    files.push(file.changed);
    put(&name(files.len()), &file.end())?;
    let mut index =
        format!("{HEAD}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (ix, changed) in files.iter().enumerate() {
        if let Some(address) = site.address(&name(ix + 1)) {
            let place = place(&address, *changed);
            let _ = writeln!(index, "<sitemap>{place}</sitemap>");
        }
    }
    index.push_str("</sitemapindex>\n");
    put("sitemap.xml", &index)
}

/// `news-sitemap.xml`: what appeared in the two days before the newest article did, of entries whose newest come first.
/// Today's date is not asked for: the same articles give the same file. `None` where nothing has a date or an address.
pub fn news<'a>(site: &Site, entries: impl IntoIterator<Item = Entry<'a>>) -> Option<String> {
    let mut xml = format!(
        "{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n"
    );
    let mut newest = None;
    let mut n_urls = 0;
    for entry in entries {
        let Some(published) = entry.article.published else {
            continue;
        };
        let newest = *newest.get_or_insert(published.sort_key());
        if published.sort_key() < newest - NEWS_SECONDS || n_urls == NEWS_MAX {
            break;
        }
        if !is_original(site, &entry) {
            continue;
        }
        let address = site.address(&entry.path())?;
        let language = entry.language.or(site.language.as_deref());
        n_urls += 1;
        let _ = writeln!(
            xml,
            "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name>\
             <news:language>{}</news:language></news:publication>\
             <news:publication_date>{published}</news:publication_date><news:title>{}</news:title></news:news></url>",
            text(&address),
            text(&site.title),
            text(&news_language(language)),
            text(&entry.article.title),
        );
    }
    xml.push_str(END);
    (n_urls > 0).then_some(xml)
}

/// Whether the article has no other address than that of its page.
fn is_original(site: &Site, entry: &Entry) -> bool {
    match (&entry.article.canonical_url, &site.base_url) {
        (Some(url), Some(base)) => {
            let url = url.resolve(base.as_str());
            !url.starts_with("http")
                || Some(url) == site.address(&paths::article(&entry.article.id))
        }
        _ => true,
    }
}

/// The language by ISO 639, but for Chinese, which Google wants with its script's country.
fn news_language(tag: Option<&str>) -> String {
    let tag = tag.unwrap_or("und").to_ascii_lowercase();
    let is_traditional = ["hant", "tw", "hk", "mo"]
        .iter()
        .any(|part| tag.split('-').any(|found| found == *part));
    match tag.split('-').next().unwrap_or_default() {
        "zh" if is_traditional => "zh-tw".to_string(),
        "zh" => "zh-cn".to_string(),
        code => code.to_string(),
    }
}

/// A file that is being filled.
struct File {
    xml: String,
    n_urls: usize,
    changed: Option<Date>,
}

impl File {
    fn new() -> File {
        File {
            xml: format!("{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"),
            n_urls: 0,
            changed: None,
        }
    }

    fn add(&mut self, url: &str, changed: Option<Date>) {
        self.xml.push_str(url);
        self.n_urls += 1;
        let dates = self.changed.into_iter().chain(changed);
        self.changed = dates.max_by_key(Date::sort_key);
    }

    fn end(mut self) -> String {
        self.xml.push_str(END);
        self.xml
    }
}

fn url(address: &str, changed: Option<Date>) -> String {
    format!("<url>{}</url>\n", place(address, changed))
}

fn place(address: &str, changed: Option<Date>) -> String {
    let date = changed.map(|date| format!("<lastmod>{date}</lastmod>"));
    format!("<loc>{}</loc>{}", text(address), date.unwrap_or_default())
}

#[cfg(test)]
mod tests;
