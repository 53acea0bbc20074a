//! An index in files, without files: its parts in a map, loaded when a search needs them.

use search::{Hits, Index, Needs, Part, Query};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The parts of an index, and what was loaded of them.
pub struct Files {
    pub parts: BTreeMap<Part, Vec<u8>>,
    pub opened: RefCell<Index>,
    pub loaded: RefCell<Vec<Part>>,
}

impl Files {
    /// All parts of an index in memory.
    pub fn of(index: &Index) -> Files {
        let mut parts = BTreeMap::new();
        index.write(7, &mut |part, bytes| {
            assert!(parts.insert(part, bytes).is_none(), "{part:?} twice");
        });
        let opened = Index::open(&parts[&Part::Manifest]).unwrap();
        Files {
            parts,
            opened: RefCell::new(opened),
            loaded: RefCell::default(),
        }
    }

    /// Asks until nothing is missing.
    pub fn ask<T>(&self, ask: impl Fn(&Index) -> Result<T, Needs>) -> T {
        for _ in 0..20 {
            let needs = match ask(&self.opened.borrow()) {
                Ok(answer) => return answer,
                Err(Needs(needs)) => needs,
            };
            assert!(!needs.is_empty());
            for part in needs {
                let bytes = self.parts.get(&part);
                let bytes = bytes.unwrap_or_else(|| panic!("{part:?} was not written"));
                self.opened.borrow_mut().load(part, bytes).unwrap();
                self.loaded.borrow_mut().push(part);
            }
        }
        panic!("it never has enough");
    }

    pub fn search(&self, query: &Query) -> Hits {
        self.ask(|index| index.search(query))
    }
}
