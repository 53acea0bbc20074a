//! [`BuiltLibrary`]: a library over the files of a built edition (`crates/packed/src/edition.rs`).
//!
//! It fetches nothing itself: what is asked for and not here is put on a list, which the host works through. Cards and
//! articles are kept for a while, the oldest are let go first; what was let go is fetched again from the browser's cache.

use std::cell::RefCell;
use std::rc::Rc;

use article::{Edition, name_slug};
use packed::edition::{
    BLOCKS_PER_NAMES, Blob, CARDS_PER_BLOCK, CardBlock, CardNames, Categories, IdBucket, Index,
    TagBucket, bucket,
};
use packed::{Card, Opened, Overview, Pack, unpack};

use super::{Library, Lookup};

/// How many files are kept. In a list that is narrowed, each card may stand in a block of its own, and what is built of it
/// has to fit in, or one would drive out the other for ever: three screens of the largest hold fewer cards.
const FILES_KEPT: usize = 512;

/// How many cards are kept of those that the search has brought.
const FOUND_KEPT: usize = 2048;

/// A library over the files of a built edition.
pub struct BuiltLibrary {
    /// As it came.
    bytes: Vec<u8>,
    index: Index,
    overview: Overview,
    newest_first: Rc<[u32]>,
    counts: Rc<[u32]>,
    /// The one used last at the end.
    files: RefCell<Vec<(Blob, File)>>,
    /// Cards that the search has brought.
    found: RefCell<Vec<(usize, Rc<Card>)>>,
    asked: RefCell<Vec<Blob>>,
    wanted: RefCell<Vec<Blob>>,
}

/// A file that is here.
#[derive(Clone)]
enum File {
    Names(Rc<CardNames>),
    Cards(Rc<[(Rc<Card>, Blob)]>),
    Ids(Rc<IdBucket>),
    Tags(Rc<[(TagNames, Rc<[u32]>)]>),
    Categories(Rc<Categories>),
    Article(Rc<Opened>),
}

/// The slug and the name of a tag.
type TagNames = [String; 2];

/// What a file is, which its name does not tell.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Names,
    Cards,
    Ids,
    Tags,
    Categories,
    Article,
}

impl BuiltLibrary {
    /// A library over the index of an edition; `None` where it is of another version.
    pub fn new(bytes: Vec<u8>) -> Option<BuiltLibrary> {
        let index: Index = unpack(&bytes)?;
        let counts = index.categories.iter().map(|category| category.n_articles);
        let names = index
            .categories
            .iter()
            .map(|category| category.name.clone());
        Some(BuiltLibrary {
            overview: Overview {
                // Relative addresses start from the site.
                edition: Edition {
                    base_url: None,
                    ..index.edition.clone()
                },
                n_dated: index.n_dated,
                categories: names.collect(),
                categories_by_name: (0..index.categories.len() as u32).collect(),
                ..Overview::default()
            },
            newest_first: (0..index.n_articles).rev().collect(),
            counts: counts.collect(),
            bytes,
            index,
            files: RefCell::default(),
            found: RefCell::default(),
            asked: RefCell::default(),
            wanted: RefCell::default(),
        })
    }

    /// Whether another one is over the same index.
    pub fn is_same(&self, other: &BuiltLibrary) -> bool {
        self.bytes == other.bytes
    }

    /// What the edition's files are.
    pub fn index(&self) -> &Index {
        &self.index
    }

    fn file(&self, blob: Blob) -> Option<File> {
        let mut files = self.files.borrow_mut();
        if let Some(at) = files.iter().position(|(here, _)| *here == blob) {
            let end = files.len() - at;
            files[at..].rotate_left(1 % end);
            return files.last().map(|(_, file)| file.clone());
        }
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&blob) {
            asked.push(blob);
            self.wanted.borrow_mut().push(blob);
        }
        None
    }

    /// What the file of this name is.
    fn kind(&self, blob: &Blob) -> Kind {
        let index = &self.index;
        let files = self.files.borrow();
        let is_named = |(_, file): &(Blob, File)| match file {
            File::Names(names) => names.blocks.contains(blob),
            _ => false,
        };
        if index.older_cards.contains(blob) {
            Kind::Names
        } else if index.cards.contains(blob) || files.iter().any(is_named) {
            Kind::Cards
        } else if index.ids.contains(blob) {
            Kind::Ids
        } else if index.tags.contains(blob) {
            Kind::Tags
        } else if index.category_of.contains(blob) {
            Kind::Categories
        } else {
            Kind::Article
        }
    }

    fn read(&self, blob: &Blob, bytes: &[u8]) -> Option<File> {
        fn value<T: Pack>(bytes: &[u8]) -> Option<T> {
            unpack(bytes)
        }
        Some(match self.kind(blob) {
            Kind::Cards => {
                let block: CardBlock = value(bytes)?;
                let cards = block.cards.into_iter();
                File::Cards(
                    cards
                        .map(|(card, article)| (Rc::new(card), article))
                        .collect(),
                )
            }
            Kind::Names => File::Names(Rc::new(value(bytes)?)),
            Kind::Ids => File::Ids(Rc::new(value(bytes)?)),
            Kind::Tags => {
                let bucket: TagBucket = value(bytes)?;
                let lists = bucket.tags.into_iter();
                File::Tags(
                    lists
                        .map(|list| ([list.slug, list.name], list.docs.into()))
                        .collect(),
                )
            }
            Kind::Categories => File::Categories(Rc::new(value(bytes)?)),
            Kind::Article => File::Article(Rc::new(value(bytes)?)),
        })
    }

    /// A tag and its articles.
    fn tag(&self, tag: &str) -> Lookup<(TagNames, Rc<[u32]>)> {
        let slug = name_slug(tag);
        let buckets = &self.index.tags;
        let Some(blob) = buckets.get(bucket(&slug, buckets.len())) else {
            return Lookup::Missing;
        };
        match self.file(*blob) {
            Some(File::Tags(lists)) => {
                let found = lists.iter().find(|([known, _], _)| *known == slug);
                found.cloned().into()
            }
            Some(_) => Lookup::Missing,
            None => Lookup::Coming,
        }
    }

    /// The card at a position and the name of its article.
    fn entry(&self, ix: usize) -> Lookup<(Rc<Card>, Blob)> {
        let block = ix / CARDS_PER_BLOCK;
        let older = &self.index.older_cards;
        let blob = match older.get(block / BLOCKS_PER_NAMES) {
            None => {
                let at = block - older.len() * BLOCKS_PER_NAMES;
                self.index.cards.get(at).copied()
            }
            Some(names) => match self.file(*names) {
                Some(File::Names(names)) => names.blocks.get(block % BLOCKS_PER_NAMES).copied(),
                Some(_) => None,
                None => return Lookup::Coming,
            },
        };
        let Some(blob) = blob else {
            return Lookup::Missing;
        };
        match self.file(blob) {
            Some(File::Cards(cards)) => cards.get(ix % CARDS_PER_BLOCK).cloned().into(),
            Some(_) => Lookup::Missing,
            None => Lookup::Coming,
        }
    }
}

