//! What the formats gave, made right: [`check`] for the articles of a source, [`join`] for several sources.
//!
//! The importers hand over texts as they found them. Here addresses are checked, languages are spelt as RFC 5646 has them,
//! titles made where there are none; what cannot stay is told.

use super::text_body::first_words;
use super::{Draft, Imported, Losses};
use article::SafeUrl;

/// Makes the articles of a source such that the reader has nothing to say against them.
pub fn check(imported: &mut Imported, losses: &mut Losses) {
    let edition = &mut imported.edition;
    plain(&mut edition.title);
    plain(&mut edition.description);
    language(&mut edition.language, "language", losses);
    if let Some(base) = edition.base_url.take_if(|base| {
        !base.starts_with("https://") && !base.starts_with("http://")
            || SafeUrl::link(base).is_none()
    }) {
        losses.tell(
            "base_url",
            &format!("the address {base}"),
            "it is no address of the web",
        );
    }
    for (ix, article) in imported.articles.iter_mut().enumerate() {
        if !article.is_exact {
            check_article(article, ix, losses);
        }
    }
}

fn check_article(draft: &mut Draft, ix: usize, losses: &mut Losses) {
    draft.title = plain_text(&draft.title);
    if draft.title.is_empty() {
        draft.title = first_words(&text_of(draft));
    }
    if draft.title.is_empty() {
        draft.title = match &draft.published {
            Some(date) => date[..date.len().min(10)].to_string(),
            None => "Untitled".to_string(),
        };
    }
    let place = format!("article {} (“{}”)", ix + 1, draft.title);
    for text in [&mut draft.subtitle, &mut draft.category] {
        plain(text);
    }
    plain_list(&mut draft.tags);
    language(&mut draft.language, &place, losses);
    draft.id = draft.id.trim().to_string();
    link(&mut draft.canonical_url, &place, losses);
    for author in &mut draft.authors {
        author.name = plain_text(&author.name);
        link(&mut author.url, &place, losses);
    }
    draft.authors.retain(|author| !author.name.is_empty());
    let mut seen = Vec::new();
    draft.authors.retain(|author| {
        let is_new = !seen.contains(&author.name);
        seen.push(author.name.clone());
        is_new
    });
    if let Some(source) = &mut draft.source {
        source.name = plain_text(&source.name);
        link(&mut source.url, &place, losses);
    }
    draft.source.take_if(|source| source.name.is_empty());
    image(draft, &place, losses);
    for related in &mut draft.related {
        plain(&mut related.title);
        plain(&mut related.excerpt);
        link(&mut related.url, &place, losses);
    }
    draft
        .related
        .retain(|related| related.id.is_some() || related.title.is_some());
    for text in [&mut draft.summary, &mut draft.disclosure] {
        text.take_if(|text| text.trim().is_empty());
    }
    for list in [&mut draft.key_points, &mut draft.risks] {
        list.retain(|text| !text.trim().is_empty());
    }
    for section in &mut draft.sections {
        plain(&mut section.heading);
    }
    draft
        .sections
        .retain(|section| section.heading.is_some() || !section.body.trim().is_empty());
    draft
        .corrections
        .retain(|correction| !correction.text.trim().is_empty());
}

fn image(draft: &mut Draft, place: &str, losses: &mut Losses) {
    let Some(image) = &mut draft.image else {
        return;
    };
    for text in [&mut image.alt, &mut image.credit] {
        plain(text);
    }
    image.caption.take_if(|text| text.trim().is_empty());
    image
        .srcset
        .retain(|candidate| candidate.width > 0 && SafeUrl::image(&candidate.src).is_some());
    image.width.take_if(|width| *width == 0);
    image.height.take_if(|height| *height == 0);
    if SafeUrl::image(&image.src).is_none() {
        losses.tell(
            place,
            &format!("the lead picture {}", image.src),
            "the address is not that of a picture",
        );
        draft.image = None;
    }
}

fn link(address: &mut Option<String>, place: &str, losses: &mut Losses) {
    address.take_if(|address| address.trim().is_empty());
    if let Some(refused) = address.take_if(|address| SafeUrl::link(address).is_none()) {
        losses.tell(place, &format!("the address {refused}"), "it is not safe");
    }
}

