//! The reader, built: `dist/` is complete, self-contained, and works from any folder of any host.
//!
//! [`build`] runs Trunk (which runs cargo and wasm-bindgen), takes out what Trunk leaves in the page, and makes
//! sure of what must hold; [`report`] prints the sizes and fails over budget.

use std::fs;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::digests;
use crate::imports;
use crate::npm;
use crate::page;
use crate::program;
use crate::setup::{self, Toolbox};
use crate::sizes;
use crate::workspace;

/// The modules, each a `.wasm` and its `.js`.
const MODULES: [&str; 4] = [
    "offprint",
    "offprint-articles",
    "offprint-index",
    "offprint-search-worker",
];

/// How the reader is compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// As it is delivered.
    Release,
    /// Quickly, for looking at a change.
    Dev,
}

/// Builds `dist/`.
pub fn build(toolbox: &Toolbox, profile: Profile) -> Result<()> {
    let target = workspace::target_dir();
    // Beside `dist/`, not in the target folder, of which there may be several: two builds at once would mix.
    let locks = workspace::root().join("target");
    fs::create_dir_all(&locks).with_context(|| format!("cannot make {}", locks.display()))?;
    let lock_path = locks.join("dist.lock");
    let lock = File::create(&lock_path)
        .with_context(|| format!("cannot write {}", lock_path.display()))?;
    lock.lock()
        .context("cannot lock the folder that is built")?;

    // Nobody sees a half-made folder: it is made elsewhere and takes its place when all is well.
    let made = locks.join("dist-made");
    fs::create_dir_all(&made).with_context(|| format!("cannot make {}", made.display()))?;

    // Trunk copies every snippet it finds there, also those of a dependency that is gone.
    let _ = fs::remove_dir_all(target.join("wasm-bindgen"));
    let mut trunk = toolbox.command("trunk");
    trunk
        .args(["build", "--color", "never", "--dist"])
        .arg(&made);
    match profile {
        Profile::Release => trunk.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            without_machine_paths()?,
        ),
        Profile::Dev => trunk.arg("--cargo-profile=dev"),
    };
    // Only what goes wrong: cargo shows its own progress.
    trunk.env("RUST_LOG", "error");
    program::run(&mut trunk)?;

    let index = made.join("index.html");
    let html =
        fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    fs::write(&index, page::without_leftovers(&html))
        .with_context(|| format!("cannot write {}", index.display()))?;
    if profile == Profile::Release {
        for name in MODULES {
            let (wasm, script) = (
                made.join(format!("{name}_bg.wasm")),
                made.join(format!("{name}.js")),
            );
            let read = |path: &Path| {
                fs::read(path).with_context(|| format!("the build left no {}", path.display()))
            };
            let text = String::from_utf8(read(&script)?)
                .with_context(|| format!("{name}.js is not UTF-8"))?;
            let (module, text) = imports::shorten(&read(&wasm)?, &text)
                .with_context(|| format!("{name}_bg.wasm"))?;
            fs::write(&wasm, module).with_context(|| format!("cannot write {}", wasm.display()))?;
            fs::write(&script, text)
                .with_context(|| format!("cannot write {}", script.display()))?;
        }
    }
    for entry in fs::read_dir(&made).with_context(|| format!("cannot list {}", made.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let script = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            fs::write(&path, page::without_documentation(&script))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    join(&made)?;
    digests::write(&made)?;
    check_promises(&made, profile)?;

    let dist = workspace::dist_dir();
    if dist.exists() {
        fs::remove_dir_all(&dist).with_context(|| format!("cannot remove {}", dist.display()))?;
    }
    fs::rename(&made, &dist)
        .with_context(|| format!("cannot rename {} to {}", made.display(), dist.display()))
}

/// Makes one script of those that a page loads first.
fn join(made: &Path) -> Result<()> {
    let (first, part) = (made.join("element.js"), made.join("loading.js"));
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let joined = page::joined(&read(&first)?, "loading.js", &read(&part)?).context("element.js")?;
    fs::write(&first, joined).with_context(|| format!("cannot write {}", first.display()))?;
    fs::remove_file(&part).with_context(|| format!("cannot remove {}", part.display()))
}

/// Prints the sizes and fails if one is over its budget.
pub fn report() -> Result<()> {
    let rows = sizes::measure(&workspace::dist_dir())?;
    print!("{}", sizes::table(&rows));
    let too_heavy = sizes::over_budget(&rows);
    ensure!(
        too_heavy.is_empty(),
        "over budget: {}",
        too_heavy.join("; ")
    );
    Ok(())
}

/// Builds the command `offprint` with the built reader inside it; gives its place.
pub fn command() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = std::process::Command::new(cargo);
    build
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "offprint-cli",
        ])
        .current_dir(workspace::root())
        .env("OFFPRINT_RUNTIME", workspace::dist_dir());
    program::run(&mut build)?;
    Ok(workspace::target_dir().join("release").join("offprint"))
}

