//! Ways in which a server can fail a reader.

use std::ops::{Bound, RangeBounds};

/// What goes wrong with a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// This status and a plain text instead of the file.
    Status(u16),
    /// A page instead of the file, with status 200, as a server sends it that knows only its front page.
    Html,
    /// The same, and the browser is told to keep it for a year, as the rules of a host may say of the file's address.
    KeptHtml,
    /// Sent on to this path, as by the gate of a hotel's network; the path itself is as it is.
    Redirected(&'static str),
    /// Only so many bytes of the file, sent as if they were all of it.
    Truncated(usize),
    /// So many bytes more than the file has, sent as if they were its own.
    Lengthened(usize),
    /// The byte at this place is another one; a place behind the end means the last byte.
    Altered(usize),
    /// The whole length announced, the connection broken after so many bytes.
    Broken(usize),
    /// So many bytes one by one, and the rest when the faults are cleared or changed: a server that is hardly there.
    Trickled(usize),
    /// A range of bytes that begins so many further on than the one asked for; whole files are as they are.
    Shifted(usize),
    /// The file with this media type instead of its own.
    Typed(&'static str),
    /// No answer until the faults are cleared or changed: a slow network, without waiting for a clock.
    Held,
    /// The server stops at this request: it listens no more, and all connections break, this one without an answer.
    Stopped,
}

/// What goes wrong, and when.
#[derive(Default)]
pub(super) struct Faults(Vec<Rule>);

struct Rule {
    path: String,
    first: u64,
    last: u64,
    n_seen: u64,
    fault: Fault,
}

impl Faults {
    /// In place of what was said of the path before.
    pub fn set(&mut self, path: &str, turns: impl RangeBounds<u64>, fault: Fault) {
        self.0.retain(|rule| rule.path != path);
        self.0.push(Rule {
            path: path.to_owned(),
            first: match turns.start_bound() {
                Bound::Included(first) => *first,
                Bound::Excluded(before) => before.saturating_add(1),
                Bound::Unbounded => 1,
            },
            last: match turns.end_bound() {
                Bound::Included(last) => *last,
                Bound::Excluded(end) => end.saturating_sub(1),
                Bound::Unbounded => u64::MAX,
            },
            n_seen: 0,
            fault,
        });
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// A request has come: it counts, and this happens to it.
    pub fn arrive(&mut self, path: &str) -> Option<Fault> {
        let fit = self.0.iter_mut().filter(|rule| fits(&rule.path, path));
        fit.for_each(|rule| rule.n_seen += 1);
        self.now(path)
    }

    /// What happens to a request that has come before; of several the one that was said last.
    pub fn now(&self, path: &str) -> Option<Fault> {
        let is_its_turn = |rule: &&Rule| {
            fits(&rule.path, path) && (rule.first..=rule.last).contains(&rule.n_seen.max(1))
        };
        self.0
            .iter()
            .rev()
            .find(is_its_turn)
            .map(|rule| rule.fault.clone())
    }
}

/// Whether a path is this one, or begins so where that ends with `*`.
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => path == pattern,
    }
}
