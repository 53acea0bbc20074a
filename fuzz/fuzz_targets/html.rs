//! Any text as HTML that is imported: no panic, a tree within its caps, safe addresses; written as Markdown and parsed
//! again, it holds the same words.

#![no_main]

use article::{parse_markdown, plain_text, to_markdown};
use libfuzzer_sys::fuzz_target;
use offprint_cli::import::{Losses, html};

fuzz_target!(|text: &str| {
    let document = html::document(text, "body", Some(offprint_fuzz::PAGE), &mut Losses::of("fuzz"));
    // Ids are made when Markdown is parsed: what is imported has none yet.
    let again = parse_markdown(&to_markdown(&document));
    offprint_fuzz::tree(&again);
    let words = |text: String| text.split_whitespace().collect::<String>();
    assert_eq!(words(plain_text(&again)), words(plain_text(&document)));
});
