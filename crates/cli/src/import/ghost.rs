//! Posts of the Ghost Content API, with or without the `posts` around them: [`read`].
//!
//! | Ghost | the article |
//! |---|---|
//! | `slug`, `uuid`; `canonical_url`, `url` | id; `canonical_url` |
//! | `title` | title |
//! | `html`, else `plaintext` | sections |
//! | `custom_excerpt` | summary |
//! | `published_at`, `updated_at` | published, updated |
//! | `authors`, `primary_author` | authors |
//! | `primary_tag`, `tags` | category, tags; those that begin with `#` are internal |
//! | `feature_image`, `feature_image_alt`, `feature_image_caption` | image |

use super::fields::{self, Object, list, plain, text};
use super::{
    Draft, Image, Imported, Losses, Person, SourceFile, dates, html, ids, sections, text_body,
};
use anyhow::{Result, bail};
use serde_json::Value;

const READ: [&str; 21] = [
    "slug",
    "uuid",
    "id",
    "title",
    "html",
    "plaintext",
    "url",
    "canonical_url",
    "custom_excerpt",
    "excerpt",
    "published_at",
    "updated_at",
    "authors",
    "primary_author",
    "author",
    "tags",
    "primary_tag",
    "feature_image",
    "feature_image_alt",
    "feature_image_caption",
    "locale",
];

const NOT_CONTENT: [&str; 32] = [
    "comment_id",
    "featured",
    "page",
    "visibility",
    "created_at",
    "created_by",
    "published_by",
    "updated_by",
    "status",
    "custom_template",
    "codeinjection_head",
    "codeinjection_foot",
    "send_email_when_published",
    "email_subject",
    "reading_time",
    "access",
    "comments",
    "frontmatter",
    "meta_title",
    "meta_description",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "mobiledoc",
    "lexical",
    "tiers",
    "newsletter",
    "email",
    "email_only",
];

/// Reads posts.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let (posts, place) = match source.json()? {
        Value::Array(posts) => (posts, ""),
        Value::Object(mut answer) => {
            match answer.remove("posts").or_else(|| answer.remove("pages")) {
                Some(Value::Array(posts)) => (posts, "posts"),
                _ if answer.contains_key("title") => (vec![Value::Object(answer)], ""),
                _ => bail!("there is no list `posts` in it"),
            }
        }
        _ => bail!("it is no post and no list of posts"),
    };
    let mut imported = Imported::default();
    for (ix, post) in posts.iter().enumerate() {
        let place = format!("{place}[{ix}]");
        match post {
            Value::Object(post) => imported
                .articles
                .push(read_post(post, &place, source, losses)),
            other => losses.tell(&place, &other.to_string(), "a post is an object"),
        }
    }
    Ok(imported)
}

fn read_post(post: &Object, place: &str, source: &SourceFile, losses: &mut Losses) -> Draft {
    let url = text(post, "canonical_url").or_else(|| text(post, "url"));
    let base = url.clone().or_else(|| source.base.clone());
    let base = base.as_deref();
    let mut draft = Draft {
        title: plain(post, "title").unwrap_or_default(),
        canonical_url: url.clone(),
        language: text(post, "locale"),
        ..Draft::default()
    };
    draft.id = ids::from(&[
        &text(post, "slug").unwrap_or_default(),
        url.as_deref().unwrap_or_default(),
        &text(post, "uuid").unwrap_or_default(),
        &draft.title,
    ]);
    let mut date = |name: &str| dates::read(&text(post, name)?, &format!("{place}.{name}"), losses);
    draft.published = date("published_at");
    draft.updated = date("updated_at");
    people(post, &mut draft);
    tags(post, &mut draft, place, losses);
    if let Some(src) = text(post, "feature_image") {
        let caption = text(post, "feature_image_caption").map(|caption| {
            html::inline_markdown(
                &caption,
                &format!("{place}.feature_image_caption"),
                base,
                losses,
            )
        });
        draft.image = Some(Image {
            src: html::address::absolute(&src, base),
            alt: plain(post, "feature_image_alt"),
            caption,
            ..Image::default()
        });
    }
    draft.summary = text(post, "custom_excerpt").map(|excerpt| text_body::markdown(&excerpt));
    if let Some(content) = text(post, "html") {
        let place = format!("{place}.html");
        let document = html::document(&content, &place, base, losses);
        sections::fill(&mut draft, document, &place, source.headings, losses);
    } else if let Some(content) = text(post, "plaintext") {
        let place = format!("{place}.plaintext");
        sections::fill(
            &mut draft,
            text_body::document(&content),
            &place,
            source.headings,
            losses,
        );
    } else {
        let visibility = text(post, "visibility").unwrap_or_else(|| "not public".to_string());
        losses.tell(
            &format!("{place}.html"),
            &format!("the text of “{}”", draft.title),
            &format!("it is not in the answer (visibility: {visibility})"),
        );
        // What everybody may read of it.
        draft.summary = draft
            .summary
            .or_else(|| text(post, "excerpt").map(|excerpt| text_body::markdown(&excerpt)));
    }
    fields::keep(&mut draft, "ghost", fields::rest(post, &READ, &NOT_CONTENT));
    draft
}

fn people(post: &Object, draft: &mut Draft) {
    let name = ["authors", "primary_author", "author"]
        .into_iter()
        .find(|name| !list(post, name).is_empty())
        .unwrap_or("authors");
    for author in list(post, name).into_iter().filter_map(Value::as_object) {
        if let Some(name) = plain(author, "name") {
            // Ghost answers with an address of its own that leads nowhere, where the author has no page.
            let url = text(author, "url").filter(|url| !url.ends_with("/404/"));
            let url = url.or_else(|| text(author, "website"));
            draft.authors.push(Person { name, url });
        }
    }
}

fn tags(post: &Object, draft: &mut Draft, place: &str, losses: &mut Losses) {
    let primary = post.get("primary_tag").and_then(Value::as_object);
    let is_internal = |tag: &Object, name: &str| {
        name.starts_with('#') || text(tag, "visibility").as_deref() == Some("internal")
    };
    if let Some(primary) = primary
        && let Some(name) = plain(primary, "name")
        && !is_internal(primary, &name)
    {
        draft.category = Some(name);
    }
    for (ix, tag) in list(post, "tags").into_iter().enumerate() {
        let Some(tag) = tag.as_object() else { continue };
        let Some(name) = plain(tag, "name") else {
            continue;
        };
        if is_internal(tag, &name) {
            losses.tell(
                &format!("{place}.tags[{ix}]"),
                &format!("the tag {name}"),
                "it is internal to the site",
            );
        } else if draft.category.is_none() {
            draft.category = Some(name);
        } else if draft.category.as_ref() != Some(&name) {
            draft.tags.push(name);
        }
    }
}

#[cfg(test)]
mod tests;
