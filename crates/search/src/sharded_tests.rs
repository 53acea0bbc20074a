//! An index in files answers as the one in memory does: on random collections, cut into parts so small that every kind of
//! part is met, after any other questions, and however much was dropped in between.

use crate::limits::Limits;
use crate::{Builder, Damage, Fields, FilterKind, Index, Needs, Part, Query};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

const TINY: Limits = Limits {
    shard: 24,
    list: 6,
    positions: 8,
    nearness: 20,
    beginning: 8,
    spelling: 6,
};

/// The number of bytes of all parts of a certain index, and their hash.
const GOLDEN: (usize, u64) = (5763, 12_400_201_895_348_590_478);

#[derive(Clone, Debug)]
struct Text {
    title: Vec<String>,
    body: Vec<String>,
    tag: String,
    published: Option<i64>,
}

fn text() -> impl Strategy<Value = Text> {
    let word = || prop_oneof![4 => "[abc]{1,5}", 1 => "[ab]{4,9}", 1 => Just("prices".to_owned()), 1 => Just("日本".to_owned()), 1 => "[aä]{1,3}"];
    (
        vec(word(), 0..4),
        vec(word(), 0..14),
        "[ab]{0,2}",
        proptest::option::weighted(0.8, 0_i64..40),
    )
        .prop_map(|(title, body, tag, day)| Text {
            title,
            body,
            tag,
            published: day.map(|day| day * 86_400),
        })
}

fn index(texts: &mut [Text], limits: Limits) -> Index {
    texts.sort_by_key(|text| text.published);
    let mut builder = Builder::new();
    builder.limits = Some(limits);
    for text in texts.iter() {
        builder.add(&Fields {
            title: &text.title.join(" "),
            body: &text.body.join(" "),
            tags: &[&text.tag],
            category: Some("News"),
            published: text.published,
            language: "en",
            ..Fields::default()
        });
    }
    builder.finish()
}

fn parts(index: &Index) -> BTreeMap<Part, Vec<u8>> {
    let mut parts = BTreeMap::new();
    index.write(9, &mut |part, bytes| {
        assert!(parts.insert(part, bytes).is_none(), "{part:?} twice");
    });
    parts
}

fn ask<T>(
    opened: &mut Index,
    parts: &BTreeMap<Part, Vec<u8>>,
    ask: impl Fn(&Index) -> Result<T, Needs>,
) -> T {
    for _ in 0..20 {
        match ask(opened) {
            Ok(answer) => return answer,
            Err(Needs(needs)) => {
                assert!(!needs.is_empty());
                for part in needs {
                    opened.load(part, &parts[&part]).unwrap();
                }
            }
        }
    }
    panic!("it never has enough");
}

fn query() -> impl Strategy<Value = String> {
    "([abc]{1,5}|[aä]{1,3}|[ab]{4,9}|price|prices|日本| | | |\"|OR |-|title:|tag:|category:n|before:1970-01-1|after:1970-01-20|sort:date| [abc]){1,7}"
}

proptest! {
    #[test]
    fn files_answer_as_memory_does(
        mut texts in vec(text(), 0..24),
        queries in vec((query(), any::<bool>()), 1..6),
        limit in prop_oneof![Just(0_usize), Just(300), Just(1 << 20)],
    ) {
        let index = index(&mut texts, TINY);
        let parts = parts(&index);
        let mut opened = Index::open(&parts[&Part::Manifest]).unwrap();
        prop_assert_eq!(opened.n_documents(), index.n_documents());
        for (text, typing) in &queries {
            let query = Query::parse(text, *typing);
            let hits = index.search(&query).unwrap();
            let found = ask(&mut opened, &parts, |index| index.search(&query));
            prop_assert_eq!(&found, &hits, "{}", text);
            let completions = ask(&mut opened, &parts, |index| index.completions(&query));
            prop_assert_eq!(completions, index.completions(&query).unwrap());
            if let Some(doc) = hits.docs.first() {
                let explained = ask(&mut opened, &parts, |index| index.explain(&query, *doc));
                prop_assert_eq!(explained.to_string(), index.explain(&query, *doc).unwrap().to_string());
            }
            let title = texts.first().map(|text| text.title.join(" ")).unwrap_or_default();
            let fields = Fields { title: &title, ..Fields::default() };
            let marked = ask(&mut opened, &parts, |index| index.highlighter(&query));
            prop_assert_eq!(
                marked.snippet(&fields, 40),
                index.highlighter(&query).unwrap().snippet(&fields, 40)
            );
            opened.evict(limit);
        }
    }

    #[test]
    fn any_bytes_are_read_without_harm(
        mut texts in vec(text(), 1..12),
        changes in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..4),
        query in query(),
    ) {
        // As if the checksum were right: altered content is read, and may answer anything, but it answers.
        let written = parts(&index(&mut texts, TINY));
        let mut parts = written.clone();
        for (which, at, byte) in changes {
            let part = **which.get(&written.keys().collect::<Vec<_>>());
            let mut content = parts[&part][29..].to_vec();
            if !content.is_empty() {
                let place = at.index(content.len());
                content[place] = byte;
            }
            parts.insert(part, crate::part::seal(part, 9, &content));
        }
        let Ok(mut opened) = Index::open(&parts[&Part::Manifest]) else {
            return Ok(());
        };
        let query = Query::parse(&query, true);
        for _ in 0..20 {
            let asked = opened.search(&query).map(drop);
            let asked = asked.and_then(|()| opened.explain(&query, 0).map(drop));
            let asked = asked.and_then(|()| opened.highlighter(&query).map(drop));
            let Err(Needs(needs)) = asked.and_then(|()| opened.completions(&query).map(drop)) else {
                break;
            };
            for part in needs {
                // A part that the altered manifest or shard invents.
                let Some(bytes) = parts.get(&part) else {
                    return Ok(());
                };
                if opened.load(part, bytes).is_err() {
                    return Ok(());
                }
            }
        }
    }
}

