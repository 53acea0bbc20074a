//! Collections: read in steps or at once, listed, looked up, and the articles near one. The large ones are not part of the
//! repository.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

use offprint_article::{
    Article, ArticleContent, Block, Collection, CollectionReader, Inline, Severity, read_collection,
};
use std::time::Instant;

mod data;

fn read(text: &str) -> Collection {
    read_collection(text.as_bytes().to_vec()).expect("a collection")
}

const SMALL: &str = r#"{
  "version": 1, "title": " Edition ", "description": "d", "language": "en", "base_url": "https://example.org/",
  "articles": [
    {"id": "a", "title": "A", "published": "2026-02-02", "category": "X", "tags": ["t", "u", "t"]},
    {"id": "b", "title": "B", "category": "Y", "tags": ["u"]},
    {"id": "c", "title": "C", "category": "X", "extra": {"n": [1]}, "_own": 2}
  ]
}"#;

#[test]
fn what_is_kept() {
    let collection = read(SMALL);
    assert_eq!(collection.problems(), []);
    let edition = collection.edition();
    assert_eq!(
        (edition.version, edition.title.as_deref()),
        (1, Some("Edition"))
    );
    assert_eq!(
        (edition.language.as_deref(), edition.base_url.as_deref()),
        (Some("en"), Some("https://example.org/"))
    );
    assert_eq!(
        (collection.categories(), collection.tags()),
        (
            ["X", "Y"].map(String::from).as_slice(),
            ["t", "u"].map(String::from).as_slice()
        )
    );
    let kept: Vec<_> = collection
        .entries()
        .iter()
        .map(|entry| (&*entry.id, entry.category, entry.tags.to_vec()))
        .collect();
    assert_eq!(
        kept,
        [
            ("a", Some(0), vec![0, 1]),
            ("b", Some(1), vec![1]),
            ("c", Some(0), vec![])
        ]
    );
    assert_eq!(
        collection.entries()[0]
            .published
            .map(|date| date.to_string())
            .as_deref(),
        Some("2026-02-02")
    );
    assert_eq!(
        (collection.position("b"), collection.position("d")),
        (Some(1), None)
    );
    let article = collection.article(2).expect("the article");
    assert_eq!((article.extra.len(), article.unknown.len()), (1, 1));
    assert_eq!(collection.article(3), None);
    assert_eq!(collection.bytes(), SMALL.as_bytes());
    assert_eq!(collection.newer_version(), None);
}

#[test]
fn steps_of_any_size_give_the_same() {
    let whole = read(SMALL);
    for size in [0, 1, 7, 64, 1_000, usize::MAX] {
        let mut reader = CollectionReader::new(SMALL.as_bytes().to_vec());
        let (mut last, mut n_steps) = (0, 0);
        loop {
            let progress = reader.step(size);
            assert!(progress.read >= last && progress.total == SMALL.len());
            last = progress.read;
            n_steps += 1;
            if progress.done {
                assert_eq!((progress.read, progress.articles), (SMALL.len(), 3));
                break;
            }
        }
        assert!(size > 1 || n_steps > 8, "{n_steps} steps of {size}");
        let collection = reader.finish().expect("a collection");
        assert_eq!(collection.edition(), whole.edition());
        assert_eq!(collection.article(2), whole.article(2));
    }
}

