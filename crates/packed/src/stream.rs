//! [`Input`] and [`Packed`]: the bytes, and what can be written to and read from them.

/// The deepest nesting that is read: twice what a document may have.
const DEPTH_MAX: u32 = 64;

/// What is left to read.
pub struct Input<'a> {
    rest: &'a [u8],
    depth: u32,
}

/// A type with a compact form. The two functions stand side by side and mirror each other.
pub trait Packed: Sized {
    /// Writes the value.
    fn put(&self, out: &mut Vec<u8>);

    /// Reads a value; `None` where the bytes are not one.
    fn take(input: &mut Input) -> Option<Self>;
}

impl<'a> Input<'a> {
    /// All of these bytes.
    pub fn new(rest: &'a [u8]) -> Input<'a> {
        Input { rest, depth: 0 }
    }

    /// Whether everything has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    /// So many bytes.
    pub fn bytes(&mut self, n: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(n)?;
        self.rest = rest;
        Some(bytes)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The number of items of a list. An item takes a byte at least, so a list can never claim more items
    /// than there are bytes left.
    pub fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.rest.len()).then_some(length)
    }

    /// Begins a list: the number of its items, as for [`Input::length`]; `None` where it is nested too deep.
    pub fn enter(&mut self) -> Option<usize> {
        self.depth += 1;
        (self.depth <= DEPTH_MAX).then(|| self.length()).flatten()
    }

    /// Ends a list. One that could not be read to its end need not be left: nothing is read behind it.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// Writes a number.
pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

impl Packed for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, *self);
    }

    fn take(input: &mut Input) -> Option<u64> {
        input.number()
    }
}

impl Packed for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, u64::from(*self));
    }

    fn take(input: &mut Input) -> Option<u32> {
        u32::try_from(input.number()?).ok()
    }
}

impl Packed for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn take(input: &mut Input) -> Option<bool> {
        match input.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Packed for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, self.len() as u64);
        out.extend_from_slice(self.as_bytes());
    }

    fn take(input: &mut Input) -> Option<String> {
        let length = input.length()?;
        String::from_utf8(input.bytes(length)?.to_vec()).ok()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(input: &mut Input) -> Option<Option<T>> {
        Some(if bool::take(input)? {
            Some(T::take(input)?)
        } else {
            None
        })
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, self.len() as u64);
        for item in self {
            item.put(out);
        }
    }

    fn take(input: &mut Input) -> Option<Vec<T>> {
        let mut items = Vec::new();
        for _ in 0..input.enter()? {
            items.push(T::take(input)?);
        }
        input.leave();
        Some(items)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(input: &mut Input) -> Option<(A, B)> {
        Some((A::take(input)?, B::take(input)?))
    }
}

/// Both functions for a struct of packed fields, in the order given.
macro_rules! packed_struct {
    ($name:ty { $($field:ident),+ $(,)? }) => {
        impl $crate::stream::Packed for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $($crate::stream::Packed::put(&self.$field, out);)+
            }

            fn take(input: &mut $crate::stream::Input) -> Option<Self> {
                Some(Self { $($field: $crate::stream::Packed::take(input)?),+ })
            }
        }
    };
}

pub(crate) use packed_struct;