/// The whole command.
pub fn run() -> Result<()> {
    build(&setup::for_build()?, Profile::Release)?;
    npm::write()?;
    let command = command()?;
    report()?;
    println!("The command, with the reader in it: {}", command.display());
    println!("The package for npm: {}", npm::folder().display());
    Ok(())
}

/// Compiler flags under which no path of this machine gets into the module: shorter, and the same on every machine.
fn without_machine_paths() -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().unwrap_or_default().join(".cargo"),
        PathBuf::from,
    );
    let sources = home.join("registry").join("src");
    let mut replaced = vec![(workspace::target_dir(), "target"), (workspace::root(), "")];
    for registry in fs::read_dir(&sources).into_iter().flatten().flatten() {
        replaced.push((registry.path(), "crates"));
    }
    let mut flags = String::new();
    for (path, name) in replaced {
        let path = path
            .to_str()
            .context("a path that is not UTF-8 cannot be given to the compiler")?;
        if path.contains(' ') {
            // The variable divides its flags at spaces: then the paths stay.
            continue;
        }
        if !flags.is_empty() {
            flags.push(' ');
        }
        flags.push_str(&format!("--remap-path-prefix={path}={name}"));
    }
    Ok(flags)
}

/// What must hold of a finished `dist/`.
fn check_promises(dist: &Path, profile: Profile) -> Result<()> {
    let read = |name: &str| {
        let path = dist.join(name);
        fs::read(&path).with_context(|| format!("the build left no {name}"))
    };
    for name in ["index.html", "offprint.css", "element.js"] {
        let text =
            String::from_utf8(read(name)?).with_context(|| format!("{name} is not UTF-8"))?;
        if let Some(path) = absolute_path(&text) {
            bail!(
                "{name} names `{path}…`, which breaks wherever the folder is not at the root of its host"
            );
        }
    }
    let glue = read("offprint.js")?;
    let exports = String::from_utf8_lossy(&glue).contains("\nexport function ")
        || String::from_utf8_lossy(&glue).contains("\nexport class ");
    ensure!(
        exports,
        "offprint.js exports nothing: wasm-bindgen found no function in the reader"
    );
    let module = read("offprint_bg.wasm")?;
    if profile == Profile::Release {
        for dir in [
            workspace::root(),
            std::env::home_dir().unwrap_or_default().join(".cargo"),
        ] {
            let path = dir.to_string_lossy();
            let is_in = |bytes: &[u8]| {
                bytes
                    .windows(path.len())
                    .any(|window| window == path.as_bytes())
            };
            ensure!(
                !is_in(&module),
                "offprint_bg.wasm names a folder of this machine: {path}"
            );
        }
    }
    Ok(())
}

/// An address that starts at the root of the host, if the text has one.
fn absolute_path(text: &str) -> Option<&str> {
    [
        "href=\"/",
        "src=\"/",
        "url(/",
        "url(\"/",
        "from \"/",
        "import(\"/",
        "fetch(\"/",
    ]
    .into_iter()
    .find_map(|start| {
        let at = text.find(start)?;
        text.get(at..at + start.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_are_found() {
        assert_eq!(absolute_path(r#"<a href="./x"><img src="y">"#), None);
        assert_eq!(absolute_path(r#"<link href="/x">"#), Some("href=\"/"));
        assert_eq!(
            absolute_path("a { background: url(/x.png) }"),
            Some("url(/")
        );
    }
}
