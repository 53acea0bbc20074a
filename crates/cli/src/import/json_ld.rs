//! Articles of schema.org as JSON-LD, in a file of their own: [`read`]; in a web page: [`articles`] and [`read_article`].
//!
//! | schema.org | the article |
//! |---|---|
//! | `url`, `mainEntityOfPage`, `@id` | id; `canonical_url` |
//! | `headline`, `name`; `alternativeHeadline` | title; subtitle |
//! | `articleBody` | sections |
//! | `description`, `abstract` | summary |
//! | `datePublished`, `dateCreated`; `dateModified` | published; updated |
//! | `author`, `creator`; `publisher` | authors; source |
//! | `articleSection`, `keywords` | category, tags |
//! | `image`, `thumbnailUrl` | image |
//! | `correction`, `backstory`, `relatedLink` | corrections, disclosure, related |
//!
//! Any value may stand alone or in a list, and an object may stand for itself by its `@id`.

mod picture;

use super::fields::{self, Object, as_text};
use super::{
    Correction, Draft, Imported, Losses, Person, Related, Source, SourceFile, dates, ids,
    page_text, sections,
};
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is read, and what describes the page or its publisher and not the article.
const READ: [&str; 29] = [
    "@context",
    "@type",
    "@id",
    "url",
    "mainEntityOfPage",
    "headline",
    "name",
    "alternativeHeadline",
    "articleBody",
    "text",
    "description",
    "abstract",
    "datePublished",
    "dateCreated",
    "dateModified",
    "author",
    "creator",
    "publisher",
    "sourceOrganization",
    "articleSection",
    "keywords",
    "image",
    "thumbnailUrl",
    "thumbnail",
    "correction",
    "backstory",
    "relatedLink",
    "inLanguage",
    "identifier",
];

const NOT_CONTENT: [&str; 24] = [
    "isAccessibleForFree",
    "hasPart",
    "isPartOf",
    "speakable",
    "wordCount",
    "commentCount",
    "comment",
    "interactionStatistic",
    "interactionCount",
    "potentialAction",
    "discussionUrl",
    "copyrightYear",
    "copyrightHolder",
    "accountablePerson",
    "mainEntity",
    "breadcrumb",
    "primaryImageOfPage",
    "timeRequired",
    "genre",
    "audience",
    "encodingFormat",
    "publishingPrinciples",
    "version",
    "inLanguages",
];

/// Reads a file.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let value = source.json()?;
    let mut graph = Graph::new();
    let found = articles(&value, &mut graph);
    if found.is_empty() {
        bail!(
            "there is no article in it; it describes {}",
            types(&value).join(", ")
        );
    }
    let mut imported = Imported::default();
    for article in found {
        let mut draft = read_article(&article, &graph, "", source, losses);
        if draft.sections.is_empty() {
            losses.tell(
                "articleBody",
                &format!("the text of “{}”", draft.title),
                "it is not there",
            );
        }
        draft.id = id_of(&draft, &article);
        imported.articles.push(draft);
    }
    Ok(imported)
}

/// The objects of a file by their `@id`.
pub type Graph = BTreeMap<String, Object>;

/// The articles that stand somewhere in a value; the objects that they may refer to go into the graph.
pub fn articles(value: &Value, graph: &mut Graph) -> Vec<Object> {
    let mut articles = Vec::new();
    collect(value, &mut articles, graph);
    articles
}

fn collect(value: &Value, articles: &mut Vec<Object>, graph: &mut Graph) {
    match value {
        Value::Array(list) => list
            .iter()
            .for_each(|value| collect(value, articles, graph)),
        Value::Object(object) => {
            if let Some(id) = fields::text(object, "@id").filter(|_| object.len() > 1) {
                graph.insert(id, object.clone());
            }
            if is_article(object) {
                articles.push(object.clone());
                return;
            }
            for name in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "itemListElement",
                "item",
                "hasPart",
            ] {
                if let Some(inner) = object.get(name) {
                    collect(inner, articles, graph);
                }
            }
        }
        _ => {}
    }
}

/// Whether one of its types is a kind of article.
fn is_article(object: &Object) -> bool {
    let is_kind = |kind: String| {
        let name = kind.rsplit(['/', ':', '#']).next().unwrap_or_default();
        name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report")
    };
    let has_text = ["headline", "name", "articleBody"]
        .iter()
        .any(|name| object.contains_key(*name));
    has_text
        && fields::list(object, "@type")
            .into_iter()
            .filter_map(as_text)
            .any(is_kind)
}

/// The types that a file speaks of, for a message.
fn types(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(types).collect(),
        Value::Object(object) => match object.get("@graph") {
            Some(graph) => types(graph),
            None => fields::list(object, "@type")
                .into_iter()
                .filter_map(as_text)
                .collect(),
        },
        _ => Vec::new(),
    }
}

