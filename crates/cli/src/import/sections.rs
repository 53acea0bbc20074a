//! A body becomes sections and fields: [`fill`].
//!
//! 1. a first heading that repeats the title is left out, and so is a first picture that is the lead picture;
//! 2. the body is split at its top-most headings;
//! 3. what stands under a heading that stands for a field goes there, if it has the shape of it: a list, for a list of texts.

use super::{Correction, Draft, Field, Headings, Losses, Related, Section};
use article::{Block, Date, Document, Inline, inline_text};

/// Splits a body at its top-most headings into sections, and moves what stands under a heading of a field into that
/// field.
pub fn fill(
    draft: &mut Draft,
    body: Document,
    place: &str,
    headings: &Headings,
    losses: &mut Losses,
) {
    let mut blocks = body.blocks;
    drop_repeated(draft, &mut blocks);
    let top = blocks.iter().filter_map(level).min();
    let mut heading: Option<String> = None;
    let mut content = Vec::new();
    for block in blocks {
        match block {
            Block::Heading {
                level,
                content: text,
                ..
            } if Some(level) == top => {
                put(draft, heading.take(), &mut content, place, headings, losses);
                tell_links(&text, place, losses);
                heading = Some(words(&inline_text(&text)));
            }
            block => content.push(block),
        }
    }
    put(draft, heading, &mut content, place, headings, losses);
}

/// What stands at the beginning of the body and, by its own field, above it.
fn drop_repeated(draft: &mut Draft, blocks: &mut Vec<Block>) {
    if let Some(Block::Heading { content, .. }) = blocks.first()
        && words(&inline_text(content)).to_lowercase() == words(&draft.title).to_lowercase()
    {
        blocks.remove(0);
    }
    if let (
        Some(Block::Figure {
            image,
            caption,
            credit,
        }),
        Some(lead),
    ) = (blocks.first(), &mut draft.image)
        && same_picture(image.src.as_str(), &lead.src)
    {
        let text = |inlines: &[Inline]| Some(inline_text(inlines)).filter(|text| !text.is_empty());
        let alt = Some(image.alt.clone()).filter(|alt| !alt.is_empty());
        let markdown = (!caption.is_empty()).then(|| paragraph(caption.clone()));
        // Each field is taken where the lead picture has none; a second text beside the first keeps the figure.
        let fits = |own: &Option<String>, new: &Option<String>| {
            own.is_none() || new.is_none() || own == new
        };
        let credit = text(credit);
        if fits(&lead.caption, &markdown) && fits(&lead.credit, &credit) && fits(&lead.alt, &alt) {
            lead.alt = lead.alt.take().or(alt);
            lead.caption = lead.caption.take().or(markdown);
            lead.credit = lead.credit.take().or(credit);
            lead.width = lead.width.or(image.width);
            lead.height = lead.height.or(image.height);
            blocks.remove(0);
        }
    }
}

/// Whether two addresses differ in nothing but scheme and query.
fn same_picture(a: &str, b: &str) -> bool {
    fn bare(address: &str) -> &str {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        address.split_once("://").map_or(address, |(_, rest)| rest)
    }
    bare(a) == bare(b)
}

