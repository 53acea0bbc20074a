//! What an import leaves behind: [`Losses`], a list of everything that was dropped, and where.

use std::fmt;

/// Something that stood in the source and does not stand in the collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The source: a file's name.
    pub source: String,
    /// Where in it: `items[3].content_html`, `channel/item[2]/media:content`, `line 14`.
    pub place: String,
    /// What: `<iframe src="https://example.org/v">`, `the attribute style="…"`.
    pub what: String,
    /// Why, and what can be done about it.
    pub why: String,
}

/// The losses of an import, in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    source: String,
    list: Vec<Loss>,
}

impl Losses {
    /// None yet; what is told from here on is of this source.
    pub fn of(source: &str) -> Losses {
        Losses {
            source: source.to_string(),
            list: Vec::new(),
        }
    }

    /// Notes one. White space and length of `what` are tamed here.
    pub fn tell(&mut self, place: &str, what: &str, why: &str) {
        const LENGTH_MAX: usize = 120;
        let mut what: String = what.split_whitespace().collect::<Vec<_>>().join(" ");
        if what.chars().count() > LENGTH_MAX {
            what = what.chars().take(LENGTH_MAX - 1).collect();
            what.push('…');
        }
        self.list.push(Loss {
            source: self.source.clone(),
            place: place.to_string(),
            what,
            why: why.to_string(),
        });
    }

    /// All of them.
    pub fn list(&self) -> &[Loss] {
        &self.list
    }

    /// Puts those of another source behind these.
    pub fn append(&mut self, mut other: Losses) {
        self.list.append(&mut other.list);
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: dropped {} at {}: {}",
            self.source, self.what, self.place, self.why
        )
    }
}
