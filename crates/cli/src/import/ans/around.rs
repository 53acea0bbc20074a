//! What stands around the text of a story: headlines, dates, taxonomy, credits, pictures, other stories.

use super::super::html::{self, address};
use super::super::{Losses, Person, Related, Source, dates, fields};
use super::picture::picture;
use super::story::{REFERENCE, name, text};
use serde_json::{Map, Value};

/// Reads the fields of a story.
pub(super) struct Reader<'a> {
    pub(super) story: &'a Value,
    /// What stands before every place.
    pub(super) place: &'a str,
    pub(super) base: Option<&'a str>,
    pub(super) losses: &'a mut Losses,
    /// What is kept for programs.
    pub(super) extra: &'a mut Map<String, Value>,
}

impl Reader<'_> {
    fn tell(&mut self, place: &str, what: &str, why: &str) {
        self.losses.tell(&[self.place, place].concat(), what, why);
    }

    pub(super) fn markdown(&mut self, html: &str, place: &str) -> String {
        let place = [self.place, place].concat();
        html::markdown(html, &place, self.base, self.losses)
    }

    /// Keeps the entries of a map that were not read.
    fn keep_others(&mut self, field: &str, read: &[&str]) {
        let Value::Object(object) = &self.story[field] else {
            return;
        };
        let others = fields::rest(object, read, &[]);
        if !others.is_empty() {
            self.extra.insert(field.to_string(), others.into());
        }
    }

    /// The basic headline, or any other.
    pub(super) fn title(&mut self) -> String {
        self.keep_others("headlines", &["basic"]);
        let headlines = &self.story["headlines"];
        let all = headlines.as_object().into_iter().flatten();
        std::iter::once(&headlines["basic"])
            .chain(all.map(|(_, headline)| headline))
            .find_map(text)
            .map(html::plain)
            .unwrap_or_default()
    }

    pub(super) fn summary(&mut self) -> Option<String> {
        self.keep_others("description", &["basic"]);
        self.keep_others("subheadlines", &["basic"]);
        let summary = text(&self.story["description"]["basic"])?;
        Some(self.markdown(summary, "description.basic"))
    }

    /// The first of these dates that is there.
    pub(super) fn date(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let place = [self.place, name].concat();
            dates::read(text(&self.story[*name])?, &place, self.losses)
        })
    }

    /// The primary section, or else that of the story's own site; tags, and the other sections as tags.
    pub(super) fn taxonomy(&mut self) -> (Option<String>, Vec<String>) {
        let story = self.story;
        let taxonomy = &story["taxonomy"];
        self.keep_others("taxonomy", &["primary_section", "sections", "tags"]);
        let mut known: Vec<&Value> = taxonomy["sections"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        let own_site = text(&story["canonical_website"]).unwrap_or_default();
        let own_section = &story["websites"][own_site]["website_section"];
        known.push(own_section);
        let name_of = |section: &Value| text(&section["name"]).map(html::plain);
        let mut category = name_of(&taxonomy["primary_section"]);
        if let Some(id) = text(&taxonomy["primary_section"]["referent"]["id"]) {
            // Only its id is said here; its name may be said elsewhere.
            category = known
                .iter()
                .find(|section| section["_id"] == id)
                .and_then(|section| name_of(section));
            if category.is_none() {
                self.tell("taxonomy.primary_section", id, REFERENCE);
            }
        }
        let sites = taxonomy["sites"].as_array().into_iter().flatten();
        let others = [
            own_section,
            &taxonomy["sections"][0],
            &taxonomy["primary_site"],
        ];
        let category = category
            .or_else(|| others.into_iter().find_map(name_of))
            .or_else(|| sites.clone().find_map(name_of));
        let mut tags: Vec<String> = Vec::new();
        let texts = taxonomy["tags"].as_array().into_iter().flatten();
        let texts =
            texts.filter_map(|tag| text(&tag["text"]).or(text(&tag["slug"])).map(html::plain));
        for tag in texts.chain(known.iter().filter_map(|section| name_of(section))) {
            if Some(&tag) != category.as_ref() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        for (ix, section) in taxonomy["sections"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            if let Some(id) = text(&section["referent"]["id"]) {
                self.tell(&format!("taxonomy.sections[{ix}]"), id, REFERENCE);
            }
        }
        (category, tags)
    }

    pub(super) fn authors(&mut self) -> Vec<Person> {
        let mut authors = Vec::new();
        for (role, list) in self.story["credits"].as_object().into_iter().flatten() {
            for (ix, credit) in list.as_array().into_iter().flatten().enumerate() {
                let place = format!("credits.{role}[{ix}]");
                match name(credit) {
                    None => {
                        let what = text(&credit["referent"]["id"]).unwrap_or("a credit");
                        self.tell(&place, &format!("the person {what}"), REFERENCE);
                    }
                    Some(name) if role == "by" => {
                        let url = text(&credit["url"]).and_then(|url| self.link(url, &place));
                        if let Some(biography) = text(&credit["bio"]) {
                            self.tell(
                                &format!("{place}.bio"),
                                biography,
                                "an author has a name and an address here",
                            );
                        }
                        authors.push(Person {
                            name: html::plain(name),
                            url,
                        });
                    }
                    Some(name) => {
                        self.tell(&place, name, "an article has authors and no other credits")
                    }
                }
            }
        }
        authors
    }

    pub(super) fn source(&mut self) -> Option<Source> {
        let name = ["distributor", "source", "owner"]
            .iter()
            .find_map(|field| text(&self.story[*field]["name"]))?;
        Some(Source {
            name: name.to_string(),
            url: None,
        })
    }

    fn link(&mut self, url: &str, place: &str) -> Option<String> {
        if address::link(url, self.base).is_none() {
            self.tell(place, url, "it is no address that a page may lead to");
            return None;
        }
        Some(address::absolute(url, self.base))
    }

    /// In ANS it is relative to the site, whose address stands nowhere.
    pub(super) fn canonical_url(&mut self) -> Option<String> {
        let url = text(&self.story["canonical_url"])?;
        let absolute = self.link(url, "canonical_url")?;
        if !absolute.contains("://") {
            self.tell(
                "canonical_url",
                url,
                "the address of its site is not known; say it with --base",
            );
            self.extra.insert("canonical_url".to_string(), url.into());
            return None;
        }
        Some(absolute)
    }

    pub(super) fn image(&mut self) -> Option<super::super::Image> {
        let promos = &self.story["promo_items"];
        let mut lead = None;
        for (key, item) in promos.as_object().into_iter().flatten() {
            let place = format!("promo_items.{key}");
            // A video or a gallery has a picture of its own that stands for it.
            let image = [item, &item["promo_image"], &item["promo_items"]["basic"]]
                .into_iter()
                .find(|image| image["type"] == "image" && text(&image["url"]).is_some());
            let is_lead = matches!(&**key, "basic" | "lead_art");
            match image {
                Some(image) if lead.is_none() && is_lead => lead = Some((image, place.clone())),
                _ => {
                    let kind = text(&item["type"]).unwrap_or("unknown");
                    self.tell(
                        &place,
                        &format!("an element of type {kind}"),
                        "an article has one lead picture",
                    );
                    continue;
                }
            }
            if item["type"] != "image" {
                self.tell(
                    &place,
                    "what the lead picture stands for",
                    "a page shows the picture alone",
                );
            }
        }
        if lead.is_none() && text(&self.story["promo_image"]["url"]).is_some() {
            lead = Some((&self.story["promo_image"], "promo_image".to_string()));
        }
        let (image, place) = lead?;
        let place = [self.place, &place].concat();
        picture(image, &place, self.base, self.losses).into_lead(&place, self.base, self.losses)
    }

    pub(super) fn related(&mut self) -> Vec<Related> {
        let mut related = Vec::new();
        self.keep_others("related_content", &["basic"]);
        let list = self.story["related_content"]["basic"].as_array();
        for (ix, item) in list.into_iter().flatten().enumerate() {
            let place = format!("related_content.basic[{ix}]");
            let title = text(&item["headlines"]["basic"])
                .or(text(
                    &item["referent"]["referent_properties"]["alt_headline"],
                ))
                .or(text(&item["referent_properties"]["alt_headline"]));
            let Some(title) = title else {
                let kind = text(&item["type"]).unwrap_or("unknown");
                let id = text(&item["referent"]["id"])
                    .or(text(&item["_id"]))
                    .unwrap_or_default();
                self.tell(&place, &format!("{kind} {id}"), REFERENCE);
                continue;
            };
            let url = text(&item["canonical_url"])
                .filter(|url| address::absolute(url, self.base).contains("://"))
                .and_then(|url| self.link(url, &place));
            related.push(Related {
                id: None,
                title: Some(html::plain(title)),
                excerpt: text(&item["description"]["basic"]).map(html::plain),
                url,
            });
        }
        related
    }
}
