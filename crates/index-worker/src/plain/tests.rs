//! What is read as plain is to the letter what the reader of articles makes of it.

#![cfg(not(target_arch = "wasm32"))]

use article::{Surroundings, read_collection};
use packed::Texts;
use proptest::prelude::*;

use super::PlainReader;

/// What of an article is read plainly, which must be right; nothing where it is left to the reader of articles.
#[track_caller]
fn read(article: &str) -> Option<Texts> {
    let json = format!(r#"{{"version": 1, "language": "de", "articles": [{article}]}}"#);
    let collection = read_collection(json.into()).expect("articles");
    let expect = Texts::of(&collection, 0).unwrap_or_default();
    let surroundings = collection.surroundings();
    assert_eq!(
        Texts::alone(collection.bytes_of(0), &surroundings).unwrap_or_default(),
        expect,
        "{article}"
    );
    let mut reader = PlainReader::default();
    let language = surroundings.language.as_deref().unwrap_or_default();
    // The second time nothing of the first may be left.
    let before = r#"{"title": "a", "subtitle": "b", "category": "c", "tags": ["d"], "authors": [{"name": "e"}], "published": "2026-01-01",
        "language": "fr", "summary": "f", "key_points": ["g"], "sections": [{"heading": "h", "body": "i"}]}"#;
    assert!(reader.read(before.as_bytes(), language).is_some());
    let texts = reader.read(collection.bytes_of(0), language)?;
    assert_eq!(*texts, expect, "{article}");
    Some(texts.clone())
}

#[track_caller]
fn check(article: &str, is_plain: bool) {
    assert_eq!(read(article).is_some(), is_plain, "{article}");
}

