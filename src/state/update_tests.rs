//! Tables of cases for `update`: a state, a message, and what comes of it.

use std::rc::Rc;

use offprint_articles::Articles;

use super::*;
use crate::library::{Library, PackedLibrary, Source};
use crate::state::{Answer, Failure, FailureKind, Found, Snippet, Sort, Theme};

/// The module that reads collections, as a source without a browser between.
struct Direct(Articles);

impl Source for Direct {
    fn overview(&self) -> Vec<u8> {
        self.0.overview()
    }

    fn card(&self, ix: usize) -> Vec<u8> {
        self.0.card(ix)
    }

    fn article(&self, ix: usize) -> Vec<u8> {
        self.0.article(ix)
    }
}

fn library(json: &str) -> PackedLibrary {
    let mut articles = Articles::new(json.into());
    while articles.step(64).unwrap() {}
    PackedLibrary::new(Box::new(Direct(articles))).unwrap()
}

/// A reader of five articles, at the front.
fn ready() -> State {
    let json = r#"{"version": 1, "title": "Edition", "articles": [
        {"id": "a", "title": "Tides", "published": "2026-01-03", "category": "Science", "tags": ["sea", "moon"]},
        {"id": "b", "title": "Bread", "published": "2026-01-05", "category": "Culture"},
        {"id": "c", "title": "Maps", "published": "2026-01-01", "category": "Science", "tags": ["sea"]},
        {"id": "d", "title": "Undated", "category": "Culture", "tags": ["sea"]},
        {"id": "e", "title": "Alone", "published": "2026-01-04"}
    ]}"#;
    let library: Rc<dyn Library> = Rc::new(library(json));
    run(State::default(), [Msg::Loaded(library)]).0
}

/// Sends messages and carries out what needs no browser: opening an article.
fn run(mut state: State, msgs: impl IntoIterator<Item = Msg>) -> (State, Vec<Effect>) {
    let mut all = Vec::new();
    for msg in msgs {
        let (next, effects) = update(state, msg);
        state = next;
        for effect in effects {
            if let Effect::Open(ix) = effect {
                let opened = state.library().unwrap().article(ix).here();
                let (next, more) = update(state, Msg::Opened(opened));
                state = next;
                all.extend(more);
            } else {
                all.push(effect);
            }
        }
    }
    (state, all)
}

fn ids(state: &State) -> String {
    let library = state.library().unwrap();
    let ids = state
        .listing
        .docs
        .iter()
        .map(|&ix| &*library.overview().entries[ix as usize].id);
    ids.collect::<Vec<_>>().join(" ")
}

fn found(asked: u32, docs: &[u32]) -> Msg {
    Msg::Search(Answer::Found(Found {
        asked,
        docs: docs.into(),
        all_words: docs.len(),
        ..Found::default()
    }))
}

fn typed(text: &str) -> Msg {
    Msg::Typed(text.to_owned())
}

#[track_caller]
fn check_list(msgs: impl IntoIterator<Item = Msg>, expect_ids: &str, expect_address: &str) {
    let (state, _) = run(ready(), msgs);
    assert_eq!(ids(&state), expect_ids);
    assert_eq!(state.route.address(), expect_address);
}

#[test]
fn lists() {
    let science = || Msg::Category(Some("Science".into()));
    let sea = || Msg::Tag(Some("sea".into()));
    check_list([], "b e a c d", "/");
    check_list([science()], "a c", "/?category=Science");
    check_list([sea()], "a c d", "/?tag=sea");
    check_list(
        [science(), sea(), Msg::Sort(Sort::Oldest)],
        "c a",
        "/?category=Science&tag=sea&sort=oldest",
    );
    check_list([Msg::Sort(Sort::Oldest)], "c a e b d", "/?sort=oldest");
    check_list(
        [Msg::Category(Some("Nothing".into()))],
        "",
        "/?category=Nothing",
    );
    check_list([science(), Msg::Category(None)], "b e a c d", "/");
    check_list([typed("x"), found(1, &[3, 0, 2])], "d a c", "/?q=x");
    check_list(
        [typed("x"), found(1, &[3, 0, 2]), science()],
        "a c",
        "/?category=Science&q=x",
    );
    check_list(
        [typed("x"), found(1, &[3, 0, 2]), Msg::Sort(Sort::Newest)],
        "a c d",
        "/?q=x&sort=newest",
    );
    check_list([typed("x"), found(1, &[3]), typed("")], "b e a c d", "/");
    check_list([typed("x"), found(1, &[])], "", "/?q=x");
}

