//! How a site is served: by `offprint serve`, and by other servers that read what is written for them.
//!
//! `requests` holds one table that all of them have to answer alike.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

#[path = "../command/mod.rs"]
mod command;
mod others;
mod process;
mod requests;
mod serve;
