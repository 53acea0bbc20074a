//! [`Spool`]: the articles of a build, on disk.
//!
//! Articles come one after the other in the order of the inputs, and are wanted in that of their dates, several times. So
//! their JSON goes into one file, and in memory there is an [`Entry`] of each.

use super::input::{Incoming, Sink};
use super::print::{Print, print};
use anyhow::{Context, Result, ensure};
use article::{Article, Edition, read_collection};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What is kept of an article in memory.
#[derive(Debug)]
pub struct Entry {
    /// Unique.
    pub id: Box<str>,
    /// Seconds since 1970; `None` where it is not dated.
    pub published: Option<i64>,
    /// The number of its category.
    pub category: Option<u32>,
    /// The numbers of its tags.
    pub tags: Box<[u32]>,
    /// The numbers of its authors.
    pub authors: Box<[u32]>,
    /// The number of the folder that its pictures are in.
    pub folder: u32,
    /// The fingerprint of its JSON.
    pub print: Print,
    at: u64,
    length: u32,
    /// How many bytes the words have, behind the JSON, that say where it comes from.
    n_origin: u16,
}

/// Names, each with a number.
#[derive(Debug, Default)]
pub struct Names {
    /// By number.
    pub names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

/// The articles of a build, on disk.
#[derive(Debug)]
pub struct Spool {
    file: BufWriter<File>,
    /// How many bytes of JSON there are.
    length: u64,
    /// How many bytes were written.
    end: u64,
    /// In the order of the inputs.
    pub entries: Vec<Entry>,
    /// What the collections say of themselves.
    pub edition: Edition,
    /// The categories, as they came.
    pub categories: Names,
    /// The tags, as they came.
    pub tags: Names,
    /// The authors, as they came.
    pub authors: Names,
    /// The folders of the inputs.
    pub folders: Vec<PathBuf>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        number
    }

    fn each(&mut self, names: &mut dyn Iterator<Item = &str>) -> Box<[u32]> {
        let mut numbers: Vec<u32> = Vec::new();
        for name in names {
            let number = self.number(name);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers.into()
    }
}

impl Spool {
    /// A spool in a new file.
    pub fn create(path: &Path) -> Result<Spool> {
        Ok(Spool {
            file: BufWriter::with_capacity(1 << 20, scratch(path)?),
            length: 0,
            end: 0,
            entries: Vec::new(),
            edition: Edition::default(),
            categories: Names::default(),
            tags: Names::default(),
            authors: Names::default(),
            folders: Vec::new(),
        })
    }

    /// Nothing more is taken.
    pub fn finish(&mut self) -> Result<()> {
        self.file.flush().context("the spool cannot be written")?;
        // They are only of use while names are looked up.
        for names in [&mut self.categories, &mut self.tags, &mut self.authors] {
            names.numbers = HashMap::new();
        }
        Ok(())
    }

    /// How many bytes of JSON it has: where that comes from says nothing of a site.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The JSON of an article.
    pub fn json(&self, entry: &Entry) -> Result<String> {
        let bytes = read_at(self.file.get_ref(), entry.at, entry.length as usize)
            .context("the spool cannot be read")?;
        String::from_utf8(bytes).context("the spool is damaged")
    }

    /// Where an article comes from, for messages: `articles.json:17`.
    pub fn origin(&self, entry: &Entry) -> Result<String> {
        let at = entry.at + u64::from(entry.length);
        let bytes = read_at(self.file.get_ref(), at, entry.n_origin.into())
            .context("the spool cannot be read")?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Sink for Spool {
    fn edition(&mut self, edition: &Edition) -> Result<()> {
        self.edition = edition.clone();
        Ok(())
    }

    fn article(&mut self, incoming: Incoming) -> Result<()> {
        let Incoming {
            article,
            json,
            folder,
            origin,
        } = incoming;
        ensure!(
            json.len() < u32::MAX as usize / 2,
            "{origin}: an article of more than 2 GiB"
        );
        // A path that is longer is for nobody to read.
        let origin = &origin.as_bytes()[..origin.len().min(u16::MAX.into())];
        self.file
            .write_all(json.as_bytes())
            .and_then(|()| self.file.write_all(origin))
            .context("the spool cannot be written")?;
        if self.folders.last() != Some(&folder) {
            self.folders.push(folder);
        }
        self.entries.push(Entry {
            published: article.published.as_ref().map(article::Date::list_key),
            category: article
                .category
                .as_deref()
                .map(|name| self.categories.number(name)),
            tags: self.tags.each(&mut article.tags.iter().map(String::as_str)),
            authors: self
                .authors
                .each(&mut article.authors.iter().map(|author| &*author.name)),
            folder: self.folders.len() as u32 - 1,
            print: print(json.as_bytes()),
            at: self.end,
            length: json.len() as u32,
            n_origin: origin.len() as u16,
            id: article.id.into(),
        });
        self.length += json.len() as u64;
        self.end += (json.len() + origin.len()) as u64;
        Ok(())
    }
}

/// An article as a collection of one, which is what stands in its `article.json`.
pub fn collection_of_one(edition: &Edition, json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 100);
    out.push_str("{\"version\":1");
    for (name, value) in [
        ("language", &edition.language),
        ("base_url", &edition.base_url),
    ] {
        if let Some(value) = value {
            out.push_str(&format!(
                ",\"{name}\":{}",
                serde_json::Value::from(&**value)
            ));
        }
    }
    out.push_str(",\"articles\":[");
    out.push_str(json);
    out.push_str("]}\n");
    out
}

/// The article of this JSON.
pub fn parse(json: &str) -> Result<Article> {
    let collection = collection_of_one(&Edition::default(), json).into_bytes();
    let collection = read_collection(collection);
    let article = collection.ok().and_then(|collection| collection.article(0));
    article.context("an article cannot be read again")
}

/// A new file that is read and written.
pub fn scratch(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(true);
    options
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// So many bytes of a file from here. Several threads may read at once.
#[cfg(unix)]
pub fn read_at(file: &File, at: u64, length: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    std::os::unix::fs::FileExt::read_exact_at(file, &mut bytes, at)?;
    Ok(bytes)
}

/// So many bytes of a file from here. Several threads may read at once.
#[cfg(windows)]
pub fn read_at(file: &File, at: u64, length: usize) -> std::io::Result<Vec<u8>> {
    use std::os::windows::fs::FileExt;
    let mut bytes = vec![0; length];
    let mut done = 0;
    while done < length {
        match file.seek_read(&mut bytes[done..], at + done as u64)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            n => done += n,
        }
    }
    Ok(bytes)
}
