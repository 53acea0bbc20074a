//! [`Store`]: the parts of an index that are here, and a list of those that were asked for and are not.
//!
//! An index in memory has one shard with everything in it, and lacks nothing. An index in files begins with its manifest;
//! what is not loaded is noted in [`Store::missing`], and whoever asked gets nothing: the answer is then thrown away, the
//! parts are loaded, and the question is asked again. So no answer ever depends on which parts happen to be here.

use crate::beginning::Best;
use crate::dictionary::Dictionary;
use crate::filter::{FilterKind, Filters};
use crate::hash::hash;
use crate::limits::DATES_PER_PART;
use crate::manifest::Manifest;
use crate::part::{self, Damage, Part};
use crate::shard::Shard;
use crate::squeeze::unsqueeze;
use crate::varint::Cursor;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;

/// In a browser what builds an index keeps it in memory: all that reads files is left out of that module.
const NO_FILES: bool = !cfg!(feature = "files");

/// What is here of an index.
pub(crate) struct Store {
    pub manifest: Manifest,
    pub stamp: u64,
    #[cfg(feature = "build")]
    whole: Option<Whole>,
    loaded: BTreeMap<Part, Loaded>,
    /// Counts the uses of parts, to know which was used longest ago.
    clock: Cell<u64>,
    missing: RefCell<Vec<Part>>,
}

/// An index in memory.
#[derive(Default)]
pub(crate) struct Whole {
    pub shard: Shard,
    /// Hash of the folded words of each title.
    pub titles: Vec<u64>,
    /// Of the dated documents, ascending: seconds since 1970.
    pub dates: Vec<i64>,
    pub filters: Filters,
    /// The best documents of the common beginnings that were asked for: each is found once.
    pub beginnings: RefCell<BTreeMap<String, Best>>,
    /// The commonest words, picked at the first typo.
    pub spelling: OnceCell<Dictionary>,
}

struct Loaded {
    content: Content,
    /// In memory, which may be several times those of the file.
    n_bytes: usize,
    used: Cell<u64>,
}

enum Content {
    Shard(Box<Shard>),
    Spelling(Dictionary),
    Filters(Filters),
    Bytes(Vec<u8>),
}

impl Content {
    /// Bytes of memory in use.
    fn memory(&self) -> usize {
        match self {
            Content::Shard(shard) => shard.memory(),
            Content::Spelling(words) => words.memory(),
            Content::Filters(filters) => filters.memory(),
            Content::Bytes(bytes) => bytes.capacity(),
        }
    }
}

impl Store {
    /// With nothing but the manifest.
    pub fn open(bytes: &[u8]) -> Result<Store, Damage> {
        if NO_FILES {
            return Err(Damage::NotAPart);
        }
        let (stamp, content) = part::open(Part::Manifest, None, bytes)?;
        Ok(Store {
            manifest: Manifest::decode(content)?,
            stamp,
            #[cfg(feature = "build")]
            whole: None,
            loaded: BTreeMap::new(),
            clock: Cell::default(),
            missing: RefCell::default(),
        })
    }

    /// Whole in memory.
    #[cfg(feature = "build")]
    pub fn in_memory(manifest: Manifest, whole: Whole) -> Store {
        Store {
            manifest,
            stamp: 0,
            whole: Some(whole),
            loaded: BTreeMap::new(),
            clock: Cell::default(),
            missing: RefCell::default(),
        }
    }

    /// What is whole in memory, if it is.
    pub fn whole(&self) -> Option<&Whole> {
        #[cfg(feature = "build")]
        return self.whole.as_ref();
        // Then all that is done with it need not be compiled.
        #[cfg(not(feature = "build"))]
        None
    }

    /// Takes a part.
    pub fn load(&mut self, part: Part, bytes: &[u8]) -> Result<(), Damage> {
        if NO_FILES {
            return Err(Damage::NotAPart);
        }
        let (_, content) = part::open(part, Some(self.stamp), bytes)?;
        let limits = &self.manifest.limits;
        let content = unsqueeze(part, content, limits.list)?;
        let content = match part {
            Part::Shard(_) => Content::Shard(Box::new(Shard::decode(&content, limits)?)),
            Part::Spelling => Content::Spelling(spelling(&content)?),
            Part::Filters(kind) => Content::Filters(Filters::decode(kind, &content)?),
            _ => Content::Bytes(content),
        };
        let loaded = Loaded {
            n_bytes: content.memory(),
            content,
            used: Cell::new(self.tick()),
        };
        self.loaded.insert(part, loaded);
        Ok(())
    }

    /// Drops what was used longest ago, until at most so many bytes are left.
    pub fn evict(&mut self, limit: usize) {
        let mut total: usize = self.loaded.values().map(|loaded| loaded.n_bytes).sum();
        while total > limit {
            let oldest = self
                .loaded
                .iter()
                .min_by_key(|(_, loaded)| loaded.used.get())
                .map(|(part, _)| *part);
            let Some(dropped) = oldest.and_then(|part| self.loaded.remove(&part)) else {
                return;
            };
            total -= dropped.n_bytes;
        }
    }

