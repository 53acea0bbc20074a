//! [`Files`]: the files of a site as a browser fetches them, each once.

use anyhow::{Context, Result, ensure};
use packed::edition::{Blob, Index, hash_name};
use packed::unpack;
use std::fs;
use std::path::Path;

/// The files of a site, and which of them were read.
pub struct Files<'f> {
    site: &'f Path,
    /// In the order in which they were fetched.
    pub fetched: Vec<Fetched>,
    step: Step,
    /// How many times something of the query's had to be waited for.
    depth: usize,
}

/// When a browser would fetch something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// With the reader.
    Reader,
    /// The search itself, at the first focus.
    Module,
    /// For a query, once what came before is here.
    Query,
}

/// A file that a browser would have fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its path in the site.
    pub path: String,
    /// When.
    pub step: Step,
    /// How many had to be waited for, one after the other, with this one.
    pub depth: usize,
    /// Its bytes.
    pub n_bytes: u64,
    /// Those of its Brotli copy.
    pub n_brotli: Option<u64>,
}

impl<'f> Files<'f> {
    /// The files of a site, nothing fetched.
    pub fn of(site: &'f Path) -> Files<'f> {
        Files {
            site,
            fetched: Vec::new(),
            step: Step::Reader,
            depth: 1,
        }
    }

    /// What is fetched from here on waits for what came before.
    pub fn step(&mut self, step: Step) {
        self.depth = match step == self.step {
            true => self.depth + 1,
            false => 1,
        };
        self.step = step;
    }

    /// The index of the edition, and the folder of the reader's files.
    pub fn index(&mut self) -> Result<(Index, String)> {
        let pointer = "data/edition.json";
        let bytes = self.read(pointer).with_context(|| {
            format!(
                "{} is no site that `offprint build` has made",
                self.site.display()
            )
        })?;
        let edition: serde_json::Value =
            serde_json::from_slice(&bytes).with_context(|| format!("{pointer} is no JSON"))?;
        ensure!(
            edition["format"] == 1,
            "{pointer} is of another format than this program knows"
        );
        let text = |name: &str| {
            let text = edition[name].as_str().map(str::to_owned);
            text.with_context(|| format!("{pointer} names no {name}"))
        };
        self.step(Step::Reader);
        let path = format!("data/{}.bin", text("index")?);
        let index = unpack(&self.read(&path)?);
        let index = index.with_context(|| {
            format!(
                "{path} is damaged, or of another version than this program: build the site again"
            )
        })?;
        Ok((index, text("runtime")?))
    }

    /// A file of the data.
    pub fn data(&mut self, path: &str) -> Result<Vec<u8>> {
        self.read(&format!("data/{path}"))
    }

    /// A file of the data, or a part of a pack.
    pub fn blob(&mut self, index: &Index, blob: &Blob) -> Result<Vec<u8>> {
        let Some((pack, start)) = blob.place else {
            return self.data(&format!("{}.bin", hash_name(&blob.hash)));
        };
        let pack = index
            .packs
            .get(pack as usize)
            .context("there is no such pack")?;
        let path = format!("data/{}.pack", hash_name(pack));
        let all = fs::read(self.site.join(&path));
        let all = all.with_context(|| format!("{path} cannot be read"))?;
        let (start, length) = (start as usize, blob.length as usize);
        let part = all.get(start..start + length);
        let part = part.with_context(|| format!("{path} is shorter than it should be"))?;
        self.take(
            format!("{path} (bytes {start} to {})", start + length.max(1) - 1),
            length as u64,
            None,
        );
        Ok(part.to_vec())
    }

    /// Notes a file that is fetched and of no use here; one that is not there is passed over.
    pub fn note(&mut self, path: &str) {
        if let Ok(found) = fs::metadata(self.site.join(path)) {
            self.take(path.to_owned(), found.len(), self.brotli(path));
        }
    }

    fn read(&mut self, path: &str) -> Result<Vec<u8>> {
        let bytes = fs::read(self.site.join(path));
        let bytes = bytes.with_context(|| format!("{path} cannot be read"))?;
        self.take(path.to_owned(), bytes.len() as u64, self.brotli(path));
        Ok(bytes)
    }

    fn brotli(&self, path: &str) -> Option<u64> {
        let copy = fs::metadata(self.site.join(format!("{path}.br")));
        copy.ok().map(|copy| copy.len())
    }

    fn take(&mut self, path: String, n_bytes: u64, n_brotli: Option<u64>) {
        if self.fetched.iter().all(|known| known.path != path) {
            self.fetched.push(Fetched {
                path,
                step: self.step,
                depth: self.depth,
                n_bytes,
                n_brotli,
            });
        }
    }
}
