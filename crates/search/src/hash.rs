//! A quick hash of bytes, for tables, for titles, and against accidents in files. It is no defence against malice.

/// The same on every machine: multiply and rotate over eight bytes at a time.
pub(crate) fn hash(key: &[u8]) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = key.len() as u64;
    let mut mix = |word: u64| state = (state.rotate_left(23) ^ word).wrapping_mul(MIX);
    let (chunks, rest) = key.as_chunks();
    chunks
        .iter()
        .for_each(|chunk| mix(u64::from_le_bytes(*chunk)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(u64::from_le_bytes(last));
    state ^ state >> 29
}
