//! What is being read: [`SourceFile`], bytes with a name, and how they become text or JSON.
//!
//! 1. [`SourceFile::text`] decodes: a byte order mark, then UTF-8 if the bytes are valid UTF-8, then what the file declares,
//!    then Windows-1252, which every byte is valid in;
//! 2. [`SourceFile::json`] parses the text, and once more with raw line breaks in its texts escaped.

use super::Headings;
use anyhow::{Context, Result};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use serde_json::Value;

/// What is being read.
#[derive(Clone, Debug)]
pub struct SourceFile<'a> {
    /// Its name for reports: a path, or `-`.
    pub name: &'a str,
    /// Unpacked.
    pub bytes: &'a [u8],
    /// Where relative addresses begin, if whoever imports it says so.
    pub base: Option<String>,
    /// Which headings stand for fields of the format.
    pub headings: &'a Headings,
}

impl SourceFile<'_> {
    /// The bytes as text, without a byte order mark and with every line end as `\n`.
    pub fn text(&self) -> String {
        let text = decode(self.bytes);
        if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text
        }
    }

    /// The bytes as JSON. Raw line breaks and other control characters in texts are read over: many pages have them.
    pub fn json(&self) -> Result<Value> {
        json(&decode(self.bytes))
    }
}

/// Text as JSON.
pub fn json(text: &str) -> Result<Value> {
    serde_json::from_str(text)
        .or_else(|error| serde_json::from_str(&with_escaped_controls(text)).map_err(|_| error))
        .context("this is not valid JSON")
}

/// Bytes of an unknown encoding as text.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, n_mark)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[n_mark..])
            .0
            .into_owned();
    }
    // Valid UTF-8 with letters beyond ASCII is UTF-8, whatever the file says of itself. Without such letters the
    // declared encoding may be one that needs no other bytes (ISO-2022-JP).
    let declared = declared(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && (!text.is_ascii() || declared.is_none_or(|encoding| encoding.is_ascii_compatible()))
    {
        return text.to_string();
    }
    let encoding = declared
        .filter(|encoding| *encoding != UTF_8)
        .unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that an XML declaration or a `<meta>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]).to_ascii_lowercase();
    let head = head.trim_start();
    let key = if head.starts_with("<?xml") {
        "encoding"
    } else if head.starts_with('<') {
        "charset"
    } else {
        return None;
    };
    let behind = head.split_once(key)?.1.trim_start().strip_prefix('=')?;
    let behind = behind.trim_start().trim_start_matches(['"', '\'']);
    let end = behind.find(['"', '\'', ' ', '>', '?', ';', '/']);
    Encoding::for_label(&behind.as_bytes()[..end.unwrap_or(behind.len())])
}

/// JSON whose texts hold raw control characters, with these escaped.
fn with_escaped_controls(json: &str) -> String {
    let mut fixed = String::with_capacity(json.len());
    let mut is_text = false;
    let mut is_escaped = false;
    for c in json.chars() {
        match c {
            '"' if !is_escaped => is_text = !is_text,
            c if is_text && c < ' ' => {
                // A backslash before a line break is no escape that JSON has.
                if is_escaped {
                    fixed.pop();
                }
                is_escaped = false;
                fixed.push_str(&format!("\\u{:04x}", c as u32));
                continue;
            }
            _ => {}
        }
        is_escaped = is_text && c == '\\' && !is_escaped;
        fixed.push(c);
    }
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(bytes: &[u8], expect: &str) {
        assert_eq!(decode(bytes), expect);
    }

    #[test]
    fn text_is_decoded() {
        check_text(b"plain", "plain");
        check_text("\u{feff}Größe".as_bytes(), "Größe");
        check_text(b"\xff\xfeG\0r\0", "Gr");
        check_text("Größe".as_bytes(), "Größe");
        check_text(b"Gr\xf6\xdfe \x96 x", "Größe – x");
        check_text(
            b"<?xml version='1.0' encoding='iso-8859-2'?>\xb1",
            "<?xml version='1.0' encoding='iso-8859-2'?>ą",
        );
        // Wrongly declared, both ways.
        check_text(
            "<?xml version='1.0' encoding='iso-8859-1'?>ö".as_bytes(),
            "<?xml version='1.0' encoding='iso-8859-1'?>ö",
        );
        check_text(
            b"<?xml version='1.0' encoding='utf-8'?>\xf6",
            "<?xml version='1.0' encoding='utf-8'?>ö",
        );
        check_text(
            b"<meta charset=windows-1251>\xcf",
            "<meta charset=windows-1251>П",
        );
    }

    #[test]
    fn raw_line_breaks_in_json_are_read_over() {
        let headings = Headings::default();
        let source = SourceFile {
            name: "a.json",
            bytes: b"{\n\"a\": \"one\ntwo \\\" \\\\\",\t\"b\": \"x\ty\"}",
            base: None,
            headings: &headings,
        };
        let value = source.json().unwrap();
        assert_eq!(value["a"], "one\ntwo \" \\");
        assert_eq!(value["b"], "x\ty");
        let broken = SourceFile {
            bytes: b"{\"a\": }",
            ..source
        };
        assert!(broken.json().is_err());
    }
}
