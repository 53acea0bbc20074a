//! A document with every field, changed at random: a member is left out, gets another name or value, or one more is put in.

use super::{reader_says, schema_says};
use offprint_article::field_names;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn whole() -> Value {
    json!({
        "$schema": "offprint.schema.json", "version": 1, "title": "T", "description": "D", "language": "en",
        "base_url": "https://example.org/", "_own": [1],
        "articles": [
            {
                "id": "a", "title": "A", "subtitle": "S", "published": "2026-02-02", "updated": "2026-02-03T09:15:00Z",
                "category": "C", "tags": ["t", "u"], "language": "de",
                "authors": [{"name": "N", "url": "https://example.org/n"}], "source": {"name": "N", "url": "n"},
                "canonical_url": "https://example.org/a",
                "image": {
                    "src": "a.png", "alt": "A", "caption": "C", "credit": "C", "width": 16, "height": 9,
                    "srcset": [{"src": "b.png", "width": 8}]
                },
                "summary": "S", "key_points": ["K"], "sections": [{"heading": "H", "body": "B"}, {"body": "B"}],
                "risks": ["R"], "disclosure": "D", "corrections": [{"date": "2026-02-03", "text": "T"}],
                "related": [{"id": "b"}, {"title": "T", "excerpt": "E", "url": "https://example.org/t"}],
                "extra": {"n": 1}, "_own": 1
            },
            {"id": "b", "title": "B"}
        ]
    })
}

/// What may come into the place of a value.
fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(7),
        json!(-3),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!(""),
        json!(" "),
        json!("x"),
        json!("two words"),
        json!("1"),
        json!("800px"),
        json!("a\u{202e}b"),
        json!("2026-02-02"),
        json!("2026-13-02"),
        json!("2026-02-03T09:15:00+01:00"),
        json!("2026-02-03T09:15:00"),
        json!("en"),
        json!("pt-BR"),
        json!("en_GB"),
        json!("https://example.org/x"),
        json!("//example.org"),
        json!("javascript:x"),
        json!("x.png"),
        json!("#x"),
        json!("data:image/png;base64,AAAA"),
        json!("x:y"),
        json!([]),
        json!([null]),
        json!([""]),
        json!(["x"]),
        json!([7]),
        json!([[]]),
        json!([{}]),
        json!([{"name": "x"}]),
        json!([{"body": "x"}]),
        json!([{"text": "x"}]),
        json!([{"id": "x"}]),
        json!([{"src": "x", "width": 7}]),
        json!([{"id": "x", "title": "x"}]),
        json!({}),
        json!({"name": "x"}),
        json!({"src": "x"}),
        json!({"body": "x"}),
        json!({"id": "x", "title": "x"}),
    ]
}

/// Names of all objects of the format, and some that are none.
fn names() -> Vec<String> {
    let known: BTreeSet<&str> = field_names()
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .collect();
    let others = ["keypoints", "mine", "_mine", "$mine", "Title", "", "items"];
    known.into_iter().chain(others).map(String::from).collect()
}

#[derive(Clone, Debug)]
enum Change {
    Remove,
    Replace(Index),
    Rename(Index),
    Insert(Index, Index),
    Double,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        1 => Just(Change::Remove),
        3 => any::<Index>().prop_map(Change::Replace),
        1 => any::<Index>().prop_map(Change::Rename),
        1 => any::<(Index, Index)>().prop_map(|(name, value)| Change::Insert(name, value)),
        1 => Just(Change::Double),
    ]
}

/// The places of all values below this one.
fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    let mut below = |step: &str, value: &Value| {
        let place = format!("{place}/{step}");
        found.push(place.clone());
        places(value, &place, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(ix, value)| below(&ix.to_string(), value)),
        _ => {}
    }
}

fn apply(document: &mut Value, place: Index, change: &Change) {
    let mut found = Vec::new();
    places(document, "", &mut found);
    // Names with a slash in them are none of ours.
    let Some((above, step)) = found
        .get(place.index(found.len().max(1)))
        .and_then(|place| place.rsplit_once('/'))
    else {
        return;
    };
    let (values, names) = (values(), names());
    match document.pointer_mut(above) {
        Some(Value::Object(members)) => match change {
            Change::Remove | Change::Double => {
                members.remove(step);
            }
            Change::Replace(value) => {
                members.insert(step.to_string(), value.get(&values).clone());
            }
            Change::Rename(name) => {
                let value = members.remove(step).unwrap_or_default();
                members.insert(name.get(&names).clone(), value);
            }
            Change::Insert(name, value) => {
                members.insert(name.get(&names).clone(), value.get(&values).clone());
            }
        },
        Some(Value::Array(list)) => {
            let ix: usize = step.parse().expect("an index");
            match change {
                Change::Remove => {
                    list.remove(ix);
                }
                Change::Replace(value) | Change::Rename(value) => {
                    list[ix] = value.get(&values).clone()
                }
                Change::Insert(_, value) => list.insert(ix, value.get(&values).clone()),
                Change::Double => list.push(list[ix].clone()),
            }
        }
        _ => {}
    }
}

/// The one difference (`cases`) that these changes can make: two articles with the same id.
fn has_an_id_twice(document: &Value) -> bool {
    let articles = document["articles"].as_array().into_iter().flatten();
    let ids: Vec<&str> = articles
        .filter_map(|article| Some(article["id"].as_str()?.trim()))
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    unique.len() < ids.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_judge_alike(changes in prop::collection::vec((any::<Index>(), change()), 1..4), is_alone in any::<bool>()) {
        let mut document = whole();
        if is_alone {
            document = document["articles"][0].take();
        }
        for (place, change) in &changes {
            apply(&mut document, *place, change);
        }
        let text = document.to_string();
        let (of_schema, of_reader) = (schema_says(&document), reader_says(&text));
        let differs = of_schema.is_some() != of_reader.is_some();
        prop_assert!(!differs || has_an_id_twice(&document), "{text}\nschema: {of_schema:?}\nreader: {of_reader:?}");
    }
}

#[test]
fn the_whole_is_right() {
    assert_eq!(
        (schema_says(&whole()), reader_says(&whole().to_string())),
        (None, None)
    );
}
