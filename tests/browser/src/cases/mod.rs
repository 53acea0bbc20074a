//! The cases, in a table.

mod harness;
mod steps;

mod front;
mod seed;

mod search;

mod routes;

mod keyboard;

mod damaged;
mod states;
mod without_wasm;

mod hostile;
mod quiet;

mod long_list;

mod translation;

mod several;

mod layout;
mod looks;
mod theme;

use std::future::Future;
use std::pin::Pin;

use anyhow::Result;

use crate::stage::Stage;

/// A test case.
pub struct Case {
    /// `module::what_holds`
    pub name: &'static str,
    /// What is done.
    pub run: Run,
}

/// A case's function. The cases of a browser run one after another, in one thread.
pub type Run = for<'a> fn(&'a Stage<'a>) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

macro_rules! cases {
    ($($module:ident: $($case:ident),+;)+) => {
        &[$($(Case {
            name: concat!(stringify!($module), "::", stringify!($case)),
            run: |stage| Box::pin($module::$case(stage)),
        }),+),+]
    };
}

/// All cases.
pub const ALL: &[Case] = cases! {
    harness: finds_behind_shadow_roots, keeps_complaints, sizes_and_schemes, runs_axe;
    front: shows_the_edition, keeps_days, filters_by_category, filters_by_tag, orders_by_date;
    seed: shows_every_sentence_once, is_found_by_its_words, keeps_to_its_category;
    search: fetches_its_engine_at_the_focus, answers_as_one_types, combines_with_a_category, is_worked_with_keys,
        repairs_a_slip, takes_an_early_enter, says_what_to_try, says_when_it_cannot;
    routes: open_directly, back_returns_to_the_place, filters_are_steps, a_shared_place_is_shown, places_in_an_article,
        from_article_to_article, other_clicks_are_the_browsers;
    keyboard: stops_in_reading_order, skips_to_the_content, searches_opens_and_returns, sees_every_stop_of_an_article;
    states: loading, loading_an_article, empty, a_single_article, failures, no_server, cut_short, offline,
        five_megabytes_in_one_paragraph;
    damaged: names_every_problem, shows_what_can_be_shown;
    without_wasm: refused_by_a_policy, not_delivered, no_module_for_articles, nothing_at_all;
    quiet: a_long_visit, the_policy_is_strict, hostile_articles_are_text, fetches_only_what_it_needs;
    hostile: in_every_field, in_every_field_laid_out, as_the_source, in_the_address, in_found_passages, without_webassembly;
    long_list: of_19_771;
    translation: of_the_list, of_an_article, of_what_is_not_there;
    several: two_are_independent, five_share_a_module, taken_out_put_back_and_moved, another_source;
    layout: fits_a_phone, fits_at_200_percent, takes_wide_spacing, keeps_still, takes_forced_colours, prints;
    theme: is_chosen_and_remembered, follows_the_preference;
    looks: front, front_filtered, search_results, nothing_found, article, article_parts, article_code, article_in_arabic,
        article_in_japanese, stub, not_found, empty, failure, loading, problems, offline, without_wasm;
};
