//! The parts of an article that are objects themselves.

use super::fields::{CANDIDATE, CORRECTION, Fields, IMAGE, PERSON, RELATED, SECTION};
use super::values::Kind::{Markdown, Plain};
use super::{Path, Reader};
use crate::code::Code;
use crate::json::{Member, Spanned, Value};
use crate::model::{Author, Correction, Image, ImageCandidate, Related, Section, Source};
use crate::url::SafeUrl;

impl Reader<'_> {
    pub(super) fn authors(&mut self, value: Spanned, path: &Path) -> Vec<Author> {
        let list = self.list(value, path, "a list of authors");
        let authors = list.into_iter().enumerate().filter_map(|(ix, item)| {
            let (name, url) = self.person(item, &path.index(ix))?;
            Some(Author { name, url })
        });
        authors.collect()
    }

    pub(super) fn source(&mut self, value: Spanned, path: &Path) -> Option<Source> {
        let (name, url) = self.person(value, path)?;
        Some(Source { name, url })
    }

    pub(super) fn person(
        &mut self,
        value: Spanned,
        path: &Path,
    ) -> Option<(String, Option<SafeUrl>)> {
        let start = value.start;
        let members = self.object(value, path, &PERSON, "name")?;
        let (mut name, mut url) = (None, None);
        for Member {
            name: field,
            name_start,
            value,
        } in members
        {
            match &*field {
                "name" => name = self.text(value, &path.name("name"), Plain),
                "url" => url = self.link(value, &path.name("url")),
                _ => self.unknown(&field, name_start, path, &PERSON),
            }
        }
        if name.is_none() {
            self.missing(path, start, "name", &PERSON);
            // The address says at least something.
            name = Some(url.as_ref()?.as_str().to_string());
        }
        Some((name?, url))
    }

    pub(super) fn image(&mut self, value: Spanned, path: &Path) -> Option<Image> {
        let start = value.start;
        let members = self.object(value, path, &IMAGE, "src")?;
        let n_problems = self.problems.count;
        let (mut src, mut alt, mut caption, mut credit) = (None, None, None, None);
        let (mut width, mut height, mut srcset) = (None, None, Vec::new());
        for Member {
            name,
            name_start,
            value,
        } in members
        {
            let at = &path.name(&name);
            match &*name {
                "src" => src = self.image_url(value, at),
                "alt" => alt = self.text(value, at, Plain),
                "caption" => caption = self.text(value, at, Markdown),
                "credit" => credit = self.text(value, at, Plain),
                "width" => width = self.size(value, at),
                "height" => height = self.size(value, at),
                "srcset" => srcset = self.srcset(value, at),
                _ => self.unknown(&name, name_start, path, &IMAGE),
            }
        }
        if src.is_none() && self.problems.count == n_problems {
            self.missing(path, start, "src", &IMAGE);
        }
        Some(Image {
            src: src?,
            alt,
            caption,
            credit,
            width,
            height,
            srcset,
        })
    }

    fn srcset(&mut self, value: Spanned, path: &Path) -> Vec<ImageCandidate> {
        let mut candidates = Vec::new();
        for (ix, item) in self
            .list(value, path, "a list of images")
            .into_iter()
            .enumerate()
        {
            let path = &path.index(ix);
            let start = item.start;
            let Some(members) = self.object(item, path, &CANDIDATE, "src") else {
                continue;
            };
            let n_problems = self.problems.count;
            let (mut src, mut width) = (None, None);
            for Member {
                name,
                name_start,
                value,
            } in members
            {
                match &*name {
                    "src" => src = self.image_url(value, &path.name("src")),
                    "width" => width = self.size(value, &path.name("width")),
                    _ => self.unknown(&name, name_start, path, &CANDIDATE),
                }
            }
            match (src, width) {
                (Some(src), Some(width)) => candidates.push(ImageCandidate { src, width }),
                _ if self.problems.count > n_problems => {}
                (None, _) => self.missing(path, start, "src", &CANDIDATE),
                _ => self.missing(path, start, "width", &CANDIDATE),
            }
        }
        candidates
    }

    pub(super) fn sections(&mut self, value: Spanned, path: &Path) -> Vec<Section> {
        let mut sections = Vec::new();
        for (ix, item) in self
            .list(value, path, "a list of sections")
            .into_iter()
            .enumerate()
        {
            let path = &path.index(ix);
            let Some(members) = self.object(item, path, &SECTION, "body") else {
                continue;
            };
            let (mut heading, mut body) = (None, None);
            for Member {
                name,
                name_start,
                value,
            } in members
            {
                match &*name {
                    "heading" => heading = self.text(value, &path.name("heading"), Plain),
                    "body" => body = self.text(value, &path.name("body"), Markdown),
                    _ => self.unknown(&name, name_start, path, &SECTION),
                }
            }
            if heading.is_some() || body.is_some() {
                sections.push(Section {
                    heading,
                    body: body.unwrap_or_default(),
                });
            }
        }
        sections
    }

    pub(super) fn corrections(&mut self, value: Spanned, path: &Path) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for (ix, item) in self
            .list(value, path, "a list of corrections")
            .into_iter()
            .enumerate()
        {
            let path = &path.index(ix);
            let start = item.start;
            let Some(members) = self.object(item, path, &CORRECTION, "text") else {
                continue;
            };
            let (mut date, mut text) = (None, None);
            for Member {
                name,
                name_start,
                value,
            } in members
            {
                match &*name {
                    "date" => date = self.date(value, &path.name("date")),
                    "text" => text = self.text(value, &path.name("text"), Markdown),
                    _ => self.unknown(&name, name_start, path, &CORRECTION),
                }
            }
            match text {
                Some(text) => corrections.push(Correction { date, text }),
                None => self.missing(path, start, "text", &CORRECTION),
            }
        }
        corrections
    }

    pub(super) fn related(&mut self, value: Spanned, path: &Path) -> Vec<Related> {
        let mut related = Vec::new();
        for (ix, item) in self
            .list(value, path, "a list of related articles")
            .into_iter()
            .enumerate()
        {
            let path = &path.index(ix);
            let start = item.start;
            let is_title = matches!(&item.value, Value::Text(text) if text.trim().contains(' '));
            let text_as = if is_title { "title" } else { "id" };
            let Some(members) = self.object(item, path, &RELATED, text_as) else {
                continue;
            };
            let mut one = Related {
                id: None,
                title: None,
                excerpt: None,
                url: None,
            };
            for Member {
                name,
                name_start,
                value,
            } in members
            {
                match &*name {
                    "id" => one.id = self.text(value, &path.name("id"), Plain),
                    "title" => one.title = self.text(value, &path.name("title"), Plain),
                    "excerpt" => one.excerpt = self.text(value, &path.name("excerpt"), Plain),
                    "url" => one.url = self.link(value, &path.name("url")),
                    _ => self.unknown(&name, name_start, path, &RELATED),
                }
            }
            if one.id.is_none() && one.title.is_none() {
                self.missing(path, start, "id` or `title", &RELATED);
            }
            if one.id.is_some() || one.title.is_some() || one.url.is_some() {
                related.push(one);
            }
        }
        related
    }

    fn missing(&mut self, path: &Path, at: u32, name: &str, fields: &Fields) {
        let expected = [fields.of, " with `", name, "`"].concat();
        self.note(
            Code::MissingField,
            path,
            at,
            &expected,
            "none".to_string(),
            Some(["add `", name, "`"].concat()),
        );
    }
}
