//! The fields of an article: [`Reader::article`].

use super::fields::ARTICLE;
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
}

impl Reader<'_> {
    /// Reads an article from the members of its object.
    pub(crate) fn article(&mut self, members: Vec<Member>, place: Named) -> Article {
        let mut article = Article::default();
        let path = place.path;
        let n_problems = self.problems.count;
        let mut id_at = place.start;
        let mut unknown = Vec::new();
        // Title and id first: the problems with them come first, and all others can name the article.
        let mut others = Vec::with_capacity(members.len());
        for Member {
            name,
            name_start,
            value,
        } in members
        {
            match &*name {
                "title" => {
                    article.title = self
                        .text(value, &path.name("title"), Kind::Plain)
                        .unwrap_or_default()
                }
                "id" => {
                    id_at = value.start;
                    article.id = self
                        .text(value, &path.name("id"), Kind::Plain)
                        .unwrap_or_default()
                }
                _ => others.push(Member {
                    name,
                    name_start,
                    value,
                }),
            }
        }
        self.complete_names(
            &mut article,
            place,
            id_at,
            place.is_part || self.problems.count > n_problems,
        );
        for Member {
            name,
            name_start,
            value,
        } in others
        {
            let path = &path.name(&name);
            match &*name {
                "subtitle" => article.subtitle = self.text(value, path, Kind::Plain),
                "published" => article.published = self.date(value, path),
                "updated" => article.updated = self.date(value, path),
                "category" => article.category = self.text(value, path, Kind::Plain),
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
                _ => unknown.push(Member {
                    name,
                    name_start,
                    value,
                }),
            }
        }
        for Member {
            name,
            name_start,
            value,
        } in unknown
        {
            self.unknown(&name, name_start, path, &ARTICLE);
            article.unknown.push((name, value.value));
        }
        article
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
