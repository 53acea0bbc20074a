//! [`Place`]: where the reader's files stand on the web, and which they are.

use crate::build::{Runtime, paths};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::Path;
use url::Url;

/// Where the reader's files stand, if nobody says: as in the README.
const FOLDER: &str = "dist/";

/// The reader's files and their address.
#[derive(Debug)]
pub struct Place {
    /// The address of the folder or site, absolute or from the page on, with a slash at its end.
    pub url: String,
    /// In a site, the reader's folder: `assets/HASH/`.
    reader: Option<String>,
    /// Of a site, the categories and the feeds of their articles, from its root on.
    feeds: Vec<(String, String)>,
    runtime: Runtime,
}

impl Place {
    /// The place that a command line names.
    pub fn of(folder: Option<&Path>, url: Option<&str>) -> Result<Place> {
        let Some(folder) = folder else {
            let runtime = Runtime::open(None)
                .context("name a folder with the reader's files: offprint embed dist")?;
            return Ok(Place::new(url.unwrap_or(FOLDER), None, runtime));
        };
        let pointer = folder.join("data/edition.json");
        if !pointer.is_file() {
            if !folder.join("element.js").is_file() {
                bail!(
                    "{} is no site that `offprint build` has made, and no folder with the reader's files (dist/)",
                    folder.display()
                );
            }
            let url = url.unwrap_or(FOLDER);
            return Ok(Place::new(url, None, Runtime::open(Some(folder))?));
        }
        let reader = member(&pointer, "runtime")?
            .with_context(|| format!("{} names no reader", pointer.display()))?;
        // The page for frames stands at the root of a site, so that its folder is not complete by itself.
        let runtime = Runtime::of_site(folder, &reader)?;
        let url = match url {
            Some(url) => url.to_owned(),
            None => match member(&folder.join("feed.json"), "home_page_url")? {
                Some(home) if home.contains("://") => home,
                _ => bail!(
                    "{} does not know where it stands: say it with --url, or build it with --base-url",
                    folder.display()
                ),
            },
        };
        Ok(Place {
            feeds: feeds(&folder.join("category"))?,
            ..Place::new(&url, Some(reader), runtime)
        })
    }

    fn new(url: &str, reader: Option<String>, runtime: Runtime) -> Place {
        Place {
            url: url.to_owned(),
            reader,
            feeds: Vec::new(),
            runtime,
        }
    }

    /// Whether it is a built site.
    pub fn is_site(&self) -> bool {
        self.reader.is_some()
    }

    /// Whether it is at an address of its own, and not beside the page.
    pub fn is_absolute(&self) -> bool {
        self.url.contains("://")
    }

    /// The address of the reader's folder.
    pub fn reader(&self) -> String {
        [&self.url, self.reader.as_deref().unwrap_or_default()].concat()
    }

    /// The reader's files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.runtime.files()
    }

    /// One of them.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files()
            .find_map(|(known, bytes)| (known == name).then_some(bytes))
    }

    /// The feed of a category, from the root of the site on: that of the site has no more than the newest of all.
    pub fn feed(&self, category: &str) -> Result<String> {
        let known = self.feeds.iter().find(|(name, _)| name == category);
        let (_, path) = known.with_context(|| {
            let names: Vec<&str> = self.feeds.iter().map(|(name, _)| &**name).collect();
            format!(
                "the site has no category {category:?}, but {}",
                match names.is_empty() {
                    true => "no others, either".to_owned(),
                    false => names.join(", "),
                }
            )
        })?;
        Ok(path.clone())
    }

    /// Where the articles are, if nobody says: in a site, in its feed, and one in a file of its own.
    pub fn articles(&self, id: Option<&str>) -> String {
        match (self.is_site(), id) {
            (false, _) => "articles.json".to_owned(),
            (true, None) => format!("{}feed.json", self.url),
            (true, Some(id)) => format!("{}{}", self.url, paths::article_json(id)),
        }
    }
}

/// The feeds in the folder of a site's categories, by the names of these.
fn feeds(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut feeds = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(feeds);
    };
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let file = entry.path().join("feed.json");
        if let (true, Ok(slug)) = (file.is_file(), entry.file_name().into_string())
            && let Some(name) = member(&file, "title")?
        {
            feeds.push((name, paths::list("category", &slug, 1) + "feed.json"));
        }
    }
    feeds.sort();
    Ok(feeds)
}

/// A text in a file of JSON.
fn member(file: &Path, name: &str) -> Result<Option<String>> {
    let text = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let value: Value =
        serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", file.display()))?;
    Ok(value[name].as_str().map(str::to_owned))
}

/// The address of a folder, absolute or from the page on; a slash at its end may be forgotten.
pub fn url(text: &str) -> Result<String, String> {
    let mut url = source(text)?;
    if url.contains(['?', '#']) {
        return Err("expected the address of a folder, without ? and #".to_owned());
    }
    if !url.ends_with('/') {
        url.push('/');
    }
    Ok(url)
}

/// The address of a file, absolute or from the page on.
pub fn source(text: &str) -> Result<String, String> {
    // What begins with `//` has the scheme of the page, which nobody knows here.
    let is_relative =
        !text.starts_with("//") && Url::parse(text) == Err(url::ParseError::RelativeUrlWithoutBase);
    if is_relative && !text.is_empty() && !text.contains('\\') {
        return Ok(text.to_owned());
    }
    match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "https" | "http") => Err(
            "expected an address that begins with https: or http:, or one from the page on"
                .to_owned(),
        ),
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            Err("expected an address without a name and a password in it".to_owned())
        }
        Ok(url) => Ok(url.into()),
        Err(error) => Err(format!("no address: {error}")),
    }
}

#[cfg(test)]
impl Place {
    /// The folder of these files at an address.
    pub fn sample(url: &str, reader: Option<&str>) -> Place {
        let files = [
            "element.js",
            "offprint.js",
            "embed.js",
            "frame.js",
            "site.js",
            "offprint_bg.wasm",
        ];
        let files = files.map(|name| (name.to_owned(), format!("/* {name} */").into_bytes()));
        Place::new(
            url,
            reader.map(str::to_owned),
            Runtime::sample(files.into()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_folders() {
        #[track_caller]
        fn check(text: &str, expect: Result<&str, &str>) {
            match (url(text), expect) {
                (Ok(url), Ok(expect)) => assert_eq!(url, expect),
                (Err(error), Err(part)) => assert!(error.contains(part), "{text}: {error}"),
                (url, _) => panic!("{text}: {url:?}"),
            }
        }
        check(
            "https://cdn.example/offprint/1",
            Ok("https://cdn.example/offprint/1/"),
        );
        check("https://cdn.example", Ok("https://cdn.example/"));
        check("dist", Ok("dist/"));
        check("../lib/offprint/", Ok("../lib/offprint/"));
        check("/lib/", Ok("/lib/"));
        check("", Err("no address"));
        check("//cdn.example/a", Err("no address"));
        check("\\\\cdn.example\\a", Err("no address"));
        check("javascript:alert(1)", Err("https:"));
        check("data:text/html,x", Err("https:"));
        check("https://a:b@cdn.example/", Err("password"));
        check("https://a@cdn.example/", Err("password"));
        check("https://cdn.example/?x", Err("folder"));
        check("dist#x", Err("folder"));
    }
}
