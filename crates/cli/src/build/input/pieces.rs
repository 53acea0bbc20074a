//! A collection in pieces: [`Pieces`] cuts the list of a file that is too large to be held in memory.
//!
//! Each [`Piece`] is a collection of its own: what stands in the file before the list, and then whole articles. The last
//! one holds what is left of the file. Where an article is damaged, so that brackets do not tell where it ends, the piece is
//! [`open`](Piece::is_open): the reader, which knows how to go on behind such an article, says how much of it counts.

use super::scan::Scan;
use super::stream::Stream;
use article::json::Lines;
use std::io::{self, Read};

/// Without a place to cut in so many times the wanted size, something is damaged or very large.
const PATIENCE: usize = 4;

/// No piece may be longer: the reader counts bytes in 32 bits.
const MAX: usize = 2 << 30;

/// Part of a file, fit for the reader of collections.
#[derive(Debug)]
pub(super) struct Piece {
    /// A collection, or as much of it as there is.
    pub(super) bytes: Vec<u8>,
    /// So many of them are the beginning of the file, which every piece has.
    pub(super) n_header: usize,
    /// What follows is not known: the last article may be cut.
    pub(super) is_open: bool,
    /// The rest of the file.
    pub(super) is_last: bool,
    /// The byte behind what is of the file.
    pub(super) end: usize,
    /// So many elements of the list stand before it.
    pub(super) n_before: u32,
    /// Line and column, counted from 1, of its first byte behind the header in the file.
    start: (u32, u32),
    /// The same in the piece.
    header_end: (u32, u32),
}

impl Piece {
    /// The place in the file of a place in the piece; `at` is its byte in the piece.
    pub(super) fn in_file(&self, at: usize, (line, column): (u32, u32)) -> (u32, u32) {
        if at < self.n_header {
            return (line, column);
        }
        let n_lines = line.saturating_sub(self.header_end.0);
        match n_lines {
            0 => (
                self.start.0,
                self.start.1 + column.saturating_sub(self.header_end.1),
            ),
            n => (self.start.0 + n, column),
        }
    }
}

/// The pieces of a file.
pub(super) struct Pieces {
    reader: Box<dyn Read>,
    header: Vec<u8>,
    /// What was read and not yet given.
    buffer: Vec<u8>,
    scan: Scan,
    is_read: bool,
    is_done: bool,
    size: usize,
    /// How much is held before an open piece is given.
    patience: usize,
    n_before: u32,
    start: (u32, u32),
    header_end: (u32, u32),
}

impl Pieces {
    /// Of a file the list of which begins at a byte of its head; pieces have about `size` bytes.
    pub(super) fn of_stream(stream: Stream, list: usize, size: usize) -> Pieces {
        let (mut header, reader) = stream.into_parts();
        let buffer = header.split_off(list);
        let header_end = Lines::default().place(&header, header.len());
        Pieces {
            reader,
            header,
            buffer,
            scan: Scan::default(),
            is_read: false,
            is_done: false,
            size,
            patience: size.saturating_mul(PATIENCE),
            n_before: 0,
            start: header_end,
            header_end,
        }
    }

    /// A file in one piece.
    pub(super) fn whole(bytes: Vec<u8>) -> Pieces {
        Pieces {
            reader: Box::new(io::empty()),
            header: Vec::new(),
            buffer: bytes,
            scan: Scan::default(),
            is_read: true,
            is_done: false,
            size: usize::MAX,
            patience: usize::MAX,
            n_before: 0,
            start: (1, 1),
            header_end: (1, 1),
        }
    }

    /// The next one. After an open one, [`Pieces::accept`] or [`Pieces::refuse`] comes first.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        if self.is_done {
            return Ok(None);
        }
        loop {
            let cut = match self.is_read && self.buffer.len() <= self.size {
                // What is left needs no cut.
                true => None,
                false => self.scan.walk(&self.buffer, self.size),
            };
            match cut {
                Some(cut) if cut.end >= self.size || self.buffer.len() >= self.patience => {
                    let mut piece = self.piece(cut.end, false);
                    piece.bytes.extend_from_slice(match self.is_object() {
                        true => b"]}",
                        false => b"]",
                    });
                    self.advance(cut.next, cut.n_elements);
                    return Ok(Some(piece));
                }
                _ if self.is_read => {
                    self.is_done = true;
                    return Ok(Some(self.last()));
                }
                _ if self.buffer.len() >= self.patience => {
                    return Ok(Some(Piece {
                        is_open: true,
                        ..self.piece(self.buffer.len(), false)
                    }));
                }
                _ => self.fill()?,
            }
        }
    }

    /// Of the open piece that was given last, what stands before the byte `at` of it was read, and `n_elements` with it.
    pub(super) fn accept(&mut self, at: usize, n_elements: u32) {
        self.advance(at.saturating_sub(self.header.len()), n_elements);
    }

    /// The open piece that was given last holds not even one whole article.
    pub(super) fn refuse(&mut self) {
        self.patience = self.buffer.len().saturating_mul(2);
    }

    fn fill(&mut self) -> io::Result<()> {
        const STEP: usize = 1 << 16;
        if self.buffer.len() > MAX {
            return Err(io::Error::other(
                "an article, or what stands beside the articles, is larger than 2 GiB",
            ));
        }
        let n_wanted = STEP.max(self.size.min(1 << 20)) as u64;
        let n_read = (&mut self.reader)
            .take(n_wanted)
            .read_to_end(&mut self.buffer)?;
        self.is_read = n_read == 0;
        Ok(())
    }

    fn last(&mut self) -> Piece {
        let buffer = std::mem::take(&mut self.buffer);
        let mut piece = self.piece(0, true);
        match piece.bytes.is_empty() {
            true => piece.bytes = buffer,
            false => piece.bytes.extend_from_slice(&buffer),
        }
        piece.end = piece.bytes.len();
        piece
    }

    /// The list stands in an object.
    fn is_object(&self) -> bool {
        let bracket = self.header.iter().find(|byte| matches!(byte, b'{' | b'['));
        bracket == Some(&b'{')
    }

    fn piece(&self, end: usize, is_last: bool) -> Piece {
        Piece {
            bytes: [&self.header, &self.buffer[..end]].concat(),
            n_header: self.header.len(),
            is_open: false,
            is_last,
            end: self.header.len() + end,
            n_before: self.n_before,
            start: self.start,
            header_end: self.header_end,
        }
    }

    fn advance(&mut self, n_bytes: usize, n_elements: u32) {
        for byte in &self.buffer[..n_bytes] {
            if *byte == b'\n' {
                self.start = (self.start.0 + 1, 1);
            } else if byte & 0xc0 != 0x80 {
                self.start.1 += 1;
            }
        }
        self.n_before += n_elements;
        self.buffer.drain(..n_bytes);
        self.scan = Scan::default();
        self.patience = self.size.saturating_mul(PATIENCE);
    }
}
