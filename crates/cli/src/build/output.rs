//! [`Output`]: the files of a build, written beside the old site.
//!
//! 1. Each file has a name for the state and the fingerprint of all that it is made of. Where the last build made it of
//!    the same, and it is still there, it is linked into the new site and not made again.
//! 2. Else it is made, and written with its compressed copies.
//! 3. [`Output::finish`] keeps what the old site had under names of hashes, for tabs that are still open, carries over what
//!    is the publisher's (`carry`), and writes the state. `switch` then puts the new site in the place of the old one.

use super::carry::{self, Known};
use super::claims::{Claim, Claims};
use super::compress::{self, Effort};
use super::print::{Print, hash};
use super::state::{Kind, Record, Records, key};
use anyhow::{Context, Result};
use packed::edition::{Blob, Hash, hash_name};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The files of a build.
#[derive(Debug)]
pub struct Output {
    old: PathBuf,
    new: PathBuf,
    compresses: bool,
    records: Records,
    /// When the last build ended; what is newer somebody else may have written.
    built: Option<SystemTime>,
    claims: Claims,
    warnings: Mutex<Vec<String>>,
    made: Mutex<Vec<Record>>,
    n_written: AtomicUsize,
    n_linked: AtomicUsize,
    n_bytes: AtomicU64,
}

/// What a build has done to the files of its site; compressed copies are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New or changed.
    pub n_written: usize,
    /// As they were.
    pub n_linked: usize,
    /// Gone. Files of data and assets are kept for one more build.
    pub n_removed: usize,
    /// Of all files.
    pub n_bytes: u64,
}

/// The files of a folder: their paths in the site, in no order, and what their bytes are.
pub type Parts = Vec<(String, Blob)>;

/// The ends of compressed copies, and their bits in a record.
pub const COPIES: [(u8, &str); 2] = [(1, ".br"), (2, ".gz")];

/// The folder of what is for the next build and no part of the site.
pub const PRIVATE: &str = ".offprint";

impl Output {
    /// The files of a site that replaces `old`, in the folder `new`.
    pub fn new(old: PathBuf, new: PathBuf, compresses: bool) -> Result<Output> {
        let state = old.join(PRIVATE).join("state");
        let built = fs::metadata(&state).and_then(|found| found.modified());
        let state = fs::read(state).unwrap_or_default();
        fs::create_dir_all(&new).with_context(|| format!("{} cannot be made", new.display()))?;
        Ok(Output {
            records: Records::read(state),
            old,
            new,
            compresses,
            built: built.ok(),
            claims: Claims::default(),
            warnings: Mutex::default(),
            made: Mutex::default(),
            n_written: AtomicUsize::new(0),
            n_linked: AtomicUsize::new(0),
            n_bytes: AtomicU64::new(0),
        })
    }

