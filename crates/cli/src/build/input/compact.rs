//! The JSON of an article without spaces: [`write`].

use article::json::{Member, Spanned, Value};

/// The object with these members. Where a name stands twice, the last one counts; `replaced` members stand in place of
/// those of the same name, or before all others.
pub(super) fn write(members: &[Member], replaced: &[(&str, &str)], left_out: &[&str]) -> String {
    let mut json = String::from("{");
    let is_there = |name: &str| members.iter().any(|member| member.name == name);
    for (name, text) in replaced.iter().filter(|(name, _)| !is_there(name)) {
        write_name(&mut json, name);
        write_text(&mut json, text);
    }
    for (ix, Member { name, value, .. }) in members.iter().enumerate() {
        let comes_again = members[ix + 1..].iter().any(|member| member.name == *name);
        if comes_again || left_out.contains(&name.as_str()) {
            continue;
        }
        write_name(&mut json, name);
        match replaced.iter().find(|(replaced, _)| replaced == name) {
            Some((_, text)) => write_text(&mut json, text),
            None => write_value(&mut json, &value.value),
        }
    }
    json.push('}');
    json
}

fn write_name(json: &mut String, name: &str) {
    if !json.ends_with('{') {
        json.push(',');
    }
    write_text(json, name);
    json.push(':');
}

fn write_value(json: &mut String, value: &Value) {
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(true) => json.push_str("true"),
        Value::Bool(false) => json.push_str("false"),
        Value::Number(text) => json.push_str(text),
        Value::Text(text) => write_text(json, text),
        Value::List(list) => {
            json.push('[');
            for (ix, Spanned { value, .. }) in list.iter().enumerate() {
                if ix > 0 {
                    json.push(',');
                }
                write_value(json, value);
            }
            json.push(']');
        }
        Value::Object(members) => json.push_str(&write(members, &[], &[])),
    }
}

fn write_text(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\t' => json.push_str("\\t"),
            '\r' => json.push_str("\\r"),
            '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", c as u32)),
            c => json.push(c),
        }
    }
    json.push('"');
}
