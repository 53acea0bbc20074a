//! [`of_site`]: the page for frames (`www/embed.html`) as it stands at the root of a site.
//!
//! Its address is in other people's pages, so that it has none of the reader's hashes in its name; it names the reader's folder, as all
//! pages do, where a site has its articles, and the site's origin: in a frame without one, `'self'` is nobody in WebKit.

use super::runtime::Assets;
use anyhow::{Result, ensure};

/// The page with the addresses of a site: those of all articles are in its feed, and each has its own file.
pub fn of_site(html: &str, assets: &Assets, origin: Option<&str>) -> Result<String> {
    let (folder, sheet) = (&assets.folder, &assets.sheet);
    let mut page = html.to_owned();
    for (from, to) in [
        (
            "src=\"embed.js\" data-collection=\"articles.json\"",
            format!(
                "src=\"{folder}embed.js\" data-collection=\"feed.json\" data-article=\"article/{{}}/article.json\""
            ),
        ),
        ("href=\"page.css\"", format!("href=\"{sheet}\"")),
    ] {
        ensure!(
            page.matches(from).count() == 1,
            "embed.html of the reader's files is of another version than this program: it has no {from}"
        );
        page = page.replace(from, &to);
    }
    Ok(with_origin(&page, origin))
}

/// A policy that names the origin wherever it allows its own.
pub fn with_origin(policy: &str, origin: Option<&str>) -> String {
    match origin {
        Some(origin) => policy.replace("'self'", &format!("'self' {origin}")),
        None => policy.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::print::Printer;

    fn assets() -> Assets {
        Assets {
            folder: "assets/abc/".to_owned(),
            sheet: "assets/site-def.css".to_owned(),
            print: Printer::new("").print(),
            files: Vec::new(),
        }
    }

    #[test]
    fn the_page_leads_to_the_files_of_the_site() {
        let html = include_str!("../../../../www/embed.html");
        let page = of_site(html, &assets(), Some("https://example.org")).unwrap();
        let addresses = |attribute: &str| -> Vec<String> {
            let start = format!("{attribute}=\"");
            let parts = page.split(&start).skip(1);
            let values = parts.map(|part| part.split('"').next().unwrap_or_default());
            values.map(str::to_owned).collect()
        };
        assert_eq!(addresses(" src"), ["assets/abc/embed.js"]);
        assert_eq!(addresses(" href"), ["icon.svg", "assets/site-def.css"]);
        assert_eq!(addresses("data-article"), ["article/{}/article.json"]);
        let contents = addresses("content");
        let is_policy = |content: &&String| content.starts_with("default-src");
        let policy = contents.iter().find(is_policy).unwrap();
        for part in [
            "script-src 'self' https://example.org 'wasm-unsafe-eval';",
            "connect-src 'self' https://example.org;",
            "style-src 'self' https://example.org;",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
    }

    #[test]
    fn another_page_is_refused() {
        let error = of_site("<script src=\"embed.js\">", &assets(), None).unwrap_err();
        assert!(error.to_string().contains("another version"), "{error}");
    }
}
