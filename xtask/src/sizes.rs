//! What a browser downloads, measured and held against its budget.
//!
//! [`measure`] reads the files of each row, [`table`] prints the rows, [`over_budget`] names those that are too heavy.
//! Sizes are those of Brotli at quality 11, in kB of 1000 bytes; a row of several files is the sum of them.

use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

/// What is measured: a name, its files, and how many bytes they may have, compressed.
pub const ROWS: [(&str, &[&str], Option<usize>); 28] = [
    // 150 is the budget; what was won is not to be lost unseen.
    ("reader, WebAssembly", &["offprint_bg.wasm"], Some(138_500)),
    (
        "reader, JavaScript",
        &["offprint.js", "element.js"],
        Some(12_000),
    ),
    ("stylesheet", &["offprint.css"], Some(8_000)),
    (
        "articles, WebAssembly",
        &["offprint-articles_bg.wasm"],
        Some(144_000),
    ),
    (
        "articles, JavaScript",
        &["offprint-articles.js"],
        Some(3_000),
    ),
    // 80 together is the promise for a built edition; 60 is what is aimed at.
    (
        "search, WebAssembly",
        &["offprint-search-worker_bg.wasm"],
        Some(74_000),
    ),
    (
        "search, JavaScript",
        &["offprint-search-worker.js", "search-worker.js"],
        Some(6_000),
    ),
    (
        "index, WebAssembly",
        &["offprint-index_bg.wasm"],
        Some(126_000),
    ),
    (
        "index, JavaScript",
        &["offprint-index.js", "search-collection.js"],
        Some(5_000),
    ),
    ("texts before it, JavaScript", &["plain.js"], Some(3_000)),
    ("aids, JavaScript", &["aids.js"], Some(2_200)),
    ("failures, JavaScript", &["failures.js"], Some(4_000)),
    ("marks, JavaScript", &["highlights.js"], Some(2_500)),
    ("suggestions, JavaScript", &["suggestions.js"], Some(3_000)),
    ("syntax, JavaScript", &["syntax.js"], Some(1_500)),
    ("site, JavaScript", &["site.js", "edition.js"], Some(4_000)),
    // What every page of a site loads once it has come to rest; 5 is what was aimed at.
    (
        "offline, JavaScript",
        &["offline.js", "keeper.js"],
        Some(4_800),
    ),
    // Beside it: with an article; with the first press of the button of a list; with what is offered.
    (
        "of an article, JavaScript",
        &["save.js", "positions.js"],
        Some(3_600),
    ),
    ("of a list, JavaScript", &["save-list.js"], Some(1_600)),
    ("offers, JavaScript", &["offers.js"], Some(700)),
    (
        "saved, JavaScript",
        &["saved.js", "exchange.js", "imported.js"],
        Some(11_800),
    ),
    ("frame, JavaScript", &["embed.js"], Some(1_600)),
    ("around it, JavaScript", &["frame.js"], Some(600)),
    ("service worker", &["sw.js"], Some(6_000)),
    ("the one that leaves", &["sw-off.js"], Some(800)),
    ("a page kept, JavaScript", &["keep.js"], Some(1_200)),
    ("its service worker", &["sw-page.js"], Some(1_200)),
    ("page", &["index.html"], None),
];

/// The window that browsers accept, as a power of two.
const BROTLI_WINDOW: u32 = 22;
const BROTLI_BEST: u32 = 11;

/// One measured row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    name: &'static str,
    raw: usize,
    compressed: usize,
    budget: Option<usize>,
}

/// Measures all rows of a folder. Rows without a budget may be missing.
pub fn measure(folder: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, files, budget) in ROWS {
        let mut row = Row {
            name,
            raw: 0,
            compressed: 0,
            budget,
        };
        for file in files {
            let path = folder.join(file);
            if budget.is_none() && !path.exists() {
                continue;
            }
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            row.raw += bytes.len();
            row.compressed += compressed_size(&bytes)?;
        }
        rows.push(row);
    }
    Ok(rows)
}

/// How many bytes Brotli leaves.
pub fn compressed_size(bytes: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let mut writer =
        brotli::CompressorWriter::new(&mut compressed, 1 << 16, BROTLI_BEST, BROTLI_WINDOW);
    writer.write_all(bytes).context("Brotli failed")?;
    drop(writer);
    Ok(compressed.len())
}

/// The rows as a table for people.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut table = format!(
        "{:<22}{:>10}{:>10}{:>10}\n",
        "kB", "raw", "Brotli", "budget"
    );
    for row in rows {
        let budget = row.budget.map_or_else(|| "–".to_owned(), kilobytes);
        let (raw, compressed) = (kilobytes(row.raw), kilobytes(row.compressed));
        let _ = writeln!(
            table,
            "{:<22}{raw:>10}{compressed:>10}{budget:>10}",
            row.name
        );
    }
    table
}

/// What is too heavy, in words.
#[must_use]
pub fn over_budget(rows: &[Row]) -> Vec<String> {
    let too_heavy = |row: &Row| {
        let budget = row.budget.filter(|budget| row.compressed > *budget)?;
        let (compressed, budget) = (kilobytes(row.compressed), kilobytes(budget));
        Some(format!("{}: {compressed} kB, budget {budget} kB", row.name))
    };
    rows.iter().filter_map(too_heavy).collect()
}

fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_over_its_budget_is_named() {
        let row = |compressed, budget| Row {
            name: "page",
            raw: 9_999,
            compressed,
            budget,
        };
        assert!(over_budget(&[row(1_000, Some(1_000)), row(5_000, None)]).is_empty());
        assert_eq!(
            over_budget(&[row(1_001, Some(1_000))]),
            ["page: 1.1 kB, budget 1.0 kB"]
        );
    }

    #[test]
    fn the_table_lines_up() {
        let row = Row {
            name: "page",
            raw: 9_999,
            compressed: 1_234,
            budget: Some(8_000),
        };
        let expect = "kB                           raw    Brotli    budget\npage                        10.0       1.3       8.0\n";
        assert_eq!(table(&[row]), expect);
    }

    #[test]
    fn text_compresses() {
        let text = "the same words ".repeat(1_000);
        let size = compressed_size(text.as_bytes()).unwrap();
        assert!((1..100).contains(&size), "{size}");
    }
}
