//! Files and what is read in them.

use super::super::{Headings, Kind, Losses, SourceFile, reading};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(name: &str, text: &str) -> (Value, Vec<String>) {
    reading::read(Kind::Markdown, name, text.as_bytes(), None)
}

#[test]
fn what_is_no_date_is_told() {
    for date in ["31/12/2026", "yesterday", "2026-02-30"] {
        let (found, told) = read("a.md", &format!("---\ndate: {date}\n---\nText."));
        assert_eq!(found["articles"][0]["extra"]["date"], date);
        assert_eq!(told, [format!("date: the date “{date}”")]);
    }
}

fn article(text: &str) -> Value {
    read("a.md", text).0["articles"][0].clone()
}

#[test]
fn whole_files() {
    #[track_caller]
    fn check(name: &str, text: &str, expect: Value, losses: &[&str]) {
        let (found, told) = read(name, text);
        let found = serde_json::to_string_pretty(&found["articles"]).unwrap();
        assert_eq!(
            found,
            serde_json::to_string_pretty(&json!([expect])).unwrap()
        );
        assert_eq!(told, losses);
    }
    check(
        "posts/2026-02-02-how-tides-work.md",
        "---\ntitle: \"How tides work\"\nlayout: post\ntags: [sea, moon]\ncategories:\n  - Science\n  - Sea\n\
         author: Ada\nimage: images/tide.png\nexcerpt: The moon *pulls*.\n---\nFirst.\n\n## Risks\n\n- Storms\n- **Surges**\n",
        json!({
            "id": "how-tides-work", "title": "How tides work", "published": "2026-02-02", "category": "Science",
            "tags": ["sea", "moon", "Sea"], "authors": [{"name": "Ada"}], "image": {"src": "images/tide.png"},
            "summary": "The moon *pulls*.", "sections": [{"body": "First."}], "risks": ["Storms", "**Surges**"],
            "extra": {"layout": "post"}
        }),
        &[],
    );
    check(
        "content/tides/index.md",
        "+++\ntitle = 'Tides'\ndate = 2026-02-02T10:00:00+01:00\nlastmod = 2026-02-03\ndescription = 'By *the* moon'\n\
         weight = 3\n[taxonomies]\ncategories = ['Sea']\ntags = ['a', 'b']\n[extra]\nauthor = 'Bo'\nmood = 'calm'\n+++\n\n\
         # One\n\na\n\n# Two\n\nb\n",
        json!({
            "id": "tides", "title": "Tides", "published": "2026-02-02T10:00:00+01:00", "updated": "2026-02-03",
            "category": "Sea", "tags": ["a", "b"], "authors": [{"name": "Bo"}], "summary": "By \\*the\\* moon",
            "sections": [{"heading": "One", "body": "a"}, {"heading": "Two", "body": "b"}],
            "extra": {"weight": 3, "mood": "calm"}
        }),
        &[],
    );
    check(
        "a b.markdown",
        "# A *title*\n\nText.\n",
        json!({"id": "a-b", "title": "A title", "sections": [{"body": "Text."}]}),
        &[],
    );
    check(
        "the-last_word.md",
        "Text.\r\n",
        json!({"id": "the-last-word", "title": "The last word", "sections": [{"body": "Text."}]}),
        &[],
    );
    check(
        "empty.md",
        "",
        json!({"id": "empty", "title": "Empty"}),
        &[],
    );
}

