//! From a collection's JSON to answers, as the worker goes the way.

#![cfg(not(target_arch = "wasm32"))]

use offprint_articles::{Articles, TextReader};
use search::{Hits, Snippet};

use super::*;

struct Opened {
    articles: Articles,
    reader: TextReader,
    order: Vec<u32>,
    session: Session,
}

fn opened(json: &str) -> Opened {
    let mut articles = Articles::new(json.into());
    while articles.step(16).expect("articles") {}
    let plan = articles.plan();
    let order = plan[..plan.len() / 3].to_vec();
    let surroundings = articles.surroundings();
    let reader = TextReader::new(&surroundings);
    let mut indexing = Indexing::new(&surroundings);
    for &ix in &order {
        let article = bytes_of(&articles, ix);
        if !indexing.add_plain(article) {
            indexing.add(&reader.texts(article));
        }
    }
    Opened {
        articles,
        reader,
        order,
        session: indexing.finish(),
    }
}

/// The bytes of an article, as the plan says where they are.
fn bytes_of(articles: &Articles, ix: u32) -> &[u8] {
    let plan = articles.plan();
    let [start, end] = [1, 2].map(|list| plan[list * plan.len() / 3 + ix as usize] as usize);
    &articles.bytes()[start..end]
}

impl Opened {
    /// The positions in the file of what is found.
    fn positions(&mut self, query: &str) -> Vec<u32> {
        let hits: Hits = self.session.search(query, true).expect("all is here");
        assert_eq!(self.session.needs(), [""; 0]);
        let position = |doc: u32| self.order[doc as usize];
        hits.docs.into_iter().map(position).collect()
    }
}

#[track_caller]
fn check(json: &str, query: &str, expect: &[u32]) {
    let mut opened = opened(json);
    assert_eq!(opened.positions(query), expect, "{query:?}");
    for &position in expect {
        let article = bytes_of(&opened.articles, position);
        let texts = opened.reader.texts(article);
        let snippet = opened.session.snippet(&texts, 100).expect("all is here");
        assert!(
            snippet.title.iter().chain(&snippet.text).any(|run| run.hit),
            "{snippet:?}"
        );
    }
    assert_eq!(
        opened.session.snippet(&[], 100),
        Some(Snippet::default()),
        "no texts at all"
    );
}

#[test]
fn from_texts_to_answers() {
    let json = r#"{"version": 1, "language": "en", "articles": [
        {"id": "a", "title": "Oil prices fall", "category": "energy", "sections": [{"body": "Crude *prices* fell."}]},
        {"id": "b", "title": "Cocoa", "category": "food", "sections": [{"body": "A harvest of cocoa."}]},
        {"id": "c", "title": "Price controls", "sections": [{"body": "The price of bread."}]}
    ]}"#;
    check(json, "price", &[2, 0]);
    check(json, "fall", &[0]);
    check(json, "cocoa category:food", &[1]);
    check(json, "coco", &[1]);
    check(json, "nowhere", &[]);
    check(r#"{"articles": []}"#, "oil", &[]);
}

#[test]
fn marks_are_of_the_words_that_were_matched() {
    let json = r#"{"articles": [{"id": "a", "title": "Oil prices", "language": "en"}]}"#;
    let mut session = opened(json).session;
    let texts = ["No word of it".to_owned(), "Oil: the price".to_owned()];
    let mut marks = |query| session.marks(query, &texts).expect("all is here");
    assert_eq!(marks("oil pri"), [1, 0, 3, 1, 9, 14]);
    assert_eq!(marks(""), []);
    let mut empty = Session::default();
    assert_eq!(empty.marks("oil", &texts), None, "no index yet");
    assert_eq!(empty.needs(), ["m0"]);
}

#[test]
fn words_are_completed() {
    let json = r#"{"articles": [{"id": "a", "title": "Oil prices"}, {"id": "b", "title": "The price of primroses"}]}"#;
    let mut session = opened(json).session;
    let completions = session.completions("oil pri").expect("all is here");
    let words: Vec<&str> = completions.iter().map(|found| &*found.word).collect();
    assert!(
        words.contains(&"primroses") && words.len() <= 8,
        "{words:?}"
    );
    assert_eq!(session.completions(" ").map(|words| words.len()), Some(0));
}

#[test]
fn equals_stand_as_in_the_list() {
    // The newest first; of one date, and of none, in the order of the file.
    let json = r#"{"articles": [
        {"id": "a", "title": "Oil"}, {"id": "b", "title": "Oil", "published": "2026-01-02"},
        {"id": "c", "title": "Oil", "published": "2026-01-03"}, {"id": "d", "title": "Oil"},
        {"id": "e", "title": "Oil", "published": "2026-01-02"}
    ]}"#;
    check(json, "oil", &[2, 1, 4, 0, 3]);
    check(json, "oil sort:date", &[2, 1, 4, 0, 3]);
}

#[test]
fn a_day_is_the_one_that_is_written() {
    // In UTC the first is of March 1, and newer than the others; the third is of February 28.
    let json = r#"{"articles": [
        {"id": "a", "title": "Oil", "published": "2026-02-28T23:30:00-05:00"},
        {"id": "b", "title": "Oil", "published": "2026-03-01T00:30:00Z"},
        {"id": "c", "title": "Oil", "published": "2026-03-01T00:30:00+05:00"},
        {"id": "d", "title": "Oil", "published": "2026-02-28"}
    ]}"#;
    check(json, "oil before:2026-03-01", &[0, 3]);
    check(json, "oil after:2026-03-01", &[1, 2]);
    check(json, "oil sort:date", &[1, 2, 0, 3]);
}

#[test]
fn a_damaged_article_keeps_its_number() {
    let opened = opened(r#"{"articles": [{"id": "a", "title": "Oil"}]}"#);
    let mut indexing = Indexing::new(b"damaged, too");
    indexing.add(b"damaged");
    indexing.add(&opened.reader.texts(bytes_of(&opened.articles, 0)));
    let hits = indexing.finish().search("oil", false).expect("all is here");
    assert_eq!(hits.docs, [1]);
}
