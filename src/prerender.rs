//! Pages made ahead of time: [`page`] draws what a page of a built site shows, by the components that draw it in a
//! browser.
//!
//! What comes out is the reader's `op-page`; the document around it is the command line's. A page holds all that the
//! reader would show of it at first, so that the reader, once it is there, changes nothing.
//!
//! ```
//! use std::rc::Rc;
//!
//! use offprint::library::Opened;
//! use offprint::prerender::{Face, Shown, page};
//!
//! let json = r#"{"id": "tides", "title": "Tides", "summary": "The *oldest* forecast."}"#;
//! let collection = article::read_collection(json.into())?;
//! let opened = Opened::of(&collection, 0, &[0]).expect("one article");
//! let html = page(&Rc::new(Face::default()), Shown::Article(Rc::new(opened)), "");
//! assert!(html.contains("Tides</h1>") && html.contains("<em>oldest</em>"));
//! # Ok::<(), article::Unreadable>(())
//! ```

use std::rc::Rc;

use article::Edition;
use packed::edition::Category;
use yew::{Callback, LocalServerRenderer};

use crate::library::{Card, Library, Lookup, Opened, Overview};
use crate::state::{Addresses, Filter, Listing, Phase, Route, Site, State, Window};
use crate::ui::{Reader, ReaderProps};
use crate::web::adopted::Adopted;

/// What all pages of a site have in common.
#[derive(Clone, Debug, Default)]
pub struct Face {
    /// What the edition says of itself.
    pub edition: Edition,
    /// The categories, in the order of the filter.
    pub categories: Vec<Category>,
    /// How many articles there are.
    pub n_articles: u32,
    /// Whether articles can be saved for reading without a network.
    pub saves: bool,
}

/// What a page shows.
#[derive(Clone, Debug)]
pub enum Shown {
    /// A part of a list.
    List(List),
    /// An article.
    Article(Rc<Opened>),
    /// That there is no such page.
    NotFound,
}

/// A part of a list.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The category, the tag, or nothing for the list of all.
    pub filter: Filter,
    /// How many articles the whole list has.
    pub n_all: usize,
    /// The position of the first card in it.
    pub first: usize,
    /// The cards.
    pub cards: Vec<Rc<Card>>,
    /// What stands above a list that no filter describes: the articles of an author.
    pub title: Option<String>,
}

/// What stands in the reader's root on a page. Only lists say how many articles each category has: the page of an article
/// is the same whatever other articles there are, but for those beside it. `root` is the way from the page to the front page (`../../`), empty on
/// the front page itself.
pub fn page(face: &Rc<Face>, shown: Shown, root: &str) -> String {
    let categories = face.categories.iter();
    let site = Site {
        root: root.into(),
        categories: categories
            .map(|category| (category.name.clone(), category.slug.clone()))
            .collect(),
    };
    let mut library = PageLibrary::of(face);
    let mut state = State {
        base: root.to_owned(),
        addresses: Addresses::Site(site),
        saves: face.saves,
        ..State::default()
    };
    match shown {
        Shown::List(list) => {
            state.route = Route::list(list.filter);
            state.list_route = state.route.clone();
            state.list_title = list.title;
            state.listing = Listing {
                docs: (0..list.n_all as u32).collect(),
                counts: library.counts.clone(),
                n_any_category: library.counts_any(&state.route.filter, list.n_all),
            };
            state.window = Window::new(list.n_all);
            if list.cards.len() < list.n_all {
                state.window.show(list.first, list.cards.len());
            }
            library.first = list.first;
            library.cards = list.cards;
        }
        Shown::Article(opened) => {
            state.route = Route::article(&opened.id);
            state.opened = Some(opened);
        }
        Shown::NotFound => {
            state.route = Route::article("");
        }
    }
    state.phase = Phase::Ready(Rc::new(library));
    without_parts(&render(state))
}

/// Without `part`, which means nothing outside of a shadow root. In attributes and texts `<` is always escaped, and in
/// attributes `>` and `"` are.
fn without_parts(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    for piece in html.split_inclusive('>') {
        let tag = piece.rfind('<').unwrap_or(piece.len());
        let (text, tag) = piece.split_at(tag);
        kept.push_str(text);
        let Some(start) = tag.find(" part=\"") else {
            kept.push_str(tag);
            continue;
        };
        let value = start + " part=\"".len();
        let end = tag[value..]
            .find('"')
            .map_or(tag.len(), |end| value + end + 1);
        kept.push_str(&tag[..start]);
        kept.push_str(&tag[end..]);
    }
    kept
}

/// `rtl` or `ltr`: which way a language runs.
pub fn direction(language: &str) -> &'static str {
    crate::ui::direction(language)
}

/// The HTML of a state: what the reader draws into its root.
pub fn render(state: State) -> String {
    let props = ReaderProps {
        state: Rc::new(state),
        send: Callback::noop(),
        drawn: Callback::noop(),
        adopted: Adopted::default(),
    };
    let drawing = LocalServerRenderer::<Reader>::with_props(props).hydratable(false);
    // Nothing is waited for: no component of ours suspends.
    pollster::block_on(drawing.render())
}

/// The library of one page: the cards that it shows, and nothing else.
struct PageLibrary {
    overview: Overview,
    n_articles: usize,
    counts: Rc<[u32]>,
    first: usize,
    cards: Vec<Rc<Card>>,
}

