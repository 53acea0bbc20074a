//! The same reader over a built edition: whatever is asked for comes later, and the result is the same.

use std::collections::BTreeMap;
use std::rc::Rc;

use article::name_slug;
use offprint_articles::Articles;
use packed::edition::{
    BLOCKS_PER_NAMES, Blob, CARDS_PER_BLOCK, CardBlock, CardNames, Categories, Category, IdBucket,
    Index, TagBucket, TagList, bucket,
};
use packed::{Card, Opened, Overview, pack, unpack};

use super::*;
use crate::library::{BuiltLibrary, Library, Lookup};
use crate::state::{
    Answer, CARDS_PER_BLOCK as CARDS_PER_BLOCK_OF_LIST, Failure, Found, Site, Snippet, Sort,
};

/// Of so many articles each, the categories are a file.
const ARTICLES_PER_RANGE: usize = 200;

/// A server: the files of an edition, of which it can lose some.
#[derive(Default)]
struct Server {
    files: BTreeMap<Blob, Vec<u8>>,
    n_fetched: usize,
}

impl Server {
    fn put(&mut self, bytes: Vec<u8>) -> Blob {
        let mut hash = [0; 10];
        hash[..8].copy_from_slice(&(self.files.len() as u64).to_be_bytes());
        let blob = Blob {
            hash,
            length: bytes.len() as u32,
            place: None,
        };
        self.files.insert(blob, bytes);
        blob
    }
}

