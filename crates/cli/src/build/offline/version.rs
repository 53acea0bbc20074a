//! [`Version`]: the version manifest, `data/HASH.json`: all the files that one version of a site needs to be whole.
//!
//! ```text
//! {"format": 1, "app": [FILE…], "more": [FILE…], "search": {"bytes", "files", "list"} | null, "articles": [{"id", "files": [FILE…]}…]}
//! FILE = [path, hash, length]
//! ```
//!
//! Whoever returns after one article more fetches what has changed of it, so that what changes with every article is left out of the
//! version of a large edition, or is small.

use super::super::output::Output;
use super::super::runtime::{Assets, Use};
use super::search_list::Listed;
use super::{Kept, Newest, SearchList};
use anyhow::{Context, Result};
use packed::edition::{BLOCKS_PER_NAMES, Blob, CARDS_PER_BLOCK, Hash, Index};
use serde::Serialize;

/// An edition of so many articles is small: all its cards are kept, and the first page of each category.
const SMALL: usize = 1_024;

/// Of a larger one, the cards of so many of the newest articles.
const NEWEST_CARDS: usize = 256;

/// Of what else the data of a larger edition has, so many bytes.
const TABLES_MAX: u64 = 512 << 10;

/// Whether an edition of so many articles is small.
pub fn has_whole_lists(n_articles: usize) -> bool {
    n_articles <= SMALL
}

/// The version manifest.
#[derive(Debug, Serialize)]
pub struct Version {
    format: u32,
    app: Vec<Kept>,
    more: Vec<Kept>,
    search: Option<Listed>,
    articles: Vec<Newest>,
}

impl Version {
    /// The version of these pages, files of the reader, data and articles; the list of the search is written.
    pub fn of(
        pages: Vec<Kept>,
        assets: &Assets,
        (index, blob): (&Index, &Blob),
        search: SearchList,
        articles: Vec<Newest>,
        output: &Output,
    ) -> Result<Version> {
        let of_reader = |wanted: Use| {
            let files = assets.files.iter().filter(move |(to, _)| *to == wanted);
            files.map(|(_, kept)| kept.clone())
        };
        let mut app = pages;
        app.extend(of_reader(Use::Site));
        app.extend(Kept::data(blob, &index.packs));
        app.extend(data(index));
        Ok(Version {
            format: 1,
            app,
            more: of_reader(Use::Saved).collect(),
            search: search.write(output)?,
            articles,
        })
    }

    /// Writes it, and gives its name.
    pub fn write(&self, output: &Output) -> Result<Hash> {
        let text = serde_json::to_vec(self).context("the version manifest cannot be written")?;
        output.list(text)
    }
}

/// What is kept of the data: cards, and the tables that say where articles are, of what category, and with which tags.
fn data(index: &Index) -> Vec<Kept> {
    let n_articles = index.n_articles as usize;
    let first = match has_whole_lists(n_articles) {
        true => 0,
        // The index itself names those of more articles than these.
        false => {
            let n_older = index.older_cards.len() * BLOCKS_PER_NAMES;
            ((n_articles - NEWEST_CARDS) / CARDS_PER_BLOCK).saturating_sub(n_older)
        }
    };
    let of = |blobs: &[Blob]| -> Vec<Kept> {
        let files = blobs.iter();
        files
            .filter_map(|blob| Kept::data(blob, &index.packs))
            .collect()
    };
    let mut kept = of(index.cards.get(first..).unwrap_or_default());
    let mut n_bytes = 0;
    // A table is of use as a whole: what is asked for can be in any of its parts.
    for table in [&index.category_of, &index.ids] {
        let table = of(table);
        let more: u64 = table.iter().map(Kept::length).sum();
        if has_whole_lists(n_articles) || n_bytes + more <= TABLES_MAX {
            n_bytes += more;
            kept.extend(table);
        }
    }
    // One article more changes a part for each of its tags, some 5 kB each where there are twenty thousand articles.
    if has_whole_lists(n_articles) {
        kept.extend(of(&index.tags));
    }
    kept
}
