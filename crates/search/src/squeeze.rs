//! The contents of parts, squeezed: what is read is the content as its own module describes it, and in a file it takes a half
//! to three quarters of that.
//!
//! ```text
//! squeezed    n bytes of the content ┬ the same, value by value, as `coder` writes it
//! ```
//!
//! [`walk`] goes through a content by its kind and says of every value what is to be expected of it: the same way for
//! writing ([`squeeze`]) and for reading ([`unsqueeze`]). Titles are hashes, of which nothing is to be expected; they, the manifest, the
//! dates and the filters stay as they are.

use crate::coder::{Byte, Decoder, Number};
use crate::part::{Damage, Part};
use crate::varint::{self, Cursor};

#[cfg(feature = "build")]
use crate::coder::Encoder;

/// The content of a part as it is written. Lists of more bytes than `list_limit` are parts of their own.
#[cfg(feature = "build")]
pub(crate) fn squeeze(part: Part, content: &[u8], list_limit: u32) -> Vec<u8> {
    if stays(part) {
        return content.to_vec();
    }
    let mut side = Squeezing {
        cursor: Cursor::new(content),
        encoder: Encoder::new(),
    };
    walk(part, list_limit, &mut side);
    let mut out = Vec::new();
    varint::push(&mut out, content.len() as u32);
    out.extend_from_slice(&side.encoder.finish());
    out
}

/// No content is longer. What always is the same takes next to nothing, so the length of a file says little.
const MAX_CONTENT: usize = 1 << 28;

/// The content of a part again.
pub(crate) fn unsqueeze(part: Part, bytes: &[u8], list_limit: u32) -> Result<Vec<u8>, Damage> {
    if stays(part) {
        return Ok(bytes.to_vec());
    }
    let mut cursor = Cursor::new(bytes);
    let n_bytes = cursor.number() as usize;
    if n_bytes > MAX_CONTENT {
        return Err(Damage::Content);
    }
    let mut side = Unsqueezing {
        content: Vec::new(),
        n_bytes,
        decoder: Decoder::new(cursor.rest()),
    };
    walk(part, list_limit, &mut side);
    match side.content.len() == n_bytes && !side.decoder.is_exhausted() {
        true => Ok(side.content),
        false => Err(Damage::Content),
    }
}

/// Whether a content is written as it is: reading it otherwise would be more in the module than is saved of the file.
fn stays(part: Part) -> bool {
    matches!(
        part,
        Part::Manifest | Part::Titles(_) | Part::Dates(_) | Part::Filters(_)
    )
}

/// A content that is walked through.
trait Side {
    fn number(&mut self, expected: &mut Number) -> u32;
    fn byte(&mut self, expected: &mut Byte) -> u8;
    /// How many bytes of the content are behind.
    fn n_done(&self) -> usize;
    /// Whether there is nothing more, or nothing that means anything.
    fn is_done(&self) -> bool;
}

#[cfg(feature = "build")]
struct Squeezing<'a> {
    cursor: Cursor<'a>,
    encoder: Encoder,
}

#[cfg(feature = "build")]
impl Side for Squeezing<'_> {
    fn number(&mut self, expected: &mut Number) -> u32 {
        expected.code(&mut self.encoder, self.cursor.number())
    }

    fn byte(&mut self, expected: &mut Byte) -> u8 {
        let byte = self.cursor.bytes(1).first().copied();
        expected.code(&mut self.encoder, byte.unwrap_or_default())
    }

    fn n_done(&self) -> usize {
        self.cursor.n_read()
    }

    fn is_done(&self) -> bool {
        self.cursor.rest().is_empty()
    }
}

struct Unsqueezing<'a> {
    content: Vec<u8>,
    n_bytes: usize,
    decoder: Decoder<'a>,
}

impl Side for Unsqueezing<'_> {
    // In each place of the walk anew it would be kilobytes.
    #[inline(never)]
    fn number(&mut self, expected: &mut Number) -> u32 {
        let number = expected.code(&mut self.decoder, 0);
        varint::push(&mut self.content, number);
        number
    }

    #[inline(never)]
    fn byte(&mut self, expected: &mut Byte) -> u8 {
        let byte = expected.code(&mut self.decoder, 0);
        self.content.push(byte);
        byte
    }

    fn n_done(&self) -> usize {
        self.content.len()
    }

    fn is_done(&self) -> bool {
        self.content.len() >= self.n_bytes || self.decoder.is_exhausted()
    }
}

fn walk(part: Part, list_limit: u32, side: &mut impl Side) {
    match part {
        Part::Shard(_) => shard(side, list_limit),
        Part::List(_) => Postings::default().code(side, usize::MAX, 0),
        Part::Positions(_) => positions(side),
        Part::Beginning(_) => beginning(side),
        Part::Spelling => spelling(side),
        Part::Manifest | Part::Titles(_) | Part::Dates(_) | Part::Filters(_) => {}
    }
}

/// Documents, each with a byte beside it. How far they are apart depends on how many there are.
struct Postings {
    gaps: Vec<Number>,
    impact: Byte,
}

impl Default for Postings {
    fn default() -> Postings {
        Postings {
            gaps: vec![Number::default(); 17],
            impact: Byte::default(),
        }
    }
}

impl Postings {
    /// Of so many documents, or up to so many bytes of the content.
    fn code(&mut self, side: &mut impl Side, end: usize, n_documents: u32) {
        let rarity = (32 - n_documents.leading_zeros()).min(16) as usize;
        let Some(gaps) = self.gaps.get_mut(rarity) else {
            return;
        };
        let mut n = 0;
        while !side.is_done() && side.n_done() < end && (n_documents == 0 || n < n_documents) {
            side.number(gaps);
            side.byte(&mut self.impact);
            n += 1;
        }
    }
}

