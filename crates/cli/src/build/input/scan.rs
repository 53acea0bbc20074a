//! Walking over JSON without reading it: [`Scan`] knows strings and brackets, and where an article of the list ends.

/// A place where the list can be cut: behind a whole article, with a comma and another article behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The byte behind the article.
    pub(super) end: usize,
    /// The byte where the next one begins.
    pub(super) next: usize,
    /// How many elements of the list stand before it.
    pub(super) n_elements: u32,
}

/// Where a walk over the elements of a list is. It begins outside of any element.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Up to here.
    pos: usize,
    depth: usize,
    is_text: bool,
    is_escaped: bool,
    /// Inside of an element, which ends with a bracket or a comma.
    is_element: bool,
    n_elements: u32,
    /// Behind an object: its end, and whether a comma follows.
    behind: Option<(usize, bool)>,
    /// The list has ended, or its brackets do not match: nothing more is looked for.
    is_over: bool,
    /// The last place where it could be cut.
    last: Option<Cut>,
}

impl Scan {
    /// Walks on, to the end of the bytes or to the first cut at or behind `goal`, and gives the last cut it came to.
    pub(super) fn walk(&mut self, bytes: &[u8], goal: usize) -> Option<Cut> {
        while self.pos < bytes.len() && !self.is_over {
            if self.last.is_some_and(|cut| cut.end >= goal) {
                break;
            }
            if self.is_text {
                self.text(bytes);
                continue;
            }
            let byte = bytes[self.pos];
            self.step(byte);
            self.pos += 1;
        }
        self.last
    }

    /// To the end of a text.
    fn text(&mut self, bytes: &[u8]) {
        for byte in &bytes[self.pos..] {
            self.pos += 1;
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => {
                    self.is_text = false;
                    return;
                }
                _ => {}
            }
        }
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => return,
            b',' if self.depth == 0 => {
                self.is_element = false;
                self.behind = match self.behind {
                    Some((end, false)) => Some((end, true)),
                    _ => None,
                };
                return;
            }
            b']' | b'}' if self.depth == 0 => {
                self.is_over = true;
                return;
            }
            _ => {}
        }
        if self.depth == 0 && !self.is_element {
            if let (Some((end, true)), b'{') = (self.behind, byte) {
                self.last = Some(Cut {
                    end,
                    next: self.pos,
                    n_elements: self.n_elements,
                });
            }
            self.is_element = true;
            self.n_elements += 1;
            self.behind = None;
        }
        match byte {
            b'"' => self.is_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    // Without a comma the next one begins all the same.
                    self.is_element = false;
                    self.behind = (byte == b'}').then_some((self.pos + 1, false));
                }
            }
            _ => {}
        }
    }
}

/// The byte behind the value that begins at `start`, as far as brackets and texts tell; `None` where it goes on.
pub(super) fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut pos = start;
    while let Some(byte) = bytes.get(pos) {
        match byte {
            b'"' => pos = text_end(bytes, pos)? - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return Some(pos),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        pos += 1;
    }
    None
}

/// The byte behind the closing quotation mark of the text at `quote`.
pub(super) fn text_end(bytes: &[u8], quote: usize) -> Option<usize> {
    let mut is_escaped = false;
    let rest = bytes.get(quote + 1..)?;
    let end = rest.iter().position(|byte| {
        let is_end = !is_escaped && *byte == b'"';
        is_escaped = !is_escaped && *byte == b'\\';
        is_end
    })?;
    Some(quote + 1 + end + 1)
}
