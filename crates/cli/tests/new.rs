//! `offprint new`, run as a person would.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

mod command;

use command::{Folder, offprint};
use std::fs;

#[test]
fn what_is_begun_is_without_fault() {
    let folder = Folder::new("begun");
    for (arguments, file) in [
        (&["new", "how-tides-work"][..], "how-tides-work.json"),
        (
            &[
                "new",
                "ähre",
                "-o",
                "b.json",
                "--title",
                "Ähren & \"Halme\"",
                "--category",
                "Land",
                "--language",
                "de",
            ],
            "b.json",
        ),
    ] {
        let output = offprint(&folder.0, arguments, b"");
        assert_eq!((output.code, &*output.stdout), (0, ""), "{}", output.stderr);
        // The one thing that is missing is the picture.
        let output = offprint(&folder.0, &["check", file], b"");
        assert!(
            output.stdout.contains("warning[missing-image]"),
            "{}",
            output.stdout
        );
        let allowed = ["check", "--strict", "--allow", "missing-image", file];
        let output = offprint(&folder.0, &allowed, b"");
        assert_eq!(
            (output.code, &*output.stdout),
            (0, "1 file, 1 article: nothing to say\n")
        );
    }
    let text = fs::read(folder.0.join("b.json")).expect("the file");
    let collection = article::read_collection(text).expect("an article");
    let article = collection.article(0).expect("an article");
    assert_eq!(
        (&*article.id, &*article.title),
        ("ähre", "Ähren & \"Halme\"")
    );
    assert_eq!(
        (article.category.as_deref(), article.language.as_deref()),
        (Some("Land"), Some("de"))
    );
    assert!(
        article
            .published
            .is_some_and(|date| date.year >= 2026 && date.time.is_none())
    );
    // Whoever leaves it in tells search engines that the article stands elsewhere.
    assert_eq!(article.canonical_url, None);
    let lists = [
        article.tags.len(),
        article.authors.len(),
        article.key_points.len(),
        article.sections.len(),
        article.risks.len(),
        article.related.len(),
    ];
    assert!(lists.iter().all(|n| *n > 0));
    assert!(
        article.subtitle.is_some()
            && article.summary.is_some()
            && article.image.is_some()
            && article.disclosure.is_some()
    );
}

#[test]
fn nothing_is_replaced_unless_it_is_asked_for() {
    let folder = Folder::new("replaced");
    folder.write("a.json", "mine");
    let output = offprint(&folder.0, &["new", "a"], b"");
    assert_eq!(
        (output.code, &*output.stderr),
        (2, "error: a.json is there already; --force replaces it\n")
    );
    assert_eq!(
        fs::read(folder.0.join("a.json")).expect("the file"),
        b"mine"
    );
    let output = offprint(&folder.0, &["new", "a", "--force"], b"");
    assert_eq!(output.code, 0);
    let forced = fs::read_to_string(folder.0.join("a.json")).expect("the file");
    let printed = offprint(&folder.0, &["new", "a", "-o", "-"], b"");
    assert_eq!((printed.code, printed.stdout), (0, forced));
}

#[test]
fn ids_that_are_none() {
    #[track_caller]
    fn check(id: &str, expect: &str) {
        let folder = Folder::new("ids");
        let output = offprint(&folder.0, &["new", "--", id], b"");
        assert_eq!((output.code, &*output.stderr), (2, expect));
        assert_eq!(fs::read_dir(&folder.0).expect("the folder").count(), 0);
    }
    check(
        "How tides work?",
        "error: \"How tides work?\" cannot stand in an address as it is; write how-tides-work\n",
    );
    check(
        "../a",
        "error: \"../a\" cannot stand in an address as it is; write a\n",
    );
    check("..", "error: an id needs letters or digits, found \"..\"\n");
    check("", "error: an id needs letters or digits, found \"\"\n");
    check(
        "a.JSON",
        "error: an id has no ending, the file gets it; write a\n",
    );
}

/// What `check` would refuse is not written.
#[test]
fn titles_and_languages_that_are_none() {
    #[track_caller]
    fn check(argument: &str, value: &str, expect: &str) {
        let folder = Folder::new("refused");
        let output = offprint(&folder.0, &["new", "a", argument, value], b"");
        assert_eq!((output.code, &*output.stderr), (2, expect));
        assert_eq!(fs::read_dir(&folder.0).expect("the folder").count(), 0);
    }
    check(
        "--language",
        "xx_YY",
        "error: \"xx_YY\" is no language; write it like en, de or pt-BR\n",
    );
    check(
        "--language",
        "",
        "error: \"\" is no language; write it like en, de or pt-BR\n",
    );
    check(
        "--title",
        " ",
        "error: --title is empty; leave it out to make one of the id\n",
    );
}
