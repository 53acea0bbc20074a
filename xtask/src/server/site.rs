//! What is served: a folder, under an overlay of files from elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;

/// What is given out of a folder that is not the site's own.
const IMAGES: [&str; 7] = [".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg"];

/// A folder and what lies over it.
#[derive(Debug, Default)]
pub struct Site {
    folder: PathBuf,
    images: Option<PathBuf>,
    overlay: BTreeMap<String, Source>,
    below: BTreeMap<String, PathBuf>,
}

/// Where a file of the overlay comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// From memory.
    Memory(Bytes),
    /// From a file, read anew at each request, and unpacked if it is gzipped.
    File(PathBuf),
}

/// A file's bytes, and a tag that changes with them.
pub struct Served {
    pub bytes: Bytes,
    pub tag: String,
}

impl Site {
    /// The files of a folder.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Site {
        Site {
            folder: folder.to_path_buf(),
            ..Site::default()
        }
    }

    /// Where images are looked for that the folder does not have: beside a collection that lies elsewhere.
    pub fn look_for_images_in(&mut self, folder: &Path) {
        self.images = Some(folder.to_path_buf());
    }

    /// Puts a file over the folder's.
    pub fn put(&mut self, path: &str, source: Source) {
        self.overlay.insert(path.to_owned(), source);
    }

    /// Takes a file of the overlay away.
    pub fn remove(&mut self, path: &str) {
        self.overlay.remove(path);
    }

    /// Puts a folder below a path, or takes it away.
    pub fn put_folder(&mut self, below: &str, folder: Option<&Path>) {
        match folder {
            Some(folder) => self.below.insert(below.to_owned(), folder.to_path_buf()),
            None => self.below.remove(below),
        };
    }

    /// Where a path leads, if anywhere. `""` and `"part/"` lead to `index.html`.
    pub(super) fn find(&self, path: &str) -> Option<Source> {
        let mut path = path.to_owned();
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        }
        if let Some(source) = self.overlay.get(&path) {
            return Some(source.clone());
        }
        // No way out of the folder: a part that is empty, hidden, or not plain text is no file of ours.
        let is_plain = |part: &str| {
            !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':'])
        };
        if !path.split('/').all(is_plain) {
            return None;
        }
        let is_image = IMAGES.iter().any(|extension| path.ends_with(extension));
        let images = self.images.as_ref().filter(|_| is_image);
        let below = self.below.iter();
        let below =
            below.filter_map(|(of, folder)| Some(folder.join(path.strip_prefix(of.as_str())?)));
        let others = [Some(&self.folder), images].into_iter().flatten();
        below
            .chain(others.map(|folder| folder.join(&path)))
            .find(|file| file.is_file())
            .map(Source::File)
    }
}

impl Source {
    /// Bytes from memory.
    #[must_use]
    pub fn bytes(bytes: impl Into<Bytes>) -> Source {
        Source::Memory(bytes.into())
    }

    pub(super) fn read(&self) -> io::Result<Served> {
        match self {
            Source::Memory(bytes) => {
                let tag = format!("\"m{:x}-{:x}\"", bytes.len(), fnv(bytes));
                Ok(Served {
                    bytes: bytes.clone(),
                    tag,
                })
            }
            Source::File(path) => {
                let meta = fs::metadata(path)?;
                let changed = meta
                    .modified()?
                    .duration_since(SystemTime::UNIX_EPOCH)
                    .map_or(0, |since| since.as_nanos());
                let tag = format!("\"f{:x}-{changed:x}\"", meta.len());
                Ok(Served {
                    bytes: read_unpacked(path)?.into(),
                    tag,
                })
            }
        }
    }
}

/// Reads a file; one that is gzipped, whatever its name, is unpacked.
pub fn read_unpacked(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::with_capacity(bytes.len().saturating_mul(4));
    MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// Fowler, Noll and Vo's hash, FNV-1a, 64 bits: enough to tell two versions of a file apart.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
