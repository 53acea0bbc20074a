//! [`Place`]: where a site stands, and how a new one takes its place.
//!
//! ```text
//! DIR                  the site
//! DIR.offprint-lock    held while a build runs
//! DIR.offprint-new/    what a build works in: site/ is the new site
//! DIR.offprint-old/    the old site, for a moment, where folders cannot be exchanged
//! ```
//!
//! A build that is killed leaves the old site as it was; the next one clears away what it left.

use super::output::PRIVATE;
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The place of a site; while it is there, no other build works in it.
#[derive(Debug)]
pub struct Place {
    site: PathBuf,
    work: PathBuf,
    old: PathBuf,
    lock: PathBuf,
    _held: File,
}

impl Place {
    /// Takes the place of the site in a folder, which may be new, empty, or hold a site.
    pub fn take(folder: &Path) -> Result<Place> {
        let site = aim(folder)?;
        if is_mount(&site) {
            bail!(
                "{} is a disk of its own (a mount point), and cannot be exchanged for a new folder in one step; name a folder in it: --out {}",
                site.display(),
                folder.join("site").display()
            );
        }
        let name = site
            .file_name()
            .with_context(|| format!("{} cannot hold a site: it has no name", site.display()))?;
        let beside = |end: &str| {
            let mut name = OsString::from(name);
            name.push(end);
            site.with_file_name(name)
        };
        let lock = beside(".offprint-lock");
        let held =
            File::create(&lock).with_context(|| format!("{} cannot be written", lock.display()))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another build of {} is running", site.display())
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("{} cannot be locked", lock.display()));
            }
        }
        if !is_at(&held, &lock) {
            bail!("another build of {} is ending", site.display());
        }
        let place = Place {
            work: beside(".offprint-new"),
            old: beside(".offprint-old"),
            site,
            lock,
            _held: held,
        };
        place.recover()?;
        Ok(place)
    }

    /// Puts in order what a build left that was killed.
    fn recover(&self) -> Result<()> {
        if self.old.exists() && !self.site.exists() {
            fs::rename(&self.old, &self.site)
                .with_context(|| format!("{} cannot be put back", self.old.display()))?;
        }
        clear(&self.old)?;
        clear(&self.work)?;
        let is_ours = self.site.join(PRIVATE).is_dir();
        let mut found = fs::read_dir(&self.site).into_iter().flatten();
        if self.site.exists() && !is_ours && (!self.site.is_dir() || found.next().is_some()) {
            bail!(
                "{} holds something that is no site of Offprint, and would be replaced; give another folder or empty it",
                self.site.display()
            );
        }
        fs::create_dir_all(&self.work)
            .with_context(|| format!("{} cannot be made", self.work.display()))
    }

    /// The folder of the site.
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// A folder to work in, on the same disk.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// Puts the new site, which is `site` in the folder to work in, in the place of the old one.
    pub fn switch(&self) -> Result<()> {
        let new = self.work.join("site");
        let failed = || format!("{} cannot take its place", new.display());
        settle(&new).with_context(|| format!("{} cannot be put on its disk", new.display()))?;
        if !self.site.exists() {
            fs::rename(&new, &self.site).with_context(failed)?;
        } else if !exchange(&new, &self.site) {
            fs::rename(&self.site, &self.old).with_context(failed)?;
            if let Err(error) = fs::rename(&new, &self.site) {
                fs::rename(&self.old, &self.site).with_context(failed)?;
                return Err(error).with_context(failed);
            }
        }
        if let Some(above) = self.site.parent() {
            // The new site has its place already: that its name is late on the disk is no reason to fail.
            let _ = sync_folder(above);
        }
        Ok(())
    }
}

/// Puts a new site on its disk before it takes its place. Systems keep a rename and what stands in the renamed files apart: after
/// a power cut the new name may lead to files that are empty, and the old ones are gone.
///
/// Each file would have to be opened and waited for, which for a million takes longer than the build, and one call for all of them waits for
/// whatever else the machine has to write: only those are waited for that a next build and the reader begin with, so that the one finds out
/// what the others have become.
fn settle(new: &Path) -> io::Result<()> {
    for path in [".offprint/state", "data/edition.json", "index.html"] {
        // Windows syncs only what is open for writing.
        File::options()
            .write(true)
            .open(new.join(path))?
            .sync_all()?;
    }
    // Not every system opens a folder.
    let _ = sync_folder(new);
    Ok(())
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot be removed now is by the next build.
        let _ = clear(&self.old);
        let _ = clear(&self.work);
        let _ = fs::remove_file(&self.lock);
    }
}

/// Whether an open file is still the one of this name: who held the lock before may just have removed it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => open.ino() == named.ino() && open.dev() == named.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// The folder that is meant: a link to a site stays a link to it, even where there is no site yet.
fn aim(folder: &Path) -> Result<PathBuf> {
    const LINKS_MAX: usize = 40;
    let mut folder = folder.to_path_buf();
    for _ in 0..LINKS_MAX {
        if let Ok(site) = folder.canonicalize() {
            return Ok(site);
        }
        match folder.read_link() {
            // A relative one begins at the folder that it lies in.
            Ok(target) => folder = folder.with_file_name("").join(target),
            Err(_) => return absolute(&folder),
        }
    }
    bail!("{} is a link that leads nowhere", folder.display())
}

/// Whether a folder lies on another device than the one it is in.
#[cfg(unix)]
fn is_mount(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    let above = folder.parent().and_then(device);
    matches!((device(folder), above), (Some(own), Some(above)) if own != above)
}

#[cfg(not(unix))]
fn is_mount(_folder: &Path) -> bool {
    false
}

fn absolute(folder: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(folder)
        .with_context(|| format!("{} is no folder", folder.display()))?;
    let parent = absolute.parent().unwrap_or(&absolute);
    fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
    Ok(absolute)
}

fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Exchanges two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> bool {
    false
}
