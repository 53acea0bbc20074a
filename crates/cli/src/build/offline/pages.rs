//! The pages for when there is no network: [`saved`] and [`offline`].

use super::super::compress::Effort;
use super::super::escape::{attribute, text};
use super::super::frame::{Frame, Page};
use super::super::head::{About, Head};
use super::super::output::Output;
use super::super::print::Printer;
use super::super::site::Site;
use super::Kept;
use anyhow::Result;

/// The page of what was saved, by its address.
pub const SAVED: &str = "saved/";

/// What these pages are made of.
#[derive(Clone, Copy)]
pub struct Pages<'a> {
    /// The site.
    pub site: &'a Site,
    /// The document around.
    pub frame: &'a Frame<'a>,
    /// Where they are written.
    pub output: &'a Output,
}

/// Writes the page of what was saved: a script fills it, from what is on the device alone.
pub fn saved(pages: &Pages) -> Result<Option<Kept>> {
    let masthead = masthead(
        pages.site,
        "../",
        "<a class=\"op-saved\" href=\"./\" aria-current=\"page\">Saved</a>",
    );
    let body = format!("<div class=\"op-page\" lang=\"en\">{masthead}{SAVED_BODY}</div>");
    pages.write(
        "saved/index.html",
        SAVED,
        About::Saved,
        &Page {
            root: "../",
            body: &body,
            script: Some("saved.js"),
            ..Page::default()
        },
    )
}

/// Writes the page for what is not here. The service worker shows it at any address: it puts the address of the site in the place of
/// each `./` at the beginning of one, which without it is right where the page itself stands.
pub fn offline(pages: &Pages, has_saved: bool) -> Result<Option<Kept>> {
    let (masthead, saved) = match has_saved {
        true => (
            masthead(
                pages.site,
                "./",
                "<a class=\"op-saved\" href=\"./saved/\">Saved</a>",
            ),
            "<a href=\"./saved/\">Saved articles</a> · ",
        ),
        false => (masthead(pages.site, "./", ""), ""),
    };
    let body = format!(
        "<div class=\"op-page\" lang=\"en\">{masthead}<main class=\"op-main op-empty\" id=\"op-main\"><h1>You are offline</h1>\
<p>This page is not on this device yet. Once you are connected, load it again. What you have saved is here, and the newest articles may be.</p>\
<p class=\"op-ways\">{saved}<a href=\"./\">Front page</a></p></main></div>"
    );
    pages.write(
        "offline.html",
        "offline.html",
        About::Offline,
        &Page {
            root: "./",
            body: &body,
            ..Page::default()
        },
    )
}

impl Pages<'_> {
    fn write(&self, file: &str, path: &str, about: About, page: &Page) -> Result<Option<Kept>> {
        let head = Head {
            site: self.site,
            root: page.root,
            path,
            about,
        };
        let text = self.frame.document(&Page {
            head: &head.html(),
            ..*page
        });
        let print = Printer::new("text").text(&text).print();
        let blob = self
            .output
            .file(file, print, Effort::Page, || Ok(text.into_bytes()))?;
        Ok(blob.map(|blob| Kept::file(path, &blob)))
    }
}

/// The name of the edition, which leads to its front page, and what stands beside it.
fn masthead(site: &Site, root: &str, beside: &str) -> String {
    let language = site
        .language
        .as_deref()
        .map(|tag| format!(" lang=\"{}\"", attribute(tag)));
    format!(
        "<nav class=\"op-masthead op-over-saved\" aria-label=\"Site\"><div class=\"op-masthead-top\"><div class=\"op-masthead-names\">\
<p class=\"op-masthead-title\"><a class=\"op-masthead-name\" href=\"{root}\"><span dir=\"auto\"{}>{}</span></a></p></div>{beside}</div></nav>",
        language.unwrap_or_default(),
        text(&site.title),
    )
}

/// Below the masthead. That is no banner: the reader, which comes once something is saved, has one.
const SAVED_BODY: &str = "<main class=\"op-main\" id=\"op-main\"><h1 class=\"op-title\">Saved</h1>\
<noscript><p>What was saved is on this device, and a script shows it; scripts are switched off here.</p></noscript>\
<div id=\"op-saved\"></div></main>";
