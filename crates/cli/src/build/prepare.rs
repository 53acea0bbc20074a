//! [`prepare`]: what has to be known of all articles before the first page is made: their cards, which of them are alike, and
//! the pictures they name, and which of their links lead nowhere.

use super::cards::{Cards, Original};
use super::dead_links::{self, DeadLinks};
use super::images::{Named, Pictures, named};
use super::plan::Plan;
use super::site::Site;
use super::sitemap;
use super::spool::{self, Spool};
use anyhow::Result;
use article::{Alike, ArticleContent, ArticleWords};
use packed::{Card, pack};
use rayon::prelude::*;
use std::path::Path;

/// What is known of all articles.
pub struct Prepared {
    /// What lists show of them.
    pub cards: Cards,
    /// Which are near to each other.
    pub alike: Alike,
    /// What they name.
    pub pictures: Pictures,
    /// Of what they lead to, what is not there.
    pub dead_links: DeadLinks,
}

/// Takes the cards, words and pictures of all articles, the newest first, `batch` at a time; `done` is called for each.
pub fn prepare(
    path: &Path,
    site: &Site,
    spool: &Spool,
    plan: &Plan,
    batch: usize,
    done: &(dyn Fn() + Sync),
) -> Result<Prepared> {
    let mut cards = Cards::create(path, plan.order.len())?;
    let mut alike = Alike::default();
    let mut pictures = Pictures::default();
    let mut dead_links = DeadLinks::default();
    let language = site.language.as_deref();
    // The newest first, as `Alike` takes them.
    let docs: Vec<u32> = (0..plan.order.len() as u32).rev().collect();
    for docs in docs.chunks(batch) {
        let made: Vec<_> = docs
            .par_iter()
            .map(|&doc| {
                done();
                let entry = &spool.entries[plan.order[doc as usize] as usize];
                let json = spool.json(entry)?;
                let article = spool::parse(&json)?;
                let words = ArticleWords::of(&article);
                let published = article.published;
                let Named {
                    pictures: images,
                    articles,
                } = named(&article, &ArticleContent::of(&article));
                let dead = dead_links::of_article(entry, &article, &articles, plan, spool);
                let card = Card::of(article.clone(), language);
                let page =
                    sitemap::Page::of(site, &super::articles::entry(site, &article, &json, &card));
                let original =
                    page.map_or(Original::Elsewhere, |page| Original::Here(page.changed));
                Ok((pack(&card), original, words, published, images, dead, entry))
            })
            .collect::<Result<_>>()?;
        for (&doc, (card, original, words, published, images, dead, entry)) in docs.iter().zip(made)
        {
            cards.put(doc, &card, &images, original)?;
            alike.add(&words, published);
            pictures.add(images, entry.folder);
            dead_links.add(plan.order[doc as usize], dead);
        }
    }
    alike.finish();
    Ok(Prepared {
        cards,
        alike,
        pictures,
        dead_links,
    })
}