impl PageLibrary {
    fn of(face: &Face) -> PageLibrary {
        let categories = face.categories.iter();
        let names = categories.clone().map(|category| category.name.clone());
        PageLibrary {
            overview: Overview {
                edition: face.edition.clone(),
                categories: names.collect(),
                categories_by_name: (0..face.categories.len() as u32).collect(),
                ..Overview::default()
            },
            n_articles: face.n_articles as usize,
            counts: categories.map(|category| category.n_articles).collect(),
            first: 0,
            cards: Vec::new(),
        }
    }

    /// How many articles there would be in all categories.
    fn counts_any(&self, filter: &Filter, n_all: usize) -> usize {
        match filter.category {
            Some(_) => self.n_articles,
            None => n_all,
        }
    }
}

impl Library for PageLibrary {
    fn overview(&self) -> &Overview {
        &self.overview
    }

    fn n_articles(&self) -> usize {
        self.n_articles
    }

    fn newest_first(&self) -> Rc<[u32]> {
        Rc::new([])
    }

    fn position(&self, _id: &str) -> Lookup<usize> {
        Lookup::Missing
    }

    fn id(&self, _ix: usize) -> Lookup<String> {
        Lookup::Missing
    }

    fn card(&self, ix: usize) -> Lookup<Rc<Card>> {
        let at = ix.checked_sub(self.first);
        at.and_then(|at| self.cards.get(at)).cloned().into()
    }

    fn article(&self, _ix: usize) -> Lookup<Rc<Opened>> {
        Lookup::Missing
    }

    fn categories(&self) -> Lookup<Rc<[u32]>> {
        Lookup::Missing
    }

    fn tagged(&self, _tag: &str) -> Lookup<Rc<[u32]>> {
        Lookup::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face() -> Rc<Face> {
        Rc::new(Face {
            edition: Edition {
                title: Some("Sea & Land".into()),
                language: Some("en".into()),
                ..Edition::default()
            },
            categories: vec![Category {
                name: "Science".into(),
                slug: "science".into(),
                n_articles: 1,
            }],
            n_articles: 60,
            saves: false,
        })
    }

    #[track_caller]
    fn check(html: &str, expect: &[&str]) {
        for expect in expect {
            assert!(html.contains(expect), "{expect} is not in {html}");
        }
    }

    #[test]
    fn a_state_is_a_page() {
        check(
            &render(State::default()),
            &["<div ", "Loading the articles"],
        );
    }

    #[test]
    fn parts_are_left_out() {
        let cases = [
            (
                "<p part=\"a\" class=\"b\">x part=\"y\"</p>",
                "<p class=\"b\">x part=\"y\"</p>",
            ),
            ("<p>a > b part=\"c\"</p>", "<p>a > b part=\"c\"</p>"),
            (
                "<p title=\"x\">&lt;b part=\"c\"&gt;</p>",
                "<p title=\"x\">&lt;b part=\"c\"&gt;</p>",
            ),
        ];
        for (html, expect) in cases {
            assert_eq!(without_parts(html), expect);
        }
    }

    #[test]
    fn an_article() {
        let opened = Opened {
            id: "tides".into(),
            title: "Why <tides>".into(),
            category: Some("Science".into()),
            tags: vec!["the sea".into()],
            ..Opened::default()
        };
        let html = page(&face(), Shown::Article(Rc::new(opened)), "../../");
        check(
            &html,
            &[
                "Why &lt;tides&gt;</h1>",
                "href=\"../../category/science/\"",
                "href=\"../../tag/the-sea/\"",
                "href=\"../../\"",
                "Sea &amp; Land",
            ],
        );
        check(&html, &[">Science</option>", ">All categories</option>"]);
        assert!(
            !html.contains("<!--") && !html.contains("onclick"),
            "{html}"
        );
    }

    #[test]
    fn places_of_what_saves() {
        let saving = Rc::new(Face {
            saves: true,
            ..Face::clone(&face())
        });
        let shown = [
            Shown::Article(Rc::new(Opened::default())),
            Shown::List(List::default()),
        ];
        for shown in shown {
            let html = page(&saving, shown.clone(), "../");
            check(
                &html,
                &["<div class=\"op-keep\"></div>", "href=\"../saved/\""],
            );
            let html = page(&face(), shown, "../");
            assert!(!html.contains("op-keep") && !html.contains("saved/"));
        }
    }

    #[test]
    fn a_page_of_a_list() {
        let card = |ix: usize| {
            Rc::new(Card {
                id: format!("a{ix}"),
                title: format!("Article {ix}"),
                ..Card::default()
            })
        };
        let list = |first: usize, n: usize| {
            Shown::List(List {
                n_all: 60,
                first,
                cards: (first..first + n).map(card).collect(),
                ..List::default()
            })
        };
        let html = page(&face(), list(0, 24), "");
        check(
            &html,
            &[
                "href=\"article/a0/\"",
                "Article 23",
                "60 articles",
                ">Science (1)</option>",
                "aria-setsize=\"60\"",
            ],
        );
        let html = page(&face(), list(24, 24), "../../");
        check(
            &html,
            &[
                "href=\"../../article/a24/\"",
                "Article 47",
                "aria-posinset=\"25\"",
            ],
        );
        assert!(!html.contains("op-coming"), "{html}");
        check(
            &page(&face(), Shown::NotFound, "./"),
            &["This article is not here"],
        );
    }
}
