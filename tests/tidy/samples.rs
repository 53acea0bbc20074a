//! Every rule, tried on what it must find and on what it must let pass.

use crate::sources::{Finding, Source};
use crate::{code, layers, prose};

/// The lines at which a rule finds something.
#[track_caller]
fn check(rule: impl Fn(&Source) -> Vec<Finding>, path: &str, text: &str, expect: &[usize]) {
    let lines: Vec<usize> = rule(&Source::new(path, text))
        .iter()
        .map(|finding| finding.line)
        .collect();
    assert_eq!(lines, expect, "{path}: {text}");
}

#[test]
fn comments_and_texts_are_blanked() {
    #[track_caller]
    fn check(path: &str, text: &str, uncommented: &str, code: &str) {
        let source = Source::new(path, text);
        assert_eq!(
            (source.uncommented.as_str(), source.code.as_str()),
            (uncommented, code),
            "{text}"
        );
    }
    check(
        "a.rs",
        "f(\"ab\"); // c",
        "f(\"ab\");     ",
        "f(\"  \");     ",
    );
    check(
        "a.rs",
        "/* a /* b */ c */ d",
        "                  d",
        "                  d",
    );
    check("a.rs", "r#\"a\"b\"# c", "r#\"a\"b\"# c", "r      # c");
    check(
        "a.rs",
        "'\"' + 'a' // x",
        "'\"' + 'a'     ",
        "' ' + ' '     ",
    );
    check(
        "a.rs",
        "fn f<'a>(x: &'a str) {}",
        "fn f<'a>(x: &'a str) {}",
        "fn f<'a>(x: &'a str) {}",
    );
    check(
        "a.rs",
        "'\\'' \"\\\"\" x",
        "'\\'' \"\\\"\" x",
        "'  ' \"  \" x",
    );
    check(
        "a.js",
        "f('a // b'); // c",
        "f('a // b');     ",
        "f('      ');     ",
    );
}

#[test]
fn headers() {
    check(code::header, "src/a.rs", "//! A file.\n", &[]);
    check(code::header, "src/a.rs", "use std::fs;\n", &[1]);
    check(code::header, "www/a.js", "/** A file. */\n", &[]);
    check(code::header, "www/a.js", "export {};\n", &[1]);
}

#[test]
fn newer_names() {
    #[track_caller]
    fn each(path: &str, text: &str, expect: &[usize]) {
        check(code::newer_than_promised, path, text, expect);
    }
    each("www/a.js", "a;\nURL.canParse(b);\n", &[2]);
    each("www/a.js", "a.at(-1);\n", &[1]);
    each("www/a.js", "const { at } = a; // a.at(-1)\n", &[]);
    each(
        "www/a.js",
        "(globalThis.requestIdleCallback ?? setTimeout)(a);\n",
        &[],
    );
    each("www/a.js", "/(?<=a)b/;\n", &[1]);
    each("www/sw.js", "Object.hasOwn(a, b);\n", &[]);
    each("tests/a.js", "a.at(-1);\n", &[]);
}

#[test]
fn lengths() {
    check(code::length, "src/a.rs", &"\n".repeat(600), &[]);
    check(code::length, "src/a.rs", &"\n".repeat(601), &[601]);
    check(code::length, "docs/a.md", &"\n".repeat(601), &[]);
}

#[test]
fn sinks() {
    check(
        code::sinks,
        "www/a.js",
        "node.innerHTML = text;\nnode[\"outerHTML\"] = text;\n",
        &[1, 2],
    );
    check(
        code::sinks,
        "src/ui/a.rs",
        "// innerHTML is never used\nlet html = Html::VRaw(raw);",
        &[2],
    );
    check(
        code::sinks,
        "src/ui/a.rs",
        "element.set_inner_html(text);\neval(text);\nretrieval(text);",
        &[1, 2],
    );
    check(
        code::sinks,
        "src/ui/a.rs",
        "fn f() {}\n#[cfg(test)]\nmod tests {\n  const BAD: &str = \"innerHTML\";\n}",
        &[],
    );
    check(code::sinks, "tests/a.rs", "\"innerHTML\"", &[]);
}

#[test]
fn panics() {
    check(
        code::panics,
        "crates/article/src/a.rs",
        "a.unwrap();\nb.expect(\"why\");\nc.expect(b'x');\npanic!();",
        &[1, 2, 4],
    );
    check(
        code::panics,
        "crates/article/src/a.rs",
        "#[expect(clippy::unwrap_used, reason = \"checked above\")]\na.unwrap();",
        &[],
    );
    check(
        code::panics,
        "crates/article/src/a.rs",
        "#[expect(clippy::unwrap_used)]\na.unwrap();",
        &[2],
    );
    check(
        code::panics,
        "crates/article/src/a.rs",
        "\n#[cfg(test)]\nmod tests {\na.unwrap();\n}",
        &[],
    );
    check(
        code::panics,
        "crates/article/tests/a.rs",
        "a.unwrap();",
        &[],
    );
    check(
        code::panics,
        "crates/article/src/a.rs",
        "/// a.unwrap()\nlet text = \".unwrap()\";\na.unwrap_or(1);",
        &[],
    );
}

