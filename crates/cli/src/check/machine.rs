//! The report for programs: [`write`]. docs/check.md describes it; within a version, members are only added.

use super::examine::{Counts, Examined, Finding};
use anyhow::{Context, Result};
use article::Severity;
use serde::Serialize;

/// The version of the report's form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    files: Vec<FileReport<'a>>,
    counts: Numbers,
}

#[derive(Serialize)]
struct FileReport<'a> {
    name: &'a str,
    articles: usize,
    problems: Vec<ProblemReport<'a>>,
    not_listed: usize,
}

#[derive(Serialize)]
struct ProblemReport<'a> {
    severity: &'static str,
    code: &'a str,
    path: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    expected: &'a str,
    found: &'a str,
    help: Option<&'a str>,
    article: Option<ArticleReport<'a>>,
}

#[derive(Serialize)]
struct ArticleReport<'a> {
    index: u32,
    title: &'a str,
}

#[derive(Serialize)]
struct Numbers {
    files: usize,
    articles: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
    not_listed: usize,
}

/// One JSON document with all findings.
pub(super) fn write(files: &[Examined], counts: Counts) -> Result<String> {
    let report = Report {
        version: VERSION,
        files: files.iter().map(FileReport::of).collect(),
        counts: Numbers {
            files: counts.files,
            articles: counts.articles,
            errors: counts.errors,
            warnings: counts.warnings,
            advice: counts.advice,
            not_listed: counts.not_listed,
        },
    };
    let mut text =
        serde_json::to_string_pretty(&report).context("the report could not be written as JSON")?;
    text.push('\n');
    Ok(text)
}

impl FileReport<'_> {
    fn of(file: &Examined) -> FileReport<'_> {
        FileReport {
            name: &file.name,
            articles: file.counts.articles,
            problems: file.findings.iter().map(ProblemReport::of).collect(),
            not_listed: file.counts.not_listed,
        }
    }
}

impl ProblemReport<'_> {
    fn of(finding: &Finding) -> ProblemReport<'_> {
        let place = finding.place.as_ref();
        ProblemReport {
            severity: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "advice",
            },
            code: finding.code,
            path: &finding.path,
            line: place.map(|place| place.start.0),
            column: place.map(|place| place.start.1),
            end_line: place.map(|place| place.end.0),
            end_column: place.map(|place| place.end.1),
            expected: &finding.expected,
            found: &finding.found,
            help: finding.help.as_deref(),
            article: finding.article.as_ref().map(|article| ArticleReport {
                index: article.ix,
                title: &article.title,
            }),
        }
    }
}
