//! `offprint search` on a built site of real articles: it finds what an index in memory finds, and reads little for it.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

mod command;
mod data;

use command::{Folder, Output, offprint};
use flate2::read::MultiGzDecoder;
use offprint_search_worker::fields_of;
use packed::edition::{Index, SearchFiles, hash_name};
use packed::{Card, Texts, unpack};
use search::{Builder, Query};
use std::fs::{self, File};
use std::io::Read;

/// So many articles are enough for several ranges of hits, and soon built.
const N_ARTICLES: usize = 1_100;

/// A site of the first articles of a real collection; none where that is absent.
fn site(name: &str, layout: &str) -> Option<Folder> {
    let path = data::path("corpora/huffpost-2018.json.gz")?;
    let mut json = Vec::new();
    let file = File::open(path).expect("a collection");
    MultiGzDecoder::new(file)
        .read_to_end(&mut json)
        .expect("gzip");
    let mut collection: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let articles = collection["articles"].as_array_mut().expect("articles");
    articles.truncate(N_ARTICLES);
    Some(built(name, layout, &collection.to_string()))
}

/// A site of a collection.
fn built(name: &str, layout: &str, collection: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("a.json", collection);
    let runtime = folder.0.join("runtime");
    fs::create_dir_all(&runtime).expect("a folder");
    for name in [
        "site.js",
        "offprint.js",
        "offprint_bg.wasm",
        "offprint.css",
        "page.css",
        "icon.svg",
        "search-worker.js",
        "frame.js",
        "embed.js",
    ] {
        fs::write(runtime.join(name), "/* */").expect("a file");
    }
    let page = include_str!("../../../www/embed.html");
    fs::write(runtime.join("embed.html"), page).expect("a file");
    let arguments = [
        "build",
        "--runtime",
        "runtime",
        "--out",
        "site",
        "--pages",
        "latest=1",
        "--no-compress",
        "--layout",
        layout,
        "a.json",
    ];
    let output = offprint(&folder.0, &arguments, b"");
    assert!(output.code < 2, "{}", output.stderr);
    folder
}

/// The articles of a site by their numbers, out of what its results show.
fn hits(folder: &Folder) -> Vec<(Card, Texts)> {
    let data = folder.0.join("site/data");
    let pointer: serde_json::Value =
        serde_json::from_slice(&fs::read(data.join("edition.json")).expect("a pointer"))
            .expect("JSON");
    let index = pointer["index"].as_str().expect("a name");
    let index = fs::read(data.join(format!("{index}.bin"))).expect("an index");
    let index: Index = unpack(&index).expect("an index");
    let blob = index.search.expect("a search").files;
    let bytes = match blob.place {
        None => fs::read(data.join(format!("{}.bin", hash_name(&blob.hash)))).expect("files"),
        Some((pack, start)) => {
            let pack = data.join(format!("{}.pack", hash_name(&index.packs[pack as usize])));
            let all = fs::read(pack).expect("a pack");
            all[start as usize..][..blob.length as usize].to_vec()
        }
    };
    let files: SearchFiles = unpack(&bytes).expect("files");
    let hit = |doc| {
        let place = files.place(doc).expect("a place");
        let bytes = fs::read(data.join(place.path())).expect("a block");
        let hit = place
            .open(&bytes)
            .expect("a block")
            .hits
            .swap_remove(place.ix);
        (unpack(&hit.card).expect("a card"), hit.texts)
    };
    (0..files.n_articles).map(hit).collect()
}

fn search(folder: &Folder, arguments: &[&str]) -> Output {
    offprint(&folder.0, &[&["search", "site"], arguments].concat(), b"")
}

/// The addresses of what was found, in their order.
fn found(output: &Output) -> Vec<String> {
    let lines = output.stdout.lines().map(str::trim);
    let addresses = lines.filter(|line| line.starts_with("article/") && line.ends_with('/'));
    addresses.map(str::to_owned).collect()
}

#[test]
fn a_site_of_files() {
    let Some(folder) = site("find-files", "files") else {
        return;
    };
    finds_what_an_index_in_memory_finds(&folder);
    reads_little_and_says_what(&folder);
    what_is_damaged_is_no_answer(&folder);
}

#[test]
fn a_site_of_packs() {
    if let Some(folder) = site("find-packs", "packs") {
        reads_little_and_says_what(&folder);
    }
}

