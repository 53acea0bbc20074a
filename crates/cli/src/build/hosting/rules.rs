//! How a file is served, by its path from the root of the site (without a slash before it).

use crate::build::embed_page::with_origin;
use crate::build::manifest::SAVED_TYPE;
use crate::build::offline::WORKER;

/// For files that never change, since their names would.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// For pictures: whoever changes one can wait for a day, or give it another name.
pub const IMAGE: &str = "public, max-age=86400";

/// For everything else: kept, and asked about at each use.
pub const REVALIDATE: &str = "no-cache";

/// Headers of every answer, beside the content security policy.
pub const SECURITY: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The one page that pages of other origins may frame: it is made for that.
pub const FRAME_PAGE: &str = "embed.html";

/// Who may frame all others.
pub(super) const FRAMED_BY: &str = "frame-ancestors 'self'";

/// Folders of what the reader fetches.
pub(super) const FETCHED: [&str; 2] = ["assets", "data"];

/// The extensions of data that is named by its hash.
pub(super) const DATA: [&str; 3] = ["bin", "pack", "json"];

/// The folders of data whose folders are named by their hashes.
pub(super) const FOLDERS: [&str; 2] = ["search", "hits"];

/// The one file that points to all others.
pub(super) const POINTER: &str = "data/edition.json";

/// How long a hash is, in characters of base32 (`a`–`z`, `2`–`7`).
pub(super) const HASH_LENGTH: usize = 16;

/// Types by the ends of names, the longer first.
pub(super) const TYPES: [(&[&str], &str); 32] = [
    (
        &["/atom.xml", "/feed.xml", ".atom"],
        "application/atom+xml; charset=utf-8",
    ),
    (&["/rss.xml", ".rss"], "application/rss+xml; charset=utf-8"),
    (&["/feed.json"], "application/feed+json; charset=utf-8"),
    (&[".html", ".htm"], "text/html; charset=utf-8"),
    (&[".css"], "text/css; charset=utf-8"),
    (&[".js", ".mjs"], "text/javascript; charset=utf-8"),
    (&[".wasm"], "application/wasm"),
    (&[".bin", ".pack"], OTHER_TYPE),
    (&[".json", ".map"], "application/json; charset=utf-8"),
    (
        &[".webmanifest"],
        "application/manifest+json; charset=utf-8",
    ),
    (&[".xml"], "application/xml; charset=utf-8"),
    (&[".txt"], "text/plain; charset=utf-8"),
    (&[".md"], "text/markdown; charset=utf-8"),
    (&[".svg"], "image/svg+xml; charset=utf-8"),
    (&[".png"], "image/png"),
    (&[".jpg", ".jpeg"], "image/jpeg"),
    (&[".webp"], "image/webp"),
    (&[".avif"], "image/avif"),
    (&[".gif"], "image/gif"),
    (&[".ico"], "image/x-icon"),
    (&[".woff2"], "font/woff2"),
    (&[".woff"], "font/woff"),
    (&[".ttf"], "font/ttf"),
    (&[".otf"], "font/otf"),
    (&[".mp3"], "audio/mpeg"),
    (&[".ogg"], "audio/ogg"),
    (&[".mp4"], "video/mp4"),
    (&[".webm"], "video/webm"),
    (&[".vtt"], "text/vtt; charset=utf-8"),
    (&[".pdf"], "application/pdf"),
    (&[".zip"], "application/zip"),
    (&[".offprint"], SAVED_TYPE),
];

/// What is in no table.
pub(super) const OTHER_TYPE: &str = "application/octet-stream";

/// How long caches may keep a file.
pub fn cache_control(path: &str) -> &'static str {
    if is_hashed(path) {
        IMMUTABLE
    } else if content_type(path).starts_with("image/") {
        IMAGE
    } else {
        REVALIDATE
    }
}

/// The type of a file. Folders are those of their `index.html`; the ending of a compressed copy is read over.
pub fn content_type(path: &str) -> &'static str {
    let path = without_compression(path);
    if path.is_empty() || path.ends_with('/') {
        return "text/html; charset=utf-8";
    }
    let path = format!("/{}", path.to_ascii_lowercase());
    let found = TYPES
        .iter()
        .find(|(ends, _)| ends.iter().any(|end| path.ends_with(end)));
    found.map_or(OTHER_TYPE, |(_, content_type)| content_type)
}

/// Whether pages of other origins may read it: what an element on somebody's page needs.
pub fn is_for_all_origins(path: &str) -> bool {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    folder.is_some_and(|folder| FETCHED.contains(&folder))
        || without_compression(path).ends_with(".json")
}

