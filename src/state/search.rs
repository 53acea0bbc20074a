//! [`Search`]: how far the search has come, and what it found last.
//!
//! The engine lives in a worker. It is started at the first sign of intent, reads the edition while
//! the person types, and answers every query under a number, so that an answer to an older one is
//! known as such.

use std::rc::Rc;

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
    Failed(String),
}

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The number of the query.
    pub asked: u32,
    /// The positions of all articles found, the best first.
    pub docs: Rc<[u32]>,
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
    /// The title: plain and matching runs in turn, beginning with a plain one.
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
    /// It cannot go on, and why.
    Failed(String),
}

impl Found {
    /// The passage of an article, where it is here.
    pub fn snippet(&self, doc: u32) -> Option<&Rc<Snippet>> {
        let (_, snippet) = self.snippets.iter().find(|(of, _)| *of == doc)?;
        Some(snippet)
    }
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
            Answer::Snippets(asked, snippets) => {
                if let Some(found) = self.found.as_mut().filter(|found| found.asked == asked) {
                    let known = Rc::make_mut(&mut found.snippets);
                    for (doc, snippet) in snippets {
                        if known.iter().all(|(of, _)| *of != doc) {
                            known.push((doc, Rc::new(snippet)));
                        }
                    }
                }
            }
            Answer::Found(_) => {}
        }
        false
    }

    /// Whether the answer shown is that of the last query asked.
    pub fn is_settled(&self) -> bool {
        self.found
            .as_ref()
            .is_some_and(|found| found.asked == self.asked)
    }
}
