//! Ways in which a server can fail a reader.

/// What goes wrong with a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// This status and a plain text instead of the file.
    Status(u16),
    /// A page instead of the file, with status 200, as a server sends it that knows only its front page.
    Html,
    /// Only so many bytes of the file, sent as if they were all of it.
    Truncated(usize),
    /// The whole length announced, the connection broken after so many bytes.
    Broken(usize),
    /// No answer until the faults are cleared or changed: a slow network, without waiting for a clock.
    Held,
}
