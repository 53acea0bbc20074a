//! [`prepare`]: what has to be known of all articles before the first page is made: their cards, which of them are alike, and
//! the pictures they name.

use super::cards::{Cards, Original};
use super::images::{Pictures, named};
use super::plan::Plan;
use super::site::Site;
use super::sitemap;
use super::spool::{self, Spool};
use anyhow::Result;
use article::{Alike, ArticleContent, ArticleWords};
use packed::{Card, pack};
use rayon::prelude::*;
use std::path::Path;

/// Takes the cards, words and pictures of all articles, the newest first, `batch` at a time; `done` is called for each.
pub fn prepare(
    path: &Path,
    site: &Site,
    spool: &Spool,
    plan: &Plan,
    batch: usize,
    done: &(dyn Fn() + Sync),
) -> Result<(Cards, Alike, Pictures)> {
    let mut cards = Cards::create(path, plan.order.len())?;
    let mut alike = Alike::default();
    let mut pictures = Pictures::default();
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
                let images = named(&article, &ArticleContent::of(&article));
                let card = Card::of(article.clone(), language);
                let page =
                    sitemap::Page::of(site, &super::articles::entry(site, &article, &json, &card));
                let original =
                    page.map_or(Original::Elsewhere, |page| Original::Here(page.changed));
                Ok((pack(&card), original, words, published, images, entry))
            })
            .collect::<Result<_>>()?;
        for (&doc, (card, original, words, published, images, entry)) in docs.iter().zip(made) {
            cards.put(doc, &card, &images, original)?;
            alike.add(&words, published);
            pictures.add(images, entry.folder);
        }
    }
    alike.finish();
    Ok((cards, alike, pictures))
}
