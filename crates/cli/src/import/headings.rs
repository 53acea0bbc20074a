//! Which headings stand for fields of the format: [`Headings`], a table that `--heading` can add to.

use std::str::FromStr;

/// A field that has a heading of its own on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `summary`
    Summary,
    /// `key_points`
    KeyPoints,
    /// `risks`
    Risks,
    /// `disclosure`
    Disclosure,
    /// `related`
    Related,
    /// `corrections`
    Corrections,
}

/// The headings that are known from the start, in lower case: English, German, French, Spanish.
const KNOWN: &[(Field, &[&str])] = &[
    (
        Field::Summary,
        &[
            "summary",
            "executive summary",
            "in brief",
            "tl;dr",
            "tldr",
            "zusammenfassung",
            "kurzfassung",
            "résumé",
            "en bref",
            "synthèse",
            "resumen",
            "en resumen",
            "en breve",
        ],
    ),
    (
        Field::KeyPoints,
        &[
            "key points",
            "key takeaways",
            "takeaways",
            "key facts",
            "main points",
            "highlights",
            "kernpunkte",
            "wichtigste punkte",
            "die wichtigsten punkte",
            "das wichtigste in kürze",
            "auf einen blick",
            "points clés",
            "points essentiels",
            "à retenir",
            "l'essentiel",
            "puntos clave",
            "puntos principales",
            "lo más importante",
            "claves",
        ],
    ),
    (
        Field::Risks,
        &[
            "risks",
            "risk",
            "risk factors",
            "key risks",
            "risiken",
            "risikofaktoren",
            "risques",
            "facteurs de risque",
            "riesgos",
            "factores de riesgo",
        ],
    ),
    (
        Field::Disclosure,
        &[
            "disclosure",
            "disclosures",
            "disclaimer",
            "offenlegung",
            "haftungsausschluss",
            "transparenzhinweis",
            "interessenkonflikte",
            "divulgation",
            "avertissement",
            "conflits d'intérêts",
            "divulgación",
            "aviso legal",
            "conflicto de intereses",
            "conflictos de intereses",
        ],
    ),
    (
        Field::Related,
        &[
            "related articles",
            "related",
            "related posts",
            "related stories",
            "related reading",
            "read more",
            "further reading",
            "see also",
            "verwandte artikel",
            "ähnliche artikel",
            "mehr zum thema",
            "weiterlesen",
            "articles liés",
            "articles similaires",
            "articles connexes",
            "à lire aussi",
            "lire aussi",
            "sur le même sujet",
            "artículos relacionados",
            "noticias relacionadas",
            "más información",
            "te puede interesar",
        ],
    ),
    (
        Field::Corrections,
        &[
            "corrections",
            "correction",
            "corrigendum",
            "erratum",
            "errata",
            "korrektur",
            "korrekturen",
            "berichtigung",
            "berichtigungen",
            "rectificatif",
            "rectificatifs",
            "corrección",
            "correcciones",
            "fe de erratas",
            "rectificación",
        ],
    ),
];

/// Which headings stand for fields.
#[derive(Clone, Debug, Default)]
pub struct Headings {
    added: Vec<Rule>,
}

/// A heading that whoever imports adds: `risks=What can go wrong`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `None`: the heading stands for no field, though the table knows it.
    field: Option<Field>,
    heading: String,
}

impl Headings {
    /// The table and these.
    pub fn with(added: Vec<Rule>) -> Headings {
        Headings { added }
    }

    /// The field that a heading stands for. Case, and a colon or a full stop behind it, do not matter.
    pub fn field(&self, heading: &str) -> Option<Field> {
        let heading = normal(heading);
        match self.added.iter().rev().find(|rule| rule.heading == heading) {
            Some(rule) => rule.field,
            None => KNOWN
                .iter()
                .find(|(_, known)| known.contains(&&*heading))
                .map(|(field, _)| *field),
        }
    }
}

impl FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Rule, String> {
        let (field, heading) = text
            .split_once('=')
            .filter(|(_, heading)| !heading.trim().is_empty())
            .ok_or("write FIELD=HEADING, such as risks=\"What can go wrong\"")?;
        let field = match field.trim() {
            "summary" => Some(Field::Summary),
            "key_points" => Some(Field::KeyPoints),
            "risks" => Some(Field::Risks),
            "disclosure" => Some(Field::Disclosure),
            "related" => Some(Field::Related),
            "corrections" => Some(Field::Corrections),
            "none" => None,
            other => {
                return Err(format!(
                    "there is no field {other}; there are summary, key_points, risks, disclosure, related, corrections, \
                     and none"
                ));
            }
        };
        Ok(Rule {
            field,
            heading: normal(heading),
        })
    }
}

/// In lower case, with simple spaces and apostrophes, and without the punctuation behind it.
fn normal(heading: &str) -> String {
    let words: Vec<&str> = heading.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches([':', '.', '…', ' '])
        .replace('’', "'")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_table_is_found_as_people_write_it() {
        let headings = Headings::default();
        for (field, known) in KNOWN {
            for heading in *known {
                assert_eq!(normal(heading), *heading, "the table is in normal form");
                let written = [
                    heading.to_string(),
                    heading.to_uppercase(),
                    format!(" {heading}:"),
                    heading.replace(' ', "\u{a0}\n").replace('\'', "’"),
                ];
                for written in written {
                    assert_eq!(headings.field(&written), Some(*field), "{written:?}");
                }
            }
        }
    }

    #[test]
    fn no_heading_stands_for_two_fields() {
        let all: Vec<&str> = KNOWN
            .iter()
            .flat_map(|(_, known)| *known)
            .copied()
            .collect();
        for (ix, heading) in all.iter().enumerate() {
            assert!(!all[..ix].contains(heading), "{heading}");
        }
    }

    #[test]
    fn others_are_text() {
        let headings = Headings::default();
        for heading in ["", "Summary of the year", "The risks we took", "Keypoint"] {
            assert_eq!(headings.field(heading), None, "{heading}");
        }
    }

    #[test]
    fn whoever_imports_may_add_headings_and_take_them_away() {
        let rules = ["risks=What can go  wrong", "none=Highlights"];
        let headings = Headings::with(rules.iter().map(|rule| rule.parse().unwrap()).collect());
        assert_eq!(headings.field("What can go wrong:"), Some(Field::Risks));
        assert_eq!(headings.field("Highlights"), None);
        assert_eq!(headings.field("Risks"), Some(Field::Risks));
        for wrong in ["risks", "risks=", "keypoints=Key Points"] {
            assert!(wrong.parse::<Rule>().is_err(), "{wrong}");
        }
    }
}
