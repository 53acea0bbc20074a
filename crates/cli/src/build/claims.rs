//! [`Claims`]: which paths of the site are taken, so that two files of one build do not come to stand in one place in silence.
//!
//! Paths are compared with and without regard to capitals: a site may be built, or unpacked, where capitals are not told apart.

use super::print::Print;
use super::state::key;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The paths of a build that are taken.
#[derive(Debug, Default)]
pub struct Claims {
    /// By the fingerprint without capitals, that with them: of millions of paths there is no room for the text.
    taken: Mutex<HashMap<u64, u64>>,
    /// Where copied files came from.
    sources: Mutex<BTreeMap<String, PathBuf>>,
    /// Later paths that differ from another in nothing but capitals.
    alike: Mutex<BTreeSet<String>>,
}

/// What a path is to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing like it was there.
    First,
    /// It was there.
    Same,
    /// Another that differs only in capitals was there.
    Alike,
}

impl Claims {
    /// Takes a path, for a file that is a copy of `source` or made by the build.
    pub fn take(&self, path: &str, source: Option<&Path>) -> Claim {
        let exact = short(&key(path));
        let folded = short(&key(&path.to_lowercase()));
        let claim = match held(&self.taken).entry(folded) {
            Entry::Vacant(place) => {
                place.insert(exact);
                Claim::First
            }
            Entry::Occupied(place) if *place.get() == exact => Claim::Same,
            Entry::Occupied(_) => Claim::Alike,
        };
        if claim == Claim::Alike {
            held(&self.alike).insert(path.to_owned());
        }
        if let Some(source) = source.filter(|_| claim != Claim::Same) {
            held(&self.sources).insert(path.to_owned(), source.to_path_buf());
        }
        claim
    }

    /// Says that two different files were to have one path.
    pub fn twice(&self, path: &str, source: Option<&Path>) -> String {
        let named = |source: Option<&Path>| match source {
            Some(source) => source.display().to_string(),
            None => "a file of the site's own".to_owned(),
        };
        let sources = held(&self.sources);
        let first = named(sources.get(path).map(PathBuf::as_path));
        format!(
            "{path}: {first} and {} would both be this file; the first of them is",
            named(source)
        )
    }

    /// Says which paths of the new site differ in nothing but capitals.
    pub fn alike(&self, site: &Path) -> Vec<String> {
        let mut listed = HashMap::new();
        let alike = held(&self.alike);
        let pairs = alike
            .iter()
            .filter_map(|path| pair(site, path, &mut listed));
        let pairs: BTreeSet<[String; 2]> = pairs.collect();
        let say = |[one, other]: [String; 2]| {
            format!(
                "{one} and {other} differ in capitals alone; where capitals are not told apart, only one of them is there"
            )
        };
        pairs.into_iter().map(say).collect()
    }
}

/// The first part of a path beside which there is one that differs in capitals, and that one.
fn pair(
    site: &Path,
    path: &str,
    listed: &mut HashMap<PathBuf, HashMap<String, BTreeSet<String>>>,
) -> Option<[String; 2]> {
    let mut before = String::new();
    for part in path.split('/') {
        let folder = site.join(&before);
        let names = listed.entry(folder.clone()).or_insert_with(|| {
            let mut names: HashMap<String, BTreeSet<String>> = HashMap::new();
            for found in fs::read_dir(folder).into_iter().flatten().flatten() {
                if let Ok(name) = found.file_name().into_string() {
                    names.entry(name.to_lowercase()).or_default().insert(name);
                }
            }
            names
        });
        let others = names.get(&part.to_lowercase());
        if let Some(other) = others.and_then(|names| names.iter().find(|name| *name != part)) {
            let mut pair = [format!("{before}{part}"), format!("{before}{other}")];
            pair.sort();
            return Some(pair);
        }
        before.push_str(part);
        before.push('/');
    }
    None
}

fn short(print: &Print) -> u64 {
    print
        .iter()
        .take(8)
        .fold(0, |n, byte| n << 8 | u64::from(*byte))
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
