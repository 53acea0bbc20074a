//! Languages: which stemmer an article's words go through, and which of its words are mere grammar.
//!
//! [`Language::of_tag`] reads a BCP 47 tag; where an article names no language, [`Language::guess`] counts function words.
//! A function word (`the`, `und`, `de`) is indexed like any other and counts for the score, but a query does not insist
//! on it.

use crate::fold::fold_into;
use frostem::{Algorithm, Stemmer};

/// One language: its primary subtags, its Snowball algorithm, its commonest function words (folded).
struct Entry {
    tags: &'static [&'static str],
    algorithm: Option<Algorithm>,
    function_words: &'static str,
}

/// A language the engine knows, or [`Language::UNKNOWN`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Language(u8);

impl Language {
    /// No stemming, no function words.
    pub const UNKNOWN: Language = Language(u8::MAX);

    /// The language of a tag such as `de`, `pt-BR` or `nb_NO`.
    pub fn of_tag(tag: &str) -> Language {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let known = LANGUAGES
            .iter()
            .position(|entry| entry.tags.iter().any(|t| t.eq_ignore_ascii_case(primary)));
        known.map_or(Language::UNKNOWN, |ix| Language(ix as u8))
    }

    /// The language whose function words make up most of the first words of a text, if they are a fair part of it.
    pub fn guess(text: &str) -> Language {
        const WORDS_READ: usize = 200;
        let mut counts = [0_u32; LANGUAGES.len()];
        let mut n_words = 0;
        let mut word = String::new();
        for raw in text
            .split(|c: char| !c.is_alphabetic())
            .filter(|raw| !raw.is_empty())
            .take(WORDS_READ)
        {
            word.clear();
            fold_into(raw, &mut word);
            n_words += 1;
            for (count, entry) in counts.iter_mut().zip(&LANGUAGES) {
                *count += u32::from(is_listed(entry.function_words, &word));
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        match counts.iter().position(|count| *count == most) {
            Some(ix) if most >= 2 && most * 8 >= n_words => Language(ix as u8),
            _ => Language::UNKNOWN,
        }
    }

    /// A number for each language; words of different languages are stemmed apart.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The language of such a number.
    pub fn of_number(number: u8) -> Language {
        Language(number)
    }

    /// Its commonest function words, folded.
    pub fn function_words(self) -> impl Iterator<Item = &'static str> {
        LANGUAGES
            .get(usize::from(self.0))
            .into_iter()
            .flat_map(|entry| entry.function_words.split(' '))
    }

    /// Whether a folded word is a function word.
    pub fn is_function_word(self, folded: &str) -> bool {
        self.function_words().any(|word| word == folded)
    }

    /// A word without the article that is written together with it, as Arabic does: people look for it without.
    pub fn without_article(self, word: &str) -> Option<&str> {
        let entry = LANGUAGES.get(usize::from(self.0))?;
        let bare = word.strip_prefix("ال")?;
        (entry.tags.contains(&"ar") && bare.chars().count() > 2).then_some(bare)
    }

    /// The folded stem of a lower-case word.
    pub fn stem_into(self, word: &str, out: &mut String) {
        match LANGUAGES
            .get(usize::from(self.0))
            .and_then(|entry| entry.algorithm)
        {
            Some(algorithm) if word.chars().all(|c| c.is_alphabetic() || c == '\'') => {
                let before = out.len();
                fold_into(&Stemmer::new(algorithm).stem(word), out);
                if out.len() == before {
                    fold_into(word, out);
                }
            }
            _ => fold_into(word, out),
        }
    }
}

fn is_listed(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

/// In the order of guessing: a tie goes to the first.
static LANGUAGES: [Entry; 13] = [
    Entry {
        tags: &["en"],
        algorithm: Some(Algorithm::English),
        function_words: "a an and are as at be but by for from had has have he his how if in into is it its no not of on or \
            such that the their then there these they this to was were what when which who will with would",
    },
    Entry {
        tags: &["de"],
        algorithm: Some(Algorithm::German),
        function_words: "als am an auch auf aus bei das dass dem den der des die ein eine einem einen einer eines er es fur hat \
            ich ihr im in ist mit nach nicht sich sie sind so um und uber von vor war wie wird zu zum zur",
    },
    Entry {
        tags: &["fr"],
        algorithm: Some(Algorithm::French),
        function_words: "a au aux avec ce ces cette d dans de des du elle en est et il ils je l la le les leur mais n ne nous on \
            ou par pas plus pour qu que qui s sa se ses son sont sur un une vous y",
    },
    Entry {
        tags: &["es"],
        algorithm: Some(Algorithm::Spanish),
        function_words: "a al con como de del el ella en es esta este fue ha la las lo los mas no o para pero por que se ser si \
            sin sobre son su sus un una uno y",
    },
    Entry {
        tags: &["it"],
        algorithm: Some(Algorithm::Italian),
        function_words: "a ai al alla anche che chi con da dal dalla dei del della delle di e gli ha i il in io la le lo ma nel \
            nella non o per piu se si sono su sul un una uno",
    },
    Entry {
        tags: &["pt"],
        algorithm: Some(Algorithm::Portuguese),
        function_words: "a ao aos as com como da das de do dos e ela ele em entre foi mais mas na nas no nos nao o os ou para pela \
            pelo por que se sem ser seu sua um uma",
    },
    Entry {
        tags: &["nl"],
        algorithm: Some(Algorithm::Dutch),
        function_words: "aan als bij dat de der die dit door een en er het hij ik in is je maar met naar niet nog om onder ook op \
            te tot uit van voor was wat werd wordt zich ze zijn",
    },
    Entry {
        tags: &["sv"],
        algorithm: Some(Algorithm::Swedish),
        function_words: "att av blev bli den det de du ej eller en ett for fran han har hon i inte jag kan med men nar och om pa \
            sa sig som till ut var vi vid ar",
    },
    Entry {
        tags: &["no", "nb", "nn"],
        algorithm: Some(Algorithm::Norwegian),
        function_words: "at av ble da de den der det du eller en er et etter for fra han har hun i ikke jeg kan man med men nar \
            og om pa sa seg som til var ved vi",
    },
    Entry {
        tags: &["da"],
        algorithm: Some(Algorithm::Danish),
        function_words: "af at blev da de den der det du efter eller en er et for fra han har hun i ikke jeg kan man med men nar \
            og om pa sig som til var ved vi",
    },
    Entry {
        tags: &["fi"],
        algorithm: Some(Algorithm::Finnish),
        function_words: "ei eli en ennen etta han he ja jo joka jos jotka kanssa kuin kun me mutta myos ne niin nyt oli on ovat se \
            sen siella silla tai tama taman",
    },
    Entry {
        tags: &["ru"],
        algorithm: Some(Algorithm::Russian),
        function_words: "а без бы был было в во вот все для до его ее же за и из или их к как ко ли мы на не но о об он она они от \
            по при с со так то только у что это я",
    },
    Entry {
        tags: &["ar"],
        algorithm: Some(Algorithm::Arabic),
        function_words: "ان او الى التي الذي عن على في قد كان كما لا لم ما مع من هذا هذه هو هي و ولا وفي",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, words: &[&str], stem: &str) {
        for word in words {
            let mut found = String::new();
            Language::of_tag(tag).stem_into(word, &mut found);
            assert_eq!(found, stem, "{word} in {tag}");
        }
    }

    #[test]
    fn stems() {
        check(
            "en-GB",
            &["price", "prices", "pricing", "priced", "price's"],
            "price",
        );
        check("de", &["häuser", "hauses"], "haus");
        check("fr", &["élection", "élections"], "elect");
        check("pt_BR", &["livros", "livro"], "livr");
        check("ru", &["книга", "книги", "книгу"], "книг");
        check("xx", &["prices"], "prices");
        check("en", &["1987"], "1987");
    }

    #[track_caller]
    fn guesses(text: &str, tag: &str) {
        assert_eq!(Language::guess(text), Language::of_tag(tag), "{text}");
    }

    #[test]
    fn languages_are_guessed_by_their_grammar() {
        guesses("The price of oil is going to fall.", "en");
        guesses("Der Preis des Öls wird in diesem Jahr nicht fallen.", "de");
        guesses("Le prix du pétrole ne va pas baisser cette année.", "fr");
        guesses("El precio del petróleo no va a bajar este año.", "es");
        guesses("Цена на нефть не упадет в этом году.", "ru");
        guesses("石油の価格は下がらない。", "und");
        guesses("", "und");
    }

    #[test]
    fn function_words_are_folded() {
        for entry in &LANGUAGES {
            for word in entry.function_words.split(' ') {
                assert_eq!(crate::fold::fold(word), word);
                assert!(!word.is_empty());
            }
        }
    }
}
