//! Building an index from articles.
//!
//! 1. [`Builder::add`] splits the fields of one article into words, gives every word its term (see `analysis`), and keeps
//!    the article's terms with their positions, grouped and encoded, in a stream of chunks. It also counts how many
//!    bytes the postings of each term will take.
//! 2. [`Builder::finish`] therefore allocates the postings once, exactly, and turns the stream round: for every article in
//!    order, each term's group goes behind the groups of the articles before. A chunk is freed when it has been read,
//!    so the stream and the index are never both whole in memory.
//!
//! The result depends on the articles and their order alone.

use crate::analysis::Analysis;
use crate::dictionary::Dictionary;
use crate::filter::{FilterKind, Filters, words_into};
use crate::index::{Documents, Index};
use crate::intern::hash;
use crate::language::Language;
use crate::postings::{Place, Postings};
use crate::ranking::{N_FIELDS, Ranking, field_of, field_starts, quantise};
use crate::token::tokenize;
use crate::varint;

/// What is searchable of one article, as plain text.
#[derive(Clone, Copy, Default, Debug)]
pub struct Fields<'a> {
    /// The title.
    pub title: &'a str,
    /// The subtitle, or nothing.
    pub subtitle: &'a str,
    /// The summary, or nothing.
    pub summary: &'a str,
    /// The key points, or nothing.
    pub key_points: &'a str,
    /// Everything else that can be read.
    pub body: &'a str,
    /// For `category:`.
    pub category: Option<&'a str>,
    /// For `tag:`.
    pub tags: &'a [&'a str],
    /// For `author:`.
    pub authors: &'a [&'a str],
    /// For `before:`, `after:` and `sort:date`: seconds since 1970, UTC.
    pub published: Option<i64>,
    /// A BCP 47 tag; where it is empty the language is guessed.
    pub language: &'a str,
}

impl<'a> Fields<'a> {
    /// The texts in the order of their positions.
    pub(crate) fn texts(&self) -> [&'a str; N_FIELDS] {
        [
            self.title,
            self.subtitle,
            self.summary,
            self.key_points,
            self.body,
        ]
    }
}

/// A chunk of the stream is closed at this size; an article is never split.
const CHUNK: usize = 256 * 1024;

/// What is known of a term while the articles are added.
#[derive(Clone, Copy, Default)]
struct TermCount {
    n_documents: u32,
    last_document: u32,
    document_bytes: u32,
    position_bytes: u32,
    /// First and last occurrence in the article at hand, as a place in its list plus one; 0 if there is none.
    first: u32,
    last: u32,
}

/// A word of the article at hand.
#[derive(Clone, Copy)]
struct Occurrence {
    position: u32,
    /// The next occurrence of the same term, as a place in the list plus one.
    next: u32,
}

/// Takes articles, gives an [`Index`].
#[derive(Default)]
pub struct Builder {
    ranking: Ranking,
    analysis: Analysis,
    counts: Vec<TermCount>,
    stream: Vec<Vec<u8>>,
    documents: Documents,
    filters: Filters,
    /// The words of the article at hand, in order, chained by term.
    occurrences: Vec<Occurrence>,
    /// Its different terms.
    terms: Vec<u32>,
    positions: Vec<u32>,
    group: Vec<u8>,
}

impl Builder {
    /// An empty index to be, with the default ranking.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// The same with another ranking.
    #[must_use]
    pub fn with_ranking(ranking: Ranking) -> Builder {
        Builder {
            ranking,
            ..Builder::default()
        }
    }

    /// Adds an article and returns its number: 0, 1, 2 and so on.
    pub fn add(&mut self, fields: &Fields<'_>) -> u32 {
        let document = self.documents.lengths.len() as u32;
        let language = if fields.language.is_empty() {
            let texts = [fields.body, fields.summary, fields.title];
            Language::guess(
                texts
                    .into_iter()
                    .find(|text| !text.is_empty())
                    .unwrap_or_default(),
            )
        } else {
            Language::of_tag(fields.language)
        };
        let lengths = self.read_words(fields, language);
        self.documents.lengths.push(lengths);
        let mut title = String::new();
        words_into(fields.title, &mut title);
        self.documents.titles.push(hash(title.as_bytes()));
        self.documents
            .published
            .push(fields.published.unwrap_or(i64::MIN));
        self.encode(document);
        if let Some(category) = fields.category {
            self.filters.add(FilterKind::Category, category, document);
        }
        for tag in fields.tags {
            self.filters.add(FilterKind::Tag, tag, document);
        }
        for author in fields.authors {
            self.filters.add(FilterKind::Author, author, document);
        }
        document
    }

    /// Fills `occurrences` and `terms`, and returns the number of words in each field.
    fn read_words(&mut self, fields: &Fields<'_>, language: Language) -> [u32; N_FIELDS] {
        let Builder {
            analysis,
            counts,
            occurrences,
            terms,
            ..
        } = self;
        occurrences.clear();
        terms.clear();
        let mut lengths = [0; N_FIELDS];
        for (field, text) in fields.texts().into_iter().enumerate() {
            let start = field_starts(&lengths)[field];
            lengths[field] = tokenize(text, &mut |token| {
                let term = analysis.term(&token, language);
                if counts.len() <= term as usize {
                    counts.resize(term as usize + 1, TermCount::default());
                }
                occurrences.push(Occurrence {
                    position: start.saturating_add(token.position),
                    next: 0,
                });
                let place = occurrences.len() as u32;
                let count = &mut counts[term as usize];
                if count.first == 0 {
                    count.first = place;
                    terms.push(term);
                } else {
                    occurrences[count.last as usize - 1].next = place;
                }
                count.last = place;
            });
        }
        lengths
    }

