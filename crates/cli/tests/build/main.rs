//! `offprint build`, run as a publisher would: what it writes (here), what it writes again (`again`), what it
//! leaves to the publisher (`carried`), what happens when it is
//! killed (`killed`), how it is served (`served`), the data (`data`), and what is kept of it without a network (`offline`).

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

#[cfg(unix)]
mod again;
#[cfg(unix)]
mod carried;
#[path = "../command/mod.rs"]
mod command;
mod data;
mod killed;
mod offline;
mod served;
mod site;

use command::{Folder, offprint};
use data::index;
use site::{articles, build, collection, counted, names, runtime, same, tree};
use std::fs;

#[test]
fn the_files_of_a_site() {
    let folder = Folder::new("build-files");
    runtime(&folder.0);
    fs::create_dir(folder.0.join("images")).expect("a folder");
    folder.write("images/sea.svg", "<svg/>");
    folder.write(
        "a.json",
        collection(&[
            r#"{"id": "tides", "title": "Tides", "published": "2026-02-02", "category": "Sea", "tags": ["Moon"], "authors": [{"name": "Ada L."}], "image": {"src": "images/sea.svg", "alt": "Sea"}, "sections": [{"body": "![x](images/gone.png) ![y](../secret.png)"}]}"#.to_string(),
            r#"{"id": "stub", "title": "A stub"}"#.to_string(),
        ]),
    );
    let output = build(&folder, &["a.json", "--no-compress"]);
    let expect = [
        ".hosting/Caddyfile",
        ".hosting/nginx.conf",
        ".hosting/s3-sync.sh",
        ".htaccess",
        ".offprint/kept",
        ".offprint/options",
        ".offprint/state",
        "404.html",
        "_headers",
        "article/stub/article.json",
        "article/stub/article.txt",
        "article/stub/files.json",
        "article/stub/index.html",
        "article/tides/article.json",
        "article/tides/article.txt",
        "article/tides/files.json",
        "article/tides/index.html",
        "assets/#/embed.js",
        "assets/#/icon.svg",
        "assets/#/offline.js",
        "assets/#/offprint-articles.js",
        "assets/#/offprint.css",
        "assets/#/offprint.js",
        "assets/#/offprint_bg.wasm",
        "assets/#/plain.js",
        "assets/#/saved.js",
        "assets/#/site.js",
        "assets/site-#.css",
        "author/ada-l-????/index.html",
        "category/sea/feed.json",
        "category/sea/feed.xml",
        "category/sea/index.html",
        "csp.txt",
        "data/#.bin × 8",
        "data/#.json × 2",
        "data/edition.json",
        "data/hits/#/*",
        "data/search/#/*",
        "embed.html",
        "feed.json",
        "feed.xml",
        "frame.js",
        "icon-192.png",
        "icon-mono.svg",
        "icon.svg",
        "images/sea.svg",
        "index.html",
        "llms.txt",
        "manifest.webmanifest",
        "offline.html",
        "robots.txt",
        "saved/index.html",
        "sw.js",
        "tag/moon/index.html",
    ];
    assert_eq!(counted(&names(&tree(&folder.0.join("site")))), expect);
    for part in [
        "images/gone.png: there is no such picture",
        "../secret.png: a picture is taken from the folder of its article",
        "2 articles, 67 files",
    ] {
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
    let left: Vec<String> = fs::read_dir(&folder.0)
        .expect("the folder")
        .map(|found| {
            found
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .filter(|name| name.contains("offprint"))
        .collect();
    assert_eq!(left, [""; 0], "nothing is left beside the site");
}

#[test]
fn links_that_lead_nowhere_are_said() {
    let folder = Folder::new("build-dead");
    runtime(&folder.0);
    folder.write(
        "a.json",
        collection(&[
            r#"{"id": "tides", "title": "Tides", "related": ["mooon"], "sections": [{"body": "[m](#/article/moon/op-x) [n](#/article/moom) [t](#/article/tides) [w](#/article/weather)"}]}"#.to_string(),
            r#"{"id": "moon", "title": "Moon"}"#.to_string(),
        ]),
    );
    let output = build(&folder, &["a.json"]);
    for (id, cure) in [
        ("moom", "did you mean \"moon\"?"),
        ("mooon", "did you mean \"moon\"?"),
        (
            "weather",
            "write the id of one that is there, or remove the link",
        ),
    ] {
        let line = format!(
            "the article \"tides\" leads to \"{id}\", and there is no article of this id; {cure}"
        );
        let found = output.stderr.lines().find(|found| found.contains(&line));
        let found = found.expect(&line);
        assert!(found.starts_with("warning: a.json:"), "{found}");
    }
    assert_eq!(
        output.stderr.matches("leads to").count(),
        3,
        "{}",
        output.stderr
    );
}

/// What is given and cannot be taken is said, with the cure; the site is as it was.
#[test]
fn addresses_themes_and_categories_that_are_none() {
    let folder = Folder::new("build-none");
    runtime(&folder.0);
    folder.write(
        "a.json",
        collection(&[r#"{"id": "a", "title": "A", "category": "Science"}"#.to_string()]),
    );
    let refused = |arguments: &[&str]| {
        let all = ["build", "--runtime", "runtime", "--out", "site", "a.json"];
        let output = offprint(&folder.0, &[&all, arguments].concat(), b"");
        assert_eq!(output.code, 2, "{}", output.stderr);
        assert!(!folder.0.join("site").exists());
        output.stderr
    };
    for address in ["https://example.org/a?b=c", "https://example.org/a#b"] {
        let said = refused(&["--base-url", address]);
        assert!(said.contains("write https://example.org/a\n"), "{said}");
    }
    for (css, expect) in [
        ("@import 'x.css';", "`@import` in line 1 of theme.css"),
        ("a{}\nb{c:url(//d/e)}", "`//d/e` in line 2 of theme.css"),
        ("<html></html>", "theme.css is no style sheet"),
    ] {
        folder.write("theme.css", css);
        let said = refused(&["--theme", "theme.css"]);
        assert!(said.contains(expect), "{said}");
    }
    folder.write(
        "offprint.toml",
        "[categories]\norder = [\"Science\", \"Scienc\"]\nslugs = { \"Weather\" = \"w\" }\n",
    );
    let said = build(&folder, &["a.json"]).stderr;
    for part in [
        "warning[unknown-category]: expected a category that articles have, found \"Scienc\"",
        "--> offprint.toml:2:21",
        "did you mean \"Science\"?",
        "found \"Weather\"",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(said.matches("unknown-category").count(), 2, "{said}");
}

#[test]
fn bytes_depend_on_nothing_else() {
    let folder = Folder::new("build-same");
    runtime(&folder.0);
    let all = articles(100);
    folder.write("a.json", collection(&all[..60]));
    folder.write("b.json", collection(&all[60..]));
    let site = |arguments: &[&str]| {
        build(&folder, arguments);
        let site = tree(&folder.0.join("site"));
        fs::remove_dir_all(folder.0.join("site")).expect("the site");
        site
    };
    let one = site(&["a.json", "b.json", "--jobs", "1"]);
    same(
        &one,
        &site(&["b.json", "a.json", "--jobs", "4", "--memory", "16"]),
    );
    same(&one, &site(&["a.json", "b.json", "--jobs", "3"]));
    assert!(one.contains_key("page/5/index.html") && !one.contains_key("page/6/index.html"));
    assert!(one.contains_key("article/a0/index.html.br"));
}

#[test]
fn what_is_no_site_is_not_replaced() {
    let folder = Folder::new("build-foreign");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(1)));
    fs::create_dir(folder.0.join("site")).expect("a folder");
    build(&folder, &["a.json"]);
    fs::create_dir(folder.0.join("other")).expect("a folder");
    folder.write("other/thesis.txt", "years of work");
    let arguments = ["build", "--runtime", "runtime", "--out", "other", "a.json"];
    let output = offprint(&folder.0, &arguments, b"");
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("no site of Offprint"),
        "{}",
        output.stderr
    );
    assert!(folder.0.join("other/thesis.txt").exists());
    assert!(!folder.0.join("other.offprint-lock").exists());
}

#[test]
fn nothing_to_read_leaves_the_site_as_it_was() {
    let folder = Folder::new("build-nothing");
    runtime(&folder.0);
    fs::create_dir(folder.0.join("empty")).expect("a folder");
    folder.write("a.json", collection(&articles(2)));
    build(&folder, &["a.json"]);
    let before = tree(&folder.0.join("site"));
    for (input, expect) in [("a.jsom", "no such file"), ("empty", "nothing to read")] {
        let arguments = ["build", "--runtime", "runtime", "--out", "site", input];
        let output = offprint(&folder.0, &arguments, b"");
        assert_eq!(output.code, 2, "{input}");
        assert!(output.stderr.contains(expect), "{}", output.stderr);
        assert!(output.stderr.contains("as it was"), "{}", output.stderr);
        assert!(tree(&folder.0.join("site")) == before, "{input}");
    }
}

#[test]
fn a_site_does_not_lie_within_its_articles() {
    let folder = Folder::new("build-within");
    runtime(&folder.0);
    fs::create_dir(folder.0.join("posts")).expect("a folder");
    folder.write("posts/a.json", collection(&articles(1)));
    for (out, input) in [
        ("posts/site", "posts"),
        ("posts", "posts"),
        ("posts/a/b/site", "."),
    ] {
        let arguments = ["build", "--runtime", "runtime", "--out", out, input];
        let output = offprint(&folder.0, &arguments, b"");
        assert_eq!(output.code, 2, "{out}");
        assert!(output.stderr.contains("lies within"), "{}", output.stderr);
    }
    build(&folder, &["posts"]);
}

#[test]
fn two_builds_at_once_are_refused() {
    let folder = Folder::new("build-twice");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(1)));
    let lock = fs::File::create(folder.0.join("site.offprint-lock")).expect("a lock");
    lock.lock().expect("a lock");
    let arguments = ["build", "--runtime", "runtime", "--out", "site", "a.json"];
    let output = offprint(&folder.0, &arguments, b"");
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("another build"), "{}", output.stderr);
    drop(lock);
    build(&folder, &["a.json"]);
}

