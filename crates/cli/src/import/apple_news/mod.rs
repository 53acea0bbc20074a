//! Apple News Format, an `article.json`: [`read`].
//!
//! 1. `metadata` says who, when, and what for a list shows;
//! 2. `components` turns the components into blocks of the content tree, with `text` for their texts, which may be plain with
//!    links over ranges, Markdown or HTML, and `media` for pictures, tables and embeds; what is only layout is passed over,
//!    and what stands in it is not;
//! 3. `sections` divides the blocks at their headings.

mod components;
mod media;
mod metadata;
#[cfg(test)]
mod tests;
mod text;

use super::{Draft, Imported, Losses, SourceFile, ids, sections};
use anyhow::{Result, ensure};
use article::Document;
use components::Components;

/// Reads an article.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let document = source.json()?;
    ensure!(
        document["components"].is_array(),
        "expected an object with `components`"
    );
    let mut draft = Draft {
        id: ids::from(&[document["identifier"].as_str().unwrap_or_default()]),
        ..Draft::default()
    };
    metadata::put_into(&mut draft, &document, source, losses);
    let blocks = Components::new(&mut draft, source.base.as_deref(), losses).read(&document);
    let body = Document {
        blocks,
        footnotes: Vec::new(),
    };
    sections::fill(&mut draft, body, "components", source.headings, losses);
    Ok(Imported {
        articles: vec![draft],
        ..Imported::default()
    })
}
