//! oEmbed (<https://oembed.com>, version 1.0): [`json`], what a program is told that embeds an article's page.
//!
//! The page leads to it (discovery, §4); as a site has no program that answers, it is a file beside the page, for those articles that have
//! pages, and knows no `maxwidth`. It needs absolute addresses, and so a site that knows where it stands.

use super::{About, Head};
use crate::build::escape::attribute;
use crate::build::hosting::FRAME_PAGE;
use crate::build::paths;
use crate::embed::SANDBOX;
use serde_json::{Map, Value, json};
use url::Url;

/// The type of the link that leads to it.
pub const TYPE: &str = "application/json+oembed";

/// Wide enough for a line of text, and high enough that it is clear what scrolls.
const SIZE: (u32, u32) = (640, 600);

/// Its address.
pub fn address(head: &Head) -> Option<String> {
    match head.about {
        About::Article(entry) if !head.site.no_oembed => {
            head.site.address(&paths::article_oembed(&entry.article.id))
        }
        _ => None,
    }
}

/// The file.
pub fn json(head: &Head) -> Option<String> {
    address(head)?;
    let About::Article(entry) = head.about else {
        return None;
    };
    let article = entry.article;
    let mut frame = Url::parse(&head.site.address(FRAME_PAGE)?).ok()?;
    frame.query_pairs_mut().append_pair("article", &article.id);
    let (width, height) = SIZE;
    // The attributes that WordPress keeps are those of HTML 4; without `frameborder` it draws one.
    let html = format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\" loading=\"lazy\" referrerpolicy=\"strict-origin\" sandbox=\"{SANDBOX}\"></iframe>",
        attribute(frame.as_str()),
        attribute(&article.title)
    );
    let mut said = Map::new();
    let mut say = |name: &str, value: Value| said.insert(name.to_owned(), value);
    say("type", json!("rich"));
    say("version", json!("1.0"));
    say("title", json!(article.title));
    let authors: Vec<&str> = article.authors.iter().map(|it| it.name.as_str()).collect();
    if !authors.is_empty() {
        say("author_name", json!(authors.join(", ")));
    }
    // An address is that of one person.
    if let [author] = &article.authors[..]
        && let Some(url) = &author.url
    {
        say("author_url", json!(head.addresses().of(url)));
    }
    say("provider_name", json!(head.site.title));
    say("provider_url", json!(head.site.address("")?));
    // With a picture, its size has to be there.
    if let Some((image, address)) = head.image()
        && let (Some(width), Some(height)) = (image.width, image.height)
    {
        say("thumbnail_url", json!(address));
        say("thumbnail_width", json!(width));
        say("thumbnail_height", json!(height));
    }
    say("html", json!(html));
    say("width", json!(width));
    say("height", json!(height));
    Some(format!("{}\n", Value::Object(said)))
}
