//! Advice about a Markdown field: [`read`] goes through the events of its text.
//!
//! What is said in links, images, headings and table heads is collected in one string, of which each of them knows its
//! beginning, so that no nesting makes the work more than linear.

use super::AdviceKind;
use super::adviser::Remark;
use super::html::Html;
use super::wording::{is_address, says_nothing};
use crate::json::short;
use crate::letters::lowercase;
use crate::url::SafeUrl;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a Markdown text gives cause to say.
#[derive(Default)]
pub(super) struct Found {
    pub(super) remarks: Vec<Remark>,
    /// The links that begin with `#`, and where they stand.
    pub(super) inner_links: Vec<(SafeUrl, Range<usize>)>,
    /// The images with relative addresses, and where they stand.
    pub(super) images: Vec<(SafeUrl, Range<usize>)>,
}

/// Longer labels of notes are none.
const LABEL_MAX: usize = 100;

/// Goes through a Markdown text.
pub(super) fn read(text: &str) -> Found {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut broken = BTreeMap::new();
    let mut walk = Walk::new(text);
    let note_broken = |link: BrokenLink| -> Option<(CowStr, CowStr)> {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.insert(link.span.start, (link.span.end, link.reference.to_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(note_broken));
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range);
    }
    for (start, (end, label)) in broken {
        walk.tell(
            AdviceKind::MissingReference,
            start..end,
            "an address for the name in brackets",
            ["none for \"", &short(&label), "\""].concat(),
            Some(["add a line [", &short(&label), "]: https://…"].concat()),
        );
    }
    walk.finish()
}

pub(super) struct Walk<'a> {
    pub(super) text: &'a str,
    found: Found,
    /// The words so far.
    pub(super) said: String,
    /// The open links and images, with where their words begin.
    open: Vec<(OpenLink, usize)>,
    /// Where the words of the open heading or table head begin.
    block_said: usize,
    level: Option<u8>,
    /// Labels of notes: where they are defined, and which are referred to.
    notes: BTreeMap<String, Range<usize>>,
    references: BTreeSet<String>,
    pub(super) html: Html,
}

