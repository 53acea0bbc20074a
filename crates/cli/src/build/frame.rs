//! [`Frame`]: the document around what the reader shows.
//!
//! 1. the head: what a page says of itself (`head`), the policy, the style sheet, one inline script ([`BOOT`]);
//! 2. the menu, and the categories for who has no scripts;
//! 3. the reader's part, drawn ahead of time (`offprint::prerender`), which `site.js` takes over on pages that the reader has;
//! 4. the pages before and after, and the foot.

use super::escape::{attribute, text};
use super::print::{Print, Printer};
use super::runtime::Assets;
use super::site::{Site, paths};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The one inline script: the colours that a person chose, before anything is painted; and where a site is opened as a
/// folder, addresses of folders become those of their pages.
pub const BOOT: &str = "try{const t=localStorage.getItem(\"offprint-theme\");if(t===\"light\"||t===\"dark\")document.documentElement.dataset.theme=t}catch{}\
if(location.protocol===\"file:\")addEventListener(\"click\",e=>{const a=e.target.closest?.(\"a[href]\");if(a&&a.protocol===\"file:\"&&a.pathname.endsWith(\"/\"))a.pathname+=\"index.html\"},true)";

/// What all pages have in common.
#[derive(Debug)]
pub struct Frame<'a> {
    site: &'a Site,
    assets: Assets,
    policy: String,
    /// Names and slugs.
    categories: Vec<(String, String)>,
    footer: Option<article::Document>,
    /// The fingerprint of all of it.
    pub print: Print,
}

/// What a page puts into the frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page<'a> {
    /// The way to the root of the site, empty on the front page.
    pub root: &'a str,
    /// The language of the page.
    pub language: Option<&'a str>,
    /// Elements of the head.
    pub head: &'a str,
    /// The reader's part.
    pub body: &'a str,
    /// The script of the reader's files that takes it over; none on pages that stay as they are.
    pub script: Option<&'a str>,
    /// The path of the page of the list with newer articles.
    pub newer: Option<&'a str>,
    /// The path of the page of the list with older articles.
    pub older: Option<&'a str>,
}

/// What a page may load and do. A server's header says the same, and who may frame it.
pub fn policy() -> String {
    let boot = BASE64_STANDARD.encode(Sha256::digest(BOOT));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{boot}'; style-src 'self'; \
         img-src 'self' https: http: data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types offprint"
    )
}

impl<'a> Frame<'a> {
    /// The frame of the pages of a site; `categories` are names and slugs, and `saves` says whether articles can be saved.
    pub fn new(
        site: &'a Site,
        assets: Assets,
        categories: Vec<(String, String)>,
        saves: bool,
    ) -> Frame<'a> {
        let mut print = Printer::new("frame").bytes(&assets.print);
        print = print.number(saves.into());
        // Everything that a site says of itself is short, and shown on every page or nearly.
        print = print.text(&format!("{site:?}"));
        for (name, slug) in &categories {
            print = print.text(name).text(slug);
        }
        Frame {
            site,
            policy: policy(),
            footer: site.footer.as_deref().map(article::parse_markdown),
            print: print.print(),
            assets,
            categories,
        }
    }

    /// The reader's files, which pages load.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// A page as a document.
    pub fn document(&self, page: &Page) -> String {
        let root = attribute(page.root);
        let mut out = String::with_capacity(page.body.len() + page.head.len() + 4_000);
        let language = page.language.or(self.site.language.as_deref());
        out.push_str("<!doctype html>\n<html");
        if let Some(language) = language {
            let direction = offprint::prerender::direction(language);
            let _ = write!(out, " lang=\"{}\" dir=\"{direction}\"", attribute(language));
        }
        out.push_str(">\n<head>\n<meta charset=\"utf-8\">\n");
        let _ = write!(
            out,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
             <script>{BOOT}</script>\n\
             <link rel=\"stylesheet\" href=\"{root}{}\">\n",
            attribute(&self.policy),
            self.assets.sheet
        );
        if let Some(script) = page.script {
            let folder = &self.assets.folder;
            let _ = writeln!(
                out,
                "<script type=\"module\" src=\"{root}{folder}{script}\"></script>"
            );
        }
        out.push_str(page.head);
        out.push_str("</head>\n<body>\n");
        self.menu(page.root, &mut out);
        self.categories(page.root, &mut out);
        out.push_str(match page.script.is_some() {
            true => "<div class=\"op-root\"",
            false => "<div class=\"op-root op-still\"",
        });
        if page.script.is_some() {
            let home = if page.root.is_empty() {
                "./"
            } else {
                page.root
            };
            let _ = write!(
                out,
                " data-op-edition=\"{root}data/edition.json\" data-op-root=\"{}\"",
                attribute(home)
            );
        }
        let _ = writeln!(out, ">{}</div>", page.body);
        self.pages(page, &mut out);
        if let Some(footer) = &self.footer {
            let footer = article::html(footer, page.root);
            let _ = writeln!(out, "<footer class=\"op-footer\">\n{footer}</footer>");
        }
        out.push_str("</body>\n</html>\n");
        out
    }

    fn menu(&self, root: &str, out: &mut String) {
        if self.site.menu.is_empty() {
            return;
        }
        out.push_str("<nav class=\"op-menu\" aria-label=\"Menu\"><ul>");
        for item in &self.site.menu {
            let href = match item.url.contains(':') || item.url.starts_with('/') {
                true => item.url.clone(),
                false => link(root, &item.url),
            };
            let _ = write!(
                out,
                "<li><a href=\"{}\">{}</a></li>",
                attribute(&href),
                text(&item.label)
            );
        }
        out.push_str("</ul></nav>\n");
    }

    fn categories(&self, root: &str, out: &mut String) {
        if self.categories.is_empty() {
            return;
        }
        out.push_str("<nav class=\"op-static\" aria-label=\"Categories\"><ul>");
        for (name, slug) in &self.categories {
            let href = link(root, &paths::list("category", slug, 1));
            let _ = write!(
                out,
                "<li><a href=\"{}\" dir=\"auto\">{}</a></li>",
                attribute(&href),
                text(name)
            );
        }
        out.push_str("</ul></nav>\n");
    }

    fn pages(&self, page: &Page, out: &mut String) {
        if page.newer.is_none() && page.older.is_none() {
            return;
        }
        out.push_str("<nav class=\"op-pages\" aria-label=\"Pages of the list\">");
        for (path, rel, label) in [(page.newer, "prev", "Newer"), (page.older, "next", "Older")] {
            match path {
                Some(path) => {
                    let href = link(page.root, path);
                    let href = attribute(&href);
                    let _ = write!(out, "<a href=\"{href}\" rel=\"{rel}\">{label}</a>");
                }
                None => out.push_str("<span></span>"),
            }
        }
        out.push_str("</nav>\n");
    }
}

/// A path of the site as a link: never empty.
fn link(root: &str, path: &str) -> String {
    match (root, path) {
        ("", "") => "./".to_owned(),
        _ => [root, path].concat(),
    }
}
