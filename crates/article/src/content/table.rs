//! Tables as they are closed: [`fill_claimed`] and [`put`] make all rows alike, [`flatten`] turns blocks in a cell into
//! running text.

use super::limits::NODES_MAX;
use super::open::Open;
use super::tree::{Align, Block, Inline};

/// The cells of a row.
pub(super) type Cells = Vec<Vec<Inline>>;

/// Puts a table into `outer`, every row with as many cells as the head. A table of a single cell was only there for its
/// looks.
pub(super) fn put(
    mut align: Vec<Align>,
    mut head: Cells,
    mut rows: Vec<Cells>,
    outer: &mut Open,
    n_nodes: &mut u32,
) {
    let n_columns = rows
        .iter()
        .map(Vec::len)
        .chain([head.len(), align.len()])
        .max()
        .unwrap_or_default();
    if n_columns == 0 {
        return;
    }
    let n_cells = n_columns.saturating_mul(rows.len() + 1);
    let is_single = n_columns == 1 && rows.len() <= 1 && head.is_empty();
    if is_single || n_cells > NODES_MAX as usize {
        // A row of many columns makes cells of all rows: what fits no page becomes paragraphs.
        for cell in head.into_iter().chain(rows.into_iter().flatten()) {
            outer.end_paragraph(n_nodes);
            outer.inlines = cell;
            outer.end_paragraph(n_nodes);
        }
        return;
    }
    let n_there = head.len() + rows.iter().map(Vec::len).sum::<usize>();
    *n_nodes += (n_cells - n_there) as u32;
    align.resize(n_columns, Align::None);
    head.resize(n_columns, Vec::new());
    for row in &mut rows {
        // A cap may have come in the middle of a row.
        row.resize(n_columns, Vec::new());
    }
    outer.push_block(Block::Table { align, head, rows }, n_nodes);
}

/// A row with an empty cell wherever one of a row above reaches into it; `claimed` is brought up to the next row.
pub(super) fn fill_claimed(
    cells: Cells,
    heights: &[usize],
    claimed: &mut Vec<usize>,
    n_nodes: &mut u32,
) -> Cells {
    // Markdown has no such cells.
    if claimed.is_empty() && heights.iter().all(|n_rows| *n_rows == 1) {
        return cells;
    }
    let mut filled = Cells::with_capacity(cells.len().max(claimed.len()));
    let mut cells = cells.into_iter().zip(heights).peekable();
    while filled.len() < claimed.len() || cells.peek().is_some() {
        let column = filled.len();
        if claimed.len() == column {
            claimed.push(0);
        }
        if claimed[column] > 0 {
            claimed[column] -= 1;
            *n_nodes += 1;
            filled.push(Vec::new());
        } else if let Some((cell, n_rows)) = cells.next() {
            claimed[column] = n_rows - 1;
            filled.push(cell);
        } else {
            *n_nodes += 1;
            filled.push(Vec::new());
        }
    }
    filled
}

/// Blocks as running text behind `inlines`, a line for each. Cells and captions hold no blocks.
pub(super) fn flatten(blocks: Vec<Block>, inlines: &mut Vec<Inline>, n_nodes: &mut u32) {
    for block in blocks {
        if matches!(block, Block::Rule) {
            continue;
        }
        if !inlines.is_empty() {
            *n_nodes += 1;
            inlines.push(Inline::Break);
        }
        match block {
            Block::Paragraph(mut content) | Block::Heading { mut content, .. } => {
                append(&mut content, inlines);
            }
            Block::Quote(blocks) => flatten(blocks, inlines, n_nodes),
            Block::List { start, items, .. } => {
                for (ix, item) in items.into_iter().enumerate() {
                    if ix > 0 {
                        *n_nodes += 1;
                        inlines.push(Inline::Break);
                    }
                    let sign = match start {
                        Some(start) => {
                            [&start.saturating_add(ix as u64).to_string(), ". "].concat()
                        }
                        None => "• ".to_string(),
                    };
                    let mut content = Vec::new();
                    flatten(item.blocks, &mut content, n_nodes);
                    append(&mut vec![Inline::Text(sign)], inlines);
                    append(&mut content, inlines);
                }
            }
            Block::Code { text, .. } => inlines.push(Inline::Code(text.trim_end().to_string())),
            Block::Table { head, rows, .. } => {
                for (ix, mut row) in std::iter::once(head).chain(rows).enumerate() {
                    if ix > 0 {
                        *n_nodes += 1;
                        inlines.push(Inline::Break);
                    }
                    for (column, cell) in row.iter_mut().enumerate() {
                        if column > 0 {
                            append(&mut vec![Inline::Text(" · ".to_string())], inlines);
                        }
                        append(cell, inlines);
                    }
                }
            }
            Block::Figure {
                image,
                mut caption,
                mut credit,
            } => {
                inlines.push(Inline::Image(image));
                for part in [&mut caption, &mut credit] {
                    if !part.is_empty() {
                        *n_nodes += 1;
                        inlines.push(Inline::Break);
                        append(part, inlines);
                    }
                }
            }
            Block::Rule => {}
        }
    }
}

/// Puts running text behind other; two texts never stand side by side.
fn append(content: &mut Vec<Inline>, inlines: &mut Vec<Inline>) {
    for inline in content.drain(..) {
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => inlines.push(inline),
        }
    }
}