/// The policy of the service worker, where that of pages is this: a worker is held to its own, and what it fetches for a page counts as
/// a connection. So it may fetch what pages may show: pictures on other hosts, which are saved with their articles.
pub(super) fn for_worker(csp: &str) -> String {
    csp.replace("connect-src 'self'", "connect-src 'self' https: http:")
}

/// The policy of a file at an origin, where that of most files is this.
pub fn csp_of(path: &str, csp: &str, origin: &str) -> String {
    match without_compression(path) {
        FRAME_PAGE => {}
        WORKER => return for_worker(csp),
        _ => return csp.to_owned(),
    }
    let directives = csp.split(';').map(str::trim);
    let directives = directives.filter(|directive| *directive != FRAMED_BY);
    let csp = directives.collect::<Vec<_>>().join("; ");
    with_origin(&csp, Some(origin))
}

/// What a build names by its content: `assets/HASH/…` (the reader), `assets/…-HASH.css`, `data/HASH.bin`, `data/HASH.pack` and
/// `data/HASH.json`, `data/search/HASH/….bin` and `data/hits/HASH/….bin`, and their compressed copies.
fn is_hashed(path: &str) -> bool {
    match path.split_once('/') {
        Some(("assets", rest)) => {
            let in_folder = rest
                .split_once('/')
                .is_some_and(|(folder, rest)| is_hash(folder) && !rest.is_empty());
            !path.ends_with('/') && (in_folder || has_hash_at_end(rest))
        }
        Some(("data", name)) => {
            let parts: Vec<&str> = without_compression(name).split('/').collect();
            match parts[..] {
                [name] => name
                    .split_once('.')
                    .is_some_and(|(hash, end)| is_hash(hash) && DATA.contains(&end)),
                [folder, hash, name] => {
                    let name = name.strip_suffix(".bin");
                    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
                    FOLDERS.contains(&folder)
                        && is_hash(hash)
                        && name.is_some_and(|name| !name.is_empty() && name.bytes().all(is_letter))
                }
                _ => false,
            }
        }
        _ => false,
    }
}

/// `site-abcdefgh234567ab.css`: a hash behind a hyphen, and an extension or more.
fn has_hash_at_end(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let end = name
        .rsplit_once('-')
        .and_then(|(_, end)| end.split_once('.'));
    let is_extension =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    end.is_some_and(|(hash, ends)| is_hash(hash) && ends.split('.').all(is_extension))
}

fn is_hash(text: &str) -> bool {
    let is_digit = |byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7');
    text.len() == HASH_LENGTH && text.bytes().all(is_digit)
}

/// The same as a regular expression for what stands behind the path of the site.
pub(super) fn hashed_pattern() -> String {
    let hash = format!("[a-z2-7]{{{HASH_LENGTH}}}");
    let (data, folders) = (DATA.join("|"), FOLDERS.join("|"));
    format!(
        "(?:assets/(?:{hash}/.*[^/]|(?:.*/)?[^/]*-{hash}(?:\\.[A-Za-z0-9]+)+)|data/(?:{hash}\\.(?:{data})|(?:{folders})/{hash}/[a-z0-9]+\\.bin)(?:\\.br|\\.gz)?)"
    )
}

fn without_compression(path: &str) -> &str {
    let plain = path.strip_suffix(".br").or(path.strip_suffix(".gz"));
    plain.unwrap_or(path)
}

