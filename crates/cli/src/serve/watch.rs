//! Looking at files until one changes: [`watch`].
//!
//! They are looked at again and again: no notification of a system tells everything (network folders, containers,
//! editors that write beside and rename), and a folder of articles is looked through in milliseconds.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long it waits between two looks, at least.
const PAUSE: Duration = Duration::from_millis(300);

/// Calls back after each change of one of these files, or of anything in these folders; what stands in `except` does not
/// count. Which they are is asked at first and after each change, as one file may name others. Ends only with the process.
pub(super) fn watch(paths: &dyn Fn() -> Vec<PathBuf>, except: &Path, on_change: impl Fn()) {
    let mut watched = paths();
    let mut known = fingerprint(&watched, except);
    loop {
        let start = Instant::now();
        let now = fingerprint(&watched, except);
        let effort = start.elapsed();
        if now != known {
            watched = paths();
            // Before the build: what changes while it runs is another change.
            known = fingerprint(&watched, except);
            on_change();
        }
        // Looking takes a tenth of the time at most.
        thread::sleep(PAUSE.max(effort * 10));
    }
}

/// Differs whenever a file has another name, time or size.
fn fingerprint(paths: &[PathBuf], except: &Path) -> u64 {
    let except = fs::canonicalize(except).ok();
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, except.as_deref(), &mut hasher);
    }
    hasher.finish()
}

/// Links to folders are not followed: they may lead around in a circle.
fn add(path: &Path, except: Option<&Path>, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    let Ok(data) = fs::metadata(path) else {
        return;
    };
    if !data.is_dir() {
        data.len().hash(hasher);
        data.modified().ok().hash(hasher);
        return;
    }
    let is_except = except.is_some() && fs::canonicalize(path).ok().as_deref() == except;
    let Ok(entries) = fs::read_dir(path).map(|entries| entries.flatten()) else {
        return;
    };
    if is_except {
        return;
    }
    let is_hidden = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with('.')
    };
    let mut paths: Vec<PathBuf> = entries
        .filter(|entry| {
            !entry.file_type().is_ok_and(|kind| kind.is_symlink()) || !entry.path().is_dir()
        })
        .map(|entry| entry.path())
        .filter(|path| !is_hidden(path))
        .collect();
    paths.sort();
    for path in paths {
        add(&path, except, hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_seen() {
        let folder = std::env::temp_dir().join(format!("offprint-watch-{}", std::process::id()));
        fs::create_dir_all(folder.join("a")).unwrap();
        fs::create_dir_all(folder.join("site")).unwrap();
        let look = || fingerprint(std::slice::from_ref(&folder), &folder.join("site"));
        let mut known = look();
        let mut check = |what: &str, is_change: bool| {
            let now = look();
            assert_eq!(now != known, is_change, "{what}");
            known = now;
        };
        check("nothing", false);
        fs::write(folder.join("a/b.json"), "1").unwrap();
        check("a new file", true);
        fs::write(folder.join("a/b.json"), "12").unwrap();
        check("another size", true);
        let file = fs::File::options()
            .write(true)
            .open(folder.join("a/b.json"))
            .unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
        check("another time", true);
        fs::rename(folder.join("a/b.json"), folder.join("a/c.json")).unwrap();
        check("another name", true);
        fs::write(folder.join("site/index.html"), "x").unwrap();
        fs::write(folder.join(".b.json.swp"), "x").unwrap();
        check("the site itself, and hidden files", false);
        fs::remove_file(folder.join("a/c.json")).unwrap();
        check("no file", true);
        fs::remove_dir_all(&folder).unwrap();
    }
}
