//! The engine from outside: small collections, queries, and the order of the answers, in memory and from files.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

#[path = "common/files.rs"]
mod files;

use files::Files;
use search::{Builder, Fields, Index, Query};

fn day(day: i64) -> Option<i64> {
    Some(day * 86_400)
}

/// A small paper. The number of each article is its place here.
fn paper() -> Vec<Fields<'static>> {
    let en = Fields {
        language: "en",
        ..Fields::default()
    };
    vec![
        /* 0 */
        Fields {
            title: "Oil prices fall after the meeting",
            body: "Crude oil fell sharply. The ministers of the producing countries met in Vienna.",
            category: Some("Energy"),
            tags: &["oil", "opec"],
            authors: &["Jane Smith"],
            published: day(10_000),
            ..en
        },
        /* 1 */
        Fields {
            title: "Cocoa",
            summary: "A good harvest, and prices that do not move.",
            body: "Prices of oil play no part in it. Farmers co-operate with the U.S. co-op.",
            category: Some("News & Politics"),
            tags: &["food"],
            published: day(11_000),
            ..en
        },
        /* 2 */
        Fields {
            title: "The price of everything",
            subtitle: "What a crude measure hides",
            body: "Economists argue about baskets. The Bank of England pays $7.5 for 1,750 of them. Don’t ask.",
            category: Some("Economics"),
            authors: &["John Müller", "Ann Smith-Jones"],
            published: day(12_000),
            ..en
        },
        /* 3 */
        Fields {
            title: "Shakespeare retrieved",
            key_points: "A lost folio\nA found folio",
            body: "The retrieval of a folio from the bank of a river in England.",
            category: Some("Arts"),
            ..en
        },
        /* 4 */
        Fields {
            title: "Häuser in Zürich",
            body: "Die Häuser sind teuer, und das Haus am See ist das teuerste. Straßen ohne Bäume.",
            language: "de",
            ..Fields::default()
        },
        /* 5 */
        Fields {
            title: "東京の物価",
            body: "日本語の記事です。石油の価格は下がった。",
            language: "ja",
            ..Fields::default()
        },
        /* 6 */
        Fields {
            title: "أسعار النفط",
            body: "انخفضت أَسْعَارُ النفط في الأسواق.",
            language: "ar",
            ..Fields::default()
        },
        /* 7 */
        Fields {
            title: "ราคาน้ำมัน",
            body: "ราคาน้ำมันลดลงในวันนี้",
            language: "th",
            ..Fields::default()
        },
    ]
}

/// The articles of the paper in the order of their numbers: by date, those without one first.
fn by_date() -> Vec<usize> {
    let paper = paper();
    let mut order: Vec<usize> = (0..paper.len()).collect();
    order.sort_by_key(|ix| paper[*ix].published);
    order
}

fn index() -> Index {
    let mut builder = Builder::new();
    for (number, ix) in by_date().into_iter().enumerate() {
        assert_eq!(builder.add(&paper()[ix]), number as u32);
    }
    builder.finish()
}

/// The number of an article of the paper.
fn number(ix: usize) -> u32 {
    by_date().iter().position(|other| *other == ix).unwrap() as u32
}

/// `all` match all words, in this order; then `some` match some, in this order.
#[track_caller]
fn check(query: &str, all: &[u32], some: &[u32]) {
    check_parsed(&Query::parse(query, false), query, all, some);
}

#[track_caller]
fn typing(query: &str, all: &[u32], some: &[u32]) {
    check_parsed(&Query::parse(query, true), query, all, some);
}

#[track_caller]
fn check_parsed(query: &Query, text: &str, all: &[u32], some: &[u32]) {
    let index = index();
    let hits = index.search(query).unwrap();
    let order = by_date();
    let articles: Vec<u32> = hits
        .docs
        .iter()
        .map(|doc| order[*doc as usize] as u32)
        .collect();
    let (found_all, found_some) = articles.split_at(hits.n_all_words);
    assert_eq!((found_all, found_some), (all, some), "{text:?}");
    assert_eq!(Files::of(&index).search(query), hits, "{text:?} from files");
}

#[test]
fn words() {
    check("cocoa", &[1], &[]);
    check("COCOA!", &[1], &[]);
    check("oil", &[0, 1], &[]);
    check("price", &[0, 2, 1], &[]);
    check("oil price", &[0, 1], &[2]);
    check("cocoa harvest nonsense", &[], &[1]);
    check("nonsense", &[], &[]);
    check("", &[], &[]);
    check("  ", &[], &[]);
    check("?!", &[], &[]);
}