fn level(block: &Block) -> Option<u8> {
    match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

/// Puts what stood under a heading where it belongs.
fn put(
    draft: &mut Draft,
    heading: Option<String>,
    content: &mut Vec<Block>,
    place: &str,
    headings: &Headings,
    losses: &mut Losses,
) {
    let mut content = std::mem::take(content);
    if heading.is_none() && content.is_empty() {
        return;
    }
    let field = heading
        .as_deref()
        .and_then(|heading| headings.field(heading));
    // A rule ends a field: what stands behind it is text without a heading.
    let rule = content.iter().position(|block| *block == Block::Rule);
    let behind = match rule.filter(|rule| field.is_some() && *rule > 0) {
        Some(rule) => content.split_off(rule).split_off(1),
        None => Vec::new(),
    };
    let left = match field.filter(|_| !content.is_empty()) {
        Some(field) => put_in_field(draft, field, content, place, losses),
        None => Some(content),
    };
    if let Some(content) = left {
        draft.sections.push(Section {
            heading,
            body: markdown(content),
        });
    }
    if !behind.is_empty() {
        draft.sections.push(Section {
            heading: None,
            body: markdown(behind),
        });
    }
}

/// Gives the content back where it has not the shape of the field.
pub(super) fn put_in_field(
    draft: &mut Draft,
    field: Field,
    content: Vec<Block>,
    place: &str,
    losses: &mut Losses,
) -> Option<Vec<Block>> {
    match field {
        Field::Summary => {
            if let Some(before) = draft.summary.replace(markdown(content)) {
                losses.tell(
                    place,
                    &format!("the summary “{before}”"),
                    "the text has a summary of its own under a heading",
                );
            }
        }
        Field::Disclosure => {
            let text = markdown(content);
            draft.disclosure = Some(match draft.disclosure.take() {
                Some(before) => format!("{before}\n\n{text}"),
                None => text,
            });
        }
        Field::KeyPoints | Field::Risks | Field::Corrections | Field::Related => {
            let points = match points(content) {
                Ok(points) => points,
                Err(content) => return Some(content),
            };
            match field {
                Field::KeyPoints => draft.key_points.extend(points.into_iter().map(markdown)),
                Field::Risks => draft.risks.extend(points.into_iter().map(markdown)),
                Field::Corrections => draft.corrections.extend(points.into_iter().map(correction)),
                _ => draft.related.extend(points.into_iter().filter_map(related)),
            }
        }
    }
    None
}

/// The items of lists, and paragraphs; or the content as it was, where there is anything else.
fn points(content: Vec<Block>) -> Result<Vec<Vec<Block>>, Vec<Block>> {
    let fits = |block: &Block| matches!(block, Block::Paragraph(_) | Block::List { .. });
    if !content.iter().all(fits) {
        return Err(content);
    }
    let mut points = Vec::new();
    for block in content {
        match block {
            Block::List { items, .. } => points.extend(items.into_iter().map(|item| item.blocks)),
            block => points.push(vec![block]),
        }
    }
    points.retain(|point| !point.is_empty());
    Ok(points)
}

/// A date at the beginning is that of the correction.
fn correction(point: Vec<Block>) -> Correction {
    let text = markdown(point);
    if let Some(day) = text.get(..10)
        && let Ok(date) = Date::parse(day)
        && let Some(rest) = text[10..].strip_prefix([':', ' ', ',', '—', '–', '.'])
    {
        return Correction {
            date: Some(date.to_string()),
            text: rest
                .trim_start_matches([':', ' ', '—', '–', '-'])
                .to_string(),
        };
    }
    Correction { date: None, text }
}

/// A link with its text as the title, and what else stands there as the excerpt.
fn related(point: Vec<Block>) -> Option<Related> {
    let mut line = Vec::new();
    for block in super::html::flat(point) {
        line.push(block);
    }
    let mut related = Related::default();
    let mut rest = Vec::new();
    for piece in line {
        match piece {
            Inline::Link {
                target, content, ..
            } if related.url.is_none() => {
                related.url = Some(target.as_str().to_string());
                related.title = Some(words(&inline_text(&content)));
            }
            piece => rest.push(piece),
        }
    }
    let rest = words(&inline_text(&rest));
    let rest = rest.trim_matches([' ', ':', '–', '—', '-', '•', '|', '(', ')', '.']);
    let rest = Some(rest.to_string()).filter(|rest| !rest.is_empty());
    if related.url.is_none() {
        related.title = rest;
    } else {
        related.excerpt = rest;
    }
    related.title.is_some().then_some(related)
}

/// A heading is plain text.
pub(super) fn tell_links(text: &[Inline], place: &str, losses: &mut Losses) {
    for piece in text {
        match piece {
            Inline::Link { target, .. } => losses.tell(
                place,
                &format!(
                    "the link to {} in the heading “{}”",
                    target.as_str(),
                    words(&inline_text(text))
                ),
                "headings are plain text",
            ),
            Inline::Marked(_, content) | Inline::Abbreviation { content, .. } => {
                tell_links(content, place, losses)
            }
            _ => {}
        }
    }
}

/// Blocks as Markdown.
pub fn markdown(blocks: Vec<Block>) -> String {
    let document = Document {
        blocks,
        footnotes: Vec::new(),
    };
    article::to_markdown(&document).trim().to_string()
}

fn paragraph(line: Vec<Inline>) -> String {
    markdown(vec![Block::Paragraph(line)])
}

/// White space as single spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