fn language(tag: &mut Option<String>, place: &str, losses: &mut Losses) {
    let Some(found) = tag.take() else { return };
    let spelt = found.trim().replace('_', "-");
    let mut parts = spelt.split('-');
    let first = parts.next().unwrap_or_default();
    let is_tag = (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if is_tag {
        *tag = Some(spelt);
    } else if !spelt.is_empty() {
        losses.tell(
            place,
            &format!("the language “{found}”"),
            "it is no language tag",
        );
    }
}

/// White space as single spaces, and none of the invisible characters that turn the direction: the reader sets each text
/// apart by its own.
fn plain_text(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &mut Option<String>) {
    *text = text
        .take()
        .map(|text| plain_text(&text))
        .filter(|text| !text.is_empty());
}

fn plain_list(texts: &mut Vec<String>) {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.drain(..) {
        let text = plain_text(&text);
        if !text.is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    *texts = kept;
}

/// The first text of an article.
fn text_of(draft: &Draft) -> String {
    let bodies = draft.sections.iter().map(|section| &section.body);
    bodies
        .chain(&draft.summary)
        .map(|markdown| article::plain_text(&article::parse_markdown(markdown)))
        .find(|text| !text.trim().is_empty())
        .unwrap_or_default()
}

/// Puts another source behind what is there. What a source says of itself holds for the collection if it is the first to
/// say it, or says the same.
pub fn join(all: &mut Imported, mut more: Imported, losses: &mut Losses) {
    let is_first = all.articles.is_empty();
    let (ours, theirs) = (&mut all.edition, &more.edition);
    // Articles keep the language of their source.
    if !is_first && ours.language != theirs.language {
        for article in &mut more.articles {
            if article.language.is_none() {
                article.language.clone_from(&theirs.language);
            }
        }
    }
    let fields = [
        ("title", &mut ours.title, &theirs.title),
        ("description", &mut ours.description, &theirs.description),
        ("language", &mut ours.language, &theirs.language),
        ("base_url", &mut ours.base_url, &theirs.base_url),
    ];
    for (name, ours, theirs) in fields {
        match theirs {
            Some(_) if is_first => ours.clone_from(theirs),
            Some(_) if ours.is_none() && name != "language" => ours.clone_from(theirs),
            Some(text) if *ours != *theirs && name != "language" => losses.tell(
                name,
                &format!("the {name} “{text}” of the source"),
                "the collection has that of the first source",
            ),
            _ => {}
        }
    }
    all.articles.append(&mut more.articles);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Edition, Image, Person, Section};

    #[test]
    fn what_the_reader_would_refuse_is_told_and_left_out() {
        let mut imported = Imported {
            edition: Edition {
                language: Some("en_US".to_string()),
                base_url: Some("ftp://example.org".to_string()),
                ..Edition::default()
            },
            articles: vec![Draft {
                title: " ".to_string(),
                tags: ["a", " a", ""].map(String::from).to_vec(),
                language: Some("English".to_string() + " please"),
                canonical_url: Some("javascript:alert(1)".to_string()),
                authors: vec![Person {
                    name: "A \u{202e}B".to_string(),
                    url: Some("data:text/html,x".to_string()),
                }],
                image: Some(Image {
                    src: "javascript:0".to_string(),
                    ..Image::default()
                }),
                sections: vec![Section {
                    heading: None,
                    body: "Some *words* first.".to_string(),
                }],
                ..Draft::default()
            }],
        };
        let mut losses = Losses::of("test");
        check(&mut imported, &mut losses);
        let what: Vec<&str> = losses.list().iter().map(|loss| &*loss.what).collect();
        assert_eq!(
            what,
            [
                "the address ftp://example.org",
                "the language “English please”",
                "the address javascript:alert(1)",
                "the address data:text/html,x",
                "the lead picture javascript:0",
            ]
        );
        let article = &imported.articles[0];
        assert_eq!(article.title, "Some words first.");
        assert_eq!(article.tags, ["a"]);
        assert_eq!(article.authors[0].name, "A B");
        assert_eq!(imported.edition.language.as_deref(), Some("en-US"));
        let mut articles = std::mem::take(&mut imported.articles);
        super::super::ids::make_unique(&mut articles, &mut losses);
        imported.articles = articles;
        let bytes = super::super::to_json(imported).unwrap();
        assert_eq!(super::super::problems(&bytes), Vec::<String>::new());
    }
}
