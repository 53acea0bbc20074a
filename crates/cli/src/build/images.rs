//! [`Pictures`]: the pictures beside the inputs that articles name, copied into the site under the same names.
//!
//! Only what lies in the folder of an input or in folders in it is copied: an address with `..` or from the root of a disk
//! leads nowhere, and neither does a link that leads out of it.

use super::compress::Effort;
use super::of_reader::ICONS;
use super::output::Output;
use super::print::Printer;
use anyhow::{Context, Result};
use article::{Article, ArticleContent, Block, Inline, SafeUrl};
use packed::edition::Blob;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What the bytes of pictures are, by their paths in the site.
pub type Copied = BTreeMap<String, Blob>;

/// The relative addresses of pictures, and the folder each begins at.
#[derive(Debug, Default)]
pub struct Pictures {
    /// The folders of the articles that name one, the newest article's first.
    folders: BTreeMap<String, Vec<u32>>,
}

impl Pictures {
    /// Takes the pictures of an article.
    pub fn add(&mut self, named: Vec<String>, folder: u32) {
        for name in named.into_iter().filter(|name| !is_elsewhere(name)) {
            let folders = self.folders.entry(name).or_default();
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
    }

    /// Copies all of them; gives what could not be, and what the bytes of the others are, by their paths in the site.
    pub fn copy(&self, folders: &[PathBuf], output: &Output) -> Result<(Vec<String>, Copied)> {
        let mut warnings = Vec::new();
        // `a.svg?1` and `./a.svg` are one file of the site.
        let mut files: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
        for (name, numbers) in &self.folders {
            let Some(inside) = is_inside(name) else {
                warnings.push(format!(
                    "{name}: a picture is taken from the folder of its article or from one in it, and this one lies outside or has a name of the site's own"
                ));
                continue;
            };
            let known = files.entry(inside).or_default();
            for folder in numbers.iter().map(|number| &*folders[*number as usize]) {
                if !known.contains(&folder) {
                    known.push(folder);
                }
            }
        }
        let copied = files.into_par_iter().map(|(inside, folders)| {
            let (warnings, blob) = copy(&inside, &folders, output)?;
            Ok((warnings, blob.map(|blob| (inside, blob))))
        });
        let (more, files): (Vec<_>, Vec<_>) =
            copied.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        warnings.extend(more.into_iter().flatten());
        Ok((warnings, files.into_iter().flatten().collect()))
    }
}

/// Copies a picture from the first of these folders that has it; gives what is wrong, that one has none, or another; and what
/// its bytes are.
fn copy(inside: &str, folders: &[&Path], output: &Output) -> Result<(Vec<String>, Option<Blob>)> {
    let mut warnings = Vec::new();
    let mut taken: Option<(PathBuf, Vec<u8>)> = None;
    for folder in folders {
        let Some(real) = found(folder, inside) else {
            let folder = here(folder).display();
            warnings.push(format!("{inside}: there is no such picture in {folder}"));
            continue;
        };
        let read = |path: &Path| {
            fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
        };
        match &taken {
            None => taken = Some((real.clone(), read(&real)?)),
            Some((first, bytes)) if *first != real && *bytes != read(&real)? => {
                warnings.push(format!(
                    "{inside}: {} and {} are two pictures of one address, and the first is shown for both; give one of them another name",
                    first.display(),
                    real.display()
                ));
            }
            Some(_) => {}
        }
    }
    let Some((source, bytes)) = taken else {
        return Ok((warnings, None));
    };
    let is_text = Path::new(inside)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("svg"));
    let effort = if is_text { Effort::Asset } else { Effort::None };
    let print = Printer::new("picture").bytes(&bytes).print();
    let blob = output.copy(inside, &source, print, effort, || Ok(bytes))?;
    Ok((warnings, blob))
}

/// The file of a picture, if it is one within the folder, wherever links lead.
pub fn found(folder: &Path, inside: &str) -> Option<PathBuf> {
    let folder = here(folder);
    let real = folder.join(inside).canonicalize().ok()?;
    let home = folder.canonicalize().ok()?;
    (real.starts_with(home) && real.is_file()).then_some(real)
}

/// A folder that may be the one that we are in.
fn here(folder: &Path) -> &Path {
    match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    }
}

