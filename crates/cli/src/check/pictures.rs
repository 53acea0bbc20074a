//! The pictures beside a file: [`Beside`] says which of those that articles name are not there, by the rules that a build takes them by.

use crate::build::{picture_in, picture_path};
use article::advice::Pictures;
use article::nearest_name;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in the folder of a file and in those below it.
pub(super) struct Beside {
    folder: PathBuf,
}

impl Beside {
    /// Of the file of this name; nothing of standard input, which stands nowhere.
    pub(super) fn of(name: &str) -> Option<Beside> {
        let path = Path::new(name);
        path.is_file().then(|| Beside {
            folder: path.parent().unwrap_or(Path::new("")).to_path_buf(),
        })
    }
}

impl Pictures for Beside {
    fn missing(&self, address: &str) -> Option<(String, String)> {
        // Where the root of a server is, nobody knows here.
        if address.starts_with('/') {
            return None;
        }
        let Some(inside) = picture_path(address) else {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            return path.split('/').any(|step| step == "..").then(|| {
                (
                    format!("\"{address}\", which lies outside of the folder of the article"),
                    "put the picture into the folder of the article's file or into one in it, as images/a.png: `offprint build` takes no other"
                        .to_string(),
                )
            });
        };
        if picture_in(&self.folder, &inside).is_some() {
            return None;
        }
        let place = match self.folder.as_os_str().is_empty() {
            true => ".".to_string(),
            false => self.folder.display().to_string(),
        };
        let help = match self.meant(&inside) {
            Some(other) => format!("did you mean {other}?"),
            None => format!("put the picture at {inside} in {place}, or correct the address"),
        };
        Some((format!("no {inside} in {place}"), help))
    }
}

impl Beside {
    /// The picture in the same folder that was probably meant.
    fn meant(&self, inside: &str) -> Option<String> {
        let (folder, name) = match inside.rsplit_once('/') {
            Some((folder, name)) => (format!("{folder}/"), name),
            None => (String::new(), inside),
        };
        let listed = fs::read_dir(self.folder.join(&folder).join(".")).ok()?;
        let mut names: Vec<String> = listed
            .flatten()
            .filter_map(|found| found.file_name().into_string().ok())
            .filter(|name| picture_path(name).is_some())
            .collect();
        names.sort();
        let nearest = nearest_name(names.iter().map(String::as_str), name)?;
        Some(folder + nearest)
    }
}