/// All parts of an index are few rounds deep, however much is asked for at once.
#[track_caller]
fn check_long(query: &str, words: &[String]) {
    let mut texts: Vec<Text> = words
        .chunks(10)
        .map(|words| Text {
            title: words.to_vec(),
            body: vec![query.to_owned()],
            tag: String::new(),
            published: None,
        })
        .collect();
    let index = index(&mut texts, TINY);
    let parts = parts(&index);
    let mut opened = Index::open(&parts[&Part::Manifest]).unwrap();
    let query = Query::parse(query, false);
    let found = ask(&mut opened, &parts, |index| index.search(&query));
    assert_eq!(found, index.search(&query).unwrap());
    assert!(!found.docs.is_empty());
}

#[test]
fn a_long_query_is_answered_in_as_few_rounds() {
    let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
    let words: Vec<String> = (0..400)
        .map(|n| {
            String::from_iter(["q", "x"].map(|x| format!("{x}{}{}", letter(n / 26), letter(n))))
        })
        .collect();
    check_long(&words.join(" "), &words);
    let run = String::from_iter((0..60).filter_map(|n| char::from_u32(0x4E00 + 97 * n)));
    check_long(&run, std::slice::from_ref(&run));
}

#[test]
fn every_kind_of_part_is_met() {
    let mut texts: Vec<Text> = (0..40)
        .map(|day| Text {
            title: vec!["prices".into(), format!("ab{day}")],
            body: "a ab abc aab bab cab baa caa"
                .split(' ')
                .map(str::to_owned)
                .collect(),
            tag: "x".into(),
            published: Some(day * 86_400),
        })
        .collect();
    let index = index(&mut texts, TINY);
    let written = parts(&index);
    let kinds: std::collections::BTreeSet<char> = written
        .keys()
        .map(|part| part.name().chars().next().unwrap())
        .collect();
    assert_eq!(String::from_iter(kinds), "bdflmpstw");
    assert_eq!(written, parts(&index), "the same bytes every time");
    // Golden: whoever changes this changes the format, and its version, which begins every part.
    let all: Vec<u8> = written.into_values().flatten().collect();
    assert_eq!((all.len(), crate::hash::hash(&all)), GOLDEN);
}

#[test]
fn a_part_that_is_damaged_is_not_taken() {
    let mut texts = vec![Text {
        title: vec!["oil".into()],
        body: vec![],
        tag: "x".into(),
        published: None,
    }];
    let written = parts(&index(&mut texts, Limits::of(1)));
    let mut opened = Index::open(&written[&Part::Manifest]).unwrap();
    let query = Query::parse("oil", false);
    let needs = opened.search(&query).unwrap_err();
    assert_eq!(needs.0[0], Part::Shard(0));
    let shard = &written[&Part::Shard(0)];
    let mut load = |bytes: &[u8]| opened.load(Part::Shard(0), bytes);
    assert_eq!(load(b"<!doctype html>"), Err(Damage::NotAPart));
    assert!(matches!(
        load(&shard[..shard.len() - 1]),
        Err(Damage::Length { .. })
    ));
    assert_eq!(
        load(&written[&Part::Filters(FilterKind::Tag)]),
        Err(Damage::OtherPart)
    );
    assert!(opened.search(&query).is_err(), "and it is still missing");
}
