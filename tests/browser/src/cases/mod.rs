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
mod hostile_pages;
mod quiet;

mod long_list;

mod translation;

mod several;

mod frame;

mod offline_ui;
mod site;

mod offline;

mod layout;
mod looks;
mod theme;

use std::future::Future;
use std::pin::Pin;

use anyhow::Result;
use xtask::system::Engine;

use crate::stage::Stage;

/// Of what takes long and is the same in all browsers but for themselves, each has every third: all together have all.
fn shared_out<T>(engine: Engine, all: impl IntoIterator<Item = T>) -> Vec<T> {
    let own = all.into_iter().skip(engine as usize);
    own.step_by(Engine::ALL.len()).collect()
}
use hostile_pages::{
    altered, broken, changes, elements, frameworks, isolated, life, misuse, panics, policies,
    styled,
};
pub use offline::is_all_faults;
use offline::{app, by_hand, exchange, network, reader, restarts, saving, store, truth, versions};
use search::{built, marks, narrowing, suggestions, syntax};

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
    suggestions: completes_the_last_word, leads_on_to_the_articles, offers_nothing_where_nothing_is_begun, keeps_searches,
        keeps_no_more_than_twenty, keeps_nothing_where_it_may_not;
    narrowing: by_days, by_categories_that_are_counted, by_everything_at_once, says_how_many;
    built: answers_as_the_collection_does, fetches_little, says_what_is_wrong_with_its_files, a_new_edition_while_searching,
        ranges_that_are_not_those_asked_for, runs_on_the_page_where_workers_are_refused;
    marks: are_of_what_was_matched, are_gone_through, leave_with_the_query, are_elements_where_nothing_is_painted, are_each_readers_own;
    syntax: is_shown_by_its_button, fits_a_phone, is_shown_by_its_key, leaves_the_page_its_key;
    routes: open_directly, back_returns_to_the_place, filters_are_steps, a_shared_place_is_shown, places_in_an_article,
        from_article_to_article, other_clicks_are_the_browsers;
    keyboard: stops_in_reading_order, skips_to_the_content, searches_opens_and_returns, sees_every_stop_of_an_article;
    states: loading, loading_an_article, empty, a_single_article, failures, no_server, cut_short, offline,
        five_megabytes_in_one_paragraph;
    damaged: names_every_problem, shows_what_can_be_shown;
    without_wasm: refused_by_a_policy, not_delivered, no_module_for_articles, nothing_at_all;
    quiet: a_long_visit, the_policy_is_strict, hostile_articles_are_text, fetches_only_what_it_needs;
    hostile: the_watch_sees, the_walk_sees, in_every_field, in_every_field_laid_out, as_the_source, in_the_address, in_found_passages, without_webassembly;
    policies: what_is_documented_is_enough, another_trusted_types_policy, no_workers, no_webassembly, no_articles_from_elsewhere;
    broken: files, parts_of_the_search, a_policy_that_reports, media_types, articles, browsers, browsers_of_2021, storage, two_scripts;
    misuse: no_such_article, calls, two_for_the_address, articles_set_again, mistakes;
    styled: nothing_comes_in, what_is_the_pages, in_cells, from_right_to_left, another_base, twice_as_large;
    altered: by_an_old_library, by_a_prototype_of_all, by_promises, by_fetch;
    isolated: by_an_embedder_policy, by_an_embedder_policy_from_elsewhere, by_a_sandbox, by_a_sandbox_around_a_frame, as_a_file;
    frameworks: react, vue, svelte, lit, preact;
    elements: from_another_origin, methods_and_events, properties, one_article, a_list, by_its_path, places, on_a_page_with_landmarks;
    changes: leave_the_focus, come_in_where_somebody_is, that_fail, that_come_and_go, of_one_that_waits, of_what_may_be_kept, of_the_path;
    life: fifty, a_thousand_times, what_is_left_is_clean, who_has_left_is_let_go, leaving_early, moved_and_copied, inside_another_yew;
    panics: are_started_again, are_not_for_everything;
    long_list: of_19_771;
    translation: of_the_list, of_an_article, of_what_is_not_there, of_the_other_elements;
    frame: has_the_height_of_its_content, is_heard_from_another_origin, is_believed_only_itself, obeys_the_page_around_it,
        refuses_other_addresses, works_without_an_origin, is_found_by_programs;
    several: two_are_independent, five_share_a_module, search_in_one_worker, taken_out_put_back_and_moved, another_source;
    site: pages_are_the_readers, takes_over_without_a_trace, goes_on_with_what_was_begun, leaves_what_is_pressed, does_an_enter_that_came_early, everything_of_the_reader_works,
        waits_for_a_person, fetches_little, says_what_did_not_come, a_new_edition_under_a_tab, stays_as_it_is, opens_as_a_folder;
    network: cut_at_a_byte, stopped_between_requests, other_answers, captive_portals, slow_loris;
    store: full, full_by_the_browsers_own_word, damaged, cleared, denied, another_clock;
    versions: one_after_another, two_tabs, deployed_while_saving, deployed_while_searching, on_one_origin, taken_out, pictures_of_one_name;
    restarts: cold_start, power_cut, ended_workers, ended_while_activated;
    truth: a_list_is_saved_on, one_of_a_list_is_gone, what_is_lost_stays_on_the_list, checking_misses_what_is_gone, another_tab_removes_it,
        a_tab_that_was_open, looking_keeps_nothing, an_import_without_a_worker, an_import_asks, pictures_of_an_edition_before;
    app: a_file_is_opened_with_it, installing_is_offered, what_is_saved_prints;
    saving: removing_asks, what_cannot_be_read, a_page_is_kept_once, how_much_is_here, a_list_without_a_reader, without_its_script,
        cancelled_before_the_worker_is_there, words_of_another_direction, the_focus_stays, in_a_document_without_an_address,
        without_a_part_of_the_reader, told_where_it_is_seen, a_list_with_what_is_read;
    by_hand: opens_again, leaves_the_owners_worker;
    exchange: what_was_saved_is_what_goes, no_file_is_too_large, what_was_imported_stays, places_that_a_file_brings;
    reader: an_article_that_left, a_link_to_one_that_left, the_place_after_a_reload, not_kept, a_saved_one_of_many, no_answer, a_file_without_a_network, what_is_incomplete;
    offline_ui: an_article, says_what_is_missing, a_list, the_saved_page, a_file_and_back, files_that_are_none, a_new_edition_is_offered,
        where_somebody_stopped, storage_is_denied;
    layout: fits_a_phone, fits_at_200_percent, takes_wide_spacing, keeps_still, takes_forced_colours, prints;
    theme: is_chosen_and_remembered, follows_the_preference;
    looks: front, front_filtered, search_results, search_suggestions, search_syntax, article_found, nothing_found, article, article_parts, article_code, article_in_arabic,
        article_in_japanese, stub, not_found, empty, failure, loading, problems, offline, without_wasm;
};
