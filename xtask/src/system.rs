//! What comes from the operating system: browsers, their drivers, fonts, Node's package manager.
//!
//! [`missing`] tells what is not there, [`install`] gets it with apt where that is allowed, and says what to type
//! where it is not.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::program;

/// A browser engine that the tests run in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// `WebKitGTK`'s `MiniBrowser`, by `WebKitWebDriver`, on a virtual screen.
    WebKit,
}

impl Engine {
    /// All of them, in the order in which they are tested.
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

    /// The name on the command line and of the folder of screenshots.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    /// The engine of this name.
    pub fn named(name: &str) -> Result<Engine> {
        match Engine::ALL.into_iter().find(|engine| engine.name() == name) {
            Some(engine) => Ok(engine),
            None => bail!("no browser is called `{name}`: there are chromium, firefox and webkit"),
        }
    }

    /// The browser's program, where it is installed.
    #[must_use]
    pub fn browser(self) -> Option<PathBuf> {
        match self {
            Engine::Chromium => ["chromium", "chromium-browser", "google-chrome"]
                .into_iter()
                .find_map(program::find),
            Engine::Firefox => ["firefox-esr", "firefox"]
                .into_iter()
                .find_map(program::find),
            Engine::WebKit => mini_browser(),
        }
    }

    /// The driver's program, where it is installed by the system. (geckodriver is one of the [`crate::tools`].)
    #[must_use]
    pub fn driver(self) -> Option<PathBuf> {
        match self {
            Engine::Chromium => program::find("chromedriver"),
            Engine::Firefox => program::find("geckodriver"),
            Engine::WebKit => program::find("WebKitWebDriver"),
        }
    }
}

/// `MiniBrowser` lies outside the PATH, in a folder named by machine type and version.
fn mini_browser() -> Option<PathBuf> {
    let machine_types = std::fs::read_dir("/usr/lib").ok()?;
    let mut folders: Vec<PathBuf> = machine_types
        .chain(std::fs::read_dir("/usr/libexec").into_iter().flatten())
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.push(PathBuf::from("/usr/lib"));
    let mut found: Vec<PathBuf> = folders
        .iter()
        .flat_map(|dir| {
            ["4.1", "6.0", "4.0"]
                .map(|version| dir.join(format!("webkit2gtk-{version}/MiniBrowser")))
        })
        .filter(|file| program::is_executable(file))
        .collect();
    found.sort();
    found.pop()
}

/// A package of the system and why it is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Package {
    name: &'static str,
    why: &'static str,
}

/// The packages that the tests in these browsers need and that are not there.
#[must_use]
pub fn missing(engines: &[Engine]) -> Vec<Package> {
    let mut packages = Vec::new();
    let mut need = |there: bool, name, why| {
        if !there {
            packages.push(Package { name, why });
        }
    };
    for engine in engines {
        let browser = engine.browser().is_some();
        let driver = engine.driver().is_some();
        match engine {
            Engine::Chromium => {
                need(browser, "chromium", "a browser to test in");
                need(driver, "chromium-driver", "drives Chromium");
            }
            Engine::Firefox => need(browser, "firefox-esr", "a browser to test in"),
            Engine::WebKit => {
                need(
                    browser && driver,
                    "webkit2gtk-driver",
                    "WebKit, Safari's engine, and its driver",
                );
                need(
                    program::find("Xvfb").is_some(),
                    "xvfb",
                    "a virtual screen for WebKit",
                );
            }
        }
    }
    // Elsewhere than on Debian and its kin the system's own fonts have to do.
    if program::find("dpkg-query").is_some() {
        for (name, why) in [
            ("fonts-noto-core", "letters of most scripts"),
            ("fonts-noto-cjk", "Chinese, Japanese and Korean letters"),
        ] {
            need(is_installed(name), name, why);
        }
    }
    let npm = program::find("npm").is_some();
    need(npm, "npm", "installs the accessibility checker axe-core");
    packages
}

fn is_installed(package: &str) -> bool {
    // Every package leaves its documentation: a look is quicker than a question to dpkg.
    Path::new("/usr/share/doc").join(package).is_dir()
}

/// Installs these packages with apt, as root or with a sudo that asks no password.
pub fn install(packages: &[Package]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = packages.iter().map(|package| package.name).collect();
    for package in packages {
        eprintln!("Missing: {} ({})", package.name, package.why);
    }
    let by_hand = format!("sudo apt-get install {}", names.join(" "));
    if program::find("apt-get").is_none() {
        bail!(
            "this system has no apt-get: install the programs of these Debian packages with your own package manager: {}",
            names.join(", ")
        );
    }
    let Some(prefix) = root_prefix() else {
        bail!("installing needs root or a sudo without password. By hand: {by_hand}");
    };
    eprintln!(
        "Installing {} packages: about 2 minutes, 1 GB on disk.",
        names.len()
    );
    let apt = |args: &[&str]| {
        let mut command = Command::new(prefix.first().copied().unwrap_or("apt-get"));
        if let Some(rest) = prefix.get(1..) {
            command.args(rest).arg("apt-get");
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(args);
        program::run_quietly(&mut command)
    };
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&names);
    apt(&["update"])
        .and_then(|()| apt(&install))
        .with_context(|| format!("the packages could not be installed. By hand: {by_hand}"))
}

/// What stands before `apt-get`: nothing for root, sudo where it asks no password, `None` where neither goes.
fn root_prefix() -> Option<Vec<&'static str>> {
    let is_root = program::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root {
        return Some(Vec::new());
    }
    let sudo = ["sudo", "--non-interactive"];
    program::succeeds(Command::new(sudo[0]).args([sudo[1], "true"])).then(|| sudo.to_vec())
}