#[test]
fn days_narrow_by_way_of_the_engine() {
    let from = || Msg::From("2026-01-02".into());
    let to = || Msg::To("2026-01-04".into());
    let asked = |msgs: Vec<Msg>| {
        let (state, effects) = run(ready(), msgs);
        let asked = effects.iter().rev().find_map(|effect| match effect {
            Effect::Search(_, words) => Some(words.clone()),
            _ => None,
        });
        (asked, state.route.address())
    };
    let cases = [
        (vec![from()], "after:2026-01-02 ", "/?from=2026-01-02"),
        (
            vec![typed("tide "), to()],
            "before:2026-01-05 tide ",
            "/?q=tide%20&to=2026-01-04",
        ),
        (
            vec![from(), to(), Msg::To("soon".into())],
            "after:2026-01-02 ",
            "/?from=2026-01-02",
        ),
    ];
    for (msgs, words, address) in cases {
        assert_eq!(asked(msgs), (Some(words.into()), address.into()));
    }
    let science = Msg::Category(Some("Science".into()));
    check_list(
        [from(), found(1, &[0, 4]), science],
        "a",
        "/?category=Science&from=2026-01-02",
    );
    check_list([from(), found(1, &[0]), Msg::Widened], "b e a c d", "/");
    let both = [
        typed("x"),
        found(1, &[0, 1]),
        from(),
        found(2, &[]),
        Msg::Widened,
    ];
    let (state, effects) = run(ready(), both);
    assert_eq!(state.route.address(), "/?q=x");
    assert_eq!(effects.last(), Some(&Effect::Arrive(Arrival::Top)));
    assert!(effects.contains(&Effect::Search(3, "x".into())));
}

#[test]
fn an_article_that_was_found_has_its_words_marked() {
    let marked = |state: &State| {
        state
            .marked()
            .map(|(opened, words)| (opened.id.clone(), words.to_owned()))
    };
    let of = |id: &str| Some((id.to_owned(), "tide".to_owned()));
    let by_address = Msg::Arrived(Route::parse("/article/a?q=tide"), None);
    let (state, effects) = run(ready(), [by_address]);
    assert_eq!(marked(&state), of("a"));
    assert!(
        effects.contains(&Effect::StartSearch),
        "which knows what was matched"
    );
    // At another place of it they stay; in another article, and in the list, they go.
    let (state, _) = run(state, [Msg::Go(Route::anchor("a", "op-x"))]);
    assert_eq!(marked(&state), of("a"));
    assert_eq!(state.route.address(), "/article/a/op-x?q=tide");
    let (state, _) = run(state, [Msg::Go(Route::article("b"))]);
    assert_eq!(marked(&state), None);
    let (state, effects) = run(ready(), [Msg::Go(Route::article("a"))]);
    assert_eq!(marked(&state), None);
    assert!(!effects.contains(&Effect::StartSearch));
    let (state, _) = run(state, [typed("tide"), found(1, &[0])]);
    assert_eq!(marked(&state), None, "a list");
}

#[test]
fn counts_are_of_each_category_under_the_other_filters() {
    let (state, _) = run(
        ready(),
        [
            Msg::Tag(Some("sea".into())),
            Msg::Category(Some("Culture".into())),
        ],
    );
    assert_eq!(&*state.listing.counts, [2, 1]);
    assert_eq!(state.listing.n_any_category, 3);
}

#[test]
fn an_older_answer_is_not_taken_for_the_newer_one() {
    let (state, _) = run(ready(), [typed("x"), typed("xy"), found(1, &[0])]);
    assert!(!state.search.is_settled());
    let (state, _) = run(state, [found(2, &[1])]);
    assert!(state.search.is_settled());
    assert_eq!(ids(&state), "b");
}

#[test]
fn the_last_answer_stays_until_the_next_one() {
    let (state, _) = run(ready(), [typed("x"), found(1, &[0, 1]), typed("xy")]);
    assert_eq!(ids(&state), "a b");
}

