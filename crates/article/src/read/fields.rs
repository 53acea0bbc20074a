//! The names of the fields, and what a misspelt one probably meant: [`Fields::suggest`].
//!
//! Whatever else knows the fields of the format (docs/format.md, docs/offprint.schema.json) is tested against
//! [`field_names`].

/// The fields of one kind of object.
pub(crate) struct Fields {
    /// In words: `an article`.
    pub(super) of: &'static str,
    pub(super) names: &'static [&'static str],
    /// Names that other formats use.
    aliases: &'static [(&'static str, &'static str)],
}

/// The objects of the format, in words, each with the names of its fields.
pub fn field_names() -> [(&'static str, &'static [&'static str]); 8] {
    [
        EDITION, ARTICLE, PERSON, IMAGE, CANDIDATE, SECTION, CORRECTION, RELATED,
    ]
    .map(|fields| (fields.of, fields.names))
}

pub(crate) const EDITION: Fields = Fields {
    of: "a collection",
    names: &[
        "version",
        "title",
        "description",
        "language",
        "base_url",
        "articles",
        "$schema",
    ],
    aliases: &[
        ("items", "articles"),
        ("lang", "language"),
        ("home_page_url", "base_url"),
        ("name", "title"),
    ],
};

pub(crate) const ARTICLE: Fields = Fields {
    of: "an article",
    names: &[
        "id",
        "title",
        "subtitle",
        "published",
        "updated",
        "category",
        "tags",
        "language",
        "authors",
        "source",
        "canonical_url",
        "image",
        "summary",
        "key_points",
        "sections",
        "risks",
        "disclosure",
        "corrections",
        "related",
        "extra",
        "version",
        "$schema",
    ],
    aliases: &[
        ("abstract", "summary"),
        ("author", "authors"),
        ("body", "sections"),
        ("byline", "authors"),
        ("content", "sections"),
        ("date", "published"),
        ("date_modified", "updated"),
        ("date_published", "published"),
        ("description", "summary"),
        ("headline", "title"),
        ("key_takeaways", "key_points"),
        ("keywords", "tags"),
        ("lang", "language"),
        ("link", "canonical_url"),
        ("markdown", "sections"),
        ("modified", "updated"),
        ("slug", "id"),
        ("text", "sections"),
        ("url", "canonical_url"),
    ],
};

pub(super) const PERSON: Fields = Fields {
    of: "an author or source",
    names: &["name", "url"],
    aliases: &[("link", "url"), ("title", "name")],
};

pub(super) const IMAGE: Fields = Fields {
    of: "an image",
    names: &[
        "src", "alt", "caption", "credit", "width", "height", "srcset",
    ],
    aliases: &[
        ("url", "src"),
        ("href", "src"),
        ("title", "caption"),
        ("description", "alt"),
    ],
};

pub(super) const CANDIDATE: Fields = Fields {
    of: "an image of another width",
    names: &["src", "width"],
    aliases: &[("url", "src"), ("href", "src")],
};

pub(super) const SECTION: Fields = Fields {
    of: "a section",
    names: &["heading", "body"],
    aliases: &[
        ("content", "body"),
        ("markdown", "body"),
        ("text", "body"),
        ("title", "heading"),
    ],
};

pub(super) const CORRECTION: Fields = Fields {
    of: "a correction",
    names: &["date", "text"],
    aliases: &[
        ("body", "text"),
        ("content", "text"),
        ("markdown", "text"),
        ("published", "date"),
    ],
};

pub(super) const RELATED: Fields = Fields {
    of: "a related article",
    names: &["id", "title", "excerpt", "url"],
    aliases: &[
        ("link", "url"),
        ("summary", "excerpt"),
        ("text", "excerpt"),
        ("headline", "title"),
    ],
};

/// A JSON Feed, version 1.0 or 1.1: names that are read, and those that are known to say nothing to a reader.
pub(crate) const FEED: Fields = Fields {
    of: "a JSON Feed",
    names: &[
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "user_comment",
        "next_url",
        "icon",
        "favicon",
        "author",
        "authors",
        "language",
        "expired",
        "hubs",
        "items",
    ],
    aliases: &[],
};

pub(crate) const ITEM: Fields = Fields {
    of: "an item of a JSON Feed",
    names: &[
        "id",
        "url",
        "external_url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "image",
        "banner_image",
        "date_published",
        "date_modified",
        "author",
        "authors",
        "tags",
        "language",
    ],
    aliases: &[],
};

impl Fields {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// The field that an unknown name probably meant.
    pub(super) fn suggest(&self, name: &str) -> Option<&'static str> {
        let alias = || {
            let plain = letters(name);
            let mut aliases = self.aliases.iter();
            Some(aliases.find(|(alias, _)| letters(alias) == plain)?.1)
        };
        match closest_name(self.names, name) {
            Some((known, true)) => Some(known),
            near => alias().or(near.map(|(known, _)| known)),
        }
    }
}

/// The name that an unknown one probably meant, and whether they are alike but for case, hyphens and spaces.
pub fn closest_name<'a>(names: &[&'a str], name: &str) -> Option<(&'a str, bool)> {
    // No name is so long, and the distance costs the square of the length.
    if name.len() > 40 {
        return None;
    }
    let plain = letters(name);
    if let Some(known) = names.iter().find(|known| letters(known) == plain) {
        return Some((known, true));
    }
    let distances = names
        .iter()
        .map(|known| (distance(&letters(known), &plain), known));
    let (n_edits, known) = distances.min_by_key(|(n_edits, _)| *n_edits)?;
    (n_edits <= 1 + known.len() / 5 && n_edits < plain.len()).then_some((known, false))
}

/// The name, out of any number, that one was probably meant to be: with one slip, and one more for every five letters. Of equally
/// near ones it is the first.
pub fn nearest_name<'a>(names: impl Iterator<Item = &'a str>, name: &str) -> Option<&'a str> {
    // The distance costs the square of the length, and ids are whole titles.
    const LENGTH_MAX: usize = 120;
    let wanted = letters(name);
    let mut best: Option<(usize, &str)> = None;
    if name.len() > LENGTH_MAX || wanted.is_empty() {
        return None;
    }
    for known in names.filter(|known| known.len() <= LENGTH_MAX) {
        let most = (1 + known.len() / 5).min(wanted.len() - 1);
        let most = best.map_or(most, |(n_edits, _)| most.min(n_edits.saturating_sub(1)));
        let letters = letters(known);
        // Most of a million names are told apart by their lengths alone.
        if letters.len().abs_diff(wanted.len()) > most {
            continue;
        }
        let n_edits = distance(&letters, &wanted);
        if n_edits <= most && best.is_none_or(|(least, _)| n_edits < least) {
            best = Some((n_edits, known));
        }
        if n_edits == 0 {
            break;
        }
    }
    best.map(|(_, known)| known)
}

/// `keyPoints`, `key-points` and `KEY POINTS` are `keypoints`.
fn letters(name: &str) -> Vec<u8> {
    let letters = name
        .bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
    letters.map(|byte| byte.to_ascii_lowercase()).collect()
}

/// How many bytes must be put in, left out, replaced, or swapped with the next one (optimal string alignment).
pub(crate) fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, a_byte) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b_byte) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(a_byte != b_byte);
            let mut least = replaced.min(row[j] + 1).min(last[j + 1] + 1);
            if i > 0 && j > 0 && a[i - 1] == *b_byte && b[j - 1] == *a_byte {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
