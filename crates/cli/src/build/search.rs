//! [`write`]: the search of a site: its index, and what results show (`packed::edition::SearchFiles`).
//!
//! 1. Prints say which ranges of hits, and whether the index, are as in the last build: these are linked, file by file.
//! 2. The texts of the others are read in one pass over the spool, a range of articles at a time: several threads read and pack
//!    the next range while one adds the last to the index.
//! 3. The index is cut into its parts, which are written by several threads.
//!
//! The folder of an index is named by all that it is made of; that of a range of hits by its content.

use super::articles::Source;
use super::offline::SearchList;
use super::output::{Output, Parts};
use super::print::{Print, Printer, hash};
use anyhow::{Context, Result};
use offprint_search_worker::fields_of;
use packed::edition::{
    ARTICLES_PER_RANGE, Hash, Hit, HitBlock, SearchFiles, hash_name, part_path, seal, stamp_of,
};
use packed::{Texts, pack};
use rayon::prelude::*;
use search::{Builder, Part};
use std::ops::Range;

/// A file of hits has about so many bytes: as much as a result needs, and what comes along in vain is little.
const HITS_GOAL: usize = 2 << 10;

/// So many bytes of parts are written at once.
const PARTS_AT_ONCE: usize = 8 << 20;

/// Writes the search of the articles, which have about so many bytes each, and lists its files; none where there is no article.
pub fn write(
    source: &Source,
    output: &Output,
    n_bytes_each: usize,
    list: &mut SearchList,
) -> Result<Option<SearchFiles>> {
    let n_articles = source.plan.order.len() as u32;
    if n_articles == 0 {
        return Ok(None);
    }
    let search = Search {
        source,
        output,
        language: source.site.language.as_deref(),
        per_block: per_block(n_bytes_each),
    };
    let ranges: Vec<Range<u32>> = (0..n_articles)
        .step_by(ARTICLES_PER_RANGE as usize)
        .map(|first| first..n_articles.min(first + ARTICLES_PER_RANGE))
        .collect();
    let prints: Vec<Print> = ranges.par_iter().map(|docs| search.print(docs)).collect();
    let mut kept: Vec<Option<(Hash, Parts)>> = Vec::new();
    for (ix, print) in prints.iter().enumerate() {
        kept.push(output.keep_folder(&name(ix), print, "data/hits")?);
    }
    let print = prints
        .iter()
        .fold(Printer::new("search"), |all, print| all.bytes(print));
    let print = print.print();
    let kept_index = output.keep_folder("search", &print, "data/search")?;
    let has_index = kept_index.is_some();
    let mut stamp = Hash::default();
    stamp.copy_from_slice(&print[..10]);

    let mut builder = (!has_index).then(Builder::new);
    let mut folders = Vec::with_capacity(ranges.len());
    // What was read, and waits for its turn in the index.
    let mut waiting: Vec<Texts> = Vec::new();
    for ((ix, docs), kept) in ranges.iter().enumerate().zip(kept) {
        let kept = match (kept, has_index) {
            (Some((folder, parts)), true) => {
                folders.push(folder);
                list.add(parts)?;
                continue;
            }
            (kept, _) => kept,
        };
        let (folder, ()) = rayon::join(
            || search.range(ix, docs, &prints[ix], kept),
            || add_all(builder.as_mut(), &waiting),
        );
        let ((folder, parts), texts) = folder?;
        folders.push(folder);
        list.add(parts)?;
        waiting = texts;
    }
    add_all(builder.as_mut(), &waiting);
    drop(waiting);
    if let Some(builder) = builder {
        list.add(search.index(builder, &stamp, &print)?)?;
    }
    if let Some((_, parts)) = kept_index {
        list.add(parts)?;
    }
    Ok(Some(SearchFiles {
        stamp,
        n_articles,
        per_block: search.per_block,
        ranges: folders,
    }))
}

fn add_all(builder: Option<&mut Builder>, waiting: &[Texts]) {
    if let Some(builder) = builder {
        for texts in waiting {
            fields_of(texts, |fields| builder.add(fields));
        }
    }
}

fn name(range: usize) -> String {
    format!("hits {range}")
}

/// How many articles of about so many bytes have one file of hits: a power of two, which seldom changes, and of these the one
/// with which a file comes nearest to the size aimed at.
fn per_block(n_bytes_each: usize) -> u32 {
    // As a ratio: up to √2 times the size, as the half of it would be farther below.
    let is_near = |n: &u32| {
        let n_bytes = n_bytes_each.saturating_mul(*n as usize);
        n_bytes.saturating_pow(2) <= 2 * HITS_GOAL.pow(2)
    };
    (1..=6)
        .rev()
        .map(|power| 1 << power)
        .find(is_near)
        .unwrap_or(1)
}

