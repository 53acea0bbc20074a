//! Finding, unpacking and writing files: [`open`], [`write()`].

use anyhow::{Context, Result, bail};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file may be so large when it is unpacked: a small gzip file can hold any amount.
pub(crate) const UNPACKED_MAX: u64 = 1 << 30;

/// The endings of files that are looked at in a folder; `.gz` may stand behind them.
const ENDINGS: [&str; 12] = [
    "json", "jsonld", "xml", "rss", "atom", "rdf", "md", "markdown", "html", "htm", "xhtml", "txt",
];

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its path; `-` for standard input.
    pub name: String,
    /// Unpacked.
    pub bytes: Vec<u8>,
    /// It was found in a folder, among others that may not be meant.
    pub is_guess: bool,
}

/// Reads a file, standard input (`-`), or everything in a folder that may be of a known kind, in the order of its paths.
/// What cannot be read is a failure, and the others are read all the same.
pub fn open(source: &str, opened: &mut Vec<Opened>, failures: &mut Vec<String>) {
    let mut put = |name: String, bytes: Result<Vec<u8>>, is_guess| match bytes {
        Ok(bytes) => opened.push(Opened {
            name,
            bytes,
            is_guess,
        }),
        Err(error) => failures.push(format!("{name}: it cannot be read: {error:#}")),
    };
    if source == "-" {
        put(source.to_string(), unpacked(std::io::stdin().lock()), false);
        return;
    }
    let path = Path::new(source);
    let is_folder = path.is_dir();
    let (paths, unlisted) = find(path);
    for path in paths {
        let bytes = std::fs::File::open(&path)
            .map_err(anyhow::Error::from)
            .and_then(unpacked);
        put(path.display().to_string(), bytes, is_folder);
    }
    for (folder, error) in unlisted {
        put(folder.display().to_string(), Err(error.into()), true);
    }
}

/// A file itself, or all files of a folder and of those in it that may be of a known kind, in the order of their paths; and
/// the folders that cannot be listed.
pub fn find(path: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, std::io::Error)>) {
    let mut paths = Vec::new();
    let mut unlisted = Vec::new();
    match path.is_dir() {
        true => list(path, &mut paths, &mut unlisted),
        false => paths.push(path.to_path_buf()),
    }
    (paths, unlisted)
}

/// The files of a folder and of those in it. What begins with a dot is hidden, and links to folders are not followed: they
/// may lead around in a circle.
fn list(folder: &Path, paths: &mut Vec<PathBuf>, unlisted: &mut Vec<(PathBuf, std::io::Error)>) {
    match entries(folder) {
        Ok(entries) => {
            for (path, is_folder) in entries {
                if is_folder {
                    list(&path, paths, unlisted);
                } else if has_known_ending(&path) {
                    paths.push(path);
                }
            }
        }
        Err(error) => unlisted.push((folder.to_path_buf(), error)),
    }
}

/// What stands in a folder and is not hidden, in order, and whether it is a folder.
fn entries(folder: &Path) -> std::io::Result<Vec<(PathBuf, bool)>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            entries.push((entry.path(), entry.file_type()?.is_dir()));
        }
    }
    entries.sort();
    Ok(entries)
}

fn has_known_ending(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// All bytes; those of a gzip file unpacked, whatever its name.
fn unpacked(mut from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(&*bytes)
        .take(UNPACKED_MAX + 1)
        .read_to_end(&mut unpacked)
        .context("the gzip file is damaged")?;
    if unpacked.len() as u64 > UNPACKED_MAX {
        bail!("it is larger than 1 GiB when it is unpacked");
    }
    Ok(unpacked)
}

/// Writes to a file, or to standard output (`-`).
pub fn write(to: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match to.filter(|path| path.as_os_str() != "-") {
        Some(path) => std::fs::write(path, bytes)
            .with_context(|| format!("{} cannot be written", path.display())),
        None => crate::print(&mut std::io::stdout().lock(), bytes),
    }
}
