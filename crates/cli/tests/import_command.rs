//! `offprint import` as a person runs it: what goes where, and the exit codes.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn offprint(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .arg("import")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Checks the exit code and gives what was printed for people.
#[track_caller]
fn check(output: &Output, code: i32) -> String {
    let report = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{report}");
    report
}

const FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [
    {"id": "a", "title": "A", "content_html": "x"}, {"id": "a", "title": "B", "content_html": "y"}]}"#;
const LOSSY: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": [
    {"id": "c", "title": "C", "content_html": "<form><button>Go</button></form>z"}]}"#;

#[test]
fn a_collection_goes_to_standard_output_and_the_report_to_standard_error() {
    let folder = folder("import-stdin");
    let output = offprint(&folder, &["-"], FEED.as_bytes());
    let report = check(&output, 0);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.starts_with("{\n  \"version\": 1,\n  \"title\": \"F\","),
        "{text}"
    );
    assert!(text.contains("\"id\": \"a-2\""), "{text}");
    assert_eq!(
        report,
        "the collection: dropped the id `a` of “B” at articles with the id a: another article has it; this one is `a-2`\n\
         2 articles imported, 1 thing dropped, 0 of 1 source could not be read\n"
    );
}

#[test]
fn folders_and_packed_files() {
    let folder = folder("import-folder");
    std::fs::create_dir_all(folder.join("in/b")).unwrap();
    std::fs::create_dir_all(folder.join("in/.git")).unwrap();
    std::fs::write(folder.join("in/a.json"), FEED).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(LOSSY.as_bytes()).unwrap();
    std::fs::write(folder.join("in/b/packed.json.gz"), packed.finish().unwrap()).unwrap();
    std::fs::write(folder.join("in/package.json"), "{\"name\": \"x\"}").unwrap();
    std::fs::write(folder.join("in/picture.png"), [0x89, b'P']).unwrap();
    std::fs::write(folder.join("in/.git/c.json"), LOSSY).unwrap();
    let report = check(&offprint(&folder, &["in", "-o", "out.json"], b""), 0);
    let written = std::fs::read(folder.join("out.json")).unwrap();
    let collection = article::read_collection(written).unwrap();
    assert_eq!(collection.problems(), []);
    let ids: Vec<&str> = collection
        .entries()
        .iter()
        .map(|entry| &*entry.id)
        .collect();
    assert_eq!(ids, ["a", "a-2", "c"]);
    for part in [
        "in/b/packed.json.gz: dropped <button> Go at items[0].content_html: an article has no forms\n",
        "in/b/packed.json.gz: dropped the title “G” of the source at title: the collection has that of the first source\n",
        "in/package.json: dropped the file at the file: it is of no kind that can be imported\n",
        "3 articles imported, 4 things dropped, 0 of 3 sources could not be read\n",
    ] {
        assert!(report.contains(part), "{part:?} in {report}");
    }
}

