//! [`Plan`]: the order of the articles, and the lists they stand in.
//!
//! Articles are numbered by ascending date, undated ones first, those of one date against the order of the inputs: so the
//! newest first is the order backwards, and among equals that of the inputs, as the reader has it without a build.

use super::Pages;
use super::site::Site;
use super::spool::{Names, Spool};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The order of the articles, and the lists they stand in.
#[derive(Debug, Default)]
pub struct Plan {
    /// By the number of the article, its place in the spool.
    pub order: Vec<u32>,
    /// How many have a date: the last ones.
    pub n_dated: usize,
    /// The first that has a page of its own; older ones stand in the data alone.
    pub first_shown: u32,
    /// In the order of the filter.
    pub categories: Vec<Topic>,
    /// In the order of their slugs.
    pub tags: Vec<Topic>,
    /// In the order of their slugs.
    pub authors: Vec<Topic>,
    /// By number, one more than its category's place in `categories`; 0 for none.
    pub category_of: Vec<u32>,
    /// The numbers of the articles in the order of their ids.
    by_id: Vec<u32>,
}

/// A category, a tag or an author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// As the newest article has it.
    pub name: String,
    /// The folder of its pages.
    pub slug: String,
    /// The numbers of its articles, ascending.
    pub docs: Vec<u32>,
}

impl Plan {
    /// The plan of these articles, of which these have pages.
    pub fn of(spool: &Spool, site: &Site, pages: Pages) -> Plan {
        let entries = &spool.entries;
        let mut order: Vec<u32> = (0..entries.len() as u32).collect();
        order.sort_unstable_by_key(|&ix| (entries[ix as usize].published, Reverse(ix)));
        let n_dated = entries.iter().filter(|e| e.published.is_some()).count();
        let mut by_id: Vec<u32> = (0..order.len() as u32).collect();
        by_id.sort_unstable_by_key(|&doc| &*entries[order[doc as usize] as usize].id);

        let ordered = || order.iter().map(|&ix| &entries[ix as usize]);
        let of_tags = ordered().map(|entry| &*entry.tags);
        let of_authors = ordered().map(|entry| &*entry.authors);
        let (categories, place_of) = categories(&spool.categories, site, &mut ordered());
        let category_of = ordered()
            .map(|entry| entry.category.map_or(0, |c| place_of[c as usize] + 1))
            .collect();
        Plan {
            tags: by_slug(&spool.tags, of_tags),
            authors: by_slug(&spool.authors, of_authors),
            order: order.clone(),
            n_dated,
            first_shown: match pages {
                Pages::All => 0,
                Pages::Latest(n) => order.len().saturating_sub(n) as u32,
            },
            categories,
            category_of,
            by_id,
        }
    }

    /// The number of the article with this id.
    pub fn number(&self, spool: &Spool, id: &str) -> Option<u32> {
        let id_of = |doc: u32| &*spool.entries[self.order[doc as usize] as usize].id;
        let at = self.by_id.binary_search_by(|&doc| id_of(doc).cmp(id));
        at.ok().map(|at| self.by_id[at])
    }

    /// Whether an article has a page of its own.
    pub fn is_shown(&self, doc: u32) -> bool {
        doc >= self.first_shown
    }

    /// The topics that articles with pages have, and those articles.
    pub fn shown<'a>(
        &self,
        topics: &'a [Topic],
    ) -> impl Iterator<Item = (&'a Topic, &'a [u32])> + Clone + use<'a> {
        let first_shown = self.first_shown;
        topics.iter().filter_map(move |topic| {
            let first = topic.docs.partition_point(|doc| *doc < first_shown);
            let docs = &topic.docs[first..];
            (!docs.is_empty()).then_some((topic, docs))
        })
    }

    /// The numbers in the order of the ids.
    pub fn by_id(&self) -> &[u32] {
        &self.by_id
    }
}

/// Topics whose pages have one folder where their names have one slug.
fn by_slug<'a>(names: &Names, of: impl Iterator<Item = &'a [u32]>) -> Vec<Topic> {
    let mut slugs: Vec<(String, usize)> = (0..names.names.len())
        .map(|ix| (article::name_slug(&names.names[ix]), ix))
        .collect();
    slugs.sort_unstable();
    let mut topic_of = vec![0; slugs.len()];
    let mut topics: Vec<Topic> = Vec::new();
    for (slug, ix) in slugs {
        if topics.last().is_none_or(|topic| topic.slug != slug) {
            topics.push(Topic {
                slug,
                ..Topic::default()
            });
        }
        topic_of[ix] = topics.len() - 1;
    }
    for (doc, numbers) in of.enumerate() {
        for &number in numbers {
            let topic = &mut topics[topic_of[number as usize]];
            if topic.docs.last() != Some(&(doc as u32)) {
                topic.docs.push(doc as u32);
                topic.name = String::from(&*names.names[number as usize]);
            }
        }
    }
    topics
}