#[test]
fn hostile_names() {
    let folder = Folder::new("build-hostile");
    runtime(&folder.0);
    let long = "x".repeat(300);
    let ids = [
        "../../up",
        "a/b",
        "..",
        ".",
        "",
        "%2e%2e",
        "con",
        "a b",
        "é",
        "<script>",
        &long,
        "index.html",
    ];
    let mut all: Vec<String> = ids
        .iter()
        .map(|id| {
            serde_json::json!({"id": id, "title": id, "category": id, "tags": [id, "../x"], "authors": [{"name": id}],
                "related": [{"id": "../../up"}], "image": {"src": "../../../etc/passwd.png"}})
            .to_string()
        })
        .collect();
    all.push(r#"{"id": "s", "title": "</script><script>alert(1)</script>", "category": "</select><script>alert(1)</script>"}"#.into());
    folder.write("a.json", collection(&all));
    let arguments = [
        "build",
        "--runtime",
        "runtime",
        "--out",
        "in/site",
        "a.json",
        "--no-compress",
    ];
    let output = offprint(&folder.0, &arguments, b"");
    assert!(output.code < 2, "{}", output.stderr);
    let around = tree(&folder.0);
    let outside: Vec<&String> = around
        .keys()
        .filter(|path| {
            !path.starts_with("in/site/") && !path.starts_with("runtime/") && *path != "a.json"
        })
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
    for (path, bytes) in around.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains("<script>alert"), "{path}");
    }
}