/// The ends of names as an alternative of regular expressions: `\.(?:js|mjs)`, `/(?:feed)\.json`.
pub(super) fn pattern(ends: &[&str]) -> String {
    let ends: Vec<String> = ends.iter().map(|end| end.replace('.', "\\.")).collect();
    match &ends[..] {
        [end] => end.clone(),
        ends => format!("(?:{})", ends.join("|")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caches() {
        #[track_caller]
        fn check(path: &str, expect: &str) {
            assert_eq!(cache_control(path), expect, "{path}");
        }
        check("assets/offprint-abcdefgh234567ab.js", IMMUTABLE);
        check("assets/offprint_bg-abcdefgh234567ab.wasm.br", IMMUTABLE);
        check("assets/abcdefgh234567ab/site.js", IMMUTABLE);
        check("assets/abcdefgh234567ab/a/b.wasm.gz", IMMUTABLE);
        check("assets/abcdefgh234567ab/LICENSE", IMMUTABLE);
        check("data/abcdefgh234567ab.bin", IMMUTABLE);
        check("data/abcdefgh234567ab.bin.br", IMMUTABLE);
        check("data/abcdefgh234567ab.pack", IMMUTABLE);
        check("data/search/abcdefgh234567ab/s12.bin", IMMUTABLE);
        check("data/hits/abcdefgh234567ab/0.bin.br", IMMUTABLE);
        check("data/hits/abcdefgh234567ab/.bin", REVALIDATE);
        check("data/hits/abcdefgh234567ab/0.html", REVALIDATE);
        check("data/hits/abcdefgh234567ab/a/0.bin", REVALIDATE);
        check("data/hits/abcdefgh/0.bin", REVALIDATE);
        check("data/other/abcdefgh234567ab/0.bin", REVALIDATE);
        check("data/a/abcdefgh234567ab.bin", REVALIDATE);
        check("data/a-abcdefgh234567ab.bin", REVALIDATE);
        check("data/abcdefgh234567ab.json.br", IMMUTABLE);
        check("data/abcdefgh234567ab.txt", REVALIDATE);
        check("article/tides/files.json", REVALIDATE);
        check("saved/", REVALIDATE);
        check("data/abcdefgh234567a1.bin", REVALIDATE);
        check("data/abcdefgh234567ab", REVALIDATE);
        check("assets/abcdefgh234567ab/", REVALIDATE);
        check("assets/abcdefgh234567a1/site.js", REVALIDATE);
        check("assets/own.js", REVALIDATE);
        check("assets/picture-abcdefgh234567ab.png", IMMUTABLE);
        check("assets/offprint-abcdefgh234567a.js", REVALIDATE);
        check("assets/offprint-abcdefgh234567a1.js", REVALIDATE);
        check("assets/offprint-ABCDEFGH234567AB.js", REVALIDATE);
        check("assets/offprint-abcdefgh234567ab", REVALIDATE);
        check("assets/offprint-abcdefgh234567ab.", REVALIDATE);
        check("assets/abcdefgh234567ab.js", REVALIDATE);
        check("article/a-abcdefgh234567ab.html", REVALIDATE);
        check("assets-abcdefgh234567ab.js", REVALIDATE);
        check("data/edition.json", REVALIDATE);
        check("", REVALIDATE);
        check("sw.js", REVALIDATE);
        check("images/tide.jpg", IMAGE);
        check("favicon.ico", IMAGE);
        check("article/tides/chart.SVG", IMAGE);
    }

    #[test]
    fn types() {
        #[track_caller]
        fn check(path: &str, expect: &str) {
            assert_eq!(content_type(path), expect, "{path}");
        }
        check("", "text/html; charset=utf-8");
        check("article/tides/", "text/html; charset=utf-8");
        check("a/index.html.br", "text/html; charset=utf-8");
        check("atom.xml", "application/atom+xml; charset=utf-8");
        check(
            "category/sea/feed.xml.gz",
            "application/atom+xml; charset=utf-8",
        );
        check("data/datafeed.json", "application/json; charset=utf-8");
        check("feed.json", "application/feed+json; charset=utf-8");
        check("sitemap.xml", "application/xml; charset=utf-8");
        check("A.WASM", "application/wasm");
        check(
            "manifest.webmanifest",
            "application/manifest+json; charset=utf-8",
        );
        check("what was saved.offprint", "application/x-offprint");
        check("a", OTHER_TYPE);
    }

    #[test]
    fn policies() {
        #[track_caller]
        fn check(path: &str, csp: &str, expect: &str) {
            assert_eq!(csp_of(path, csp, "https://a.example"), expect, "{path}");
        }
        let all = "script-src 'self'; frame-ancestors 'self'";
        let connects = "connect-src 'self'; worker-src 'self'";
        let of_worker = "connect-src 'self' https: http:; worker-src 'self'";
        check("article/sw.js", connects, connects);
        check("sw.js.gz", connects, of_worker);
        let of_frame = "script-src 'self' https://a.example";
        check("index.html", all, all);
        check("article/embed.html", all, all);
        check("embed.html", all, of_frame);
        check("embed.html.br", all, of_frame);
        check(
            "embed.html",
            "frame-ancestors 'none'",
            "frame-ancestors 'none'",
        );
    }

    #[test]
    fn readers_elsewhere() {
        #[track_caller]
        fn check(path: &str, expect: bool) {
            assert_eq!(is_for_all_origins(path), expect, "{path}");
        }
        check("data/a.bin", true);
        check("assets/a.js", true);
        check("article/a/article.json.br", true);
        check("article/a/", false);
        check("database", false);
        check("", false);
    }
}
