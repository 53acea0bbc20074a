//! [`Part`]: one file of a built index, and the envelope around its content.
//!
//! ```text
//! part   "OFS" ┬ version u8 ┬ kind u8 ┬ number u32 ┬ stamp u64 ┬ length u32 ┬ checksum u64 ┬ content
//! ```
//!
//! Numbers are little-endian. The stamp is the same in all parts of one build: a part of another build is told apart
//! even where it arrives under the right name. The checksum (of all that stands around it) is against accidents
//! on the way, not against malice: no content makes reading it panic. The content is squeezed (`squeeze`).

use crate::filter::FilterKind;
use crate::hash::hash;
use std::fmt;

/// The version of the whole format. Anything that reads differently is a new one.
pub(crate) const VERSION: u8 = 3;
const MAGIC: &[u8; 3] = b"OFS";
const HEADER: usize = 29;

/// One part of a built index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Part {
    /// What must be known before anything is asked: where all others begin.
    Manifest,
    /// A range of the dictionary, with the postings of its terms that are short.
    Shard(u32),
    /// The postings of one common term.
    List(u32),
    /// The positions of some terms.
    Positions(u32),
    /// The best documents for a common beginning of a word.
    Beginning(u32),
    /// Which documents have some titles.
    Titles(u32),
    /// The dates of some documents.
    Dates(u32),
    /// The values of a filter, with their documents.
    Filters(FilterKind),
    /// The commonest words, among which a typo is looked for.
    Spelling,
}

impl Part {
    /// Its name as a file, without extension: a letter and a number.
    #[must_use]
    pub fn name(self) -> String {
        let (kind, number) = self.kind_and_number();
        format!("{}{number}", char::from(kind))
    }

    fn kind_and_number(self) -> (u8, u32) {
        match self {
            Part::Manifest => (b'm', 0),
            Part::Shard(number) => (b's', number),
            Part::List(number) => (b'l', number),
            Part::Positions(number) => (b'p', number),
            Part::Beginning(number) => (b'b', number),
            Part::Titles(number) => (b't', number),
            Part::Dates(number) => (b'd', number),
            Part::Filters(FilterKind::Category) => (b'f', 0),
            Part::Filters(FilterKind::Tag) => (b'f', 1),
            Part::Filters(FilterKind::Author) => (b'f', 2),
            Part::Spelling => (b'w', 0),
        }
    }
}

/// Parts that a search wants to read and that are not loaded. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs(pub Vec<Part>);

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("parts of the index are not loaded:")?;
        self.0
            .iter()
            .try_for_each(|part| write!(f, " {}", part.name()))
    }
}

impl std::error::Error for Needs {}

/// What is wrong with the bytes of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// They do not begin as a part does: a web page, perhaps.
    NotAPart,
    /// Another version of the format.
    Version(u8),
    /// They end too early, or too late.
    Length {
        /// Bytes in all, as the part itself says.
        expected: usize,
        /// Bytes in all, as they are.
        found: usize,
    },
    /// A part of another build.
    OtherBuild,
    /// Another part of the same build.
    OtherPart,
    /// Some bytes are not what they were.
    Checksum,
    /// The content makes no sense.
    Content,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::NotAPart => f.write_str("it is no part of a search index"),
            Damage::Version(version) => {
                write!(
                    f,
                    "it has version {version}, and this is a reader of version {VERSION}"
                )
            }
            Damage::Length { expected, found } => {
                write!(f, "it should have {expected} bytes and has {found}")
            }
            Damage::OtherBuild => f.write_str("it belongs to another build of the site"),
            Damage::OtherPart => f.write_str("it is another part than the one asked for"),
            Damage::Checksum => f.write_str("some of its bytes were altered"),
            Damage::Content => f.write_str("its content makes no sense"),
        }
    }
}

impl std::error::Error for Damage {}

/// Puts the envelope around a content.
#[cfg(feature = "build")]
pub(crate) fn seal(part: Part, stamp: u64, content: &[u8]) -> Vec<u8> {
    let mut bytes = header(part, stamp, content.len());
    let checksum = checksum(&bytes, content);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(content);
    bytes
}

