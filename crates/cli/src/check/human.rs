//! The report for people: [`write`], drawn by `annotate-snippets`, the renderer that the Rust compiler's messages are drawn by.
//!
//! It is the one that is maintained beside a compiler, takes all text as untrusted (characters that a terminal would obey
//! are replaced), knows how wide characters are, and is handed part of a file as easily as all of it.

use super::examine::{Counts, Examined, Finding};
use super::window::{Window, tame};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use article::Severity;

/// The findings of all files and a line with their numbers. It is styled: who prints it strips the styles.
pub(super) fn write(files: &[Examined], counts: Counts) -> String {
    let mut output = String::new();
    let renderer = Renderer::styled();
    for file in files {
        for finding in &file.findings {
            output.push_str(&draw(&renderer, &file.name, file.bytes(), finding));
            output.push_str("\n\n");
        }
        if file.counts.not_listed > 0 {
            let rest = number(file.counts.not_listed, "finding");
            let name = tame(&file.name);
            output.push_str(&format!(
                "{rest} more in {name} are counted, but not listed\n\n"
            ));
        }
    }
    output.push_str(&summary(counts));
    output.push('\n');
    output
}

/// One finding in a file of this name and these bytes.
pub(super) fn draw(renderer: &Renderer, name: &str, bytes: &[u8], finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let title = tame(&format!(
        "expected {}, found {}",
        finding.expected, finding.found
    ));
    let origin = Origin::path(tame(name));
    let help = finding
        .help
        .as_ref()
        .map(|help| Level::HELP.message(tame(help)));
    let Some(place) = &finding.place else {
        let title = level.primary_title(title).id(finding.code);
        return renderer.render(&[title.element(origin).elements(help)]);
    };
    let (line, column) = (place.start.0 as usize, place.start.1 as usize);
    let window = Window::of(bytes, place.range.clone());
    let label = (!finding.path.is_empty()).then(|| tame(&finding.path));
    let mark = AnnotationKind::Primary.span(window.marked).label(label);
    let snippet = Snippet::source(window.text)
        .line_start(line)
        .annotation(mark);
    // In one piece, the renderer would give the column in the part of the line that is shown, not in the file.
    let title = level.clone().primary_title(title).id(finding.code);
    let head = renderer.render(&[title.element(origin.line(line).char_column(column))]);
    let body = renderer.render(&[Group::with_level(level).element(snippet).elements(help)]);
    let indent = " ".repeat(line.to_string().len());
    [&head.replace('\n', &["\n", &indent].concat()), "\n", &body].concat()
}

/// `3 files, 14 articles: 5 errors, 2 warnings, 4 pieces of advice`
fn summary(counts: Counts) -> String {
    let files = number(counts.files, "file");
    let articles = number(counts.articles, "article");
    let advice = match counts.advice {
        1 => "1 piece of advice".to_string(),
        n => format!("{n} pieces of advice"),
    };
    let parts = [
        (counts.errors, number(counts.errors, "error")),
        (counts.warnings, number(counts.warnings, "warning")),
        (counts.advice, advice),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(count, text)| (count > 0).then_some(text))
        .collect();
    match parts.is_empty() {
        true => format!("{files}, {articles}: nothing to say"),
        false => format!("{files}, {articles}: {}", parts.join(", ")),
    }
}

fn number(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