#[test]
fn fields() {
    #[track_caller]
    fn check(matter: &str, field: &str, expect: Value) {
        let article = article(&format!("---\n{matter}\n---\nBody\n"));
        assert_eq!(article[field], expect, "{matter}");
    }
    check("title: 2026", "title", json!("2026"));
    check("pubDate: Feb 2 2026", "published", json!("2026-02-02"));
    check("publish_date: 2026-02-02", "published", json!("2026-02-02"));
    check(
        "date: 2026-02-02 10:00:00 +0100",
        "published",
        json!("2026-02-02T10:00:00+01:00"),
    );
    check(
        "published: true\ndate: 2026-02-02",
        "published",
        json!("2026-02-02"),
    );
    check("date: soon", "extra", json!({"date": "soon"}));
    check("categories: Sea, Moon", "category", json!("Sea"));
    check("categories: Sea, Moon", "tags", json!(["Moon"]));
    check(
        "tags: a, b\nkeywords: [b, c]",
        "tags",
        json!(["a", "b", "c"]),
    );
    check(
        "authors:\n  - name: Ada\n    url: https://example.org/\n  - Bo",
        "authors",
        json!([{"name": "Ada", "url": "https://example.org/"}, {"name": "Bo"}]),
    );
    check(
        "cover:\n  image: a.png\n  alt: A\n  caption: C",
        "image",
        json!({"src": "a.png", "alt": "A", "caption": "C"}),
    );
    check(
        "heroImage: ../a.png\nheroAlt: A",
        "image",
        json!({"src": "../a.png", "alt": "A"}),
    );
    check("images: [a.png, b.png]", "image", json!({"src": "a.png"}));
    check(
        "images: [a.png, b.png]",
        "extra",
        json!({"images": ["b.png"]}),
    );
    check("image: javascript:alert(1)", "image", json!(null));
    check("lang: de_DE", "language", json!("de-DE"));
    check("lang: not a language", "language", json!(null));
    check("slug: tides", "id", json!("tides"));
    check("url: /2026/tides/", "id", json!("tides"));
    check("permalink: /:year/:title/", "id", json!("a"));
    check(
        "url: https://example.org/tides/",
        "canonical_url",
        json!("https://example.org/tides/"),
    );
    check("aliases: [/old/]", "extra", json!({"aliases": ["/old/"]}));
    check("key_points: [a, '*b*']", "key_points", json!(["a", "*b*"]));
    check(
        "corrections:\n  - date: 2026-02-03\n    text: T",
        "corrections",
        json!([{"date": "2026-02-03", "text": "T"}]),
    );
    check("related: [other]", "related", json!([{"id": "other"}]));
    check(
        "summary: S\ndescription: D",
        "extra",
        json!({"description": "D"}),
    );
    check(
        "source: {name: The Review, url: 'https://example.org'}",
        "source",
        json!({"name": "The Review", "url": "https://example.org"}),
    );
    check("extra:\n  desk: 7", "extra", json!({"desk": 7}));
    check("empty:\nnothing: []", "extra", json!(null));
}

#[test]
fn front_matter_that_is_none() {
    #[track_caller]
    fn check(text: &str, expect: Value) {
        assert_eq!(article(text)["sections"], expect, "{text}");
    }
    check("---\n---\nBody", json!([{"body": "Body"}]));
    check(
        "---\n\nA line.\n\n---\n\nBody",
        json!([{"body": "---\n\nA line.\n\n---\n\nBody"}]),
    );
    check("---\nBody", json!([{"body": "---\nBody"}]));
    check("----\na: b", json!([{"body": "----\na: b"}]));
    check("---\ntitle: a\n...\nBody", json!([{"body": "Body"}]));

    let headings = Headings::default();
    for text in ["---\na: [\n---\nBody", "+++\na = \n+++\nBody"] {
        let source = SourceFile {
            name: "a.md",
            bytes: text.as_bytes(),
            base: None,
            headings: &headings,
        };
        let error = super::read(&source, &mut Losses::of("a.md")).unwrap_err();
        assert!(format!("{error:#}").contains("not valid"), "{error:#}");
    }
}

#[test]
fn bodies_are_divided() {
    #[track_caller]
    fn check(body: &str, expect: Value) {
        let article = article(&format!("---\ntitle: T\n---\n{body}"));
        assert_eq!(article["sections"], expect, "{body}");
    }
    check(
        "a\n\n## One\n\nb\n\n### Deeper\n\nc\n\n## Two\n",
        json!([
        {"body": "a"}, {"heading": "One", "body": "b\n\n### Deeper\n\nc"}, {"heading": "Two", "body": ""}]),
    );
    check(
        "### One\n\na\n\n## Two\n\nb",
        json!([{"body": "### One\n\na"}, {"heading": "Two", "body": "b"}]),
    );
    check(
        "One\n===\n\na\n\nTwo\n---\n\nb",
        json!([{"heading": "One", "body": "a\n\nTwo\n---\n\nb"}]),
    );
    // The title again.
    check(
        "# T\n\na\n\n## One\n\nb",
        json!([{"body": "a"}, {"heading": "One", "body": "b"}]),
    );
    check(
        "a\n\n# T\n\nb",
        json!([{"body": "a"}, {"heading": "T", "body": "b"}]),
    );
    // What looks like a heading.
    check(
        "```\n# no\n```\n\n    # no\n\n> # no\n\n- # no\n\n<div>\n# no\n</div>",
        json!([
        {"body": "```\n# no\n```\n\n    # no\n\n> # no\n\n- # no\n\n<div>\n# no\n</div>"}]),
    );
    check(
        "## [x] and [y][Z][^1]\n\nf\n\n[x]: /x\n[z]: /z\n[^1]: N",
        json!([{"heading": "x and y", "body": "f\n\n[x]: /x\n[z]: /z\n[^1]: N"}]),
    );
    check(
        "## `a` *b* [c](d) {#e}\n\nf",
        json!([{"heading": "a b c", "body": "f"}]),
    );
    check(
        "## Fish {not a name}\n\nf",
        json!([{"heading": "Fish {not a name}", "body": "f"}]),
    );
    // Kept as written, the spaces of code too.
    check(
        "\n\n    code\n\n*  a\n*  b  \nc",
        json!([{"body": "    code\n\n*  a\n*  b  \nc"}]),
    );
    // Links that are defined elsewhere.
    check(
        "## A\n\n[x] and [y][Z]\n\n## B\n\nb [x]\n\n[x]: https://example.org/x\n[z]: /z 'Z'\n",
        json!([
        {"heading": "A", "body": "[x] and [y][Z]\n\n[x]: https://example.org/x\n[z]: /z 'Z'"},
        {"heading": "B", "body": "b [x]\n\n[x]: https://example.org/x\n[z]: /z 'Z'"}]),
    );
    // Notes that are defined elsewhere, with notes and links of their own.
    check(
        "## A\n\na[^1]\n\n## B\n\nb[^2]\n\n[^1]: One [x].\n\n[^2]: Two.\n\n[x]: /x\n",
        json!([
        {"heading": "A", "body": "a[^1]\n\n[^1]: One [x].\n\n[x]: /x"},
        {"heading": "B", "body": "b[^2]\n\n[^2]: Two.\n\n[x]: /x"}]),
    );
    check(
        "## A\n\na\n\n[^9]: Nobody refers to it.\n\n## B\n\nb",
        json!([
        {"heading": "A", "body": "a\n\n[^9]: Nobody refers to it."}, {"heading": "B", "body": "b"}]),
    );
}

