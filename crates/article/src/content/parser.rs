//! Markdown → tree: [`parse`].
//!
//! 1. pulldown-cmark gives events, starts and ends always in pairs. Each start opens an element on a stack, its end
//!    closes it and puts it into the one below (`open`).
//! 2. At a cap ([`DEPTH_MAX`], [`NODES_MAX`]) elements are no longer opened: what is in them becomes text of the innermost
//!    open one.
//! 3. When all is read, `notes` numbers the notes in the order of their references.

use super::ids::Scope;
use super::limits::{DEPTH_MAX, NODES_MAX};
use super::notes;
use super::open::{Kind, Open};
use super::tree::{Align, Block, Document, Inline, Mark};
use crate::url::SafeUrl;
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

/// Parses one Markdown field. What its article shares (ids, the numbers of notes) is in `scope`.
pub fn parse(text: &str, scope: &mut Scope) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut builder = Builder {
        stack: Vec::new(),
        innermost: Open::new(Kind::Root),
        n_flat: 0,
        n_nodes: 0,
        n_links: 0,
        levels: Vec::new(),
        definitions: Vec::new(),
        scope,
    };
    for event in Parser::new_ext(text, options) {
        builder.event(event);
    }
    // Starts and ends come in pairs; this is for the day they do not.
    while !builder.stack.is_empty() {
        builder.close();
    }
    let blocks = builder.innermost.into_blocks(&mut builder.n_nodes);
    notes::number(blocks, builder.definitions, scope)
}

/// Parses Markdown that stands alone.
pub fn parse_markdown(text: &str) -> Document {
    parse(text, &mut Scope::new())
}

struct Builder<'a> {
    /// The open elements around the innermost one.
    stack: Vec<Open>,
    innermost: Open,
    /// How many starts were passed over, at a cap, and wait for their end.
    n_flat: u32,
    n_nodes: u32,
    /// How many links and images are open: there are no links inside of them.
    n_links: u32,
    /// The levels that the author gave to the headings above the next one.
    levels: Vec<u8>,
    /// The notes: label and text.
    definitions: Vec<(String, Vec<Block>)>,
    scope: &'a mut Scope,
}

impl Builder<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(_) if self.n_flat > 0 || self.is_at_cap() => self.n_flat += 1,
            Event::End(end) if self.n_flat > 0 => {
                self.n_flat -= 1;
                use pulldown_cmark::TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
                if !matches!(end, Emphasis | Strong | Strikethrough | Link | Image) {
                    self.innermost.push_text("\n", &mut self.n_nodes);
                }
            }
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.close(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(text) if self.is_at_cap() => self.text(&text),
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak if self.is_at_cap() => self.text("\n"),
            Event::HardBreak => self.inline(Inline::Break),
            Event::FootnoteReference(label) if self.is_at_cap() => {
                self.text(&["[^", &label, "]"].concat())
            }
            // Only the label is known yet.
            Event::FootnoteReference(label) => {
                let id = label.into_string();
                self.inline(Inline::FootnoteRef {
                    number: 0,
                    id,
                    ref_id: String::new(),
                });
            }
            Event::Rule if self.is_at_cap() => self.text("\n"),
            Event::Rule => self.innermost.push_block(Block::Rule, &mut self.n_nodes),
            Event::TaskListMarker(is_checked) => {
                let below = self.stack.iter_mut().rev();
                let mut open = std::iter::once(&mut self.innermost).chain(below);
                if let Some(Kind::Item { checked, .. }) = open
                    .find(|open| matches!(open.kind, Kind::Item { .. }))
                    .map(|open| &mut open.kind)
                {
                    *checked = Some(is_checked);
                }
            }
        }
    }

    fn is_at_cap(&self) -> bool {
        self.stack.len() >= DEPTH_MAX as usize || self.n_nodes >= NODES_MAX
    }

    fn text(&mut self, text: &str) {
        self.innermost.push_text(text, &mut self.n_nodes);
    }

    fn inline(&mut self, inline: Inline) {
        self.innermost.push_inline(inline, &mut self.n_nodes);
    }

    fn start(&mut self, tag: Tag) {
        let kind = match tag {
            Tag::Paragraph => {
                self.innermost.has_paragraph = true;
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => Kind::Code(language(kind)),
            Tag::HtmlBlock => Kind::Html,
            Tag::List(start) => Kind::List {
                start,
                is_tight: true,
                items: Vec::new(),
            },
            Tag::Item => Kind::Item { checked: None },
            Tag::FootnoteDefinition(label) => Kind::Note(label.into_string()),
            Tag::Table(align) => {
                let align = align.into_iter().map(|align| match align {
                    Alignment::None => Align::None,
                    Alignment::Left => Align::Left,
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::Right,
                });
                Kind::Table {
                    align: align.collect(),
                    head: Vec::new(),
                    rows: Vec::new(),
                }
            }
            Tag::TableHead => Kind::Row {
                cells: Vec::new(),
                is_head: true,
            },
            Tag::TableRow => Kind::Row {
                cells: Vec::new(),
                is_head: false,
            },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Marked(Mark::Emphasis),
            Tag::Strong => Kind::Marked(Mark::Strong),
            Tag::Strikethrough => Kind::Marked(Mark::Strike),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let target = match link_type {
                    LinkType::Email => SafeUrl::link(&["mailto:", &dest_url].concat()),
                    _ => SafeUrl::link(&dest_url),
                };
                self.n_links += 1;
                Kind::Link {
                    target,
                    title: nonempty(title),
                }
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.n_links += 1;
                Kind::Image {
                    src: SafeUrl::image(&dest_url),
                    title: nonempty(title),
                }
            }
            // These belong to extensions that are off.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => Kind::Paragraph,
        };
        self.stack
            .push(std::mem::replace(&mut self.innermost, Open::new(kind)));
    }

    /// Closes the innermost element and puts it into the one around it.
    fn close(&mut self) {
        let Some(outer) = self.stack.pop() else {
            return;
        };
        let mut closed = std::mem::replace(&mut self.innermost, outer);
        if self.n_links == 0 {
            closed.link_addresses(&mut self.n_nodes);
        }
        match closed.kind {
            Kind::Heading(given) => {
                let content = std::mem::take(&mut closed.inlines);
                let level = self.level_for(given);
                let id = self.scope.id(&super::text::inline_text(&content));
                self.innermost
                    .push_block(Block::Heading { level, id, content }, &mut self.n_nodes);
            }
            Kind::Note(ref mut label) => {
                let label = std::mem::take(label);
                let blocks = closed.into_blocks(&mut self.n_nodes);
                self.definitions.push((label, blocks));
            }
            Kind::Link { .. } | Kind::Image { .. } => {
                self.n_links -= 1;
                closed.close_into(&mut self.innermost, &mut self.n_nodes);
            }
            _ => closed.close_into(&mut self.innermost, &mut self.n_nodes),
        }
    }

    /// Levels go down one at a time, from the top level of the scope, whatever numbers the author gave.
    fn level_for(&mut self, given: u8) -> u8 {
        while self.levels.last().is_some_and(|above| *above >= given) {
            self.levels.pop();
        }
        let level = self.scope.top_level() + self.levels.len() as u8;
        self.levels.push(given);
        level.min(6)
    }
}

/// The first word behind the fence, if it can be the name of a language.
fn language(kind: CodeBlockKind) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else {
        return None;
    };
    let name = info
        .split([' ', '\t', ','])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_name = (1..=32).contains(&name.len())
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'#' | b'-'));
    is_name.then_some(name)
}

fn nonempty(text: CowStr) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.into_string())
}
