//! `cargo xtask bench publishing`: what a built site promises, measured against a real server and a real browser.
//!
//! [`publishing`] builds the demo edition with the built command, has nginx serve it by the header file that was written
//! with it, and starts `benches/publishing/run.js`, which validates, runs Lighthouse, and measures the pages of peers
//! beside ours. Everything made stands below one temporary folder and is gone afterwards.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Temporary, chromium, node, offprint};
use crate::program;
use crate::setup;
use crate::workspace;

/// How long nginx may take to listen.
const START: Duration = Duration::from_secs(10);

/// What to measure with what.
#[derive(Debug, Default)]
pub struct Options {
    /// The command `offprint`, where it is not the one that `cargo xtask dist` built.
    pub command: Option<PathBuf>,
    /// Some of `validators`, `lighthouse`, `peers`, `embedding`, `worker`, with commas between them; all where it is absent.
    pub only: Option<String>,
}

/// Runs the benchmark and prints its tables.
pub fn publishing(options: &Options) -> Result<()> {
    let scripts = workspace::root().join("benches/publishing");
    let offprint = offprint(options.command.as_deref())?;
    let nginx = program::find("nginx")
        .or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|it| program::is_executable(it)))
        .context("nginx is needed: sudo apt-get install nginx-light")?;
    let java = program::find("java").context(
        "Java is needed for the HTML checker: sudo apt-get install default-jre-headless",
    )?;
    let (node, browser) = (node()?, chromium()?);
    setup::npm_packages(
        &scripts,
        "Installing Lighthouse, the HTML checker and the peers: a minute.",
    )?;

    let folder = Temporary::new()?;
    let site = folder.0.join("site");
    let peers = folder.0.join("peers");
    fs::create_dir(&peers).with_context(|| format!("cannot make {}", peers.display()))?;
    let (port, peers_port) = free_ports()?;
    let origin = format!("http://127.0.0.1:{port}/");
    let mut build = Command::new(&offprint);
    build
        .arg("build")
        .arg(workspace::root().join("demo/articles.json"))
        .args(["--base-url", &origin, "--out"])
        .arg(&site);
    program::run_quietly(&mut build)?;

    let _server = Nginx::start(&nginx, &folder.0, (&site, port), (&peers, peers_port))?;
    let mut run = Command::new(node);
    run.arg(scripts.join("run.js"))
        .args(["--origin", &origin])
        .args(["--peers-origin", &format!("http://127.0.0.1:{peers_port}/")])
        .arg("--site")
        .arg(&site)
        .arg("--peers")
        .arg(&peers)
        .arg("--browser")
        .arg(browser)
        .arg("--java")
        .arg(java);
    if let Some(only) = &options.only {
        run.args(["--only", only]);
    }
    program::run(&mut run)
}

/// Two ports that nobody listens at.
fn free_ports() -> Result<(u16, u16)> {
    let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free");
    let (one, other) = (listen()?, listen()?);
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}

/// nginx, as long as it is wanted.
struct Nginx(Child);

impl Nginx {
    /// Serves the site at one port, and the peers' pages at another.
    fn start(
        program: &Path,
        folder: &Path,
        (site, port): (&Path, u16),
        (peers, peers_port): (&Path, u16),
    ) -> Result<Nginx> {
        let written = site.join(".hosting/nginx.conf");
        let written = fs::read_to_string(&written)
            .with_context(|| format!("cannot read {}", written.display()))?;
        let file = folder.join("nginx.conf");
        let conf = configuration(&written, folder, (site, port), (peers, peers_port))?;
        fs::write(&file, conf).with_context(|| format!("cannot write {}", file.display()))?;
        let log = folder.join("error.log");
        let mut child = Command::new(program)
            .arg("-p")
            .arg(folder)
            .arg("-e")
            .arg(&log)
            .arg("-c")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start nginx")?;
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, peers_port)).is_err() {
            let ended = child.try_wait()?.is_some();
            if ended || started.elapsed() > START {
                let _ = child.kill();
                let _ = child.wait();
                let told = fs::read_to_string(&log).unwrap_or_default();
                bail!("nginx does not serve: {}", told.trim());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Nginx(child))
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What nginx is told: the file that was written with the site, with `listen` and `root` changed as it says, and the same
/// once more for the peers, without the policy, which their inline scripts and styles would break.
fn configuration(
    written: &str,
    folder: &Path,
    (site, port): (&Path, u16),
    (peers, peers_port): (&Path, u16),
) -> Result<String> {
    let (maps, server) = written
        .split_once("\nserver {")
        .context("the header file has no `server {`")?;
    let server = |root: &Path, port: u16, keeps_policy: bool| {
        let mut block = String::from("server {\n");
        for line in server.lines().skip(1) {
            let word = line.split_whitespace().next().unwrap_or_default();
            match word {
                "listen" if line.contains("[::]") => continue,
                "listen" => block.push_str(&format!("    listen 127.0.0.1:{port};")),
                "root" => block.push_str(&format!("    root \"{}\";", root.display())),
                _ if !keeps_policy && line.contains("Content-Security-Policy") => continue,
                _ => block.push_str(line),
            }
            block.push('\n');
        }
        block
    };
    let folder = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path \"{folder}/{kind}\";\n"))
        .concat();
    // One process of our own: it ends with us, and needs no user of its own.
    Ok(format!(
        "daemon off;\nmaster_process off;\npid \"{folder}/nginx.pid\";\nevents {{ }}\nhttp {{\naccess_log off;\n{temporary}{maps}\n{}{}}}\n",
        server(site, port, true),
        server(peers, peers_port, false)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_file_is_used_as_it_is() {
        let written = "map $uri $a { default \"\"; }\n\nserver {\n    listen 80;\n    listen [::]:80;\n    root /var/www/site;\n    \
                       add_header Content-Security-Policy \"x\" always;\n    charset off;\n}\n";
        let conf = configuration(
            written,
            Path::new("/t"),
            (Path::new("/t/a"), 1),
            (Path::new("/t/b"), 2),
        )
        .expect("a configuration");
        let count = |text: &str| conf.matches(text).count();
        assert_eq!(count("map $uri $a"), 1);
        assert_eq!(count("server {"), 2);
        assert_eq!(count("charset off;"), 2);
        assert_eq!(count("Content-Security-Policy"), 1);
        assert_eq!(count("listen 127.0.0.1:1;\n    root \"/t/a\";"), 1);
        assert_eq!(count("listen 127.0.0.1:2;\n    root \"/t/b\";"), 1);
        assert_eq!(count("[::]"), 0);
    }
}
