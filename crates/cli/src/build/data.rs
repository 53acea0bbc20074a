//! [`Data`]: the files of the edition that the reader fetches (`packed::edition`).

use super::articles::Source;
use super::offline::{Kept, SearchList};
use super::output::Output;
use super::plan::Topic;
use super::print::{Printer, hash};
use super::search;
use anyhow::Result;
use article::Edition;
use packed::edition::{
    BLOCKS_PER_NAMES, Blob, CARDS_PER_BLOCK, CardBlock, CardNames, Categories, Category, Hash,
    IdBucket, Index, SearchName, TagBucket, TagList, bucket, hash_name,
};
use packed::pack;
use rayon::prelude::*;

/// A bucket of ids has about so many.
const IDS_PER_BUCKET: usize = 512;

/// A bucket of tags has about so many bytes.
const TAG_BUCKET: usize = 16 << 10;

/// A range of categories has those of so many articles at least, a byte each.
const CATEGORY_RANGE_MIN: usize = 4_096;

/// There are no more ranges of categories.
const CATEGORY_RANGES_MAX: usize = 32;

/// So many blocks are made at once: a pack cannot take what comes out of order, and must not make all of it wait in memory.
const BLOCKS_AT_ONCE: usize = 64;

/// No pack is longer, as some hosts take no file of more than 25 MiB.
const PACK_MAX: usize = 24 << 20;

/// A pack is to have about so many bytes, or down to half of that: most articles grow without its being cut.
const PACK_GOAL: usize = 16 << 20;

/// A pack has the data of so many articles at least.
const ARTICLES_PER_PACK_MIN: usize = 64;

/// A pack has the cards of so many articles, at some 400 bytes each.
const CARDS_PER_PACK: usize = 1 << 15;

/// How the data lies in a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// A file for each part.
    #[default]
    Files,
    /// Parts of few large files, fetched by ranges of bytes.
    Packs,
}

/// The data of an edition, being written.
pub struct Data<'a> {
    output: &'a Output,
    layout: Layout,
    n_bytes_each: usize,
    per_pack: usize,
    pack: Vec<u8>,
    packs: Vec<Hash>,
}

/// A part of the data that was made.
#[derive(Debug)]
pub enum Part {
    /// Written already.
    Written(Blob),
    /// To be put into a pack.
    Bytes(Vec<u8>),
}

impl<'a> Data<'a> {
    /// Nothing yet. Articles have about so many bytes.
    pub fn new(output: &'a Output, layout: Layout, n_bytes_each: usize) -> Data<'a> {
        Data {
            output,
            layout,
            n_bytes_each,
            per_pack: per_pack(n_bytes_each),
            pack: Vec::new(),
            packs: Vec::new(),
        }
    }

    /// What makes the parts, by several threads at once.
    pub fn maker(&self) -> PartMaker<'a> {
        PartMaker {
            output: self.output,
            layout: self.layout,
        }
    }

    /// Takes the part of an article of this number.
    pub fn put_opened(&mut self, doc: u32, part: Part) -> Result<Blob> {
        self.begin(doc as usize, self.per_pack)?;
        self.put(part)
    }

    /// Packs end at fixed numbers of articles: so what comes after one that has grown stays where it is.
    fn begin(&mut self, first: usize, per_pack: usize) -> Result<()> {
        match first.is_multiple_of(per_pack) {
            true => self.end_pack(),
            false => Ok(()),
        }
    }

    /// Takes a part; the order of parts is that of the packs.
    pub fn put(&mut self, part: Part) -> Result<Blob> {
        let bytes = match part {
            Part::Written(blob) => return Ok(blob),
            Part::Bytes(bytes) => bytes,
        };
        if self.pack.len() + bytes.len() > PACK_MAX {
            self.end_pack()?;
        }
        let place = (self.packs.len() as u32, self.pack.len() as u32);
        self.pack.extend_from_slice(&bytes);
        Ok(Blob {
            hash: hash(&bytes),
            length: bytes.len() as u32,
            place: Some(place),
        })
    }

    fn end_pack(&mut self) -> Result<()> {
        let pack = std::mem::take(&mut self.pack);
        if pack.is_empty() {
            return Ok(());
        }
        self.packs.push(self.output.pack(&pack)?);
        Ok(())
    }

