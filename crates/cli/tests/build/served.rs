//! How the files that a build writes are served and uploaded: the rules against real paths.

use crate::command::Folder;
use crate::site::{articles, build, collection, runtime, tree};
use offprint_cli::build::hosting::{IMAGE, IMMUTABLE, REVALIDATE, cache_control, content_type};
use std::fs;
use std::path::Path;
use std::process::Command;

fn site(name: &str, layout: &str) -> Folder {
    let folder = Folder::new(name);
    runtime(&folder.0);
    // Long enough to be compressed.
    folder.write("runtime/offprint_bg.wasm", "a module ".repeat(200));
    folder.write("a.json", collection(&articles(12)));
    build(&folder, &["a.json", "--layout", layout]);
    folder
}

/// Whether a name is one of sixteen characters of base32 alone.
fn is_hash(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[test]
fn what_never_changes_is_kept_for_good() {
    for layout in ["files", "packs"] {
        let folder = site(&format!("build-served-{layout}"), layout);
        let mut n = [0; 3];
        for path in tree(&folder.0.join("site")).into_keys() {
            let parts: Vec<&str> = path.split('/').collect();
            let expect = match &parts[..] {
                ["assets", hash, _] if is_hash(hash) => IMMUTABLE,
                ["assets", name] if name.starts_with("site-") => IMMUTABLE,
                ["data", "edition.json"] => REVALIDATE,
                ["data", name] => {
                    assert!(name.split('.').next().is_some_and(is_hash), "{path}");
                    n[1] += usize::from(path.ends_with(".bin.br"));
                    IMMUTABLE
                }
                ["data", "search" | "hits", hash, _] => {
                    assert!(is_hash(hash), "{path}");
                    IMMUTABLE
                }
                [name] if name.starts_with("icon") => IMAGE,
                _ => REVALIDATE,
            };
            assert_eq!(cache_control(&path), expect, "{path}");
            n[0] += usize::from(path.starts_with("assets/"));
            n[2] += usize::from(path.ends_with(".pack"));
        }
        assert!(n[0] >= 8, "{n:?}");
        assert_eq!((n[1] > 0, n[2] > 0), (layout == "files", layout == "packs"));
    }
}

/// A stand-in for `aws s3 sync`, which writes down what it was called with.
const AWS: &str = "#!/bin/sh\nprintf '%s|' \"$@\" >>log; echo >>log\n";

/// Whether a pattern of a filter fits: `*` stands for everything, slashes as well, and `[a-z2-7]` for one character of a hash.
fn fits(pattern: &str, path: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix('*') {
        let mut ends = path.char_indices().map(|(ix, _)| ix).chain([path.len()]);
        return ends.any(|ix| fits(rest, &path[ix..]));
    }
    let Some(first) = path.chars().next() else {
        return pattern.is_empty();
    };
    let rest = match pattern.strip_prefix("[a-z2-7]") {
        Some(rest) if matches!(first, 'a'..='z' | '2'..='7') => Some(rest),
        Some(_) => None,
        None => pattern.strip_prefix(first),
    };
    rest.is_some_and(|rest| fits(rest, &path[first.len_utf8()..]))
}

/// What one call uploads of these files, with type and cache time: the last filter that fits a file counts.
fn uploaded<'a>(call: &str, files: &'a [String]) -> Vec<(&'a str, String, String)> {
    let words: Vec<&str> = call.split('|').collect();
    let pairs = || words.windows(2);
    let option = |name| {
        pairs()
            .find(|pair| pair[0] == name)
            .map_or("", |pair| pair[1])
    };
    let (content_type, cache) = (option("--content-type"), option("--cache-control"));
    let is_taken = |path: &&String| {
        let mut filters = pairs()
            .rev()
            .filter(|pair| matches!(pair[0], "--include" | "--exclude"));
        let last = filters.find(|pair| fits(pair[1], path));
        last.is_none_or(|pair| pair[0] == "--include")
    };
    let taken = files.iter().filter(is_taken);
    taken
        .map(|path| (&**path, content_type.to_owned(), cache.to_owned()))
        .collect()
}

