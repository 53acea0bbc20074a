//! [`Extras`]: what is written beside the pages: feeds, sitemaps, the list for language models, the manifest of the
//! application, `robots.txt`, and the pages for what is not there or not here.

use super::articles::{Source, entry};
use super::cards::Original;
use super::compress::Effort;
use super::feeds::{self, Feed};
use super::frame::{Frame, Page};
use super::head::{About, Head};
use super::offline::{self, Kept, Pages};
use super::output::Output;
use super::plan::Topic;
use super::print::Printer;
use super::site::{self, Site, paths};
use super::{llms, manifest, robots, sitemap};
use anyhow::{Context, Result};
use article::Article;
use offprint::prerender::{self, Face, Shown};
use packed::Card;
use packed::edition::Blob;
use rayon::prelude::*;
use std::rc::Rc;

/// A feed has so many of the newest articles.
const FEED_MAX: usize = 50;

/// The list for language models has so many of the newest articles: it is to be read at once.
const LLMS_MAX: usize = 1_000;

/// A sitemap of news has so many at most.
const NEWS_MAX: usize = 1_000;

/// What is written beside the pages.
#[derive(Clone, Copy)]
pub struct Extras<'a> {
    /// The articles.
    pub source: Source<'a>,
    /// What all pages show.
    pub face: &'a Face,
    /// The document around.
    pub frame: &'a Frame<'a>,
    /// Where files are written.
    pub output: &'a Output,
    /// The icons that the site has.
    pub icons: &'a [&'static str],
    /// Whether the site is read without a network.
    pub is_offline: bool,
}

/// An article that was read again, with what feeds say of it.
struct Read {
    article: Article,
    json: String,
    card: Card,
}

