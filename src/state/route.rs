//! [`Route`]: everything a person can see has an address, and the address brings it back.
//!
//! An address is a path and a query, without host and without `#`:
//!
//! ```text
//! /?category=Science&tag=tides&q=moon&sort=oldest&at=240      a list, at its 240th article
//! /?q=moon&from=2026-01-01&to=2026-01-31                      what was published in a month
//! /article/how-tides-work/op-the-moon?q=moon                  an article, at a heading
//! ```
//!
//! Where it is kept is the host's affair: after `#`, in the path, or nowhere.

use std::fmt::Write;

use super::day;

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The list or an article.
    pub page: Page,
    /// What the list is narrowed to; an article keeps the words that led to it.
    pub filter: Filter,
}

/// The list or an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// The list of articles; `at` is the position in the list of the first article in view.
    Front {
        /// Zero at the top.
        at: usize,
    },
    /// One article.
    Article {
        /// Its id.
        id: String,
        /// The id of the heading or note in view.
        anchor: Option<String>,
    },
}

impl Default for Page {
    fn default() -> Page {
        Page::Front { at: 0 }
    }
}

/// What a list is narrowed to, and its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The name of a category.
    pub category: Option<String>,
    /// The name of a tag.
    pub tag: Option<String>,
    /// What is searched for, as it was typed.
    pub query: String,
    /// The first day to be published on, as `2026-02-01`.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
    /// The order.
    pub sort: Sort,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Sort {
    /// The best first where something is searched for, else the newest first.
    #[default]
    Natural,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Sort {
    /// The word that stands for it in an address and in a form.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Natural => "",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        }
    }

    /// The order of this name; any other word is the natural one.
    pub fn of_name(name: &str) -> Sort {
        match name {
            "newest" => Sort::Newest,
            "oldest" => Sort::Oldest,
            _ => Sort::Natural,
        }
    }
}

impl Filter {
    /// Whether all articles are shown in their usual order.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// What is searched for without spaces around it.
    pub fn words(&self) -> &str {
        self.query.trim()
    }

    /// The same with one space behind it where one was typed: it says that the last word is finished.
    fn typed(&self) -> String {
        let mut typed = self.words().to_owned();
        if !typed.is_empty() && self.query.trim_start().len() > typed.len() {
            typed.push(' ');
        }
        typed
    }

    /// Whether the search engine has to be asked.
    pub fn asks(&self) -> bool {
        !self.words().is_empty() || self.from.is_some() || self.to.is_some()
    }

    /// What the search engine is asked: the words, the days before them.
    pub fn asked(&self) -> String {
        let mut asked = String::new();
        if let Some(from) = &self.from {
            asked.push_str("after:");
            asked.push_str(from);
            asked.push(' ');
        }
        if let Some(after) = self.to.as_deref().and_then(day::after) {
            asked.push_str("before:");
            asked.push_str(&after);
            asked.push(' ');
        }
        asked + &self.typed()
    }

    /// Whether something but words narrows the list.
    pub fn is_narrowed(&self) -> bool {
        let narrowed = [&self.category, &self.tag, &self.from, &self.to];
        narrowed.iter().any(|filter| filter.is_some())
    }

    /// The same words, and all articles that have them.
    pub fn widened(&self) -> Filter {
        Filter {
            query: self.query.clone(),
            sort: self.sort,
            ..Filter::default()
        }
    }
}

impl Route {
    /// The route of an article.
    pub fn article(id: &str) -> Route {
        Route {
            page: Page::Article {
                id: id.to_owned(),
                anchor: None,
            },
            filter: Filter::default(),
        }
    }

    /// The route of a list from its top.
    pub fn list(filter: Filter) -> Route {
        Route {
            page: Page::default(),
            filter,
        }
    }

    /// The route of a place in an article.
    pub fn anchor(id: &str, anchor: &str) -> Route {
        Route {
            page: Page::Article {
                id: id.to_owned(),
                anchor: Some(anchor.to_owned()),
            },
            filter: Filter::default(),
        }
    }

    /// Where a link in the text of an article leads that begins with `#`: to a place in the article, or, by `/article/…`,
    /// to another one. `target` is what stands behind the `#`.
    pub fn from(id: &str, target: &str) -> Route {
        match target.starts_with('/') {
            true => Route::parse(target),
            false => Route::anchor(id, target),
        }
    }

    /// Whether both show the same page, be it at different places of it.
    pub fn same_page(&self, other: &Route) -> bool {
        match (&self.page, &other.page) {
            (Page::Front { .. }, Page::Front { .. }) => self.filter == other.filter,
            (Page::Article { id, .. }, Page::Article { id: other, .. }) => id == other,
            _ => false,
        }
    }

    /// The address of a route; [`Route::parse`] reads it back.
    pub fn address(&self) -> String {
        let mut address = String::from("/");
        if let Page::Article { id, anchor } = &self.page {
            address.push_str("article/");
            encode(&mut address, id);
            if let Some(anchor) = anchor {
                address.push('/');
                encode(&mut address, anchor);
            }
        }
        let at = match self.page {
            Page::Front { at } => at,
            Page::Article { .. } => 0,
        };
        parameters(&mut address, &self.filter, at);
        address
    }

    /// The route of an address. What it does not know it passes over: an address never fails.
    pub fn parse(address: &str) -> Route {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let mut route = Route::default();
        let at = take_parameters(&mut route.filter, query);
        let mut steps = path.split('/').filter(|step| !step.is_empty());
        route.page = match (steps.next(), steps.next()) {
            (Some("article"), Some(id)) => Page::Article {
                id: decode(id),
                anchor: steps.next().map(decode),
            },
            _ => Page::Front { at },
        };
        route
    }
}