#[test]
fn leaks() {
    check(code::leaks, "src/web/a.rs", "closure.forget();\n", &[1]);
    check(
        code::leaks,
        "src/web/a.rs",
        "// forget\nself.forget_about(it);\n",
        &[],
    );
}

#[test]
fn styles() {
    check(
        code::style_attributes,
        "src/ui/a.rs",
        "html! { <p style=\"color: red\">{ x }</p> }",
        &[1],
    );
    check(
        code::style_attributes,
        "src/ui/a.rs",
        "html! { <p class=\"red\">{ x }</p> }\nlet style = 1;",
        &[],
    );
    check(
        code::style_attributes,
        "index.html",
        "<style>p {}</style>",
        &[1],
    );
}

#[test]
fn browser_names() {
    check(
        layers::browser_names,
        "src/ui/a.rs",
        "use web_sys::Window;\n",
        &[1],
    );
    check(
        layers::browser_names,
        "src/web/a.rs",
        "use web_sys::Window;\n",
        &[],
    );
    check(
        layers::browser_names,
        "crates/article/src/a.rs",
        "// js_sys\nlet x = js_sys::Date::now();",
        &[2],
    );
    check(
        layers::browser_names,
        "crates/search-worker/src/a.rs",
        "use wasm_bindgen::prelude::*;",
        &[],
    );
}

#[test]
fn system_names() {
    check(
        layers::system_names,
        "crates/search/src/a.rs",
        "use std::fs::File;\nstd::net::TcpStream;",
        &[1, 2],
    );
    check(
        layers::system_names,
        "crates/cli/src/a.rs",
        "use std::fs::File;",
        &[],
    );
    check(
        layers::system_names,
        "xtask/src/a.rs",
        "use std::fs::File;",
        &[],
    );
    check(
        layers::system_names,
        "crates/search/tests/a.rs",
        "use std::fs::File;",
        &[],
    );
}

#[test]
fn target_conditions() {
    check(
        layers::target_conditions,
        "src/ui/a.rs",
        "#[cfg(target_arch = \"wasm32\")]\nfn f() {}",
        &[1],
    );
    check(
        layers::target_conditions,
        "src/web/a.rs",
        "#[cfg(target_arch = \"wasm32\")]\nfn f() {}",
        &[],
    );
}

#[test]
fn states() {
    check(
        layers::state,
        "src/state/a.rs",
        "use std::time::Duration;\nlet t = Instant::now();",
        &[1, 2],
    );
    check(
        layers::state,
        "src/state/a.rs",
        "// the web fetches\nlet instantly = 1;",
        &[],
    );
    check(
        layers::state,
        "src/web/a.rs",
        "use std::time::Duration;",
        &[],
    );
}

#[test]
fn dependencies() {
    check(
        layers::dependencies,
        "crates/article/Cargo.toml",
        "[dependencies]\nsearch.workspace = true\nregex = \"1\"",
        &[2, 3],
    );
    check(
        layers::dependencies,
        "crates/article/Cargo.toml",
        "[dev-dependencies]\nserde_json = \"1\"",
        &[],
    );
    check(
        layers::dependencies,
        "crates/packed/Cargo.toml",
        "[dependencies]\narticle.workspace = true\n# regex\nurlx = \"1\"",
        &[],
    );
    check(
        layers::dependencies,
        "Cargo.toml",
        "[workspace.dependencies]\nsearch = \"1\"\n[dependencies]\nsearch.workspace = true",
        &[4],
    );
    check(layers::dependencies, "crates/new/Cargo.toml", "", &[1]);
}

#[test]
fn reminders() {
    check(
        prose::reminders,
        "a.md",
        concat!("TO", "DO: this\nthe method\n"),
        &[1],
    );
    check(
        prose::reminders,
        "src/a.rs",
        concat!("// FIX", "ME\n"),
        &[1],
    );
}

#[test]
fn folders() {
    check(
        prose::machine_folders,
        "a.md",
        concat!("see /ho", "me/somebody/x\n"),
        &[1],
    );
    check(
        prose::machine_folders,
        "a.md",
        concat!("https://example.org/ho", "me/\n"),
        &[],
    );
}

#[test]
fn links() {
    let exists = |path: &str| path == "docs/a.md" || path == "README.md";
    let rule = |source: &Source| prose::links(source, &exists);
    check(
        rule,
        "docs/b.md",
        "[a](a.md) [a](./a.md#part) [r](../README.md) [x](https://example.org/x) [h](#here)",
        &[],
    );
    check(
        rule,
        "docs/b.md",
        "[a](b.md)\n`[a](c.md)`\n```\n[a](d.md)\n```\n![p](e.png \"title\")",
        &[1, 6],
    );
}