/// What is asked at each step.
struct Search<'a> {
    source: &'a Source<'a>,
    output: &'a Output,
    language: Option<&'a str>,
    per_block: u32,
}

impl Search<'_> {
    /// All that the hits of a range, and its part of the index, are made of.
    fn print(&self, docs: &Range<u32>) -> Print {
        let mut print = Printer::new("hits")
            .number(u64::from(self.per_block))
            .option(self.language);
        for doc in docs.clone() {
            print = print
                .bytes(&self.source.entry(doc).print)
                .bytes(self.source.cards.print(doc));
        }
        print.print()
    }

    /// The folder of a range, which is written where it was not kept, and the texts of its articles.
    fn range(
        &self,
        ix: usize,
        docs: &Range<u32>,
        print: &Print,
        kept: Option<(Hash, Parts)>,
    ) -> Result<((Hash, Parts), Vec<Texts>)> {
        let texts = docs.clone().into_par_iter().map(|doc| {
            let article = self.source.article(doc)?;
            Ok(Texts::with(article, self.language))
        });
        let mut texts: Vec<Texts> = texts.collect::<Result<_>>()?;
        if let Some(folder) = kept {
            return Ok((folder, texts));
        }
        let blocks = texts.par_chunks_mut(self.per_block as usize).enumerate();
        let blocks = blocks.map(|(block, texts)| {
            let first = docs.start + block as u32 * self.per_block;
            let hits = texts.iter_mut().zip(first..).map(|(texts, doc)| {
                let card = pack(&self.source.cards.card(doc)?);
                let texts = std::mem::take(texts);
                Ok(Hit { card, texts })
            });
            let block = HitBlock {
                hits: hits.collect::<Result<_>>()?,
            };
            let bytes = pack(&block);
            // They were only lent: the index wants them, too.
            for (texts, hit) in texts.iter_mut().zip(block.hits) {
                *texts = hit.texts;
            }
            Ok(bytes)
        });
        let blocks: Vec<Vec<u8>> = blocks.collect::<Result<_>>()?;
        let folder = hash(&blocks.concat());
        let written = (0_u32..).zip(&blocks).collect::<Vec<_>>();
        let written = written.into_par_iter().map(|(block, bytes)| {
            let path = format!("data/hits/{}/{block}.bin", hash_name(&folder));
            let bytes = seal(&folder, block, bytes);
            let blob = self.output.part(&path, *print, bytes)?;
            Ok((path, blob))
        });
        let parts: Parts = written.collect::<Result<_>>()?;
        self.output
            .note_folder(&name(ix), *print, folder, blocks.len());
        Ok(((folder, parts), texts))
    }

    /// Cuts the index into parts and writes them.
    fn index(&self, builder: Builder, stamp: &Hash, print: &Print) -> Result<Parts> {
        let index = builder.finish();
        let mut parts: Vec<(Part, Vec<u8>)> = Vec::new();
        let (mut n_bytes, mut n_parts) = (0, 0);
        let mut written: Result<()> = Ok(());
        let mut all = Parts::new();
        index.write(stamp_of(stamp), &mut |part, bytes| {
            n_bytes += bytes.len();
            n_parts += 1;
            parts.push((part, bytes));
            if n_bytes >= PARTS_AT_ONCE && written.is_ok() {
                n_bytes = 0;
                written = (self.parts(std::mem::take(&mut parts), stamp, print))
                    .map(|parts| all.extend(parts));
            }
        });
        written.context("the search index cannot be written")?;
        all.extend(self.parts(parts, stamp, print)?);
        self.output.note_folder("search", *print, *stamp, n_parts);
        Ok(all)
    }

    fn parts(&self, parts: Vec<(Part, Vec<u8>)>, stamp: &Hash, print: &Print) -> Result<Parts> {
        let written = parts.into_par_iter().map(|(part, bytes)| {
            let path = format!("data/{}", part_path(stamp, &part.name()));
            let blob = self.output.part(&path, *print, bytes)?;
            Ok((path, blob))
        });
        written.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(n_bytes_each: usize, expect: u32) {
        assert_eq!(per_block(n_bytes_each), expect, "{n_bytes_each}");
    }

    #[test]
    fn files_of_hits_are_about_the_size_aimed_at() {
        check(0, 64);
        check(1, 64);
        check(100, 16);
        check(500, 4);
        check(700, 4);
        check(750, 2);
        // Short news: one alone would be half of it.
        check(1041, 2);
        check(1448, 2);
        check(1449, 1);
        check(60_000, 1);
        check(usize::MAX, 1);
    }
}