/// The file of the site that a relative address names, if that can be a picture's: not above its root, and not among what a build
/// writes.
pub fn is_inside(address: &str) -> Option<String> {
    const OURS: [&str; 9] = [
        "article",
        "category",
        "tag",
        "author",
        "page",
        "data",
        "assets",
        "saved",
        ".offprint",
    ];
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let path = decoded(&address[..end])?;
    let steps: Vec<&str> = path
        .split('/')
        .filter(|step| !matches!(*step, "" | "."))
        .collect();
    let is_bad =
        |step: &&str| *step == ".." || step.contains(['\\', ':', '\0']) || step.len() > 240;
    let first = steps.first()?;
    let is_ours = OURS.iter().any(|ours| first.eq_ignore_ascii_case(ours));
    // A file at the root could be one of ours: only what is a picture by its name.
    let end = steps.last()?.rsplit_once('.').map_or("", |(_, end)| end);
    let is_picture = [
        "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "apng", "bmp", "ico",
    ]
    .iter()
    .any(|known| end.eq_ignore_ascii_case(known));
    let is_icon = steps.len() == 1 && ICONS.contains(&&*first.to_ascii_lowercase());
    let is_fine = !path.starts_with('/') && !steps.iter().any(is_bad) && !is_ours && !is_icon;
    (is_fine && is_picture).then(|| steps.join("/"))
}

/// An address without its percent signs.
pub fn decoded(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        let hex = |at: usize| char::from(*behind.get(at)?).to_digit(16);
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &behind[2..];
            }
            _ => bytes.push(first),
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether an address is one of another host, or may be.
pub fn is_elsewhere(address: &str) -> bool {
    address.starts_with("https:") || address.starts_with("http:")
}

/// What an article names, each once.
#[derive(Debug, Default)]
pub struct Named {
    /// The addresses of its pictures: relative ones, and those on the web.
    pub pictures: Vec<String>,
    /// The articles that its texts lead to: what stands behind `#/article/`.
    pub articles: Vec<String>,
}

/// The pictures of an article, and the articles it leads to.
pub fn named(article: &Article, content: &ArticleContent) -> Named {
    let mut found = Named::default();
    if let Some(image) = &article.image {
        found.take(&image.src);
        image
            .srcset
            .iter()
            .for_each(|candidate| found.take(&candidate.src));
    }
    let documents = content.summary.iter().chain(&content.key_points);
    let documents = documents.chain(content.sections.iter().map(|section| &section.body));
    let documents = documents.chain(&content.risks).chain(&content.disclosure);
    let documents = documents.chain(content.corrections.iter().map(|(_, text)| text));
    for document in documents.chain(&content.image_caption) {
        found.blocks(&document.blocks);
        document
            .footnotes
            .iter()
            .for_each(|note| found.blocks(&note.blocks));
    }
    content
        .footnotes
        .iter()
        .for_each(|note| found.blocks(&note.blocks));
    found
}

impl Named {
    fn take(&mut self, url: &SafeUrl) {
        let is_file = url.is_external() || url.is_relative() && !url.as_str().starts_with('#');
        if is_file && !self.pictures.iter().any(|known| known == url.as_str()) {
            self.pictures.push(url.as_str().to_owned());
        }
    }

    fn lead(&mut self, url: &SafeUrl) {
        if let Some(route) = url.as_str().strip_prefix("#/article/")
            && !self.articles.iter().any(|known| known == route)
        {
            self.articles.push(route.to_owned());
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(content),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(&item.blocks));
                }
                Block::Table { head, rows, .. } => {
                    let cells = head.iter().chain(rows.iter().flatten());
                    cells.for_each(|cell| self.inlines(cell));
                }
                Block::Figure {
                    image,
                    caption,
                    credit,
                } => {
                    self.take(&image.src);
                    self.inlines(caption);
                    self.inlines(credit);
                }
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Marked(_, content) | Inline::Abbreviation { content, .. } => {
                    self.inlines(content);
                }
                Inline::Link {
                    target, content, ..
                } => {
                    self.lead(target);
                    self.inlines(content);
                }
                Inline::Image(image) => self.take(&image.src),
                Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::FootnoteRef { .. } => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expect: Option<&str>) {
        assert_eq!(is_inside(address).as_deref(), expect, "{address}");
    }

    #[test]
    fn addresses_of_pictures() {
        check("images/a.svg", Some("images/a.svg"));
        check("./images/a%20b.PNG?w=3#x", Some("images/a b.PNG"));
        check("a.jpg", Some("a.jpg"));
        check("images/größe.webp", Some("images/größe.webp"));
        check("images/%", None);
        check("../a.jpg", None);
        check("images/../../a.jpg", None);
        check("images/%2e%2e/a.jpg", None);
        check("images%2F..%2F..%2Fa.jpg", None);
        check("/etc/a.jpg", None);
        check("%2Fetc/a.jpg", None);
        check("c:/a.jpg", None);
        check("..\\a.jpg", None);
        check("a\0.jpg", None);
        check("article/a/index.html", None);
        check("Article/a.svg", None);
        check("icon.svg", None);
        check("Icon-192.png", None);
        check("images/icon-192.png", Some("images/icon-192.png"));
        check("saved/a.png", None);
        check("index.html", None);
        check(".offprint/state", None);
        check("", None);
        check("%ff.svg", None);
    }
}
