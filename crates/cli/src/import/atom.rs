//! Atom 1.0 (RFC 4287), and 0.3 where it is alike: [`read`].
//!
//! | Atom | the article |
//! |---|---|
//! | `link` (alternate), `id` | id, from the last part of the address; `canonical_url` |
//! | `content`; `summary` | sections; summary |
//! | `published`, else `updated`; `updated` | published; updated |
//! | `dcterms:issued`, `dcterms:modified`, if they are the days of those | published, updated: dates without a time |
//! | `author`, else that of the feed | authors |
//! | the first `category`, the others | category, tags |
//! | `link` (related) | related |
//! | `link` (enclosure), Media RSS | image; sound and films as links |
//! | `source`, else the feed | source |

use super::media::Media;
use super::xml::{self, Element};
use super::{
    Draft, Imported, Losses, Person, Related, Source, SourceFile, dates, fields, html, ids,
    page_text, sections, text_body,
};
use anyhow::{Result, bail};
use article::Document;
use serde_json::{Map, Value};

/// What an entry says to programs.
const NOT_CONTENT: [&str; 6] = [
    "thr:total",
    "yt:videoId",
    "yt:channelId",
    "app:edited",
    "feedburner:awareness",
    "icon",
];

/// What is written where no date is known: an `updated` has to be there.
const EPOCH: &str = "1970-01-01T00:00:00Z";

/// Reads a feed.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let xml = xml::tidied(&source.text())?;
    let document = xml::parse(&xml)?;
    let root = Element(document.root_element());
    let entries: Vec<Element> = match &*root.name("atom") {
        "feed" => root
            .children()
            .filter(|child| child.name("atom") == "entry")
            .collect(),
        "entry" => vec![root],
        other => bail!("it begins with <{other}>, not with <feed>"),
    };
    let feed = Feed::of(root, source);
    let mut imported = Imported::default();
    imported.edition.title.clone_from(&feed.title);
    imported.edition.description.clone_from(&feed.subtitle);
    imported.edition.language = root.language();
    for (ix, entry) in entries.into_iter().enumerate() {
        let place = format!("entry[{}]", ix + 1);
        imported
            .articles
            .push(read_entry(entry, &feed, &place, source, losses));
    }
    Ok(imported)
}

/// What the feed says for all entries.
#[derive(Default)]
struct Feed {
    title: Option<String>,
    subtitle: Option<String>,
    link: Option<String>,
    authors: Vec<Person>,
    language: Option<String>,
    base: Option<String>,
}

impl Feed {
    fn of(root: Element, source: &SourceFile) -> Feed {
        let mut feed = Feed {
            language: root.language(),
            ..Feed::default()
        };
        let mut own = None;
        for child in root.children() {
            match &*child.name("atom") {
                "title" => feed.title = text_of(child),
                "subtitle" | "tagline" => feed.subtitle = text_of(child),
                "author" => feed.authors.extend(person(child, None)),
                "id" => own = own.or_else(|| child.text()),
                "link" => match child.attribute("rel") {
                    None | Some("alternate") => {
                        feed.link = child.attribute("href").map(String::from)
                    }
                    Some("self") => own = child.attribute("href").map(String::from),
                    _ => {}
                },
                _ => {}
            }
        }
        let is_address = |address: &String| address.contains("://");
        feed.base = source
            .base
            .clone()
            .or_else(|| own.filter(is_address))
            .or_else(|| feed.link.clone().filter(is_address));
        let base = root.base(feed.base.as_deref());
        feed.link = feed
            .link
            .map(|link| html::address::absolute(&link, base.as_deref()));
        feed
    }
}

