//! The fields of the front matter: [`Fields`] finds the format's under the names that Jekyll, Hugo, Zola, Astro and people
//! use.
//!
//! Case, `-` and `_` in names do not matter. What stands in `extra`, `params` or `taxonomies` is looked for there too, where
//! the front matter itself does not have it. Of several names for one thing the first in the list is taken. Whatever is not
//! taken is kept under `extra`, under the name it had.

use super::super::html::address;
use super::super::{
    Correction, Draft, Image, Losses, Person, Related, Source, date_in_words, text_body,
};
use super::names::*;
use serde_json::{Map, Value};

/// The front matter, and what of it was not taken yet.
pub(super) struct Fields {
    /// Folded name, name, value; in the order of looking.
    list: Vec<(String, String, Value)>,
}

impl Fields {
    pub(super) fn of(matter: Map<String, Value>) -> Fields {
        let mut list = Vec::new();
        let mut behind = Vec::new();
        for (name, value) in matter {
            match (&*folded(&name), value) {
                ("extra" | "params" | "taxonomies", Value::Object(inner)) => behind.extend(inner),
                (key, value) => list.push((key.to_string(), name, value)),
            }
        }
        list.extend(
            behind
                .into_iter()
                .map(|(name, value)| (folded(&name), name, value)),
        );
        list.retain(|(_, _, value)| !is_empty(value));
        Fields { list }
    }

    /// Puts everything into a draft, and gives what an id can be made from, best first.
    pub(super) fn put_into(mut self, draft: &mut Draft, losses: &mut Losses) -> Vec<String> {
        draft.title = self.text(TITLE).unwrap_or_default();
        draft.subtitle = self.text(SUBTITLE);
        draft.published = self.date(PUBLISHED, losses);
        draft.updated = self.date(UPDATED, losses);
        draft.language = self.language(losses);
        draft.summary = self.text(SUMMARY);
        if draft.summary.is_none() {
            draft.summary = self
                .text(DESCRIPTION)
                .map(|text| text_body::markdown(&text));
        }
        let mut categories = self.texts(CATEGORY).into_iter();
        draft.category = categories.next();
        draft.tags = self.texts(TAGS);
        for category in categories {
            if !draft.tags.contains(&category) {
                draft.tags.push(category);
            }
        }
        draft.authors = self.people(losses);
        draft.source = self.take(&["source", "publisher"]).and_then(|value| {
            let person = person(&value, "source", losses)?;
            Some(Source {
                name: person.name,
                url: person.url,
            })
        });
        draft.image = self.image(losses);
        draft.canonical_url = self
            .text(CANONICAL)
            .and_then(|url| link(&url, "canonical_url", losses));
        draft.key_points = self.markdown_list(KEY_POINTS);
        draft.risks = self.markdown_list(&["risks"]);
        draft.disclosure = self.text(DISCLOSURE);
        draft.corrections = self.corrections(losses);
        draft.related = self.related(losses);
        let mut addresses = Vec::new();
        for name in ADDRESSES {
            let Some(text) = self.text(&[name]) else {
                continue;
            };
            let is_web = text.starts_with("https:") || text.starts_with("http:");
            if is_web && draft.canonical_url.is_none() {
                draft.canonical_url = link(&text, name, losses);
            }
            // A pattern such as `/:year/:title/` is that of a site and not of an article.
            if !text.contains(':') || is_web {
                let path = text.trim_end_matches('/');
                let last = path.rsplit('/').next().unwrap_or(path);
                addresses.push(if is_web || *name == "id" {
                    text
                } else {
                    last.to_string()
                });
            }
        }
        for (_, name, value) in self.list {
            draft.extra.entry(name).or_insert(value);
        }
        addresses
    }

    /// Takes the value of the first of these names that is there.
    fn take(&mut self, names: &[&str]) -> Option<Value> {
        self.take_if(names, |_| true)
    }

