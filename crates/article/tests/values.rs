//! Dates, addresses, ids: in tables.

use offprint_article::{Date, SafeUrl};

#[test]
fn dates() {
    #[track_caller]
    fn check(input: &str, expect: &str) {
        let result = match Date::parse(input) {
            Ok(date) => date.to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(result, expect);
    }
    check("2026-02-02", "2026-02-02");
    check(" 2024-02-29 ", "2024-02-29");
    check("2026-02-03T09:15:00Z", "2026-02-03T09:15:00Z");
    check("2026-02-03t09:15:00.123z", "2026-02-03T09:15:00Z");
    check("2026-02-03 09:15:00+05:30", "2026-02-03T09:15:00+05:30");
    check("2026-02-03T23:59:60-00:30", "2026-02-03T23:59:60-00:30");
    check("0000-01-01", "0000-01-01");
    const WRITE: &str = "write a date as 2026-02-28, or with time and zone as 2026-02-28T09:15:00Z";
    check("", WRITE);
    check("02/02/2026", WRITE);
    check("2026-2-2", WRITE);
    check("2026-02-020", WRITE);
    check("２０２６-02-02", WRITE);
    check("2026-13-45", "there is no month 13; months are 01 to 12");
    check(
        "2026-12-45",
        "there is no day 45 in 2026-12; its last day is 31",
    );
    check(
        "2026-02-29",
        "there is no day 29 in 2026-02; its last day is 28",
    );
    check("2026-02-00", "there is no day 0; days begin at 01");
    const TIME: &str =
        "write the time behind the day as T09:15:00 with Z or an offset such as +01:00";
    check("2026-02-02T", TIME);
    check("2026-02-02T09:15", TIME);
    check("2026-02-02T09:15:00,5Z", TIME);
    check(
        "2026-02-02T24:00:00Z",
        "there is no hour 24; hours are 00 to 23",
    );
    check(
        "2026-02-02T23:60:00Z",
        "there is no minute 60; minutes are 00 to 59",
    );
    check(
        "2026-02-02T23:59:61Z",
        "there is no second 61; seconds are 00 to 59",
    );
    check(
        "2026-02-02T09:15:00",
        "a time needs its zone: Z behind it, or an offset such as +01:00",
    );
    check(
        "2026-02-02T09:15:00+0100",
        "write the zone as Z, or as an offset such as +01:00",
    );
    check(
        "2026-02-02T09:15:00Z.",
        "write the zone as Z, or as an offset such as +01:00",
    );
    check(
        "2026-02-02T09:15:00+24:00",
        "write the zone as Z, or as an offset such as +01:00",
    );
}

#[test]
fn order_of_dates() {
    #[track_caller]
    fn check(input: &str, expect: i64) {
        assert_eq!(Date::parse(input).expect("a date").sort_key(), expect);
    }
    check("1970-01-01", 0);
    check("1969-12-31", -86_400);
    check("2000-03-01", 951_868_800);
    check("2026-02-02", 1_769_990_400);
    check("2026-02-02T00:00:01Z", 1_769_990_401);
    check("2026-02-02T01:00:00+01:00", 1_769_990_400);
    check("2026-02-01T22:30:00-01:30", 1_769_990_400);
    check("0000-01-01", -62_167_219_200);
    check("9999-12-31", 253_402_214_400);
}

#[test]
fn order_of_lists() {
    // Each is older in a list than the next one: by the day that is written, then by the moment.
    let dates = [
        "0000-01-01T00:00:00+23:59",
        "1969-12-31",
        "2026-02-28T23:59:60+23:59",
        "2026-02-28T00:30:00Z",
        "2026-02-28T23:30:00-05:00",
        "2026-03-01T00:30:00+05:00",
        "2026-03-01",
        "2026-03-01T00:30:00Z",
        "9999-12-31T23:59:60-23:59",
    ];
    let keys = dates.map(|date| Date::parse(date).expect("a date").list_key());
    assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    let [first, .., last] = keys;
    assert!(first > -(1 << 38) && last < 1 << 40, "{keys:?}");
    let date = Date::parse("2026-02-28T23:30:00-05:00").expect("a date");
    assert_eq!(date.day_seconds(), 1_772_236_800);
}

#[test]
fn links() {
    #[track_caller]
    fn check(input: &str, expect: &str) {
        assert_eq!(
            SafeUrl::link(input).map_or("refused".to_string(), |url| url.as_str().to_string()),
            expect
        );
    }
    check("https://example.org/a?b#c", "https://example.org/a?b#c");
    check("HTTPS://Example.org", "https://Example.org");
    check("http://x", "http://x");
    check("mailto:a@b.org", "mailto:a@b.org");
    check("tel:+123", "tel:+123");
    check("a/b.html", "a/b.html");
    check("/a", "/a");
    check("../a", "../a");
    check("?q=a:b", "?q=a:b");
    check("#a:b", "#a:b");
    check("a/b:c", "a/b:c");
    check("  a b\n", "a%20b");
    check("\u{1}\u{1f} https://x.org \u{0}", "https://x.org");
    check("ht\ntps:\t//x.org", "https://x.org");
    check("https:\\\\x.org\\a?b\\c", "https://x.org/a?b\\c");
    check("https://ü.org/é", "https://ü.org/é");
    for refused in [
        "",
        " ",
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "java\nscript:x",
        "\u{1}javascript:x",
        "java\u{0}script:x",
        "javascript\u{0}:x",
        "vbscript:x",
        "data:text/html,x",
        "data:image/png;base64,AAAA",
        "blob:https://x.org/1",
        "file:///etc/passwd",
        "ftp://x.org",
        "//x.org",
        "\\\\x.org",
        "/\\x.org",
        "\\/x.org",
        "\t//x.org",
        "/\t/x.org",
        "https:x.org",
        "https:/x.org",
        "https://",
        "https:///x",
        "http://:80",
        "http://a@",
        "http://a@:80",
        "mailto:",
        "tel:",
        ":",
        "a:b",
        "1a:b",
        "ü:b",
        "java\u{ad}script:x",
        "javascript&colon;:x",
        "%6aavascript:x",
        "a\u{7f}b",
        "a\u{85}b",
        "a\u{2028}b",
        "view-source:https://x.org",
        "about:blank",
        "intent:x",
        "ws://x.org",
    ] {
        check(refused, "refused");
    }
}

#[test]
fn images() {
    #[track_caller]
    fn check(input: &str, expect: bool) {
        assert_eq!(
            SafeUrl::image(input).is_some(),
            expect,
            "{}",
            &input[..input.len().min(60)]
        );
    }
    check("https://x.org/a.png", true);
    check("img/a.svg", true);
    check("blob:https://x.org/1-2", true);
    check("data:image/png;base64,iVBORw0KGgo=", true);
    check("DATA:image/AVIF;BASE64,AAAA", true);
    check("data:image/svg+xml;base64,AAAA", false);
    check("data:image/png,AAAA", false);
    check("data:image/png;base64,AA AA", false);
    check("data:image/png;base64,AA\"AA", false);
    check("data:text/html;base64,AAAA", false);
    check(
        &("data:image/png;base64,".to_string() + &"A".repeat(255_900)),
        true,
    );
    check(
        &("data:image/png;base64,".to_string() + &"A".repeat(256_000)),
        false,
    );
    check("#a", false);
    check("mailto:a@b.org", false);
    check("javascript:x", false);
    check("//x.org/a.png", false);
}

#[test]
fn kinds_of_addresses() {
    #[track_caller]
    fn check(input: &str, is_relative: bool, is_external: bool) {
        let url = SafeUrl::link(input).expect("a safe address");
        assert_eq!(
            (url.is_relative(), url.is_external()),
            (is_relative, is_external)
        );
    }
    check("https://x.org", false, true);
    check("mailto:a@b.org", false, false);
    check("a.html", true, false);
    check("?a", true, false);
    check("/a:b", true, false);
    check("#a", false, false);
}

/// The examples of RFC 3986 §5.4, as far as the addresses are safe ones, and what bases there may be beside.
#[test]
fn resolution() {
    #[track_caller]
    fn check(base: &str, url: &str, expect: &str) {
        assert_eq!(
            SafeUrl::link(url).expect("a safe address").resolve(base),
            expect
        );
    }
    // The way to the front page of a site, from one of its pages.
    check("../../", "images/a.png", "../../images/a.png");
    check("../../", "../a.png", "../../../a.png");
    check("../../", "./b/../a.png", "../../a.png");
    check("../", ".", "../");
    check("./", "a.png", "a.png");
    const BASE: &str = "http://a/b/c/d;p?q";
    for (url, expect) in [
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("g#s", "http://a/b/c/g#s"),
        ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"),
        ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/../x", "http://a/b/c/g#s/../x"),
        ("https://x/../y", "https://x/../y"),
    ] {
        check(BASE, url, expect);
    }
    check("", "../a", "../a");
    check("https://x.org", "a", "https://x.org/a");
    check("https://x.org?q", "a", "https://x.org/a");
    check("https://x.org/a/b", "mailto:a@b.org", "mailto:a@b.org");
    check("posts/2026/", "../a.png", "posts/a.png");
    check("posts/a.json", "b.png", "posts/b.png");
    check("/sub/app/", "./b.png", "/sub/app/b.png");
    check("a.json", "b.png", "b.png");
    check("data:x", "b.png", "b.png");
    check("//x.org/", "b.png", "b.png");
    // Nothing may turn into a host or a scheme on the way.
    check("a", "./javascript:alert(1)", "./javascript:alert(1)");
    check("/", ".//x.org", "/.//x.org");
    check("a/b", "..//x.org", "/x.org");
}
