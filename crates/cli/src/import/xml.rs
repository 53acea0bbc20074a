//! XML of feeds: [`tidied`] makes text a strict parser takes, [`parse`] parses it, [`Element`] reads it.
//!
//! Feeds are seldom checked by those who write them. Entities of HTML are resolved, lone `&` are escaped, characters that
//! XML does not allow are left out, and prefixes that are not declared get a namespace. A document type declaration is
//! skipped, so that nothing outside is looked for; one that declares entities is refused, because they can expand without
//! end.

use super::html;
use anyhow::{Context, Result, bail};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeMap;

/// Namespaces by the prefix that we know them by. Those of the feeds themselves have none.
const NAMESPACES: [(&str, &str); 16] = [
    ("", "http://purl.org/rss/1.0/"),
    ("", "http://my.netscape.com/rdf/simple/0.9/"),
    ("", "http://channel.netscape.com/rdf/simple/0.9/"),
    ("", "http://backend.userland.com/rss2"),
    ("", "http://blogs.law.harvard.edu/tech/rss"),
    ("atom", "http://www.w3.org/2005/Atom"),
    ("atom", "http://purl.org/atom/ns#"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("media", "http://search.yahoo.com/mrss/"),
    ("media", "http://search.yahoo.com/mrss"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xhtml", "http://www.w3.org/1999/xhtml"),
    ("feedburner", "http://rssnamespace.org/feedburner/ext/1.0"),
];

/// Elements may stand this deep in one another: parsing and reading are recursive.
const DEPTH_MAX: usize = 200;

/// So many prefixes are looked for: each costs a search through all of the file.
const PREFIXES_MAX: usize = 64;

/// Parses text that [`tidied`] gave.
pub fn parse(xml: &str) -> Result<Document<'_>> {
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(xml, options).context("this is not valid XML")
}

/// XML with the usual slips put right.
pub fn tidied(xml: &str) -> Result<String> {
    let mut out = String::with_capacity(xml.len());
    let mut entities = BTreeMap::new();
    let mut depth = 0;
    let mut rest = xml.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    while let Some(at) = rest.find(['<', '&']) {
        push_allowed(&mut out, &rest[..at]);
        rest = &rest[at..];
        let (length, is_kept) = if rest.starts_with('&') {
            let length = reference(rest, &mut out, &mut entities);
            (length, false)
        } else if rest.starts_with("<!--") {
            (end_of(rest, "-->"), false)
        } else if rest.starts_with("<![CDATA[") {
            (end_of(rest, "]]>"), true)
        } else if rest.starts_with("<?") {
            let length = end_of(rest, "?>");
            // The text is decoded already: what it says of its encoding no longer holds. Other instructions are for programs.
            (length, false)
        } else if rest.starts_with("<!") {
            (declaration(rest)?, false)
        } else {
            let length = end_of_tag(rest);
            match rest.as_bytes().get(1) {
                Some(b'/') => depth -= 1_isize,
                _ if rest[..length].ends_with("/>") => {}
                _ => depth += 1,
            }
            if depth > DEPTH_MAX as isize {
                bail!("its elements stand more than {DEPTH_MAX} deep in one another");
            }
            tag(&rest[..length], &mut out, &mut entities);
            (length, false)
        };
        if is_kept {
            push_allowed(&mut out, &rest[..length]);
        }
        rest = &rest[length..];
    }
    push_allowed(&mut out, rest);
    Ok(with_declared_prefixes(out))
}

fn end_of(text: &str, end: &str) -> usize {
    text.find(end).map_or(text.len(), |at| at + end.len())
}

/// The length of a tag; a `>` in an attribute does not end it.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The length of a document type declaration.
fn declaration(text: &str) -> Result<usize> {
    let mut n_open = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => n_open += 1,
            b']' => n_open -= 1,
            b'>' if n_open <= 0 => {
                if text[..at].to_ascii_uppercase().contains("<!ENTITY") {
                    bail!(
                        "it declares entities of its own, which are not expanded; resolve them first"
                    );
                }
                return Ok(at + 1);
            }
            _ => {}
        }
    }
    bail!("its document type declaration does not end")
}

/// A tag, with the references in its attributes put right.
fn tag(tag: &str, out: &mut String, entities: &mut BTreeMap<String, String>) {
    let mut rest = tag;
    while let Some(at) = rest.find('&') {
        push_allowed(out, &rest[..at]);
        rest = &rest[at..];
        let length = reference(rest, out, entities);
        rest = &rest[length..];
    }
    push_allowed(out, rest);
}

/// Writes what a reference stands for, or an escaped `&` where it is none; its length.
fn reference(text: &str, out: &mut String, entities: &mut BTreeMap<String, String>) -> usize {
    const NAME_MAX: usize = 34;
    let end = text
        .bytes()
        .take(NAME_MAX)
        .position(|byte| byte == b';')
        .filter(|end| {
            let name = &text.as_bytes()[1..*end];
            !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#')
        });
    let Some(end) = end else {
        out.push_str("&amp;");
        return 1;
    };
    let name = &text[1..end];
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        out.push_str(&text[..=end]);
        return end + 1;
    }
    let resolved =
        entities
            .entry(name.to_string())
            .or_insert_with(|| match name.strip_prefix('#') {
                Some(number) => character(number).map(String::from).unwrap_or_default(),
                None => html::plain_character(&text[..=end]).unwrap_or_default(),
            });
    if resolved.is_empty() && !name.starts_with('#') {
        out.push_str("&amp;");
        return 1;
    }
    for c in resolved.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => push_allowed(out, c.encode_utf8(&mut [0; 4])),
        }
    }
    end + 1
}

