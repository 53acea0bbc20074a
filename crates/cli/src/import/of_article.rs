//! An [`Article`] as a draft: [`Draft::of`], for what is in the format already, and [`read_alone`], which reads it.

use super::{Candidate, Correction, Draft, Image, Person, Related, Section, Source};
use article::json::Value as Written;
use article::{Article, FORMAT_VERSION, SafeUrl, read_collection};
use serde_json::{Map, Value};

/// The article that an object of JSON is, and whether the reader has nothing to say against it.
pub fn read_alone(json: &str) -> Option<(Article, bool)> {
    let collection = format!("{{\"version\":{FORMAT_VERSION},\"articles\":[{json}]}}");
    let collection = read_collection(collection.into_bytes()).ok()?;
    let is_right = collection.n_problems() == 0 && collection.entries().len() == 1;
    Some((collection.article(0)?, is_right))
}

impl Draft {
    /// All that an article says. Of its unknown members, those whose names can never get a meaning.
    pub fn of(article: &Article) -> Draft {
        let address = |url: &Option<SafeUrl>| url.as_ref().map(|url| url.as_str().to_string());
        let date = |date: Option<article::Date>| date.map(|date| date.to_string());
        Draft {
            id: article.id.clone(),
            title: article.title.clone(),
            subtitle: article.subtitle.clone(),
            published: date(article.published),
            updated: date(article.updated),
            category: article.category.clone(),
            tags: article.tags.clone(),
            language: article.language.clone(),
            authors: (article.authors.iter())
                .map(|author| Person {
                    name: author.name.clone(),
                    url: address(&author.url),
                })
                .collect(),
            source: article.source.as_ref().map(|source| Source {
                name: source.name.clone(),
                url: address(&source.url),
            }),
            canonical_url: address(&article.canonical_url),
            image: article.image.as_ref().map(image),
            summary: article.summary.clone(),
            key_points: article.key_points.clone(),
            sections: (article.sections.iter())
                .map(|section| Section {
                    heading: section.heading.clone(),
                    body: section.body.clone(),
                })
                .collect(),
            risks: article.risks.clone(),
            disclosure: article.disclosure.clone(),
            corrections: (article.corrections.iter())
                .map(|correction| Correction {
                    date: date(correction.date),
                    text: correction.text.clone(),
                })
                .collect(),
            related: (article.related.iter())
                .map(|related| Related {
                    id: related.id.clone(),
                    title: related.title.clone(),
                    excerpt: related.excerpt.clone(),
                    url: address(&related.url),
                })
                .collect(),
            extra: members(article.extra.iter().map(|(name, value)| (name, value))),
            own: members(
                (article.unknown.iter())
                    .filter(|(name, _)| name.starts_with(['_', '$']))
                    .map(|(name, value)| (name, value)),
            ),
            is_exact: false,
        }
    }
}

fn image(image: &article::Image) -> Image {
    Image {
        src: image.src.as_str().to_string(),
        alt: image.alt.clone(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        width: image.width,
        height: image.height,
        srcset: (image.srcset.iter())
            .map(|candidate| Candidate {
                src: candidate.src.as_str().to_string(),
                width: candidate.width,
            })
            .collect(),
    }
}

fn members<'a>(members: impl Iterator<Item = (&'a String, &'a Written)>) -> Map<String, Value> {
    members
        .map(|(name, value)| (name.clone(), json(value)))
        .collect()
}

/// The value again. A number that is too large for exact arithmetic is rounded, as most programs do.
fn json(value: &Written) -> Value {
    match value {
        Written::Null => Value::Null,
        Written::Bool(is) => Value::Bool(*is),
        Written::Number(digits) => serde_json::from_str(digits).unwrap_or(Value::Null),
        Written::Text(text) => Value::String(text.clone()),
        Written::List(list) => list.iter().map(|item| json(&item.value)).collect(),
        Written::Object(object) => {
            let pairs = object
                .iter()
                .map(|member| (&member.name, &member.value.value));
            Value::Object(members(pairs))
        }
    }
}
