//! For Netlify and Cloudflare Pages: [`headers`].
//!
//! Both compress themselves, know the usual types, answer with 404.html, and let browsers ask about each file. A header that
//! two rules set would have both values, so that no two rules here set the same one for a file; but for the policy: of two,
//! browsers keep both, and so pages have a second one that says who may frame them. What is set for all cannot be taken back for one,
//! and so all have the policy of the service worker, which is wider in what may be fetched; pages have the narrower one themselves.

use super::Policy;
use super::rules::{
    DATA, FRAMED_BY, IMAGE, IMMUTABLE, POINTER, REVALIDATE, SECURITY, content_type, for_worker,
};
use crate::build::offline::WORKER;
use std::fmt::Write;

/// Where pages are that are not made for frames.
const PAGES: [&str; 10] = [
    "",
    "index.html",
    "404.html",
    "offline.html",
    "saved/*",
    "page/*",
    "article/*",
    "category/*",
    "tag/*",
    "author/*",
];

/// The file `_headers` in the root of the site.
pub fn headers(policy: &Policy) -> String {
    let path = &policy.path;
    let mut text = format!("{path}*\n");
    // It is that of the page for frames and of the service worker, too.
    let csp = ("Content-Security-Policy", for_worker(&policy.of_frame()));
    let others = SECURITY.map(|(name, value)| (name, value.to_owned()));
    for (name, value) in std::iter::once(csp).chain(others) {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for pages in PAGES {
        let _ = writeln!(
            text,
            "{path}{pages}\n  Content-Security-Policy: {FRAMED_BY}"
        );
    }
    // They know no patterns but `*`: in these places every file of a build is named by its hash. The pointer is in none, and so lists
    // (`data/HASH.json`) are asked about as it is.
    let is_pattern = |end: &&&str| !POINTER.ends_with(**end);
    let data: Vec<String> = (DATA.iter().filter(is_pattern))
        .map(|end| format!("data/*.{end}"))
        .collect();
    for files in std::iter::once("assets/*").chain(data.iter().map(String::as_str)) {
        let _ = writeln!(text, "{path}{files}\n  Cache-Control: {IMMUTABLE}");
    }
    // A service worker, and what it looks at to find a new edition, must never be old.
    for files in [POINTER, WORKER, "manifest.webmanifest"] {
        let _ = writeln!(text, "{path}{files}\n  Cache-Control: {REVALIDATE}");
    }
    let _ = writeln!(text, "{path}images/*\n  Cache-Control: {IMAGE}");
    for folder in ["assets/*", "data/*"] {
        let _ = writeln!(text, "{path}{folder}\n  Access-Control-Allow-Origin: *");
    }
    for name in ["article.json", "files.json", "oembed.json"] {
        let _ = writeln!(
            text,
            "{path}article/:id/{name}\n  Access-Control-Allow-Origin: *"
        );
    }
    for feed in ["atom.xml", "feed.xml", "feed.json"] {
        let _ = writeln!(text, "{path}{feed}\n  Content-Type: {}", content_type(feed));
        if feed.ends_with(".json") {
            text.push_str("  Access-Control-Allow-Origin: *\n");
        }
    }
    text
}
