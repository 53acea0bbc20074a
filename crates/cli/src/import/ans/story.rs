//! What stands around the text of a story: [`read`].

use super::super::blocks::Picture;
use super::super::html::{self, address};
use super::super::{
    Draft, Losses, Person, Related, Source, SourceFile, blocks, date_in_words, ids, sections,
};
use super::elements::Elements;
use article::Document;
use serde_json::{Map, Value};

/// The fields that become the format's, or say nothing about the article.
const READ: &[&str] = &[
    "_id",
    "type",
    "version",
    "language",
    "slug",
    "canonical_url",
    "headlines",
    "subheadlines",
    "description",
    "taxonomy",
    "credits",
    "promo_items",
    "promo_image",
    "content_elements",
    "corrections",
    "related_content",
    "editor_note",
    "display_date",
    "first_publish_date",
    "last_updated_date",
    "transcript",
];

/// The fields of workflow, publishing and players: nobody who reads an article would miss them.
const NO_CONTENT: &[&str] = &[
    "created_date",
    "publish_date",
    "channels",
    "contributors",
    "planning",
    "publishing",
    "revision",
    "workflow",
    "syndication",
    "comments",
    "content_restrictions",
    "status",
    "scheduling",
    "embed_html",
    "alignment",
    "pitches",
    "source",
    "distributor",
    "owner",
    "canonical_website",
    "website",
    "website_url",
    "websites",
    "editable",
    "streams",
    "duration",
    "video_type",
    "youtube_content_id",
    "subtitles",
    "voice_transcripts",
    "rating",
    "url",
    "caption",
    "alt_text",
    "width",
    "height",
];

/// Reads a story.
pub(super) fn read(story: &Value, place: &str, source: &SourceFile, losses: &mut Losses) -> Draft {
    let base = source.base.as_deref();
    let mut draft = Draft::default();
    let mut extra = Map::new();
    for (name, value) in story.as_object().into_iter().flatten() {
        if !READ.contains(&&**name) && !NO_CONTENT.contains(&&**name) {
            extra.insert(name.clone(), value.clone());
        }
    }
    let mut reader = Reader {
        story,
        place,
        base,
        losses,
        extra: &mut extra,
    };
    draft.id = ids::from(&[
        story["_id"].as_str().unwrap_or_default(),
        story["slug"].as_str().unwrap_or_default(),
        last_part(story["canonical_url"].as_str().unwrap_or_default()),
    ]);
    draft.summary = reader.summary();
    draft.title = reader.title();
    draft.subtitle = text(&story["subheadlines"]["basic"]).map(html::plain);
    draft.published = reader.date(&[
        "first_publish_date",
        "display_date",
        "publish_date",
        "created_date",
    ]);
    draft.updated = reader
        .date(&["last_updated_date"])
        .filter(|updated| draft.published.as_ref() != Some(updated));
    draft.language = text(&story["language"]).map(str::to_string);
    (draft.category, draft.tags) = reader.taxonomy();
    draft.authors = reader.authors();
    draft.source = reader.source();
    draft.canonical_url = reader.canonical_url();
    draft.image = reader.image();
    draft.disclosure = text(&story["editor_note"]).map(|note| reader.markdown(note, "editor_note"));
    draft.related = reader.related();

    let mut elements = Elements::new(base, losses);
    let mut body = elements.media(story, place);
    if let Some(list) = story["content_elements"].as_array() {
        body.extend(elements.blocks(list, &format!("{place}content_elements")));
    }
    if let Some(transcript) = text(&story["transcript"]) {
        body.extend(blocks::paragraphs(transcript));
    }
    if let Some(list) = story["corrections"].as_array() {
        elements.corrections(list, &format!("{place}corrections"));
    }
    draft.corrections = elements.into_corrections();
    let body = Document {
        blocks: body,
        footnotes: Vec::new(),
    };
    let place = format!("{place}content_elements");
    sections::fill(&mut draft, body, &place, source.headings, losses);
    if !extra.is_empty() {
        draft.extra.insert("ans".to_string(), extra.into());
    }
    draft
}

/// The last part of a path.
fn last_part(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or(url)
}