/// Takes it off again; gives the stamp and the content.
pub(crate) fn open(part: Part, stamp: Option<u64>, bytes: &[u8]) -> Result<(u64, &[u8]), Damage> {
    if !bytes.starts_with(MAGIC) {
        return Err(Damage::NotAPart);
    }
    match bytes.get(3) {
        Some(&VERSION) => {}
        Some(&version) => return Err(Damage::Version(version)),
        None => return Err(Damage::NotAPart),
    }
    let (Some((head, rest)), Some(found_stamp), Some(length)) = (
        bytes.split_at_checked(HEADER - 8),
        bytes.get(9..17).and_then(|bytes| bytes.try_into().ok()),
        bytes.get(17..21).and_then(|bytes| bytes.try_into().ok()),
    ) else {
        return Err(Damage::Length {
            expected: HEADER,
            found: bytes.len(),
        });
    };
    let found_stamp = u64::from_le_bytes(found_stamp);
    let length = u32::from_le_bytes(length) as usize;
    // Without adding to the length: where a size has 32 bits, it may be the greatest.
    if bytes.len().checked_sub(HEADER) != Some(length) {
        return Err(Damage::Length {
            expected: HEADER.saturating_add(length),
            found: bytes.len(),
        });
    }
    if stamp.is_some_and(|stamp| stamp != found_stamp) {
        return Err(Damage::OtherBuild);
    }
    if head != header(part, found_stamp, length) {
        return Err(Damage::OtherPart);
    }
    let (said, content) = rest.split_at(8);
    if said != checksum(head, content).to_le_bytes() {
        return Err(Damage::Checksum);
    }
    Ok((found_stamp, content))
}

/// All of the header but the checksum.
fn header(part: Part, stamp: u64, length: usize) -> Vec<u8> {
    let (kind, number) = part.kind_and_number();
    let mut header = Vec::with_capacity(HEADER + length);
    header.extend_from_slice(MAGIC);
    header.extend_from_slice(&[VERSION, kind]);
    header.extend_from_slice(&number.to_le_bytes());
    header.extend_from_slice(&stamp.to_le_bytes());
    header.extend_from_slice(&(length as u32).to_le_bytes());
    header
}

fn checksum(header: &[u8], content: &[u8]) -> u64 {
    hash(header).rotate_left(17) ^ hash(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: u64 = 0x0102_0304_0506_0708;

    #[test]
    fn an_envelope_comes_off_again() {
        let sealed = seal(Part::List(7), STAMP, b"content");
        assert_eq!(
            open(Part::List(7), Some(STAMP), &sealed),
            Ok((STAMP, b"content".as_slice()))
        );
        assert_eq!(sealed.len(), HEADER + 7);
        // Golden: a change of the envelope is a new version.
        assert_eq!(
            &sealed[..21],
            b"OFS\x03l\x07\0\0\0\x08\x07\x06\x05\x04\x03\x02\x01\x07\0\0\0"
        );
    }

    #[track_caller]
    fn check(bytes: &[u8], expect: Damage) {
        assert_eq!(open(Part::Shard(3), Some(STAMP), bytes), Err(expect));
    }

    #[test]
    fn damage_is_named() {
        let sealed = seal(Part::Shard(3), STAMP, b"some content");
        check(b"", Damage::NotAPart);
        check(b"<!doctype html>", Damage::NotAPart);
        check(b"OFS", Damage::NotAPart);
        check(b"OFS\x09", Damage::Version(9));
        check(
            &sealed[..10],
            Damage::Length {
                expected: 29,
                found: 10,
            },
        );
        check(
            &sealed[..40],
            Damage::Length {
                expected: 41,
                found: 40,
            },
        );
        // Such a length, with the header, is 25 bytes where a size has 32 bits.
        let mut wraps = sealed[..25].to_vec();
        wraps[17..21].copy_from_slice(&(u32::MAX - 3).to_le_bytes());
        let found = open(Part::Shard(3), Some(STAMP), &wraps);
        assert!(matches!(found, Err(Damage::Length { found: 25, .. })));
        check(&seal(Part::Shard(3), 9, b""), Damage::OtherBuild);
        check(&seal(Part::Shard(4), STAMP, b""), Damage::OtherPart);
        check(&seal(Part::List(3), STAMP, b""), Damage::OtherPart);
        for at in 21..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 0x10;
            check(&altered, Damage::Checksum);
        }
    }
}
