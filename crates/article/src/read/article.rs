//! The fields of an article: [`Reader::article`].

use super::fields::ARTICLE;
use super::slug::is_slug;
use super::values::Kind;
use super::{Path, Reader, slug};
use crate::json::{Member, Spanned, Value, describe};
use crate::model::Article;
use crate::problem::Severity::{Error, Warning};

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
        // Title and id first: the problems with them come first, and all others can name the article.
        let is_name = |member: &Member| matches!(&*member.name, "title" | "id");
        let (names, others): (Vec<_>, Vec<_>) = members.into_iter().partition(is_name);
        for Member { name, value, .. } in names {
            let _ = self.field(&mut article, &name, value, &path.name(&name));
        }
        self.complete_names(
            &mut article,
            place,
            place.is_part || self.problems.count > n_problems,
        );
        let mut unknown = Vec::new();
        for Member {
            name,
            name_start,
            value,
        } in others
        {
            if let Err(value) = self.field(&mut article, &name, value, &path.name(&name)) {
                unknown.push((name, name_start, value));
            }
        }
        for (name, name_start, value) in unknown {
            self.unknown(&name, name_start, path, &ARTICLE);
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
    pub(super) fn complete_names(&mut self, article: &mut Article, place: Named, is_known: bool) {
        let has_title = !article.title.is_empty();
        if !has_title {
            article.title = "Untitled".to_string();
            if !is_known {
                let help = "it is shown as “Untitled”; add \"title\": \"…\"".to_string();
                self.note(
                    Error,
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
                    Error,
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
                Warning,
                &place.path.name("id"),
                place.start,
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
                    Error,
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
