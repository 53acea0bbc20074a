//! What stands in the `<head>` of a page about the page: [`Head::html`].
//!
//! 1. title, description, the address that counts (`canonical`), the pages before and after;
//! 2. Open Graph and `twitter:` for previews of links;
//! 3. other forms of the same: feeds, and the article as JSON and as text;
//! 4. colours, manifest, icon;
//! 5. `json_ld`: the same for search engines, as a block of data.
//!
//! [`Head::oembed`] says the same once more, for programs that put a frame with the article into a page of theirs.
//!
//! What a page needs in order to be shown (character set, viewport, style sheets, policy) is not written here.

mod json_ld;
mod oembed;

use super::escape::{attribute, text};
use super::manifest::{PAPER, PAPER_DARK};
use super::{Addresses, Entry, Site, paths};
use article::Image;
use std::fmt::Write;

/// The head of a page.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The site.
    pub site: &'a Site,
    /// The way to its root: `"../../"`; at the root `"./"` or nothing.
    pub root: &'a str,
    /// The page's own path.
    pub path: &'a str,
    /// What it is about.
    pub about: About<'a>,
}

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// All articles.
    Front {
        /// Which page of the list, from 1.
        page: usize,
        /// How many there are.
        n_pages: usize,
    },
    /// One article.
    Article(&'a Entry<'a>),
    /// The articles of a category, tag or author.
    List {
        /// `"category"`, `"tag"` or `"author"`.
        kind: &'a str,
        /// Its slug, as it stands in the path.
        slug: &'a str,
        /// Its name; plain text.
        name: &'a str,
        /// Which page of the list, from 1.
        page: usize,
        /// How many there are.
        n_pages: usize,
    },
    /// There is no such page.
    NotFound,
    /// There is no network.
    Offline,
    /// What was saved on this device.
    Saved,
}

impl<'a> Head<'a> {
    /// The elements, a line for each.
    pub fn html(&self) -> String {
        let mut out = String::new();
        let title = self.full_title();
        let _ = writeln!(out, "<title>{}</title>", text(&title));
        let description = self.description();
        if let Some(description) = &description {
            meta(&mut out, "name", "description", description);
        }
        if self.is_indexed() {
            // Without it, search engines show a small picture or none.
            if matches!(self.about, About::Article(_)) {
                meta(&mut out, "name", "robots", "max-image-preview:large");
            }
            if let Some(address) = self.canonical() {
                link(&mut out, "canonical", &address, "");
            }
            for (rel, path) in self.neighbours() {
                link(&mut out, rel, &self.addresses().relative(&path), "");
            }
            self.previews(&mut out, description.as_deref());
        } else {
            meta(&mut out, "name", "robots", "noindex");
        }
        self.alternates(&mut out);
        self.looks(&mut out);
        if self.is_indexed() {
            out.push_str(&json_ld::script(self));
        }
        out
    }

    /// The file that the head of an article's page leads to, for whoever embeds the article; none where the site has no address.
    pub fn oembed(&self) -> Option<String> {
        oembed::json(self)
    }

