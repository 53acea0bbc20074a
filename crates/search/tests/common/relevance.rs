//! Test collections with judged queries, and how well a ranking does on them.
//!
//! [`Judged::load`] reads one; [`Variant`] makes other queries of its questions (the three rarest words, a typo in one), always
//! the same; [`Judged::measure`] averages [`average_precision`] and [`ndcg_at_10`] over the queries that were judged.

#![allow(dead_code, reason = "each of the tests and examples uses a part")]

use crate::common::{collection, data};
use article::{ArticleContent, Collection};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Rankings are judged to this depth, as the reference was.
pub const DEPTH: usize = 1000;
/// All collections: name, and the MAP and nDCG@10 of a BM25 with stemming and stop words on exactly these files.
pub const COLLECTIONS: [(&str, f64, f64); 7] = [
    ("cranfield", 0.4098, 0.4241),
    ("cisi", 0.2165, 0.3845),
    ("cacm", 0.3153, 0.4737),
    ("med", 0.5401, 0.7092),
    ("npl", 0.2837, 0.4292),
    ("lisa", 0.3673, 0.4641),
    ("adi", 0.4165, 0.4864),
];
/// Words that say nothing of what is asked: none of them is one of three.
const FUNCTION_WORDS: &str = "a an and are as at be been by can do does for from had has have how i if in into is it its may not of \
    on or such than that the their them then there these they this to was were what when where which who why will with would you";

/// Which queries are made of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// The question as it is.
    Full,
    /// Its three words that the fewest documents have, in its order.
    Keywords,
    /// The question, one word of it mistyped.
    FullTypo,
    /// The three words, one of them mistyped.
    KeywordsTypo,
}

impl Variant {
    /// All, each after the one that its queries are compared with.
    pub const ALL: [Variant; 4] = [
        Variant::Full,
        Variant::Keywords,
        Variant::FullTypo,
        Variant::KeywordsTypo,
    ];

    /// As it is called in names of files.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Full => "full",
            Variant::Keywords => "keywords",
            Variant::FullTypo => "full-typo",
            Variant::KeywordsTypo => "keywords-typo",
        }
    }
}

/// Gains by document, of one query.
pub type Relevant = HashMap<String, f64>;

/// A collection, its questions and their judgements.
pub struct Judged {
    pub articles: Collection,
    /// The ids of the documents, by their number.
    pub ids: Vec<String>,
    /// Pairs of id and text.
    pub questions: Vec<(String, String)>,
    pub judgements: HashMap<String, Relevant>,
    n_with: HashMap<String, u32>,
}

/// Averages over the judged queries of a collection.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    pub map: f64,
    pub ndcg: f64,
    /// Queries, judged or not, that nothing was found for.
    pub without_answer: usize,
}

impl Judged {
    /// Nothing where the shared test data is absent.
    pub fn load(name: &str) -> Option<Judged> {
        let articles = collection(&format!("retrieval/{name}/collection.json.gz"))?;
        let entries = articles.entries().iter();
        let ids = entries.map(|entry| entry.id.to_string()).collect();
        let questions = rows(&format!("retrieval/{name}/queries.tsv"))?
            .into_iter()
            .map(|row| (row[0].clone(), row[1].clone()));
        let mut judgements: HashMap<String, Relevant> = HashMap::new();
        for row in rows(&format!("retrieval/{name}/qrels.tsv"))? {
            let gain: f64 = row[2].parse().unwrap();
            if gain > 0.0 {
                judgements
                    .entry(row[0].clone())
                    .or_default()
                    .insert(row[1].clone(), gain);
            }
        }
        let mut judged = Judged {
            ids,
            questions: questions.collect(),
            judgements,
            n_with: HashMap::new(),
            articles,
        };
        let mut n_with: HashMap<String, u32> = HashMap::new();
        for (title, body) in judged.texts() {
            let all: BTreeSet<String> = words(&title).chain(words(&body)).collect();
            for word in all {
                *n_with.entry(word).or_default() += 1;
            }
        }
        judged.n_with = n_with;
        Some(judged)
    }

