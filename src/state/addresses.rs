//! [`Addresses`]: where routes have their addresses: after the `#` of any page, as the pages of a built site, or elsewhere.
//!
//! ```text
//! #/article/tides/op-the-moon?q=moon            after `#`
//! https://example.org/news/                     the root of a site: its front page
//!     article/tides/?q=moon#op-the-moon         an article, at a heading
//!     category/science/?tag=sea                 a category, narrowed further
//!     tag/sea/                                  a tag
//!     ?q=moon&sort=oldest&at=240                the list of all, narrowed
//! ```

use std::rc::Rc;

use super::route::{Page, Route, decode, encode, parameters, take_parameters};

/// Where routes have their addresses.
#[derive(Clone, Debug, PartialEq)]
pub enum Addresses {
    /// After the `#` of a page that is not ours: its address where links would else start from its `<base>`, or nothing.
    Hash(Rc<str>),
    /// As pages of a built site.
    Site(Site),
    /// Articles have pages of somebody else's, `{id}` standing for the id; what else there is follows the `#` of the page.
    Elsewhere(Rc<str>, Rc<str>),
}

impl Default for Addresses {
    fn default() -> Addresses {
        Addresses::Hash("".into())
    }
}

/// A built site, as far as its addresses go.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The address of the front page, with a slash at its end, absolute or relative; empty on the front page itself.
    pub root: Rc<str>,
    /// The names of the categories and the folders of their pages.
    pub categories: Rc<[(String, String)]>,
}

impl Addresses {
    /// The address of a route, as a link has it.
    pub fn href(&self, route: &Route) -> String {
        match self {
            Addresses::Hash(page) => format!("{page}#{}", route.address()),
            Addresses::Site(site) => site.href(route),
            Addresses::Elsewhere(pages, page) => match &route.page {
                Page::Article { id, .. } => {
                    let mut name = String::new();
                    encode(&mut name, id);
                    pages.replace("{id}", &name)
                }
                Page::Front { .. } => Addresses::Hash(page.clone()).href(route),
            },
        }
    }

    /// Whether the page of a route is not the reader's to show.
    pub fn leads_away(&self, route: &Route) -> bool {
        matches!(self, Addresses::Elsewhere(..)) && matches!(route.page, Page::Article { .. })
    }
}

impl Site {
    /// A site of which no categories are known yet.
    pub fn new(root: &str) -> Site {
        Site {
            root: root.into(),
            categories: Rc::new([]),
        }
    }

    fn href(&self, route: &Route) -> String {
        let mut href = self.root.to_string();
        let mut filter = route.filter.clone();
        let (mut fragment, mut first) = (None, 0);
        match &route.page {
            Page::Article { id, anchor } => {
                href.push_str("article/");
                // A text may name an article by an id that no folder can have.
                encode(&mut href, &article::folder_name(id));
                href.push('/');
                fragment = anchor.as_deref();
            }
            Page::Front { at } => {
                first = *at;
                if let Some(name) = filter.category.take() {
                    let known = self.categories.iter().find(|(known, _)| *known == name);
                    match known {
                        Some((_, slug)) => {
                            href.push_str("category/");
                            encode(&mut href, slug);
                            href.push('/');
                        }
                        None => filter.category = Some(name),
                    }
                } else if let Some(tag) = filter.tag.take() {
                    href.push_str("tag/");
                    encode(&mut href, &article::name_slug(&tag));
                    href.push('/');
                }
                if href.is_empty() {
                    href.push_str("./");
                }
            }
        }
        parameters(&mut href, &filter, first);
        if let Some(anchor) = fragment {
            href.push('#');
            encode(&mut href, anchor);
        }
        href
    }