#[test]
fn typing_on_makes_one_step_in_the_history() {
    #[track_caller]
    fn check(msgs: impl IntoIterator<Item = Msg>, expect: &[&str]) {
        let (_, effects) = run(ready(), msgs);
        let steps = effects.iter().filter_map(|effect| match effect {
            Effect::Push(route) => Some(format!("push {}", route.address())),
            Effect::Replace(route) => Some(format!("replace {}", route.address())),
            _ => None,
        });
        assert_eq!(steps.collect::<Vec<_>>(), expect);
    }
    let from = |day: &str| Msg::From(day.into());
    check(
        [typed("t"), typed("ti"), typed("tid"), typed("")],
        &["push /?q=t", "replace /?q=ti", "replace /?q=tid", "push /"],
    );
    // A browser says of a year each digit.
    check(
        [typed("t"), from("0002-01-01"), from("0020-01-01"), from("")],
        &[
            "push /?q=t",
            "push /?q=t&from=0002-01-01",
            "replace /?q=t&from=0020-01-01",
            "push /?q=t",
        ],
    );
    check(
        [from("2026-01-01"), Msg::Category(Some("Science".into()))],
        &[
            "push /?from=2026-01-01",
            "push /?category=Science&from=2026-01-01",
        ],
    );
}

#[test]
fn the_engine_is_started_by_the_first_intent() {
    let (_, effects) = run(ready(), [Msg::SearchFocused]);
    assert_eq!(effects, [Effect::StartSearch]);
    let (_, effects) = run(ready(), [typed("x")]);
    assert!(effects.contains(&Effect::StartSearch));
    let (_, effects) = run(
        ready(),
        [
            Msg::Category(Some("Science".into())),
            Msg::Go(Route::article("a")),
        ],
    );
    assert!(!effects.contains(&Effect::StartSearch), "before any intent");
}

#[test]
fn an_article_and_back() {
    let (state, effects) = run(
        ready(),
        [Msg::Tag(Some("sea".into())), Msg::Go(Route::article("c"))],
    );
    assert_eq!(state.opened.as_ref().unwrap().title, "Maps");
    assert!(effects.contains(&Effect::Title("Maps — Edition".into())));
    assert!(effects.contains(&Effect::Arrive(Arrival::Top)));
    assert_eq!(state.list_route.address(), "/?tag=sea");

    let place = Place {
        at: Some(2),
        top: -20.0,
        focus: Some(2),
    };
    let back = state.list_route.clone();
    let (state, effects) = run(state, [Msg::Arrived(back, Some(place))]);
    assert!(state.opened.is_none());
    assert_eq!(ids(&state), "a c d");
    assert!(effects.contains(&Effect::Arrive(Arrival::Place(place))));
    assert!(effects.contains(&Effect::Title("sea — Edition".into())));
}

#[test]
fn neighbours_are_by_date() {
    let (state, _) = run(ready(), [Msg::Go(Route::article("a"))]);
    let opened = state.opened.unwrap();
    assert_eq!(opened.newer.as_ref().unwrap().id, "e");
    assert_eq!(opened.older.as_ref().unwrap().id, "c");
}

#[test]
fn an_article_that_is_not_there() {
    let (state, effects) = run(ready(), [Msg::Arrived(Route::article("zz"), None)]);
    assert!(state.is_article() && state.opened.is_none());
    assert!(effects.contains(&Effect::Title("Article not found — Edition".into())));
}

#[test]
fn an_anchor_of_the_open_article_does_not_open_it_again() {
    let (state, _) = run(ready(), [Msg::Go(Route::article("a"))]);
    let opened = state.opened.clone().unwrap();
    let (state, effects) = run(state, [Msg::Go(Route::anchor("a", "op-x"))]);
    assert!(Rc::ptr_eq(&opened, state.opened.as_ref().unwrap()));
    assert!(effects.contains(&Effect::Arrive(Arrival::Anchor("op-x".into()))));
}

