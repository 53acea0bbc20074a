//! From a word of a text to its term: fold, stem by language, remember.
//!
//! Every different word is analysed once; after that it is one look-up (`short`). What is remembered becomes the dictionary, so a
//! query finds each word under exactly the terms that the articles were indexed under.

use crate::fold::{accented, fold_into};
use crate::intern::Interner;
use crate::language::Language;
use crate::short::ShortWords;
use crate::token::{Kind, Token};

/// Words seen so far, and the terms they became.
#[derive(Default)]
pub(crate) struct Analysis {
    /// The terms of short words, with the language's number in the last byte. They have no accents.
    short: ShortWords,
    /// All others: a language's number as one byte, then the word in lower case, not folded.
    seen: Interner,
    /// The term of each word seen, and that of its accents, if it has some.
    seen_terms: Vec<(u32, Option<u32>)>,
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
    /// The term of a token of an article in `language`; and another one for exactly these accents, if it has any.
    #[inline]
    pub fn term(&mut self, token: &Token<'_>, language: Language) -> (u32, Option<u32>) {
        let [first, second] = token.short;
        if first == 0 {
            return self.other_term(token, language);
        }
        let word = [first, second | u64::from(language.number()) << 56];
        match self.short.find(word) {
            Ok(term) => (term, None),
            Err(place) => {
                let (term, _) = self.new_term(token, language);
                self.short.put(place, word, term);
                (term, None)
            }
        }
    }

    #[inline(never)]
    fn other_term(&mut self, token: &Token<'_>, language: Language) -> (u32, Option<u32>) {
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
        let terms = self.new_term(token, language);
        self.seen_terms.push(terms);
        terms
    }

    /// Analyses a word that was not seen.
    #[inline(never)]
    fn new_term(&mut self, token: &Token<'_>, language: Language) -> (u32, Option<u32>) {
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
        if let Some(bare) = language.without_article(token.text) {
            let mut folded = String::new();
            fold_into(bare, &mut folded);
            let (word, is_new) = self.words.add(folded.as_bytes());
            if is_new {
                self.is_function_word.push(false);
            }
            self.word_terms.push((word, term));
        }
        let accented = (token.kind == Kind::Word)
            .then(|| accented(token.text))
            .flatten();
        let accented = accented.map(|accented| {
            let (word, is_new) = self.words.add(accented.as_bytes());
            let (term, _) = self.terms.add(accented.as_bytes());
            if is_new {
                self.is_function_word.push(false);
                self.word_terms.push((word, term));
            }
            term
        });
        (term, accented)
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

    /// Lets go of all that only a further word would need.
    pub fn end(&mut self) {
        self.short = ShortWords::default();
        self.seen = Interner::default();
        self.seen_terms = Vec::new();
        self.terms = Interner::default();
    }

    pub fn n_terms(&self) -> usize {
        self.terms.len()
    }
}
