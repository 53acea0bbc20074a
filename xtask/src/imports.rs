//! Shorter names between a WebAssembly module and its JavaScript.
//!
//! wasm-bindgen names each import after what it calls and a hash of it, so that modules of several builds could be linked; ours are
//! linked already. The names stand in both files of a pair, do not compress, and are 5 kB of what a page loads. [`shorten`] gives each
//! import of the JavaScript's own module a name of one or two letters, in both files.
//!
//! A module is a header and sections of an id, a length and bytes; imports are the section of id 2 (WebAssembly core specification,
//! §5.5.5).

use anyhow::{Context, Result, ensure};

const HEADER: usize = 8;
const IMPORTS: u8 = 2;
const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// The module and the script with short names.
pub fn shorten(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    ensure!(
        module.starts_with(b"\0asm"),
        "this is no WebAssembly module"
    );
    let mut rest = Reader(&module[HEADER..]);
    let mut made = module[..HEADER].to_vec();
    let mut script = script.to_owned();
    while let Some(id) = rest.byte() {
        let section = rest.sized().context("a section is cut short")?;
        let mut kept = section.to_vec();
        if id == IMPORTS {
            kept = shorten_imports(section, &mut script).context("the imports are damaged")?;
        }
        made.push(id);
        write_number(&mut made, kept.len());
        made.extend(kept);
    }
    Ok((made, script))
}

fn shorten_imports(section: &[u8], script: &mut String) -> Option<Vec<u8>> {
    let mut section = Reader(section);
    let n_imports = section.number()?;
    let mut made = Vec::new();
    write_number(&mut made, n_imports);
    let mut names = Vec::new();
    for ix in 0..n_imports {
        let from = section.sized()?;
        let name = str::from_utf8(section.sized()?).ok()?;
        let kind = section.byte()?;
        // wasm-bindgen imports functions alone; anything else would need its type read here.
        let of_type = (kind == 0).then(|| section.number())??;
        let short = short_name(ix);
        write_text(&mut made, from);
        write_text(&mut made, short.as_bytes());
        made.push(kind);
        write_number(&mut made, of_type);
        names.push((name.to_owned(), short));
    }
    *script = renamed(script, &names);
    Some(made)
}

/// The script with whole words replaced.
fn renamed(script: &str, names: &[(String, String)]) -> String {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut made = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_of_word) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !is_of_word(c)).unwrap_or(word.len()));
        let known = names.iter().find(|(name, _)| name == word);
        made.push_str(before);
        made.push_str(known.map_or(word, |(_, short)| short));
        rest = after;
    }
    made.push_str(rest);
    made
}

/// `a`, `b`, … `z`, `aa`, `ab`, …
fn short_name(mut ix: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.insert(0, LETTERS[ix % LETTERS.len()]);
        ix /= LETTERS.len();
        if ix == 0 {
            break;
        }
        ix -= 1;
    }
    String::from_utf8_lossy(&name).into_owned()
}

fn write_text(out: &mut Vec<u8>, text: &[u8]) {
    write_number(out, text.len());
    out.extend(text);
}

/// An unsigned number in LEB128.
fn write_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// Bytes after their length.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(name: &str) -> Vec<u8> {
        let mut imports = vec![1];
        write_text(&mut imports, b"./x.js");
        write_text(&mut imports, name.as_bytes());
        imports.extend([0, 5]);
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(1);
        write_text(&mut module, b"types");
        module.push(IMPORTS);
        write_text(&mut module, &imports);
        module
    }

    #[test]
    fn both_files_have_the_short_name() {
        let long = "__wbg_then_0123456789abcdef";
        let script = format!("import0 = {{ {long}: f, {long}x: g }}");
        let (made, renamed) = shorten(&module(long), &script).unwrap();
        assert_eq!(made, module("a"));
        assert_eq!(renamed, format!("import0 = {{ a: f, {long}x: g }}"));
    }

    #[test]
    fn names_are_counted() {
        let names = [0, 25, 26, 27, 701, 702].map(short_name);
        assert_eq!(names, ["a", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(shorten(b"<!doctype html>", "").is_err());
        let whole = module("name");
        for end in HEADER + 1..whole.len() {
            let cut = shorten(&whole[..end], "");
            // Cut between two sections, it is a module with fewer of them.
            assert!(cut.is_err() || end == HEADER + 7, "{end}");
        }
    }
}
