//! Advice about the fields of an article: [`Adviser::fields`].

use super::adviser::{Adviser, Remark, Text, elements, field, member, range};
use super::links::{Places, article_of, place_of};
use super::spelling::Spellings;
use super::{
    AdviceKind, EXCERPT_MAX, SUBTITLE_MAX, SUMMARY_MAX, Surroundings, TITLE_MAX, UNSUMMED_MAX,
    markdown,
};
use crate::content::{ArticleContent, Cap, Scope, parse};
use crate::date::Date;
use crate::json::{Member, Spanned, Value, short};
use crate::read::{Kind, nearest_name};
use crate::url::SafeUrl;
use std::ops::Range;

const DAY: i64 = 86_400;

/// Where more than so much has been found, no id is proposed any more: looking for one costs a walk over all.
const MEANT_MAX: usize = 200;

const PICTURE: &str = "a picture that is there";

impl Adviser<'_> {
    /// Goes through the fields of an article.
    pub(super) fn fields(
        &mut self,
        members: &[Member],
        surroundings: Surroundings,
        spellings: &mut Spellings,
    ) {
        // What is absent is told where the title stands.
        let start = self.collection.start(self.ix);
        let at = member(members, "title").map_or(start..start + 1, range);
        let plain = |name: &str| Text::of(member(members, name)?, name.to_string(), Kind::Plain);
        self.length(plain("title"), TITLE_MAX, AdviceKind::LongTitle);
        self.length(plain("subtitle"), SUBTITLE_MAX, AdviceKind::LongSubtitle);
        self.dates(members, surroundings.today);
        self.names(members, spellings, &at);
        self.image(members, surroundings);
        self.related(members, surroundings);
        self.summary(members, &at);
        self.texts(members, surroundings, &at);
    }

    fn length(&mut self, text: Option<Text>, max: usize, kind: AdviceKind) {
        let Some(text) = text else { return };
        let n_chars = text.text.chars().count();
        if n_chars > max {
            let expected = ["at most ", &max.to_string(), " characters"].concat();
            let found = n_chars.to_string();
            let path = &text.path;
            self.tell(kind, path, text.range.clone(), &expected, found, None);
        }
    }

    fn dates(&mut self, members: &[Member], today: Option<Date>) {
        let mut known = [None, None];
        for (name, known) in ["published", "updated"].into_iter().zip(&mut known) {
            if let Some(value) = member(members, name) {
                *known = date(value).map(|date| (date, value));
                self.future(value, name, today);
            }
        }
        for (ix, correction) in elements(member(members, "corrections")).iter().enumerate() {
            if let Some(value) = field(correction, "date", "text") {
                self.future(
                    value,
                    &["corrections[", &ix.to_string(), "].date"].concat(),
                    today,
                );
            }
        }
        if let [Some((published, _)), Some((updated, value))] = known {
            // A day and a moment are compared generously: the day may be that of any zone.
            let slack = if published.time.is_some() == updated.time.is_some() {
                0
            } else {
                DAY
            };
            if updated.sort_key() + slack < published.sort_key() {
                self.tell(
                    AdviceKind::UpdatedEarly,
                    "updated",
                    range(value),
                    "a date after that of the first appearance",
                    [&updated.to_string(), ", before ", &published.to_string()].concat(),
                    None,
                );
            }
        }
    }

    fn future(&mut self, value: &Spanned, path: &str, today: Option<Date>) {
        let (Some(date), Some(today)) = (date(value), today) else {
            return;
        };
        if date.sort_key() > today.sort_key() + 366 * DAY {
            self.tell(
                AdviceKind::FarFuture,
                path,
                range(value),
                "a date within a year from today",
                date.to_string(),
                Some("is the year right?".to_string()),
            );
        }
    }

    /// Category and tags.
    fn names(&mut self, members: &[Member], spellings: &mut Spellings, at: &Range<usize>) {
        let category = member(members, "category")
            .and_then(|value| Text::of(value, "category".to_string(), Kind::Plain));
        match category {
            Some(category) => {
                let usual = spellings.categories.take(&category.text);
                self.spelling(category, usual);
            }
            None if spellings.has_categories && member(members, "category").is_none() => self.tell(
                AdviceKind::NoCategory,
                "category",
                at.clone(),
                "a category, as most articles here have one",
                "none".to_string(),
                Some("without it, no filter finds the article".to_string()),
            ),
            None => {}
        }
        for (ix, tag) in elements(member(members, "tags")).iter().enumerate() {
            let path = ["tags[", &ix.to_string(), "]"].concat();
            if let Some(tag) = Text::of(tag, path, Kind::Plain) {
                let usual = spellings.tags.take(&tag.text);
                self.spelling(tag, usual);
            }
        }
    }

    fn spelling(&mut self, name: Text, usual: Option<String>) {
        let Some(usual) = usual else { return };
        self.tell(
            AdviceKind::Spelling,
            &name.path,
            name.range.clone(),
            "one spelling of a name",
            [
                "\"",
                &short(&name.text),
                "\" beside \"",
                &short(&usual),
                "\"",
            ]
            .concat(),
            Some(
                [
                    "write \"",
                    &short(&usual),
                    "\": each spelling is an entry of its own",
                ]
                .concat(),
            ),
        );
    }

    /// The lead picture.
    fn image(&mut self, members: &[Member], surroundings: Surroundings) {
        let Some(image) = member(members, "image") else {
            return;
        };
        let Some(src) = field(image, "src", "src").filter(|src| is_text(src)) else {
            return;
        };
        self.picture(src, "image.src", surroundings);
        for (ix, candidate) in elements(field(image, "srcset", "src").filter(|_| is_object(image)))
            .iter()
            .enumerate()
        {
            if let Some(src) = field(candidate, "src", "src") {
                let path = ["image.srcset[", &ix.to_string(), "].src"].concat();
                self.picture(src, &path, surroundings);
            }
        }
        if field(image, "alt", "src").is_none_or(is_blank) {
            self.tell(
                AdviceKind::MissingAlt,
                "image.alt",
                range(src),
                "a text that says what the image shows",
                "none".to_string(),
                Some("write \"alt\": \"…\" beside \"src\"".to_string()),
            );
        }
        if ["width", "height"]
            .iter()
            .any(|name| field(image, name, "src").is_none())
        {
            self.tell(
                AdviceKind::ImageSize,
                "image.width",
                range(src),
                "width and height of the image, in pixels",
                "none".to_string(),
                Some(
                    "with them, the text below does not jump when the image has loaded".to_string(),
                ),
            );
        }
    }

    /// A picture that a field names.
    fn picture(&mut self, src: &Spanned, path: &str, surroundings: Surroundings) {
        let Some(text) = Text::of(src, path.to_string(), Kind::Plain) else {
            return;
        };
        let address = SafeUrl::image(&text.text);
        if let Some((found, help)) = address.and_then(|src| missing(&src, surroundings)) {
            self.tell(
                AdviceKind::MissingImage,
                path,
                text.range,
                PICTURE,
                found,
                Some(help),
            );
        }
    }

    fn related(&mut self, members: &[Member], surroundings: Surroundings) {
        for (ix, related) in elements(member(members, "related")).iter().enumerate() {
            let path = |name: &str| ["related[", &ix.to_string(), "].", name].concat();
            let text = |name: &str| {
                Text::of(
                    field(related, name, text_as(related))?,
                    path(name),
                    Kind::Plain,
                )
            };
            self.length(text("excerpt"), EXCERPT_MAX, AdviceKind::LongExcerpt);
            let Some(id) = text("id") else { continue };
            let found = match () {
                () if self.is_own(&id.text) => "the article's own id".to_string(),
                () if !self.is_known(&id.text, surroundings) => {
                    ["\"", &short(&id.text), "\""].concat()
                }
                () => continue,
            };
            let help = match self.is_own(&id.text) {
                true => None,
                false => self.meant(&id.text, 0, surroundings),
            };
            self.tell(
                AdviceKind::DeadRelated,
                &id.path,
                id.range.clone(),
                "the id of another article of the collection",
                found,
                help.map(|id| ["did you mean \"", id, "\"?"].concat()),
            );
        }
    }

    fn is_own(&self, id: &str) -> bool {
        let own = self.collection.entries().get(self.ix);
        own.is_some_and(|entry| &*entry.id == id)
    }

    fn is_known(&self, id: &str, surroundings: Surroundings) -> bool {
        let is_outside = surroundings.other_ids.is_none_or(|ids| ids.contains(id));
        is_outside || self.collection.position(id).is_some()
    }

    /// The id of another article that was probably meant. Where as much was found already as is listed, `n_found` of it in
    /// the field at hand, nobody looks.
    fn meant<'s>(
        &'s self,
        id: &str,
        n_found: usize,
        surroundings: Surroundings<'s>,
    ) -> Option<&'s str> {
        if self.n_told() + n_found >= MEANT_MAX {
            return None;
        }
        let entries = self.collection.entries().iter().map(|entry| &*entry.id);
        let outside = surroundings.other_ids.into_iter().flatten();
        let ids = entries.chain(outside.map(String::as_str));
        nearest_name(ids.filter(|id| !self.is_own(id)), id)
    }

    fn summary(&mut self, members: &[Member], at: &Range<usize>) {
        let has = |name: &str| member(members, name).is_some_and(|value| !is_blank(value));
        if has("summary") {
            let summary = member(members, "summary");
            let text =
                summary.and_then(|value| Text::of(value, "summary".to_string(), Kind::Markdown));
            self.length(text, SUMMARY_MAX, AdviceKind::LongSummary);
            return;
        }
        let sections = elements(member(members, "sections")).iter();
        let bodies = sections.filter_map(|section| match &field(section, "body", "body")?.value {
            Value::Text(text) => Some(text.len()),
            _ => None,
        });
        if !has("subtitle") && !has("key_points") && bodies.sum::<usize>() > UNSUMMED_MAX {
            self.tell(
                AdviceKind::NoSummary,
                "summary",
                at.clone(),
                "a summary, a subtitle or key points, as the article is long",
                "none".to_string(),
                Some("cards show the beginning of the text instead".to_string()),
            );
        }
    }

    /// The Markdown fields.
    fn texts(&mut self, members: &[Member], surroundings: Surroundings, at: &Range<usize>) {
        let mut fields: Vec<(String, &Spanned)> = Vec::new();
        for name in ["summary", "disclosure"] {
            fields.extend(member(members, name).map(|value| (name.to_string(), value)));
        }
        let caption = member(members, "image").and_then(|image| field(image, "caption", "src"));
        fields.extend(caption.map(|value| ("image.caption".to_string(), value)));
        for name in ["key_points", "risks"] {
            for (ix, value) in elements(member(members, name)).iter().enumerate() {
                fields.push(([name, "[", &ix.to_string(), "]"].concat(), value));
            }
        }
        for (ix, section) in elements(member(members, "sections")).iter().enumerate() {
            let path = ["sections[", &ix.to_string(), "].body"].concat();
            match field(section, "body", "body") {
                Some(body) if !is_blank(body) => fields.push((path, body)),
                _ => self.empty_section(section, path),
            }
        }
        for (ix, correction) in elements(member(members, "corrections")).iter().enumerate() {
            let path = ["corrections[", &ix.to_string(), "].text"].concat();
            fields.extend(field(correction, "text", "text").map(|value| (path, value)));
        }
        let article = self.collection.article(self.ix).unwrap_or_default();
        let content = ArticleContent::of(&article);
        let mut caps = content.caps.clone();
        let places = Places::of(content);
        for (path, value) in fields {
            let Some(text) = Text::of(value, path, Kind::Markdown) else {
                continue;
            };
            let mut found = markdown::read(&text.text);
            for (target, range) in found.inner_links {
                let n_found = found.remarks.len();
                let dead = self.dead_link(target.as_str(), range, n_found, &places, surroundings);
                found.remarks.extend(dead);
            }
            for (src, range) in found.images {
                let missing = missing(&src, surroundings);
                found.remarks.extend(missing.map(|(found, help)| Remark {
                    kind: AdviceKind::MissingImage,
                    range,
                    expected: PICTURE,
                    found,
                    help: Some(help),
                }));
            }
            self.remark(&text, found.remarks);
            if !caps.is_empty() {
                self.caps(&text, &mut caps);
            }
        }
        // What is counted over the whole article was met in none of its fields.
        for cap in caps {
            self.cut_short("", at.clone(), cap);
        }
    }

    /// Finds out which of the caps that the article met were met in this field alone.
    fn caps(&mut self, text: &Text, caps: &mut Vec<Cap>) {
        let mut scope = Scope::new();
        parse(&text.text, &mut scope);
        for cap in scope.caps() {
            self.cut_short(&text.path, text.range.clone(), *cap);
            caps.retain(|known| known != cap);
        }
    }

    fn cut_short(&mut self, path: &str, range: Range<usize>, cap: Cap) {
        let cap = cap.to_string();
        let (allowed, beyond) = cap.split_once("; ").unwrap_or((&cap, ""));
        let found = "more".to_string();
        self.tell(
            AdviceKind::CutShort,
            path,
            range,
            allowed,
            found,
            Some(beyond.to_string()),
        );
    }

    fn empty_section(&mut self, section: &Spanned, path: String) {
        let at = field(section, "heading", "body")
            .map_or_else(|| section.start as usize..section.start as usize + 1, range);
        self.tell(
            AdviceKind::EmptySection,
            &path,
            at,
            "a text in the section",
            "none".to_string(),
            Some("write \"body\": \"…\", or remove the section".to_string()),
        );
    }

    /// What is to be said about a link that begins with `#`.
    fn dead_link(
        &self,
        target: &str,
        range: Range<usize>,
        n_found: usize,
        places: &Places,
        surroundings: Surroundings,
    ) -> Option<Remark> {
        let (expected, found, help) = if let Some(id) = article_of(target) {
            if self.is_known(&id, surroundings) {
                return None;
            }
            let found = ["\"", &short(&id), "\""].concat();
            let help = self.meant(&id, n_found, surroundings);
            let help = help.map(|id| ["did you mean #/article/", id, "?"].concat());
            ("a link to an article of the collection", found, help)
        } else {
            let id = place_of(target)?;
            if places.has(&id) {
                return None;
            }
            let help = places.meant(&id).map(|id| ["write #", &id].concat());
            let found = ["\"", &short(target), "\""].concat();
            ("a link to a heading of the article", found, help)
        };
        Some(Remark {
            kind: AdviceKind::DeadLink,
            range,
            expected,
            found,
            help,
        })
    }
}

/// What is wrong with the picture of an address, if it is one beside the file.
fn missing(src: &SafeUrl, surroundings: Surroundings) -> Option<(String, String)> {
    let is_asked = src.is_relative() && !src.as_str().starts_with('#');
    surroundings
        .pictures
        .filter(|_| is_asked)?
        .missing(src.as_str())
}

/// What a related article that is a text alone is taken for.
fn text_as(related: &Spanned) -> &'static str {
    match &related.value {
        Value::Text(text) if text.trim().contains(' ') => "title",
        _ => "id",
    }
}

fn date(value: &Spanned) -> Option<Date> {
    match &value.value {
        Value::Text(text) => Date::parse(text).ok(),
        _ => None,
    }
}

fn is_object(value: &Spanned) -> bool {
    matches!(value.value, Value::Object(_))
}

fn is_text(value: &Spanned) -> bool {
    matches!(value.value, Value::Text(_)) && !is_blank(value)
}

fn is_blank(value: &Spanned) -> bool {
    match &value.value {
        Value::Text(text) => text.trim().is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    }
}
