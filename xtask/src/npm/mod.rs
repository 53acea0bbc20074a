//! The package for npm: [`write()`] makes `target/npm/` of `dist/` and of what `www/npm/` has beside it.
//!
//! 1. The reader's scripts are copied, with `www/api.js`. The one that starts the search names `worker.js` there, which is the
//!    worker's scripts in one (`bundle`): bundlers copy a file that is only named, and what it imports would be lost.
//! 2. `inline.js` is all of it in one file, the WebAssembly packed and as base64.
//! 3. `check` makes sure of what must hold of a package, whoever made it.

mod bundle;
mod check;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::digests;
use crate::page;
use crate::workspace;

/// Where the package is written.
#[must_use]
pub fn folder() -> PathBuf {
    workspace::root().join("target").join("npm")
}

/// The scripts of `dist/` that a page can need; those of built sites are not among them.
const SCRIPTS: [&str; 15] = [
    "aids.js",
    "edition.js",
    "element.js",
    "failures.js",
    "highlights.js",
    "keep.js",
    "offprint-articles.js",
    "offprint-index.js",
    "offprint-search-worker.js",
    "offprint.js",
    "plain.js",
    "search-collection.js",
    "search-worker.js",
    "suggestions.js",
    "syntax.js",
];

/// What the scripts fetch.
const FETCHED: [&str; 5] = [
    "offprint.css",
    "offprint-articles_bg.wasm",
    "offprint-index_bg.wasm",
    "offprint-search-worker_bg.wasm",
    "offprint_bg.wasm",
];

/// What is served as it is: the page for frames with what belongs to it, the script around them, and the service worker of a page that was
/// put together by hand.
const SERVED: [&str; 6] = [
    "embed.html",
    "embed.js",
    "frame.js",
    "icon.svg",
    "page.css",
    "sw-page.js",
];

/// What runs in the worker.
const WORKER: [&str; 7] = [
    "edition.js",
    "element.js",
    "offprint-articles.js",
    "offprint-index.js",
    "offprint-search-worker.js",
    "search-collection.js",
    "search-worker.js",
];

/// What no page without a built site needs.
const NOT_INLINE: [&str; 3] = [
    "edition.js",
    "offprint-search-worker.js",
    "offprint-search-worker_bg.wasm",
];

/// What `inline.js` exports, by the module that has it.
const EXPORTS: [(&str, &str); 2] = [
    ("api.js", "OffprintError, createSearch, init, mount, render"),
    (
        "element.js",
        "OffprintArticle, OffprintElement, OffprintList, OffprintReader, VERSION",
    ),
];

/// Files of the repository that are in the package under the same name, or another.
const COPIED: [(&str, &str); 3] = [
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("docs/offprint.schema.json", "schema.json"),
];

/// Makes the package of the built reader, and checks it.
pub fn write() -> Result<()> {
    let files = files(&workspace::dist_dir(), &workspace::root())?;
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, bytes) in &files {
        let path = folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let found = check::problems(&files, env!("CARGO_PKG_VERSION"));
    ensure!(found.is_empty(), "target/npm: {}", found.join("; "));
    Ok(())
}

/// A package: the bytes of each file by its name.
type Files = BTreeMap<String, Vec<u8>>;

