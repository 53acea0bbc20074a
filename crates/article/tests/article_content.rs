//! Whole articles: the order of notes and headings, excerpts, reading times, and the caps.

use offprint_article::{
    Article, ArticleContent, Block, Correction, Document, Image, Inline, ReadingTime, SafeUrl,
    Section, content, excerpt, parse_markdown, plain_text, words,
};

mod sketch;

fn section(heading: &str, body: &str) -> Section {
    Section {
        heading: (!heading.is_empty()).then(|| heading.to_string()),
        body: body.to_string(),
    }
}

#[test]
fn parts_share_ids_notes_and_levels() {
    let article = Article {
        image: SafeUrl::image("a.png").map(|src| Image {
            src,
            alt: None,
            caption: Some("Caption[^1]\n\n[^1]: note one".to_string()),
            credit: None,
            width: None,
            height: None,
            srcset: Vec::new(),
        }),
        summary: Some("Summary[^1]\n\n[^1]: note two".to_string()),
        key_points: vec!["*Point*".to_string()],
        sections: vec![
            section("", "# Same\n\ntext[^a]\n\n[^a]: note three"),
            section("Same", "# Same\n## Deeper"),
            section("", "## Same\n\n- # In a list"),
        ],
        risks: vec!["Risk".to_string()],
        disclosure: Some("Disclosure[^1]\n\n[^1]: note four".to_string()),
        corrections: vec![Correction {
            date: None,
            text: "Correction".to_string(),
        }],
        ..Article::default()
    };
    let content = ArticleContent::of(&article);
    let contents: Vec<String> = content
        .contents
        .iter()
        .map(|entry| format!("{} {} {}", entry.level, entry.id, entry.text))
        .collect();
    assert_eq!(
        contents,
        [
            "2 op-same Same",
            "2 op-same-2 Same",
            "3 op-same-3 Same",
            "4 op-deeper Deeper",
            "2 op-same-4 Same",
            "2 op-in-a-list In a list"
        ]
    );
    let ids: Vec<&str> = content
        .sections
        .iter()
        .map(|section| section.id.as_str())
        .collect();
    assert_eq!(ids, ["op-section", "op-same-2", "op-section-2"]);
    let notes: Vec<String> = content
        .footnotes
        .iter()
        .map(|note| {
            format!(
                "{} {} {}",
                note.number,
                note.ref_ids[0],
                sketch::blocks(&note.blocks)
            )
        })
        .collect();
    assert_eq!(
        notes,
        [
            "1 op-ref_1 P(note one)",
            "2 op-ref_2 P(note two)",
            "3 op-ref_3 P(note three)",
            "4 op-ref_4 P(note four)"
        ]
    );
    assert!(
        content
            .sections
            .iter()
            .all(|section| section.body.footnotes.is_empty())
    );
    let text = content.plain_text();
    assert_eq!((&*text.summary, &*text.key_points), ("Summary", "Point"));
    assert_eq!(
        text.body,
        "Same\ntext\nSame\nSame\nDeeper\nSame\nIn a list\nRisk\nDisclosure\nCorrection\nCaption\nnote one\nnote two\nnote \
         three\nnote four"
    );
    assert_eq!(
        ArticleContent::of(&Article::default()),
        ArticleContent::default()
    );
}

#[test]
fn excerpts() {
    #[track_caller]
    fn check(article: &Article, max_chars: usize, expect: &str) {
        assert_eq!(excerpt(article, max_chars), expect);
    }
    let mut article = Article::default();
    check(&article, 20, "");
    article.sections = vec![section(
        "Heading",
        "# Title\n\n```\ncode\n```\n\n*First* [para](x)\ngraph.\n\nSecond.",
    )];
    check(&article, 100, "First para graph.");
    check(&article, 17, "First para graph.");
    check(&article, 16, "First para…");
    check(&article, 11, "First para…");
    check(&article, 10, "First…");
    check(&article, 3, "Fi…");
    check(&article, 1, "…");
    check(&article, 0, "");
    article.key_points = vec!["A **point**".to_string()];
    check(&article, 100, "A point");
    article.subtitle = Some("A *subtitle*, plain".to_string());
    check(&article, 100, "A *subtitle*, plain");
    check(&article, 15, "A *subtitle*…");
    article.summary = Some("One.\n\nTwo, three".to_string());
    check(&article, 100, "One. Two, three");
    check(&article, 10, "One. Two…");
    article.summary = Some("日本語の文章です。次の文。".to_string());
    check(&article, 9, "日本語の文章です…");
    check(&article, 13, "日本語の文章です。次の文。");
    article.summary = Some("word ".repeat(1_000_000));
    let text = excerpt(&article, 100);
    assert!(
        text.ends_with("word…") && (90..=100).contains(&text.chars().count()),
        "{text}"
    );
}

