//! Rules about words: reminders, folders, links.

use crate::sources::{Finding, Source, has_name};

/// What is not done is an issue, not a remark in a file.
pub fn reminders(source: &Source) -> Vec<Finding> {
    // Put together here, so that this file passes its own rule.
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    source.named(
        &source.text,
        usize::MAX,
        &words,
        "what is not done is an issue, not a remark",
    )
}

/// No folder of somebody's machine is written down.
pub fn machine_folders(source: &Source) -> Vec<Finding> {
    let folders = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/wo", "rk/"),
        concat!("/Us", "ers/"),
    ];
    let is_one = |line: &str| folders.iter().find(|folder| starts_a_path(line, folder));
    let lines = source.text.lines().enumerate();
    lines
        .filter_map(|(ix, line)| {
            Some(Finding {
                line: ix + 1,
                why: format!("`{}`: a folder of one machine", is_one(line)?),
            })
        })
        .collect()
}

/// `/x/` as the beginning of a path, not as the middle of an address.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || ".-_~".contains(c))
    })
}

/// Links from one page of the repository to another file of it lead to a file that is there.
pub fn links(source: &Source, exists: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    if !source.is_kind("md") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut in_code = false;
    for (ix, line) in source.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in targets(line) {
            let is_elsewhere =
                target.contains("://") || target.starts_with("mailto:") || target.starts_with('#');
            let file = target.split(['#', '?']).next().unwrap_or_default();
            if !is_elsewhere && !file.is_empty() && !exists(&resolved(&source.path, file)) {
                findings.push(Finding {
                    line: ix + 1,
                    why: format!("the link to `{target}` leads nowhere"),
                });
            }
        }
    }
    findings
}

/// The targets of `[text](target)` in a line, code spans left out.
fn targets(line: &str) -> Vec<String> {
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let mut targets = Vec::new();
    for (at, _) in plain.match_indices("](") {
        let rest = &plain[at + 2..];
        if let Some(end) = rest.find([')', ' ']) {
            targets.push(rest[..end].trim_matches(['<', '>']).to_owned());
        }
    }
    targets
}

/// A target, seen from the file it stands in.
fn resolved(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether the samples can rely on it: a name is found as a whole only.
#[test]
fn names_are_whole() {
    assert!(has_name("let x = eval(text);", "eval("));
    assert!(!has_name("let x = retrieval(text);", "eval("));
    assert!(has_name("use web_sys::Window;", "web_sys"));
    assert!(!has_name("use my_web_sys_like::Window;", "web_sys"));
}
