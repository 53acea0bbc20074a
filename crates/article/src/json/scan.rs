//! Finding one's way through JSON without reading it: the end of a value, and where to go on after a damaged one.

/// The byte after the value that opens with a bracket at `start`, or `None` where brackets do not match.
pub(crate) fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut open = Vec::new();
    let mut pos = start;
    while let Some(byte) = bytes.get(pos) {
        match byte {
            b'"' => pos = string_end(bytes, pos)?,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(*byte) {
                    return None;
                }
                if open.is_empty() {
                    return Some(pos + 1);
                }
            }
            _ => {}
        }
        pos += 1;
    }
    None
}

/// The closing quotation mark of the text that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut pos = start + 1;
    loop {
        match bytes.get(pos)? {
            b'"' => return Some(pos),
            b'\\' => pos += 1,
            _ => {}
        }
        pos += 1;
    }
}

/// Where to go on after an element of a list that begins at `start` and has a syntax error at `error`: the byte after
/// its end, or where the next one begins. That may lie before `error`: a bracket that is missing is missed much later.
/// `effort` is how many bytes may still be looked at in vain, in the whole file: without it, thousands of damaged
/// elements would each cost a walk to the end. `is_element` says whether an element begins at a byte (its second
/// argument: whether that must be certain), and how far it had to look.
///
/// 1. Written over several lines, elements are set in alike: the next line as deep as the first, with a brace.
/// 2. Else brackets are counted, if that leads to where an element can end.
/// 3. Else the next place that looks like a border of elements: `, {"name":`, the name that this one begins with;
///    after the error if there is one, else before it, else after it if it may be one; or the last bracket of the file.
pub(crate) fn resume_after(
    bytes: &[u8],
    start: usize,
    error: usize,
    effort: &mut usize,
    is_element: &dyn Fn(usize, bool) -> (bool, usize),
) -> usize {
    let error = error.min(bytes.len());
    if let Some(end) = by_indent(bytes, start) {
        return end;
    }
    let window = &bytes[..bytes.len().min(start.saturating_add(*effort))];
    match value_end(window, start) {
        Some(end) if end > error && at_border(bytes, end) => return end,
        _ => *effort -= (window.len() - start).min(*effort),
    }
    let last_bracket = || bytes[error..].iter().rposition(|byte| *byte == b']');
    let certain = |at: usize| is_element(at, true);
    let possible = |at: usize| is_element(at, false);
    by_first_name(bytes, start, error, effort, &certain)
        .or_else(|| {
            by_first_name(bytes, start, start + 1, effort, &certain).filter(|end| *end < error)
        })
        .or_else(|| by_first_name(bytes, start, error, effort, &possible))
        .or_else(|| Some(error + last_bracket()?))
        .unwrap_or(bytes.len())
}

fn by_indent(bytes: &[u8], start: usize) -> Option<usize> {
    let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let indent = bytes[..start].iter().rev().take_while(is_space).count();
    let starts_line = bytes[..start - indent].ends_with(b"\n");
    if indent == 0 || !starts_line {
        return None;
    }
    let mut pos = start;
    while let Some(n_line) = bytes[pos..].iter().position(|byte| *byte == b'\n') {
        pos += n_line + 1;
        let depth = bytes[pos..].iter().take_while(is_space).count();
        match bytes.get(pos + depth) {
            // The inside is not set in deeper than the element itself: its lines say nothing.
            Some(b'"') if depth <= indent => return None,
            Some(b'}') if depth == indent => return Some(pos + depth + 1),
            Some(b'{') if depth == indent => return Some(pos + depth),
            Some(b'}' | b']') if depth < indent => return Some(pos + depth),
            _ => {}
        }
    }
    None
}

/// `, {`, `]`, or the end.
fn at_border(bytes: &[u8], end: usize) -> bool {
    let mut rest = bytes[end..]
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace());
    match rest.next() {
        None | Some(b']') => true,
        Some(b',') => matches!(rest.next(), Some(b'{')),
        _ => false,
    }
}

fn by_first_name(
    bytes: &[u8],
    start: usize,
    from: usize,
    effort: &mut usize,
    is_element: &dyn Fn(usize) -> (bool, usize),
) -> Option<usize> {
    let quote = start
        + bytes[start..]
            .iter()
            .take(64)
            .position(|byte| *byte == b'"')?;
    let name = &bytes[quote..=string_end(bytes, quote).filter(|end| end - quote < 64)?];
    let mut pos = from;
    loop {
        pos += bytes[pos..].iter().position(|byte| *byte == b'{')?;
        let mut before = bytes[start..pos]
            .iter()
            .rev()
            .filter(|byte| !byte.is_ascii_whitespace());
        let mut after = bytes[pos + 1..]
            .iter()
            .skip_while(|byte| byte.is_ascii_whitespace());
        if before.next() == Some(&b',') && name.iter().all(|byte| after.next() == Some(byte)) {
            let (is_element, end) = is_element(pos);
            if *effort == 0 || is_element {
                return Some(pos);
            }
            *effort = effort.saturating_sub(end - pos);
        }
        pos += 1;
    }
}