#[test]
fn what_is_printed() {
    let json = r#"{"version": 1, "language": "en", "articles": [
        {"id": "a", "title": "Oil", "published": "2026-02-28T23:30:00-05:00", "category": "energy",
         "sections": [{"heading": "Stocks", "body": "The price rose.\n\n|step|time|\n|-|-|\n|read|5 min|"}]},
        {"id": "b", "title": "Cocoa", "published": "2026-03-01T00:30:00Z", "sections": [{"body": "A harvest."}]}
    ]}"#;
    let folder = built("find-printed", "files", json);
    #[track_caller]
    fn check(folder: &Folder, arguments: &[&str], expect: &str) {
        let output = search(folder, arguments);
        assert_eq!(output.stdout, expect, "{arguments:?} {}", output.stderr);
    }
    let oil = "\n  1. Oil\n     2026-02-28 · energy\n     Stocks · The price rose. step time · read 5 min\n     article/a/\n";
    let cocoa = "\n  1. Cocoa\n     2026-03-01\n     A harvest.\n     article/b/\n";
    let one = "1 article\n";
    check(&folder, &["stocks"], &format!("{one}{oil}"));
    check(&folder, &["before:2026-03"], &format!("{one}{oil}"));
    check(&folder, &["after:2026-03"], &format!("{one}{cocoa}"));
    check(&folder, &["-oil"], &format!("{one}{cocoa}"));
    check(&folder, &["-oil", "--limit", "0"], one);
    check(&folder, &["--limit", "0", "--", "-oil"], one);
    check(
        &folder,
        &["--limit", "0", "stocks harvest"],
        "2 articles, none with all words\n",
    );
    check(
        &folder,
        &["--limit", "0", "stocks the cocoa"],
        "2 articles, none with all words\n",
    );
    check(
        &folder,
        &["--limit", "0", "Stokcs"],
        "1 article, with stocks for Stokcs\n",
    );
}

fn finds_what_an_index_in_memory_finds(folder: &Folder) {
    let hits = hits(folder);
    assert_eq!(hits.len(), N_ARTICLES);
    let mut builder = Builder::new();
    for (_, texts) in &hits {
        fields_of(texts, |fields| builder.add(fields));
    }
    let index = builder.finish();
    let mut queries: Vec<String> = vec!["sort:date".into(), "t".into(), "category:politics".into()];
    // Real words, two at a time, and one of them with a slip.
    for (_, texts) in hits.iter().step_by(150) {
        let words: Vec<&str> = texts
            .title
            .split(' ')
            .filter(|word| word.len() > 4)
            .collect();
        if let [first, .., last] = words[..] {
            queries.push(format!("{first} {last}"));
            queries.push(format!("\"{first}\" -{last}"));
            queries.push(format!("{first}x"));
        }
        queries.push(texts.title.replace('"', " "));
    }
    for query in queries {
        let expect = index
            .search(&Query::parse(&query, false))
            .expect("all is here");
        let expect: Vec<String> = expect
            .docs
            .iter()
            .take(7)
            .map(|doc| {
                format!(
                    "article/{}/",
                    article::folder_name(&hits[*doc as usize].0.id)
                )
            })
            .collect();
        let output = search(folder, &["--limit", "7", "--", &query]);
        assert_eq!(found(&output), expect, "{query}: {}", output.stderr);
        assert_eq!(output.code, i32::from(expect.is_empty()), "{query}");
    }
}

fn reads_little_and_says_what(folder: &Folder) {
    let output = search(folder, &["trump", "--bytes", "--explain", "--limit", "3"]);
    let text = &output.stdout;
    assert!(
        text.contains("score") && text.contains("for this query"),
        "{text}"
    );
    let n_files = text.lines().filter(|line| line.contains("  data/")).count();
    // Pointer and index; list of files, manifest, a part or two of the index, three results.
    assert!((6..=12).contains(&n_files), "{text}");
    let n_hits = text.matches("data/hits/").count();
    assert!((1..=3).contains(&n_hits), "{text}");
}

fn what_is_damaged_is_no_answer(folder: &Folder) {
    let parts = folder.0.join("site/data/search");
    let folder_of_parts = fs::read_dir(parts)
        .expect("a folder")
        .flatten()
        .next()
        .expect("an index")
        .path();
    let shard = folder_of_parts.join("s0.bin");
    let whole = fs::read(&shard).expect("a part");
    let other = fs::read(folder_of_parts.join("m0.bin")).expect("a part");
    // Every word up to the first border is in this one.
    for bytes in [&whole[..whole.len() / 2], b"<!doctype html>", &other[..]] {
        fs::write(&shard, bytes).expect("a part");
        let output = search(folder, &["0"]);
        assert_eq!((output.code, &*output.stdout), (2, ""), "{}", output.stderr);
        assert!(output.stderr.contains("s0.bin"), "{}", output.stderr);
    }
    fs::remove_file(&shard).expect("a part");
    assert_eq!(search(folder, &["0"]).code, 2);
    fs::write(&shard, whole).expect("a part");
    assert!(search(folder, &["0"]).code < 2);
    let output = offprint(&folder.0, &["search", "runtime", "0"], b"");
    assert!(output.stderr.contains("no site"), "{}", output.stderr);
}