/// An edition of many articles: of each third a category, of each second a tag.
fn edition(n_articles: usize) -> (Server, Rc<dyn Library>) {
    let article = |ix: usize| {
        let day = ix % 28 + 1;
        let category = ["Sea", "Land", "Air"][ix % 3];
        let tag = ["a b", "c"][ix % 2];
        let rare = if ix.is_multiple_of(33) {
            r#", "rare""#
        } else {
            ""
        };
        let month = ix / 28 % 12 + 1;
        let year = 2000 + ix / 336;
        format!(
            r#"{{"id": "n{ix}", "title": "Article {ix}", "published": "{year}-{month:02}-{day:02}", "category": "{category}", "tags": ["{tag}"{rare}], "summary": "Text {ix}"}}"#
        )
    };
    let articles: Vec<String> = (0..n_articles).map(article).collect();
    let json = format!(r#"{{"title": "E", "articles": [{}]}}"#, articles.join(","));
    let mut articles = Articles::new(json.into());
    while articles.step(1 << 16).unwrap() {}
    let overview: Overview = unpack(&articles.overview()).unwrap();
    let mut server = Server::default();
    let mut cards = Vec::new();
    for ix in 0..n_articles {
        let card: Card = unpack(&articles.card(ix)).unwrap();
        // Without what is near, which takes its time to be found.
        let opened = Opened {
            id: card.id.clone(),
            title: card.title.clone(),
            ..Opened::default()
        };
        cards.push((card, server.put(pack(&opened))));
    }
    let mut ids = [IdBucket::default(), IdBucket::default()];
    for (ix, (card, _)) in cards.iter().enumerate() {
        ids[bucket(&card.id, 2)]
            .ids
            .push((card.id.clone(), ix as u32));
    }
    ids.iter_mut().for_each(|bucket| bucket.ids.sort());
    let every = [("a b", 2, 0), ("c", 2, 1), ("rare", 33, 0)];
    let tags = every.map(|(name, step, first)| TagList {
        slug: name_slug(name),
        name: name.into(),
        docs: (first..n_articles as u32).step_by(step).collect(),
    });
    let of = overview
        .entries
        .iter()
        .map(|entry| entry.category.map_or(0, |ix| ix + 1));
    let categories = overview
        .categories
        .iter()
        .zip(1..)
        .map(|(name, ix)| Category {
            name: name.clone(),
            slug: name_slug(name),
            n_articles: overview
                .entries
                .iter()
                .filter(|entry| entry.category == Some(ix - 1))
                .count() as u32,
        });
    let mut blocks: Vec<Blob> = cards
        .chunks(CARDS_PER_BLOCK)
        .map(|cards| {
            server.put(pack(&CardBlock {
                cards: cards.to_vec(),
            }))
        })
        .collect();
    let n_older = (blocks.len() / BLOCKS_PER_NAMES).saturating_sub(1) * BLOCKS_PER_NAMES;
    let older: Vec<Blob> = blocks.drain(..n_older).collect();
    let index = Index {
        edition: overview.edition.clone(),
        n_articles: n_articles as u32,
        n_dated: n_articles as u32,
        categories: categories.collect(),
        category_of: of
            .collect::<Vec<u32>>()
            .chunks(ARTICLES_PER_RANGE)
            .map(|of| server.put(pack(&Categories { of: of.to_vec() })))
            .collect(),
        tags: vec![server.put(pack(&TagBucket { tags: tags.into() }))],
        ids: ids.iter().map(|ids| server.put(pack(ids))).collect(),
        older_cards: older
            .chunks(BLOCKS_PER_NAMES)
            .map(|blocks| {
                server.put(pack(&CardNames {
                    blocks: blocks.to_vec(),
                }))
            })
            .collect(),
        cards: blocks,
        ..Index::default()
    };
    let library = BuiltLibrary::new(pack(&index)).unwrap();
    (server, Rc::new(library))
}

/// A reader, its server, and what it was told to do beside.
struct Session {
    state: State,
    server: Server,
    effects: Vec<Effect>,
}

impl Session {
    fn of(n_articles: usize) -> Session {
        let (server, library) = edition(n_articles);
        let mut session = Session {
            state: State::default(),
            server,
            effects: Vec::new(),
        };
        session.send(Msg::Loaded(library));
        session
    }

    /// One message, with nothing of what it asks for.
    fn send(&mut self, msg: Msg) {
        let mut waiting = vec![msg];
        while let Some(msg) = waiting.pop() {
            let (state, effects) = update(std::mem::take(&mut self.state), msg);
            self.state = state;
            for effect in effects {
                match effect {
                    Effect::Open(ix) => match self.state.library().unwrap().article(ix) {
                        Lookup::Here(opened) => waiting.push(Msg::Opened(Some(opened))),
                        Lookup::Missing => waiting.push(Msg::Opened(None)),
                        Lookup::Coming => {}
                    },
                    effect => self.effects.push(effect),
                }
            }
        }
    }

    /// What a host does: draws, fetches, tells, until nothing is wanted.
    fn settle(&mut self) {
        loop {
            let _ = self.state.is_complete();
            let library = self.state.library().unwrap().clone();
            let wanted = library.wanted();
            if wanted.is_empty() {
                return;
            }
            for blob in wanted {
                self.server.n_fetched += 1;
                match self.server.files.get(&blob) {
                    Some(bytes) => {
                        assert!(library.take(&blob, bytes));
                        self.send(Msg::Came);
                    }
                    None => {
                        library.give_up(&blob);
                        self.send(Msg::DidNotCome(Failure::default()));
                    }
                }
            }
        }
    }

    fn ids(&self, n: usize) -> String {
        let library = self.state.library().unwrap();
        let docs = self.state.listing.docs.iter().take(n);
        let ids = docs.filter_map(|&ix| library.id(ix as usize).here());
        ids.collect::<Vec<_>>().join(" ")
    }
}

#[track_caller]
fn check(n_articles: usize, msg: Msg, n_expect: usize, first: &str, n_fetched_max: usize) {
    let mut session = Session::of(n_articles);
    session.settle();
    let before = session.server.n_fetched;
    session.send(msg);
    session.settle();
    assert!(session.state.is_complete());
    assert_eq!(session.state.listing.docs.len(), n_expect);
    assert_eq!(session.ids(2), first);
    let n_fetched = session.server.n_fetched - before;
    assert!(n_fetched <= n_fetched_max, "{n_fetched} files were fetched");
}

#[test]
fn lists() {
    let category = |name: &str| Msg::Category(Some(name.into()));
    check(0, Msg::Came, 0, "", 0);
    check(500, Msg::Came, 500, "n499 n498", 0);
    check(500, Msg::Sort(Sort::Oldest), 500, "n0 n1", 1);
    // The categories are three files.
    check(500, category("Sea"), 167, "n498 n495", 3 + 3);
    check(500, category("Nowhere"), 0, "", 3);
    check(500, Msg::Tag(Some("a b".into())), 250, "n498 n496", 3 + 3);
    check(500, Msg::Tag(Some("a-b".into())), 250, "n498 n496", 3 + 3);
    check(500, Msg::Tag(Some("zzz".into())), 0, "", 3 + 1);
}

#[test]
fn only_what_is_in_view_is_fetched() {
    let mut session = Session::of(1_000);
    session.settle();
    assert_eq!(session.server.n_fetched, 2, "two blocks of cards");
    session.send(Msg::Viewport(50_000.0, 900.0));
    session.settle();
    assert!(session.server.n_fetched <= 6);
}

#[test]
fn each_card_may_stand_in_a_block_of_its_own() {
    let mut session = Session::of(6_600);
    session.settle();
    session.send(Msg::Tag(Some("rare".into())));
    session.settle();
    session.send(Msg::Viewport(0.0, 8_000.0));
    session.settle();
    assert_eq!(session.state.listing.docs.len(), 200);
    let n_built = session.state.window.blocks.len() * CARDS_PER_BLOCK_OF_LIST;
    assert!(n_built > 64, "{n_built} cards are built");
    assert!(session.state.is_complete());
    let n_fetched = session.server.n_fetched;
    session.settle();
    assert_eq!(
        session.server.n_fetched, n_fetched,
        "nothing is fetched twice"
    );
    assert!(n_fetched < n_built + 40, "{n_fetched} files");
}

#[test]
fn an_article_opens_when_it_is_here() {
    let mut session = Session::of(500);
    session.settle();
    session.effects.clear();
    session.send(Msg::Go(Route::anchor("n7", "op-summary")));
    assert!(session.state.seeks && session.state.opened.is_none());
    assert_eq!(
        session.effects,
        [Effect::Push(Route::anchor("n7", "op-summary"))],
        "nowhere to be yet"
    );
    session.settle();
    assert_eq!(session.state.opened.as_ref().unwrap().title, "Article 7");
    assert!(!session.state.seeks);
    let arrived = Effect::Arrive(Arrival::Anchor("op-summary".into()));
    assert_eq!(session.effects.last(), Some(&arrived));
    assert_eq!(session.server.n_fetched, 2 + 3, "its id, its card, itself");

    session.send(Msg::Go(Route::article("nowhere")));
    session.settle();
    assert!(
        session.state.opened.is_none() && !session.state.seeks,
        "there is none"
    );
}

#[test]
fn an_article_that_the_edition_does_not_know_may_have_a_page() {
    let mut session = Session::of(500);
    session.state.addresses = Addresses::Site(Site::new("/news/"));
    session.settle();
    session.effects.clear();
    session.send(Msg::Go(Route::article("nowhere")));
    session.settle();
    let wanted = [Effect::Push(Route::article("nowhere")), Effect::LoadPage];
    assert_eq!(session.effects, wanted, "once its id would be here");
    assert!(session.state.seeks, "it is not said that there is none");

    session.effects.clear();
    session.send(Msg::Opened(None));
    assert!(!session.state.seeks && session.state.opened.is_none());
    let told = Effect::Title("Article not found — E".into());
    assert!(session.effects.contains(&told), "{:?}", session.effects);
}

#[test]
fn going_elsewhere_calls_an_article_off() {
    let mut session = Session::of(500);
    session.settle();
    session.send(Msg::Go(Route::article("n7")));
    session.send(Msg::Go(Route::default()));
    session.settle();
    assert!(session.state.opened.is_none() && !session.state.is_article());
    assert_eq!(session.state.listing.docs.len(), 500);
}

#[test]
fn what_is_found_may_lie_anywhere() {
    let mut session = Session::of(500);
    session.settle();
    session.send(Msg::Typed("x".into()));
    session.send(Msg::OpenFirst);
    let found = Found {
        asked: 1,
        docs: [3, 400].into(),
        all_words: 2,
        ..Found::default()
    };
    session.send(Msg::Search(Answer::Found(found)));
    session.settle();
    let n_fetched = session.server.n_fetched;
    let wanted = Effect::Snippets(1, vec![3, 400]);
    assert!(session.effects.contains(&wanted), "{:?}", session.effects);
    session.settle();
    assert_eq!(
        session.server.n_fetched, n_fetched,
        "results bring their cards"
    );
    let library = session.state.library().unwrap().clone();
    let card = Card {
        id: "n3".into(),
        ..Card::default()
    };
    library.keep_card(3, &pack(&card));
    library.keep_card(400, b"damaged");
    assert!(matches!(library.found_card(400), Lookup::Coming));
    session.send(Msg::Came);
    session.settle();
    assert_eq!(
        session.state.opened.as_ref().unwrap().id,
        "n3",
        "Enter was quicker than the card"
    );
}

/// What was found of 500 articles, and nothing of its rows.
fn found(docs: impl Into<Rc<[u32]>>) -> Session {
    let mut session = Session::of(500);
    session.settle();
    session.server.n_fetched = 0;
    session.send(Msg::Typed("x".into()));
    let found = Found {
        asked: 1,
        docs: docs.into(),
        ..Found::default()
    };
    session.send(Msg::Search(Answer::Found(found)));
    session
}

#[test]
fn what_is_found_is_counted_when_somebody_looks_at_the_counts() {
    let mut session = found([3, 400, 2]);
    session.settle();
    assert_eq!(session.state.listing.docs.len(), 3);
    assert_eq!(session.server.n_fetched, 0, "the categories of all");
    assert!(session.state.listing.counts.is_empty());
    session.send(Msg::CountsWanted);
    assert_eq!(&*session.state.listing.docs, [3, 400, 2], "no list waits");
    session.settle();
    assert_eq!(session.server.n_fetched, 3);
    let counts = session.state.listing.counts.clone();
    assert_eq!(counts.iter().sum::<u32>(), 3, "{counts:?}");
    assert_eq!(session.state.listing.n_any_category, 3);
    // From then on they go with every answer.
    session.send(Msg::Typed("xy".into()));
    let next = Found {
        asked: 2,
        docs: [7].into(),
        ..Found::default()
    };
    session.send(Msg::Search(Answer::Found(next)));
    assert_eq!(session.state.listing.counts.iter().sum::<u32>(), 1);
}

#[test]
fn categories_that_do_not_come_take_nothing_from_an_answer() {
    let mut session = found([3, 400]);
    session.server.files.clear();
    session.send(Msg::CountsWanted);
    session.settle();
    assert_eq!(session.state.listing.docs.len(), 2);
    assert!(session.state.listing.counts.is_empty());
}

#[test]
fn rows_that_do_not_come_take_nothing_from_an_answer() {
    let mut session = found([3, 400]);
    session.send(Msg::OpenFirst);
    session.effects.clear();
    session.send(Msg::Search(Answer::Lost(
        1,
        vec![3, 400],
        Failure::default(),
    )));
    assert_eq!(session.state.search.engine, Engine::Idle, "nothing failed");
    let snippet = |doc| {
        let found = session.state.search.found.as_ref();
        found.and_then(|found| found.snippet(doc)).cloned()
    };
    assert_eq!(snippet(3).as_deref(), Some(&Snippet::default()));
    // Lists have their cards, too; and the rows are not asked for without end.
    session.state.library().unwrap().card(3);
    session.settle();
    assert!(
        !session
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Snippets(..)))
    );
    assert_eq!(session.state.opened.as_ref().unwrap().id, "n3");
}

#[test]
fn what_does_not_come_is_said_and_tried_again() {
    let mut session = Session::of(500);
    session.settle();
    let files = session.server.files.clone();
    session.server.files.clear();
    session.send(Msg::Go(Route::article("n7")));
    session.settle();
    assert!(session.state.trouble.is_some());
    session.server.files = files;
    session.send(Msg::Retry);
    session.settle();
    assert!(session.state.trouble.is_none());
    assert_eq!(session.state.opened.as_ref().unwrap().title, "Article 7");
}

#[test]
fn a_damaged_file_is_refused() {
    let (_, library) = edition(3);
    library.card(0);
    let wanted = library.wanted();
    assert!(!library.take(&wanted[0], b"<!doctype html>"));
    assert!(matches!(library.card(0), Lookup::Coming), "asked for again");
    assert!(BuiltLibrary::new(b"<!doctype html>".to_vec()).is_none());
}