#[test]
fn function_words_are_not_insisted_on() {
    check("the cocoa of the farmers", &[1], &[2, 0, 3]);
    check("what is the oil price", &[0, 1], &[2, 3]);
    check("of the", &[2, 0, 3, 1], &[]);
}

#[test]
fn a_title_that_equals_the_query_is_first() {
    check("cocoa", &[1], &[]);
    check("the price of everything", &[2], &[0, 1, 3]);
    let mut builder = Builder::new();
    for title in ["Oil oil oil oil", "Oil and gas", "Gas, oil", "Oil"] {
        builder.add(&Fields {
            title,
            language: "en",
            ..Fields::default()
        });
    }
    let index = builder.finish();
    assert_eq!(
        index.search(&Query::parse("oil", false)).unwrap().docs,
        [3, 0, 2, 1]
    );
    assert_eq!(
        index.search(&Query::parse("gas oil", false)).unwrap().docs[0],
        2
    );
    assert_eq!(
        index
            .search(&Query::parse("oil AND gas", false))
            .unwrap()
            .docs[0],
        1
    );
}

#[test]
fn the_last_word_may_be_unfinished() {
    typing("coc", &[1], &[]);
    typing("pri", &[0, 2, 1], &[]);
    typing("oil pri", &[0, 1], &[2]);
    typing("oil pri ", &[], &[0, 1]);
    typing("shak", &[3], &[]);
    check("shak", &[], &[]);
    check("shak*", &[3], &[]);
    check("title:pri*", &[0, 2], &[]);
    check("tag:ope*", &[0], &[]);
    check("category:ener*", &[0], &[]);
    // An apostrophe that Unicode calls a letter is the beginning of nothing yet.
    typing("ʼ", &[], &[]);
    typing("cocoa ʼ", &[1], &[]);
    typing("co-op", &[1], &[]);
    typing("zuri", &[4], &[]);
}

#[test]
fn phrases() {
    check("\"crude oil\"", &[0], &[]);
    // Found nowhere: then its words.
    check("\"oil crude\"", &[0], &[2, 1]);
    check("\"bank of england\"", &[2], &[]);
    check("bank of england", &[2, 3], &[1, 0]);
    check("prices \"crude oil\"", &[0], &[]);
    check("“crude oil” vienna", &[0], &[]);
    check("\"crude oil", &[0], &[2, 1]);
    check("crude oil\"", &[0], &[2, 1]);
    check("\"\"", &[], &[]);
    check("cocoa \"", &[1], &[]);
    // Fields are apart.
    check("\"meeting crude\" OR cocoa", &[1], &[]);
}

#[test]
fn exclusion_and_alternatives() {
    check("oil -cocoa", &[0], &[]);
    check("price -\"crude oil\"", &[2, 1], &[]);
    check("cocoa OR shakespeare", &[3, 1], &[]);
    check("oil cocoa OR shakespeare", &[1], &[3, 0]);
    check("cocoa or shakespeare", &[], &[3, 1]);
    check("OR cocoa", &[1], &[]);
    check("cocoa OR", &[1], &[]);
    check("oil category:arts OR cocoa", &[1], &[0, 3]);
    check("cocoa cocoa OR category:arts", &[1], &[3]);
    check("cocoa OR category:arts cocoa", &[1], &[3]);
    check("title:folio OR cocoa folio OR cocoa", &[1], &[3]);
    check("\"crude oil\" OR folio", &[3, 0], &[]);
    check("- cocoa", &[1], &[]);
    check("oil -category:energy", &[1], &[]);
}

#[test]
fn an_or_with_nothing_behind_it_is_a_word() {
    let mut builder = Builder::new();
    for body in ["oil", "this or that", "oil or gas"] {
        builder.add(&Fields {
            body,
            language: "en",
            ..Fields::default()
        });
    }
    let index = builder.finish();
    let hits = index.search(&Query::parse("oil OR", true)).unwrap();
    assert_eq!(
        (hits.docs.as_slice(), hits.n_all_words),
        (&[0, 2, 1][..], 2)
    );
}

#[test]
fn fields_and_filters() {
    check("title:price", &[0, 2], &[]);
    check("title:\"oil prices\"", &[0], &[]);
    check("category:energy", &[0], &[]);
    check("category:\"news & politics\" oil", &[1], &[]);
    check("category:news oil", &[1], &[]);
    check("category:energy cocoa", &[], &[]);
    check("category:energy OR category:arts", &[0, 3], &[]);
    check("tag:opec", &[0], &[]);
    check("author:smith", &[2, 0], &[]);
    check("author:\"jane smith\"", &[0], &[]);
    check("author:muller", &[2], &[]);
    check("Category:ENERGY", &[0], &[]);
    typing("category:ener", &[0], &[]);
    check("category:ener", &[], &[]);
    check("colour:energy", &[], &[]);
    check("category: energy", &[], &[]);
}