#[test]
fn headings_of_fields() {
    #[track_caller]
    fn check(body: &str, field: &str, expect: Value) {
        let article = article(&format!("---\ntitle: T\n---\n{body}"));
        assert_eq!(article[field], expect, "{body}");
    }
    check(
        "## Summary\n\nS *s*.\n\nSs.\n\n## A\n\na",
        "summary",
        json!("S *s*.\n\nSs."),
    );
    check(
        "## Points clés :\n\n1. a\n2. [b](c)\n",
        "key_points",
        json!(["a", "[b](c)"]),
    );
    check(
        "## Risiken\n\nEins.\n\nZwei.\n",
        "risks",
        json!(["Eins.", "Zwei."]),
    );
    check(
        "## Disclosure\n\nD[^1]\n\n[^1]: N",
        "disclosure",
        json!("D[^1]\n\n[^1]: N"),
    );
    check(
        "## Key Points\n\n- a\n\n```\nb\n```\n",
        "key_points",
        json!(null),
    );
    check(
        "## Key Points\n\n- a\n\n```\nb\n```\n",
        "sections",
        json!([{"heading": "Key Points", "body": "- a\n\n```\nb\n```"}]),
    );
    check(
        "## Key Points\n\n- a[^1]\n\n[^1]: N",
        "sections",
        json!([{"heading": "Key Points", "body": "- a[^1]\n\n[^1]: N"}]),
    );
    check("## A\n\n### Risks\n\n- a", "risks", json!(null));
    check(
        "## Summary",
        "sections",
        json!([{"heading": "Summary", "body": ""}]),
    );
}

#[test]
fn shortcodes() {
    #[track_caller]
    fn check(body: &str, expect: &str, losses: &[&str]) {
        let (found, told) = read("a.md", &format!("---\ntitle: T\n---\n{body}"));
        assert_eq!(
            found["articles"][0]["sections"][0]["body"], expect,
            "{body}"
        );
        assert_eq!(told, losses);
    }
    check(
        "a\n\n{{< youtube w7 >}}\n\nb",
        "a\n\n\n\nb",
        &["line 6: {{< youtube w7 >}}"],
    );
    check(
        "{{% note %}}Mind the *gap*.{{% /note %}}",
        "Mind the *gap*.",
        &["line 4: {{% note %}}", "line 4: {{% /note %}}"],
    );
    check(
        "a {{ page.title }} b",
        "a  b",
        &["line 4: {{ page.title }}"],
    );
    check(
        "a\n{% include b.html %}",
        "a",
        &["line 5: {% include b.html %}"],
    );
    check(
        "`{{< a >}}` and\n\n```\n{% a %}\n```",
        "`{{< a >}}` and\n\n```\n{% a %}\n```",
        &[],
    );
    check(
        "a\n\n<!--more-->\n\nb <!-- secret -->",
        "a\n\n\n\nb",
        &["line 8: <!-- secret -->"],
    );
    check(
        "{{< figure src=\"a.png\" alt=\"A [b]\" caption=\"A cat\" >}}",
        "![A b](<a.png> \"A cat\")",
        &[],
    );
    check(
        "{{< figure src=`a b.png` title=\"x\" width=3 >}}",
        "![](<a b.png> \"x\")",
        &[],
    );
    check(
        "{{< figure src=\"a.png\" link=\"b\" >}} c",
        " c",
        &["line 4: {{< figure src=\"a.png\" link=\"b\" >}}"],
    );
    check("a { b } {{ c", "a { b } {{ c", &[]);
}

