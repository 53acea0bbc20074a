//! Pictures and figures: which of several addresses is the picture, what stands under it, and who made it.

use super::address;
use super::element::{collapsed, describe, has_class};
use super::flow::{self, Flow};
use super::walk::Walk;
use article::{Block, Inline, InlineImage};
use scraper::ElementRef;

/// The attributes that hold the address where pictures are loaded late.
const LATE: [&str; 6] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-orig-file",
    "data-lazy",
    "data-hi-res-src",
];

/// The attributes that hold the same picture in several sizes.
const SETS: [&str; 3] = ["srcset", "data-srcset", "data-lazy-srcset"];

impl Walk<'_> {
    pub(super) fn image(&mut self, flow: &mut Flow, element: ElementRef) {
        if let Some(image) = self.read_image(element, None) {
            flow.inline(Inline::Image(image));
        }
    }

    pub(super) fn picture(&mut self, flow: &mut Flow, element: ElementRef) {
        let inner = element.descendants().filter_map(ElementRef::wrap);
        let sources: Vec<ElementRef> = inner
            .clone()
            .filter(|inner| inner.value().name() == "source")
            .collect();
        let sets = sources.iter().find_map(|source| largest_of(*source));
        for image in inner.filter(|inner| inner.value().name() == "img") {
            if let Some(image) = self.read_image(image, sets) {
                flow.inline(Inline::Image(image));
            }
        }
    }

    /// The picture of an `<img>`; `other` is where else it may be found.
    fn read_image(&mut self, element: ElementRef, other: Option<&str>) -> Option<InlineImage> {
        self.tell_waiting_picture();
        let size = |name: &str| {
            let value = element.attr(name)?.trim();
            value.trim_end_matches("px").parse::<u32>().ok()
        };
        let (width, height) = (size("width"), size("height"));
        if matches!((width, height), (Some(0 | 1), Some(0 | 1))) {
            self.tell(element, "it is too small to be seen, and counts readers");
            return None;
        }
        let own = element
            .attr("src")
            .map(str::trim)
            .filter(|src| !is_stand_in(src));
        let address = own
            .or_else(|| LATE.iter().find_map(|name| element.attr(name)))
            .or_else(|| largest_of(element))
            .or(other);
        let Some(address) = address.map(str::trim).filter(|address| !address.is_empty()) else {
            self.waiting_picture = Some(describe(element));
            return None;
        };
        let Some(src) = address::image(address, self.base) else {
            let alt = collapsed(element.attr("alt").unwrap_or_default());
            let what = [describe(element), alt].join(" ");
            self.losses
                .tell(self.place, &what, "the address is not that of a picture");
            return None;
        };
        let text = |name: &str| collapsed(element.attr(name).unwrap_or_default());
        let alt = text("alt");
        let title = Some(text("title")).filter(|title| !title.is_empty() && *title != alt);
        Some(InlineImage {
            src,
            alt,
            title,
            width: width.filter(|width| *width > 0),
            height: height.filter(|height| *height > 0),
        })
    }

    /// A picture without an address that was not found in a `<noscript>` either.
    pub(super) fn tell_waiting_picture(&mut self) {
        if let Some(what) = self.waiting_picture.take() {
            self.losses.tell(
                self.place,
                &what,
                "it has no address, only a stand-in for one",
            );
        }
    }

    /// The same again for browsers without scripts: pictures that stood before it already are left out.
    pub(super) fn noscript(&mut self, flow: &mut Flow, element: ElementRef) {
        let holds_image = |element: &ElementRef| {
            element.value().name() == "img"
                || element
                    .descendants()
                    .filter_map(ElementRef::wrap)
                    .any(|inner| inner.value().name() == "img")
        };
        let is_copy = element
            .prev_siblings()
            .find_map(ElementRef::wrap)
            .is_some_and(|before| holds_image(&before));
        if !holds_image(&element) || !is_copy {
            return self.children(flow, *element);
        }
        if self.waiting_picture.take().is_some() {
            self.children(flow, *element);
        }
    }

    pub(super) fn figure(&mut self, flow: &mut Flow, element: ElementRef) {
        let mut parts = Parts::default();
        find_parts(element, &mut parts);
        flow.end_paragraph();
        let mut inner = Flow::within(flow);
        self.figure_children(&mut inner, element, &parts);
        let mut blocks = inner.into_blocks();
        let mut caption = Vec::new();
        for part in &parts.captions {
            self.caption(flow, *part, &parts, &mut caption);
        }
        let mut credit = Vec::new();
        for part in &parts.credits {
            let blocks = self.blocks_of(flow, *part);
            join(&mut credit, blocks);
        }
        if let [Block::Paragraph(line)] = blocks.as_slice()
            && let [
                Inline::Link {
                    target, content, ..
                },
            ] = line.as_slice()
            && let [Inline::Image(image)] = content.as_slice()
        {
            let what = format!("the link to {} around a picture", target.as_str());
            self.losses
                .tell(self.place, &what, "a figure of the format is no link");
            blocks = vec![flow::figure(image.clone())];
        }
        blocks = blocks.into_iter().flat_map(apart).collect();
        match blocks.as_mut_slice() {
            [
                Block::Figure {
                    image,
                    caption: title,
                    credit: made_by,
                },
            ] => {
                if !caption.is_empty() {
                    keep_title(image, title);
                    *title = caption;
                }
                *made_by = credit;
            }
            // A table, code or several pictures: what stands under them is a paragraph.
            _ => {
                for line in [caption, credit] {
                    if !line.is_empty() {
                        blocks.push(Block::Paragraph(line));
                    }
                }
            }
        }
        for block in blocks {
            flow.block(block);
        }
    }

    /// Everything in a figure but what stands under it.
    fn figure_children(&mut self, flow: &mut Flow, element: ElementRef, parts: &Parts) {
        for child in element.children() {
            match ElementRef::wrap(child) {
                Some(inner) if parts.has(inner) => {}
                Some(inner) if parts.is_around(inner) => {
                    self.around(flow, |walk, flow| walk.figure_children(flow, inner, parts))
                }
                _ => self.node(flow, child),
            }
        }
    }

    /// A caption without the credit that stands in it.
    fn caption(
        &mut self,
        flow: &Flow,
        element: ElementRef,
        parts: &Parts,
        caption: &mut Vec<Inline>,
    ) {
        let mut inner = Flow::within(flow);
        self.figure_children(&mut inner, element, parts);
        join(caption, inner.into_blocks());
    }
}

