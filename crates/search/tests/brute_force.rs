//! On small random collections, answers are those of looking at every word of every article.
//!
//! Words are made of few letters and no language is set, so that a word is its own term and chance makes collisions.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use proptest::collection::vec;
use proptest::prelude::*;
use search::{Builder, Fields, Index, Query};

/// Articles as title and body.
type Articles = Vec<(Vec<String>, Vec<String>)>;

fn articles() -> impl Strategy<Value = Articles> {
    let word = || "[abc]{1,4}";
    vec((vec(word(), 0..4), vec(word(), 0..12)), 0..12)
}

fn index(articles: &Articles) -> Index {
    let mut builder = Builder::new();
    for (title, body) in articles {
        builder.add(&Fields {
            title: &title.join(" "),
            body: &body.join(" "),
            language: "und",
            ..Fields::default()
        });
    }
    builder.finish()
}

/// The articles of which the title or the body passes, ascending.
fn scan(articles: &Articles, passes: impl Fn(&[String]) -> bool) -> Vec<u32> {
    let found = articles
        .iter()
        .enumerate()
        .filter(|(_, (title, body))| passes(title) || passes(body));
    found.map(|(ix, _)| ix as u32).collect()
}

/// The articles that match all words, ascending.
fn all_words(index: &Index, query: &str, typing: bool) -> Vec<u32> {
    let hits = index.search(&Query::parse(query, typing)).unwrap();
    let mut docs = hits.docs[..hits.n_all_words].to_vec();
    docs.sort_unstable();
    docs
}

proptest! {
    #[test]
    fn a_word(articles in articles(), word in "[abc]{1,3}") {
        let found = all_words(&index(&articles), &word, false);
        prop_assert_eq!(found, scan(&articles, |text| text.contains(&word)));
    }

    #[test]
    fn a_beginning(articles in articles(), word in "[abc]{1,3}") {
        let found = all_words(&index(&articles), &word, true);
        prop_assert_eq!(found, scan(&articles, |text| text.iter().any(|other| other.starts_with(&word))));
    }

    #[test]
    fn two_words(articles in articles(), first in "[abc]{1,3}", second in "[abc]{1,3}") {
        let index = index(&articles);
        let holds = |word: &String| scan(&articles, |text| text.contains(word));
        let (with_first, with_second) = (holds(&first), holds(&second));
        let both: Vec<u32> = with_first.iter().copied().filter(|doc| with_second.contains(doc)).collect();
        prop_assert_eq!(all_words(&index, &format!("{first} {second}"), false), both);

        let mut any = index.search(&Query::parse(&format!("{first} {second}"), false)).unwrap().docs;
        any.sort_unstable();
        let either = scan(&articles, |text| text.contains(&first) || text.contains(&second));
        prop_assert_eq!(&any, &either);
        prop_assert_eq!(all_words(&index, &format!("{first} OR {second}"), false), either);
    }

    #[test]
    fn a_phrase(articles in articles(), words in vec("[ab]{1,2}", 1..4)) {
        let expect = scan(&articles, |text| text.windows(words.len()).any(|window| window == words));
        let found = all_words(&index(&articles), &format!("\"{}\"", words.join(" ")), false);
        if expect.is_empty() {
            // Then the words count alone, and only an article with all of them matches all.
            prop_assert!(found.iter().all(|doc| !expect.contains(doc)));
        } else {
            prop_assert_eq!(found, expect);
        }
    }

    #[test]
    fn a_minus(articles in articles(), word in "[abc]{1,2}", without in "[abc]{1,2}") {
        let mut found = index(&articles).search(&Query::parse(&format!("{word} -{without}"), false)).unwrap().docs;
        found.sort_unstable();
        let with = scan(&articles, |text| text.contains(&word));
        let excluded = scan(&articles, |text| text.contains(&without));
        let expect: Vec<u32> = with.into_iter().filter(|doc| !excluded.contains(doc)).collect();
        prop_assert_eq!(found, expect);
    }

    #[test]
    fn a_word_of_the_title(articles in articles(), word in "[abc]{1,2}") {
        let hits = index(&articles).search(&Query::parse(&format!("title:{word}"), false)).unwrap();
        let mut found = hits.docs;
        found.sort_unstable();
        let expect: Vec<u32> =
            (0..articles.len() as u32).filter(|doc| articles[*doc as usize].0.contains(&word)).collect();
        if !expect.is_empty() {
            prop_assert_eq!(found, expect);
        }
    }

    #[test]
    fn whatever_is_typed_gets_an_answer_in_order(
        articles in articles(),
        query in "([abc]{1,3}|[ \"*:.'-]|OR |-|title:|tag:|before:|\\PC){0,12}",
        typing in any::<bool>(),
    ) {
        let index = index(&articles);
        let parsed = Query::parse(&query, typing);
        let hits = index.search(&parsed).unwrap();
        prop_assert_eq!(&hits, &index.search(&parsed).unwrap(), "the same again");
        prop_assert!(hits.n_all_words <= hits.docs.len());
        prop_assert_eq!(hits.docs.len(), hits.scores.len());
        let mut docs = hits.docs.clone();
        docs.sort_unstable();
        docs.dedup();
        prop_assert_eq!(docs.len(), hits.docs.len(), "no article twice");
        prop_assert!(hits.scores.iter().all(|score| score.is_finite() && *score >= 0.0));
        let all = [(0, hits.n_all_words), (hits.n_all_words, hits.docs.len())];
        if !query.contains("sort:") && !parsed.is_empty() {
            // An article whose title is what was typed comes first, whatever its score: a stray quote is no part of that.
            let is_title = |ix: usize| index.explain(&parsed, hits.docs[ix]).unwrap().is_title;
            for (from, to) in all {
                let group: Vec<(bool, f32)> = (from..to).map(|ix| (is_title(ix), hits.scores[ix])).collect();
                prop_assert!(group.is_sorted_by(|a, b| a >= b), "{:?}", hits);
            }
        }
        for (doc, score) in hits.docs.iter().zip(&hits.scores) {
            prop_assert_eq!(index.explain(&parsed, *doc).unwrap().score, *score);
        }
    }

    #[test]
    fn snippets_are_the_text(text in "\\PC{0,300}", query in "\\PC{0,20}", max in 0_usize..80) {
        let mut builder = Builder::new();
        let fields = Fields { title: &text, body: &text, ..Fields::default() };
        builder.add(&fields);
        let index = builder.finish();
        let snippet = index.highlighter(&Query::parse(&query, true)).unwrap().snippet(&fields, max);
        let whole: String = snippet.title.iter().map(|run| run.text.as_str()).collect();
        prop_assert_eq!(&whole, &text);
        let passage: String = snippet.text.iter().map(|run| run.text.as_str()).collect();
        let passage = passage.trim_start_matches("… ").trim_end_matches(" …");
        prop_assert!(text.contains(passage.trim()), "{passage:?} in {text:?}");
        prop_assert!(passage.chars().count() <= max + 1);
    }
}
