//! Pages and what is read in them.

use super::super::{Headings, Losses, SourceFile};
use super::{read, without_points};
use serde_json::Value;
use std::path::Path;

fn imported(bytes: &[u8]) -> (Value, Vec<String>) {
    let headings = Headings::default();
    let source = SourceFile {
        name: "page.txt",
        bytes,
        base: None,
        headings: &headings,
    };
    let mut losses = Losses::of("page.txt");
    let imported = read(&source, &mut losses).unwrap();
    let told = losses
        .list()
        .iter()
        .map(|loss| format!("{}: {}", loss.place, loss.what))
        .collect();
    (serde_json::to_value(&imported.articles[0]).unwrap(), told)
}

/// A page of the tests, and what is to be read in it, which stands beside it.
#[track_caller]
fn check_page(name: &str, losses: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain-pages");
    let page = std::fs::read(folder.join(name).with_extension("txt")).unwrap();
    let (found, told) = imported(&page);
    let expect =
        std::fs::read_to_string(folder.join(name).with_extension("json")).unwrap_or_default();
    let expect: Value = serde_json::from_str(&expect).unwrap_or_default();
    assert_eq!(
        serde_json::to_string_pretty(&found).unwrap(),
        serde_json::to_string_pretty(&expect).unwrap(),
    );
    assert_eq!(told, losses);
}

#[test]
fn whole_pages() {
    check_page("tidal-mill", &[]);
    check_page("klappbruecke", &[]);
    check_page("lantern", &[]);
    check_page("phare", &[]);
}

#[test]
fn the_seed_page_is_the_seed_article() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seed");
    let Ok(page) = std::fs::read(folder.join("seed-page.txt")) else {
        println!("skipped: there is no ../shared/data/seed");
        return;
    };
    let expect = std::fs::read_to_string(folder.join("seed-article.json")).unwrap();
    let expect: Value = serde_json::from_str(&expect).unwrap();
    let (found, told) = imported(&page);
    let (found_fields, fields) = (found.as_object().unwrap(), expect.as_object().unwrap());
    for (name, value) in fields {
        assert_eq!(found_fields.get(name), Some(value), "{name}");
    }
    assert_eq!(found_fields.len(), fields.len());
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn initialisms_are_words() {
    #[track_caller]
    fn check(title: &str, expect: &str) {
        assert_eq!(article::slug(&without_points(title)), expect, "{title:?}");
    }
    check(
        "Talks With U.S. Amid Tensions",
        "talks-with-us-amid-tensions",
    );
    check("“U.S.A.” and the U.N.’s view", "usa-and-the-uns-view");
    check(
        "No. 5 costs 2.50 at example.org",
        "no-5-costs-2-50-at-example-org",
    );
    check("A. B. Smith", "a-b-smith");
}
