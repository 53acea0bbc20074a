//! JSON Feed 1.0 and 1.1: [`read`].
//!
//! | JSON Feed | the article |
//! |---|---|
//! | `id`, `url` | id; `canonical_url` |
//! | `title`, else the first words | title |
//! | `content_html`, else `content_text` | sections |
//! | `summary` | summary |
//! | `date_published`, `date_modified` | published, updated |
//! | `authors`, `author`; else those of the feed | authors |
//! | `tags` | tags |
//! | `image`, `banner_image` | image |
//! | `external_url` | related |
//! | `_offprint` | the fields of the same name: subtitle, category, key_points, risks, disclosure, … |
//! | `_offprint` of a feed that `offprint build` wrote | the whole article, and nothing else is read |
//! | other extensions | `extra.json_feed` |

use super::fields::{self, Object, as_text, list, plain, text};
use super::{
    Correction, Draft, Edition, Imported, Losses, Person, Related, Source, SourceFile, dates, html,
    ids, read_alone, sections, text_body,
};
use anyhow::{Result, bail};
use serde_json::Value;

const READ: [&str; 17] = [
    "id",
    "url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "author",
    "authors",
    "tags",
    "image",
    "banner_image",
    "external_url",
    "language",
    "attachments",
    "_offprint",
];

/// Reads a feed.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let Value::Object(feed) = source.json()? else {
        bail!("it is no JSON object");
    };
    let Some(Value::Array(items)) = feed.get("items") else {
        bail!("there is no list `items` in it");
    };
    let home = text(&feed, "home_page_url");
    let base = source
        .base
        .clone()
        .or_else(|| home.clone())
        .or_else(|| text(&feed, "feed_url"));
    let mut imported = Imported::default();
    imported.edition.title = plain(&feed, "title");
    imported.edition.description = plain(&feed, "description");
    imported.edition.language = text(&feed, "language");
    let publisher = imported
        .edition
        .title
        .clone()
        .map(|name| Source { name, url: home });
    let own = feed.get("_offprint").and_then(Value::as_object);
    let version = own.and_then(|own| own.get("version")?.as_u64());
    let is_own = version.is_some_and(|version| version <= u64::from(article::FORMAT_VERSION));
    if let Some(own) = own.filter(|_| is_own) {
        imported.edition = Edition {
            title: text(own, "title"),
            description: text(own, "description"),
            language: text(own, "language"),
            base_url: text(own, "base_url"),
        };
    }
    let authors = people(&feed);
    for (ix, item) in items.iter().enumerate() {
        let place = format!("items[{ix}]");
        let Value::Object(item) = item else {
            losses.tell(&place, &item.to_string(), "an item is an object");
            continue;
        };
        if let Some(whole) = item.get("_offprint").and_then(|own| whole(own, is_own)) {
            imported.articles.push(whole);
            continue;
        }
        let mut draft = read_item(item, base.as_deref(), &place, source, losses);
        if draft.authors.is_empty() {
            draft.authors.clone_from(&authors);
        }
        draft.source = draft.source.or_else(|| publisher.clone());
        imported.articles.push(draft);
    }
    Ok(imported)
}

/// An article that stands in `_offprint` as it is. In a feed of another's making that is some of its fields, unless there
/// is a text among them.
fn whole(own: &Value, is_own: bool) -> Option<Draft> {
    let has = |name: &str| own.get(name).is_some();
    if !has("id") || !has("title") || !is_own && !has("sections") {
        return None;
    }
    let (article, is_exact) = read_alone(&own.to_string())?;
    (is_own || is_exact).then(|| Draft {
        is_exact,
        ..Draft::of(&article)
    })
}

fn read_item(
    item: &Object,
    base: Option<&str>,
    place: &str,
    source: &SourceFile,
    losses: &mut Losses,
) -> Draft {
    let url = text(item, "url").map(|url| html::address::absolute(&url, base));
    let base = url.as_deref().filter(|url| url.contains("://")).or(base);
    let id = text(item, "id");
    let mut draft = Draft {
        title: plain(item, "title").unwrap_or_default(),
        summary: text(item, "summary").map(|text| text_body::markdown(&html::unescaped(&text))),
        authors: people(item),
        language: text(item, "language"),
        tags: list(item, "tags").into_iter().filter_map(as_text).collect(),
        ..Draft::default()
    };
    draft.published = date(item, "date_published", place, losses);
    draft.updated = date(item, "date_modified", place, losses);
    let image = text(item, "image").or_else(|| text(item, "banner_image"));
    draft.image = image.map(|src| super::Image {
        src: html::address::absolute(&src, base),
        ..super::Image::default()
    });
    if let Some(Value::Object(own)) = item.get("_offprint") {
        extension(own, &mut draft, place, losses);
    }
    let place_html = format!("{place}.content_html");
    if let Some(content) = text(item, "content_html") {
        let document = html::document(&content, &place_html, base, losses);
        sections::fill(&mut draft, document, &place_html, source.headings, losses);
    } else if let Some(content) = text(item, "content_text") {
        let place = format!("{place}.content_text");
        let document = text_body::document(&content);
        sections::fill(&mut draft, document, &place, source.headings, losses);
    }
    if let Some(address) = text(item, "external_url") {
        draft.related.push(Related {
            title: Some(address.clone()),
            url: Some(address),
            ..Related::default()
        });
    }
    for (ix, attachment) in list(item, "attachments").into_iter().enumerate() {
        attach(
            attachment,
            &mut draft,
            &format!("{place}.attachments[{ix}]"),
            base,
            losses,
        );
    }
    draft.canonical_url.clone_from(&url);
    draft.id = ids::from(&[
        id.as_deref().unwrap_or_default(),
        url.as_deref().unwrap_or_default(),
        &draft.title,
    ]);
    fields::keep(&mut draft, "json_feed", fields::rest(item, &READ, &[]));
    draft
}

