//! [`Progress`]: how far a build is, on one line of a terminal.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How far a build is with one of its steps.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    n_all: usize,
    n_done: AtomicUsize,
    began: Instant,
    /// In milliseconds since `began`.
    shown: AtomicUsize,
    is_shown: bool,
}

/// The time between two drawings.
const PAUSE: usize = 100;

impl Progress {
    /// A step of `n_all` things; where that is not known, 0.
    pub fn new(what: &'static str, n_all: usize) -> Progress {
        Progress {
            what,
            n_all,
            n_done: AtomicUsize::new(0),
            began: Instant::now(),
            shown: AtomicUsize::new(0),
            is_shown: std::io::stderr().is_terminal(),
        }
    }

    /// One thing more is done.
    pub fn step(&self) {
        let n_done = self.n_done.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.is_shown {
            return;
        }
        let now = self.began.elapsed();
        let millis = now.as_millis() as usize;
        let shown = self.shown.load(Ordering::Relaxed);
        let is_due = millis >= shown + PAUSE;
        if is_due
            && self
                .shown
                .compare_exchange(shown, millis, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
        {
            let line = line(self.what, n_done, self.n_all, now);
            // Whoever closes the terminal does not stop the build.
            let _ = write!(std::io::stderr(), "\r\x1b[K{line}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn line(what: &str, n_done: usize, n_all: usize, time: Duration) -> String {
    let rate = n_done as f64 / time.as_secs_f64().max(0.001);
    if n_all == 0 {
        return format!("{what} {n_done}, {rate:.0}/s");
    }
    let percent = n_done * 100 / n_all;
    let left = n_all.saturating_sub(n_done) as f64 / rate.max(0.001);
    format!("{what} {n_done} of {n_all} ({percent} %), {rate:.0}/s, {left:.0} s left")
}

/// The most memory that this program has held, in bytes, where the system says so.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let time = Duration::from_secs(2);
        assert_eq!(
            line("pages", 50, 200, time),
            "pages 50 of 200 (25 %), 25/s, 6 s left"
        );
        assert_eq!(line("articles", 50, 0, time), "articles 50, 25/s");
    }
}
