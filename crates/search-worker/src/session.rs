//! [`Session`]: one edition's index, and what answers from it.
//!
//! Whatever is asked of it may need parts of the index that are not here. Then the answer is `None`, [`Session::needs`] names
//! them, and once they are loaded the same is asked again. An index in memory never needs anything.

use packed::edition::{HitPlace, SearchFiles};
use packed::{Texts, unpack};
use search::{
    Completion, Damage, Explanation, Fields, Highlighter, Hits, Index, Needs, Part, Query, Snippet,
};

/// One edition's index, and what answers from it. [`Session::default`] is over one that was built, nothing of it here yet.
#[derive(Default)]
pub struct Session {
    /// None of a built edition before its manifest is here.
    index: Option<Index>,
    files: SearchFiles,
    query: Query,
    /// That of the query, made with its first passage: it takes as long as a search.
    highlighter: Option<Highlighter>,
    /// What the last question needed.
    needs: Vec<Part>,
    /// What was ever needed, as it is loaded by its name.
    named: Vec<(String, Part)>,
}

/// What a result shows of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its packed card.
    pub card: Vec<u8>,
    /// Title and passage.
    pub snippet: Snippet,
}

impl Session {
    /// A session over an index in memory.
    #[must_use]
    pub fn over(index: Index) -> Session {
        Session {
            index: Some(index),
            ..Session::default()
        }
    }

    /// Takes the file that says where results are; says whether it could be read.
    pub fn take_files(&mut self, bytes: &[u8]) -> bool {
        let files = unpack(bytes);
        let is_read = files.is_some();
        self.files = files.unwrap_or_default();
        is_read
    }

    /// The names of the parts that the last question needed; none where it was answered.
    #[must_use]
    pub fn needs(&self) -> Vec<String> {
        self.needs.iter().map(|part| part.name()).collect()
    }

    /// Takes a part by its name.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn load(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let damaged = |damage: Damage| damage.to_string();
        match &mut self.index {
            None => {
                let index = Index::open(bytes).map_err(damaged)?;
                // All files of another build agree with each other.
                if index.stamp() != self.files.stamp() {
                    return Err(damaged(Damage::OtherBuild));
                }
                // Every search makes room for all articles: their number has to be one that something else confirms.
                if index.n_documents() != self.files.n_articles {
                    return Err(damaged(Damage::Content));
                }
                self.index = Some(index);
            }
            Some(index) => {
                let known = self.named.iter().find(|(known, _)| known == name);
                let (_, part) = known.ok_or("nobody asked for it")?;
                index.load(*part, bytes).map_err(damaged)?;
            }
        }
        Ok(())
    }

    /// Lets go of the parts that were used longest ago, until at most so many bytes are left.
    pub fn evict(&mut self, limit: usize) {
        if let Some(index) = &mut self.index {
            index.evict(limit);
        }
    }

    /// Answers a query, and remembers it for snippets.
    pub fn search(&mut self, text: &str, typing: bool) -> Option<Hits> {
        self.query = Query::parse(text, typing);
        self.highlighter = None;
        let hits = self.index.as_ref().map(|index| index.search(&self.query));
        self.with_needs(hits)
    }

    /// How the score of an article came about, for the last query.
    pub fn explain(&mut self, doc: u32) -> Option<Explanation> {
        let explanation = self.index.as_ref();
        let explanation = explanation.map(|index| index.explain(&self.query, doc));
        self.with_needs(explanation)
    }

    /// The title and the best passage of an article of these packed texts, for the last query.
    pub fn snippet(&mut self, texts: &[u8], max_chars: usize) -> Option<Snippet> {
        let texts = unpack(texts).unwrap_or_default();
        self.cut(&texts, max_chars)
    }

    /// Where what a row of results shows of an article is.
    #[must_use]
    pub fn place(&self, doc: u32) -> Option<HitPlace> {
        self.files.place(doc)
    }

    /// Whether a file is the block of hits that this article is in, and whole.
    #[must_use]
    pub fn is_block_of(&self, doc: u32, bytes: &[u8]) -> bool {
        let place = self.place(doc);
        let block = place.and_then(|place| Some((place.ix, place.open(bytes)?)));
        block.is_some_and(|(ix, block)| ix < block.hits.len())
    }

    /// What a row of results shows of an article, from its block of hits, for the last query.
    pub fn row(&mut self, doc: u32, bytes: &[u8], max_chars: usize) -> Option<Row> {
        // Where the block is not the right one, no part is what is missing.
        self.needs.clear();
        let place = self.place(doc)?;
        let mut block = place.open(bytes)?;
        if place.ix >= block.hits.len() {
            return None;
        }
        let hit = block.hits.swap_remove(place.ix);
        let snippet = self.cut(&hit.texts, max_chars)?;
        Some(Row {
            card: hit.card,
            snippet,
        })
    }

    /// What a query marks in texts that are shown whole: for each marked range the number of its text, its start and its end in
    /// UTF-16 code units.
    pub fn marks(&mut self, query: &str, texts: &[String]) -> Option<Vec<u32>> {
        let query = Query::parse(query, true);
        let marks = self.index.as_ref().map(|index| {
            let highlighter = index.highlighter(&query)?;
            let of_text = |(text, number): (&String, u32)| {
                let ranges = highlighter.ranges(text).into_iter();
                ranges.flat_map(move |range| [number, range.start, range.end])
            };
            Ok(texts.iter().zip(0..).flat_map(of_text).collect())
        });
        self.with_needs(marks)
    }

    /// The commonest words that complete the last one of what was typed, at most eight, with the number of articles that have them.
    pub fn completions(&mut self, typed: &str) -> Option<Vec<Completion>> {
        let query = Query::parse(typed, true);
        let completions = self.index.as_ref().map(|index| index.completions(&query));
        self.with_needs(completions)
    }

    fn cut(&mut self, texts: &Texts, max_chars: usize) -> Option<Snippet> {
        if self.highlighter.is_none() {
            let made = self.index.as_ref();
            let made = made.map(|index| index.highlighter(&self.query));
            self.highlighter = Some(self.with_needs(made)?);
        }
        let highlighter = self.highlighter.as_ref()?;
        Some(fields_of(texts, |fields| {
            highlighter.snippet(fields, max_chars)
        }))
    }

    /// What was answered, or nothing and a note of what is needed first.
    fn with_needs<T>(&mut self, answer: Option<Result<T, Needs>>) -> Option<T> {
        self.needs.clear();
        match answer {
            Some(Ok(answer)) => return Some(answer),
            Some(Err(needs)) => self.needs = needs.0,
            None => self.needs.push(Part::Manifest),
        }
        for part in &self.needs {
            if self.named.iter().all(|(_, known)| known != part) {
                self.named.push((part.name(), *part));
            }
        }
        None
    }
}

