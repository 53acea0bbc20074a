//! [`Listing`]: the articles that a filter leaves, in their order, and how many each category has.

use std::rc::Rc;

use crate::library::{Library, Lookup};

use super::route::{Filter, Sort};

/// The articles that a filter leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Their positions in the edition, in the order shown.
    pub docs: Rc<[u32]>,
    /// For each category of the edition, how many there would be with it chosen and all else the same; none where that is
    /// not known yet.
    pub counts: Rc<[u32]>,
    /// How many there would be with no category chosen.
    pub n_any_category: usize,
}

impl Listing {
    /// Applies a filter; `found` are the articles of its words, the best first. `None` where the library does not know
    /// enough yet. What the search has found is counted where somebody looks at the counts (`counts`), or it costs nothing:
    /// of a built edition the categories of all articles are a file, which no answer waits for.
    pub fn new(
        library: &dyn Library,
        filter: &Filter,
        found: Option<&[u32]>,
        counts: bool,
    ) -> Option<Listing> {
        let overview = library.overview();
        let by_date = library.newest_first();
        let n_articles = library.n_articles();
        // A name that the edition does not have leaves nothing, rather than everything.
        let names = &overview.categories;
        let number = |name: &String| names.iter().position(|n| n == name);
        let category = filter.category.as_ref();
        let category = category.map(|name| number(name).map_or(u32::MAX, |ix| ix as u32 + 1));
        let is_whole = category.is_none() && filter.tag.is_none() && found.is_none();
        // An answer in the order of dates is the order of dates without what was not found.
        let mut is_left = vec![found.is_none(); n_articles];
        for &ix in found.unwrap_or_default() {
            if let Some(is_left) = is_left.get_mut(ix as usize) {
                *is_left = true;
            }
        }
        if let Some(tag) = &filter.tag {
            let tagged = match library.tagged(tag) {
                Lookup::Here(tagged) => tagged,
                Lookup::Missing => Rc::new([]),
                Lookup::Coming => return None,
            };
            let mut is_tagged = vec![false; n_articles];
            for &ix in &*tagged {
                if let Some(is_tagged) = is_tagged.get_mut(ix as usize) {
                    *is_tagged = true;
                }
            }
            for (is_left, is_tagged) in is_left.iter_mut().zip(is_tagged) {
                *is_left &= is_tagged;
            }
        }
        let mut oldest_first = Vec::new();
        let order = match (found, filter.sort) {
            (Some(found), Sort::Natural) => found,
            (_, Sort::Oldest) => {
                // What has no date comes last whichever way the others go.
                let (dated, undated) = by_date
                    .split_at_checked(overview.n_dated as usize)
                    .unwrap_or((&by_date, &[]));
                oldest_first.extend(dated.iter().rev().chain(undated));
                &oldest_first[..]
            }
            _ => &by_date[..],
        };
        if let (true, Some(counts)) = (is_whole, library.category_counts()) {
            return Some(Listing {
                docs: order.into(),
                counts,
                n_any_category: n_articles,
            });
        }
        let is_needed = category.is_some() || found.is_none();
        let is_wanted = is_needed || counts || !library.fetches_results();
        let categories = match is_wanted.then(|| library.categories()) {
            Some(Lookup::Here(categories)) => Some(categories),
            Some(Lookup::Missing) => Some(Rc::new([]) as Rc<[u32]>),
            Some(Lookup::Coming) if is_needed => return None,
            Some(Lookup::Coming) | None => None,
        };
        let mut counts = vec![0; categories.as_ref().map_or(0, |_| names.len())];
        let mut n_any_category = 0;
        let mut docs = Vec::new();
        for &ix in order {
            if !is_left.get(ix as usize).is_some_and(|is_left| *is_left) {
                continue;
            }
            n_any_category += 1;
            let of = categories.as_ref().and_then(|of| of.get(ix as usize));
            let of = of.copied().unwrap_or(0);
            if let Some(count) = counts.get_mut((of as usize).wrapping_sub(1)) {
                *count += 1;
            }
            if category.is_none_or(|category| of == category) {
                docs.push(ix);
            }
        }
        Some(Listing {
            docs: docs.into(),
            counts: counts.into(),
            n_any_category,
        })
    }
}
