//! Headings, lists, definitions, quotations and code.

use super::element::{collapsed, describe, has_class};
use super::flow::{self, Flow};
use super::walk::Walk;
use article::{Block, Inline, Item, Mark};
use scraper::{ElementRef, Node};

impl Walk<'_> {
    pub(super) fn heading(&mut self, flow: &mut Flow, element: ElementRef) {
        let level = element.value().name().as_bytes()[1] - b'0';
        flow.end_paragraph();
        let mut content = Vec::new();
        for block in self.blocks_of(flow, element) {
            match block {
                Block::Paragraph(line) | Block::Heading { content: line, .. } => {
                    if !content.is_empty() {
                        flow::push(&mut content, Inline::Text(" ".to_string()));
                    }
                    for piece in line {
                        let piece = match piece {
                            Inline::Break => Inline::Text(" ".to_string()),
                            piece => piece,
                        };
                        flow::push(&mut content, piece);
                    }
                }
                // A heading has no place for a picture or a list: it stands before it.
                block => flow.block(block),
            }
        }
        if !content.is_empty() {
            flow.block(Block::Heading {
                level,
                id: String::new(),
                content,
            });
        }
    }

    pub(super) fn list(&mut self, flow: &mut Flow, element: ElementRef) {
        flow.end_paragraph();
        let is_ordered = element.value().name() == "ol";
        for name in ["reversed", "type"] {
            if is_ordered && element.attr(name).is_some_and(|kind| kind != "1") {
                self.count(
                    "way of numbering a list",
                    "the format has numbers that go up; the items are kept",
                );
            }
        }
        let items = self.deeper(|walk| walk.items(flow, element));
        let Some((items, tight)) = items else {
            return self.children(flow, *element);
        };
        if items.is_empty() {
            return;
        }
        let start = element
            .attr("start")
            .and_then(|start| start.trim().parse().ok());
        flow.block(Block::List {
            start: is_ordered.then(|| start.unwrap_or(1)),
            tight,
            items,
        });
    }

    /// The items of a list, and whether none of them has paragraphs of its own.
    fn items(&mut self, flow: &Flow, list: ElementRef) -> (Vec<Item>, bool) {
        let mut items: Vec<Item> = Vec::new();
        let mut tight = true;
        for child in list.children() {
            let element = ElementRef::wrap(child);
            let is_item = element.is_some_and(|element| element.value().name() == "li");
            let mut inner = Flow::within(flow);
            inner.is_item_start = is_item;
            match element {
                Some(element) if is_item => {
                    tight &= !element
                        .child_elements()
                        .any(|child| child.value().name() == "p");
                    self.children(&mut inner, *element);
                }
                _ => self.node(&mut inner, child),
            }
            let checked = inner.checked;
            let blocks = inner.into_blocks();
            if blocks.is_empty() && checked.is_none() {
                continue;
            }
            match items.last_mut() {
                // A list that stands in a list and in no item of it belongs to the item before it.
                Some(last) if !is_item => last.blocks.extend(blocks),
                _ => items.push(Item { checked, blocks }),
            }
        }
        (items, tight)
    }

    pub(super) fn definitions(&mut self, flow: &mut Flow, list: ElementRef) {
        for child in list.children() {
            match ElementRef::wrap(child) {
                Some(element) if element.value().name() == "dt" => {
                    flow.end_paragraph();
                    self.marked(flow, element, Mark::Strong);
                    flow.end_paragraph();
                }
                Some(element) if element.value().name() == "div" => self.definitions(flow, element),
                _ => self.node(flow, child),
            }
        }
    }

    pub(super) fn quote(&mut self, flow: &mut Flow, element: ElementRef) {
        flow.end_paragraph();
        if let Some(cite) = element.attr("cite").filter(|cite| !cite.trim().is_empty()) {
            self.losses.tell(
                self.place,
                &format!("the attribute cite=\"{cite}\" of a <blockquote>"),
                "the format has no place for it; the quotation is kept",
            );
        }
        match self.deeper(|walk| walk.blocks_of(flow, element)) {
            Some(blocks) if blocks.is_empty() => {}
            Some(blocks) => flow.block(Block::Quote(blocks)),
            None => self.around(flow, |walk, flow| walk.children(flow, *element)),
        }
    }

    pub(super) fn code(&mut self, flow: &mut Flow, element: ElementRef) {
        let mut text = String::new();
        self.preformatted(element, &mut text);
        // Verse and addresses are set in `<pre>` too, but nothing tells them from code.
        let text = text.trim_start_matches('\n').trim_end();
        if text.is_empty() {
            return;
        }
        let inner = element
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|inner| inner.value().name() == "code");
        let language = [
            Some(element),
            inner,
            element.parent().and_then(ElementRef::wrap),
        ]
        .into_iter()
        .flatten()
        .find_map(language);
        flow.block(Block::Code {
            language,
            text: format!("{text}\n"),
        });
    }

    /// Text as it stands.
    fn preformatted(&mut self, element: ElementRef, text: &mut String) {
        for child in element.children() {
            match child.value() {
                Node::Text(part) => text.push_str(part),
                Node::Element(inner) => {
                    let Some(element) = ElementRef::wrap(child) else {
                        continue;
                    };
                    match inner.name() {
                        "br" => text.push('\n'),
                        "script" | "style" => {}
                        "img" => self.tell(element, "code blocks have no pictures"),
                        "a" => {
                            self.count(
                                "link in code",
                                "code blocks have no links; the text is kept",
                            );
                            self.preformatted(element, text);
                        }
                        "div" | "p" | "li" | "tr" => {
                            if !text.is_empty() && !text.ends_with('\n') {
                                text.push('\n');
                            }
                            self.preformatted(element, text);
                        }
                        _ => self.preformatted(element, text),
                    }
                }
                _ => {}
            }
        }
    }
}

