//! A file as it comes: [`Stream`], unpacked on the fly.

use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// So much of a file is looked at to tell what it is.
const HEAD: usize = 1 << 20;

/// The bytes of a file, of which the first are known.
pub(super) struct Stream {
    head: Vec<u8>,
    reader: Box<dyn Read>,
}

impl Stream {
    pub(super) fn open(path: &Path) -> io::Result<Stream> {
        Stream::new(Box::new(File::open(path)?))
    }

    /// gzip is unpacked, whatever the name.
    pub(super) fn new(mut reader: Box<dyn Read>) -> io::Result<Stream> {
        let mut head = Vec::new();
        (&mut reader).take(2).read_to_end(&mut head)?;
        if head == [0x1f, 0x8b] {
            let packed = io::Cursor::new(std::mem::take(&mut head)).chain(reader);
            reader = Box::new(MultiGzDecoder::new(BufReader::new(packed)));
        }
        let n_more = (HEAD - head.len()) as u64;
        (&mut reader).take(n_more).read_to_end(&mut head)?;
        Ok(Stream { head, reader })
    }

    /// The first bytes: all of them, if they are less than a MiB.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// All bytes, of which there may be so many.
    pub(super) fn rest(&mut self, max: u64) -> io::Result<Vec<u8>> {
        let mut bytes = std::mem::take(&mut self.head);
        (&mut self.reader)
            .take((max + 1).saturating_sub(bytes.len() as u64))
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > max {
            return Err(io::Error::other(format!(
                "it is larger than {} MiB, and only collections of Offprint may be",
                max >> 20
            )));
        }
        Ok(bytes)
    }

    /// The bytes that were read, and where the others come from.
    pub(super) fn into_parts(self) -> (Vec<u8>, Box<dyn Read>) {
        (self.head, self.reader)
    }
}
