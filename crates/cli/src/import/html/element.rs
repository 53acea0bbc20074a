//! Looking at single elements: [`describe`], [`text_of`], [`is_block`].

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

/// An element's tag with the attribute that tells it from others.
pub(in crate::import) fn describe(element: ElementRef) -> String {
    let name = element.value().name();
    let attribute = [
        "src", "data-src", "href", "data", "type", "name", "id", "class",
    ]
    .iter()
    .find_map(|name| Some((name, element.attr(name).filter(|value| !value.is_empty())?)));
    match attribute {
        Some((attribute, value)) => format!("<{name} {attribute}=\"{value}\">"),
        None => format!("<{name}>"),
    }
}

/// All text in a node, but for what only programs read.
pub(in crate::import) fn text_of(node: NodeRef<'_, Node>) -> String {
    let mut text = String::new();
    collect_text(node, &mut text);
    text
}

fn collect_text(node: NodeRef<'_, Node>, text: &mut String) {
    match node.value() {
        Node::Text(part) => text.push_str(part),
        Node::Element(element) => match element.name() {
            "script" | "style" | "template" | "head" => {}
            "br" => text.push('\n'),
            name => {
                let is_apart = is_block(name)
                    || matches!(name, "li" | "td" | "th" | "text" | "title" | "desc");
                if is_apart {
                    text.push(' ');
                }
                node.children().for_each(|child| collect_text(child, text));
                if is_apart {
                    text.push(' ');
                }
            }
        },
        _ => node.children().for_each(|child| collect_text(child, text)),
    }
}

/// White space as single spaces.
pub(super) fn collapsed(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn has_class(element: ElementRef, class: &str) -> bool {
    element.value().classes().any(|name| name == class)
}

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "noframes"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "frameset"
            | "caption"
    )
}
