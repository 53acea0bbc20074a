//! The repository's files as the rules see them.
//!
//! [`all`] reads them. Of Rust and JavaScript a [`Source`] also has the lines with comments blanked out, and with comments
//! and texts blanked out, so that a name in a comment is not taken for its use.

use std::fs;
use std::path::{Path, PathBuf};

/// A file, and what of it is code.
pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    /// As it is.
    pub text: String,
    /// Without comments.
    pub uncommented: String,
    /// Without comments and without what stands in quotes.
    pub code: String,
}

/// Something that a rule does not allow.
#[derive(PartialEq, Eq, Debug)]
pub struct Finding {
    /// One-based.
    pub line: usize,
    /// The reason.
    pub why: String,
}

/// Kinds of files that the rules read.
const KINDS: [&str; 8] = ["rs", "js", "css", "html", "toml", "md", "json", "svg"];

/// Folders that are made, not written.
const MADE: [&str; 5] = ["target", "dist", "node_modules", ".git", "pkg"];

/// All files that people write.
pub fn all() -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root(), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let path = path.strip_prefix(root()).ok()?.to_str()?.replace('\\', "/");
        Some(Source::new(&path, &text))
    };
    let all: Vec<Source> = paths.into_iter().filter_map(read).collect();
    assert!(
        all.iter().any(|source| source.path == "src/lib.rs"),
        "the sources were not found"
    );
    all
}

/// Whether there is a file or folder, named from the repository's root.
pub fn exists(path: &str) -> bool {
    root().join(path).exists()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_str().unwrap_or_default();
        if path.is_dir() {
            if !MADE.contains(&name) {
                collect(&path, paths);
            }
        } else if path
            .extension()
            .is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
            && name != "package-lock.json"
        {
            paths.push(path);
        }
    }
}

impl Source {
    /// A file of this name with this text.
    pub fn new(path: &str, text: &str) -> Source {
        let (uncommented, code) = match path.rsplit_once('.') {
            Some((_, "rs")) => (blank(text, true, false), blank(text, true, true)),
            Some((_, "js")) => (blank(text, false, false), blank(text, false, true)),
            _ => (text.to_owned(), text.to_owned()),
        };
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
            uncommented,
            code,
        }
    }

    /// Whether the file lies in one of these folders, or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path == *place || (place.ends_with('/') && self.path.starts_with(place))
        })
    }

    /// Whether the file is of this kind: `rs`.
    pub fn is_kind(&self, kind: &str) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending == kind)
    }

    /// Whether the whole file is a test, or an example, which is as far from a user.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let in_folder = |folder: &str| {
            self.path.starts_with(&format!("{folder}/"))
                || self.path.contains(&format!("/{folder}/"))
        };
        in_folder("tests")
            || in_folder("benches")
            || in_folder("examples")
            || name.ends_with("tests.rs")
    }

    /// From this line on (counted from zero) there are only tests: `#[cfg(test)]` before a module stands last in a file.
    pub fn first_test_line(&self) -> usize {
        if self.is_test() {
            return 0;
        }
        let lines: Vec<&str> = self.code.lines().collect();
        let is_start = |ix: &usize| {
            lines[*ix].trim() == "#[cfg(test)]"
                && lines
                    .get(ix + 1)
                    .is_some_and(|line| line.trim_start().starts_with("mod ") && line.contains('{'))
        };
        (0..lines.len()).find(is_start).unwrap_or(lines.len())
    }

    /// Findings wherever one of these names stands in `text`, up to a line.
    pub fn named(&self, text: &str, n_lines: usize, names: &[&str], why: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (ix, line) in text.lines().enumerate().take(n_lines) {
            for name in names.iter().filter(|name| has_name(line, name)) {
                findings.push(Finding {
                    line: ix + 1,
                    why: format!("`{name}`: {why}"),
                });
            }
        }
        findings
    }
}

