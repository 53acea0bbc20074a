//! Whatever the input: no panic, and what was promised of the result.

use offprint_article::{
    Article, ArticleContent, Block, Date, Document, Inline, Item, SafeUrl, Section, Time, content,
    excerpt, parse_markdown, read_collection,
};
use proptest::prelude::*;

/// Bits of Markdown, so that structure comes up often.
fn markdown() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("\n\n"),
        Just("\n"),
        Just("- "),
        Just("  "),
        Just("    "),
        Just("1. "),
        Just("> "),
        Just("# "),
        Just("## "),
        Just("*"),
        Just("**"),
        Just("_"),
        Just("~~"),
        Just("`"),
        Just("```\n"),
        Just("["),
        Just("]"),
        Just("("),
        Just(")"),
        Just("!["),
        Just("[^a]"),
        Just("[^a]: "),
        Just("[b]: /x\n"),
        Just("[b]"),
        Just("<b>"),
        Just("<div>\n"),
        Just("&amp;"),
        Just("|a|b|\n|-|-|\n"),
        Just("|c|"),
        Just("---\n"),
        Just("[ ] "),
        Just("[x] "),
        Just("\\"),
        Just("https://x.org/"),
        Just("a@b.org"),
        Just("javascript:x"),
        Just("word"),
        Just("é"),
        Just("日本"),
        Just(" "),
        Just("\t"),
        Just("\u{0}"),
        Just("\r"),
    ];
    prop::collection::vec(bit, 0..60).prop_map(|bits| bits.concat())
}

/// Bits of a collection.
fn json() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(","),
        Just(":"),
        Just("\""),
        Just("\\"),
        Just("\n"),
        Just("  "),
        Just("\"articles\":["),
        Just("{\"id\":\"a\","),
        Just("{\"id\":\"b\",\"title\":\"c\"},"),
        Just("\"title\":\"t\","),
        Just("\"sections\":[{\"body\":\"b\"}],"),
        Just("1e9"),
        Just("null"),
        Just("true"),
        Just("\"\\ud800\""),
        Just("\"tags\":"),
        Just("\"published\":\"2026-02-30\","),
        Just("\"image\":\"a.png\","),
        Just("\"related\":[\"a\"],"),
        Just("\"version\":2,"),
        Just("é"),
        Just("\"x\""),
    ];
    prop::collection::vec(bit, 0..40).prop_map(|bits| bits.concat())
}

/// Depth, and what must hold everywhere.
fn inspect(document: &Document) -> usize {
    let notes = document
        .footnotes
        .iter()
        .map(|note| blocks(&note.blocks))
        .max();
    blocks(&document.blocks).max(notes.unwrap_or(0))
}

fn blocks(list: &[Block]) -> usize {
    let depth = |block: &Block| match block {
        Block::Paragraph(content) => inlines(content),
        Block::Heading { level, id, content } => {
            assert!(
                (2..=6).contains(level) && id.starts_with("op-"),
                "{level} {id}"
            );
            inlines(content)
        }
        Block::Quote(list) => blocks(list),
        Block::List { items, .. } => items
            .iter()
            .map(|Item { blocks: list, .. }| 1 + blocks(list))
            .max()
            .unwrap_or(0),
        Block::Table { align, head, rows } => {
            assert_eq!(align.len(), head.len());
            assert!(rows.iter().all(|row| row.len() == head.len()));
            head.iter()
                .chain(rows.iter().flatten())
                .map(|cell| inlines(cell))
                .max()
                .unwrap_or(0)
        }
        Block::Figure { caption, .. } => inlines(caption),
        Block::Code { .. } | Block::Rule => 0,
    };
    1 + list.iter().map(depth).max().unwrap_or(0)
}

fn inlines(list: &[Inline]) -> usize {
    let is_text = |inline: &Inline| matches!(inline, Inline::Text(_));
    assert!(
        !list
            .windows(2)
            .any(|pair| is_text(&pair[0]) && is_text(&pair[1])),
        "two texts in {list:?}"
    );
    let depth = |inline: &Inline| match inline {
        Inline::Marked(_, content) | Inline::Abbreviation { content, .. } => inlines(content),
        Inline::Link {
            target, content, ..
        } => {
            assert_eq!(SafeUrl::link(target.as_str()).as_ref(), Some(target));
            assert!(
                !content
                    .iter()
                    .any(|inner| matches!(inner, Inline::Link { .. })),
                "a link in a link"
            );
            inlines(content)
        }
        Inline::Image(image) => {
            assert_eq!(
                SafeUrl::image(image.src.as_str()).as_ref(),
                Some(&image.src)
            );
            0
        }
        Inline::FootnoteRef { number, .. } => {
            assert!(*number > 0);
            0
        }
        Inline::Text(_) | Inline::Code(_) | Inline::Break => 0,
    };
    1 + list.iter().map(depth).max().unwrap_or(0)
}

