//! Which heading means which part of an article: [`part_of`], one table for every format and language.
//!
//! The format has fields of its own for what other systems put under a heading. A heading means a part where it is, as a
//! whole, one of the labels below; case, a colon behind it, and the kind of its apostrophes do not matter.

/// A part of an article that has its own field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `summary`
    Summary,
    /// `key_points`
    KeyPoints,
    /// `risks`
    Risks,
    /// `disclosure`
    Disclosure,
    /// `corrections`
    Corrections,
    /// `related`
    Related,
}

/// English, German, French, Spanish; as [`folded`] leaves them.
const LABELS: [(Part, &[&str]); 6] = [
    (
        Part::Summary,
        &[
            "summary",
            "executive summary",
            "in brief",
            "tl;dr",
            "zusammenfassung",
            "kurzfassung",
            "kurz gefasst",
            "in kürze",
            "résumé",
            "en bref",
            "resumen",
            "en resumen",
            "en breve",
        ],
    ),
    (
        Part::KeyPoints,
        &[
            "key points",
            "key takeaways",
            "takeaways",
            "key facts",
            "main points",
            "at a glance",
            "kernpunkte",
            "kernaussagen",
            "die wichtigsten punkte",
            "wichtige punkte",
            "das wichtigste in kürze",
            "auf einen blick",
            "points clés",
            "les points clés",
            "points essentiels",
            "à retenir",
            "ce qu'il faut retenir",
            "l'essentiel",
            "puntos clave",
            "puntos principales",
            "claves",
            "lo esencial",
        ],
    ),
    (
        Part::Risks,
        &[
            "risks",
            "key risks",
            "risk factors",
            "risiken",
            "risikofaktoren",
            "risques",
            "facteurs de risque",
            "riesgos",
            "factores de riesgo",
        ],
    ),
    (
        Part::Disclosure,
        &[
            "disclosure",
            "disclosures",
            "disclaimer",
            "offenlegung",
            "offenlegungen",
            "haftungsausschluss",
            "divulgation",
            "divulgations",
            "déclaration d'intérêts",
            "avertissement",
            "divulgación",
            "declaración de intereses",
            "descargo de responsabilidad",
        ],
    ),
    (
        Part::Corrections,
        &[
            "correction",
            "corrections",
            "corrections and clarifications",
            "korrektur",
            "korrekturen",
            "berichtigung",
            "berichtigungen",
            "rectificatif",
            "rectificatifs",
            "corrección",
            "correcciones",
            "fe de erratas",
        ],
    ),
    (
        Part::Related,
        &[
            "related articles",
            "related stories",
            "related posts",
            "related",
            "verwandte artikel",
            "ähnliche artikel",
            "mehr zum thema",
            "articles liés",
            "articles connexes",
            "sur le même sujet",
            "à lire aussi",
            "artículos relacionados",
            "noticias relacionadas",
        ],
    ),
];

/// The part that a heading means, if it means one.
pub fn part_of(heading: &str) -> Option<Part> {
    let heading = folded(heading);
    LABELS
        .iter()
        .find(|(_, labels)| labels.contains(&&*heading))
        .map(|(part, _)| *part)
}

/// A label as the tables have it: lower case, single spaces, straight apostrophes, no colon behind it.
pub fn folded(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    let label = words.join(" ").to_lowercase().replace('’', "'");
    label.trim_end_matches([':', ' ']).to_string()
}

#[cfg(test)]
mod tests {
    use super::{LABELS, Part, folded, part_of};

    #[test]
    fn headings_mean_parts() {
        #[track_caller]
        fn check(heading: &str, expect: Option<Part>) {
            assert_eq!(part_of(heading), expect, "{heading:?}");
        }
        check("Key Points", Some(Part::KeyPoints));
        check("  KEY   TAKEAWAYS: ", Some(Part::KeyPoints));
        check("Résumé :", Some(Part::Summary));
        check("RÉSUMÉ", Some(Part::Summary));
        check("L’essentiel", Some(Part::KeyPoints));
        check("Ähnliche Artikel", Some(Part::Related));
        check("Fe de erratas", Some(Part::Corrections));
        // A heading that goes on is about something else.
        check("Risks of climbing", None);
        check("A summary", None);
        check("", None);
        check(":", None);
    }

    #[test]
    fn each_label_stands_once_and_folded() {
        let mut labels: Vec<&str> = LABELS
            .iter()
            .flat_map(|(_, labels)| labels.iter().copied())
            .collect();
        for label in &labels {
            assert_eq!(folded(label), *label);
        }
        let n = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), n);
    }
}
