//! JSON Feed 1.1 (jsonfeed.org/version/1.1): [`write()`].
//!
//! Beside the standard's own members each item has `_offprint`, which is the article itself as docs/format.md has it, and the
//! feed has one with what the edition says of itself. So `offprint import` gives back exactly the articles, dates without
//! a time too, of which `date_published` has to make a midnight.

use super::{FORMAT, Feed, moment};
use crate::build::{Addresses, Entry, paths, plain, slugs};
use crate::import::{Draft, read_alone};
use article::{Author, html};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes a feed of these entries, in their order.
pub fn write<'a>(
    feed: &Feed,
    entries: impl IntoIterator<Item = Entry<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let site = feed.site;
    let publisher = object([
        ("name", Some(site.title.clone())),
        ("url", site.address("")),
    ]);
    let mut edition = object([
        ("about", Some(FORMAT.to_string())),
        ("title", Some(site.title.clone())),
        ("description", site.description.clone()),
        ("language", site.language.clone()),
        ("base_url", site.address("")),
    ]);
    edition.insert("version".to_string(), json!(article::FORMAT_VERSION));
    let mut head = object([
        (
            "version",
            Some("https://jsonfeed.org/version/1.1".to_string()),
        ),
        ("title", Some(feed.title.to_string())),
        ("home_page_url", site.address(feed.home)),
        ("feed_url", site.address(feed.path)),
        ("description", site.description.clone()),
        ("language", site.language.clone()),
        ("icon", site.address("icon.svg")),
    ]);
    head.insert("authors".to_string(), json!([publisher]));
    head.insert("_offprint".to_string(), Value::Object(edition));
    out.write_all(b"{\n")?;
    write_members(&head, out)?;
    out.write_all(b"\"items\": [")?;
    for (ix, entry) in entries.into_iter().enumerate() {
        out.write_all(if ix == 0 { b"\n{\n" } else { b",\n{\n" })?;
        write_members(&item(feed, &entry)?, out)?;
        write!(out, "\"_offprint\": {}\n}}", own_json(&entry)?)?;
    }
    out.write_all(b"\n]\n}\n")
}

/// A line for each member, with a comma behind.
fn write_members(members: &Map<String, Value>, out: &mut dyn Write) -> io::Result<()> {
    for (name, value) in members {
        writeln!(out, "{}: {value},", Value::String(name.clone()))?;
    }
    Ok(())
}

fn object<const N: usize>(members: [(&str, Option<String>); N]) -> Map<String, Value> {
    members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_string(), Value::String(value?))))
        .collect()
}

fn item(feed: &Feed, entry: &Entry) -> io::Result<Map<String, Value>> {
    let article = entry.article;
    let addresses = feed.addresses();
    let path = paths::article(&article.id);
    let document = feed.content(article);
    let image = article.image.as_ref().map(|image| addresses.of(&image.src));
    let mut item = object([
        ("id", Some(feed.id_of(&path))),
        ("url", Some(addresses.path(&path))),
        ("title", Some(article.title.clone())),
        // One of the two has to be there; HTML alone would be a text that our reader cannot show.
        (
            "content_html",
            Some(html(&document, "")).filter(|html| !html.is_empty()),
        ),
        ("content_text", Some(plain::text_of(&document))),
        (
            "summary",
            Some(entry.excerpt.to_string()).filter(|text| !text.is_empty()),
        ),
        // An image in the article itself would stand in the feed three times.
        ("image", image.filter(|src| !src.starts_with("data:"))),
        ("date_published", article.published.map(moment)),
        ("date_modified", article.updated.map(moment)),
        ("language", entry.language.map(str::to_string)),
    ]);
    if !article.authors.is_empty() {
        let authors = article.authors.iter();
        let authors: Vec<Value> = authors.map(|it| author(it, &addresses)).collect();
        item.insert("authors".to_string(), Value::Array(authors));
    }
    let tags: Vec<&String> = article.category.iter().chain(&article.tags).collect();
    if !tags.is_empty() {
        item.insert("tags".to_string(), json!(tags));
    }
    Ok(item)
}

fn author(author: &Author, addresses: &Addresses) -> Value {
    let page = match &author.url {
        Some(url) => addresses.of(url),
        None => addresses.path(&paths::list("author", &slugs::slug_of(&author.name), 1)),
    };
    json!({ "name": author.name, "url": page })
}

/// The article as JSON, such that reading it gives this very article: as it was given, without the spaces, where that
/// does; else as the format would have it. A slip that our own reader forgives would damage the feed for others.
fn own_json(entry: &Entry) -> io::Result<String> {
    let draft = serde_json::to_value(Draft::of(entry.article))?;
    let is_json = serde_json::from_str::<Value>(entry.json).is_ok();
    if is_json
        && let Some((read, true)) = read_alone(entry.json)
        && serde_json::to_value(Draft::of(&read))? == draft
    {
        return Ok(compact(entry.json));
    }
    Ok(draft.to_string())
}

/// JSON without the spaces between its parts: numbers stay as they were written.
fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for c in json.chars() {
        match c {
            ' ' | '\n' | '\r' | '\t' if !is_text => continue,
            '"' if !is_escaped => is_text = !is_text,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