/// What a browser would take for the scheme.
fn scheme(url: &str) -> Option<String> {
    let url: String = url
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_a_collection(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_collection(bytes);
    }

    #[test]
    fn any_damaged_collection(text in json()) {
        if let Ok(collection) = read_collection(text.into_bytes()) {
            for (ix, entry) in collection.entries().iter().enumerate() {
                let article = collection.article(ix).expect("every entry has its article");
                prop_assert_eq!(&*article.id, &*entry.id);
                prop_assert_eq!(collection.position(&entry.id), Some(ix));
                prop_assert!(!article.title.is_empty());
                prop_assert!(collection.nearest(ix, 3).len() < collection.entries().len());
            }
            prop_assert_eq!(collection.n_problems(), collection.problems().len());
        }
    }

    #[test]
    fn any_markdown(text in markdown()) {
        let document = parse_markdown(&text);
        prop_assert!(inspect(&document) <= content::DEPTH_MAX as usize + 4);
        prop_assert_eq!(parse_markdown(&text), document);
    }

    #[test]
    fn any_text_as_markdown(text in any::<String>()) {
        inspect(&parse_markdown(&text));
    }

    #[test]
    fn any_article(summary in markdown(), body in markdown(), points in prop::collection::vec(markdown(), 0..4), max in 0usize..80) {
        let section = Section { heading: None, body };
        let article = Article { summary: Some(summary), key_points: points, sections: vec![section.clone(), section], ..Article::default() };
        let content = ArticleContent::of(&article);
        let numbers: Vec<u32> = content.footnotes.iter().map(|note| note.number).collect();
        prop_assert_eq!(numbers, (1..=content.footnotes.len() as u32).collect::<Vec<_>>());
        let mut ids: Vec<&String> = content.contents.iter().map(|entry| &entry.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), content.contents.len());
        let _ = content.plain_text();
        let text = excerpt(&article, max);
        prop_assert!(text.chars().count() <= max.max(1), "{} of {}: {:?}", text.chars().count(), max, text);
    }

    #[test]
    fn any_url(text in "[ \t\n\u{0}]*(java\t?script|http|https|data|blob|mailto|[a-z]*)[:/\\\\?#]{0,3}[!-~]{0,20}", base in "(https://a.org)?[/a-z.?#:]{0,12}") {
        for url in [SafeUrl::link(&text), SafeUrl::image(&text)].into_iter().flatten() {
            let seen = scheme(url.as_str());
            prop_assert!(seen.as_deref().is_none_or(|scheme| ["http", "https", "mailto", "tel", "blob", "data"].contains(&scheme)), "{:?}", url);
            prop_assert!(!url.as_str().starts_with("//"));
            if !base.starts_with("//") {
                let resolved = url.resolve(&base);
                let allowed = [scheme(url.as_str()), scheme(&base), None];
                prop_assert!(allowed.contains(&scheme(&resolved)), "{} on {} is {}", url.as_str(), base, resolved);
                prop_assert!(!resolved.starts_with("//"), "{} on {} is {}", url.as_str(), base, resolved);
            }
        }
        if let Some(url) = SafeUrl::link(&text) {
            prop_assert_eq!(SafeUrl::link(url.as_str()), Some(url));
        }
    }

    #[test]
    fn any_text_as_url_or_date(text in any::<String>()) {
        let _ = (SafeUrl::link(&text), SafeUrl::image(&text), Date::parse(&text));
    }

    #[test]
    fn dates_round_trip(
        (year, month, day) in (0i16..=9999, 1u8..=12, 1u8..=28),
        time in prop::option::of((0u8..24, 0u8..60, 0u8..60, -1439i16..=1439)),
    ) {
        let time = time.map(|(hour, minute, second, offset_minutes)| Time { hour, minute, second, offset_minutes });
        let date = Date { year, month, day, time };
        prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        let next = Date { day: day + 1, ..date };
        if day < 28 {
            prop_assert_eq!(next.sort_key() - date.sort_key(), 86_400);
        }
    }
}

#[test]
fn cut_off_anywhere_all_whole_articles_are_there() {
    for text in [
        r#"{"version":1,"articles":[{"id":"a","title":"A","related":[{"id":"x"},{"id":"y"}]},{"id":"b","title":"B","sections":[{"body":"b \" ] }"}]},{"id":"c","title":"C"}],"title":"é"}"#,
        "{\n  \"articles\": [\n    {\n      \"id\": \"a\",\n      \"title\": \"A\",\n      \"sections\": [\n        {\n          \"body\": \"x\"\n        }\n      ]\n    },\n    {\n      \"id\": \"b\",\n      \"title\": \"B\"\n    }\n  ]\n}\n",
    ] {
        let whole = read_collection(text.as_bytes().to_vec()).expect("a collection");
        let ends: Vec<usize> = (0..whole.entries().len())
            .map(|ix| {
                // An article is there from the byte on that closes it.
                (1..=text.len())
                    .find(|end| {
                        text.is_char_boundary(*end) && text[..*end].ends_with('}') && {
                            let cut = read_collection(text.as_bytes()[..*end].to_vec());
                            cut.is_ok_and(|cut| cut.article(ix) == whole.article(ix))
                        }
                    })
                    .expect("each article is read from some prefix")
            })
            .collect();
        assert!(ends.is_sorted() && !ends.is_empty());
        for end in 0..text.len() {
            let cut = read_collection(text.as_bytes()[..end].to_vec());
            for (ix, complete) in ends.iter().enumerate() {
                if end >= *complete {
                    let cut = cut.as_ref().expect("a collection");
                    assert_eq!(cut.article(ix), whole.article(ix), "cut at {end}");
                }
            }
            if let Ok(cut) = cut {
                assert!(
                    end > text.trim_end().len() - 1 || cut.n_problems() > 0,
                    "cut at {end}"
                );
                assert!(cut.entries().len() <= whole.entries().len(), "cut at {end}");
            }
        }
    }
}
