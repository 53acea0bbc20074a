//! URLs that may be put on a page: [`SafeUrl`], with one checked constructor for links and one for images.
//!
//! The check follows what browsers do (WHATWG URL), not what a text looks like: spaces and control characters are
//! stripped and backslashes turned before the scheme is looked at. What is left is either on the short list of
//! schemes or relative; everything else is refused. [`SafeUrl::resolve`] is RFC 3986 §5.2.

/// A `data:` image may be this long: it is held in the page itself, and is copied each time the page is drawn.
pub const DATA_IMAGE_MAX: usize = 256_000;

/// A URL that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SafeUrl(Box<str>);

impl SafeUrl {
    /// A link target: `http`, `https`, `mailto`, `tel`, a relative reference or a fragment.
    pub fn link(text: &str) -> Option<SafeUrl> {
        checked(text, |scheme, _| matches!(scheme, "mailto" | "tel"))
    }

    /// The source of an image: `http`, `https`, relative, `blob`, or a raster image as `data:` in base64.
    pub fn image(text: &str) -> Option<SafeUrl> {
        checked(text, |scheme, rest| match scheme {
            "blob" => true,
            "data" => is_raster_data(rest),
            _ => false,
        })
        .filter(|url| !url.is_fragment())
    }

    /// As it may be put into `href` or `src`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without scheme, and more than a fragment: it means something else on another page.
    pub fn is_relative(&self) -> bool {
        split_scheme(&self.0).is_none() && !self.is_fragment()
    }

    /// A web address with a host.
    pub fn is_external(&self) -> bool {
        self.0.starts_with("http:") || self.0.starts_with("https:")
    }

    fn is_fragment(&self) -> bool {
        self.0.starts_with('#')
    }

    /// What it means on the page `base` (RFC 3986 §5.2). An empty `base`, or one that is no hierarchical URL, leaves it
    /// as it is; a `base` without scheme is taken as a path.
    pub fn resolve(&self, base: &str) -> String {
        let url = &*self.0;
        if base.is_empty() || split_scheme(url).is_some() {
            return url.to_string();
        }
        let Some(base) = Base::of(base) else {
            return url.to_string();
        };
        let (before_fragment, fragment) = split_at_byte(url, b'#');
        let (path, query) = split_at_byte(before_fragment, b'?');
        let (path, query) = if path.is_empty() {
            (
                base.path.to_string(),
                if query.is_empty() { base.query } else { query },
            )
        } else if path.starts_with('/') {
            (without_dots(path), query)
        } else {
            let folder = match base.path.rfind('/') {
                Some(slash) => &base.path[..=slash],
                None if base.root.is_empty() => "",
                None => "/",
            };
            (without_dots(&[folder, path].concat()), query)
        };
        // Without a root, a path must not begin to look like a host or a scheme.
        let guard = match base.root.is_empty() {
            true if path.starts_with("//") => "/.",
            true if split_at_byte(&path, b'/').0.contains(':') => "./",
            _ => "",
        };
        [base.root, guard, &path, query, fragment].concat()
    }
}

/// The parts of a base that a reference can inherit.
struct Base<'a> {
    /// `https://example.org`, or empty.
    root: &'a str,
    path: &'a str,
    /// With its `?`, or empty.
    query: &'a str,
}

impl Base<'_> {
    fn of(base: &str) -> Option<Base<'_>> {
        let base = split_at_byte(base.trim(), b'#').0;
        let n_root = match split_scheme(base) {
            Some((scheme, rest)) => {
                let host = rest.strip_prefix("//")?;
                scheme.len() + 3 + host.find(['/', '?']).unwrap_or(host.len())
            }
            None if base.starts_with("//") => return None,
            None => 0,
        };
        let (root, rest) = base.split_at(n_root);
        let (path, query) = split_at_byte(rest, b'?');
        Some(Base { root, path, query })
    }
}

/// The one way to a [`SafeUrl`]. `other_scheme` decides on schemes other than the two of the web.
fn checked(text: &str, other_scheme: fn(&str, &str) -> bool) -> Option<SafeUrl> {
    let text = text.trim_matches(|c: char| c <= ' ');
    let mut url = String::with_capacity(text.len());
    let mut in_path = true;
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            ' ' => url.push_str("%20"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => return None,
            // Browsers take a backslash for a slash up to the query.
            '\\' if in_path => url.push('/'),
            c => {
                in_path &= !matches!(c, '?' | '#');
                url.push(c);
            }
        }
    }
    if url.is_empty() || url.starts_with("//") {
        return None;
    }
    let first_segment = url.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some(colon) = first_segment.find(':') {
        // Whatever stands before a colon must be a known scheme, even where no browser would take it for one.
        let (scheme, rest) = url.split_at_mut(colon);
        scheme.make_ascii_lowercase();
        let rest = &rest[1..];
        let allowed = match &*scheme {
            "http" | "https" => has_host(rest),
            scheme => !rest.is_empty() && other_scheme(scheme, rest),
        };
        if !allowed {
            return None;
        }
    }
    Some(SafeUrl(url.into_boxed_str()))
}

/// `//host…`
fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        !host.is_empty() && !host.starts_with(':')
    })
}

fn is_raster_data(rest: &str) -> bool {
    let Some((kind, data)) = rest.split_once(',') else {
        return false;
    };
    let is_raster = ["png", "jpeg", "gif", "webp", "avif"].iter().any(|name| {
        let wanted = ["image/", name, ";base64"];
        wanted.concat().eq_ignore_ascii_case(kind)
    });
    is_raster
        && rest.len() < DATA_IMAGE_MAX
        && data
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// A valid scheme and what follows its colon.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    valid.then_some((scheme, rest))
}

/// What stands before the first `byte` (ASCII), and the rest with it.
fn split_at_byte(text: &str, byte: u8) -> (&str, &str) {
    text.split_at(text.bytes().position(|b| b == byte).unwrap_or(text.len()))
}

/// RFC 3986 §5.2.4, segment by segment; of a path without a root, leading `..` stay.
fn without_dots(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                // A base that is no address (`../../`) may begin above where it is.
                if segment == ".." && !is_rooted && kept.last().is_none_or(|last| *last == "..") {
                    kept.push("..");
                } else if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    let joined = kept.join("/");
    if is_rooted {
        ["/", &joined].concat()
    } else {
        joined
    }
}
