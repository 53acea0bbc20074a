//! From a word of a text to its term: fold, stem by language, remember.
//!
//! Every different word is analysed once; after that it is one look-up. What is remembered becomes the dictionary, so a
//! query finds each word under exactly the terms that the articles were indexed under.

use crate::fold::fold_into;
use crate::intern::Interner;
use crate::language::Language;
use crate::token::{Kind, Token};

/// Words seen so far, and the terms they became.
#[derive(Default)]
pub(crate) struct Analysis {
    /// A language's number as one byte, then the word in lower case, not folded.
    seen: Interner,
    /// The term of each word seen.
    seen_terms: Vec<u32>,
    /// Folded words: the dictionary to be.
    pub words: Interner,
    /// Pairs of word and term.
    pub word_terms: Vec<(u32, u32)>,
    /// Of each folded word, whether it is a function word where it was seen first.
    pub is_function_word: Vec<bool>,
    terms: Interner,
    /// One bit for each language met.
    languages: u64,
    key: Vec<u8>,
    folded: String,
}

impl Analysis {
    /// The term of a token of an article in `language`.
    pub fn term(&mut self, token: &Token<'_>, language: Language) -> u32 {
        let language = match token.kind {
            Kind::Word | Kind::Joined => language,
            Kind::Single | Kind::Pair => Language::UNKNOWN,
        };
        self.key.clear();
        self.key.push(language.number());
        self.key.extend_from_slice(token.text.as_bytes());
        let (seen, is_new) = self.seen.add(&self.key);
        if !is_new {
            return self.seen_terms[seen as usize];
        }
        self.languages |= 1_u64.checked_shl(u32::from(language.number())).unwrap_or(0);
        self.folded.clear();
        fold_into(token.text, &mut self.folded);
        let (word, is_new) = self.words.add(self.folded.as_bytes());
        if is_new {
            self.is_function_word
                .push(language.is_function_word(&self.folded));
        }
        self.folded.clear();
        language.stem_into(token.text, &mut self.folded);
        let (term, _) = self.terms.add(self.folded.as_bytes());
        self.word_terms.push((word, term));
        self.seen_terms.push(term);
        term
    }

    /// Makes the function words of every language seen known as such, whether or not an article has them.
    pub fn add_function_words(&mut self) {
        for language in (0..64)
            .filter(|bit| self.languages >> bit & 1 == 1)
            .map(Language::of_number)
        {
            for word in language.function_words() {
                let (number, is_new) = self.words.add(word.as_bytes());
                if is_new {
                    self.is_function_word.push(true);
                    let (term, _) = self.terms.add(word.as_bytes());
                    self.word_terms.push((number, term));
                }
            }
        }
    }

    pub fn n_terms(&self) -> usize {
        self.terms.len()
    }
}
