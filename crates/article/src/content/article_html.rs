//! A whole article as HTML text: [`article_html`], for whoever has no reader on the page.
//!
//! The parts, their order and their headings are those of the reader's page (`src/ui/article_body.rs`); what stands in
//! them is written by the writer of `html`. There are no classes, no styles and no scripts in it.

use super::article::ArticleContent;
use super::html::Writer;
use super::tree::{Block, Document};
use crate::date::Date;
use crate::model::{Article, Author, Image, Related};
use crate::url::SafeUrl;
use crate::{direction, part};

/// What an article does not say itself.
pub struct HtmlSettings<'a> {
    /// The address that relative addresses start from; empty leaves them as they are.
    pub base: &'a str,
    /// The language of an article that names none.
    pub language: Option<&'a str>,
    /// A date in words, in the language that was settled upon.
    pub date: &'a dyn Fn(&Date, &str) -> String,
}

impl Default for HtmlSettings<'_> {
    fn default() -> Self {
        HtmlSettings {
            base: "",
            language: None,
            date: &|date, _| date.to_string(),
        }
    }
}

/// An article as HTML: one `<article>`, its title in an `<h1>`, its parts in sections under an `<h2>` each. It is safe
/// wherever markup may stand: there is no element or address in it that a content tree has no place for.
pub fn article_html(article: &Article, settings: &HtmlSettings<'_>) -> String {
    let content = ArticleContent::of(article);
    let language = article.language.as_deref().or(settings.language);
    let mut page = Page {
        writer: Writer::new(settings.base),
        settings,
        language: language.unwrap_or("en"),
    };
    let dir = direction::of(language);
    page.writer
        .open("article", &[("lang", language), ("dir", Some(dir))]);
    page.head(article);
    page.body(article, &content);
    page.related(&article.related);
    page.writer.raw("</article>\n");
    page.writer.out
}

struct Page<'a> {
    writer: Writer<'a>,
    settings: &'a HtmlSettings<'a>,
    language: &'a str,
}

