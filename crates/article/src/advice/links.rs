//! Links inside of the collection: [`Places`] of an article, and [`article_of`], the article that a link names.

use crate::content::{ArticleContent, Block, RESERVED_IDS};
use std::collections::BTreeSet;

/// The ids that an article's page has.
pub(super) struct Places(BTreeSet<String>);

impl Places {
    pub(super) fn of(content: ArticleContent) -> Places {
        let mut ids: BTreeSet<String> =
            RESERVED_IDS.iter().map(|id| ["op-", id].concat()).collect();
        ids.extend(content.sections.into_iter().map(|section| section.id));
        ids.extend(content.contents.into_iter().map(|entry| entry.id));
        let parts = content
            .summary
            .iter()
            .chain(&content.key_points)
            .chain(&content.risks)
            .chain(&content.disclosure);
        for part in parts {
            headings(&part.blocks, &mut ids);
        }
        for note in content.footnotes {
            ids.insert(note.id);
            ids.extend(note.ref_ids);
        }
        Places(ids)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains(id)
    }

    /// The place that was probably meant: ids are often written without what stands before each.
    pub(super) fn meant(&self, id: &str) -> Option<String> {
        let slug = ["op-", &crate::read::slug(id)].concat();
        self.has(&slug).then_some(slug)
    }
}

fn headings(blocks: &[Block], ids: &mut BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Heading { id, .. } => {
                ids.insert(id.clone());
            }
            Block::Quote(blocks) => headings(blocks, ids),
            Block::List { items, .. } => items.iter().for_each(|item| headings(&item.blocks, ids)),
            _ => {}
        }
    }
}

/// The id in the address of an article's page, `#/article/how-tides-work/op-the-moon`, percent-encoding resolved.
pub(super) fn article_of(address: &str) -> Option<String> {
    let path = address.strip_prefix("#/article/")?;
    let id = path.split(['/', '?']).next().unwrap_or_default();
    (!id.is_empty()).then(|| decoded(id))
}

/// A place of this page: `#op-the-moon`.
pub(super) fn place_of(address: &str) -> Option<String> {
    let id = address.strip_prefix('#')?;
    (!id.is_empty() && !id.starts_with('/')).then(|| decoded(id))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digit = |ix: usize| char::from(*behind.get(ix)?).to_digit(16);
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_articles() {
        #[track_caller]
        fn check(address: &str, article: Option<&str>, place: Option<&str>) {
            assert_eq!(article_of(address).as_deref(), article, "{address}");
            assert_eq!(place_of(address).as_deref(), place, "{address}");
        }
        check("#/article/a", Some("a"), None);
        check("#/article/a%20b/op-c?q=d", Some("a b"), None);
        check("#/article/", None, None);
        check("#/?q=a", None, None);
        check("#op-a", None, Some("op-a"));
        check("#%C3%A9%", None, Some("é%"));
        check("#", None, None);
        check("https://example.org/#a", None, None);
    }
}
