//! JSON-LD in the terms of schema.org: [`script`].
//!
//! One graph: the article, the list or the site, and the way to it (`BreadcrumbList`). For articles it has what Google's
//! documentation of `Article` lists, and what the format knows beside that. A date without a time stays one.

use super::{About, Head};
use crate::build::{paths, slugs};
use article::{Author, Correction, parse_markdown, plain_text};
use serde_json::{Value, json};

/// The element that holds the data.
pub fn script(head: &Head) -> String {
    let thing = match head.about {
        About::Article(_) => article(head),
        About::List { .. } => list(head),
        _ => website(head),
    };
    let graph: Vec<Value> = [Some(thing), breadcrumbs(head)]
        .into_iter()
        .flatten()
        .collect();
    let data = json!({"@context": "https://schema.org", "@graph": graph});
    // In JSON, `<` stands in texts only. Written so, neither `</script>` ends the element nor `<!--` begins what hides the end.
    let data = data.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{data}</script>\n")
}

/// Adds members that are there.
fn with<const N: usize>(mut object: Value, members: [(&str, Option<Value>); N]) -> Value {
    for (name, value) in members {
        if let Some(value) = value {
            object[name] = value;
        }
    }
    object
}

fn text(text: &Option<String>) -> Option<Value> {
    text.as_ref().map(|text| json!(text))
}

/// A list, where there is something in it.
fn some<T: Into<Value>>(list: Vec<T>) -> Option<Value> {
    (!list.is_empty()).then(|| list.into_iter().map(Into::into).collect())
}

fn article(head: &Head) -> Value {
    let About::Article(entry) = head.about else {
        return Value::Null;
    };
    let article = entry.article;
    let date = |date: Option<article::Date>| date.map(|date| json!(date.to_string()));
    let authors: Vec<Value> = article.authors.iter().map(|it| author(head, it)).collect();
    let corrections: Vec<Value> = article.corrections.iter().map(correction).collect();
    let address = head.canonical();
    let page = address
        .as_ref()
        .map(|address| json!({"@type": "WebPage", "@id": address}));
    with(
        json!({"@type": "NewsArticle", "headline": article.title, "isAccessibleForFree": true}),
        [
            ("alternativeHeadline", text(&article.subtitle)),
            ("description", head.description().map(Value::String)),
            ("image", image(head).map(|image| json!([image]))),
            ("datePublished", date(article.published)),
            ("dateModified", date(entry.changed())),
            ("author", some(authors)),
            ("publisher", Some(publisher(head))),
            ("articleSection", text(&article.category)),
            ("keywords", some(article.tags.clone())),
            ("inLanguage", head.language().map(|tag| json!(tag))),
            ("url", address.map(Value::String)),
            ("mainEntityOfPage", page),
            ("correction", some(corrections)),
        ],
    )
}

fn author(head: &Head, author: &Author) -> Value {
    let own = author.url.as_ref().map(|url| head.addresses().of(url));
    let page = || paths::list("author", &slugs::slug_of(&author.name), 1);
    let is_publisher = author.name == head.site.title;
    json!({
        "@type": if is_publisher { "Organization" } else { "Person" },
        "name": author.name,
        "url": own.unwrap_or_else(|| head.addresses().path(&page())),
    })
}

/// Who published the article first, or else the site.
fn publisher(head: &Head) -> Value {
    let source = match head.about {
        About::Article(entry) => entry.article.source.as_ref(),
        _ => None,
    };
    if let Some(source) = source.filter(|source| source.name != head.site.title) {
        let url = source.url.as_ref().map(|url| head.addresses().of(url));
        return with(
            json!({"@type": "Organization", "name": source.name}),
            [("url", url.map(Value::String))],
        );
    }
    let logo = head.site.logo.as_ref().map(|logo| {
        let address = match super::is_absolute(logo) {
            true => logo.clone(),
            false => head.addresses().path(logo),
        };
        json!({"@type": "ImageObject", "url": address})
    });
    with(
        json!({"@type": "Organization", "name": head.site.title}),
        [
            ("url", head.site.address("").map(Value::String)),
            ("logo", logo),
        ],
    )
}

fn image(head: &Head) -> Option<Value> {
    let About::Article(entry) = head.about else {
        return None;
    };
    let image = entry.article.image.as_ref()?;
    let address = head.addresses().of(&image.src);
    // A picture in the page itself has no address.
    if address.starts_with("data:") || address.starts_with("blob:") {
        return None;
    }
    let caption = image.caption.as_ref();
    let caption = caption.map(|markdown| json!(plain_text(&parse_markdown(markdown))));
    Some(with(
        json!({"@type": "ImageObject", "url": address}),
        [
            ("width", image.width.map(Value::from)),
            ("height", image.height.map(Value::from)),
            ("caption", caption.or_else(|| text(&image.alt))),
            ("creditText", text(&image.credit)),
        ],
    ))
}

fn correction(correction: &Correction) -> Value {
    let date = correction.date.map(|date| json!(date.to_string()));
    let text = plain_text(&parse_markdown(&correction.text));
    with(
        json!({"@type": "CorrectionComment", "text": text}),
        [("datePublished", date)],
    )
}

fn website(head: &Head) -> Value {
    with(
        json!({"@type": "WebSite", "name": head.site.title}),
        [
            ("url", head.site.address("").map(Value::String)),
            ("description", text(&head.site.description)),
            ("inLanguage", text(&head.site.language)),
            ("publisher", Some(publisher(head))),
        ],
    )
}

fn list(head: &Head) -> Value {
    with(
        json!({"@type": "CollectionPage", "name": head.title(), "isPartOf": website(head)}),
        [
            ("url", head.canonical().map(Value::String)),
            ("description", head.description().map(Value::String)),
            ("inLanguage", text(&head.site.language)),
        ],
    )
}

/// The way from the front page. The front page itself has none.
fn breadcrumbs(head: &Head) -> Option<Value> {
    let mut way = vec![(head.site.title.as_str(), String::new())];
    match head.about {
        About::Article(entry) => {
            if let Some(category) = &entry.article.category {
                let slug = slugs::category(head.site, category);
                way.push((category, paths::list("category", &slug, 1)));
            }
            way.push((&entry.article.title, head.path.to_string()));
        }
        About::List {
            kind, slug, name, ..
        } => way.push((name, paths::list(kind, slug, 1))),
        _ => return None,
    }
    let items = way.iter().enumerate().map(|(ix, (name, path))| {
        json!({"@type": "ListItem", "position": ix + 1, "name": name, "item": head.addresses().path(path)})
    });
    let items: Vec<Value> = items.collect();
    Some(json!({"@type": "BreadcrumbList", "itemListElement": items}))
}
