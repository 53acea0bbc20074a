//! [`SearchFiles`]: where the search of a built edition is, and [`HitBlock`]: what its results show.
//!
//! ```text
//! data/search/STAMP/NAME.bin     the parts of the index (`search::Part`)
//! data/hits/RANGE/N.bin          a sealed HitBlock: so many articles, the Nth of a range of ARTICLES_PER_RANGE
//!
//! sealed   range 10  block u32  checksum u64  packed HitBlock      numbers have the lowest byte first
//! ```
//!
//! A range is named by a hash of its blocks. Each block says which it is and whether it is whole, as it is not named itself:
//! the names of all blocks of a million articles would be more than anybody's first query.

use crate::edition::{Hash, hash_name};
use crate::stream::{Input, Packed, packed_struct, put_number};
use crate::texts::Texts;
use crate::{Pack, unpack};

/// How many articles have one folder of [`HitBlock`]s.
pub const ARTICLES_PER_RANGE: u32 = 1024;

/// A sealed block without its content.
const SEAL: usize = 10 + 4 + 8;

/// Where the search of a built edition is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchFiles {
    /// The folder of the index; the first eight bytes are the stamp in its parts.
    pub stamp: Hash,
    /// How many articles there are.
    pub n_articles: u32,
    /// How many of them a [`HitBlock`] has: a power of two up to [`ARTICLES_PER_RANGE`].
    pub per_block: u32,
    /// The folders of the hits, in the order of the articles.
    pub ranges: Vec<Hash>,
}

/// Where the hit of an article is.
#[derive(Clone, Debug, PartialEq)]
pub struct HitPlace {
    /// The hash of its range.
    pub range: Hash,
    /// The block in it.
    pub block: u32,
    /// The place in the block.
    pub ix: usize,
}

/// What rows of results need of some articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HitBlock {
    /// In the order of the articles.
    pub hits: Vec<Hit>,
}

/// What a row of results needs of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Its packed [`Card`](crate::Card): whoever cuts passages has no use for what is in it.
    pub card: Vec<u8>,
    /// Its texts.
    pub texts: Texts,
}

impl SearchFiles {
    /// The stamp in the parts of the index.
    pub fn stamp(&self) -> u64 {
        stamp_of(&self.stamp)
    }

    /// Where the hit of an article is.
    pub fn place(&self, doc: u32) -> Option<HitPlace> {
        let range = *self.ranges.get((doc / ARTICLES_PER_RANGE) as usize)?;
        let at = doc % ARTICLES_PER_RANGE;
        let block = at.checked_div(self.per_block)?;
        (doc < self.n_articles).then(|| HitPlace {
            range,
            block,
            ix: (at % self.per_block) as usize,
        })
    }
}

/// The stamp in the parts of an index of this name.
pub fn stamp_of(name: &Hash) -> u64 {
    let bytes = name.iter().take(8).enumerate();
    bytes.fold(0, |stamp, (ix, byte)| stamp | u64::from(*byte) << (8 * ix))
}

/// The path of a part of the index, from the folder of the data.
pub fn part_path(stamp: &Hash, part: &str) -> String {
    format!("search/{}/{part}.bin", hash_name(stamp))
}

impl HitPlace {
    /// The path of its block, from the folder of the data.
    pub fn path(&self) -> String {
        format!("hits/{}/{}.bin", hash_name(&self.range), self.block)
    }

    /// The block of these bytes, where they are that very block and whole.
    pub fn open(&self, bytes: &[u8]) -> Option<HitBlock> {
        let (seal, content) = bytes.split_at_checked(SEAL)?;
        (seal == seal_of(&self.range, self.block, content)).then(|| unpack(content))?
    }
}

/// The packed blocks of a range, sealed once its hash is known.
pub fn seal(range: &Hash, block: u32, content: &[u8]) -> Vec<u8> {
    let mut bytes = seal_of(range, block, content);
    bytes.extend_from_slice(content);
    bytes
}

fn seal_of(range: &Hash, block: u32, content: &[u8]) -> Vec<u8> {
    let mut seal = Vec::with_capacity(SEAL + content.len());
    seal.extend_from_slice(range);
    seal.extend_from_slice(&block.to_le_bytes());
    // FNV-1a, 64 bits: against accidents on the way, as the hash that whole files are named by needs a secure page.
    let checksum = content.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    seal.extend_from_slice(&checksum.to_le_bytes());
    seal
}

impl Packed for Hit {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, self.card.len() as u64);
        out.extend_from_slice(&self.card);
        self.texts.put(out);
    }

    fn take(input: &mut Input) -> Option<Hit> {
        let length = input.length()?;
        Some(Hit {
            card: input.bytes(length)?.to_vec(),
            texts: Packed::take(input)?,
        })
    }
}

packed_struct!(SearchFiles {
    stamp,
    n_articles,
    per_block,
    ranges
});
packed_struct!(HitBlock { hits });

impl Pack for SearchFiles {}
impl Pack for HitBlock {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Card, pack};

    fn files() -> SearchFiles {
        SearchFiles {
            stamp: *b"0123456789",
            n_articles: 1500,
            per_block: 4,
            ranges: vec![[1; 10], [2; 10]],
        }
    }

    #[test]
    fn places() {
        let all = files();
        assert_eq!(unpack::<SearchFiles>(&pack(&all)), Some(all.clone()));
        assert_eq!(all.stamp().to_le_bytes(), *b"01234567");
        #[track_caller]
        fn check(doc: u32, expect: Option<(u8, u32, usize)>) {
            let place = files().place(doc);
            let place = place.map(|place| (place.range[0], place.block, place.ix));
            assert_eq!(place, expect, "{doc}");
        }
        check(0, Some((1, 0, 0)));
        check(7, Some((1, 1, 3)));
        check(1023, Some((1, 255, 3)));
        check(1024, Some((2, 0, 0)));
        check(1499, Some((2, 118, 3)));
        check(1500, None);
        check(u32::MAX, None);
        let odd = SearchFiles {
            per_block: 0,
            ..all.clone()
        };
        assert_eq!(odd.place(3), None);
        let place = all.place(1027).expect("a place");
        assert_eq!(place.path(), format!("hits/{}/0.bin", hash_name(&[2; 10])));
    }

    #[test]
    fn a_block_is_the_one_meant_and_whole() {
        let hit = Hit {
            card: pack(&Card {
                title: "Tides".into(),
                ..Card::default()
            }),
            texts: Texts {
                body: "The sea.".into(),
                ..Texts::default()
            },
        };
        let place = HitPlace {
            range: [7; 10],
            block: 3,
            ix: 0,
        };
        let block = HitBlock {
            hits: vec![hit.clone(), hit.clone()],
        };
        let bytes = seal(&place.range, 3, &pack(&block));
        assert_eq!(place.open(&bytes), Some(block));
        let other = HitPlace {
            block: 4,
            ..place.clone()
        };
        assert_eq!(other.open(&bytes), None);
        let other = HitPlace {
            range: [8; 10],
            ..place.clone()
        };
        assert_eq!(other.open(&bytes), None);
        for at in 0..bytes.len() {
            assert_eq!(place.open(&bytes[..at]), None);
            let mut altered = bytes.clone();
            altered[at] ^= 1;
            assert_eq!(place.open(&altered), None, "{at}");
        }
    }
}
