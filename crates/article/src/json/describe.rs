//! Values in the words of a message.

use super::{Spanned, Value};

/// Messages quote this many characters of a text.
const QUOTE_MAX: usize = 40;

/// `the text "one, two"`, `a list`, `the number 7`.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_string(),
        Value::Bool(true) => "true".to_string(),
        Value::Bool(false) => "false".to_string(),
        Value::Number(text) => ["the number ", text].concat(),
        Value::Text(text) if text.trim().is_empty() => "an empty text".to_string(),
        Value::Text(text) => ["the text \"", &short(text), "\""].concat(),
        Value::List(list) if list.is_empty() => "an empty list".to_string(),
        Value::List(_) => "a list".to_string(),
        Value::Object(_) => "an object".to_string(),
    }
}

/// The beginning of a text, in one line.
pub(crate) fn short(text: &str) -> String {
    let mut chars = text.trim().chars();
    let mut short = String::new();
    for c in chars.by_ref().take(QUOTE_MAX) {
        short.push(if c.is_control() { ' ' } else { c });
    }
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// What stands at a byte: `the character }`, or `the end of the file`.
pub(crate) fn describe_at(bytes: &[u8], at: usize) -> String {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(first) = rest.first() else {
        return "the end of the file".to_string();
    };
    let n_bytes = match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    };
    match std::str::from_utf8(&rest[..n_bytes.min(rest.len())]) {
        Ok(text) if text.trim().is_empty() => "white space".to_string(),
        Ok(text) if first.is_ascii_control() => {
            ["the control character ", &text.escape_unicode().to_string()].concat()
        }
        Ok(text) => ["`", text, "`"].concat(),
        Err(_) => "a byte that is no UTF-8".to_string(),
    }
}

/// The path of the innermost value at a byte, behind `path`, the path of `value`.
pub(crate) fn path_at(value: &Spanned, at: u32, path: &mut String) {
    match &value.value {
        Value::List(list) => {
            for (ix, inner) in list.iter().enumerate() {
                if (inner.start..inner.end).contains(&at) {
                    path.push_str(&["[", &ix.to_string(), "]"].concat());
                    return path_at(inner, at, path);
                }
            }
        }
        Value::Object(members) => {
            for member in members {
                if (member.name_start..member.value.end).contains(&at) {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&member.name);
                    return path_at(&member.value, at, path);
                }
            }
        }
        _ => {}
    }
}

/// The path of the last value that was read before a syntax error at a byte, behind `path`, the path of `value`.
pub(crate) fn last_path(value: &Spanned, bytes: &[u8], error: usize, path: &mut String) {
    let is_last = |value: &Spanned| {
        let between = bytes.get(value.end as usize..error).unwrap_or_default();
        between.iter().all(u8::is_ascii_whitespace)
    };
    match &value.value {
        Value::List(list) => {
            let is_open = |inner: &&Spanned| {
                matches!(inner.value, Value::List(_) | Value::Object(_)) && is_last(inner)
            };
            if let Some(inner) = list.last().filter(is_open) {
                path.push_str(&["[", &(list.len() - 1).to_string(), "]"].concat());
                last_path(inner, bytes, error, path);
            }
        }
        Value::Object(members) => {
            if let Some(member) = members.last().filter(|member| is_last(&member.value)) {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&member.name);
                last_path(&member.value, bytes, error, path);
            }
        }
        _ => {}
    }
}
