//! [`Alike`]: the nearest articles of all articles, for a build.
//!
//! The same nearness as that of one article in a browser (`nearest`), which looks at all others for it. For all articles
//! that would be the square of their number, so here the articles that share a word are listed by word, and in an edition of
//! more than [`EXACT_MAX`] articles only the rarest words of each are looked up, which tell the most.
//!
//! Whatever is asked about an article, how many there are and how many have a word among it, is asked about those that are not
//! newer.

use super::nearest::{Best, Words, signature_of, weight};
use crate::date::Date;
use crate::model::Article;

/// Among up to so many articles the result is that of `nearest`: no word of weight is in more than a quarter of them.
const EXACT_MAX: usize = 4 * LIST_MAX;

/// A word of more articles is passed over.
const LIST_MAX: usize = 2_000;

/// Among more articles, so many are looked at for one, and as many more as the last word has.
const LOOKED_AT: usize = 4_000;

/// The signatures of all articles, the newest first.
#[derive(Debug, Default)]
pub struct Alike {
    words: Words,
    dates: Vec<Option<Date>>,
    /// A word and an article whose signature has it, in ascending order: the oldest articles of a word are its last. Words
    /// of one article are left out, and of others the newest articles that would make a list too long to be looked at.
    lists: Vec<u64>,
}

/// The words of an article.
#[derive(Debug)]
pub struct ArticleWords(Vec<u32>);

/// What finding the nearest writes in, to be used again: as long as there are articles.
#[derive(Debug, Default)]
pub struct Products {
    of: Vec<f32>,
    touched: Vec<u32>,
}

impl ArticleWords {
    /// The words of an article; the longest part of the work, and it needs no other article.
    pub fn of(article: &Article) -> ArticleWords {
        ArticleWords(signature_of(article))
    }
}

impl Alike {
    /// Takes the next article, which is not newer than those before.
    pub fn add(&mut self, words: &ArticleWords, published: Option<Date>) {
        self.words.add_signature(&words.0);
        self.dates.push(published);
    }

    /// All articles are known.
    pub fn finish(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        for ix in 0..self.words.n_articles() {
            let words = self.words.signature(ix).iter();
            lists.extend(words.map(|word| u64::from(*word) << 32 | ix as u64));
        }
        lists.sort_unstable();
        let (mut start, mut n_kept) = (0, 0);
        while let Some(first) = lists.get(start) {
            let word = first >> 32;
            let of_word = lists[start..].iter().take_while(|one| **one >> 32 == word);
            let n = of_word.count();
            start += n;
            if n > 1 {
                // One more than are looked at says that there are too many.
                let n = n.min(LIST_MAX + 1);
                lists.copy_within(start - n..start, n_kept);
                n_kept += n;
            }
        }
        lists.truncate(n_kept);
        lists.shrink_to_fit();
        self.lists = lists;
    }

    /// Up to `n` articles that are not newer than one and whose content is nearest to it, nearest first, by the order in which they
    /// were added.
    pub fn nearest(&self, ix: usize, n: usize, products: &mut Products) -> Vec<u32> {
        products.of.resize(self.words.n_articles(), 0.0);
        // In the order of the words, as a sum of floating-point numbers depends on its order.
        for (list, weight) in self.telling(ix) {
            for listed in list {
                let other = *listed as u32;
                let product = &mut products.of[other as usize];
                if *product == 0.0 {
                    products.touched.push(other);
                }
                *product += weight;
            }
        }
        let mut best = Best::of(n);
        for other in products.touched.drain(..) {
            let sum = std::mem::take(&mut products.of[other as usize]);
            if other as usize != ix {
                let dates = [self.dates[ix], self.dates[other as usize]];
                best.take(self.words.near(sum, other, dates));
            }
        }
        best.into_list()
    }

    /// The words of an article that are looked up, in their order: which articles that are not newer have them, and what they weigh.
    fn telling(&self, ix: usize) -> Vec<(&[u64], f32)> {
        let n_articles = self.words.n_articles() - ix;
        let lists = self
            .words
            .signature(ix)
            .iter()
            .map(|word| self.list(*word, ix));
        let mut lists: Vec<(&[u64], f32)> = lists
            .map(|list| (list, weight(list.len() as u32, n_articles as u32)))
            // A list of one is the article itself, and is not there where no newer one has the word.
            .filter(|(list, weight)| list.len() > 1 && *weight > 0.0)
            .collect();
        if n_articles > EXACT_MAX {
            lists.retain(|(list, _)| list.len() <= LIST_MAX);
            lists.sort_by_key(|(list, _)| list.len());
            let mut n_looked_at = 0;
            lists.retain(|(list, _)| {
                let is_taken = n_looked_at < LOOKED_AT;
                n_looked_at += list.len();
                is_taken
            });
            lists.sort_unstable_by_key(|(list, _)| list[0]);
        }
        lists
    }

    /// Of the articles of a word, those that are not newer than one.
    fn list(&self, word: u32, ix: usize) -> &[u64] {
        let word = u64::from(word) << 32;
        let from = self.lists.partition_point(|one| *one < word | ix as u64);
        let list = &self.lists[from..];
        let n = list.partition_point(|one| one >> 32 == word >> 32);
        &list[..n]
    }
}
