//! Reading members of JSON objects: [`text`], [`list`], and [`rest`] for what nobody asked for.

use super::{Draft, html};
use serde_json::{Map, Value};

/// A JSON object.
pub type Object = Map<String, Value>;

/// A member as text, trimmed; a number as its digits. Empty texts are none.
pub fn text(object: &Object, name: &str) -> Option<String> {
    object.get(name).and_then(as_text)
}

/// A value as text.
pub fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A member as plain text: entities resolved, white space single spaces.
pub fn plain(object: &Object, name: &str) -> Option<String> {
    let text = html::unescaped(&text(object, name)?);
    (!text.is_empty()).then_some(text)
}

/// A member as a list; a single value is a list of one, `null` and absence an empty one.
pub fn list<'a>(object: &'a Object, name: &str) -> Vec<&'a Value> {
    match object.get(name) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(value) => vec![value],
    }
}

/// A number above 0.
pub fn size(object: &Object, name: &str) -> Option<u32> {
    let value = object.get(name)?;
    let size = match value {
        Value::Number(number) => number.as_f64().map(|size| size as u32),
        Value::String(text) => text.trim().trim_end_matches("px").trim().parse().ok(),
        Value::Object(inner) => return self::size(inner, "value"),
        _ => None,
    };
    size.filter(|size| *size > 0)
}

/// The members that are neither `read` by the importer nor, as it knows, no content; empty ones are left out.
pub fn rest(object: &Object, read: &[&str], not_content: &[&str]) -> Object {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(inner) => inner.is_empty(),
        _ => false,
    };
    let known =
        |name: &String| read.contains(&name.as_str()) || not_content.contains(&name.as_str());
    object
        .iter()
        .filter(|(name, value)| !known(name) && !is_empty(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Keeps what is left over under the name of its format.
pub fn keep(draft: &mut Draft, format: &str, rest: Object) {
    if !rest.is_empty() {
        draft.extra.insert(format.to_string(), Value::Object(rest));
    }
}
