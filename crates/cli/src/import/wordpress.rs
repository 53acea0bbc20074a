//! Posts of the WordPress REST API (`/wp-json/wp/v2/posts`), a list or one: [`read`].
//!
//! | WordPress | the article |
//! |---|---|
//! | `slug`, `id`, `link` | id; `canonical_url` |
//! | `title.rendered` | title |
//! | `content.rendered` | sections |
//! | `excerpt.rendered`, if it is more than the beginning of the text | summary |
//! | `date_gmt`, `modified_gmt` (without their `Z`) | published, updated |
//! | `_embedded.author`, `wp:term`, `wp:featuredmedia` | authors; category and tags; image |
//!
//! Without `_embed` in the request there are only numbers for author, terms and picture: that is told.

use super::fields::{self, Object, list, plain, size, text};
use super::{
    Candidate, Draft, Image, Imported, Losses, Person, SourceFile, dates, html, ids, sections,
    text_body,
};
use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;

const READ: [&str; 17] = [
    "id",
    "slug",
    "link",
    "title",
    "content",
    "excerpt",
    "date",
    "date_gmt",
    "modified",
    "modified_gmt",
    "author",
    "categories",
    "tags",
    "featured_media",
    "_embedded",
    "acf",
    "lang",
];

const NOT_CONTENT: [&str; 22] = [
    "guid",
    "status",
    "type",
    "comment_status",
    "ping_status",
    "sticky",
    "template",
    "format",
    "meta",
    "_links",
    "class_list",
    "yoast_head",
    "yoast_head_json",
    "jetpack_featured_media_url",
    "jetpack_shortlink",
    "jetpack_sharing_enabled",
    "jetpack-related-posts",
    "permalink_template",
    "generated_slug",
    "parent",
    "menu_order",
    "password",
];

/// Reads posts.
pub fn read(source: &SourceFile, losses: &mut Losses) -> Result<Imported> {
    let mut imported = Imported::default();
    match source.json()? {
        Value::Array(posts) => {
            for (ix, post) in posts.iter().enumerate() {
                let place = format!("[{ix}]");
                match post {
                    Value::Object(post) => imported
                        .articles
                        .extend(read_post(post, &place, source, losses)),
                    other => losses.tell(&place, &other.to_string(), "a post is an object"),
                }
            }
        }
        Value::Object(post) if post.contains_key("title") || post.contains_key("content") => {
            imported
                .articles
                .extend(read_post(&post, "", source, losses))
        }
        _ => bail!("it is no post and no list of posts"),
    }
    Ok(imported)
}

fn read_post(
    post: &Object,
    place: &str,
    source: &SourceFile,
    losses: &mut Losses,
) -> Option<Draft> {
    let at = |name: &str| match place {
        "" => name.to_string(),
        place => format!("{place}.{name}"),
    };
    let link = text(post, "link");
    let base = link.clone().or_else(|| source.base.clone());
    let base = base.as_deref();
    let mut draft = Draft {
        title: rendered(post, "title")
            .map(|title| html::plain(&title))
            .unwrap_or_default(),
        canonical_url: link.clone(),
        language: text(post, "lang"),
        ..Draft::default()
    };
    draft.id = ids::from(&[
        &text(post, "slug").unwrap_or_default(),
        link.as_deref().unwrap_or_default(),
        &text(post, "id").unwrap_or_default(),
        &draft.title,
    ]);
    draft.published = date(post, "date", &at("date"), losses);
    draft.updated = date(post, "modified", &at("modified"), losses);
    embedded(post, &mut draft, &at("_embedded"), base, losses);
    let is_protected = ["content", "excerpt"].iter().any(|name| {
        post.get(*name).and_then(|part| part.get("protected")) == Some(&Value::Bool(true))
    });
    let content = rendered(post, "content").unwrap_or_default();
    if is_protected && content.trim().is_empty() {
        losses.tell(
            &at("content"),
            &format!("the text of “{}”", draft.title),
            "it is protected by a password",
        );
    }
    let place = at("content.rendered");
    let content = without_shortcodes(&content, &place, losses);
    let document = html::document(&content, &place, base, losses);
    let start = article::plain_text(&document);
    sections::fill(&mut draft, document, &place, source.headings, losses);
    if draft.summary.is_none()
        && let Some(excerpt) = rendered(post, "excerpt")
    {
        let excerpt = without_ellipsis(&excerpt);
        // WordPress makes an excerpt of the first words, where nobody wrote one.
        if !text_body::begins_with(&start, &html::plain(&excerpt)) {
            let summary = html::markdown(&excerpt, &at("excerpt.rendered"), base, losses);
            draft.summary = Some(summary);
        }
    }
    fields::keep(
        &mut draft,
        "wordpress",
        fields::rest(post, &READ, &NOT_CONTENT),
    );
    if let Some(acf) = post
        .get("acf")
        .and_then(Value::as_object)
        .filter(|acf| !acf.is_empty())
    {
        draft
            .extra
            .insert("wordpress_acf".to_string(), Value::Object(acf.clone()));
    }
    Some(draft)
}