/// Gives the texts of an article as the engine reads them.
pub fn fields_of<R>(texts: &Texts, with: impl FnOnce(&Fields<'_>) -> R) -> R {
    let tags: Vec<&str> = texts.tags.iter().map(String::as_str).collect();
    let authors: Vec<&str> = texts.authors.iter().map(String::as_str).collect();
    with(&Fields {
        title: &texts.title,
        subtitle: &texts.subtitle,
        summary: &texts.summary,
        key_points: &texts.key_points,
        body: &texts.body,
        category: texts.category.as_deref(),
        tags: &tags,
        authors: &authors,
        published: texts.published.map(|date| date.day_seconds()),
        language: &texts.language,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use packed::pack;
    use search::Builder;
    use std::collections::BTreeMap;

    const TITLES: [&str; 3] = ["Oil prices", "Cocoa", "Crude oil"];

    fn texts(title: &str) -> Texts {
        Texts {
            title: title.into(),
            ..Texts::default()
        }
    }

    /// A session over an edition of these articles, as if it had so many; and the parts of its index.
    fn session(n_articles: u32) -> (Session, BTreeMap<String, Vec<u8>>) {
        let mut builder = Builder::new();
        for title in TITLES {
            fields_of(&texts(title), |fields| builder.add(fields));
        }
        let mut parts = BTreeMap::new();
        builder.finish().write(0, &mut |part, bytes| {
            parts.insert(part.name(), bytes);
        });
        let mut session = Session::default();
        let files = SearchFiles {
            n_articles,
            per_block: 1,
            ..SearchFiles::default()
        };
        assert!(session.take_files(&pack(&files)));
        (session, parts)
    }

    /// Asks until nothing is missing.
    fn ask<T>(
        session: &mut Session,
        parts: &BTreeMap<String, Vec<u8>>,
        mut ask: impl FnMut(&mut Session) -> Option<T>,
    ) -> T {
        for _ in 0..9 {
            if let Some(answer) = ask(session) {
                return answer;
            }
            for name in session.needs() {
                assert_eq!(session.load(&name, &parts[&name]), Ok(()), "{name}");
            }
        }
        panic!("it never has enough");
    }

    #[test]
    fn what_is_marked_is_found_once() {
        let (mut session, parts) = session(3);
        let hits = ask(&mut session, &parts, |session| session.search("oil", false));
        assert_eq!(hits.n_total, 2);
        let cut = |session: &mut Session| session.snippet(&pack(&texts("On oil")), 40);
        let snippet = ask(&mut session, &parts, cut);
        assert_eq!(snippet.title[1].text, "oil");
        // Further passages of the same query need nothing of the index.
        session.evict(0);
        assert_eq!(cut(&mut session), Some(snippet));
        let hits = ask(&mut session, &parts, |session| {
            session.search("cocoa", false)
        });
        assert_eq!(hits.docs, [1]);
        let snippet = ask(&mut session, &parts, cut);
        assert_eq!(snippet.title.len(), 1, "and those of another are its own");
    }

    #[test]
    fn an_index_has_as_many_articles_as_the_edition() {
        let (mut session, parts) = session(4);
        assert_eq!(session.search("oil", false), None);
        assert_eq!(session.needs(), ["m0"]);
        let loaded = session.load("m0", &parts["m0"]);
        assert_eq!(loaded, Err(Damage::Content.to_string()));
        assert_eq!(session.search("oil", false), None);
    }

    #[test]
    fn a_row_without_its_block_needs_no_part() {
        let (mut session, _) = session(3);
        assert_eq!(session.search("oil", false), None);
        assert_eq!(session.row(0, b"<!doctype html>", 40), None);
        assert!(session.needs().is_empty());
    }
}
