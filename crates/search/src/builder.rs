//! Building an index from articles.
//!
//! 1. [`Builder::add`] splits the fields of one article into words, gives every word its term (see `analysis`), and keeps
//!    the article's terms with their positions, grouped and encoded, in a stream of chunks. It also counts how many
//!    bytes the postings of each term will take.
//! 2. [`Builder::turn`] therefore allocates the postings once, exactly, and [`Filling::fill`] turns the stream round: for every
//!    article in order, each term's group goes behind the groups of the articles before. A chunk is freed when it has been
//!    read, and may be kept elsewhere until then ([`Builder::take_chunk`]), so the stream and the index are never both whole
//!    in memory.
//!
//! The result depends on the articles and their order alone.

use crate::analysis::Analysis;
use crate::dictionary::Dictionary;
use crate::fields::Fields;
use crate::filling::Filling;
use crate::filter::{FilterKind, Filters, words_into};
use crate::hash::hash;
use crate::index::Index;
use crate::language::Language;
use crate::limits::Limits;
use crate::postings::Ends;
use crate::ranking::{N_FIELDS, Ranking, position_in};
use crate::shard::Shard;
use crate::store::Whole;
use crate::token::tokenize;
use crate::varint;
use std::collections::VecDeque;

/// A chunk of the stream is closed at this size; an article is never split.
const CHUNK: usize = 256 * 1024;

/// What is known of a term while the articles are added.
#[derive(Clone, Copy, Default)]
struct TermCount {
    n_documents: u32,
    last_document: u32,
    document_bytes: u32,
    position_bytes: u32,
}

/// First and last occurrence of a term in the article at hand, as a place in its list plus one; 0 if there is none. They stand
/// apart from the counts, as every word of every article asks for them.
#[derive(Clone, Copy, Default)]
struct Chain {
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
    /// Others than those for so many documents: only for tests.
    pub(crate) limits: Option<Limits>,
    analysis: Analysis,
    counts: Vec<TermCount>,
    chains: Vec<Chain>,
    stream: VecDeque<Vec<u8>>,
    /// The weighted length of each document.
    lengths: Vec<f32>,
    titles: Vec<u64>,
    dates: Vec<i64>,
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

    /// Adds an article and returns its number: 0, 1, 2 and so on. Articles are added by ascending date, those without one
    /// first: the date of one that comes too late is taken to be that of the article before.
    pub fn add(&mut self, fields: &Fields<'_>) -> u32 {
        let document = self.lengths.len() as u32;
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
        self.lengths.push(self.ranking.weighted_length(&lengths));
        let mut title = String::new();
        words_into(fields.title, &mut title);
        self.titles.push(hash(title.as_bytes()));
        match (fields.published, self.dates.last().copied()) {
            (None, None) => {}
            (published, before) => {
                let least = before.unwrap_or(i64::MIN);
                self.dates.push(published.unwrap_or(least).max(least));
            }
        }
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
            chains,
            occurrences,
            terms,
            ..
        } = self;
        occurrences.clear();
        terms.clear();
        let mut lengths = [0; N_FIELDS];
        for (field, text) in fields.texts().into_iter().enumerate() {
            lengths[field] = tokenize(text, &mut |token| {
                let (term, accented) = analysis.term(&token, language);
                for term in [Some(term), accented].into_iter().flatten() {
                    occurrences.push(Occurrence {
                        position: position_in(field, token.position),
                        next: 0,
                    });
                    let place = occurrences.len() as u32;
                    if chains.len() <= term as usize {
                        chains.resize(term as usize + 1, Chain::default());
                    }
                    let chain = &mut chains[term as usize];
                    if chain.first == 0 {
                        chain.first = place;
                        terms.push(term);
                    } else {
                        occurrences[chain.last as usize - 1].next = place;
                    }
                    chain.last = place;
                }
            });
        }
        lengths
    }

    /// Appends the article to the stream: the number of terms, then for each `term, n bytes, positions`.
    fn encode(&mut self, document: u32) {
        if self.stream.back().is_none_or(|chunk| chunk.len() >= CHUNK) {
            self.stream.push_back(Vec::with_capacity(CHUNK + CHUNK / 8));
        }
        let Some(chunk) = self.stream.back_mut() else {
            return;
        };
        varint::push(chunk, self.terms.len() as u32);
        self.counts.resize(self.chains.len(), TermCount::default());
        for term in &self.terms {
            let count = &mut self.counts[*term as usize];
            let chain = &mut self.chains[*term as usize];
            self.group.clear();
            let first = self.occurrences[chain.first as usize - 1];
            if first.next == 0 {
                // Most words stand in an article once.
                varint::push(&mut self.group, first.position);
            } else {
                self.positions.clear();
                let mut place = chain.first;
                while place > 0 {
                    let occurrence = self.occurrences[place as usize - 1];
                    insert_ascending(&mut self.positions, occurrence.position);
                    place = occurrence.next;
                }
                let mut previous = 0;
                for position in &self.positions {
                    varint::push(&mut self.group, position - previous);
                    previous = *position;
                }
            }
            chain.first = 0;
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

    /// Gives the oldest chunk of the stream away, if it is full. [`Filling::fill`] wants all of them, in order.
    pub fn take_chunk(&mut self) -> Option<Vec<u8>> {
        let is_full = self
            .stream
            .front()
            .is_some_and(|chunk| chunk.len() >= CHUNK);
        is_full.then(|| self.stream.pop_front()).flatten()
    }

    /// The index of all articles added.
    #[must_use]
    pub fn finish(self) -> Index {
        self.turn().finish()
    }

    /// Ends the adding.
    #[must_use]
    pub fn turn(self) -> Filling {
        let Builder {
            ranking,
            limits,
            mut analysis,
            mut counts,
            chains,
            stream,
            lengths,
            mut titles,
            mut dates,
            filters,
            ..
        } = self;
        // Whatever is dropped makes room for the postings.
        drop(chains);
        titles.shrink_to_fit();
        dates.shrink_to_fit();
        analysis.add_function_words();
        counts.resize(analysis.n_terms(), TermCount::default());
        analysis.end();
        let dictionary = Dictionary::new(
            &analysis.words,
            &analysis.word_terms,
            &analysis.is_function_word,
        );
        drop(analysis);
        let begins = begins(&counts);
        drop(counts);
        let whole = Whole {
            shard: Shard {
                dictionary,
                ..Shard::default()
            },
            titles,
            dates,
            filters,
            ..Whole::default()
        };
        Filling::new(whole, begins, lengths, stream, ranking, limits)
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

/// Where each term's postings begin, one behind the other; and behind the last, where they end.
fn begins(counts: &[TermCount]) -> Vec<Ends> {
    let mut end = Ends::default();
    let mut begins = Vec::with_capacity(counts.len() + 1);
    for count in counts {
        begins.push(Ends {
            n_documents: count.n_documents,
            ..end
        });
        end.documents += count.document_bytes;
        end.positions += count.position_bytes;
    }
    begins.push(Ends {
        n_documents: 0,
        ..end
    });
    begins
}
