//! Lines and columns: [`Lines`], computed only when a problem is made.

/// Finds the line and column of byte positions in one file.
///
/// It remembers what stands at each block of the file, so that a thousand problems of a large file in one line are not
/// a thousand walks through it.
#[derive(Debug, Default)]
pub struct Lines {
    /// At the start of each block: line and column, counted from 0.
    blocks: Vec<(u32, u32)>,
}

const BLOCK: usize = 1 << 16;

impl Lines {
    /// One-based line, and column in characters.
    pub fn place(&mut self, bytes: &[u8], at: usize) -> (u32, u32) {
        let at = at.min(bytes.len());
        if self.blocks.is_empty() {
            // A byte order mark is no character of the first line.
            let has_mark = bytes.starts_with(b"\xef\xbb\xbf");
            self.blocks.push((0, if has_mark { u32::MAX } else { 0 }));
        }
        while self.blocks.len() <= at / BLOCK {
            let start = (self.blocks.len() - 1) * BLOCK;
            let place = count(
                self.blocks[self.blocks.len() - 1],
                &bytes[start..start + BLOCK],
            );
            self.blocks.push(place);
        }
        let block = at / BLOCK;
        let (line, column) = count(self.blocks[block], &bytes[block * BLOCK..at]);
        (line + 1, column.wrapping_add(1).max(1))
    }
}

fn count((mut line, mut column): (u32, u32), bytes: &[u8]) -> (u32, u32) {
    for byte in bytes {
        if *byte == b'\n' {
            line += 1;
            column = 0;
        } else if byte & 0xc0 != 0x80 {
            column = column.wrapping_add(1);
        }
    }
    (line, column)
}
