//! Tables: every row with as many cells as the widest, cells that span several written out; tables that only lay a
//! page out are looked through.

use super::flow::{self, Flow};
use super::walk::Walk;
use article::{Align, Block, Inline};
use scraper::ElementRef;

/// A table may be so wide. A span can claim a thousand columns in a few bytes.
const COLUMNS_MAX: usize = 200;

/// What stands in a cell over several rows is written into each of them, if it is no longer than this.
const REPEATED_MAX: usize = 200;

/// A cell as it stands in the source.
struct Cell<'a> {
    element: ElementRef<'a>,
    is_heading: bool,
    n_columns: usize,
    n_rows: usize,
}

/// A row, and whether it stands in `<thead>`.
struct Row<'a> {
    cells: Vec<Cell<'a>>,
    is_head: bool,
}

impl Walk<'_> {
    pub(super) fn table(&mut self, flow: &mut Flow, element: ElementRef) {
        flow.end_paragraph();
        let mut captions = Vec::new();
        let rows = rows_of(element, &mut captions);
        for caption in &captions {
            self.around(flow, |walk, flow| walk.children(flow, **caption));
        }
        if is_layout(element, &rows, !captions.is_empty()) {
            for cell in rows.iter().flat_map(|row| &row.cells) {
                self.around(flow, |walk, flow| walk.children(flow, *cell.element));
            }
            return;
        }
        if let Some(table) = self.grid(flow, rows) {
            flow.block(table);
        }
    }

    fn grid(&mut self, flow: &Flow, rows: Vec<Row>) -> Option<Block> {
        let has_head = rows.first().is_some_and(|row| {
            row.is_head || row.cells.len() > 1 && row.cells.iter().all(|cell| cell.is_heading)
        });
        let has_named_rows = rows
            .iter()
            .skip(usize::from(has_head))
            .any(|row| row.cells.first().is_some_and(|cell| cell.is_heading));
        let mut align = Vec::new();
        let mut grid: Vec<Vec<Vec<Inline>>> = Vec::new();
        // Of each column, the rows that a cell above still claims, and what stands in it.
        let mut claimed: Vec<(usize, Vec<Inline>)> = Vec::new();
        for row in rows {
            let mut line: Vec<Vec<Inline>> = Vec::new();
            for cell in row.cells {
                fill_claimed(&mut line, &mut claimed);
                if line.len() >= COLUMNS_MAX {
                    self.tell(cell.element, "the table has too many columns");
                    continue;
                }
                let content = self.cell(flow, cell.element);
                let repeated = match article::inline_text(&content).len() {
                    0..=REPEATED_MAX => content.clone(),
                    _ => Vec::new(),
                };
                if cell.n_columns > 1 || cell.n_rows > 1 {
                    self.count(
                        "merged cell",
                        "tables of the format are grids; it is written out",
                    );
                }
                for ix in 0..cell.n_columns.min(COLUMNS_MAX - line.len()) {
                    let column = line.len();
                    if align.len() <= column {
                        align.resize(column + 1, Align::None);
                        claimed.resize(column + 1, (0, Vec::new()));
                    }
                    if align[column] == Align::None {
                        align[column] = align_of(cell.element);
                    }
                    let (content, repeated) = match ix {
                        0 => (content.clone(), repeated.clone()),
                        _ => (Vec::new(), Vec::new()),
                    };
                    claimed[column] = (cell.n_rows - 1, repeated);
                    line.push(content);
                }
            }
            fill_claimed(&mut line, &mut claimed);
            grid.push(line);
        }
        let is_empty = grid.iter().flatten().all(Vec::is_empty);
        if is_empty {
            return None;
        }
        let n_columns = align.len();
        for line in &mut grid {
            line.resize(n_columns, Vec::new());
        }
        let mut grid = grid.into_iter();
        let head = match has_head {
            true => grid.next()?,
            false => vec![Vec::new(); n_columns],
        };
        if has_named_rows && !article::has_row_headings(&head) {
            self.count(
                "row heading",
                "a table whose first column has a heading has none for its rows; the text is kept",
            );
        }
        Some(Block::Table {
            align,
            head,
            rows: grid.collect(),
        })
    }

    fn cell(&mut self, flow: &Flow, element: ElementRef) -> Vec<Inline> {
        let blocks = self.blocks_of(flow, element);
        let is_plain = matches!(
            blocks.as_slice(),
            [] | [Block::Paragraph(_) | Block::Figure { .. }]
        );
        if !is_plain
            && blocks
                .iter()
                .any(|block| !matches!(block, Block::Paragraph(_)))
        {
            self.count(
                "table cell with blocks",
                "cells hold running text; the text is kept, with line breaks",
            );
        }
        flat(blocks)
    }
}

/// Puts the cells that reach down from above into a row.
fn fill_claimed(line: &mut Vec<Vec<Inline>>, claimed: &mut [(usize, Vec<Inline>)]) {
    while let Some((n_rows, content)) = claimed.get_mut(line.len()).filter(|(n, _)| *n > 0) {
        *n_rows -= 1;
        line.push(content.clone());
    }
}

