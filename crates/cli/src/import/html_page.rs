//! An article in a web page: [`read`].
//!
//! 1. its JSON-LD says what it can say (`json_ld`); `<meta>` elements fill what is missing;
//! 2. the text is `articleBody` of the JSON-LD, or else one element of the page, the first of these that there is: the
//!    element marked `itemprop="articleBody"`, the `<article>` with the most text in paragraphs, `<main>`, `<body>`;
//! 3. what stands outside of that element, and navigation, asides and footers in it, are told as left out.

use super::fields::Object;
use super::{
    Draft, Edition, Image, Imported, Losses, Person, Source, SourceFile, dates, html, ids, json_ld,
    sections,
};
use anyhow::{Result, bail};
use scraper::{ElementRef, Html};
use serde_json::Value;

/// What is furniture of the page, where it stands in an article, …
const FURNITURE: [&str; 3] = ["nav", "aside", "footer"];

/// … and where the whole page was taken.
const PAGE_FURNITURE: [&str; 4] = ["nav", "aside", "footer", "header"];

/// Reads a page.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let page = Page {
        html: html::parse(&source.text()),
    };
    let own = page.link("canonical").or_else(|| page.meta(&["og:url"]));
    let own = own
        .filter(|own| own.contains("://"))
        .or_else(|| source.base.clone());
    let source = SourceFile {
        base: own.clone(),
        ..source.clone()
    };
    let mut draft = match page.json_ld(own.as_deref(), losses) {
        Some((article, graph)) => {
            let mut draft = json_ld::read_article(&article, &graph, "JSON-LD", &source, losses);
            draft.canonical_url = draft.canonical_url.or_else(|| own.clone());
            draft.id = json_ld::id_of(&draft, &article);
            draft
        }
        None => Draft {
            canonical_url: own.clone(),
            ..Draft::default()
        },
    };
    page.fill_missing(&mut draft, own.as_deref(), losses);
    if draft.id.is_empty() {
        draft.id = ids::from(&[own.as_deref().unwrap_or_default(), &draft.title]);
    }
    let base = match page.first("base").and_then(|base| base.attr("href")) {
        Some(base) => Some(html::address::absolute(base, own.as_deref())),
        None => own,
    };
    if draft.sections.is_empty() {
        page.body(&mut draft, base.as_deref(), &source, losses);
    }
    if draft.title.is_empty() && draft.sections.is_empty() {
        bail!("there is no title and no text in it");
    }
    Ok(Imported {
        edition: Edition::default(),
        articles: vec![draft],
    })
}

/// A page as a tree of elements.
struct Page {
    html: Html,
}

