//! What must hold of a package: [`problems`].

use serde_json::Value;

use super::Files;
use crate::digests;

/// What is wrong with a package, in words.
pub fn problems(files: &Files, version: &str) -> Vec<String> {
    let mut found = Vec::new();
    let json = |name: &str| {
        let value = files
            .get(name)
            .and_then(|bytes| serde_json::from_slice(bytes).ok());
        value.ok_or_else(|| format!("{name} is missing or no JSON"))
    };
    match json("package.json") {
        Ok(package) => manifest(&package, files, version, &mut found),
        Err(why) => found.push(why),
    }
    match json("integrity.json") {
        Ok(digests) => integrity(&digests, files, &mut found),
        Err(why) => found.push(why),
    }
    for (name, bytes) in files
        .iter()
        .filter(|(name, _)| name.ends_with(".js") || name.ends_with(".d.ts"))
    {
        for named in named(&String::from_utf8_lossy(bytes)) {
            let of_declaration = name
                .ends_with(".d.ts")
                .then(|| named.replace(".js", ".d.ts"));
            if !files.contains_key(named)
                && of_declaration.is_none_or(|other| !files.contains_key(&other))
            {
                found.push(format!("{name} names {named}, which is not there"));
            }
        }
    }
    found
}

/// Names, version, and that everything that is pointed at is there.
fn manifest(package: &Value, files: &Files, version: &str, found: &mut Vec<String>) {
    if package["version"] != version {
        found.push(format!(
            "the version is {} and not {version}",
            package["version"]
        ));
    }
    let exports = package["exports"].as_object();
    if exports.is_none_or(|exports| exports.is_empty()) {
        found.push("package.json exports nothing".to_owned());
    }
    for (name, target) in exports.into_iter().flatten() {
        let mut paths = Vec::new();
        match target {
            Value::String(path) => paths.push(path.as_str()),
            Value::Object(conditions) => {
                // The first condition that holds is taken, and a parsed object has lost its order.
                let text = String::from_utf8_lossy(&files["package.json"]);
                if !text.contains(&format!("\"{name}\": {{ \"types\":")) {
                    found.push(format!("`types` does not come first in {name}"));
                }
                paths.extend(conditions.values().filter_map(Value::as_str));
            }
            _ => found.push(format!("{name} points at nothing")),
        }
        missing(&format!("export {name}"), &paths, files, found);
    }
    for field in ["sideEffects", "files"] {
        let list = package[field].as_array().into_iter().flatten();
        let paths: Vec<&str> = list
            .filter_map(Value::as_str)
            .filter(|path| !path.contains('*'))
            .collect();
        missing(field, &paths, files, found);
    }
    let elements: Vec<&str> = package["customElements"].as_str().into_iter().collect();
    missing("customElements", &elements, files, found);
}

fn missing(of: &str, paths: &[&str], files: &Files, found: &mut Vec<String>) {
    for path in paths {
        if !files.contains_key(path.trim_start_matches("./")) {
            found.push(format!("{of}: there is no {path}"));
        }
    }
}

/// Every file but the two lists themselves has its digest, and nothing else has one.
fn integrity(list: &Value, files: &Files, found: &mut Vec<String>) {
    let list = list.as_object();
    for (name, bytes) in files {
        let given = list.and_then(|list| list.get(name)).and_then(Value::as_str);
        let is_list = ["integrity.json", "package.json"].contains(&name.as_str());
        if !is_list && given != Some(&*digests::integrity(bytes)) {
            found.push(format!("the digest of {name} is missing or wrong"));
        }
    }
    for name in list.into_iter().flat_map(|list| list.keys()) {
        if !files.contains_key(name) {
            found.push(format!("integrity.json lists {name}, which is not there"));
        }
    }
}

/// The files beside it that a script imports or fetches.
fn named(script: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for start in ["from \"./", "import(\"./", "new URL(\"./", "new URL('"] {
        let end = if start.ends_with('\'') { '\'' } else { '"' };
        for (at, _) in script.match_indices(start) {
            let rest = &script[at + start.len()..];
            let name = rest.split(end).next().unwrap_or_default();
            names.push(name.split('?').next().unwrap_or_default());
        }
    }
    names
}
