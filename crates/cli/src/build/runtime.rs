//! [`Runtime`]: the reader's own files, which a site brings along.
//!
//! They are inside this program where it was built by `cargo xtask dist`; else a folder is named.

use super::compress::Effort;
use super::of_reader::{ICONS, is_of_reader};
use super::offline::{Kept, LEAVING, WORKER};
use super::output::Output;
use super::print::{Print, Printer, hash};
use anyhow::{Context, Result, bail, ensure};
use packed::edition::hash_name;
use std::borrow::Cow;
use std::fs;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// The style sheet of the page around the reader, which is a part of the site's own.
const PAGE_SHEET: &str = "page.css";

/// The style sheet of the reader.
const SHEET: &str = "offprint.css";

/// The page for frames: it stands at the root of a site, where its address stays.
const FRAME: &str = "embed.html";

/// The script for pages around it, which stands beside it.
const FRAME_SCRIPT: &str = "frame.js";

/// What stands at the root of a site for its address, and no page names: a change of these changes no page.
const AT_ROOT: [&str; 2] = [WORKER, LEAVING];

/// What no reader is without.
const NEEDED: [&str; 9] = [
    "icon.svg",
    FRAME,
    FRAME_SCRIPT,
    "embed.js",
    "site.js",
    "offprint.js",
    "offprint_bg.wasm",
    SHEET,
    PAGE_SHEET,
];

/// The reader's own files.
#[derive(Debug)]
pub struct Runtime {
    files: Vec<(String, Cow<'static, [u8]>)>,
}

/// Where they stand in a site.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The folder of the reader's files, with a slash at its end.
    pub folder: String,
    /// The style sheet.
    pub sheet: String,
    /// The fingerprint of all of them.
    pub print: Print,
    /// Each of them, and what needs it.
    pub files: Vec<(Use, Kept)>,
}

/// What needs a file of the reader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The pages of a site.
    Site,
    /// The page of what was saved, which reads articles as they are in a collection.
    Saved,
    /// Pages elsewhere.
    Elsewhere,
}

impl Use {
    fn of(name: &str) -> Use {
        match name {
            "embed.js" | "icon.svg" => Use::Elsewhere,
            "offprint.css" | "plain.js" | "search-collection.js" => Use::Saved,
            name if ["offprint-articles", "offprint-index"]
                .iter()
                .any(|module| name.starts_with(module)) =>
            {
                Use::Saved
            }
            _ => Use::Site,
        }
    }
}

impl Runtime {
    /// The files of a folder, or those inside this program.
    pub fn open(folder: Option<&Path>) -> Result<Runtime> {
        let mut files = Vec::new();
        match folder {
            Some(folder) => {
                for name in names(folder)? {
                    let path = folder.join(&name);
                    let bytes = fs::read(&path)
                        .with_context(|| format!("{} cannot be read", path.display()))?;
                    files.push((name, Cow::Owned(bytes)));
                }
            }
            None => files.extend(
                FILES
                    .iter()
                    .map(|(name, bytes)| (name.to_string(), Cow::Borrowed(*bytes))),
            ),
        }
        Runtime::whole(files)
    }

    /// The files of a site, whose folder of them is named; the page for frames stands at its root.
    pub fn of_site(site: &Path, folder: &str) -> Result<Runtime> {
        let mut files = Vec::new();
        let of_folder = names(&site.join(folder))?;
        let of_folder = of_folder.iter().map(|name| format!("{folder}{name}"));
        for path in of_folder.chain([FRAME.to_owned()]) {
            let file = site.join(&path);
            let bytes =
                fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let name = path.rsplit('/').next().unwrap_or_default();
            files.push((name.to_owned(), Cow::Owned(bytes)));
        }
        Ok(Runtime { files })
    }

    #[cfg(test)]
    pub fn sample(files: Vec<(String, Vec<u8>)>) -> Runtime {
        let files = files.into_iter();
        Runtime {
            files: files
                .map(|(name, bytes)| (name, Cow::Owned(bytes)))
                .collect(),
        }
    }

