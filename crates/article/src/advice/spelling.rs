//! Categories and tags in two spellings: [`Spellings`].
//!
//! `Night trains` and `night-trains` are two entries of the filter, each with half of the articles.

use crate::collection::Collection;
use crate::letters::lowercase;
use std::collections::BTreeMap;

/// For each category and tag that is spelt otherwise more often, how.
pub(super) struct Spellings {
    pub(super) categories: Rarer,
    pub(super) tags: Rarer,
    /// Most articles have a category.
    pub(super) has_categories: bool,
}

/// Of rarer spellings, the usual ones. Each is told once.
pub(super) struct Rarer(BTreeMap<String, String>);

impl Spellings {
    pub(super) fn of(collection: &Collection) -> Spellings {
        let mut categories = vec![0; collection.categories().len()];
        let mut tags = vec![0; collection.tags().len()];
        let mut n_filed = 0;
        for entry in collection.entries() {
            n_filed += u32::from(entry.category.is_some());
            if let Some(category) = entry.category {
                count(&mut categories, category);
            }
            for tag in &entry.tags {
                count(&mut tags, *tag);
            }
        }
        Spellings {
            categories: Rarer::of(collection.categories(), &categories),
            tags: Rarer::of(collection.tags(), &tags),
            has_categories: n_filed as usize > collection.entries().len() / 2,
        }
    }
}

fn count(counts: &mut [u32], ix: u32) {
    if let Some(count) = counts.get_mut(ix as usize) {
        *count += 1;
    }
}

impl Rarer {
    fn of(names: &[String], counts: &[u32]) -> Rarer {
        let mut usual: BTreeMap<String, usize> = BTreeMap::new();
        for (ix, name) in names.iter().enumerate() {
            let best = usual.entry(folded(name)).or_insert(ix);
            // Of two that are as frequent, the first one counts.
            if counts[ix] > counts[*best] {
                *best = ix;
            }
        }
        let rarer = names.iter().enumerate().filter_map(|(ix, name)| {
            let best = *usual.get(&folded(name))?;
            (best != ix).then(|| (name.clone(), names[best].clone()))
        });
        Rarer(rarer.collect())
    }

    /// The usual spelling of a name, if it is another one and was not told yet.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }
}

/// What two spellings of a name have in common.
fn folded(name: &str) -> String {
    let name = lowercase(name);
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
