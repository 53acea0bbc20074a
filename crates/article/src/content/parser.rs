//! Markdown → tree: [`parse`].
//!
//! 1. pulldown-cmark gives events, starts and ends always in pairs. Each start opens an element on a stack, its end
//!    closes it and puts it into the one below (`open`).
//! 2. Raw HTML among them is divided into tags (`markup`), and those that the tree has a place for open and close elements
//!    on the same stack (`raw`).
//! 3. At a cap ([`DEPTH_MAX`], [`NODES_MAX`]) elements are no longer opened: what is in them becomes text of the innermost
//!    open one.
//! 4. When all is read, `notes` numbers the notes in the order of their references.

use super::abbreviations;
use super::ids::Scope;
use super::limits::{Cap, DEPTH_MAX, NODES_MAX, NOTE_REFERENCES_MAX, REFERENCES_MAX};
use super::notes;
use super::open::{Kind, Open, trim};
use super::tree::{Align, Block, Document, Inline, Mark};
use crate::url::SafeUrl;
use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

/// Parses one Markdown field. What its article shares (ids, the numbers of notes, abbreviations) is in `scope`.
pub fn parse(text: &str, scope: &mut Scope) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut builder = Builder {
        stack: Vec::new(),
        innermost: Open::new(Kind::Root, None),
        html: None,
        may_define: false,
        n_flat: 0,
        n_nodes: 0,
        n_links: 0,
        n_note_references: 0,
        n_referenced: 0,
        n_referenced_max: REFERENCES_MAX.max(text.len() / 2),
        levels: Vec::new(),
        definitions: Vec::new(),
        scope,
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if matches!(event, Event::Start(Tag::Paragraph)) {
            let mut lines = text.get(range).unwrap_or_default().lines();
            builder.may_define = lines.all(|line| line.trim_start().starts_with("*["));
        }
        builder.event(event);
    }
    // Starts and ends of Markdown come in pairs, those of HTML need not.
    while !builder.stack.is_empty() {
        builder.close();
    }
    let blocks = builder.innermost.into_blocks(&mut builder.n_nodes);
    notes::number(blocks, builder.definitions, scope)
}

/// Parses Markdown that stands alone.
pub fn parse_markdown(text: &str) -> Document {
    let mut scope = Scope::new();
    let mut document = parse(text, &mut scope);
    let notes = document.footnotes.iter_mut().map(|note| &mut note.blocks);
    let parts = std::iter::once(&mut document.blocks).chain(notes);
    abbreviations::explain(parts, scope.abbreviations());
    document
}

pub(super) struct Builder<'a> {
    pub(super) stack: Vec<Open>,
    /// The open elements around it are on the stack.
    pub(super) innermost: Open,
    /// The block of raw HTML that is being read.
    html: Option<String>,
    /// Whether the paragraph that is being read is written like definitions of abbreviations; its text alone does not
    /// tell, since backslashes are gone from it.
    may_define: bool,
    /// How many starts were passed over, at a cap, and wait for their end.
    n_flat: u32,
    pub(super) n_nodes: u32,
    /// How many links and images are open: there are no links inside of them.
    pub(super) n_links: u32,
    n_note_references: u32,
    /// How many bytes links took over from definitions.
    n_referenced: usize,
    n_referenced_max: usize,
    /// The levels that the author gave to the headings above the next one.
    levels: Vec<u8>,
    /// The notes: label and text.
    definitions: Vec<(String, Vec<Block>)>,
    scope: &'a mut Scope,
}