struct OpenLink {
    is_written_out: bool,
    is_safe: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Walk<'a> {
        Walk {
            text,
            found: Found::default(),
            said: String::new(),
            open: Vec::new(),
            block_said: 0,
            level: None,
            notes: BTreeMap::new(),
            references: BTreeSet::new(),
            html: Html::default(),
        }
    }

    pub(super) fn tell(
        &mut self,
        kind: AdviceKind,
        range: Range<usize>,
        expected: &'static str,
        found: String,
        help: Option<String>,
    ) {
        // Ranges of blocks go on to the next one.
        let written = self.text.get(range.clone()).unwrap_or_default();
        let range = range.start..range.start + written.trim_end().len();
        self.found.remarks.push(Remark {
            kind,
            range,
            expected,
            found,
            help,
        });
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(text) => {
                if &*text == "[" {
                    self.missing_note(range.start);
                }
                self.said.push_str(&text);
            }
            Event::Code(text) => self.said.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.said.push(' '),
            Event::InlineHtml(_) => self.html(range),
            Event::FootnoteReference(label) => {
                self.references.insert(lowercase(&label));
            }
            // Raw HTML is looked at as a whole, where its block begins.
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.heading(level as u8, range);
                self.block_said = self.said.len();
            }
            Tag::TableHead => self.block_said = self.said.len(),
            Tag::HtmlBlock => self.html(range),
            Tag::FootnoteDefinition(label) => {
                // The first line is enough to find it.
                let written = self.text.get(range.clone()).unwrap_or_default();
                let n_line = written.find('\n').unwrap_or(written.len());
                self.notes
                    .entry(lowercase(&label))
                    .or_insert(range.start..range.start + n_line);
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let is_email = link_type == LinkType::Email;
                let is_safe = match is_email {
                    true => true,
                    false => self.link(&dest_url, range),
                };
                let open = OpenLink {
                    is_written_out: is_email || link_type == LinkType::Autolink,
                    is_safe,
                };
                self.open.push((open, self.said.len()));
            }
            Tag::Image { dest_url, .. } => {
                let open = OpenLink {
                    is_written_out: false,
                    is_safe: self.image(&dest_url, range),
                };
                self.open.push((open, self.said.len()));
            }
            _ => {}
        }
    }

    /// A heading of this level begins.
    pub(super) fn heading(&mut self, level: u8, range: Range<usize>) {
        const MARKS: &str = "######";
        let marks = |level: u8| &MARKS[..usize::from(level).min(MARKS.len())];
        if let Some(above) = self.level
            && level > above + 1
        {
            self.tell(
                AdviceKind::HeadingJump,
                range,
                "a heading one level below the one before it",
                [marks(level), " after ", marks(above)].concat(),
                Some(["write ", marks(above + 1)].concat()),
            );
        }
        self.level = Some(level);
    }

    /// A link to `target`, as it is written, begins; says whether it is one.
    pub(super) fn link(&mut self, target: &str, range: Range<usize>) -> bool {
        match SafeUrl::link(target) {
            Some(target) => {
                if target.as_str().starts_with('#') {
                    self.found.inner_links.push((target, range));
                }
                true
            }
            None => {
                let found = match target.trim().is_empty() {
                    true => "none, so that it is not linked".to_string(),
                    false => ["the address \"", &short(target), "\", which is not linked"].concat(),
                };
                self.tell(
                    AdviceKind::UnsafeLink,
                    range,
                    "a safe address",
                    found,
                    Some(
                        "allowed are https:, http:, mailto:, tel: and relative addresses"
                            .to_string(),
                    ),
                );
                false
            }
        }
    }

    /// An image begins; says whether it is one.
    pub(super) fn image(&mut self, src: &str, range: Range<usize>) -> bool {
        let Some(src) = SafeUrl::image(src) else {
            self.tell(
                AdviceKind::UnsafeImage,
                range,
                "a safe address of an image",
                ["the address \"", &short(src), "\", which is not shown"].concat(),
                Some(
                    "allowed are https:, http: and relative addresses, and small images as data:"
                        .to_string(),
                ),
            );
            return false;
        };
        if src.is_relative() {
            self.found.images.push((src, range));
        }
        true
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        match end {
            TagEnd::Heading(_) if self.said[self.block_said..].trim().is_empty() => self.tell(
                AdviceKind::EmptyHeading,
                range,
                "a heading with text",
                "none".to_string(),
                Some("remove the # signs, or write the heading behind them".to_string()),
            ),
            TagEnd::TableHead if self.said[self.block_said..].trim().is_empty() => {
                self.table_header(range, "names of the columns in the first line of the table");
            }
            TagEnd::Link => self.end_link(range),
            TagEnd::Image => {
                let Some((open, start)) = self.open.pop() else {
                    return;
                };
                if open.is_safe && self.said[start..].trim().is_empty() {
                    self.missing_alt(
                        range,
                        "write it into the square brackets: ![what it shows](…)",
                    );
                }
            }
            TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item => self.said.push(' '),
            _ => {}
        }
    }

    pub(super) fn missing_alt(&mut self, range: Range<usize>, help: &str) {
        // For the link around it, it is something to see.
        self.said.push('\u{fffc}');
        self.tell(
            AdviceKind::MissingAlt,
            range,
            "a text that says what the image shows",
            "none".to_string(),
            Some(help.to_string()),
        );
    }

    pub(super) fn table_header(&mut self, range: Range<usize>, expected: &'static str) {
        self.tell(
            AdviceKind::TableHeader,
            range,
            expected,
            "none".to_string(),
            Some("screen readers read the name of its column before each cell".to_string()),
        );
    }

    fn end_link(&mut self, range: Range<usize>) {
        if let Some((open, start)) = self.open.pop()
            && open.is_safe
            && !open.is_written_out
        {
            self.link_text(start, range);
        }
    }

    /// A link ends whose words begin at `start` of what is said.
    pub(super) fn link_text(&mut self, start: usize, range: Range<usize>) {
        let said = self.said[start..].trim();
        let (found, help) = match () {
            () if said.is_empty() => ("no text".to_string(), "without text nobody can follow it"),
            () if says_nothing(said) => (
                ["the text \"", &short(said), "\""].concat(),
                "name what is there: screen readers list links by their texts alone",
            ),
            () if is_address(said) => (
                "an address".to_string(),
                "name what is there, or write the address alone, in < and >",
            ),
            () => return,
        };
        self.tell(
            AdviceKind::LinkText,
            range,
            "a link text that says where the link leads",
            found,
            Some(help.to_string()),
        );
    }

    /// An opening bracket that is shown as text: it may begin a reference to a note that is not there.
    fn missing_note(&mut self, at: usize) {
        let is_escaped = self.text[..at].ends_with('\\');
        let Some(behind) = self.text[at..].strip_prefix("[^").filter(|_| !is_escaped) else {
            return;
        };
        let is_end = |c: char| matches!(c, ']' | '[') || c.is_whitespace();
        let label = behind
            .char_indices()
            .take(LABEL_MAX)
            .find(|(_, c)| is_end(*c));
        let Some((n_label @ 1.., ']')) = label else {
            return;
        };
        let label = &behind[..n_label];
        self.tell(
            AdviceKind::MissingNote,
            at..at + n_label + 3,
            "a note with this label",
            "none in this field".to_string(),
            Some(["add a line [^", label, "]: … to the same field"].concat()),
        );
    }

    fn finish(mut self) -> Found {
        for (label, range) in std::mem::take(&mut self.notes) {
            if !self.references.contains(&label) {
                self.tell(
                    AdviceKind::UnusedNote,
                    range,
                    "a place in the text that refers to this note",
                    "none in this field".to_string(),
                    Some(["write [^", &short(&label), "] where it belongs"].concat()),
                );
            }
        }
        self.finish_html();
        self.found
    }
}
