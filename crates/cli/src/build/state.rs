//! [`Records`]: what the last build made of what, in `.offprint/state` of the site.
//!
//! ```text
//! state     "offprint state 1\n"  record*      in the order of the keys
//! record    key 16  print 16  hash 10  length 4  copies 1  kind 1
//! ```
//!
//! `key` is the fingerprint of a file's name, `print` that of all it is made of, `hash` and `length` are of its bytes,
//! `copies` says which compressed copies stand beside it (1 Brotli, 2 gzip). Numbers have the lowest byte first. A million articles make
//! some two hundred megabytes, in one piece of memory.

use super::print::{Print, print};
use packed::edition::{Blob, Hash};

const START: &[u8] = b"offprint state 1\n";
const LENGTH: usize = 48;

/// What is known of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The fingerprint of its name.
    pub key: Print,
    /// That of all it is made of.
    pub print: Print,
    /// What its bytes hash to.
    pub hash: Hash,
    /// How many they are.
    pub length: u32,
    /// Which compressed copies stand beside it.
    pub copies: u8,
    /// What becomes of its name.
    pub kind: Kind,
}

/// What a file is named by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Its place in the site.
    #[default]
    Path,
    /// Its content.
    Data,
    /// A folder by `hash`, of `length` files: each has a record of its own.
    Folder,
}

/// The records of a build.
#[derive(Debug, Default)]
pub struct Records {
    bytes: Vec<u8>,
}

impl Record {
    /// What the bytes of the file are.
    pub fn blob(&self) -> Blob {
        Blob {
            hash: self.hash,
            length: self.length,
            place: None,
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.key);
        out.extend_from_slice(&self.print);
        out.extend_from_slice(&self.hash);
        out.extend_from_slice(&self.length.to_le_bytes());
        out.push(self.copies);
        out.push(match self.kind {
            Kind::Path => 0,
            Kind::Data => 1,
            Kind::Folder => 2,
        });
    }

    fn read(bytes: &[u8]) -> Option<Record> {
        let (key, rest) = bytes.split_first_chunk()?;
        let (print, rest) = rest.split_first_chunk()?;
        let (hash, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (&copies, rest) = rest.split_first()?;
        Some(Record {
            key: *key,
            print: *print,
            hash: *hash,
            length: u32::from_le_bytes(*length),
            copies,
            kind: match rest.first() {
                Some(1) => Kind::Data,
                Some(2) => Kind::Folder,
                _ => Kind::Path,
            },
        })
    }
}

impl Records {
    /// The records of these bytes; none where they are of another version or damaged.
    pub fn read(bytes: Vec<u8>) -> Records {
        let is_whole =
            bytes.starts_with(START) && (bytes.len() - START.len()).is_multiple_of(LENGTH);
        Records {
            bytes: if is_whole { bytes } else { Vec::new() },
        }
    }

    /// The bytes of records; they are brought into order.
    pub fn write(records: &mut [Record]) -> Vec<u8> {
        records.sort_unstable();
        let mut bytes = Vec::with_capacity(START.len() + records.len() * LENGTH);
        bytes.extend_from_slice(START);
        for record in records {
            record.write(&mut bytes);
        }
        bytes
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.bytes.len().saturating_sub(START.len()) / LENGTH
    }

    /// The record of a file.
    pub fn find(&self, key: &Print) -> Option<Record> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = (from + to) / 2;
            let record = self.record(middle)?;
            match record.key.cmp(key) {
                std::cmp::Ordering::Equal => return Some(record),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Record> {
        (0..self.len()).filter_map(|ix| self.record(ix))
    }

    fn record(&self, ix: usize) -> Option<Record> {
        let at = START.len() + ix * LENGTH;
        Record::read(self.bytes.get(at..at + LENGTH)?)
    }
}

/// The key of a file of this name.
pub fn key(name: &str) -> Print {
    print(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let mut records: Vec<Record> = (0..100_u32)
            .map(|n| Record {
                key: key(&n.to_string()),
                print: print(&n.to_le_bytes()),
                length: n,
                copies: (n % 4) as u8,
                kind: match n % 3 {
                    0 => Kind::Data,
                    1 => Kind::Path,
                    _ => Kind::Folder,
                },
                ..Record::default()
            })
            .collect();
        let read = Records::read(Records::write(&mut records));
        assert_eq!(read.len(), 100);
        for record in &records {
            assert_eq!(read.find(&record.key), Some(*record));
        }
        assert_eq!(read.find(&key("100")), None);
        assert_eq!(read.iter().collect::<Vec<_>>(), records);
    }

    #[test]
    fn what_is_damaged_is_nothing() {
        let mut bytes = Records::write(&mut [Record::default()]);
        assert_eq!(Records::read(bytes.clone()).len(), 1);
        bytes.pop();
        assert_eq!(Records::read(bytes).len(), 0);
        assert_eq!(Records::read(b"offprint state 2\n".to_vec()).len(), 0);
        assert_eq!(Records::read(Vec::new()).find(&key("a")), None);
    }
}
