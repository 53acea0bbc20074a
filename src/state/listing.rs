//! [`Listing`]: the articles that a filter leaves, in their order, and how many each category has.

use std::rc::Rc;

use crate::library::Library;

use super::route::{Filter, Sort};

/// The articles that a filter leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Their positions in the edition, in the order shown.
    pub docs: Rc<[u32]>,
    /// For each category of the edition, how many there would be with it chosen and all else the same.
    pub counts: Rc<[u32]>,
    /// How many there would be with no category chosen.
    pub n_any_category: usize,
}

impl Listing {
    /// Applies a filter; `found` are the articles of its words, the best first.
    pub fn new(library: &dyn Library, filter: &Filter, found: Option<&[u32]>) -> Listing {
        let number = |names: &[String], name: &Option<String>| {
            let name = name.as_ref()?;
            // A name that the edition does not have leaves nothing, rather than everything.
            Some(names.iter().position(|n| n == name).map_or(u32::MAX, |ix| ix as u32))
        };
        let category = number(library.categories(), &filter.category);
        let tag = number(library.tags(), &filter.tag);
        let newest_first = library.newest_first();
        let entries = library.entries();
        let mut counts = vec![0; library.categories().len()];
        let mut n_any_category = 0;
        let mut keep = |&ix: &u32| {
            let Some(entry) = entries.get(ix as usize) else {
                return false;
            };
            if tag.is_some_and(|tag| !entry.tags.contains(&tag)) {
                return false;
            }
            n_any_category += 1;
            if let Some(count) = entry.category.and_then(|c| counts.get_mut(c as usize)) {
                *count += 1;
            }
            category.is_none_or(|category| entry.category == Some(category))
        };
        let docs: Vec<u32> = match (found, filter.sort) {
            (None, Sort::Oldest) => (newest_first.iter().rev().copied()).filter(&mut keep).collect(),
            (None, _) => newest_first.iter().copied().filter(&mut keep).collect(),
            (Some(found), sort) => {
                let mut docs: Vec<u32> = found.iter().copied().filter(&mut keep).collect();
                if sort != Sort::Natural {
                    let mut rank = vec![0; entries.len()];
                    for (r, &ix) in newest_first.iter().enumerate() {
                        rank[ix as usize] = r as i64;
                    }
                    let sign = if sort == Sort::Newest { 1 } else { -1 };
                    docs.sort_by_key(|&ix| sign * rank[ix as usize]);
                }
                docs
            }
        };
        Listing {
            docs: docs.into(),
            counts: counts.into(),
            n_any_category,
        }
    }
}
