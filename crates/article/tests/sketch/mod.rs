//! A document in one line, for tables of tests: `P(one E(two)) H3#op-a(A)`.

use offprint_article::{Align, Block, Document, Inline, InlineImage, Mark};

/// Blocks and then notes.
pub fn sketch(document: &Document) -> String {
    let mut parts = vec![blocks(&document.blocks)];
    for note in &document.footnotes {
        let refs = note.ref_ids.join(",");
        parts.push(format!(
            "NOTE{}#{}<{refs}>({})",
            note.number,
            note.id,
            blocks(&note.blocks)
        ));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Blocks, divided by spaces.
pub fn blocks(list: &[Block]) -> String {
    list.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(content) => format!("P({})", inlines(content)),
        Block::Heading { level, id, content } => format!("H{level}#{id}({})", inlines(content)),
        Block::Quote(list) => format!("QUOTE({})", blocks(list)),
        Block::List {
            start,
            tight,
            items,
        } => {
            let name = start.map_or("UL".to_string(), |start| format!("OL{start}"));
            let loose = if *tight { "" } else { "~" };
            let items = items.iter().map(|item| {
                let mark = match item.checked {
                    None => "",
                    Some(true) => "[x]",
                    Some(false) => "[ ]",
                };
                format!("LI{mark}({})", blocks(&item.blocks))
            });
            format!("{name}{loose}({})", items.collect::<Vec<_>>().join(" "))
        }
        Block::Code { language, text } => {
            format!("PRE:{}({text})", language.as_deref().unwrap_or(""))
        }
        Block::Table { align, head, rows } => {
            let align: String = align
                .iter()
                .map(|align| match align {
                    Align::None => '-',
                    Align::Left => '<',
                    Align::Center => '^',
                    Align::Right => '>',
                })
                .collect();
            let row = |cells: &Vec<Vec<Inline>>| {
                cells
                    .iter()
                    .map(|cell| inlines(cell))
                    .collect::<Vec<_>>()
                    .join("|")
            };
            let rows: String = rows
                .iter()
                .map(|cells| format!(" / {}", row(cells)))
                .collect();
            format!("TABLE{align}({}{rows})", row(head))
        }
        Block::Figure {
            image,
            caption,
            credit,
        } => {
            let credit = match credit.is_empty() {
                true => String::new(),
                false => format!(" BY({})", inlines(credit)),
            };
            format!(
                "FIG:{}{}[{}]({}{credit})",
                image.src.as_str(),
                size(image),
                image.alt,
                inlines(caption)
            )
        }
        Block::Rule => "HR".to_string(),
    }
}

/// Running text.
pub fn inlines(list: &[Inline]) -> String {
    list.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.clone(),
        Inline::Marked(mark, content) => {
            let name = match mark {
                Mark::Emphasis => "E",
                Mark::Strong => "S",
                Mark::Strike => "D",
                Mark::Subscript => "SUB",
                Mark::Superscript => "SUP",
                Mark::Keyboard => "KBD",
                Mark::Highlight => "MARK",
            };
            format!("{name}({})", inlines(content))
        }
        Inline::Abbreviation { title, content } => format!("ABBR:{title:?}({})", inlines(content)),
        Inline::Code(text) => format!("C({text})"),
        Inline::Link {
            target,
            title,
            content,
        } => {
            let title = title
                .as_ref()
                .map_or(String::new(), |title| format!(" {title:?}"));
            format!("A:{}{title}({})", target.as_str(), inlines(content))
        }
        Inline::Image(image) => {
            let title = image
                .title
                .as_ref()
                .map_or(String::new(), |title| format!(" {title:?}"));
            format!(
                "IMG:{}{}{title}[{}]",
                image.src.as_str(),
                size(image),
                image.alt
            )
        }
        Inline::Break => "BR".to_string(),
        Inline::FootnoteRef { number, id, ref_id } => format!("REF{number}#{id}@{ref_id}"),
    }
}

/// ` 4x3`, where it is known.
fn size(image: &InlineImage) -> String {
    match (image.width, image.height) {
        (None, None) => String::new(),
        (width, height) => {
            let text = |size: Option<u32>| size.map_or(String::from("?"), |size| size.to_string());
            format!(" {}x{}", text(width), text(height))
        }
    }
}