/// The language that a class or attribute names.
fn language(element: ElementRef) -> Option<String> {
    const PREFIXES: [&str; 4] = ["language-", "lang-", "highlight-source-", "brush:"];
    let class = element.value().classes().find_map(|class| {
        PREFIXES
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix))
    });
    let is_marked_up = has_class(element, "highlight") || element.value().name() == "code";
    let name = class
        .or_else(|| element.attr("data-lang"))
        .or_else(|| element.attr("data-language"))
        .or_else(|| element.attr("lang").filter(|_| is_marked_up))?
        .to_ascii_lowercase();
    let is_name = (1..=32).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'#' | b'-'));
    is_name.then_some(name)
}

impl Walk<'_> {
    /// Something that is shown by another program: it becomes a link.
    pub(super) fn embedded(&mut self, flow: &mut Flow, element: ElementRef) {
        let name = element.value().name();
        let own = ["src", "data-src", "data-lazy-src", "data"]
            .iter()
            .find_map(|name| element.attr(name));
        let source = own.filter(|own| !own.trim().is_empty()).or_else(|| {
            let inner = element.descendants().filter_map(ElementRef::wrap);
            inner
                .filter(|inner| inner.value().name() == "source")
                .find_map(|source| source.attr("src"))
        });
        let target = source.and_then(|source| super::address::link(source, self.base));
        let host = target.as_ref().and_then(|target| {
            let url = url::Url::parse(target.as_str()).ok()?;
            Some(url.host_str()?.trim_start_matches("www.").to_string())
        });
        let is_video = |host: &str| {
            ["youtube", "youtu.be", "vimeo", "dailymotion", "video"]
                .iter()
                .any(|name| host.contains(name))
        };
        let label = match (name, host.as_deref()) {
            ("video", _) => "Video",
            ("audio" | "bgsound", _) => "Audio",
            (_, Some(host)) if is_video(host) => "Video",
            _ => "Embedded",
        };
        let size = |name: &str| {
            element
                .attr(name)
                .map(str::trim)
                .map(|size| size.trim_end_matches("px"))
        };
        let is_unseen = ["width", "height"]
            .iter()
            .all(|name| matches!(size(name), Some("0" | "1")));
        match target.filter(|_| !is_unseen) {
            Some(target) => {
                self.tell(
                    element,
                    "an article runs no other programs; a link to it is kept",
                );
                let text = match (element.attr("title").map(collapsed), host) {
                    (Some(title), _) if !title.is_empty() => format!("{label}: {title}"),
                    (_, Some(host)) => format!("{label}: {host}"),
                    (_, None) => label.to_string(),
                };
                let text = Inline::Text(text);
                let link = match flow.is_in_link() {
                    true => text,
                    false => Inline::Link {
                        target,
                        title: None,
                        content: vec![text],
                    },
                };
                flow.end_paragraph();
                flow.inline(link);
                flow.end_paragraph();
            }
            None if is_unseen => self.tell(element, "it is too small to be seen"),
            None => self.tell(
                element,
                "an article runs no other programs, and it has no safe address",
            ),
        }
        // What stands in these is for programs that cannot show them; in a video, it says just that.
        match name {
            "object" | "applet" => self.around(flow, |walk, flow| walk.children(flow, *element)),
            "video" | "audio" => {
                let text = collapsed(&super::element::text_of(*element));
                if !text.is_empty() {
                    let what = format!("the text in {}: {text}", describe(element));
                    self.losses
                        .tell(self.place, &what, "it stands for what cannot be played");
                }
            }
            _ => {}
        }
    }
}
