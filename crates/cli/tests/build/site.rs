//! A site and the tree of its files, for tests of `offprint build`.

use crate::command::{Folder, Output, offprint};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of a folder by their paths, compressed copies and all.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Writes files that stand in for the reader's.
pub fn runtime(folder: &Path) {
    let runtime = folder.join("runtime");
    fs::create_dir_all(&runtime).expect("a folder");
    for name in [
        "site.js",
        "offprint.js",
        "offprint_bg.wasm",
        "offprint.css",
        "page.css",
        "icon.svg",
        "icon-192.png",
        "icon-mono.svg",
        "embed.js",
        "frame.js",
        "offline.js",
        "offprint-articles.js",
        "plain.js",
        "saved.js",
        "sw.js",
        "sw-off.js",
    ] {
        fs::write(runtime.join(name), format!("/* {name} */")).expect("a file");
    }
    let page = include_str!("../../../../www/embed.html");
    fs::write(runtime.join("embed.html"), page).expect("a file");
}

/// The files of a folder.
pub fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, path: &str, files: &mut Tree) {
    for found in fs::read_dir(folder).expect("a folder") {
        let found = found.expect("an entry");
        let name = found.file_name().into_string().expect("a name");
        let path = format!("{path}{name}");
        match found.file_type().expect("a type").is_dir() {
            true => collect(&found.path(), &format!("{path}/"), files),
            false => {
                files.insert(path, fs::read(found.path()).expect("a file"));
            }
        }
    }
}

/// The paths of files, in order, with hashes in them as `#`.
pub fn names(tree: &Tree) -> Vec<String> {
    let is_hash = |part: &str| {
        part.len() == 16 && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
    };
    let named = |path: &String| {
        let mut name = path.clone();
        for part in path.split(['/', '.', '-']).filter(|part| is_hash(part)) {
            name = name.replace(part, "#");
        }
        // How many parts an index has is its own affair.
        match name.rsplit_once('/') {
            Some((folder @ ("data/search/#" | "data/hits/#"), _)) => format!("{folder}/*"),
            _ => name,
        }
    };
    let mut names: Vec<String> = tree.keys().map(named).collect();
    names.sort();
    names
}

/// A collection of these articles.
pub fn collection(articles: &[String]) -> String {
    format!(
        r#"{{"version": 1, "title": "Sea & Land", "language": "en", "articles": [{}]}}"#,
        articles.join(",\n")
    )
}

/// An article among many, of so many different words: of few, all are in too many articles to make two of them alike.
fn article(ix: usize, n_words: usize) -> String {
    let category = ["Sea", "Land", "Sky"][ix % 3];
    let day = format!(
        "20{:02}-{:02}-{:02}",
        10 + ix / 336,
        1 + ix / 28 % 12,
        1 + ix % 28
    );
    let words: Vec<String> = (0..60)
        .map(|word| format!("w{}", (ix * 7 + word * word) % n_words))
        .collect();
    format!(
        r#"{{"id": "a{ix}", "title": "Article {ix}", "published": "{day}", "category": "{category}", "tags": ["t{}"], "authors": [{{"name": "Desk {}"}}], "sections": [{{"body": "{}"}}]}}"#,
        ix % 5,
        ix % 2,
        words.join(" ")
    )
}

/// So many articles, none like another.
pub fn articles(n: usize) -> Vec<String> {
    (0..n).map(|ix| article(ix, 97)).collect()
}

/// So many articles that are more or less alike.
pub fn articles_alike(n: usize) -> Vec<String> {
    (0..n).map(|ix| article(ix, 997)).collect()
}

/// Builds in a folder and expects that it succeeds.
#[track_caller]
pub fn build(folder: &Folder, arguments: &[&str]) -> Output {
    let mut all = vec!["build", "--runtime", "runtime", "--out", "site"];
    all.extend(arguments);
    let output = offprint(&folder.0, &all, b"");
    assert_eq!(output.code, 0, "{}", output.stderr);
    output
}

/// Names that stand several times once, with how often; the digits of a slug as question marks.
pub fn counted(names: &[String]) -> Vec<String> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for name in names {
        let name = match name.strip_prefix("author/ada-l-") {
            Some(rest) => format!("author/ada-l-????{}", &rest[4..]),
            None => name.clone(),
        };
        match counted.last_mut() {
            Some((last, n)) if *last == name => *n += 1,
            _ => counted.push((name, 1)),
        }
    }
    let counted = counted.into_iter();
    counted
        .map(|(name, n)| {
            if n > 1 && !name.starts_with("data/search/") {
                format!("{name} × {n}")
            } else {
                name
            }
        })
        .collect()
}

/// Two trees are the same, byte for byte.
#[track_caller]
pub fn same(one: &Tree, other: &Tree) {
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in one {
        assert!(bytes == &other[path], "{path} differs");
    }
}
