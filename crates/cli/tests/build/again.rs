//! What a second build writes, and what it leaves as it was.

use crate::command::Folder;
use crate::data::{index, search_files};
use crate::site::{
    Tree, articles, articles_alike, build, collection, counted, names, runtime, tree,
};
use packed::edition::hash_name;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What a file is on its disk, so that one that was linked can be told from one that was written.
fn inodes(site: &Path) -> BTreeMap<String, u64> {
    let paths = tree(site).into_keys();
    paths
        .map(|path| {
            let inode = fs::metadata(site.join(&path)).expect("a file").ino();
            (path, inode)
        })
        .collect()
}

/// The names of the files that a change of the articles makes written.
#[track_caller]
fn check(change: impl Fn(&mut Vec<String>), expect: &[&str]) {
    let folder = Folder::new(&format!("build-again-{}", expect.len()));
    runtime(&folder.0);
    let mut all = articles(100);
    folder.write("a.json", collection(&all));
    build(&folder, &["a.json"]);
    let site = folder.0.join("site");
    let before = inodes(&site);
    change(&mut all);
    folder.write("a.json", collection(&all));
    build(&folder, &["a.json"]);
    let written: Tree = inodes(&site)
        .into_iter()
        .filter(|(path, inode)| before.get(path) != Some(inode))
        .filter(|(path, _)| !path.ends_with(".br") && !path.ends_with(".gz"))
        .map(|(path, _)| (path, Vec::new()))
        .collect();
    assert_eq!(counted(&names(&written)), expect);

    // The same as without a site before it, but for what is kept.
    let again = tree(&site);
    fs::remove_dir_all(&site).expect("the site");
    build(&folder, &["a.json"]);
    for (path, bytes) in tree(&site) {
        let is_kept = path == ".offprint/kept";
        assert!(
            is_kept || again.get(&path) == Some(&bytes),
            "{path} differs"
        );
    }
}

#[test]
fn nothing_changed() {
    check(
        |_| {},
        &[".offprint/kept", ".offprint/options", ".offprint/state"],
    );
}

#[test]
fn one_article_changed() {
    check(
        // Its text alone, behind what its card shows.
        |all| all[50] = all[50].replace("\"}]}", " and what comes at the end\"}]}"),
        &[
            ".offprint/kept",
            ".offprint/options",
            ".offprint/state",
            "article/a50/article.json",
            "article/a50/article.txt",
            "article/a50/files.json",
            "article/a50/index.html",
            "category/sky/feed.json",
            "category/sky/feed.xml",
            "data/#.bin × 4",
            "data/#.json × 2",
            "data/edition.json",
            "data/hits/#/* × 25",
            "data/search/#/*",
            "feed.json",
            "feed.xml",
        ],
    );
}

#[test]
fn one_title_changed() {
    // Its neighbours name it, and so do lists; what is near it may be others' neighbour in content, too.
    check(
        |all| all[50] = all[50].replace("Article 50", "Quite another"),
        &[
            ".offprint/kept",
            ".offprint/options",
            ".offprint/state",
            "article/a49/files.json",
            "article/a49/index.html",
            "article/a50/article.json",
            "article/a50/article.txt",
            "article/a50/files.json",
            "article/a50/index.html",
            "article/a51/files.json",
            "article/a51/index.html",
            "author/desk-0/page/2/index.html",
            "category/sky/feed.json",
            "category/sky/feed.xml",
            "category/sky/index.html",
            "data/#.bin × 6",
            "data/#.json × 2",
            "data/edition.json",
            "data/hits/#/* × 25",
            "data/search/#/*",
            "feed.json",
            "feed.xml",
            "llms.txt",
            "page/3/index.html",
            "tag/t0/index.html",
        ],
    );
}

#[test]
fn ranges_of_hits_and_the_index() {
    let folder = Folder::new("build-again-hits");
    runtime(&folder.0);
    let site = folder.0.join("site");
    let mut all = articles_alike(1100);
    let built = |all: &[String]| {
        folder.write("a.json", collection(all));
        build(&folder, &["a.json", "--pages", "latest=1", "--no-compress"]);
        let files = inodes(&site);
        let in_search =
            |path: &String| path.starts_with("data/hits/") || path.starts_with("data/search/");
        let found: BTreeMap<String, u64> = files
            .into_iter()
            .filter(|(path, _)| in_search(path))
            .collect();
        let tree = tree(&site);
        let named = search_files(&tree, &index(&tree));
        (found, named)
    };
    let of = |found: &BTreeMap<String, u64>, folder: &str| -> Vec<(String, u64)> {
        let of = found.iter().filter(|(path, _)| path.contains(folder));
        of.map(|(path, inode)| (path.clone(), *inode)).collect()
    };
    let (before, named_before) = built(&all);
    assert_eq!(named_before.ranges.len(), 2);
    let (again, _) = built(&all);
    assert_eq!(before, again, "nothing is written anew");

    all[1090] = all[1090].replace("\"}]}", " and what comes at the end\"}]}");
    let (after, named) = built(&all);
    assert_eq!(named.ranges[0], named_before.ranges[0]);
    assert_ne!(named.ranges[1], named_before.ranges[1]);
    assert_ne!(named.stamp, named_before.stamp);
    let first = hash_name(&named.ranges[0]);
    assert_eq!(of(&before, &first), of(&after, &first));
    // What an open tab may still ask for is there for one build more.
    let gone = [named_before.ranges[1], named_before.stamp].map(|hash| hash_name(&hash));
    for gone in &gone {
        assert!(!of(&before, gone).is_empty());
        assert_eq!(of(&before, gone), of(&after, gone));
    }
    let (later, _) = built(&all);
    assert!(gone.iter().all(|gone| of(&later, gone).is_empty()));
    assert_eq!(of(&after, &first), of(&later, &first));
}

#[test]
fn what_is_gone_is_kept_once() {
    let folder = Folder::new("build-kept");
    runtime(&folder.0);
    let site = folder.0.join("site");
    let data = |site: &Path| -> Vec<String> {
        let paths = tree(site).into_keys();
        paths.filter(|path| path.ends_with(".bin")).collect()
    };
    folder.write("a.json", collection(&articles(3)));
    build(&folder, &["a.json"]);
    let first = data(&site);
    folder.write("a.json", collection(&articles(4)));
    build(&folder, &["a.json"]);
    let second = data(&site);
    assert!(
        first.iter().all(|path| second.contains(path)),
        "{first:?} {second:?}"
    );
    let output = build(&folder, &["a.json"]);
    let third = data(&site);
    assert!(third.len() < second.len());
    assert!(
        output.stderr.contains("0 files written"),
        "{}",
        output.stderr
    );
    folder.write("a.json", collection(&articles(2)));
    let output = build(&folder, &["a.json"]);
    assert!(!site.join("article/a3").exists());
    assert!(!output.stderr.contains(" 0 removed"), "{}", output.stderr);
}

#[test]
fn a_damaged_file_is_made_again() {
    let folder = Folder::new("build-damaged");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(3)));
    build(&folder, &["a.json"]);
    let page = folder.0.join("site/article/a1/index.html");
    let whole = fs::read(&page).expect("a page");
    fs::write(&page, b"").expect("a page");
    fs::remove_file(folder.0.join("site/index.html")).expect("a page");
    build(&folder, &["a.json"]);
    assert!(fs::read(&page).expect("a page") == whole);
    assert!(folder.0.join("site/index.html").exists());
    fs::write(folder.0.join("site/.offprint/state"), b"?").expect("the state");
    build(&folder, &["a.json"]);
    assert!(fs::read(&page).expect("a page") == whole);
}