/// Each category has a folder of its own; gives also the place of each name.
fn categories(
    names: &Names,
    site: &Site,
    entries: &mut dyn Iterator<Item = &super::spool::Entry>,
) -> (Vec<Topic>, Vec<u32>) {
    let mut sorted: Vec<(usize, String, usize)> = names
        .names
        .iter()
        .enumerate()
        .map(|(ix, name)| {
            let wanted = site
                .category_order
                .iter()
                .position(|wanted| **wanted == **name);
            (wanted.unwrap_or(usize::MAX), article::lowercase(name), ix)
        })
        .collect();
    sorted.sort_unstable_by(|a, b| {
        (a.0, &a.1, &names.names[a.2]).cmp(&(b.0, &b.1, &names.names[b.2]))
    });
    let given: HashMap<&str, &str> = site
        .category_slugs
        .iter()
        .map(|(name, slug)| (&**name, &**slug))
        .collect();
    let mut taken: HashMap<String, u32> = HashMap::new();
    let mut place_of = vec![0; sorted.len()];
    let mut topics: Vec<Topic> = Vec::new();
    // A slug that was given stays as it is, whoever comes before.
    sorted.iter().for_each(|(_, _, ix)| {
        if let Some(slug) = given.get(&*names.names[*ix]) {
            taken.insert(article::lowercase(slug), 1);
        }
    });
    for (place, (_, _, ix)) in sorted.iter().enumerate() {
        let name = &names.names[*ix];
        let slug = match given.get(&**name) {
            Some(slug) => (*slug).to_owned(),
            None => free(article::name_slug(name), &mut taken),
        };
        place_of[*ix] = place as u32;
        topics.push(Topic {
            name: String::from(&**name),
            slug,
            docs: Vec::new(),
        });
    }
    for (doc, entry) in entries.enumerate() {
        if let Some(category) = entry.category {
            topics[place_of[category as usize] as usize]
                .docs
                .push(doc as u32);
        }
    }
    (topics, place_of)
}

/// A slug that no other category has.
fn free(slug: String, taken: &mut HashMap<String, u32>) -> String {
    let mut n = *taken.get(&slug).unwrap_or(&0);
    let mut free = slug.clone();
    loop {
        n += 1;
        if n > 1 {
            free = format!("{slug}-{n}");
        }
        if !taken.contains_key(&free) {
            taken.insert(slug, n);
            taken.insert(free.clone(), 1);
            return free;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_categories_are_their_own() {
        let mut names = Names::default();
        for name in ["sea", "Sea", "SEA", "sea-2", "Land", "Sky"] {
            names.names.push(name.into());
        }
        let site = Site {
            category_order: vec!["Sky".into(), "unknown".into()],
            category_slugs: vec![("Land".into(), "sea".into())],
            ..Site::default()
        };
        let (topics, place_of) = categories(&names, &site, &mut std::iter::empty());
        let found: Vec<(&str, &str)> = topics.iter().map(|t| (&*t.name, &*t.slug)).collect();
        let expect = [
            ("Sky", "sky"),
            ("Land", "sea"),
            ("SEA", "sea-2"),
            ("Sea", "sea-3"),
            ("sea", "sea-4"),
            ("sea-2", "sea-2-2"),
        ];
        assert_eq!(found, expect);
        for (ix, name) in names.names.iter().enumerate() {
            assert_eq!(topics[place_of[ix] as usize].name, **name);
        }
    }

    #[test]
    fn topics_of_one_slug_are_one() {
        let mut names = Names::default();
        for name in ["Long Read", "moon", "long-read"] {
            names.names.push(name.into());
        }
        let of: [&[u32]; 3] = [&[0, 2], &[1], &[2]];
        let topics = by_slug(&names, of.into_iter());
        let topic = |name: &str, slug: &str, docs: &[u32]| Topic {
            name: name.into(),
            slug: slug.into(),
            docs: docs.into(),
        };
        let expect = [
            topic("long-read", "long-read", &[0, 2]),
            topic("moon", "moon", &[1]),
        ];
        assert_eq!(topics, expect);
    }
}