impl Page<'_> {
    fn head(&mut self, article: &Article) {
        self.writer.raw("\n<header>\n");
        self.line("p", article.category.as_deref());
        self.line("h1", Some(&article.title));
        self.line("p", article.subtitle.as_deref());
        self.byline(article);
        self.writer.raw("</header>\n");
    }

    fn byline(&mut self, article: &Article) {
        let start = self.writer.out.len();
        if !article.authors.is_empty() {
            self.writer.raw("<li>By ");
            for (ix, author) in article.authors.iter().enumerate() {
                if ix > 0 {
                    self.writer.raw(", ");
                }
                self.author(author);
            }
            self.writer.raw("</li>\n");
        }
        for (label, date) in [("", &article.published), ("Updated ", &article.updated)] {
            if let Some(date) = date {
                self.writer.raw("<li>");
                self.writer.raw(label);
                self.date(date);
                self.writer.raw("</li>\n");
            }
        }
        if let Some(source) = &article.source {
            self.writer.raw("<li>");
            self.link(source.url.as_ref(), None, &source.name);
            self.writer.raw("</li>\n");
        }
        if let Some(url) = &article.canonical_url {
            self.writer.raw("<li>");
            self.link(Some(url), None, "Original article");
            self.writer.raw("</li>\n");
        }
        if self.writer.out.len() > start {
            self.writer.out.insert_str(start, "<ul>\n");
            self.writer.raw("</ul>\n");
        }
    }

    fn author(&mut self, author: &Author) {
        self.link(author.url.as_ref(), Some("author"), &author.name);
    }

    fn date(&mut self, date: &Date) {
        let exact = date.to_string();
        let words = (self.settings.date)(date, self.language);
        self.text("time", &[("datetime", Some(&exact))], &words);
    }

    fn body(&mut self, article: &Article, content: &ArticleContent) {
        if let Some(image) = &article.image {
            self.image(image, content.image_caption.as_ref());
        }
        self.part("summary", part::SUMMARY, content.summary.as_ref());
        self.list("key-points", part::KEY_POINTS, &content.key_points);
        for section in &content.sections {
            self.writer.raw("<section>\n");
            if let Some(heading) = &section.heading {
                self.text("h2", &[("id", Some(&section.id))], heading);
                self.writer.raw("\n");
            }
            self.writer.blocks(&section.body.blocks);
            self.writer.raw("</section>\n");
        }
        self.list("risks", part::RISKS, &content.risks);
        self.part("disclosure", part::DISCLOSURE, content.disclosure.as_ref());
        if !content.corrections.is_empty() {
            self.open_part("corrections", part::CORRECTIONS);
            self.writer.raw("<ul>\n");
            for (day, text) in &content.corrections {
                self.writer.raw("<li>");
                if let Some(day) = day {
                    self.date(day);
                    self.writer.raw(" ");
                }
                self.phrase(text);
                self.writer.raw("</li>\n");
            }
            self.writer.raw("</ul>\n</section>\n");
        }
        if !content.footnotes.is_empty() {
            self.open_part("notes", part::NOTES);
            self.writer.notes(&content.footnotes);
            self.writer.raw("</section>\n");
        }
    }

    /// The lead picture, with its space kept free before it is there.
    fn image(&mut self, image: &Image, caption: Option<&Document>) {
        self.writer.raw("<figure>");
        let base = self.settings.base;
        let (width, height) = (image.width, image.height);
        let (width, height) = (width.map(|w| w.to_string()), height.map(|h| h.to_string()));
        let srcset = image.candidates(base);
        let attributes = [
            ("src", Some(&*image.src.resolve(base))),
            ("srcset", srcset.as_deref()),
            ("sizes", srcset.as_ref().map(|_| "100vw")),
            ("alt", Some(image.alt.as_deref().unwrap_or_default())),
            ("width", width.as_deref()),
            ("height", height.as_deref()),
        ];
        self.writer.open("img", &attributes);
        if caption.is_some() || image.credit.is_some() {
            self.writer.raw("<figcaption>");
            if let Some(caption) = caption {
                self.phrase(caption);
                self.writer.raw(" ");
            }
            if let Some(credit) = &image.credit {
                self.text("small", &[], credit);
            }
            self.writer.raw("</figcaption>");
        }
        self.writer.raw("</figure>\n");
    }

    /// What has a title can be shown; an id means something in a collection alone.
    fn related(&mut self, related: &[Related]) {
        if related.iter().all(|related| related.title.is_none()) {
            return;
        }
        self.open_part("related", part::RELATED);
        self.writer.raw("<ul>\n");
        for related in related {
            let Some(title) = &related.title else {
                continue;
            };
            self.writer.raw("<li>");
            self.link(related.url.as_ref(), None, title);
            self.line("p", related.excerpt.as_deref());
            self.writer.raw("</li>\n");
        }
        self.writer.raw("</ul>\n</section>\n");
    }

    fn part(&mut self, name: &str, heading: &str, text: Option<&Document>) {
        if let Some(text) = text {
            self.open_part(name, heading);
            self.writer.blocks(&text.blocks);
            self.writer.raw("</section>\n");
        }
    }

    fn list(&mut self, name: &str, heading: &str, points: &[Document]) {
        if points.is_empty() {
            return;
        }
        self.open_part(name, heading);
        self.writer.raw("<ul>\n");
        for point in points {
            self.writer.raw("<li>");
            self.phrase(point);
            self.writer.raw("</li>\n");
        }
        self.writer.raw("</ul>\n</section>\n");
    }

    fn open_part(&mut self, name: &str, heading: &str) {
        let id = ["op-", name].concat();
        self.writer
            .open("section", &[("aria-labelledby", Some(&id))]);
        self.writer.raw("\n");
        self.text("h2", &[("id", Some(&id)), ("lang", Some("en"))], heading);
        self.writer.raw("\n");
    }

    /// A document of one paragraph without that paragraph's element.
    fn phrase(&mut self, document: &Document) {
        match document.blocks.as_slice() {
            [Block::Paragraph(content)] => self.writer.inlines(content),
            blocks => self.writer.blocks(blocks),
        }
    }

    fn link(&mut self, url: Option<&SafeUrl>, rel: Option<&str>, text: &str) {
        match url {
            Some(url) => {
                let href = url.resolve(self.settings.base);
                self.text("a", &[("href", Some(&href)), ("rel", rel)], text);
            }
            None => self.writer.escaped(text),
        }
    }

    fn line(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, &[], text);
            self.writer.raw("\n");
        }
    }

    /// An element that holds a plain text.
    fn text(&mut self, name: &str, attributes: &[(&str, Option<&str>)], text: &str) {
        self.writer.open(name, attributes);
        self.writer.escaped(text);
        self.writer.close(name);
    }
}
