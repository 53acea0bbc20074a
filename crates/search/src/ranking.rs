//! What a score is made of: BM25F, with the occurrences of a word in the several fields of an article weighed together.
//!
//! For a word that occurs `tf(f)` times in each field `f`, [`Ranking::saturation`] gives
//!
//! ```text
//!        Σ weight(f) · tf(f)                                 tf'
//! tf' = ─────────────────────     and the saturation  s = ────────
//!        1 − b + b · L / mean L                             k1 + tf'
//! ```
//!
//! where `L` is the length of the article in words, each field counted by its weight. The score of a word is
//! `idf · (k1 + 1) · s`. The saturation is baked into the index in one byte, so a query only looks it up.
//! Source: Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), section 3.6, with one
//! length for all fields.

/// The searchable fields of an article, in the order of their positions.
pub(crate) const N_FIELDS: usize = 5;
/// Their names, for explanations.
pub(crate) const FIELD_NAMES: [&str; N_FIELDS] =
    ["title", "subtitle", "summary", "key points", "body"];
/// Where the positions of each field begin. They are the same in every article, so that a position alone tells its
/// field. What is longer than the room of its field (a summary of 7,000 words) has its last words in one place.
const FIELD_STARTS: [u32; N_FIELDS] = [0, 512, 1024, 8192, 12_288];
/// Positions left free between two fields, so that no phrase and no nearness reaches across.
#[cfg(feature = "build")]
const FIELD_GAP: u32 = 16;

/// The figures of the ranking. The default is what was found best over public test collections; see docs/search.md.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// How soon more occurrences of a word stop counting.
    pub k1: f32,
    /// How much long articles are held to account for their length, 0 to 1.
    pub b: f32,
    /// Weights of title, subtitle, summary, key points and body.
    pub fields: [f32; N_FIELDS],
    /// Weight of the nearness of neighbouring words of the query.
    pub proximity: f32,
    /// Weight of a word that only begins with what was typed, against the word itself.
    pub prefix: f32,
    /// Weight of a word one edit away from what was typed; two edits count its square.
    pub typo: f32,
    /// Weight of the parts of a hyphenated word (or of the pairs of a run of Chinese) on their own.
    pub parts: f32,
    /// Weight of function words beside other words.
    pub function_words: f32,
    /// Weight of a word with exactly the accents that were typed, against the same with others or none.
    pub accents: f32,
}

impl Default for Ranking {
    fn default() -> Self {
        Ranking {
            k1: 1.4,
            b: 0.75,
            fields: [3.0, 1.5, 1.2, 1.2, 1.0],
            proximity: 0.25,
            prefix: 0.6,
            typo: 0.5,
            parts: 0.5,
            function_words: 0.2,
            accents: 1.2,
        }
    }
}

impl Ranking {
    /// An article's length, each field counted by its weight.
    #[cfg(feature = "build")]
    pub(crate) fn weighted_length(&self, lengths: &[u32; N_FIELDS]) -> f32 {
        self.fields
            .iter()
            .zip(lengths)
            .map(|(weight, length)| weight * *length as f32)
            .sum()
    }

    /// What the occurrences in an article of a weighted length are held to account for.
    #[cfg(feature = "build")]
    pub(crate) fn norm(&self, length: f32, mean_length: f32) -> f32 {
        1.0 - self.b + self.b * length / mean_length.max(1.0)
    }

    /// The saturation of a word that occurs `counts` times in the fields of an article of this [`Ranking::norm`].
    #[cfg(feature = "build")]
    pub(crate) fn saturation(&self, counts: &[u32; N_FIELDS], norm: f32) -> f32 {
        let weighted: f32 = self
            .fields
            .iter()
            .zip(counts)
            .map(|(weight, count)| weight * *count as f32)
            .sum();
        let tf = weighted / norm;
        tf / (self.k1 + tf)
    }

    /// The part of a word's score that its rarity gives: `n_documents` in all, `n_with` that hold it.
    pub(crate) fn idf(&self, n_documents: u32, n_with: u32) -> f32 {
        let (all, with) = (f64::from(n_documents), f64::from(n_with.min(n_documents)));
        ((1.0 + (all - with + 0.5) / (with + 0.5)).ln() * f64::from(self.k1 + 1.0)) as f32
    }
}

/// A saturation in one byte: never 0, so that every occurrence counts.
pub(crate) fn quantise(saturation: f32) -> u8 {
    (saturation * 255.0 + 0.5).clamp(1.0, 255.0) as u8
}

/// What [`quantise`] made a byte of, as near as a byte can tell.
pub(crate) fn dequantise(impact: u8) -> f32 {
    f32::from(impact) / 255.0
}

/// The position of the word that is `ix`th in a field.
#[cfg(feature = "build")]
pub(crate) fn position_in(field: usize, ix: u32) -> u32 {
    let start = FIELD_STARTS.get(field).copied().unwrap_or_default();
    let last = FIELD_STARTS
        .get(field + 1)
        .map_or(u32::MAX - 1, |next| next - FIELD_GAP);
    start.saturating_add(ix).min(last)
}

/// The field of a position.
pub(crate) fn field_of(position: u32) -> usize {
    (1..N_FIELDS)
        .rev()
        .find(|field| FIELD_STARTS[*field] <= position)
        .unwrap_or(0)
}