#[test]
fn exit_codes() {
    let folder = folder("import-codes");
    std::fs::write(
        folder.join("good.json"),
        FEED.replace(
            "{\"id\": \"a\", \"title\": \"B\"",
            "{\"id\": \"b\", \"title\": \"B\"",
        ),
    )
    .unwrap();
    std::fs::write(folder.join("lossy.json"), LOSSY).unwrap();
    std::fs::write(folder.join("other.json"), "{\"name\": \"x\"}").unwrap();
    check(&offprint(&folder, &["good.json", "--strict"], b""), 0);
    check(&offprint(&folder, &["lossy.json"], b""), 0);
    check(&offprint(&folder, &["lossy.json", "--strict"], b""), 1);
    let report = check(&offprint(&folder, &["other.json"], b""), 1);
    assert!(
        report.contains(
            "this is a JSON object with `name`; expected one of these: offprint, markdown, json-feed"
        ),
        "{report}"
    );
    // What can be read is read all the same.
    let output = offprint(&folder, &["other.json", "good.json"], b"");
    check(&output, 1);
    assert!(article::read_collection(output.stdout).is_ok());
    let report = check(&offprint(&folder, &["good.json", "--from", "rss"], b""), 1);
    assert!(
        report.contains("it cannot be read as an RSS feed"),
        "{report}"
    );
    std::fs::create_dir(folder.join("nothing")).unwrap();
    check(&offprint(&folder, &["nothing"], b""), 1);
    let output = offprint(&folder, &["good.json", "-o", "-"], b"");
    check(&output, 0);
    assert!(article::read_collection(output.stdout).is_ok());
    check(&offprint(&folder, &["absent.json"], b""), 1);
    check(&offprint(&folder, &[], b""), 2);
    check(&offprint(&folder, &["good.json", "--from", "docx"], b""), 2);
    check(
        &offprint(&folder, &["good.json", "--base-url", "example"], b""),
        2,
    );
    check(
        &offprint(&folder, &["good.json", "--heading", "risk=x"], b""),
        2,
    );
    let report = check(&offprint(&folder, &[".", "-o", "good.json"], b""), 2);
    assert!(
        report.contains("good.json is one of the sources"),
        "{report}"
    );
    check(
        &offprint(&folder, &["good.json", "-o", "no/such/folder.json"], b""),
        2,
    );
}

#[test]
fn what_cannot_be_read_does_not_stop_the_others() {
    let folder = folder("import-unread");
    std::fs::create_dir(folder.join("posts")).unwrap();
    std::fs::write(folder.join("posts/good.md"), "Text.").unwrap();
    std::fs::write(folder.join("posts/empty.md"), "").unwrap();
    std::fs::write(folder.join("posts/broken.md"), "---\ntitle: [a\n---\nText.").unwrap();
    std::fs::write(folder.join("posts/cut.json"), "{\"a\": ").unwrap();
    std::fs::write(folder.join("posts/damaged.md.gz"), b"\x1f\x8b\x08\x00").unwrap();
    let output = offprint(&folder, &["posts", "absent.xml"], b"");
    let report = check(&output, 1);
    let collection = article::read_collection(output.stdout).unwrap();
    assert_eq!(collection.entries().len(), 1);
    for part in [
        "posts/empty.md: this is an empty file; expected",
        "the front matter is not valid YAML",
        "posts/cut.json: this is a damaged JSON file",
        "posts/damaged.md.gz: it cannot be read: the gzip file is damaged",
        "error: absent.xml: it cannot be read: ",
        "1 article imported, 0 things dropped, 5 of 6 sources could not be read\n",
    ] {
        assert!(report.contains(part), "{part:?} in {report}");
    }
    let alone = check(&offprint(&folder, &["posts/broken.md"], b""), 1);
    let error = alone.lines().next().unwrap();
    assert!(report.contains(error), "{error:?} in {report}");
}

#[test]
fn settings_reach_the_importers() {
    let folder = folder("import-settings");
    let page = "<title>T</title><p><a href='x'>y</a><h2>What can go wrong</h2><ul><li>r</ul>";
    let arguments = [
        "-",
        "--from",
        "html",
        "--base-url",
        "https://example.org/a/",
        "--heading",
        "risks=What can go wrong",
    ];
    let output = offprint(&folder, &arguments, page.as_bytes());
    check(&output, 0);
    let collection = article::read_collection(output.stdout).unwrap();
    let article = collection.article(0).unwrap();
    assert_eq!(article.risks, ["r"]);
    assert_eq!(article.sections[0].body, "[y](https://example.org/a/x)");
}

#[test]
fn whoever_closes_the_pipe_has_seen_enough() {
    let folder = folder("import-pipe");
    let long = "word ".repeat(100_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(["import", "-", "--from", "markdown"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(long.as_bytes());
    check(&child.wait_with_output().unwrap(), 0);
}