    /// Forgets what was missing.
    pub fn begin(&self) {
        self.missing.borrow_mut().clear();
    }

    /// Whether anything was asked for that is not here.
    pub fn lacks(&self) -> bool {
        !self.missing.borrow().is_empty()
    }

    /// What was asked for and is not here.
    pub fn missing(&self) -> Vec<Part> {
        self.missing.borrow().clone()
    }

    fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + 1);
        self.clock.get()
    }

    fn get(&self, part: Part) -> Option<&Content> {
        let found = self.loaded.get(&part);
        match found {
            Some(loaded) => loaded.used.set(self.tick()),
            None => {
                let mut missing = self.missing.borrow_mut();
                if !missing.contains(&part) {
                    missing.push(part);
                }
            }
        }
        found.map(|loaded| &loaded.content)
    }

    /// The shard of this number.
    pub fn shard(&self, number: u32) -> Option<&Shard> {
        match (self.whole(), number) {
            (Some(whole), _) => Some(&whole.shard),
            (None, number) => match self.get(Part::Shard(number)) {
                Some(Content::Shard(shard)) => Some(shard),
                _ => None,
            },
        }
    }

    /// The bytes of a part that is read as it is; none while it is missing.
    pub fn bytes(&self, part: Part) -> &[u8] {
        match self.get(part) {
            Some(Content::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }

    /// [`Part::Spelling`].
    pub fn spelling(&self) -> Option<&Dictionary> {
        match self.get(Part::Spelling) {
            Some(Content::Spelling(words)) => Some(words),
            _ => None,
        }
    }

    /// The values of one kind.
    pub fn filters(&self, kind: FilterKind) -> Option<&Filters> {
        if let Some(whole) = self.whole() {
            return Some(&whole.filters);
        }
        match self.get(Part::Filters(kind)) {
            Some(Content::Filters(filters)) => Some(filters),
            _ => None,
        }
    }

    /// The documents whose title is these folded words, ascending.
    pub fn titled(&self, words: &str) -> Vec<u32> {
        let wanted = hash(words.as_bytes());
        if let Some(whole) = self.whole() {
            let titles = whole.titles.iter().zip(0..);
            return titles
                .filter(|(title, _)| **title == wanted)
                .map(|(_, document)| document)
                .collect();
        }
        let number = title_part(wanted, self.manifest.n_title_parts);
        let mut found = Vec::new();
        let mut cursor = Cursor::new(self.bytes(Part::Titles(number)));
        while let Ok(short) = cursor.bytes(5).try_into().map(short_hash) {
            let document = cursor.number();
            if short == short_hash(first_bytes(wanted)) {
                found.push(document);
            }
        }
        found
    }

    /// The first document published at this time or later; the undated ones come before.
    pub fn first_since(&self, time: i64) -> u32 {
        let manifest = &self.manifest;
        let n_before = match self.whole() {
            Some(whole) => whole.dates.partition_point(|date| *date < time),
            // The last part that begins before: later ones have only later dates.
            None => match manifest
                .dates
                .partition_point(|first| *first < time)
                .checked_sub(1)
            {
                Some(part) => part * DATES_PER_PART + self.n_before(part as u32, time),
                None => 0,
            },
        };
        manifest.n_undated.saturating_add(n_before as u32)
    }

    /// How many dates of a part are before this time.
    fn n_before(&self, part: u32, time: i64) -> usize {
        let mut cursor = Cursor::new(self.bytes(Part::Dates(part)));
        let n_dates = cursor.count();
        let mut date = 0_i64;
        let dates = (0..n_dates).map(|_| {
            date = date.wrapping_add(cursor.long());
            date
        });
        dates.take_while(|date| *date < time).count()
    }
}

/// In which part of the titles one is.
pub(crate) fn title_part(title: u64, n_parts: u32) -> u32 {
    title as u32 & n_parts.wrapping_sub(1)
}

/// Forty bits of a title's hash: not those that tell the part.
pub(crate) fn first_bytes(title: u64) -> [u8; 5] {
    let bytes = title.to_be_bytes();
    [bytes[0], bytes[1], bytes[2], bytes[3], bytes[4]]
}

fn short_hash(bytes: [u8; 5]) -> u64 {
    bytes
        .iter()
        .fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// Reads `n ┬ { front-coded word ┬ n documents } …`.
fn spelling(content: &[u8]) -> Result<Dictionary, Damage> {
    let mut cursor = Cursor::new(content);
    let (mut text, mut word) = (Vec::new(), Vec::new());
    let (mut ends, mut numbers) = (Vec::new(), Vec::new());
    for _ in 0..cursor.count() {
        cursor.word(&mut word)?;
        text.extend_from_slice(&word);
        ends.push(text.len() as u32);
        numbers.push(cursor.number());
    }
    let text = String::from_utf8(text).map_err(|_| Damage::Content)?;
    Ok(Dictionary::of_sorted(text, ends, numbers, Vec::new()))
}