    /// The names of the packs that are complete.
    pub fn packs(&self) -> &[Hash] {
        &self.packs
    }

    /// All parts of articles are there: their last pack is complete.
    pub fn end_opened(&mut self) -> Result<()> {
        self.end_pack()
    }

    /// Writes everything that is not of one article, whose parts are `opened` by number; gives the index, what its bytes are, and
    /// the files of the search.
    pub fn finish(
        mut self,
        source: &Source,
        edition: Edition,
        opened: &[Blob],
    ) -> Result<(Index, Blob, SearchList)> {
        let mut cards = self.cards(source, opened)?;
        let older_cards = self.older_cards(&mut cards)?;
        let ids = self.ids(source)?;
        let tags = self.tags(&source.plan.tags)?;
        let maker = self.maker();
        let category_of = self.categories(source)?;
        let mut list = SearchList::default();
        let search = search::write(source, self.output, self.n_bytes_each, &mut list)?;
        let search = match search {
            None => None,
            Some(files) => Some(SearchName {
                stamp: files.stamp,
                files: self.put(maker.made("search files", pack(&files))?)?,
            }),
        };
        self.end_pack()?;
        let categories = source.plan.categories.iter().map(|topic| Category {
            name: topic.name.clone(),
            slug: topic.slug.clone(),
            n_articles: topic.docs.len() as u32,
        });
        let index = Index {
            edition,
            n_articles: source.plan.order.len() as u32,
            n_dated: source.plan.n_dated as u32,
            categories: categories.collect(),
            packs: self.packs,
            older_cards,
            cards,
            ids,
            tags,
            category_of,
            search,
        };
        let files = index.search.as_ref().map(|search| &search.files);
        if let Some(files) = files.and_then(|files| Kept::data(files, &index.packs)) {
            list.take(&files)?;
        }
        let bytes = pack(&index);
        let print = Printer::new("index").bytes(&bytes).print();
        let blob = self.output.data("index", print, || Ok(bytes))?;
        Ok((index, blob, list))
    }

    fn cards(&mut self, source: &Source, opened: &[Blob]) -> Result<Vec<Blob>> {
        let maker = self.maker();
        let mut blobs = Vec::new();
        let blocks: Vec<(usize, &[Blob])> = opened.chunks(CARDS_PER_BLOCK).enumerate().collect();
        for blocks in blocks.chunks(BLOCKS_AT_ONCE) {
            let made = blocks.par_iter().map(|&(block, opened)| {
                let first = block * CARDS_PER_BLOCK;
                let cards = opened.iter().enumerate();
                let cards =
                    cards.map(|(ix, blob)| Ok((source.cards.card((first + ix) as u32)?, *blob)));
                let bytes = pack(&CardBlock {
                    cards: cards.collect::<Result<_>>()?,
                });
                maker.made(&format!("cards {block}"), bytes)
            });
            let made: Vec<Part> = made.collect::<Result<_>>()?;
            for (&(block, _), part) in blocks.iter().zip(made) {
                self.begin(block * CARDS_PER_BLOCK, CARDS_PER_PACK)?;
                blobs.push(self.put(part)?);
            }
        }
        Ok(blobs)
    }

    /// Takes the older blocks out of these; gives where their names are.
    fn older_cards(&mut self, cards: &mut Vec<Blob>) -> Result<Vec<Blob>> {
        let n_names = (cards.len() / BLOCKS_PER_NAMES).saturating_sub(1);
        let older: Vec<Blob> = cards.drain(..n_names * BLOCKS_PER_NAMES).collect();
        let maker = self.maker();
        let names = older.chunks(BLOCKS_PER_NAMES).enumerate();
        let made = names.map(|(ix, blocks)| {
            let blocks = blocks.to_vec();
            maker.made(&format!("card names {ix}"), pack(&CardNames { blocks }))
        });
        self.put_all(made.collect::<Result<_>>()?)
    }

