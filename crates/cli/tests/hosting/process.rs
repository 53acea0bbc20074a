//! Other people's servers as processes that end with their test.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A server that ends with the test.
pub struct Process(Child);

impl Process {
    /// Starts a program and waits until it listens; `None` where it is not on this machine.
    pub fn start(program: &str, arguments: &[&str], port: u16) -> Option<Process> {
        let started = Command::new(program)
            .args(arguments)
            // Caddy keeps what it was told.
            .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
            .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let child = match started {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                eprintln!("{program} is not on this machine: what is written for it is not tried");
                return None;
            }
            started => started.expect("the server starts"),
        };
        let mut process = Process(child);
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = process.0.try_wait().expect("a state");
            assert!(ended.is_none(), "{program} ended: {ended:?}");
            assert!(Instant::now() < deadline, "{program} does not listen");
            std::thread::yield_now();
        }
        Some(process)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The servers end their own children when they are asked to, and not when they are killed.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}
