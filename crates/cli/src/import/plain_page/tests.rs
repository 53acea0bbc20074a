//! Pages and what is read in them.

use super::super::{Kind, reading};
use super::without_points;
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;

fn imported(bytes: &[u8]) -> (Value, Vec<String>) {
    let (found, told) = reading::read(Kind::Text, "page.txt", bytes, None);
    (found["articles"][0].clone(), told)
}

/// A page of the tests, and what is to be read in it, which stands beside it.
#[track_caller]
fn check_page(name: &str, losses: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plain-pages");
    let page = std::fs::read(folder.join(name).with_extension("txt")).unwrap();
    let (found, told) = imported(&page);
    let expected = folder.join(name).with_extension("json");
    let expect: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
    assert_eq!(
        serde_json::to_string_pretty(&found).unwrap(),
        serde_json::to_string_pretty(&expect).unwrap(),
    );
    assert_eq!(told, losses);
}

#[test]
fn whole_pages() {
    check_page(
        "tidal-mill",
        &[
            "line 4: 4 min read",
            "line 6: The tidal mill grinds again",
            "line 16: Advertisement",
            "line 46: Share",
        ],
    );
    check_page(
        "klappbruecke",
        &[
            "line 5: Die Brücke am alten Hafen",
            "line 26: Artikel suchen",
            "line 27: Kategorie",
            "line 28: Stadt & Verkehr",
            "line 29: Sport",
        ],
    );
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
    let dropped = [
        "line 5: Cuban Officials Signal Openness to Dialogue With U.S. Amid Ongoing Tensions",
        "line 51: Search Articles",
        "line 52: Category",
        "line 53: News & Politics",
        "line 55: News & Politics",
    ];
    assert_eq!(told, dropped);
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

/// Pages in a line: lines are divided by `/`, and the JSON is that of the fields named.
#[test]
fn parts_of_pages() {
    #[track_caller]
    fn check(page: &str, field: &str, expect: &str) {
        let (found, _) = imported(page.replace('/', "\n").as_bytes());
        assert_eq!(found[field].to_string(), expect, "{page}");
    }
    // Head.
    check(
        "T/2026-02-02/Markets//Body one.",
        "category",
        r#""Markets""#,
    );
    check(
        "T/Markets/2026-02-02//Body one.",
        "category",
        r#""Markets""#,
    );
    check(
        "T/A line under it/2026-02-02/Markets//B.",
        "subtitle",
        r#""A line under it""#,
    );
    check(
        "T/A line under it/2026-02-02/Markets//B.",
        "category",
        r#""Markets""#,
    );
    check(
        "T//2026-02-02//Markets are up//B.",
        "subtitle",
        r#""Markets are up""#,
    );
    check("T/Category: Ships//Body.", "category", r#""Ships""#);
    check(
        "T//Body.//Category/Ships//Related/X",
        "category",
        r#""Ships""#,
    );
    check(
        "T//A whole sentence.//Summary//S.",
        "subtitle",
        r#""A whole sentence.""#,
    );
    check("T//A whole sentence.//Body.", "subtitle", "null");
    check(
        "T/Updated: 3 May 2026, 10:00 ET//B.",
        "updated",
        r#""2026-05-03""#,
    );
    check("By the river//By boat//Body.", "authors", "null");
    check(
        "T/By Ada L. and Bo//Body.",
        "authors",
        r#"[{"name":"Ada L."},{"name":"Bo"}]"#,
    );
    // Summary and points.
    check(
        "T//Summary//A.//B.//Key Points//p",
        "summary",
        r#""A.\n\nB.""#,
    );
    check("T//Summary//A.//B.//Risks//r", "summary", r#""A.""#);
    check("T//Summary: A.//B.", "summary", r#""A.""#);
    check("T//Summary: A.//B.", "sections", r#"[{"body":"B."}]"#);
    check("T//Key Points/a/b//Body.", "key_points", r#"["a","b"]"#);
    check(
        "T//Key Points/- a//- b//Body.",
        "key_points",
        r#"["a","b"]"#,
    );
    check(
        "T//Key Points/- a//- b//Body.",
        "sections",
        r#"[{"body":"Body."}]"#,
    );
    let behind_bullets = "T/2026-02-02/Markets//Below it//A.//Key Points/• a/• b//B one.//B two.";
    check(behind_bullets, "key_points", r#"["a","b"]"#);
    check(
        behind_bullets,
        "sections",
        r#"[{"body":"A.\n\nB one.\n\nB two."}]"#,
    );
    check("T//Body.//Risks//One.//Two.", "risks", r#"["One.","Two."]"#);
    check(
        "T//Body.//Risks/a/Disclosure/D./Search Articles",
        "disclosure",
        r#""D.""#,
    );
    // A disclosure in one line ends there.
    check("T//A.//Disclosure: D.//B.", "disclosure", r#""D.""#);
    check(
        "T//A.//Disclosure: D.//B.",
        "sections",
        r#"[{"body":"A.\n\nB."}]"#,
    );
    check("T//A.//Risks are everywhere: one.", "risks", "null");
    // Related.
    check(
        "T//A.//Related/X/Xx x.//Y",
        "related",
        r#"[{"title":"X","excerpt":"Xx x."},{"title":"Y"}]"#,
    );
    check(
        "T//A.//Related//X//Y//Yy…",
        "related",
        r#"[{"title":"X"},{"title":"Y","excerpt":"Yy…"}]"#,
    );
    // Body.
    check(
        "T//A.//Wind and weather//B.",
        "sections",
        r#"[{"body":"A."},{"heading":"Wind and weather","body":"B."}]"#,
    );
    check(
        "T//A.//The end",
        "sections",
        r#"[{"body":"A.\n\nThe end"}]"#,
    );
    check(
        "T//A.//– Oui, dit-il.",
        "sections",
        r#"[{"body":"A.\n\n– Oui, dit-il."}]"#,
    );
    // Sentences are never furniture.
    check(
        "T//Category/Ships/All//We sank.",
        "sections",
        r#"[{"body":"We sank."}]"#,
    );
    check("T", "title", r#""T""#);
}

/// What is shown of a page's text is that text, whatever signs are in it.
#[test]
fn signs_are_shown_as_they_are() {
    let signs = [
        "*a* _b_ **c** ~~d~~ `e` [f](g) ![h](i) <b>j</b> &amp; \\ \\* http://example.org/a_b_c",
        "# a",
        "> a",
        "+ a",
        "1) a.",
        "===",
        "| a | b |",
        "[^1]: a",
        "[a]: b",
        "```",
        "***",
        "    a.",
        "&copy; 1",
    ];
    for sign in signs {
        let (found, _) = imported(format!("T\n\nBefore it.\n\n{sign}\n\nBehind it.").as_bytes());
        let body = found["sections"][0]["body"].as_str().unwrap();
        let shown = article::plain_text(&article::parse_markdown(body));
        assert_eq!(
            shown,
            format!("Before it.\n{}\nBehind it.", sign.trim()),
            "{body}"
        );
    }
}

/// Lines of a page; `@` stands for a word that no other line has.
const LINES: [&str; 22] = [
    "",
    "",
    "",
    "@",
    "@ @ and more.",
    "• @",
    "- @ @",
    "2. @",
    "Summary",
    "Key Points",
    "Risks:",
    "Disclosure",
    "Corrections",
    "Related Articles",
    "Search Articles",
    "Category",
    "Category: @",
    "Disclosure: @.",
    "2026-02-02",
    "By W@",
    "4 min read",
    "“@,” said @.",
];

proptest! {
    /// Whatever the order of its lines, a page loses no word in silence.
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(0..LINES.len(), 1..24)) {
        let mut page = String::from("Title");
        let mut n_words = 0;
        for line in lines {
            page.push('\n');
            for (ix, part) in LINES[line].split('@').enumerate() {
                if ix > 0 {
                    page.push_str(&format!("word{n_words}x"));
                    n_words += 1;
                }
                page.push_str(part);
            }
        }
        let (found, told) = imported(page.as_bytes());
        let all = format!("{found} {told:?}");
        for ix in 0..n_words {
            prop_assert!(all.contains(&format!("word{ix}x")), "word{ix}x of\n{page}\nis not in\n{all}");
        }
    }
}
