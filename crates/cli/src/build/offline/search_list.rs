//! [`SearchList`]: the files of the search, for whoever wants to search all of an edition without a network.

use super::super::output::{Output, Parts};
use super::Kept;
use anyhow::{Context, Result};
use packed::edition::Hash;
use serde::{Serialize, Serializer};

/// Of more files there is no list: no device would keep them, and the list alone would be megabytes.
const FILES_MAX: usize = 1 << 15;

/// The files of the search of an edition.
#[derive(Debug, Default)]
pub struct SearchList {
    /// The list in JSON, but for the bracket at its end.
    json: Vec<u8>,
    n_files: usize,
    n_bytes: u64,
}

/// What the version manifest says of them.
#[derive(Debug, Serialize)]
pub struct Listed {
    bytes: u64,
    files: usize,
    #[serde(serialize_with = "by_name")]
    list: Hash,
}

fn by_name<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&packed::edition::hash_name(hash))
}

impl SearchList {
    /// Takes the files of a folder.
    pub fn add(&mut self, mut parts: Parts) -> Result<()> {
        parts.sort_unstable();
        for (path, blob) in parts {
            self.take(&Kept::file(path, &blob))?;
        }
        Ok(())
    }

    /// Takes one file.
    pub fn take(&mut self, file: &Kept) -> Result<()> {
        self.n_files += 1;
        self.n_bytes += file.length();
        if self.n_files > FILES_MAX {
            self.json = Vec::new();
            return Ok(());
        }
        self.json.push(match self.n_files {
            1 => b'[',
            _ => b',',
        });
        serde_json::to_writer(&mut self.json, file).context("a list of files cannot be written")
    }

    /// Writes the list; none where it would be too long, or where there is no search.
    pub fn write(mut self, output: &Output) -> Result<Option<Listed>> {
        if !(1..=FILES_MAX).contains(&self.n_files) {
            return Ok(None);
        }
        self.json.push(b']');
        Ok(Some(Listed {
            bytes: self.n_bytes,
            files: self.n_files,
            list: output.list(self.json)?,
        }))
    }
}
