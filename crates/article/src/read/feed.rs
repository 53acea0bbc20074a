//! An item of a JSON Feed, version 1.0 or 1.1, as an article: [`Reader::item_field`], [`Reader::complete_item`].
//!
//! 1. Each member goes to the field of an article that it means; a problem with it names the member.
//! 2. Plain text becomes Markdown that shows it as it was written ([`as_markdown`]).
//! 3. The members of `_offprint` are fields of an article, and win.
//! 4. What no item needs, but an article does, is made: an id that an address can hold, a title.

use super::fields::ARTICLE;
use super::slug::{is_slug, slug};
use super::values::Kind::Markdown;
use super::{Path, Reader};
use crate::content::excerpt;
use crate::json::{Member, Spanned, Value};
use crate::letters::hash;
use crate::model::{Article, Author, Image, Section, Source};
use crate::url::SafeUrl;

/// An item without a title gets so many characters of its text.
const TITLE_MAX: usize = 70;

impl Reader<'_> {
    /// Reads a member of an item into the article; gives the value back if it is none, or belongs to the end.
    pub(super) fn item_field(
        &mut self,
        article: &mut Article,
        name: &str,
        mut value: Spanned,
        path: &Path,
    ) -> Result<(), Spanned> {
        let field = match name {
            "url" => "canonical_url",
            "date_published" => "published",
            "date_modified" => "updated",
            "title" | "tags" | "language" => name,
            "id" => {
                plain_id(&mut value.value);
                name
            }
            "summary" => {
                if let Value::Text(text) = &mut value.value {
                    *text = as_markdown(text);
                }
                name
            }
            "content_text" => {
                article.sections.clear();
                if let Some(text) = self.text(value, path, Markdown) {
                    let (heading, body) = (None, as_markdown(&text));
                    article.sections.push(Section { heading, body });
                }
                return Ok(());
            }
            "content_html" => return Ok(()),
            "external_url" => {
                article.source = self.link(value, path).map(publisher);
                return Ok(());
            }
            "image" | "banner_image" => {
                let src = self.image_url(value, path);
                if name == "image" || article.image.is_none() {
                    article.image = src.map(picture);
                }
                return Ok(());
            }
            "author" | "authors" => {
                self.byline(&mut article.authors, value, path);
                return Ok(());
            }
            _ => "",
        };
        self.field(article, field, value, path)
    }

    /// What an item has for an article's fields in `_offprint` wins, and what it lacks is made.
    pub(super) fn complete_item(&mut self, article: &mut Article, own: Vec<Member>, path: &Path) {
        let path = &path.name("_offprint");
        for Member {
            name,
            name_start,
            value,
        } in own
        {
            if let Err(value) = self.field(article, &name, value, &path.name(&name)) {
                self.unknown(&name, name_start, path, &ARTICLE);
                article.unknown.push((name, value.value));
            }
        }
        if article.title.is_empty() {
            article.title = excerpt(article, TITLE_MAX);
        }
        if let (true, Some(url)) = (article.title.is_empty(), &article.canonical_url) {
            article.title = url.as_str().to_string();
        }
    }

    /// `authors`, or the one `author` of version 1.0, which counts where there are no others.
    pub(crate) fn byline(&mut self, authors: &mut Vec<Author>, mut value: Spanned, path: &Path) {
        complete_authors(&mut value);
        if let Value::Object(_) = value.value {
            if let (Some((name, url)), true) = (self.person(value, path), authors.is_empty()) {
                authors.push(Author { name, url });
            }
        } else {
            let list = self.authors(value, path);
            if !list.is_empty() {
                *authors = list;
            }
        }
    }
}

/// An id that can stand in an address: most feeds have addresses for ids. What tells one from another goes into a
/// number behind it, so that it stays what it is wherever in the feed its item stands.
fn plain_id(value: &mut Value) {
    if let Value::Number(id) = value {
        *value = Value::Text(std::mem::take(id));
    } else if let Value::Text(id) = value {
        let text = id.trim();
        if !is_slug(text) {
            let end = text.trim_end_matches('/');
            let name = slug(&end[end.rfind('/').map_or(0, |slash| slash + 1)..]);
            *id = [&name, "-", &hash(text).to_string()].concat();
        }
    }
}

/// An author of a feed needs no name, and may have a picture, which is not shown.
fn complete_authors(value: &mut Spanned) {
    match &mut value.value {
        Value::List(list) => list.iter_mut().for_each(complete_authors),
        Value::Object(members) => {
            for member in &mut *members {
                if member.name == "avatar" {
                    member.name.insert(0, '_');
                }
            }
            let find = |name: &str| members.iter().find(|member| member.name == name);
            if let (None, Some(url)) = (find("name"), find("url")) {
                let mut name = url.clone();
                name.name = "name".to_string();
                members.push(name);
            }
        }
        _ => {}
    }
}

fn picture(src: SafeUrl) -> Image {
    Image {
        src,
        alt: None,
        caption: None,
        credit: None,
        width: None,
        height: None,
        srcset: Vec::new(),
    }
}

/// Who stands behind an address: its host.
fn publisher(url: SafeUrl) -> Source {
    let text = url.as_str();
    let host = text.split_once(':').map_or(text, |(_, rest)| rest);
    let host = host.trim_start_matches('/');
    let end = host.find(['/', '?', '#']).unwrap_or(host.len());
    Source {
        name: host[..end].to_string(),
        url: Some(url),
    }
}

/// Markdown that shows a plain text as it is: every sign that could mean something has a backslash before it, and so has
/// every line break that does not divide paragraphs. Each line begins at the margin: CommonMark would take the depth of
/// its first character for a meaning.
fn as_markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + text.len() / 8);
    let mut n_breaks = 0;
    for line in text.lines().map(str::trim) {
        if !line.is_empty() {
            markdown.push_str(match n_breaks {
                0 => "",
                1 => "\\\n",
                _ => "\n\n",
            });
            n_breaks = 0;
            for c in line.chars() {
                // These are never the first sign of anything.
                if c.is_ascii_punctuation()
                    && !matches!(c, '\'' | '"' | ',' | ';' | '?' | '/' | '%')
                {
                    markdown.push('\\');
                }
                markdown.push(if c.is_ascii_control() { ' ' } else { c });
            }
        }
        n_breaks += usize::from(!markdown.is_empty());
    }
    markdown
}
