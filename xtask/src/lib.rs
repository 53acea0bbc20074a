//! The project's own commands as a library: the browser tests use its server too.
//!
//! In reading order: where things are ([`workspace`]), how programs are run ([`program`]), what a command needs
//! and how it gets it ([`setup`], over [`tools`] and [`system`]), how the reader is built, measured and served
//! ([`dist`], [`imports`], [`digests`], [`npm`], [`sizes`], [`server`], [`serve`]), how everything is tested ([`check`]), how built
//! sites are measured ([`mod@bench`]), and how the package for npm is tried ([`bundlers`]).

pub mod workspace;

pub mod program;

pub mod setup;
pub mod system;
pub mod tools;

pub mod digests;
pub mod dist;
pub mod imports;
pub mod npm;
pub mod sizes;

pub mod page;
pub mod serve;
pub mod server;

pub mod check;

pub mod bench;
pub mod bundlers;
pub mod frameworks;
