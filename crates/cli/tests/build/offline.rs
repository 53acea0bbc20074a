//! What is kept of a site to be read without a network: all that is named is there, and is what its name says.

use crate::command::Folder;
use crate::data::hash;
use crate::site::{Tree, articles_alike, build, collection, runtime, same, tree};
use packed::edition::hash_name;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;

/// The version manifest that the pointer names.
#[track_caller]
fn version(site: &Tree) -> Value {
    let pointer: Value = serde_json::from_slice(&site["data/edition.json"]).expect("JSON");
    let version = list(site, &pointer["offline"]);
    assert_eq!(version["format"], 1);
    version
}

/// A list that is named by its content.
#[track_caller]
fn list(site: &Tree, name: &Value) -> Value {
    let name = name.as_str().expect("a name");
    let bytes = &site[&format!("data/{name}.json")];
    assert_eq!(hash_name(&hash(bytes)), name);
    serde_json::from_slice(bytes).expect("JSON")
}

/// The bytes at an address, as a server would give them.
#[track_caller]
fn bytes<'a>(site: &'a Tree, path: &str) -> &'a [u8] {
    let (path, range) = match path.split_once('#') {
        Some((path, range)) => (path, Some(range)),
        None => (path, None),
    };
    let mut name = percent_decoded(path);
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let bytes = site.get(&name);
    let bytes = bytes.unwrap_or_else(|| panic!("there is no {name}"));
    let Some(range) = range else {
        return bytes;
    };
    let (start, end) = range.split_once('-').expect("a range");
    let at = |text: &str| text.parse::<usize>().expect("a number");
    &bytes[at(start)..=at(end)]
}

fn percent_decoded(path: &str) -> String {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// The paths of files; all of them are there, and are what their names say. What stands elsewhere has no name.
#[track_caller]
fn paths(site: &Tree, files: &Value) -> Vec<String> {
    let files = files.as_array().expect("files");
    let checked = files.iter().map(|file| {
        let path = file[0].as_str().expect("a path");
        if path.contains("://") {
            assert_eq!(file, &json!([path, null, null]));
        } else {
            let bytes = bytes(site, path);
            assert_eq!(file, &json!([path, hash_name(&hash(bytes)), bytes.len()]));
        }
        path.to_owned()
    });
    checked.collect()
}

/// Everything that a version names is there; gives the paths of `app`.
#[track_caller]
fn check(site: &Tree) -> Vec<String> {
    let version = version(site);
    let app = paths(site, &version["app"]);
    let more = paths(site, &version["more"]);
    assert!(more.iter().all(|path| !app.contains(path)));
    let mut distinct = app.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), app.len(), "each is named once");
    for article in version["articles"].as_array().expect("articles") {
        let id = article["id"].as_str().expect("an id");
        let files = &site[&format!("article/{id}/files.json")];
        let files: Value = serde_json::from_slice(files).expect("JSON");
        assert_eq!(files["files"], article["files"]);
    }
    for (path, bytes) in site
        .iter()
        .filter(|(path, _)| path.ends_with("/files.json"))
    {
        let of: Value = serde_json::from_slice(bytes).expect("JSON");
        let files = paths(site, &of["files"]);
        let id = of["id"].as_str().expect("an id");
        assert_eq!(*path, format!("article/{id}/files.json"));
        assert_eq!(files[0], format!("article/{id}/"));
        assert_eq!(files[1], format!("article/{id}/article.json"));
        assert!(files[2].starts_with("data/"), "{files:?}");
        let lengths = of["files"].as_array().expect("files").iter();
        let sum: u64 = lengths.filter_map(|file| file[2].as_u64()).sum();
        assert_eq!(of["bytes"], sum);
    }
    let search = &version["search"];
    let listed = list(site, &search["list"]);
    let found = paths(site, &listed);
    assert_eq!(search["files"], found.len());
    let lengths = listed.as_array().expect("files").iter();
    let sum: u64 = lengths.filter_map(|file| file[2].as_u64()).sum();
    assert_eq!(search["bytes"], sum);
    for folder in ["data/search/", "data/hits/"] {
        // There are no others: the site was built once.
        let there = site.keys().filter(|path| path.starts_with(folder));
        assert_eq!(
            there.collect::<Vec<_>>(),
            (found.iter())
                .filter(|path| path.starts_with(folder))
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
    }
    app
}

/// Paths without the hashes of the data and the reader's folder.
fn plain(paths: &[String]) -> Vec<String> {
    let is_hash =
        |part: &&str| part.len() == 16 && !part.contains(|c: char| !c.is_ascii_alphanumeric());
    let plain = paths.iter().map(|path| {
        let hashes = path.split(['/', '.', '-']).filter(is_hash);
        hashes.fold(path.clone(), |path, hash| path.replace(hash, "#"))
    });
    plain.collect()
}