fn rendered(post: &Object, name: &str) -> Option<String> {
    let part = post.get(name)?;
    let text = part.get("rendered").unwrap_or(part).as_str()?.trim();
    (!text.is_empty()).then(|| text.to_string())
}

/// `date_gmt` has no zone and means UTC; `date` is in the zone of the site, which is not said.
fn date(post: &Object, name: &str, place: &str, losses: &mut Losses) -> Option<String> {
    match text(post, &format!("{name}_gmt")).filter(|date| !date.starts_with("0000")) {
        Some(gmt) if gmt.ends_with('Z') || gmt.len() == 10 => dates::read(&gmt, place, losses),
        Some(gmt) => dates::read(&format!("{gmt}Z"), place, losses),
        None => dates::read(&text(post, name)?, place, losses),
    }
}

/// What `?_embed` adds.
fn embedded(
    post: &Object,
    draft: &mut Draft,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) {
    let empty = Object::new();
    let embedded = post
        .get("_embedded")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    for author in list(embedded, "author")
        .into_iter()
        .filter_map(Value::as_object)
    {
        if let Some(name) = plain(author, "name") {
            let url = text(author, "url").or_else(|| text(author, "link"));
            draft.authors.push(Person { name, url });
        }
    }
    let terms = list(embedded, "wp:term")
        .into_iter()
        .flat_map(|term| match term {
            Value::Array(terms) => terms.iter().collect(),
            term => vec![term],
        });
    for term in terms.filter_map(Value::as_object) {
        let Some(name) = plain(term, "name") else {
            continue;
        };
        let is_category = text(term, "taxonomy").as_deref() == Some("category");
        match draft.category {
            None if is_category => draft.category = Some(name),
            _ => draft.tags.push(name),
        }
    }
    let picture = list(embedded, "wp:featuredmedia")
        .into_iter()
        .find_map(Value::as_object);
    if let Some(picture) = picture {
        draft.image = image(picture, place, base, losses);
    } else if let Some(src) = text(post, "jetpack_featured_media_url") {
        draft.image = Some(Image {
            src,
            ..Image::default()
        });
    }
    let is_numbered = |name: &str| {
        list(post, name)
            .iter()
            .any(|value| value.as_u64().is_some_and(|number| number > 0))
    };
    let missing = [
        ("author", draft.authors.is_empty()),
        ("categories", draft.category.is_none()),
        ("tags", draft.tags.is_empty()),
        ("featured_media", draft.image.is_none()),
    ];
    for (name, _) in missing
        .iter()
        .filter(|(name, is_missing)| *is_missing && is_numbered(name))
    {
        losses.tell(
            &place.replace("_embedded", name),
            &format!(
                "{name} {}",
                post.get(*name).map(Value::to_string).unwrap_or_default()
            ),
            "there is only a number for it; ask the API with ?_embed",
        );
    }
}