impl Builder<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(_) if self.n_flat > 0 || self.is_at_cap() => {
                self.meet_cap();
                self.n_flat += 1;
            }
            Event::End(end) if self.n_flat > 0 => {
                self.n_flat -= 1;
                use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
                if !matches!(end, Emphasis | Strong | Strikethrough | Link | Image) {
                    self.innermost.push_text("\n", &mut self.n_nodes);
                }
            }
            Event::Start(Tag::HtmlBlock) => self.html = Some(String::new()),
            // Between the parts of a table or list of HTML, an indented line behind an empty one is a further part.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))
                if self.innermost.element.is_some() && self.innermost.kind.takes_parts() =>
            {
                self.html = Some(String::new());
            }
            Event::End(TagEnd::HtmlBlock | TagEnd::CodeBlock) if self.html.is_some() => {
                if let Some(html) = self.html.take() {
                    self.html_block(&html);
                }
            }
            Event::Start(tag) => self.start(tag),
            Event::End(_) => {
                self.close_html();
                self.close();
            }
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.text(&text),
            },
            Event::InlineHtml(text) => self.inline_html(&text),
            Event::Text(text) if self.html.is_some() => {
                self.html = self.html.take().map(|html| html + &text)
            }
            Event::Text(text) => self.text(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(text) if self.is_at_cap() => self.text(&text),
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak if self.is_at_cap() => self.text("\n"),
            Event::HardBreak => self.inline(Inline::Break),
            Event::FootnoteReference(label) => self.note_reference(label.into_string()),
            Event::Rule => {
                self.make_room();
                self.rule();
            }
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

    pub(super) fn is_at_cap(&self) -> bool {
        self.n_flat > 0 || self.stack.len() >= DEPTH_MAX as usize || self.n_nodes >= NODES_MAX
    }

    pub(super) fn meet_cap(&mut self) {
        let cap = match self.n_nodes >= NODES_MAX {
            true => Cap::Nodes,
            false => Cap::Depth,
        };
        self.scope.meet(cap);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.innermost.push_text(text, &mut self.n_nodes);
    }

    pub(super) fn inline(&mut self, inline: Inline) {
        self.innermost.push_inline(inline, &mut self.n_nodes);
    }

    pub(super) fn rule(&mut self) {
        match self.is_at_cap() {
            true => self.text("\n"),
            false => self.innermost.push_block(Block::Rule, &mut self.n_nodes),
        }
    }

    fn note_reference(&mut self, label: String) {
        self.n_note_references += 1;
        if self.is_at_cap() {
            self.meet_cap();
        } else if self.n_note_references > NOTE_REFERENCES_MAX {
            self.scope.meet(Cap::NoteReferences);
        } else if self.n_links == 0
            && !matches!(self.innermost.kind, Kind::Code(_) | Kind::InlineCode)
        {
            // Its number and ids are known when all is read.
            return self.inline(Inline::FootnoteRef {
                number: 0,
                id: label,
                ref_id: String::new(),
            });
        }
        self.text(&["[^", &label, "]"].concat());
    }

    pub(super) fn open(&mut self, open: Open) {
        self.stack
            .push(std::mem::replace(&mut self.innermost, open));
    }

    fn start(&mut self, tag: Tag) {
        let kind = match tag {
            Tag::Paragraph => {
                self.make_room();
                self.innermost.has_paragraph = true;
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => Kind::Code(fence_language(kind)),
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
                    claimed: Vec::new(),
                }
            }
            Tag::TableHead => Kind::Row {
                cells: Vec::new(),
                heights: Vec::new(),
                n_heads: 1,
            },
            Tag::TableRow => Kind::Row {
                cells: Vec::new(),
                heights: Vec::new(),
                n_heads: 0,
            },
            Tag::TableCell => Kind::Cell {
                is_head: false,
                n_columns: 1,
                n_rows: 1,
            },
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
                // Markdown has no link in a link, but HTML may have one around it.
                let may_be = self.may_take_over(link_type, &dest_url, &title) && self.n_links == 0;
                self.n_links += 1;
                Kind::Link {
                    target: target.filter(|_| may_be),
                    title: nonempty(title),
                }
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let may_be = self.may_take_over(link_type, &dest_url, &title);
                self.n_links += 1;
                Kind::Image {
                    src: SafeUrl::image(&dest_url).filter(|_| may_be),
                    title: nonempty(title),
                }
            }
            // These belong to extensions that are off, and a block of HTML never comes here.
            Tag::HtmlBlock
            | Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => Kind::Paragraph,
        };
        if matches!(
            kind,
            Kind::Heading(_)
                | Kind::Quote
                | Kind::Code(_)
                | Kind::List { .. }
                | Kind::Note(_)
                | Kind::Table { .. }
        ) {
            self.make_room();
        }
        self.open(Open::new(kind, None));
    }

    /// Whether a link may copy what its definition says; each copy is counted.
    fn may_take_over(&mut self, link_type: LinkType, address: &str, title: &str) -> bool {
        use LinkType::{Collapsed, Reference, Shortcut};
        if !matches!(link_type, Reference | Collapsed | Shortcut) {
            return true;
        }
        self.n_referenced += address.len() + title.len();
        let is_within = self.n_referenced <= self.n_referenced_max;
        if !is_within {
            self.scope.meet(Cap::References);
        }
        is_within
    }

    /// Closes the innermost element and puts it into the one around it.
    pub(super) fn close(&mut self) {
        let Some(outer) = self.stack.pop() else {
            return;
        };
        let mut closed = std::mem::replace(&mut self.innermost, outer);
        if self.n_links == 0 {
            closed.link_addresses(&mut self.n_nodes);
        }
        match closed.kind {
            Kind::Paragraph
                if self.may_define && closed.element.is_none() && closed.blocks.is_empty() =>
            {
                match abbreviations::definitions(&closed.inlines) {
                    Some(found) => self.scope.define(found),
                    None => closed.close_into(&mut self.innermost, &mut self.n_nodes),
                }
            }
            Kind::Heading(given) => {
                let mut content = std::mem::take(&mut closed.inlines);
                trim(&mut content);
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
fn fence_language(kind: CodeBlockKind) -> Option<String> {
    match kind {
        CodeBlockKind::Fenced(info) => language(info.split([' ', '\t', ',']).next()?),
        CodeBlockKind::Indented => None,
    }
}

/// The name of a language, if it can be one.
pub(super) fn language(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let is_name = (1..=32).contains(&name.len())
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'#' | b'-'));
    is_name.then_some(name)
}

fn nonempty(text: CowStr) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.into_string())
}
