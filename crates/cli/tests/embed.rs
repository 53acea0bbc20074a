//! `offprint embed`, run as a page owner would, for a folder with the reader and for a site.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

mod command;

use command::{Folder, offprint};
use std::fs;

/// A folder with files that stand in for the reader's, and a site that was built with them.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let dist = folder.0.join("dist");
    fs::create_dir_all(&dist).expect("a folder");
    for name in [
        "element.js",
        "site.js",
        "offprint.js",
        "offprint_bg.wasm",
        "offprint.css",
        "page.css",
        "icon.svg",
        "embed.js",
        "frame.js",
    ] {
        fs::write(dist.join(name), format!("/* {name} */")).expect("a file");
    }
    fs::write(
        dist.join("embed.html"),
        include_str!("../../../www/embed.html"),
    )
    .expect("a file");
    folder.write(
        "a.json",
        r#"{"version": 1, "articles": [{"id": "tides", "title": "Tides"}]}"#,
    );
    folder
}

fn build(folder: &Folder, more: &[&str]) {
    let arguments = ["build", "a.json", "--runtime", "dist", "--out", "site"];
    let built = offprint(&folder.0, &[&arguments, more].concat(), b"");
    assert_eq!(built.code, 0, "{}", built.stderr);
}

#[track_caller]
fn check(folder: &Folder, arguments: &[&str], lines: &[&str], said: &[&str]) {
    let output = offprint(&folder.0, &[&["embed"], arguments].concat(), b"");
    assert_eq!(output.code, 0, "{}", output.stderr);
    let written: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(written, lines);
    for part in said {
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
}

#[test]
fn of_a_folder() {
    let folder = folder("embed-folder");
    check(
        &folder,
        &["dist", "--category", "A & B"],
        &[
            "<script type=\"module\" src=\"dist/element.js\"></script>",
            "<offprint-reader src=\"articles.json\" category=\"A &amp; B\"><a href=\"articles.json\">Articles</a></offprint-reader>",
        ],
        &[
            "script-src 'self' 'wasm-unsafe-eval'\n",
            "worker-src 'self'\n",
        ],
    );
    check(
        &folder,
        &["dist", "--url", "https://cdn.example/1", "--list", "3"],
        &[
            "<script type=\"module\" src=\"https://cdn.example/1/element.js\" integrity=\"sha384-0vFXh7dKJv78KFa941y57/2hUR47xjwepaixW8EviLBgLBOlWgpoQRnfOVdHAtLT\" crossorigin></script>",
            "<offprint-list src=\"articles.json\" limit=\"3\"><a href=\"articles.json\">Articles</a></offprint-list>",
        ],
        &[
            "script-src https://cdn.example/1/ 'wasm-unsafe-eval'\n",
            "connect-src https://cdn.example/1/ 'self'\n",
        ],
    );
}

#[test]
fn of_a_site() {
    let folder = folder("embed-site");
    build(&folder, &["--base-url", "https://example.org/letters/"]);
    let oembed = folder.0.join("site/article/tides/oembed.json");
    assert!(oembed.is_file() && !folder.0.join("site/article/tides/oembed.json.br").exists());
    check(
        &folder,
        &["site", "--article", "tides", "--frame"],
        &[
            "<iframe data-offprint src=\"https://example.org/letters/embed.html?article=tides\" title=\"Article\" width=\"100%\" height=\"600\" frameborder=\"0\" loading=\"lazy\" referrerpolicy=\"strict-origin\" sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox\"></iframe>",
            "<script async src=\"https://example.org/letters/frame.js\"></script>",
        ],
        &["frame-src https://example.org/letters/embed.html\n"],
    );
    let output = offprint(&folder.0, &["embed", "site", "--article", "tides"], b"");
    for part in [
        "src=\"https://example.org/letters/assets/",
        "/element.js\" integrity=\"sha384-",
        "<offprint-article src=\"https://example.org/letters/article/tides/article.json\" article-id=\"tides\">",
    ] {
        assert!(output.stdout.contains(part), "{part}: {}", output.stdout);
    }
    assert!(output.stderr.contains("--frame"), "{}", output.stderr);
}

/// The site's feed has the newest of all; a category has its own.
#[test]
fn a_category_of_a_site() {
    let folder = folder("embed-category");
    folder.write(
        "a.json",
        r#"{"version": 1, "articles": [{"id": "tides", "title": "Tides", "category": "Sea & Sky"}]}"#,
    );
    build(&folder, &["--base-url", "https://example.org/letters/"]);
    let said = |more: &[&str]| {
        let arguments = [&["embed", "site", "--category"], more].concat();
        offprint(&folder.0, &arguments, b"")
    };
    let element = said(&["Sea & Sky"]).stdout;
    let slug = article::name_slug("Sea & Sky");
    let feed = format!("category/{slug}/feed.json");
    assert!(folder.0.join("site").join(&feed).is_file());
    let src = format!("src=\"https://example.org/letters/{feed}\" category=\"Sea &amp; Sky\"");
    assert!(element.contains(&src), "{element}");
    let frame = said(&["Sea & Sky", "--frame"]).stdout;
    let src = format!("embed.html?src=category%2F{slug}%2Ffeed.json&amp;category=Sea+%26+Sky\"");
    assert!(frame.contains(&src), "{frame}");
    let unknown = said(&["Land"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("Sea & Sky"), "{}", unknown.stderr);
}

/// Articles of another site than the frame need its leave, and the frame's own.
#[test]
fn a_frame_with_articles_from_elsewhere() {
    let folder = folder("embed-elsewhere");
    let arguments = [
        "embed",
        "dist",
        "--frame",
        "--url",
        "https://cdn.example/1/",
        "--src",
    ];
    let said = |src: &str| {
        let output = offprint(&folder.0, &[&arguments[..], &[src]].concat(), b"");
        assert_eq!(output.code, 0, "{}", output.stderr);
        output.stderr
    };
    let foreign = said("https://news.example/a.json");
    for part in [
        "Access-Control-Allow-Origin: https://cdn.example ",
        "connect-src 'self' https://news.example\n",
    ] {
        assert!(foreign.contains(part), "{part}: {foreign}");
    }
    let own = said("https://cdn.example/a.json");
    assert!(!own.contains("Access-Control-Allow-Origin"), "{own}");
}

#[test]
fn a_site_without_an_address() {
    let folder = folder("embed-nowhere");
    build(&folder, &[]);
    assert!(!folder.0.join("site/article/tides/oembed.json").exists());
    let output = offprint(&folder.0, &["embed", "site"], b"");
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("--url"), "{}", output.stderr);
    let output = offprint(
        &folder.0,
        &["embed", "site", "--url", "news/", "--frame"],
        b"",
    );
    assert!(
        output.stdout.contains(" src=\"news/embed.html\" "),
        "{}",
        output.stdout
    );
}

#[test]
fn what_cannot_be_embedded() {
    let folder = folder("embed-nothing");
    for (arguments, part) in [
        (&["nowhere"][..], "no site"),
        (&["dist", "--list", "0"], "1..=100"),
        (&["dist", "--article", "a", "--list", "1"], "cannot be used"),
        (&["dist", "--url", "javascript:1"], "https:"),
        (&["dist", "--src", "https://a:b@example.org/"], "password"),
    ] {
        let output = offprint(&folder.0, &[&["embed"], arguments].concat(), b"");
        assert_eq!(output.code, 2, "{arguments:?}");
        assert!(output.stderr.contains(part), "{part}: {}", output.stderr);
    }
}
