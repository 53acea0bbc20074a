//! Writing an index as files: [`Index::write`].
//!
//! 1. [`Cut`] numbers the terms anew, in the order of the first word of each, so that what is typed alike stands together;
//!    and cuts the words into shards, where a family of forms (`price`, `prices`) ends.
//! 2. Shard by shard, the postings of its terms are copied: short lists into the shard, long ones and all positions into
//!    parts of their own. They are the same bytes as in memory, squeezed (`squeeze`) as all contents are.
//! 3. Then what is looked up besides: titles, dates, filters, the commonest words, the best documents of common
//!    beginnings; the manifest at last.
//!
//! The parts depend on the index and the stamp alone.

use crate::beginning::Beginning;
use crate::dictionary::Dictionary;
use crate::filter::FilterKind;
use crate::fold::ACCENTED;
use crate::index::Index;
use crate::limits::{DATES_PER_PART, titles_per_part};
use crate::manifest::Manifest;
use crate::part::{Part, seal};
use crate::shard::{Draft, Placing, Shard};
use crate::squeeze::squeeze;
use crate::store::{Whole, first_bytes, title_part};
use crate::token::is_unspaced;
use crate::varint::{push, push_long, push_word};

/// Takes the parts: sealed, in any order, the manifest last.
type Sink<'s> = &'s mut dyn FnMut(Part, Vec<u8>);

impl Index {
    /// Cuts an index in memory into parts. The stamp is written into each: it should differ for every content, and be the
    /// same for the same. An index that was opened from files has nothing to write.
    pub fn write(&self, stamp: u64, each: &mut dyn FnMut(Part, Vec<u8>)) {
        let Some(whole) = self.store.whole() else {
            return;
        };
        let list_limit = self.store.manifest.limits.list;
        let each: Sink = &mut |part, content: Vec<u8>| {
            let squeezed = squeeze(part, &content, list_limit);
            each(part, seal(part, stamp, &squeezed));
        };
        let cut = Cut::new(&whole.shard, self.store.manifest.limits.shard, self);
        let n_titles = whole.titles.len();
        let n_titles = n_titles.div_ceil(titles_per_part(self.n_documents()));
        let manifest = Manifest {
            n_title_parts: n_titles.next_power_of_two() as u32,
            shards: cut.write(&whole.shard, self, each),
            dates: write_dates(whole, each),
            beginnings: self.write_beginnings(&whole.shard, each),
            ..self.store.manifest.clone()
        };
        write_titles(whole, manifest.n_title_parts, each);
        for kind in [FilterKind::Category, FilterKind::Tag, FilterKind::Author] {
            each(Part::Filters(kind), whole.filters.encode(kind));
        }
        if let Some(words) = self.spelling() {
            each(Part::Spelling, write_spelling(words));
        }
        each(Part::Manifest, manifest.encode());
    }

    /// Writes the best documents of every beginning that is too common to be looked up word by word; gives these.
    fn write_beginnings(&self, shard: &Shard, each: Sink) -> Vec<String> {
        let mut found = Vec::new();
        self.find_beginnings(shard, String::new(), &mut found);
        for (number, prefix) in found.iter().enumerate() {
            if let Beginning::Best(best) = self.beginning(prefix) {
                each(Part::Beginning(number as u32), best.encode());
            }
        }
        found
    }

    /// Appends every beginning, longer than `prefix`, whose words have more postings than are read, in order.
    fn find_beginnings(&self, shard: &Shard, prefix: String, found: &mut Vec<String>) {
        let words = &shard.dictionary;
        let mut range = words.starting_with(&prefix);
        let mut terms = Vec::new();
        while range.start < range.end {
            let Some(next) = words
                .word(range.start)
                .get(prefix.len()..)
                .and_then(|rest| rest.chars().next())
            else {
                // The prefix itself.
                range.start += 1;
                continue;
            };
            let mut longer = prefix.clone();
            longer.push(next);
            let of_longer = words.starting_with(&longer);
            terms.clear();
            of_longer
                .clone()
                .for_each(|ix| words.terms_of(ix, &mut terms));
            terms.sort_unstable();
            terms.dedup();
            let total: u64 = terms.iter().map(|term| u64::from(self.n_with(*term))).sum();
            let is_typed = !is_unspaced(next) && next != ACCENTED;
            if total > u64::from(self.store.manifest.limits.beginning) && is_typed {
                found.push(longer.clone());
                self.find_beginnings(shard, longer, found);
            }
            range.start = of_longer.end.max(range.start + 1);
        }
    }
}

fn write_spelling(words: &Dictionary) -> Vec<u8> {
    let mut content = Vec::new();
    push(&mut content, words.len() as u32);
    let mut before = "";
    let mut number = Vec::new();
    for ix in 0..words.len() {
        number.clear();
        words.terms_of(ix, &mut number);
        push_word(&mut content, before, words.word(ix));
        push(&mut content, number.first().copied().unwrap_or(0));
        before = words.word(ix);
    }
    content
}

fn write_titles(whole: &Whole, n_parts: u32, each: Sink) {
    let mut parts: Vec<Vec<u8>> = vec![Vec::new(); n_parts as usize];
    for (title, document) in whole.titles.iter().zip(0..) {
        let part = &mut parts[title_part(*title, n_parts) as usize];
        part.extend_from_slice(&first_bytes(*title));
        push(part, document);
    }
    for (part, number) in parts.into_iter().zip(0..) {
        each(Part::Titles(number), part);
    }
}

