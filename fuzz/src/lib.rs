//! What must hold for any input: of a content tree ([`tree`]), and of an address that was let through ([`link`],
//! [`image`]). Each panics where it does not.
//!
//! Addresses are judged by the `url` crate, which parses as browsers do (WHATWG URL).

mod tree;

pub use tree::tree;

use article::SafeUrl;
use url::Url;

/// A page like those that addresses stand on.
pub const PAGE: &str = "https://example.org/folder/page.html?query";

/// An address that was let through as a link's target leads to the web, a mailbox or a telephone.
pub fn link(address: &SafeUrl) {
    judge(address, &["http", "https", "mailto", "tel"]);
}

/// An address that was let through as an image's source is on the web, or a raster image in itself.
pub fn image(address: &SafeUrl) {
    judge(address, &["http", "https", "blob", "data"]);
    let text = address.as_str();
    if let Some((head, _)) = text.split_once(',').filter(|_| text.starts_with("data:")) {
        let kinds = ["png", "jpeg", "gif", "webp", "avif"];
        let is_raster = kinds.iter().any(|kind| {
            head.eq_ignore_ascii_case(&format!("data:image/{kind};base64"))
        });
        assert!(is_raster, "no raster image: {text}");
    }
}

fn judge(address: &SafeUrl, schemes: &[&str]) {
    let page = Url::parse(PAGE).expect("the page has an address");
    let text = address.as_str();
    assert!(
        !text.chars().any(|c| c.is_control() || c == ' '),
        "what browsers strip: {text:?}"
    );
    let was_absolute = !address.is_relative() && !text.starts_with('#');
    // What is no URL for a browser leads nowhere.
    if let Ok(parsed) = page.join(text) {
        assert!(schemes.contains(&parsed.scheme()), "{parsed} of {text:?}");
        if !was_absolute {
            assert_eq!(parsed.origin(), page.origin(), "it leaves the page: {text:?}");
        }
    }
    // As it is put into the page.
    for base in ["", PAGE, "folder/page", "/", "https://example.org"] {
        let resolved = address.resolve(base);
        if let Ok(parsed) = page.join(&resolved) {
            assert!(schemes.contains(&parsed.scheme()), "{parsed} of {text:?} on {base:?}");
            if !was_absolute {
                assert_eq!(parsed.origin(), page.origin(), "{text:?} on {base:?}");
            }
        }
    }
}