#[test]
fn every_article_has_a_page() {
    let folder = Folder::new("build-ids");
    runtime(&folder.0);
    let long = "x".repeat(241);
    let ids = [
        "..", "a/b", "50%", "con", "nul.txt", "end.", ".git", &long, "plain",
    ];
    let all: Vec<String> = ids
        .iter()
        .map(|id| {
            let related: Vec<_> = ids.iter().map(|id| serde_json::json!({"id": id})).collect();
            serde_json::json!({"id": id, "title": format!("Title of {id}"), "published": "2026-02-02", "category": "con",
                "tags": ["nul", long], "authors": [{"name": "aux"}], "related": related,
                "sections": [{"body": "[link](#/article/a%2Fb)"}]})
            .to_string()
        })
        .collect();
    folder.write("a.json", collection(&all));
    let arguments = [
        "build",
        "--runtime",
        "runtime",
        "--out",
        "site",
        "a.json",
        "--base-url",
        "https://example.org/",
        "--no-compress",
    ];
    let output = offprint(&folder.0, &arguments, b"");
    assert!(output.code < 2, "{}", output.stderr);
    let site = tree(&folder.0.join("site"));
    assert_eq!(data::dead_links(&site), [""; 0]);
    assert_eq!(data::reached(&site).len(), ids.len());
    let pages = |name: &str| {
        let pages = site
            .keys()
            .filter(|path| path.starts_with("article/") && path.ends_with(name));
        pages.count()
    };
    assert_eq!(
        (pages("/index.html"), pages("/article.json")),
        (ids.len(), ids.len())
    );
    let page = String::from_utf8_lossy(&site["article/plain/index.html"]);
    for id in ids {
        let name = article::folder_name(id);
        assert!(
            site.contains_key(&format!("article/{name}/index.html")),
            "{id}"
        );
        assert!(
            page.contains(&format!("article/{name}/")) || id == "plain",
            "{id}"
        );
        let json = String::from_utf8_lossy(&site[&format!("article/{name}/article.json")]);
        assert!(
            json.contains(&format!("\"id\":\"{name}\",\"title\""))
                || json.contains(&format!("\"id\":\"{name}\"")),
            "{json}"
        );
        let is_told = output
            .stderr
            .contains(&format!("stands in article/{name}/"));
        assert_eq!(is_told, id != "plain", "{}", output.stderr);
    }
    for folder in ["category/con/", "tag/nul/", "author/aux/"] {
        assert!(
            !site.keys().any(|path| path.starts_with(folder)),
            "{folder}"
        );
    }
}

