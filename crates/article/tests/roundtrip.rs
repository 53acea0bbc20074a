//! The tree written as Markdown and parsed again is the same tree.

mod data;
mod sketch;

use offprint_article::{Block, Document, Item, parse_markdown, to_markdown};
use sketch::sketch;

/// Parses, writes, parses again.
#[track_caller]
fn check(markdown: &str) {
    let document = parse_markdown(markdown);
    let written = to_markdown(&document);
    assert_eq!(
        sketch(&parse_markdown(&written)),
        sketch(&document),
        "from {markdown:?} by {written:?}"
    );
}

#[test]
fn blocks_come_back() {
    for markdown in [
        "One\n\nTwo",
        "# A\n\n## B\n\ntext\n\n# C #d",
        "> quoted\n> > deeper\n>\n> - list",
        "- a\n- b\n  - c\n  - d\n- e",
        "- a\n\n  second\n\n- b",
        "3. a\n4. b",
        "- a\n\n* b\n\n- c",
        "1. a\n\n1) b",
        "- [x] done\n- [ ] open",
        "```rust\nfn f() {}\n```",
        "    indented ``` code\n    more",
        "---\n\ntext\n\n- ***",
        "|a|b|c|\n|:-|-:|:-:|\n|1|x \\| y|`p \\| q`|\n|||",
        "||b|\n|-|-|\n|c|*d*|",
        "![alt](a.png \"A caption\")",
        "![alt](a.png)",
        "<figure><img src=a.png alt=A width=4 height=3><figcaption>B *c* <small>D</small></figcaption></figure>\n\ntext",
        "<table><tr><td>a<br>b|c</td><td><p>d</p><ul><li>e</ul></td></tr></table>",
        "A[^1] and B[^2] and A[^1].\n\n[^1]: One\n[^2]: Two\n\n    more",
    ] {
        check(markdown);
    }
}

#[test]
fn running_text_comes_back() {
    for markdown in [
        "*a* **b** ~~c~~ `d` [e](f) ![g](h)",
        "a*b*c **d**e f*g*",
        "*a*, (*b*) “*c*”.",
        "***both*** **a *b* c** *a **b** c*",
        "H<sub>2</sub>O <kbd>*a*</kbd> <abbr title=\"b & c\">d</abbr> *\\*e*f",
        "a <img src=a.png alt=\"b|c\" width=3 height=4> b",
        "line  \nbreak\\\nagain\nsoft",
        "`` a`b `` ``` `` ```",
        "[a](<b c> \"t \\\" u\") [x](a(b)c) <https://example.org/?a=1&b=2>",
        "\\*not\\* \\_a\\_ snake_case 2 * 3 [x] \\[y\\] a<b \\<b> AT&T &amp;amp; \\&copy;",
        "1986\\. A year\n\n\\- no list\n\n\\# no heading\n\n\\> no quote\n\n\\+ no\n\n1\\) no",
        "a\n\\===\n\na\n\\---",
        "5 ~ 6, \\~7\\~, ~ 8",
        "a!\\[b](c) !&#91;d",
        "`a`<code>b \\*</code> **c *\\\nd** *e*\\\n**f**<br>g",
        "[a *b*][r] [![i](j)](k)\n\n[r]: /url \"title\"",
    ] {
        check(markdown);
    }
}

#[test]
fn a_task_without_words_is_no_text() {
    let item = Item {
        checked: Some(true),
        blocks: Vec::new(),
    };
    let list = Block::List {
        start: None,
        tight: true,
        items: vec![item],
    };
    let document = Document {
        blocks: vec![list],
        footnotes: Vec::new(),
    };
    assert_eq!(to_markdown(&document), "-");
}

/// White space may become one space, and a tight list loose: the words and elements are the same.
fn tamed(sketch: String) -> String {
    let words: Vec<&str> = sketch.split_whitespace().collect();
    words
        .join(" ")
        .replace("~(", "(")
        .replace("\"\\n", "\" ")
        .replace("\\n", " ")
}

/// All examples of the specifications.
#[test]
fn specifications_come_back() {
    let mut n_read = 0;
    let mut told = String::new();
    for file in [
        "commonmark-0.31.2",
        "gfm-0.29",
        "cmark-gfm-extensions",
        "cmark-gfm-regression",
    ] {
        let Some(bytes) = data::unpacked(&format!("markdown/{file}.json.gz")) else {
            return;
        };
        let examples: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        for example in &examples {
            let markdown = example["markdown"].as_str().unwrap();
            let document = parse_markdown(markdown);
            let written = to_markdown(&document);
            let [first, second] = [sketch(&document), sketch(&parse_markdown(&written))].map(tamed);
            n_read += 1;
            if first != second {
                told.push_str(&format!(
                    "\n{file} {}: {markdown:?} by {written:?}\n  {first}\n  {second}",
                    example["example"]
                ));
            }
        }
    }
    assert!(told.is_empty(), "of {n_read}:{told}");
}

/// Real articles, with their raw HTML.
#[test]
fn real_articles_come_back() {
    let Some(bytes) = data::unpacked("corpora/digital-gov.json.gz") else {
        return;
    };
    let collection = offprint_article::read_collection(bytes).unwrap();
    let mut told = String::new();
    let mut n_different = 0;
    for ix in 0..collection.entries().len() {
        let article = collection.article(ix).unwrap();
        for section in &article.sections {
            let document = parse_markdown(&section.body);
            let written = to_markdown(&document);
            let [first, second] = [sketch(&document), sketch(&parse_markdown(&written))].map(tamed);
            if first != second {
                n_different += 1;
                let at = first
                    .bytes()
                    .zip(second.bytes())
                    .take_while(|(a, b)| a == b)
                    .count();
                let near = |text: &str| {
                    let part: String =
                        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(60)..])
                            .chars()
                            .take(160)
                            .collect();
                    part
                };
                told.push_str(&format!(
                    "\n{}:\n  {}\n  {}",
                    article.id,
                    near(&first),
                    near(&second)
                ));
            }
        }
    }
    assert_eq!(n_different, 0, "{told}");
}
