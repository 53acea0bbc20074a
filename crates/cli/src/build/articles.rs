//! [`Articles`]: what is made of each article: its data, its page, its JSON and its text.

use super::Addresses;
use super::cards::Cards;
use super::compress::Effort;
use super::data::{Data, Part};
use super::frame::{Frame, Page};
use super::head::{About, Head};
use super::offline::{ArticleFiles, Kept, OfArticle};
use super::output::Output;
use super::plain::article_text;
use super::plan::Plan;
use super::print::{Print, Printer};
use super::site::{self, Site, paths};
use super::spool::{self, Entry, Spool};
use anyhow::Result;
use article::{Alike, Article, Edition, Products};
use offprint::prerender::{self, Face, Shown};
use packed::edition::Blob;
use packed::{Card, NEAREST, Neighbour, Opened, RelatedArticle, pack};
use rayon::prelude::*;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

/// Where some articles have no page, so many times as many are looked at to find near ones that have.
const SPARE: usize = 8;

/// The articles of a build, and the order they are in.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// What the site says of itself.
    pub site: &'a Site,
    /// What stands in each `article.json` beside the article.
    pub edition: &'a Edition,
    /// The articles.
    pub spool: &'a Spool,
    /// Their order.
    pub plan: &'a Plan,
    /// Their cards.
    pub cards: &'a Cards,
    /// Which of them are alike.
    pub alike: &'a Alike,
}

impl<'a> Source<'a> {
    /// What is kept of an article in memory.
    pub fn entry(&self, doc: u32) -> &'a Entry {
        &self.spool.entries[self.plan.order[doc as usize] as usize]
    }

    /// An article.
    pub fn article(&self, doc: u32) -> Result<Article> {
        spool::parse(&self.spool.json(self.entry(doc))?)
    }

    /// The cards of the related articles, by what the article names or else by what is alike.
    fn related(
        &self,
        article: &Article,
        doc: u32,
        products: &mut Products,
    ) -> Result<Vec<RelatedArticle>> {
        if article.related.is_empty() {
            let last = self.plan.order.len() - 1;
            let n_wanted = match self.plan.first_shown {
                0 => NEAREST,
                _ => NEAREST * SPARE,
            };
            let near = self.alike.nearest(last - doc as usize, n_wanted, products);
            let own = near
                .into_iter()
                .map(|rank| (last - rank as usize) as u32)
                .filter(|&near| self.leads(doc, near))
                .take(NEAREST)
                .map(|near| self.cards.card(near));
            return own.map(|card| Ok(RelatedArticle::own(card?))).collect();
        }
        let mut related = Vec::new();
        for given in &article.related {
            let number = given
                .id
                .as_deref()
                .and_then(|id| self.plan.number(self.spool, id));
            if number.is_some_and(|number| !self.leads(doc, number)) {
                continue;
            }
            let own = number.map(|number| self.cards.card(number)).transpose()?;
            related.extend(RelatedArticle::given(given, own.map(RelatedArticle::own)));
        }
        Ok(related)
    }

    /// Whether one article may lead to another: from a page only to pages, so that the links work without scripts. What
    /// has no page is shown by the reader alone, which has all articles.
    fn leads(&self, from: u32, to: u32) -> bool {
        self.plan.is_shown(to) || !self.plan.is_shown(from)
    }

    fn neighbour(&self, from: u32, doc: Option<u32>) -> Result<Option<Neighbour>> {
        let is_there = |doc: &u32| (*doc as usize) < self.plan.order.len();
        let Some(doc) = doc.filter(|doc| is_there(doc) && self.leads(from, *doc)) else {
            return Ok(None);
        };
        let Card { id, title, .. } = self.cards.card(doc)?;
        Ok(Some(Neighbour { id, title }))
    }
}

/// What is made of each article.
#[derive(Clone, Copy)]
pub struct Articles<'a> {
    /// The articles.
    pub source: Source<'a>,
    /// What all pages show; an article's page shows no counts.
    pub face: &'a Face,
    /// The document around.
    pub frame: &'a Frame<'a>,
    /// Where files are written.
    pub output: &'a Output,
}