/// The files of the package, from those of a built reader and of the repository.
fn files(dist: &Path, root: &Path) -> Result<Files> {
    let read =
        |path: PathBuf| fs::read(&path).with_context(|| format!("cannot read {}", path.display()));
    let mut files = Files::new();
    for name in SCRIPTS.into_iter().chain(FETCHED).chain(SERVED) {
        files.insert(name.to_owned(), read(dist.join(name))?);
    }
    for (from, name) in COPIED {
        files.insert(name.to_owned(), read(root.join(from))?);
    }
    let own = root.join("www/npm");
    for entry in fs::read_dir(&own).with_context(|| format!("cannot list {}", own.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.insert(name.into_owned(), read(path.clone())?);
    }
    files.insert("api.js".to_owned(), read(root.join("www/api.js"))?);
    for name in ["api.js", "node.js"] {
        let script = page::without_documentation(text(&files, name)?);
        files.insert(name.to_owned(), script.into_bytes());
    }

    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    replace(
        &mut files,
        "package.json",
        "\"version\": \"0.0.0\"",
        &version,
    )?;
    let css = digests::entry("offprint.css", &files["offprint.css"]);
    // A bundler may press the style sheet.
    replace(&mut files, "element.js", &css, "")?;

    let worker = worker(&files)?;
    replace(
        &mut files,
        "aids.js",
        "\"./search-worker.js\", import.meta.url",
        "\"./worker.js\", import.meta.url",
    )?;
    let inline = inline(&files)?;
    files.insert("worker.js".to_owned(), worker.into_bytes());
    files.insert("inline.js".to_owned(), inline.into_bytes());

    let digests = files.iter().filter(|(name, _)| *name != "package.json");
    let digests =
        digests.map(|(name, bytes)| format!("  \"{name}\": \"{}\"", digests::integrity(bytes)));
    let list = digests.collect::<Vec<_>>().join(",\n");
    files.insert(
        "integrity.json".to_owned(),
        format!("{{\n{list}\n}}\n").into_bytes(),
    );
    Ok(files)
}

/// The worker's scripts in one, which is no module: whoever packs it for a browser may take it for either.
fn worker(files: &Files) -> Result<String> {
    let modules = modules(files, &WORKER)?;
    let definitions = bundle::definitions(modules.iter().copied())?;
    let loader = bundle::loader(&definitions, "(name) => new URL(name, self.location.href)");
    Ok(format!(
        "(() => {{\n{loader}use(\"./search-worker.js\");\n}})();\n"
    ))
}

/// All scripts in one, with what they would fetch.
fn inline(files: &Files) -> Result<String> {
    let mut names: Vec<&str> = SCRIPTS
        .into_iter()
        .filter(|name| !NOT_INLINE.contains(name))
        .collect();
    names.push("api.js");
    let definitions = bundle::definitions(modules(files, &names)?.iter().copied())?;
    let mut packed = String::new();
    for name in FETCHED
        .into_iter()
        .filter(|name| !NOT_INLINE.contains(name))
    {
        let text = BASE64_STANDARD.encode(gzip(&files[name])?);
        packed.push_str(&format!("\"./{name}\": \"{text}\",\n"));
    }
    let loader = bundle::loader(
        &definitions,
        "(name) => (name in packed ? () => unpacked(name) : new URL(name, \"offprint:/\"))",
    );
    let exports: String = EXPORTS
        .iter()
        .map(|(module, names)| format!("export const {{ {names} }} = use(\"./{module}\");\n"))
        .collect();
    Ok(format!(
        "const packed = {{\n{packed}}};\n\
         const unpacked = async (name) => {{\n\
         \x20 const bytes = Uint8Array.from(atob(packed[name]), (letter) => letter.charCodeAt(0));\n\
         \x20 const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(\"gzip\"));\n\
         \x20 const type = name.endsWith(\".css\") ? \"text/css\" : \"application/wasm\";\n\
         \x20 return new Response(await new Response(stream).arrayBuffer(), {{ headers: {{ \"content-type\": type }} }});\n\
         }};\n{loader}{exports}"
    ))
}

fn modules<'a>(files: &'a Files, names: &[&'a str]) -> Result<Vec<(&'a str, &'a str)>> {
    names
        .iter()
        .map(|name| Ok((*name, text(files, name)?)))
        .collect()
}

fn text<'a>(files: &'a Files, name: &str) -> Result<&'a str> {
    let bytes = files
        .get(name)
        .with_context(|| format!("there is no {name}"))?;
    std::str::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))
}

/// Replaces what stands once in a file.
fn replace(files: &mut Files, name: &str, from: &str, to: &str) -> Result<()> {
    let script = text(files, name)?;
    ensure!(
        script.matches(from).count() == 1,
        "{name} has no one place for `{from}`"
    );
    let script = script.replace(from, to);
    files.insert(name.to_owned(), script.into_bytes());
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes).context("gzip failed")?;
    writer.finish().context("gzip failed")
}

#[cfg(test)]
mod tests;
