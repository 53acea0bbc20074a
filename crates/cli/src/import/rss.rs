//! RSS 0.9x, 1.0 (RDF) and 2.0, with the usual modules: [`read`].
//!
//! | RSS | the article |
//! |---|---|
//! | `guid`, `link` | id, from the last part of the address; `canonical_url` |
//! | `content:encoded`; without it `description` | sections |
//! | `description`, where there is `content:encoded` | summary |
//! | `dc:creator`, `author` | authors |
//! | the first `category`, the others | category, tags |
//! | `media:content`, `media:thumbnail`, `enclosure` | image; sound and films as links |
//! | `pubDate`, `dc:date`; `atom:updated`, `dcterms:modified` | published; updated |
//! | `channel/title`, `source` | source |

use super::media::Media;
use super::text_body::begins_with;
use super::xml::{self, Element};
use super::{
    Draft, Imported, Losses, Person, Source, SourceFile, dates, fields, html, ids, page_text,
    sections,
};
use anyhow::{Result, bail};
use serde_json::{Map, Value};

/// What an item says to programs, and what says the same as something else.
const NOT_CONTENT: [&str; 34] = [
    "comments",
    "slash:comments",
    "slash:section",
    "slash:department",
    "slash:hit_parade",
    "wfw:comment",
    "wfw:commentRss",
    "thr:total",
    "trackback:ping",
    "trackback:about",
    "dc:format",
    "dc:type",
    "dc:identifier",
    "atom:link",
    "feedburner:awareness",
    "feedburner:origEnclosureLink",
    "itunes:author",
    "itunes:block",
    "itunes:duration",
    "itunes:episode",
    "itunes:episodeType",
    "itunes:explicit",
    "itunes:keywords",
    "itunes:order",
    "itunes:season",
    "itunes:title",
    "googleplay:block",
    "googleplay:explicit",
    "googleplay:image",
    "ppg:canonical",
    "ppg:enclosureLegacy",
    "ppg:enclosureSecure",
    "post-id",
    "thumbnail",
];

/// Reads a feed.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let xml = xml::tidied(&source.text())?;
    let document = xml::parse(&xml)?;
    let root = Element(document.root_element());
    if root.name("") == "atom:feed" || root.name("") == "feed" {
        bail!("this is an Atom feed");
    }
    let Some(channel) = root.children().find(|child| child.name("") == "channel") else {
        bail!("there is no <channel> in it");
    };
    let mut feed = Feed {
        base: source.base.clone(),
        ..Feed::default()
    };
    let mut imported = Imported::default();
    for child in channel.children() {
        match &*child.name("") {
            "title" => imported.edition.title = child.text().map(|text| page_text::plain(&text)),
            "description" => {
                imported.edition.description = child.text().map(|text| page_text::plain(&text))
            }
            "language" | "dc:language" => imported.edition.language = child.text(),
            "link" => feed.link = child.text().or(feed.link),
            _ => {}
        }
    }
    feed.title.clone_from(&imported.edition.title);
    feed.base = feed.base.or_else(|| {
        let own = channel.base(None);
        own.or_else(|| feed.link.clone().filter(|link| link.contains("://")))
    });
    // Items stand in the channel, and in RSS 1.0 behind it.
    let items = channel.children().chain(root.children());
    for (ix, item) in items.filter(|child| child.name("") == "item").enumerate() {
        let place = format!("item[{}]", ix + 1);
        let draft = Item::new(&feed, item, place).read(source, losses);
        imported.articles.push(draft);
    }
    Ok(imported)
}

/// What the channel says for all items.
#[derive(Default)]
struct Feed {
    title: Option<String>,
    link: Option<String>,
    base: Option<String>,
}

/// An item that is being read.
struct Item<'a> {
    feed: &'a Feed,
    element: Element<'a>,
    place: String,
    base: Option<String>,
    draft: Draft,
    guid: Option<String>,
    description: Option<String>,
    content: Option<String>,
    itunes_summary: Option<String>,
    media: Media,
    extra: Map<String, Value>,
}