    fn ids(&mut self, source: &Source) -> Result<Vec<Blob>> {
        let n_articles = source.plan.order.len();
        let n_buckets = n_articles.div_ceil(IDS_PER_BUCKET).next_power_of_two();
        let mut buckets = vec![IdBucket::default(); n_buckets];
        for &doc in source.plan.by_id() {
            let id = &source.entry(doc).id;
            let ids = &mut buckets[bucket(id, n_buckets)].ids;
            ids.push((String::from(&**id), doc));
        }
        let maker = self.maker();
        let buckets = buckets.into_iter().enumerate();
        let made = buckets.map(|(ix, bucket)| maker.made(&format!("ids {ix}"), pack(&bucket)));
        self.put_all(made.collect::<Result<_>>()?)
    }

    fn tags(&mut self, tags: &[Topic]) -> Result<Vec<Blob>> {
        let size = |topic: &Topic| topic.slug.len() + topic.name.len() + 2 * topic.docs.len() + 4;
        let n_bytes: usize = tags.iter().map(size).sum();
        let n_buckets = n_bytes.div_ceil(TAG_BUCKET).next_power_of_two();
        let mut buckets = vec![TagBucket::default(); n_buckets];
        for topic in tags {
            buckets[bucket(&topic.slug, n_buckets)].tags.push(TagList {
                slug: topic.slug.clone(),
                name: topic.name.clone(),
                docs: topic.docs.clone(),
            });
        }
        let maker = self.maker();
        let buckets = buckets.into_iter().enumerate();
        let made = buckets.map(|(ix, bucket)| maker.made(&format!("tags {ix}"), pack(&bucket)));
        self.put_all(made.collect::<Result<_>>()?)
    }

    fn categories(&mut self, source: &Source) -> Result<Vec<Blob>> {
        if source.plan.categories.is_empty() {
            return Ok(Vec::new());
        }
        let maker = self.maker();
        let of = &source.plan.category_of;
        let ranges = of.chunks(per_category_range(of.len())).enumerate();
        let made = ranges.map(|(ix, of)| {
            let of = of.to_vec();
            maker.made(&format!("categories {ix}"), pack(&Categories { of }))
        });
        self.put_all(made.collect::<Result<_>>()?)
    }

    fn put_all(&mut self, parts: Vec<Part>) -> Result<Vec<Blob>> {
        parts.into_iter().map(|part| self.put(part)).collect()
    }
}

/// How many articles of about so many bytes a pack has: a power of two, which seldom changes.
fn per_pack(n_bytes_each: usize) -> usize {
    let n = (PACK_GOAL / n_bytes_each.max(1)).clamp(ARTICLES_PER_PACK_MIN, 1 << 16);
    1 << n.ilog2()
}

/// How many articles a range of categories has: a power of two, which seldom changes, and so many that the ranges are few, as
/// a reader that narrows a list waits for all of them.
fn per_category_range(n_articles: usize) -> usize {
    let n = n_articles.div_ceil(CATEGORY_RANGES_MAX);
    n.next_power_of_two().max(CATEGORY_RANGE_MIN)
}

/// Makes parts of the data.
#[derive(Clone, Copy)]
pub struct PartMaker<'a> {
    output: &'a Output,
    layout: Layout,
}

impl PartMaker<'_> {
    /// A part of this name, made where it is not there.
    pub fn make(
        &self,
        name: &str,
        print: Printer,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Part> {
        match self.layout {
            Layout::Files => Ok(Part::Written(self.output.data(
                name,
                print.print(),
                make,
            )?)),
            Layout::Packs => Ok(Part::Bytes(make()?)),
        }
    }

    fn made(&self, name: &str, bytes: Vec<u8>) -> Result<Part> {
        self.make(name, Printer::new("data").bytes(&bytes), || Ok(bytes))
    }
}

/// The one file that changes: it names the index, the reader's files that belong to it, and what is kept of both to be read without
/// a network.
pub fn pointer(index: &Blob, runtime: &str, offline: Option<&Hash>) -> String {
    let Blob { hash, length, .. } = index;
    let index = hash_name(hash);
    let offline = match offline {
        Some(version) => format!(",\"offline\":\"{}\"", hash_name(version)),
        None => String::new(),
    };
    format!(
        "{{\"format\":1,\"index\":\"{index}\",\"length\":{length},\"runtime\":\"{runtime}\"{offline}}}\n"
    )
}
