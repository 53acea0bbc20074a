//! A build that is killed.

use crate::command::Folder;
use crate::data::reached;
use crate::site::{articles, build, collection, runtime, tree};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn a_killed_build_leaves_the_site_whole() {
    let folder = Folder::new("build-killed");
    runtime(&folder.0);
    let (site, work) = (folder.0.join("site"), folder.0.join("site.offprint-new"));
    let arguments = [
        "build",
        "--runtime",
        "runtime",
        "--out",
        "site",
        "a.json",
        "--no-compress",
    ];
    let mut all = articles(120);
    folder.write("a.json", collection(&all));
    build(&folder, &arguments[5..]);
    let mut old = tree(&site);
    let mut n_mid = 0;
    for round in 0..10 {
        // Everything changes, so that a mixture of both would be seen.
        let again = |json: &String| json.replace("Article ", "Article again ");
        all = all.iter().map(again).collect();
        folder.write("a.json", collection(&all));
        let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
            .args(arguments)
            .current_dir(&folder.0)
            .stderr(Stdio::null())
            .spawn()
            .expect("the command starts");
        // Moments spread over the whole build: by how many files there are of the new site, and by the old one being in its
        // place at last.
        let goal = old.len() * round / 9;
        while child.try_wait().expect("a child").is_none() && n_files(&work) <= goal {}
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let found = tree(&site);
        let is_old = found == old;
        // Whichever it is, its data is whole, and of one edition.
        let titles = reached(&found);
        let n_again = |title: &String| title.matches("again").count();
        let wanted = if is_old { round } else { round + 1 };
        assert_eq!(titles.len(), all.len());
        assert!(
            titles.iter().all(|title| n_again(title) == wanted),
            "killed in round {round}: {titles:?}"
        );
        n_mid += usize::from(is_old && work.exists());
        build(&folder, &arguments[5..]);
        let new = tree(&site);
        if !is_old {
            // It was killed after the exchange: then it is the new one, whole.
            // What the data of the old one left is gone with the next build.
            let is_new = |path: &&String| {
                path.starts_with(".offprint")
                    || new.get(*path) == found.get(*path)
                    || (path.starts_with("data/") && !new.contains_key(*path))
            };
            let mixed: Vec<&String> = found.keys().filter(|path| !is_new(path)).collect();
            assert!(mixed.is_empty(), "killed in round {round}: {mixed:?}");
        }
        assert!(!work.exists());
        old = new;
    }
    assert!(n_mid >= 5, "only {n_mid} builds were killed on their way");
}

/// How many files there are in a folder and those in it, while they come and go.
fn n_files(folder: &Path) -> usize {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    found
        .map(|found| match found.file_type() {
            Ok(kind) if kind.is_dir() => n_files(&found.path()),
            _ => 1,
        })
        .sum()
}