    fn whole(files: Vec<(String, Cow<'static, [u8]>)>) -> Result<Runtime> {
        if files.is_empty() {
            bail!(
                "this program was built without the reader; name its folder: `--runtime dist` (cargo xtask dist makes it, and a program that holds it)"
            );
        }
        for name in NEEDED {
            let is_there = files.iter().any(|(known, _)| known == name);
            ensure!(
                is_there,
                "the reader's files are not complete: there is no {name}"
            );
        }
        Ok(Runtime { files })
    }

    /// The bytes of a file, where it is among them.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        let found = self.files.iter().find(|(known, _)| known == name);
        found.map(|(_, bytes)| &**bytes)
    }

    /// The page for frames, as it stands beside the reader's files.
    pub fn frame_page(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.file(FRAME))
    }

    /// The script for pages around it.
    pub fn frame_script(&self) -> &[u8] {
        self.file(FRAME_SCRIPT)
    }

    /// The names of all files and their bytes.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (&**name, &**bytes))
    }

    /// The icons that there are.
    pub fn icons(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        ICONS
            .into_iter()
            .filter_map(|name| Some((name, self.bytes(name)?)))
    }

    fn file(&self, name: &str) -> &[u8] {
        self.bytes(name).unwrap_or_default()
    }

    /// Writes them into the site, and the style sheet with the publisher's own at its end.
    pub fn write(&self, theme: Option<&str>, output: &Output) -> Result<Assets> {
        let is_at_root = |name: &str| AT_ROOT.contains(&name) || ICONS[1..].contains(&name);
        let mut all = Vec::new();
        for (name, bytes) in self.files.iter().filter(|(name, _)| !is_at_root(name)) {
            all.extend_from_slice(name.as_bytes());
            all.extend_from_slice(&hash(bytes));
        }
        let folder = format!("assets/{}/", hash_name(&hash(&all)));
        let is_elsewhere =
            |name: &str| [PAGE_SHEET, FRAME, FRAME_SCRIPT].contains(&name) || is_at_root(name);
        let mut files = Vec::new();
        for (name, bytes) in self.files.iter().filter(|(name, _)| !is_elsewhere(name)) {
            let path = format!("{folder}{name}");
            let print = Printer::new("asset").bytes(bytes).print();
            let blob = output.file(&path, print, Effort::Asset, || Ok(bytes.to_vec()))?;
            files.extend(blob.map(|blob| (Use::of(name), Kept::file(path, &blob))));
        }
        for (name, bytes) in self.icons() {
            let print = Printer::new("icon").bytes(bytes).print();
            let effort = match name.ends_with(".png") {
                true => Effort::None,
                false => Effort::Asset,
            };
            let blob = output.file(name, print, effort, || Ok(bytes.to_vec()))?;
            files.extend(blob.map(|blob| (Use::Site, Kept::file(name, &blob))));
        }
        let mut sheet = [self.file(PAGE_SHEET), self.file(SHEET), SITE_SHEET].join(&b'\n');
        if let Some(theme) = theme {
            ensure!(!theme.contains('\0'), "the theme is no style sheet");
            sheet.push(b'\n');
            sheet.extend_from_slice(theme.as_bytes());
        }
        let path = format!("assets/site-{}.css", hash_name(&hash(&sheet)));
        let print = Printer::new("sheet").bytes(&sheet).print();
        let blob = output.file(&path, print, Effort::Asset, || Ok(sheet))?;
        files.extend(blob.map(|blob| (Use::Site, Kept::file(&*path, &blob))));
        Ok(Assets {
            files,
            print: Printer::new("assets").text(&folder).text(&path).print(),
            folder,
            sheet: path,
        })
    }
}

/// The files of a folder that are the reader's, in the order of their names: `dist/` holds a page and its articles, too.
fn names(folder: &Path) -> Result<Vec<String>> {
    let listed =
        fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
    let names = listed
        .flatten()
        .filter_map(|found| found.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_of_reader(name)).collect();
    names.sort();
    Ok(names)
}

/// The look of what stands around the reader on a page of a site.
const SITE_SHEET: &[u8] = include_bytes!("site.css");
