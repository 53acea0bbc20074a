//! `offprint check`, run as a person would.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

mod command;
mod findings;

use command::{Folder, Output, offprint};
use findings::findings;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files");

/// Checks a file of these bytes: its findings without the file's name, and the exit code.
#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expect: &[&str], code: i32) {
    let output = offprint(
        Path::new(FILES),
        &["check", "-", "--format", "json"],
        bytes.as_ref(),
    );
    let expect: Vec<String> = expect
        .iter()
        .map(|line| format!("<stdin> {line}"))
        .collect();
    assert_eq!(findings(&output.stdout), expect);
    assert_eq!(output.code, code);
}

/// How the finding of a kind is drawn: from its title to the next empty line.
#[track_caller]
fn drawn(bytes: impl AsRef<[u8]>, code: &str, expect: &str) {
    let Output { stdout, .. } = offprint(Path::new(FILES), &["check", "-"], bytes.as_ref());
    let found = stdout
        .split("\n\n")
        .find(|part| part.contains(&format!("[{code}]")));
    assert_eq!(
        found.expect("a finding of the kind"),
        expect.trim_matches('\n')
    );
}

#[test]
fn twelve_mistakes_are_twelve_findings() {
    let expect = [
        ("8:7", "error", "misspelt-field", "articles[0].keypoints"),
        ("9:20", "error", "bad-date", "articles[0].published"),
        ("10:24", "error", "unsafe-url", "articles[0].canonical_url"),
        ("11:16", "error", "not-a-list", "articles[0].risks"),
        ("12:25", "warning", "missing-image", "articles[0].image.src"),
        ("12:25", "advice", "missing-alt", "articles[0].image.alt"),
        (
            "14:78",
            "advice",
            "heading-jump",
            "articles[0].sections[0].body",
        ),
        (
            "15:35",
            "advice",
            "link-text",
            "articles[0].sections[1].body",
        ),
        (
            "15:61",
            "warning",
            "dead-link",
            "articles[0].sections[1].body",
        ),
        (
            "16:30",
            "advice",
            "table-header",
            "articles[0].sections[2].body",
        ),
        ("19:5", "error", "missing-title", "articles[1].title"),
        ("20:13", "error", "duplicate-id", "articles[2].id"),
        ("20:46", "error", "json-comma", ""),
    ];
    let json = offprint(
        Path::new(FILES),
        &["check", "twelve.json", "--format=json"],
        b"",
    );
    let lines = expect.map(|(place, _, code, path)| format!("twelve.json {place} {code} {path}"));
    assert_eq!(findings(&json.stdout), lines);
    assert_eq!(json.code, 1);
    let human = offprint(Path::new(FILES), &["check", "twelve.json"], b"");
    let mut parts = human.stdout.split("\n\n");
    for (place, severity, code, path) in expect {
        let part = parts.next().expect("another finding");
        assert!(
            part.starts_with(&format!("{severity}[{code}]: expected ")),
            "{part}"
        );
        assert!(
            part.contains(&format!("--> twelve.json:{place}\n")),
            "{part}"
        );
        assert!(
            part.contains(&format!("^ {path}").trim_end().to_string()),
            "{part}"
        );
    }
    assert_eq!(
        parts.next(),
        Some("1 file, 3 articles: 7 errors, 2 warnings, 4 pieces of advice\n")
    );
    assert_eq!(human.stderr, "");
}

