//! Blocks of the content tree from texts and addresses, for formats that name their pictures and links themselves.

use super::Losses;
use super::html::{self, address};
use article::{Block, Inline, InlineImage};

/// A paragraph of plain text.
pub fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_string())])
}

/// Running text of HTML.
pub fn inlines(html: &str, place: &str, base: Option<&str>, losses: &mut Losses) -> Vec<Inline> {
    html::flat(html::document(html, place, base, losses).blocks)
}

/// A link with a text, or the text alone where it may not lead anywhere.
pub fn link(
    url: &str,
    text: Vec<Inline>,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Vec<Inline> {
    let Some(target) = address::link(url, base) else {
        let why = "it is no address that a page may lead to; its text is kept";
        losses.tell(place, &format!("the link to {url}"), why);
        return text;
    };
    let content = match text.is_empty() {
        true => vec![Inline::Text(url.to_string())],
        false => text,
    };
    vec![Inline::Link {
        target,
        title: None,
        content,
    }]
}

/// A paragraph with nothing but a link in it, in place of what cannot be shown; `None` where there is no address.
pub fn link_in_place(url: &str, text: &str, base: Option<&str>) -> Option<Block> {
    let target = address::link(url, base)?;
    let text = if text.is_empty() { url } else { text };
    Some(Block::Paragraph(vec![Inline::Link {
        target,
        title: None,
        content: vec![Inline::Text(text.to_string())],
    }]))
}

/// A picture as a format names it.
#[derive(Debug, Default)]
pub struct Picture {
    /// Its address.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// What stands under it.
    pub caption: Vec<Inline>,
    /// Who made it.
    pub credit: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

impl Picture {
    /// As a figure. Where its address is none, what stands under it stays.
    pub fn into_blocks(self, place: &str, base: Option<&str>, losses: &mut Losses) -> Vec<Block> {
        let credit: Vec<Inline> = Some(Inline::Text(self.credit.clone()))
            .filter(|_| !self.credit.is_empty())
            .into_iter()
            .collect();
        let Some(src) = address::image(&self.src, base) else {
            let why = "it has no address that a page may show a picture from";
            losses.tell(place, &format!("a picture ({})", self.src), why);
            let texts = [self.caption, credit];
            let texts = texts.into_iter().filter(|text| !text.is_empty());
            return texts.map(Block::Paragraph).collect();
        };
        vec![Block::Figure {
            image: InlineImage {
                src,
                alt: self.alt,
                title: None,
                width: self.width,
                height: self.height,
            },
            caption: self.caption,
            credit,
        }]
    }

    /// As the lead picture of an article.
    pub fn into_lead(
        self,
        place: &str,
        base: Option<&str>,
        losses: &mut Losses,
    ) -> Option<super::Image> {
        if address::image(&self.src, base).is_none() {
            let why = "it has no address that a page may show a picture from";
            losses.tell(place, &format!("a picture ({})", self.src), why);
            return None;
        }
        let text = |text: String| Some(text).filter(|text| !text.is_empty());
        Some(super::Image {
            src: address::absolute(&self.src, base),
            alt: text(self.alt),
            caption: text(super::sections::markdown(vec![Block::Paragraph(
                self.caption,
            )])),
            credit: text(self.credit),
            width: self.width,
            height: self.height,
            srcset: Vec::new(),
        })
    }
}

/// A table of plain rows; the first is its head.
pub fn table(mut rows: Vec<Vec<Vec<Inline>>>) -> Option<Block> {
    let n_columns = rows.iter().map(Vec::len).max().filter(|n| *n > 0)?;
    for row in &mut rows {
        row.resize(n_columns, Vec::new());
    }
    let head = rows.remove(0);
    Some(Block::Table {
        align: vec![article::Align::None; n_columns],
        head,
        rows,
    })
}
