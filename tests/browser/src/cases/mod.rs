//! The cases, in a table.

mod harness;

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
};
