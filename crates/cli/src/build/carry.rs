//! [`look`]: what lies in the folder of the old site, apart from what the new one took over.
//!
//! Files that the records of the last build know are the site's; those of `data/` and `assets/` stay for one build more. All
//! others are the publisher's (`CNAME`, `.git/`, `.well-known/`), and are carried over as they are.

use super::hosting::{IMMUTABLE, cache_control};
use super::output::{COPIES, PRIVATE};
use super::state::{Kind, Records, key};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What is known of the old site.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What the last build made.
    pub records: &'a Records,
    /// What it kept of builds before.
    pub kept: &'a BTreeSet<&'a str>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The site's files in `data/` and `assets/`.
    pub fetched: Vec<String>,
    /// The publisher's files, links, and folders without anything in them.
    pub foreign: Vec<PathBuf>,
}

/// Looks through the old site.
pub fn look(site: &Path, known: Known) -> Result<Found> {
    let mut found = folder(site, Path::new(""), "", known)?;
    found.fetched.sort_unstable();
    found.foreign.sort_unstable();
    Ok(found)
}

fn folder(site: &Path, path: &Path, name: &str, known: Known) -> Result<Found> {
    let at = site.join(path);
    let listed = match fs::read_dir(&at) {
        Err(error) if error.kind() == ErrorKind::NotFound && name.is_empty() => {
            return Ok(Found::default());
        }
        listed => listed.with_context(|| format!("{} cannot be listed", at.display()))?,
    };
    let mut found = Found::default();
    let mut folders = Vec::new();
    let mut is_empty = true;
    for entry in listed {
        let entry = entry.with_context(|| format!("{} cannot be listed", at.display()))?;
        is_empty = false;
        let path = path.join(entry.file_name());
        // What is no text is no name of ours.
        let name = entry.file_name().to_str().map(|end| match name {
            "" => end.to_owned(),
            name => format!("{name}/{end}"),
        });
        if name.as_deref() == Some(PRIVATE) {
            continue;
        }
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push((path, name.unwrap_or_else(|| "\0".to_owned())));
            continue;
        }
        match name.filter(|name| known.is_ours(name)) {
            Some(name) if name.starts_with("data/") || name.starts_with("assets/") => {
                found.fetched.push(name);
            }
            Some(_) => {}
            None => found.foreign.push(path),
        }
    }
    if is_empty && !name.is_empty() {
        found.foreign.push(path.to_path_buf());
    }
    let below = folders
        .par_iter()
        .map(|(path, name)| folder(site, path, name, known));
    for below in below.collect::<Result<Vec<Found>>>()? {
        found.fetched.extend(below.fetched);
        found.foreign.extend(below.foreign);
    }
    Ok(found)
}

impl Known<'_> {
    fn is_ours(&self, name: &str) -> bool {
        let is_made = |name: &str, bit: u8| {
            let record = self.records.find(&key(name));
            record.is_some_and(|record| {
                record.kind == Kind::Path && (bit == 0 || record.copies & bit != 0)
            })
        };
        let mut copies = COPIES.iter();
        // Data is recorded by what it is, and has the one name that its content gives. Without records, names have to do.
        let is_hashed = name.starts_with("data/") || self.records.len() == 0;
        is_made(name, 0)
            || copies.any(|(bit, end)| {
                name.strip_suffix(end)
                    .is_some_and(|name| is_made(name, *bit))
            })
            || self.kept.contains(name)
            || is_hashed && cache_control(name) == IMMUTABLE
    }
}

/// Carries a file, link or empty folder over; says whether it could, as there is nothing else in its place.
pub fn carry(old: &Path, new: &Path) -> io::Result<bool> {
    if fs::symlink_metadata(new).is_ok() {
        return Ok(false);
    }
    let made = new.parent().map_or(Ok(()), fs::create_dir_all);
    match made {
        // A file of the site stands where a folder would.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::AlreadyExists | ErrorKind::NotADirectory
            ) =>
        {
            return Ok(false);
        }
        made => made?,
    }
    let kind = fs::symlink_metadata(old)?.file_type();
    if kind.is_dir() {
        fs::create_dir(new)?;
    } else if kind.is_symlink() {
        link(old, new)?;
    } else if fs::hard_link(old, new).is_err() {
        fs::copy(old, new)?;
    }
    Ok(true)
}

#[cfg(unix)]
fn link(old: &Path, new: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(old)?, new)
}

#[cfg(not(unix))]
fn link(old: &Path, new: &Path) -> io::Result<()> {
    fs::copy(old, new).map(|_| ())
}