#[test]
fn a_finding_is_drawn_with_its_line() {
    drawn(
        r#"{"version":1,"articles":[{"id":"a","titel":"A"}]}"#,
        "misspelt-field",
        "
error[misspelt-field]: expected a field of an article, found the unknown name `titel`
 --> <stdin>:1:36
  |
1 | {\"version\":1,\"articles\":[{\"id\":\"a\",\"titel\":\"A\"}]}
  |                                    ^^^^^^^ articles[0].titel
  |
  = help: did you mean `title`?",
    );
    // Wide characters take two columns, combining ones none, tabs four.
    drawn(
        "{\"id\":\"a\",\"title\":\"A\",\n\t\"summary\": \"日本 e\u{301} 😀 [here](/a)\"}",
        "link-text",
        "
advice[link-text]: expected a link text that says where the link leads, found the text \"here\"
 --> <stdin>:2:22
  |
2 |     \"summary\": \"日本 e\u{301} 😀 [here](/a)\"}
  |                           ^^^^^^^^^^ summary
  |
  = help: name what is there: screen readers list links by their texts alone",
    );
    // A long line is cut on both sides; the column is that of the file.
    let long = "日".repeat(50_000);
    let before = "日".repeat(19);
    let behind = "日".repeat(28);
    drawn(
        format!("{{\"id\":\"a\",\"title\":\"A\",\"summary\":\"{long} [here](/a)\\n\\n{long}\"}}"),
        "link-text",
        &format!(
            "
advice[link-text]: expected a link text that says where the link leads, found the text \"here\"
 --> <stdin>:1:50035
  |
1 | …{before} [here](/a)\\n\\n{}…
  |  {} ^^^^^^^^^^ summary
  |
  = help: name what is there: screen readers list links by their texts alone",
            behind,
            "  ".repeat(19)
        ),
    );
}

#[test]
fn files_as_they_come() {
    check(
        "{\"id\":\"a\",\r\n\"title\":\"A\",\r\n\"titel\":1}\r\n",
        &["3:1 misspelt-field titel"],
        1,
    );
    check(
        "\u{feff}{\"id\":\"a\",\"titel\":1}",
        &["1:1 missing-title title", "1:11 misspelt-field titel"],
        1,
    );
    check("", &["null:null unreadable "], 1);
    check(" \n", &["null:null unreadable "], 1);
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["1:1 unreadable "], 1);
    check("PK\u{3}\u{4}", &["null:null unreadable "], 1);
    check("<!doctype html>", &["null:null unreadable "], 1);
    check("{\n articles: [] }", &["2:2 unreadable "], 1);
    check(
        "[{\"id\":\"a\",\"title\":\"A\"}, 2]",
        &["1:1 bare-articles ", "1:26 wrong-type [1]"],
        1,
    );
    check("[1, 2]", &["null:null unreadable "], 1);
    check(
        "{\"version\":1,\"articles\":[{\"id\":\"a\",\"title\":\"A\",\"x\":\"",
        &[
            "1:48 unknown-field articles[0].x",
            "1:53 json-syntax articles[0].x",
        ],
        1,
    );
    check("{\"version\":1,\"articles\":[]}", &[], 0);
}

#[test]
fn packed_files_folders_and_files_that_are_not_there() {
    let folder = Folder::new("folders");
    let text = b"{\"id\":\"a\",\"titel\":1,\"title\":\"A\"}";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text).expect("packed");
    let packed = packed.finish().expect("packed");
    std::fs::create_dir_all(folder.0.join("b/deeper")).expect("a folder");
    std::fs::create_dir_all(folder.0.join("empty")).expect("a folder");
    folder.write("b/2.json", text);
    folder.write("b/1.json.gz", &packed);
    folder.write("b/3.txt", "no");
    folder.write("b/deeper/4.json", "{");
    folder.write("damaged.gz", &packed[..packed.len() - 9]);
    let run = |arguments: &[&str], input: &[u8]| {
        let arguments = [&["check", "--format=json"], arguments].concat();
        let output = offprint(&folder.0, &arguments, input);
        (findings(&output.stdout), output.code)
    };
    let both = [
        "b/1.json.gz 1:11 misspelt-field titel",
        "b/2.json 1:7 duplicate-id id",
        "b/2.json 1:11 misspelt-field titel",
        "b/deeper/4.json null:null unreadable ",
    ];
    assert_eq!(run(&["b"], b""), (both.map(String::from).to_vec(), 1));
    assert_eq!(
        run(&["-"], &packed),
        (vec!["<stdin> 1:11 misspelt-field titel".to_string()], 1)
    );
    let (found, code) = run(&["nothing.json", "empty", "damaged.gz", "b/2.json"], b"");
    let expect = [
        "nothing.json null:null no-file ",
        "empty null:null no-file ",
        "damaged.gz null:null no-file ",
        "b/2.json 1:11 misspelt-field titel",
    ];
    assert_eq!((found, code), (expect.map(String::from).to_vec(), 2));
}