#[test]
fn files_that_are_no_articles() {
    let (found, told) = read(
        "blog/_index.md",
        "---\ntitle: The Review\ndescription: D\n---\n",
    );
    assert_eq!(
        found,
        json!({"title": "The Review", "description": "D", "articles": []})
    );
    assert_eq!(told, Vec::<String>::new());
    let (found, told) = read("a.md", "---\ndraft: yes\n---\nText");
    assert_eq!(found["articles"], json!([]));
    assert_eq!(told, ["draft: the article"]);
    assert_eq!(
        read("a.md", "---\npublished: false\n---\nText").0["articles"],
        json!([])
    );
}

#[test]
fn names_of_files() {
    #[track_caller]
    fn check(name: &str, id: &str, date: Option<&str>) {
        let article = &read(name, "Text").0["articles"][0];
        assert_eq!(article["id"], id, "{name}");
        assert_eq!(article["published"], json!(date), "{name}");
    }
    check("a/2026-02-02-tides.md", "tides", Some("2026-02-02"));
    check("2026-02-02.md", "2026-02-02", Some("2026-02-02"));
    check("2026-02-02é.md", "2026-02-02é", Some("2026-02-02"));
    check("2026-13-02-a.md", "2026-13-02-a", None);
    check("tides/index.md", "tides", None);
    check("2026-02-02-tides/index.md", "tides", Some("2026-02-02"));
    check("index.md", "index", None);
    check(".md", "md", None);
}

#[test]
fn a_folder_is_a_collection() {
    let file = |name: &str, text: &str| super::super::Opened {
        name: name.to_string(),
        bytes: text.as_bytes().to_vec(),
        is_guess: true,
    };
    let files = [
        file("site/2026/tides.md", "---\ntitle: Tides\n---\nText"),
        file("site/_index.md", "---\ntitle: The Review\n---\n"),
        file("site/draft.md", "---\ndraft: true\n---\nText"),
        file("site/tides.md", "# Tides again\n\n![](images/a.png)"),
    ];
    let outcome = super::super::import(&files, &super::super::Settings::default());
    assert_eq!(outcome.failures, Vec::<String>::new());
    let told: Vec<&str> = outcome
        .losses
        .list()
        .iter()
        .map(|loss| &*loss.what)
        .collect();
    assert_eq!(told, ["the article", "the id `tides` of “Tides again”"]);
    let bytes = super::super::to_json(outcome.imported).unwrap();
    assert_eq!(super::super::problems(&bytes), Vec::<String>::new());
    let collection: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(collection["title"], "The Review");
    assert_eq!(collection["articles"][0]["id"], "tides");
    assert_eq!(collection["articles"][1]["id"], "tides-2");
}

/// Lines of a body; `@` stands for a word that no other line has.
const LINES: [&str; 26] = [
    "",
    "",
    "",
    "@",
    "# @",
    "## @",
    "## Summary",
    "## Risks",
    "## Key Points",
    "## Disclosure",
    "- @",
    "1. @",
    "> @",
    "    @",
    "```",
    "<div>@",
    "---",
    "| @ | @ |",
    "| --- | --- |",
    "[^1] @",
    "[^1]: @",
    "[@][x]",
    "[x]: /x",
    "{{< @ >}}",
    "<!-- @ -->",
    "`{{ @ }}`",
];

proptest! {
    /// Whatever the order of its lines, a body loses no word in silence.
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(0..LINES.len(), 1..24)) {
        let mut body = String::from("---\ntitle: T\n---\n");
        let mut n_words = 0;
        for line in lines {
            for (ix, part) in LINES[line].split('@').enumerate() {
                if ix > 0 {
                    body.push_str(&format!("word{n_words}x"));
                    n_words += 1;
                }
                body.push_str(part);
            }
            body.push('\n');
        }
        let (found, told) = read("a.md", &body);
        let all = format!("{found} {told:?}");
        for ix in 0..n_words {
            prop_assert!(all.contains(&format!("word{ix}x")), "word{ix}x of\n{body}\nis not in\n{all}");
        }
    }
}
