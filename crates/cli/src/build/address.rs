//! Addresses as a file of the site writes them: [`Addresses`].
//!
//! An article's relative addresses begin at the root of the site. Where it is known at which address the site will stand,
//! they are written absolute, else relative to the file that they stand in.

use super::images::decoded;
use super::{Site, paths};
use article::{ArticleContent, Block, Inline, SafeUrl};

/// The addresses in a file.
#[derive(Clone, Copy, Debug)]
pub struct Addresses<'a> {
    /// The site.
    pub site: &'a Site,
    /// The way from the file to the root: `"../../"`; at the root `"./"` or nothing.
    pub root: &'a str,
}

impl Addresses<'_> {
    /// The address of a path of the site.
    pub fn path(&self, path: &str) -> String {
        let absolute = self.site.address(path);
        absolute.unwrap_or_else(|| self.relative(path))
    }

    /// The same, relative in any case: within the site, so that it can be moved.
    pub fn relative(&self, path: &str) -> String {
        match [self.root, path].concat() {
            empty if empty.is_empty() => "./".to_string(),
            address => address,
        }
    }

    /// The address of what an article names: a picture, a person's page.
    pub fn of(&self, url: &SafeUrl) -> String {
        let text = url.as_str();
        match &self.site.base_url {
            _ if !url.is_relative() => text.to_string(),
            Some(base) => url.resolve(base.as_str()),
            None if text.starts_with('/') => text.to_string(),
            None => [self.root, text].concat(),
        }
    }

    /// The address of a link in the text of the article whose page has the path `page`. Links to other articles and to
    /// places in this one become such that work outside of the reader.
    pub fn link(&self, url: &SafeUrl, page: &str) -> String {
        let Some(place) = url.as_str().strip_prefix('#') else {
            return self.of(url);
        };
        let Some(route) = place.strip_prefix("/article/") else {
            return format!("{}#{place}", self.path(page));
        };
        // `#/article/ID`, and behind a second slash the id of a heading.
        let (id, heading) = route.split_once('/').unwrap_or((route, ""));
        let id = id.split(['?', '#']).next().unwrap_or_default();
        let decoded = decoded(id);
        let id = decoded.as_deref().unwrap_or(id);
        let path = paths::article(&article::folder_name(id));
        match heading {
            "" => self.path(&path),
            heading => format!("{}#{heading}", self.path(&path)),
        }
    }

    /// Writes all addresses in an article's texts as this file has them.
    pub fn place(&self, content: &mut ArticleContent, page: &str) {
        let placed = Placed {
            addresses: self,
            page,
        };
        for blocks in content.texts_mut() {
            placed.blocks(blocks);
        }
    }
}

/// Of the texts of an article, the addresses.
struct Placed<'a> {
    addresses: &'a Addresses<'a>,
    page: &'a str,
}

impl Placed<'_> {
    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(content),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List { items, .. } => {
                    for item in items {
                        self.blocks(&mut item.blocks);
                    }
                }
                Block::Table { head, rows, .. } => {
                    for cell in head.iter_mut().chain(rows.iter_mut().flatten()) {
                        self.inlines(cell);
                    }
                }
                Block::Figure {
                    image,
                    caption,
                    credit,
                } => {
                    self.image(&mut image.src);
                    self.inlines(caption);
                    self.inlines(credit);
                }
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn inlines(&self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Link {
                    target, content, ..
                } => {
                    let address = self.addresses.link(target, self.page);
                    if let Some(address) = SafeUrl::link(&address) {
                        *target = address;
                    }
                    self.inlines(content);
                }
                Inline::Image(image) => self.image(&mut image.src),
                Inline::Marked(_, content) | Inline::Abbreviation { content, .. } => {
                    self.inlines(content);
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::FootnoteRef { .. } => {}
            }
        }
    }

    fn image(&self, src: &mut SafeUrl) {
        if let Some(address) = SafeUrl::image(&self.addresses.of(src)) {
            *src = address;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, unknown: &str, known: &str) {
        let url = SafeUrl::link(link).unwrap();
        let mut site = Site::default();
        let root = "../../";
        assert_eq!(
            Addresses { site: &site, root }.link(&url, "article/a/"),
            unknown
        );
        site.base_url = Some("https://example.org/news/".parse().unwrap());
        assert_eq!(
            Addresses { site: &site, root }.link(&url, "article/a/"),
            known
        );
    }

    #[test]
    fn links() {
        check(
            "https://example.com/a",
            "https://example.com/a",
            "https://example.com/a",
        );
        check(
            "mailto:a@example.com",
            "mailto:a@example.com",
            "mailto:a@example.com",
        );
        check(
            "images/a.png",
            "../../images/a.png",
            "https://example.org/news/images/a.png",
        );
        check("/a", "/a", "https://example.org/a");
        check(
            "#op-b",
            "../../article/a/#op-b",
            "https://example.org/news/article/a/#op-b",
        );
        check(
            "#/article/how-tides-work",
            "../../article/how-tides-work/",
            "https://example.org/news/article/how-tides-work/",
        );
        check(
            "#/article/größe/op-b",
            "../../article/gr%C3%B6%C3%9Fe/#op-b",
            "https://example.org/news/article/gr%C3%B6%C3%9Fe/#op-b",
        );
        let path = format!("article/{}/", article::folder_name("a/b"));
        check(
            "#/article/a%2Fb",
            &format!("../../{path}"),
            &format!("https://example.org/news/{path}"),
        );
    }
}
