//! [`DeadLinks`]: what articles lead to, in their texts and as related, that the edition does not have.

use super::images::decoded;
use super::plan::Plan;
use super::spool::{Entry, Spool};
use anyhow::Result;
use article::{Article, folder_name, nearest_name};

/// So many are named; for more, `offprint check` is the better list.
const NAMED_MAX: usize = 20;

/// Links that lead nowhere, in the order they were met.
#[derive(Debug, Default)]
pub struct DeadLinks {
    /// The place of the article among the entries, and what it leads to.
    named: Vec<(u32, String)>,
    n_more: usize,
}

impl DeadLinks {
    /// Takes those of an article.
    pub fn add(&mut self, ix: u32, dead: Vec<String>) {
        for id in dead {
            match self.named.len() < NAMED_MAX {
                true => self.named.push((ix, id)),
                false => self.n_more += 1,
            }
        }
    }

    /// A warning for each, with the place of the article and the id that was probably meant.
    pub fn warnings(&self, spool: &Spool) -> Result<Vec<String>> {
        let mut warnings = Vec::new();
        for (ix, id) in &self.named {
            let Some(entry) = spool.entries.get(*ix as usize) else {
                continue;
            };
            let ids = spool.entries.iter().map(|entry| &*entry.id);
            let cure = match nearest_name(ids.filter(|other| **other != *entry.id), id) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "write the id of one that is there, or remove the link".to_owned(),
            };
            warnings.push(format!(
                "{}: the article \"{}\" leads to \"{id}\", and there is no article of this id; {cure}",
                spool.origin(entry)?,
                entry.id,
            ));
        }
        if self.n_more > 0 {
            warnings.push(format!(
                "{} more links lead to articles that are not there; `offprint check` lists them with their places",
                self.n_more
            ));
        }
        Ok(warnings)
    }
}

/// The ids that an article names, `routes` as its texts have them behind `#/article/`, and the edition does not have.
pub fn of_article(
    entry: &Entry,
    article: &Article,
    routes: &[String],
    plan: &Plan,
    spool: &Spool,
) -> Vec<String> {
    let linked = routes.iter().map(|route| {
        let id = route.split(['/', '?', '#']).next().unwrap_or_default();
        decoded(id).unwrap_or_else(|| id.to_owned())
    });
    let related = article.related.iter();
    // With a title and an address of its own it is shown whether there is such an article or not.
    let related = related.filter(|related| related.url.is_none());
    let related = related.filter_map(|related| related.id.clone());
    let mut dead: Vec<String> = Vec::new();
    for id in linked.chain(related) {
        let is_there = *id == *entry.id || plan.number(spool, &folder_name(&id)).is_some();
        if !id.is_empty() && !is_there && !dead.contains(&id) {
            dead.push(id);
        }
    }
    dead
}
