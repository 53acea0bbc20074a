//! Pictures, tables and embeds.

use super::super::Losses;
use super::super::blocks::{self, Picture, link_in_place};
use super::text::Text;
use article::{Block, Inline};
use serde_json::Value;

/// A component or item with a `URL`, as a figure.
pub(super) fn picture(
    item: &Value,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Vec<Block> {
    let caption = Text::of(&item["caption"]);
    let picture = Picture {
        src: file_of(item["URL"].as_str().unwrap_or_default(), place, losses),
        alt: Text::of(&item["accessibilityCaption"])
            .map(|text| text.plain())
            .unwrap_or_default(),
        caption: caption
            .map(|text| text.inlines(&format!("{place}.caption"), base, losses))
            .unwrap_or_default(),
        ..Picture::default()
    };
    picture.into_blocks(place, base, losses)
}

/// The address of a picture. Those in the article's own bundle are relative to wherever its files are put.
pub(super) fn file_of(url: &str, place: &str, losses: &mut Losses) -> String {
    match url.strip_prefix("bundle://") {
        None => url.to_string(),
        Some(name) => {
            let why = "the picture is a file of the article's bundle; put it beside the collection";
            losses.tell(place, &format!("the scheme of {url}"), why);
            name.to_string()
        }
    }
}

/// `data` of a table: descriptors of its columns, and records.
pub(super) fn data_table(
    component: &Value,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Option<Block> {
    let data = &component["data"];
    let descriptors = data["descriptors"].as_array()?;
    let mut cell = |value: &Value, place: &str| -> Vec<Inline> {
        match value {
            Value::Number(number) => vec![Inline::Text(number.to_string())],
            Value::Bool(is) => vec![Inline::Text(is.to_string())],
            value => match Text::of(value) {
                Some(text) => text.inlines(place, base, losses),
                None => Vec::new(),
            },
        }
    };
    let mut rows = vec![Vec::new()];
    for (ix, descriptor) in descriptors.iter().enumerate() {
        let place = format!("{place}.data.descriptors[{ix}].label");
        rows[0].push(cell(&descriptor["label"], &place));
    }
    for (ix, record) in data["records"].as_array().into_iter().flatten().enumerate() {
        let row = descriptors.iter().map(|descriptor| {
            let key = descriptor["key"].as_str().unwrap_or_default();
            cell(&record[key], &format!("{place}.data.records[{ix}].{key}"))
        });
        rows.push(row.collect());
    }
    if component["showDescriptorLabels"] == false {
        rows[0].iter_mut().for_each(Vec::clear);
    }
    blocks::table(rows)
}

/// What needs a player or a script of somebody else: its caption, and a link where it has an address.
pub(super) fn embed(
    component: &Value,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Vec<Block> {
    let role = component["role"]
        .as_str()
        .unwrap_or_default()
        .replace('_', " ");
    let url = component["URL"].as_str().unwrap_or_default();
    let mut blocks = Vec::new();
    let mut captions = vec![&component["caption"], &component["accessibilityCaption"]];
    captions.extend(
        component["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| &item["caption"]),
    );
    if let Some(block) = link_in_place(url, "", base).filter(|_| !url.starts_with("bundle:")) {
        blocks.push(block);
    }
    for caption in captions {
        if let Some(text) = Text::of(caption) {
            blocks.extend(text.blocks(&format!("{place}.caption"), base, losses));
        }
    }
    let what = match (
        component["latitude"].as_f64(),
        component["longitude"].as_f64(),
    ) {
        (Some(latitude), Some(longitude)) => format!("the {role} at {latitude}, {longitude}"),
        _ => format!("the {role} {url}"),
    };
    let why = match url.is_empty() {
        true => "a page cannot show it; its caption is kept",
        false => {
            "a page cannot show it without a script of somebody else; a link stands in its place"
        }
    };
    losses.tell(place, what.trim_end(), why);
    blocks
}
