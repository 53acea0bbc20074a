//! The answer as text: [`answer`]; and what a browser would have fetched: [`fetched`].

use super::files::{Fetched, Step};
use super::{Answer, Row};
use search::Run;
use std::fmt::Write;

/// Where what was found begins and ends, on a terminal; elsewhere the stream takes it out.
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// How many articles were found, and the first of them.
pub fn answer(answer: &Answer) -> String {
    let hits = &answer.hits;
    let mut text = match hits.n_total {
        0 => "Nothing found".to_owned(),
        1 => "1 article".to_owned(),
        n => format!("{n} articles"),
    };
    if hits.n_all_words < hits.n_total {
        let n_best = match hits.n_all_words {
            0 => "none".to_owned(),
            n => n.to_string(),
        };
        let _ = write!(text, ", {n_best} with all words");
    }
    for (typed, used) in &hits.repaired {
        let _ = write!(text, ", with {used} for {typed}");
    }
    text.push('\n');
    for (ix, row) in answer.rows.iter().enumerate() {
        put_row(ix + 1, row, &mut text);
    }
    text
}

fn put_row(number: usize, row: &Row, out: &mut String) {
    let _ = write!(out, "\n{number:>3}. ");
    put_runs(&row.snippet.title, out);
    let day = |date| article::Date { time: None, ..date }.to_string();
    let date = row.card.published.map(day);
    let about: Vec<String> = date.into_iter().chain(row.card.category.clone()).collect();
    if !about.is_empty() {
        let _ = write!(out, "\n     {}", printable(&about.join(" · ")));
    }
    if !row.snippet.text.is_empty() {
        out.push_str("\n     ");
        put_runs(&row.snippet.text, out);
    }
    let _ = write!(
        out,
        "\n     article/{}/\n",
        article::folder_name(&row.card.id)
    );
    if let Some(explanation) = &row.explanation {
        for line in explanation.to_string().lines() {
            let _ = writeln!(out, "       {line}");
        }
    }
}

fn put_runs(runs: &[Run], out: &mut String) {
    for run in runs {
        let text = printable(&run.text);
        match run.hit {
            true => {
                let _ = write!(out, "{BOLD}{text}{PLAIN}");
            }
            false => out.push_str(&text),
        }
    }
}

/// What comes from an article is no command to a terminal.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A table of what a browser would have fetched, with sums.
pub fn fetched(files: &[Fetched]) -> String {
    let mut text = format!("{:>9}{:>9}  {}\n", "bytes", "Brotli", "after");
    let steps = [
        (Step::Reader, "with the reader"),
        (Step::Module, "the search itself, at the first focus"),
        (Step::Query, "for this query"),
    ];
    for (step, name) in steps {
        let of_step = || files.iter().filter(move |file| file.step == step);
        for file in of_step() {
            put_line(file, &mut text);
        }
        let sent = |file: &Fetched| file.n_brotli.unwrap_or(file.n_bytes);
        let (n, n_bytes, n_sent) = (
            of_step().count(),
            of_step().map(|file| file.n_bytes).sum::<u64>(),
            of_step().map(sent).sum::<u64>(),
        );
        let depth = of_step().map(|file| file.depth).max().unwrap_or(0);
        let _ = writeln!(
            text,
            "{n_bytes:>9}{n_sent:>9}  {name}: {n} files, {depth} one after the other\n"
        );
    }
    text
}

fn put_line(file: &Fetched, out: &mut String) {
    let brotli = file
        .n_brotli
        .map_or_else(|| "–".to_owned(), |n| n.to_string());
    let _ = writeln!(
        out,
        "{:>9}{brotli:>9}  {}  {}",
        file.n_bytes,
        file.depth - 1,
        file.path
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use packed::Card;
    use search::Snippet;

    #[test]
    fn an_article_gives_no_commands_to_a_terminal() {
        let run = |text: &str| Run {
            text: text.into(),
            hit: false,
        };
        let row = Row {
            card: Card {
                id: "a".into(),
                category: Some("Energy\x1b[2J".into()),
                ..Card::default()
            },
            snippet: Snippet {
                title: vec![run("Oil\x1b]0;x\x07")],
                text: vec![run("prices\u{9b}2J")],
            },
            explanation: None,
        };
        let mut text = String::new();
        put_row(1, &row, &mut text);
        assert_eq!(
            text,
            "\n  1. Oil]0;x\n     Energy[2J\n     prices2J\n     article/a/\n"
        );
    }
}