fn read_entry(
    entry: Element,
    feed: &Feed,
    place: &str,
    source: &SourceFile,
    losses: &mut Losses,
) -> Draft {
    let mut draft = Draft::default();
    let mut media = Media::default();
    let mut extra = Map::new();
    let mut id = None;
    let mut content = None;
    let mut issued = None;
    let mut days = Days::default();
    for child in entry.children() {
        let name = child.name("atom");
        let place = format!("{place}/{name}");
        let base = child.base(feed.base.as_deref());
        let base = base.as_deref();
        if media.take(&name, child, base, &place, losses) {
            continue;
        }
        match &*name {
            "title" => draft.title = text_of(child).unwrap_or_default(),
            "id" => id = child.text(),
            "link" => link(child, &mut draft, &mut media, base, &place, losses),
            "published" | "issued" | "created" => {
                issued = issued.or(child
                    .text()
                    .and_then(|text| dates::read(&text, &place, losses)))
            }
            "updated" | "modified" => {
                draft.updated = child
                    .text()
                    .filter(|text| text.trim() != EPOCH)
                    .and_then(|text| dates::read(&text, &place, losses))
            }
            "dcterms:issued" if day(child).is_some() => days.issued = day(child),
            "dcterms:modified" if day(child).is_some() => days.modified = day(child),
            "author" | "dc:creator" => draft.authors.extend(person(child, base)),
            "category" => {
                let label = child.attribute("label").or_else(|| child.attribute("term"));
                match (label.map(html::unescaped), &draft.category) {
                    (Some(label), None) => draft.category = Some(label),
                    (Some(label), Some(_)) => draft.tags.push(label),
                    (None, _) => {}
                }
            }
            "summary" => {
                let document = body(child, base, &place, losses);
                draft.summary = Some(sections::markdown(document.blocks));
            }
            "content" => content = Some(child),
            "source" => draft.source = source_of(child, base),
            name if NOT_CONTENT.contains(&name) => {}
            name => match child.text() {
                Some(text) if name == "contributor" || child.children().next().is_none() => {
                    let text = html::unescaped(&text);
                    let list = extra
                        .entry(name.to_string())
                        .or_insert(Value::Array(Vec::new()));
                    if let Value::Array(list) = list {
                        list.push(Value::String(text));
                    }
                }
                Some(text) => losses.tell(
                    &place,
                    &format!("<{name}> {text}"),
                    "the format has no place for it",
                ),
                None => {}
            },
        }
    }
    // Atom always has an `updated`: without a change it repeats the first date.
    if issued.is_some() {
        draft
            .updated
            .take_if(|updated| Some(&*updated) == issued.as_ref());
    }
    draft.published = issued;
    days.put(&mut draft, &mut extra);
    if draft.published.is_none() {
        draft.published.clone_from(&draft.updated);
    }
    draft.language = entry
        .language()
        .filter(|tag| Some(tag) != feed.language.as_ref());
    if draft.authors.is_empty() {
        draft.authors.clone_from(&feed.authors);
    }
    if draft.source.is_none()
        && let Some(title) = &feed.title
    {
        draft.source = Some(Source {
            name: title.clone(),
            url: feed.link.clone(),
        });
    }
    let id = id.unwrap_or_default();
    if draft.canonical_url.is_none() && id.contains("://") {
        draft.canonical_url = Some(id.clone());
    }
    draft.id = ids::from(&[
        draft.canonical_url.as_deref().unwrap_or_default(),
        &id,
        &draft.title,
    ]);
    let description = media.description.take();
    media.fill(&mut draft, place, losses);
    let links = std::mem::take(&mut draft.sections);
    if let Some(content) = content {
        let place = format!("{place}/content");
        let outer = feed.base.as_deref().or(draft.canonical_url.as_deref());
        let base = content.base(outer).or_else(|| draft.canonical_url.clone());
        let document = body(content, base.as_deref(), &place, losses);
        if content.language().is_some() && draft.language.is_none() {
            draft.language = content
                .language()
                .filter(|tag| Some(tag) != feed.language.as_ref());
        }
        sections::fill(&mut draft, document, &place, source.headings, losses);
    } else if let Some(text) = description {
        let document = page_text::body(&text, place, feed.base.as_deref(), losses);
        sections::fill(&mut draft, document, place, source.headings, losses);
    }
    for link in links {
        draft.add_paragraph(&link.body);
    }
    fields::keep(&mut draft, "atom", extra);
    draft
}

/// Days without a time, for which Atom itself has no room.
#[derive(Default)]
struct Days {
    issued: Option<String>,
    modified: Option<String>,
}

