//! [`Lists`]: the pages of lists: of all articles, and of each category, tag and author.

use super::cards::Cards;
use super::compress::Effort;
use super::frame::{Frame, Page};
use super::head::{About, Head};
use super::offline::Kept;
use super::output::Output;
use super::plan::{Plan, Topic};
use super::print::Printer;
use super::site::{Site, paths};
use anyhow::Result;
use offprint::prerender::{self, Face, List, Shown};
use offprint::state::Filter;
use packed::edition::Blob;
use rayon::prelude::*;
use std::ops::Range;
use std::rc::Rc;

/// How many cards a page of a list has where nothing is said: the first two blocks of the reader's.
const CARDS_PER_PAGE: usize = 24;

/// A page has whole blocks of the reader's.
const BLOCK: usize = 12;

/// A list of so many has one page: the reader builds it whole.
const SHORT: usize = 48;

/// What the pages of lists are made of.
#[derive(Clone, Copy)]
pub struct Lists<'a> {
    /// The site.
    pub site: &'a Site,
    /// What all pages show, with the counts of the categories.
    pub face: &'a Face,
    /// The document around.
    pub frame: &'a Frame<'a>,
    /// The order.
    pub plan: &'a Plan,
    /// The cards.
    pub cards: &'a Cards,
    /// How many cards a page has.
    pub per_page: usize,
    /// Where pages are written.
    pub output: &'a Output,
}

/// How many cards a page has where so many are wanted: whole blocks.
pub fn per_page(wanted: Option<usize>) -> usize {
    wanted.map_or(CARDS_PER_PAGE, |n| n.max(1).next_multiple_of(BLOCK))
}

/// A page of a list.
#[derive(Clone, Copy)]
struct ListPage<'a> {
    /// The kind, and whose articles they are; none for the list of all.
    of: Option<(&'static str, &'a Topic)>,
    /// The articles of a topic that have pages.
    docs: &'a [u32],
    /// From 1.
    page: usize,
    n_pages: usize,
    /// How many articles with pages the list has.
    n_all: usize,
    per_page: usize,
}

impl Lists<'_> {
    /// Writes all pages; `done` is called for each. Gives the front page, and the first page of each category.
    pub fn write(&self, done: &(dyn Fn() + Sync)) -> Result<Vec<Kept>> {
        let first: Vec<Option<Kept>> = self
            .pages()
            .into_par_iter()
            .map_init(
                || Rc::new(self.face.clone()),
                |face, page| {
                    done();
                    let blob = self.page(face, &page)?;
                    let is_first =
                        page.page == 1 && page.of.is_none_or(|(kind, _)| kind == "category");
                    Ok(blob
                        .filter(|_| is_first)
                        .map(|blob| Kept::file(page.path(1), &blob)))
                },
            )
            .collect::<Result<_>>()?;
        Ok(first.into_iter().flatten().collect())
    }

    fn pages(&self) -> Vec<ListPage<'_>> {
        let plan = self.plan;
        let mut pages = Vec::new();
        let mut add = |of, docs, n_all: usize| {
            let n_pages = match n_all {
                0..=SHORT => 1,
                _ => n_all.div_ceil(self.per_page),
            };
            pages.extend((1..=n_pages).map(|page| ListPage {
                of,
                docs,
                page,
                n_pages,
                n_all,
                per_page: self.per_page,
            }));
        };
        add(None, &[][..], plan.order.len() - plan.first_shown as usize);
        for (kind, topics) in [
            ("category", &plan.categories),
            ("tag", &plan.tags),
            ("author", &plan.authors),
        ] {
            for (topic, docs) in plan.shown(topics) {
                add(Some((kind, topic)), docs, docs.len());
            }
        }
        pages
    }

    fn page(&self, face: &Rc<Face>, page: &ListPage) -> Result<Option<Blob>> {
        let path = page.path(page.page);
        let depth = path.matches('/').count();
        let root = "../".repeat(depth);
        let range = page.range();
        let docs: Vec<u32> = range
            .clone()
            .map(|position| match page.of {
                Some(_) => page.docs[page.n_all - 1 - position],
                None => (self.plan.order.len() - 1 - position) as u32,
            })
            .collect();
        let mut print = Printer::new("list")
            .bytes(&self.frame.print)
            .number(page.n_pages as u64)
            .number(page.n_all as u64)
            .number(face.n_articles.into());
        for category in &face.categories {
            print = print.number(category.n_articles.into());
        }
        if let Some((_, topic)) = page.of {
            print = print.text(&topic.name);
        }
        for doc in &docs {
            print = print.bytes(self.cards.print(*doc));
        }
        let file = page.file(page.page);
        self.output.file(&file, print.print(), Effort::Page, || {
            let cards = docs.iter().map(|doc| Ok(Rc::new(self.cards.card(*doc)?)));
            let list = List {
                filter: page.filter(),
                n_all: page.n_all,
                first: range.start,
                cards: cards.collect::<Result<_>>()?,
                title: page.title(),
            };
            let body = prerender::page(face, Shown::List(list), &root);
            let head = Head {
                site: self.site,
                root: if root.is_empty() { "./" } else { &root },
                path: &path,
                about: page.about(),
            };
            let newer = (page.page > 1).then(|| page.path(page.page - 1));
            let older = (page.page < page.n_pages).then(|| page.path(page.page + 1));
            let is_author = page.of.is_some_and(|(kind, _)| kind == "author");
            let document = self.frame.document(&Page {
                root: &root,
                language: None,
                head: &head.html(),
                body: &body,
                script: (page.page == 1 && !is_author).then_some("site.js"),
                newer: newer.as_deref(),
                older: older.as_deref(),
            });
            Ok(document.into_bytes())
        })
    }
}

impl<'a> ListPage<'a> {
    /// The positions of the cards in the list.
    fn range(&self) -> Range<usize> {
        if self.n_all <= SHORT {
            return 0..self.n_all;
        }
        let first = (self.page - 1) * self.per_page;
        first..(first + self.per_page).min(self.n_all)
    }

    /// The path of a page of the list, for addresses.
    fn path(&self, page: usize) -> String {
        match self.of {
            Some((kind, topic)) => paths::list(kind, &topic.slug, page),
            None => paths::front(page),
        }
    }

    /// The same as the name of a file.
    fn file(&self, page: usize) -> String {
        let folder = match self.of {
            Some((kind, topic)) => format!("{kind}/{}/", topic.slug),
            None => String::new(),
        };
        match page {
            1 => format!("{folder}index.html"),
            page => format!("{folder}page/{page}/index.html"),
        }
    }

    fn filter(&self) -> Filter {
        let name = self.of.map(|(kind, topic)| (kind, topic.name.clone()));
        match name {
            Some(("category", name)) => Filter {
                category: Some(name),
                ..Filter::default()
            },
            Some(("tag", name)) => Filter {
                tag: Some(name),
                ..Filter::default()
            },
            _ => Filter::default(),
        }
    }

    /// What a filter does not say.
    fn title(&self) -> Option<String> {
        let author = self.of.filter(|(kind, _)| *kind == "author");
        author.map(|(_, topic)| topic.name.clone())
    }

    fn about(&self) -> About<'a> {
        let (page, n_pages) = (self.page, self.n_pages);
        match self.of {
            Some((kind, topic)) => About::List {
                kind,
                slug: &topic.slug,
                name: &topic.name,
                page,
                n_pages,
            },
            None => About::Front { page, n_pages },
        }
    }
}
