//! Small changes to the page that Trunk made: its leftovers taken out, another collection put in.
//!
//! The page is our own `index.html`, so these look for what stands there and fail loudly where it does not.

use anyhow::{Context, Result, bail};

/// Takes out what Trunk leaves behind: the `<link data-trunk …>` of the reader, and the empty lines of the other links.
#[must_use]
pub fn without_leftovers(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut last_was_empty = false;
    for line in html.lines() {
        let line = line.trim_end();
        let is_leftover = line.trim_start().starts_with("<link data-trunk ");
        if is_leftover || (line.is_empty() && last_was_empty) {
            last_was_empty = true;
            continue;
        }
        last_was_empty = line.is_empty();
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// Points the reader at a collection elsewhere on the web, and lets the page's security policy allow the request.
pub fn with_collection(html: &str, url: &str) -> Result<String> {
    let origin = origin(url)?;
    let tag = html
        .find("<offprint-reader")
        .context("the page has no <offprint-reader>")?;
    let (before, reader) = html.split_at(tag);
    let (start, end) =
        attribute(reader, "src").context("the page's <offprint-reader> has no src")?;
    let (name, rest) = (&reader[..start], &reader[end..]);
    let changed = format!("{before}{name}{}{rest}", escaped(url));
    Ok(with_connection(&changed, &origin))
}

/// Adds an origin to the `connect-src` of the page's policy, where it has one.
fn with_connection(html: &str, origin: &str) -> String {
    match html.find("connect-src ") {
        Some(at) => {
            let (before, after) = html.split_at(at + "connect-src ".len());
            format!("{before}{} {after}", escaped(origin))
        }
        None => html.to_owned(),
    }
}

/// Where the value of the first tag's attribute lies.
fn attribute(html: &str, name: &str) -> Option<(usize, usize)> {
    let tag = &html[..html.find('>')?];
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = tag[start..].find('"')?;
    Some((start, start + length))
}

/// Scheme, host and port.
fn origin(url: &str) -> Result<String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        bail!("`{url}` is no http or https address");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if !matches!(scheme, "http" | "https") || host.is_empty() || !host.chars().all(is_plain) {
        bail!("`{url}` is no http or https address without a user name");
    }
    Ok(format!("{scheme}://{host}"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_go() {
        let html = "<head>\n  <link data-trunk rel=\"rust\" data-trunk-id=\"0\">\n  \n\n\n<title>t</title>\n</head>\n";
        assert_eq!(
            without_leftovers(html),
            "<head>\n<title>t</title>\n</head>\n"
        );
    }

    #[test]
    fn a_collection_is_put_in() {
        let html = r#"<meta content="default-src 'none'; connect-src 'self'; img-src *"><offprint-reader src="articles.json" x="1"></offprint-reader>"#;
        assert_eq!(
            with_collection(html, "https://example.org:8443/a?b=1&c=\"").unwrap(),
            r#"<meta content="default-src 'none'; connect-src https://example.org:8443 'self'; img-src *"><offprint-reader src="https://example.org:8443/a?b=1&amp;c=&quot;" x="1"></offprint-reader>"#
        );
    }

    #[test]
    fn only_plain_web_addresses_have_an_origin() {
        #[track_caller]
        fn check(url: &str, expect: Option<&str>) {
            assert_eq!(origin(url).ok().as_deref(), expect, "{url}");
        }
        check("http://localhost:80/x", Some("http://localhost:80"));
        check("https://example.org", Some("https://example.org"));
        check("https://user@example.org/", None);
        check("https://example.org;script-src/", None);
        check("ftp://example.org/", None);
        check("file:///etc/passwd", None);
        check("articles.json", None);
    }
}
