//! A page's lines: [`stretches`] cuts it at its labels, and [`Dropped`] keeps what belongs to the page.

use super::super::{Field, Headings, Losses};

/// Lines without an empty one between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    /// The number of its first line, from 1.
    pub(super) line: usize,
    /// At least one, white space removed from both ends.
    pub(super) lines: Vec<&'a str>,
}

/// A label and what stands under it.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    /// `None` where the page begins, and where it goes on behind a label with its text in one line.
    pub(super) label: Option<Label>,
    /// The text began in the line of the label.
    pub(super) is_inline: bool,
    /// The line of the label and its number, from 1.
    pub(super) line: (usize, &'a str),
    pub(super) blocks: Vec<Block<'a>>,
}

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Field(Field),
    /// The filter of a list page; the article's category may stand beside it.
    Category,
    /// The search box.
    Search,
}

const CATEGORY: [&str; 5] = [
    "category",
    "categories",
    "kategorie",
    "catégorie",
    "categoría",
];
const SEARCH: [&str; 8] = [
    "search",
    "search articles",
    "suche",
    "artikel suchen",
    "artikel durchsuchen",
    "rechercher",
    "rechercher des articles",
    "buscar artículos",
];
/// Lines that belong to the page, each alone.
const FURNITURE: [&str; 19] = [
    "advertisement",
    "share",
    "share this article",
    "print",
    "save",
    "skip to content",
    "back to top",
    "anzeige",
    "teilen",
    "drucken",
    "merken",
    "publicité",
    "partager",
    "imprimer",
    "enregistrer",
    "publicidad",
    "compartir",
    "guardar",
    "continue reading",
];
/// Why furniture is dropped.
pub(super) const FURNITURE_WHY: &str = "it belongs to the page and not to its article";
const READING_TIME: [&str; 6] = [
    "min read",
    "minute read",
    "minutes read",
    "min. lesezeit",
    "min de lecture",
    "min de lectura",
];

/// What is left out of an article, to be told in the order of its lines.
#[derive(Default)]
pub(super) struct Dropped(Vec<(usize, String, String)>);

impl Dropped {
    /// Notes a line.
    pub(super) fn push(&mut self, line: usize, what: &str, why: &str) {
        self.0.push((line, what.to_string(), why.to_string()));
    }

    /// Tells all of it.
    pub(super) fn tell(mut self, losses: &mut Losses) {
        self.0.sort();
        for (line, what, why) in self.0 {
            losses.tell(&format!("line {line}"), &what, &why);
        }
    }
}

/// Cuts a page at its labels. Furniture is taken out.
pub(super) fn stretches<'a>(
    text: &'a str,
    headings: &Headings,
    dropped: &mut Dropped,
) -> Vec<Stretch<'a>> {
    let begin = |label, is_inline, line| Stretch {
        label,
        is_inline,
        line,
        blocks: Vec::new(),
    };
    let mut stretches = vec![begin(None, false, (1, ""))];
    let mut is_after_gap = true;
    for (line, text) in (1..).zip(text.split('\n')) {
        let mut text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
        if text.is_empty() {
            is_after_gap = true;
            continue;
        }
        if is_furniture(text) {
            dropped.push(line, text, FURNITURE_WHY);
            is_after_gap = true;
            continue;
        }
        if let Some(label) = label(text, headings) {
            if label == Label::Search {
                dropped.push(line, text, "the search box of the page");
            }
            stretches.push(begin(Some(label), false, (line, text)));
            is_after_gap = true;
            continue;
        }
        if is_after_gap {
            if let Some((field, rest)) = inline_label(text, headings) {
                stretches.push(begin(Some(Label::Field(field)), true, (line, text)));
                text = rest;
            } else if let [.., before, inline] = &stretches[..]
                && inline.is_inline
            {
                // A list or a summary was over when the label came; everything else goes on behind it.
                let label = before.label.filter(|label| {
                    use Field::{KeyPoints, Risks, Summary};
                    !matches!(label, Label::Field(KeyPoints | Risks | Summary))
                });
                stretches.push(begin(label, false, (line, text)));
            }
        }
        let Some(stretch) = stretches.last_mut() else {
            continue;
        };
        match stretch.blocks.last_mut() {
            Some(block) if !is_after_gap => block.lines.push(text),
            _ => stretch.blocks.push(Block {
                line,
                lines: vec![text],
            }),
        }
        is_after_gap = false;
    }
    stretches
}

/// The text behind a bullet.
pub(super) fn bullet(line: &str) -> Option<&str> {
    let text = line.strip_prefix(['•', '‣', '▪', '●', '·', '*', '-', '–'])?;
    text.starts_with(char::is_whitespace)
        .then(|| text.trim_start())
}

fn label(line: &str, headings: &Headings) -> Option<Label> {
    if is_category_label(line) {
        Some(Label::Category)
    } else if SEARCH.contains(&&*folded(line)) {
        Some(Label::Search)
    } else {
        headings.field(line).map(Label::Field)
    }
}

/// `Disclosure: The author owns…`, for the fields that are a text and not a list.
fn inline_label<'a>(line: &'a str, headings: &Headings) -> Option<(Field, &'a str)> {
    let (label, text) = line.split_once(':')?;
    let field = headings.field(label)?;
    let is_text = matches!(
        field,
        Field::Summary | Field::Disclosure | Field::Corrections
    );
    let text = text.trim();
    (is_text && !text.is_empty()).then_some((field, text))
}

/// `Category: Markets`
pub(super) fn named_category(line: &str) -> Option<&str> {
    let (label, category) = line.split_once(':')?;
    let category = category.trim();
    (is_category_label(label) && !category.is_empty()).then_some(category)
}

fn is_category_label(text: &str) -> bool {
    CATEGORY.contains(&&*folded(text))
}

/// A label as the tables have it: lower case, single spaces, no colon behind it.
fn folded(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    let label = words.join(" ").to_lowercase();
    label.trim_end_matches([':', ' ']).to_string()
}

fn is_furniture(line: &str) -> bool {
    let folded = folded(line);
    FURNITURE.contains(&&*folded)
        || folded.starts_with('©')
        || READING_TIME.iter().any(|ending| {
            folded
                .strip_suffix(ending)
                .is_some_and(|n| n.trim_end_matches([' ', '-']).parse::<u16>().is_ok())
        })
}
