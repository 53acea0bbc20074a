//! Numbers and letters in as few bits as they are surprising: an adaptive binary range coder, and what it is told to expect.
//!
//! Every value is a row of yes and no, and every such decision has a [`Bit`] that remembers how often it was yes. The more
//! surely it is known beforehand, the less it takes: a thing that never varies takes next to nothing. Source: Martin, *Range
//! encoding* (1979), with the carry of the encoder as in LZMA (Pavlov).
//!
//! What is written and what is read go the same way ([`Coder`]), so that neither can differ from the other: [`Encoder`] is given
//! the value and gives it back, [`Decoder`] finds it.

/// How sure a decision is after it was made so often; half the room of 16 bits is not sure at all.
#[derive(Clone, Copy)]
pub(crate) struct Bit {
    /// How likely it is yes.
    likely: u16,
    n_seen: u16,
}

const UNKNOWN: Bit = Bit {
    likely: 1 << 15,
    n_seen: 0,
};
/// What was seen longer ago than this many decisions is forgotten by and by.
const REMEMBERED: u16 = 250;

impl Bit {
    /// In 4,096ths, never 0 and never all.
    fn likely(self) -> u32 {
        u32::from(self.likely >> 4).clamp(1, 4095)
    }

    fn learn(&mut self, yes: bool) {
        // As for the share of heads among the throws of a coin. A table of them would be half a kilobyte for every visitor.
        let rate = (2 << 16) / (2 * u32::from(self.n_seen) + 3);
        let likely = u32::from(self.likely);
        self.likely = match yes {
            true => likely + (((0xFFFF - likely) * rate) >> 16),
            false => likely - ((likely * rate) >> 16),
        } as u16;
        self.n_seen = (self.n_seen + 1).min(REMEMBERED);
    }
}

/// One direction.
pub(crate) trait Coder {
    /// A decision that something is expected of.
    fn bit(&mut self, bit: &mut Bit, yes: bool) -> bool;
    /// A decision as likely as not.
    fn even(&mut self, yes: bool) -> bool;
}

/// What is expected of numbers: how long they are, and their first bits behind the highest.
#[derive(Clone)]
pub(crate) struct Number {
    length: [Bit; 64],
    first: [[Bit; 4]; 33],
}

impl Default for Number {
    fn default() -> Number {
        Number {
            length: [UNKNOWN; 64],
            first: [[UNKNOWN; 4]; 33],
        }
    }
}

impl Number {
    pub fn code(&mut self, coder: &mut impl Coder, value: u32) -> u32 {
        let length = 32 - value.leading_zeros();
        let length = branches(&mut self.length, 6, coder, length).min(32);
        let Some(n_bits) = length.checked_sub(1) else {
            return 0;
        };
        let n_first = n_bits.min(2);
        let n_rest = n_bits - n_first;
        let first = self.first.get_mut(length as usize);
        let first = first.map(|bits| branches(bits, n_first, coder, value >> n_rest & 3));
        let mut coded = 1 << n_first | first.unwrap_or(0);
        for ix in (0..n_rest).rev() {
            coded = coded << 1 | u32::from(coder.even(value >> ix & 1 == 1));
        }
        coded
    }
}

/// What is expected of bytes.
#[derive(Clone)]
pub(crate) struct Byte {
    bits: [Bit; 256],
}

impl Default for Byte {
    fn default() -> Byte {
        Byte {
            bits: [UNKNOWN; 256],
        }
    }
}

impl Byte {
    pub fn code(&mut self, coder: &mut impl Coder, value: u8) -> u8 {
        branches(&mut self.bits, 8, coder, u32::from(value)) as u8
    }
}

/// So many bits, the highest first, each expected by those before it. Once in a module, whoever calls it.
#[inline(never)]
fn branches(bits: &mut [Bit], n_bits: u32, coder: &mut impl Coder, value: u32) -> u32 {
    let mut coded = 1;
    for ix in (0..n_bits).rev() {
        let yes = value >> ix & 1 == 1;
        let yes = match bits.get_mut(coded as usize) {
            Some(bit) => coder.bit(bit, yes),
            None => coder.even(yes),
        };
        coded = coded << 1 | u32::from(yes);
    }
    coded & !(1 << n_bits)
}

/// Below this a range gets another byte.
const NARROW: u32 = 1 << 24;

/// Writes.
#[cfg(feature = "build")]
pub(crate) struct Encoder {
    out: Vec<u8>,
    low: u64,
    range: u32,
    /// The last byte that is not written yet, as a carry may change it, and how many of `0xFF` follow it.
    held: u8,
    n_held: usize,
}

