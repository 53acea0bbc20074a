//! For tests of single formats: [`read`].

use super::{Headings, Kind, Losses, SourceFile};
use serde_json::Value;

/// What an importer makes of a source, and what it tells: place and what.
pub fn read(kind: Kind, name: &str, bytes: &[u8], base: Option<&str>) -> (Value, Vec<String>) {
    let headings = Headings::default();
    let source = SourceFile {
        name,
        bytes,
        base: base.map(str::to_string),
        headings: &headings,
    };
    let mut losses = Losses::of(name);
    let imported = kind.read(&source, &mut losses).unwrap();
    let told = losses
        .list()
        .iter()
        .map(|loss| format!("{}: {}", loss.place, loss.what))
        .collect();
    (serde_json::to_value(imported).unwrap(), told)
}
