//! Pictures of ANS: [`picture`].

use super::super::blocks::{self, Picture};
use super::super::{Losses, html};
use super::story::{name, text};
use serde_json::Value;

/// A picture and what is known of it.
pub(super) fn picture(
    image: &Value,
    place: &str,
    base: Option<&str>,
    losses: &mut Losses,
) -> Picture {
    let mut caption = String::new();
    for field in ["caption", "subtitle"] {
        if let Some(text) = text(&image[field]) {
            caption.push_str(if caption.is_empty() { "" } else { " – " });
            caption.push_str(text);
        }
    }
    let mut credit: Vec<&str> = Vec::new();
    let credits = match &image["vanity_credits"] {
        Value::Object(_) => &image["vanity_credits"],
        _ => &image["credits"],
    };
    for role in ["by", "affiliation"] {
        for one in credits[role].as_array().into_iter().flatten() {
            match name(one) {
                Some(name) => credit.push(name),
                None => losses.tell(place, "a credit", "it is a reference to another document"),
            }
        }
    }
    let size = |name: &str| {
        let size = image[name]
            .as_u64()
            .and_then(|size| u32::try_from(size).ok());
        size.filter(|size| *size > 0)
    };
    Picture {
        src: text(&image["url"]).unwrap_or_default().to_string(),
        alt: text(&image["alt_text"])
            .map(html::plain)
            .unwrap_or_default(),
        caption: blocks::inlines(&caption, place, base, losses),
        credit: credit.join(" / "),
        width: size("width"),
        height: size("height"),
    }
}
