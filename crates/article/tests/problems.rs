//! Wrong input: what is shown of it, and what is said about it.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

use offprint_article::{Article, Severity, Unreadable, read_collection};

/// Of an article with these members behind id and title: what is said, and the article.
#[track_caller]
fn check(members: &str, problems: &[&str]) -> Article {
    let text = format!(r#"{{"version":1,"articles":[{{"id":"a","title":"A",{members}}}]}}"#);
    let collection = read_collection(text.into_bytes()).expect("a collection");
    let found: Vec<String> = collection
        .problems()
        .iter()
        .map(|problem| {
            let name = problem.article.as_ref().expect("the article is named");
            assert_eq!((name.ix, &*name.title), (0, "A"));
            let place = format!("articles[0].{}", "");
            let severity = if problem.severity == Severity::Error {
                "E"
            } else {
                "W"
            };
            let text = problem.to_string();
            let (path, rest) = text.split_once(" (line 1, column ").expect("a place");
            let (_, rest) = rest.split_once("): ").expect("a place");
            format!("{severity} {}: {rest}", path.trim_start_matches(&place))
        })
        .collect();
    assert_eq!(found, problems);
    collection.article(0).expect("the article")
}

#[test]
fn texts() {
    let article = check(
        r#""subtitle":"  b \n","category":"","summary":null,"tags":[" x ","",null]"#,
        &[],
    );
    assert_eq!(article.subtitle.as_deref(), Some("b"));
    assert_eq!(
        (article.category, article.summary, article.tags),
        (None, None, vec!["x".to_string()])
    );
    let article = check(
        r#""subtitle":2026"#,
        &[r#"W subtitle: expected a text, found the number 2026; write "2026""#],
    );
    assert_eq!(article.subtitle.as_deref(), Some("2026"));
    let article = check(
        r#""summary":["b","c"]"#,
        &["W summary: expected a text, found a list; write one text"],
    );
    assert_eq!(article.summary.as_deref(), Some("b\n\nc"));
    let article = check(
        r#""summary":{"b":1}"#,
        &["E summary: expected a text, found an object"],
    );
    assert_eq!(article.summary, None);
    check(
        "\"subtitle\":\"a\u{202e}b\"",
        &[
            "W subtitle: expected plain text, found invisible characters that turn the direction of the text; remove them: \
           the reader sets each text apart by its own direction",
        ],
    );
    let long = format!(r#""summary":"{}""#, "word ".repeat(300_000));
    let article = check(
        &long,
        &["W summary: expected a text of at most 1024 KiB, found 1464 KiB; divide it"],
    );
    assert_eq!(article.summary.map(|text| text.len()), Some(1_499_999));
    let article = check(r#""disclosure":"\n\n    code\n \n""#, &[]);
    assert_eq!(article.disclosure.as_deref(), Some("    code"));
}

#[test]
fn a_string_where_a_list_belongs() {
    let article = check(
        r#""risks":"one, two""#,
        &[r#"E risks: expected a list of texts, found the text "one, two"; write ["…"]"#],
    );
    assert_eq!(article.risks, ["one, two"]);
    let article = check(
        r#""tags":7,"key_points":[1,{}],"risks":true"#,
        &[
            "E tags: expected a list of texts, found the number 7; write [\"…\"]",
            "W key_points[0]: expected a text, found the number 1; write \"1\"",
            "E key_points[1]: expected a text, found an object",
            "E risks: expected a list of texts, found true",
        ],
    );
    assert_eq!(
        (article.tags, article.key_points, article.risks),
        (vec!["7".into()], vec!["1".into()], vec![])
    );
    let article = check(
        r#""authors":"Desk","source":"Wire","image":"a.png","sections":"Body","related":["b","A title"],"corrections":{"text":"c"}"#,
        &[
            r#"E authors: expected a list of authors, found the text "Desk"; write ["…"]"#,
            r#"W authors[0]: expected an author or source (an object), found the text "Desk"; write {"name": "…"}"#,
            r#"W source: expected an author or source (an object), found the text "Wire"; write {"name": "…"}"#,
            r#"W image: expected an image (an object), found the text "a.png"; write {"src": "…"}"#,
            r#"E sections: expected a list of sections, found the text "Body"; write ["…"]"#,
            r#"W sections[0]: expected a section (an object), found the text "Body"; write {"body": "…"}"#,
            r#"W related[0]: expected a related article (an object), found the text "b"; write {"id": "…"}"#,
            r#"W related[1]: expected a related article (an object), found the text "A title"; write {"title": "…"}"#,
            "E corrections: expected a list of corrections, found an object; write [{…}]",
        ],
    );
    assert_eq!(article.authors[0].name, "Desk");
    assert_eq!(
        article.source.map(|source| source.name).as_deref(),
        Some("Wire")
    );
    assert_eq!(
        article
            .image
            .map(|image| image.src.as_str().to_string())
            .as_deref(),
        Some("a.png")
    );
    assert_eq!(article.sections[0].body, "Body");
    assert_eq!(article.related[0].id.as_deref(), Some("b"));
    assert_eq!(article.related[1].title.as_deref(), Some("A title"));
    assert_eq!(article.corrections[0].text, "c");
}

#[test]
fn dates_numbers_addresses() {
    let article = check(
        r#""published":"2026-13-45","updated":20260202"#,
        &[
            r#"E published: expected a date, found the text "2026-13-45"; there is no month 13; months are 01 to 12"#,
            "E updated: expected a date, found the number 20260202; write a date as 2026-02-28, or with time and zone as \
             2026-02-28T09:15:00Z",
        ],
    );
    assert_eq!((article.published, article.updated), (None, None));
    let article = check(
        r#""canonical_url":"javascript:alert(1)","authors":[{"name":"B","url":"ftp://x.org"}]"#,
        &[
            r#"E canonical_url: expected a safe address, found the text "javascript:alert(1)"; allowed are https:, http:, mailto:, tel: and relative addresses"#,
            r#"E authors[0].url: expected a safe address, found the text "ftp://x.org"; allowed are https:, http:, mailto:, tel: and relative addresses"#,
        ],
    );
    assert_eq!((article.canonical_url, article.authors.len()), (None, 1));
    let article = check(
        r#""image":{"src":"a.png","width":"800px","height":0,"srcset":[{"src":"b.png"},{"src":"c.png","width":1.5},{"src":"d.png","width":2}]}"#,
        &[
            r#"W image.width: expected a whole number above 0, found the text "800px"; write 800 without quotation marks"#,
            "E image.height: expected a whole number above 0, found the number 0",
            "E image.srcset[0]: expected an image of another width with `width`, found none; add `width`",
            "E image.srcset[1].width: expected a whole number above 0, found the number 1.5",
        ],
    );
    let image = article.image.expect("the image");
    assert_eq!(
        (image.width, image.height, image.srcset.len()),
        (Some(800), None, 1)
    );
    let article = check(
        r#""image":{"alt":"b"},"language":"not a tag""#,
        &[
            "E image: expected an image with `src`, found none; add `src`",
            r#"E language: expected a language tag, found the text "not a tag"; write en, de, pt-BR or zh-Hant"#,
        ],
    );
    assert_eq!((article.image, article.language), (None, None));
}

#[test]
fn unknown_names() {
    let article = check(
        r#""keypoints":["b"],"keyPoints":1,"titel":"c","body":"d","mine":2,"_own":3,"sections":[{"markdown":"e","headng":"f","mine":1,"body":"g"}]"#,
        &[
            "E sections[0].markdown: expected a field of a section, found the unknown name `markdown`; did you mean `body`?",
            "E sections[0].headng: expected a field of a section, found the unknown name `headng`; did you mean `heading`?",
            "W sections[0].mine: expected a field of a section, found the unknown name `mine`; it is kept but not shown; begin \
             the name of what is your own with `_`",
            "E keypoints: expected a field of an article, found the unknown name `keypoints`; did you mean `key_points`?",
            "E keyPoints: expected a field of an article, found the unknown name `keyPoints`; did you mean `key_points`?",
            "E titel: expected a field of an article, found the unknown name `titel`; did you mean `title`?",
            "E body: expected a field of an article, found the unknown name `body`; did you mean `sections`?",
            "W mine: expected a field of an article, found the unknown name `mine`; it is kept but not shown; put what is your own \
             into `extra`",
        ],
    );
    let names: Vec<&str> = article
        .unknown
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        names,
        ["keypoints", "keyPoints", "titel", "body", "mine", "_own"]
    );
    assert_eq!(article.sections[0].body, "g");
}

#[test]
fn slips_in_json() {
    check_file(
        "{\"version\":1,\"articles\":[{\"id\":\"a\",\"title\":\"A\",\"tags\":[\"b\",],\"extra\":{\"n\":9007199254740993},\n\
         \"subtitle\":\"x\",\"subtitle\":\"y\" \"disclosure\":\"\\ud800\\x\",\n\"summary\":\"c\nd\"} {\"id\":\"b\",\"title\":\"B\"},],\"title\":\"\\ud800\",}",
        &["A", "B"],
        &[
            "articles[0].tags (line 1, column 59): expected another value after the comma, found a closing bracket; remove the comma \
             before the bracket",
            "articles[0].extra.n (line 1, column 75): expected a whole number up to 9007199254740992, found a larger one, which many \
             programs round; write it as a text, in quotation marks",
            "articles[0].disclosure (line 2, column 31): expected a comma between two values, found none; put a comma behind the \
             value before this one",
            "articles[0].disclosure (line 2, column 45): expected a whole character, found half of a surrogate pair; write the \
             character itself instead of \\u…",
            "articles[0].disclosure (line 2, column 51): expected one of the escapes of JSON, found a backslash before something \
             else; write a backslash as \\\\",
            "articles[0].summary (line 3, column 13): expected a text in one line, found a line break or control character inside a \
             text; write a line break as \\n and a tab as \\t",
            "articles[0].subtitle (line 2, column 16): expected each name once in an object, found a name for the second time; the \
             last one counts; remove the other",
            "the file (line 4, column 5): expected a comma between two values, found none; put a comma behind the value before this \
             one",
            "the file (line 4, column 27): expected another value after the comma, found a closing bracket; remove the comma before \
             the bracket",
            "title (line 4, column 39): expected a whole character, found half of a surrogate pair; write the character itself \
             instead of \\u…",
            "the file (line 4, column 46): expected another value after the comma, found a closing bracket; remove the comma before \
             the bracket",
        ],
    );
}

/// Of a whole file: titles, and what is said.
#[track_caller]
fn check_file(text: &str, titles: &[&str], problems: &[&str]) {
    let collection = read_collection(text.as_bytes().to_vec()).expect("a collection");
    let found: Vec<String> = collection
        .problems()
        .iter()
        .map(|problem| problem.to_string())
        .collect();
    assert_eq!(found, problems);
    let articles: Vec<Article> = (0..collection.entries().len())
        .filter_map(|ix| collection.article(ix))
        .collect();
    assert_eq!(
        articles
            .iter()
            .map(|article| &*article.title)
            .collect::<Vec<_>>(),
        titles
    );
}

#[test]
fn articles_without_names() {
    check_file(
        r#"{"version":1,"articles":[{"id":"a"},{"title":"Two Words!"},{},{"id":"x y","title":"T"},{"id":"a","title":"B"},{"id":"a","title":"C"}]}"#,
        &["Untitled", "Two Words!", "Untitled", "T", "B", "C"],
        &[
            "articles[0].title (line 1, column 26): expected a title, found none; it is shown as “Untitled”; add \"title\": \"…\"",
            "articles[1].id (line 1, column 37): expected an id, found none; add \"id\": \"two-words\": an id made from the title \
             changes with it",
            "articles[2].title (line 1, column 60): expected a title, found none; it is shown as “Untitled”; add \"title\": \"…\"",
            "articles[2].id (line 1, column 60): expected an id, found none; add \"id\": \"untitled\": an id made from the title \
             changes with it",
            "articles[3].id (line 1, column 69): expected an id of letters, digits and hyphens, found the text \"x y\"; write \
             \"x-y\"",
            "articles[4].id (line 1, column 94): expected an id that no other article has, found the id \"a\" again; “Untitled” \
             (articles[0]) has it; it is listed as \"a-2\"; give each article an id of its own",
            "articles[5].id (line 1, column 117): expected an id that no other article has, found the id \"a\" again; “Untitled” \
             (articles[0]) has it; it is listed as \"a-3\"; give each article an id of its own",
        ],
    );
}

#[test]
fn forms_of_collections() {
    check_file(r#"{"id":"a","title":"A"}"#, &["A"], &[]);
    check_file(
        r#"{"title":"A","version":1,"id":"a","sections":[]}"#,
        &["A"],
        &[],
    );
    check_file(
        r#"[{"id":"a","title":"A"}]"#,
        &["A"],
        &[
            "the file (line 1, column 1): expected a collection (an object), found a list of articles alone; write {\"version\": 1, \
           \"articles\": […]}",
        ],
    );
    check_file(
        r#"{"articles":{"id":"a","title":"A"},"langage":"en"}"#,
        &["A"],
        &[
            "articles (line 1, column 13): expected a list of articles, found an object; write [{…}]",
            "langage (line 1, column 36): expected a field of a collection, found the unknown name `langage`; did you mean \
             `language`?",
            "version (line 1, column 1): expected a version, found none; version 1 is taken; write \"version\": 1",
        ],
    );
    check_file(r#"{"version":1,"articles":[]}"#, &[], &[]);
    check_file(
        r#"{"id":"a","title":"A","title":"B"}"#,
        &["B"],
        &[
            "title (line 1, column 23): expected each name once in an object, found a name for the second time; the last one \
             counts; remove the other",
        ],
    );
    check_file(
        r#"{"version":"1","articles":[3,{"id":"a","title":"A"}],"base_url":"example.org"}"#,
        &["A"],
        &[
            "articles[0] (line 1, column 28): expected an article (an object), found the number 3",
            "version (line 1, column 12): expected a whole number above 0, found the text \"1\"; version 1 is taken; write \
             \"version\": 1",
            "base_url (line 1, column 65): expected an address that begins with https: or http:, found the text \"example.org\"; \
             write https://example.org/ with the slash at its end",
        ],
    );
    check_file(
        "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\"}",
        &["A"],
        &[
            "the file (line 2, column 1): expected the end of the file, found `{`; remove what stands behind the end",
        ],
    );
}

#[test]
fn damaged_articles_hide_no_others() {
    check_file(
        "{\"version\":1,\"articles\":[\n  {\n    \"id\": \"a\",\n    \"title\": \"A\"\n  },\n  {\n    \"id\": \"b\",\n    \"title\": \"B\" the rest\",\n    \"tags\": [\"}\"]\n  },\n  {\n    \"id\": \"c\",\n    \"title\": \"C\"\n  }\n]}",
        &["A", "B", "C"],
        &[
            "articles[1].title (line 8, column 18): expected a comma or the closing `}`, found `t`; what stands before this place is \
           shown; a quotation mark inside a text is written \\\"",
        ],
    );
    check_file(
        r#"{"version":1,"articles":[{"id":"a","title":"A","tags":["x"},{"id":"b","title":"B"}]}"#,
        &["A", "B"],
        &[
            "articles[0].tags (line 1, column 59): expected a comma or the closing `]`, found `}`; what stands before this place is \
           shown; a quotation mark inside a text is written \\\"",
        ],
    );
    check_file(
        r#"{"version":1,"articles":[{"id":"a","title":"A","summary":"cut of"#,
        &["A"],
        &[
            "articles[0].summary (line 1, column 65): expected the closing quotation mark of a text, found the end of the file; the \
             file ends early: it is damaged or was not loaded to its end",
        ],
    );
    check_file(
        r#"{"version":1,"articles":[{"id":"a","title":"A",{"id":"b","title":"B"},{"id":"c","title":"C"}]}"#,
        &["A", "B", "C"],
        &[
            "articles[0] (line 1, column 48): expected a field name in quotation marks, found `{`; what stands before this place \
             is shown; a quotation mark inside a text is written \\\"",
        ],
    );
    check_file(
        "{\"version\":1,\"articles\":[{\"id\":\"a\",\"title\":\"A\"},",
        &["A"],
        &[
            "the file (line 1, column 49): expected an article, found the end of the file; the file ends early: it is damaged or \
           was not loaded to its end",
        ],
    );
    check_file(
        "{\"version\":1,\"title\":oops,\"articles\":[{\"id\":\"a\",\"title\":\"A\"}]}",
        &["A"],
        &[
            "title (line 1, column 22): expected a value, found `o`; write null, true or false, or put a text in \
             double quotation marks",
        ],
    );
}

#[test]
fn a_newer_version() {
    let text = r#"{"articles":[{"id":"a","title":"A","summary":"b","canonical_url":"https://x.org"}],"version":2}"#;
    let collection = read_collection(text.as_bytes().to_vec()).expect("a collection");
    assert_eq!(collection.newer_version(), Some(2));
    let article = collection.article(0).expect("the article");
    assert_eq!((&*article.title, article.summary), ("A", None));
    assert_eq!(
        article.canonical_url.expect("the link").as_str(),
        "https://x.org"
    );
    assert_eq!(
        collection.problems()[0].to_string(),
        "version (line 1, column 94): expected version 1, found version 2; only titles and links are shown; a newer Offprint \
         shows all"
    );
}

#[test]
fn unreadable_files() {
    #[track_caller]
    fn check(bytes: &[u8], expect: &str) {
        let error = read_collection(bytes.to_vec())
            .err()
            .map(|error| error.to_string());
        assert!(
            error
                .as_ref()
                .is_some_and(|error| error.starts_with(expect)),
            "{error:?}"
        );
    }
    check(b"", "the file is empty");
    check(b"\xef\xbb\xbf \n", "the file is empty");
    check(b"\x1f\x8b\x08", "the file is packed (gzip)");
    check(b"\xff\xfe{\0", "the file is written in UTF-16");
    check(b"[\0]\0", "the file is written in UTF-16");
    check(
        b" <!DOCTYPE html>",
        "expected a collection of articles in JSON, found a web page",
    );
    check(
        b"\n hello",
        "expected a collection of articles in JSON, found `h` (line 2, column 2)",
    );
    check(
        b"{title: 1}",
        "expected a collection of articles in JSON, found `t` (line 1, column 2)",
    );
    check(
        b"[1, oops",
        "expected a collection of articles in JSON, found `o` (line 1, column 5)",
    );
    check(
        b"12",
        "expected a collection of articles, found the number 12",
    );
    check(
        b"\"x\"",
        "expected a collection of articles, found the text \"x\"",
    );
    check(
        b"{}",
        "expected a collection of articles, found an empty object",
    );
    check(
        b"[1]",
        "expected a collection of articles, found a list without articles",
    );
    check(
        b"{\"a\":1,\"b\":2}",
        "expected a collection of articles, found an object with `a`, `b`",
    );
    check(
        br#"{"title":"a","version":"https://jsonfeed.org/version/1.1"}"#,
        "expected a collection of articles, found a JSON Feed without `items`",
    );
    check(
        br#"{"version":"https://jsonfeed.org/version/2","title":"a","items":[{"id":"a"}]}"#,
        "expected a collection of articles, found a JSON Feed without `items`, or of a version that is not 1",
    );
    let html = read_collection(b"<html>".to_vec()).err();
    assert!(matches!(
        html,
        Some(Unreadable::NotJson {
            looks_like_html: true,
            line: 1,
            column: 1,
            ..
        })
    ));
}

#[test]
fn five_megabytes_in_one_paragraph() {
    let text = format!(
        r#"{{"id":"a","title":"A","sections":[{{"body":"{}"}}]}}"#,
        "word ".repeat(1_000_000)
    );
    let collection = read_collection(text.into_bytes()).expect("a collection");
    assert_eq!(collection.problems().len(), 1);
    let article = collection.article(0).expect("the article");
    assert!(offprint_article::excerpt(&article, 100).starts_with("word word"));
    let content = offprint_article::ArticleContent::of(&article);
    assert_eq!(
        offprint_article::words(&content.plain_text().body),
        1_000_000
    );
}

#[test]
fn a_thousand_problems_are_kept_and_all_are_counted() {
    let articles = vec!["{}"; 1_000].join(",");
    let collection = read_collection(format!("[{articles}]").into_bytes()).expect("a collection");
    assert_eq!(
        (collection.problems().len(), collection.n_problems()),
        (1_000, 3_000)
    );
    assert_eq!(collection.entries().len(), 1_000);
    assert_eq!(&*collection.entries()[999].id, "untitled-1000");
}

/// The lines of docs/format.md about parts that lack what they need.
#[test]
fn parts_that_lack_what_they_need() {
    let article = check(
        r#""authors":[{"url":"https://x.org"},{}],"source":{"name":""},"corrections":[{"date":"2026-02-02"}],"related":[{"url":"https://x.org"},{"excerpt":"e"}]"#,
        &[
            "E authors[0]: expected an author or source with `name`, found none; add `name`",
            "E authors[1]: expected an author or source with `name`, found none; add `name`",
            "E source: expected an author or source with `name`, found none; add `name`",
            "E corrections[0]: expected a correction with `text`, found none; add `text`",
            "E related[0]: expected a related article with `id` or `title`, found none; add `id` or `title`",
            "E related[1]: expected a related article with `id` or `title`, found none; add `id` or `title`",
        ],
    );
    assert_eq!(article.authors[0].name, "https://x.org");
    assert_eq!((article.authors.len(), article.source), (1, None));
    assert_eq!((article.corrections.len(), article.related.len()), (0, 1));
}
