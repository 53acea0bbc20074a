//! Several scripts as one: [`definitions`] wraps each module in a function, and [`loader`] calls them when they are wanted.
//!
//! This is no bundler. It knows the few forms in which our own scripts, and those of wasm-bindgen, import and export (a line each), and
//! fails where it meets another. Names stay as they are: every module has a function for a scope.

use anyhow::{Context, Result, bail, ensure};

/// The modules as members of an object: by name a function that gives what the module exports.
pub fn definitions<'a>(modules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<String> {
    let mut all = String::new();
    for (name, source) in modules {
        let wrapped =
            wrapped(source).with_context(|| format!("{name} cannot be put with others"))?;
        all.push_str(&format!(
            "\"./{name}\": (use, later, file) => {{\n{wrapped}}},\n"
        ));
    }
    Ok(all)
}

/// What loads the modules that are defined; `file` is an expression for a function that gives the address of a file.
#[must_use]
pub fn loader(definitions: &str, file: &str) -> String {
    format!(
        "const definitions = {{\n{definitions}}};\nconst made = {{}};\n\
         const use = (name) => (made[name] ??= definitions[name.split(\"?\")[0]](use, later, file));\n\
         const later = async (name) => use(name);\nconst file = {file};\n"
    )
}

/// The body of a function that gives what a module exports.
fn wrapped(source: &str) -> Result<String> {
    let mut body = String::new();
    let mut exported: Vec<String> = Vec::new();
    for line in source.lines() {
        let line = if let Some(rest) = line.strip_prefix("import ") {
            let (names, from) = rest
                .split_once(" from ")
                .with_context(|| format!("an import of another form: {line}"))?;
            let name = from.trim_end_matches(';');
            ensure!(
                names.starts_with('{') && name.starts_with("\"./"),
                "an import of another form: {line}"
            );
            format!("const {} = use({name});", names.replace(" as ", ": "))
        } else if let Some(names) = line.strip_prefix("export {") {
            let names = names
                .trim_end()
                .strip_suffix("};")
                .with_context(|| format!("an export of more lines than one: {line}"))?;
            for name in names.split(',') {
                let (own, given) = name.split_once(" as ").unwrap_or((name, name));
                exported.push(format!("{}: {}", given.trim(), own.trim()));
            }
            continue;
        } else if let Some(rest) = line.strip_prefix("export ") {
            exported.push(
                declared(rest).with_context(|| format!("an export of another form: {line}"))?,
            );
            rest.to_owned()
        } else {
            line.to_owned()
        };
        body.push_str(&with_addresses(&line)?);
        body.push('\n');
    }
    body.push_str(&format!("return {{ {} }};\n", exported.join(", ")));
    Ok(body)
}

/// The name that a declaration declares.
fn declared(line: &str) -> Option<String> {
    let rest = ["async function ", "function ", "class ", "const "]
        .into_iter()
        .find_map(|keyword| line.strip_prefix(keyword))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
    (end > 0).then(|| rest[..end].to_owned())
}

/// A line that loads modules by `later`, and has its addresses from `file`.
fn with_addresses(line: &str) -> Result<String> {
    let mut line = line.replace("import(\"./", "later(\"./");
    for quote in ['"', '\''] {
        while let Some(start) = line.find(&format!("new URL({quote}")) {
            let end = format!("{quote}, import.meta.url)");
            let Some(length) = line[start..].find(&end) else {
                break;
            };
            let name = line[start + "new URL(\"".len()..start + length].trim_start_matches("./");
            let call = format!("file(\"./{name}\")");
            line.replace_range(start..start + length + end.len(), &call);
        }
    }
    if line.contains("import(") || line.contains("import.meta") {
        bail!("an address that is not written out: {line}");
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expect: &str) {
        assert_eq!(wrapped(source).unwrap(), expect);
    }

    #[test]
    fn exports_are_given_back() {
        check(
            "export const a = 1;\nexport class B extends A {}\nexport async function c() {}\nconst d = 2;\nexport { d, d as default };\n",
            "const a = 1;\nclass B extends A {}\nasync function c() {}\nconst d = 2;\nreturn { a, B, c, d: d, default: d };\n",
        );
    }

    #[test]
    fn imports_and_addresses_are_asked_for() {
        check(
            "import { a, b as c } from \"./x.js\";\nconst d = () => import(\"./y.js?again\");\nconst e = [new URL(\"./z.css\", import.meta.url), new URL('w.wasm', import.meta.url)];\n",
            "const { a, b: c } = use(\"./x.js\");\nconst d = () => later(\"./y.js?again\");\nconst e = [file(\"./z.css\"), file(\"./w.wasm\")];\nreturn {  };\n",
        );
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for source in [
            "import x from \"./x.js\";",
            "import { x } from \"elsewhere\";",
            "export default 1;",
            "export let a = 1;",
            "export {\n a };",
            "import(name);",
            "f(import.meta.env);",
            "new URL(name, import.meta.url);",
        ] {
            assert!(wrapped(source).is_err(), "{source}");
        }
    }
}