fn people(object: &Object) -> Vec<Person> {
    let name = match list(object, "authors").is_empty() {
        true => "author",
        false => "authors",
    };
    let person = |value: &Value| {
        let person = value.as_object()?;
        let url = text(person, "url");
        let name = plain(person, "name").or_else(|| url.clone())?;
        Some(Person { name, url })
    };
    list(object, name).into_iter().filter_map(person).collect()
}

fn date(object: &Object, name: &str, place: &str, losses: &mut Losses) -> Option<String> {
    dates::read(&text(object, name)?, &format!("{place}.{name}"), losses)
}

/// Sound, films and files become links.
fn attach(value: &Value, draft: &mut Draft, place: &str, base: Option<&str>, losses: &mut Losses) {
    let Some(attachment) = value.as_object() else {
        return;
    };
    let Some(address) = text(attachment, "url") else {
        losses.tell(place, "an attachment", "it has no address");
        return;
    };
    let Some(target) = html::address::link(&address, base) else {
        losses.tell(
            place,
            &format!("the attachment {address}"),
            "the address is not safe",
        );
        return;
    };
    let kind = text(attachment, "mime_type").unwrap_or_default();
    let label = match kind.split('/').next() {
        Some("audio") => "Audio",
        Some("video") => "Video",
        Some("image") if draft.image.is_none() => {
            draft.image = Some(super::Image {
                src: target.as_str().to_string(),
                ..super::Image::default()
            });
            return;
        }
        Some("image") => "Image",
        _ => "File",
    };
    let host = url::Url::parse(target.as_str()).ok();
    let host = host
        .as_ref()
        .and_then(|url| url.host_str())
        .unwrap_or("file");
    let name = plain(attachment, "title").unwrap_or_else(|| host.to_string());
    let link = article::Inline::Link {
        target,
        title: None,
        content: vec![article::Inline::Text(format!("{label}: {name}"))],
    };
    draft.add_paragraph(&sections::markdown(vec![article::Block::Paragraph(vec![
        link,
    ])]));
}

/// The fields that JSON Feed has no place for, as docs/format.md has them.
fn extension(own: &Object, draft: &mut Draft, place: &str, losses: &mut Losses) {
    const KNOWN: [&str; 10] = [
        "subtitle",
        "category",
        "summary",
        "key_points",
        "risks",
        "disclosure",
        "corrections",
        "related",
        "source",
        "image",
    ];
    let texts = |name: &str| list(own, name).into_iter().filter_map(as_text).collect();
    draft.subtitle = plain(own, "subtitle");
    draft.category = plain(own, "category");
    draft.summary = text(own, "summary").or(draft.summary.take());
    draft.key_points = texts("key_points");
    draft.risks = texts("risks");
    draft.disclosure = text(own, "disclosure");
    for correction in list(own, "corrections")
        .into_iter()
        .filter_map(Value::as_object)
    {
        let Some(text) = text(correction, "text") else {
            continue;
        };
        let date = date(correction, "date", place, losses);
        draft.corrections.push(Correction { date, text });
    }
    for related in list(own, "related")
        .into_iter()
        .filter_map(Value::as_object)
    {
        draft.related.push(Related {
            id: text(related, "id"),
            title: plain(related, "title"),
            excerpt: plain(related, "excerpt"),
            url: text(related, "url"),
        });
    }
    if let Some(source) = own.get("source").and_then(Value::as_object)
        && let Some(name) = plain(source, "name")
    {
        draft.source = Some(Source {
            name,
            url: text(source, "url"),
        });
    }
    if let (Some(image), Some(own)) = (
        &mut draft.image,
        own.get("image").and_then(Value::as_object),
    ) {
        image.alt = plain(own, "alt");
        image.caption = text(own, "caption");
        image.credit = plain(own, "credit");
        image.width = fields::size(own, "width");
        image.height = fields::size(own, "height");
    }
    for name in fields::rest(own, &KNOWN, &[]).keys() {
        losses.tell(
            &format!("{place}._offprint"),
            &format!("the field `{name}`"),
            "the format has no such field",
        );
    }
}

#[cfg(test)]
mod tests;
