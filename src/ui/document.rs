//! [`Draw`]: a `Document` as the nodes of a page.
//!
//! A walk over the tree and nothing else: there is no node that the tree does not have, and no text that
//! is taken for markup. The nodes carry no listeners; a link to a place in the article is known by its
//! `data-op-anchor` to the listener of the article that holds it.

use article::{Align, Block, Document, Footnote, Inline, InlineImage, Item, has_row_headings};
use yew::prelude::*;
use yew::virtual_dom::{VNode, VTag};

use super::words;
use crate::state::{Addresses, Route};

/// What a walk needs to know of the article.
pub struct Draw<'a> {
    /// The article's id, for links to places in it.
    pub id: &'a str,
    /// The address that relative addresses start from.
    pub base: &'a str,
    /// Where routes have their addresses.
    pub addresses: &'a Addresses,
}

impl Draw<'_> {
    /// A document, without its notes.
    pub fn document(&self, document: &Document) -> Html {
        self.blocks(&document.blocks)
    }

    /// A document of one paragraph without that paragraph's element, to stand in a list item or caption.
    pub fn phrase(&self, document: &Document) -> Html {
        match document.blocks.as_slice() {
            [Block::Paragraph(content)] => self.inlines(content),
            blocks => self.blocks(blocks),
        }
    }

    /// The notes of an article, each with its way back to the text.
    pub fn footnotes(&self, footnotes: &[Footnote]) -> Html {
        let back = |ref_id: &String| {
            html! {
                <a class="op-note-back" href={self.address(ref_id)} data-op-anchor={ref_id.clone()} aria-label={words::BACK_TO_TEXT}>
                    { "\u{21a9}\u{fe0e}" }
                </a>
            }
        };
        let note = |note: &Footnote| {
            html! {
                <li id={note.id.clone()} value={note.number.to_string()} tabindex="-1">
                    { self.blocks(&note.blocks) }
                    { for note.ref_ids.iter().map(back) }
                </li>
            }
        };
        html! {
            <section class="op-notes" aria-labelledby="op-notes">
                <h2 id="op-notes">{ words::NOTES }</h2>
                <ol>{ for footnotes.iter().map(note) }</ol>
            </section>
        }
    }

    /// The address of a place in this article, or of another article: `#/article/its-id`.
    pub fn address(&self, anchor: &str) -> String {
        self.addresses.href(&Route::from(self.id, anchor))
    }

    fn blocks(&self, blocks: &[Block]) -> Html {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> Html {
        match block {
            Block::Paragraph(content) => html! { <p dir="auto">{ self.inlines(content) }</p> },
            Block::Heading { level, id, content } => html! {
                <@{format!("h{}", level.clamp(&2, &6))} id={id.clone()} tabindex="-1" dir="auto">{ self.inlines(content) }</@>
            },
            Block::Quote(blocks) => {
                html! { <blockquote dir="auto">{ self.blocks(blocks) }</blockquote> }
            }
            Block::List {
                start,
                tight,
                items,
            } => {
                let items = items.iter().map(|item| self.item(item, *tight));
                match start {
                    Some(start) => {
                        let start = Some(start).filter(|&&start| start != 1);
                        html! { <ol dir="auto" start={start.map(|start| start.to_string())}>{ for items }</ol> }
                    }
                    None => html! { <ul dir="auto">{ for items }</ul> },
                }
            }
            Block::Code { language, text } => html! {
                <pre dir="ltr" tabindex="0"><code class={language.as_ref().map(|name| format!("language-{name}"))}>{ text }</code></pre>
            },
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Figure {
                image,
                caption,
                credit,
            } => html! {
                <figure class="op-figure">
                    { self.image(image) }
                    { for self.caption(caption, credit) }
                </figure>
            },
            Block::Rule => html! { <hr /> },
        }
    }

    fn item(&self, item: &Item, tight: bool) -> Html {
        let content = item.blocks.iter().map(|block| match block {
            Block::Paragraph(content) if tight => self.inlines(content),
            block => self.block(block),
        });
        match item.checked {
            Some(checked) => html! {
                <li class="op-task">
                    <input type="checkbox" disabled=true {checked} aria-label={if checked { "Done" } else { "To do" }} />
                    { for content }
                </li>
            },
            None => html! { <li>{ for content }</li> },
        }
    }

    fn table(&self, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
        let class = |column: usize| match align.get(column) {
            Some(Align::Center) => Some("op-center"),
            Some(Align::Right) => Some("op-right"),
            _ => None,
        };
        // A table of HTML may have none.
        let has_head = head.iter().any(|cell| !cell.is_empty());
        // An empty cell is no heading.
        let heads = head
            .iter()
            .enumerate()
            .map(|(column, cell)| match cell.is_empty() {
                true => html! { <td class={class(column)}></td> },
                false => {
                    html! { <th scope="col" class={class(column)}>{ self.inlines(cell) }</th> }
                }
            });
        let has_row_headings = has_row_headings(head);
        let row = |row: &Vec<Vec<Inline>>| {
            let cells = row.iter().enumerate().map(|(column, cell)| match column {
                0 if has_row_headings => {
                    html! { <th scope="row" class={class(column)}>{ self.inlines(cell) }</th> }
                }
                _ => html! { <td class={class(column)}>{ self.inlines(cell) }</td> },
            });
            html! { <tr>{ for cells }</tr> }
        };
        // A wide table scrolls by itself; the keyboard can reach it, so it has a name.
        html! {
            <div class="op-table" role="group" aria-label="Table" tabindex="0">
                <table dir="auto">
                    { for has_head.then(|| html! { <thead><tr>{ for heads }</tr></thead> }) }
                    <tbody>{ for rows.iter().map(row) }</tbody>
                </table>
            </div>
        }
    }

    fn inlines(&self, content: &[Inline]) -> Html {
        content.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> VNode {
        match inline {
            Inline::Text(text) => text.clone().into(),
            Inline::Marked(mark, content) => {
                let mut element = VTag::new(mark.element());
                element.add_child(self.inlines(content));
                element.into()
            }
            Inline::Abbreviation { title, content } => {
                html! { <abbr title={title.clone()}>{ self.inlines(content) }</abbr> }
            }
            Inline::Code(text) => html! { <code dir="ltr">{ text }</code> },
            Inline::Break => html! { <br /> },
            Inline::Image(image) => self.image(image),
            Inline::Link {
                target,
                title,
                content,
            } => {
                if let Some(anchor) = target.as_str().strip_prefix('#') {
                    return html! {
                        <a href={self.address(anchor)} data-op-anchor={anchor.to_owned()} title={title.clone()}>
                            { self.inlines(content) }
                        </a>
                    };
                }
                let rel = target.is_external().then_some("noopener noreferrer");
                html! {
                    <a href={target.resolve(self.base)} {rel} title={title.clone()}>{ self.inlines(content) }</a>
                }
            }
            Inline::FootnoteRef { number, id, ref_id } => html! {
                <sup class="op-note-ref">
                    <a id={ref_id.clone()} href={self.address(id)} data-op-anchor={id.clone()} role="doc-noteref">
                        { number.to_string() }
                    </a>
                </sup>
            },
        }
    }

    fn caption(&self, caption: &[Inline], credit: &[Inline]) -> Option<Html> {
        if caption.is_empty() && credit.is_empty() {
            return None;
        }
        let credit = (!credit.is_empty())
            .then(|| html! { <span class="op-credit" dir="auto">{ self.inlines(credit) }</span> });
        Some(html! { <figcaption dir="auto">{ self.inlines(caption) }{ for credit }</figcaption> })
    }

    fn image(&self, image: &InlineImage) -> Html {
        html! {
            <img
                class="op-image"
                src={image.src.resolve(self.base)}
                alt={image.alt.clone()}
                title={image.title.clone()}
                width={image.width.map(|width| width.to_string())}
                height={image.height.map(|height| height.to_string())}
                loading="lazy"
                decoding="async"
            />
        }
    }
}
