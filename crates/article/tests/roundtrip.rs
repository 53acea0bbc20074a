//! The tree written as Markdown and parsed again is the same tree.

mod data;
mod sketch;

use offprint_article::{parse_markdown, to_markdown};
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
        "[a *b*][r] [![i](j)](k)\n\n[r]: /url \"title\"",
    ] {
        check(markdown);
    }
}