impl Page {
    fn elements(&self) -> impl Iterator<Item = ElementRef<'_>> {
        self.html.tree.nodes().filter_map(ElementRef::wrap)
    }

    fn first(&self, name: &str) -> Option<ElementRef<'_>> {
        self.elements()
            .find(|element| element.value().name() == name)
    }

    fn link(&self, rel: &str) -> Option<String> {
        let mut links = self
            .elements()
            .filter(|element| element.value().name() == "link");
        let link = links.find(|link| {
            link.attr("rel")
                .is_some_and(|found| found.eq_ignore_ascii_case(rel))
        })?;
        link.attr("href").map(|href| href.trim().to_string())
    }

    /// The first `<meta>` of one of these names.
    fn meta(&self, names: &[&str]) -> Option<String> {
        names
            .iter()
            .find_map(|name| self.metas(name).into_iter().next())
    }

    fn metas(&self, name: &str) -> Vec<String> {
        let metas = self.elements().filter(|element| {
            matches!(element.value().name(), "meta" | "time")
                && ["property", "name", "itemprop"].iter().any(|attribute| {
                    element
                        .attr(attribute)
                        .is_some_and(|found| found.eq_ignore_ascii_case(name))
                })
        });
        metas
            .filter_map(|meta| meta.attr("content").or_else(|| meta.attr("datetime")))
            .map(|content| content.trim().to_string())
            .filter(|content| !content.is_empty())
            .collect()
    }

    /// The article that the page's JSON-LD describes; where there are several, that of this address.
    fn json_ld(&self, own: Option<&str>, losses: &mut Losses) -> Option<(Object, json_ld::Graph)> {
        let scripts = self.elements().filter(|element| {
            element.value().name() == "script"
                && element
                    .attr("type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
        });
        let mut found = Vec::new();
        let mut graph = json_ld::Graph::new();
        for (ix, script) in scripts.enumerate() {
            let text: String = script.text().collect();
            match super::source::json(json_inside(&text)) {
                Ok(value) => found.extend(json_ld::articles(&value, &mut graph)),
                Err(error) => losses.tell(
                    &format!("JSON-LD [{ix}]"),
                    "the data about the article",
                    &format!("it is damaged: {error}"),
                ),
            }
        }
        let is_own = |article: &Object| {
            let address = article.get("url").and_then(Value::as_str);
            address.is_some() && address == own
        };
        let ix = found.iter().position(is_own).unwrap_or(0);
        (ix < found.len()).then(|| (found.swap_remove(ix), graph))
    }

    /// What `<meta>` elements say and nothing else said.
    fn fill_missing(&self, draft: &mut Draft, base: Option<&str>, losses: &mut Losses) {
        let plain = |names: &[&str]| self.meta(names).map(|text| html::unescaped(&text));
        if draft.title.is_empty() {
            let own = self.first("title").map(|title| html::text_of(*title));
            draft.title = plain(&["og:title", "twitter:title"])
                .or(own)
                .unwrap_or_default();
        }
        if draft.summary.is_none() {
            draft.summary = plain(&["description", "og:description"])
                .map(|text| super::text_body::markdown(&text));
        }
        let mut date = |ours: &mut Option<String>, names: &[&str]| {
            if ours.is_none()
                && let Some(text) = self.meta(names)
            {
                *ours = dates::read(&text, names[0], losses);
            }
        };
        date(
            &mut draft.published,
            &["article:published_time", "datePublished", "date"],
        );
        date(
            &mut draft.updated,
            &["article:modified_time", "dateModified", "og:updated_time"],
        );
        if draft.authors.is_empty() {
            let names = [self.metas("author"), self.metas("article:author")].concat();
            draft.authors = names
                .into_iter()
                .filter(|name| !name.contains("://"))
                .map(|name| Person { name, url: None })
                .collect();
        }
        draft.category = draft
            .category
            .take()
            .or_else(|| plain(&["article:section"]));
        if draft.tags.is_empty() {
            draft.tags = self.metas("article:tag");
        }
        if draft.source.is_none() {
            draft.source = plain(&["og:site_name"]).map(|name| Source { name, url: None });
        }
        if draft.image.is_none() {
            draft.image = self.meta(&["og:image", "twitter:image"]).map(|src| Image {
                src: html::address::absolute(&src, base),
                alt: plain(&["og:image:alt", "twitter:image:alt"]),
                ..Image::default()
            });
        }
        if draft.language.is_none() {
            draft.language = self
                .first("html")
                .and_then(|html| html.attr("lang"))
                .map(String::from);
        }
    }

    fn body(
        &self,
        draft: &mut Draft,
        base: Option<&str>,
        source: &SourceFile,
        losses: &mut Losses,
    ) {
        let marked = self.elements().filter(|element| {
            element
                .attr("itemprop")
                .is_some_and(|names| names.split_whitespace().any(|name| name == "articleBody"))
        });
        let named = |name: &'static str| {
            self.elements()
                .filter(move |element| element.value().name() == name)
        };
        let choices: [Vec<ElementRef>; 4] = [
            marked.collect(),
            named("article").collect(),
            named("main").collect(),
            named("body").collect(),
        ];
        // Of several alike the first; one without a paragraph is a teaser or a mistake.
        let chosen = choices.iter().find_map(|choice| {
            let measured = choice
                .iter()
                .map(|element| (paragraph_length(*element), *element));
            let best = measured.fold(None, |best: Option<(usize, ElementRef)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            });
            best.filter(|(length, element)| *length > 0 || element.value().name() == "body")
        });
        let Some((_, element)) = chosen else { return };
        let name = element.value().name();
        let place = format!("<{name}>");
        if name != "body" {
            losses.tell(
                "<body>",
                &format!("everything outside of {}", html::describe(element)),
                "the article is taken to be there",
            );
        }
        let left_out: &'static [&'static str] = match name {
            "body" | "main" => &PAGE_FURNITURE,
            _ => &FURNITURE,
        };
        let document = html::document_of(*element, left_out, &place, base, losses);
        sections::fill(draft, document, &place, source.headings, losses);
    }
}

/// How many bytes of text stand in paragraphs of an element.
fn paragraph_length(element: ElementRef) -> usize {
    let inner = element.descendants().filter_map(ElementRef::wrap);
    let paragraphs = inner.filter(|inner| inner.value().name() == "p");
    paragraphs.map(|p| html::text_of(*p).len()).sum()
}

/// JSON without the marks that hide it from old browsers.
fn json_inside(text: &str) -> &str {
    let text = text.trim();
    let text = ["//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "<!--"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text);
    let text = text.trim_end();
    let text = ["//]]>", "/*]]>*/", "]]>", "-->"]
        .iter()
        .find_map(|mark| text.strip_suffix(mark))
        .unwrap_or(text);
    text.trim().trim_end_matches(';')
}

#[cfg(test)]
mod tests;