fn rows_of<'a>(table: ElementRef<'a>, captions: &mut Vec<ElementRef<'a>>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut foot = Vec::new();
    for part in table.child_elements() {
        match part.value().name() {
            "caption" => captions.push(part),
            "tr" => rows.push(row_of(part, false)),
            name @ ("thead" | "tbody" | "tfoot") => {
                let into = if name == "tfoot" {
                    &mut foot
                } else {
                    &mut rows
                };
                let trs = part
                    .child_elements()
                    .filter(|row| row.value().name() == "tr");
                into.extend(trs.map(|row| row_of(row, name == "thead")));
            }
            _ => {}
        }
    }
    rows.append(&mut foot);
    rows.retain(|row| !row.cells.is_empty());
    rows
}

fn row_of(row: ElementRef<'_>, is_head: bool) -> Row<'_> {
    let cells = row.child_elements().filter_map(|element| {
        let name = element.value().name();
        let span = |name: &str| {
            let span = element.attr(name).and_then(|span| span.trim().parse().ok());
            span.unwrap_or(1).clamp(1, 1000)
        };
        matches!(name, "td" | "th").then(|| Cell {
            element,
            is_heading: name == "th",
            n_columns: span("colspan"),
            n_rows: span("rowspan"),
        })
    });
    Row {
        cells: cells.collect(),
        is_head,
    }
}

/// Whether a table only puts things beside each other.
fn is_layout(table: ElementRef, rows: &[Row], has_caption: bool) -> bool {
    let role = table.attr("role");
    if matches!(role, Some("presentation" | "none")) {
        return true;
    }
    let mut cells = rows.iter().flat_map(|row| &row.cells);
    if has_caption || cells.clone().any(|cell| cell.is_heading) {
        return false;
    }
    let is_single = rows.iter().all(|row| row.cells.len() == 1);
    let holds_blocks = |cell: &Cell| {
        let mut inner = cell.element.descendants().filter_map(ElementRef::wrap);
        inner.any(|inner| {
            matches!(
                inner.value().name(),
                "table" | "h1" | "h2" | "h3" | "h4" | "blockquote" | "figure" | "pre"
            )
        })
    };
    is_single && rows.len() <= 1 || cells.any(holds_blocks)
}

fn align_of(cell: ElementRef) -> Align {
    let style = cell.attr("style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.split_whitespace().collect();
    let from_style = style
        .split(';')
        .find_map(|rule| rule.strip_prefix("text-align:"));
    let class = |name: &str| cell.value().classes().any(|class| class == name);
    match from_style.or(cell.attr("align")) {
        Some("left") => Align::Left,
        Some("center") => Align::Center,
        Some("right") => Align::Right,
        _ if class("has-text-align-center") => Align::Center,
        _ if class("has-text-align-right") => Align::Right,
        _ => Align::None,
    }
}

/// Blocks as running text: line breaks between them, a bullet or a number before the items of lists.
pub(in crate::import) fn flat(blocks: Vec<Block>) -> Vec<Inline> {
    let mut line = Vec::new();
    for block in blocks {
        let mut pieces = match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => content,
            Block::Quote(blocks) => flat(blocks),
            Block::List { start, items, .. } => {
                let mut pieces = Vec::new();
                for (ix, item) in items.into_iter().enumerate() {
                    let bullet = match start {
                        Some(start) => format!("{}. ", start.saturating_add(ix as u64)),
                        None => "• ".to_string(),
                    };
                    if ix > 0 {
                        pieces.push(Inline::Break);
                    }
                    flow::push(&mut pieces, Inline::Text(bullet));
                    flat(item.blocks)
                        .into_iter()
                        .for_each(|piece| flow::push(&mut pieces, piece));
                }
                pieces
            }
            Block::Code { text, .. } => {
                let mut pieces = Vec::new();
                for row in text.lines() {
                    if !pieces.is_empty() {
                        pieces.push(Inline::Break);
                    }
                    if !row.trim().is_empty() {
                        pieces.push(Inline::Code(row.to_string()));
                    }
                }
                pieces
            }
            Block::Table { head, rows, .. } => {
                let mut pieces = Vec::new();
                for row in std::iter::once(head).chain(rows) {
                    if row.iter().all(Vec::is_empty) {
                        continue;
                    }
                    if !pieces.is_empty() {
                        pieces.push(Inline::Break);
                    }
                    for (ix, cell) in row.into_iter().enumerate() {
                        if ix > 0 {
                            flow::push(&mut pieces, Inline::Text(" ".to_string()));
                        }
                        cell.into_iter()
                            .for_each(|piece| flow::push(&mut pieces, piece));
                    }
                }
                pieces
            }
            Block::Figure {
                image,
                caption,
                credit,
            } => {
                let mut pieces = vec![Inline::Image(image)];
                for part in [caption, credit] {
                    if !part.is_empty() {
                        pieces.push(Inline::Break);
                        part.into_iter()
                            .for_each(|piece| flow::push(&mut pieces, piece));
                    }
                }
                pieces
            }
            Block::Rule => Vec::new(),
        };
        if pieces.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(Inline::Break);
        }
        line.append(&mut pieces);
    }
    line
}
