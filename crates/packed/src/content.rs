//! The compact forms of what an article is made of: dates, addresses, people, pictures, and content trees.
//!
//! An address is checked again on its way in: there is no way around the constructors of `SafeUrl`.

use article::{
    Align, ArticleContent, Author, Block, Cap, ContentsEntry, Date, Document, Footnote, Image,
    ImageCandidate, Inline, InlineImage, Item, Mark, ReadingTime, SafeUrl, SectionContent, Source,
};

use crate::stream::{Input, Packed, packed_struct};

impl Packed for Date {
    fn put(&self, out: &mut Vec<u8>) {
        self.to_string().put(out);
    }

    fn take(input: &mut Input) -> Option<Date> {
        Date::parse(&String::take(input)?).ok()
    }
}

/// An image's address may be what a link's may not, and the other way round: one of the two checks holds.
impl Packed for SafeUrl {
    fn put(&self, out: &mut Vec<u8>) {
        let is_link = SafeUrl::link(self.as_str()).is_some();
        is_link.put(out);
        self.as_str().to_owned().put(out);
    }

    fn take(input: &mut Input) -> Option<SafeUrl> {
        let is_link = bool::take(input)?;
        let text = String::take(input)?;
        if is_link {
            SafeUrl::link(&text)
        } else {
            SafeUrl::image(&text)
        }
    }
}

impl Packed for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn take(input: &mut Input) -> Option<u8> {
        input.byte()
    }
}

impl Packed for Align {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(match self {
            Align::None => 0,
            Align::Left => 1,
            Align::Center => 2,
            Align::Right => 3,
        });
    }

    fn take(input: &mut Input) -> Option<Align> {
        Some(match input.byte()? {
            0 => Align::None,
            1 => Align::Left,
            2 => Align::Center,
            3 => Align::Right,
            _ => return None,
        })
    }
}

/// Its place in [`Cap::ALL`].
impl Packed for Cap {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }

    fn take(input: &mut Input) -> Option<Cap> {
        Cap::ALL.get(usize::from(input.byte()?)).copied()
    }
}

/// Its place in [`Mark::ALL`].
impl Packed for Mark {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }

    fn take(input: &mut Input) -> Option<Mark> {
        Mark::ALL.get(usize::from(input.byte()?)).copied()
    }
}

impl Packed for Block {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Block::Paragraph(content) => {
                out.push(0);
                content.put(out);
            }
            Block::Heading { level, id, content } => {
                out.push(1);
                level.put(out);
                id.put(out);
                content.put(out);
            }
            Block::Quote(blocks) => {
                out.push(2);
                blocks.put(out);
            }
            Block::List {
                start,
                tight,
                items,
            } => {
                out.push(3);
                start.put(out);
                tight.put(out);
                items.put(out);
            }
            Block::Code { language, text } => {
                out.push(4);
                language.put(out);
                text.put(out);
            }
            Block::Table { align, head, rows } => {
                out.push(5);
                align.put(out);
                head.put(out);
                rows.put(out);
            }
            Block::Figure {
                image,
                caption,
                credit,
            } => {
                out.push(6);
                image.put(out);
                caption.put(out);
                credit.put(out);
            }
            Block::Rule => out.push(7),
        }
    }

    fn take(input: &mut Input) -> Option<Block> {
        Some(match input.byte()? {
            0 => Block::Paragraph(Packed::take(input)?),
            1 => Block::Heading {
                level: Packed::take(input)?,
                id: Packed::take(input)?,
                content: Packed::take(input)?,
            },
            2 => Block::Quote(Packed::take(input)?),
            3 => Block::List {
                start: Packed::take(input)?,
                tight: Packed::take(input)?,
                items: Packed::take(input)?,
            },
            4 => Block::Code {
                language: Packed::take(input)?,
                text: Packed::take(input)?,
            },
            5 => Block::Table {
                align: Packed::take(input)?,
                head: Packed::take(input)?,
                rows: Packed::take(input)?,
            },
            6 => Block::Figure {
                image: Packed::take(input)?,
                caption: Packed::take(input)?,
                credit: Packed::take(input)?,
            },
            7 => Block::Rule,
            _ => return None,
        })
    }
}

impl Packed for Inline {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Inline::Text(text) => {
                out.push(0);
                text.put(out);
            }
            Inline::Marked(mark, content) => {
                out.push(1);
                mark.put(out);
                content.put(out);
            }
            Inline::Abbreviation { title, content } => {
                out.push(2);
                title.put(out);
                content.put(out);
            }
            Inline::Code(text) => {
                out.push(3);
                text.put(out);
            }
            Inline::Link {
                target,
                title,
                content,
            } => {
                out.push(4);
                target.put(out);
                title.put(out);
                content.put(out);
            }
            Inline::Image(image) => {
                out.push(5);
                image.put(out);
            }
            Inline::Break => out.push(6),
            Inline::FootnoteRef { number, id, ref_id } => {
                out.push(7);
                number.put(out);
                id.put(out);
                ref_id.put(out);
            }
        }
    }

    fn take(input: &mut Input) -> Option<Inline> {
        Some(match input.byte()? {
            0 => Inline::Text(Packed::take(input)?),
            1 => Inline::Marked(Packed::take(input)?, Packed::take(input)?),
            2 => Inline::Abbreviation {
                title: Packed::take(input)?,
                content: Packed::take(input)?,
            },
            3 => Inline::Code(Packed::take(input)?),
            4 => Inline::Link {
                target: Packed::take(input)?,
                title: Packed::take(input)?,
                content: Packed::take(input)?,
            },
            5 => Inline::Image(Packed::take(input)?),
            6 => Inline::Break,
            7 => Inline::FootnoteRef {
                number: Packed::take(input)?,
                id: Packed::take(input)?,
                ref_id: Packed::take(input)?,
            },
            _ => return None,
        })
    }
}

packed_struct!(Item { checked, blocks });
packed_struct!(InlineImage {
    src,
    alt,
    title,
    width,
    height
});
packed_struct!(Footnote {
    number,
    id,
    ref_ids,
    blocks
});
packed_struct!(Document { blocks, footnotes });
packed_struct!(SectionContent { id, heading, body });
packed_struct!(ContentsEntry { level, id, text });
packed_struct!(ReadingTime { fast, slow });
packed_struct!(Author { name, url });
packed_struct!(Source { name, url });
packed_struct!(ImageCandidate { src, width });
packed_struct!(Image {
    src,
    alt,
    caption,
    credit,
    width,
    height,
    srcset
});
packed_struct!(ArticleContent {
    summary,
    key_points,
    sections,
    risks,
    disclosure,
    corrections,
    image_caption,
    footnotes,
    contents,
    caps,
});
