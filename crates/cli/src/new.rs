//! `offprint new`: a starter article in which every common field says what belongs there.
//!
//! Entry point: [`run`]. `starter` makes the article, in the shape that the importers make; `check` has nothing to say
//! about it, so that whatever it says later is about the author's own words.

use crate::clock;
use crate::import::{Draft, Image, Person, Related, Section, Source};
use anyhow::{Context, Result, bail};
use article::{Date, FORMAT_VERSION, folder_name, is_folder_name, is_slug, slug};
use clap::Args;
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Begin an article: a file with every common field, each saying what belongs there.
#[derive(Args, Debug)]
pub struct Arguments {
    /// What its address will be: letters, digits and hyphens
    id: String,
    /// Where to write it, - for standard output [default: ID.json]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Its title
    #[arg(long)]
    title: Option<String>,
    /// The category it is filed under
    #[arg(long)]
    category: Option<String>,
    /// Its language: en, de, pt-BR
    #[arg(long, default_value = "en")]
    language: String,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// An article alone in its file.
#[derive(Serialize)]
struct Alone {
    version: u32,
    #[serde(flatten)]
    article: Draft,
}

/// Carries it out.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let id = &arguments.id;
    let ending = id.len().saturating_sub(".json".len());
    if let Some((front, end)) = id.split_at_checked(ending)
        && end.eq_ignore_ascii_case(".json")
    {
        bail!("an id has no ending, the file gets it; write {front}");
    }
    if arguments
        .title
        .as_ref()
        .is_some_and(|title| title.trim().is_empty())
    {
        bail!("--title is empty; leave it out to make one of the id");
    }
    if !is_language(&arguments.language) {
        bail!(
            "\"{}\" is no language; write it like en, de or pt-BR",
            arguments.language
        );
    }
    if id.is_empty() || !is_slug(id) {
        match slug(id) {
            proposal if proposal.is_empty() => {
                bail!("an id needs letters or digits, found \"{id}\"")
            }
            proposal => bail!("\"{id}\" cannot stand in an address as it is; write {proposal}"),
        }
    }
    if !is_folder_name(id) {
        bail!(
            "\"{id}\" cannot be the name of a folder on every system; write {}",
            folder_name(id)
        );
    }
    let alone = Alone {
        version: FORMAT_VERSION,
        article: starter(arguments, clock::today()),
    };
    let mut text =
        serde_json::to_string_pretty(&alone).context("the article could not be written as JSON")?;
    text.push('\n');
    let default = PathBuf::from(format!("{id}.json"));
    let path = arguments.output.as_ref().unwrap_or(&default);
    if path.as_os_str() == "-" {
        crate::print(&mut io::stdout().lock(), text.as_bytes())?;
    } else {
        write(path, &text, arguments.force)?;
        eprintln!("{}: begun; `offprint check` looks over it", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// As the format has it: letters, then letters and digits behind hyphens.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.trim().split('-');
    let is_right = |part: &str, min: usize| {
        (min..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let first = parts.next().unwrap_or_default();
    is_right(first, 2)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| is_right(part, 1))
}

fn write(path: &Path, text: &str, force: bool) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let mut file = match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{} is there already; --force replaces it", path.display())
        }
        file => file.with_context(|| path.display().to_string())?,
    };
    file.write_all(text.as_bytes())
        .with_context(|| path.display().to_string())
}

/// The article. Its texts are for its author, and in Markdown where Markdown is read.
fn starter(arguments: &Arguments, today: Option<Date>) -> Draft {
    let id = &arguments.id;
    let text = |text: &str| Some(text.to_string());
    Draft {
        id: id.clone(),
        title: arguments.title.clone().unwrap_or_else(|| title(id)),
        subtitle: text("One line under the title; remove every field that you do not need"),
        published: today.map(|day| day.to_string()),
        category: arguments.category.clone().or_else(|| text("The one category it is filed under")),
        tags: vec!["any".to_string(), "number".to_string(), "of tags".to_string()],
        language: Some(arguments.language.clone()),
        authors: vec![Person {
            name: "Who wrote it".to_string(),
            url: text("https://example.org/who-wrote-it"),
        }],
        source: Some(Source {
            name: "Who published it first".to_string(),
            url: text("https://example.org/"),
        }),
        image: Some(Image {
            src: format!("images/{id}.jpg"),
            alt: text("What the picture shows, for readers who do not see it"),
            caption: text("What is worth knowing about the picture, in *Markdown*"),
            credit: text("Who made it"),
            width: Some(1600),
            height: Some(900),
            ..Image::default()
        }),
        summary: text("A paragraph that says what the article says. It is also the excerpt on cards."),
        key_points: vec![
            "A sentence or two that a reader should keep".to_string(),
            "Another one; most articles have three to five".to_string(),
        ],
        sections: vec![
            Section {
                heading: None,
                body: "The text, in Markdown: *emphasis*, **strong**, [a link that says where it \
                       leads](https://example.org/).\n\nA blank line begins a paragraph. A note stands behind its \
                       word.[^1]\n\n[^1]: The note, in the same field."
                    .to_string(),
            },
            Section {
                heading: text("A heading"),
                body: "- A list has a hyphen before each of its items.\n- It ends with a blank line.\n\n## A heading below \
                       it\n\n| Column | Another |\n|---|---|\n| a table | has names above its columns |"
                    .to_string(),
            },
        ],
        risks: vec!["What could turn out otherwise".to_string()],
        disclosure: text("On what the article rests, and who has an interest in it."),
        related: vec![Related {
            title: text("An article elsewhere; one of the same collection needs its id alone"),
            excerpt: text("A sentence about it"),
            url: text("https://example.org/elsewhere"),
            ..Related::default()
        }],
        ..Draft::default()
    }
}

/// `how-tides-work` is `How tides work`.
fn title(id: &str) -> String {
    let words = id.replace(['-', '_', '.', '~'], " ");
    let words = words.trim();
    let mut chars = words.chars();
    match chars.next() {
        None => id.to_string(),
        Some(first) => first.to_uppercase().chain(chars).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (id, expect) in [
            ("how-tides-work", "How tides work"),
            ("a", "A"),
            ("élan_vital", "Élan vital"),
            ("~", "~"),
        ] {
            assert_eq!(title(id), expect);
        }
    }
}
