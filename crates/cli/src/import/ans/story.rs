//! A story: [`read`] puts together what `around` finds around the text, and what `elements` makes of the text.

use super::super::html;
use super::super::{Draft, Losses, SourceFile, fields, ids, sections, text_body};
use super::around::Reader;
use super::elements::Elements;
use article::Document;
use serde_json::{Map, Value};

/// The fields that become the format's, or say nothing about the article.
const READ: &[&str] = &[
    "_id",
    "type",
    "version",
    "language",
    "slug",
    "canonical_url",
    "headlines",
    "subheadlines",
    "description",
    "taxonomy",
    "credits",
    "promo_items",
    "promo_image",
    "content_elements",
    "corrections",
    "related_content",
    "editor_note",
    "display_date",
    "first_publish_date",
    "last_updated_date",
    "transcript",
];

/// The fields of workflow, publishing and players: nobody who reads an article would miss them.
const NO_CONTENT: &[&str] = &[
    "created_date",
    "publish_date",
    "channels",
    "contributors",
    "planning",
    "publishing",
    "revision",
    "workflow",
    "syndication",
    "comments",
    "content_restrictions",
    "status",
    "scheduling",
    "embed_html",
    "alignment",
    "pitches",
    "source",
    "distributor",
    "owner",
    "canonical_website",
    "website",
    "website_url",
    "websites",
    "editable",
    "streams",
    "duration",
    "video_type",
    "youtube_content_id",
    "subtitles",
    "voice_transcripts",
    "rating",
    "url",
    "caption",
    "alt_text",
    "width",
    "height",
];

/// Reads a story.
pub(super) fn read(story: &Value, place: &str, source: &SourceFile, losses: &mut Losses) -> Draft {
    let base = source.base.as_deref();
    let mut draft = Draft::default();
    let mut extra = match story {
        Value::Object(object) => fields::rest(object, READ, NO_CONTENT),
        _ => Map::new(),
    };
    let mut reader = Reader {
        story,
        place,
        base,
        losses,
        extra: &mut extra,
    };
    draft.id = ids::from(&[
        story["_id"].as_str().unwrap_or_default(),
        story["slug"].as_str().unwrap_or_default(),
        last_part(story["canonical_url"].as_str().unwrap_or_default()),
    ]);
    draft.summary = reader.summary();
    draft.title = reader.title();
    draft.subtitle = text(&story["subheadlines"]["basic"]).map(html::plain);
    draft.published = reader.date(&[
        "first_publish_date",
        "display_date",
        "publish_date",
        "created_date",
    ]);
    draft.updated = reader
        .date(&["last_updated_date"])
        .filter(|updated| draft.published.as_ref() != Some(updated));
    draft.language = text(&story["language"]).map(str::to_string);
    (draft.category, draft.tags) = reader.taxonomy();
    draft.authors = reader.authors();
    draft.source = reader.source();
    draft.canonical_url = reader.canonical_url();
    draft.image = reader.image();
    draft.disclosure = text(&story["editor_note"]).map(|note| reader.markdown(note, "editor_note"));
    draft.related = reader.related();

    let mut elements = Elements::new(base, losses);
    let mut body = elements.media(story, place);
    if let Some(list) = story["content_elements"].as_array() {
        body.extend(elements.blocks(list, &format!("{place}content_elements")));
    }
    if let Some(transcript) = text(&story["transcript"]) {
        body.extend(text_body::document(transcript).blocks);
    }
    if let Some(list) = story["corrections"].as_array() {
        elements.corrections(list, &format!("{place}corrections"));
    }
    draft.corrections = elements.into_corrections();
    let body = Document {
        blocks: body,
        footnotes: Vec::new(),
    };
    let place = format!("{place}content_elements");
    sections::fill(&mut draft, body, &place, source.headings, losses);
    fields::keep(&mut draft, "ans", extra);
    draft
}

/// The last part of a path.
fn last_part(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or(url)
}

/// A text that is one, and not empty.
pub(super) fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

/// The name of a person or an agency.
pub(super) fn name(credit: &Value) -> Option<&str> {
    text(&credit["byline"]).or(text(&credit["name"]))
}

/// Why a reference is a loss.
pub(super) const REFERENCE: &str =
    "only its id stands here; import what the content API gives with the references filled in";
