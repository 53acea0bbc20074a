//! What is packed comes back; what is not ours is refused and never panics.

use article::{Collection, read_collection};
use proptest::prelude::*;

use super::*;

/// Every field and every kind of block and run.
const EVERYTHING: &str = r####"{"version": 1, "title": "Edition", "language": "en", "articles": [
  {"id": "a", "title": "All", "subtitle": "Sub", "published": "2026-02-02", "updated": "2026-02-03T09:15:00+02:00",
   "category": "b", "tags": ["x", "y"], "language": "de", "authors": [{"name": "Desk", "url": "https://example.org/d"}],
   "source": {"name": "Paper", "url": "https://example.org/"}, "canonical_url": "https://example.org/a",
   "image": {"src": "a.svg", "alt": "An image", "caption": "*Caption*", "credit": "Us", "width": 16, "height": 9,
             "srcset": [{"src": "a-8.svg", "width": 8}]},
   "summary": "Text with `code`, **strong**, ~~strike~~ and a [link](https://example.org \"T\").",
   "key_points": ["One[^1]\n\n[^1]: Note", "Two"],
   "sections": [{"heading": "H", "body": "### Sub\n\n> quote\n\n1. a\n2. b\n\n- [x] done\n- [ ] open\n\n```rust\nfn f() {}\n```\n\n---\n\n![alt](b.png \"Cap\")\n\n|a|b|\n|:-|-:|\n|1|2|\n\nline  \nbreak ![in](data:image/png;base64,AAAA) text"},
                {"body": "More"}],
   "risks": ["Risk"], "disclosure": "Disclosed", "corrections": [{"date": "2026-02-04", "text": "Fixed"}],
   "related": [{"id": "c"}, {"title": "Elsewhere", "excerpt": "E", "url": "https://example.org/e"}, {"id": "gone"}]},
  {"id": "c", "title": "Other", "published": "2026-02-05", "category": "A", "sections": [{"body": "Text"}]},
  {"id": "d", "title": "Undated", "published": "never", "risks": ["One"]}
]}"####;

fn everything() -> Collection {
    read_collection(EVERYTHING.into()).unwrap()
}

fn opened(ix: usize) -> Opened {
    let collection = everything();
    let order = Overview::of(&collection).newest_first;
    Opened::of(&collection, ix, &order).unwrap()
}

#[track_caller]
fn check<T: Pack + PartialEq + std::fmt::Debug>(value: T) {
    let bytes = pack(&value);
    assert_eq!(unpack(&bytes), Some(value));
    // Every cut, and every byte changed: refused or another value, and no panic.
    for cut in 0..bytes.len() {
        assert!(unpack::<T>(&bytes[..cut]).is_none(), "cut at {cut}");
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        let _ = unpack::<T>(&damaged);
    }
    assert!(
        unpack::<T>(&[&bytes[..], &[0]].concat()).is_none(),
        "more than the value"
    );
    let mut other_version = bytes;
    other_version[0] += 1;
    assert!(unpack::<T>(&other_version).is_none(), "another version");
}

#[test]
fn all_come_back() {
    let collection = everything();
    check(Overview::of(&collection));
    for ix in 0..3 {
        check(Card::of(collection.article(ix).unwrap(), Some("en")));
        check(opened(ix));
        check(Texts::of(&collection, ix).unwrap());
    }
}

#[test]
fn an_overview_is_in_order() {
    let overview = Overview::of(&everything());
    assert_eq!(overview.newest_first, [1, 0, 2]);
    assert_eq!(overview.n_dated, 2, "the third has no date");
    let names = overview
        .categories_by_name
        .iter()
        .map(|&ix| &*overview.categories[ix as usize]);
    assert_eq!(names.collect::<Vec<_>>(), ["A", "b"]);
    let errors: Vec<_> = overview
        .problems
        .iter()
        .filter(|remark| remark.is_error)
        .collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].article.as_deref(), Some("Undated"));
    assert_eq!(overview.n_problems as usize, overview.problems.len());
}

#[test]
fn surroundings() {
    let all = opened(0);
    let related: Vec<_> = all
        .related
        .iter()
        .map(|r| (&*r.title, r.id.as_deref(), r.url.is_some()))
        .collect();
    assert_eq!(
        related,
        [("Other", Some("c"), false), ("Elsewhere", None, true)]
    );
    assert_eq!(all.newer.unwrap().id, "c");
    assert_eq!(all.older.unwrap().id, "d");
    assert!(opened(2).reading_time.is_some());
}

#[test]
fn nesting_without_end_is_refused() {
    // A document whose quotes never end: version, texts left out, then blocks in blocks.
    let mut bytes = pack(&Opened::default());
    bytes.extend([1, 2].repeat(100_000));
    assert!(unpack::<Opened>(&bytes).is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = unpack::<Overview>(&bytes);
        let _ = unpack::<Card>(&bytes);
        let _ = unpack::<Opened>(&bytes);
        let _ = unpack::<Texts>(&bytes);
    }
}
