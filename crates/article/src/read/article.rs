//! The fields of an article: [`Reader::article`].

use super::fields::{ARTICLE, ITEM};
use super::slug::is_slug;
use super::values::Kind;
use super::{Path, Reader, slug};
use crate::code::Code;
use crate::json::{Member, Spanned, Value, describe};
use crate::model::Article;

/// Where an article stands.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) path: &'a Path<'a>,
    /// The byte where its object begins.
    pub(crate) start: u32,
    /// The rest of it is lost: that there is no title or no id is no problem of its own.
    pub(crate) is_part: bool,
    /// It is an item of a JSON Feed (`feed`).
    pub(crate) is_item: bool,
}

impl Reader<'_> {
    /// Reads an article from the members of its object.
    pub(crate) fn article(&mut self, mut members: Vec<Member>, place: Named) -> Article {
        let mut article = Article::default();
        let path = place.path;
        let n_problems = self.problems.count;
        let mut id_at = place.start;
        let mut is_known = place.is_part;
        let (mut own, mut unknown) = (Vec::new(), Vec::new());
        // Title and id first: the problems with them come first, and all others can name the article.
        for is_first in [true, false] {
            for member in &mut members {
                let name = &*member.name;
                if matches!(name, "title" | "id") != is_first {
                    continue;
                }
                let value = Spanned {
                    value: std::mem::replace(&mut member.value.value, Value::Null),
                    ..member.value
                };
                if name == "id" {
                    id_at = value.start;
                }
                let at = &path.name(name);
                let rest = if place.is_item {
                    self.item_field(&mut article, name, value, at)
                } else {
                    self.field(&mut article, name, value, at)
                };
                let Err(value) = rest else { continue };
                if place.is_item && name == "_offprint" {
                    own = self
                        .object(value, at, &ARTICLE, "title")
                        .unwrap_or_default();
                } else {
                    unknown.push(Member {
                        name: std::mem::take(&mut member.name),
                        name_start: member.name_start,
                        value,
                    });
                }
            }
            if is_first {
                is_known |= self.problems.count > n_problems;
            } else if place.is_item {
                self.complete_item(&mut article, std::mem::take(&mut own), path);
            }
            // An item may have its names from elsewhere.
            if is_first != place.is_item {
                self.complete_names(&mut article, place, id_at, is_known);
            }
        }
        let fields = if place.is_item { &ITEM } else { &ARTICLE };
        for Member {
            name,
            name_start,
            value,
        } in unknown
        {
            self.unknown(&name, name_start, path, fields);
            article.unknown.push((name, value.value));
        }
        article
    }

    /// Reads the field of this name into the article; gives the value back where the format has no such field.
    pub(super) fn field(
        &mut self,
        article: &mut Article,
        name: &str,
        value: Spanned,
        path: &Path,
    ) -> Result<(), Spanned> {
        match name {
            "title" => article.title = self.plain(value, path).unwrap_or_default(),
            "id" => article.id = self.plain(value, path).unwrap_or_default(),
            "subtitle" => article.subtitle = self.plain(value, path),
            "published" => article.published = self.date(value, path),
            "updated" => article.updated = self.date(value, path),
            "category" => article.category = self.plain(value, path),
            "tags" => article.tags = self.texts(value, path, Kind::Plain),
            "language" => article.language = self.language(value, path),
            "authors" => article.authors = self.authors(value, path),
            "source" => article.source = self.source(value, path),
            "canonical_url" => article.canonical_url = self.link(value, path),
            "image" => article.image = self.image(value, path),
            "summary" => article.summary = self.text(value, path, Kind::Markdown),
            "key_points" => article.key_points = self.texts(value, path, Kind::Markdown),
            "sections" => article.sections = self.sections(value, path),
            "risks" => article.risks = self.texts(value, path, Kind::Markdown),
            "disclosure" => article.disclosure = self.text(value, path, Kind::Markdown),
            "corrections" => article.corrections = self.corrections(value, path),
            "related" => article.related = self.related(value, path),
            "extra" => article.extra = self.extra(value, path),
            "version" | "$schema" => {}
            _ => return Err(value),
        }
        Ok(())
    }

    /// An article without title or id gets one. `is_known` says that there is a problem about them already.
    fn complete_names(&mut self, article: &mut Article, place: Named, id_at: u32, is_known: bool) {
        let has_title = !article.title.is_empty();
        if !has_title {
            article.title = "Untitled".to_string();
            if !is_known {
                let help = "it is shown as “Untitled”; add \"title\": \"…\"".to_string();
                self.note(
                    Code::MissingTitle,
                    &place.path.name("title"),
                    place.start,
                    "a title",
                    "none".to_string(),
                    Some(help),
                );
            }
        }
        if article.id.is_empty() {
            article.id = slug(&article.title);
            if article.id.is_empty() {
                article.id = "article".to_string();
            }
            if !is_known {
                let help = [
                    "add \"id\": \"",
                    &article.id,
                    "\": an id made from the title changes with it",
                ]
                .concat();
                self.note(
                    Code::MissingId,
                    &place.path.name("id"),
                    place.start,
                    "an id",
                    "none".to_string(),
                    Some(help),
                );
            }
        } else if !is_slug(&article.id) {
            let found = describe(&Value::Text(article.id.clone()));
            let proposal = slug(&article.id);
            let help = (!proposal.is_empty()).then(|| ["write \"", &proposal, "\""].concat());
            self.note(
                Code::UnsafeId,
                &place.path.name("id"),
                id_at,
                "an id of letters, digits and hyphens",
                found,
                help,
            );
        }
    }

    fn extra(&mut self, value: Spanned, path: &Path) -> Vec<(String, Value)> {
        match value.value {
            Value::Null => Vec::new(),
            Value::Object(members) => members
                .into_iter()
                .map(|member| (member.name, member.value.value))
                .collect(),
            other => {
                let help = "write {\"name\": …}".to_string();
                self.note(
                    Code::WrongType,
                    path,
                    value.start,
                    "an object",
                    describe(&other),
                    Some(help),
                );
                Vec::new()
            }
        }
    }
}