/// A text that is one, and not empty.
pub(super) fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

/// The name of a person or an agency.
pub(super) fn name(credit: &Value) -> Option<&str> {
    text(&credit["byline"]).or(text(&credit["name"]))
}

/// A picture and what is known of it.
pub(super) fn picture(
    image: &Value,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Picture {
    let mut caption = String::new();
    for field in ["caption", "subtitle"] {
        if let Some(text) = text(&image[field]) {
            caption.push_str(if caption.is_empty() { "" } else { " – " });
            caption.push_str(text);
        }
    }
    let mut credit: Vec<&str> = Vec::new();
    let credits = match &image["vanity_credits"] {
        Value::Object(_) => &image["vanity_credits"],
        _ => &image["credits"],
    };
    for role in ["by", "affiliation"] {
        for one in credits[role].as_array().into_iter().flatten() {
            match name(one) {
                Some(name) => credit.push(name),
                None => losses.tell(place, "a credit", "it is a reference to another document"),
            }
        }
    }
    let size = |name: &str| {
        let size = image[name]
            .as_u64()
            .and_then(|size| u32::try_from(size).ok());
        size.filter(|size| *size > 0)
    };
    Picture {
        src: text(&image["url"]).unwrap_or_default().to_string(),
        alt: text(&image["alt_text"])
            .map(html::plain)
            .unwrap_or_default(),
        caption: blocks::inlines(&caption, place, base, losses),
        credit: credit.join(" / "),
        width: size("width"),
        height: size("height"),
    }
}

struct Reader<'a> {
    story: &'a Value,
    /// What stands before every place.
    place: &'a str,
    base: Option<&'a str>,
    losses: &'a mut Losses,
    extra: &'a mut Map<String, Value>,
}

impl Reader<'_> {
    fn tell(&mut self, place: &str, what: &str, why: &str) {
        self.losses.tell(&[self.place, place].concat(), what, why);
    }

    fn markdown(&mut self, html: &str, place: &str) -> String {
        let place = [self.place, place].concat();
        html::markdown(html, &place, self.base, self.losses)
    }

    /// Keeps the entries of a map that were not read.
    fn keep_others(&mut self, field: &str, read: &[&str]) {
        let others: Map<String, Value> = self.story[field]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| !read.contains(&&***name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if !others.is_empty() {
            self.extra.insert(field.to_string(), others.into());
        }
    }

    /// The basic headline, or any other.
    fn title(&mut self) -> String {
        self.keep_others("headlines", &["basic"]);
        let headlines = &self.story["headlines"];
        let all = headlines.as_object().into_iter().flatten();
        std::iter::once(&headlines["basic"])
            .chain(all.map(|(_, headline)| headline))
            .find_map(text)
            .map(html::plain)
            .unwrap_or_default()
    }

    fn summary(&mut self) -> Option<String> {
        self.keep_others("description", &["basic"]);
        self.keep_others("subheadlines", &["basic"]);
        let summary = text(&self.story["description"]["basic"])?;
        Some(self.markdown(summary, "description.basic"))
    }

    fn date(&mut self, names: &[&str]) -> Option<String> {
        for name in names {
            let Some(date) = text(&self.story[*name]) else {
                continue;
            };
            match date_in_words::read(date) {
                Some(written) => {
                    self.extra.remove(*name);
                    if written.has_lost_time {
                        self.tell(name, date, date_in_words::NO_ZONE);
                    }
                    return Some(written.date.to_string());
                }
                None => self.tell(name, date, "it is no date"),
            }
        }
        None
    }

    /// The primary section, or else that of the story's own site; tags, and the other sections as tags.
    fn taxonomy(&mut self) -> (Option<String>, Vec<String>) {
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

    fn authors(&mut self) -> Vec<Person> {
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

    fn source(&mut self) -> Option<Source> {
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
    fn canonical_url(&mut self) -> Option<String> {
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

    fn image(&mut self) -> Option<super::super::Image> {
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

    fn related(&mut self) -> Vec<Related> {
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

/// Why a reference is a loss.
pub(super) const REFERENCE: &str =
    "only its id stands here; import what the content API gives with the references filled in";