#[cfg(feature = "build")]
impl Encoder {
    pub fn new() -> Encoder {
        Encoder {
            out: Vec::new(),
            low: 0,
            range: u32::MAX,
            held: 0,
            n_held: 1,
        }
    }

    fn shift(&mut self) {
        if self.low < 0xFF00_0000 || self.low > 0xFFFF_FFFF {
            let carry = (self.low >> 32) as u8;
            let mut byte = self.held;
            for _ in 0..self.n_held {
                self.out.push(byte.wrapping_add(carry));
                byte = 0xFF;
            }
            self.n_held = 0;
            self.held = (self.low >> 24) as u8;
        }
        self.n_held += 1;
        self.low = (self.low & 0x00FF_FFFF) << 8;
    }

    fn widen(&mut self) {
        while self.range < NARROW {
            self.shift();
            self.range <<= 8;
        }
    }

    pub fn finish(mut self) -> Vec<u8> {
        (0..5).for_each(|_| self.shift());
        // The first byte is always 0; behind the end there are zeros, too.
        self.out.remove(0);
        for _ in 0..BEHIND {
            if self.out.last() == Some(&0) {
                self.out.pop();
            }
        }
        self.out
    }
}

#[cfg(feature = "build")]
impl Coder for Encoder {
    fn bit(&mut self, bit: &mut Bit, yes: bool) -> bool {
        let bound = (self.range >> 12) * bit.likely();
        if yes {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        bit.learn(yes);
        self.widen();
        yes
    }

    fn even(&mut self, yes: bool) -> bool {
        self.range >>= 1;
        if yes {
            self.low += u64::from(self.range);
        }
        self.widen();
        yes
    }
}

/// So many zeros behind the end are read as if they were there.
const BEHIND: usize = 4;

/// Reads.
pub(crate) struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    code: u32,
    range: u32,
}

impl<'a> Decoder<'a> {
    pub fn new(bytes: &'a [u8]) -> Decoder<'a> {
        let mut decoder = Decoder {
            bytes,
            at: 0,
            code: 0,
            range: u32::MAX,
        };
        (0..4).for_each(|_| decoder.shift());
        decoder
    }

    /// Whether more was read than was ever written: then what was read means nothing.
    pub fn is_exhausted(&self) -> bool {
        self.at > self.bytes.len() + BEHIND
    }

    fn shift(&mut self) {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.code = self.code << 8 | u32::from(byte);
        self.at += 1;
    }

    fn widen(&mut self) {
        while self.range < NARROW {
            self.shift();
            self.range <<= 8;
        }
    }
}

impl Coder for Decoder<'_> {
    #[inline]
    fn bit(&mut self, bit: &mut Bit, _: bool) -> bool {
        let bound = (self.range >> 12) * bit.likely();
        let yes = self.code < bound;
        if yes {
            self.range = bound;
        } else {
            self.code -= bound;
            self.range -= bound;
        }
        bit.learn(yes);
        self.widen();
        yes
    }

    #[inline]
    fn even(&mut self, _: bool) -> bool {
        self.range >>= 1;
        let yes = self.code >= self.range;
        if yes {
            self.code -= self.range;
        }
        self.widen();
        yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_was_written_is_read(values in proptest::collection::vec(proptest::prelude::any::<u32>(), 0..300), shift in 0_u32..32) {
            let mut encoder = Encoder::new();
            let (mut number, mut byte) = (Number::default(), Byte::default());
            for value in &values {
                number.code(&mut encoder, value >> shift);
                byte.code(&mut encoder, *value as u8);
            }
            let bytes = encoder.finish();
            let mut decoder = Decoder::new(&bytes);
            let (mut number, mut byte) = (Number::default(), Byte::default());
            for value in &values {
                proptest::prop_assert_eq!(number.code(&mut decoder, 0), value >> shift);
                proptest::prop_assert_eq!(byte.code(&mut decoder, 0), *value as u8);
            }
            proptest::prop_assert!(!decoder.is_exhausted());
        }
    }

    #[test]
    fn what_never_varies_takes_next_to_nothing() {
        let mut encoder = Encoder::new();
        let (mut number, mut byte) = (Number::default(), Byte::default());
        for _ in 0..10_000 {
            number.code(&mut encoder, 7);
            byte.code(&mut encoder, 200);
        }
        let n_bytes = encoder.finish().len();
        assert!(n_bytes < 100, "{n_bytes}");
    }
}