fn write_dates(whole: &Whole, each: Sink) -> Vec<i64> {
    let mut firsts = Vec::new();
    for (dates, number) in whole.dates.chunks(DATES_PER_PART).zip(0..) {
        let mut content = Vec::new();
        push(&mut content, dates.len() as u32);
        let mut before = 0_i64;
        for date in dates {
            push_long(&mut content, date.wrapping_sub(before));
            before = *date;
        }
        each(Part::Dates(number), content);
        firsts.extend(dates.first());
    }
    firsts
}

/// Where the shards begin and end.
struct Cut {
    /// The old number of each term, by the new one.
    terms: Vec<u32>,
    /// The new number of each term, by the old one.
    new: Vec<u32>,
    /// For each shard its first word and its first term (by new number), and one more for the end.
    shards: Vec<(usize, u32)>,
}

/// A term that was not met yet.
const UNMET: u32 = u32::MAX;

impl Cut {
    fn new(shard: &Shard, size: u32, index: &Index) -> Cut {
        let words = &shard.dictionary;
        let list_limit = index.store.manifest.limits.list;
        let mut cut = Cut {
            terms: Vec::new(),
            new: vec![UNMET; shard.n_terms()],
            shards: vec![(0, 0)],
        };
        let mut n_bytes = 0;
        let mut of_word = Vec::new();
        for ix in 0..words.len() {
            of_word.clear();
            words.terms_of(ix, &mut of_word);
            let begins_family = of_word.iter().all(|term| cut.new[*term as usize] == UNMET);
            if n_bytes >= size && begins_family || n_bytes >= 2 * size {
                cut.shards.push((ix, cut.terms.len() as u32));
                n_bytes = 0;
            }
            n_bytes += words.word(ix).len() as u32 / 2 + 4;
            for term in &of_word {
                let new = &mut cut.new[*term as usize];
                if *new == UNMET {
                    *new = cut.terms.len() as u32;
                    cut.terms.push(*term);
                    let len = shard.place(*term).map_or(0, |place| place.documents.len);
                    n_bytes += if len > list_limit { 8 } else { len + 4 };
                }
            }
        }
        cut.shards.push((words.len(), cut.terms.len() as u32));
        cut
    }

    /// Writes shards, lists and positions; gives of each shard its least word and its first term.
    fn write(&self, shard: &Shard, index: &Index, each: Sink) -> Vec<(String, u32)> {
        let words = &shard.dictionary;
        let limits = index.store.manifest.limits;
        let elsewhere = self.elsewhere(shard);
        let mut elsewhere = elsewhere.as_slice();
        let (mut first_list, mut first_positions) = (0, 0);
        let mut least_words = Vec::new();
        for bounds in self.shards.windows(2) {
            let [(first_word, first_term), (end_word, end_term)] = [bounds[0], bounds[1]];
            let mut draft = Draft {
                first_term,
                first_list,
                first_positions,
                terms: Vec::new(),
                words: Vec::new(),
                elsewhere: Vec::new(),
                documents: Vec::new(),
            };
            let mut placing = Placing::new(&limits, first_list, first_positions);
            let mut positions: (u32, Vec<u8>) = (first_positions, Vec::new());
            for term in &self.terms[first_term as usize..end_term as usize] {
                let old = shard.place(*term).unwrap_or_default();
                let (n_documents, len) = (shard.documents.get(old.documents), old.documents.len);
                draft.terms.push((old.n_documents, len, old.positions.len));
                let place = placing.place(old.n_documents, len, old.positions.len);
                match place.documents.part {
                    Some(list) => each(Part::List(list), n_documents.to_vec()),
                    None => draft.documents.extend_from_slice(n_documents),
                }
                let part = place.positions.part.unwrap_or(positions.0);
                if part != positions.0 {
                    let done = std::mem::replace(&mut positions, (part, Vec::new()));
                    each(Part::Positions(done.0), done.1);
                }
                positions
                    .1
                    .extend_from_slice(shard.positions.get(old.positions));
            }
            if !positions.1.is_empty() {
                each(Part::Positions(positions.0), positions.1);
            }
            (first_list, first_positions) = placing.next();
            for ix in first_word..end_word {
                let mut terms = Vec::new();
                words.terms_of(ix, &mut terms);
                terms
                    .iter_mut()
                    .for_each(|term| *term = self.new[*term as usize]);
                let is_function_word = words.is_function_word(ix);
                draft.words.push((words.word(ix), terms, is_function_word));
            }
            while let Some(((term, word), rest)) = elsewhere.split_first()
                && *term < end_term
            {
                draft.elsewhere.push((*term, words.word(*word)));
                elsewhere = rest;
            }
            let before = first_word.checked_sub(1).map(|ix| words.word(ix));
            least_words.push((least(before, words.word(first_word)), first_term));
            each(Part::Shard(least_words.len() as u32 - 1), draft.encode());
        }
        least_words
    }

    /// Terms, by new number, and words of theirs that stand in another shard than they, ascending.
    fn elsewhere(&self, shard: &Shard) -> Vec<(u32, usize)> {
        let mut found = Vec::new();
        let mut terms = Vec::new();
        for bounds in self.shards.windows(2) {
            let [(first_word, first_term), (end_word, _)] = [bounds[0], bounds[1]];
            for ix in first_word..end_word {
                terms.clear();
                shard.dictionary.terms_of(ix, &mut terms);
                let new = terms.iter().map(|term| self.new[*term as usize]);
                found.extend(new.filter(|new| *new < first_term).map(|new| (new, ix)));
            }
        }
        found.sort_unstable();
        found
    }
}

/// The shortest beginning of `word` that is greater than the word before.
fn least(before: Option<&str>, word: &str) -> String {
    let Some(before) = before else {
        return String::new();
    };
    let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.find(|end| word[..*end] > *before);
    word[..end.unwrap_or(word.len())].to_owned()
}
