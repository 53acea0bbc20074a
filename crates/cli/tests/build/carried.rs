//! What is the publisher's: files in the folder of the site, and the options that it was built with.

use crate::command::{Folder, offprint};
use crate::site::{articles, build, collection, runtime, tree};
use offprint_cli::build;
use std::fs;
use std::path::Path;

#[test]
fn the_publishers_own_files_stay() {
    let folder = Folder::new("build-carried");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(3)));
    build(&folder, &["a.json"]);
    let site = folder.0.join("site");
    let own = [
        "CNAME",
        ".git/HEAD",
        ".well-known/security.txt",
        "assets/own.js",
        "data/own.json",
        "article/a1/notes.txt",
        "article/none/index.html",
    ];
    for path in own {
        let file = site.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, path).expect("a file");
    }
    fs::create_dir_all(site.join(".git/refs/tags")).expect("a folder");
    std::os::unix::fs::symlink("HEAD", site.join(".git/link")).expect("a link");
    // Several builds: what is carried once has to be the next time.
    for n in [2, 1, 4] {
        folder.write("a.json", collection(&articles(n)));
        let output = build(&folder, &["a.json"]);
        assert!(!output.stderr.contains("warning"), "{}", output.stderr);
        for path in own {
            assert_eq!(
                fs::read_to_string(site.join(path)).ok().as_deref(),
                Some(path),
                "{n}"
            );
        }
        assert!(site.join(".git/refs/tags").is_dir());
        let link = fs::read_link(site.join(".git/link"));
        assert_eq!(link.expect("a link"), Path::new("HEAD"));
        assert_eq!(site.join("article/a2/index.html").exists(), n == 4);
    }

    // A path that the site takes for itself.
    folder.write("site/images", "mine");
    fs::create_dir_all(site.join("article/a4")).expect("a folder");
    folder.write("site/article/a4/index.html", "mine");
    fs::create_dir(folder.0.join("images")).expect("a folder");
    folder.write("images/sea.svg", "<svg/>");
    let mut all = articles(5);
    all[0] = all[0].replace("\"body\": \"", "\"body\": \"![x](images/sea.svg) ");
    folder.write("a.json", collection(&all));
    let output = build(&folder, &["a.json"]);
    for path in ["images", "article/a4/index.html"] {
        let said = format!("warning: {path}: the site has a file there itself");
        assert!(output.stderr.contains(&said), "{path}: {}", output.stderr);
    }
    assert_eq!(
        fs::read(site.join("images/sea.svg")).expect("a file"),
        b"<svg/>"
    );

    // Without records nothing is thrown away that could be somebody's.
    folder.write("site/.offprint/state", "?");
    let output = build(&folder, &["a.json"]);
    assert!(
        output.stderr.contains("state cannot be read"),
        "{}",
        output.stderr
    );
    assert!(site.join("CNAME").exists());
}

#[test]
fn nothing_that_a_build_needs_lies_in_the_site() {
    let folder = Folder::new("build-inside");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(1)));
    build(&folder, &["a.json"]);
    let before = |name: &str, text: &str| folder.write(&format!("site/{name}"), text);
    before("b.json", &collection(&articles(2)));
    before("own.css", "p { color: red }");
    before("logo.svg", "<svg/>");
    before("own.toml", "title = \"T\"");
    folder.write("theme.toml", "theme = \"site/own.css\"");
    folder.write("logo.toml", "logo = \"site/logo.svg\"");
    let check = |arguments: &[&str], expect: &str| {
        let mut all = vec!["build", "--runtime", "runtime", "--out", "site"];
        all.extend(arguments);
        let output = offprint(&folder.0, &all, b"");
        assert_eq!(output.code, 2, "{arguments:?}: {}", output.stderr);
        let said = format!("{expect} lies within site");
        assert!(output.stderr.contains(&said), "{}", output.stderr);
    };
    check(&["site/b.json"], "site/b.json");
    check(&["a.json", "site/b.json"], "site/b.json");
    check(&["a.json", "--theme", "site/own.css"], "site/own.css");
    check(&["a.json", "--config", "site/own.toml"], "site/own.toml");
    check(&["a.json", "--config", "theme.toml"], "site/own.css");
    check(&["a.json", "--config", "logo.toml"], "site/logo.svg");
    assert!(folder.0.join("site/b.json").exists());
}

