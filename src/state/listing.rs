//! [`Listing`]: the articles that a filter leaves, in their order, and how many each category has.

use std::rc::Rc;

use crate::library::Overview;

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
    pub fn new(overview: &Overview, filter: &Filter, found: Option<&[u32]>) -> Listing {
        let number = |names: &[String], name: &Option<String>| {
            let name = name.as_ref()?;
            // A name that the edition does not have leaves nothing, rather than everything.
            Some(
                names
                    .iter()
                    .position(|n| n == name)
                    .map_or(u32::MAX, |ix| ix as u32),
            )
        };
        let category = number(&overview.categories, &filter.category);
        let tag = number(&overview.tags, &filter.tag);
        let by_date = &overview.newest_first;
        // An answer in the order of dates is the order of dates without what was not found.
        let mut is_found = vec![found.is_none(); overview.entries.len()];
        for &ix in found.unwrap_or_default() {
            if let Some(is_found) = is_found.get_mut(ix as usize) {
                *is_found = true;
            }
        }
        let mut oldest_first = Vec::new();
        let order = match (found, filter.sort) {
            (Some(found), Sort::Natural) => found,
            (_, Sort::Oldest) => {
                // What has no date comes last whichever way the others go.
                let (dated, undated) = by_date
                    .split_at_checked(overview.n_dated as usize)
                    .unwrap_or((by_date, &[]));
                oldest_first.extend(dated.iter().rev().chain(undated));
                &oldest_first[..]
            }
            _ => &by_date[..],
        };
        let mut counts = vec![0; overview.categories.len()];
        let mut n_any_category = 0;
        let mut docs = Vec::new();
        for &ix in order {
            let Some(entry) = overview
                .entries
                .get(ix as usize)
                .filter(|_| is_found[ix as usize])
            else {
                continue;
            };
            if tag.is_some_and(|tag| !entry.tags.contains(&tag)) {
                continue;
            }
            n_any_category += 1;
            if let Some(count) = entry.category.and_then(|c| counts.get_mut(c as usize)) {
                *count += 1;
            }
            if category.is_none_or(|category| entry.category == Some(category)) {
                docs.push(ix);
            }
        }
        Listing {
            docs: docs.into(),
            counts: counts.into(),
            n_any_category,
        }
    }
}
