//! The headings of the fixed parts of an article, as every output has them.

/// Of the summary.
pub const SUMMARY: &str = "Summary";
/// Of the key points.
pub const KEY_POINTS: &str = "Key Points";
/// Of the risks.
pub const RISKS: &str = "Risks";
/// Of the disclosure.
pub const DISCLOSURE: &str = "Disclosure";
/// Of what was put right.
pub const CORRECTIONS: &str = "Corrections";
/// Of the footnotes.
pub const NOTES: &str = "Notes";
/// Of what else to read.
pub const RELATED: &str = "Related Articles";