#[test]
fn two_files_of_one_path_are_named() {
    let folder = Folder::new("build-one-path");
    runtime(&folder.0);
    for place in ["one", "two"] {
        fs::create_dir_all(folder.0.join(place).join("images")).expect("a folder");
        folder.write(
            &format!("{place}/images/sea.svg"),
            format!("<svg id='{place}'/>"),
        );
        folder.write(&format!("{place}/images/same.svg"), "<svg/>");
    }
    folder.write("logo.svg", "<svg id='logo'/>");
    folder.write("one/logo.svg", "<svg id='picture'/>");
    folder.write("offprint.toml", "logo = \"logo.svg\"");
    let article = |id: &str, pictures: &str| {
        format!(r#"{{"id": "{id}", "title": "T", "sections": [{{"body": "{pictures}"}}]}}"#)
    };
    folder.write(
        "one/a.json",
        collection(&[article(
            "Tide",
            "![a](images/sea.svg) ![b](images/same.svg) ![c](logo.svg)",
        )]),
    );
    folder.write(
        "two/b.json",
        collection(&[article(
            "tide",
            "![a](images/sea.svg) ![b](./images/same.svg)",
        )]),
    );
    let arguments = ["one/a.json", "two/b.json", "--config", "offprint.toml"];
    let output = build(&folder, &arguments);
    let warnings: Vec<&str> = output
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning"))
        .collect();
    assert_eq!(warnings.len(), 3, "{warnings:#?}");
    let check = |parts: &[&str]| {
        let found = warnings
            .iter()
            .find(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found.is_some(), "{parts:?}: {warnings:#?}");
    };
    check(&["article/Tide and article/tide", "capitals"]);
    check(&[
        "images/sea.svg:",
        "one/images/sea.svg and ",
        "two/images/sea.svg",
    ]);
    check(&["logo.svg:", "one/logo.svg and logo.svg"]);
    let first = tree(&folder.0.join("site"));
    let again = build(&folder, &arguments);
    assert!(again.stderr.contains("0 files written"), "{}", again.stderr);
    assert!(again.stderr.contains("images/sea.svg:"), "{}", again.stderr);
    let second = tree(&folder.0.join("site"));
    assert!(first == second);
}

#[test]
fn a_site_is_built_again_as_it_was() {
    let folder = Folder::new("build-options");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(3)));
    folder.write("own.css", "p { color: red }");
    folder.write("other.toml", "title = \"Another title\"");
    let arguments = [
        "a.json",
        "--base-url",
        "https://example.org/letters",
        "--layout",
        "packs",
        "--theme",
        "own.css",
        "--config",
        "other.toml",
        "--pages",
        "latest=2",
    ];
    build(&folder, &arguments);
    let site = folder.0.join("site");
    let first = tree(&site);
    assert!(first.keys().any(|path| path.ends_with(".br")) && first.contains_key("sitemap.xml"));
    let inputs = [folder.0.join("a.json").display().to_string()];
    build::again(&inputs, &site).expect("a build");
    assert!(tree(&site) == first);
    // The inputs are those that are named.
    folder.write("b.json", collection(&articles(1)));
    build::again(&[folder.0.join("b.json").display().to_string()], &site).expect("a build");
    assert!(!site.join("article/a2").exists() && site.join("article/a0").exists());
    let options = fs::read_to_string(site.join(".offprint/options")).expect("the options");
    assert!(!options.contains(&*folder.0.to_string_lossy()), "{options}");
}

#[test]
fn what_somebody_changed_is_made_again() {
    let folder = Folder::new("build-touched");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(3)));
    build(&folder, &["a.json"]);
    let site = folder.0.join("site");
    let first = tree(&site);
    // The same length, and later.
    for path in [
        "article/a1/index.html",
        "article/a2/index.html.br",
        "index.html.gz",
    ] {
        let bytes = vec![b'x'; first[path].len()];
        fs::write(site.join(path), bytes).expect("a file");
        let file = fs::File::options()
            .write(true)
            .open(site.join(path))
            .expect("a file");
        let state = fs::metadata(site.join(".offprint/state")).expect("the state");
        let later = state.modified().expect("a time") + std::time::Duration::from_secs(2);
        file.set_modified(later).expect("a time");
    }
    build(&folder, &["a.json"]);
    assert!(tree(&site) == first);
    // What is only newer is not made again.
    for path in first.keys().filter(|path| !path.starts_with(".offprint")) {
        let file = fs::File::options()
            .write(true)
            .open(site.join(path))
            .expect("a file");
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
        file.set_modified(later).expect("a time");
    }
    let output = build(&folder, &["a.json"]);
    assert!(
        output.stderr.contains("0 files written"),
        "{}",
        output.stderr
    );
}