fn with_pictures(folder: &Folder) {
    runtime(&folder.0);
    fs::create_dir(folder.0.join("images")).expect("a folder");
    for name in ["sea.svg", "a b.svg", "c(1).svg"] {
        folder.write(&format!("images/{name}"), format!("<svg id=\"{name}\"/>"));
    }
    folder.write(
        "a.json",
        collection(&[
            r#"{"id": "tides", "title": "Tides", "published": "2026-02-02", "category": "Sea & more",
                "image": {"src": "images/sea.svg", "alt": "Sea", "width": 2, "height": 1, "srcset": [{"src": "images/a%20b.svg?2", "width": 800}]},
                "sections": [{"body": "![x](./images/c(1).svg) ![y](https://example.org/y.png) ![z](images/gone.svg) ![sea](images/sea.svg#x)"}]}"#
                .replace('\n', ""),
            r#"{"id": "ebb", "title": "Ebb", "published": "2026-02-01"}"#.to_owned(),
        ]),
    );
}

#[test]
fn all_that_a_version_needs() {
    let folder = Folder::new("build-offline");
    with_pictures(&folder);
    for layout in ["files", "packs"] {
        let _ = fs::remove_dir_all(folder.0.join("site"));
        build(&folder, &["a.json", "--no-compress", "--layout", layout]);
        let site = tree(&folder.0.join("site"));
        let app = plain(&check(&site));
        let mut expect = vec![
            "",
            "category/sea-more-????/",
            "offline.html",
            "saved/",
            "manifest.webmanifest",
            "assets/#/offline.js",
            "assets/#/offprint.js",
            "assets/#/offprint_bg.wasm",
            "assets/#/saved.js",
            "assets/#/site.js",
            "icon.svg",
            "icon-192.png",
            "icon-mono.svg",
            "assets/site-#.css",
            "data/#.bin",
        ];
        let n_data = app.len() - expect.len();
        // Cards, categories, ids and tags.
        assert_eq!(n_data, 4, "{app:?}");
        let is_data = |path: &&String| match layout {
            "packs" => path.starts_with("data/#.pack#"),
            _ => *path == "data/#.bin",
        };
        assert!(app[expect.len()..].iter().all(|path| is_data(&path)));
        let category = app[1].clone();
        expect[1] = &category;
        assert!(category.starts_with("category/sea-more-"));
        assert_eq!(app[..expect.len()], expect);
        let version = version(&site);
        assert_eq!(
            plain(&paths(&site, &version["more"])),
            [
                "assets/#/offprint-articles.js",
                "assets/#/offprint.css",
                "assets/#/plain.js"
            ]
        );
        let articles = version["articles"].as_array().expect("articles");
        assert_eq!(articles[0]["id"], "tides");
        assert_eq!(articles[1]["id"], "ebb");
        assert_eq!(
            paths(&site, &articles[0]["files"])[3..],
            [
                "images/sea.svg",
                "images/a%20b.svg",
                "images/c(1).svg",
                "https://example.org/y.png"
            ]
        );
        let page = String::from_utf8_lossy(&site["saved/index.html"]).into_owned();
        for part in [
            "<div id=\"op-saved\"></div>",
            "<noscript>",
            "data-op-edition=\"../data/edition.json\" data-op-root=\"../\"",
            "/saved.js\"></script>",
            "<title>Saved — ",
            "content=\"noindex\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        // Whoever shows it at another address puts the site's in the place of `./`: nothing else is relative.
        let page = String::from_utf8_lossy(&site["offline.html"]).into_owned();
        for name in ["href=\"", "src=\""] {
            for link in page.split(name).skip(1) {
                assert!(link.starts_with("./"), "{link}");
            }
        }
        assert!(page.contains("href=\"./saved/\"") && !page.contains(".js\""));
    }
}

#[test]
fn a_large_edition_keeps_the_newest() {
    let folder = Folder::new("build-offline-large");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles_alike(1_100)));
    folder.write("offprint.toml", "[offline]\narticles = 3\n");
    for layout in ["files", "packs"] {
        let _ = fs::remove_dir_all(folder.0.join("site"));
        build(
            &folder,
            &[
                "a.json",
                "--no-compress",
                "--pages",
                "latest=40",
                "--layout",
                layout,
            ],
        );
        let site = tree(&folder.0.join("site"));
        let app = check(&site);
        assert!(app.contains(&String::new()));
        assert!(!app.iter().any(|path| path.starts_with("category/")));
        let index = crate::data::index(&site);
        let name = |blob: &packed::edition::Blob| match blob.place {
            None => format!("data/{}.bin", hash_name(&blob.hash)),
            Some((pack, start)) => format!(
                "data/{}.pack#{start}-{}",
                hash_name(&index.packs[pack as usize]),
                start + blob.length - 1
            ),
        };
        // 256 articles lie in nine blocks of 32, as the last is not full: 1,100 are 34 blocks and 12.
        let kept: Vec<bool> = (index.cards.iter())
            .map(|blob| app.contains(&name(blob)))
            .collect();
        let expect: Vec<bool> = (0..35).map(|block| block >= (1_100 - 256) / 32).collect();
        assert_eq!(kept, expect);
        let version = version(&site);
        let articles = version["articles"].as_array().expect("articles").iter();
        let ids: Vec<&Value> = articles.map(|article| &article["id"]).collect();
        assert_eq!(ids, ["a1099", "a1098", "a1097"]);
        let with_files = site.keys().filter(|path| path.ends_with("/files.json"));
        assert_eq!(with_files.count(), 40, "those with a page have one");
    }
}

