//! `llms.txt` (llmstxt.org): [`write()`], a list of the articles for programs that read.

use super::{Addresses, Entry, Site, paths};
use article::{Block, Document, Inline, Item, SafeUrl, to_markdown};
use std::io::{self, Write};

/// Writes the list. Entries are to come category by category: a heading stands wherever it changes. Each leads to the
/// plain text of its article.
pub fn write<'a>(
    site: &Site,
    entries: impl IntoIterator<Item = Entry<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# {}", escaped(&site.title))?;
    if let Some(description) = &site.description {
        writeln!(out, "\n> {}", escaped(description))?;
    }
    let addresses = Addresses { site, root: "./" };
    let mut category = None;
    for entry in entries {
        let own = entry.article.category.as_deref().unwrap_or("Articles");
        if category != Some(own) {
            writeln!(out, "\n## {}\n", escaped(own))?;
            category = Some(own);
        }
        write_entry(&addresses, &entry, out)?;
    }
    Ok(())
}

fn write_entry(addresses: &Addresses, entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    let address = addresses.path(&paths::article_text(&entry.article.id));
    let title = Inline::Text(one_line(&entry.article.title));
    let mut line = match SafeUrl::link(&address) {
        Some(target) => vec![Inline::Link {
            target,
            title: None,
            content: vec![title],
        }],
        None => vec![title],
    };
    if !entry.excerpt.is_empty() {
        line.push(Inline::Text(format!(": {}", one_line(entry.excerpt))));
    }
    let list = Block::List {
        start: None,
        tight: true,
        items: vec![Item {
            checked: None,
            blocks: vec![Block::Paragraph(line)],
        }],
    };
    writeln!(out, "{}", markdown(list))
}

/// A plain text as Markdown that shows it as it is.
fn escaped(text: &str) -> String {
    markdown(Block::Paragraph(vec![Inline::Text(one_line(text))]))
}

fn markdown(block: Block) -> String {
    let document = Document {
        blocks: vec![block],
        footnotes: Vec::new(),
    };
    to_markdown(&document).trim_end().to_string()
}

fn one_line(text: &str) -> String {
    let allowed: String = text
        .chars()
        .filter(|c| super::escape::is_allowed(*c))
        .collect();
    allowed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::sample::{Sample, hostile};
    use article::{parse_markdown, plain_text};
    use serde_json::json;

    fn written(sample: &Sample) -> String {
        let mut out = Vec::new();
        write(&sample.site, sample.entries(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn categories_and_excerpts() {
        let mut sample = Sample::of(
            &json!({"version": 1, "title": "S", "description": "D", "articles": [
                {"id": "a", "title": "A [1]", "category": "C"},
                {"id": "b", "title": "B", "category": "C", "summary": "*Sum*"},
                {"id": "c", "title": "C_*_", "subtitle": "# not a heading"},
            ]}),
        );
        let expect = "# S\n\n> D\n\n## C\n\n- [A \\[1\\]](./article/a/article.txt)\n- [B](./article/b/article.txt): Sum\n\n\
            ## Articles\n\n- [C\\_\\*\\_](./article/c/article.txt): # not a heading\n";
        assert_eq!(written(&sample), expect);
        sample = sample.at("https://example.org/");
        assert_eq!(
            written(&sample),
            expect.replace("./", "https://example.org/")
        );
    }

    #[test]
    fn hostile_titles_are_links_in_one_line() {
        let sample = hostile();
        let text = written(&sample);
        let document = parse_markdown(&text);
        let n_links = document
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::List { .. }))
            .count();
        assert_eq!(n_links, sample.articles.len(), "{text}");
        let shown = plain_text(&document);
        for (article, ..) in &sample.articles {
            assert!(shown.contains(&one_line(&article.title)), "{shown}");
        }
    }
}
