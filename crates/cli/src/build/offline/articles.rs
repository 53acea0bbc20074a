//! [`ArticleFiles`]: the files that each article needs, in `article/ID/files.json`, and those of the newest once more.
//!
//! A part of a pack has an address when its pack is complete. Articles wait for that, those of one pack at most.

use super::super::articles::Source;
use super::super::compress::Effort;
use super::super::images::Copied;
use super::super::output::Output;
use super::super::print::Printer;
use super::{Kept, picture};
use anyhow::{Context, Result};
use packed::edition::{Blob, Hash};
use rayon::prelude::*;
use serde::Serialize;

/// The files of the articles of a build.
pub struct ArticleFiles<'a> {
    source: Source<'a>,
    output: &'a Output,
    copied: &'a Copied,
    /// The first of those that everybody keeps.
    first_newest: u32,
    waiting: Vec<OfArticle>,
    newest: Vec<Newest>,
}

/// What was made of an article.
#[derive(Debug)]
pub struct OfArticle {
    /// Its number.
    pub doc: u32,
    /// Its title.
    pub title: String,
    /// Its page and its JSON.
    pub files: Vec<Kept>,
    /// Its part of the data.
    pub opened: Blob,
}

/// An article that everybody keeps.
#[derive(Debug, Serialize)]
pub struct Newest {
    id: String,
    files: Vec<Kept>,
}

/// `files.json`.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    bytes: u64,
    files: &'a [Kept],
}

impl<'a> ArticleFiles<'a> {
    /// Nothing yet; so many of the newest are kept by everybody.
    pub fn new(
        source: Source<'a>,
        output: &'a Output,
        copied: &'a Copied,
        n_newest: usize,
    ) -> ArticleFiles<'a> {
        let n_articles = source.plan.order.len();
        ArticleFiles {
            source,
            output,
            copied,
            first_newest: n_articles.saturating_sub(n_newest) as u32,
            waiting: Vec::new(),
            newest: Vec::new(),
        }
    }

    /// Takes what was made of articles, in the order of their numbers, and writes what can be written where the packs that are
    /// complete have these names.
    pub fn write(&mut self, made: Vec<OfArticle>, packs: &[Hash]) -> Result<()> {
        self.waiting.extend(made);
        let is_ready = |of: &OfArticle| Kept::data(&of.opened, packs).is_some();
        let ready = self.waiting.partition_point(is_ready);
        let ready: Vec<OfArticle> = self.waiting.drain(..ready).collect();
        let written = ready.into_par_iter().map(|of| self.one(of, packs));
        let newest: Vec<Option<Newest>> = written.collect::<Result<_>>()?;
        self.newest.extend(newest.into_iter().flatten());
        Ok(())
    }

    fn one(&self, of: OfArticle, packs: &[Hash]) -> Result<Option<Newest>> {
        let mut files = of.files;
        files.extend(Kept::data(&of.opened, packs));
        let pictures = self.source.cards.pictures(of.doc)?;
        for address in pictures {
            // Two addresses may be one file.
            let kept = picture(&address, self.copied);
            files.extend(kept.filter(|kept| !files.contains(kept)));
        }
        let id = &self.source.entry(of.doc).id;
        let listed = Listed {
            id,
            title: &of.title,
            bytes: files.iter().map(Kept::length).sum(),
            files: &files,
        };
        let text = serde_json::to_vec(&listed).context("files.json cannot be written")?;
        let print = Printer::new("files").bytes(&text).print();
        // Half of it are hashes: a copy would be nearly as long.
        self.output.file(
            &format!("article/{id}/files.json"),
            print,
            Effort::None,
            || Ok(text),
        )?;
        let is_newest = of.doc >= self.first_newest;
        Ok(is_newest.then(|| Newest {
            id: String::from(&**id),
            files,
        }))
    }

    /// Those that everybody keeps, the newest first.
    pub fn newest(mut self) -> Vec<Newest> {
        self.newest.reverse();
        self.newest
    }
}
