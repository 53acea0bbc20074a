//! The nearest articles of all at once are those of one after the other, and a newer article changes none of them.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod data;

use offprint_article::{Alike, ArticleWords, Collection, Products, read_collection};
use serde_json::{Value, json};

/// Held together of so many articles.
const N_COMPARED: usize = 500;

/// The positions of the articles, the newest first, those of one date in the order of the file.
fn newest_first(collection: &Collection) -> Vec<u32> {
    let entries = collection.entries();
    let mut order: Vec<u32> = (0..entries.len() as u32).collect();
    let date = |ix: u32| entries[ix as usize].published.map(|date| date.list_key());
    order.sort_by_key(|ix| std::cmp::Reverse(date(*ix)));
    order
}

/// All articles at once, the newest first.
fn all_at_once(collection: &Collection) -> (Vec<u32>, Alike) {
    let order = newest_first(collection);
    let mut alike = Alike::default();
    for ix in &order {
        let article = collection.article(*ix as usize).unwrap();
        alike.add(&ArticleWords::of(&article), article.published);
    }
    alike.finish();
    (order, alike)
}

/// Gives how many near articles were found.
#[track_caller]
fn check(collection: &Collection) -> usize {
    let (order, alike) = all_at_once(collection);
    let (mut products, mut n_found) = (Products::default(), 0);
    for rank in (0..order.len()).step_by(1 + order.len() / N_COMPARED) {
        let found = alike.nearest(rank, 4, &mut products);
        assert!(
            found.iter().all(|other| *other as usize > rank),
            "{found:?} of {rank}"
        );
        let found: Vec<u32> = found.iter().map(|rank| order[*rank as usize]).collect();
        let ix = order[rank] as usize;
        assert_eq!(found, collection.nearest(ix, 4), "of article {ix}");
        n_found += found.len();
    }
    n_found
}

/// A newer article, made of the words of one that is there, changes nothing of what is near to others.
#[track_caller]
fn check_later(articles: &[Value], place: usize) {
    let before = collection(articles);
    let mut later = articles[articles.len() / 2].clone();
    later["id"] = "later".into();
    later["published"] = "2999-01-01".into();
    let mut with = articles.to_vec();
    with.insert(place, later);
    let after = collection(&with);
    let ids = |collection: &Collection, of: Vec<u32>| -> Vec<String> {
        let entries = collection.entries();
        of.iter()
            .map(|ix| entries[*ix as usize].id.to_string())
            .collect()
    };
    let (order, alike_before) = all_at_once(&before);
    let (order_after, alike_after) = all_at_once(&after);
    assert_eq!(ids(&after, order_after[..1].to_vec()), ["later"]);
    let mut products = [Products::default(), Products::default()];
    assert!(!alike_after.nearest(0, 4, &mut products[1]).is_empty());
    for (rank, ix) in order
        .iter()
        .enumerate()
        .step_by(1 + order.len() / N_COMPARED)
    {
        let found = alike_before.nearest(rank, 4, &mut products[0]);
        let moved = alike_after.nearest(rank + 1, 4, &mut products[1]);
        let moved: Vec<u32> = moved.iter().map(|rank| rank - 1).collect();
        assert_eq!(moved, found, "of article {ix}");
        // One after the other, a few: each is looked for among all.
        if rank < 50 {
            let near = ids(&before, before.nearest(*ix as usize, 4));
            let ix = after.position(&before.entries()[*ix as usize].id).unwrap();
            assert_eq!(ids(&after, after.nearest(ix, 4)), near);
        }
    }
}

fn collection(articles: &[Value]) -> Collection {
    let json = json!({"version": 1, "articles": articles}).to_string();
    read_collection(json.into_bytes()).unwrap()
}

/// The articles of a corpus, if it is there.
fn corpus(name: &str) -> Option<Vec<Value>> {
    let value: Value = serde_json::from_slice(&data::unpacked(name)?).unwrap();
    Some(value["articles"].as_array().unwrap().clone())
}

#[test]
fn of_real_articles() {
    for name in [
        "corpora/reuters-21578.json.gz",
        "corpora/digital-gov.json.gz",
    ] {
        let Some(articles) = corpus(name) else {
            continue;
        };
        let some = &articles[..articles.len().min(3_000)];
        let n_found = check(&collection(some));
        assert!(n_found > 1_000, "{name}: {n_found}");
        check_later(some, 0);
        check_later(some, some.len());
    }
}

/// Of more articles, only the rarest words are looked up.
#[test]
fn of_very_many_real_articles() {
    if let Some(articles) = corpus("corpora/reuters-21578.json.gz") {
        check_later(&articles, 0);
    }
}

#[test]
fn of_few() {
    assert_eq!(check(&collection(&[])), 0);
    let few = [
        json!({"id": "a", "title": "Tides and the moon"}),
        json!({"id": "b", "title": "The moon at night", "published": "2026-01-02"}),
        json!({"id": "c", "title": "Bread", "published": "2026-01-02"}),
        json!({"id": "d", "title": ""}),
        json!({"id": "e", "title": "Tides, bread, night", "published": "2026-01-01"}),
        json!({"id": "f", "title": "Moon and bread"}),
    ];
    assert!(check(&collection(&few)) > 3);
}
