//! Writes a collection of many made-up articles to standard output, always the same: `many_articles 100000 > many.json`.
//! What is measured with it: how long `offprint build` takes, and how much memory (`cargo xtask bench scale`).

#[path = "../../search/examples/scale/generator.rs"]
mod generator;

use generator::Generator;
use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let n: u64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(1_000);
    let mut out = BufWriter::new(io::stdout().lock());
    write!(
        out,
        "{{\"version\":1,\"title\":\"Many articles\",\"language\":\"en\",\"articles\":["
    )?;
    for (ix, made) in Generator::new(n).enumerate() {
        let comma = if ix == 0 { "" } else { "," };
        write!(out, "{comma}\n{}", made.to_json())?;
    }
    writeln!(out, "\n]}}")?;
    out.flush()
}
