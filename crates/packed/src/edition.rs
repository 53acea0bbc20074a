//! The data of a built edition: the files that a reader fetches of a site, each a packed value.
//!
//! ```text
//! data/edition.json     the one that changes: names the index
//! Index                 what the masthead and the filters need, and the names of all others
//! CardNames             the names of the CardBlocks of older articles
//! CardBlock             the cards of CARDS_PER_BLOCK articles, and the names of their Opened
//! Opened                one article
//! IdBucket              where the articles of some ids are
//! TagBucket             which articles have some tags
//! Categories            the category of each article of a range
//! SearchFiles           where the parts of the search are, and the hits that its results show
//! HitBlock              the cards and texts of some articles, for results
//! ```
//!
//! Articles are numbered by ascending date, undated ones first, so that a new one is added at the end: the newest
//! first is the order backwards.

use article::Edition;

use crate::card::Card;
use crate::stream::{Input, Packed, packed_struct, put_number};

pub use crate::search_files::{
    ARTICLES_PER_RANGE, Hit, HitBlock, HitPlace, SearchFiles, part_path, seal, stamp_of,
};

/// How many cards a block has.
pub const CARDS_PER_BLOCK: usize = 32;

/// How many blocks a [`CardNames`] names; so many at least, of the newest articles, the index names itself.
pub const BLOCKS_PER_NAMES: usize = 32;

/// The first ten bytes of the SHA-256 of a file.
pub type Hash = [u8; 10];

/// A file of an edition: a file of its own, or a part of a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blob {
    /// What its bytes hash to.
    pub hash: Hash,
    /// In bytes.
    pub length: u32,
    /// The pack it is in ([`Index::packs`]) and the byte where it begins there.
    pub place: Option<(u32, u32)>,
}

/// What the masthead and the filters need, and the names of all other files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// What the edition says of itself.
    pub edition: Edition,
    /// How many articles there are.
    pub n_articles: u32,
    /// How many of these have a date: the last ones.
    pub n_dated: u32,
    /// The categories, in the order of the filter.
    pub categories: Vec<Category>,
    /// The packs.
    pub packs: Vec<Hash>,
    /// [`CardNames`] of the oldest articles, in their order: most of what an index would hold, and what is seldom asked for.
    pub older_cards: Vec<Blob>,
    /// [`CardBlock`]s of all others, in the order of the articles.
    pub cards: Vec<Blob>,
    /// [`IdBucket`]s, by [`bucket`] of the id.
    pub ids: Vec<Blob>,
    /// [`TagBucket`]s, by [`bucket`] of the slug.
    pub tags: Vec<Blob>,
    /// [`Categories`], range after range from the oldest article, so that one more changes the last alone; none where no
    /// article has a category.
    pub category_of: Vec<Blob>,
    /// Where the search is; none where there is no article.
    pub search: Option<SearchName>,
}

/// Where the search of an edition begins: two files that can be fetched side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchName {
    /// The folder of its index, as [`SearchFiles::stamp`].
    pub stamp: Hash,
    /// The [`SearchFiles`].
    pub files: Blob,
}

/// A category of an edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// The folder of its page.
    pub slug: String,
    /// How many articles it has.
    pub n_articles: u32,
}

/// Where the cards of older articles are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardNames {
    /// [`BLOCKS_PER_NAMES`] [`CardBlock`]s, in the order of the articles.
    pub blocks: Vec<Blob>,
}

/// The cards of some articles, each with the name of its [`Opened`](crate::Opened).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardBlock {
    /// In the order of the articles.
    pub cards: Vec<(Card, Blob)>,
}

/// Where the articles of some ids are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IdBucket {
    /// An id and the number of its article, in the order of the ids.
    pub ids: Vec<(String, u32)>,
}

/// Which articles have some tags.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagBucket {
    /// In the order of the slugs.
    pub tags: Vec<TagList>,
}

/// The articles of a tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagList {
    /// Its slug.
    pub slug: String,
    /// The tag, as the first article has it.
    pub name: String,
    /// The numbers of its articles, ascending.
    pub docs: Vec<u32>,
}

/// The category of each article of a range: one more than its place in [`Index::categories`], 0 for none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Categories {
    /// In the order of the articles.
    pub of: Vec<u32>,
}