/// Pictures that stand side by side in a figure, each for itself.
fn apart(block: Block) -> Vec<Block> {
    let is_picture = |piece: &Inline| match piece {
        Inline::Image(_) | Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    match block {
        Block::Paragraph(line) if line.iter().all(is_picture) => line
            .into_iter()
            .filter_map(|piece| match piece {
                Inline::Image(image) => Some(flow::figure(image)),
                _ => None,
            })
            .collect(),
        block => vec![block],
    }
}

/// A picture's tooltip, where a caption takes its place.
fn keep_title(image: &mut InlineImage, title: &[Inline]) {
    if image.alt.is_empty() {
        image.alt = article::inline_text(title);
    }
}

/// A figure has so many captions and credits at most; further ones are content. Each is looked for again in all of the
/// figure.
const PARTS_MAX: usize = 8;

/// What stands under a picture.
#[derive(Default)]
struct Parts<'a> {
    captions: Vec<ElementRef<'a>>,
    credits: Vec<ElementRef<'a>>,
}

impl<'a> Parts<'a> {
    fn has(&self, element: ElementRef<'a>) -> bool {
        self.captions.contains(&element) || self.credits.contains(&element)
    }

    /// Whether a part stands somewhere in an element.
    fn is_around(&self, element: ElementRef<'a>) -> bool {
        let all = self.captions.iter().chain(&self.credits);
        all.into_iter()
            .any(|part| part.ancestors().any(|outer| outer.id() == element.id()))
    }
}

