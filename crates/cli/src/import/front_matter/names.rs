//! Under which names the format's fields stand, best first, as `fields` folds them.

pub(super) const TITLE: &[&str] = &["title", "headline"];
pub(super) const SUBTITLE: &[&str] = &["subtitle", "subheadline", "standfirst", "deck", "tagline"];
pub(super) const PUBLISHED: &[&str] = &[
    "published",
    "publishdate",
    "publishedat",
    "datepublished",
    "pubdate",
    "pubdatetime",
    "date",
    "created",
];
pub(super) const UPDATED: &[&str] = &[
    "updated",
    "lastmod",
    "lastmodified",
    "modified",
    "modifieddate",
    "datemodified",
    "lastmodifiedat",
    "lastupdated",
    "updatedat",
    "updateddate",
    "moddatetime",
];
pub(super) const SUMMARY: &[&str] = &["summary", "excerpt"];
/// Plain text where others are Markdown.
pub(super) const DESCRIPTION: &[&str] = &["description", "abstract"];
pub(super) const CATEGORY: &[&str] = &["category", "categories", "section"];
pub(super) const TAGS: &[&str] = &["tags", "tag", "keywords"];
pub(super) const AUTHORS: &[&str] = &["authors", "author", "byline"];
pub(super) const IMAGE: &[&str] = &[
    "image",
    "cover",
    "coverimage",
    "hero",
    "heroimage",
    "featuredimage",
    "featureimage",
    "banner",
    "thumbnail",
    "images",
    "ogimage",
];
pub(super) const IMAGE_ALT: &[&str] = &[
    "imagealt",
    "coveralt",
    "heroalt",
    "heroimagealt",
    "thumbnailalt",
    "alt",
];
pub(super) const IMAGE_CAPTION: &[&str] =
    &["imagecaption", "covercaption", "herocaption", "caption"];
pub(super) const IMAGE_CREDIT: &[&str] = &["imagecredit", "covercredit", "herocredit", "credit"];
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "locale"];
pub(super) const CANONICAL: &[&str] = &["canonicalurl", "canonical"];
/// Best first: what an id is made from.
pub(super) const ADDRESSES: &[&str] = &["id", "slug", "url", "permalink", "path"];
pub(super) const KEY_POINTS: &[&str] = &["keypoints", "keytakeaways", "takeaways"];
pub(super) const DISCLOSURE: &[&str] = &["disclosure", "disclaimer"];
