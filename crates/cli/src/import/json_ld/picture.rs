//! Pictures of schema.org: [`image`].

use super::{Graph, address, address_of, person, resolved};
use crate::import::fields::{self, Object, size};
use crate::import::{Draft, Image, Losses, html, page_text};
use serde_json::Value;

/// A picture is an address, an object, or a list of either, which may stand in a `@list`.
pub(super) fn image(
    article: &Object,
    graph: &Graph,
    draft: &mut Draft,
    base: Option<&str>,
    place: &str,
    losses: &mut Losses,
) {
    let mut pictures = Vec::new();
    for name in ["image", "thumbnailUrl", "thumbnail"] {
        if !pictures.is_empty() {
            break;
        }
        for value in fields::list(article, name) {
            match value {
                Value::Object(object) if object.contains_key("@list") => {
                    pictures.extend(fields::list(object, "@list"))
                }
                value => pictures.push(value),
            }
        }
    }
    let mut pictures = pictures
        .into_iter()
        .filter_map(|value| picture(value, graph, base, place, losses))
        .collect::<Vec<Image>>()
        .into_iter();
    draft.image = pictures.next();
    let n_others = pictures
        .filter(|other| Some(&other.src) != draft.image.as_ref().map(|image| &image.src))
        .count();
    if n_others > 0 {
        losses.tell(
            place,
            &format!("{n_others} pictures beside the first"),
            "an article has one lead picture, and nothing says where in the text others stand",
        );
    }
}

fn picture(
    value: &Value,
    graph: &Graph,
    base: Option<&str>,
    place: &str,
    losses: &mut Losses,
) -> Option<Image> {
    let Value::Object(object) = value else {
        return Some(Image {
            src: html::address::absolute(&address_of(value)?, base),
            ..Image::default()
        });
    };
    let object = resolved(object, graph);
    let src = address(object, "url").or_else(|| address(object, "contentUrl"))?;
    let credit = fields::text(object, "creditText").or_else(|| {
        let makers = ["creator", "author", "copyrightHolder"].into_iter();
        let mut makers = makers.flat_map(|name| fields::list(object, name));
        makers
            .find_map(|value| person(value, graph))
            .map(|person| person.name)
    });
    let caption = fields::text(object, "caption")
        .map(|caption| page_text::markdown(&caption, &format!("{place}.caption"), base, losses));
    Some(Image {
        src: html::address::absolute(&src, base),
        alt: fields::plain(object, "description"),
        caption,
        credit,
        width: size(object, "width"),
        height: size(object, "height"),
        srcset: Vec::new(),
    })
}