impl Extras<'_> {
    /// Writes all of them; gives those that are there without a network.
    pub fn write(&self) -> Result<Vec<Kept>> {
        self.feeds_of(None)?;
        let plan = self.source.plan;
        let categories: Vec<_> = plan.shown(&plan.categories).collect();
        categories
            .par_iter()
            .try_for_each(|(topic, _)| self.feeds_of(Some(topic)))?;
        self.lists()?;
        let manifest = self.for_machines()?;
        let manifest = manifest.map(|blob| Kept::file("manifest.webmanifest", &blob));
        self.not_there()?;
        let pages = Pages {
            site: self.source.site,
            frame: self.frame,
            output: self.output,
        };
        let offline = offline::offline(&pages, self.is_offline)?;
        let saved = match self.is_offline {
            true => offline::saved(&pages)?,
            false => None,
        };
        Ok([offline, saved, manifest].into_iter().flatten().collect())
    }

    fn text(&self, path: &str, text: String) -> Result<Option<Blob>> {
        let print = Printer::new("text").text(&text).print();
        self.output
            .file(path, print, Effort::Page, || Ok(text.into_bytes()))
    }

    /// The newest articles of a list, in turn.
    fn newest<'b>(&'b self, topic: Option<&'b Topic>) -> impl Iterator<Item = u32> + 'b {
        let n_all = self.source.plan.order.len();
        let n_of = topic.map_or(n_all, |topic| topic.docs.len());
        let docs = (0..n_of).rev().map(move |position| match topic {
            Some(topic) => topic.docs[position],
            None => position as u32,
        });
        docs.take_while(|doc| self.source.plan.is_shown(*doc))
    }

    fn read(&self, doc: u32) -> Result<Read> {
        let json = self.source.spool.json(self.source.entry(doc))?;
        Ok(Read {
            article: super::spool::parse(&json)?,
            card: self.source.cards.card(doc)?,
            json,
        })
    }

    fn entry<'b>(&'b self, read: &'b Read) -> site::Entry<'b> {
        entry(self.source.site, &read.article, &read.json, &read.card)
    }

    /// The feeds of the site or of a category.
    fn feeds_of(&self, topic: Option<&Topic>) -> Result<()> {
        let site = self.source.site;
        let docs: Vec<u32> = self.newest(topic).take(FEED_MAX).collect();
        let mut print = Printer::new("feed").bytes(&self.frame.print);
        for doc in &docs {
            print = print.bytes(&self.source.entry(*doc).print);
        }
        let print = print.print();
        let read = || {
            docs.iter()
                .map(|doc| self.read(*doc))
                .collect::<Result<Vec<Read>>>()
        };
        let folder = topic.map_or(String::new(), |topic| format!("category/{}/", topic.slug));
        let home = topic.map_or(String::new(), |topic| {
            paths::list("category", &topic.slug, 1)
        });
        let feed = |path| Feed {
            title: topic.map_or(&*site.title, |topic| &*topic.name),
            path,
            home: &home,
            root: if topic.is_some() { "../../" } else { "./" },
            ..Feed::of_site(site, path)
        };
        let path = [&*home, "feed.json"].concat();
        self.output
            .file(&format!("{folder}feed.json"), print, Effort::Page, || {
                let read = read()?;
                let mut out = Vec::new();
                feeds::json_feed::write(
                    &feed(&path),
                    read.iter().map(|read| self.entry(read)),
                    &mut out,
                )?;
                Ok(out)
            })?;
        let path = [&*home, "feed.xml"].concat();
        self.output
            .file(&format!("{folder}feed.xml"), print, Effort::Page, || {
                let read = read()?;
                let entries = || read.iter().map(|read| self.entry(read));
                let mut out = Vec::new();
                let changed = feeds::newest_change(entries());
                feeds::atom::write(&feed(&path), changed, entries(), &mut out)?;
                Ok(out)
            })?;
        Ok(())
    }

    /// Sitemaps, `robots.txt` and the list for language models.
    fn lists(&self) -> Result<()> {
        let Source {
            site, plan, cards, ..
        } = self.source;
        let mut sitemaps = Vec::new();
        if site.base_url.is_some() {
            let n_all = plan.order.len();
            let shown = plan.first_shown..n_all as u32;
            let pages = shown.filter_map(|doc| match cards.original(doc) {
                Original::Here(changed) => Some(sitemap::Page {
                    path: paths::article(&self.source.entry(doc).id),
                    changed,
                }),
                Original::Elsewhere => None,
            });
            let list = |path: String| sitemap::Page {
                path,
                changed: None,
            };
            let lists = |kind, topics: &'_ [Topic]| -> Vec<sitemap::Page> {
                let topics = plan.shown(topics);
                let paths = topics.map(|(topic, _)| paths::list(kind, &topic.slug, 1));
                paths.map(list).collect()
            };
            // What comes and goes most stands last.
            let all = std::iter::once(list(String::new()))
                .chain(lists("category", &plan.categories))
                .chain(pages)
                .chain(lists("author", &plan.authors))
                .chain(lists("tag", &plan.tags));
            sitemap::write(site, all, &mut |name, text| {
                self.text(name, text.to_owned())
                    .map(drop)
                    .map_err(std::io::Error::other)
            })?;
            sitemaps.push("sitemap.xml".to_owned());
            let news = self.newest(None).take(NEWS_MAX);
            let news: Vec<Read> = news.map(|doc| self.read(doc)).collect::<Result<_>>()?;
            if let Some(text) = sitemap::news(site, news.iter().map(|read| self.entry(read))) {
                self.text("news-sitemap.xml", text)?;
                sitemaps.push("news-sitemap.xml".to_owned());
            }
        }
        self.text("robots.txt", robots::robots(site, &sitemaps))?;

        let mut docs: Vec<u32> = self.newest(None).take(LLMS_MAX).collect();
        docs.sort_by_key(|doc| match plan.category_of[*doc as usize] {
            0 => u32::MAX,
            category => category,
        });
        let read: Vec<Read> = docs
            .into_iter()
            .map(|doc| self.read(doc))
            .collect::<Result<_>>()?;
        let mut out = Vec::new();
        llms::write(site, read.iter().map(|read| self.entry(read)), &mut out)?;
        self.text(
            "llms.txt",
            String::from_utf8(out).context("llms.txt is not UTF-8")?,
        )?;
        Ok(())
    }

    fn for_machines(&self) -> Result<Option<Blob>> {
        let Source { site, plan, .. } = self.source;
        let categories: Vec<(String, String)> = plan
            .shown(&plan.categories)
            .map(|(topic, _)| (topic.name.clone(), paths::list("category", &topic.slug, 1)))
            .collect();
        let direction = site
            .language
            .as_deref()
            .map_or("auto", prerender::direction);
        self.text(
            "manifest.webmanifest",
            manifest::manifest(&manifest::Of {
                site,
                direction,
                categories: &categories,
                icons: self.icons,
                is_offline: self.is_offline,
            }),
        )
    }

    /// The page for what is not there, which a server shows at any address: so it names its own by the path of the site.
    fn not_there(&self) -> Result<()> {
        let site = self.source.site;
        let root = root_of(site);
        let head = Head {
            site,
            root: &root,
            path: "404.html",
            about: About::NotFound,
        };
        let face = Rc::new(self.face.clone());
        let page = self.frame.document(&Page {
            root: &root,
            head: &head.html(),
            body: &prerender::page(&face, Shown::NotFound, &root),
            ..Page::default()
        });
        self.text("404.html", page)?;
        Ok(())
    }
}

/// The path of the site's root on its host, as a server shows one page at every address.
pub fn root_of(site: &Site) -> String {
    let path = site.base_url.as_ref().map_or("/", |url| url.path());
    match path.ends_with('/') {
        true => path.to_owned(),
        false => format!("{path}/"),
    }
}
