//! The editions that the cases save and update, and what of them a reader must have: read from the folders that were built.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xtask::workspace;

use crate::site::{self, Site};

/// A path and the digest of its bytes.
pub type File = (String, String);

/// A built site, and its list of files.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its files.
    pub site: Site,
    /// What its version is called.
    pub version: String,
    manifest: Value,
}

/// The article that all editions have, with a picture, and which each of them words otherwise.
pub const KEPT: &str = "article/the-lens-that-saved-sailors";

/// Another that all of them have, and leave as it is.
pub const SAME: &str = "article/maps-that-lie";

/// One that is not in the third edition.
pub const GONE: &str = "article/sand";

/// The newest of them.
pub const NIGHT: &str = "article/night-trains";

/// The numbered editions: few articles, of which only the newest is kept without being asked.
pub fn numbered(number: usize) -> Result<Edition> {
    built(&format!("edition-{number}"), "files", number)
}

/// The first edition, its data in packs.
pub fn in_packs() -> Result<Edition> {
    built("edition-packs", "packs", 1)
}

fn built(name: &str, layout: &'static str, number: usize) -> Result<Edition> {
    static BUILT: Mutex<BTreeMap<String, Edition>> = Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().map_err(|error| anyhow::anyhow!("{error}"))?;
    if let Some(edition) = built.get(name) {
        return Ok(edition.clone());
    }
    let edition = Edition::of(site::edition(name, layout, &articles(number)?)?)?;
    built.insert(name.to_owned(), edition.clone());
    Ok(edition)
}

fn articles(number: usize) -> Result<Value> {
    let text = fs::read_to_string(workspace::root().join("demo/articles.json"))?;
    let mut edition: Value = serde_json::from_str(&text)?;
    let articles = edition["articles"].as_array_mut().context("no articles")?;
    let name = |article: &Value| format!("article/{}", article["id"].as_str().unwrap_or_default());
    articles.retain(|article| {
        let name = name(article);
        let is_here = [KEPT, SAME, NIGHT].contains(&name.as_str());
        is_here || (number != 3 && name == GONE)
    });
    for article in articles.iter_mut() {
        if name(article) == KEPT {
            article["sections"] = json!([{ "body": format!("The words of edition {number}, of cymbals and of zithers, [of sand](#/article/sand) and [of nothing](#/article/nothing).") }]);
        }
    }
    edition["title"] = json!(format!("Edition {number}"));
    Ok(edition)
}

impl Edition {
    fn of(site: Site) -> Result<Edition> {
        let edition = read(site.folder(), "data/edition.json")?;
        let version = edition["offline"].as_str();
        let version = version.context("the edition names no version")?.to_owned();
        let manifest = read(site.folder(), &format!("data/{version}.json"))?;
        Ok(Edition {
            site,
            version,
            manifest,
        })
    }

    /// All paths that an install asks for, and their lengths.
    pub fn fetched(&self) -> Vec<(String, usize)> {
        let length = |file: &Value| usize::try_from(file[2].as_u64().unwrap_or(0)).unwrap_or(0);
        let app = self.manifest["app"].as_array().into_iter().flatten();
        let app = app.map(|file| {
            (
                file[0].as_str().unwrap_or_default().to_owned(),
                length(file),
            )
        });
        let first = [
            "data/edition.json".to_owned(),
            format!("data/{}.json", self.version),
        ];
        first
            .into_iter()
            .map(|path| (path, 500))
            .chain(app)
            .collect()
    }

    /// The files of what is always there.
    pub fn app(&self) -> Result<Vec<File>> {
        self.digests(&self.manifest["app"])
    }

    /// The files of an article, `article/ID`.
    pub fn files(&self, name: &str) -> Result<Vec<File>> {
        let listed = read(self.site.folder(), &format!("{name}/files.json"))?;
        self.digests(&listed["files"])
    }

    /// The title of an article.
    pub fn title(&self, name: &str) -> Result<String> {
        let listed = read(self.site.folder(), &format!("{name}/files.json"))?;
        Ok(listed["title"].as_str().context("no title")?.to_owned())
    }

    /// The title of the front page.
    pub fn own_title(&self) -> Result<String> {
        let page = fs::read_to_string(self.site.folder().join("index.html"))?;
        let (_, rest) = page.split_once("<title>").context("no title")?;
        let (title, _) = rest.split_once("</title>").context("no title")?;
        Ok(title.to_owned())
    }

    fn digests(&self, files: &Value) -> Result<Vec<File>> {
        let files = files.as_array().context("no list of files")?.iter();
        let paths = files.filter_map(|file| file[0].as_str());
        paths
            .map(|path| Ok((path.to_owned(), digest(&self.bytes(path)?))))
            .collect()
    }

    /// The bytes of a path, which may be a range of a pack.
    fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let (path, range) = match path.split_once('#') {
            Some((path, range)) => (path, Some(range)),
            None => (path, None),
        };
        let file = match path.is_empty() || path.ends_with('/') {
            true => format!("{path}index.html"),
            false => path.to_owned(),
        };
        let bytes = fs::read(self.site.folder().join(&file)).with_context(|| file.clone())?;
        let Some((start, end)) = range.and_then(|range| range.split_once('-')) else {
            return Ok(bytes);
        };
        let (start, end): (usize, usize) = (start.parse()?, end.parse()?);
        Ok(bytes.get(start..=end).context("no such range")?.to_vec())
    }
}

fn read(folder: &Path, path: &str) -> Result<Value> {
    let text = fs::read_to_string(folder.join(path)).with_context(|| path.to_owned())?;
    Ok(serde_json::from_str(&text)?)
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