/// Whether a name stands in a line, and not only as a part of a longer one.
pub fn has_name(line: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        let open_start = !name.starts_with(is_part) || !before.is_some_and(is_part);
        let open_end = !name.ends_with(is_part) || !after.is_some_and(is_part);
        open_start && open_end
    })
}

/// Replaces comments, and texts if asked to, by spaces; lines stay where they are. `'` begins a text in JavaScript; in Rust it is
/// that of a character or a lifetime, of which only `'"'` could mislead.
fn blank(text: &str, rust: bool, texts_too: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |ix: usize| chars.get(ix).copied().unwrap_or('\0');
    let mut kept = String::with_capacity(text.len());
    let mut ix = 0;
    let put = |kept: &mut String, c: char, visible: bool| {
        kept.push(if visible || c == '\n' { c } else { ' ' })
    };
    while ix < chars.len() {
        let c = at(ix);
        let end = if c == '/' && at(ix + 1) == '/' {
            line_end(&chars, ix)
        } else if c == '/' && at(ix + 1) == '*' {
            comment_end(&chars, ix, rust)
        } else {
            ix
        };
        if end > ix {
            (ix..end).for_each(|ix| put(&mut kept, at(ix), false));
            ix = end;
            continue;
        }
        let text_end = if rust {
            rust_text_end(&chars, ix)
        } else {
            script_text_end(&chars, ix)
        };
        match text_end {
            Some(end) => {
                let last = end.min(chars.len()).saturating_sub(1);
                (ix..=last).for_each(|inner| {
                    put(
                        &mut kept,
                        at(inner),
                        !texts_too || inner == ix || inner == last,
                    )
                });
                ix = last + 1;
            }
            None => {
                kept.push(c);
                ix += 1;
            }
        }
    }
    kept
}

fn line_end(chars: &[char], from: usize) -> usize {
    chars[from..]
        .iter()
        .position(|c| *c == '\n')
        .map_or(chars.len(), |n| from + n)
}

/// Rust's comments nest, JavaScript's do not.
fn comment_end(chars: &[char], from: usize, nests: bool) -> usize {
    let mut depth = 0;
    let mut ix = from;
    while ix + 1 < chars.len() {
        match (chars[ix], chars[ix + 1]) {
            ('/', '*') if nests || depth == 0 => {
                depth += 1;
                ix += 2;
            }
            ('*', '/') => {
                depth -= 1;
                ix += 2;
                if depth == 0 {
                    return ix;
                }
            }
            _ => ix += 1,
        }
    }
    chars.len()
}

fn rust_text_end(chars: &[char], from: usize) -> Option<usize> {
    let c = chars[from];
    let part_of_a_name = from > 0 && (chars[from - 1].is_alphanumeric() || chars[from - 1] == '_');
    if c == 'r' && !(part_of_a_name && chars[from - 1] != 'b') {
        let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
        if chars.get(from + 1 + hashes) == Some(&'"') {
            let closing: Vec<char> = std::iter::once('"')
                .chain(std::iter::repeat_n('#', hashes))
                .collect();
            let start = from + 2 + hashes;
            let found = chars[start..]
                .windows(closing.len())
                .position(|window| window == closing);
            return Some(found.map_or(chars.len(), |n| start + n + closing.len()));
        }
    }
    if c == '\'' {
        // A character, not a lifetime: one character or an escape between quotes.
        let length = if chars.get(from + 1) == Some(&'\\') {
            2 + chars[from + 2..].iter().skip(1).position(|c| *c == '\'')? + 1
        } else {
            2
        };
        return (chars.get(from + length) == Some(&'\'')).then_some(from + length + 1);
    }
    (c == '"').then(|| quoted_end(chars, from))
}

fn script_text_end(chars: &[char], from: usize) -> Option<usize> {
    matches!(chars[from], '"' | '\'' | '`').then(|| quoted_end(chars, from))
}

fn quoted_end(chars: &[char], from: usize) -> usize {
    let mut ix = from + 1;
    while ix < chars.len() && chars[ix] != chars[from] {
        ix += if chars[ix] == '\\' { 2 } else { 1 };
    }
    ix + 1
}