fn find_parts<'a>(element: ElementRef<'a>, parts: &mut Parts<'a>) {
    for child in element.child_elements() {
        if parts.captions.len() + parts.credits.len() >= PARTS_MAX {
            return;
        }
        let is_caption =
            child.value().name() == "figcaption" || has_class(child, "wp-caption-text");
        let is_in_caption = parts
            .captions
            .last()
            .is_some_and(|caption| child.ancestors().any(|outer| outer.id() == caption.id()));
        if is_credit(child, is_in_caption) {
            parts.credits.push(child);
        } else if child.value().name() != "figure" {
            if is_caption {
                parts.captions.push(child);
            }
            find_parts(child, parts);
        }
    }
}

/// Whether an element names who made a picture.
fn is_credit(element: ElementRef, is_in_caption: bool) -> bool {
    let names = |class: &str| {
        let class = class.to_ascii_lowercase();
        class.contains("credit") || class.contains("copyright")
    };
    // A caption may cite a work in its text; who made the picture stands at its end.
    let is_last = || {
        element.next_siblings().all(|node| match node.value() {
            scraper::Node::Text(text) => text.trim().is_empty(),
            scraper::Node::Element(_) => false,
            _ => true,
        }) && element.prev_siblings().next().is_some()
    };
    element.value().classes().any(names)
        || is_in_caption && matches!(element.value().name(), "small" | "cite") && is_last()
}

/// Blocks as running text, with a line break between them.
pub(super) fn join(line: &mut Vec<Inline>, blocks: Vec<Block>) {
    for piece in super::table::flat(blocks) {
        if line.is_empty() && piece == Inline::Break {
            continue;
        }
        flow::push(line, piece);
    }
}

/// An address that is only there until the real one is loaded.
fn is_stand_in(src: &str) -> bool {
    let src = src.to_ascii_lowercase();
    let file = src.split(['?', '#']).next().unwrap_or_default();
    let file = file.rsplit('/').next().unwrap_or_default();
    src.is_empty()
        || src.starts_with("data:image/gif")
        || src.starts_with("data:image/svg")
        || src.starts_with("data:") && src.len() < 300
        || matches!(src.as_str(), "about:blank" | "#")
        || [
            "blank.gif",
            "spacer.gif",
            "transparent.gif",
            "pixel.gif",
            "1x1",
            "placeholder",
            "lazyload",
            "lazy_placeholder",
            "grey.gif",
        ]
        .iter()
        .any(|name| file.contains(name))
}

/// The largest picture of a `srcset`.
fn largest_of<'a>(element: ElementRef<'a>) -> Option<&'a str> {
    let set = SETS
        .iter()
        .find_map(|name| element.attr(name).filter(|set| !set.trim().is_empty()))?;
    candidates(set)
        .into_iter()
        .filter(|(src, _)| !is_stand_in(src))
        // Of several alike the first.
        .fold(None, |best: Option<(&str, f64)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
        .map(|(src, _)| src)
}

/// The pictures of a `srcset`, each with its width or density. Addresses may hold commas: they end at white space.
pub fn candidates(set: &str) -> Vec<(&str, f64)> {
    let mut found = Vec::new();
    let mut rest = set.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let (src, behind) = rest.split_at(end);
        let (descriptor, behind) = match src.strip_suffix(',') {
            Some(_) => ("", behind),
            None => behind.split_once(',').unwrap_or((behind, "")),
        };
        let size = descriptor.trim().trim_end_matches(['w', 'x', 'h']);
        found.push((src.trim_end_matches(','), size.parse().unwrap_or(1.0)));
        rest = behind.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    }
    found
}
