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

/// Takes comments that have lines of their own out of a script, and the spaces that lines begin with: they are for whoever reads the sources. A block begins and ends at a
/// line of its own; in a line of code only types are such comments.
#[must_use]
pub fn without_documentation(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut is_block = false;
    for line in script.lines() {
        let text = line.trim();
        if !is_block && text.starts_with("//") {
            continue;
        }
        let begins = !is_block && text.starts_with("/**");
        if !(is_block || begins) || begins && text.contains("*/") && !text.ends_with("*/") {
            kept.push_str(&without_types(text));
            kept.push('\n');
            continue;
        }
        is_block = !text.ends_with("*/");
    }
    kept
}

/// A line of code without the types beside its values.
fn without_types(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("/** @") {
        let Some((_, behind)) = after.split_once("*/") else {
            break;
        };
        kept.push_str(before);
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    kept + rest
}

/// Puts a script into the one that gives all of its exports on, in the place of that line; what it imports of it, it has then.
///
/// A browser would fetch the one after it has read the other.
pub fn joined(script: &str, name: &str, part: &str) -> Result<String> {
    let all = format!("export * from \"./{name}\";");
    let of = format!(" from \"./{name}\";");
    if part.lines().any(|line| line.starts_with("import ")) {
        bail!("{name} imports something, which another script cannot do for it");
    }
    let mut made = String::with_capacity(script.len() + part.len());
    let mut is_joined = false;
    for line in script.lines() {
        if line == all {
            made.push_str(part);
            is_joined = true;
        } else if !(line.starts_with("import {") && line.ends_with(&of)) {
            made.push_str(line);
            made.push('\n');
        }
    }
    if !is_joined {
        bail!("there is no line `{all}`");
    }
    Ok(made)
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
    fn documentation_is_taken_out() {
        let cases = [
            ("/** one */\na();\n", "a();\n"),
            (
                "/**\n * two\n */\na();\n  /** @type {b} */\n  b();\n",
                "a();\nb();\n",
            ),
            ("const a = /** @type {b} */ (c);\n", "const a = (c);\n"),
            ("/** @type {b} */ (c).d();\n", "(c).d();\n"),
            (
                "(/** @type {b} */ c, /** @type {d} */ e) => c; /** f */\n",
                "(c, e) => c; /** f */\n",
            ),
            ("// a line\n  a(); // b\n", "a(); // b\n"),
        ];
        for (script, expect) in cases {
            assert_eq!(without_documentation(script), expect);
        }
    }

    #[test]
    fn a_part_stands_where_it_was_given_on() {
        let script = "import { a } from \"./b.js\";\nexport * from \"./b.js\";\nimport { c } from \"./d.js\";\na(c);\n";
        let made = joined(script, "b.js", "export const a = 1;\n").unwrap();
        assert_eq!(
            made,
            "export const a = 1;\nimport { c } from \"./d.js\";\na(c);\n"
        );
        assert!(joined(script, "d.js", "").is_err());
        assert!(joined(script, "b.js", "import { e } from \"./f.js\";\n").is_err());
    }

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