    /// A file at a path of the site. `make` is called where what it is made of has changed. Gives what its bytes are; nothing
    /// where another file has the path.
    pub fn file(
        &self,
        path: &str,
        print: Print,
        effort: Effort,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Option<Blob>> {
        self.at(path, None, print, effort, make)
    }

    /// The same for a file that is a copy of the publisher's.
    pub fn copy(
        &self,
        path: &str,
        source: &Path,
        print: Print,
        effort: Effort,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Option<Blob>> {
        self.at(path, Some(source), print, effort, make)
    }

    fn at(
        &self,
        path: &str,
        source: Option<&Path>,
        print: Print,
        effort: Effort,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Option<Blob>> {
        let new = self.new.join(path);
        match self.claims.take(path, source) {
            Claim::Same => {
                let bytes = make()?;
                if fs::read(&new).ok().as_deref() != Some(&bytes[..]) {
                    self.warnings
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(self.claims.twice(path, source));
                }
                return Ok(None);
            }
            // Capitals are not told apart here: the other one stays, and `finish` names both.
            Claim::Alike if fs::symlink_metadata(&new).is_ok() => return Ok(None),
            Claim::Alike | Claim::First => {}
        }
        let record = self.produce(path, Kind::Path, print, effort, make)?;
        Ok(Some(record.blob()))
    }

    /// A file of `data/`, named by its content; `name` tells what it is.
    pub fn data(
        &self,
        name: &str,
        print: Print,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Blob> {
        let record = self.produce(name, Kind::Data, print, Effort::Page, make)?;
        Ok(record.blob())
    }

    /// A pack, named by its content.
    pub fn pack(&self, bytes: &[u8]) -> Result<Hash> {
        self.named("pack", Effort::None, bytes.to_vec())
    }

    /// A list of files, named by its content.
    pub fn list(&self, bytes: Vec<u8>) -> Result<Hash> {
        self.named("json", Effort::Asset, bytes)
    }

    fn named(&self, end: &str, effort: Effort, bytes: Vec<u8>) -> Result<Hash> {
        let hash = hash(&bytes);
        let path = format!("data/{}.{end}", hash_name(&hash));
        self.file(&path, key(&path), effort, || Ok(bytes))?;
        Ok(hash)
    }

    /// A file in a folder that [`Output::note_folder`] notes, at a path of the site that nothing else has.
    pub fn part(&self, path: &str, print: Print, bytes: Vec<u8>) -> Result<Blob> {
        let record = self.produce(path, Kind::Path, print, Effort::Page, || Ok(bytes))?;
        Ok(record.blob())
    }

    /// Notes that all files of a folder are written; `name` tells what it is.
    pub fn note_folder(&self, name: &str, print: Print, hash: Hash, n_files: usize) {
        self.note(Record {
            key: key(name),
            print,
            hash,
            length: n_files as u32,
            copies: 0,
            kind: Kind::Folder,
        });
    }

    /// Takes all files of a folder in `parent` over, where the last build made it of the same and has left nothing out; gives
    /// the hash that it is named by, and its files.
    pub fn keep_folder(
        &self,
        name: &str,
        print: &Print,
        parent: &str,
    ) -> Result<Option<(Hash, Parts)>> {
        let known = self.records.find(&key(name));
        let known = known.filter(|old| old.kind == Kind::Folder && old.print == *print);
        let Some(folder) = known else {
            return Ok(None);
        };
        let path = format!("{parent}/{}", hash_name(&folder.hash));
        let listed = fs::read_dir(self.old.join(&path)).into_iter().flatten();
        let names = listed
            .flatten()
            .filter_map(|found| found.file_name().into_string().ok());
        let files: Vec<(String, Record)> = names
            .filter_map(|name| {
                let path = format!("{path}/{name}");
                let record = self.records.find(&key(&path))?;
                let is_wanted = record.print == *print && (self.compresses || record.copies == 0);
                is_wanted.then_some((path, record))
            })
            .collect();
        let mut is_whole = files.len() == folder.length as usize;
        for (path, record) in &files {
            is_whole = is_whole && self.link(path, record)?;
        }
        if !is_whole {
            return Ok(None);
        }
        let mut parts = Parts::new();
        for (path, record) in files {
            parts.push((path, record.blob()));
            self.note(record);
        }
        self.note(folder);
        Ok(Some((folder.hash, parts)))
    }

    fn produce(
        &self,
        name: &str,
        kind: Kind,
        print: Print,
        effort: Effort,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Record> {
        let effort = if self.compresses {
            effort
        } else {
            Effort::None
        };
        let key = key(name);
        let place = |hash: &Hash| match kind {
            Kind::Path | Kind::Folder => name.to_owned(),
            Kind::Data => format!("data/{}.bin", hash_name(hash)),
        };
        let old = self.records.find(&key);
        // Without compression no old copy may come along.
        let old = old.filter(|old| old.kind == kind && (self.compresses || old.copies == 0));
        if let Some(old) = old.filter(|old| old.print == print)
            && self.link(&place(&old.hash), &old)?
        {
            return Ok(self.note(old));
        }
        let bytes = make()?;
        let hash = hash(&bytes);
        let place = place(&hash);
        let length = u32::try_from(bytes.len()).with_context(|| format!("{place}: over 4 GiB"))?;
        if let Some(old) = old.filter(|old| old.hash == hash && old.length == length) {
            let record = Record { print, ..old };
            if self.link(&place, &record)? {
                return Ok(self.note(record));
            }
        }
        let mut copies = 0;
        self.write(&place, &bytes)?;
        // Two parts of the same bytes have one file: both have to say that it has copies, whoever wrote it.
        if bytes.len() >= compress::LENGTH_MIN {
            let made = [
                compress::brotli(&bytes, effort),
                compress::gzip(&bytes, effort),
            ];
            for ((bit, end), made) in COPIES.iter().zip(made) {
                if let Some(made) = made {
                    copies |= bit;
                    self.write(&format!("{place}{end}"), &made)?;
                }
            }
        }
        Ok(self.note(Record {
            key,
            print,
            hash,
            length,
            copies,
            kind,
        }))
    }

    fn note(&self, record: Record) -> Record {
        self.made
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(record);
        record
    }

    /// Takes a file with its copies from the old site, if it is there as the record has it.
    fn link(&self, path: &str, record: &Record) -> Result<bool> {
        let old = self.old.join(path);
        let is_it = fs::symlink_metadata(&old).is_ok_and(|found| {
            found.is_file()
                && found.len() == u64::from(record.length)
                && (self.is_untouched(&found)
                    || fs::read(&old).is_ok_and(|bytes| hash(&bytes) == record.hash))
        });
        let is_copy = |old: &Path, end: &str| {
            fs::symlink_metadata(old).is_ok_and(|found| {
                found.is_file()
                    && (self.is_untouched(&found)
                        || compress::unpacked(old, end, record.length)
                            .is_ok_and(|bytes| hash(&bytes) == record.hash))
            })
        };
        let copies = COPIES.iter().filter(|(bit, _)| record.copies & bit != 0);
        let copies: Vec<(PathBuf, &str)> = copies
            .map(|(_, end)| (self.old.join(format!("{path}{end}")), *end))
            .collect();
        if !is_it || !copies.iter().all(|(old, end)| is_copy(old, end)) {
            return Ok(false);
        }
        self.take(&old, path)?;
        for (old, end) in copies {
            self.take(&old, &format!("{path}{end}"))?;
        }
        Ok(true)
    }

    /// Whether a file is older than the end of the last build, so that nobody can have changed it since.
    fn is_untouched(&self, found: &fs::Metadata) -> bool {
        let built = self.built.zip(found.modified().ok());
        built.is_some_and(|(built, changed)| changed < built)
    }

    /// Links a file, or copies it where that cannot be.
    fn take(&self, old: &Path, path: &str) -> Result<()> {
        let new = self.new.join(path);
        let linked = in_folder(&new, || match fs::hard_link(old, &new) {
            Err(error) if is_known(&error) => Err(error),
            Err(_) => fs::copy(old, &new).map(|_| ()),
            Ok(()) => Ok(()),
        });
        match linked {
            // Two things of the same bytes have one name.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
            linked => linked.with_context(|| format!("{} cannot be written", new.display()))?,
        }
        let length = fs::metadata(&new).map_or(0, |found| found.len());
        self.n_linked.fetch_add(1, Ordering::Relaxed);
        self.n_bytes.fetch_add(length, Ordering::Relaxed);
        Ok(())
    }

    /// Writes a file. What is there already is the same: data is named by its bytes, and other paths are taken once.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let new = self.new.join(path);
        let written = in_folder(&new, || {
            let mut options = fs::File::options();
            let mut file = options.write(true).create_new(true).open(&new)?;
            file.write_all(bytes)
        });
        match written {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
            written => written.with_context(|| format!("{} cannot be written", new.display()))?,
        }
        self.n_written.fetch_add(1, Ordering::Relaxed);
        self.n_bytes
            .fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Keeps what the old site had under names of hashes, but not what was only kept itself, and writes the state
    /// and the options. The publisher's own files are carried over. Gives what is to be said of all that, too.
    pub fn finish(self, options: &str) -> Result<(Changes, Vec<String>)> {
        let listed = fs::read_to_string(self.old.join(PRIVATE).join("kept")).unwrap_or_default();
        let kept_before: BTreeSet<&str> = listed.lines().collect();
        let known = Known {
            records: &self.records,
            kept: &kept_before,
        };
        let found = carry::look(&self.old, known)?;
        let mut n_removed = 0;
        let mut kept = BTreeSet::new();
        for path in found.fetched {
            if fs::symlink_metadata(self.new.join(&path)).is_ok() {
                continue;
            }
            if kept_before.contains(&*path) {
                n_removed += 1;
                continue;
            }
            self.take(&self.old.join(&path), &path)?;
            kept.insert(path);
        }
        let mut warnings = self.claims.alike(&self.new);
        warnings.extend(self.carry(&found.foreign)?);
        warnings.append(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner));
        let mut made = self
            .made
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let state = Records::write(&mut made);
        let kept_keys: BTreeSet<Print> = kept.iter().map(|path| key(path)).collect();
        for old in self.records.iter().filter(|old| old.kind == Kind::Path) {
            // What is kept is removed by the next build.
            if !kept_keys.contains(&old.key)
                && made
                    .binary_search_by_key(&old.key, |made| made.key)
                    .is_err()
            {
                n_removed += 1 + old.copies.count_ones() as usize;
            }
        }
        let private = self.new.join(PRIVATE);
        fs::create_dir_all(&private)
            .and_then(|()| fs::write(private.join("state"), state))
            .and_then(|()| fs::write(private.join("kept"), lines(&kept)))
            .and_then(|()| fs::write(private.join("options"), options))
            .with_context(|| format!("{} cannot be written", private.display()))?;
        let changes = Changes {
            n_written: self.n_written.into_inner(),
            n_linked: self.n_linked.into_inner(),
            n_removed,
            n_bytes: self.n_bytes.into_inner(),
        };
        Ok((changes, warnings))
    }

    /// Carries the publisher's own files over; gives which could not be, as the site has such a path itself.
    fn carry(&self, foreign: &[PathBuf]) -> Result<Vec<String>> {
        let mut warnings = Vec::new();
        // Without records, what the last build made cannot be told from what the publisher has put there.
        let is_known = self.records.len() > 0;
        if !is_known && !foreign.is_empty() {
            warnings.push(format!(
                "{PRIVATE}/state cannot be read: what the old site has and the new one has not is kept"
            ));
        }
        for path in foreign {
            let (old, new) = (self.old.join(path), self.new.join(path));
            let is_carried = carry::carry(&old, &new)
                .with_context(|| format!("{} cannot be carried over", old.display()))?;
            let is_same = || old.is_dir() || fs::read(&old).ok() == fs::read(&new).ok();
            if !is_carried && is_known && !is_same() {
                warnings.push(format!(
                    "{}: the site has a file there itself now, which replaces yours",
                    path.display()
                ));
            }
        }
        Ok(warnings)
    }
}

/// Does something with a file that wants its folder.
fn in_folder(path: &Path, mut action: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    match action() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            action()
        }
        done => done,
    }
}

/// Errors that a copy would meet, too.
fn is_known(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound)
}

fn lines(names: &BTreeSet<String>) -> String {
    names.iter().map(|name| format!("{name}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_same_bytes_have_the_same_copies() {
        let at = std::env::temp_dir().join(format!("offprint-output-{}", std::process::id()));
        let (old, new) = (at.join("old"), at.join("new"));
        let output = Output::new(old, new.clone(), true).unwrap();
        let bytes = b"the same ".repeat(200);
        for name in ["one", "other"] {
            let print = key(name);
            let blob = output.data(name, print, || Ok(bytes.clone())).unwrap();
            assert_eq!(blob.hash, hash(&bytes));
        }
        let (changes, _) = output.finish("").unwrap();
        assert_eq!(changes.n_written, 3);
        let state = Records::read(fs::read(new.join(PRIVATE).join("state")).unwrap());
        for name in ["one", "other"] {
            assert_eq!(state.find(&key(name)).unwrap().copies, 3, "{name}");
        }
        fs::remove_dir_all(&at).unwrap();
    }
}
