//! Rules about which part may know what.

use crate::sources::{Finding, Source};

/// Crates that are WebAssembly modules around a library.
pub const HOSTS: [&str; 4] = [
    "src/web/",
    "crates/search-worker/",
    "crates/index-worker/",
    "crates/articles/",
];

/// The hosts alone talk to the browser.
pub fn browser_names(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 8] = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "gloo",
        "gloo_events",
        "gloo_timers",
        "serde_wasm_bindgen",
    ];
    if !is_library(source) || source.is_in(&HOSTS) {
        return Vec::new();
    }
    source.named(
        &source.code,
        source.first_test_line(),
        &NAMES,
        "only src/web and the crates around a module know the browser",
    )
}

/// The commands alone touch files and sockets.
pub fn system_names(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 5] = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::thread::sleep",
    ];
    if !is_library(source) || source.is_in(&["crates/cli/"]) {
        return Vec::new();
    }
    source.named(
        &source.code,
        source.first_test_line(),
        &NAMES,
        "a library does no IO: take bytes, give bytes",
    )
}

/// Only what hosts a module knows for which machine it is compiled.
pub fn target_conditions(source: &Source) -> Vec<Finding> {
    if !is_library(source) || source.is_in(&HOSTS) || source.is_in(&["src/lib.rs"]) {
        return Vec::new();
    }
    let why = "only src/web, src/lib.rs and the crates around a module tell targets apart";
    source.named(
        &source.code,
        usize::MAX,
        &["target_arch", "target_family"],
        why,
    )
}

/// The state and the library know no clock, no network, no storage and no view.
pub fn state(source: &Source) -> Vec<Finding> {
    const NAMES: [&str; 10] = [
        "std::time",
        "Instant",
        "SystemTime",
        "Date::now",
        "fetch",
        "local_storage",
        "session_storage",
        "crate::web",
        "crate::ui",
        "yew",
    ];
    if !source.is_kind("rs") || !source.is_in(&["src/state/", "src/library/"]) {
        return Vec::new();
    }
    source.named(
        &source.code,
        source.first_test_line(),
        &NAMES,
        "the state is pure: ask for an effect, which src/web carries out",
    )
}

/// Which of our packages a package may use.
const MAY_USE: [(&str, &[&str]); 11] = [
    ("crates/article", &[]),
    ("crates/packed", &["article"]),
    (
        "crates/cli",
        &["article", "offprint", "packed", "search", "search-worker"],
    ),
    ("crates/articles", &["article", "packed"]),
    ("crates/search", &[]),
    ("crates/search-worker", &["packed", "search"]),
    (
        "crates/index-worker",
        &["article", "packed", "search", "search-worker"],
    ),
    ("xtask", &[]),
    ("tests/browser", &["xtask"]),
    ("fuzz", &["article", "cli", "packed"]),
    // The reader itself, whose manifest lies at the root. The search engine is a module of its own.
    ("", &["article", "packed"]),
];

/// All of them.
const OURS: [&str; 9] = [
    "article",
    "packed",
    "articles",
    "cli",
    "search",
    "search-worker",
    "index",
    "xtask",
    "offprint",
];

/// What weighs too much in a browser, or has no place in a library without IO.
const TOO_MUCH: [&str; 16] = [
    "regex",
    "url",
    "chrono",
    "time",
    "serde_json",
    "tokio",
    "hyper",
    "reqwest",
    "rayon",
    "wasm-bindgen",
    "web-sys",
    "js-sys",
    "gloo",
    "gloo-net",
    "gloo-utils",
    "yew",
];

/// Dependencies point one way, and the libraries have none that touch the browser or weigh much.
pub fn dependencies(source: &Source) -> Vec<Finding> {
    let Some(package) = source.path.strip_suffix("Cargo.toml") else {
        return Vec::new();
    };
    let package = package.trim_end_matches('/');
    let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == package) else {
        return vec![Finding {
            line: 1,
            why: "this package has no place in tests/tidy/layers.rs yet: say what it may use"
                .to_owned(),
        }];
    };
    let is_light = ["crates/article", "crates/packed", "crates/search"].contains(&package);
    let mut findings = Vec::new();
    let mut counts = false;
    for (ix, line) in source.text.lines().enumerate() {
        if line.starts_with('[') {
            // What only tests use, and what the workspace merely lists, is not a dependency.
            let section = line.trim().trim_matches(['[', ']']);
            counts = section.ends_with("dependencies")
                && section != "workspace.dependencies"
                && !section.ends_with("dev-dependencies");
            continue;
        }
        let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
        if !counts || name.is_empty() || name.starts_with('#') {
            continue;
        }
        let name = name.strip_prefix("offprint-").unwrap_or(name);
        if OURS.contains(&name) && !may_use.contains(&name) {
            findings.push(Finding {
                line: ix + 1,
                why: format!("`{name}`: dependencies point one way"),
            });
        }
        if is_light && TOO_MUCH.contains(&name) {
            findings.push(Finding {
                line: ix + 1,
                why: format!("`{name}`: too heavy for a browser, or not for a library without IO"),
            });
        }
    }
    findings
}

fn is_library(source: &Source) -> bool {
    // What builds a library is told by the environment for what.
    let builds = source.path.ends_with("/build.rs");
    source.is_kind("rs") && source.is_in(&["src/", "crates/"]) && !source.is_test() && !builds
}