/// `38`, `x26`; numbers from 128 to 159 are meant in Windows-1252, as browsers take them.
fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let 128..=159 = code {
        return html::plain_character(&format!("&#{code};"))?.chars().next();
    }
    char::from_u32(code)
}

/// Text without the characters that XML does not allow.
fn push_allowed(out: &mut String, text: &str) {
    let is_allowed = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_allowed) {
        out.push_str(text);
    } else {
        out.extend(text.chars().filter(|c| is_allowed(*c)));
    }
}

/// Declares the prefixes that are used and not declared anywhere.
fn with_declared_prefixes(xml: String) -> String {
    let mut missing = Vec::new();
    let mut looked_at = BTreeMap::new();
    for (at, _) in xml.match_indices('<') {
        let name = xml[at + 1..].trim_start_matches('/');
        let end = name
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(name.len());
        let prefix = &name[..end];
        if looked_at.len() >= PREFIXES_MAX || !name[end..].starts_with(':') || prefix.is_empty() {
            continue;
        }
        if looked_at.insert(prefix, ()).is_some() {
            continue;
        }
        if !xml.contains(&format!("xmlns:{prefix}")) && prefix != "xml" {
            missing.push(prefix.to_string());
        }
    }
    let Some(root) = xml.find('<').filter(|_| !missing.is_empty()) else {
        return xml;
    };
    let name_end = xml[root..]
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .map_or(xml.len(), |end| root + end);
    let mut declared = xml[..name_end].to_string();
    for prefix in missing {
        let known = NAMESPACES.iter().find(|(name, _)| *name == prefix);
        let uri = known.map_or(format!("urn:undeclared:{prefix}"), |(_, uri)| {
            uri.to_string()
        });
        declared.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
    }
    declared + &xml[name_end..]
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a>(pub Node<'a, 'a>);

impl<'a> Element<'a> {
    /// Its name with the prefix that we know its namespace by: `media:content`. Elements without a namespace, and those of
    /// `plain`, have none.
    pub fn name(self, plain: &str) -> String {
        let name = self.0.tag_name();
        let Some(uri) = name.namespace() else {
            return name.name().to_string();
        };
        let uri = uri.trim();
        let known = NAMESPACES
            .iter()
            .find(|(_, known)| uri.eq_ignore_ascii_case(known));
        let prefix = match known {
            Some((prefix, _)) => prefix,
            None => self
                .0
                .lookup_prefix(name.namespace().unwrap_or_default())
                .unwrap_or_default(),
        };
        match prefix {
            "" => name.name().to_string(),
            prefix if prefix == plain => name.name().to_string(),
            prefix => format!("{prefix}:{}", name.name()),
        }
    }

    /// The elements in it.
    pub fn children(self) -> impl Iterator<Item = Element<'a>> {
        self.0.children().filter(Node::is_element).map(Element)
    }

    /// All text in it, trimmed; empty text is none.
    pub fn text(self) -> Option<String> {
        let text: String = self
            .0
            .descendants()
            .filter_map(|node| if node.is_text() { node.text() } else { None })
            .collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_string())
    }

    /// An attribute, whatever its namespace; empty ones are none.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.0
            .attributes()
            .find(|attribute| attribute.name() == name)
            .map(|attribute| attribute.value().trim())
            .filter(|value| !value.is_empty())
    }

    /// Where relative addresses in it begin (`xml:base`), `outer` where nothing around it says so.
    pub fn base(self, outer: Option<&str>) -> Option<String> {
        let bases: Vec<&str> = self
            .0
            .ancestors()
            .filter_map(|node| node.attribute(("http://www.w3.org/XML/1998/namespace", "base")))
            .collect();
        let mut base = outer.map(String::from);
        for inner in bases.into_iter().rev() {
            base = Some(html::address::absolute(inner, base.as_deref()));
        }
        base
    }

    /// The language that it or what is around it names (`xml:lang`).
    pub fn language(self) -> Option<String> {
        self.0
            .ancestors()
            .find_map(|node| node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")))
            .map(String::from)
    }

    /// What stands in it, written as HTML.
    pub fn inner_html(self) -> String {
        let mut html = String::new();
        for child in self.0.children() {
            write_html(child, &mut html);
        }
        html
    }
}

fn write_html(node: Node, html: &mut String) {
    if node.is_text() {
        escape(node.text().unwrap_or_default(), html);
    } else if node.is_element() {
        let name = node.tag_name().name().to_ascii_lowercase();
        html.push('<');
        html.push_str(&name);
        for attribute in node.attributes() {
            html.push(' ');
            html.push_str(attribute.name());
            html.push_str("=\"");
            escape(attribute.value(), html);
            html.push('"');
        }
        html.push('>');
        let is_void = matches!(
            name.as_str(),
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "track"
                | "wbr"
        );
        if !is_void {
            for child in node.children() {
                write_html(child, html);
            }
            html.push_str("</");
            html.push_str(&name);
            html.push('>');
        }
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