/// The same for the text of a section alone.
#[track_caller]
fn check_body(body: &str, expect: Option<&str>) {
    let body = body
        .replace('\\', r"\\")
        .replace('\n', r"\n")
        .replace('"', r#"\""#);
    let article = format!(r#"{{"title": "T", "sections": [{{"body": "{body}"}}]}}"#);
    let texts = read(&article);
    assert_eq!(texts.as_ref().map(|texts| &*texts.body), expect, "{body}");
}

#[test]
fn plain_articles_are_read() {
    check(r#"{"title": "T"}"#, true);
    check(
        r#" {"id": "a", "title": " T ", "subtitle": "S", "published": "2026-02-03T09:15:00Z", "category": "C", "tags": [], "authors":
        [{"name": "N", "url": "x"}, {"name": "M"}], "source": {"name": "S", "more": [1, {"a": null}, true]}, "language": "en", "summary": "S",
        "key_points": ["One", "Two\nlines"], "sections": [{"heading": "*H*", "body": "B"}, {"body": "C"}, {}, {"heading": "D"}],
        "risks": ["R"], "disclosure": "D", "extra": {"a": [{}]}, "unknown": "u"} "#,
        true,
    );
    check(
        r#"{"title": "T\u00e4 \"\/\\ \t", "tags": ["a", "b\n"]}"#,
        true,
    );
}

#[test]
fn what_is_not_plain_is_left() {
    for article in [
        "{}",
        "[]",
        r#"{"title": ""}"#,
        r#"{"title": "a", "title": "b"}"#,
        r#"{"title": "a", "summary": null}"#,
        r#"{"title": "a", "tags": "b"}"#,
        r#"{"title": "a", "tags": [1]}"#,
        r#"{"title": "a", "tags": ["b",]}"#,
        r#"{"title": "a", "authors": ["b"]}"#,
        r#"{"title": "a", "authors": [{"url": "https://b.example"}]}"#,
        r#"{"title": "a", "authors": [{"name": "b", "name": "c"}]}"#,
        r#"{"title": "a", "published": "yesterday"}"#,
        r#"{"title": "a", "language": "English"}"#,
        r#"{"title": "a", "sections": [{"body": "b", "heading": "c"}]}"#,
        r#"{"title": "a", "sections": [{"body": "b", "text": "c"}]}"#,
        r#"{"title": "a", "disclosure": "b", "sections": [{"body": "c"}]}"#,
        r#"{"title": "a", "disclosure": "b", "risks": ["c"]}"#,
        r#"{"title": "a", "image": {"src": "b.png", "caption": "c"}}"#,
        r#"{"title": "a", "corrections": [{"text": "b"}]}"#,
        r#"{"title": "a\ud83d\ude00"}"#,
        r#"{"title": "a\ud83d"}"#,
        r#"{"title": "a\x"}"#,
        r#"{"title": "a\u0000"}"#,
        "{\"title\": \"a\nb\"}",
        r#"{"title": "a" "id": "b"}"#,
        r#"{"title": "a", "id": 01}"#,
        r#"{"title": "a", "id": tru}"#,
    ] {
        check(article, false);
    }
    let deep = format!(
        r#"{{"title": "a", "extra": {{"b": {}1{}}}}}"#,
        "[".repeat(30),
        "]".repeat(30)
    );
    check(&deep, false);
}

#[test]
fn paragraphs_are_plain() {
    check_body("", Some(""));
    check_body(
        "One.\n\nTwo\nlines.\n \n\n  Three",
        Some("One.\nTwo lines.\nThree"),
    );
    check_body(r"5 \* 3 \< 20 \& a\b \\", Some(r"5 * 3 < 20 & a\b \"));
    check_body(
        "\"See\" www.example.org, https://example.org/ and a@example.org > b # c",
        Some("\"See\" www.example.org, https://example.org/ and a@example.org > b # c"),
    );
    check_body("One\n      two", Some("One two"));
    check_body("3.5 percent\n\n1987 was", Some("3.5 percent\n1987 was"));
    check_body("Ärger “über” 日本", Some("Ärger “über” 日本"));
}

#[test]
fn marks_are_not() {
    for body in [
        "*a*",
        "a_b_",
        "`a`",
        "a <b>",
        "[a](b)",
        "![a](b)",
        "a | b\n--|--",
        "~~a~~",
        "a &amp; b",
        "# a",
        "> a",
        "- a",
        "+ a",
        "* a",
        "1. a",
        "2) a",
        "1.",
        "a\n===",
        "a\n---",
        "    a",
        "a\n\n    b",
        "a  \nb",
        "a \nb",
        "a\\\nb",
        "\ta",
        "a\tb",
        "a\r\nb",
        "\u{feff}a",
        "\u{a0}a",
        "[^a]: b",
        "[a]: b",
        "*[a]: b",
        "~~~\na\n~~~",
        ": a",
    ] {
        check_body(body, None);
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zäA1-9]{1,4}",
        4 => Just(" ".to_owned()),
        2 => Just("\n".to_owned()),
        1 => Just("\n\n".to_owned()),
        3 => "[!-/:-@\\[-`{-~]",
        2 => "\\\\[!-/:-@\\[-`{-~]",
        1 => "[ \t\r\u{b}\u{a0}\u{2028}\u{feff}“日]",
        1 => prop_oneof![Just("1. "), Just("    "), Just("  \n"), Just("www.a.b"), Just("http://a"), Just("&amp;")].prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn written(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn plain_markdown_is_what_the_parser_makes_of_it(body in text()) {
        read(&format!(r#"{{"title": "T", "sections": [{{"body": {}}}]}}"#, written(&body)));
    }

    #[test]
    fn fields_in_any_order(fields in proptest::collection::vec((0_usize..14, text()), 0..8)) {
        let names = ["title", "subtitle", "published", "category", "language", "tags", "key_points", "risks", "summary", "disclosure", "sections", "authors", "id", "image"];
        let members: Vec<String> = fields.iter().map(|(ix, text)| {
            let text = written(text);
            let value = match names[*ix] {
                "tags" | "key_points" | "risks" => format!("[{text}, \"x\"]"),
                "sections" => format!("[{{\"heading\": {text}}}, {{\"body\": {text}}}]"),
                "authors" => format!("[{{\"name\": {text}}}]"),
                "published" => "\"2026-01-02\"".to_owned(),
                _ => text,
            };
            format!("\"{}\": {value}", names[*ix])
        }).collect();
        read(&format!("{{{}}}", members.join(", ")));
    }

    #[test]
    fn damage_is_left(at in 0_usize..200, byte in any::<u8>()) {
        let mut bytes = br#"{"title": "Ta", "id": "x", "category": "c", "tags": ["a", "b"], "extra": {"a": [1, 2, null]}, "authors": [{"name": "N"}], "sections": [{"heading": "H", "body": "One.\n\nTwo"}]}"#.to_vec();
        if let Some(changed) = bytes.get_mut(at) {
            *changed = byte;
        }
        let surroundings = Surroundings::default();
        let mut reader = PlainReader::default();
        if let Some(texts) = reader.read(&bytes, "") {
            prop_assert_eq!(Some(texts.clone()), Texts::alone(&bytes, &surroundings));
        }
    }
}