#[test]
fn dates() {
    check("before:1999", &[0], &[]);
    check("after:2000-02", &[2, 1], &[]);
    check("oil after:2000", &[1], &[]);
    check("after:1997-05-19 before:1997-05-20", &[0], &[]);
    check("oil before:never", &[], &[0, 1]);
    check("price sort:date", &[2, 1, 0], &[]);
    check("sort:date", &[2, 1, 0, 7, 6, 5, 4, 3], &[]);
    check("sort:date category:energy", &[0], &[]);
    check("-cocoa after:1990", &[2, 0], &[]);
}

#[test]
fn a_field_without_a_value_narrows_nothing() {
    for field in [
        "tag:",
        "category:",
        "author:",
        "title:",
        "before:",
        "after:",
        "sort:",
        "-tag:",
    ] {
        typing(field, &[2, 1, 0, 7, 6, 5, 4, 3], &[]);
        typing(&format!("cocoa {field}"), &[1], &[]);
        check(&format!("{field} cocoa"), &[1], &[]);
    }
    check("tag:\"\" cocoa", &[], &[1]);
}

#[test]
fn typos() {
    check("shakspeare", &[3], &[]);
    check("retreival", &[3], &[]);
    check("vienan", &[0], &[]);
    check("ministres", &[0], &[]);
    check("cocao harvest", &[1], &[]);
    check("oli", &[], &[]);
    check("oil minsters", &[0], &[1]);
    typing("shaksp", &[3], &[]);
    check("\"shakspeare\"", &[], &[]);
    check("\"shakspeare folio\"", &[], &[3]);
    let hits = index().search(&Query::parse("crued oil", false)).unwrap();
    assert_eq!(hits.repaired, [("crued".to_owned(), "crude".to_owned())]);
    let hits = index().search(&Query::parse("Zürrich, Co-Oprate", false));
    let pair = |typed: &str, used: &str| (typed.to_owned(), used.to_owned());
    let expect = [pair("Zürrich", "zurich"), pair("Oprate", "operate")];
    assert_eq!(hits.unwrap().repaired, expect, "as they were typed");
    typing("zurrc", &[4], &[]);
    typing("zurrc ", &[], &[]);
    assert!(
        index()
            .search(&Query::parse("crude oil", false))
            .unwrap()
            .repaired
            .is_empty()
    );
}

#[test]
fn forms_of_words() {
    check("farmer", &[1], &[]);
    check("cooperate", &[1], &[]);
    check("co-operate", &[1], &[]);
    check("us", &[1], &[]);
    check("U.S.", &[1], &[]);
    check("7.5", &[2], &[]);
    check("$7.5", &[2], &[]);
    check("1750", &[2], &[]);
    check("1,750", &[2], &[]);
    check("dont", &[2], &[]);
    check("don't", &[2], &[]);
    check("muller", &[], &[]);
}

#[test]
fn languages() {
    check("haus", &[4], &[]);
    check("zurich", &[4], &[]);
    check("Zürich", &[4], &[]);
    check("strassen", &[4], &[]);
    check("bäume", &[4], &[]);
    check("日本語", &[5], &[]);
    check("石油", &[5], &[]);
    check("石", &[5], &[]);
    check("本語の記", &[5], &[]);
    check("日本の記事", &[], &[5]);
    check("أسعار", &[6], &[]);
    check("اسعار", &[6], &[]);
    check("น้ำมัน", &[7], &[]);
    typing("石油の", &[5], &[]);
}

#[test]
fn an_empty_index_answers() {
    let index = Builder::new().finish();
    let query = Query::parse("oil -gas \"a b\" category:x before:2020 sort:date", true);
    assert!(index.search(&query).unwrap().docs.is_empty());
    assert_eq!(index.explain(&query, 3).unwrap().place, None);
    assert!(Files::of(&index).search(&query).docs.is_empty());
}

