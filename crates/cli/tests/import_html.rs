//! Whatever HTML comes: no word of it is lost on its way through the tree and the Markdown, and nothing panics.

use offprint_cli::import::{Losses, html};
use proptest::prelude::*;

/// Elements whose text is kept, in any order and nesting.
const ELEMENTS: [&str; 40] = [
    "p",
    "div",
    "b",
    "i",
    "em",
    "strong",
    "code",
    "pre",
    "a href='/x'",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "caption",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "small",
    "cite",
    "sub",
    "sup",
    "kbd",
    "mark",
    "del",
    "abbr title='t'",
    "q",
    "span",
    "details",
    "summary",
    "unknown",
];

/// What stands between them.
const TEXTS: [&str; 12] = [
    " ",
    "\n",
    "*",
    "_",
    "`",
    "[",
    "](",
    "<br>",
    "|",
    "# ",
    "&amp;lt;",
    "<img src='/i.png' alt='q'>",
];

/// A tag, its end, or text.
#[derive(Clone, Debug)]
enum Piece {
    Open(usize),
    Close(usize),
    Text(usize),
    Word,
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = prop_oneof![
        3 => (0..ELEMENTS.len()).prop_map(Piece::Open),
        2 => (0..ELEMENTS.len()).prop_map(Piece::Close),
        2 => (0..TEXTS.len()).prop_map(Piece::Text),
        4 => Just(Piece::Word),
    ];
    prop::collection::vec(piece, 0..60)
}

/// The HTML, and how many words are in it: `w0w`, `w1w`, …
fn written(pieces: &[Piece]) -> (String, usize) {
    let mut html = String::new();
    let mut n_words = 0;
    for piece in pieces {
        match piece {
            Piece::Open(ix) => html.push_str(&format!("<{}>", ELEMENTS[*ix])),
            Piece::Close(ix) => {
                let name = ELEMENTS[*ix].split(' ').next().unwrap_or_default();
                html.push_str(&format!("</{name}>"));
            }
            Piece::Text(ix) => html.push_str(TEXTS[*ix]),
            Piece::Word => {
                html.push_str(&format!("w{n_words}w"));
                n_words += 1;
            }
        }
    }
    (html, n_words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(pieces in pieces()) {
        let (source, n_words) = written(&pieces);
        let mut losses = Losses::of("test");
        let markdown = html::markdown(&source, "here", Some("https://example.org/"), &mut losses);
        let text = article::plain_text(&article::parse_markdown(&markdown));
        for ix in 0..n_words {
            prop_assert!(text.contains(&format!("w{ix}w")), "w{}w is not in {:?} of {:?}", ix, markdown, source);
        }
        let inline = html::inline_markdown(&source, "here", None, &mut losses);
        let text = article::plain_text(&article::parse_markdown(&inline));
        for ix in 0..n_words {
            prop_assert!(text.contains(&format!("w{ix}w")), "w{}w is not in {:?} of {:?}", ix, inline, source);
        }
    }

    #[test]
    fn nothing_panics(source in "[<>/a-z='\"&; -]{0,80}") {
        let mut losses = Losses::of("test");
        html::markdown(&source, "here", None, &mut losses);
        html::plain(&source);
    }
}
