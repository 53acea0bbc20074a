//! [`Overview`]: what filtering, ordering and the masthead need of a whole collection.

use std::collections::BTreeSet;

use article::{Collection, Edition, Problem, Severity};

use crate::list::newest_first;
use crate::stream::packed_struct;

/// A collection, without its texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// What the collection says of itself.
    pub edition: Edition,
    /// The articles, in the order of the file.
    pub entries: Vec<Entry>,
    /// Their positions, the newest first; those of one date in the file's order, undated ones last.
    pub newest_first: Vec<u32>,
    /// How many of these, from the first, have a date.
    pub n_dated: u32,
    /// The names of the categories.
    pub categories: Vec<String>,
    /// The categories in the order of their names, whatever their case.
    pub categories_by_name: Vec<u32>,
    /// The tags.
    pub tags: Vec<String>,
    /// What was wrong, as far as it was kept.
    pub problems: Vec<Remark>,
    /// How many problems there were.
    pub n_problems: u32,
}

/// An article, as filters see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The number of its category.
    pub category: Option<u32>,
    /// The numbers of its tags.
    pub tags: Vec<u32>,
}

/// A problem in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Whether something could not be shown as it was written; else it is a doubt.
    pub is_error: bool,
    /// The title of the article it is about.
    pub article: Option<String>,
    /// Where, what was expected, what was found, and the cure.
    pub text: String,
}

impl Overview {
    /// The overview of a collection.
    pub fn of(collection: &Collection) -> Overview {
        let categories = collection.categories().to_vec();
        let names = categories.iter().enumerate();
        let by_name: BTreeSet<(String, u32)> = names
            .map(|(ix, name)| (article::lowercase(name), ix as u32))
            .collect();
        let by_name = by_name.into_iter().map(|(_, ix)| ix).collect();
        let entries = collection.entries().iter().map(|entry| Entry {
            id: entry.id.to_string(),
            category: entry.category,
            tags: entry.tags.to_vec(),
        });
        let dated = collection.entries().iter();
        let n_dated = dated.filter(|entry| entry.published.is_some()).count() as u32;
        Overview {
            n_dated,
            edition: collection.edition().clone(),
            entries: entries.collect(),
            newest_first: newest_first(collection),
            categories,
            categories_by_name: by_name,
            tags: collection.tags().to_vec(),
            problems: collection.problems().iter().map(Remark::of).collect(),
            n_problems: collection.n_problems() as u32,
        }
    }
}

impl Remark {
    fn of(problem: &Problem) -> Remark {
        let about = problem
            .article
            .as_ref()
            .map(|article| article.title.clone());
        Remark {
            is_error: problem.severity == Severity::Error,
            article: about.filter(|title| !title.is_empty()),
            text: problem.to_string(),
        }
    }
}

packed_struct!(Overview {
    edition,
    entries,
    newest_first,
    n_dated,
    categories,
    categories_by_name,
    tags,
    problems,
    n_problems,
});
packed_struct!(Edition {
    version,
    title,
    description,
    language,
    base_url
});
packed_struct!(Entry { id, category, tags });
packed_struct!(Remark {
    is_error,
    article,
    text
});