/// The files of a version by their paths.
fn files(version: &Value) -> BTreeMap<String, Value> {
    let of_articles = version["articles"].as_array().expect("articles").iter();
    let lists = of_articles.map(|article| &article["files"]);
    let files = lists.chain([&version["app"], &version["more"]]);
    let files = files.flat_map(|files| files.as_array().expect("files"));
    let named = files.map(|file| (file[0].as_str().expect("a path").to_owned(), file.clone()));
    named.collect()
}

#[test]
fn one_article_more() {
    let folder = Folder::new("build-offline-more");
    runtime(&folder.0);
    let built = |n: usize| {
        folder.write("a.json", collection(&articles_alike(n)));
        build(&folder, &["a.json", "--no-compress"]);
        let site = tree(&folder.0.join("site"));
        let version = version(&site);
        for list in ["app", "more"] {
            paths(&site, &version[list]);
        }
        (site, files(&version))
    };
    let (before, old) = built(1_100);
    let (after, new) = built(1_101);
    let changed = new
        .iter()
        .filter(|(path, file)| old.get(*path) != Some(file));
    let changed: Vec<String> = changed.map(|(path, _)| path.clone()).collect();
    let pages: Vec<&String> = changed
        .iter()
        .filter(|path| !path.starts_with("data/"))
        .collect();
    // The front page, the new article, and the page of the one before it, which leads to it; none of those that are like it.
    let expect = [
        "",
        "article/a1099/",
        "article/a1100/",
        "article/a1100/article.json",
    ];
    assert_eq!(pages, expect);
    // The index, a block of cards, categories, a bucket of ids; and these two articles.
    let n_data = changed.len() - pages.len();
    assert_eq!(n_data, 6, "{changed:?}");
    // Whoever still has the old version finds all of its data.
    for path in old.keys().filter(|path| path.starts_with("data/")) {
        assert_eq!(bytes(&before, path), bytes(&after, path));
    }
    // The same as without a site before it.
    fs::remove_dir_all(folder.0.join("site")).expect("the site");
    let (anew, _) = built(1_101);
    let named = |site: &Tree| -> Tree {
        let is_kept = |path: &String| anew.contains_key(path) && path != ".offprint/kept";
        let files = site.iter().filter(|(path, _)| is_kept(path));
        files
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    same(&named(&after), &named(&anew));
}

#[test]
fn a_site_without_it() {
    let folder = Folder::new("build-offline-off");
    with_pictures(&folder);
    let site = |arguments: &[&str]| {
        build(&folder, &[&["a.json", "--no-compress"], arguments].concat());
        tree(&folder.0.join("site"))
    };
    let with = site(&[]);
    assert_eq!(with["sw.js"], b"/* sw.js */");
    let without = site(&["--no-offline"]);
    let check = |site: &Tree| {
        assert_eq!(site["sw.js"], b"/* sw-off.js */");
        let pointer = String::from_utf8_lossy(&site["data/edition.json"]);
        assert!(!pointer.contains("offline"), "{pointer}");
        let is_left = |path: &&String| path.starts_with("saved/") || path.ends_with("/files.json");
        assert_eq!(site.keys().find(is_left), None);
        for page in ["index.html", "offline.html", "manifest.webmanifest"] {
            let text = String::from_utf8_lossy(&site[page]);
            assert!(
                !text.contains("saved/") && !text.contains("op-keep"),
                "{page}"
            );
        }
    };
    assert!(String::from_utf8_lossy(&with["index.html"]).contains("op-keep"));
    check(&without);
    folder.write("offprint.toml", "[offline]\nenabled = false\n");
    let by_file = site(&[]);
    check(&by_file);
    folder.write("offprint.toml", "[offline]\nenabled = true\n");
    assert_eq!(site(&[])["sw.js"], b"/* sw.js */");
}
