//! The elements of a text: [`Elements::blocks`] makes blocks of the content tree of them.
//!
//! What cannot stand on a page without scripts of others (videos, embeds, posts) becomes a link, and is reported.

use super::super::blocks::{self, link, link_in_place, paragraph};
use super::super::html;
use super::super::sections;
use super::super::{Correction, Losses, dates};
use super::picture::picture;
use super::story::{REFERENCE, text};
use article::{Block, Inline, Item, Mark};
use serde_json::Value;

pub(super) struct Elements<'a> {
    base: Option<&'a str>,
    losses: &'a mut Losses,
    corrections: Vec<Correction>,
    depth: u32,
}

/// Elements may hold elements this deep.
const DEPTH_MAX: u32 = 32;

impl<'a> Elements<'a> {
    pub(super) fn new(base: Option<&'a str>, losses: &'a mut Losses) -> Elements<'a> {
        Elements {
            base,
            losses,
            corrections: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn into_corrections(self) -> Vec<Correction> {
        self.corrections
    }

    /// The blocks of a list of elements.
    pub(super) fn blocks(&mut self, list: &[Value], place: &str) -> Vec<Block> {
        if self.depth == DEPTH_MAX {
            self.losses
                .tell(place, "its elements", "elements are nested too deep");
            return Vec::new();
        }
        self.depth += 1;
        let blocks = list
            .iter()
            .enumerate()
            .flat_map(|(ix, element)| self.element(element, &format!("{place}[{ix}]")))
            .collect();
        self.depth -= 1;
        blocks
    }

    fn element(&mut self, element: &Value, place: &str) -> Vec<Block> {
        let content = text(&element["content"]).unwrap_or_default();
        match text(&element["type"]).unwrap_or_default() {
            "text" | "raw_html" => self.html(content, place),
            "header" => {
                let level = element["level"].as_u64().unwrap_or(2).clamp(1, 6) as u8;
                let content = self.inlines(content, place);
                match content.is_empty() {
                    true => Vec::new(),
                    // Levels are the section splitter's: 1 stands above 2.
                    false => vec![Block::Heading {
                        level,
                        id: String::new(),
                        content,
                    }],
                }
            }
            "list" | "list_element" => vec![self.list(element, place)],
            "quote" | "blockquote" | "pullquote" => vec![self.quote(element, content, place)],
            "code" => vec![Block::Code {
                language: text(&element["language"]).map(str::to_lowercase),
                text: [content.trim_end_matches('\n'), "\n"].concat(),
            }],
            "table" => self.table(element, place),
            "image" => picture(element, place, self.base, self.losses).into_blocks(
                place,
                self.base,
                self.losses,
            ),
            "gallery" | "element_group" | "story" => self.group(element, place),
            "video" | "audio" => {
                let mut blocks = self.media(element, &format!("{place}."));
                if let Some(description) = text(&element["description"]["basic"]) {
                    blocks.extend(self.html(description, &format!("{place}.description.basic")));
                }
                blocks
            }
            "link_list" => self.link_list(element, place),
            "interstitial_link" => vec![Block::Paragraph(self.link(element, place))],
            "correction" => {
                self.correction(element, place);
                Vec::new()
            }
            "divider" => vec![Block::Rule],
            "numeric_rating" => {
                let number = |name: &str| match &element[name] {
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                };
                let rating = [number("numeric_rating"), number("max")];
                let rating: Vec<String> = rating.into_iter().flatten().collect();
                let units = text(&element["units"]).unwrap_or_default();
                vec![paragraph(
                    [&rating.join(" / "), " ", units].concat().trim_end(),
                )]
            }
            "endorsement" => text(&element["endorsement"])
                .map(paragraph)
                .into_iter()
                .collect(),
            "reference" => {
                let id = text(&element["referent"]["id"]).unwrap_or_default();
                let what = format!("a reference to {id}");
                self.losses.tell(place, &what, REFERENCE);
                link_in_place(id, "", self.base)
                    .filter(|_| id.contains("://"))
                    .into_iter()
                    .collect()
            }
            "oembed_response" => self.oembed(element, place),
            "custom_embed" => {
                let embed = &element["embed"];
                let url = text(&embed["url"]).unwrap_or_default();
                let kind = text(&element["subtype"]).unwrap_or("unknown");
                let what = format!(
                    "an embed of type {kind} ({})",
                    text(&embed["id"]).unwrap_or(url)
                );
                self.losses.tell(place, &what, IN_PLACE);
                link_in_place(url, "", self.base).into_iter().collect()
            }
            kind => {
                let what = format!(
                    "an element of type {}",
                    if kind.is_empty() { "unknown" } else { kind }
                );
                let mut blocks = self.html(content, place);
                blocks.extend(self.group(element, place));
                let why = match blocks.is_empty() {
                    true => "this importer does not know it",
                    false => "this importer does not know it; its text is kept",
                };
                self.losses.tell(place, &what, why);
                blocks
            }
        }
    }

    fn html(&mut self, html: &str, place: &str) -> Vec<Block> {
        html::document(html, &format!("{place}.content"), self.base, self.losses).blocks
    }

    fn inlines(&mut self, html: &str, place: &str) -> Vec<Inline> {
        blocks::inlines(html, place, self.base, self.losses)
    }

    /// A list that stands in a list belongs to the item before it.
    fn list(&mut self, element: &Value, place: &str) -> Block {
        let mut items: Vec<Item> = Vec::new();
        let list = element["items"]
            .as_array()
            .or(element["content_elements"].as_array());
        for (ix, item) in list.into_iter().flatten().enumerate() {
            let place = format!("{place}.items[{ix}]");
            let blocks = self.blocks(std::slice::from_ref(item), &place);
            match items.last_mut() {
                Some(before) if item["type"] == "list" => before.blocks.extend(blocks),
                _ if blocks.is_empty() => {}
                _ => items.push(Item {
                    checked: None,
                    blocks,
                }),
            }
        }
        Block::List {
            start: (element["list_type"] == "ordered").then_some(1),
            tight: items.iter().all(|item| {
                matches!(
                    item.blocks[..],
                    [Block::Paragraph(_)] | [Block::Paragraph(_), Block::List { .. }]
                )
            }),
            items,
        }
    }

    fn quote(&mut self, element: &Value, content: &str, place: &str) -> Block {
        let mut blocks = self.html(content, place);
        if let Some(list) = element["content_elements"].as_array() {
            blocks.extend(self.blocks(list, &format!("{place}.content_elements")));
        }
        if let Some(citation) = text(&element["citation"]["content"]) {
            let mut line = vec![Inline::Text("— ".to_string())];
            line.extend(self.inlines(citation, &format!("{place}.citation")));
            blocks.push(Block::Paragraph(joined(line)));
        }
        Block::Quote(blocks)
    }

    fn table(&mut self, element: &Value, place: &str) -> Vec<Block> {
        let mut rows = Vec::new();
        let head = element["header"].as_array();
        let body = element["rows"].as_array().into_iter().flatten();
        for row in head.into_iter().chain(body.filter_map(Value::as_array)) {
            let cells = row.iter().map(|cell| {
                let content = text(&cell["content"]).or(text(cell)).unwrap_or_default();
                self.inlines(content, place)
            });
            rows.push(cells.collect::<Vec<_>>());
        }
        if head.is_none() && !rows.is_empty() {
            rows.insert(0, Vec::new());
        }
        blocks::table(rows).into_iter().collect()
    }

    /// Elements with a headline of their own.
    fn group(&mut self, element: &Value, place: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(title) = text(&element["headlines"]["basic"]).or(text(&element["title"])) {
            let title = self.inlines(title, place);
            blocks.push(Block::Paragraph(vec![Inline::Marked(Mark::Strong, title)]));
        }
        if let Some(description) = text(&element["description"]["basic"]) {
            blocks.extend(self.html(description, &format!("{place}.description.basic")));
        }
        if let Some(list) = element["content_elements"].as_array() {
            blocks.extend(self.blocks(list, &format!("{place}.content_elements")));
        }
        blocks
    }

    /// A link to a video or a recording, if this is one.
    pub(super) fn media(&mut self, element: &Value, place: &str) -> Vec<Block> {
        let kind = text(&element["type"]).unwrap_or_default();
        if kind == "image" {
            return picture(element, place, self.base, self.losses).into_blocks(
                place,
                self.base,
                self.losses,
            );
        }
        if !matches!(kind, "video" | "audio") {
            return Vec::new();
        }
        let what = format!("the player of a {kind}");
        self.losses
            .tell(&format!("{}streams", place), &what, IN_PLACE);
        let streams = element["streams"].as_array().into_iter().flatten();
        let stream = streams
            .clone()
            .find(|stream| matches!(text(&stream["stream_type"]), Some("mp4" | "mp3")));
        let page = text(&element["canonical_url"]);
        let title = text(&element["headlines"]["basic"])
            .map(html::plain)
            .unwrap_or_default();
        [page, stream.and_then(|stream| text(&stream["url"]))]
            .into_iter()
            .flatten()
            .filter(|url| url.contains("://"))
            .find_map(|url| link_in_place(url, &title, self.base))
            .into_iter()
            .collect()
    }

    fn link(&mut self, element: &Value, place: &str) -> Vec<Inline> {
        let url = text(&element["url"]).unwrap_or_default();
        let content = text(&element["content"]).unwrap_or_default();
        let content = self.inlines(content, place);
        if element["image"].is_object() {
            self.losses.tell(
                &format!("{place}.image"),
                "a picture beside a link",
                "a link is its text here",
            );
        }
        link(url, content, place, self.base, self.losses)
    }

    fn link_list(&mut self, element: &Value, place: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(title) = text(&element["title"]) {
            let title = vec![Inline::Text(html::plain(title))];
            blocks.push(Block::Paragraph(vec![Inline::Marked(Mark::Strong, title)]));
        }
        let mut items = Vec::new();
        for (ix, item) in element["items"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            let place = format!("{place}.items[{ix}]");
            let mut blocks = vec![Block::Paragraph(self.link(item, &place))];
            if let Some(description) = text(&item["description"]["content"]) {
                blocks.extend(self.html(description, &format!("{place}.description")));
            }
            items.push(Item {
                checked: None,
                blocks,
            });
        }
        blocks.push(Block::List {
            start: None,
            tight: items.iter().all(|item| item.blocks.len() == 1),
            items,
        });
        blocks
    }

    fn oembed(&mut self, element: &Value, place: &str) -> Vec<Block> {
        let oembed = &element["raw_oembed"];
        let provider = text(&oembed["provider_name"]).unwrap_or("unknown");
        let url = text(&oembed["url"])
            .or(text(&oembed["_id"]).filter(|id| id.contains("://")))
            .or(text(&element["referent"]["id"]).filter(|id| id.contains("://")));
        let title = text(&oembed["title"]).map(html::plain).unwrap_or_default();
        // What is in its HTML is told where that is read.
        let html = text(&oembed["html"]).filter(|_| url.is_none());
        if html.is_none() {
            self.losses
                .tell(place, &format!("an embed of {provider}"), IN_PLACE);
        }
        if let Some(url) = url {
            let link = link_in_place(url, &title, self.base);
            return link.into_iter().collect();
        }
        // Its HTML is a frame, which becomes a link, or a quotation with the text of a post.
        self.html(html.unwrap_or_default(), &format!("{place}.raw_oembed"))
    }

    /// Corrections that stand beside the text.
    pub(super) fn corrections(&mut self, list: &[Value], place: &str) {
        for (ix, correction) in list.iter().enumerate() {
            self.correction(correction, &format!("{place}[{ix}]"));
        }
    }

    fn correction(&mut self, element: &Value, place: &str) {
        let html = text(&element["text"]).or(text(&element["content"]));
        let document = html::document(html.unwrap_or_default(), place, self.base, self.losses);
        let text_of = sections::markdown(document.blocks);
        if text_of.is_empty() {
            return;
        }
        let date = ["display_date", "last_updated_date", "created_date"]
            .iter()
            .find_map(|name| dates::read(text(&element[*name])?, place, self.losses));
        self.corrections.push(Correction {
            date,
            text: text_of,
        });
    }
}

/// Why an embed is a loss.
const IN_PLACE: &str =
    "it needs a script of somebody else; a link stands in its place where its address is known";

/// Two texts side by side as one.
fn joined(line: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::new();
    for piece in line {
        match (joined.last_mut(), piece) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, piece) => joined.push(piece),
        }
    }
    joined
}
