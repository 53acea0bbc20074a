//! [`Print`]: the fingerprint of all that a file of the site is made of. Where it is the same as in the last build, so is
//! the file, and it is not made again.

use packed::edition::Hash;
use sha2::{Digest, Sha256};

/// The first sixteen bytes of a SHA-256.
pub type Print = [u8; 16];

/// The sources that this program was compiled from: another program may write other files.
const PROGRAM: &str = env!("OFFPRINT_SOURCES");

/// Takes one part of a fingerprint after the other. Each is written with its length, so that no two lists of parts are
/// the same bytes.
#[derive(Clone)]
pub struct Printer(Sha256);

impl Printer {
    /// The fingerprint of a thing of this kind.
    pub fn new(kind: &str) -> Printer {
        Printer(Sha256::new()).text(PROGRAM).text(kind)
    }

    /// A text.
    pub fn text(self, text: &str) -> Printer {
        self.bytes(text.as_bytes())
    }

    /// A text that may not be there.
    pub fn option(self, text: Option<&str>) -> Printer {
        match text {
            Some(text) => self.number(1).text(text),
            None => self.number(0),
        }
    }

    /// Bytes.
    pub fn bytes(mut self, bytes: &[u8]) -> Printer {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// A number.
    pub fn number(mut self, number: u64) -> Printer {
        self.0.update(number.to_le_bytes());
        self
    }

    /// What has been taken.
    pub fn print(self) -> Print {
        first(&self.0.finalize())
    }
}

/// The fingerprint of bytes alone, whatever program it was.
pub fn print(bytes: &[u8]) -> Print {
    first(&Sha256::digest(bytes))
}

/// The hash that a file is named by.
pub fn hash(bytes: &[u8]) -> Hash {
    first(&Sha256::digest(bytes))
}

fn first<const N: usize>(digest: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    for (to, from) in first.iter_mut().zip(digest) {
        *to = *from;
    }
    first
}