#[test]
fn a_reload_goes_where_the_person_was() {
    let place = Place {
        at: Some(3),
        top: 5.0,
        focus: None,
    };
    let library = ready().library().unwrap().clone();
    let route = Route::parse("/?tag=sea&at=1");
    let (state, effects) = run(
        State::default(),
        [
            Msg::Arrived(route.clone(), Some(place)),
            Msg::Loaded(library.clone()),
        ],
    );
    assert_eq!(ids(&state), "a c d");
    assert!(effects.contains(&Effect::Arrive(Arrival::Place(place))));

    // A shared link has no place of its own: the one in the address serves.
    let (_, effects) = run(
        State::default(),
        [Msg::Arrived(route, None), Msg::Loaded(library.clone())],
    );
    assert!(effects.contains(&Effect::Arrive(Arrival::Card(1))));

    // Nor is there a list before the answer: the place waits for it.
    let route = Route::parse("/?q=x&at=1");
    let (state, effects) = run(
        State::default(),
        [Msg::Arrived(route, None), Msg::Loaded(library)],
    );
    assert!(effects.contains(&Effect::Search(1, "x".into())));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Arrive(_)))
    );
    let (_, effects) = run(state, [found(1, &[0, 1, 2])]);
    assert!(effects.contains(&Effect::Arrive(Arrival::Card(1))));
}

#[test]
fn the_edition_once_more_moves_nothing() {
    let other = r#"{"version": 1, "articles": [{"id": "a", "title": "Tides, mended", "category": "Science"}]}"#;
    for address in ["/", "/?category=Science", "/?q=x", "/article/a"] {
        let (state, _) = run(ready(), [Msg::Go(Route::parse(address)), found(1, &[0])]);
        let renewed: Rc<dyn Library> = Rc::new(library(other));
        let (state, effects) = run(state, [Msg::Renewed(renewed), found(2, &[0])]);
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Arrive(_) | Effect::Push(_))),
            "{address}: {effects:?}"
        );
        match &state.opened {
            Some(opened) => assert_eq!(opened.title, "Tides, mended", "{address}"),
            None => assert_eq!(ids(&state), "a", "{address}"),
        }
        assert_eq!(state.route, Route::parse(address), "{address}");
    }
}

#[test]
fn passages_are_asked_for_once() {
    let (state, effects) = run(ready(), [typed("x"), found(1, &[0, 1])]);
    assert!(effects.contains(&Effect::Snippets(1, vec![0, 1])));
    let snippets = vec![(0, Snippet::default()), (1, Snippet::default())];
    let (state, _) = run(state, [Msg::Search(Answer::Snippets(1, snippets))]);
    let (_, effects) = run(state, [Msg::Category(Some("Science".into()))]);
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Snippets(..)))
    );
}

#[test]
fn arrows_go_through_the_list() {
    let cases = [
        (None, Step::Down, Effect::FocusCard(0)),
        (Some(0), Step::Down, Effect::FocusCard(1)),
        (Some(4), Step::Down, Effect::FocusCard(4)),
        (Some(1), Step::Up, Effect::FocusCard(0)),
        (Some(0), Step::Up, Effect::FocusSearch),
        (None, Step::Up, Effect::FocusSearch),
    ];
    for (from, step, expect) in cases {
        let (_, effects) = run(ready(), [Msg::Arrow(from, step)]);
        assert_eq!(effects, [expect], "{from:?} {step:?}");
    }
    let (_, effects) = run(
        ready(),
        [
            Msg::Category(Some("None".into())),
            Msg::Arrow(None, Step::Down),
        ],
    );
    assert!(
        effects.contains(&Effect::FocusSearch),
        "an empty list has no card to go to"
    );
}

#[test]
fn enter_opens_the_first_article_of_this_answer_and_not_of_the_last() {
    let (state, effects) = run(ready(), [typed("x"), found(1, &[2]), Msg::OpenFirst]);
    assert_eq!(state.opened.unwrap().id, "c");
    let pushed = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Push(r) if r.address() == "/article/c?q=x"));
    assert!(pushed);
    let (state, _) = run(
        ready(),
        [typed("x"), found(1, &[2]), typed("xy"), Msg::OpenFirst],
    );
    assert!(state.opened.is_none());
}

#[test]
fn failure_and_retry() {
    let failure = Failure {
        kind: FailureKind::NotFound,
        detail: "articles.json: 404".into(),
        code: "OP-E12".into(),
    };
    let (state, _) = run(State::default(), [Msg::LoadFailed(failure)]);
    assert!(matches!(state.phase, Phase::Failed(_)));
    let (state, effects) = run(state, [Msg::Retry]);
    assert!(matches!(state.phase, Phase::Loading));
    assert_eq!(effects, [Effect::Load]);
}

