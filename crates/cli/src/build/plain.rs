//! An article as a plain text: [`article_text`] writes `article.txt`.

use super::escape::is_allowed;
use super::whole::whole;
use super::{Addresses, Entry, paths};
use article::{Article, ArticleContent, Block, Document, Item, plain_text};

/// The whole article: its head, a line for each field, and its parts, divided by empty lines. Only the addresses of links
/// and pictures are left out.
pub fn article_text(addresses: &Addresses, entry: &Entry) -> String {
    let article = entry.article;
    let mut out = String::new();
    line(&mut out, &article.title);
    if let Some(subtitle) = &article.subtitle {
        line(&mut out, subtitle);
    }
    out.push('\n');
    let names: Vec<&str> = article.authors.iter().map(|author| &*author.name).collect();
    let source = article.source.as_ref().map(|source| &*source.name);
    let fields = [
        ("By", Some(names.join(", "))),
        ("Published", article.published.map(|date| date.to_string())),
        ("Updated", article.updated.map(|date| date.to_string())),
        ("Category", article.category.clone()),
        ("Tags", Some(article.tags.join(", "))),
        ("Source", source.map(str::to_string)),
        ("Address", address(addresses, article)),
    ];
    for (name, value) in fields {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            line(&mut out, &format!("{name}: {value}"));
        }
    }
    let body = text_of(&whole(article, ArticleContent::of(article)));
    if !body.is_empty() {
        out.push('\n');
        out.push_str(&body);
    }
    out
}

/// Where the original stands, or else the page.
fn address(addresses: &Addresses, article: &Article) -> Option<String> {
    let original = article.canonical_url.as_ref();
    let original = original
        .map(|url| addresses.of(url))
        .filter(|url| url.contains("://"));
    original.or_else(|| addresses.site.address(&paths::article(&article.id)))
}

/// A document as text: blocks divided by empty lines, items of lists with their marks, notes with their numbers.
pub fn text_of(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::List { start, items, .. } => list(&mut out, *start, items),
            Block::Rule => line(&mut out, "* * *"),
            block => line(&mut out, &text(std::slice::from_ref(block))),
        }
    }
    if !document.footnotes.is_empty() {
        out.push('\n');
    }
    for note in &document.footnotes {
        line(
            &mut out,
            &format!("[{}] {}", note.number, text(&note.blocks)),
        );
    }
    out
}

fn list(out: &mut String, start: Option<u64>, items: &[Item]) {
    for (ix, item) in items.iter().enumerate() {
        let mark = match start {
            Some(start) => format!("{}. ", start.saturating_add(ix as u64)),
            None => "- ".to_string(),
        };
        let indent = format!("\n{}", " ".repeat(mark.len()));
        let text = text(&item.blocks);
        line(
            out,
            &[&mark, &*text.trim_end().replace('\n', &indent)].concat(),
        );
    }
}

/// Blocks as lines.
fn text(blocks: &[Block]) -> String {
    let document = Document {
        blocks: blocks.to_vec(),
        footnotes: Vec::new(),
    };
    plain_text(&document)
}

/// Writes a text as a line, or as several.
fn line(out: &mut String, text: &str) {
    out.extend(text.trim_end().chars().filter(|c| is_allowed(*c)));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::sample::{HOSTILE, Sample, hostile};
    use serde_json::json;

    #[track_caller]
    fn check(sample: &Sample, expect: &str) {
        let addresses = Addresses {
            site: &sample.site,
            root: "../../",
        };
        assert_eq!(article_text(&addresses, &sample.entries()[0]), expect);
    }

    #[test]
    fn articles_as_text() {
        check(&Sample::article(json!({})), "A\n\n");
        let sample = Sample::article(json!({
            "title": "T", "subtitle": "S", "published": "2026-02-02", "updated": "2026-02-03T09:15:00Z", "category": "C",
            "tags": ["a", "b"], "authors": [{"name": "A"}, {"name": "B"}], "source": {"name": "P"},
            "image": {"src": "a.png", "alt": "Alt", "caption": "*Cap*"},
            "summary": "One *a*.\n\nTwo [link](https://example.com/).", "key_points": ["k\n\nl", "m"],
            "sections": [
                {"body": "Plain.[^1]\n\n[^1]: Note"},
                {"heading": "H", "body": "3. x\n4. y\n   - z\n\n```\ncode\n```\n\n---\n\n|a|b|\n|-|-|\n|c|d|"}],
            "corrections": [{"date": "2026-02-03", "text": "t"}]
        }));
        check(
            &sample.at("https://example.org/"),
            "T\nS\n\nBy: A, B\nPublished: 2026-02-02\nUpdated: 2026-02-03T09:15:00Z\nCategory: C\nTags: a, b\nSource: P\n\
             Address: https://example.org/article/a/\n\nAlt\nCap\n\nSummary\n\nOne a.\n\nTwo link.\n\nKey Points\n\n\
             - k\n  l\n- m\n\n* * *\n\nPlain.\n\nH\n\n3. x\n4. y\n   z\n\ncode\n\n* * *\n\na\tb\nc\td\n\n\
             Corrections\n\n- 2026-02-03: t\n\n* * *\n\n[1] Note\n",
        );
    }

    #[test]
    fn hostile_texts() {
        let sample = hostile();
        for (entry, title) in sample.entries().iter().zip(HOSTILE) {
            let addresses = Addresses {
                site: &sample.site,
                root: "../../",
            };
            let text = article_text(&addresses, entry);
            assert!(text.chars().all(is_allowed));
            let start = title.split(|c| !is_allowed(c)).next().unwrap();
            assert!(text.starts_with(start), "{text}");
        }
    }
}
