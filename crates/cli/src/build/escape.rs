//! Text in HTML and XML: [`text`] between tags, [`attribute`] between quotation marks.
//!
//! One pair of functions serves both languages: the five characters that mean something are written by the names that both
//! know, and what either of them forbids is left out: control characters, and the noncharacters of Unicode (XML 1.0 §2.2,
//! HTML §13.1.1). A writer of XML would be a dependency for this alone, and those there are let such characters pass.

use std::fmt::{self, Display, Formatter, Write};

/// Text between tags.
pub fn text(text: &str) -> Escaped<'_> {
    Escaped {
        text,
        in_attribute: false,
    }
}

/// The value of an attribute, without its quotation marks, which are to be double ones.
pub fn attribute(text: &str) -> Escaped<'_> {
    Escaped {
        text,
        in_attribute: true,
    }
}

/// A text that is escaped when it is written.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'a> {
    text: &'a str,
    in_attribute: bool,
}

/// Whether a character may stand in a page, a feed or a plain text.
pub fn is_allowed(c: char) -> bool {
    !(c.is_control() && !matches!(c, '\t' | '\n' | '\r')
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || c as u32 & 0xfffe == 0xfffe)
}

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.text.chars().filter(|c| is_allowed(*c)) {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                // Only `]]>` has to be hidden, and this hides it.
                '>' => f.write_str("&gt;")?,
                '"' if self.in_attribute => f.write_str("&quot;")?,
                // As they stand, a parser of XML would make spaces or line feeds of them.
                '\t' | '\n' if self.in_attribute => write!(f, "&#{};", c as u32)?,
                '\r' => f.write_str("&#13;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, in_text: &str, in_attribute: &str) {
        assert_eq!(text(written).to_string(), in_text);
        assert_eq!(attribute(written).to_string(), in_attribute);
        let xml = format!("<a b=\"{}\">{}</a>", attribute(written), text(written));
        let document = roxmltree::Document::parse(&xml).unwrap();
        let kept: String = written.chars().filter(|c| is_allowed(*c)).collect();
        let root = document.root_element();
        assert_eq!(root.attribute("b"), Some(&*kept), "{xml}");
        assert_eq!(root.text().unwrap_or_default(), kept, "{xml}");
    }

    #[test]
    fn what_means_something_is_escaped_and_what_is_forbidden_left_out() {
        check("plain", "plain", "plain");
        check("a & b < c", "a &amp; b &lt; c", "a &amp; b &lt; c");
        check("\"it's\"", "\"it's\"", "&quot;it's&quot;");
        check("]]>", "]]&gt;", "]]&gt;");
        check("a\nb\tc", "a\nb\tc", "a&#10;b&#9;c");
        check("a\r\nb", "a&#13;\nb", "a&#13;&#10;b");
        check("\0a\u{1}\u{7f}\u{85}\u{fffe}\u{fdd0}\u{1ffff}b", "ab", "ab");
        check(
            "\u{202e}עברית\u{202c} 😀",
            "\u{202e}עברית\u{202c} 😀",
            "\u{202e}עברית\u{202c} 😀",
        );
    }
}
