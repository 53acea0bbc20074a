//! Whole numbers in as few bytes as they need: seven bits a byte, lowest first, the high bit on all but the last.

/// Appends `value`.
pub(crate) fn push(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// How many bytes [`push`] writes for `value`.
pub(crate) fn len(value: u32) -> u32 {
    (38 - (value | 1).leading_zeros()) / 7
}

/// Writes `value` over `out` at `at`, which moves on. Bytes beyond the end are not written.
pub(crate) fn write(out: &mut [u8], at: &mut usize, mut value: u32) {
    loop {
        let more = value >= 0x80;
        if let Some(byte) = out.get_mut(*at) {
            *byte = value as u8 & 0x7F | u8::from(more) << 7;
        }
        *at += 1;
        if !more {
            return;
        }
        value >>= 7;
    }
}

/// Reads the value at `at`, which moves on. Beyond the end of the bytes every value is 0.
#[inline]
pub(crate) fn read(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0;
    let mut shift = 0;
    while let Some(byte) = bytes.get(*at) {
        *at += 1;
        value |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 || shift > 28 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        let values: Vec<u32> = (0..32)
            .flat_map(|bit| [1_u32 << bit, (1_u32 << bit) - 1])
            .chain([u32::MAX])
            .collect();
        let mut bytes = Vec::new();
        let mut written = [0; 5];
        let mut at = 0;
        for value in values {
            bytes.clear();
            push(&mut bytes, value);
            assert_eq!(bytes.len() as u32, len(value), "{value}");
            let mut end = 0;
            write(&mut written, &mut end, value);
            assert_eq!(&written[..end], &bytes[..]);
            assert_eq!(read(&bytes, &mut at), value);
            at = 0;
        }
        assert_eq!(read(&[], &mut at), 0);
    }
}