#[test]
fn nearest() {
    let articles = [
        ("tides", "2026-01-20", "Moon, ocean and tides"),
        ("bread", "2026-01-19", "Bread, flour, yeast"),
        ("waves", "2026-01-03", "Ocean waves and tides"),
        ("oven", "2026-01-02", "Baking bread at home"),
        ("stove", "2026-01-13", "Baking bread at home"),
        ("moon", "2026-01-04", "The moon, its phases"),
        ("潮", "2026-01-06", "海の潮汐"),
        ("月", "2026-01-06", "月と潮汐"),
        ("full", "", "The moon is full"),
    ];
    let list: Vec<String> = articles
        .iter()
        .map(|(id, date, title)| {
            let date = match *date {
                "" => String::new(),
                date => format!(r#""published":"{date}","#),
            };
            format!(r#"{{"id":"{id}",{date}"title":"{title}"}}"#)
        })
        .collect();
    let collection = read(&format!(
        r#"{{"version":1,"articles":[{}]}}"#,
        list.join(",")
    ));
    #[track_caller]
    fn check(collection: &Collection, id: &str, n: usize, expect: &[&str]) {
        let ix = collection.position(id).expect("an article");
        let near: Vec<&str> = collection
            .nearest(ix, n)
            .iter()
            .map(|ix| &*collection.entries()[*ix as usize].id)
            .collect();
        assert_eq!(near, expect);
    }
    check(&collection, "tides", 5, &["waves", "full", "moon"]);
    check(&collection, "tides", 1, &["waves"]);
    check(&collection, "tides", 0, &[]);
    // Of two that are equally near, the one of the nearer date.
    check(&collection, "bread", 5, &["stove", "oven"]);
    // Never a newer one, and of one date none before it in the file; what has no date is the oldest.
    check(&collection, "stove", 5, &["oven"]);
    check(&collection, "oven", 5, &[]);
    check(&collection, "moon", 5, &["full"]);
    check(&collection, "full", 5, &[]);
    check(&collection, "潮", 5, &["月"]);
    check(&collection, "月", 5, &[]);
    assert_eq!(collection.nearest(99, 5), []);
    assert_eq!(read(SMALL).nearest(0, 5), []);
}

#[test]
fn the_reference_article_is_all_there() {
    let Some(bytes) = data::read("seed/seed-collection.json") else {
        return;
    };
    let collection = read_collection(bytes).expect("a collection");
    assert_eq!(collection.problems(), []);
    let article = collection.article(0).expect("the article");
    let text = ArticleContent::of(&article).plain_text();
    assert_eq!(Some(&*text.summary), article.summary.as_deref());
    assert_eq!(text.key_points, article.key_points.join("\n"));
    // It uses no Markdown, so that each line of the source is a line of the text, once and in order.
    let sections = article.sections.iter().map(|section| section.body.as_str());
    let rest = article
        .risks
        .iter()
        .chain(&article.disclosure)
        .map(String::as_str);
    let source: Vec<&str> = sections
        .chain(rest)
        .flat_map(str::lines)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(text.body.lines().collect::<Vec<_>>(), source);
    assert_eq!((source.len(), article.related.len()), (17, 6));
}

#[test]
fn reuters() {
    let Some(bytes) = data::unpacked("corpora/reuters-21578.json.gz") else {
        return;
    };
    let start = Instant::now();
    let collection = read_collection(bytes).expect("a collection");
    println!("reuters: read in {:?}", start.elapsed());
    assert_eq!(
        (collection.entries().len(), collection.categories().len()),
        (19_771, 83)
    );
    let errors: Vec<_> = collection
        .problems()
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect();
    assert_eq!(errors, Vec::<&offprint_article::Problem>::new());
    let start = Instant::now();
    let n_found: usize = (0..50)
        .map(|ix| collection.nearest(ix * 300, 6).len())
        .sum();
    println!(
        "reuters: {n_found} nearest, {:?} each",
        start.elapsed() / 50
    );
    let start = Instant::now();
    let n_bytes: usize = (0..collection.entries().len())
        .filter_map(|ix| collection.article(ix))
        .map(|article| ArticleContent::of(&article).plain_text().body.len())
        .sum();
    println!(
        "reuters: {n_bytes} bytes of plain text in {:?}",
        start.elapsed()
    );
}

/// Every letter and digit of a Markdown source that is not markup is in the text: true of these plain texts.
#[test]
fn nothing_of_the_news_is_lost() {
    let Some(bytes) = data::unpacked("corpora/ag-news-test.json.gz") else {
        return;
    };
    let collection = read_collection(bytes).expect("a collection");
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    for ix in 0..collection.entries().len() {
        let article = collection.article(ix).expect("the article");
        let source: String = article
            .sections
            .iter()
            .map(|section| letters(&section.body))
            .collect();
        assert_eq!(
            letters(&ArticleContent::of(&article).plain_text().body),
            source,
            "{}",
            article.id
        );
    }
}

#[test]
fn digital_gov_has_what_markdown_has() {
    let Some(bytes) = data::unpacked("corpora/digital-gov.json.gz") else {
        return;
    };
    let collection = read_collection(bytes).expect("a collection");
    let articles: Vec<Article> = (0..collection.entries().len())
        .filter_map(|ix| collection.article(ix))
        .collect();
    let start = Instant::now();
    let contents: Vec<ArticleContent> = articles.iter().map(ArticleContent::of).collect();
    println!(
        "digital-gov: {} articles parsed in {:?}",
        contents.len(),
        start.elapsed()
    );
    let blocks: Vec<&Block> = contents
        .iter()
        .flat_map(|content| &content.sections)
        .flat_map(|s| &s.body.blocks)
        .collect();
    let count = |test: fn(&Block) -> bool| blocks.iter().filter(|block| test(block)).count();
    let n_lists = count(|block| matches!(block, Block::List { .. }));
    let n_tables = count(|block| matches!(block, Block::Table { .. }));
    let n_links = count(|block| match block {
        Block::Paragraph(content) => content
            .iter()
            .any(|inline| matches!(inline, Inline::Link { .. })),
        _ => false,
    });
    println!("digital-gov: {n_lists} lists, {n_tables} tables, {n_links} paragraphs with links");
    assert!(n_lists > 1_000 && n_tables > 0 && n_links > 5_000);
}
