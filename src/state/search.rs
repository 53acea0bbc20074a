//! [`Search`]: how far the search has come, and what it found last.
//!
//! The engine lives in a worker. It is started at the first sign of intent, reads the edition while
//! the person types, and answers every query under a number, so that an answer to an older one is
//! known as such.

use std::rc::Rc;

use super::Failure;

/// The engine as the reader sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// How far the engine is.
    pub engine: Engine,
    /// The number of the last query asked.
    pub asked: u32,
    /// Its words; empty before the first, and when there was nothing to ask.
    pub words: String,
    /// Whether its first article is to be opened as soon as it is known: Enter was quicker than the engine.
    pub opens_first: bool,
    /// The answer to show; it may be that of an older query until the newer one arrives.
    pub found: Option<Found>,
}

/// How far the engine is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Engine {
    /// Not asked for yet.
    #[default]
    Idle,
    /// On its way, with the parts of the work that are done and all parts.
    Indexing(u32, u32),
    /// Answering.
    Ready,
    /// Not to be had, and why.
    Failed(Failure),
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The number of the query.
    pub asked: u32,
    /// The positions of the articles found, the best first.
    pub docs: Rc<[u32]>,
    /// How many there are: more than those, where the engine has counted on without listing them.
    pub n_total: usize,
    /// How many of them, from the first, have all the words.
    pub all_words: usize,
    /// Words as typed and the words searched for in their place.
    pub repaired: Vec<(String, String)>,
    /// The passages to show, for those articles that have been in view.
    pub snippets: Rc<Vec<(u32, Rc<Snippet>)>>,
}

/// The title and the best passage of an article, with what matched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snippet {
    /// The title: plain and matching runs in turn, beginning with a plain one; none where it could not be had.
    pub title: Vec<String>,
    /// The passage, likewise.
    pub text: Vec<String>,
}

/// What comes from the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It has done this many of so many parts of its preparations.
    Progress(u32, u32),
    /// It answers from now on.
    Ready,
    /// A query's articles.
    Found(Found),
    /// Passages for the query of this number.
    Snippets(u32, Vec<(u32, Snippet)>),
    /// Passages of these articles, for the query of this number, are not to be had, and why: the articles are shown without.
    Lost(u32, Vec<u32>, Failure),
    /// It cannot go on, and why.
    Failed(Failure),
}

impl Found {
    /// The passage of an article, where it is here.
    pub fn snippet(&self, doc: u32) -> Option<&Rc<Snippet>> {
        let (_, snippet) = self.snippets.iter().find(|(of, _)| *of == doc)?;
        Some(snippet)
    }

    /// These words with the repaired ones in quotation marks, which keep them as they were typed; none where they have none.
    pub fn exactly(&self, words: &str) -> Option<String> {
        let mut exact = String::with_capacity(words.len() + 8);
        let (mut n_quoted, mut is_phrase) = (0, false);
        for word in words.split_whitespace() {
            if !exact.is_empty() {
                exact.push(' ');
            }
            let quoted = || {
                let mut repaired = self.repaired.iter();
                repaired.find_map(|(typed, _)| quoted(word, typed))
            };
            match quoted().filter(|_| !is_phrase) {
                Some(quoted) => {
                    n_quoted += 1;
                    exact.push_str(&quoted);
                }
                None => exact.push_str(word),
            }
            is_phrase ^= word.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        }
        (n_quoted > 0).then_some(exact)
    }
}

/// What stands between two spaces with a word of it in quotation marks: `title:lihgt,` is `title:"lihgt",`. None where that is no
/// word of it, but a part of one.
fn quoted(text: &str, word: &str) -> Option<String> {
    let (before, behind) = text.split_once(word)?;
    let divides = |c: char| c.is_ascii_punctuation() && c != '"';
    let is_word =
        before.chars().next_back().is_none_or(divides) && behind.chars().next().is_none_or(divides);
    is_word.then(|| format!("{before}\"{word}\"{behind}"))
}

impl Search {
    /// Takes an answer in; says whether the list of articles found is a new one.
    pub fn take(&mut self, answer: Answer) -> bool {
        match answer {
            Answer::Progress(done, total) => self.engine = Engine::Indexing(done, total),
            Answer::Ready => self.engine = Engine::Ready,
            Answer::Failed(why) => {
                self.engine = Engine::Failed(why);
                self.found = None;
                return true;
            }
            Answer::Found(found) if found.asked == self.asked => {
                self.found = Some(found);
                return true;
            }
            Answer::Snippets(asked, snippets) => self.keep(asked, snippets),
            Answer::Lost(asked, docs, _) => {
                let empty = docs.into_iter().map(|doc| (doc, Snippet::default()));
                self.keep(asked, empty.collect());
            }
            Answer::Found(_) => {}
        }
        false
    }

    fn keep(&mut self, asked: u32, snippets: Vec<(u32, Snippet)>) {
        if let Some(found) = self.found.as_mut().filter(|found| found.asked == asked) {
            let known = Rc::make_mut(&mut found.snippets);
            for (doc, snippet) in snippets {
                if known.iter().all(|(of, _)| *of != doc) {
                    known.push((doc, Rc::new(snippet)));
                }
            }
        }
    }

    /// Whether the answer shown is that of the last query asked.
    pub fn is_settled(&self) -> bool {
        self.found
            .as_ref()
            .is_some_and(|found| found.asked == self.asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, repaired: &[&str], expect: Option<&str>) {
        let pair = |typed: &&str| ((*typed).to_owned(), String::new());
        let found = Found {
            repaired: repaired.iter().map(pair).collect(),
            ..Found::default()
        };
        assert_eq!(found.exactly(words).as_deref(), expect, "{words:?}");
    }

    #[test]
    fn repaired_words_are_quoted_as_they_were_typed() {
        check("lihgt", &["lihgt"], Some("\"lihgt\""));
        check(
            "the  Zürrich paper",
            &["Zürrich"],
            Some("the \"Zürrich\" paper"),
        );
        check(
            "title:lihgt, moon",
            &["lihgt"],
            Some("title:\"lihgt\", moon"),
        );
        check(
            "co-oprate lihgt*",
            &["oprate", "lihgt"],
            Some("co-\"oprate\" \"lihgt\"*"),
        );
        check("lihgts lihgt", &["lihgt"], Some("lihgts \"lihgt\""));
        check(
            "\"a lihgt b\" lihgt",
            &["lihgt"],
            Some("\"a lihgt b\" \"lihgt\""),
        );
        check("\"lihgt\"", &["lihgt"], None);
        check("light", &[], None);
    }
}
