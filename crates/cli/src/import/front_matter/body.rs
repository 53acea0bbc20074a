//! The body of a Markdown file: [`put_into`] divides it at its headings.
//!
//! 1. The headings are found with pulldown-cmark, so that none in code, lists or HTML is taken for one; those of the top-most
//!    level divide the body, and what stands between them is kept as it is written.
//! 2. A first heading that is the title, or that gives it, is left out.
//! 3. What stands under a heading that stands for a field goes there (`import/headings.rs`, `import/sections.rs`).
//! 4. A link's address may be defined in one section and used in another, and notes stand at the end of a file as a rule:
//!    each section gets those that it uses behind its text.

use super::super::{Draft, Field, Headings, Losses, Section, sections};
use super::shortcodes;
use article::{Block, inline_text, parse_markdown};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Divides a body; `line` is the number of its first line in the file.
pub(super) fn put_into(
    draft: &mut Draft,
    body: &str,
    line: usize,
    headings: &Headings,
    losses: &mut Losses,
) {
    let body = shortcodes::without(body, line, losses);
    let mut outline = Outline::of(&body);
    let mut start = 0;
    let mut first = 0;
    if let Some(heading) = outline.headings.first() {
        let text = outline.heading_text(&body, heading, &mut Losses::default());
        let is_title = if draft.title.is_empty() {
            heading.level == 1
        } else {
            words(&text) == words(&draft.title)
        };
        if is_title && body[..heading.range.start].trim().is_empty() {
            draft.title = outline.heading_text(&body, heading, losses);
            start = heading.range.end;
            first = 1;
        }
    }
    let others = &outline.headings[first..];
    let top = others.iter().map(|heading| heading.level).min();
    let mut parts = Vec::new();
    let mut before = None;
    for heading in others.iter().filter(|heading| Some(heading.level) == top) {
        parts.push((before.take(), start..heading.range.start));
        let text = outline.heading_text(&body, heading, losses);
        if draft.title.is_empty() && heading.level == 1 {
            draft.title.clone_from(&text);
        }
        before = Some(text);
        start = heading.range.end;
    }
    parts.push((before, start..body.len()));
    outline.reach(&parts);
    for (heading, range) in parts {
        outline.put(&body, heading, range, draft, headings, losses);
    }
}

struct Heading {
    level: u8,
    range: Range<usize>,
}

/// A link or note, where it is defined.
struct Definition {
    label: String,
    is_note: bool,
    range: Range<usize>,
}

/// A link or note, where it is used.
struct Use {
    label: String,
    is_note: bool,
    at: usize,
}

/// What a body consists of.
struct Outline {
    /// Those that stand in nothing else.
    headings: Vec<Heading>,
    definitions: Vec<Definition>,
    uses: Vec<Use>,
    /// Which definitions a part uses: the notes among them go there, and others stay where they are.
    reached: Vec<bool>,
}

impl Outline {
    fn of(body: &str) -> Outline {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let parser = Parser::new_ext(body, options);
        let mut definitions: Vec<Definition> = parser
            .reference_definitions()
            .iter()
            .map(|(label, definition)| Definition {
                label: folded(label),
                is_note: false,
                range: definition.span.clone(),
            })
            .collect();
        let mut headings = Vec::new();
        let mut uses = Vec::new();
        let mut depth = 0u32;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(tag) => {
                    match tag {
                        Tag::Heading { level, .. } if depth == 0 => headings.push(Heading {
                            level: level as u8,
                            range,
                        }),
                        Tag::FootnoteDefinition(label) => definitions.push(Definition {
                            label: folded(&label),
                            is_note: true,
                            range,
                        }),
                        Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }
                            if is_reference(link_type) =>
                        {
                            uses.push(Use {
                                label: folded(&id),
                                is_note: false,
                                at: range.start,
                            });
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(TagEnd::Heading(_)) | Event::End(_) => depth = depth.saturating_sub(1),
                Event::FootnoteReference(label) => uses.push(Use {
                    label: folded(&label),
                    is_note: true,
                    at: range.start,
                }),
                _ => {}
            }
        }
        definitions.sort_by_key(|definition| definition.range.start);
        Outline {
            headings,
            definitions,
            uses,
            reached: Vec::new(),
        }
    }

    fn reach(&mut self, parts: &[(Option<String>, Range<usize>)]) {
        self.reached = vec![false; self.definitions.len()];
        for (_, range) in parts {
            for (ix, is_used) in self.used_in(range).into_iter().enumerate() {
                self.reached[ix] |= is_used;
            }
        }
    }

