//! Any text as a Markdown field: no panic, a tree within its caps, safe addresses, and every output of it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| offprint_fuzz::tree(&article::parse_markdown(text)));
