//! A package made of the repository's own scripts, with stand-ins for what has to be compiled.

use super::*;

/// The package that would be made, `of` telling this test's folder from others.
fn package(of: &str) -> Files {
    let dist = std::env::temp_dir().join(format!("offprint-npm-{of}-{}", std::process::id()));
    fs::create_dir_all(&dist).unwrap();
    for name in SCRIPTS.into_iter().chain(FETCHED).chain(SERVED) {
        let own = fs::read_to_string(workspace::root().join("www").join(name));
        let text = match name.strip_suffix(".js") {
            Some(module) => own.map_or_else(
                |_| compiled(module),
                |own| page::without_documentation(&own),
            ),
            None => name.to_owned(),
        };
        fs::write(dist.join(name), text).unwrap();
    }
    let www = |name: &str| fs::read_to_string(workspace::root().join("www").join(name)).unwrap();
    let joined = page::joined(&www("element.js"), "loading.js", &www("loading.js")).unwrap();
    fs::write(
        dist.join("element.js"),
        page::without_documentation(&joined),
    )
    .unwrap();
    digests::write(&dist).unwrap();
    let files = files(&dist, &workspace::root()).unwrap();
    fs::remove_dir_all(&dist).unwrap();
    files
}

/// A script in the forms that wasm-bindgen writes.
fn compiled(module: &str) -> String {
    format!(
        "export class Engine {{\n}}\nexport function mount() {{}}\n\
         const start = () => new URL('{module}_bg.wasm', import.meta.url);\n\
         export {{ mount as initSync, start as default }};\n"
    )
}

#[test]
fn the_package_is_whole() {
    let files = package("whole");
    assert_eq!(check::problems(&files, env!("CARGO_PKG_VERSION")), [""; 0]);
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let whole = package("broken");
    let check = |change: &dyn Fn(&mut Files), expect: &str| {
        let mut files = whole.clone();
        change(&mut files);
        let found = check::problems(&files, env!("CARGO_PKG_VERSION")).join("; ");
        assert!(found.contains(expect), "{found}");
    };
    let rename = |from: &'static str, to: &'static str| {
        move |files: &mut Files| {
            let text = text(files, "package.json").unwrap().replace(from, to);
            files.insert("package.json".to_owned(), text.into_bytes());
        }
    };
    check(
        &|files| drop(files.remove("plain.js")),
        "names plain.js, which is not there",
    );
    check(
        &|files| drop(files.remove("element.d.ts")),
        "export ./element: there is no ./element.d.ts",
    );
    check(
        &|files| drop(files.remove("integrity.json")),
        "integrity.json is missing",
    );
    check(
        &|files| drop(files.insert("api.js".to_owned(), Vec::new())),
        "the digest of api.js is missing or wrong",
    );
    check(
        &rename("\"version\": \"", "\"version\": \"9"),
        "the version is",
    );
    check(
        &rename("\"types\"", "\"import\""),
        "`types` does not come first",
    );
    check(
        &rename("./custom-elements.json", "./elements.json"),
        "customElements: there is no ./elements.json",
    );
}

#[test]
fn the_worker_is_no_module() {
    let files = package("worker");
    let worker = text(&files, "worker.js").unwrap();
    for word in ["import ", "import(", "import.meta", "export "] {
        let is_code = |line: &str| line.contains(word) && !line.trim_start().starts_with("//");
        assert_eq!(worker.lines().find(|line| is_code(line)), None, "{word}");
    }
    assert!(
        text(&files, "aids.js")
            .unwrap()
            .contains("new URL(\"./worker.js\", import.meta.url)")
    );
}

#[test]
fn one_file_has_it_all() {
    let files = package("inline");
    let inline = text(&files, "inline.js").unwrap();
    assert!(!inline.contains("import"), "it imports something");
    for name in FETCHED
        .into_iter()
        .filter(|name| !NOT_INLINE.contains(name))
    {
        assert!(inline.contains(&format!("\"./{name}\": \"H4sI")), "{name}");
    }
}

/// What editors are told of the elements is what the elements have.
#[test]
fn the_elements_are_described() {
    let files = package("elements");
    // What is read and told by others beside it is the elements', too.
    let script = ["element.js", "failures.js", "keep.js"].map(|name| text(&files, name).unwrap());
    let script = script.concat();
    let list = script.split("const ATTRIBUTES = [").nth(1).unwrap();
    let list = list.split(']').next().unwrap();
    let mut attributes: Vec<&str> = list
        .split(',')
        .map(|name| name.trim().trim_matches('"'))
        .chain(["offline"])
        .collect();
    attributes.sort_unstable();

    let described: serde_json::Value =
        serde_json::from_slice(&files["custom-elements.json"]).unwrap();
    let elements = described["modules"][0]["declarations"].as_array().unwrap();
    let names = |list: &str| -> Vec<&str> {
        let all = elements
            .iter()
            .flat_map(|element| element[list].as_array().unwrap());
        let mut names: Vec<&str> = all.map(|one| one["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    assert_eq!(names("attributes"), attributes);
    assert!(
        text(&files, "aids.js")
            .unwrap()
            .contains("hasAttribute(\"offline\")")
    );

    let types = text(&files, "element.d.ts").unwrap();
    for name in names("members") {
        let is_typed = [":", "(", "?:"]
            .iter()
            .any(|after| types.contains(&format!(" {name}{after}")));
        assert!(is_typed, "element.d.ts does not know {name}");
    }
    for event in names("events") {
        assert!(
            types.contains(&format!("\"{event}\": CustomEvent")),
            "element.d.ts does not know {event}"
        );
        let told = event.trim_start_matches("offprint-");
        let is_sent = [event, &format!("#tell(\"{told}\"")]
            .iter()
            .any(|call| script.contains(*call));
        assert!(is_sent, "element.js does not send {event}");
    }
    for element in elements {
        let tag = element["tagName"].as_str().unwrap();
        assert!(script.contains(tag) && types.contains(tag), "{tag}");
    }
}

/// What the element's script exports for its own modules, and for nobody else.
const INNER: [&str; 17] = [
    "FILES",
    "STARTS",
    "THEME_KEY",
    "absolute",
    "breath",
    "build",
    "bytes",
    "diagnosed",
    "helped",
    "panicked",
    "panics",
    "reader",
    "refused",
    "report",
    "style",
    "themeOf",
    "wasm",
];

/// What is exported for everybody is declared, and nothing else is.
#[test]
fn declarations_are_those_of_the_script() {
    let exported = |script: &str| -> Vec<String> {
        let names = script
            .lines()
            .filter_map(|line| line.strip_prefix("export "));
        let name = |rest: &str| {
            let kinds = ["async ", "function ", "class ", "const ", "let "];
            let rest = kinds
                .iter()
                .fold(rest, |rest, kind| rest.strip_prefix(kind).unwrap_or(rest));
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            rest[..end.unwrap_or(rest.len())].to_owned()
        };
        let mut names: Vec<String> = names.map(name).filter(|name| !name.is_empty()).collect();
        // Types are of the declarations alone.
        names.retain(|name| name != "interface" && !INNER.contains(&name.as_str()));
        names.sort();
        names
    };
    let www = |name: &str| fs::read_to_string(workspace::root().join("www").join(name)).unwrap();
    let scripts = [www("element.js"), www("loading.js")].concat();
    assert_eq!(exported(&www("npm/element.d.ts")), exported(&scripts));
}
