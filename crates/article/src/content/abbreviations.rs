//! Abbreviations: [`definitions`] finds where they are defined, [`explain`] where they are used.
//!
//! The form is that of PHP Markdown Extra: a paragraph of lines `*[HTML]: HyperText Markup Language`.

use super::limits::{ABBREVIATION_LENGTH_MAX, EXPLANATIONS_MAX};
use super::tree::{Block, Inline};
use crate::letters::is_letter;

/// What is shown, and what it stands for.
pub(super) type Abbreviation = (String, String);

/// The abbreviations that a paragraph defines; `None` if it is a paragraph like any other.
pub(super) fn definitions(paragraph: &[Inline]) -> Option<Vec<Abbreviation>> {
    let [Inline::Text(text)] = paragraph else {
        return None;
    };
    if !text.starts_with("*[") {
        return None;
    }
    let define = |line: &str| {
        let (name, title) = line.strip_prefix("*[")?.split_once(']')?;
        let (name, title) = (name.trim(), title.strip_prefix(':')?.trim());
        let fits = !name.is_empty()
            && !title.is_empty()
            && name.len() <= ABBREVIATION_LENGTH_MAX
            && title.len() <= 4 * ABBREVIATION_LENGTH_MAX;
        fits.then(|| (name.to_string(), title.to_string()))
    };
    text.split('\n').map(define).collect()
}

/// Explains abbreviations in all that `parts` hold. Says whether a cap was met.
pub(super) fn explain<'a>(
    parts: impl Iterator<Item = &'a mut Vec<Block>>,
    abbreviations: &[Abbreviation],
) -> bool {
    if abbreviations.is_empty() {
        return false;
    }
    let mut explainer = Explainer {
        abbreviations,
        n_left: EXPLANATIONS_MAX,
        is_over: false,
    };
    for part in parts {
        explainer.blocks(part);
    }
    explainer.is_over
}

struct Explainer<'a> {
    abbreviations: &'a [Abbreviation],
    n_left: u32,
    is_over: bool,
}

impl<'a> Explainer<'a> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(content),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(&mut item.blocks);
                    }
                }
                Block::Table { head, rows, .. } => {
                    for cell in head.iter_mut().chain(rows.iter_mut().flatten()) {
                        self.inlines(cell);
                    }
                }
                Block::Figure {
                    caption, credit, ..
                } => {
                    self.inlines(caption);
                    self.inlines(credit);
                }
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let holds_any =
            |inline: &Inline| matches!(inline, Inline::Text(text) if self.next(text, 0).is_some());
        if inlines.iter().any(holds_any) {
            for inline in std::mem::take(inlines) {
                match inline {
                    Inline::Text(text) => self.divide(&text, inlines),
                    other => inlines.push(other),
                }
            }
        }
        for inline in inlines {
            match inline {
                Inline::Marked(_, content) | Inline::Link { content, .. } => self.inlines(content),
                _ => {}
            }
        }
    }

    fn divide(&mut self, text: &str, inlines: &mut Vec<Inline>) {
        let mut done = 0;
        while let Some((start, abbreviation)) = self.next(text, done) {
            if self.n_left == 0 {
                self.is_over = true;
                break;
            }
            self.n_left -= 1;
            if start > done {
                inlines.push(Inline::Text(text[done..start].to_string()));
            }
            let (name, title) = abbreviation;
            inlines.push(Inline::Abbreviation {
                title: title.clone(),
                content: vec![Inline::Text(name.clone())],
            });
            done = start + name.len();
        }
        if done < text.len() {
            inlines.push(Inline::Text(text[done..].to_string()));
        }
    }

    /// The next place where an abbreviation stands as a word, the longest where there are several.
    fn next(&self, text: &str, from: usize) -> Option<(usize, &'a Abbreviation)> {
        let mut before = text[..from].chars().next_back();
        for (offset, c) in text[from..].char_indices() {
            let rest = &text[from + offset..];
            if !before.is_some_and(is_letter) {
                let stands = |name: &str| {
                    rest.starts_with(name)
                        && !rest[name.len()..].chars().next().is_some_and(is_letter)
                };
                let found = self
                    .abbreviations
                    .iter()
                    .filter(|(name, _)| stands(name))
                    .max_by_key(|(name, _)| name.len());
                if let Some(abbreviation) = found {
                    return Some((from + offset, abbreviation));
                }
            }
            before = Some(c);
        }
        None
    }
}