    fn take_if(&mut self, names: &[&str], fits: impl Fn(&Value) -> bool) -> Option<Value> {
        for name in names {
            let ix = self
                .list
                .iter()
                .position(|(key, _, value)| key == name && fits(value));
            if let Some(ix) = ix {
                return Some(self.list.remove(ix).2);
            }
        }
        None
    }

    pub(super) fn text(&mut self, names: &[&str]) -> Option<String> {
        let value = self.take_if(names, |value| text_of(value).is_some())?;
        text_of(&value)
    }

    /// A list of texts, a text with commas, or a text.
    fn texts(&mut self, names: &[&str]) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        let is_list = |value: &Value| match value {
            Value::Array(list) => list.iter().all(|item| text_of(item).is_some()),
            value => text_of(value).is_some(),
        };
        // Categories and category, tags and keywords: what one does not say, the other may.
        for name in names {
            match self.take_if(&[name], is_list) {
                Some(Value::Array(list)) => texts.extend(list.iter().filter_map(text_of)),
                Some(value) => {
                    let text = text_of(&value).unwrap_or_default();
                    texts.extend(text.split(',').map(|part| part.trim().to_string()));
                }
                None => {}
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        texts.retain(|text| !text.is_empty() && seen.insert(text.clone()));
        texts
    }

    fn markdown_list(&mut self, names: &[&str]) -> Vec<String> {
        match self.take(names) {
            Some(Value::Array(list)) => list.iter().filter_map(text_of).collect(),
            Some(value) => text_of(&value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn date(&mut self, names: &[&str], losses: &mut Losses) -> Option<String> {
        let is_date =
            |value: &Value| text_of(value).is_some_and(|t| date_in_words::read(&t).is_some());
        let Some(found) = self.take_if(names, is_date) else {
            for name in names {
                // It stays where it is, and goes to `extra`.
                for (_, written, value) in self.list.iter().filter(|(key, ..)| key == name) {
                    if let Some(text) = text_of(value) {
                        losses.tell(
                            written,
                            &format!("the date “{text}”"),
                            "it is no date that can be read; write 2026-12-31",
                        );
                    }
                }
            }
            return None;
        };
        let text = text_of(&found)?;
        let written = date_in_words::read(&text)?;
        if written.has_lost_time {
            losses.tell(
                names[0],
                &format!("the time of {text}"),
                date_in_words::NO_ZONE,
            );
        }
        Some(written.date.to_string())
    }

    pub(super) fn language(&mut self, losses: &mut Losses) -> Option<String> {
        let tag = self.text(LANGUAGE)?.replace('_', "-");
        // `de-DE.UTF-8` is a locale of Unix.
        let tag = tag.split('.').next().unwrap_or_default().to_string();
        let is_tag = tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if !is_tag {
            losses.tell("language", &tag, "it is no language tag of RFC 5646");
            return None;
        }
        Some(tag)
    }

    /// `draft: true`, and what says the same.
    pub(super) fn is_draft(&mut self) -> bool {
        let is = |value: Value| match &value {
            Value::Bool(is) => *is,
            value => matches!(
                text_of(value).unwrap_or_default().to_lowercase().as_str(),
                "true" | "yes" | "on"
            ),
        };
        self.take(&["draft"]).is_some_and(is)
            || self
                .take_if(&["published"], Value::is_boolean)
                .is_some_and(|value| value == Value::Bool(false))
    }

    fn people(&mut self, losses: &mut Losses) -> Vec<Person> {
        let list = match self.take(AUTHORS) {
            Some(Value::Array(list)) => list,
            Some(value) => vec![value],
            None => Vec::new(),
        };
        list.iter()
            .filter_map(|value| person(value, "authors", losses))
            .collect()
    }

    fn image(&mut self, losses: &mut Losses) -> Option<Image> {
        let value = match self.take(IMAGE)? {
            // Hugo's `images`: the first is that of cards.
            Value::Array(mut list) if !list.is_empty() => {
                let first = list.remove(0);
                if !list.is_empty() {
                    let rest = (
                        "images".to_string(),
                        "images".to_string(),
                        Value::Array(list),
                    );
                    self.list.push(rest);
                }
                first
            }
            value => value,
        };
        let mut inner = match value {
            Value::Object(inner) => Fields::of(inner),
            value => Fields::of(Map::from_iter([("src".to_string(), value)])),
        };
        let src = inner
            .text(&["src", "url", "path", "image", "file", "filename"])
            .unwrap_or_default();
        if address::image(&src, None).is_none() {
            losses.tell(
                "image",
                &src,
                "it is no address that a page may show a picture from",
            );
            return None;
        }
        let image = Image {
            src,
            alt: inner.text(&["alt"]).or_else(|| self.text(IMAGE_ALT)),
            caption: inner
                .text(&["caption", "title"])
                .or_else(|| self.text(IMAGE_CAPTION)),
            credit: inner
                .text(&["credit", "attribution"])
                .or_else(|| self.text(IMAGE_CREDIT)),
            width: inner.size("width"),
            height: inner.size("height"),
            srcset: Vec::new(),
        };
        inner.tell_rest("image", "an image has no such field here", losses);
        Some(image)
    }

    /// What nobody took of an object that has its own place in the format.
    fn tell_rest(&self, place: &str, why: &str, losses: &mut Losses) {
        for (_, name, value) in &self.list {
            losses.tell(place, &format!("{name}: {value}"), why);
        }
    }

    fn size(&mut self, name: &str) -> Option<u32> {
        let size = self.text(&[name])?.parse().ok()?;
        (size > 0).then_some(size)
    }

    fn corrections(&mut self, losses: &mut Losses) -> Vec<Correction> {
        let list = match self.take(&["corrections", "correction"]) {
            Some(Value::Array(list)) => list,
            Some(value) => vec![value],
            None => Vec::new(),
        };
        list.into_iter()
            .filter_map(|value| match value {
                Value::Object(inner) => {
                    let mut inner = Fields::of(inner);
                    Some(Correction {
                        date: inner.date(&["date"], losses),
                        text: inner.text(&["text", "note"])?,
                    })
                }
                value => Some(Correction {
                    date: None,
                    text: text_of(&value)?,
                }),
            })
            .collect()
    }

    fn related(&mut self, losses: &mut Losses) -> Vec<Related> {
        let Some(Value::Array(list)) = self.take_if(&["related"], Value::is_array) else {
            return Vec::new();
        };
        list.into_iter()
            .map(|value| {
                let Value::Object(inner) = value else {
                    return Related {
                        id: text_of(&value),
                        ..Related::default()
                    };
                };
                let mut inner = Fields::of(inner);
                Related {
                    id: inner.text(&["id"]),
                    title: inner.text(TITLE),
                    excerpt: inner.text(&["excerpt", "summary", "description"]),
                    url: inner
                        .text(&["url", "link", "href"])
                        .and_then(|url| link(&url, "related", losses)),
                }
            })
            .filter(|related| related.id.is_some() || related.title.is_some())
            .collect()
    }
}

/// A name, or an object with one.
fn person(value: &Value, place: &str, losses: &mut Losses) -> Option<Person> {
    let Value::Object(inner) = value else {
        return Some(Person {
            name: text_of(value)?,
            url: None,
        });
    };
    let mut inner = Fields::of(inner.clone());
    let name = inner.text(&["name", "displayname", "title"]);
    let url = inner.text(&["url", "link", "website", "homepage", "href", "uri"]);
    inner.tell_rest(place, "a person has a name and an address here", losses);
    Some(Person {
        name: name?,
        url: url.and_then(|url| link(&url, place, losses)),
    })
}

fn link(url: &str, place: &str, losses: &mut Losses) -> Option<String> {
    if address::link(url, None).is_none() {
        losses.tell(place, url, "it is no address that a page may lead to");
        return None;
    }
    Some(url.to_string())
}

/// A name without what people write differently: `publishDate`, `publish_date`, `PublishDate`.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_string()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
