//! What the service worker is told of a site, so that it opens without a network.
//!
//! 1. `kept` is how a file is named wherever one is: by its address, what it hashes to, and its length;
//! 2. `articles` writes `article/ID/files.json`, all that an article needs, and remembers those of the newest;
//! 3. `search_list` lists the files of the search;
//! 4. `version` is the version manifest, which names all of that: what is used of an edition is used whole or not at all;
//! 5. `pages` are the pages for when there is no network: what was saved, and what is not here.

mod articles;
mod kept;
mod pages;
mod search_list;
mod version;

pub use articles::{ArticleFiles, Newest, OfArticle};
pub use kept::{Kept, picture};
pub use pages::{Pages, offline, saved};
pub use search_list::SearchList;
pub use version::{Version, has_whole_lists};

use super::Arguments;
use super::config::Config;
use super::runtime::Runtime;

/// The service worker, by its address.
pub const WORKER: &str = "sw.js";

/// The one that takes itself out, among the reader's files.
pub const LEAVING: &str = "sw-off.js";

/// So many of the newest articles are kept where nothing is said.
const ARTICLES: usize = 24;

/// So many at most: they are fetched by everybody, with each edition.
pub const ARTICLES_MAX: usize = 1_000;

/// Whether a site is read without a network, and how many of its articles are kept on every device; none where it is not.
pub fn kept_articles(arguments: &Arguments, config: &Config, runtime: &Runtime) -> Option<usize> {
    let is_on = !arguments.no_offline && !config.no_offline && runtime.bytes(WORKER).is_some();
    is_on.then(|| config.offline_articles.unwrap_or(ARTICLES))
}