#[test]
fn a_bucket_has_all_data_before_what_points_to_it() {
    for layout in ["files", "packs"] {
        let folder = site(&format!("build-bucket-{layout}"), layout);
        folder.write("site/CNAME", "example.org");
        folder.write("aws", AWS);
        let run = Command::new("sh")
            .args([
                "-c",
                "chmod +x aws; PATH=.:$PATH sh site/.hosting/s3-sync.sh site s3://bucket",
            ])
            .current_dir(&folder.0)
            .status();
        assert!(run.expect("a shell").success());
        let log = fs::read_to_string(folder.0.join("log")).expect("a log");
        let files: Vec<String> = tree(&folder.0.join("site")).into_keys().collect();
        let (deletes, calls): (Vec<&str>, Vec<&str>) =
            log.lines().partition(|call| call.contains("--delete"));
        assert!(deletes.len() == 1 && log.ends_with(&format!("{}\n", deletes[0])));
        let put: Vec<_> = calls
            .iter()
            .flat_map(|call| uploaded(call, &files))
            .collect();
        assert_eq!(put.last().expect("a file").0, "data/edition.json");
        // Each file once, as other servers would serve it.
        let mut paths: Vec<&str> = put.iter().map(|line| line.0).collect();
        paths.sort_unstable();
        let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        let is_copy = |path: &str| {
            Path::new(path)
                .extension()
                .is_some_and(|e| e == "br" || e == "gz")
        };
        let expect: Vec<&String> = files
            .iter()
            .filter(|p| !is_hidden(p) && !is_copy(p))
            .collect();
        assert_eq!(paths, expect);
        for (path, found_type, cache) in &put {
            assert_eq!(found_type, content_type(path), "{path}");
            assert_eq!(cache, cache_control(path), "{path}");
        }
        let last_of = |cache| put.iter().rposition(|line| line.2 == cache);
        let first_of = |cache| put.iter().position(|line| line.2 == cache);
        assert!(last_of(IMMUTABLE) < first_of(IMAGE) && last_of(IMAGE) < first_of(REVALIDATE));
    }
}

#[test]
fn headers_of_netlify_and_cloudflare() {
    let folder = site("build-headers", "files");
    let text = fs::read_to_string(folder.0.join("site/_headers")).expect("a file");
    // Both give a file the headers of every rule that matches, and both know `*` within a name.
    let mut rules: Vec<(&str, &str)> = Vec::new();
    let mut of = "";
    for line in text.lines() {
        match line.strip_prefix("  Cache-Control: ") {
            Some(cache) => rules.push((of, cache)),
            None if !line.starts_with(' ') => of = line,
            None => {}
        }
    }
    let matches = |rule: &str, path: &str| match rule.split_once('*') {
        Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        None => rule == path,
    };
    let is_served =
        |path: &String| !path.ends_with(".br") && !path.ends_with(".gz") && !path.starts_with('.');
    for path in tree(&folder.0.join("site")).into_keys().filter(is_served) {
        let address = format!("/{path}");
        let found: Vec<&str> = rules
            .iter()
            .filter(|(rule, _)| matches(rule, &address))
            .map(|(_, cache)| *cache)
            .collect();
        let expect = match cache_control(&path) {
            // No pattern tells them from the pointer.
            IMMUTABLE if path.ends_with(".json") => vec![],
            IMMUTABLE => vec![IMMUTABLE],
            _ if ["data/edition.json", "sw.js", "manifest.webmanifest"].contains(&&*path) => {
                vec![REVALIDATE]
            }
            // Those hosts let browsers ask of themselves.
            _ => vec![],
        };
        assert_eq!(found, expect, "{path}");
    }
}
