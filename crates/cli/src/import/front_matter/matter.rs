//! The front matter: [`split`] cuts it off and reads it as one kind of value, whatever it was written in.
//!
//! YAML is read by `serde-saphyr`: it is maintained, does not panic, bounds what aliases may expand to, and reads
//! YAML 1.2, where `no` is a word and a date a text.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The front matter, empty where there is none, and what stands behind it.
pub(super) fn split(text: &str) -> Result<(Map<String, Value>, &str)> {
    if let Some((matter, body)) = cut(text, "---", &["---", "..."]) {
        let value: Value = if matter.trim().is_empty() {
            Value::Null
        } else {
            serde_saphyr::from_str(matter).context("the front matter is not valid YAML")?
        };
        return match value {
            Value::Object(fields) => Ok((fields, body)),
            Value::Null => Ok((Map::new(), body)),
            // Two rules with text between them, and no front matter at all.
            _ => Ok((Map::new(), text)),
        };
    }
    if let Some((matter, body)) = cut(text, "+++", &["+++"]) {
        let table: toml::Table = matter
            .parse()
            .context("the front matter is not valid TOML")?;
        return match json_of(toml::Value::Table(table)) {
            Value::Object(fields) => Ok((fields, body)),
            _ => Ok((Map::new(), body)),
        };
    }
    Ok((Map::new(), text))
}

/// What stands between a fence on the first line and one of these on a line of its own, and what stands behind.
fn cut<'a>(text: &'a str, fence: &str, ends: &[&str]) -> Option<(&'a str, &'a str)> {
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != fence {
        return None;
    }
    let mut begin = 0;
    for line in rest.split_inclusive('\n') {
        let end = begin + line.len();
        if ends.contains(&line.trim_end()) {
            return Some((&rest[..begin], &rest[end..]));
        }
        begin = end;
    }
    None
}

/// TOML has dates of its own: they become texts.
fn json_of(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(is) => Value::Bool(is),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => list.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(name, value)| (name, json_of(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}