fn image(picture: &Object, place: &str, base: Option<&str>, losses: &mut Losses) -> Option<Image> {
    let src = text(picture, "source_url")?;
    let details = picture.get("media_details").and_then(Value::as_object);
    let mut srcset: Vec<Candidate> = Vec::new();
    let sizes = details.and_then(|details| details.get("sizes")?.as_object());
    for size in sizes
        .into_iter()
        .flatten()
        .filter_map(|(_, size)| size.as_object())
    {
        if let (Some(src), Some(width)) = (text(size, "source_url"), fields::size(size, "width"))
            // Small squares are cut out of the picture and not the same one.
            && width > 150
            && !srcset.iter().any(|other| other.width == width)
        {
            srcset.push(Candidate { src, width });
        }
    }
    srcset.sort_by_key(|candidate| candidate.width);
    let caption = rendered(picture, "caption").map(|caption| {
        html::inline_markdown(
            &caption,
            &format!("{place}.wp:featuredmedia.caption"),
            base,
            losses,
        )
    });
    Some(Image {
        src,
        alt: plain(picture, "alt_text"),
        caption,
        credit: None,
        width: details.and_then(|details| size(details, "width")),
        height: details.and_then(|details| size(details, "height")),
        srcset,
    })
}

/// A made excerpt ends with `[…]`, in a link or not.
fn without_ellipsis(html: &str) -> String {
    ["[&hellip;]", "[&#8230;]", "[…]", "[...]"]
        .iter()
        .fold(html.to_string(), |html, mark| html.replace(mark, "…"))
}

/// Leaves out the shortcodes of plugins that were not there when the post was rendered: `[gallery ids="1,2"]`,
/// `[caption]text[/caption]`. Brackets are common in prose: only what has attributes or an end is taken for one.
pub(super) fn without_shortcodes(html: &str, place: &str, losses: &mut Losses) -> String {
    let mut out = String::with_capacity(html.len());
    let (begun, ended) = bracketed_names(html);
    let mut rest = html;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match shortcode(rest, &begun, &ended) {
            Some(length) => {
                losses.tell(
                    place,
                    &format!("the shortcode {}", &rest[..length]),
                    "only the plugin that it belongs to knows what it means; text in it is kept",
                );
                rest = &rest[length..];
            }
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The names behind `[` and behind `[/`.
fn bracketed_names(text: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let mut begun = BTreeSet::new();
    let mut ended = BTreeSet::new();
    for (at, _) in text.match_indices('[') {
        let inner = &text[at + 1..];
        match inner.strip_prefix('/') {
            Some(inner) => ended.insert(name_of(inner)),
            None => begun.insert(name_of(inner)),
        };
    }
    (begun, ended)
}

fn name_of(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    &text[..end.unwrap_or(text.len())]
}

/// The length of a shortcode at the front.
fn shortcode(text: &str, begun: &BTreeSet<&str>, ended: &BTreeSet<&str>) -> Option<usize> {
    const LENGTH_MAX: usize = 2000;
    let end = text
        .bytes()
        .take(LENGTH_MAX)
        .position(|byte| byte == b']')?;
    let body = &text[1..end];
    let is_end = body.starts_with('/');
    let body = body.trim_start_matches('/');
    let name = name_of(body);
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || body.contains(['[', '\n', '<']) {
        return None;
    }
    let attributes = &body[name.len()..];
    let has_attributes = attributes.starts_with(' ') && attributes.contains('=');
    let is_shortcode = match is_end {
        true => attributes.is_empty() && begun.contains(name),
        false => has_attributes || attributes.is_empty() && ended.contains(name),
    };
    is_shortcode.then_some(end + 1)
}

#[cfg(test)]
mod tests;