impl Days {
    /// A moment that is the midnight of its day is that day. A day beside another date is kept apart.
    fn put(self, draft: &mut Draft, extra: &mut Map<String, Value>) {
        for (name, day, date) in [
            ("dcterms:issued", self.issued, &mut draft.published),
            ("dcterms:modified", self.modified, &mut draft.updated),
        ] {
            let Some(day) = day else { continue };
            let midnight = format!("{day}T00:00:00Z");
            match date {
                Some(date) if *date != midnight => {
                    extra.insert(name.to_string(), Value::from(vec![day]));
                }
                date => *date = Some(day),
            }
        }
    }
}

fn day(element: Element) -> Option<String> {
    let date = article::Date::parse(&element.text()?).ok()?;
    date.time.is_none().then(|| date.to_string())
}

fn link(
    element: Element,
    draft: &mut Draft,
    media: &mut Media,
    base: Option<&str>,
    place: &str,
    losses: &mut Losses,
) {
    let Some(href) = element.attribute("href") else {
        return;
    };
    let address = html::address::absolute(href, base);
    match element.attribute("rel").unwrap_or("alternate") {
        "alternate" if draft.canonical_url.is_none() => draft.canonical_url = Some(address),
        // The same in another language or format.
        "alternate" | "self" | "edit" | "replies" | "hub" | "service.edit" | "service.post"
        | "shorturl" => {}
        "enclosure" => {
            let as_enclosure = element;
            media.take("enclosure", as_enclosure, base, place, losses);
        }
        "related" | "via" => draft.related.push(Related {
            title: Some(
                element
                    .attribute("title")
                    .map_or_else(|| address.clone(), html::unescaped),
            ),
            url: Some(address),
            ..Related::default()
        }),
        "license" | "payment" => losses.tell(
            place,
            &format!("the link to {address}"),
            "the format has no place for it",
        ),
        other => losses.tell(
            place,
            &format!("the link ({other}) to {address}"),
            "the format has no place for it",
        ),
    }
}

fn person(element: Element, base: Option<&str>) -> Option<Person> {
    let mut person = Person::default();
    let mut email = None;
    for child in element.children() {
        match &*child.name("atom") {
            "name" => {
                person.name = child
                    .text()
                    .map(|text| html::unescaped(&text))
                    .unwrap_or_default()
            }
            "uri" | "url" => {
                person.url = child
                    .text()
                    .map(|text| html::address::absolute(&text, base))
            }
            "email" => email = child.text(),
            _ => {}
        }
    }
    if person.name.is_empty() {
        person.name = match element.children().next() {
            Some(_) => email?,
            None => element.text()?,
        };
    }
    Some(person)
}

fn source_of(element: Element, base: Option<&str>) -> Option<Source> {
    let mut source = Source::default();
    for child in element.children() {
        match &*child.name("atom") {
            "title" => source.name = text_of(child)?,
            "link" if matches!(child.attribute("rel"), None | Some("alternate")) => {
                source.url = child
                    .attribute("href")
                    .map(|href| html::address::absolute(href, base))
            }
            _ => {}
        }
    }
    (!source.name.is_empty()).then_some(source)
}

/// A text construct as plain text.
fn text_of(element: Element) -> Option<String> {
    let text = match element.attribute("type") {
        Some("xhtml" | "application/xhtml+xml") => html::plain(&element.inner_html()),
        Some("html" | "text/html") => page_text::plain(&element.text()?),
        _ => html::unescaped(&element.text()?),
    };
    (!text.is_empty()).then_some(text)
}

/// A text construct as a tree.
fn body(element: Element, base: Option<&str>, place: &str, losses: &mut Losses) -> Document {
    if let Some(src) = element.attribute("src") {
        losses.tell(
            place,
            &format!("the content at {src}"),
            "it stands in a file of its own; nothing is fetched",
        );
        return Document::default();
    }
    let has_elements = element.children().next().is_some();
    match element.attribute("type").unwrap_or("text") {
        "xhtml" | "application/xhtml+xml" => {
            html::document(&element.inner_html(), place, base, losses)
        }
        _ if has_elements => html::document(&element.inner_html(), place, base, losses),
        "html" | "text/html" => {
            let text = element.text().unwrap_or_default();
            page_text::body(&text, place, base, losses)
        }
        "text" | "text/plain" => text_body::document(&element.text().unwrap_or_default()),
        other => {
            losses.tell(
                place,
                &format!("content of the type {other}"),
                "it is no text",
            );
            Document::default()
        }
    }
}

#[cfg(test)]
mod tests;
