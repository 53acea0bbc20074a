//! [`Filling`]: the stream of a builder, which is ordered by article, becomes postings, which are ordered by term.

use crate::index::Index;
use crate::limits::Limits;
use crate::manifest::Manifest;
use crate::postings::{Blocks, Ends};
use crate::ranking::{N_FIELDS, Ranking, field_of, quantise};
use crate::shard::{Places, Shard};
use crate::spelling::is_repaired;
use crate::store::{Store, Whole};
use crate::varint;
use std::collections::VecDeque;

/// An index whose postings are being put in their places.
pub struct Filling {
    /// Where the next document and the next group of positions of each term go: at the end, where its postings end.
    places: Vec<Ends>,
    /// The last document of each term.
    last: Vec<u32>,
    lengths: Vec<f32>,
    mean: f32,
    /// The next one.
    document: u32,
    stream: VecDeque<Vec<u8>>,
    manifest: Manifest,
    whole: Whole,
}

impl Filling {
    /// Postings with room, and nothing in it: of documents of these lengths; where those of each term begin, and where the last
    /// end.
    pub(crate) fn new(
        mut whole: Whole,
        mut begins: Vec<Ends>,
        lengths: Vec<f32>,
        stream: VecDeque<Vec<u8>>,
        ranking: Ranking,
        limits: Option<Limits>,
    ) -> Filling {
        let n_documents = lengths.len() as u32;
        let total: f64 = lengths.iter().map(|length| f64::from(*length)).sum();
        whole.shard.documents = Blocks::with_room(begins.iter().map(|begin| begin.documents));
        whole.shard.positions = Blocks::with_room(begins.iter().map(|begin| begin.positions));
        begins.pop();
        let manifest = Manifest {
            n_documents,
            n_undated: n_documents - whole.dates.len() as u32,
            n_words: whole.shard.dictionary.len() as u32,
            n_title_parts: 1,
            limits: limits.unwrap_or(Limits::of(n_documents)),
            ranking,
            shards: vec![(String::new(), 0)],
            ..Manifest::default()
        };
        Filling {
            last: vec![u32::MAX; begins.len()],
            places: begins,
            mean: (total / lengths.len().max(1) as f64) as f32,
            lengths,
            document: 0,
            stream,
            manifest,
            whole,
        }
    }

    /// Takes the next chunk of the stream that was given away; none comes twice, and none is left out.
    pub fn fill(&mut self, chunk: &[u8]) {
        let shard = &mut self.whole.shard;
        let ranking = &self.manifest.ranking;
        let mut at = 0;
        while at < chunk.len() {
            let length = self.lengths.get(self.document as usize).copied();
            let norm = ranking.norm(length.unwrap_or(self.mean), self.mean);
            for _ in 0..varint::read(chunk, &mut at) {
                let term = varint::read(chunk, &mut at);
                let n_bytes = varint::read(chunk, &mut at);
                let group = chunk.get(at..at + n_bytes as usize).unwrap_or_default();
                at += n_bytes as usize;
                let impact = quantise(ranking.saturation(&count_fields(group), norm));
                let place = self.places.get_mut(term as usize);
                let Some((place, last)) = place.zip(self.last.get_mut(term as usize)) else {
                    continue;
                };
                let to = shard.documents.room_at(place.documents);
                let mut n_written = 0;
                varint::write(to, &mut n_written, self.document.wrapping_sub(*last));
                if let Some(byte) = to.get_mut(n_written) {
                    *byte = impact;
                }
                place.documents += n_written as u32 + 1;
                *last = self.document;
                let to = shard.positions.room_at(place.positions);
                let mut n_written = 0;
                varint::write(to, &mut n_written, n_bytes);
                if let Some(to) = to.get_mut(n_written..n_written + group.len()) {
                    to.copy_from_slice(group);
                }
                place.positions += n_written as u32 + n_bytes;
            }
            self.document += 1;
        }
    }

    /// The index, when all chunks that were given away have come back.
    #[must_use]
    pub fn finish(mut self) -> Index {
        while let Some(chunk) = self.stream.pop_front() {
            self.fill(&chunk);
        }
        let Filling {
            mut manifest,
            mut whole,
            places,
            ..
        } = self;
        whole.shard.places = Places::InOrder(places);
        manifest.least_spelling = least_spelling(&whole.shard, manifest.limits.spelling);
        Index {
            ranking: manifest.ranking,
            store: Store::in_memory(manifest, whole),
        }
    }
}

/// How many documents must have a word, so that no more than `limit` words have as many.
fn least_spelling(shard: &Shard, limit: u32) -> u32 {
    let mut terms = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    for ix in 0..shard.dictionary.len() {
        terms.clear();
        shard.dictionary.terms_of(ix, &mut terms);
        let of_terms = terms.iter().filter_map(|term| shard.place(*term));
        let most = of_terms.map(|place| place.n_documents).max().unwrap_or(0);
        if most > 0 && is_repaired(shard.dictionary.word(ix)) {
            numbers.push(most);
        }
    }
    if numbers.len() <= limit as usize {
        return 1;
    }
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers
        .get(limit as usize)
        .map_or(1, |first_without| first_without + 1)
}

/// How often the encoded positions of a group fall into each field.
fn count_fields(group: &[u8]) -> [u32; N_FIELDS] {
    let mut counts = [0; N_FIELDS];
    let (mut at, mut position) = (0, 0);
    while at < group.len() {
        position += varint::read(group, &mut at);
        counts[field_of(position)] += 1;
    }
    counts
}