impl Articles<'_> {
    /// Makes what is made of the articles of these numbers, and gives their parts of the data. `done` is called for each. The files of
    /// those with a page go into `files`, where they are wanted.
    pub fn write(
        &self,
        docs: Range<u32>,
        data: &mut Data,
        files: Option<&mut ArticleFiles>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<Blob>> {
        let maker = data.maker();
        let made: Vec<(Part, Option<Written>)> = docs
            .clone()
            .into_par_iter()
            .map_init(
                || (Rc::new(self.face.clone()), Products::default()),
                |(face, products), doc| {
                    done();
                    let one = One::of(&self.source, doc, products)?;
                    let print = Printer::new("opened").bytes(&one.print);
                    let part = maker.make(&format!("opened {}", one.entry.id), print, || {
                        Ok(pack(&**one.opened()))
                    })?;
                    let is_shown = self.source.plan.is_shown(doc);
                    let written = is_shown.then(|| self.files(&one, face)).transpose()?;
                    Ok((part, written))
                },
            )
            .collect::<Result<_>>()?;
        let mut opened = Vec::with_capacity(made.len());
        let mut of = Vec::new();
        for (doc, (part, written)) in docs.zip(made) {
            let blob = data.put_opened(doc, part)?;
            opened.push(blob);
            of.extend(written.map(|Written { title, files }| OfArticle {
                doc,
                title,
                files,
                opened: blob,
            }));
        }
        if let Some(files) = files {
            files.write(of, data.packs())?;
        }
        Ok(opened)
    }

    fn files(&self, one: &One, face: &Rc<Face>) -> Result<Written> {
        let id = &one.entry.id;
        let Source { site, edition, .. } = self.source;
        let file = |name: &str| format!("article/{id}/{name}");
        let of_site = |kind: &str| Printer::new(kind).bytes(&self.frame.print);

        let print = of_site("page").bytes(&one.print).print();
        let page = self
            .output
            .file(&file("index.html"), print, Effort::Page, || {
                Ok(self.page(one, face).into_bytes())
            })?;
        let print = of_site("json").bytes(&one.entry.print).print();
        let json = self
            .output
            .file(&file("article.json"), print, Effort::Page, || {
                Ok(spool::collection_of_one(edition, &one.json).into_bytes())
            })?;
        let root = "../../";
        let path = paths::article(id);
        let oembed = || {
            one.with_entry(site, |entry| {
                let about = About::Article(entry);
                Head {
                    site,
                    root,
                    path: &path,
                    about,
                }
                .oembed()
            })
        };
        if site.base_url.is_some() && !site.no_oembed {
            let print = of_site("oembed").bytes(&one.entry.print).print();
            // A copy of it would be as long.
            self.output
                .file(&file("oembed.json"), print, Effort::None, || {
                    Ok(oembed().unwrap_or_default().into_bytes())
                })?;
        }
        let print = of_site("text").bytes(&one.entry.print).print();
        self.output
            .file(&file("article.txt"), print, Effort::Page, || {
                let addresses = Addresses {
                    site,
                    root: "../../",
                };
                Ok(one
                    .with_entry(site, |entry| article_text(&addresses, entry))
                    .into_bytes())
            })?;
        let named = [(path.clone(), page), (paths::article_json(id), json)].into_iter();
        Ok(Written {
            title: one.article.title.clone(),
            files: named
                .filter_map(|(path, blob)| Some(Kept::file(path, &blob?)))
                .collect(),
        })
    }

    fn page(&self, one: &One, face: &Rc<Face>) -> String {
        let site = self.source.site;
        let root = "../../";
        let body = prerender::page(face, Shown::Article(one.opened().clone()), root);
        let path = paths::article(&one.entry.id);
        let head = one.with_entry(site, |entry| {
            Head {
                site,
                root,
                path: &path,
                about: About::Article(entry),
            }
            .html()
        });
        self.frame.document(&Page {
            root,
            language: one.article.language.as_deref(),
            head: &head,
            body: &body,
            script: Some("site.js"),
            ..Page::default()
        })
    }
}

/// What was written of an article with a page.
struct Written {
    title: String,
    /// Its page and its JSON.
    files: Vec<Kept>,
}

/// An article with its surroundings.
struct One<'a> {
    entry: &'a Entry,
    json: String,
    article: Article,
    card: Card,
    language: Option<&'a str>,
    related: Vec<RelatedArticle>,
    newer: Option<Neighbour>,
    older: Option<Neighbour>,
    /// The fingerprint of all of it.
    print: Print,
    opened: OnceCell<Rc<Opened>>,
}

impl<'a> One<'a> {
    fn of(source: &Source<'a>, doc: u32, products: &mut Products) -> Result<One<'a>> {
        let entry = source.entry(doc);
        let json = source.spool.json(entry)?;
        let article = spool::parse(&json)?;
        let language = source.site.language.as_deref();
        let related = source.related(&article, doc, products)?;
        let newer = source.neighbour(doc, doc.checked_add(1))?;
        let older = source.neighbour(doc, doc.checked_sub(1))?;
        let mut print = Printer::new("article").bytes(&entry.print).option(language);
        for RelatedArticle {
            id,
            url,
            title,
            excerpt,
            category,
            published,
        } in &related
        {
            print = print
                .option(id.as_deref())
                .option(url.as_ref().map(article::SafeUrl::as_str))
                .text(title)
                .option(excerpt.as_deref())
                .option(category.as_deref())
                .option(published.map(|date| date.to_string()).as_deref());
        }
        for neighbour in [&newer, &older] {
            let parts = neighbour
                .as_ref()
                .map(|Neighbour { id, title }| (id, title));
            print = print
                .option(parts.map(|(id, _)| &**id))
                .option(parts.map(|(_, title)| &**title));
        }
        Ok(One {
            card: source.cards.card(doc)?,
            print: print.print(),
            entry,
            json,
            article,
            language,
            related,
            newer,
            older,
            opened: OnceCell::new(),
        })
    }

    fn opened(&self) -> &Rc<Opened> {
        self.opened.get_or_init(|| {
            Rc::new(Opened::with(
                self.article.clone(),
                self.language,
                self.related.clone(),
                self.newer.clone(),
                self.older.clone(),
            ))
        })
    }

    /// Calls a function of what feeds and heads know of an article.
    fn with_entry<T>(&self, site: &Site, call: impl FnOnce(&site::Entry) -> T) -> T {
        call(&entry(site, &self.article, &self.json, &self.card))
    }
}

/// What feeds and heads know of an article.
pub fn entry<'a>(
    site: &'a Site,
    article: &'a Article,
    json: &'a str,
    card: &'a Card,
) -> site::Entry<'a> {
    site::Entry {
        article,
        json,
        excerpt: &card.excerpt,
        reading_time: card.reading_time,
        language: article.language.as_deref().or(site.language.as_deref()),
    }
}