#[test]
fn colours_are_remembered() {
    let (state, effects) = run(ready(), [Msg::Theme(Theme::Dark)]);
    assert_eq!(state.theme, Theme::Dark);
    assert_eq!(effects, [Effect::RememberTheme(Theme::Dark)]);
}

#[test]
fn going_back_to_a_query_asks_it_again_where_another_was_asked_since() {
    for between in ["", "bread"] {
        let (state, _) = run(
            ready(),
            [
                typed("tide"),
                found(1, &[0]),
                Msg::Go(Route::article("a")),
                typed(between),
            ],
        );
        let back = Msg::Arrived(Route::parse("/?q=tide"), None);
        let (state, effects) = run(state, [Msg::Arrived(Route::article("a"), None), back]);
        let asked = state.search.asked;
        assert!(
            effects.contains(&Effect::Search(asked, "tide".into())),
            "after {between:?}"
        );
        assert_eq!(ids(&state), "", "nobody else's articles meanwhile");
        let (state, _) = run(state, [found(asked, &[0])]);
        assert_eq!(ids(&state), "a");
    }
    // Nothing was asked since: the answer is still good.
    let (state, _) = run(
        ready(),
        [typed("tide"), found(1, &[0]), Msg::Go(Route::article("a"))],
    );
    let (state, effects) = run(state, [Msg::Arrived(Route::parse("/?q=tide"), None)]);
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Search(..)))
    );
    assert_eq!(ids(&state), "a");
}

#[test]
fn enter_waits_for_the_answer() {
    let (state, _) = run(ready(), [typed("x"), Msg::OpenFirst]);
    assert!(state.opened.is_none());
    let (state, _) = run(state, [found(1, &[2])]);
    assert_eq!(state.opened.unwrap().id, "c");
    // Whoever goes on typing has thought better of it.
    let (state, _) = run(
        ready(),
        [typed("x"), Msg::OpenFirst, typed("xy"), found(2, &[2])],
    );
    assert!(state.opened.is_none());
    let (state, _) = run(ready(), [typed("  "), Msg::OpenFirst]);
    assert!(state.opened.is_none(), "blank words find nothing to open");
}

#[test]
fn a_search_that_failed_is_no_answer_and_can_be_tried_again() {
    let failed = || {
        Msg::Search(Answer::Failed(Failure {
            kind: FailureKind::Refused,
            detail: "no worker".into(),
            code: "OP-E02".into(),
        }))
    };
    let (state, _) = run(ready(), [typed("x"), found(1, &[0]), typed("xy"), failed()]);
    assert_eq!(
        ids(&state),
        "",
        "the last answer is not shown for these words"
    );
    let (state, effects) = run(state, [Msg::RetrySearch]);
    assert!(
        effects.contains(&Effect::StartSearch) && effects.contains(&Effect::Search(3, "xy".into()))
    );
    let (state, _) = run(state, [found(3, &[1])]);
    assert_eq!(ids(&state), "b");
    let (state, _) = run(state, [typed(""), failed()]);
    assert_eq!(
        ids(&state),
        "b e a c d",
        "without words the list needs no engine"
    );
}

#[test]
fn the_list_stays_while_the_first_answer_is_on_its_way() {
    let (state, _) = run(ready(), [typed("x")]);
    assert_eq!(ids(&state), "b e a c d");
}

#[test]
fn a_link_to_where_one_is_makes_no_step() {
    let (_, effects) = run(ready(), [Msg::Go(Route::default())]);
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Push(_)))
    );
}

#[test]
fn what_takes_its_own_button_away_moves_the_focus() {
    let (state, _) = run(ready(), [Msg::Tag(Some("sea".into()))]);
    let (_, effects) = run(state, [Msg::Tag(None)]);
    assert_eq!(effects.last(), Some(&Effect::Arrive(Arrival::Top)));
    let (state, _) = run(ready(), [typed("x")]);
    let (_, effects) = run(state, [Msg::Cleared]);
    assert_eq!(effects.last(), Some(&Effect::FocusSearch));
}
