//! Elements → blocks and running text, by a list of what is known: [`Walk`].
//!
//! An element that is not on the list is looked through: its text stays. What has no place in the tree is told to
//! [`Losses`], once for each element, or counted and told at the end where pages have dozens of them.

use super::element::{collapsed, describe, has_class, is_block, text_of};
use super::flow::{Flow, Wrap};
use super::{Losses, address};
use article::{Block, Inline, Mark};
use ego_tree::NodeRef;
use scraper::{ElementRef, Node};
use std::collections::BTreeMap;

/// Lists and quotations may stand this deep in one another: the tree has a limit of 32, and each level takes two or three.
const DEPTH_MAX: u32 = 9;

/// Going through the elements of a fragment.
pub(super) struct Walk<'a> {
    pub(super) base: Option<&'a str>,
    pub(super) place: &'a str,
    pub(super) losses: &'a mut Losses,
    /// How often something was met that is told once: what, and why it is not kept.
    counts: BTreeMap<(&'static str, &'static str), u32>,
    depth: u32,
    /// Elements that are left out with all their text: the furniture of a page.
    pub(super) left_out: &'static [&'static str],
    /// A picture whose address is a stand-in, and which may stand once more in the `<noscript>` behind it.
    pub(super) waiting_picture: Option<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(place: &'a str, base: Option<&'a str>, losses: &'a mut Losses) -> Walk<'a> {
        Walk {
            base,
            place,
            losses,
            counts: BTreeMap::new(),
            depth: 0,
            left_out: &[],
            waiting_picture: None,
        }
    }

    /// Tells what was counted.
    pub(super) fn finish(mut self) {
        self.tell_waiting_picture();
        for ((what, why), count) in std::mem::take(&mut self.counts) {
            let what = match count {
                1 => format!("1 {what}"),
                count => format!("{count} {what}s"),
            };
            self.losses.tell(self.place, &what, why);
        }
    }

    pub(super) fn tell(&mut self, element: ElementRef, why: &str) {
        self.losses.tell(self.place, &describe(element), why);
    }

    /// Notes something that is told once for all of its kind.
    pub(super) fn count(&mut self, what: &'static str, why: &'static str) {
        *self.counts.entry((what, why)).or_default() += 1;
    }

    pub(super) fn children(&mut self, flow: &mut Flow, node: NodeRef<'_, Node>) {
        for child in node.children() {
            self.node(flow, child);
        }
    }

    /// What stands in an element, as blocks of its own.
    pub(super) fn blocks_of(&mut self, flow: &Flow, element: ElementRef) -> Vec<Block> {
        let mut inner = Flow::within(flow);
        self.children(&mut inner, *element);
        inner.into_blocks()
    }

    pub(super) fn node(&mut self, flow: &mut Flow, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => flow.text(text),
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    self.element(flow, element);
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, flow: &mut Flow, element: ElementRef) {
        let name = element.value().name();
        if self.is_hidden(element) || self.is_left_out(element) {
            return;
        }
        self.look_at_style(element);
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => self.marked(flow, element, Mark::Emphasis),
            "strong" | "b" => self.marked(flow, element, Mark::Strong),
            "s" | "strike" | "del" => self.marked(flow, element, Mark::Strike),
            "sub" => self.marked(flow, element, Mark::Subscript),
            "sup" => self.marked(flow, element, Mark::Superscript),
            "kbd" => self.marked(flow, element, Mark::Keyboard),
            "mark" => self.marked(flow, element, Mark::Highlight),
            "code" | "samp" | "tt" => self.wrapped(flow, element, Wrap::Code),
            "abbr" | "acronym" => match element.attr("title").map(str::trim) {
                Some(title) if !title.is_empty() => {
                    self.wrapped(flow, element, Wrap::Abbreviation(title.to_string()))
                }
                _ => self.children(flow, *element),
            },
            "a" => self.link(flow, element),
            "q" => {
                flow.text("“");
                self.children(flow, *element);
                flow.text("”");
            }
            "u" | "ins" => {
                self.count(
                    "underlined text",
                    "Markdown has no underline; the text is kept",
                );
                self.children(flow, *element);
            }
            "rt" => {
                flow.text("(");
                self.children(flow, *element);
                flow.text(")");
            }
            // The brackets around the reading are written by us.
            "rp" => {}
            "br" => flow.line_break(),
            "wbr" | "area" | "col" | "colgroup" | "source" | "track" | "param" => {}
            "img" | "image" => self.image(flow, element),
            "picture" => self.picture(flow, element),
            "noscript" => self.noscript(flow, element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(flow, element),
            "ul" | "ol" | "menu" | "dir" => self.list(flow, element),
            "dl" => self.around(flow, |walk, flow| walk.definitions(flow, element)),
            "blockquote" => self.quote(flow, element),
            "pre" | "listing" | "xmp" | "plaintext" => self.code(flow, element),
            "table" => self.table(flow, element),
            "figure" => self.figure(flow, element),
            "div" if has_class(element, "wp-caption") => self.figure(flow, element),
            "hr" => flow.block(Block::Rule),
            "summary" => self.around(flow, |walk, flow| walk.marked(flow, element, Mark::Strong)),
            "script" | "style" | "template" => self.silent(element),
            "meta" | "link" | "base" => {}
            // Where a fragment begins with one of these, the parser makes a head of it.
            "head" => self.children(flow, *element),
            "title" => {
                let what = format!("<title> {}", collapsed(&text_of(*element)));
                self.losses
                    .tell(self.place, &what, "the title is a field of its own");
            }
            "iframe" | "embed" | "object" | "video" | "audio" | "applet" | "frame" | "bgsound" => {
                self.embedded(flow, element)
            }
            "input" | "select" | "textarea" | "button" | "datalist" | "output" | "progress"
            | "meter" | "keygen" => self.control(flow, element),
            "svg" => self.drawing(flow, element),
            "math" => self.formula(flow, element),
            _ if is_block(name) => self.around(flow, |walk, flow| walk.children(flow, *element)),
            _ => self.children(flow, *element),
        }
    }

    /// Something that stands in a paragraph, or several, of its own.
    pub(super) fn around(&mut self, flow: &mut Flow, write: impl FnOnce(&mut Self, &mut Flow)) {
        flow.end_paragraph();
        write(self, flow);
        flow.end_paragraph();
    }

    /// Goes one level deeper, if the tree goes so deep; else what is in there stays on this level.
    pub(super) fn deeper<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEPTH_MAX {
            self.count(
                "list or quotation that stands too deep in other",
                "the format has 32 levels; the text is kept",
            );
            return None;
        }
        self.depth += 1;
        let written = write(self);
        self.depth -= 1;
        Some(written)
    }

    pub(super) fn marked(&mut self, flow: &mut Flow, element: ElementRef, mark: Mark) {
        self.wrapped(flow, element, Wrap::Mark(mark));
    }

    fn wrapped(&mut self, flow: &mut Flow, element: ElementRef, wrap: Wrap) {
        if flow.has_open(&wrap) {
            return self.children(flow, *element);
        }
        flow.open(wrap);
        self.children(flow, *element);
        flow.close();
    }

    fn link(&mut self, flow: &mut Flow, element: ElementRef) {
        let Some(href) = element.attr("href").filter(|_| !flow.is_in_link()) else {
            return self.children(flow, *element);
        };
        let target = match href.trim() {
            "" => None,
            href if href.starts_with('#') && self.base.is_none() => {
                self.count(
                    "link within the page",
                    "its target has no name in the collection; the text is kept",
                );
                None
            }
            href => {
                let target = address::link(href, self.base);
                if target.is_none() {
                    self.tell(element, "the address is not safe; the text is kept");
                }
                target
            }
        };
        let Some(target) = target else {
            return self.children(flow, *element);
        };
        let title = element
            .attr("title")
            .map(collapsed)
            .filter(|title| !title.is_empty());
        self.wrapped(flow, element, Wrap::Link { target, title });
    }

    fn is_hidden(&mut self, element: ElementRef) -> bool {
        let is_picture = matches!(element.value().name(), "img" | "picture" | "figure");
        let is_hidden = element
            .attr("hidden")
            .is_some_and(|how| how != "until-found")
            || element.attr("style").is_some_and(|style| {
                let style: String = style.split_whitespace().collect();
                style.to_ascii_lowercase().contains("display:none")
            });
        if !is_hidden || is_picture {
            return false;
        }
        let text = collapsed(&text_of(*element));
        if !text.is_empty() {
            let what = format!("{} {text}", describe(element));
            self.losses
                .tell(self.place, &what, "it is hidden on its page");
        }
        true
    }

    fn is_left_out(&mut self, element: ElementRef) -> bool {
        let is_left_out = self.left_out.contains(&element.value().name());
        if is_left_out {
            let what = format!("{} {}", describe(element), collapsed(&text_of(*element)));
            self.losses.tell(
                self.place,
                &what,
                "it belongs to the page around the article",
            );
        }
        is_left_out
    }

    fn look_at_style(&mut self, element: ElementRef) {
        if element.attr("style").is_some() {
            self.count("style attribute", "looks are the reader's");
        }
    }

    fn silent(&mut self, element: ElementRef) {
        // Data is not lost: the importers that know it read it.
        if element
            .attr("type")
            .is_some_and(|kind| kind.contains("json"))
        {
            return;
        }
        self.tell(element, "nothing runs or styles itself in an article");
    }

    fn control(&mut self, flow: &mut Flow, element: ElementRef) {
        let kind = element.attr("type").unwrap_or_default();
        if kind.eq_ignore_ascii_case("checkbox") && flow.is_item_start && flow.checked.is_none() {
            flow.checked = Some(element.attr("checked").is_some());
            return;
        }
        if kind.eq_ignore_ascii_case("hidden") {
            return;
        }
        let text = collapsed(&text_of(*element));
        let what = [describe(element), text].join(" ");
        self.losses
            .tell(self.place, &what, "an article has no forms");
    }

    fn drawing(&mut self, flow: &mut Flow, element: ElementRef) {
        self.tell(element, "drawings need to be image files; its text is kept");
        let text = collapsed(&text_of(*element));
        if !text.is_empty() {
            flow.text(" ");
            flow.text(&text);
            flow.text(" ");
        }
    }

    fn formula(&mut self, flow: &mut Flow, element: ElementRef) {
        self.tell(element, "the format has no formulas; its text is kept");
        let source = element
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|inner| inner.value().name() == "annotation");
        match source {
            Some(source) => flow.inline(Inline::Code(collapsed(&text_of(*source)))),
            None => flow.text(&text_of(*element)),
        }
    }
}
