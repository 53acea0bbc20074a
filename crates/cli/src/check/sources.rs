//! What is to be checked: [`read`] turns the words of the command line into files and their bytes.

use crate::import;
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// No file may be longer than the format allows; this stops packed ones that unpack without end.
const UNPACKED_MAX: u64 = u32::MAX as u64 + 1;

/// A file and its bytes.
pub(super) struct Source {
    /// As it was given, or found in a folder.
    pub(super) name: String,
    /// It was found in a folder, among others that may not be meant.
    pub(super) is_guess: bool,
    /// Unpacked; or why there are none.
    pub(super) bytes: Result<Vec<u8>, Absent>,
}

/// Why a file has no bytes, and what to do about it.
pub(super) struct Absent {
    pub(super) found: String,
    pub(super) help: Option<String>,
}

/// Reads all files. What cannot be read is in the list too.
pub(super) fn read(names: &[String]) -> Vec<Source> {
    let mut sources = Vec::new();
    for name in names {
        let path = Path::new(name);
        if name == "-" {
            sources.push(Source {
                name: "<stdin>".to_string(),
                is_guess: false,
                bytes: unpacked(io::stdin().lock()),
            });
        } else if path.is_dir() {
            folder(path, &mut sources);
        } else {
            sources.push(file(path, false));
        }
    }
    sources
}

fn file(path: &Path, is_guess: bool) -> Source {
    Source {
        name: path.to_string_lossy().into_owned(),
        is_guess,
        bytes: fs::File::open(path).map_err(Absent::of).and_then(unpacked),
    }
}

/// The files of a folder that a build would take, in the order of their paths.
fn folder(path: &Path, sources: &mut Vec<Source>) {
    let (paths, unlisted) = import::find(path);
    if paths.is_empty() && unlisted.is_empty() {
        sources.push(Source {
            name: path.to_string_lossy().into_owned(),
            is_guess: true,
            bytes: Err(Absent {
                found: "a folder without files of a known kind".to_string(),
                help: Some("known are *.json, *.md, *.html, *.xml and *.txt".to_string()),
            }),
        });
    }
    sources.extend(paths.iter().map(|path| file(path, true)));
    sources.extend(unlisted.into_iter().map(|(folder, error)| Source {
        name: folder.to_string_lossy().into_owned(),
        is_guess: true,
        bytes: Err(Absent::of(error)),
    }));
}

fn unpacked(mut reader: impl Read) -> Result<Vec<u8>, Absent> {
    let mut bytes = Vec::new();
    (&mut reader)
        .take(UNPACKED_MAX)
        .read_to_end(&mut bytes)
        .map_err(Absent::of)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    match MultiGzDecoder::new(&*bytes)
        .take(UNPACKED_MAX)
        .read_to_end(&mut unpacked)
    {
        Ok(_) => Ok(unpacked),
        Err(error) => Err(Absent {
            found: format!("a gzip file that is damaged ({error})"),
            help: Some("pack it again".to_string()),
        }),
    }
}

impl Absent {
    fn of(error: io::Error) -> Absent {
        let found = match error.kind() {
            io::ErrorKind::NotFound => "no file of this name".to_string(),
            _ => format!("a file that cannot be read ({error})"),
        };
        Absent { found, help: None }
    }
}
