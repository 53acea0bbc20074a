//! What an article says of itself: [`put_into`].

use super::super::blocks::{self, Picture};
use super::super::html::address;
use super::super::{Draft, Losses, Person, Related, SourceFile, dates, fields, sections};
use super::media;
use serde_json::Value;

/// The metadata that become fields, or say nothing about the article.
const READ: &[&str] = &[
    "authors",
    "canonicalURL",
    "datePublished",
    "dateCreated",
    "dateModified",
    "excerpt",
    "keywords",
    "thumbnailURL",
    "links",
    "coverArt",
    "generatorIdentifier",
    "generatorName",
    "generatorVersion",
    "transparentToolbar",
    "campaignData",
    "videoURL",
];

/// Puts the metadata of a document into a draft.
pub(super) fn put_into(
    draft: &mut Draft,
    document: &Value,
    source: &SourceFile,
    losses: &mut Losses,
) {
    let base = source.base.as_deref();
    let metadata = &document["metadata"];
    draft.title = words(&document["title"]).unwrap_or_default();
    draft.subtitle = words(&document["subtitle"]);
    draft.language = words(&document["language"]);
    let mut date = |names: [&str; 2]| {
        let (name, text) = names
            .iter()
            .find_map(|name| Some((name, words(&metadata[*name])?)))?;
        let place = format!("metadata.{name}");
        dates::read(&text, &place, losses)
    };
    draft.published = date(["datePublished", "dateCreated"]);
    draft.updated =
        date(["dateModified", ""]).filter(|date| draft.published.as_ref() != Some(date));
    draft.tags = texts(&metadata["keywords"]);
    draft.authors = texts(&metadata["authors"])
        .into_iter()
        .map(|name| Person { name, url: None })
        .collect();
    draft.summary = words(&metadata["excerpt"])
        .map(|excerpt| sections::markdown(vec![blocks::paragraph(&excerpt)]));
    draft.canonical_url = words(&metadata["canonicalURL"])
        .filter(|url| address::link(url, base).is_some())
        .map(|url| address::absolute(&url, base));
    if let Some(url) = words(&metadata["thumbnailURL"]) {
        let place = "metadata.thumbnailURL";
        let picture = Picture {
            src: media::file_of(&url, place, losses),
            ..Picture::default()
        };
        draft.image = picture.into_lead(place, base, losses);
    }
    for (field, why) in [
        ("coverArt", "an article has one lead picture"),
        ("videoURL", "an article has no video of its own"),
    ] {
        if let Some(url) = find_url(&metadata[field]) {
            losses.tell(&format!("metadata.{field}"), url, why);
        }
    }
    for (ix, link) in metadata["links"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let place = format!("metadata.links[{ix}]");
        let url = link["URL"].as_str().unwrap_or_default();
        if link["relationship"] == "related" && address::link(url, base).is_some() {
            draft.related.push(Related {
                // Nothing but its address is said.
                title: Some(url.to_string()),
                url: Some(address::absolute(url, base)),
                ..Related::default()
            });
        } else {
            losses.tell(&place, url, "only related articles have a place here");
        }
    }
    if let Value::Object(metadata) = metadata {
        fields::keep(draft, "apple_news", fields::rest(metadata, READ, &[]));
    }
}

fn words(value: &Value) -> Option<String> {
    let words: Vec<&str> = value.as_str()?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn texts(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(words)
        .collect()
}

/// The first address in a value.
fn find_url(value: &Value) -> Option<&str> {
    match value {
        Value::String(url) => Some(url),
        Value::Array(list) => list.iter().find_map(find_url),
        Value::Object(fields) => fields.get("URL").and_then(Value::as_str),
        _ => None,
    }
}