#[test]
fn hostile_queries_take_no_time_to_speak_of() {
    let index = index();
    for query in [
        "\"".repeat(100_000),
        "a ".repeat(100_000),
        "-".repeat(100_000),
        "日".repeat(100_000),
    ] {
        index.search(&Query::parse(&query, true)).unwrap();
    }
    index
        .search(&Query::parse(&"a-b'c.d ".repeat(10_000), true))
        .unwrap();
    index
        .search(&Query::parse(&"x OR ".repeat(10_000), true))
        .unwrap();
    index
        .search(&Query::parse(&"title:".repeat(10_000), true))
        .unwrap();
    // The clauses behind the 256th are not read, however they are joined.
    for piece in ["x ", "x OR ", "x/", "tag:x OR ", "-x ", "\"x\""] {
        let few = Query::parse(&format!("{} cocoa", piece.repeat(255)), false);
        assert!(!index.search(&few).unwrap().docs.is_empty(), "{piece:?}");
        let many = Query::parse(&format!("{} cocoa", piece.repeat(256)), false);
        let found = index.search(&many).unwrap();
        assert_eq!(
            found,
            index
                .search(&Query::parse(&piece.repeat(256), false))
                .unwrap(),
            "{piece:?}"
        );
    }
}

#[test]
fn explanations_have_the_parts() {
    let index = index();
    let text = index
        .explain(&Query::parse("oil price", false), number(0))
        .unwrap()
        .to_string();
    for part in [
        "place 1",
        "all words",
        "oil  (title 1×, body 1×; in 2 of 8 articles)",
        "near each other",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert_eq!(
        index
            .explain(&Query::parse("cocoa", false), 3)
            .unwrap()
            .to_string(),
        "article 3 does not match"
    );
}

#[track_caller]
fn snippet(query: &str, doc: usize, max: usize, title: &str, text: &str) {
    let query = Query::parse(query, true);
    let index = index();
    let files = Files::of(&index);
    files.search(&query);
    let n_loaded = files.loaded.borrow().len();
    let shown = index
        .highlighter(&query)
        .unwrap()
        .snippet(&paper()[doc], max);
    let from_files = files.ask(|index| index.highlighter(&query));
    assert_eq!(from_files.snippet(&paper()[doc], max), shown, "from files");
    assert_eq!(
        files.loaded.borrow().len(),
        n_loaded,
        "it reads what the search has read"
    );
    let marked = |runs: &[search::Run]| -> String {
        runs.iter()
            .map(|run| {
                if run.hit {
                    format!("[{}]", run.text)
                } else {
                    run.text.clone()
                }
            })
            .collect()
    };
    assert_eq!(
        (marked(&shown.title).as_str(), marked(&shown.text).as_str()),
        (title, text),
        "{query:?}"
    );
}

#[test]
fn a_passage_is_one_line() {
    let article = Fields {
        body: "Stocks\nThe price: rose.\nstep\ttime\nread in Basel\t5 min\nEnd",
        language: "en",
        ..Fields::default()
    };
    let mut builder = Builder::new();
    builder.add(&article);
    let index = builder.finish();
    let highlighter = index.highlighter(&Query::parse("basel", false)).unwrap();
    let runs = highlighter.snippet(&article, 200).text;
    let text: String = runs.iter().map(|run| &*run.text).collect();
    assert_eq!(
        text,
        "Stocks · The price: rose. step time · read in Basel 5 min · End"
    );
}

#[test]
fn snippets_show_the_best_passage() {
    snippet(
        "price",
        1,
        200,
        "Cocoa",
        "A good harvest, and [prices] that do not move.",
    );
    snippet(
        "farmer",
        1,
        44,
        "Cocoa",
        "… [Farmers] co-operate with the U.S. co-op.",
    );
    snippet(
        "crude oil",
        0,
        40,
        "[Oil] prices fall after the meeting",
        "[Crude] [oil] fell sharply. The ministers of …",
    );
    snippet(
        "vienna",
        0,
        30,
        "Oil prices fall after the meeting",
        "… countries met in [Vienna].",
    );
    snippet(
        "nothing",
        0,
        30,
        "Oil prices fall after the meeting",
        "Crude oil fell sharply. The …",
    );
    snippet(
        "shakspeare foli",
        3,
        60,
        "[Shakespeare] retrieved",
        "A lost [folio] · A found [folio]",
    );
    snippet("石油", 5, 10, "東京の物価", "… す。[石油]の価格は下が …");
    snippet(
        "co-operate",
        1,
        50,
        "Cocoa",
        "… Farmers [co-operate] with the U.S. [co]-op.",
    );
    snippet(
        "-cocoa oil",
        0,
        30,
        "[Oil] prices fall after the meeting",
        "Crude [oil] fell sharply. The …",
    );
}