    /// A heading as plain text.
    fn heading_text(&self, body: &str, heading: &Heading, losses: &mut Losses) -> String {
        let document = parse_markdown(&self.text(body, heading.range.clone()));
        let content = match document.blocks.first() {
            Some(Block::Heading { content, .. }) => &content[..],
            _ => &[],
        };
        sections::tell_links(content, "body", losses);
        let text = words(&inline_text(content));
        // `{#name}`, `{.class}`: what some generators read at the end of a heading.
        match text.rfind(" {").filter(|_| text.ends_with('}')) {
            Some(at) if text[at + 2..].starts_with(['#', '.']) => text[..at].to_string(),
            _ => text,
        }
    }

    /// Puts what stands under a heading where it belongs.
    fn put(
        &self,
        body: &str,
        heading: Option<String>,
        range: Range<usize>,
        draft: &mut Draft,
        headings: &Headings,
        losses: &mut Losses,
    ) {
        let text = self.text(body, range);
        if heading.is_none() && text.is_empty() {
            return;
        }
        let field = heading
            .as_deref()
            .and_then(|heading| headings.field(heading))
            .filter(|_| !text.is_empty());
        let is_taken = match field {
            None => false,
            Some(Field::Summary) if draft.summary.is_none() => {
                draft.summary = Some(text.clone());
                true
            }
            Some(Field::Disclosure) if draft.disclosure.is_none() => {
                draft.disclosure = Some(text.clone());
                true
            }
            Some(Field::Summary | Field::Disclosure) => false,
            Some(field) => {
                let document = parse_markdown(&text);
                // A list of texts has no place for notes.
                document.footnotes.is_empty()
                    && !document.blocks.is_empty()
                    && sections::put_in_field(draft, field, document.blocks, "body", losses)
                        .is_none()
            }
        };
        if !is_taken {
            draft.sections.push(Section {
                heading,
                body: text,
            });
        }
    }

    /// A part of the body, with the definitions that it uses and without notes that only others use.
    fn text(&self, body: &str, range: Range<usize>) -> String {
        let used = self.used_in(&range);
        let mut text = String::new();
        let mut at = range.start;
        for (ix, definition) in self.definitions.iter().enumerate() {
            let is_inside = definition.range.start >= at && definition.range.end <= range.end;
            if is_inside && definition.is_note && !used[ix] && self.reached.get(ix) == Some(&true) {
                text.push_str(&body[at..definition.range.start]);
                at = definition.range.end;
            }
        }
        text.push_str(&body[at..range.end]);
        let mut text = trimmed(&text).to_string();
        let mut is_behind_link = false;
        for (definition, is_used) in self.definitions.iter().zip(&used) {
            let is_outside =
                definition.range.start < range.start || definition.range.end > range.end;
            if *is_used && is_outside {
                let gap = if is_behind_link && !definition.is_note {
                    "\n"
                } else {
                    "\n\n"
                };
                text.push_str(gap);
                text.push_str(body[definition.range.clone()].trim_end());
                is_behind_link = !definition.is_note;
            }
        }
        text
    }

    /// Which definitions a part of the body uses, itself or in the notes that it uses.
    fn used_in(&self, range: &Range<usize>) -> Vec<bool> {
        let mut used = vec![false; self.definitions.len()];
        let mut ranges = vec![range.clone()];
        while let Some(range) = ranges.pop() {
            for one in self.uses.iter().filter(|one| range.contains(&one.at)) {
                // A note inside of the range that only others use is no part of it.
                let is_in_other_note = self.definitions.iter().any(|note| {
                    note.is_note && note.range.contains(&one.at) && note.range != range
                });
                if is_in_other_note {
                    continue;
                }
                for (ix, definition) in self.definitions.iter().enumerate() {
                    if !used[ix]
                        && definition.is_note == one.is_note
                        && definition.label == one.label
                    {
                        used[ix] = true;
                        if definition.is_note {
                            ranges.push(definition.range.clone());
                        }
                    }
                }
            }
        }
        used
    }
}

fn is_reference(kind: LinkType) -> bool {
    matches!(
        kind,
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
    )
}

/// Without empty lines around it; the spaces before its first line may be those of code.
fn trimmed(text: &str) -> &str {
    let text = text.trim_end();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        begin += line.len();
    }
    &text[begin..]
}

/// Labels are compared without case, and with single spaces.
fn folded(label: &str) -> String {
    words(&label.to_lowercase())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
