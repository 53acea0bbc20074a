//! [`Manifest`]: what must be known of an index before anything is asked. It never lists documents, so it grows with the
//! words, not with the articles.
//!
//! ```text
//! manifest     n documents ┬ n undated ┬ n words ┬ least spelling ┬ title parts ┬ limits (6) ┬ ranking (13 × f32)
//!              ┬ n shards { front-coded least word ┬ terms before } ┬ n date parts { first date }
//!              ┬ n beginnings { front-coded }
//! ```
//!
//! Numbers are varints; `f32` are little-endian.

use crate::limits::Limits;
use crate::part::Damage;
use crate::ranking::{N_FIELDS, Ranking};
use crate::varint::Cursor;

/// What is known from the beginning.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Manifest {
    pub n_documents: u32,
    /// How many of them have no date: the first ones.
    pub n_undated: u32,
    pub n_words: u32,
    /// A typo is looked for among the words that this many documents have.
    pub least_spelling: u32,
    /// A power of two.
    pub n_title_parts: u32,
    pub limits: Limits,
    pub ranking: Ranking,
    /// Of each shard the least word it can have, and how many terms come before.
    pub shards: Vec<(String, u32)>,
    /// The first date of each part of dates.
    pub dates: Vec<i64>,
    /// The beginnings of words that are answered from their best documents, ascending.
    pub beginnings: Vec<String>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::of(0)
    }
}

impl Manifest {
    /// Reads the content of the part.
    pub fn decode(content: &[u8]) -> Result<Manifest, Damage> {
        let mut cursor = Cursor::new(content);
        let mut manifest = Manifest {
            n_documents: cursor.number(),
            n_undated: cursor.number(),
            n_words: cursor.number(),
            least_spelling: cursor.number(),
            n_title_parts: cursor.number(),
            ..Manifest::default()
        };
        for limit in manifest.limits.all() {
            *limit = cursor.number();
        }
        for figure in manifest.ranking.all() {
            *figure = f32::from_le_bytes(cursor.bytes(4).try_into().map_err(|_| Damage::Content)?);
        }
        let mut word = Vec::new();
        let mut terms = 0_u32;
        for _ in 0..cursor.count() {
            cursor.word(&mut word)?;
            terms = terms.wrapping_add(cursor.number());
            manifest.shards.push((text(&word)?, terms));
        }
        let mut date = 0_i64;
        for _ in 0..cursor.count() {
            date = date.wrapping_add(cursor.long());
            manifest.dates.push(date);
        }
        word.clear();
        for _ in 0..cursor.count() {
            cursor.word(&mut word)?;
            manifest.beginnings.push(text(&word)?);
        }
        let parts_fit = manifest.n_title_parts.is_power_of_two() && !manifest.shards.is_empty();
        if parts_fit && manifest.n_documents < 1 << 31 && cursor.rest().is_empty() {
            Ok(manifest)
        } else {
            Err(Damage::Content)
        }
    }

    /// The content of the part.
    #[cfg(feature = "build")]
    pub fn encode(&self) -> Vec<u8> {
        use crate::varint::{push, push_long, push_word};
        let mut own = self.clone();
        let mut out = Vec::new();
        for number in [
            self.n_documents,
            self.n_undated,
            self.n_words,
            self.least_spelling,
            self.n_title_parts,
        ] {
            push(&mut out, number);
        }
        own.limits
            .all()
            .into_iter()
            .for_each(|limit| push(&mut out, *limit));
        own.ranking
            .all()
            .into_iter()
            .for_each(|figure| out.extend_from_slice(&figure.to_le_bytes()));
        push(&mut out, self.shards.len() as u32);
        let mut before = ("", 0);
        for (word, terms) in &self.shards {
            push_word(&mut out, before.0, word);
            push(&mut out, terms.wrapping_sub(before.1));
            before = (word, *terms);
        }
        push(&mut out, self.dates.len() as u32);
        let mut before = 0_i64;
        for date in &self.dates {
            push_long(&mut out, date.wrapping_sub(before));
            before = *date;
        }
        push(&mut out, self.beginnings.len() as u32);
        let mut before = "";
        for beginning in &self.beginnings {
            push_word(&mut out, before, beginning);
            before = beginning;
        }
        out
    }
}

impl Limits {
    fn all(&mut self) -> [&mut u32; 6] {
        [
            &mut self.shard,
            &mut self.list,
            &mut self.positions,
            &mut self.nearness,
            &mut self.beginning,
            &mut self.spelling,
        ]
    }
}

impl Ranking {
    fn all(&mut self) -> [&mut f32; 8 + N_FIELDS] {
        let [title, subtitle, summary, key_points, body] = &mut self.fields;
        [
            &mut self.k1,
            &mut self.b,
            title,
            subtitle,
            summary,
            key_points,
            body,
            &mut self.proximity,
            &mut self.prefix,
            &mut self.typo,
            &mut self.parts,
            &mut self.function_words,
            &mut self.accents,
        ]
    }
}

fn text(word: &[u8]) -> Result<String, Damage> {
    String::from_utf8(word.to_vec()).map_err(|_| Damage::Content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            n_documents: 20_000,
            n_undated: 3,
            n_words: 50_000,
            least_spelling: 2,
            n_title_parts: 64,
            limits: Limits::of(20_000),
            ranking: Ranking::default(),
            shards: vec![
                (String::new(), 0),
                ("pri".into(), 700),
                ("prizes".into(), 1500),
                ("é".into(), 1501),
            ],
            dates: vec![-86_400, 0, 1_700_000_000],
            beginnings: vec!["a".into(), "ab".into(), "b".into()],
        }
    }

    #[test]
    fn it_comes_back() {
        assert_eq!(Manifest::decode(&manifest().encode()), Ok(manifest()));
    }

    #[test]
    fn less_or_more_of_it_is_damage() {
        let content = manifest().encode();
        for end in 0..content.len() {
            let read = Manifest::decode(&content[..end]);
            assert_ne!(read, Ok(manifest()), "{end}");
        }
        let longer = [content.as_slice(), &[0]].concat();
        assert_eq!(Manifest::decode(&longer), Err(Damage::Content));
    }
}