    /// Appends the article to the stream: the number of terms, then for each `term, n bytes, positions`.
    fn encode(&mut self, document: u32) {
        if self.stream.last().is_none_or(|chunk| chunk.len() >= CHUNK) {
            self.stream.push(Vec::with_capacity(CHUNK + CHUNK / 8));
        }
        let Some(chunk) = self.stream.last_mut() else {
            return;
        };
        varint::push(chunk, self.terms.len() as u32);
        for term in &self.terms {
            let count = &mut self.counts[*term as usize];
            self.positions.clear();
            let mut place = count.first;
            while place > 0 {
                let occurrence = self.occurrences[place as usize - 1];
                insert_ascending(&mut self.positions, occurrence.position);
                place = occurrence.next;
            }
            count.first = 0;
            self.group.clear();
            let mut previous = 0;
            for position in &self.positions {
                varint::push(&mut self.group, position - previous);
                previous = *position;
            }
            let n_bytes = self.group.len() as u32;
            varint::push(chunk, *term);
            varint::push(chunk, n_bytes);
            chunk.extend_from_slice(&self.group);
            let gap = if count.n_documents == 0 {
                document + 1
            } else {
                document - count.last_document
            };
            count.n_documents += 1;
            count.last_document = document;
            count.document_bytes += varint::len(gap) + 1;
            count.position_bytes += varint::len(n_bytes) + n_bytes;
        }
    }

    /// The index of all articles added.
    #[must_use]
    pub fn finish(self) -> Index {
        let Builder {
            ranking,
            mut analysis,
            mut counts,
            stream,
            mut documents,
            filters,
            ..
        } = self;
        documents.shrink();
        analysis.add_function_words();
        counts.resize(analysis.n_terms(), TermCount::default());
        let dictionary = Dictionary::new(
            &analysis.words,
            &analysis.word_terms,
            &analysis.is_function_word,
        );
        drop(analysis);
        let mut postings = Postings {
            places: places(&counts),
            ..Postings::default()
        };
        drop(counts);
        let end = postings.places.last().copied().unwrap_or_default();
        postings.documents = vec![0; end.documents as usize];
        postings.positions = vec![0; end.positions as usize];
        let mut cursors: Vec<(u32, u32, u32)> = postings
            .places
            .iter()
            .map(|place| (place.documents, place.positions, u32::MAX))
            .collect();
        let n_documents = documents.lengths.len().max(1);
        let total: f64 = documents
            .lengths
            .iter()
            .map(|lengths| f64::from(ranking.weighted_length(lengths)))
            .sum();
        let mean = (total / n_documents as f64) as f32;
        let mut document = 0_u32;
        for chunk in stream {
            let mut at = 0;
            while at < chunk.len() {
                let lengths = documents.lengths[document as usize];
                let starts = field_starts(&lengths);
                let length = ranking.weighted_length(&lengths);
                for _ in 0..varint::read(&chunk, &mut at) {
                    let term = varint::read(&chunk, &mut at);
                    let n_bytes = varint::read(&chunk, &mut at);
                    let group = &chunk[at..at + n_bytes as usize];
                    at += n_bytes as usize;
                    let impact =
                        quantise(ranking.saturation(&count_fields(group, &starts), length, mean));
                    let (documents_at, positions_at, last) = &mut cursors[term as usize];
                    let mut to = *documents_at as usize;
                    varint::write(
                        &mut postings.documents,
                        &mut to,
                        document.wrapping_sub(*last),
                    );
                    postings.documents[to] = impact;
                    *documents_at = to as u32 + 1;
                    *last = document;
                    let mut to = *positions_at as usize;
                    varint::write(&mut postings.positions, &mut to, n_bytes);
                    postings.positions[to..to + group.len()].copy_from_slice(group);
                    *positions_at = (to + group.len()) as u32;
                }
                document += 1;
            }
        }
        Index {
            ranking,
            dictionary,
            postings,
            documents,
            filters,
            mean_length: mean,
        }
    }
}

/// Inserts a position that is nearly always the greatest: only a joined word stands before what was read last.
fn insert_ascending(positions: &mut Vec<u32>, position: u32) {
    let at = positions
        .iter()
        .rposition(|other| *other <= position)
        .map_or(0, |before| before + 1);
    if at == 0 || positions[at - 1] != position {
        positions.insert(at, position);
    }
}

/// How often the encoded positions of a group fall into each field.
fn count_fields(group: &[u8], starts: &[u32; N_FIELDS]) -> [u32; N_FIELDS] {
    let mut counts = [0; N_FIELDS];
    let (mut at, mut position) = (0, 0);
    while at < group.len() {
        position += varint::read(group, &mut at);
        counts[field_of(starts, position)] += 1;
    }
    counts
}

/// Where each term's postings begin, one behind the other.
fn places(counts: &[TermCount]) -> Vec<Place> {
    let mut places = Vec::with_capacity(counts.len() + 1);
    let mut place = Place::default();
    for count in counts {
        places.push(Place {
            n_documents: count.n_documents,
            ..place
        });
        place.documents += count.document_bytes;
        place.positions += count.position_bytes;
    }
    places.push(place);
    places
}
