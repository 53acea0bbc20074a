//! A Markdown file, with YAML or TOML before it or without: [`read`].
//!
//! 1. `matter` cuts the front matter off and reads it;
//! 2. `fields` finds the format's fields among the names that site generators use; what has no place stays under `extra`;
//! 3. `shortcodes` takes out of the body what only its site generator could carry out;
//! 4. `body` divides it at its headings. Markdown is kept as it is written.
//!
//! What the front matter does not say comes from elsewhere: the title from the first heading of level 1 or else from the
//! file's name, the id from the file's name, and the date too, where it begins with one (`2026-02-02-tides.md`).
//! `_index.md` tells about its folder: it gives fields of the edition and is no article.

mod body;
mod fields;
mod matter;
mod names;
mod shortcodes;
#[cfg(test)]
mod tests;

use super::{Draft, Edition, Imported, Losses, SourceFile, date_in_words, ids};
use anyhow::Result;
use fields::Fields;
use std::path::Path;

/// Reads a file.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let text = source.text();
    let (matter, body) = matter::split(&text)?;
    let mut fields = Fields::of(matter);
    let name = FileName::of(source.name);
    if name.stem == "_index" {
        if !body.trim().is_empty() {
            let why = "_index.md tells about its folder, and an edition has no text of its own";
            losses.tell("body", body, why);
        }
        return Ok(Imported {
            edition: Edition {
                title: fields.text(names::TITLE),
                description: fields.text(&["description", "summary"]),
                language: fields.language(losses),
                base_url: fields.text(&["baseurl"]),
            },
            articles: Vec::new(),
        });
    }
    if fields.is_draft() {
        losses.tell(
            "draft",
            "the article",
            "it is a draft; take the mark away to import it",
        );
        return Ok(Imported::default());
    }
    let mut draft = Draft::default();
    let addresses = fields.put_into(&mut draft, losses);
    let line = 1 + text[..text.len() - body.len()].matches('\n').count();
    body::put_into(&mut draft, body, line, source.headings, losses);
    let mut candidates: Vec<&str> = addresses.iter().map(String::as_str).collect();
    candidates.push(&name.stem);
    draft.id = ids::from(&candidates);
    if draft.published.is_none() {
        draft.published = name.date.clone();
    }
    if draft.title.is_empty() {
        draft.title = name.title();
    }
    Ok(Imported {
        edition: Edition::default(),
        articles: vec![draft],
    })
}

/// What the name of a file says.
struct FileName {
    /// Without its ending, and without the date in front of it.
    stem: String,
    date: Option<String>,
}

impl FileName {
    fn of(path: &str) -> FileName {
        let path = Path::new(path);
        let text =
            |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
        let mut stem = text(path.file_stem()).unwrap_or_default();
        // A folder with an `index.md` is one article with its pictures.
        if stem == "index"
            && let Some(folder) = text(path.parent().and_then(Path::file_name))
        {
            stem = folder;
        }
        const DATE: usize = "2026-02-02".len();
        let date = stem
            .get(..DATE)
            .and_then(date_in_words::read)
            .map(|written| written.date.to_string());
        if date.is_some()
            && let Some(rest) = stem[DATE..].strip_prefix(['-', '_', ' '])
            && !rest.is_empty()
        {
            stem = rest.to_string();
        }
        FileName { stem, date }
    }

    /// `tides-of-may` → `Tides of may`
    fn title(&self) -> String {
        let words: Vec<&str> = self
            .stem
            .split(['-', '_', ' '])
            .filter(|word| !word.is_empty())
            .collect();
        let words = words.join(" ");
        let mut letters = words.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    }
}