    /// The route of a page of the site: its path behind the root, its query with the `?`, its fragment with the `#`.
    /// What it does not know it passes over: an address never fails.
    pub fn route(&self, path: &str, query: &str, fragment: &str) -> Route {
        let mut route = Route::default();
        let at = take_parameters(&mut route.filter, query.strip_prefix('?').unwrap_or(query));
        let mut steps = path.split('/').filter(|step| !step.is_empty());
        route.page = Page::Front { at };
        match (steps.next(), steps.next().map(decode)) {
            (Some("article"), Some(id)) => {
                let anchor = fragment.strip_prefix('#').filter(|id| !id.is_empty());
                route.page = Page::Article {
                    id,
                    anchor: anchor.map(decode),
                };
            }
            (Some("category"), Some(slug)) => {
                let known = self.categories.iter().find(|(_, known)| *known == slug);
                route.filter.category = Some(known.map_or(slug, |(name, _)| name.clone()));
            }
            (Some("tag"), Some(slug)) => route.filter.tag = Some(slug),
            _ => {}
        }
        route
    }
}

#[cfg(test)]
mod tests {
    use super::super::route::{Filter, Sort};
    use super::*;

    fn site(root: &str) -> Site {
        Site {
            root: root.into(),
            categories: [("News & Politics".to_owned(), "news".to_owned())].into(),
        }
    }

    #[track_caller]
    fn check(route: Route, expect: &str) {
        let site = site("https://example.org/x/");
        let href = Addresses::Site(site.clone()).href(&route);
        let rest = href.strip_prefix("https://example.org/x/").unwrap();
        assert_eq!(rest, expect);
        let (rest, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        assert_eq!(
            site.route(path, query, fragment),
            route,
            "{expect} read back"
        );
    }

    #[test]
    fn pages_of_a_site() {
        let list = |change: fn(&mut Filter)| {
            let mut filter = Filter::default();
            change(&mut filter);
            Route::list(filter)
        };
        check(Route::default(), "");
        check(Route::article("tides"), "article/tides/");
        for id in ["a/b", "..", "con"] {
            let href = Addresses::Site(site("")).href(&Route::article(id));
            assert_eq!(href, format!("article/{}/", article::folder_name(id)));
        }
        check(Route::article("مد"), "article/%D9%85%D8%AF/");
        check(Route::anchor("tides", "op-é"), "article/tides/#op-%C3%A9");
        check(
            list(|f| f.category = Some("News & Politics".into())),
            "category/news/",
        );
        check(
            list(|f| f.category = Some("Nowhere".into())),
            "?category=Nowhere",
        );
        check(list(|f| f.tag = Some("sea".into())), "tag/sea/");
        check(
            list(|f| {
                f.category = Some("News & Politics".into());
                f.tag = Some("a b".into());
                f.query = "tides #1".into();
                f.sort = Sort::Oldest;
            }),
            "category/news/?tag=a%20b&q=tides%20%231&sort=oldest",
        );
        check(
            Route {
                page: Page::Front { at: 48 },
                filter: Filter::default(),
            },
            "?at=48",
        );
    }

    #[test]
    fn a_link_to_the_front_page_is_never_empty() {
        for (root, expect) in [("", "./"), ("../../", "../../")] {
            let href = Addresses::Site(site(root)).href(&Route::default());
            assert_eq!(href, expect);
        }
        let hash = Addresses::default().href(&Route::article("a"));
        assert_eq!(hash, "#/article/a");
    }

    #[test]
    fn a_page_with_a_base_is_named_whole() {
        let page = "https://example.org/page?a=b";
        let (list, article) = (Route::default(), Route::article("a"));
        let hash = Addresses::Hash(page.into());
        assert_eq!(hash.href(&article), format!("{page}#/article/a"));
        let elsewhere = Addresses::Elsewhere("read.html#{id}".into(), page.into());
        assert_eq!(elsewhere.href(&list), format!("{page}#/"));
        assert_eq!(elsewhere.href(&article), "read.html#a");
    }

    #[test]
    fn pages_of_somebody_elses() {
        let elsewhere = Addresses::Elsewhere("read.html?a={id}#{id}".into(), "".into());
        let article = Route::article("a b");
        assert_eq!(elsewhere.href(&article), "read.html?a=a%20b#a%20b");
        assert!(elsewhere.leads_away(&article) && !Addresses::default().leads_away(&article));
        assert_eq!(elsewhere.href(&Route::default()), "#/");
        assert!(!elsewhere.leads_away(&Route::default()));
    }
}
