//! Tables for the JSON reader.

use super::{Lines, OddityKind, Parser, Value, resume_after};

fn write(value: &Value) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.clone(),
        Value::Text(t) => format!("{t:?}"),
        Value::List(list) => {
            let list: Vec<_> = list.iter().map(|v| write(&v.value)).collect();
            format!("[{}]", list.join(","))
        }
        Value::Object(members) => {
            let list: Vec<_> = members
                .iter()
                .map(|m| format!("{}:{}", m.name, write(&m.value.value)))
                .collect();
            format!("{{{}}}", list.join(","))
        }
    }
}

/// The value, the oddities with their places, the syntax error with its place.
#[track_caller]
fn check(
    input: impl AsRef<[u8]>,
    expect: &str,
    oddities: &[(OddityKind, u32)],
    error: Option<usize>,
) {
    let mut parser = Parser::new(input.as_ref(), 0);
    let value = parser.value();
    assert_eq!(value.map_or("-".to_string(), |v| write(&v.value)), expect);
    let found: Vec<_> = parser.oddities().iter().map(|o| (o.kind, o.at)).collect();
    assert_eq!(found, oddities);
    assert_eq!(parser.error().map(|e| e.at), error);
}

#[test]
fn values() {
    check("null", "null", &[], None);
    check(
        " [true, false,-0.5e+3 ,[],{}] ",
        "[true,false,-0.5e+3,[],{}]",
        &[],
        None,
    );
    check(
        r#"{"a":{"b":["c"]},"d":1}"#,
        r#"{a:{b:["c"]},d:1}"#,
        &[],
        None,
    );
    check(
        r#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00z""#,
        "\"a\\\"\\\\/\\u{8}\\u{c}\\n\\r\\té😀z\"",
        &[],
        None,
    );
    check(
        "\"a long text of more than eight bytes, with “quotes” and ümläuts\"",
        "\"a long text of more than eight bytes, with “quotes” and ümläuts\"",
        &[],
        None,
    );
}

#[test]
fn slips_are_read_over() {
    use OddityKind::*;
    check("[1,2,]", "[1,2]", &[(TrailingComma, 4)], None);
    check(r#"{"a":1,}"#, "{a:1}", &[(TrailingComma, 6)], None);
    check(r#"{"a":1 "b":2}"#, "{a:1,b:2}", &[(MissingComma, 7)], None);
    check("[{} {}]", "[{},{}]", &[(MissingComma, 4)], None);
    check("\"a\nb\nc\"", r#""a\nb\nc""#, &[(RawControl, 2)], None);
    check(
        r#""a\ud800b""#,
        "\"a\u{fffd}b\"",
        &[(LoneSurrogate, 2)],
        None,
    );
    check(
        r#""\ud800\ud83d\ude00""#,
        "\"\u{fffd}😀\"",
        &[(LoneSurrogate, 1)],
        None,
    );
    check(r#""\udc00""#, "\"\u{fffd}\"", &[(LoneSurrogate, 1)], None);
    check(
        r#""\d \u12""#,
        "\"\\\\d \u{fffd}12\"",
        &[(BadEscape, 1), (BadEscape, 4)],
        None,
    );
    check(b"\"a\xffb\"", "\"a\u{fffd}b\"", &[(InvalidUtf8, 1)], None);
    check(r#"{"a":1,"a":2}"#, "{a:1,a:2}", &[(DuplicateName, 7)], None);
    check(
        "[9007199254740992, 9007199254740993]",
        "[9007199254740992,9007199254740993]",
        &[(BigNumber, 19)],
        None,
    );
    let deep = "[".repeat(100) + &"]".repeat(100);
    check(
        &deep,
        &("[".repeat(64) + "null" + &"]".repeat(64)),
        &[(TooDeep, 64)],
        None,
    );
}

#[test]
fn errors_keep_what_was_read() {
    check("", "-", &[], Some(0));
    check("nul", "-", &[], Some(0));
    check("01", "-", &[], Some(1));
    check("[01]", "[]", &[], Some(2));
    check("-", "-", &[], Some(1));
    check("1.", "-", &[], Some(2));
    check("[1,", "[1]", &[], Some(3));
    check("[1 2]", "[1]", &[], Some(3));
    check("[,1]", "[]", &[], Some(1));
    check(r#"{"a":1,"b"#, "{a:1}", &[], Some(9));
    check(r#"{"a":"b"#, r#"{a:"b"}"#, &[], Some(7));
    check(r#"{"a" 1}"#, "{}", &[], Some(5));
    check(r#"{a:1}"#, "{}", &[], Some(1));
    check(r#"{"a":[{"b":1,x"#, "{a:[{b:1}]}", &[], Some(13));
    check(
        "[".repeat(100_000),
        &("[".repeat(64) + &"]".repeat(64)),
        &[(OddityKind::TooDeep, 64)],
        Some(64),
    );
}

#[test]
fn places() {
    #[track_caller]
    fn check(text: &str, at: usize, expect: (u32, u32)) {
        assert_eq!(Lines::default().place(text.as_bytes(), at), expect);
    }
    check("", 0, (1, 1));
    check("ab\ncd", 1, (1, 2));
    check("ab\ncd", 3, (2, 1));
    check("äöü", 4, (1, 3));
    check("\u{feff}ab", 3, (1, 1));
    check("\u{feff}ab", 4, (1, 2));
    check(&"é\n".repeat(100_000), 3 * 70_000, (70_001, 1));
    check(&"é".repeat(100_000), 2 * 70_000, (1, 70_001));
    check("a", 99, (1, 2));
}

#[test]
fn going_on_after_an_error() {
    #[track_caller]
    fn check(before: &str, broken: &str, after: &str) {
        let text = [before, broken, after].concat();
        let mut parser = Parser::new(text.as_bytes(), before.len());
        parser.value();
        let error = parser.error().expect("an error").at;
        let end = resume_after(
            text.as_bytes(),
            before.len(),
            error,
            &mut 10_000,
            &|at, _| (true, at),
        );
        assert_eq!(&text[end..], after);
    }
    check("[", r#"{"id":"a",x:[1,{}]}"#, r#",{"id":"b"}]"#);
    check("[", r#"{"id":"a","t":"b"c"}"#, r#"]"#);
    check("[", r#"{"id":"a","t:"b","u":1},"#, r#"{"id":"b"}]"#);
    check("[", r#"{"id":"a","x":[1}, "#, r#"{ "id":"b"}]"#);
    check(
        "[\n  ",
        "{\n    \"id\": \"a,\n    \"t\": \"}\"\n  }",
        ",\n  {\n    \"id\": \"b\"\n  }\n]",
    );
    check(
        "[\n  ",
        "{\n    \"id\": \"a\",\n    \"x\": [\n  ",
        "{\n    \"id\": \"b\"\n  }\n]",
    );
    check("[", r#"{"id":"a","x":[1,"#, r#"{"id":"b"},{"id":"c"}]"#);
    check(
        "[\n",
        "{\n\"id\": \"a\",\n\"x\": [\n{\n\"y\" 1\n}\n]\n}",
        "\n]",
    );
    check("[\n  ", "{\n    \"id\": 'a'\n", "");
    check(
        "[\n  ",
        "{\"id\": \"a\", \"t\": \"b\"c\"},\n  ",
        "{\"id\": \"b\"}\n]",
    );
}
