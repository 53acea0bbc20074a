//! `offprint check` of what a build would import, and of the pictures beside articles.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

mod command;
mod findings;

use command::{Folder, offprint};
use findings::findings;

#[test]
fn what_a_build_would_import_is_examined() {
    let folder = Folder::new("imported");
    std::fs::create_dir_all(folder.0.join("posts/images")).expect("a folder");
    folder.write("posts/images/sea.png", "png");
    folder.write(
        "posts/tides.md",
        "---\ntitle: Tides\n---\n\nSee [the moon](#/article/moom) and ![](images/sae.png).\n",
    );
    folder.write(
        "posts/moon.md",
        "---\ntitle: Moon\n---\n\n![Sea](images/sea.png)\n",
    );
    folder.write("posts/package.json", "{\"name\": \"x\"}");
    let run = |arguments: &[&str]| {
        let output = offprint(&folder.0, arguments, b"");
        (findings(&output.stdout), output.code, output.stderr)
    };
    let (found, code, errors) = run(&["check", "--format=json", "posts"]);
    let has = |line: &str| found.iter().any(|found| found.starts_with(line));
    assert!(
        has("posts/tides.md 5:5 dead-link articles[0]."),
        "{found:?}"
    );
    assert!(
        has("posts/tides.md 5:36 missing-image articles[0]."),
        "{found:?}"
    );
    assert!(
        has("posts/package.json null:null not-imported"),
        "{found:?} {errors}"
    );
    assert!(
        found
            .iter()
            .all(|found| !found.starts_with("posts/moon.md")),
        "{found:?}"
    );
    assert_eq!(code, 0);
    let human = offprint(&folder.0, &["check", "posts"], b"").stdout;
    assert!(human.contains("did you mean #/article/moon?"), "{human}");
    assert!(human.contains("did you mean images/sea.png?"), "{human}");
    // Alone, nothing is known of the others.
    let (found, ..) = run(&["check", "--format=json", "posts/tides.md"]);
    assert!(
        found.iter().all(|found| !found.contains("dead-link")),
        "{found:?}"
    );
    // An id stands for one article, whatever its file is.
    folder.write("posts/moon.json", r#"{"id":"moon","title":"M"}"#);
    let (found, code, _) = run(&["check", "--format=json", "posts"]);
    assert!(
        found
            .iter()
            .any(|found| found.starts_with("posts/moon.md null:null duplicate-id articles[0].id")),
        "{found:?}"
    );
    assert_eq!(code, 1);
}

#[test]
fn pictures_that_are_not_there() {
    let folder = Folder::new("pictures");
    std::fs::create_dir_all(folder.0.join("a/images")).expect("a folder");
    folder.write("a/images/tide.png", "png");
    let article =
        |src: &str| format!(r#"{{"id":"a","title":"A","summary":"S","sections":["![a]({src})"]}}"#);
    #[track_caller]
    fn check(folder: &Folder, text: &str, expect: &str) {
        folder.write("a/a.json", text);
        let output = offprint(&folder.0, &["check", "a/a.json"], b"");
        match expect {
            "" => assert!(
                !output.stdout.contains("missing-image"),
                "{}",
                output.stdout
            ),
            _ => assert!(output.stdout.contains(expect), "{}", output.stdout),
        }
        assert_eq!(output.code, 0);
    }
    check(&folder, &article("images/tide.png?w=3"), "");
    check(&folder, &article("https://example.org/a.png"), "");
    check(&folder, &article("/images/none.png"), "");
    check(
        &folder,
        &article("images/tides.png"),
        "warning[missing-image]: expected a picture that is there, found no images/tides.png in a\n",
    );
    check(
        &folder,
        &article("images/tides.png"),
        "did you mean images/tide.png?",
    );
    check(
        &folder,
        &article("ferry.jpg"),
        "put the picture at ferry.jpg in a, or correct the address",
    );
    check(
        &folder,
        &article("../a.png"),
        "lies outside of the folder of the article",
    );
    // From standard input nothing stands beside it.
    let output = offprint(&folder.0, &["check", "-"], article("b.png").as_bytes());
    assert!(
        !output.stdout.contains("missing-image"),
        "{}",
        output.stdout
    );
}