    fn addresses(&self) -> Addresses<'a> {
        Addresses {
            site: self.site,
            root: self.root,
        }
    }

    fn is_indexed(&self) -> bool {
        !matches!(self.about, About::NotFound | About::Offline | About::Saved)
    }

    fn full_title(&self) -> String {
        let site = &self.site.title;
        match self.title() {
            title if matches!(self.about, About::Front { .. }) => title,
            title => format!("{title} — {site}"),
        }
    }

    /// The title without that of the site; the number of a later page is part of it.
    fn title(&self) -> String {
        let numbered = |title: &str, page: usize, n_pages: usize| match page {
            0 | 1 => title.to_string(),
            page => format!("{title} ({page}/{n_pages})"),
        };
        match self.about {
            About::Front { page, n_pages } => numbered(&self.site.title, page, n_pages),
            About::Article(entry) => entry.article.title.clone(),
            About::List {
                name,
                page,
                n_pages,
                ..
            } => numbered(name, page, n_pages),
            About::NotFound => "Not found".to_string(),
            About::Offline => "Offline".to_string(),
            About::Saved => "Saved".to_string(),
        }
    }

    fn description(&self) -> Option<String> {
        let site = self.site.description.as_ref();
        match self.about {
            About::Front { .. } => site.cloned(),
            About::Article(entry) => Some(match entry.excerpt {
                "" => entry.article.title.clone(),
                excerpt => excerpt.to_string(),
            }),
            About::List { .. } => {
                let site = site.unwrap_or(&self.site.title);
                Some(format!("{}: {site}", self.title()))
            }
            About::NotFound | About::Offline | About::Saved => None,
        }
    }

    /// Where the original stands, or the absolute address of the page, where it is known.
    fn canonical(&self) -> Option<String> {
        let original = match self.about {
            About::Article(entry) => entry.article.canonical_url.as_ref(),
            _ => None,
        };
        original
            .map(|url| self.addresses().of(url))
            .filter(|address| is_absolute(address))
            .or_else(|| self.site.address(self.path))
    }

    /// The pages of the list before and after, as paths.
    fn neighbours(&self) -> Vec<(&'static str, String)> {
        let (page, n_pages) = match self.about {
            About::Front { page, n_pages } | About::List { page, n_pages, .. } => {
                (page.max(1), n_pages)
            }
            _ => return Vec::new(),
        };
        let path = |page| match self.about {
            About::List { kind, slug, .. } => paths::list(kind, slug, page),
            _ => paths::front(page),
        };
        let before = (page > 1).then(|| ("prev", path(page - 1)));
        let after = (page < n_pages).then(|| ("next", path(page + 1)));
        before.into_iter().chain(after).collect()
    }

    fn language(&self) -> Option<&'a str> {
        let own = match self.about {
            About::Article(entry) => entry.language,
            _ => None,
        };
        own.or(self.site.language.as_deref())
    }

    /// The lead picture and its absolute address.
    fn image(&self) -> Option<(&'a Image, String)> {
        let About::Article(entry) = self.about else {
            return None;
        };
        let image = entry.article.image.as_ref()?;
        let address = self.addresses().of(&image.src);
        is_absolute(&address).then_some((image, address))
    }

    fn previews(&self, out: &mut String, description: Option<&str>) {
        let mut property = |name: &str, content: &str| meta(out, "property", name, content);
        let kind = match self.about {
            About::Article(_) => "article",
            _ => "website",
        };
        property("og:type", kind);
        property("og:title", &self.title());
        if let Some(description) = description {
            property("og:description", description);
        }
        if let Some(address) = self.canonical() {
            property("og:url", &address);
        }
        property("og:site_name", &self.site.title);
        if let Some(language) = self.language() {
            property("og:locale", &locale(language));
        }
        let image = self.image();
        if let Some((image, address)) = &image {
            property("og:image", address);
            for (name, size) in [
                ("og:image:width", image.width),
                ("og:image:height", image.height),
            ] {
                if let Some(size) = size {
                    property(name, &size.to_string());
                }
            }
            if let Some(alt) = &image.alt {
                property("og:image:alt", alt);
            }
        }
        if let About::Article(entry) = self.about {
            let article = entry.article;
            if let Some(date) = article.published {
                property("article:published_time", &date.to_string());
            }
            if let Some(date) = article.updated {
                property("article:modified_time", &date.to_string());
            }
            if let Some(category) = &article.category {
                property("article:section", category);
            }
            for tag in &article.tags {
                property("article:tag", tag);
            }
            for author in &article.authors {
                property("article:author", &author.name);
            }
        }
        let card = match image {
            Some(_) => "summary_large_image",
            None => "summary",
        };
        meta(out, "name", "twitter:card", card);
    }

    /// The same in other forms.
    fn alternates(&self, out: &mut String) {
        let title = self.site.title.as_str();
        let addresses = self.addresses();
        let mut alternate = |href: &str, kind: &str, title: &str| {
            let mut rest = format!(" type=\"{kind}\"");
            if !title.is_empty() {
                let _ = write!(rest, " title=\"{}\"", attribute(title));
            }
            link(out, "alternate", href, &rest);
        };
        if let About::Article(entry) = self.about {
            let id = &entry.article.id;
            let href = |path: String| addresses.relative(&path);
            alternate(&href(paths::article_json(id)), "application/json", "");
            alternate(&href(paths::article_text(id)), "text/plain", "");
            // Those who read it are elsewhere, and not all of them resolve addresses.
            if let Some(href) = oembed::address(self) {
                alternate(&href, oembed::TYPE, &entry.article.title);
            }
        }
        let mut feeds = |folder: &str, title: &str| {
            for (name, kind) in [
                ("feed.json", "application/feed+json"),
                ("feed.xml", "application/atom+xml"),
            ] {
                alternate(&addresses.relative(&format!("{folder}{name}")), kind, title);
            }
        };
        // Programs that take only one feed take the first: a category's own.
        if let About::List {
            kind: "category",
            slug,
            name,
            ..
        } = self.about
        {
            feeds(
                &paths::list("category", slug, 1),
                &format!("{name} — {title}"),
            );
        }
        feeds("", title);
    }

    fn looks(&self, out: &mut String) {
        let colors = [
            ("light", &self.site.theme_color, PAPER),
            ("dark", &self.site.theme_color_dark, PAPER_DARK),
        ];
        for (scheme, color, usual) in colors {
            let color = attribute(color.as_deref().unwrap_or(usual));
            let _ = writeln!(
                out,
                "<meta name=\"theme-color\" media=\"(prefers-color-scheme: {scheme})\" content=\"{color}\">"
            );
        }
        let path = |name: &str| self.addresses().relative(name);
        link(out, "manifest", &path("manifest.webmanifest"), "");
        link(out, "icon", &path("icon.svg"), " type=\"image/svg+xml\"");
        if self.site.has_touch_icon {
            // Safari takes no other for the home screen.
            link(out, "apple-touch-icon", &path("icon-touch.png"), "");
        }
    }
}

fn meta(out: &mut String, key: &str, name: &str, content: &str) {
    let content = attribute(content);
    let _ = writeln!(out, "<meta {key}=\"{name}\" content=\"{content}\">");
}

fn link(out: &mut String, rel: &str, href: &str, rest: &str) {
    let href = attribute(href);
    let _ = writeln!(out, "<link rel=\"{rel}\" href=\"{href}\"{rest}>");
}

fn is_absolute(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// A language as Open Graph writes it: `pt_BR`. It has no scripts, and a language without a country stays alone.
fn locale(tag: &str) -> String {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_country =
        |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match parts.take_while(|part| part.len() > 1).find(is_country) {
        Some(country) => format!("{language}_{}", country.to_ascii_uppercase()),
        None => language,
    }
}

#[cfg(test)]
mod tests;
