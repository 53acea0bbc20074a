//! Reading without a network, on a server that fails in every way that is known, against a model of what was promised.
//!
//! A [`scene::Scene`] runs each fault in a scope of its own: an edition is installed, saved or updated while something goes wrong; then
//! the server is really stopped, and all that the model says opens, byte for byte as it was built ([`edition`]), and nothing else
//! claims to be saved; then the server is well again, the same is tried once more, and must come to its end.
//!
//! Each case goes through a sample of its faults; `OFFPRINT_FAULTS=all` has it go through all.

mod edition;
mod scene;

pub mod app;
pub mod by_hand;
pub mod exchange;
pub mod network;
pub mod reader;
pub mod restarts;
pub mod saving;
pub mod store;
pub mod truth;
pub mod versions;

use xtask::system::Engine;

/// Whether all faults are asked for, not a sample.
pub fn is_all_faults() -> bool {
    std::env::var("OFFPRINT_FAULTS").is_ok_and(|which| which == "all")
}

/// Every so many of these, so that about `n` are left, others in each browser; all of them where all are asked for.
fn sampled<T>(engine: Engine, all: Vec<T>, n: usize) -> Vec<T> {
    if is_all_faults() {
        return all;
    }
    let step = all.len().div_ceil(n.max(1)).max(1);
    let first = step * engine as usize / Engine::ALL.len();
    all.into_iter().skip(first).step_by(step).collect()
}