impl<'a> Item<'a> {
    fn new(feed: &'a Feed, element: Element<'a>, place: String) -> Item<'a> {
        Item {
            feed,
            element,
            place,
            base: element.base(feed.base.as_deref()),
            draft: Draft::default(),
            guid: None,
            description: None,
            content: None,
            itunes_summary: None,
            media: Media::default(),
            extra: Map::new(),
        }
    }

    fn read(mut self, source: &SourceFile, losses: &mut Losses) -> Draft {
        let mut original = None;
        for child in self.element.children() {
            let name = child.name("");
            let place = format!("{}/{name}", self.place);
            let base = child.base(self.base.as_deref());
            if self
                .media
                .take(&name, child, base.as_deref(), &place, losses)
            {
                continue;
            }
            let Some(text) = child.text() else {
                if child.attribute("href").is_some() && !NOT_CONTENT.contains(&&*name) {
                    losses.tell(
                        &place,
                        &format!("the element <{name}>"),
                        "the format has no place for it",
                    );
                }
                continue;
            };
            match &*name {
                "title" => self.draft.title = page_text::plain(&text),
                "dc:title" if self.draft.title.is_empty() => {
                    self.draft.title = page_text::plain(&text)
                }
                "dc:title" if page_text::plain(&text) == self.draft.title => {}
                "link" => {
                    let link = html::address::absolute(&text, base.as_deref());
                    self.draft.canonical_url = Some(link);
                }
                "feedburner:origLink" => original = Some(text),
                "guid" => {
                    let is_address =
                        child.attribute("isPermaLink") != Some("false") && text.contains("://");
                    if is_address && self.draft.canonical_url.is_none() {
                        self.draft.canonical_url = Some(text.clone());
                    }
                    self.guid = Some(text);
                }
                "description" => self.description = Some(text),
                "content:encoded" | "xhtml:body" | "body" => {
                    self.content = match child.children().next() {
                        Some(_) => Some(child.inner_html()),
                        None => Some(text),
                    };
                }
                "itunes:summary" => self.itunes_summary = Some(text),
                "itunes:subtitle" => self.draft.subtitle = Some(page_text::plain(&text)),
                "pubDate" | "dc:date" | "dcterms:issued" | "dcterms:created" | "pubdate" => {
                    if self.draft.published.is_none() {
                        self.draft.published = dates::read(&text, &place, losses);
                    }
                }
                "atom:updated" | "dcterms:modified" => {
                    self.draft.updated = dates::read(&text, &place, losses)
                }
                "author" | "dc:creator" | "atom:author" => self.draft.authors.push(Person {
                    name: author_name(&text),
                    url: None,
                }),
                "category" | "dc:subject" => {
                    let category = html::unescaped(&text);
                    match self.draft.category {
                        None => self.draft.category = Some(category),
                        Some(_) => self.draft.tags.push(category),
                    }
                }
                "source" => {
                    self.draft.source = Some(Source {
                        name: html::unescaped(&text),
                        url: child.attribute("url").map(String::from),
                    })
                }
                "dc:language" => self.draft.language = Some(text),
                name if NOT_CONTENT.contains(&name) => {}
                name => self.leave_over(name, child, text, losses),
            }
        }
        if let Some(original) = original {
            self.draft.canonical_url = Some(original);
        }
        self.finish(source, losses)
    }

    /// Text that has no place in the format is kept beside the article.
    fn leave_over(&mut self, name: &str, element: Element, text: String, losses: &mut Losses) {
        if element.children().next().is_some() {
            let place = format!("{}/{name}", self.place);
            losses.tell(
                &place,
                &format!("<{name}> {text}"),
                "the format has no place for it",
            );
            return;
        }
        let text = Value::String(text);
        match self.extra.get_mut(name) {
            None => {
                self.extra.insert(name.to_string(), text);
            }
            Some(Value::Array(list)) => list.push(text),
            Some(before) => *before = Value::Array(vec![before.take(), text]),
        }
    }

    fn finish(mut self, source: &SourceFile, losses: &mut Losses) -> Draft {
        let mut draft = self.draft;
        let link = draft.canonical_url.clone();
        // An opaque guid says less to people than the address.
        let id = [
            link.as_deref(),
            self.guid.as_deref(),
            self.element.attribute("about"),
        ];
        draft.id = ids::from(&[&id.map(Option::unwrap_or_default)[..], &[&draft.title]].concat());
        if draft.source.is_none()
            && let Some(title) = &self.feed.title
        {
            draft.source = Some(Source {
                name: title.clone(),
                url: self.feed.link.clone(),
            });
        }
        let base = link.filter(|link| link.contains("://")).or(self.base);
        let base = base.as_deref();
        let (body, summary, body_name) = match (self.content, self.description) {
            (Some(content), description) => (Some(content), description, "content:encoded"),
            (None, description) => (description, None, "description"),
        };
        let place = format!("{}/description", self.place);
        // A description that is the beginning of the text says nothing that the text does not say.
        let start = body.as_deref().map(page_text::plain).unwrap_or_default();
        if let Some(summary) = summary.filter(|text| !begins_with(&start, &page_text::plain(text)))
        {
            draft.summary = Some(page_text::markdown(&summary, &place, base, losses));
        }
        let description = self.media.description.take();
        self.media.fill(&mut draft, &self.place, losses);
        let links = std::mem::take(&mut draft.sections);
        if let Some(body) = &body {
            let place = format!("{}/{body_name}", self.place);
            let document = page_text::body(body, &place, base, losses);
            sections::fill(&mut draft, document, &place, source.headings, losses);
        }
        for link in links {
            draft.add_paragraph(&link.body);
        }
        // Podcasts and films say the same several times.
        let bodies = [body.as_deref(), draft.summary.as_deref()];
        let said: String = bodies.into_iter().flatten().map(page_text::plain).collect();
        for (name, text) in [
            ("itunes:summary", self.itunes_summary),
            ("media:description", description),
        ] {
            let Some(text) = text.filter(|text| !said.contains(&page_text::plain(text))) else {
                continue;
            };
            let place = format!("{}/{name}", self.place);
            if body.is_none() && draft.sections.is_empty() {
                let document = page_text::body(&text, &place, base, losses);
                sections::fill(&mut draft, document, &place, source.headings, losses);
            } else if draft.summary.is_none() {
                draft.summary = Some(page_text::markdown(&text, &place, base, losses));
            } else {
                self.extra.insert(name.to_string(), Value::String(text));
            }
        }
        fields::keep(&mut draft, "rss", self.extra);
        draft
    }
}

/// `desk@example.org (The Desk)`, `The Desk <desk@example.org>`, or a name.
fn author_name(text: &str) -> String {
    let text = html::unescaped(text);
    if let Some((address, name)) = text.split_once('(')
        && address.contains('@')
    {
        return name.trim_end_matches([')', ' ']).to_string();
    }
    match text.split_once('<') {
        Some((name, address)) if address.contains('@') && !name.trim().is_empty() => {
            name.trim().to_string()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests;