    /// Title and text of every document, plain.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> {
        (0..self.ids.len()).map(|ix| {
            let article = self.articles.article(ix).unwrap();
            let text = ArticleContent::of(&article).plain_text();
            let parts = [text.summary, text.key_points, text.body];
            (article.title, parts.join("\n").trim().to_owned())
        })
    }

    /// The queries of a variant: pairs of id and text.
    pub fn queries(&self, variant: Variant) -> Vec<(String, String)> {
        let mut chance = Chance(7);
        let made = self.questions.iter().map(|(id, question)| {
            let text = match variant {
                Variant::Full => question.clone(),
                Variant::Keywords => self.rarest(question),
                Variant::FullTypo => mistyped(question, &mut chance),
                Variant::KeywordsTypo => mistyped(&self.rarest(question), &mut chance),
            };
            (id.clone(), text)
        });
        made.collect()
    }

    fn rarest(&self, question: &str) -> String {
        let asked: Vec<String> = words(question).collect();
        let mut known: Vec<(u32, usize)> = asked
            .iter()
            .enumerate()
            .filter(|(ix, word)| {
                !FUNCTION_WORDS.split(' ').any(|other| other == *word)
                    && !asked[..*ix].contains(word)
            })
            .filter_map(|(ix, word)| Some((*self.n_with.get(word)?, ix)))
            .collect();
        known.sort_unstable();
        known.truncate(3);
        known.sort_unstable_by_key(|(_, ix)| *ix);
        let kept: Vec<&str> = known.iter().map(|(_, ix)| asked[*ix].as_str()).collect();
        kept.join(" ")
    }

    /// `answer` gives the ids of what is found for a query, best first.
    pub fn measure(
        &self,
        queries: &[(String, String)],
        mut answer: impl FnMut(&str, &str) -> Vec<String>,
    ) -> Measured {
        let mut measured = Measured::default();
        let mut n_judged = 0.0;
        for (id, text) in queries {
            let found = answer(id, text);
            measured.without_answer += usize::from(found.is_empty());
            if let Some(relevant) = self.judgements.get(id) {
                let ranked: Vec<&str> = found.iter().map(String::as_str).collect();
                measured.map += average_precision(&ranked, relevant);
                measured.ndcg += ndcg_at_10(&ranked, relevant);
                n_judged += 1.0;
            }
        }
        measured.map /= n_judged;
        measured.ndcg /= n_judged;
        measured
    }
}

/// The mean of the precision at every relevant document that was found, over all that are relevant.
pub fn average_precision(ranked: &[&str], relevant: &Relevant) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (place, id) in ranked.iter().take(DEPTH).enumerate() {
        if relevant.contains_key(*id) {
            found += 1.0;
            sum += found / (place as f64 + 1.0);
        }
    }
    sum / relevant.len() as f64
}

/// The gains of the first ten, each discounted by its place, against those of the best ten there are.
pub fn ndcg_at_10(ranked: &[&str], relevant: &Relevant) -> f64 {
    let discounted = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
        gains
            .take(10)
            .enumerate()
            .map(|(place, gain)| gain / (place as f64 + 2.0).log2())
            .sum()
    };
    let mut ideal: Vec<f64> = relevant.values().copied().collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let gain_of = |id: &&str| relevant.get(*id).copied().unwrap_or(0.0);
    let reached = discounted(&mut ranked.iter().map(gain_of));
    reached / discounted(&mut ideal.into_iter())
}

/// One random mistake (a letter too many, too few, wrong, or two swapped) in one random word of four letters or more.
pub fn mistyped(text: &str, chance: &mut Chance) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|ix| words[*ix].len() >= 4 && words[*ix].bytes().all(|b| b.is_ascii_alphabetic()))
        .collect();
    if long.is_empty() {
        return text.to_owned();
    }
    let ix = long[chance.below(long.len())];
    let mut letters: Vec<char> = words[ix].chars().collect();
    let letter = char::from(b'a' + chance.below(26) as u8);
    let (kind, last) = (chance.below(4), letters.len() - 1);
    match kind {
        0 => letters.insert(chance.below(last + 2), letter),
        1 => drop(letters.remove(chance.below(last + 1))),
        2 => letters[chance.below(last + 1)] = letter,
        _ => {
            let at = chance.below(last);
            letters.swap(at, at + 1);
        }
    }
    let changed: String = letters.into_iter().collect();
    if changed == words[ix] {
        return mistyped(text, chance);
    }
    words[ix] = changed;
    words.join(" ")
}

/// Numbers that look like chance (D. E. Knuth's multiplier of 64 bits).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Runs of letters and digits, in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The means over several collections.
pub fn mean(all: &BTreeMap<&str, Measured>, names: &[&str]) -> Measured {
    let mut sum = Measured::default();
    for name in names {
        let one = all.get(name).copied().unwrap_or_default();
        sum.map += one.map / names.len() as f64;
        sum.ndcg += one.ndcg / names.len() as f64;
        sum.without_answer += one.without_answer;
    }
    sum
}

fn rows(path: &str) -> Option<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(data(path)?).unwrap();
    let row = |line: &str| line.split('\t').map(str::to_owned).collect();
    Some(text.lines().map(row).collect())
}
