//! HTML in one form, so that what means the same is the same: [`canonical`].
//!
//! White space, the order of attributes and percent-encoding mean nothing. What Offprint does on purpose everywhere is undone
//! here, rule by rule, and nowhere else: headings get the levels that Offprint would give them, a figure is the paragraph with the
//! image that it was written as, `<del>` and `<s>` are one, and there are no ids.

use scraper::node::Node;
use scraper::{ElementRef, Html};

/// The canonical form of a fragment.
pub fn canonical(html: &str) -> String {
    let fragment = Html::parse_fragment(html);
    let mut writer = Writer {
        out: String::new(),
        levels: Vec::new(),
    };
    writer.children(fragment.root_element(), false);
    writer.end_text();
    writer.out
}

struct Writer {
    out: String,
    /// The levels of the headings that the next one stands under.
    levels: Vec<u8>,
}

/// White space beside these means nothing.
const BLOCKS: [&str; 24] = [
    "blockquote",
    "br",
    "div",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

impl Writer {
    fn end_text(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
    }

    fn children(&mut self, element: ElementRef, in_pre: bool) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) if in_pre => self.out.push_str(&escaped(text)),
                Node::Text(text) => self.text(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, in_pre);
                    }
                }
                Node::Comment(_) | Node::Document | Node::Fragment | Node::Doctype(_) => {}
                Node::ProcessingInstruction(_) => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !self.out.is_empty() && !self.out.ends_with([' ', '\u{1}']) {
                        self.out.push(' ');
                    }
                }
                c => self.out.push_str(&escaped(c.encode_utf8(&mut [0; 4]))),
            }
        }
    }

    fn element(&mut self, element: ElementRef, in_pre: bool) {
        let mut name = match element.value().name() {
            "del" => "s".to_string(),
            "figure" => return self.figure(element),
            name => name.to_string(),
        };
        // Between parts of a table and of a list nothing but parts means anything.
        if matches!(&*name, "html" | "tbody" | "thead") {
            return self.children(element, in_pre);
        }
        if let Some(given) = name
            .strip_prefix('h')
            .and_then(|level| level.parse::<u8>().ok())
        {
            while self.levels.last().is_some_and(|above| *above >= given) {
                self.levels.pop();
            }
            name = format!("h{}", (2 + self.levels.len()).min(6));
            self.levels.push(given);
        }
        let is_block = BLOCKS.contains(&&*name);
        if is_block {
            self.end_text();
        }
        let mut attributes: Vec<String> = element
            .value()
            .attrs()
            .filter(|(name, _)| !matches!(*name, "id" | "scope"))
            .map(|(name, value)| match name {
                "href" | "src" => format!(" {name}=\"{}\"", escaped(&decoded(value))),
                name => format!(
                    " {name}=\"{}\"",
                    escaped(&value.split_whitespace().collect::<Vec<_>>().join(" "))
                ),
            })
            .collect();
        attributes.sort();
        self.out
            .push_str(&format!("<{name}{}>", attributes.concat()));
        if is_block {
            self.mark_edge();
        }
        self.children(element, in_pre || name == "pre");
        if is_block && name != "pre" {
            self.end_text();
        }
        if !matches!(&*name, "br" | "hr" | "img" | "input") {
            self.out.push_str(&format!("</{name}>"));
            if is_block {
                self.mark_edge();
            }
        }
    }

    /// No space follows here.
    fn mark_edge(&mut self) {
        self.out.push('\u{1}');
    }

    /// `![alt](src "caption")` alone in a paragraph.
    fn figure(&mut self, element: ElementRef) {
        let find = |name: &str| {
            let mut inside = element.descendants().filter_map(ElementRef::wrap);
            inside.find(|element| element.value().name() == name)
        };
        let Some(image) = find("img") else {
            return self.children(element, false);
        };
        self.end_text();
        let attribute = |name: &str| escaped(image.value().attr(name).unwrap_or_default());
        let caption = find("figcaption").map_or(String::new(), |caption| {
            format!(
                " title=\"{}\"",
                escaped(&caption.text().collect::<String>())
            )
        });
        self.out.push_str(&format!(
            "<p>\u{1}<img alt=\"{}\" src=\"{}\"{caption}></p>\u{1}",
            attribute("alt"),
            decoded(&attribute("src"))
        ));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Without percent-encoding: browsers put it in where it is needed.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let digits = behind
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match value {
            Some(value) if byte == b'%' => {
                bytes.push(value);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
