//! Compressed copies of files, which a server sends in their place: [`brotli`] and [`gzip`].

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

/// A shorter file is sent as fast as it is.
pub const LENGTH_MIN: usize = 1_000;

/// How much time a file is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// It is not compressed: an image, a pack.
    None,
    /// One of very many.
    Page,
    /// Sent with every page.
    Asset,
}

/// The Brotli copy (RFC 7932), where it is shorter.
pub fn brotli(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let quality = match effort {
        Effort::None => return None,
        Effort::Page => 6,
        Effort::Asset => 11,
    };
    // A window larger than the file costs memory for nothing; but below 18 bits the encoder takes tables that cost twenty
    // times the time.
    let window = bytes.len().max(1).ilog2() + 1;
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: window.clamp(18, 22) as i32,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(bytes.len() / 3);
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).ok()?;
    Some(out).filter(|out| out.len() < bytes.len())
}

/// The gzip copy (RFC 1952), where it is shorter; it holds no time.
pub fn gzip(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let level = match effort {
        Effort::None => return None,
        Effort::Page => Compression::new(6),
        Effort::Asset => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    encoder.write_all(bytes).ok()?;
    let out = encoder.finish().ok()?;
    Some(out).filter(|out| out.len() < bytes.len())
}

/// What a compressed copy holds, as far as it is no longer than it should be.
pub fn unpacked(path: &Path, end: &str, length: u32) -> io::Result<Vec<u8>> {
    let packed = fs::read(path)?;
    let mut bytes = Vec::new();
    let most = u64::from(length) + 1;
    match end {
        ".br" => brotli::Decompressor::new(&packed[..], 4_096)
            .take(most)
            .read_to_end(&mut bytes)?,
        _ => GzDecoder::new(&packed[..])
            .take(most)
            .read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}
