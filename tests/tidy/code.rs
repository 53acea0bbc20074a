//! Rules about single files of code.

use crate::layers::HOSTS;
use crate::sources::{Finding, Source};

/// Longer files are where newcomers stop.
const MAX_LINES: usize = 600;

/// Every source file says at its top what it is.
pub fn header(source: &Source) -> Vec<Finding> {
    let opening: &[&str] = match source.path.rsplit_once('.') {
        Some((_, "rs")) => &["//!"],
        Some((_, "js")) => &["/**", "//", "/*"],
        _ => return Vec::new(),
    };
    if opening
        .iter()
        .any(|opening| source.text.starts_with(opening))
    {
        return Vec::new();
    }
    vec![Finding {
        line: 1,
        why: format!("the file does not open with `{}`", opening[0]),
    }]
}

/// No file of code is too long.
pub fn length(source: &Source) -> Vec<Finding> {
    let n_lines = source.text.lines().count();
    if n_lines <= MAX_LINES || !["rs", "js", "css"].iter().any(|kind| source.is_kind(kind)) {
        return Vec::new();
    }
    vec![Finding {
        line: n_lines,
        why: format!("{n_lines} lines, more than {MAX_LINES}: divide the file"),
    }]
}

/// Nothing turns text into markup or into code.
pub fn sinks(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 18] = [
        "innerHTML",
        "outerHTML",
        "set_inner_html",
        "set_outer_html",
        "insertAdjacentHTML",
        "insert_adjacent_html",
        "setHTMLUnsafe",
        "parseHTMLUnsafe",
        "createContextualFragment",
        "create_contextual_fragment",
        "from_html_unchecked",
        "VRaw",
        "document.write",
        "srcdoc",
        "eval(",
        "js_sys::eval",
        "new Function",
        "new_no_args(",
    ];
    if !source.is_in(&["src/", "crates/", "www/", "index.html"]) || source.is_test() {
        return Vec::new();
    }
    let end = source.first_test_line();
    source.named(
        &source.uncommented,
        end,
        &NAMES,
        "text never becomes markup or code; build nodes instead",
    )
}

/// Libraries give errors; where a panic is truly impossible, the reason stands beside it.
pub fn panics(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 6] = [
        ".unwrap()",
        ".expect(\"",
        "panic!",
        "unreachable!",
        "todo!",
        "unimplemented!",
    ];
    const LINES_ABOVE: usize = 6;
    if !source.is_kind("rs") || !source.is_in(&["src/", "crates/"]) || source.is_test() {
        return Vec::new();
    }
    let lines: Vec<&str> = source.uncommented.lines().collect();
    let has_reason = |line: usize| {
        let above = &lines[line.saturating_sub(LINES_ABOVE)..line];
        above.iter().any(|line| line.contains("clippy::"))
            && above.iter().any(|line| line.contains("reason = "))
    };
    source
        .named(
            &source.code,
            source.first_test_line(),
            &NAMES,
            "a library does not panic: give an error, or the reason why this cannot be",
        )
        .into_iter()
        .filter(|finding| !has_reason(finding.line))
        .collect()
}

/// Listeners and timers are values that let go when they are dropped.
pub fn leaks(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 4] = [".forget()", "mem::forget", "into_js_value()", "Box::leak"];
    if !source.is_kind("rs") || !source.is_in(&HOSTS) || source.is_test() {
        return Vec::new();
    }
    source.named(
        &source.code,
        source.first_test_line(),
        &NAMES,
        "nothing would release it: keep it in a value that does when dropped",
    )
}

/// What pages load runs in the browsers that docs/errors.md promises (OP-E10): those of the end of 2021. Where a method is missing, not even the
/// texts would be shown. A service worker, without which a page is read all the same, may ask for more.
pub fn newer_than_promised(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 27] = [
        ".at(",
        "findLast",
        "findLastIndex",
        "toSorted",
        "toReversed",
        "toSpliced",
        "canParse",
        "URL.parse",
        "structuredClone",
        "hasOwn",
        "groupBy",
        "withResolvers",
        "fromAsync",
        "Promise.try",
        "randomUUID",
        "AbortSignal.any",
        "AbortSignal.timeout",
        "isWellFormed",
        "reportError",
        "checkVisibility",
        "requestIdleCallback(",
        ".union(",
        ".intersection(",
        "static {",
        "with { type",
        "(?<=",
        "(?<!",
    ];
    let is_worker = source.path.starts_with("www/sw");
    if !source.is_kind("js") || !source.is_in(&["www/"]) || is_worker {
        return Vec::new();
    }
    source.named(
        &source.uncommented,
        usize::MAX,
        &NAMES,
        "browsers of 2021 have no such thing, and would show nothing at all",
    )
}

/// A strict security policy forbids `style` attributes.
pub fn style_attributes(source: &Source) -> Vec<Finding> {
    let names: &[&str] = match source.path.rsplit_once('.') {
        Some((_, "rs")) if source.is_in(&["src/"]) => &[" style={", " style=\""],
        Some((_, "html")) => &[" style=\"", "<style"],
        Some((_, "js")) if source.is_in(&["www/"]) => &["setAttribute(\"style\"", "style.cssText"],
        _ => return Vec::new(),
    };
    source.named(
        &source.uncommented,
        usize::MAX,
        names,
        "a strict security policy forbids it: give it a class",
    )
}