/// Bytes of words that an address keeps, which may take three times as many in it: servers refuse addresses of more than about 8 kB.
const WORDS_MAX: usize = 2_000;

/// Writes the query of an address, with its `?` where there is any.
pub(super) fn parameters(address: &mut String, filter: &Filter, at: usize) {
    let at = match at {
        0 => String::new(),
        at => at.to_string(),
    };
    let typed = filter.typed();
    let mut end = typed.len().min(WORDS_MAX);
    while !typed.is_char_boundary(end) {
        end -= 1;
    }
    let parameters = [
        ("category", filter.category.as_deref().unwrap_or("")),
        ("tag", filter.tag.as_deref().unwrap_or("")),
        ("q", &typed[..end]),
        ("from", filter.from.as_deref().unwrap_or("")),
        ("to", filter.to.as_deref().unwrap_or("")),
        ("sort", filter.sort.name()),
        ("at", &at),
    ];
    let mut separator = '?';
    for (name, value) in parameters
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
    {
        address.push(separator);
        address.push_str(name);
        address.push('=');
        encode(address, value);
        separator = '&';
    }
}

/// Reads what [`parameters`] wrote, without the `?`; gives `at`.
pub(super) fn take_parameters(filter: &mut Filter, query: &str) -> usize {
    let mut at = 0;
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode(&value.replace('+', " "));
        match name {
            "category" => filter.category = Some(value).filter(|v| !v.is_empty()),
            "tag" => filter.tag = Some(value).filter(|v| !v.is_empty()),
            "q" => filter.query = value,
            "from" => filter.from = day::of(value),
            "to" => filter.to = day::of(value),
            "sort" => filter.sort = Sort::of_name(&value),
            "at" => at = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    at
}

/// Percent-encodes all that is not unreserved (RFC 3986 §2.3) as UTF-8.
pub(super) fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// Undoes [`encode`]. A `%` without two hexadecimal digits stays; bytes that are not UTF-8 are replaced.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |ix: usize| after.get(ix).and_then(|&b| (b as char).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, route: Route) {
        assert_eq!(Route::parse(address), route, "{address}");
        assert_eq!(
            Route::parse(&route.address()),
            route,
            "{address} written again"
        );
    }

    #[test]
    fn links_in_a_text() {
        assert_eq!(Route::from("a", "op-b"), Route::anchor("a", "op-b"));
        assert_eq!(Route::from("a", "/article/b"), Route::article("b"));
        assert_eq!(
            Route::from("a", "/article/b/op-c"),
            Route::anchor("b", "op-c")
        );
        assert_eq!(Route::from("a", "//evil.example"), Route::default());
    }

    #[test]
    fn addresses() {
        check("/", Route::default());
        check("", Route::default());
        check("/nowhere/at/all", Route::default());
        check("/article/tides", Route::article("tides"));
        check(
            "/article/tides/op-the-moon",
            Route::anchor("tides", "op-the-moon"),
        );
        check("/article/%D9%85%D8%AF?x=1", Route::article("مد"));
        let filter = Filter {
            category: Some("News & Politics".into()),
            tag: Some("a=b".into()),
            query: "50% of \"all\" #1/2?".into(),
            from: Some("2025-12-31".into()),
            to: None,
            sort: Sort::Oldest,
        };
        let page = Page::Front { at: 240 };
        check(
            "/?category=News+%26%20Politics&tag=a%3Db&q=50%25%20of%20%22all%22+%231%2F2%3F&from=2025-12-31&to=soon&sort=oldest&at=240",
            Route { page, filter },
        );
    }

    #[track_caller]
    fn check_kept(query: &str, expect: &str) {
        let filter = Filter {
            query: query.to_owned(),
            ..Filter::default()
        };
        let kept = Route::parse(&Route::list(filter).address()).filter.query;
        assert_eq!(kept, expect, "{query:?}");
    }

    #[test]
    fn words_are_kept_as_they_were_typed() {
        check_kept("lihgt", "lihgt");
        check_kept("  lihgt  ", "lihgt ");
        check_kept("   ", "");
        check_kept(&"a ".repeat(3_000), &"a ".repeat(1_000));
        check_kept(&"é".repeat(3_000), &"é".repeat(1_000));
        check_kept(&"本".repeat(3_000), &"本".repeat(666));
    }

    #[track_caller]
    fn check_asked(address: &str, expect: &str) {
        let filter = Route::parse(address).filter;
        assert_eq!(filter.asked(), expect, "{address}");
        assert_eq!(filter.asks(), !expect.is_empty(), "{address}");
    }

    #[test]
    fn what_the_engine_is_asked() {
        check_asked("/", "");
        check_asked("/?q=%20&category=x&tag=y", "");
        check_asked("/?q=%20tidal%20", "tidal ");
        check_asked("/?from=2026-02-01", "after:2026-02-01 ");
        check_asked(
            "/?q=moon&from=2026-01-01&to=2026-02-28",
            "after:2026-01-01 before:2026-03-01 moon",
        );
    }

    #[test]
    fn odd_addresses_never_fail() {
        for address in [
            "?",
            "/?&&=&q",
            "/article",
            "/article/%",
            "/article/%ff%4",
            "/?at=-1&sort=up",
        ] {
            let route = Route::parse(address);
            assert_eq!(Route::parse(&route.address()), route, "{address}");
        }
    }
}
