//! Advice for authors: what it says, and the bytes it is about.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

use offprint_article::advice::{Pictures, Surroundings, advise};
use offprint_article::{Collection, Date, read_collection};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn read(text: &str) -> Collection {
    read_collection(text.as_bytes().to_vec()).expect("a collection")
}

/// `missing-alt articles[0].image.alt: what is marked`
fn lines(collection: &Collection, surroundings: Surroundings) -> Vec<String> {
    let marked = |range| String::from_utf8_lossy(&collection.bytes()[range]).into_owned();
    let advice = advise(collection, surroundings).into_iter();
    let line = |advice: offprint_article::advice::Advice| {
        format!(
            "{} {}: {}",
            advice.kind.name(),
            advice.path,
            marked(advice.range)
        )
    };
    advice.map(line).collect()
}

const NOTHING_ELSE: BTreeSet<String> = BTreeSet::new();

fn alone() -> Surroundings<'static> {
    static NOTHING: BTreeSet<String> = NOTHING_ELSE;
    Surroundings {
        today: Date::parse("2026-02-02").ok(),
        other_ids: Some(&NOTHING),
        pictures: None,
    }
}

/// Of an article with these members behind id and title.
#[track_caller]
fn check(members: &str, expect: &[&str]) {
    let text = format!(r#"{{"version":1,"articles":[{{"id":"a","title":"A",{members}}}]}}"#);
    let found = lines(&read(&text), alone());
    let found: Vec<&str> = found.iter().map(|line| line.as_str()).collect();
    let expect: Vec<String> = expect
        .iter()
        .map(|line| {
            line.replacen(' ', " articles[0].", 1)
                .replace("[0].:", "[0]:")
        })
        .collect();
    assert_eq!(found, expect);
}

/// Of an article with this Markdown as its text, which is put into JSON here.
#[track_caller]
fn check_markdown(markdown: &str, expect: &[&str]) {
    let json = markdown
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    let expect: Vec<String> = expect
        .iter()
        .map(|line| line.replacen(' ', " sections[0].body: ", 1))
        .collect();
    let expect: Vec<&str> = expect.iter().map(|line| line.as_str()).collect();
    check(
        &format!(r#""sections":[{{"heading":"One","body":"{json}"}}]"#),
        &expect,
    );
}

#[test]
fn links_and_images() {
    check_markdown(
        "[the tables](https://example.org) and [a](#op-one) <https://example.org>",
        &[],
    );
    check_markdown("a [here](/a)", &["link-text [here](/a)"]);
    check_markdown(
        "a [**Click** `here`!](/a)",
        &["link-text [**Click** `here`!](/a)"],
    );
    check_markdown("[](/a)", &["link-text [](/a)"]);
    check_markdown("[![](b.png)](/a)", &["missing-alt ![](b.png)"]);
    check_markdown("[![b](b.png)](/a)", &[]);
    check_markdown(
        "[https://example.org/a](https://example.org/a)",
        &["link-text [https://example.org/a](https://example.org/a)"],
    );
    check_markdown(
        "[here](javascript:a)",
        &["unsafe-link [here](javascript:a)"],
    );
    check_markdown("[words]()", &["unsafe-link [words]()"]);
    check_markdown(
        "![a](data:text/html,b)",
        &["unsafe-image ![a](data:text/html,b)"],
    );
    check_markdown(
        "![](a.png \"A title is no alternative text\")",
        &["missing-alt ![](a.png \\\"A title is no alternative text\\\")"],
    );
    check_markdown(
        "[one][two] [one][] [one]",
        &["missing-reference [one][two]", "missing-reference [one]"],
    );
    check_markdown("[one][two]\n\n[two]: /a", &[]);
    check_markdown("`[here](/a)`\n\n    ![](a.png)\n", &[]);
}

#[test]
fn links_inside_of_the_collection() {
    check_markdown(
        "[one](#op-one) [up](#op-summary) [a](#/article/a) [list](#/?q=a)",
        &[],
    );
    check_markdown(
        "## Two\n\nb[^1]\n\n[^1]: [two](#op-two) [back](#op-ref_1)",
        &[],
    );
    check_markdown("[one](#one)", &["dead-link [one](#one)"]);
    check_markdown("[b](#/article/b)", &["dead-link [b](#/article/b)"]);
    check(
        r#""related":["b", {"id":"a"}, {"title":"B","url":"/b"}]"#,
        &[
            "dead-related related[0].id: \"b\"",
            "dead-related related[1].id: \"a\"",
        ],
    );
}

#[test]
fn the_id_that_was_meant_is_proposed() {
    #[track_caller]
    fn check(article: &str, expect: &[(&str, Option<&str>)]) {
        let text = format!(
            r#"{{"version":1,"articles":[{article},{{"id":"how-tides-work","title":"T"}},{{"id":"moon","title":"M"}}]}}"#
        );
        let advice = advise(&read(&text), alone());
        let found: Vec<(&str, Option<&str>)> = advice
            .iter()
            .map(|advice| (&*advice.found, advice.help.as_deref()))
            .collect();
        assert_eq!(found, expect);
    }
    let of_link = |target: &str| {
        format!(r#"{{"id":"a","title":"A","summary":"[the tides](#/article/{target})"}}"#)
    };
    check(&of_link("how-tides-work"), &[]);
    for slip in ["how-tide-works", "How_Tides_Work", "how-tides-wrok/op-b"] {
        let id = slip.split('/').next().unwrap_or_default();
        let found = format!("{id:?}");
        let help = Some("did you mean #/article/how-tides-work?");
        check(&of_link(slip), &[(&found, help)]);
    }
    check(&of_link("weather"), &[("\"weather\"", None)]);
    check(
        r#"{"id":"moom","title":"A","related":["mon", "moom"]}"#,
        &[
            ("\"mon\"", Some("did you mean \"moon\"?")),
            ("the article's own id", None),
        ],
    );
}

#[test]
fn pictures_that_are_not_there() {
    struct OnlyOne;
    impl Pictures for OnlyOne {
        fn missing(&self, address: &str) -> Option<(String, String)> {
            (address != "one.png").then(|| (address.to_string(), "put it there".to_string()))
        }
    }
    let pictures = Surroundings {
        pictures: Some(&OnlyOne),
        ..alone()
    };
    let article = r#"{"id":"a","title":"A","image":{"src":"two.png","alt":"b","width":1,"height":1,"srcset":[{"src":"one.png","width":1},{"src":"three.png","width":2}]},"sections":["![a](one.png) ![b](four.png) ![c](https://example.org/c.png) ![d](data:image/png;base64,AAAA)\n\n<img src=five.png alt=e>"]}"#;
    let text = format!(r#"{{"version":1,"articles":[{article}]}}"#);
    let expect = [
        "missing-image articles[0].image.src: \"two.png\"",
        "missing-image articles[0].image.srcset[1].src: \"three.png\"",
        "missing-image articles[0].sections[0].body: ![b](four.png)",
        "missing-image articles[0].sections[0].body: <img src=five.png alt=e>",
    ];
    assert_eq!(lines(&read(&text), pictures), expect);
    assert_eq!(lines(&read(&text), alone()), Vec::<String>::new());
    // Who says where addresses begin has the pictures there.
    let text =
        format!(r#"{{"version":1,"base_url":"https://example.org/","articles":[{article}]}}"#);
    assert_eq!(lines(&read(&text), pictures), Vec::<String>::new());
}

#[test]
fn headings_and_tables() {
    check_markdown("## Two\n\n### Three\n\n## Two", &[]);
    check_markdown("#### Four\n\n##### Five", &[]);
    check_markdown("## Two\n\n#### Four\n\nb", &["heading-jump #### Four"]);
    check_markdown("Two\n===\n\n### Three", &["heading-jump ### Three"]);
    check_markdown("##\n\nb", &["empty-heading ##"]);
    check_markdown("| a | |\n|-|-|\n| b | c |", &[]);
    check_markdown("a\n\n| | |\n|-|-|\n| b | c |", &["table-header | | |"]);
}

#[test]
fn notes_and_html() {
    check_markdown("a[^1]\n\n[^1]: b", &[]);
    check_markdown(
        "a[^1] \\[^2] [^a b]\n\n[^One]: b\n    c\n",
        &["missing-note [^1]", "unused-note [^One]: b"],
    );
    check_markdown("a <x-y z='>'> <x-y>", &["html-as-text <x-y z='>'>"]);
    check_markdown(
        "<marquee\nclass=\"b\">\nb\n</marquee>",
        &["html-as-text <marquee\\nclass=\\\"b\\\">"],
    );
}

#[test]
fn raw_html() {
    check_markdown("a <b>b</b> <!-- c --> <div>d</div> <a name=\"e\"></a>", &[]);
    check_markdown(
        "<a href=\"/a\">here</a>",
        &["link-text <a href=\\\"/a\\\">here</a>"],
    );
    check_markdown(
        "<div>\n<a href=/a><img src=b.png alt=b></a> <a href=/a>*</a>\n</div>",
        &[],
    );
    check_markdown(
        "<a href=/a></a> <a href=javascript:b>c</a>",
        &[
            "link-text <a href=/a></a>",
            "unsafe-link <a href=javascript:b>",
        ],
    );
    check_markdown(
        "<a href=#op-one>one</a> <a href=#one>one</a>",
        &["dead-link <a href=#one>"],
    );
    check_markdown(
        "<img src=a.png alt=b> <img src=a.png> <img src=a.png alt=' '>",
        &[
            "missing-alt <img src=a.png>",
            "missing-alt <img src=a.png alt=' '>",
        ],
    );
    check_markdown(
        "<img src=data:text/html,a alt=b>",
        &["unsafe-image <img src=data:text/html,a alt=b>"],
    );
    check_markdown("## a\n\n<h4>b</h4>", &["heading-jump <h4>"]);
    check_markdown(
        "<table><tr><td>a</td></tr></table>",
        &["table-header <table>"],
    );
    check_markdown("<table><tr><th>a</th><td>b</td></tr></table>", &[]);
}

#[test]
fn caps_are_told_with_their_field() {
    let deep = "> ".repeat(40);
    check(
        &format!(r#""summary":"a","risks":["b","{deep}c"]"#),
        &[&*format!("cut-short risks[1]: \"{deep}c\"")],
    );
    // Each field has few abbreviations, the article has too many.
    let field = |first: usize| {
        let lines = (first..first + 150).map(|ix| format!("*[A{ix}]: b"));
        lines.collect::<Vec<_>>().join("\\n")
    };
    check(
        &format!(r#""key_points":["{}","{}"]"#, field(0), field(150)),
        &["cut-short : \"A\""],
    );
}

#[test]
fn all_markdown_fields() {
    check(
        r#""summary":"[here](/s)","image":{"src":"a.png","alt":"b","width":1,"height":1,"caption":"[here](/i)"},"key_points":["","[here](/k)"],"risks":["[here](/r)"],"disclosure":"[here](/d)","corrections":[{"text":"[here](/c)"}],"sections":["[here](/t)"]"#,
        &[
            "link-text summary: [here](/s)",
            "link-text image.caption: [here](/i)",
            "link-text key_points[1]: [here](/k)",
            "link-text risks[0]: [here](/r)",
            "link-text disclosure: [here](/d)",
            "link-text corrections[0].text: [here](/c)",
            "link-text sections[0].body: [here](/t)",
        ],
    );
}

#[test]
fn places_in_texts_that_are_escaped_and_trimmed() {
    check(
        r#""summary":"\n \n  \u00e9\t[\u0068ere](/a)\n""#,
        &[r"link-text summary: [\u0068ere](/a)"],
    );
    check(
        r#""summary":"\u0000\ud800😀[here](/a)""#,
        &["link-text summary: [here](/a)"],
    );
    check(
        r#""summary":"[here](/a) 😀 [![\n](/b)](/c)""#,
        &[
            "link-text summary: [here](/a)",
            r"missing-alt summary: ![\n](/b)",
        ],
    );
    check(
        r#""summary":"x","summary":"[here](/a)""#,
        &["link-text summary: [here](/a)"],
    );
}

#[test]
fn fields() {
    check(
        r#""image":{"src":"a.png","alt":"b","width":1,"height":1}"#,
        &[],
    );
    check(
        r#""image":{"src":"a.png","alt":" ","width":1}"#,
        &[
            "missing-alt image.alt: \"a.png\"",
            "image-size image.width: \"a.png\"",
        ],
    );
    check(
        r#""image":"a.png""#,
        &[
            "missing-alt image.alt: \"a.png\"",
            "image-size image.width: \"a.png\"",
        ],
    );
    check(r#""image":{"alt":"b"}"#, &[]);
    check(
        r#""sections":[{"heading":"B"},{},{"body":""}]"#,
        &[
            "empty-section sections[0].body: \"B\"",
            "empty-section sections[1].body: {",
            "empty-section sections[2].body: {",
        ],
    );
    check(
        r#""published":"2026-02-02","updated":"2026-02-01""#,
        &["updated-early updated: \"2026-02-01\""],
    );
    check(
        r#""published":"2026-02-02T23:00:00Z","updated":"2026-02-02""#,
        &[],
    );
    check(
        r#""published":"2026-02-02T23:00:00+01:00","updated":"2026-02-02T21:59:59Z""#,
        &["updated-early updated: \"2026-02-02T21:59:59Z\""],
    );
    check(
        r#""published":"2027-02-02","corrections":[{"date":"2206-01-01","text":"b"}]"#,
        &["far-future corrections[0].date: \"2206-01-01\""],
    );
    check(
        r#""published":"2062-01-01""#,
        &["far-future published: \"2062-01-01\""],
    );
}

#[test]
fn lengths() {
    #[track_caller]
    fn limit(before: &str, behind: &str, max: usize, expect: &str) {
        // Characters are counted, not bytes.
        let members = |n: usize| format!("{before}\"{}\"{behind}", "é".repeat(n));
        check(&members(max), &[]);
        let text = "é".repeat(max + 1);
        check(&members(max + 1), &[&*format!("{expect}: \"{text}\"")]);
    }
    limit(r#""title":"#, "", 120, "long-title title");
    limit(r#""subtitle":"#, "", 200, "long-subtitle subtitle");
    limit(r#""summary":"#, "", 600, "long-summary summary");
    limit(
        r#""related":[{"title":"b","excerpt":"#,
        "}]",
        300,
        "long-excerpt related[0].excerpt",
    );
    // Of a body, the bytes.
    let body = |n: usize| format!("\"sections\":[{{\"body\":\"{}\"}}]", "a".repeat(n));
    check(&body(2_500), &[]);
    check(&body(2_501), &["no-summary summary: \"A\""]);
    check(&[r#""key_points":["b"],"#, &body(2_501)].concat(), &[]);
}

#[test]
fn the_whole_collection() {
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(lines(&read(text), alone()), expect);
    }
    check(
        r#"{"version":1,"articles":[{"id":"a","title":"A","category":"Night trains"},{"id":"b","title":"B","category":"night-trains"},{"id":"c","title":"C","category":"night-trains"},{"id":"d","title":"D"}]}"#,
        &[
            "spelling articles[0].category: \"Night trains\"",
            "no-category articles[3].category: \"D\"",
        ],
    );
    check(
        r#"[{"id":"a","title":"A","tags":["Sea","x"]},{"id":"b","title":"B","tags":["sea"]},{"id":"c","title":"C","tags":["sea"]}]"#,
        &["spelling [1].tags[0]: \"sea\""].map(|_| "spelling [0].tags[0]: \"Sea\""),
    );
    check(
        r#"{"id":"a","title":"A","summary":"[here](/a)"}"#,
        &["link-text summary: [here](/a)"],
    );
    // What was said about the type of a value is not said again.
    check(
        r#"{"version":1,"articles":[{"id":"a","title":"A","sections":7,"image":[],"summary":{},"related":[1]}]}"#,
        &[],
    );
    // A newer version is not judged.
    check(
        r#"{"version":2,"articles":[{"id":"a","title":"A","summary":"[here](/a)"}]}"#,
        &[],
    );
}

#[test]
fn surroundings() {
    let text = r#"{"id":"a","title":"A","published":"2099-01-01","related":["b"],"summary":"[b](#/article/b)"}"#;
    let collection = read(text);
    assert_eq!(
        lines(&collection, Surroundings::default()),
        Vec::<String>::new()
    );
    let others = BTreeSet::from(["b".to_string()]);
    let surroundings = Surroundings {
        today: None,
        other_ids: Some(&others),
        pictures: None,
    };
    assert_eq!(lines(&collection, surroundings), Vec::<String>::new());
}

#[test]
fn hostile_texts_take_no_more_than_their_share() {
    // Each is of the kind that makes careless walks quadratic; the test would not end.
    for text in [
        "![",
        "[![](a)",
        "[^a]",
        "[a][b]",
        "<a ",
        "<!--",
        "# #\n\n",
        "[a](#b) ",
        "[^a]: b\n\n",
        "|a\n|-\n",
        "> ",
    ] {
        let markdown = text.repeat(200_000 / text.len());
        let json = markdown.replace('\n', "\\n");
        let collection = read(&format!(r#"{{"id":"a","title":"A","summary":"{json}"}}"#));
        for advice in advise(&collection, alone()) {
            assert!(collection.bytes().get(advice.range).is_some(), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn advice_points_into_the_file(markdown in r#"([a-c#\[\]()!<>^|\-:*`é😀 \n]|\\u00e9|\\n|\[a\]|\(b\)|\[\^a\]|<b>|!\[\]\(a\)){0,60}"#, cut in 0usize..400) {
        let text = format!(r#"{{"version":1,"articles":[{{"id":"a","title":"A","summary":"{markdown}","sections":["{markdown}"]}}]}}"#);
        let mut end = cut.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        for text in [&text, &text[..end]] {
            let Ok(collection) = read_collection(text.as_bytes().to_vec()) else { continue };
            for advice in advise(&collection, alone()) {
                prop_assert!(text.get(advice.range.clone()).is_some(), "{:?}", advice);
            }
        }
    }
}