impl Library for BuiltLibrary {
    fn overview(&self) -> &Overview {
        &self.overview
    }

    fn n_articles(&self) -> usize {
        self.index.n_articles as usize
    }

    fn newest_first(&self) -> Rc<[u32]> {
        self.newest_first.clone()
    }

    fn position(&self, id: &str) -> Lookup<usize> {
        let buckets = &self.index.ids;
        let Some(blob) = buckets.get(bucket(id, buckets.len())) else {
            return Lookup::Missing;
        };
        match self.file(*blob) {
            Some(File::Ids(bucket)) => {
                let at = bucket.ids.binary_search_by(|(known, _)| (**known).cmp(id));
                at.ok().map(|at| bucket.ids[at].1 as usize).into()
            }
            Some(_) => Lookup::Missing,
            None => Lookup::Coming,
        }
    }

    fn id(&self, ix: usize) -> Lookup<String> {
        self.card(ix).map(|card| card.id.clone())
    }

    fn card(&self, ix: usize) -> Lookup<Rc<Card>> {
        if let here @ Lookup::Here(_) = self.found_card(ix) {
            return here;
        }
        self.entry(ix).map(|(card, _)| card)
    }

    fn found_card(&self, ix: usize) -> Lookup<Rc<Card>> {
        let found = self.found.borrow();
        let card = found.iter().find(|(kept, _)| *kept == ix);
        card.map_or(Lookup::Coming, |(_, card)| Lookup::Here(card.clone()))
    }

    fn keep_card(&self, ix: usize, card: &[u8]) {
        let mut found = self.found.borrow_mut();
        let card = unpack(card).filter(|_| found.iter().all(|(kept, _)| *kept != ix));
        if let Some(card) = card {
            if found.len() >= FOUND_KEPT {
                found.remove(0);
            }
            found.push((ix, Rc::new(card)));
        }
    }

    fn fetches_results(&self) -> bool {
        true
    }

    fn article(&self, ix: usize) -> Lookup<Rc<Opened>> {
        match self.entry(ix) {
            Lookup::Here((_, blob)) => match self.file(blob) {
                Some(File::Article(opened)) => Lookup::Here(opened),
                Some(_) => Lookup::Missing,
                None => Lookup::Coming,
            },
            Lookup::Missing => Lookup::Missing,
            Lookup::Coming => Lookup::Coming,
        }
    }

    fn categories(&self) -> Lookup<Rc<[u32]>> {
        // All are asked for at once, whichever of them are here.
        let mut of = Vec::new();
        let mut is_whole = true;
        for blob in &self.index.category_of {
            match self.file(*blob) {
                Some(File::Categories(range)) => of.extend_from_slice(&range.of),
                Some(_) => return Lookup::Missing,
                None => is_whole = false,
            }
        }
        match is_whole {
            true => Lookup::Here(of.into()),
            false => Lookup::Coming,
        }
    }

    fn category_counts(&self) -> Option<Rc<[u32]>> {
        Some(self.counts.clone())
    }

    fn tagged(&self, tag: &str) -> Lookup<Rc<[u32]>> {
        self.tag(tag).map(|(_, docs)| docs)
    }

    fn tag_name(&self, tag: &str) -> String {
        let known = self.tag(tag).here();
        known.map_or_else(|| tag.to_owned(), |([_, name], _)| name)
    }

    fn wanted(&self) -> Vec<Blob> {
        self.wanted.take()
    }

    fn take(&self, blob: &Blob, bytes: &[u8]) -> bool {
        self.give_up(blob);
        let Some(file) = self.read(blob, bytes) else {
            return false;
        };
        let mut files = self.files.borrow_mut();
        if files.len() >= FILES_KEPT {
            files.remove(0);
        }
        files.push((*blob, file));
        true
    }

    fn give_up(&self, blob: &Blob) {
        self.asked.borrow_mut().retain(|asked| asked != blob);
    }
}
