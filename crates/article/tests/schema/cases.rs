//! Documents with one thing right or wrong in them.

use super::{reader_says, schema_says};
use serde_json::Value;

/// Both say that it is right, or both that it is wrong.
#[track_caller]
fn check(text: &str, is_right: bool) {
    let document: Value = serde_json::from_str(text).expect("JSON");
    let said = (schema_says(&document), reader_says(text));
    let is_as_expected = said.0.is_none() == is_right && said.1.is_none() == is_right;
    assert!(
        is_as_expected,
        "{text}: the schema and the reader say {said:?}"
    );
}

/// Of an article with these members behind its id and title.
#[track_caller]
fn article(members: &str, is_right: bool) {
    check(
        &format!(r#"{{"version":1,"articles":[{{"id":"a","title":"A",{members}}}]}}"#),
        is_right,
    );
    check(&format!(r#"{{"id":"a","title":"A",{members}}}"#), is_right);
}

/// Of a collection with these members.
#[track_caller]
fn collection(members: &str, is_right: bool) {
    check(&format!("{{{members}}}"), is_right);
}

#[test]
fn collections() {
    collection(r#""version":1,"articles":[]"#, true);
    collection(r#""articles":[]"#, false);
    collection(r#""version":1"#, false);
    collection(r#""version":2,"articles":[]"#, false);
    collection(r#""version":0,"articles":[]"#, false);
    collection(r#""version":"1","articles":[]"#, false);
    collection(r#""version":null,"articles":[]"#, false);
    collection(r#""version":1,"articles":null"#, false);
    collection(r#""version":1,"articles":"a""#, false);
    collection(r#""version":1,"articles":{"id":"a","title":"A"}"#, false);
    collection(r#""version":1,"articles":[null]"#, false);
    collection(r#""version":1,"articles":["a"]"#, false);
    collection(r#""version":1,"articles":[{}]"#, false);
    collection(
        r#""$schema":"offprint.schema.json","version":1,"_own":[1],"$own":2,"articles":[]"#,
        true,
    );
    collection(r#""version":1,"articles":[],"titel":"a""#, false);
    collection(r#""version":1,"articles":[],"mine":1"#, false);
    collection(r#""version":1,"articles":[],"id":"a""#, false);
    for (name, texts) in [
        ("title", [r#""a""#, r#""""#, "null"]),
        ("description", [r#"" a ""#, r#"" ""#, "null"]),
        ("language", [r#""pt-BR""#, r#""""#, "null"]),
        ("base_url", [r#""HTTPS://example.org/a/""#, r#""""#, "null"]),
    ] {
        for text in texts {
            collection(
                &format!(r#""version":1,"articles":[],"{name}":{text}"#),
                true,
            );
        }
        for text in ["7", "true", "[]", "[\"a\"]", "{}"] {
            collection(
                &format!(r#""version":1,"articles":[],"{name}":{text}"#),
                false,
            );
        }
    }
    for url in [
        "example.org",
        "/",
        "mailto:a@b.org",
        "//example.org/",
        "https:",
        "https://",
        "http:///a",
    ] {
        collection(
            &format!(r#""version":1,"articles":[],"base_url":"{url}""#),
            false,
        );
    }
}

#[test]
fn names_of_articles() {
    check(r#"{"id":"a","title":"A"}"#, true);
    check(r#"{"version":1,"id":"a","title":"A"}"#, true);
    check(r#"{"version":2,"id":"a","title":"A"}"#, false);
    check(
        r#"{"version":1,"articles":[{"version":"x","id":"a","title":"A"}]}"#,
        true,
    );
    for wrong in [
        r#"{"title":"A"}"#,
        r#"{"id":"a"}"#,
        r#"{"id":"a","title":null}"#,
        r#"{"id":"a","title":" \n"}"#,
        r#"{"id":"a","title":7}"#,
        r#"{"id":"","title":"A"}"#,
        r#"{"id":null,"title":"A"}"#,
        r#"{"id":7,"title":"A"}"#,
        r#"{"id":"a b","title":"A"}"#,
        r#"{"id":"a/b","title":"A"}"#,
        r#"{"id":"a?","title":"A"}"#,
        r#"{"id":".","title":"A"}"#,
        r#"{"id":" .. ","title":"A"}"#,
        r#"{"sections":[]}"#,
        r#"{"version":1}"#,
        r#"{}"#,
        r#"[]"#,
        r#"[{"id":"a","title":"A"}]"#,
        r#""a""#,
        "null",
    ] {
        // An empty list is read as a collection of none, with a warning.
        check(wrong, false);
    }
    for id in ["a-b_c.d~e", "Ünï-日本-क्", " a ", "1", "..."] {
        check(&format!(r#"{{"id":"{id}","title":"A"}}"#), true);
    }
}

#[test]
fn texts() {
    for name in ["subtitle", "category", "summary", "disclosure"] {
        for (text, is_right) in [
            (r#""a *b*\n\nc""#, true),
            (r#""""#, true),
            ("null", true),
            ("7", false),
            ("true", false),
            (r#"["a"]"#, false),
            (r#"{"a":1}"#, false),
        ] {
            article(&format!(r#""{name}":{text}"#), is_right);
        }
    }
    for name in ["tags", "key_points", "risks"] {
        for (list, is_right) in [
            (r#"["a","b","",null]"#, true),
            ("[]", true),
            ("null", true),
            (r#"" ""#, true),
            (r#""a, b""#, false),
            ("7", false),
            ("false", false),
            (r#"{"a":1}"#, false),
            ("[7]", false),
            (r#"[["a"]]"#, false),
            ("[{}]", false),
        ] {
            article(&format!(r#""{name}":{list}"#), is_right);
        }
    }
    // Direction: only where a text is plain.
    article(r#""subtitle":"a\u202eb""#, false);
    article(r#""tags":["\u2066a"]"#, false);
    article(r#""summary":"a\u202eb""#, true);
    article(r#""sections":[{"heading":"a\u2069"}]"#, false);
    article(r#""related":[{"id":"\u202ab"}]"#, false);
    let long = "a".repeat((1 << 20) + 1);
    article(&format!(r#""summary":"{long}""#), false);
    article(&format!(r#""summary":"{}""#, &long[1..]), true);
}

#[test]
fn dates_and_languages() {
    for (date, is_right) in [
        ("2026-02-02", true),
        (" 2026-02-02\\n", true),
        ("", true),
        ("2026-02-03T09:15:00Z", true),
        ("2026-02-03t09:15:00z", true),
        ("2026-02-03 09:15:00+01:00", true),
        ("2026-02-03T23:59:60.125-00:30", true),
        ("2026-2-3", false),
        ("2026-13-01", false),
        ("2026-00-01", false),
        ("2026-01-32", false),
        ("2026-01-00", false),
        ("20260203", false),
        ("2026-02-03T09:15:00", false),
        ("2026-02-03T09:15Z", false),
        ("2026-02-03T24:00:00Z", false),
        ("2026-02-03T09:60:00Z", false),
        ("2026-02-03T09:15:61Z", false),
        ("2026-02-03T09:15:00.Z", false),
        ("2026-02-03T09:15:00+0100", false),
        ("2026-02-03T09:15:00+24:00", false),
        ("3 February 2026", false),
        ("2026-02-03T09:15:00Z.", false),
    ] {
        for name in ["published", "updated"] {
            article(&format!(r#""{name}":"{date}""#), is_right);
        }
        article(
            &format!(r#""corrections":[{{"date":"{date}","text":"a"}}]"#),
            is_right,
        );
    }
    article(r#""published":null"#, true);
    article(r#""published":2026"#, false);
    article(r#""published":["2026-02-02"]"#, false);
    for (tag, is_right) in [
        ("en", true),
        ("zh-Hant", true),
        ("de-1996", true),
        ("i", false),
        ("en_GB", false),
        ("english language", false),
        ("e1", false),
        ("en-", false),
        ("en-abcdefghi", false),
        ("abcdefghi", false),
    ] {
        article(&format!(r#""language":"{tag}""#), is_right);
    }
}

#[test]
fn addresses() {
    for (url, is_right) in [
        ("https://example.org/", true),
        (" HTTP://example.org:80?q#f ", true),
        ("mailto:desk@example.org", true),
        ("TEL:+1-555", true),
        ("a/b.html", true),
        ("/a", true),
        ("?q=a:b", true),
        ("#a", true),
        ("./a:b", true),
        ("\\\\a", true),
        ("https:\\\\\\\\example.org", true),
        ("", true),
        ("javascript:alert(1)", false),
        ("java\\nscript:alert(1)", false),
        (" javascript:alert(1)", false),
        ("ftp://example.org", false),
        ("data:text/html,a", false),
        ("data:image/png;base64,AAAA", false),
        ("blob:a", false),
        ("//example.org/a", false),
        (" //example.org/a", false),
        ("\\\\\\\\example.org", false),
        ("https:example.org", false),
        ("https:///a", false),
        ("https://:80/", false),
        ("mailto:", false),
        ("a:b", false),
        (":a", false),
    ] {
        article(&format!(r#""canonical_url":"{url}""#), is_right);
        article(
            &format!(r#""source":{{"name":"a","url":"{url}"}}"#),
            is_right,
        );
        article(
            &format!(r#""related":[{{"title":"a","url":"{url}"}}]"#),
            is_right,
        );
    }
    article(r#""canonical_url":7"#, false);
    article(r#""canonical_url":null"#, true);
    for (url, is_right) in [
        ("a.png", true),
        ("https://example.org/a.png", true),
        ("blob:https://example.org/a", true),
        ("data:image/png;base64,AAAA", true),
        ("DATA:image/WebP;base64,AA==", true),
        ("data:image/avif;base64,", true),
        ("", false),
        (" ", false),
        ("#a", false),
        ("data:image/svg+xml;base64,AAAA", false),
        ("data:image/png,AAAA", false),
        ("data:image/png;base64,A-A", false),
        ("mailto:a@b.org", false),
        ("javascript:a", false),
        ("//example.org/a.png", false),
        ("https:a.png", false),
    ] {
        article(&format!(r#""image":{{"src":"{url}"}}"#), is_right);
        article(
            &format!(r#""image":{{"src":"a.png","srcset":[{{"src":"{url}","width":8}}]}}"#),
            is_right,
        );
    }
}

#[test]
fn parts() {
    for (members, is_right) in [
        (r#""authors":[{"name":"A"},null]"#, true),
        (r#""authors":[{"name":"A","url":null,"_a":1}]"#, true),
        (r#""authors":"""#, true),
        (r#""authors":[]"#, true),
        (r#""authors":["A"]"#, false),
        (r#""authors":"A""#, false),
        (r#""authors":{"name":"A"}"#, false),
        (r#""authors":[{}]"#, false),
        (r#""authors":[{"url":"a"}]"#, false),
        (r#""authors":[{"name":""}]"#, false),
        (r#""authors":[{"name":null}]"#, false),
        (r#""authors":[{"name":["A"]}]"#, false),
        (r#""authors":[{"name":"A","role":"b"}]"#, false),
        (r#""author":"A""#, false),
        (r#""source":{"name":"A"}"#, true),
        (r#""source":null"#, true),
        (r#""source":"A""#, false),
        (r#""source":"""#, false),
        (r#""source":[{"name":"A"}]"#, false),
        (r#""image":null"#, true),
        (
            r#""image":{"src":"a","alt":"","caption":null,"credit":"c","width":1,"height":4294967295,"srcset":null}"#,
            true,
        ),
        (r#""image":"a.png""#, false),
        (r#""image":{}"#, false),
        (r#""image":{"alt":"a"}"#, false),
        (r#""image":{"src":null}"#, false),
        (r#""image":{"src":7}"#, false),
        (r#""image":{"src":"a","width":0}"#, false),
        (r#""image":{"src":"a","width":-1}"#, false),
        (r#""image":{"src":"a","width":1.5}"#, false),
        (r#""image":{"src":"a","width":4294967296}"#, false),
        (r#""image":{"src":"a","height":"800px"}"#, false),
        (r#""image":{"src":"a","height":null}"#, true),
        (r#""image":{"src":"a","title":"b"}"#, false),
        (r#""image":{"src":"a","srcset":"a 2x"}"#, false),
        (
            r#""image":{"src":"a","srcset":[{"src":"b","width":8},null]}"#,
            true,
        ),
        (r#""image":{"src":"a","srcset":["b"]}"#, false),
        (r#""image":{"src":"a","srcset":[{"src":"b"}]}"#, false),
        (
            r#""image":{"src":"a","srcset":[{"src":"b","width":null}]}"#,
            false,
        ),
        (r#""image":{"src":"a","srcset":[{"width":8}]}"#, false),
        (
            r#""image":{"src":"a","srcset":[{"src":"b","width":8,"height":4}]}"#,
            false,
        ),
        (
            r#""sections":[{"heading":"h","body":"b"},{},{"body":null},null]"#,
            true,
        ),
        (r#""sections":"b""#, false),
        (r#""sections":["b"]"#, false),
        (r#""sections":{"body":"b"}"#, false),
        (r#""sections":[{"markdown":"b"}]"#, false),
        (r#""sections":[{"body":["b"]}]"#, false),
        (r#""sections":[[]]"#, false),
        (r#""corrections":[{"text":"b"},null]"#, true),
        (r#""corrections":[{"date":"2026-02-02"}]"#, false),
        (r#""corrections":[{"text":""}]"#, false),
        (r#""corrections":[{"text":null}]"#, false),
        (r#""corrections":["b"]"#, false),
        (r#""corrections":[{"text":"b","body":"c"}]"#, false),
        (
            r#""related":[{"id":"b"},{"title":"c"},{"id":"b","title":"c","excerpt":"d","url":"e"},null]"#,
            true,
        ),
        (r#""related":[{"id":"x y","title":""}]"#, true),
        (r#""related":["b"]"#, false),
        (r#""related":[{}]"#, false),
        (r#""related":[{"id":"","title":null}]"#, false),
        (r#""related":[{"url":"https://example.org"}]"#, false),
        (r#""related":[{"id":7}]"#, false),
        (r#""related":[{"id":"b","summary":"c"}]"#, false),
        (r#""extra":{"a":[{"b":null}],"keypoints":7}"#, true),
        (r#""extra":null"#, true),
        (r#""extra":[]"#, false),
        (r#""extra":"a""#, false),
        (r#""keypoints":["a"]"#, false),
        (r#""body":"a""#, false),
        (r#""mine":1"#, false),
        (r#""_mine":1,"$schema":7"#, true),
    ] {
        article(members, is_right);
    }
}

/// What they judge otherwise, the schema first, and why that is right.
const DIFFERENCES: [(&str, bool, bool, &str); 16] = [
    (
        r#"{"version":1,"articles":[{"id":"a","title":"A"},{"id":"a","title":"B"}]}"#,
        true,
        false,
        "a schema cannot compare the ids of articles",
    ),
    (
        r#"{"id":"a","title":"A","title":"B"}"#,
        true,
        false,
        "a schema sees an object after its names were made unique",
    ),
    (
        r#"{"id":"a","title":"A","published":"2026-02-30"}"#,
        true,
        false,
        "a pattern does not know how long a month is",
    ),
    (
        r#"{"id":"a","title":"A","canonical_url":"a\u0001b"}"#,
        true,
        false,
        "control characters inside of an address are too rare for a pattern that one can read",
    ),
    (
        r#"{"id":"a","title":"A","canonical_url":"https://a@/b"}"#,
        true,
        false,
        "a name before an absent host, likewise",
    ),
    (
        r#"{"id":"a","title":"A","canonical_url":"ht\ntps://example.org"}"#,
        false,
        true,
        "browsers leave line breaks out of a scheme, and so does the reader; nobody means them",
    ),
    (
        r#"{"id":"a","title":"A","canonical_url":"https:// example.org"}"#,
        false,
        true,
        "a space at the beginning of a host is no error of form",
    ),
    (
        r#"{"id":"a","title":"A","canonical_url":"/\\example.org"}"#,
        false,
        false,
        "not a difference: a backslash counts as a slash",
    ),
    (
        r#"{"id":"a","title":"A","image":{"src":"a","width":8.0}}"#,
        true,
        false,
        "for a schema, 8.0 is a whole number",
    ),
    (
        r#"{"version":1.0,"articles":[]}"#,
        true,
        false,
        "and 1.0 is 1",
    ),
    (
        r#"{"id":"a","title":"A","extra":{"n":9007199254740993}}"#,
        true,
        false,
        "a number that many programs round is no error of form",
    ),
    (
        r#"{"id":"«","title":"A"}"#,
        true,
        false,
        "the pattern names the signs of ASCII and the common blocks of signs; a rare sign passes it",
    ),
    (
        r#"{"version":1,"articles":[],}"#,
        false,
        false,
        "not a difference: what is no JSON is judged by nobody",
    ),
    (
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[]}"#,
        false,
        true,
        "a JSON Feed is read, and is another format",
    ),
    (
        "DEEP",
        true,
        false,
        "levels of brackets are a limit of the reader",
    ),
    (
        "LONG",
        true,
        false,
        "the limit of a text is one of bytes, and a schema counts characters",
    ),
];

#[test]
fn differences() {
    for (text, of_schema, of_reader, why) in DIFFERENCES {
        let text = match text {
            "DEEP" => format!(
                r#"{{"id":"a","title":"A","extra":{{"n":{}{}}}}}"#,
                "[".repeat(64),
                "]".repeat(64)
            ),
            "LONG" => format!(
                r#"{{"id":"a","title":"A","summary":"{}"}}"#,
                "é".repeat(600_000)
            ),
            text => text.to_string(),
        };
        let is_valid = serde_json::from_str::<Value>(&text)
            .is_ok_and(|document| schema_says(&document).is_none());
        assert_eq!(
            (is_valid, reader_says(&text).is_none()),
            (of_schema, of_reader),
            "{text:.200}: {why}"
        );
    }
}