/// In which of so many buckets a key is: FNV-1a, 32 bits.
pub fn bucket(key: &str, n_buckets: usize) -> usize {
    let hash = key.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash as usize % n_buckets.max(1)
}

/// A hash as it stands in the name of a file: base 32 of RFC 4648 §6, in lower case, which keeps apart on every
/// file system.
pub fn hash_name(hash: &Hash) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut name = String::with_capacity(16);
    for five in hash.chunks(5) {
        let bits = five
            .iter()
            .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for shift in (0..40).step_by(5).rev() {
            name.push(char::from(DIGITS[(bits >> shift & 31) as usize]));
        }
    }
    name
}

impl Packed for Blob {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.hash);
        self.length.put(out);
        self.place.put(out);
    }

    fn take(input: &mut Input) -> Option<Blob> {
        Some(Blob {
            hash: Packed::take(input)?,
            length: Packed::take(input)?,
            place: Packed::take(input)?,
        })
    }
}

impl Packed for Hash {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn take(input: &mut Input) -> Option<Hash> {
        let mut hash = Hash::default();
        for byte in &mut hash {
            *byte = input.byte()?;
        }
        Some(hash)
    }
}

/// Of the numbers, what each adds to the one before.
impl Packed for TagList {
    fn put(&self, out: &mut Vec<u8>) {
        self.slug.put(out);
        self.name.put(out);
        put_number(out, self.docs.len() as u64);
        let mut before = 0;
        for &doc in &self.docs {
            put_number(out, u64::from(doc - before));
            before = doc;
        }
    }

    fn take(input: &mut Input) -> Option<TagList> {
        let (slug, name) = (Packed::take(input)?, Packed::take(input)?);
        let mut docs = Vec::new();
        let mut doc = 0_u32;
        for _ in 0..input.length()? {
            doc = doc.checked_add(Packed::take(input)?)?;
            docs.push(doc);
        }
        Some(TagList { slug, name, docs })
    }
}

packed_struct!(Index {
    edition,
    n_articles,
    n_dated,
    categories,
    packs,
    older_cards,
    cards,
    ids,
    tags,
    category_of,
    search,
});
packed_struct!(SearchName { stamp, files });
packed_struct!(Category {
    name,
    slug,
    n_articles
});
packed_struct!(CardNames { blocks });
packed_struct!(CardBlock { cards });
packed_struct!(IdBucket { ids });
packed_struct!(TagBucket { tags });
packed_struct!(Categories { of });

impl crate::Pack for Index {}
impl crate::Pack for CardNames {}
impl crate::Pack for CardBlock {}
impl crate::Pack for IdBucket {}
impl crate::Pack for TagBucket {}
impl crate::Pack for Categories {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{pack, unpack};

    #[test]
    fn names_of_hashes() {
        assert_eq!(hash_name(&[0; 10]), "aaaaaaaaaaaaaaaa");
        assert_eq!(hash_name(&[0xff; 10]), "7777777777777777");
        // RFC 4648 §10: BASE32("foobar") begins with MZXW6YTB.
        assert_eq!(&hash_name(b"fooba12345")[..8], "mzxw6ytb");
    }

    #[test]
    fn round_trips() {
        let blob = Blob {
            hash: [7; 10],
            length: 300,
            place: Some((1, 70_000)),
        };
        let index = Index {
            edition: Edition::default(),
            n_articles: 2,
            n_dated: 1,
            categories: vec![Category {
                name: "Sea".into(),
                slug: "sea".into(),
                n_articles: 1,
            }],
            packs: vec![[1; 10]],
            older_cards: vec![Blob::default()],
            cards: vec![blob],
            ids: vec![Blob::default()],
            tags: vec![],
            category_of: vec![blob, Blob::default()],
            search: Some(SearchName {
                stamp: [3; 10],
                files: blob,
            }),
        };
        assert_eq!(unpack::<Index>(&pack(&index)), Some(index));
        let tags = TagBucket {
            tags: vec![TagList {
                slug: "a".into(),
                name: "A".into(),
                docs: vec![0, 3, 300],
            }],
        };
        assert_eq!(unpack::<TagBucket>(&pack(&tags)), Some(tags));
        let ids = IdBucket {
            ids: vec![("x".into(), 9)],
        };
        assert_eq!(unpack::<IdBucket>(&pack(&ids)), Some(ids));
    }
}
