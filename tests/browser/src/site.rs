//! Sites built for the cases, by the command as it is delivered.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::workspace;

/// Where a case's server has the site: a folder, as on a host that is shared.
pub const ROOT: &str = "sub/folder/";

/// A built site.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
}

/// The demo edition, built once for all cases.
pub fn demo() -> Result<Site> {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    if let Some(folder) = BUILT.get() {
        return Ok(Site {
            folder: folder.clone(),
        });
    }
    let site = build(
        &workspace::root().join("demo/articles.json"),
        "demo",
        "files",
    )?;
    Ok(Site {
        folder: BUILT.get_or_init(|| site.folder).clone(),
    })
}

/// The demo edition with a change that has a name.
pub fn changed(name: &str, change: impl FnOnce(&mut Value)) -> Result<Site> {
    let text = fs::read_to_string(workspace::root().join("demo/articles.json"))?;
    let mut edition: Value = serde_json::from_str(&text)?;
    change(&mut edition);
    let folder = workspace::target_dir().join("sites");
    let file = folder.join(format!("{name}.json"));
    fs::create_dir_all(&folder)?;
    fs::write(&file, edition.to_string())?;
    build(&file, name, "files")
}

/// The demo edition, its data in packs.
pub fn packs() -> Result<Site> {
    build(
        &workspace::root().join("demo/articles.json"),
        "packs",
        "packs",
    )
}

/// An edition of these articles, with the pictures of the demo; of its newest articles only one is kept for reading without a network.
pub fn edition(name: &str, layout: &'static str, articles: &Value) -> Result<Site> {
    let demo = workspace::root().join("demo");
    let folder = workspace::target_dir()
        .join("sites")
        .join(format!("{name}-articles"));
    fs::create_dir_all(folder.join("images"))?;
    for image in fs::read_dir(demo.join("images"))? {
        let image = image?;
        fs::copy(image.path(), folder.join("images").join(image.file_name()))?;
    }
    fs::write(folder.join("offprint.toml"), "[offline]\narticles = 1\n")?;
    let file = folder.join("articles.json");
    fs::write(&file, articles.to_string())?;
    build(&file, name, layout)
}

fn build(articles: &Path, name: &str, layout: &str) -> Result<Site> {
    let folder = workspace::target_dir().join("sites").join(name);
    let program = workspace::target_dir().join("release/offprint");
    let mut command = Command::new(&program);
    command.arg("build").arg(articles).arg("--out").arg(&folder);
    let made = command
        .args([
            "--no-compress",
            "--layout",
            layout,
            "--base-url",
            "https://example.org/sub/folder/",
        ])
        .output()
        .with_context(|| {
            format!(
                "{} does not run: cargo xtask dist makes it",
                program.display()
            )
        })?;
    ensure!(
        made.status.success(),
        "the site could not be built: {}",
        String::from_utf8_lossy(&made.stderr)
    );
    Ok(Site { folder })
}

impl Site {
    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The paths of its files below a folder (`""` for all), in their order.
    pub fn files(&self, below: &str) -> Result<Vec<String>> {
        let mut files = Vec::new();
        list(&self.folder, &self.folder.join(below), &mut files)?;
        files.sort();
        Ok(files)
    }
}

fn list(root: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(root, &path, files)?;
        } else if let Ok(path) = path.strip_prefix(root) {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}