/// Reads an article; its id is left to the caller.
pub fn read_article(
    article: &Object,
    graph: &Graph,
    place: &str,
    source: &SourceFile,
    losses: &mut Losses,
) -> Draft {
    let at = |name: &str| match place {
        "" => name.to_string(),
        place => format!("{place}.{name}"),
    };
    let own = [
        address(article, "url"),
        article.get("mainEntityOfPage").and_then(address_of),
        address(article, "@id"),
    ];
    let canonical_url = own.into_iter().flatten().find(|own| own.contains("://"));
    let base = canonical_url.clone().or_else(|| source.base.clone());
    let base = base.as_deref();
    let texts = |name: &str| -> Vec<String> {
        fields::list(article, name)
            .into_iter()
            .filter_map(as_text)
            .map(|text| page_text::plain(&text))
            .collect()
    };
    let first = |names: &[&str]| names.iter().find_map(|name| texts(name).into_iter().next());
    let mut draft = Draft {
        title: first(&["headline", "name"]).unwrap_or_default(),
        subtitle: first(&["alternativeHeadline"]),
        canonical_url,
        language: fields::list(article, "inLanguage")
            .into_iter()
            .find_map(language),
        ..Draft::default()
    };
    let mut date = |names: &[&str]| {
        let (name, text) = names
            .iter()
            .find_map(|name| Some((name, fields::text(article, name)?)))?;
        dates::read(&text, &at(name), losses)
    };
    draft.published = date(&["datePublished", "dateCreated"]);
    draft.updated = date(&["dateModified"]);
    for name in ["author", "creator"] {
        if draft.authors.is_empty() {
            let people = fields::list(article, name).into_iter();
            draft.authors = people.filter_map(|value| person(value, graph)).collect();
        }
    }
    let publishers = ["publisher", "sourceOrganization"].into_iter();
    draft.source = publishers
        .flat_map(|name| fields::list(article, name))
        .find_map(|value| person(value, graph))
        .map(|Person { name, url }| Source { name, url });
    let mut categories = texts("articleSection").into_iter();
    draft.category = categories.next();
    draft.tags = categories.collect();
    for keywords in texts("keywords") {
        draft
            .tags
            .extend(keywords.split([',', ';']).map(String::from));
    }
    picture::image(article, graph, &mut draft, base, &at("image"), losses);
    for name in ["description", "abstract"] {
        if let (None, Some(text)) = (&draft.summary, fields::text(article, name)) {
            draft.summary = Some(page_text::markdown(&text, &at(name), base, losses));
        }
    }
    for value in fields::list(article, "correction") {
        let text = match value {
            Value::Object(correction) => fields::text(correction, "text"),
            value => as_text(value),
        };
        if let Some(text) = text {
            let date = value.as_object().and_then(|correction| {
                dates::read(
                    &fields::text(correction, "datePublished")?,
                    &at("correction"),
                    losses,
                )
            });
            let text = page_text::markdown(&text, &at("correction"), base, losses);
            draft.corrections.push(Correction { date, text });
        }
    }
    draft.disclosure = fields::text(article, "backstory")
        .map(|text| page_text::markdown(&text, &at("backstory"), base, losses));
    for link in texts("relatedLink") {
        draft.related.push(Related {
            title: Some(link.clone()),
            url: Some(link),
            ..Related::default()
        });
    }
    let text = fields::text(article, "articleBody").or_else(|| fields::text(article, "text"));
    if let Some(text) = text {
        let place = at("articleBody");
        let document = page_text::body(&text, &place, base, losses);
        sections::fill(&mut draft, document, &place, source.headings, losses);
    }
    fields::keep(
        &mut draft,
        "json_ld",
        fields::rest(article, &READ, &NOT_CONTENT),
    );
    draft
}

/// An id from the address, else from what the source calls it.
pub fn id_of(draft: &Draft, article: &Object) -> String {
    ids::from(&[
        draft.canonical_url.as_deref().unwrap_or_default(),
        &fields::text(article, "identifier").unwrap_or_default(),
        &draft.title,
    ])
}

/// `"en"`, `{"@type": "Language", "alternateName": "en"}`
fn language(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => {
            fields::text(object, "alternateName").or_else(|| fields::text(object, "name"))
        }
        value => as_text(value),
    }
}

fn person(value: &Value, graph: &Graph) -> Option<Person> {
    let Value::Object(object) = value else {
        return Some(Person {
            name: page_text::plain(&as_text(value)?),
            url: None,
        });
    };
    let object = resolved(object, graph);
    let names = fields::list(object, "name");
    Some(Person {
        name: page_text::plain(&names.into_iter().find_map(as_text)?),
        url: address(object, "url").filter(|url| url.contains("://")),
    })
}

/// The object itself, where there is only its `@id`.
fn resolved<'a>(object: &'a Object, graph: &'a Graph) -> &'a Object {
    let other = fields::text(object, "@id").and_then(|id| graph.get(&id));
    match other {
        Some(other) if !object.contains_key("name") && !object.contains_key("url") => other,
        _ => object,
    }
}

/// An address; an `&` in it is often escaped as in HTML.
fn address(object: &Object, name: &str) -> Option<String> {
    fields::list(object, name).into_iter().find_map(address_of)
}

fn address_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => address(object, "@id").or_else(|| address(object, "url")),
        value => as_text(value).map(|text| text.replace("&amp;", "&")),
    }
}

#[cfg(test)]
mod tests;
