//! A driver program: started on a free port, waited for, and killed with all its children when dropped.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};
use xtask::system::Engine;
use xtask::workspace;

/// How long a driver may take until it answers. Machines that test are busy.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How often a port may turn out to be taken by somebody else meanwhile.
const ATTEMPTS: u32 = 3;

/// A running driver.
pub struct Driver {
    /// Where it answers.
    pub url: String,
    _process: Group,
    _screen: Option<Group>,
}

impl Driver {
    /// Starts the driver of this engine; one of WebKit has its browser keep a profile in this folder.
    pub async fn start(engine: Engine, profile: Option<&Path>) -> Result<Driver> {
        let screen = match engine {
            Engine::WebKit => Some(Screen::start().await?),
            Engine::Chromium | Engine::Firefox => None,
        };
        let mut last_error = None;
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let mut command = command(engine, port)?;
            if let Some(screen) = &screen {
                command.env("DISPLAY", &screen.display);
                if let Some(profile) = profile {
                    command
                        .env("LD_PRELOAD", profile_keeper()?)
                        .env("OFFPRINT_TEST_PROFILE", profile);
                }
            }
            let mut process = Group::start(&mut command, engine.name())?;
            match wait_until_ready(&mut process, port).await {
                Ok(()) => {
                    return Ok(Driver {
                        url: format!("http://127.0.0.1:{port}"),
                        _process: process,
                        _screen: screen.map(|screen| screen.process),
                    });
                }
                Err(error) => last_error = Some(error),
            }
        }
        Err(last_error.context("no attempt was made")?)
    }
}

fn command(engine: Engine, port: u16) -> Result<Command> {
    let program = engine
        .driver()
        .with_context(|| format!("no driver for {}: cargo xtask setup --tests", engine.name()))?;
    let mut command = Command::new(program);
    match engine {
        Engine::Chromium => command.arg(format!("--port={port}")),
        Engine::Firefox => command
            .args([
                "--port",
                &port.to_string(),
                "--websocket-port",
                "0",
                "--allow-system-access",
            ])
            // Without it, snapshots of a profile are kept where they were made.
            .args(["--log", "warn"]),
        Engine::WebKit => command
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            // Its sandbox cannot be set up by root or in a container.
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("GTK_A11Y", "none")
            .env("NO_AT_BRIDGE", "1"),
    };
    // West of Greenwich a date that is taken for a moment shows as the day before: so the tests live there.
    command.env("TZ", "America/Los_Angeles");
    command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "en");
    command.env_remove("DBUS_SESSION_BUS_ADDRESS");
    Ok(command)
}

/// `MiniBrowser` keeps nothing when it is driven: this library, loaded before its own, has it keep its data in a folder. It is compiled by
/// the compiler that Rust links with.
fn profile_keeper() -> Result<PathBuf> {
    let folder = workspace::target_dir();
    let source = folder.join("keep-profile.c");
    let library = folder.join("keep-profile.so");
    fs::write(&source, include_str!("keep-profile.c")).context("cannot write keep-profile.c")?;
    let made = std::process::Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .status()
        .context("there is no C compiler `cc`, by which WebKit keeps its profile")?;
    ensure!(made.success(), "keep-profile.c does not compile");
    Ok(library)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr().context("no address")?.port())
}

async fn wait_until_ready(process: &mut Group, port: u16) -> Result<()> {
    let deadline = Instant::now() + START_LIMIT;
    loop {
        if let Some(status) = process
            .child
            .try_wait()
            .context("cannot ask for the driver's state")?
        {
            bail!(
                "the driver ended at once ({status}); see {}",
                process.log.display()
            );
        }
        if let Ok(Ok(true)) = timeout(Duration::from_secs(2), is_ready(port)).await {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!(
                "the driver did not answer within {START_LIMIT:?}; see {}",
                process.log.display()
            );
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// Asks the driver's `/status`, WebDriver §8.
async fn is_ready(port: u16) -> Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request =
        format!("GET /status HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    // Not every driver closes the connection, even when asked to.
    let mut answer = Vec::new();
    while stream.read_buf(&mut answer).await? > 0 {
        let text = String::from_utf8_lossy(&answer).replace(char::is_whitespace, "");
        if text.contains("\"ready\":") {
            return Ok(text.contains("\"ready\":true"));
        }
    }
    Ok(false)
}

/// A virtual screen for a browser that has no headless mode.
struct Screen {
    display: String,
    process: Group,
}

impl Screen {
    async fn start() -> Result<Screen> {
        let mut command = Command::new("Xvfb");
        // It chooses a free number and writes it to standard output.
        command
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1920x1400x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdout(Stdio::piped());
        let mut process = Group::start(&mut command, "screen")?;
        let output = process.child.stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        timeout(START_LIMIT, BufReader::new(output).read_line(&mut number))
            .await
            .context("Xvfb did not start")?
            .context("Xvfb's output cannot be read")?;
        if number.trim().is_empty() {
            bail!("Xvfb ended at once; see {}", process.log.display());
        }
        Ok(Screen {
            display: format!(":{}", number.trim()),
            process,
        })
    }
}

/// A program and everything it starts.
struct Group {
    child: Child,
    id: Option<Pid>,
    log: PathBuf,
}

impl Group {
    fn start(command: &mut Command, name: &str) -> Result<Group> {
        let logs = workspace::target_dir().join("browser-logs");
        fs::create_dir_all(&logs).with_context(|| format!("cannot make {}", logs.display()))?;
        let log = logs.join(format!("{name}.log"));
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        if name != "screen" {
            command.stdout(file.try_clone().context("cannot share the log")?);
        }
        let child = command
            .stdin(Stdio::null())
            .stderr(file)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start the program for {name}"))?;
        let id = child
            .id()
            .and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        Ok(Group { child, id, log })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            // Already gone is just as well.
            let _ = kill_process_group(id, Signal::KILL);
        }
    }
}
