//! Atom 1.0 (RFC 4287): [`write()`].
//!
//! Atom has no days, only moments: a date without a time is written as its midnight in UTC, and the day itself beside it as
//! `dcterms:issued` or `dcterms:modified`, by which the import finds it again.

use super::{Feed, moment};
use crate::build::escape::{attribute, text};
use crate::build::{Entry, paths};
use article::{Date, html};
use std::io::{self, Write};

/// Writes a feed of these entries, in their order. `changed` is the newest change of all of them
/// ([`newest_change`](super::newest_change)), which Atom wants to stand first.
pub fn write<'a>(
    feed: &Feed,
    changed: Option<Date>,
    entries: impl IntoIterator<Item = Entry<'a>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let site = feed.site;
    out.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")?;
    out.write_all(
        b"<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dcterms=\"http://purl.org/dc/terms/\"",
    )?;
    if let Some(language) = &site.language {
        write!(out, " xml:lang=\"{}\"", attribute(language))?;
    }
    if let Some(base) = site.address("") {
        write!(out, " xml:base=\"{}\"", attribute(&base))?;
    }
    out.write_all(b">\n")?;
    element(out, "title", feed.title)?;
    if let Some(description) = &site.description {
        element(out, "subtitle", description)?;
    }
    element(out, "id", &feed.id_of(feed.path))?;
    element(out, "updated", &updated(changed))?;
    let addresses = feed.addresses();
    link(
        out,
        "self",
        "application/atom+xml",
        &addresses.path(feed.path),
    )?;
    link(out, "alternate", "text/html", &addresses.path(feed.home))?;
    element(out, "icon", &addresses.path("icon.svg"))?;
    // An entry without authors has those of its feed, and one of the two must have some.
    person(out, &site.title, site.address(""))?;
    for entry in entries {
        write_entry(feed, &entry, out)?;
    }
    out.write_all(b"</feed>\n")
}

fn write_entry(feed: &Feed, entry: &Entry, out: &mut dyn Write) -> io::Result<()> {
    let article = entry.article;
    let addresses = feed.addresses();
    let path = paths::article(&article.id);
    out.write_all(b"<entry")?;
    if let Some(language) = entry
        .language
        .filter(|tag| feed.site.language.as_deref() != Some(tag))
    {
        write!(out, " xml:lang=\"{}\"", attribute(language))?;
    }
    out.write_all(b">\n")?;
    element(out, "title", &article.title)?;
    element(out, "id", &feed.id_of(&path))?;
    link(out, "alternate", "text/html", &addresses.path(&path))?;
    if let Some(published) = article.published {
        element(out, "published", &moment(published))?;
        day(out, "dcterms:issued", published)?;
    }
    element(out, "updated", &updated(entry.changed()))?;
    if let Some(updated) = article.updated {
        day(out, "dcterms:modified", updated)?;
    }
    for author in &article.authors {
        let page = author.url.as_ref().map(|url| addresses.of(url));
        person(out, &author.name, page)?;
    }
    for term in article.category.iter().chain(&article.tags) {
        writeln!(out, "<category term=\"{}\"/>", attribute(term))?;
    }
    if !entry.excerpt.is_empty() {
        element(out, "summary", entry.excerpt)?;
    }
    let content = html(&feed.content(article), "");
    writeln!(out, "<content type=\"html\">{}</content>", text(&content))?;
    out.write_all(b"</entry>\n")
}

/// The newest change. An edition without dates has been as it is since the beginning.
fn updated(changed: Option<Date>) -> String {
    changed.map_or_else(|| "1970-01-01T00:00:00Z".to_string(), moment)
}

fn element(out: &mut dyn Write, name: &str, content: &str) -> io::Result<()> {
    writeln!(out, "<{name}>{}</{name}>", text(content))
}

fn day(out: &mut dyn Write, name: &str, date: Date) -> io::Result<()> {
    match date.time {
        None => element(out, name, &date.to_string()),
        Some(_) => Ok(()),
    }
}

fn link(out: &mut dyn Write, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    let href = attribute(href);
    writeln!(out, "<link rel=\"{rel}\" type=\"{kind}\" href=\"{href}\"/>")
}

fn person(out: &mut dyn Write, name: &str, page: Option<String>) -> io::Result<()> {
    write!(out, "<author><name>{}</name>", text(name))?;
    if let Some(page) = page {
        write!(out, "<uri>{}</uri>", text(&page))?;
    }
    out.write_all(b"</author>\n")
}

#[cfg(test)]
mod tests;
