//! To come.

use super::{Imported, Losses, SourceFile};
use anyhow::Result;

/// To come.
pub fn read(_source: &SourceFile, _losses: &mut Losses) -> Result<Imported> {
    anyhow::bail!("not there yet")
}
