//! The elements of HTML that are read into the tree: [`Element::named`]. What is not here is shown as text.

use super::tree::Mark;

/// What an element means.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Element {
    Mark(Mark),
    Code,
    Abbreviation,
    Link,
    Image,
    Break,
    Rule,
    Paragraph,
    Heading(u8),
    Quote,
    Pre,
    List {
        is_ordered: bool,
    },
    Item,
    Table,
    TableCaption,
    Row,
    Cell {
        is_head: bool,
    },
    Figure,
    Caption,
    /// In a caption: who made the picture.
    Credit(Option<Mark>),
    /// The term of a definition.
    Term,
    /// Nothing of its own, but a new paragraph before and behind it.
    Division,
    /// Nothing of its own.
    Span,
}

impl Element {
    /// The element of a name in lower case.
    pub(crate) fn named(name: &str) -> Option<Element> {
        Some(match name {
            "em" | "i" | "dfn" | "var" => Element::Mark(Mark::Emphasis),
            "strong" | "b" => Element::Mark(Mark::Strong),
            "s" | "strike" | "del" => Element::Mark(Mark::Strike),
            "sub" => Element::Mark(Mark::Subscript),
            "sup" => Element::Mark(Mark::Superscript),
            "kbd" => Element::Mark(Mark::Keyboard),
            "mark" => Element::Mark(Mark::Highlight),
            "code" | "tt" | "samp" => Element::Code,
            "abbr" | "acronym" => Element::Abbreviation,
            "a" => Element::Link,
            "img" => Element::Image,
            "br" => Element::Break,
            "hr" => Element::Rule,
            "p" | "dd" => Element::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Element::Heading(name.as_bytes()[1] - b'0'),
            "blockquote" => Element::Quote,
            "pre" => Element::Pre,
            "ul" => Element::List { is_ordered: false },
            "ol" => Element::List { is_ordered: true },
            "li" => Element::Item,
            "table" => Element::Table,
            "caption" => Element::TableCaption,
            "tr" => Element::Row,
            "td" => Element::Cell { is_head: false },
            "th" => Element::Cell { is_head: true },
            "figure" => Element::Figure,
            "figcaption" => Element::Caption,
            "small" => Element::Credit(None),
            "cite" => Element::Credit(Some(Mark::Emphasis)),
            "dt" => Element::Term,
            "address" | "article" | "aside" | "center" | "details" | "div" | "dl" | "footer"
            | "header" | "main" | "section" | "summary" => Element::Division,
            "bdi" | "bdo" | "big" | "col" | "colgroup" | "data" | "font" | "ins" | "label"
            | "nobr" | "picture" | "q" | "span" | "tbody" | "tfoot" | "thead" | "time" | "u"
            | "wbr" => Element::Span,
            _ => return None,
        })
    }

    /// Its end closes what is still open in it, as far as that ranks no higher: `</li>` a paragraph, but `</b>` no cell.
    pub(super) fn rank(self) -> u8 {
        match self {
            Element::Table => 6,
            Element::Row => 5,
            Element::Cell { .. } | Element::TableCaption => 4,
            Element::List { .. } | Element::Quote | Element::Figure | Element::Pre => 3,
            Element::Item | Element::Caption => 2,
            Element::Paragraph | Element::Heading(_) | Element::Term => 1,
            _ => 0,
        }
    }
}
