//! Arc ANS 0.10 (`washingtonpost/ans-schema`): [`read`] takes a story, a video or gallery, a list of them, or the answer of a
//! content API that holds one.
//!
//! 1. `story` puts an article together; `around` reads what stands around its text: headlines, credits, taxonomy, dates;
//! 2. `elements` turns `content_elements` into blocks of the content tree, and `sections` divides these;
//! 3. what else it says of itself is kept under `extra.ans`, but for fields of workflow and of players.

mod around;
mod elements;
mod picture;
mod story;
#[cfg(test)]
mod tests;

use super::{Imported, Losses, SourceFile};
use anyhow::{Result, bail};
use serde_json::Value;

/// Reads a document.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let document = source.json()?;
    let (list, place) = match &document {
        Value::Array(list) => (&list[..], "".to_string()),
        Value::Object(fields) => {
            let kind = fields.get("type").and_then(Value::as_str);
            match fields.get("content_elements").and_then(Value::as_array) {
                Some(list) if matches!(kind, Some("results" | "collection")) => {
                    (&list[..], "content_elements".to_string())
                }
                _ => (std::slice::from_ref(&document), String::new()),
            }
        }
        _ => bail!("expected an object of ANS or a list of them"),
    };
    let is_list = !std::ptr::eq(list.as_ptr(), &document);
    let mut imported = Imported::default();
    for (ix, story) in list.iter().enumerate() {
        let place = if is_list {
            format!("{place}[{ix}].")
        } else {
            String::new()
        };
        match story["type"].as_str() {
            Some("story" | "video" | "gallery" | "audio" | "image") | None if story.is_object() => {
                imported
                    .articles
                    .push(story::read(story, &place, source, losses));
            }
            kind => {
                let what = format!("an element of type {}", kind.unwrap_or("unknown"));
                losses.tell(place.trim_end_matches('.'), &what, "it is no article");
            }
        }
    }
    Ok(imported)
}