#[test]
fn articles_in_files_of_their_own_are_a_collection() {
    let folder = Folder::new("alone");
    folder.write("a.json", r#"{"id":"a","title":"A","related":[{"id":"b"}]}"#);
    folder.write("b.json", r#"{"id":"b","title":"B","related":[{"id":"c"}]}"#);
    let run = |arguments: &[&str]| findings(&offprint(&folder.0, arguments, b"").stdout);
    assert_eq!(
        run(&["check", "--format=json", "."]),
        ["./b.json 1:40 dead-related related[0].id"]
    );
    // Alone, nothing is known of the others.
    assert_eq!(
        run(&["check", "--format=json", "b.json"]),
        Vec::<String>::new()
    );
    // An id stands for one article, whichever file has it.
    folder.write("c.json", r#"{"title":"C","id":"a"}"#);
    folder.write("b.json", r#"{"id":"b","title":"B"}"#);
    let output = offprint(&folder.0, &["check", "."], b"");
    assert_eq!(output.code, 1);
    assert_eq!(
        output.stdout.lines().take(2).collect::<Vec<_>>(),
        [
            "error[duplicate-id]: expected an id that no other article has, found the id \"a\" again; ./a.json has it",
            " --> ./c.json:1:19",
        ]
    );
    assert_eq!(
        run(&["check", "--format=json", "a.json", "b.json", "./a.json"]),
        Vec::<String>::new()
    );
}

#[test]
fn exit_codes_and_what_is_shown() {
    #[track_caller]
    fn check(arguments: &[&str], text: &str, code: i32, stdout: &str) {
        let output = offprint(
            Path::new(FILES),
            &[&["check", "-"], arguments].concat(),
            text.as_bytes(),
        );
        let last = output.stdout.lines().last().unwrap_or_default();
        assert_eq!(
            (output.code, last),
            (code, stdout),
            "{}{}",
            output.stdout,
            output.stderr
        );
    }
    let clean = r#"{"id":"a","title":"A"}"#;
    let advice = r#"{"id":"a","title":"A","summary":"[here](/a)"}"#;
    let warning = r#"{"id":"a","title":"A","mine":1}"#;
    let error = r#"{"id":"a","titel":"A","title":"B","mine":1,"summary":"[here](/a)"}"#;
    check(&[], clean, 0, "1 file, 1 article: nothing to say");
    check(&["--quiet"], clean, 0, "");
    check(
        &["--strict"],
        advice,
        0,
        "1 file, 1 article: 1 piece of advice",
    );
    check(&["--quiet", "--strict"], advice, 0, "");
    check(
        &["--allow", "link-text"],
        advice,
        0,
        "1 file, 1 article: nothing to say",
    );
    check(&[], warning, 0, "1 file, 1 article: 1 warning");
    check(&["--strict"], warning, 1, "1 file, 1 article: 1 warning");
    check(
        &["--strict", "--allow=unknown-field"],
        warning,
        0,
        "1 file, 1 article: nothing to say",
    );
    check(
        &[],
        error,
        1,
        "1 file, 1 article: 1 error, 1 warning, 1 piece of advice",
    );
    check(&["--allow=misspelt-field"], error, 2, "");
    check(&["--allow=nonsense"], error, 2, "");
    check(&["--format=xml"], error, 2, "");
    let run = |arguments: &[&str]| {
        offprint(
            Path::new(FILES),
            &[&["check", "-"], arguments].concat(),
            error.as_bytes(),
        )
        .stdout
    };
    let quiet = run(&["--quiet"]);
    assert!(
        quiet.contains("[misspelt-field]") && !quiet.contains("[unknown-field]"),
        "{quiet}"
    );
    let quiet = run(&["--quiet", "--strict"]);
    assert!(
        quiet.contains("[unknown-field]") && !quiet.contains("[link-text]"),
        "{quiet}"
    );
    assert_eq!(findings(&run(&["--quiet", "--format=json"])).len(), 1);
}

#[test]
fn the_report_for_programs() {
    let text = "{\"version\":1,\"articles\":[\n{\"id\":\"a\",\"title\":\"A “title”\",\"summary\":\"x\\n\\n[here](/a)\"}]}";
    let output = offprint(
        Path::new(FILES),
        &["check", "-", "--format=json"],
        text.as_bytes(),
    );
    let report: Value = serde_json::from_str(&output.stdout).expect("JSON");
    let expect = serde_json::json!({
        "version": 1,
        "files": [{
            "name": "<stdin>",
            "articles": 1,
            "problems": [{
                "severity": "advice",
                "code": "link-text",
                "path": "articles[0].summary",
                "line": 2,
                "column": 47,
                "end_line": 2,
                "end_column": 57,
                "expected": "a link text that says where the link leads",
                "found": "the text \"here\"",
                "help": "name what is there: screen readers list links by their texts alone",
                "article": { "index": 0, "title": "A “title”" }
            }],
            "not_listed": 0
        }],
        "counts": { "files": 1, "articles": 1, "errors": 0, "warnings": 0, "advice": 1, "not_listed": 0 }
    });
    assert_eq!(report, expect);
}

#[test]
fn nothing_that_a_terminal_obeys_gets_through() {
    let evil = "\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{7f}";
    let folder = Folder::new("evil");
    let name = "a\u{1b}[31m\u{9b}m.json";
    let text = format!(
        "{{\"id\":\"a\",\"title\":\"{evil}\",\"ti\\u001btel{evil}\":\"\\u001b[2J\",\"published\":\"\\u009b2J{evil}\",\"summary\":\"[here](/a){evil}\"}}"
    );
    folder.write(name, &text);
    let obeyed = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
    for arguments in [&["check", name][..], &["check", name, "nothing\u{1b}[31m"]] {
        let output = offprint(&folder.0, arguments, b"");
        assert!(output.stdout.contains("[bad-date]") && output.stdout.contains("[link-text]"));
        let found: Vec<char> = output
            .stdout
            .chars()
            .chain(output.stderr.chars())
            .filter(|c| obeyed(*c))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
    // With colours, only those of the renderer.
    let output = offprint(&folder.0, &["check", "--color=always", name], b"");
    let mut n_styles = 0;
    for part in output.stdout.split('\u{1b}').skip(1) {
        let (style, rest) = part.split_once('m').expect("a style");
        assert!(
            style.starts_with('[') && style[1..].chars().all(|c| c.is_ascii_digit() || c == ';'),
            "{style:?}"
        );
        assert_eq!(rest.chars().filter(|c| obeyed(*c)).collect::<String>(), "");
        n_styles += 1;
    }
    assert!(n_styles > 10);
    for arguments in [&["check", name][..], &["check", "--color=never", name]] {
        assert!(
            !offprint(&folder.0, arguments, b"")
                .stdout
                .contains('\u{1b}')
        );
    }
}

#[test]
fn more_than_a_thousand_findings_are_counted() {
    // In one line of some megabytes.
    let article = |ix: usize| {
        format!(
            "{{\"id\":\"a{ix}\",\"title\":\"{}\",\"mine\":1,\"titel\":2,\"summary\":\"[here](/a)\"}}",
            "é".repeat(600)
        )
    };
    let articles: Vec<String> = (0..1_500).map(article).collect();
    let text = format!("{{\"version\":1,\"articles\":[{}]}}", articles.join(","));
    let output = offprint(Path::new(FILES), &["check", "-"], text.as_bytes());
    let parts: Vec<&str> = output.stdout.trim_end().split("\n\n").collect();
    assert_eq!(parts.len(), 2_000 + 2);
    assert_eq!(
        parts[2_000],
        "4000 findings more in <stdin> are counted, but not listed"
    );
    assert_eq!(
        parts[2_001],
        "1 file, 1500 articles: 1500 errors, 1500 warnings, 3000 pieces of advice"
    );
    assert!(
        parts
            .iter()
            .all(|part| part.lines().all(|line| line.chars().count() < 200))
    );
    // What is not listed counts all the same.
    let warnings = text
        .replace("\"titel\":2,", "")
        .replacen("]}", ",{\"id\":\"z\"}]}", 1);
    assert_eq!(
        offprint(Path::new(FILES), &["check", "-"], warnings.as_bytes()).code,
        1
    );
}

#[test]
fn the_list_of_codes_in_the_documentation_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/check.md");
    let page = std::fs::read_to_string(path).expect("docs/check.md");
    let (mut listed, mut severity) = (Vec::new(), "");
    for line in page.lines() {
        severity = match line {
            "### Errors" => "Error",
            "### Warnings" => "Warning",
            "### Advice" => "Advice",
            line if line.starts_with('#') => "",
            _ => severity,
        };
        let code = line
            .strip_prefix("| `")
            .and_then(|rest| rest.split_once('`'));
        if let Some((code, _)) = code.filter(|_| !severity.is_empty()) {
            listed.push(format!("{severity} {code}"));
        }
    }
    let known = offprint_cli::check::CODES.iter();
    let mut known: Vec<String> = known
        .map(|code| format!("{:?} {}", code.severity, code.name))
        .collect();
    listed.sort();
    known.sort();
    assert_eq!(listed, known);
}

/// Whatever people have: no finding makes the drawing fail, and places are inside of the file.
#[test]
fn real_collections() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/corpora");
    if !data.exists() {
        println!("skipped: there is no ../shared/data/corpora");
        return;
    }
    let output = offprint(&data, &["check", "digital-gov.json.gz"], b"");
    assert_eq!(output.code, 0, "{}", output.stderr);
    let last = output.stdout.lines().last().unwrap_or_default();
    assert!(last.starts_with("1 file, 1805 articles: "), "{last}");
}
