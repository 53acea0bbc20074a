//! Ids of articles: [`from`] makes one, [`make_unique`] numbers those that several articles have.

use super::{Draft, Losses};
use article::slug;
use url::Url;

/// An id from what the source gives, best first: a text, or the last part of an address. Empty where nothing gives one.
pub fn from(candidates: &[&str]) -> String {
    candidates
        .iter()
        .map(|candidate| match Url::parse(candidate) {
            Ok(url) if url.has_host() => slug(&last_part(&url)),
            _ => slug(candidate),
        })
        .find(|id| !id.is_empty())
        .unwrap_or_default()
}

/// The last part of a web address that says something: `https://example.org/2026/tides.html?a=b` → `tides`.
fn last_part(url: &Url) -> String {
    let path = percent_decoded(url.path());
    let last = path
        .rsplit('/')
        .find(|part| !part.is_empty())
        .unwrap_or_default();
    let name = match last.rsplit_once('.') {
        Some((name, "html" | "htm" | "php" | "asp" | "aspx" | "shtml" | "md" | "json")) => name,
        _ => last,
    };
    // A page that is told apart by its query: `/?p=12`, `/watch?v=a`.
    let is_general = matches!(
        name,
        "" | "index" | "watch" | "node" | "article" | "item" | "viewtopic"
    );
    match url.query() {
        Some(query) if is_general => format!("{name} {}", percent_decoded(query)),
        _ => name.to_string(),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = |byte: u8| (byte as char).to_digit(16);
        match (first, behind) {
            (b'%', [high, low, behind @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push((hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0)) as u8);
                rest = behind;
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Gives every article an id that no other has: one without gets one from its title, a later one of several alike gets
/// `-2`, `-3`, … behind it, and that is reported.
pub fn make_unique(articles: &mut [Draft], losses: &mut Losses) {
    let mut taken = std::collections::BTreeSet::new();
    let mut last = std::collections::BTreeMap::<String, u32>::new();
    for article in articles {
        if article.id.is_empty() {
            article.id = slug(&article.title);
        }
        if article.id.is_empty() {
            article.id = "article".to_string();
        }
        let wanted = article.id.clone();
        while !taken.insert(article.id.clone()) {
            let number = last.entry(wanted.clone()).or_insert(1);
            *number += 1;
            article.id = format!("{wanted}-{number}");
        }
        if article.id != wanted {
            losses.tell(
                &format!("articles with the id {wanted}"),
                &format!("the id `{wanted}` of “{}”", article.title),
                &format!("another article has it; this one is `{}`", article.id),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(candidates: &[&str], expect: &str) {
        assert_eq!(from(candidates), expect, "{candidates:?}");
    }

    #[test]
    fn ids() {
        check(&["How tides work"], "how-tides-work");
        check(&["", "b"], "b");
        check(&["https://example.org/2026/tides.html"], "tides");
        check(&["https://example.org/2026/tides/"], "tides");
        check(&["https://example.org/?p=12"], "p-12");
        check(&["https://example.org/watch?v=Ab-1"], "watch-v-ab-1");
        check(&["https://example.org/", "Title"], "title");
        check(&["https://example.org/gr%C3%B6%C3%9Fe"], "größe");
        check(&["tag:example.org,2026:12"], "tag-example-org-2026-12");
        check(&["urn:uuid:1225c695"], "urn-uuid-1225c695");
        check(&["!", "?"], "");
    }

    #[test]
    fn ids_are_numbered_where_several_articles_have_one() {
        let ids = ["a", "a", "a-2", "", "a"];
        let mut articles: Vec<Draft> = ids
            .iter()
            .map(|id| Draft {
                id: id.to_string(),
                title: "T".to_string(),
                ..Draft::default()
            })
            .collect();
        let mut losses = Losses::of("test");
        make_unique(&mut articles, &mut losses);
        let ids: Vec<&str> = articles.iter().map(|article| &*article.id).collect();
        assert_eq!(ids, ["a", "a-2", "a-2-2", "t", "a-3"]);
        assert_eq!(losses.list().len(), 3);
    }
}
