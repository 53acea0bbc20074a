//! An item of a JSON Feed, version 1.0 or 1.1, as an article: [`Reader::item`].
//!
//! 1. Each member goes to the field of an article that it means; a problem with it names the member.
//! 2. Plain text becomes Markdown that shows it as it was written ([`as_markdown`]).
//! 3. The members of `_offprint` are fields of an article, and win.
//! 4. What no item needs, but an article does, is made: an id that an address can hold, a title.

use super::fields::{ARTICLE, ITEM};
use super::slug::{is_slug, slug};
use super::values::Kind::{Markdown, Plain};
use super::{Named, Path, Reader};
use crate::content::excerpt;
use crate::json::{Member, Spanned, Value, describe};
use crate::letters::hash;
use crate::model::{Article, Author, Image, Section, Source};
use crate::problem::Severity::{Error, Warning};
use crate::url::SafeUrl;

/// An item without a title gets so many characters of its text.
const TITLE_MAX: usize = 70;

/// An item of a feed, read.
pub(crate) struct Item {
    pub(crate) article: Article,
    /// Where its `content_html` begins, if its text is nowhere else.
    pub(crate) html_at: Option<u32>,
}

impl Reader<'_> {
    /// Reads an item of a feed from the members of its object.
    pub(crate) fn item(&mut self, members: Vec<Member>, place: Named) -> Item {
        let mut article = Article::default();
        let path = place.path;
        let mut is_known = place.is_part;
        let (mut own, mut html_at, mut banner) = (Vec::new(), None, None);
        for Member {
            name,
            name_start,
            value,
        } in members
        {
            let at = &path.name(&name);
            let start = value.start;
            let is_name = matches!(&*name, "id" | "title");
            let n_problems = self.problems.count;
            match &*name {
                "id" => article.id = self.item_id(value, at),
                "title" => article.title = self.plain(value, at).unwrap_or_default(),
                "url" => article.canonical_url = self.link(value, at),
                "external_url" => article.source = self.link(value, at).map(publisher),
                "date_published" => article.published = self.date(value, at),
                "date_modified" => article.updated = self.date(value, at),
                "tags" => article.tags = self.texts(value, at, Plain),
                "language" => article.language = self.language(value, at),
                "author" | "authors" => self.byline(&mut article.authors, &name, value, at),
                "image" => article.image = self.image_url(value, at).map(picture),
                "banner_image" => banner = self.image_url(value, at).map(picture),
                "summary" => {
                    article.summary = self.plain(value, at).map(|text| as_markdown(&text));
                }
                "content_text" => {
                    let text = self.text(value, at, Markdown);
                    let section = |text: String| Section {
                        heading: None,
                        body: as_markdown(&text),
                    };
                    article.sections = text.map(section).into_iter().collect();
                }
                "content_html" => html_at = self.text(value, at, Markdown).map(|_| start),
                "_offprint" => match value.value {
                    Value::Object(members) => own = members,
                    Value::Null => {}
                    other => {
                        let expected = "an object with fields of an article";
                        self.note(Error, at, start, expected, describe(&other), None);
                    }
                },
                "attachments" => {
                    let found = "attachments, which are not shown".to_string();
                    self.note(Warning, at, start, "text and pictures", found, None);
                    article.unknown.push((name, value.value));
                }
                _ => {
                    self.unknown(&name, name_start, path, &ITEM);
                    article.unknown.push((name, value.value));
                }
            }
            // What is wrong with a name is told once.
            is_known |= is_name && self.problems.count > n_problems;
        }
        article.image = article.image.or(banner);
        let own_path = &path.name("_offprint");
        for Member {
            name,
            name_start,
            value,
        } in own
        {
            if let Err(value) = self.field(&mut article, &name, value, &own_path.name(&name)) {
                self.unknown(&name, name_start, own_path, &ARTICLE);
                article.unknown.push((name, value.value));
            }
        }
        if article.title.is_empty() {
            article.title = excerpt(&article, TITLE_MAX);
        }
        if let (true, Some(url)) = (article.title.is_empty(), &article.canonical_url) {
            article.title = url.as_str().to_string();
        }
        self.complete_names(&mut article, place, is_known);
        if !article.sections.is_empty() {
            html_at = None;
        }
        Item { article, html_at }
    }

    /// `authors`, or the one `author` of version 1.0, which counts where there are no others.
    pub(crate) fn byline(
        &mut self,
        authors: &mut Vec<Author>,
        name: &str,
        mut value: Spanned,
        path: &Path,
    ) {
        complete_authors(&mut value);
        if name == "authors" {
            let list = self.authors(value, path);
            if !list.is_empty() {
                *authors = list;
            }
        } else if let Some((name, url)) = self.person(value, path)
            && authors.is_empty()
        {
            authors.push(Author { name, url });
        }
    }

    /// An id that can stand in an address: most feeds have addresses for ids. What tells one from another goes into a
    /// number behind it, so that it stays what it is wherever in the feed its item stands.
    fn item_id(&mut self, value: Spanned, path: &Path) -> String {
        let id = match value.value {
            Value::Number(number) => number,
            _ => self.text(value, path, Plain).unwrap_or_default(),
        };
        if is_slug(&id) {
            return id;
        }
        let end = id.trim_end_matches('/');
        let name = slug(&end[end.rfind('/').map_or(0, |slash| slash + 1)..]);
        let number = hash(&id).to_string();
        if name.is_empty() {
            number
        } else {
            [&name, "-", &number].concat()
        }
    }
}

/// An author of a feed needs no name, and may have a picture, which is not shown.
fn complete_authors(value: &mut Spanned) {
    match &mut value.value {
        Value::List(list) => list.iter_mut().for_each(complete_authors),
        Value::Object(members) => {
            members.retain(|member| member.name != "avatar");
            if let [url] = &**members
                && url.name == "url"
            {
                let name = "name".to_string();
                members.push(Member {
                    name,
                    ..url.clone()
                });
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
    let host = text.split("//").nth(1).unwrap_or(text);
    let host = host.split(['/', '?', '#']).next().unwrap_or(host);
    Source {
        name: host.trim_start_matches("www.").to_string(),
        url: Some(url),
    }
}

/// Markdown that shows a plain text as it is: every sign that could mean something has a backslash before it, and so has
/// every line break that does not divide paragraphs. Each line begins at the margin: CommonMark would take the depth of
/// its first character for a meaning.
pub(crate) fn as_markdown(text: &str) -> String {
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
