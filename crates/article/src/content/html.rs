//! The tree as HTML text: [`html`], for feeds, for pages made ahead of time, and for comparing with specifications.
//!
//! A walk over the tree: elements are written by their names here, texts and attribute values are escaped, and there is
//! nothing else that could reach the output. What only the reader's page needs (listeners' marks, classes, roles) is not
//! in it; `src/ui/document.rs` draws the same elements with those, and a test in a browser holds the two together.

use super::tree::{Align, Block, Document, Footnote, Inline, InlineImage, Item, has_row_headings};

/// A document as HTML, a line for each block, its notes in a list at the end. Relative addresses are resolved against
/// `base`, where it is not empty.
pub fn html(document: &Document, base: &str) -> String {
    let mut writer = Writer::new(base);
    writer.blocks(&document.blocks);
    if !document.footnotes.is_empty() {
        writer.notes(&document.footnotes);
    }
    writer.out
}

/// Running text as HTML.
pub fn inline_html(inlines: &[Inline], base: &str) -> String {
    let mut writer = Writer::new(base);
    writer.inlines(inlines);
    writer.out
}

pub(super) struct Writer<'a> {
    pub(super) out: String,
    base: &'a str,
}

impl<'a> Writer<'a> {
    pub(super) fn new(base: &'a str) -> Writer<'a> {
        Writer {
            out: String::new(),
            base,
        }
    }
}

impl Writer<'_> {
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                c => self.out.push(c),
            }
        }
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, Option<&str>)]) {
        self.raw("<");
        self.raw(name);
        for (name, value) in attributes {
            if let Some(value) = value {
                self.raw(" ");
                self.raw(name);
                self.raw("=\"");
                self.escaped(value);
                self.raw("\"");
            }
        }
        self.raw(">");
    }

    pub(super) fn close(&mut self, name: &str) {
        self.raw("</");
        self.raw(name);
        self.raw(">");
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.raw("\n");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.element("p", &[], content),
            Block::Heading { level, id, content } => {
                const NAMES: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
                let name = NAMES[usize::from((*level).clamp(2, 6)) - 2];
                self.element(name, &[("id", Some(id))], content);
            }
            Block::Quote(blocks) => {
                self.raw("<blockquote>\n");
                self.blocks(blocks);
                self.close("blockquote");
            }
            Block::List {
                start,
                tight,
                items,
            } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                let start = start.filter(|start| *start != 1);
                let start = start.map(|start| start.to_string());
                self.open(name, &[("start", start.as_deref())]);
                self.raw("\n");
                for item in items {
                    self.item(item, *tight);
                }
                self.close(name);
            }
            Block::Code { language, text } => {
                let class = language
                    .as_ref()
                    .map(|name| ["language-", name.as_str()].concat());
                self.raw("<pre>");
                self.open("code", &[("class", class.as_deref())]);
                self.escaped(text);
                self.raw("</code></pre>");
            }
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Figure {
                image,
                caption,
                credit,
            } => {
                self.raw("<figure>");
                self.image(image);
                if !caption.is_empty() || !credit.is_empty() {
                    self.raw("<figcaption>");
                    self.inlines(caption);
                    if !credit.is_empty() {
                        // In a feed nothing else keeps the two apart.
                        if !caption.is_empty() {
                            self.raw(" ");
                        }
                        self.element("small", &[], credit);
                    }
                    self.close("figcaption");
                }
                self.close("figure");
            }
            Block::Rule => self.raw("<hr>"),
        }
    }

    fn element(&mut self, name: &str, attributes: &[(&str, Option<&str>)], content: &[Inline]) {
        self.open(name, attributes);
        self.inlines(content);
        self.close(name);
    }

    fn item(&mut self, item: &Item, tight: bool) {
        self.raw("<li>");
        if let Some(checked) = item.checked {
            let checked = checked.then_some("");
            self.open(
                "input",
                &[
                    ("type", Some("checkbox")),
                    ("disabled", Some("")),
                    ("checked", checked),
                ],
            );
            self.raw(" ");
        }
        for (ix, block) in item.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(content) if tight => self.inlines(content),
                block => {
                    if ix == 0 || tight {
                        self.raw("\n");
                    }
                    self.block(block);
                    self.raw("\n");
                }
            }
        }
        self.raw("</li>\n");
    }

    fn table(&mut self, align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let side = |column: usize| match align.get(column) {
            Some(Align::Left) => Some("left"),
            Some(Align::Center) => Some("center"),
            Some(Align::Right) => Some("right"),
            _ => None,
        };
        let has_row_headings = has_row_headings(head);
        self.raw("<table>\n");
        if head.iter().any(|cell| !cell.is_empty()) {
            self.raw("<thead>\n<tr>\n");
            for (column, cell) in head.iter().enumerate() {
                let (name, scope) = match cell.is_empty() {
                    true => ("td", None),
                    false => ("th", Some("col")),
                };
                self.element(name, &[("scope", scope), ("align", side(column))], cell);
                self.raw("\n");
            }
            self.raw("</tr>\n</thead>\n");
        }
        if !rows.is_empty() {
            self.raw("<tbody>\n");
            for row in rows {
                self.raw("<tr>\n");
                for (column, cell) in row.iter().enumerate() {
                    let (name, scope) = match column {
                        0 if has_row_headings => ("th", Some("row")),
                        _ => ("td", None),
                    };
                    self.element(name, &[("scope", scope), ("align", side(column))], cell);
                    self.raw("\n");
                }
                self.raw("</tr>\n");
            }
            self.raw("</tbody>\n");
        }
        self.close("table");
    }

    pub(super) fn notes(&mut self, notes: &[Footnote]) {
        self.raw("<section>\n<ol>\n");
        for note in notes {
            let number = note.number.to_string();
            self.open("li", &[("id", Some(&note.id)), ("value", Some(&number))]);
            self.raw("\n");
            self.blocks(&note.blocks);
            for ref_id in &note.ref_ids {
                let target = ["#", ref_id].concat();
                self.open("a", &[("href", Some(&target))]);
                self.raw("\u{21a9}\u{fe0e}</a>");
            }
            self.raw("</li>\n");
        }
        self.raw("</ol>\n</section>\n");
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.escaped(text),
            Inline::Marked(mark, content) => self.element(mark.element(), &[], content),
            Inline::Abbreviation { title, content } => {
                self.element("abbr", &[("title", Some(title))], content);
            }
            Inline::Code(text) => {
                self.raw("<code>");
                self.escaped(text);
                self.close("code");
            }
            Inline::Link {
                target,
                title,
                content,
            } => {
                let href = target.resolve(self.base);
                self.element(
                    "a",
                    &[("href", Some(&href)), ("title", title.as_deref())],
                    content,
                );
            }
            Inline::Image(image) => self.image(image),
            Inline::Break => self.raw("<br>\n"),
            Inline::FootnoteRef { number, id, ref_id } => {
                let target = ["#", id].concat();
                self.raw("<sup>");
                self.open("a", &[("id", Some(ref_id)), ("href", Some(&target))]);
                self.raw(&number.to_string());
                self.raw("</a></sup>");
            }
        }
    }

    fn image(&mut self, image: &InlineImage) {
        let src = image.src.resolve(self.base);
        let width = image.width.map(|width| width.to_string());
        let height = image.height.map(|height| height.to_string());
        self.open(
            "img",
            &[
                ("src", Some(&src)),
                ("alt", Some(&image.alt)),
                ("title", image.title.as_deref()),
                ("width", width.as_deref()),
                ("height", height.as_deref()),
            ],
        );
    }
}