/// Words in their order, each by what it shares with the one before.
struct Words {
    shared: Number,
    n_bytes: Number,
    /// By what stands before.
    letters: Vec<Byte>,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            shared: Number::default(),
            n_bytes: Number::default(),
            letters: vec![Byte::default(); 33],
        }
    }
}

impl Words {
    fn code(&mut self, side: &mut impl Side) {
        side.number(&mut self.shared);
        self.text(side);
    }

    fn text(&mut self, side: &mut impl Side) {
        let n_bytes = side.number(&mut self.n_bytes);
        let mut before = 32;
        for _ in 0..n_bytes {
            let Some(letters) = self.letters.get_mut(before).filter(|_| !side.is_done()) else {
                return;
            };
            before = usize::from(side.byte(letters) & 31);
        }
    }
}

fn shard(side: &mut impl Side, list_limit: u32) {
    let mut plain = Number::default();
    for _ in 0..3 {
        side.number(&mut plain);
    }
    let n_terms = side.number(&mut plain);
    let mut n_documents = Number::default();
    let mut lengths = vec![[Number::default(), Number::default()]; 17];
    let mut short = Vec::new();
    for _ in 0..n_terms {
        if side.is_done() {
            return;
        }
        let n = side.number(&mut n_documents);
        let rarity = (32 - n.leading_zeros()).min(16) as usize;
        if let Some([documents, positions]) = lengths.get_mut(rarity) {
            if side.number(documents) <= list_limit {
                short.push(n);
            }
            side.number(positions);
        }
    }
    let n_words = side.number(&mut plain);
    let (mut words, mut flags, mut terms) =
        (Words::default(), Number::default(), Number::default());
    for _ in 0..n_words {
        if side.is_done() {
            return;
        }
        words.code(side);
        let flags = side.number(&mut flags);
        let n_old = (flags >> 2).min(crate::shard::MAX_MORE) + u32::from(flags & 1 == 0);
        for _ in 0..n_old {
            side.number(&mut terms);
        }
    }
    let n_elsewhere = side.number(&mut plain);
    for _ in 0..n_elsewhere {
        if side.is_done() {
            return;
        }
        side.number(&mut terms);
        words.text(side);
    }
    let mut postings = Postings::default();
    for n in short.into_iter().filter(|n| *n > 0) {
        postings.code(side, usize::MAX, n);
    }
}

fn positions(side: &mut impl Side) {
    let mut lengths = Number::default();
    // By whether it is the first of its document, and how many bytes are left for it.
    let mut gaps = vec![Number::default(); 8];
    while !side.is_done() {
        let n_bytes = side.number(&mut lengths) as usize;
        let end = side.n_done().saturating_add(n_bytes);
        while side.n_done() < end && !side.is_done() {
            let left = end - side.n_done();
            let is_first = usize::from(left == n_bytes);
            if let Some(gap) = gaps.get_mut(left.min(4) - 1 + 4 * is_first) {
                side.number(gap);
            }
        }
    }
}

fn beginning(side: &mut impl Side) {
    let mut plain = Number::default();
    side.number(&mut plain);
    let n_bytes = side.number(&mut plain) as usize;
    let end = side.n_done().saturating_add(n_bytes);
    Postings::default().code(side, end, 0);
    let (mut words, mut n_documents) = (Words::default(), Number::default());
    let n_completions = side.number(&mut plain);
    for _ in 0..n_completions {
        if side.is_done() {
            return;
        }
        words.text(side);
        side.number(&mut n_documents);
    }
}

fn spelling(side: &mut impl Side) {
    let (mut plain, mut words) = (Number::default(), Words::default());
    let n_words = side.number(&mut plain);
    for _ in 0..n_words {
        if side.is_done() {
            return;
        }
        words.code(side);
        side.number(&mut plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(part: Part, content: &[u8]) {
        let squeezed = squeeze(part, content, 4);
        assert_eq!(unsqueeze(part, &squeezed, 4).as_deref(), Ok(content));
    }

    #[test]
    fn contents_come_back() {
        check(Part::List(0), &[]);
        check(Part::List(0), &[1, 255, 0x80, 1, 7]);
        check(Part::Positions(3), &[2, 0x80, 0x60, 1, 5, 0, 3, 1, 0x85, 2]);
        check(Part::Titles(0), b"whatever");
        check(Part::Manifest, &[2, 0x80, 0x80]);
    }

    const KINDS: [Part; 5] = [
        Part::Shard(0),
        Part::List(0),
        Part::Positions(0),
        Part::Beginning(0),
        Part::Spelling,
    ];

    proptest::proptest! {
        /// Whatever they are, they are refused, or are a content that comes back.
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), kind in 0..5_usize) {
            if let Ok(content) = unsqueeze(KINDS[kind], &bytes, 4) {
                check(KINDS[kind], &content);
            }
        }
    }

    #[test]
    fn a_content_is_not_longer_than_the_bytes_can_tell() {
        for part in KINDS {
            assert_eq!(
                unsqueeze(part, &[0xFF, 0xFF, 0xFF, 0xFF, 0x0F], 4),
                Err(Damage::Content)
            );
            assert_eq!(
                unsqueeze(part, &[0xFF, 0xFF, 0x7F, 1, 2, 3], 4),
                Err(Damage::Content)
            );
        }
    }
}
