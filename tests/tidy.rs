//! The invariants of ARCHITECTURE.md that a program can check.
//!
//! [`sources`] reads the repository's files and tells code from comments, texts and tests; the rules of [`code`],
//! [`layers`] and [`prose`] look at one file each and give what they find. Every rule is tried on bad samples too, in
//! [`samples`].

// Files are read here, which a browser does not do.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/prose.rs"]
mod prose;
#[path = "tidy/samples.rs"]
mod samples;
#[path = "tidy/sources.rs"]
mod sources;

use sources::{Finding, Source};

/// Runs a rule over every file and shows all findings at once, as `file:line: reason`.
#[track_caller]
fn check(rule: impl Fn(&Source) -> Vec<Finding>) {
    let mut n_found = 0;
    let mut told = String::new();
    for source in sources::all() {
        for finding in rule(&source) {
            n_found += 1;
            told.push_str(&format!(
                "\n{}:{}: {}",
                source.path, finding.line, finding.why
            ));
        }
    }
    assert!(n_found == 0, "{n_found} found:{told}");
}

#[test]
fn every_source_file_opens_with_a_header() {
    check(code::header);
}

#[test]
fn no_file_is_too_long_to_read() {
    check(code::length);
}

#[test]
fn no_html_sink_and_no_code_from_text() {
    check(code::sinks);
}

#[test]
fn no_panic_is_written_into_a_library() {
    check(code::panics);
}

#[test]
fn what_is_listened_to_is_let_go() {
    check(code::leaks);
}

#[test]
fn the_browser_is_named_only_by_its_hosts() {
    check(layers::browser_names);
}

#[test]
fn files_and_sockets_are_for_commands_only() {
    check(layers::system_names);
}

#[test]
fn targets_are_told_apart_only_by_hosts() {
    check(layers::target_conditions);
}

#[test]
fn the_state_is_pure() {
    check(layers::state);
}

#[test]
fn dependencies_point_one_way() {
    check(layers::dependencies);
}

#[test]
fn scripts_run_in_the_browsers_that_are_promised() {
    check(code::newer_than_promised);
}

#[test]
fn no_style_attribute() {
    check(code::style_attributes);
}

#[test]
fn nothing_is_left_to_be_done() {
    check(prose::reminders);
}

#[test]
fn no_folder_of_one_machine() {
    check(prose::machine_folders);
}

#[test]
fn links_between_pages_lead_somewhere() {
    check(|source| prose::links(source, &sources::exists));
}