#[test]
fn reading_times() {
    #[track_caller]
    fn check(text: &str, language: Option<&str>, fast: u32, slow: u32) {
        assert_eq!(ReadingTime::of(text, language), ReadingTime { fast, slow });
    }
    check("", None, 1, 1);
    check(&"word ".repeat(2_280), Some("en-GB"), 9, 12);
    check(&"word ".repeat(2_280), None, 9, 12);
    check(&"Wort ".repeat(1_790), Some("DE"), 9, 11);
    check(&"слово ".repeat(1_840), Some("ru"), 9, 12);
    check(&"word ".repeat(1_840), Some("xx"), 9, 12);
    check(&"文".repeat(2_550), Some("zh-Hant"), 9, 11);
    check(&"文".repeat(3_570), Some("ja"), 9, 12);
    check(&"คำ".repeat(3_060), Some("th"), 9, 12);
    assert_eq!(words("It’s $7.5 for co-op — 日本, “and” … so"), 8);
}

/// How deep a document is, by its sketch.
fn depth(document: &Document) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for c in sketch::sketch(document).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[test]
fn deep_content_is_flat_and_complete() {
    #[track_caller]
    fn check(input: &str) {
        let document = parse_markdown(input);
        assert!(
            depth(&document) <= content::DEPTH_MAX as usize + 2,
            "{}",
            depth(&document)
        );
        assert!(
            plain_text(&document).contains("innermost"),
            "{}",
            sketch::sketch(&document)
        );
    }
    check(&(">".repeat(10_000) + " innermost"));
    check(&("- ".repeat(3_000) + "innermost"));
    check(&("1. ".repeat(3_000) + "innermost"));
    check(&("*a **b ".repeat(3_000) + "innermost" + &"** *".repeat(3_000)));
    check(&("[".repeat(50_000) + "innermost" + &"](x)".repeat(50_000)));
    check(&("![".repeat(20_000) + "innermost" + &"](x)".repeat(20_000)));
    check(
        &("> ".repeat(30)
            + "|a|b|\n"
            + &"> ".repeat(30)
            + "|-|-|\n"
            + &"> ".repeat(30)
            + "|c|innermost|"),
    );
}

#[test]
fn many_nodes_are_capped_and_nothing_is_lost() {
    #[track_caller]
    fn check(input: &str, word: &str, n_words: usize) {
        let document = parse_markdown(input);
        assert!(
            nodes(&document.blocks) <= content::NODES_MAX as usize + 100,
            "{}",
            nodes(&document.blocks)
        );
        assert_eq!(plain_text(&document).matches(word).count(), n_words);
    }
    check(&"*x* ".repeat(150_000), "x", 150_000);
    check(&"- x\n".repeat(150_000), "x", 150_000);
    check(&"x\n\n".repeat(250_000), "x", 250_000);
    check(
        &("|x|x|\n|-|-|\n".to_string() + &"|x|x|\n".repeat(100_000)),
        "x",
        200_002,
    );
    check(&"www.x.org ".repeat(100_000), "www.x.org", 100_000);
    check(&("x[^1] ".repeat(250_000) + "\n\n[^1]: note"), "x", 250_000);
    check(&("[x] ".repeat(100_000) + "\n\n[x]: /y"), "x", 100_000);
}

fn nodes(blocks: &[Block]) -> usize {
    let of_block = |block: &Block| match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => count(content),
        Block::Quote(blocks) => nodes(blocks),
        Block::List { items, .. } => items.iter().map(|item| 1 + nodes(&item.blocks)).sum(),
        Block::Table { head, rows, .. } => {
            rows.len()
                + head
                    .iter()
                    .chain(rows.iter().flatten())
                    .map(|cell| 1 + count(cell))
                    .sum::<usize>()
        }
        Block::Figure { caption, .. } => count(caption),
        Block::Code { .. } | Block::Rule => 0,
    };
    blocks.len() + blocks.iter().map(of_block).sum::<usize>()
}

fn count(inlines: &[Inline]) -> usize {
    let of_inline = |inline: &Inline| match inline {
        Inline::Marked(_, content) | Inline::Abbreviation { content, .. } => count(content),
        Inline::Link { content, .. } => count(content),
        _ => 0,
    };
    inlines.len() + inlines.iter().map(of_inline).sum::<usize>()
}
