//! Addresses: resolved against where they stand, and checked.

use article::SafeUrl;
use url::Url;

/// What an address means where `base` is the page. Absolute ones stay as they are written, and so do relative ones where
/// no base is known.
pub fn absolute(address: &str, base: Option<&str>) -> String {
    let address = address.trim();
    if is_absolute(address) {
        return address.to_string();
    }
    if let Some(joined) = base
        .and_then(|base| Url::parse(base).ok())
        .and_then(|base| base.join(address).ok())
    {
        return joined.to_string();
    }
    // Without a page to stand on, an address without a scheme is taken for one of the web as it is today.
    match address.strip_prefix("//") {
        Some(_) => format!("https:{address}"),
        None => address.to_string(),
    }
}

/// A link that may be put on a page, or `None`.
pub fn link(address: &str, base: Option<&str>) -> Option<SafeUrl> {
    SafeUrl::link(&absolute(address, base))
}

/// A picture that may be put on a page, or `None`.
pub fn image(address: &str, base: Option<&str>) -> Option<SafeUrl> {
    SafeUrl::image(&absolute(address, base))
}

/// Whether a text begins with a scheme.
pub(super) fn is_absolute(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, base: &str, expect: &str) {
        let base = Some(base).filter(|base| !base.is_empty());
        let found = link(address, base).map(|url| url.as_str().to_string());
        assert_eq!(found.as_deref().unwrap_or("-"), expect);
    }

    #[test]
    fn addresses() {
        check(
            "a.html",
            "https://example.org/b/c",
            "https://example.org/b/a.html",
        );
        check("/a", "https://example.org/b/c", "https://example.org/a");
        check(
            "//cdn.example.org/a",
            "http://example.org/",
            "http://cdn.example.org/a",
        );
        check("//cdn.example.org/a", "", "https://cdn.example.org/a");
        check(
            "#note",
            "https://example.org/a",
            "https://example.org/a#note",
        );
        check("a b.html", "", "a%20b.html");
        check(
            "HTTPS://example.org/%7E",
            "https://a.example/",
            "https://example.org/%7E",
        );
        check(
            "mailto:desk@example.org",
            "https://a.example/",
            "mailto:desk@example.org",
        );
        check(" java\nscript:alert(1)", "https://a.example/", "-");
        check("data:text/html,x", "https://a.example/", "-");
        check("http://[", "https://a.example/", "http://[");
    }
}
