//! Inputs as a publisher gives them: files in a folder, read to the end, and a collection that is larger than the memory.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::fs;
use std::io::{Read, Write};

/// Keeps what it is given.
#[derive(Debug, Default, PartialEq)]
struct Kept {
    editions: Vec<Edition>,
    /// Id, JSON, origin.
    articles: Vec<(String, String, String)>,
}

impl Sink for Kept {
    fn edition(&mut self, edition: &Edition) -> Result<()> {
        self.editions.push(edition.clone());
        Ok(())
    }

    fn article(&mut self, article: Incoming) -> Result<()> {
        let file = Path::new(&article.origin).file_name().unwrap_or_default();
        let origin = file.to_string_lossy().into_owned();
        self.articles
            .push((article.article.id, article.json, origin));
        Ok(())
    }
}

impl Kept {
    fn ids(&self) -> Vec<&str> {
        self.articles.iter().map(|(id, ..)| &**id).collect()
    }
}

/// Writes files into a folder and reads it.
fn read_folder(name: &str, files: &[(&str, &[u8])]) -> (Kept, Report) {
    let folder = std::env::temp_dir().join(format!("offprint-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let (mut kept, mut report) = (Kept::default(), Report::default());
    let done = read(
        &[folder.display().to_string()],
        None,
        &mut kept,
        &mut report,
    );
    fs::remove_dir_all(&folder).unwrap();
    done.unwrap();
    (kept, report)
}

fn messages(report: &mut Report) -> String {
    anstream::adapter::strip_str(&report.take_messages().join("\n")).to_string()
}

/// Reads bytes in pieces of a size.
fn read_pieces(bytes: &[u8], size: usize) -> (Kept, Report) {
    let (mut kept, mut report) = (Kept::default(), Report::default());
    let stream = Stream::new(Box::new(std::io::Cursor::new(bytes.to_vec()))).unwrap();
    let Look::Native { list } = native::look(stream.head()) else {
        panic!("not a collection");
    };
    let source = Source {
        name: "a.json",
        folder: Path::new(""),
        has_lines: true,
    };
    Join::new(&mut kept)
        .pieces(&source, Pieces::of_stream(stream, list, size), &mut report)
        .unwrap();
    (kept, report)
}

const TRICKY: &str = r#"{"version": 1, "title": "Würze",
  "articles": [
    {"id": "a", "title": "A", "sections": [{"body": "]}, { \"x\": [ \\"}]},
    {"id": "b", "title": "B", "tags": ["]", "}, {"], "unknown": 1}
    , {"id": "a", "title": "Ä", "published": "not a day"},
    null, 5, "x, {", [{"id": "n"}, {"id": "m"}],
    {"id": "a-2", "title": "E", "extra": {"k": [1, 2.50, true, null]}},{"title": "No id"},{"title": "No id"},
    {"id": "a", "title": "F", "keypoints": ["x"]}, {"id": "z", "title": "Z"},
  ], "language": "de", "titel": "?"}"#;

#[test]
fn pieces_of_every_size_give_the_same() {
    let (whole, mut report) = read_pieces(TRICKY.as_bytes(), usize::MAX);
    let expect = ["a", "b", "a-2", "a-2-2", "no-id", "no-id-2", "a-3", "z"];
    assert_eq!(whole.ids(), expect);
    let origins: Vec<&str> = whole
        .articles
        .iter()
        .map(|(.., origin)| &**origin)
        .collect();
    let expect = [3, 4, 5, 7, 7, 7, 8, 8].map(|line| format!("a.json:{line}"));
    assert_eq!(origins, expect);
    let mut expect: Vec<String> = messages(&mut report)
        .split("\n\n")
        .map(str::to_string)
        .collect();
    expect.sort();
    for size in 1..TRICKY.len() {
        let (cut, mut of_cut) = read_pieces(TRICKY.as_bytes(), size);
        assert_eq!(cut.articles, whole.articles, "{size}");
        assert_eq!(cut.editions.last(), whole.editions.last(), "{size}");
        // What stands around the list is told at the end.
        let mut found: Vec<String> = messages(&mut of_cut)
            .split("\n\n")
            .map(str::to_string)
            .collect();
        found.sort();
        for (found, expect) in found.iter().zip(&expect) {
            assert_eq!(heads(found), heads(expect), "{size}");
        }
        assert_eq!(of_cut.errors, report.errors, "{size}");
        assert_eq!(of_cut.warnings, report.warnings, "{size}");
        assert_eq!(of_cut.bad_articles, report.bad_articles, "{size}");
    }
}

/// The title, the place and the help of a finding: what is drawn of a line may stand in another piece.
fn heads(message: &str) -> Vec<&str> {
    let is_head = |line: &&str| {
        let line = line.trim_start();
        line.starts_with(['e', 'w', '-', '='])
    };
    message.lines().filter(is_head).collect()
}

#[test]
fn the_json_of_an_article_is_compact_and_has_its_id() {
    let (kept, _) = read_pieces(TRICKY.as_bytes(), 1);
    let json: Vec<&str> = kept.articles.iter().map(|(_, json, _)| &**json).collect();
    assert_eq!(
        json[0],
        r#"{"id":"a","title":"A","sections":[{"body":"]}, { \"x\": [ \\"}]}"#
    );
    assert_eq!(
        json[2],
        r#"{"id":"a-2","title":"Ä","published":"not a day"}"#
    );
    assert_eq!(
        json[3],
        r#"{"id":"a-2-2","title":"E","extra":{"k":[1,2.50,true,null]}}"#
    );
    assert_eq!(json[5], r#"{"id":"no-id-2","title":"No id"}"#);
}

/// Forty articles, the middle one damaged in some way.
fn damaged(middle: &str) -> String {
    let article = |ix: usize| match ix {
        20 => middle.to_string(),
        ix => format!(
            r#"{{"id": "a{ix}", "title": "T", "summary": "Some words that make it longer."}}"#
        ),
    };
    let list: Vec<String> = (0..40).map(article).collect();
    format!(
        "{{\"version\": 1, \"articles\": [\n{}\n]}}\n",
        list.join(",\n")
    )
}

#[test]
fn a_damaged_article_hides_no_other() {
    #[track_caller]
    fn check(middle: &str, n_others: usize) {
        let json = damaged(middle);
        let (whole, report) = read_pieces(json.as_bytes(), usize::MAX);
        let is_other = |id: &&&str| id.starts_with('a');
        assert_eq!(
            whole.ids().iter().filter(is_other).count(),
            n_others,
            "{middle}"
        );
        assert!(report.errors > 0);
        for size in [1, 10, 100, 500, 1000, 3000] {
            let (cut, report) = read_pieces(json.as_bytes(), size);
            assert_eq!(cut.articles, whole.articles, "{middle} in pieces of {size}");
            assert!(report.errors > 0, "{middle} in pieces of {size}");
        }
    }
    check(r#"{"id": "x", "title": }"#, 39);
    // The text ends at the first quotation mark of the next article.
    check(r#"{"id": "x", "title": "no end"#, 38);
    check(r#"{"id": "x", "sections": [{"body": "no brackets""#, 39);
    check(r#"{"id": "x", "title": "T"}}"#, 39);
    check(r#"{"id": "x", "title": "T", "tags": ["a", "b"}"#, 39);
}

#[test]
fn files_of_a_folder_are_joined() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(br#"[{"id": "e", "title": "E", "sections": []}]"#)
        .unwrap();
    let packed = packed.finish().unwrap();
    let files: [(&str, &[u8]); 8] = [
        ("a.json", br#"{"version": 1, "id": "a", "title": "A"}"#),
        ("b.json", br#"{"version": 1, "title": "One", "language": "en", "articles": [{"id": "b", "title": "B"}]}"#),
        ("c.json", b"{\"version\": 1, \"title\": \"Two\", \"language\": \"fr\", \"articles\": [\n{\"id\": \"c\", \"title\": \"C\"}, {\"id\": \"a\", \"title\": \"A again\"}]}"),
        ("d.md", b"---\ntitle: D\ndate: 2026-02-02\n---\nText.\n"),
        ("e.json.gz", &packed),
        ("f.json", br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [{"id": "f", "title": "F", "content_html": "<p>x<script>y</script>"}]}"#),
        ("g.json", br#"{"name": "g", "scripts": {}}"#),
        ("h.json", br#"{"id": "h", "title": "H", "sections": ["#),
    ];
    let (kept, mut report) = read_folder("joined", &files);
    assert_eq!(kept.ids(), ["a", "b", "c", "a-2", "d", "e", "f", "h"]);
    let last = kept.editions.last().unwrap();
    assert_eq!(last.title.as_deref(), Some("One"));
    assert_eq!(last.language, None, "the first file has none");
    assert_eq!(
        kept.articles[1].1,
        r#"{"language":"en","id":"b","title":"B"}"#
    );
    assert_eq!(
        kept.articles[3].1,
        r#"{"language":"fr","id":"a-2","title":"A again"}"#
    );
    assert_eq!(kept.articles[3].2, "c.json:2");
    assert_eq!(kept.articles[4].2, "d.md");
    assert_eq!((report.files, report.articles), (8, 8));
    assert_eq!((report.bad_articles, report.failures), (2, 0));
    assert!(report.has_errors() && report.losses >= 2);
    let messages = messages(&mut report);
    for part in [
        "the id \"a\" again; ",
        "a.json:1 has it",
        "c.json:2:",
        "<script>",
        "it is of no kind that can be imported",
        "h.json:1:",
    ] {
        assert!(messages.contains(part), "{part}: {messages}");
    }
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    #[track_caller]
    fn check(name: &str, bytes: &[u8], expect: &str) {
        let file = std::env::temp_dir().join(format!("offprint-{}-{name}", std::process::id()));
        fs::write(&file, bytes).unwrap();
        let (mut kept, mut report) = (Kept::default(), Report::default());
        let inputs = [file.display().to_string()];
        let done = read(&inputs, None, &mut kept, &mut report);
        fs::remove_file(&file).unwrap();
        done.unwrap();
        let messages = messages(&mut report);
        assert!(messages.contains(expect), "{messages}");
        assert!(report.has_errors());
        assert_eq!(kept.articles, []);
    }
    check("1.json", b"", "this is an empty file");
    check("2.json", b"{\"name\": 1}", "a JSON object with `name`");
    check(
        "3.json.gz",
        &[0x1f, 0x8b, 8, 0, 1, 2],
        "3.json.gz: it cannot be read: ",
    );
    check("4.json", b"[1]", "a list of something else than objects");
    let mut report = Report::default();
    read(
        &["no/such.json".to_string()],
        None,
        &mut Kept::default(),
        &mut report,
    )
    .unwrap();
    assert!(messages(&mut report).starts_with("error: no/such.json: it cannot be read: "));
}

/// A collection that is made while it is read.
struct Endless {
    n_left: u32,
    text: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.text.is_empty() && self.n_left > 0 {
            self.n_left -= 1;
            let (ix, comma) = (self.n_left, if self.n_left == 0 { "]}" } else { "," });
            let body = "word ".repeat(400);
            self.text = format!(
                r#"{{"id": "i{ix}", "title": "T", "sections": [{{"body": "{body}"}}]}}{comma}"#
            )
            .into_bytes();
        }
        let n = self.text.len().min(buffer.len());
        buffer[..n].copy_from_slice(&self.text[..n]);
        self.text.drain(..n);
        Ok(n)
    }
}

#[test]
fn a_long_collection_is_never_in_memory() {
    let text = br#"{"version": 1, "articles": ["#.to_vec();
    let stream = Stream::new(Box::new(Endless {
        n_left: 20_000,
        text,
    }))
    .unwrap();
    let Look::Native { list } = native::look(stream.head()) else {
        panic!("not a collection");
    };
    let mut pieces = Pieces::of_stream(stream, list, 1 << 20);
    let (mut n_pieces, mut n_bytes) = (0, 0);
    while let Some(piece) = pieces.next().unwrap() {
        assert!(piece.bytes.len() < 5 << 20, "{}", piece.bytes.len());
        assert!(!piece.is_open);
        n_pieces += 1;
        n_bytes += piece.bytes.len();
    }
    assert!(
        n_bytes > 40_000_000 && (30..50).contains(&n_pieces),
        "{n_bytes} in {n_pieces}"
    );
}

proptest! {
    /// However a file is damaged, reading it ends, and every article has an id of its own.
    #[test]
    fn damaged_collections_are_read_to_the_end(
        at in 60..TRICKY.len(),
        insert in "[\\[\\]{}\",: a\n\\\\]{0,4}",
        n_cut in 0..12_usize,
        size in 1..200_usize,
    ) {
        let behind = TRICKY.as_bytes().get(at + n_cut..).unwrap_or_default();
        let bytes = [&TRICKY.as_bytes()[..at], insert.as_bytes(), behind].concat();
        let (kept, report) = read_pieces(&bytes, size);
        let mut ids = kept.ids();
        prop_assert_eq!(ids.len(), report.articles);
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), report.articles);
        for (_, json, _) in &kept.articles {
            prop_assert!(serde_json::from_str::<serde_json::Value>(json).is_ok(), "{}", json);
        }
    }
}