#[test]
fn two_pictures_of_one_address() {
    let folder = Folder::new("build-pictures");
    runtime(&folder.0);
    let article = |id: &str, day: &str| {
        let image = r#"{"src": "images/a.svg", "alt": "A"}"#;
        collection(&[format!(
            r#"{{"id": "{id}", "title": "{id}", "published": "{day}", "image": {image}, "sections": [{{"body": "![x](./images/b.svg)"}}]}}"#
        )])
    };
    for (name, day, picture) in [
        ("one", "2026-02-02", "<svg>1</svg>"),
        ("two", "2026-02-01", "<svg>2</svg>"),
    ] {
        fs::create_dir_all(folder.0.join(name).join("images")).expect("a folder");
        folder.write(&format!("{name}/a.json"), article(name, day));
        folder.write(&format!("{name}/images/a.svg"), picture);
        folder.write(&format!("{name}/images/b.svg"), "<svg/>");
    }
    let output = build(&folder, &["one", "two", "--no-compress"]);
    assert!(
        output.stderr.contains("two pictures of one address"),
        "{}",
        output.stderr
    );
    assert_eq!(
        output.stderr.matches("warning:").count(),
        1,
        "{}",
        output.stderr
    );
    for name in ["one/images/a.svg", "two/images/a.svg"] {
        assert!(output.stderr.contains(name), "{}", output.stderr);
    }
    let site = tree(&folder.0.join("site"));
    assert_eq!(site["images/a.svg"], b"<svg>1</svg>");
    fs::remove_file(folder.0.join("one/images/b.svg")).expect("a picture");
    let output = build(&folder, &["one", "two", "--no-compress"]);
    assert!(
        output
            .stderr
            .contains("b.svg: there is no such picture in one"),
        "{}",
        output.stderr
    );
    assert!(folder.0.join("site/images/b.svg").exists());
}

#[cfg(unix)]
#[test]
fn links_and_mounts() {
    let folder = Folder::new("build-link");
    runtime(&folder.0);
    folder.write("a.json", collection(&articles(1)));
    fs::create_dir(folder.0.join("disk")).expect("a folder");
    std::os::unix::fs::symlink("disk/real", folder.0.join("site")).expect("a link");
    for _ in 0..2 {
        build(&folder, &["a.json"]);
        assert!(folder.0.join("site").is_symlink());
        assert!(folder.0.join("disk/real/index.html").is_file());
    }
    // A mount point that is there on every Linux.
    if cfg!(target_os = "linux") {
        let arguments = ["build", "--runtime", "runtime", "--out", "/proc", "a.json"];
        let output = offprint(&folder.0, &arguments, b"");
        assert_eq!(output.code, 2);
        assert!(
            output.stderr.contains("--out /proc/site"),
            "{}",
            output.stderr
        );
    }
}

#[test]
fn an_empty_edition() {
    let folder = Folder::new("build-empty");
    runtime(&folder.0);
    folder.write("a.json", r#"{"version": 1, "articles": []}"#);
    for layout in ["files", "packs"] {
        let output = build(&folder, &["a.json", "--layout", layout]);
        assert!(output.stderr.contains("0 articles"), "{}", output.stderr);
        let site = tree(&folder.0.join("site"));
        let page = String::from_utf8_lossy(&site["index.html"]);
        assert!(page.contains("No articles yet"), "{page}");
        assert_eq!(index(&site).n_articles, 0);
    }
}
